//! What the writer is told of it, in both languages.

use postwright_post::appearing::FindingKind;
use postwright_wire::Language;

/// What a finding says, and what its mend does.
pub(super) struct Words {
    pub(super) message: String,
    pub(super) mend: &'static str,
}

pub(super) fn of(kind: &FindingKind, language: Language) -> Words {
    let (english, korean) = message(kind);
    let (mend, mend_korean) = mend(kind);
    match language {
        Language::En => Words { message: english, mend },
        Language::Ko => Words { message: korean, mend: mend_korean },
    }
}

/// What the mend by a slug in Latin letters does.
pub(super) fn in_latin_letters(language: Language) -> &'static str {
    match language {
        Language::En => "In Latin letters",
        Language::Ko => "로마자로 만들기",
    }
}

fn message(kind: &FindingKind) -> (String, String) {
    match kind {
        FindingKind::Draft => ("This is a draft: the site does not show it.".into(), "초안이라 사이트에 나오지 않습니다.".into()),
        FindingKind::InDrafts => ("It lies in a folder of drafts: the site does not show it.".into(), "초안 폴더에 있어 사이트에 나오지 않습니다.".into()),
        FindingKind::Unpublished => ("It says published: false: the site does not show it.".into(), "published: false라 사이트에 나오지 않습니다.".into()),
        FindingKind::DraftIgnored => (
            "The generator does not know draft: true and publishes the post. What keeps it back is published: false.".into(),
            "이 생성기는 draft: true를 모르고 글을 발행합니다. 발행을 막으려면 published: false를 쓰세요.".into(),
        ),
        FindingKind::DraftIsText { written } => (
            format!("Hugo takes draft: {written} for a text and publishes the post. Write true or false."),
            format!("Hugo는 draft: {written}를 글자로 읽고 글을 발행합니다. true나 false로 쓰세요."),
        ),
        FindingKind::FutureDate { date } => (
            format!("The date {date} lies in the future: the site holds the post back until it is built after then."),
            format!("날짜 {date}가 미래입니다. 그 뒤에 사이트를 빌드할 때까지 나오지 않습니다."),
        ),
        FindingKind::OffsetMissing { date, hours } => (
            format!("Without an offset {date} is a time in UTC for the generator: it holds the post back for {hours} more h."),
            format!("시간대가 없는 {date}를 생성기는 UTC로 읽어, 앞으로 {hours}시간 동안 글이 나오지 않습니다."),
        ),
        FindingKind::AnotherDay { date, day } => (
            format!("Without an offset {date} is a time in UTC for the generator: the post gets the day {day}, in its address too."),
            format!("시간대가 없는 {date}를 생성기는 UTC로 읽습니다. 글의 날짜와 주소가 {day}이 됩니다."),
        ),
        FindingKind::OffsetTakenTwice { date } => (
            format!("Hexo takes the offset off {date} once more, so that the post gets an earlier time. Write the time of the site's zone without an offset."),
            format!("Hexo는 {date}에서 시간대를 한 번 더 빼서 글이 더 이른 시각이 됩니다. 사이트 시간대의 시각을 시간대 없이 쓰세요."),
        ),
        FindingKind::FrontMatterNotRead => (
            "The generator reads no front matter that does not begin with --- alone, and shows it as text.".into(),
            "글이 ---만 있는 줄로 시작하지 않아 생성기가 프런트 매터를 읽지 않고 본문으로 보여 줍니다.".into(),
        ),
        FindingKind::Expired { date } => (
            format!("Its time was over on {date}: the site no longer shows it."),
            format!("{date}에 게시 기간이 끝나 사이트에 나오지 않습니다."),
        ),
        FindingKind::UnreadableDate { key, date, ends_the_build: true } => (
            format!("The build will stop here: the generator cannot read the date {date} in {key}."),
            format!("여기서 빌드가 멈춥니다. 생성기가 {key}의 날짜 {date}를 읽지 못합니다."),
        ),
        FindingKind::UnreadableDate { key, date, .. } => (
            format!("The generator cannot read the date {date} in {key}, and takes another one."),
            format!("생성기가 {key}의 날짜 {date}를 읽지 못해 다른 날짜를 씁니다."),
        ),
        FindingKind::DateIsNumber { date } => (
            format!("The generator takes {date} for a number of seconds: the post gets a day in 1970."),
            format!("생성기가 {date}를 초 단위 숫자로 읽어 글의 날짜가 1970년이 됩니다."),
        ),
        FindingKind::NotADate { key } => (
            format!("The build will stop here: {key} is a date for Hugo."),
            format!("여기서 빌드가 멈춥니다. Hugo에서 {key}는 날짜입니다."),
        ),
        FindingKind::DaysDiffer { name, date } => (
            format!("The file's name says {name}, the front matter {date}; the front matter's counts, in the address too."),
            format!("파일 이름은 {name}, 프런트 매터는 {date}입니다. 주소까지 프런트 매터의 날짜를 따릅니다."),
        ),
        FindingKind::PassedOver { name } => (
            format!("Jekyll passes {name} over without a word. Name it like 2026-11-21-title.md."),
            format!("Jekyll은 {name}을 아무 말 없이 건너뜁니다. 2026-11-21-title.md처럼 이름을 붙이세요."),
        ),
        FindingKind::BadDateInName { date } => (
            format!("The build will stop here: there is no day {date}, which the file's name says."),
            format!("여기서 빌드가 멈춥니다. 파일 이름의 {date}은 없는 날짜입니다."),
        ),
        FindingKind::EmptySlug => (
            "The slug leaves nothing for an address. Write one with letters or digits.".into(),
            "슬러그에 주소로 쓸 글자가 없습니다. 글자나 숫자가 있는 슬러그를 쓰세요.".into(),
        ),
        FindingKind::NameNotPortable { name } => (
            format!("Not every system can have a file named {name}: Windows cannot check this site out."),
            format!("{name}은 모든 시스템에서 쓸 수 있는 이름이 아닙니다. Windows에서는 이 사이트를 내려받지 못합니다."),
        ),
        FindingKind::NameDecomposed { name } => (
            format!("The name {name} is written in decomposed letters, as macOS once did: links to it may lead nowhere on other systems."),
            format!("이름 {name}이 자모가 나뉜 꼴(NFD)이라 다른 시스템에서 링크가 끊어질 수 있습니다."),
        ),
        FindingKind::UndeclaredTaxonomy { name } => (
            format!("The build will stop here: the site declares no taxonomy {name}. Add it to taxonomies in the configuration."),
            format!("여기서 빌드가 멈춥니다. 사이트가 {name} 분류를 선언하지 않았습니다. 설정의 taxonomies에 추가하세요."),
        ),
        FindingKind::OutsideTaxonomies { key } => (
            format!("Zola reads {key} under [taxonomies] alone; here it is not shown."),
            format!("Zola는 {key}를 [taxonomies] 아래에서만 읽습니다. 여기 쓴 것은 나오지 않습니다."),
        ),
        FindingKind::TagsInOneText { key } => (
            format!("Jekyll divides {key} at blanks and keeps the commas. Write a list."),
            format!("Jekyll은 {key}를 빈칸에서 나누고 쉼표를 남깁니다. 목록으로 쓰세요."),
        ),
        FindingKind::LosesWord { key, word } => (
            format!("YAML takes {word} for an anchor: the site shows {key} without it."),
            format!("YAML이 {word}를 앵커로 읽어 사이트의 {key}에서 빠집니다."),
        ),
        FindingKind::ForeignAddress { key } => (
            format!("The build will stop here: {key} may hold addresses of this site alone, without http."),
            format!("여기서 빌드가 멈춥니다. {key}에는 http 없이 이 사이트의 주소만 쓸 수 있습니다."),
        ),
    }
}

