//! Bare URLs and addresses as marked 15 finds them.

use std::ops::Range;

use crate::dialect::autolink::{FindLiteral, Literal};
use crate::dialect::text_run::Place;

/// marked's `url` rule; it looks at each character a bounded number of times.
#[derive(Default)]
pub(super) struct MarkedLiterals {
    /// Up to here no white space or `<` was seen.
    body_end: usize,
    /// From here on, up to `body_end`, there is no `)`.
    unclosed_from: Option<usize>,
}

impl FindLiteral for MarkedLiterals {
    fn find(&mut self, source: &str, window: Range<usize>, _place: Place) -> Option<Literal> {
        let bytes = source.as_bytes();
        (window.start..window.end).find_map(|at| match bytes[at] {
            b'h' | b'H' | b'f' | b'F' | b'w' | b'W' => self.url(source, at, &window),
            b'@' => email(source, at, &window),
            _ => None,
        })
    }
}

impl MarkedLiterals {
    fn url(&mut self, source: &str, at: usize, window: &Range<usize>) -> Option<Literal> {
        let rest = &source.as_bytes()[at..window.end];
        // Capitals count only where a text begins.
        let begins = at == window.start;
        let starts = |with: &str| {
            rest.get(..with.len()).is_some_and(|start| {
                start == with.as_bytes() || begins && start.eq_ignore_ascii_case(with.as_bytes())
            })
        };
        let scheme = ["http://", "https://", "ftp://", "www."].into_iter().find(|scheme| starts(scheme))?;
        let host = rest.get(scheme.len())?;
        if !host.is_ascii_alphanumeric() && *host != b'-' {
            return None;
        }
        let end = self.body_end(source, at, window.end);
        let end = self.without_tail(source, at, end);
        let text = &source[at..end];
        let url = if scheme == "www." { format!("http://{text}") } else { text.to_owned() };
        Some(Literal { range: at..end, url, email: false })
    }

    fn body_end(&mut self, source: &str, from: usize, limit: usize) -> usize {
        if from >= self.body_end || self.body_end > limit {
            let end = source[from..limit].find(|c: char| c == '<' || c.is_whitespace());
            self.body_end = end.map_or(limit, |end| from + end);
            self.unclosed_from = None;
        }
        self.body_end
    }

    /// Marks at the end go; `(` stays with its `)` only.
    fn without_tail(&mut self, source: &str, start: usize, end: usize) -> usize {
        let bytes = source.as_bytes();
        let mut at = start;
        // Where the marks begin that would be the tail.
        let mut tail = None;
        while at < end {
            match bytes[at] {
                b'(' => match self.closing(bytes, at, end) {
                    Some(closing) => {
                        at = closing;
                        tail = None;
                    }
                    None => return tail.unwrap_or(at),
                },
                b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'\'' | b'"' | b'~' | b')' => {
                    tail = tail.or(Some(at));
                }
                _ => tail = None,
            }
            at += 1;
        }
        let Some(tail) = tail else { return end };
        without_reference(bytes, start, tail, end)
    }

    fn closing(&mut self, bytes: &[u8], open: usize, end: usize) -> Option<usize> {
        if self.unclosed_from.is_some_and(|from| from <= open) {
            return None;
        }
        let found = bytes[open..end].iter().position(|b| *b == b')').map(|at| open + at);
        if found.is_none() {
            self.unclosed_from = Some(open);
        }
        found
    }
}

/// `&name;` before the tail goes too.
fn without_reference(bytes: &[u8], start: usize, tail: usize, end: usize) -> usize {
    if bytes[tail] == b';' && tail < end {
        let letters = bytes[start..tail].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
        let before = tail - letters;
        if letters > 0 && before > start && bytes[before - 1] == b'&' {
            return before - 1;
        }
    }
    tail
}

/// `name@host.tld`.
fn email(source: &str, at: usize, window: &Range<usize>) -> Option<Literal> {
    let bytes = source.as_bytes();
    let named = |b: u8| b.is_ascii_alphanumeric() || b"._+-".contains(&b);
    let name = bytes[window.start..at].iter().rev().take_while(|b| named(**b)).count();
    let start = at - name;
    if name == 0 {
        return None;
    }
    let part = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let host = bytes[at + 1..window.end].iter().take_while(|b| part(**b)).count();
    let mut end = at + 1 + host;
    let mut dotted = false;
    while end < window.end && bytes[end] == b'.' {
        let label = bytes[end + 1..window.end].iter().take_while(|b| part(**b)).count();
        let label = &bytes[end + 1..end + 1 + label];
        let Some(last) = label.iter().rposition(u8::is_ascii_alphanumeric) else { break };
        dotted = true;
        let whole = last + 1 == label.len();
        end += 1 + last + 1;
        if !whole {
            break;
        }
    }
    if host == 0 || !dotted || bytes.get(end).is_some_and(|b| matches!(b, b'-' | b'_')) {
        return None;
    }
    Some(Literal { range: start..end, url: source[start..end].to_owned(), email: true })
}
