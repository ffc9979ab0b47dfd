//! What the writer is told, in both languages: what happened, to what, and what to do.

use postwright_drafts::LibraryError;
use postwright_markdown::Refusal;
use postwright_post::front_matter::{self, FrontMatterError, Reason, Refusal as FieldRefusal};
use postwright_post::plan::{self, FindingKind};
use postwright_post::profile::{EvidenceFact, Generator};
use postwright_sites::{PathFault, SiteError};
use postwright_wire::{self as wire, Error, ErrorCode, Language};

use crate::failure::Failure;
use crate::{backup_messages, build_check, git_messages, search_messages};

impl Failure {
    /// The failure in the writer's language.
    pub(crate) fn on_the_wire(&self, language: Language) -> Error {
        let say = Say { language };
        match self {
            Self::Library(error) => library(error, &say),
            Self::NewerLibrary(newer) => say
                .error(ErrorCode::LibraryNewer, format!("The library was written by a newer version of Postwright (its form is {}, this version knows {}), so it can only be read.", newer.found, newer.known),
                    format!("이 보관함은 더 새로운 Postwright가 쓴 것입니다(형식 {}, 이 버전은 {}까지). 그래서 읽을 수만 있습니다.", newer.found, newer.known))
                .hint(&say, "Update Postwright.", "Postwright를 업데이트하세요."),
            Self::Recovered(recovery) => backup_messages::recovered(recovery, &say),
            Self::NoBackup(failure) => backup_messages::no_backup(&failure.on_the_wire(language), &say),
            Self::NoSuchBackup { name } => say
                .error(ErrorCode::NotFound, "There is no such backup any more.", "그런 백업이 이제 없습니다.")
                .about(name),
            Self::Site(error) => site(error, &say),
            Self::FrontMatter { field, error } => front_matter_error(error, &say).about(field),
            Self::BrokenFrontMatter { problem } => broken_front_matter(problem, &say),
            Self::Change(error) => say.error(ErrorCode::BadRequest, format!("The edit does not fit the text: {error}."), format!("편집이 글과 맞지 않습니다: {error}.")),
            Self::ReadOnly(error) | Self::Told(error) => error.clone(),
            Self::Search(error) => search_messages::search(error, &say),
            Self::BadQuery(bad) => search_messages::bad_query(bad, &say),
            Self::NotOneToReplace => search_messages::not_one_to_replace(&say),
            Self::ReplacePlanChanged => search_messages::replace_plan_changed(&say),
            Self::NotOpen { post } | Self::NoPost { post } => {
                say.error(ErrorCode::NotFound, format!("There is no post {post} open or in the library."), format!("{post}번 글이 열려 있지 않거나 보관함에 없습니다."))
            }
            Self::NoFile { post } => say
                .error(ErrorCode::NotFound, format!("Post {post} has no file in a site."), format!("{post}번 글은 사이트에 파일이 없습니다."))
                .hint(&say, "Publish it first.", "먼저 발행하세요."),
            Self::NoImage { name } => say
                .error(ErrorCode::BadRequest, "This is not an image that a web page can show.", "웹 페이지에서 보여 줄 수 있는 이미지가 아닙니다.")
                .hint(&say, "Use PNG, JPEG, GIF, WebP, AVIF or SVG.", "PNG, JPEG, GIF, WebP, AVIF, SVG를 쓰세요.")
                .about(name),
            Self::NoSuchTheme { name } => say
                .error(ErrorCode::NotFound, "There is no code theme of this name.", "이런 이름의 코드 테마가 없습니다.")
                .about(name),
            Self::ImageNotFound { reference } => say
                .error(ErrorCode::NotFound, format!("The image {reference} was not found."), format!("이미지 {reference}를 찾지 못했습니다."))
                .hint(&say, "Check the path, or drop the image into the text.", "경로를 확인하거나 이미지를 글에 끌어다 놓으세요."),
            Self::NoSuchPath { path, source } => say
                .error(ErrorCode::NotFound, format!("The path cannot be read: {source}."), format!("경로를 읽을 수 없습니다: {source}."))
                .about(&path.to_string_lossy()),
            Self::NothingToImport { path } => say
                .error(ErrorCode::NotFound, "There is no Markdown, text or HTML file here.", "마크다운, 텍스트, HTML 파일이 없습니다.")
                .hint(&say, "Choose a file that ends in .md, .markdown, .mdx, .txt or .html.", ".md, .markdown, .mdx, .txt, .html 파일을 고르세요.")
                .about(&path.to_string_lossy()),
            Self::Archive { path } => say
                .error(ErrorCode::BadRequest, "This is an archive, and archives are not opened here.", "압축 파일입니다. 압축 파일은 여기서 열지 않습니다.")
                .hint(&say, "Unpack it and import the folder.", "압축을 풀고 그 폴더를 가져오세요.")
                .about(&path.to_string_lossy()),
            Self::NoText { path } => say
                .error(ErrorCode::NotUtf8, "This is no text in UTF-8, UTF-16 or CP949.", "UTF-8, UTF-16, CP949로 된 텍스트가 아닙니다.")
                .hint(&say, "Save it as UTF-8 in the program that it comes from.", "원래 프로그램에서 UTF-8로 저장해 보세요.")
                .about(&path.to_string_lossy()),
            Self::Html(postwright_intake::HtmlError::TooLarge) | Self::TextTooLarge(_) => say
                .error(ErrorCode::TooLarge, "The text is larger than 64 MB, which is more than can be imported at once.", "텍스트가 64MB를 넘어서 한 번에 가져올 수 없습니다.")
                .hint(&say, "Import it in parts.", "나누어 가져오세요."),
            Self::Html(postwright_intake::HtmlError::TooComplex) => say
                .error(ErrorCode::TooLarge, "The HTML has more elements than a page of a post has, so it is not read.", "HTML의 요소가 글 한 편이라고 보기에는 너무 많아서 읽지 않았습니다.")
                .hint(&say, "Paste its text without formatting.", "서식 없이 텍스트만 붙여 넣으세요."),
            Self::ImportGone => say
                .error(ErrorCode::NotFound, "This text is not kept any more.", "이 텍스트는 더 이상 남아 있지 않습니다.")
                .hint(&say, "Paste or choose it again.", "다시 붙여 넣거나 고르세요."),
            Self::EmptySlug => say
                .error(ErrorCode::EmptySlug, "The title leaves nothing for the file's name.", "제목에서 파일 이름을 만들 수 없습니다.")
                .hint(&say, "Type a slug.", "슬러그를 직접 입력하세요."),
            Self::TargetExists { path } => target_exists(path, &say),
            Self::BadPath { path } => say
                .error(ErrorCode::OutsideSite, "This cannot be the path of a post in the site.", "사이트 안의 글 경로로 쓸 수 없습니다.")
                .hint(&say, "Use a path inside the site's folder, without .. and special characters.", "사이트 폴더 안의 경로를 ..이나 특수 문자 없이 쓰세요.")
                .about(path),
            Self::TwoGenerators { root, generators } => {
                let names: Vec<&str> = generators.iter().map(|generator| generator_name(*generator)).collect();
                let (and, or) = (names.join(", "), names.join("|").to_lowercase());
                say.error(ErrorCode::TwoGenerators, format!("This folder has the marks of several generators ({and}), so nobody can tell which builds it."), format!("이 폴더에는 여러 생성기({and})의 흔적이 있어서 어느 것으로 빌드하는지 알 수 없습니다."))
                    .hint(&say, &format!("Choose one in the site's settings, or with --generator {or}."), &format!("사이트 설정에서 고르거나 --generator {or} 로 고르세요."))
                    .about(&root.to_string_lossy())
            }
            Self::NoTimeZone { zone } => say
                .error(ErrorCode::BadRequest, "There is no time zone of this name.", "이런 이름의 시간대가 없습니다.")
                .hint(&say, "Write it like Asia/Seoul.", "Asia/Seoul처럼 쓰세요.")
                .about(zone),
            Self::TemplateExists { name } => say
                .error(ErrorCode::BadRequest, "The site has a template of this name already.", "이 사이트에 같은 이름의 템플릿이 이미 있습니다.")
                .hint(&say, "Choose another name.", "다른 이름을 쓰세요.")
                .about(name),
            Self::NoName => say.error(ErrorCode::BadRequest, "The template needs a name.", "템플릿의 이름을 적어 주세요."),
            Self::PlanChanged => say
                .error(ErrorCode::PlanChanged, "The draft or the site changed since the plan was shown; nothing was written.", "계획을 보여 드린 뒤 초안이나 사이트가 바뀌었습니다. 아무것도 쓰지 않았습니다.")
                .hint(&say, "Look at the new plan and publish again.", "새 계획을 확인하고 다시 발행하세요."),
            Self::ComparisonOutdated => say
                .error(ErrorCode::PlanChanged, "The text changed since this was shown; nothing was brought back.", "보여 드린 뒤 글이 바뀌어서 아무것도 되살리지 않았습니다.")
                .hint(&say, "Look at the differences again.", "차이를 다시 확인하세요."),
            Self::ChangedSincePublished { path } => say
                .error(ErrorCode::ChangedOutside, "This file was changed since it was published, so nothing was undone.", "발행한 뒤 바뀐 파일이 있어서 아무것도 되돌리지 않았습니다.")
                .hint(&say, "Remove or change the files by hand.", "파일을 직접 지우거나 고치세요.")
                .about(path),
            Self::NoDrafts => say
                .error(ErrorCode::BadRequest, "This site has no way of its own to keep a post back.", "이 사이트에는 글을 초안으로 보류하는 방법이 없습니다.")
                .hint(&say, "For Astro: give the site's schema a field draft, and one post this field.", "Astro라면 스키마에 draft 필드를 만들고 글 하나에 넣어 보세요."),
            Self::NothingToMove => say.error(ErrorCode::BadRequest, "The post is as it shall be already; nothing would change.", "이미 그 상태라서 바뀌는 것이 없습니다."),
            Self::FieldNotWritten { field } => say
                .error(ErrorCode::FrontMatter, "This field must change, and cannot be changed by itself.", "바꿔야 하는 필드인데 따로 바꿀 수 없습니다.")
                .hint(&say, "Edit it in the text.", "글에서 직접 고치세요.")
                .about(field),
            Self::NoDay { day } => say
                .error(ErrorCode::BadRequest, "This is no day.", "날짜가 아닙니다.")
                .hint(&say, "Write it like 2026-11-21.", "2026-11-21처럼 쓰세요.")
                .about(day),
            Self::NotUndoable => say.error(ErrorCode::NotFound, "This was undone already, or is too long ago to be undone.", "이미 되돌렸거나 되돌리기에는 너무 오래된 발행입니다."),
            Self::InterruptedAndDone { path } => say
                .error(ErrorCode::Interrupted, "The app was ended while it wrote this into the site. It is written now, all of it.", "사이트에 쓰는 도중에 앱이 꺼졌습니다. 이제 빠짐없이 다 썼습니다.")
                .about(path),
            Self::InterruptedAndTakenBack { path, changed } if changed.is_empty() => say
                .error(ErrorCode::Interrupted, "The app was ended while it wrote this into the site. The site is as it was before.", "사이트에 쓰는 도중에 앱이 꺼졌습니다. 사이트를 쓰기 전으로 돌려놓았습니다.")
                .hint(&say, "Publish or save again.", "다시 발행하거나 저장하세요.")
                .about(path),
            Self::InterruptedAndTakenBack { path, changed } => say
                .error(ErrorCode::Interrupted, format!("The app was ended while it wrote this into the site. The site is as it was before, but for what you have changed since: {}.", changed.join(", ")), format!("사이트에 쓰는 도중에 앱이 꺼졌습니다. 그 뒤에 바뀐 파일({})만 그대로 두고 사이트를 쓰기 전으로 돌려놓았습니다.", changed.join(", ")))
                .hint(&say, "Look at these files, then publish or save again.", "이 파일들을 확인한 뒤 다시 발행하거나 저장하세요.")
                .about(path),
            Self::NoPreview(why) => {
                say.error(ErrorCode::TooLarge, refusal(*why, say.language), refusal(*why, say.language))
            }
            Self::Git(error) => git_messages::git(error, &say),
            Self::Build(error) => build_check::build_error(error, &say),
            Self::NeedsAWindow => say.error(ErrorCode::BadRequest, "This needs a window.", "창이 있어야 할 수 있습니다."),
            Self::Impossible(what) => say.error(ErrorCode::System, format!("Something went wrong inside: {what}."), format!("내부에서 문제가 생겼습니다: {what}.")),
        }
    }
}

