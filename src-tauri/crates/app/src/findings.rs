//! Looks open posts through for what the site will show otherwise than the writer may think. On a thread of its own,
//! once the writer pauses: no key waits for it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Weak};
use std::time::Duration;

use postwright_markdown::{self as markdown, FenceProblem, FindingKind};
use postwright_post::TextChange;
use postwright_wire::{self as wire, Event, FindingLevel, FindingsOfPost, Language, PostId};

use crate::appearing::PostOfSite;
use crate::macro_faults::macro_findings;
use crate::missing_pages::{missing_page, missing_pages};
use crate::search_index::ToRead;
use crate::text::PostText;
use crate::{Core, lock};

/// How long nothing must be typed.
const PAUSE: Duration = Duration::from_millis(400);

/// Starts the thread; it ends with the core.
pub(crate) fn look_through_when_idle(core: &Arc<Core>, waiting: Receiver<PostId>) {
    let core = Arc::downgrade(core);
    let started = std::thread::Builder::new().name("findings".to_owned()).spawn(move || run(&core, &waiting));
    if let Err(error) = started {
        tracing::error!(%error, "no findings: the thread could not be started");
    }
}

fn run(core: &Weak<Core>, waiting: &Receiver<PostId>) {
    while let Ok(first) = waiting.recv() {
        let mut posts = BTreeSet::from([first]);
        loop {
            match waiting.recv_timeout(PAUSE) {
                Ok(next) => {
                    posts.insert(next);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let Some(core) = core.upgrade() else { return };
        for post in posts {
            core.look_through(post);
        }
    }
}

impl Core {
    /// Asks for a look through a post once the writer pauses.
    pub(crate) fn look_through_soon(&self, post: PostId) {
        self.search.read_soon(ToRead::Post(post));
        // Without the thread there are no findings, which it has said.
        let _ = self.to_look_through.send(post);
    }

    fn look_through(&self, id: PostId) {
        let Some(post) = lock(&self.open).get(&id).map(Arc::clone) else { return };
        let (text, revision, body_start, file) = {
            let post = lock(&post);
            (post.text.clone(), post.revision, post.body_start(), post.link().cloned())
        };
        let dialect = self.dialect_of_file(file.as_ref());
        let source = text.to_string();
        let look = markdown::look_through(&source, body_start, &dialect);
        let language = self.language();
        let site = file.as_ref().and_then(|file| self.known_site(file.site).ok());
        let mut findings = site.as_ref().map(|site| site.findings(&self.hugo, language)).unwrap_or_default();
        findings.extend(look.findings.iter().map(|finding| on_the_wire(finding, &text, language)));
        for (reference, span) in self.missing_images(id, look.images.clone()) {
            findings.push(missing_image(&reference, &span, &text, language));
        }
        if let Some(site) = &site {
            let post = file.as_ref().map(|file| file.path.as_str());
            let now = self.now();
            if let Some(path) = post {
                let (site, text, source, dialect, now) = (site.as_ref(), &text, &source, &dialect, &now);
                findings
                    .extend(PostOfSite { site, path, text, source, dialect, now, language }.findings(&look));
            }
            for (reference, span) in missing_pages(site, post, look.pages, &now) {
                findings.push(missing_page(&reference, &span, &text, language));
            }
            findings.extend(macro_findings(site, &source, body_start, &dialect, &text, language));
        }
        findings.sort_by_key(|finding| (finding.from, finding.to));
        self.tell(Event::Findings(FindingsOfPost { post: id, revision, findings }));
    }
}

pub(crate) fn missing_image(
    reference: &str,
    span: &Range<usize>,
    text: &PostText,
    language: Language,
) -> wire::TextFinding {
    wire::TextFinding {
        level: FindingLevel::Warning,
        code: "missing_image".to_owned(),
        message: match language {
            Language::En => format!("The image {reference} is neither in the library nor in the site."),
            Language::Ko => format!("이미지 {reference}가 보관함에도 사이트에도 없습니다."),
        },
        from: text.position_of(span.start),
        to: text.position_of(span.end),
        place: None,
        mend: None,
        other_mend: None,
    }
}

pub(crate) fn on_the_wire(
    finding: &markdown::Finding,
    text: &PostText,
    language: Language,
) -> wire::TextFinding {
    let Told { level, code, english, korean } = tell(&finding.kind);
    let change = |change: &markdown::TextChange| TextChange {
        from: change.from,
        to: change.to,
        insert: change.insert.clone(),
    };
    let changes: Vec<TextChange> = finding.mend.iter().map(change).collect();
    wire::TextFinding {
        level,
        code: code.to_owned(),
        message: match language {
            Language::En => english,
            Language::Ko => korean,
        },
        from: text.position_of(finding.span.start),
        to: text.position_of(finding.span.end),
        place: None,
        other_mend: None,
        mend: (!changes.is_empty()).then(|| wire::Mend {
            label: mend_label(&finding.kind, language).to_owned(),
            changes: text.on_the_wire(&changes),
        }),
    }
}

struct Told {
    level: FindingLevel,
    code: &'static str,
    english: String,
    korean: String,
}

fn tell(kind: &FindingKind) -> Told {
    let told = |level, code, english: String, korean: String| Told { level, code, english, korean };
    match kind {
        FindingKind::PrintedMark { mark } => told(
            FindingLevel::Warning,
            "printed_mark",
            format!("The site will print {mark} here: it stands between a letter and a bracket or quote."),
            format!("사이트에 {mark}가 그대로 나옵니다. 글자와 괄호나 따옴표 사이에 있기 때문입니다."),
        ),
        FindingKind::MispairedMark { text } => told(
            FindingLevel::Warning,
            "mispaired_mark",
            format!(
                "The site pairs this ** with another, so that more than “{text}” becomes bold: one stands between a letter and a bracket or quote."
            ),
            format!(
                "사이트에서 이 **가 다른 **와 짝지어져 “{text}” 말고 다른 말도 굵게 나옵니다. 글자와 괄호나 따옴표 사이에 있기 때문입니다."
            ),
        ),
        FindingKind::StruckOut { text } => told(
            FindingLevel::Warning,
            "struck_out",
            format!("The site will strike this out: “{text}” stands between two tildes."),
            format!("사이트에서 취소선이 그어집니다. “{text}”가 물결표 사이에 있습니다."),
        ),
        FindingKind::DroppedHtml { html } => told(
            FindingLevel::Warning,
            "dropped_html",
            format!("The site leaves raw HTML out: {html}"),
            format!("사이트 설정 때문에 이 HTML은 나오지 않습니다: {html}"),
        ),
        FindingKind::NotLoaded { element, host } => {
            let from = |before: &str, behind: &str| {
                host.as_deref().map_or_else(String::new, |host| format!("{before}{host}{behind}"))
            };
            let (english, korean) = (from(" from ", ""), from(" (", ")"));
            told(
                FindingLevel::Note,
                "not_loaded",
                format!("The site shows this {element}{english}; the preview does not load it."),
                format!("사이트에는 이 {element}{korean} 요소가 나오지만 미리보기는 불러오지 않습니다."),
            )
        }
        FindingKind::MacroInCode { written } => told(
            FindingLevel::Warning,
            "macro_in_code",
            format!("The generator runs {written}, in code too."),
            format!("생성기가 코드 안의 {written}도 실행합니다."),
        ),
        FindingKind::RepeatedHeadingId { wanted, given } => told(
            FindingLevel::Note,
            "repeated_heading_id",
            format!("Another heading has the id {wanted}; this one gets {given}."),
            format!("같은 id({wanted})의 제목이 있어 이 제목의 id는 {given}이(가) 됩니다."),
        ),
        FindingKind::MissingAnchor { anchor } => told(
            FindingLevel::Warning,
            "missing_anchor",
            format!("There is no #{anchor} in this post."),
            format!("이 글에 #{anchor}가 없습니다."),
        ),
        FindingKind::UnknownLanguage { name } => told(
            FindingLevel::Note,
            "unknown_language",
            format!("The site's highlighter does not know the language {name}; the code stays plain."),
            format!("사이트의 코드 강조기가 {name} 언어를 몰라서 색 없이 나옵니다."),
        ),
        FindingKind::BadFence { problem: FenceProblem::EndsTheBuild } => told(
            FindingLevel::Error,
            "bad_fence",
            "Hugo does not build a site with this in a fence's braces.".to_owned(),
            "코드 펜스의 중괄호를 Hugo가 읽지 못해 사이트가 빌드되지 않습니다.".to_owned(),
        ),
        FindingKind::BadFence { problem: FenceProblem::NoFence } => told(
            FindingLevel::Warning,
            "bad_fence",
            "A blank behind the language keeps kramdown from seeing a fence: the site shows one line of code."
                .to_owned(),
            "언어 뒤에 공백이 있어 kramdown이 코드 펜스로 읽지 않습니다. 한 줄 코드로 나옵니다.".to_owned(),
        ),
        FindingKind::BadFence { problem: FenceProblem::NotALine } => told(
            FindingLevel::Note,
            "bad_fence",
            "One of the lines to mark is no line number; it is passed over.".to_owned(),
            "강조할 줄 번호 가운데 읽을 수 없는 것이 있어 무시됩니다.".to_owned(),
        ),
        FindingKind::NotMdx { written } => told(
            FindingLevel::Error,
            "not_mdx",
            format!("Astro does not build a site with {written} in an .mdx post."),
            format!(".mdx 글에 {written}이(가) 있으면 Astro에서 사이트가 빌드되지 않습니다."),
        ),
        FindingKind::NoAltText => told(
            FindingLevel::Note,
            "no_alt_text",
            "The image has no words for who cannot see it: write them between the brackets.".to_owned(),
            "이미지를 볼 수 없는 사람에게 읽어 줄 말이 없습니다. 대괄호 안에 쓰세요.".to_owned(),
        ),
        FindingKind::TextBullet { bullet } => told(
            FindingLevel::Note,
            "text_bullet",
            format!("{bullet} makes no list: the site joins these lines into one paragraph."),
            format!("{bullet}는 목록이 되지 않습니다. 사이트에서는 한 문단으로 이어집니다."),
        ),
    }
}

fn mend_label(kind: &FindingKind, language: Language) -> &'static str {
    match (kind, language) {
        (FindingKind::PrintedMark { .. } | FindingKind::MispairedMark { .. }, Language::En) => {
            "Put a word joiner beside it"
        }
        (FindingKind::PrintedMark { .. } | FindingKind::MispairedMark { .. }, Language::Ko) => {
            "옆에 보이지 않는 문자(&#8288;) 넣기"
        }
        (FindingKind::StruckOut { .. }, Language::En) => "Escape the tildes",
        (FindingKind::StruckOut { .. }, Language::Ko) => "물결표 앞에 \\ 넣기",
        (FindingKind::MacroInCode { .. }, Language::En) => "Escape it",
        (FindingKind::MacroInCode { .. }, Language::Ko) => "실행되지 않게 감싸기",
        (FindingKind::BadFence { .. }, Language::En) => "Keep the language alone",
        (FindingKind::BadFence { .. }, Language::Ko) => "언어만 남기기",
        (FindingKind::NotMdx { .. }, Language::En) => "Write it as MDX does",
        (FindingKind::NotMdx { .. }, Language::Ko) => "MDX 방식으로 바꾸기",
        (FindingKind::TextBullet { .. }, Language::En) => "Make it a list",
        (FindingKind::TextBullet { .. }, Language::Ko) => "목록으로 바꾸기",
        (_, Language::En) => "Mend",
        (_, Language::Ko) => "고치기",
    }
}
