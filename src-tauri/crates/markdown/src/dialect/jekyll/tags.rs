//! HTML's tags and elements as kramdown 2.4 knows them.

use super::attributes::Attributes;
use super::syntax::{Searches, is_space};

const SPAN: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em", "i",
    "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby",
    "samp", "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
];

const BLOCK: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const VOID: &[&str] = &[
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
];

/// Elements whose content is blocks where Markdown is read inside of HTML.
const HOLDS_BLOCKS: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "iframe",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "noscript",
    "object",
    "section",
    "summary",
    "td",
];

/// Elements whose content is spans.
const HOLDS_SPANS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "caption", "cite", "del", "dfn", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "i", "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp",
    "rt", "rtc", "ruby", "select", "small", "span", "strong", "sub", "sup", "th", "tt",
];

/// Other elements that are known, whose content is left as it is.
const HOLDS_TEXT: &[&str] =
    &["code", "kbd", "math", "option", "pre", "samp", "script", "style", "textarea", "var"];

/// What is read inside of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Blocks,
    Spans,
    Raw,
}

impl Content {
    pub(super) fn of(name: &str) -> Self {
        if HOLDS_BLOCKS.contains(&name) {
            Self::Blocks
        } else if HOLDS_SPANS.contains(&name) {
            Self::Spans
        } else {
            Self::Raw
        }
    }

    /// What the attribute `markdown` of an element asks for.
    pub(super) fn asked_for(name: &str, value: &str) -> Option<Self> {
        match value {
            "0" => Some(Self::Raw),
            "1" => Some(Self::of(name)),
            "span" => Some(Self::Spans),
            "block" => Some(Self::Blocks),
            _ => None,
        }
    }
}

pub(super) fn is_span(name: &str) -> bool {
    SPAN.contains(&name)
}

pub(super) fn is_block(name: &str) -> bool {
    BLOCK.contains(&name)
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

fn is_known(name: &str) -> bool {
    [SPAN, BLOCK, VOID, HOLDS_BLOCKS, HOLDS_SPANS, HOLDS_TEXT].iter().any(|names| names.contains(&name))
}

/// Names of known elements ignore case.
fn known_name(name: &str) -> String {
    let lower = name.to_lowercase();
    if is_known(&lower) { lower } else { name.to_owned() }
}

/// The length of the element's or attribute's name that a text begins with. Letters of any script will do.
pub(super) fn name_length(text: &str) -> usize {
    let first = part_length(text);
    match text[first..].strip_prefix(':') {
        Some(second) if first > 0 && part_length(second) > 0 => first + 1 + part_length(second),
        _ => first,
    }
}

fn part_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.' | '_')).unwrap_or(text.len())
}

/// A line that begins so ends paragraphs and other blocks: a tag, but not of a span.
pub(super) fn stops_lazy(text: &str) -> bool {
    let Some(name) = text.strip_prefix('<') else { return false };
    match name.strip_prefix('/') {
        Some(name) => {
            let length = name_length(name);
            length > 0 && !begins_with_span(name) && after_space(&name[length..]).starts_with('>')
        }
        None => name_length(name) > 0 && !begins_with_span(name),
    }
}

fn begins_with_span(text: &str) -> bool {
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    is_span(&text[..word]) || &text[..word] == "script"
}