/// A generator's name, which is the same in every language but for a folder without one.
fn generator_name(generator: Generator) -> &'static str {
    match generator {
        Generator::Hugo => "Hugo",
        Generator::Jekyll => "Jekyll",
        Generator::Zola => "Zola",
        Generator::Hexo => "Hexo",
        Generator::Astro => "Astro",
        Generator::Plain => "Plain",
    }
}

/// Why a text has no preview.
pub(crate) fn refusal(refusal: Refusal, language: Language) -> String {
    let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1_048_576.0);
    let (size, limit) = match (refusal, language) {
        (Refusal::TooLarge { bytes, limit }, _) => (megabytes(bytes), megabytes(limit)),
        (Refusal::TooManyBlocks { blocks, limit }, Language::En) => {
            (format!("{blocks} blocks"), limit.to_string())
        }
        (Refusal::TooManyBlocks { blocks, limit }, Language::Ko) => {
            (format!("블록 {blocks}개"), format!("{limit}개"))
        }
    };
    match language {
        Language::En => format!(
            "This post is too large to preview ({size}; the limit is {limit}). Writing and saving work as ever."
        ),
        Language::Ko => {
            format!("글이 너무 커서 미리 볼 수 없습니다({size}, 한도 {limit}). 쓰기와 저장은 그대로 됩니다.")
        }
    }
}

