//! The spans of a text, as kramdown 2.4 reads them: from left to right, each opener tried and, if nothing closes
//! it, taken for text.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::attributes::AttributeList;
use super::quotes::{self, Quote};
use super::syntax::{self, Searches, is_space};
use super::tree::{Span, SpanKind};
use super::{Jekyll, entities};
use crate::dialect::common::{Room, normalised_label};
use crate::reading::Definitions;

mod code;
mod emphasis;
mod html;
mod link;
mod pipes;

pub(super) use pipes::{has_pipe, lines_have_pipes, pipes};

/// Deeper spans are text.
const DEEPEST: u8 = 32;

/// How many steps a text of some length may cost before openers are text without being tried: many times what any
/// written text needs, so that openers that nothing closes do not make a text's cost grow with its square.
fn most_steps(length: usize) -> usize {
    50_000 + 3 * length
}

/// What ends a run of spans.
#[derive(Debug, Clone)]
pub(super) enum Stop {
    Never,
    /// `*`, `**`, `_` or `__`.
    Emphasis {
        mark: u8,
        strong: bool,
    },
    /// The bracket that closes a link's text, with the brackets open so far.
    Bracket(Brackets),
    /// An element's end tag.
    CloseTag {
        name: String,
    },
}

/// The brackets that are open in a link's text, the link's own among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brackets {
    open: isize,
    /// How many spans were looked at, and how many images are among them: each took a bracket along.
    seen: usize,
    images: isize,
}

/// What spans are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Scope {
    in_emphasis: bool,
    in_strong: bool,
    in_link: bool,
    /// Emphasis is the innermost of all.
    directly_in_emphasis: bool,
    reads: Reads,
    depth: u8,
}

/// What is read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Reads {
    #[default]
    Everything,
    /// HTML's tags, in an element whose content is not Markdown.
    Tags,
    /// Code spans and HTML's tags, where a table's pipes are looked for.
    CodeAndTags,
}

/// Reads spans of one text.
pub(super) struct SpanReader<'a> {
    text: &'a str,
    settings: &'a Jekyll,
    known: &'a Definitions,
    /// What is read now, and what counts as the text's start and end.
    at: usize,
    window: Range<usize>,
    searches: Searches,
    backticks: code::Backticks,
    /// Emphasis that was tried in some scope and that nothing closes.
    unclosed: HashSet<(usize, bool, Scope)>,
    steps: usize,
    most_steps: usize,
    pub(super) asked: BTreeSet<String>,
    /// For the targets of references.
    room: &'a mut Room,
}

impl<'a> SpanReader<'a> {
    pub(super) fn new(
        text: &'a str,
        settings: &'a Jekyll,
        known: &'a Definitions,
        room: &'a mut Room,
    ) -> Self {
        Self {
            text,
            settings,
            known,
            at: 0,
            window: 0..text.len(),
            searches: Searches::default(),
            backticks: code::Backticks::default(),
            unclosed: HashSet::new(),
            steps: 0,
            most_steps: most_steps(text.len()),
            asked: BTreeSet::new(),
            room,
        }
    }

    /// All spans of the text.
    pub(super) fn read(&mut self) -> Vec<Span> {
        let mut spans = Vec::new();
        self.run(&mut spans, &mut Stop::Never, Scope::default());
        spans
    }

    /// Reads until `stop` is at `at`, which it says, or to the end of the window.
    fn run(&mut self, spans: &mut Vec<Span>, stop: &mut Stop, scope: Scope) -> bool {
        loop {
            let Some(next) = self.next_start(scope) else {
                if matches!(stop, Stop::Never) {
                    self.text_to(self.window.end, spans);
                }
                return false;
            };
            self.steps += 1 + (next - self.at) / 16;
            self.text_to(next, spans);
            if self.stops(stop, spans) {
                return true;
            }
            let before = self.at;
            self.span(spans, scope);
            if self.at == before {
                let width = self.rest().chars().next().map_or(1, char::len_utf8);
                self.text_to(before + width, spans);
            }
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..self.window.end]
    }

    fn byte(&self, at: usize) -> Option<u8> {
        if at < self.window.end { self.text.as_bytes().get(at).copied() } else { None }
    }

