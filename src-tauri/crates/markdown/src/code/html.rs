//! The HTML of code: one structure for every generator's fence.
//!
//! ```html
//! <figure class="code-figure">                          only with a caption
//! <figcaption><span>title</span><a href="…">link</a></figcaption>
//! <pre class="code chroma highlight" data-language="go"><code><span class="line hl" data-n="3">…</span>…</code></pre>
//! </figure>
//! ```
//!
//! Code that the site's highlighter does not take has no `chroma highlight`, and no colours of the style, its paper
//! neither.
//!
//! A line's `<span>` holds its line end. `data-n` is its number, shown by CSS (`attr(data-n)`), so that it is not
//! selected; `hl` marks it, `hidden-line` is what the site leaves out. `<span class="bidi">` names a character that
//! cannot be seen.

use std::fmt::Write;

use crate::sanitise::push_escaped;

use super::CodeSetting;
use super::fence::Fence;
use super::language;
use super::paint::Piece;

/// A piece of a line without a class.
pub(crate) fn plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_visible(&mut html, text);
    html
}

/// A line's pieces.
pub(crate) fn pieces(line: &str, pieces: &[Piece]) -> String {
    let mut html = String::with_capacity(line.len() + pieces.len() * 24);
    let mut start = 0;
    for &(class, end) in pieces {
        // The white space around a token has no colour: it stands outside, as the line's end must.
        let text = &line[start..end];
        let token = text.trim_end();
        if class.is_empty() || token.is_empty() {
            push_visible(&mut html, text);
        } else {
            html.push_str("<span class=\"");
            html.push_str(class);
            html.push_str("\">");
            push_visible(&mut html, token);
            html.push_str("</span>");
            html.push_str(&text[token.len()..]);
        }
        start = end;
    }
    push_visible(&mut html, &line[start..]);
    html
}

/// The whole block from the HTML of its lines.
pub(crate) fn block<'l>(fence: &Fence, setting: CodeSetting, lines: impl Iterator<Item = &'l str>) -> String {
    let numbered = setting.numbered;
    let mut html = String::new();
    let framed = caption(&mut html, fence);
    html.push_str("<pre class=\"code");
    if language::is_highlighted(fence.language.as_deref(), setting.flavour) {
        html.push_str(" chroma highlight");
    }
    if fence.number(1, numbered).is_some() {
        html.push_str(" numbered");
    }
    html.push('"');
    if let Some(language) = &fence.language {
        html.push_str(" data-language=\"");
        push_escaped(&mut html, language);
        html.push('"');
    }
    html.push_str("><code>");
    for (at, line_html) in lines.enumerate() {
        line(&mut html, fence, numbered, at + 1, line_html);
    }
    html.push_str("</code></pre>\n");
    if framed {
        html.push_str("</figure>\n");
    }
    html
}

/// One line, the first being 1.
pub(crate) fn line(html: &mut String, fence: &Fence, numbered: bool, number: usize, line_html: &str) {
    html.push_str("<span class=\"line");
    if fence.marks(number) {
        html.push_str(" hl");
    }
    if fence.hides(number) {
        html.push_str(" hidden-line");
    }
    html.push('"');
    if let Some(shown) = fence.number(number, numbered) {
        // Writing to a String cannot fail.
        let _ = write!(html, " data-n=\"{shown}\"");
    }
    html.push('>');
    html.push_str(line_html);
    html.push_str("</span>");
}

fn caption(html: &mut String, fence: &Fence) -> bool {
    if fence.title.is_none() && fence.link.is_none() {
        return false;
    }
    html.push_str("<figure class=\"code-figure\">\n<figcaption><span>");
    push_visible(html, fence.title.as_deref().unwrap_or_default());
    html.push_str("</span>");
    if let Some((url, text)) = fence.link.as_ref().filter(|(url, _)| url.starts_with("http")) {
        html.push_str("<a href=\"");
        push_escaped(html, url);
        html.push_str("\" rel=\"noopener noreferrer\">");
        push_visible(html, text);
        html.push_str("</a>");
    }
    html.push_str("</figcaption>\n");
    true
}

/// The tag and caption of the figure that code with a caption stands in; nothing if it has none.
pub(crate) fn figure_start(fence: &Fence) -> Option<String> {
    let mut html = String::new();
    caption(&mut html, fence).then_some(html)
}

/// Escaped, with a label in place of each character that hides or turns what is around it.
fn push_visible(html: &mut String, text: &str) {
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if is_unseen(c) && !(c == '\u{200d}' && is_picture(before)) {
            push_escaped(html, &text[start..at]);
            let _ = write!(html, "<span class=\"bidi\">U+{:04X}</span>", u32::from(c));
            start = at + c.len_utf8();
        }
        before = c;
    }
    push_escaped(html, &text[start..]);
}

/// Bidirectional controls and characters of no width.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' | '\0')
}

/// Whether a joiner after it makes one picture of two.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}