/// What the writer should know before publishing.
pub(crate) fn finding(finding: &plan::Finding, language: Language) -> wire::Finding {
    let say = Say { language };
    let message = match &finding.kind {
        FindingKind::MissingImage { reference } => say.in_language(
            format!("The image {reference} is neither in the library nor in the site."),
            format!("이미지 {reference}가 보관함에도 사이트에도 없습니다."),
        ),
        FindingKind::NoTags => {
            say.in_language("The post has no tags.".to_owned(), "태그가 없습니다.".to_owned())
        }
        FindingKind::NoTitle => {
            say.in_language("The post has no title.".to_owned(), "제목이 없습니다.".to_owned())
        }
        FindingKind::FieldNotWritten { key } => say.in_language(
            format!("The field “{key}” could not be written."),
            format!("“{key}” 필드를 쓸 수 없었습니다."),
        ),
        FindingKind::UnknownMacro { written } => say.in_language(
            format!("This site's generator does not know {written}: it prints it, or stops there."),
            format!("이 사이트의 생성기는 {written}를 모릅니다. 그대로 찍히거나 빌드가 멈춥니다."),
        ),
        FindingKind::NotAPost { path } => say.in_language(
            format!("The site's generator does not read {path} as a post."),
            format!("사이트 생성기가 {path}를 글로 읽지 않습니다."),
        ),
    };
    let level = match finding.level {
        plan::FindingLevel::Note => wire::FindingLevel::Note,
        plan::FindingLevel::Warning => wire::FindingLevel::Warning,
        plan::FindingLevel::Error => wire::FindingLevel::Error,
    };
    let line = finding.line.map(crate::convert::small);
    wire::Finding { level, code: finding.code.to_owned(), message, line, mends: Vec::new() }
}