fn mend(kind: &FindingKind) -> (&'static str, &'static str) {
    match kind {
        FindingKind::Draft | FindingKind::Unpublished => ("Let it appear", "나오게 하기"),
        FindingKind::DraftIgnored => ("Write published: false", "published: false로 쓰기"),
        FindingKind::DraftIsText { .. } => ("Write true", "true로 쓰기"),
        FindingKind::OffsetMissing { .. } | FindingKind::AnotherDay { .. } => {
            ("Add the offset", "시간대 넣기")
        }
        FindingKind::OffsetTakenTwice { .. } => ("Leave the offset out", "시간대 빼기"),
        FindingKind::UnreadableDate { .. } | FindingKind::DateIsNumber { .. } => {
            ("Write it as a date", "날짜 형식으로 쓰기")
        }
        FindingKind::NotADate { .. } => ("Say it as Hugo does", "Hugo 방식으로 쓰기"),
        FindingKind::FrontMatterNotRead => ("Begin with it", "맨 앞에 두기"),
        FindingKind::EmptySlug => ("Take the title's", "제목으로 만들기"),
        FindingKind::TagsInOneText { .. } => ("Make it a list", "목록으로 바꾸기"),
        FindingKind::LosesWord { .. } => ("Put it into quotes", "따옴표로 감싸기"),
        _ => ("Mend", "고치기"),
    }
}

pub(super) fn put_into_quotes(language: Language) -> &'static str {
    match language {
        Language::En => "Put it into quotes",
        Language::Ko => "따옴표로 감싸기",
    }
}

pub(super) fn same_address(path: &str, url: &str, language: Language) -> String {
    match language {
        Language::En => format!("{path} has the same address, {url}: the site shows only one of the two."),
        Language::Ko => format!("{path}와 주소({url})가 같습니다. 사이트에는 둘 중 하나만 나옵니다."),
    }
}

pub(super) fn broken_link(link: &str, language: Language) -> String {
    match language {
        Language::En => format!("{link} leads to no post of this site."),
        Language::Ko => format!("{link}에 해당하는 글이 이 사이트에 없습니다."),
    }
}

pub(super) fn broken_heading(path: &str, fragment: &str, language: Language) -> String {
    match language {
        Language::En => format!("There is no #{fragment} in {path}."),
        Language::Ko => format!("{path}에 #{fragment}가 없습니다."),
    }
}
