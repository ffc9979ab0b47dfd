//! What a writer is told of the page that the site's own generator built, beside the preview.

use postwright_comparison::{self as comparison, Kind, Part};
use postwright_markdown::{Dialect, site_parts};
use postwright_post::front_matter;
use postwright_wire::{BlockDifference, Language, PageComparison};

use crate::convert;
use crate::messages::Say;

/// How many blocks that differ are told.
const MOST_DIFFERENCES: usize = 200;

/// Compares a post, as its site's dialect reads it, with its page.
pub(crate) fn of(text: &str, dialect: &Dialect, page: &str, language: Language) -> PageComparison {
    let body_start = front_matter::split(text).body_start;
    let parts: Vec<Part> = site_parts(text, body_start, dialect)
        .into_iter()
        .map(|part| Part { line: part.line, html: part.html })
        .collect();
    let Some(compared) = comparison::compare_with_page(&parts, page) else {
        return PageComparison { found: false, blocks: 0, equal: 0, differences: Vec::new() };
    };
    let say = Say { language };
    let told = |it: comparison::PageDifference| BlockDifference {
        line: it.line,
        message: message(&it.difference.kind, &say),
        preview: it.difference.preview,
        site: it.difference.site,
    };
    PageComparison {
        found: true,
        blocks: convert::small(compared.blocks),
        equal: convert::small(compared.equal),
        differences: compared.differences.into_iter().take(MOST_DIFFERENCES).map(told).collect(),
    }
}

/// What differs, in a sentence.
fn message(kind: &Kind, say: &Say) -> String {
    let (english, korean) = match kind {
        Kind::BlockOnSite(_) => ("Only the site has this.".into(), "사이트에만 있습니다.".into()),
        Kind::BlockInPreview(_) => ("Only the preview has this.".into(), "미리 보기에만 있습니다.".into()),
        Kind::Attribute { attribute, element } => (
            format!("`{attribute}` of <{element}> differs."),
            format!("<{element}>의 `{attribute}` 값이 다릅니다."),
        ),
        Kind::OtherElement { site, preview } => (
            format!("The site has <{site}> where the preview has <{preview}>."),
            format!("미리 보기의 <{preview}> 자리에 사이트에는 <{site}>이(가) 있습니다."),
        ),
        Kind::ElementOnSite(name) => (
            format!("The site has <{name}>, the preview does not."),
            format!("<{name}>이(가) 사이트에만 있습니다."),
        ),
        Kind::ElementInPreview(name) => (
            format!("The preview has <{name}>, the site does not."),
            format!("<{name}>이(가) 미리 보기에만 있습니다."),
        ),
        Kind::EndsEarlierOnSite(name) => (
            format!("<{name}> ends earlier on the site."),
            format!("<{name}>이(가) 사이트에서 먼저 끝납니다."),
        ),
        Kind::EndsEarlierInPreview(name) => (
            format!("<{name}> ends earlier in the preview."),
            format!("<{name}>이(가) 미리 보기에서 먼저 끝납니다."),
        ),
        Kind::SignOnSite(sign) => {
            (format!("The site shows {sign} as text."), format!("사이트에 {sign} 기호가 글자로 나옵니다."))
        }
        Kind::SignInPreview(sign) => (
            format!("The preview shows {sign} as text."),
            format!("미리 보기에 {sign} 기호가 글자로 나옵니다."),
        ),
        Kind::CodeText => ("The text of the code differs.".into(), "코드의 글자가 다릅니다.".into()),
        Kind::CodeLanguage => ("The language of the code differs.".into(), "코드의 언어가 다릅니다.".into()),
        Kind::CodeCaption => ("The caption of the code differs.".into(), "코드의 캡션이 다릅니다.".into()),
        Kind::CodeOnSite => {
            ("Only the site has code here.".into(), "여기 코드가 사이트에만 있습니다.".into())
        }
        Kind::CodeInPreview => {
            ("Only the preview has code here.".into(), "여기 코드가 미리 보기에만 있습니다.".into())
        }
        Kind::Punctuation => {
            ("Quotes, dashes or dots have another form.".into(), "따옴표, 줄표, 점의 모양이 다릅니다.".into())
        }
        Kind::Space => ("White space differs.".into(), "공백이 다릅니다.".into()),
        Kind::Text | Kind::Words => ("The words differ.".into(), "글자가 다릅니다.".into()),
        Kind::Length => ("One goes on where the other ends.".into(), "한쪽이 먼저 끝납니다.".into()),
    };
    say.in_language(english, korean)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: x\n---\n\n# A\n\nSome *words*.\n\n- one\n- two\n";

    #[test]
    fn lines_count_from_the_top_of_the_file() {
        let page = "<main><h1 id=a>A</h1><p>Some *words*.</p><ul><li>one</li><li>two</li></ul></main>";
        let told = of(TEXT, &Dialect::default(), page, Language::En);
        assert_eq!((told.found, told.blocks, told.equal), (true, 3, 2), "{told:?}");
        let difference = &told.differences[0];
        assert_eq!(difference.line, Some(7));
        assert_eq!(difference.message, "The preview has <em>, the site does not.");
        assert_eq!(
            (difference.preview.as_str(), difference.site.as_str()),
            ("<p>Some ⟨<em>words</em>.</p>", "<p>Some ⟨*words*.</p>")
        );
        let korean = of(TEXT, &Dialect::default(), page, Language::Ko);
        assert_eq!(korean.differences[0].message, "<em>이(가) 미리 보기에만 있습니다.");
    }

    #[test]
    fn a_page_without_the_post_is_told_as_such() {
        assert!(!of(TEXT, &Dialect::default(), "<main></main>", Language::En).found);
    }
}