/// What a file or folder says about a site.
pub(crate) fn evidence(fact: &EvidenceFact, language: Language) -> String {
    match (fact, language) {
        (EvidenceFact::Configuration, Language::En) => "the generator's own configuration".to_owned(),
        (EvidenceFact::Configuration, Language::Ko) => "이 생성기의 설정 파일".to_owned(),
        (EvidenceFact::Setting { key }, Language::En) => format!("has the setting {key}"),
        (EvidenceFact::Setting { key }, Language::Ko) => format!("{key} 설정이 있음"),
        (EvidenceFact::Dependency { name }, Language::En) => format!("depends on {name}"),
        (EvidenceFact::Dependency { name }, Language::Ko) => format!("{name}에 의존함"),
        (EvidenceFact::Folder, Language::En) => "a folder of the generator's".to_owned(),
        (EvidenceFact::Folder, Language::Ko) => "이 생성기가 쓰는 폴더".to_owned(),
        (EvidenceFact::Posts { count }, Language::En) => format!("{count} posts"),
        (EvidenceFact::Posts { count }, Language::Ko) => format!("글 {count}개"),
        (EvidenceFact::Version { version }, Language::En) => format!("version {version}"),
        (EvidenceFact::Version { version }, Language::Ko) => format!("버전 {version}"),
    }
}

