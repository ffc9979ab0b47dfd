//! Joins pieces that raw HTML holds together: `<details>` in one block and its `</details>` in a later one.

use std::collections::HashMap;
use std::ops::Range;

use crate::render::MAX_DEPTH;

/// Elements that have no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that a sibling's start tag ends, so that many in a row do not nest.
const SELF_ENDING: &[&str] = &["dd", "dt", "li", "option", "p", "rp", "rt", "td", "th", "tr"];

/// Elements whose content holds no tags.
const RAW_TEXT: &[&str] = &["script", "style", "textarea", "title", "xmp"];

/// A start or end tag in raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HtmlTag {
    /// In lower case.
    name: Box<str>,
    closes: bool,
    /// The piece that it is in, counted in its stretch.
    pub(crate) piece: usize,
}

/// A tag and the piece that it is in, counted in the whole text.
pub(crate) type PlacedTag<'a> = (&'a HtmlTag, usize);

impl HtmlTag {
    /// Appends the tags of one piece of HTML, but none of a void element.
    pub(crate) fn scan(html: &str, piece: usize, tags: &mut Vec<Self>) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end..]);
                continue;
            }
            let closes = rest.starts_with('/');
            let name = tag_name(&rest[usize::from(closes)..]);
            if name.is_empty() || is_one_of(VOID, name) {
                continue;
            }
            rest = &rest[usize::from(closes) + name.len()..];
            let end = rest.find(['<', '>']).unwrap_or(rest.len());
            if rest[..end].ends_with('/') {
                continue;
            }
            tags.push(Self { name: name.to_ascii_lowercase().into(), closes, piece });
            if !closes && is_one_of(RAW_TEXT, name) {
                rest = skip_raw_text(rest, name);
            }
        }
    }
}

/// How deep raw HTML nests, counted so that it is never less than what a browser's parser makes: an end tag that
/// nothing opened ends nothing.
#[derive(Default)]
pub(crate) struct Depth {
    depth: usize,
    open: HashMap<Box<str>, usize>,
}

impl Depth {
    /// The depth behind one more piece of HTML.
    pub(crate) fn after(&mut self, html: &str) -> usize {
        for (at, _) in html.match_indices('<') {
            let rest = &html[at + 1..];
            let closes = rest.starts_with('/');
            let name = tag_name(&rest[usize::from(closes)..]);
            if name.is_empty() || is_one_of(VOID, name) || is_one_of(SELF_ENDING, name) {
                continue;
            }
            if self.tag(&name.to_ascii_lowercase(), closes) > MAX_DEPTH {
                break;
            }
        }
        self.depth
    }

    fn tag(&mut self, name: &str, closes: bool) -> usize {
        match (self.open.get_mut(name), closes) {
            (Some(0) | None, true) => {}
            (Some(open), true) => {
                *open -= 1;
                self.depth -= 1;
            }
            (Some(open), false) => {
                *open += 1;
                self.depth += 1;
            }
            (None, false) => {
                self.open.insert(name.into(), 1);
                self.depth += 1;
            }
        }
        self.depth
    }
}

/// A run of pieces that is one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) pieces: Range<usize>,
    pub(crate) too_deep: bool,
}