fn after_space(text: &str) -> &str {
    super::syntax::trimmed_start(text)
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OpenTag {
    pub(super) name: String,
    pub(super) attributes: Attributes,
    /// `<… />`
    pub(super) closed: bool,
    pub(super) end: usize,
}

impl OpenTag {
    /// In text, lines end as blanks inside of attributes.
    pub(super) fn on_one_line(mut self) -> Self {
        self.attributes.join_lines();
        self
    }
}

/// The start tag at `at`.
pub(super) fn open_tag(text: &str, at: usize, searches: &mut Searches) -> Option<OpenTag> {
    let start = at + text[at..].strip_prefix('<').map(|_| 1)?;
    let length = name_length(&text[start..]);
    if length == 0 {
        return None;
    }
    let name = known_name(&text[start..start + length]);
    let lower = is_known(&name);
    let mut attributes = Attributes::default();
    let mut next = start + length;
    loop {
        let spaced = skip_space(text, next);
        match text.as_bytes().get(spaced)? {
            b'>' => return Some(OpenTag { name, attributes, closed: false, end: spaced + 1 }),
            b'/' if text.as_bytes().get(spaced + 1) == Some(&b'>') => {
                return Some(OpenTag { name, attributes, closed: true, end: spaced + 2 });
            }
            _ if spaced == next => return None,
            _ => {}
        }
        let length = name_length(&text[spaced..]);
        if length == 0 {
            return None;
        }
        let key = &text[spaced..spaced + length];
        let (value, end) = attribute_value(text, spaced + length, searches).unwrap_or(("", spaced + length));
        attributes.set(&if lower { key.to_lowercase() } else { key.to_owned() }, value);
        next = end;
    }
}

/// `= value`, behind an attribute's name.
fn attribute_value<'a>(text: &'a str, at: usize, searches: &mut Searches) -> Option<(&'a str, usize)> {
    let equals = skip_space(text, at);
    text[equals..].strip_prefix('=')?;
    let start = skip_space(text, equals + 1);
    let quote = match text.as_bytes().get(start)? {
        b'"' => "\"",
        b'\'' => "'",
        _ => {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            let length = text[start..].find(|c| !word(c)).unwrap_or(text.len() - start);
            return (length > 0).then(|| (&text[start..start + length], start + length));
        }
    };
    let end = searches.find(text, start + 1, quote)?;
    Some((&text[start + 1..end], end + 1))
}

fn skip_space(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|&&byte| is_space(byte)).count()
}

/// The end tag at `at`: its name as a start tag would have it, and its end.
pub(super) fn close_tag(text: &str, at: usize) -> Option<(String, usize)> {
    let start = at + text[at..].strip_prefix("</").map(|_| 2)?;
    let length = name_length(&text[start..]);
    let end = skip_space(text, start + length);
    let closed = length > 0 && text[end..].starts_with('>');
    closed.then(|| (known_name(&text[start..start + length]), end + 1))
}

/// Where the comment or the instruction at `at` ends.
pub(super) fn comment_end(text: &str, at: usize, searches: &mut Searches) -> Option<usize> {
    let rest = &text[at..];
    if rest.starts_with("<!--") {
        searches.find(text, at + 4, "-->").map(|end| end + 3)
    } else if rest.starts_with("<?") {
        searches.find(text, at + 2, "?>").map(|end| end + 2)
    } else {
        None
    }
}

/// Where the next end tag of an element begins and ends, whatever is before it.
pub(super) fn find_close_tag(text: &str, from: usize, name: &str) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        at += text[at..].find("</")?;
        let behind = at + 2 + name.len();
        let named = text.get(at + 2..behind).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if named {
            let end = skip_space(text, behind);
            if text[end..].starts_with('>') {
                return Some((at, end + 1));
            }
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        let mut searches = Searches::default();
        let tag = open_tag("<IMG Src='가>' alt />", 0, &mut searches).unwrap();
        assert_eq!(
            (tag.name.as_str(), tag.attributes.html().as_str(), tag.closed),
            ("img", " src=\"가&gt;\" alt=\"\"", true)
        );
        assert!(open_tag("<a href=http://x>", 0, &mut Searches::default()).is_none());
        assert!(open_tag("<img width=100%>", 0, &mut Searches::default()).is_none());
        assert!(open_tag("<List가 x>", 0, &mut Searches::default()).is_some());
        assert_eq!(close_tag("</DIV >", 0), Some(("div".into(), 7)));
        assert_eq!(find_close_tag("a</b></Div>", 0, "div"), Some((5, 11)));
    }
}