/// Why a front matter cannot be read.
pub(crate) fn front_matter_reason(reason: &Reason, language: Language) -> String {
    match (reason, language) {
        (Reason::Unclosed, Language::En) => "The front matter has no closing line.".to_owned(),
        (Reason::Unclosed, Language::Ko) => "프런트 매터를 닫는 줄이 없습니다.".to_owned(),
        (Reason::TooLong, Language::En) => "The front matter is longer than 64 KB.".to_owned(),
        (Reason::TooLong, Language::Ko) => "프런트 매터가 64 KB보다 깁니다.".to_owned(),
        (Reason::TooDeep, Language::En) => "The front matter is nested too deeply.".to_owned(),
        (Reason::TooDeep, Language::Ko) => "프런트 매터의 중첩이 너무 깊습니다.".to_owned(),
        (Reason::NotFields, Language::En) => "The front matter is not a list of fields.".to_owned(),
        (Reason::NotFields, Language::Ko) => "프런트 매터가 필드 목록이 아닙니다.".to_owned(),
        (Reason::DuplicateKey { key }, Language::En) => format!("The field “{key}” stands twice."),
        (Reason::DuplicateKey { key }, Language::Ko) => format!("“{key}” 필드가 두 번 나옵니다."),
        (Reason::NeedsQuotes { key }, Language::En) => format!("The value of “{key}” must stand in quotes."),
        (Reason::NeedsQuotes { key }, Language::Ko) => format!("“{key}”의 값은 따옴표로 묶어야 합니다."),
        (Reason::Marked, Language::En) => "It has an anchor, an alias or a tag of YAML.".to_owned(),
        (Reason::Marked, Language::Ko) => "YAML의 앵커, 별칭 또는 태그가 붙어 있습니다.".to_owned(),
        (Reason::Structured, Language::En) => "It has parts inside parts.".to_owned(),
        (Reason::Structured, Language::Ko) => "목록 안에 다른 항목이 들어 있습니다.".to_owned(),
        (Reason::SameButCase { key, other }, Language::En) => {
            format!("“{key}” and “{other}” are the same field for the generator.")
        }
        (Reason::SameButCase { key, other }, Language::Ko) => {
            format!("생성기는 “{key}”와 “{other}”를 같은 필드로 읽습니다.")
        }
        (Reason::BareJson, Language::En) => "JSON without braces is edited in the text.".to_owned(),
        (Reason::BareJson, Language::Ko) => "중괄호가 없는 JSON은 글에서 고칩니다.".to_owned(),
        (Reason::Syntax { message }, Language::En) => format!("The front matter cannot be read: {message}."),
        (Reason::Syntax { message }, Language::Ko) => format!("프런트 매터를 읽을 수 없습니다: {message}."),
    }
}