    /// What is before `at` in the window.
    fn before(&self, at: usize) -> &'a str {
        &self.text[self.window.start..at]
    }

    fn is_exhausted(&self) -> bool {
        self.steps > self.most_steps
    }

    fn text_to(&mut self, end: usize, spans: &mut Vec<Span>) {
        push_text(spans, &self.text[self.at..end], self.at..end);
        self.at = end;
    }

    fn span_to(&mut self, end: usize, kind: SpanKind, spans: &mut Vec<Span>) {
        spans.push(Span { kind, at: self.at..end });
        self.at = end;
    }

    /// Where a span may start or stop, from here on. It may be at a character that is text after all.
    fn next_start(&self, scope: Scope) -> Option<usize> {
        let bytes = self.text.as_bytes().get(self.at..self.window.end)?;
        let mut previous = None;
        for (at, &byte) in (self.at..).zip(bytes) {
            if byte & 0xC0 == 0x80 {
                continue;
            }
            let starts = match byte {
                b'<' => true,
                b'`' if scope.reads == Reads::CodeAndTags => true,
                _ if scope.reads != Reads::Everything => false,
                b'*' | b'_' | b'`' | b'[' | b']' | b'$' | b'&' | b'\\' => true,
                b'!' => self.byte(at + 1) == Some(b'['),
                b'{' => self.byte(at + 1) == Some(b':'),
                b'-' | b'>' | b'~' => self.byte(at + 1) == Some(byte),
                b'.' => self.byte(at + 1) == Some(b'.'),
                b' ' => matches!(self.byte(at + 1), Some(b' ' | b'<' | b'>')),
                // With the character before it, which says how it is turned.
                b'"' | b'\'' => return Some(previous.unwrap_or(at)),
                _ => false,
            };
            if starts {
                // A quote behind it takes this character with it, unless this one starts something else.
                return Some(at);
            }
            previous = Some(at);
        }
        None
    }

    fn stops(&self, stop: &mut Stop, spans: &[Span]) -> bool {
        match stop {
            Stop::Never => false,
            Stop::Emphasis { mark, strong } => self.closes_emphasis(*mark, *strong, spans),
            Stop::Bracket(brackets) => self.closes_bracket(brackets, spans),
            Stop::CloseTag { name } => self.closes_tag(name).is_some(),
        }
    }

    /// Reads the span that starts here, in the order in which kramdown tries; does not move if there is none.
    fn span(&mut self, spans: &mut Vec<Span>, scope: Scope) {
        let Some(byte) = self.byte(self.at) else { return };
        if scope.reads != Reads::Everything {
            match byte {
                b'`' => self.code(spans),
                _ => {
                    self.tag(spans, scope);
                }
            }
            return;
        }
        match byte {
            b'*' | b'_' => return self.emphasis(spans, scope),
            b'`' => return self.code(spans),
            b'<' if self.autolink(spans) || self.tag(spans, scope) => return,
            b'[' if self.note(spans) => return,
            _ => {}
        }
        if (byte == b'[' || self.rest().starts_with("![")) && self.link(spans, scope) {
            return;
        }
        if self.quote(spans) {
            return;
        }
        match byte {
            b'$' => self.math(spans),
            b'{' => self.extension(spans),
            b'&' => self.reference(spans),
            _ => {
                let _ =
                    self.symbol(spans) || self.line_break(spans) || self.escape(spans) || self.struck(spans);
            }
        }
    }

    fn quote(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        if rest.starts_with('\\') {
            return false;
        }
        let Some(turned) = quotes::turn(rest) else { return false };
        self.text_to(self.at + turned.before, spans);
        for quote in std::iter::once(turned.first).chain(turned.second) {
            let shown = self.settings.smart_quotes[match quote {
                Quote::LeftSingle => 0,
                Quote::RightSingle => 1,
                Quote::LeftDouble => 2,
                Quote::RightDouble => 3,
            }]
            .clone();
            self.span_to(self.at + 1, SpanKind::Symbol(shown), spans);
        }
        true
    }

    /// `$$…$$`, over lines too.
    fn math(&mut self, spans: &mut Vec<Span>) {
        if !self.rest().starts_with("$$") {
            return;
        }
        let start = self.at + 2;
        if let Some(end) = self.searches.find(&self.text[..self.window.end], start, "$$") {
            let text = self.text[entities::trimmed(self.text, start..end)].to_owned();
            self.span_to(end + 2, SpanKind::Math { text, attributes: Default::default() }, spans);
        }
    }

    /// `{::comment}…{:/}` and the like, or an attribute list for the span before.
    fn extension(&mut self, spans: &mut Vec<Span>) {
        let rest = self.rest();
        if let Some(tag) = syntax::extension_tag(rest) {
            let (start, name) = (self.at + tag.length, tag.name);
            if tag.closes || !matches!(name, "comment" | "nomarkdown" | "options") {
                return;
            }
            let end = if tag.empty { Some((start, start)) } else { self.extension_end(start, name) };
            let Some((end, behind)) = end else { return };
            let content = &self.text[start..end];
            let html = match name {
                _ if tag.empty => String::new(),
                "comment" => format!("<!-- {content} -->"),
                "nomarkdown" if for_html(tag.options) => content.to_owned(),
                _ => String::new(),
            };
            return self.span_to(behind, SpanKind::Verbatim(html), spans);
        }
        let Some(inner) = rest.strip_prefix("{:") else { return };
        let Some(length) = syntax::list_length(inner) else { return };
        let Some(last) = spans.last_mut() else { return };
        if matches!(last.kind, SpanKind::Text(_)) {
            return;
        }
        let list = AttributeList::parse(&inner[..length]);
        if let Some(attributes) = last.kind.attributes_mut() {
            list.apply(attributes, &Default::default());
        }
        if let SpanKind::Image { list: given, .. } = &mut last.kind {
            given.merge(list);
        }
        self.at += length + 3;
        last.at.end = self.at;
    }

    fn extension_end(&mut self, start: usize, name: &str) -> Option<(usize, usize)> {
        let text = &self.text[..self.window.end];
        let mut from = start;
        while let Some(end) = self.searches.find(text, from, "{:/") {
            self.steps += 1;
            let behind = &text[end + 3..];
            let behind = behind.strip_prefix(name).unwrap_or(behind);
            if behind.starts_with('}') {
                return Some((end, text.len() - behind.len() + 1));
            }
            if self.is_exhausted() {
                return None;
            }
            from = end + 3;
        }
        None
    }

    fn reference(&mut self, spans: &mut Vec<Span>) {
        let Some(reference) = entities::reference(self.rest()) else { return };
        match reference.character {
            Some(character) => {
                self.span_to(self.at + reference.length, SpanKind::Symbol(character.into()), spans);
            }
            None => {
                self.span_to(self.at + 1, SpanKind::Symbol("&".into()), spans);
                self.text_to(self.at + reference.length - 1, spans);
            }
        }
    }

    /// Dashes, ellipses and guillemets.
    fn symbol(&mut self, spans: &mut Vec<Span>) -> bool {
        if !self.settings.typographic() {
            return false;
        }
        const SYMBOLS: [(&str, &str, &str); 9] = [
            ("---", "mdash", "—"),
            ("--", "ndash", "–"),
            ("...", "hellip", "…"),
            ("\\<<", "", "<<"),
            ("\\>>", "", ">>"),
            ("<< ", "laquo_space", "«\u{a0}"),
            (" >>", "raquo_space", "\u{a0}»"),
            ("<<", "laquo", "«"),
            (">>", "raquo", "»"),
        ];
        let rest = self.rest();
        let Some((written, name, shown)) = SYMBOLS.iter().find(|(written, ..)| rest.starts_with(written))
        else {
            return false;
        };
        let shown = self.settings.typographic_symbols.get(*name).map_or(*shown, String::as_str).to_owned();
        self.span_to(self.at + written.len(), SpanKind::Symbol(shown), spans);
        true
    }

    /// Two blanks or two backslashes at the end of a line.
    fn line_break(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let breaks =
            !self.settings.breaks_every_line() && (rest.starts_with("  \n") || rest.starts_with("\\\\\n"));
        if breaks {
            self.span_to(self.at + 2, SpanKind::Break, spans);
        }
        breaks
    }

    fn escape(&mut self, spans: &mut Vec<Span>) -> bool {
        let escapes = self.byte(self.at) == Some(b'\\')
            && self.byte(self.at + 1).is_some_and(|byte| self.settings.escapes(byte));
        if escapes {
            let at = self.at + 1;
            push_text(spans, &self.text[at..at + 1], self.at..at + 1);
            self.at += 2;
        }
        escapes
    }

    /// `~~…~~` of GFM. What is in it is read for itself.
    fn struck(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let opens = self.settings.is_gfm()
            && rest.starts_with("~~")
            && !rest[2..].starts_with(|c: char| c == '~' || c.is_ascii() && is_space(c as u8));
        if !opens {
            return false;
        }
        let start = self.at + 2;
        let mut from = start + rest[2..].chars().next().map_or(1, char::len_utf8);
        let end = loop {
            self.steps += 1;
            let found = self.searches.find(&self.text[..self.window.end], from, "~~");
            let Some(end) = found.filter(|_| !self.is_exhausted()) else { return false };
            let last = self.text.as_bytes()[end - 1];
            if !is_space(last) && last != b'~' {
                break end;
            }
            from = end + 1;
        };
        let inner = self.inside(start..end);
        let kind = SpanKind::Element {
            name: "del".into(),
            attributes: Default::default(),
            raw: false,
            spans: inner,
        };
        self.span_to(end + 2, kind, spans);
        true
    }

    /// Reads a part of the text as if there were nothing around it.
    fn inside(&mut self, part: Range<usize>) -> Vec<Span> {
        let (at, window) = (self.at, std::mem::replace(&mut self.window, part.clone()));
        let searches = std::mem::take(&mut self.searches);
        self.at = part.start;
        let mut spans = Vec::new();
        // The part has no `~~` in it, so that this does not come back here.
        self.run(&mut spans, &mut Stop::Never, Scope { depth: 1, ..Scope::default() });
        (self.at, self.window, self.searches) = (at, window, searches);
        spans
    }
}

/// `{::nomarkdown type="html"}` or without a type.
pub(super) fn for_html(options: &str) -> bool {
    let list = AttributeList::parse(options);
    list.attributes.get("type").is_none_or(|kinds| kinds.split_whitespace().any(|kind| kind == "html"))
}

fn push_text(spans: &mut Vec<Span>, text: &str, at: Range<usize>) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(Span { kind: SpanKind::Text(last), at: place }) => {
            last.push_str(text);
            place.end = at.end;
        }
        _ => spans.push(Span { kind: SpanKind::Text(text.to_owned()), at }),
    }
}

/// Labels ignore case and how much white space is between words.
pub(super) fn label(text: &str) -> String {
    normalised_label(text)
}
