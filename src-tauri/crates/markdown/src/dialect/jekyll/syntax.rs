//! How kramdown 2.4 tells lines apart by their first characters.

use std::collections::HashMap;

use super::attributes::name_length;
use super::tags;

/// No attribute list is longer: what looks like one is text then.
const LONGEST_ATTRIBUTE_LIST: usize = 2000;

/// White space as kramdown counts it: no other than ASCII's.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The text without white space at its end.
pub(super) fn trimmed_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii() && is_space(c as u8))
}

/// The text without white space at its start.
pub(super) fn trimmed_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8))
}

/// Where the line that holds `at` ends: behind its newline.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

/// How many blanks a text begins with.
pub(super) fn blanks(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b' ').count()
}

/// The text without up to three blanks at its start; nothing if there are more than `most`.
pub(super) fn outdented(text: &str, most: usize) -> Option<&str> {
    let blanks = blanks(text);
    (blanks <= most).then(|| &text[blanks..])
}

/// The end of all blank lines at `at`; nothing if there is none.
pub(super) fn blank_lines(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut end, mut next) = (None, at);
    while bytes.get(next).is_some_and(|&byte| is_space(byte)) {
        next += 1;
        if bytes[next - 1] == b'\n' {
            end = Some(next);
        }
    }
    end
}

/// Four blanks or a tab: an indented code block.
pub(super) fn is_indented(text: &str) -> bool {
    text.starts_with('\t') || text.starts_with("    ")
}

/// `^` alone on a line ends the block before; the end of the line.
pub(super) fn end_of_block(text: &str) -> Option<usize> {
    line_of_space(text.strip_prefix('^')?).map(|end| end + 1)
}

/// White space up to a newline, and behind it.
pub(super) fn line_of_space(text: &str) -> Option<usize> {
    let end = text.bytes().position(|byte| byte == b'\n' || !is_space(byte))?;
    (text.as_bytes()[end] == b'\n').then_some(end + 1)
}

/// `* * *`, with any mark of `*-_`.
pub(super) fn is_rule(text: &str) -> bool {
    let Some(text) = outdented(text, 3) else { return false };
    let Some(mark @ (b'*' | b'-' | b'_')) = text.bytes().next() else { return false };
    let mut marks = 0;
    for byte in text.bytes() {
        match byte {
            b'\n' => return marks >= 3,
            b' ' | b'\t' => {}
            byte if byte == mark => marks += 1,
            _ => return false,
        }
    }
    false
}

/// An attribute list that stands alone on a line, blanks before it at most `most`.
pub(super) struct AttributeLine<'a> {
    /// What is between the braces, without the colon behind the first.
    pub(super) content: &'a str,
    /// Where its line ends.
    pub(super) end: usize,
}

/// `{: …}` alone on a line.
pub(super) fn attribute_line(text: &str, most: usize) -> Option<AttributeLine<'_>> {
    let inner = outdented(text, most)?.strip_prefix("{:")?;
    if inner.starts_with([':', '/']) {
        return None;
    }
    let start = text.len() - inner.len();
    let length = list_length(inner)?;
    let end = start + length + 1;
    let end = end + line_of_space(&text[end..])?;
    Some(AttributeLine { content: &inner[..length], end })
}

/// `{:name: …}` alone on a line: a named list. Its name, content and end.
pub(super) fn named_list_line(text: &str) -> Option<(&str, AttributeLine<'_>)> {
    let line = attribute_line(text, 3)?;
    let name = &line.content[..name_length(line.content)];
    let content = line.content[name.len()..].strip_prefix(':')?;
    let named = !name.is_empty() && !content.is_empty();
    named.then_some((name, AttributeLine { content, end: line.end }))
}

/// The length of what is between `{:` and `}`: at least one character.
pub(super) fn list_length(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let bytes = &bytes[..bytes.len().min(LONGEST_ATTRIBUTE_LIST)];
    let mut from = 0;
    loop {
        let end = from + bytes[from..].iter().position(|&byte| byte == b'}')?;
        if end > 0 && bytes[end - 1] != b'\\' {
            return Some(end);
        }
        from = end + 1;
    }
}

/// `{::name options}`, `{::name options/}` or `{:/name}`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ExtensionTag<'a> {
    pub(super) name: &'a str,
    pub(super) options: &'a str,
    /// `{:/name}`.
    pub(super) closes: bool,
    /// It has no content.
    pub(super) empty: bool,
    pub(super) length: usize,
}