fn library(error: &LibraryError, say: &Say) -> Error {
    match error {
        LibraryError::NotALibrary { path } => say
            .error(
                ErrorCode::LibraryDamaged,
                "This file is not a Postwright library; it was left as it is.",
                "Postwright 보관함이 아닌 파일입니다. 그대로 두었습니다.",
            )
            .hint(
                say,
                "Name another file with --library, or move this one away.",
                "--library로 다른 파일을 지정하거나 이 파일을 옮기세요.",
            )
            .about(&path.to_string_lossy()),
        LibraryError::Damaged { path, detail } => say
            .error(
                ErrorCode::LibraryDamaged,
                format!("The library is damaged ({detail}); it was left as it is."),
                format!("보관함이 손상되었습니다({detail}). 그대로 두었습니다."),
            )
            .hint(
                say,
                "Start the window, or run “postwright doctor --repair”: the newest backup is opened then, with what can still be read, and the damaged file is kept.",
                "창을 열거나 ‘postwright doctor --repair’를 실행하세요. 가장 최근 백업에 아직 읽을 수 있는 내용을 더해 열고, 손상된 파일은 그대로 보관합니다.",
            )
            .about(&path.to_string_lossy()),
        LibraryError::NoSuchDraft { draft } => say.error(
            ErrorCode::NotFound,
            format!("There is no draft {draft} in the library."),
            format!("보관함에 {draft}번 초안이 없습니다."),
        ),
        LibraryError::NoSuchRevision { draft, number } => say.error(
            ErrorCode::NotFound,
            format!("Nothing is kept of draft {draft} under the number {number}."),
            format!("{draft}번 초안에는 보관한 판 {number}번이 없습니다."),
        ),
        LibraryError::NoSuchTemplate { template } => say.error(
            ErrorCode::NotFound,
            format!("There is no template {template} in the library."),
            format!("보관함에 {template}번 템플릿이 없습니다."),
        ),
        LibraryError::NoSuchSite { site } => say.error(
            ErrorCode::NotFound,
            format!("There is no site {site} in the library."),
            format!("보관함에 {site}번 사이트가 없습니다."),
        ),
        LibraryError::DiskFull { path } => say
            .error(
                ErrorCode::LibraryWrite,
                "The disk is full, so what you typed is only in memory.",
                "디스크가 가득 차서 입력한 내용이 메모리에만 있습니다.",
            )
            .hint(
                say,
                "Make room on the disk; it is stored by itself then.",
                "디스크에 공간을 만들면 저절로 저장됩니다.",
            )
            .about(&path.to_string_lossy()),
        LibraryError::ReadOnly { path } => say
            .error(
                ErrorCode::LibraryNewer,
                "The library was written by a newer version of Postwright, so it can only be read.",
                "더 새로운 Postwright가 쓴 보관함이라 읽을 수만 있습니다.",
            )
            .hint(say, "Update Postwright.", "Postwright를 업데이트하세요.")
            .about(&path.to_string_lossy()),
        LibraryError::Busy { path } => say
            .error(
                ErrorCode::LibraryWrite,
                "Another program is using the library.",
                "다른 프로그램이 보관함을 쓰고 있습니다.",
            )
            .hint(say, "Close the other program, then try again.", "다른 프로그램을 닫고 다시 시도하세요.")
            .about(&path.to_string_lossy()),
        LibraryError::FileLinked { draft } => say
            .error(
                ErrorCode::TargetExists,
                format!("Post {draft} of the library stands for this file already; nothing was written."),
                format!("보관함의 {draft}번 글이 이미 이 파일의 글입니다. 아무것도 쓰지 않았습니다."),
            )
            .hint(
                say,
                "Choose another path, or go on writing in that post.",
                "다른 경로를 고르거나 그 글에서 이어 쓰세요.",
            ),
        other => say
            .error(
                ErrorCode::LibraryWrite,
                format!("The library did not do it: {other}."),
                format!("보관함 작업이 실패했습니다: {other}."),
            )
            .hint(
                say,
                "Keep the window open and copy your text to be safe.",
                "창을 닫지 말고 만약을 위해 글을 복사해 두세요.",
            ),
    }
}