/// The groups of two pieces and more, in order. A tag that nothing closes holds nothing together.
pub(crate) fn groups(tags: &[PlacedTag<'_>]) -> Vec<Group> {
    let mut groups = merge(spans(tags));
    for group in &mut groups {
        group.too_deep = is_too_deep(tags, &group.pieces);
    }
    groups
}

/// From each start tag's piece to that of its end tag, where these differ.
fn spans(tags: &[PlacedTag<'_>]) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut open: Vec<PlacedTag<'_>> = Vec::new();
    let mut open_by_name: HashMap<&str, usize> = HashMap::new();
    for &(tag, at) in tags {
        let name = &*tag.name;
        if !tag.closes {
            *open_by_name.entry(name).or_default() += 1;
            open.push((tag, at));
            continue;
        }
        if open_by_name.get(name).copied().unwrap_or_default() == 0 {
            continue;
        }
        while let Some((opened, piece)) = open.pop() {
            if let Some(count) = open_by_name.get_mut(&*opened.name) {
                *count -= 1;
            }
            if *opened.name == *name {
                if piece < at {
                    spans.push(piece..at + 1);
                }
                break;
            }
        }
    }
    spans
}

fn merge(mut spans: Vec<Range<usize>>) -> Vec<Group> {
    spans.sort_by_key(|span| span.start);
    let mut groups: Vec<Group> = Vec::new();
    for span in spans {
        match groups.last_mut() {
            Some(last) if span.start < last.pieces.end => last.pieces.end = last.pieces.end.max(span.end),
            _ => groups.push(Group { pieces: span, too_deep: false }),
        }
    }
    groups
}

fn is_too_deep(tags: &[PlacedTag<'_>], pieces: &Range<usize>) -> bool {
    let first = tags.partition_point(|(_, piece)| *piece < pieces.start);
    let mut depth = Depth::default();
    let inside = tags[first..].iter().take_while(|(_, piece)| *piece < pieces.end);
    inside.into_iter().any(|(tag, _)| depth.tag(&tag.name, tag.closes) > MAX_DEPTH)
}

fn tag_name(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    &text[..end]
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

fn skip_raw_text<'a>(rest: &'a str, name: &str) -> &'a str {
    let is_end = |at: usize| {
        let after = &rest.as_bytes()[at + 2..];
        after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    rest.match_indices("</").map(|(at, _)| at).find(|&at| is_end(at)).map_or("", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(pieces: &[&str]) -> Vec<(usize, usize)> {
        let mut tags = Vec::new();
        for (at, html) in pieces.iter().enumerate() {
            HtmlTag::scan(html, at, &mut tags);
        }
        let placed: Vec<_> = tags.iter().map(|tag| (tag, tag.piece)).collect();
        groups(&placed).into_iter().map(|group| (group.pieces.start, group.pieces.end)).collect()
    }

    #[test]
    fn a_block_reaches_from_the_start_tag_to_its_end_tag() {
        assert_eq!(grouped(&["<details>\n<summary>x</summary>", "text", "</details>", "after"]), [(0, 3)]);
        assert_eq!(grouped(&["<div>", "<div>", "</div>", "</div>", "<div>", "</div>"]), [(0, 4), (4, 6)]);
        assert_eq!(grouped(&["<DIV class=\"a>b\">", "x", "</div>"]), [(0, 3)]);
    }

    #[test]
    fn what_nothing_closes_holds_nothing() {
        assert!(grouped(&["<div>", "x", "<p>", "y"]).is_empty());
        assert!(grouped(&["<div><br>", "x", "</p>"]).is_empty());
        assert!(grouped(&["<!-- <div> -->", "x", "</div>"]).is_empty());
        assert!(grouped(&["<script>\"<div>\"</script>", "x", "</div>"]).is_empty());
        assert!(grouped(&["<Foo />", "x", "</Foo>"]).is_empty());
    }

    #[test]
    fn an_unclosed_tag_inside_does_not_reach_further() {
        assert_eq!(grouped(&["<section>", "<div>", "</section>", "x"]), [(0, 3)]);
    }

    #[test]
    fn depth_counts_only_what_nests() {
        let depth = |html: &str| Depth::default().after(html);
        assert_eq!(depth("<div><b>"), 2);
        assert_eq!(depth("<p><p><p><br><img>"), 0);
        assert_eq!(depth("</div>"), 0);
        assert_eq!(depth(&"<b></b>".repeat(5_000)), 0);
        assert!(depth(&"<b>".repeat(5_000)) > MAX_DEPTH);
        assert!(depth(&"<b></i>".repeat(5_000)) > MAX_DEPTH);
    }
}
