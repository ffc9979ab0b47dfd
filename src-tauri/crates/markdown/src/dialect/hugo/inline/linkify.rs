//! Addresses that stand free in text, as goldmark's Linkify finds them: at a line's beginning, behind a space, a mark
//! of emphasis or `(`, and behind anything that was not text.

use super::Scanner;

impl Scanner<'_, '_> {
    pub(super) fn linkify(&mut self) -> bool {
        if !self.context.hugo.linkify || self.in_brackets() {
            return false;
        }
        let Some(first) = self.peek() else { return false };
        let lead = usize::from(is_lead(first));
        let start = self.at + lead;
        let rest = &self.line()[lead..];
        let (length, protocol, email) = match url(rest) {
            Some((length, without_protocol)) => (length, without_protocol, false),
            None => match self.email(start, rest) {
                Some(length) => (length, false, true),
                None => return false,
            },
        };
        self.push_text(self.at..start);
        let protocol = protocol.then(|| self.context.hugo.linkify_protocol.clone());
        self.push_autolink(start..start + length, start..start + length, protocol.as_deref(), email);
        true
    }

    fn email(&mut self, start: usize, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        if bytes.first()?.is_ascii_punctuation() {
            return None;
        }
        let mut length = self.email_length(start)?;
        let at = bytes.iter().position(|byte| *byte == b'@')?;
        if !bytes[at..length - 1].contains(&b'.') {
            return None;
        }
        if bytes[length - 1] == b'.' {
            length -= 1;
        }
        let next = bytes.get(length);
        (!matches!(next, Some(b'-' | b'_'))).then_some(length)
    }
}

/// What goldmark takes for the sign before an address. A space stands for any white space when it looks for a
/// beginning, but only a space itself is stepped over.
fn is_lead(byte: u8) -> bool {
    matches!(byte, b' ' | b'*' | b'_' | b'~' | b'(')
}

/// The length of an address, and whether it is written without a protocol.
fn url(rest: &str) -> Option<(usize, bool)> {
    let bytes = rest.as_bytes();
    let scheme = ["http://", "https://", "ftp://"].iter().find(|scheme| rest.starts_with(**scheme));
    let (length, without_protocol) = match scheme {
        Some(scheme) => {
            let end = scheme.len() + host(&bytes[scheme.len()..])?;
            let end = end + port(&bytes[end..]);
            (end + path(&bytes[end..], b"$"), false)
        }
        None if rest.starts_with("www.") => {
            let end = "www.".len() + host(&bytes["www.".len()..])?;
            (end + path(&bytes[end..], b""), true)
        }
        None => return None,
    };
    Some((balanced(&bytes[..without_ending(bytes, length)]), without_protocol))
}

/// As far as the last `.` with letters behind it. goldmark lets a host hold more than a host may.
fn host(bytes: &[u8]) -> Option<usize> {
    let run = bytes.iter().take(256).take_while(|byte| in_host(**byte)).count();
    let dot = (1..=run)
        .rev()
        .find(|&at| bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))?;
    let letters = bytes[dot + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    Some(dot + 1 + letters)
}

fn in_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-@:%._+~#=".contains(&byte)
}

fn port(bytes: &[u8]) -> usize {
    let digits = bytes.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    if bytes.first() == Some(&b':') && digits > 0 { 1 + digits } else { 0 }
}

fn path(bytes: &[u8], more: &[u8]) -> usize {
    if !bytes.first().is_some_and(|first| b"/#?".contains(first)) {
        return 0;
    }
    1 + bytes[1..].iter().take_while(|byte| in_path(**byte) || more.contains(byte)).count()
}

fn in_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-@:%_+.~#!?&/=();,'\">^{}[]`".contains(&byte)
}

/// Without a last `)` that nothing in it opens, or an entity.
fn balanced(url: &[u8]) -> usize {
    let length = url.len();
    match url.last() {
        Some(b')') => {
            let count = |sign| url.iter().filter(|byte| **byte == sign).count();
            length - count(b')').saturating_sub(count(b'('))
        }
        Some(b';') => {
            let name = url[..length - 1].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let before = length - 1 - name;
            if name > 0 && before > 0 && url[before - 1] == b'&' { before - 1 } else { length }
        }
        _ => length,
    }
}

/// Punctuation at the end belongs to the sentence.
fn without_ending(bytes: &[u8], length: usize) -> usize {
    let ending = bytes[..length].iter().rev().take_while(|byte| b"?!.,:*_~".contains(byte)).count();
    (length - ending).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// goldmark 1.8 through Hugo 0.168.
    #[test]
    fn finds_the_length_of_an_address() {
        fn of(text: &str) -> Option<&str> {
            url(text).map(|(length, _)| &text[..length])
        }
        assert_eq!(of("https://a.io/path를"), Some("https://a.io/path"));
        assert_eq!(of("https://ko.wiki.org/wiki/한글"), Some("https://ko.wiki.org/wiki/"));
        assert_eq!(of("http://localhost:1313/a"), None);
        assert_eq!(of("http://a.io:8080/x."), Some("http://a.io:8080/x"));
        assert_eq!(of("http://a.io/(b)c)."), Some("http://a.io/(b)c"));
        assert_eq!(of("http://a.io/a).b)"), Some("http://a.io/a)."));
        assert_eq!(of("http://a.io/b)"), Some("http://a.io/b"));
        assert_eq!(of("http://a.io/?a&copy;"), Some("http://a.io/?a"));
        assert_eq!(of("www.a.io"), Some("www.a.io"));
        assert!(is_lead(b'('));
    }
}
