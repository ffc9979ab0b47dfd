//! The tags of HTML, read as a browser's tokenizer does as far as it matters here, in one pass.

use std::ops::Range;

/// A start or end tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'h> {
    /// Its bytes in the HTML.
    pub(super) range: Range<usize>,
    /// As it is written.
    pub(super) name: &'h str,
    pub(super) closes: bool,
    /// From behind the name to the end of the tag.
    rest: &'h str,
}

impl<'h> Tag<'h> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// `<x />`.
    pub(super) fn ends_itself(&self) -> bool {
        self.rest.ends_with("/>")
    }

    /// The value of an attribute as it is written; the first of two counts.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let mut attributes = Attributes { rest: self.rest };
        attributes.find(|(attribute, _)| attribute.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The tags outside of comments, in order. What is opened and never ends is no tag, nor is anything behind it.
#[derive(Debug, Clone)]
pub(super) struct Tags<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Tags<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { html, at: 0 }
    }

    /// Behind the last tag that was given.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes behind the end tag of an element in which no tag means anything but that; to the end if it has none.
    pub(super) fn skip_content_of(&mut self, name: &str) {
        let rest = &self.html[self.at..];
        let is_end = |at: usize| {
            let after = &rest.as_bytes()[at + 2..];
            let named = after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()));
            named && after.get(name.len()).is_none_or(|&next| ends_a_name(char::from(next)))
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(|&at| is_end(at));
        self.at += end.unwrap_or(rest.len());
        // The end tag itself.
        if end.is_some() && self.next().is_none() {
            self.at = self.html.len();
        }
    }

    /// Behind the first place of `mark` from `from` on, or at the end.
    fn skip_to(&mut self, from: usize, mark: &str) {
        let end = self.html[from..].find(mark);
        self.at = end.map_or(self.html.len(), |end| from + end + mark.len());
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        let html = self.html;
        loop {
            let open = self.at + html[self.at..].find('<')?;
            let after = &html[open + 1..];
            let closes = after.starts_with('/');
            let name = tag_name(&after[usize::from(closes)..]);
            if after.starts_with("!--") {
                self.skip_to(open + "<!".len(), "-->");
            } else if after.starts_with(['!', '?']) {
                self.skip_to(open, ">");
            } else if name.is_empty() {
                self.at = open + 1;
            } else {
                let start = open + 1 + usize::from(closes) + name.len();
                let mut attributes = Attributes { rest: &html[start..] };
                attributes.by_ref().for_each(drop);
                if !attributes.rest.starts_with('>') {
                    self.at = html.len();
                    return None;
                }
                self.at = html.len() - attributes.rest.len() + 1;
                return Some(Tag { range: open..self.at, name, closes, rest: &html[start..self.at] });
            }
        }
    }
}

fn tag_name(text: &str) -> &str {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins { &text[..text.find(ends_a_name).unwrap_or(text.len())] } else { "" }
}

fn ends_a_name(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>')
}

/// The attributes of a tag, up to its end.
struct Attributes<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        self.rest = text;
        let first = text.chars().next().filter(|&first| first != '>')?.len_utf8();
        let ends = |c: char| ends_a_name(c) || c == '=';
        let end = text[first..].find(ends).map_or(text.len(), |end| first + end);
        let (name, behind) = text.split_at(end);
        let Some(value) = behind.trim_ascii_start().strip_prefix('=') else {
            self.rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value
                .split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}