pub(super) fn extension_tag(text: &str) -> Option<ExtensionTag<'_>> {
    if let Some(inner) = text.strip_prefix("{:/") {
        let length = name_length(inner);
        let closed = inner[length..].starts_with('}');
        let tag = ExtensionTag {
            name: &inner[..length],
            options: "",
            closes: true,
            empty: false,
            length: length + 4,
        };
        return closed.then_some(tag);
    }
    let inner = text.strip_prefix("{::")?;
    let name = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let length = list_length(inner)?;
    if name == 0 || name > length {
        return None;
    }
    let content = &inner[name..length];
    let (content, empty) = match content.strip_suffix('/') {
        Some(content) => (content, true),
        None => (content, false),
    };
    let spaced = content.is_empty() || content.starts_with(|c: char| c.is_ascii() && is_space(c as u8));
    let tag = ExtensionTag {
        name: &inner[..name],
        options: content.trim(),
        closes: false,
        empty,
        length: length + 4,
    };
    spaced.then_some(tag)
}

/// The marker of a list item: what of the line is before its content.
pub(super) struct Marker {
    pub(super) ordered: bool,
    /// Indent and marker.
    pub(super) length: usize,
}

/// `- `, `* `, `+ ` or `1. `, with at most `most` blanks before. A pipe does for the blank behind.
pub(super) fn list_marker(text: &str, most: usize) -> Option<Marker> {
    let inner = outdented(text, most)?;
    let indent = text.len() - inner.len();
    let (ordered, length) = match inner.bytes().next()? {
        b'+' | b'*' | b'-' => (false, 1),
        b'0'..=b'9' => {
            let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
            inner[digits..].starts_with('.').then_some((true, digits + 1))?
        }
        _ => return None,
    };
    inner[length..].starts_with(['\t', ' ', '|']).then_some(Marker { ordered, length: indent + length })
}

/// `: `, the mark of a definition; its length with the indent.
pub(super) fn definition_marker(text: &str, most: usize) -> Option<usize> {
    let inner = outdented(text, most)?.strip_prefix(':')?;
    inner.starts_with(['\t', ' ', '|']).then(|| text.len() - inner.len())
}

/// At least three `~` or backticks, if a fence may be opened by this line: its mark and how many.
pub(super) fn fence_run(text: &str, indent: usize) -> Option<(u8, usize)> {
    let inner = outdented(text, indent)?;
    let mark = inner.bytes().next().filter(|byte| matches!(byte, b'~' | b'`'))?;
    let length = inner.bytes().take_while(|&byte| byte == mark).count();
    (length >= 3).then_some((mark, length))
}

/// Up to six `#` and a blank: GFM's heading. The level and the length with the blanks behind.
pub(super) fn heading_marks(text: &str) -> Option<(u8, usize)> {
    let level = text.bytes().take_while(|&byte| byte == b'#').count();
    let blanks = text[level..].bytes().take_while(|&byte| matches!(byte, b' ' | b'\t')).count();
    ((1..=6).contains(&level) && blanks > 0).then_some((level as u8, level + blanks))
}

/// A line that ends a paragraph, a quote and other blocks that run on without their marks.
pub(super) fn ends_lazy(text: &str) -> bool {
    text.is_empty()
        || line_of_space(text).is_some()
        || end_of_block(text).is_some()
        || attribute_line(text, 3).is_some()
        || outdented(text, 3).is_some_and(tags::stops_lazy)
}

/// Remembers what a search found, so that searches that only go forward cost no more than the text.
#[derive(Debug, Default)]
pub(super) struct Searches(HashMap<&'static str, (usize, Option<usize>)>);

impl Searches {
    /// Where `needle` is next in `text`, from `from` on.
    pub(super) fn find(&mut self, text: &str, from: usize, needle: &'static str) -> Option<usize> {
        if let Some(&(searched, found)) = self.0.get(needle) {
            let holds = searched <= from && found.is_none_or(|found| from <= found);
            if holds {
                return found;
            }
        }
        let found = text.get(from..)?.find(needle).map(|found| from + found);
        self.0.insert(needle, (from, found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_lines_apart() {
        assert!(is_rule(" * * *\n") && is_rule("___\n") && !is_rule("--\n") && !is_rule("--- a\n"));
        assert!(list_marker("1) a\n", 3).is_none() && list_marker("-a\n", 3).is_none());
        assert_eq!(list_marker("  12. a\n", 3).map(|marker| marker.length), Some(5));
        assert_eq!(attribute_line(" {: .a \\} b}  \nx", 3).map(|line| line.end), Some(15));
        assert!(attribute_line("{:/}\n", 3).is_none() && attribute_line("{: .a} b\n", 3).is_none());
        assert!(ends_lazy("</div>\n") && ends_lazy("<div\n") && !ends_lazy("<b>\n") && !ends_lazy("<br>\n"));
        assert_eq!(blank_lines(" \n\n a", 0), Some(3));
        assert_eq!(
            extension_tag("{::options a=\"b\" /}\n").map(|tag| (tag.name, tag.empty)),
            Some(("options", true))
        );
        assert_eq!(extension_tag("{:/comment}").map(|tag| (tag.name, tag.closes)), Some(("comment", true)));
    }
}
