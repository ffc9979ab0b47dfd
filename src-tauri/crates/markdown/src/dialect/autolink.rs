//! Bare URLs and e-mail addresses as links, by GFM 0.29 section 6.9 and as micromark reads it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::text_run::{self, Place};
use crate::reading::Spanned;

/// A bare URL found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Its bytes in the source.
    pub(crate) range: Range<usize>,
    /// Where it leads.
    pub(crate) url: String,
    /// It is an e-mail address.
    pub(crate) email: bool,
}

/// A rule by which bare URLs are found.
pub(crate) trait FindLiteral {
    /// The first URL in `source[window]`; nothing before `window.start` belongs to it.
    fn find(&mut self, source: &str, window: Range<usize>, place: Place) -> Option<Literal>;
}

/// Makes links of the bare URLs of a text, outside links and code.
pub(crate) fn link_literals(events: Vec<Spanned>, source: &str, rule: &mut impl FindLiteral) -> Vec<Spanned> {
    text_run::rewrite_runs(events, |run, place, out| {
        let span = text_run::span(run);
        let mut from = span.start;
        if !place.in_link && !place.in_image {
            while let Some(literal) = rule.find(source, from..span.end, place) {
                text_run::push_between(run, from, literal.range.start, source, out);
                from = literal.range.end;
                push_link(literal, source, out);
            }
        }
        text_run::push_between(run, from, span.end, source, out);
    })
}

/// A bare URL is shown as it is written, escapes and character references too.
fn push_link(literal: Literal, source: &str, out: &mut Vec<Spanned>) {
    let Literal { range, url, email } = literal;
    let tag = Tag::Link {
        link_type: if email { LinkType::Email } else { LinkType::Autolink },
        // The HTML writer puts `mailto:` before an address.
        dest_url: url.into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    };
    out.push((Event::Start(tag), range.clone()));
    out.push((Event::Text(source[range.clone()].to_owned().into()), range.clone()));
    out.push((Event::End(TagEnd::Link), range));
}

/// Which reading of GFM's section 6.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gfm {
    /// cmark-gfm 0.29, as github.com.
    GitHub,
    /// micromark-extension-gfm-autolink-literal 2 and Sätteri 0.10, as Astro.
    Micromark,
}

/// GFM's extended autolinks, found with one look at each character.
pub(crate) struct GfmLiterals {
    reading: Gfm,
    /// Up to here no white space or `<` was seen, so that overlapping candidates need not look again.
    body_end: usize,
    /// The end of the domain last looked at, and whether its last two labels are without `_`.
    domain: Option<(usize, Domain)>,
}

#[derive(Debug, Clone, Copy)]
struct Domain {
    without_underscore: bool,
}

impl GfmLiterals {
    pub(crate) fn new(reading: Gfm) -> Self {
        Self { reading, body_end: 0, domain: None }
    }
}

impl FindLiteral for GfmLiterals {
    fn find(&mut self, source: &str, window: Range<usize>, place: Place) -> Option<Literal> {
        let bytes = source.as_bytes();
        let mut at = window.start;
        while at < window.end {
            let found = match bytes[at] {
                b'h' | b'H' | b'w' | b'W' | b'f' | b'F' => self.url(source, at, &window, place),
                b'@' => self.email(source, at, &window, place),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
            at += 1;
        }
        None
    }
}

impl GfmLiterals {
    fn url(&mut self, source: &str, at: usize, window: &Range<usize>, place: Place) -> Option<Literal> {
        let scheme = self.scheme(&source.as_bytes()[at..window.end])?;
        let before = char_before(source, at, window, place);
        if !self.may_follow(before, scheme) {
            return None;
        }
        // The domain of `www.x` holds the `www`; its dots count.
        let domain_start = if scheme == Scheme::Www { at } else { at + scheme.length() };
        let (domain_end, domain) = self.domain(source, domain_start, window.end);
        if domain_end == domain_start || !domain.without_underscore {
            return None;
        }
        if scheme == Scheme::Www && self.reading == Gfm::GitHub && domain_end <= at + 4 {
            return None;
        }
        let body_end = self.body_end(source, domain_end, window.end);
        let end = match self.reading {
            Gfm::GitHub => trimmed_by_github(source, at, body_end),
            Gfm::Micromark => trimmed_by_micromark(source, domain_start, body_end),
        };
        if end <= domain_start {
            return None;
        }
        let text = &source[at..end];
        let text = match self.reading {
            // micromark takes a bare URL as it is written.
            Gfm::Micromark => text.to_owned(),
            Gfm::GitHub => text.replace("&amp;", "&"),
        };
        let url = if scheme == Scheme::Www { format!("http://{text}") } else { text };
        Some(Literal { range: at..end, url, email: false })
    }

