//! Smart punctuation as hexo-renderer-marked 7 sets it: by text token, so that a quote after a mark opens.

use pulldown_cmark::{Event, Tag};

use crate::dialect::text_run::{self, Place};
use crate::reading::Spanned;

/// Sets quotes, dashes and ellipses. `quotes` are the opening and closing double and single ones.
pub(super) fn set(events: Vec<Spanned>, source: &str, quotes: [char; 4]) -> Vec<Spanned> {
    let raw = raw_parts(&events);
    let mut raw = raw.iter().peekable();
    text_run::rewrite_runs(events, |run, place, out| {
        let span = text_run::span(run);
        while raw.next_if(|part| part.end <= span.start).is_some() {}
        let is_raw = raw.peek().is_some_and(|part| part.start <= span.start);
        if place.in_autolink || place.in_image || is_raw {
            out.extend_from_slice(run);
        } else {
            set_run(run, place, source, quotes, out);
        }
    })
}

/// What stands between `<pre>`, `<code>`, `<kbd>` or `<script>` and its end, written as HTML inside a text.
fn raw_parts(events: &[Spanned]) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for (event, range) in events {
        match event {
            Event::InlineHtml(html) if open.is_none() && names_raw(html.strip_prefix('<')) => {
                open = Some(range.end);
            }
            Event::InlineHtml(html) if names_raw(html.strip_prefix("</")) => {
                parts.extend(open.take().map(|start| start..range.start));
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => {
                parts.extend(open.take().map(|start| start..range.start));
            }
            _ => {}
        }
    }
    parts.extend(open.map(|start| start..usize::MAX));
    parts
}

fn names_raw(tag: Option<&str>) -> bool {
    let Some(tag) = tag else { return false };
    ["pre", "code", "kbd", "script"].iter().any(|name| {
        tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && tag[name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
    })
}

fn set_run(run: &[Spanned], place: Place, source: &str, quotes: [char; 4], out: &mut Vec<Spanned>) {
    let address = address_tail(text_run::span(run), source);
    let mut token = Token { quotes, before: None, begun: false, address };
    for (at, event) in run.iter().enumerate() {
        let range = event.1.clone();
        if !text_run::is_literal(event, source) {
            token.before = Some(';');
            token.begun = true;
            out.push(event.clone());
            continue;
        }
        let mut text = String::with_capacity(range.len());
        let mut here = range.start;
        if text_run::is_escaped(run, at, source) {
            let escaped = source[here..].chars().next().map_or(0, char::len_utf8);
            text.push_str(&source[here..here + escaped]);
            here += escaped;
            token.end();
        }
        while here < range.end {
            let rest = &source[here..range.end];
            if token.ends_before(rest, here, source) {
                token.end();
                if place.in_link && begins_url(rest) {
                    // Inside a link a text that begins like a URL is left alone up to the next mark.
                    let length = rest[1..].find(['\\', '<', '!', '[', '`', '*', '~', '_']);
                    let length = length.map_or(rest.len(), |length| length + 1);
                    text.push_str(&rest[..length]);
                    here += length;
                    continue;
                }
            }
            here += token.set_next(rest, &mut text);
        }
        out.push((Event::Text(text.into()), range));
    }
}

struct Token {
    quotes: [char; 4],
    /// The character before in the same token, as it is set.
    before: Option<char>,
    /// The token has its first character.
    begun: bool,
    /// From here on each character is a token of its own.
    address: usize,
}

impl Token {
    fn end(&mut self) {
        self.before = None;
        self.begun = false;
    }

    /// marked ends a text before a mark, a URL or an address.
    fn ends_before(&self, rest: &str, at: usize, source: &str) -> bool {
        if at >= self.address {
            return true;
        }
        match rest.as_bytes()[0] {
            b'\\' | b'<' | b'!' | b'[' => self.begun,
            mark @ (b'`' | b'~') => self.begun && source.as_bytes()[at - 1] != mark,
            b'*' | b'_' => self.begun,
            b'h' | b'f' | b'w' => begins_url(rest),
            _ => false,
        }
    }

    /// Sets the next character, or a run of dashes or dots; answers how many bytes that were.
    fn set_next(&mut self, rest: &str, text: &mut String) -> usize {
        let [open_double, close_double, open_single, close_single] = self.quotes;
        let opens = |before: Option<char>, also: &[char]| {
            before.is_none_or(|c| {
                matches!(c, '-' | '—' | '/' | '(' | '[' | '{') || c.is_whitespace() || also.contains(&c)
            })
        };
        let Some(first) = rest.chars().next() else { return 0 };
        let run = match first {
            '-' | '.' => rest.chars().take_while(|c| *c == first).count(),
            _ => 1,
        };
        let mut set = String::new();
        let length = match first {
            '-' => {
                set.push_str(&"—".repeat(run / 3));
                set.push_str(["", "-", "–"][run % 3]);
                run
            }
            '.' if run >= 3 => {
                set.push_str(&"…".repeat(run / 3));
                set.push_str(&rest[..run % 3]);
                run
            }
            '\'' => {
                set.push(if opens(self.before, &['"']) { open_single } else { close_single });
                1
            }
            '"' => {
                set.push(if opens(self.before, &[open_single]) { open_double } else { close_double });
                1
            }
            c => {
                set.push(c);
                c.len_utf8()
            }
        };
        // Single quotes are set before double ones, and see them straight.
        self.before = if first == '"' { Some(first) } else { set.chars().next_back() };
        self.begun = true;
        text.push_str(&set);
        length
    }
}

/// Where the marks begin that stand before an e-mail address: marked takes them one by one.
fn address_tail(span: std::ops::Range<usize>, source: &str) -> usize {
    let bytes = source.as_bytes();
    let named = |b: &&u8| b.is_ascii_alphanumeric() || b"._+-".contains(b);
    // No name is longer (RFC 5321), and nobody looks far.
    let name = bytes[span.end..].iter().take(65).take_while(named).count();
    if name == 0 || bytes.get(span.end + name) != Some(&b'@') {
        return usize::MAX;
    }
    let marks = |b: &&u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?_`{|}~-".contains(b);
    span.end - bytes[span].iter().rev().take_while(marks).count()
}

fn begins_url(rest: &str) -> bool {
    ["http://", "https://", "ftp://", "www."].iter().any(|scheme| rest.starts_with(scheme))
}
