//! A whole post at once, for the command line.

use crate::block::{Options, Refusal};
use crate::preview::Preview;
use crate::sanitise::push_escaped;
use crate::style::code_style;

/// Nothing runs and nothing but images is loaded, should the page be opened in a browser.
const POLICY: &str = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'";

const PAGE_STYLE: &str = include_str!("page.css");

/// The HTML of all blocks of a text whose body starts at byte `body_start`.
///
/// # Errors
/// If the body is too large to preview, in bytes or in blocks.
pub fn render_fragment(text: &str, body_start: usize, options: &Options) -> Result<String, Refusal> {
    let (preview, patch) = Preview::new(text, body_start, options.clone());
    if let Some(refusal) = patch.refused {
        return Err(refusal);
    }
    let mut html = String::new();
    for block in preview.blocks() {
        html.push_str(block.html.trim_end());
        html.push('\n');
    }
    Ok(html)
}

/// A page around what [`render_fragment`] gave; `lang` is the language of the text, such as `ko`.
pub fn standalone_page(title: &str, html: &str, lang: &str) -> String {
    let mut page = String::with_capacity(html.len() + 8 * 1024);
    page.push_str("<!doctype html>\n<html lang=\"");
    push_escaped(&mut page, lang);
    page.push_str(
        "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"",
    );
    push_escaped(&mut page, POLICY);
    page.push_str("\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    push_escaped(&mut page, title);
    page.push_str("</title>\n<style>\n");
    page.push_str(PAGE_STYLE);
    page.push_str(&code_style(false));
    page.push_str("@media (prefers-color-scheme: dark) {\n");
    page.push_str(&code_style(true));
    page.push_str("}\n</style>\n</head>\n<body>\n<main>\n");
    page.push_str(html);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_the_blocks_one_after_the_other() {
        let text = "---\ntitle: x\n---\n# 제목\n\n본문 *강조*\n";
        let html = render_fragment(text, 17, &Options::default()).unwrap();
        assert_eq!(html, "<h1 id=\"제목\">제목</h1>\n<p>본문 <em>강조</em></p>\n");
    }

    #[test]
    fn a_page_escapes_its_title_and_carries_both_palettes() {
        let page = standalone_page("</title><script>", "<p>x</p>\n", "ko");
        assert!(page.contains("<html lang=\"ko\">"));
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"));
        assert!(page.contains("<main>\n<p>x</p>\n</main>"));
        assert!(page.contains(&code_style(false)) && page.contains(&code_style(true)));
    }

    #[test]
    fn a_text_of_too_many_blocks_is_refused() {
        let text = "# a\n".repeat(50_001);
        let refusal = render_fragment(&text, 0, &Options::default()).unwrap_err();
        assert_eq!(refusal, Refusal::TooManyBlocks { blocks: 50_001, limit: 50_000 });
    }

    #[test]
    fn without_a_base_local_images_stay_as_written() {
        let html = render_fragment("![그림](images/a%20b.png)\n", 0, &Options::default()).unwrap();
        assert_eq!(html, "<p><img src=\"images/a%20b.png\" alt=\"그림\"></p>\n");
    }
}