pub(crate) fn site(error: &SiteError, say: &Say) -> Error {
    match error {
        SiteError::NotASite { path, looked_for } => say
            .error(ErrorCode::NotASite, "This folder holds no site and no Markdown files.", "사이트도 마크다운 파일도 없는 폴더입니다.")
            .hint(say, &format!("Choose the folder that holds the site's configuration. Looked for: {}, or Markdown files (.md).", looked_for.join(", ")), &format!("사이트 설정 파일이 있는 폴더를 고르세요. 찾아본 것: {}, 마크다운 파일(.md).", looked_for.join(", ")))
            .about(path),
        SiteError::NotFound { path } => say.error(ErrorCode::NotFound, "The file is not there.", "파일이 없습니다.").about(path),
        SiteError::NotUtf8 { path, offset, line, column } => say
            .error(ErrorCode::NotUtf8, format!("The file is not UTF-8: the first bad byte is number {offset}, at line {line}, column {column}."), format!("UTF-8 파일이 아닙니다. 처음 어긋난 바이트는 {offset}번째, {line}줄 {column}칸입니다."))
            .hint(say, "Convert it to UTF-8, for example with iconv; it is shown read-only until then.", "iconv 등으로 UTF-8로 바꾸세요. 그때까지는 읽기 전용입니다.")
            .about(path),
        SiteError::TooLarge { path, size, limit } => say
            .error(ErrorCode::TooLarge, format!("The file is too large to open: {size} bytes, the limit is {limit}."), format!("파일이 너무 커서 열 수 없습니다: {size}바이트, 한도 {limit}바이트."))
            .hint(say, "Split it into several posts.", "여러 글로 나누세요.")
            .about(path),
        SiteError::OutsideSite { path } => say
            .error(ErrorCode::OutsideSite, "The path leads out of the site.", "사이트 밖으로 나가는 경로입니다.")
            .hint(say, "Use a path inside the site's folder.", "사이트 폴더 안의 경로를 쓰세요.")
            .about(path),
        SiteError::BadPath { path, fault } => say
            .error(ErrorCode::OutsideSite, format!("The path cannot be used: {fault}."), format!("쓸 수 없는 경로입니다: {}.", path_fault_in_korean(*fault)))
            .hint(say, "Use plain names separated by /.", "평범한 이름을 /로 나누어 쓰세요.")
            .about(path),
        SiteError::TargetExists { path } => target_exists(path, say),
        SiteError::ChangedOutside { path } => say
            .error(ErrorCode::ChangedOutside, "The file was changed outside since you last read it, so it was not written.", "마지막으로 읽은 뒤 밖에서 바뀐 파일이라 쓰지 않았습니다.")
            .hint(say, "Read the file again, or keep yours and save once more.", "파일을 다시 읽거나, 내 글을 유지하고 다시 저장하세요.")
            .about(path),
        SiteError::NotWritable { path, source } => say
            .error(ErrorCode::NotWritable, format!("It cannot be written: {source}."), format!("쓸 수 없습니다: {source}."))
            .hint(say, "Check the permissions of the folder and the disk. Your text is safe in the library.", "폴더 권한과 디스크를 확인하세요. 글은 보관함에 안전하게 있습니다.")
            .about(path),
        SiteError::NotUndone { path, .. } => say
            .error(ErrorCode::NotWritable, format!("Writing failed and this file could not be put back: {error}."), format!("쓰기에 실패했고 이 파일을 되돌리지 못했습니다: {error}."))
            .hint(say, "Look at the file with git, then try again.", "git으로 파일을 확인한 뒤 다시 시도하세요.")
            .about(path),
        SiteError::Interrupted => say.error(ErrorCode::System, "The write was cut short.", "쓰기가 중간에 끊겼습니다."),
        SiteError::NotWatched { path, source } => say
            .error(ErrorCode::System, format!("Changes outside cannot be noticed here: {source}."), format!("여기서는 밖에서 생긴 변경을 알 수 없습니다: {source}."))
            .hint(say, "Everything else works; lists are read again when you open them.", "다른 기능은 그대로 되고, 목록은 열 때 다시 읽습니다.")
            .about(path),
        SiteError::Io { path, source } => say
            .error(ErrorCode::System, format!("The system refused: {source}."), format!("시스템이 거절했습니다: {source}."))
            .hint(say, "Check the disk; nothing was left half-written.", "디스크를 확인하세요. 반만 쓰인 것은 없습니다.")
            .about(path),
    }
}

