//! Where a post names images: `![alt](a.png)`, `[![](a.png)](a.png)`, `[label]: a.png`, `<img src="a.png">` and
//! the quoted values of Hugo's shortcodes; never inside code.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::front_matter::split;

/// A reference in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The bytes of its target in the post.
    pub(crate) place: Range<usize>,
    /// Its target, decoded.
    pub(crate) target: String,
    /// Whether it certainly shows an image.
    pub(crate) shows_image: bool,
}

/// What a post's images refer to, decoded, each once, in the order of the text.
pub fn image_references(text: &str) -> Vec<String> {
    let mut targets: Vec<String> = Vec::new();
    for reference in references(text) {
        if reference.shows_image && !targets.contains(&reference.target) {
            targets.push(reference.target);
        }
    }
    targets
}

/// All references in the order of the text.
pub(crate) fn references(text: &str) -> Vec<Reference> {
    found_by(text, |finder| finder.read())
}

/// Addresses that Liquid makes: `{{ site.baseurl }}/a.png`, `{{ "/a.png" | relative_url }}`.
pub(crate) fn liquid_references(text: &str) -> Vec<Reference> {
    found_by(text, |finder| {
        finder.read();
        finder.found.clear();
        finder.read_liquid();
    })
}

fn found_by(text: &str, read: impl FnOnce(&mut Finder<'_>)) -> Vec<Reference> {
    let body_start = split(text).body_start;
    let body = &text[body_start..];
    let mut finder = Finder {
        body,
        found: Vec::new(),
        not_code: Vec::new(),
        inline_html: Vec::new(),
        open: Vec::new(),
        shown_definitions: Vec::new(),
    };
    read(&mut finder);
    let mut found = finder.found;
    found.sort_by_key(|reference| (reference.place.start, !reference.shows_image));
    found.dedup_by(|later, first| later.place.start < first.place.end);
    for reference in &mut found {
        reference.place.start += body_start;
        reference.place.end += body_start;
    }
    found
}

/// A link or an image whose end has not come yet.
struct Open {
    is_image: bool,
    is_inline: bool,
    /// Behind the last part of its label.
    label_end: usize,
    end: usize,
}

struct Finder<'a> {
    body: &'a str,
    found: Vec<Reference>,
    /// Where shortcodes may stand.
    not_code: Vec<Range<usize>>,
    inline_html: Vec<Range<usize>>,
    open: Vec<Open>,
    /// The labels of definitions that images use.
    shown_definitions: Vec<String>,
}