    fn scheme(&self, rest: &[u8]) -> Option<Scheme> {
        let starts = |with: &str| {
            rest.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
        };
        match rest[0] | 0x20 {
            b'w' if starts("www.") => Some(Scheme::Www),
            b'h' if starts("http://") => Some(Scheme::Http),
            b'h' if starts("https://") => Some(Scheme::Https),
            b'f' if self.reading == Gfm::GitHub && starts("ftp://") => Some(Scheme::Ftp),
            _ => None,
        }
    }

    fn may_follow(&self, before: Option<char>, scheme: Scheme) -> bool {
        let Some(before) = before else { return true };
        match (self.reading, scheme) {
            (Gfm::Micromark, Scheme::Www) => {
                before.is_ascii_whitespace() || matches!(before, '(' | '*' | '_' | '[' | ']' | '~')
            }
            (Gfm::GitHub, Scheme::Www) => {
                before.is_ascii_whitespace() || matches!(before, '(' | '*' | '_' | '~')
            }
            (_, _) => !before.is_ascii_alphabetic(),
        }
    }

    /// Letters of any script, digits, `-`, `_` and dots; none of its last two labels may hold `_`.
    fn domain(&mut self, source: &str, start: usize, limit: usize) -> (usize, Domain) {
        if let Some((end, domain)) = self.domain
            && start < end
            && end <= limit
        {
            return (end, domain);
        }
        let mut end = start;
        let (mut last, mut before_last) = (false, false);
        for c in source[start..limit].chars() {
            match c {
                '_' => last = true,
                '.' => (before_last, last) = (last, false),
                '-' => {}
                c if c.is_ascii_alphanumeric() => {}
                c if !c.is_ascii() && self.in_domain(c) => {}
                _ => break,
            }
            end += c.len_utf8();
        }
        let domain = Domain { without_underscore: !last && !before_last };
        self.domain = Some((end, domain));
        (end, domain)
    }

    fn in_domain(&self, c: char) -> bool {
        match self.reading {
            Gfm::Micromark => !c.is_whitespace(),
            Gfm::GitHub => !c.is_whitespace() && !is_wide_punctuation(c),
        }
    }

    fn body_end(&mut self, source: &str, from: usize, limit: usize) -> usize {
        if from < self.body_end && self.body_end <= limit {
            return self.body_end;
        }
        let bytes = source.as_bytes();
        let mut end = from;
        for c in source[from..limit].chars() {
            let stops = match self.reading {
                Gfm::GitHub => c == '<' || c.is_ascii_whitespace(),
                Gfm::Micromark => {
                    c == '<'
                        || c.is_whitespace()
                        || c.is_ascii_control()
                        || closes_label(c, bytes, end, limit)
                }
            };
            if stops {
                break;
            }
            end += c.len_utf8();
        }
        self.body_end = end;
        end
    }