fn target_exists(path: &str, say: &Say) -> Error {
    say.error(
        ErrorCode::TargetExists,
        "A file is there already; it was not touched.",
        "이미 파일이 있습니다. 건드리지 않았습니다.",
    )
    .hint(say, "Choose another slug or path.", "다른 슬러그나 경로를 고르세요.")
    .about(path)
}

fn front_matter_error(error: &FrontMatterError, say: &Say) -> Error {
    match error {
        FrontMatterError::Problem(problem) => broken_front_matter(problem, say),
        FrontMatterError::Refused { reason, line, column, .. } => say
            .error(
                ErrorCode::FrontMatter,
                format!("Line {line}, column {column}: the field cannot be changed here: {reason}."),
                format!(
                    "{line}줄 {column}칸: 여기서 바꿀 수 없는 필드입니다: {}.",
                    refusal_in_korean(reason)
                ),
            )
            .hint(say, "Edit it in the text.", "글에서 직접 고치세요."),
    }
}

fn path_fault_in_korean(fault: PathFault) -> &'static str {
    match fault {
        PathFault::EmptySegment => "빈 부분이 있습니다",
        PathFault::Backslash => "역슬래시가 있습니다",
        PathFault::ControlCharacter => "제어 문자가 있습니다",
        PathFault::RepositoryInternals => ".git 안으로 들어갑니다",
        PathFault::DeviceName => "Windows의 장치 이름이 들어 있습니다",
        PathFault::TrailingDotOrSpace => "점이나 공백으로 끝나는 부분이 있습니다",
        PathFault::ReservedCharacter => "Windows가 받지 않는 문자가 있습니다",
    }
}

fn refusal_in_korean(reason: &FieldRefusal) -> String {
    match reason {
        FieldRefusal::Marked => "앵커, 별칭 또는 태그가 붙어 있습니다".to_owned(),
        FieldRefusal::Structured => "안에 다른 항목이 들어 있습니다".to_owned(),
        FieldRefusal::UnusualKey => "이름에 특이한 문자가 있습니다".to_owned(),
        FieldRefusal::KeyExists { key } => format!("“{key}” 필드가 이미 있습니다"),
        FieldRefusal::SameButCase { other } => format!("생성기는 “{other}”와 같은 필드로 읽습니다"),
        FieldRefusal::UnusualLayout => "프런트 매터의 배치가 특이합니다".to_owned(),
        FieldRefusal::UnreadableElsewhere { message } => {
            format!("다른 프로그램이 읽지 못합니다({message})")
        }
        FieldRefusal::TooMuchWouldChange => "이 필드 말고도 바뀌는 곳이 생깁니다".to_owned(),
    }
}

fn broken_front_matter(problem: &front_matter::Problem, say: &Say) -> Error {
    let reason = front_matter_reason(&problem.reason, say.language);
    let (line, column) = (problem.line, problem.column);
    say.error(
        ErrorCode::FrontMatter,
        format!("Line {line}, column {column}: {reason}"),
        format!("{line}줄 {column}칸: {reason}"),
    )
    .hint(say, "Mend it in the text.", "글에서 고치세요.")
}

pub(crate) struct Say {
    pub(crate) language: Language,
}

impl Say {
    pub(crate) fn error(
        &self,
        code: ErrorCode,
        english: impl Into<String>,
        korean: impl Into<String>,
    ) -> Error {
        let message = self.in_language(english.into(), korean.into());
        Error { code, message, subject: None, hint: None }
    }

    pub(crate) fn in_language<Text>(&self, english: Text, korean: Text) -> Text {
        match self.language {
            Language::En => english,
            Language::Ko => korean,
        }
    }
}

pub(crate) trait Told {
    fn hint(self, say: &Say, english: &str, korean: &str) -> Self;
    fn about(self, subject: &str) -> Self;
}

impl Told for Error {
    fn hint(self, say: &Say, english: &str, korean: &str) -> Self {
        Self { hint: Some(say.in_language(english, korean).to_owned()), ..self }
    }

    fn about(self, subject: &str) -> Self {
        Self { subject: Some(subject.to_owned()), ..self }
    }
}