impl Finder<'_> {
    fn read(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS;
        let mut events = Parser::new_ext(self.body, options).into_offset_iter();
        let mut code_blocks = 0usize;
        for (event, place) in events.by_ref() {
            match &event {
                Event::Start(Tag::CodeBlock(_)) => code_blocks += 1,
                Event::End(pulldown_cmark::TagEnd::CodeBlock) => code_blocks -= 1,
                Event::Start(Tag::HtmlBlock) => self.read_html(place.clone()),
                Event::InlineHtml(_) => {
                    self.inline_html.push(place.clone());
                    self.read_html(place.clone());
                }
                _ => {}
            }
            match event {
                Event::Start(Tag::Image { link_type, id, .. }) => self.begin(true, link_type, &id, &place),
                Event::Start(Tag::Link { link_type, id, .. }) => self.begin(false, link_type, &id, &place),
                Event::End(pulldown_cmark::TagEnd::Image | pulldown_cmark::TagEnd::Link) => self.end(),
                Event::Text(_) | Event::Html(_) if code_blocks == 0 => self.not_code.push(place.clone()),
                _ => {}
            }
            if let Some(open) = self.open.last_mut()
                && place.end < open.end
            {
                open.label_end = open.label_end.max(place.end);
            }
        }
        let definitions: Vec<(String, Range<usize>)> = events
            .reference_definitions()
            .iter()
            .map(|(label, definition)| (label.to_owned(), definition.span.clone()))
            .collect();
        for (label, span) in definitions {
            let shows_image = self.shown_definitions.iter().any(|shown| unicase_eq(shown, &label));
            if let Some(colon) = self.body[span.clone()].find("]:") {
                self.add_destination(span.start + colon + 2, span.end, shows_image);
            }
        }
        self.read_shortcodes();
    }

    fn begin(&mut self, is_image: bool, link_type: pulldown_cmark::LinkType, id: &str, place: &Range<usize>) {
        use pulldown_cmark::LinkType::{Collapsed, Inline, Reference, Shortcut};
        let is_inline = link_type == Inline;
        if is_image && matches!(link_type, Collapsed | Reference | Shortcut) {
            self.shown_definitions.push(id.to_owned());
        }
        let label_end = place.start + if is_image { 2 } else { 1 };
        self.open.push(Open { is_image, is_inline, label_end, end: place.end });
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.is_inline
            && let Some(length) = self.body.get(open.label_end..open.end).and_then(|rest| rest.find("]("))
        {
            self.add_destination(open.label_end + length + 2, open.end, open.is_image);
        }
        if let Some(outer) = self.open.last_mut() {
            outer.label_end = outer.label_end.max(open.end);
        }
    }

    /// Adds the destination that begins at `from`, after white space.
    fn add_destination(&mut self, from: usize, to: usize, shows_image: bool) {
        let Some(rest) = self.body.get(from..to) else { return };
        let spaces = rest.len() - rest.trim_start().len();
        let (from, rest) = (from + spaces, &rest[spaces..]);
        let place = match rest.strip_prefix('<') {
            Some(inner) => from + 1..from + 1 + unescaped_end(inner, |letter, _| letter == '>'),
            None => {
                from..from
                    + unescaped_end(rest, |letter, depth| {
                        letter.is_whitespace() || (letter == ')' && depth == 0)
                    })
            }
        };
        self.add(place, shows_image, true);
    }

    fn add(&mut self, place: Range<usize>, shows_image: bool, has_escapes: bool) {
        let written = &self.body[place.clone()];
        if written.is_empty() {
            return;
        }
        let unescaped = if has_escapes { without_escapes(written) } else { written.replace("&amp;", "&") };
        let target = percent_decode_str(&unescaped)
            .decode_utf8()
            .map_or(unescaped.clone(), |target| target.into_owned());
        self.found.push(Reference { place, target, shows_image });
    }

    /// The `src` of each `<img` in a piece of HTML.
    fn read_html(&mut self, place: Range<usize>) {
        let html = &self.body[place.clone()];
        let lower = html.to_ascii_lowercase();
        let mut at = 0;
        while let Some(next) = lower[at..].find(['<']).map(|length| at + length) {
            at = next + 1;
            if lower[next..].starts_with("<!--") {
                let Some(length) = lower[next..].find("-->") else { return };
                at = next + length;
            } else if lower[at..].starts_with("img")
                && lower[at + 3..].starts_with(|letter: char| letter.is_whitespace() || letter == '/')
            {
                let (source, end) = source_attribute(&lower, at + 3);
                if let Some(source) = source {
                    self.add(place.start + source.start..place.start + source.end, true, false);
                }
                at = end;
            }
        }
    }

    /// The quoted text that begins an output of Liquid, and what follows one without a blank.
    fn read_liquid(&mut self) {
        let mut at = 0;
        while let Some(begin) = self.body[at..].find("{{").map(|length| at + length) {
            let Some(end) = self.body[begin..].find("}}").map(|length| begin + length) else { return };
            at = end + 2;
            let mut not_code = self.not_code.iter().chain(&self.inline_html);
            if !not_code.any(|place| place.contains(&begin)) {
                continue;
            }
            let inside = &self.body[begin + 2..end];
            let value = inside.trim_start();
            let from = begin + 2 + inside.len() - value.len() + 1;
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            if let Some(length) = quote.and_then(|quote| value[1..].find(quote)) {
                self.add(from..from + length, false, false);
            }
            let ends = |letter: char| letter.is_whitespace() || ")\"'>]".contains(letter);
            let rest = &self.body[at..];
            self.add(at..at + rest.find(ends).unwrap_or(rest.len()), false, false);
        }
    }

    /// The quoted values between `{{<` and `>}}`, or `{{%` and `%}}`.
    fn read_shortcodes(&mut self) {
        let mut at = 0;
        while let Some(begin) = self.body[at..].find("{{").map(|length| at + length) {
            at = begin + 2;
            let close = match self.body.as_bytes().get(at) {
                Some(b'<') => ">}}",
                Some(b'%') => "%}}",
                _ => continue,
            };
            let in_text = self.not_code.iter().any(|place| place.contains(&begin));
            let Some(end) = self.body[at..].find(close).map(|length| at + length).filter(|_| in_text) else {
                continue;
            };
            let mut quote = None;
            for (offset, letter) in self.body[at..end].char_indices() {
                match quote {
                    None if matches!(letter, '"' | '`') => quote = Some((letter, at + offset + 1)),
                    Some((open, from)) if open == letter => {
                        self.add(from..at + offset, false, false);
                        quote = None;
                    }
                    _ => {}
                }
            }
            at = end;
        }
    }
}

fn unicase_eq(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// How far a destination goes; `ends` sees each letter that is not escaped and how many parentheses are open.
fn unescaped_end(text: &str, ends: impl Fn(char, usize) -> bool) -> usize {
    let (mut escaped, mut depth) = (false, 0usize);
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        if ends(letter, depth) {
            return at;
        }
        match letter {
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

fn without_escapes(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut letters = written.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(|next| next.is_ascii_punctuation());
        match letters.next_if(|_| escapes) {
            Some(next) => text.push(next),
            None => text.push(letter),
        }
    }
    text.replace("&amp;", "&")
}

/// The place of the `src` attribute's value in a tag, from behind the tag's name, and where the tag ends.
fn source_attribute(html: &str, from: usize) -> (Option<Range<usize>>, usize) {
    let bytes = html.as_bytes();
    let mut source = None;
    let mut at = from;
    let skip = |mut at: usize, over: fn(&u8) -> bool| {
        while bytes.get(at).is_some_and(over) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        if bytes.get(at).is_none_or(|byte| *byte == b'>') {
            return (source, at.min(bytes.len()));
        }
        let name_end =
            skip(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = &bytes[at..name_end];
        at = skip(name_end, u8::is_ascii_whitespace);
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at = skip(at + 1, u8::is_ascii_whitespace);
        let value = match bytes.get(at) {
            Some(b'"') => at + 1..skip(at + 1, |byte| *byte != b'"'),
            Some(b'\'') => at + 1..skip(at + 1, |byte| *byte != b'\''),
            _ => at..skip(at, |byte| !byte.is_ascii_whitespace() && *byte != b'>'),
        };
        at = value.end + usize::from(matches!(bytes.get(value.end), Some(b'"' | b'\'')));
        if name == b"src" && source.is_none() {
            source = Some(value);
        }
    }
}