    fn email(&self, source: &str, at: usize, window: &Range<usize>, place: Place) -> Option<Literal> {
        let bytes = source.as_bytes();
        let local = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-' | b'_');
        let name = bytes[window.start..at].iter().rev().take_while(|b| local(**b)).count();
        let start = at - name;
        if name == 0 || char_before(source, start, window, place) == Some('/') {
            return None;
        }
        let (mut end, mut dots) = (at + 1, 0);
        while end < window.end {
            match bytes[end] {
                b'-' | b'_' => {}
                b'.' if bytes[..window.end].get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => dots += 1,
                b if b.is_ascii_alphanumeric() => {}
                _ => break,
            }
            end += 1;
        }
        // GFM ends an address with a letter; micromark too (`mdast-util-gfm-autolink-literal`).
        if dots == 0 || !bytes[end - 1].is_ascii_alphabetic() {
            return None;
        }
        if self.reading == Gfm::GitHub
            && let Some(protocol) = protocol_before(source, start, window)
        {
            let start = start - protocol.len();
            end += if protocol == XMPP { resource(&bytes[end..window.end]) } else { 0 };
            return Some(Literal { range: start..end, url: source[start..end].to_owned(), email: false });
        }
        Some(Literal { range: start..end, url: source[start..end].to_owned(), email: true })
    }
}

const MAILTO: &str = "mailto:";
const XMPP: &str = "xmpp:";

/// The protocol that is written before an e-mail address, in small letters, and no letter or digit before it.
fn protocol_before(source: &str, address: usize, window: &Range<usize>) -> Option<&'static str> {
    let before = &source[window.start..address];
    let protocol = [MAILTO, XMPP].into_iter().find(|protocol| before.ends_with(protocol))?;
    let follows_word = before[..before.len() - protocol.len()].ends_with(|c: char| c.is_ascii_alphanumeric());
    (!follows_word).then_some(protocol)
}

/// The length of `/resource` behind the address of a chat: letters, digits, `@` and dots, but no dot at its end.
fn resource(rest: &[u8]) -> usize {
    if rest.first() != Some(&b'/') {
        return 0;
    }
    let name = rest[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'.'));
    let length = name.count();
    let dots = rest[1..=length].iter().rev().take_while(|b| **b == b'.').count();
    if length > dots { 1 + length - dots } else { 0 }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Www,
    Http,
    Https,
    Ftp,
}

impl Scheme {
    fn length(self) -> usize {
        match self {
            Self::Www => 4,
            Self::Http => 7,
            Self::Https => 8,
            Self::Ftp => 6,
        }
    }
}

/// The character before, unless the text of the block begins here.
fn char_before(source: &str, at: usize, window: &Range<usize>, place: Place) -> Option<char> {
    if at == window.start && place.begins_line {
        return None;
    }
    source[..at].chars().next_back()
}

/// A `]` that something of a link follows ends a URL in micromark.
fn closes_label(c: char, bytes: &[u8], at: usize, limit: usize) -> bool {
    c == ']'
        && bytes[..limit]
            .get(at + 1)
            .is_none_or(|next| matches!(next, b'(' | b'[' | b' ' | b'\t' | b'\n' | b'\r'))
}

fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}'
        | '\u{bb}' | '\u{bf}')
}

/// cmark-gfm's `autolink_delim`: marks at the end go, a `)` only if it closes nothing.
fn trimmed_by_github(source: &str, start: usize, mut end: usize) -> usize {
    let bytes = source.as_bytes();
    let count = |of: u8| bytes[start..end].iter().filter(|b| **b == of).count();
    let (opening, mut closing) = (count(b'('), count(b')'));
    while end > start {
        match bytes[end - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => end -= 1,
            b';' => end = reference_start(bytes, start, end).unwrap_or(end - 1),
            b')' if closing > opening => {
                closing -= 1;
                end -= 1;
            }
            _ => break,
        }
    }
    end
}

/// Where `&name;` begins that ends at `end`.
fn reference_start(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let letters = bytes[start..end - 1].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    let at = (end - 1).checked_sub(letters + 1)?;
    (letters > 0 && at >= start && bytes[at] == b'&').then_some(at)
}

/// micromark's trail: from the first mark after which only marks come, a `)` that closes something is kept.
fn trimmed_by_micromark(source: &str, start: usize, end: usize) -> usize {
    let bytes = source.as_bytes();
    let mut trail = end;
    while trail > start {
        match bytes[trail - 1] {
            b';' => match reference_start(bytes, start, trail) {
                Some(at) if bytes[at + 1..trail - 1].iter().all(u8::is_ascii_alphabetic) => trail = at,
                _ => trail -= 1,
            },
            b'!' | b'"' | b'\'' | b')' | b'*' | b',' | b'.' | b':' | b'?' | b']' | b'_' | b'~' => trail -= 1,
            _ => break,
        }
    }
    let count = |of: u8| bytes[start..trail].iter().filter(|b| **b == of).count();
    let mut open = count(b'(').saturating_sub(count(b')'));
    while trail < end && bytes[trail] == b')' && open > 0 {
        open -= 1;
        trail += 1;
    }
    trail
}
