//! HTML within text.

use super::{Node, Scanner};
use crate::dialect::hugo::character::is_space;

impl Scanner<'_, '_> {
    pub(super) fn html(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let second = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        let length = match second {
            b'/' => closing_tag(rest.as_bytes()),
            // goldmark takes `<?>` for a whole one.
            b'?' => until(rest, 1, "?>", &mut self.absent.instruction_end),
            b'!' if rest.starts_with("<!--") => comment(rest, &mut self.absent.comment_end),
            b'!' if rest.starts_with("<![CDATA[") => until(rest, 9, "]]>", &mut self.absent.cdata_end),
            b'!' if rest.as_bytes().get(2).is_some_and(u8::is_ascii_uppercase) => {
                until(rest, 2, ">", &mut self.absent.tag_end)
            }
            _ if second.is_ascii_alphabetic() => opening_tag(rest.as_bytes()),
            _ => None,
        };
        let Some(length) = length else { return false };
        self.nodes.push(Node::Html(self.at..self.at + length));
        self.at += length;
        true
    }
}

fn comment(rest: &str, absent: &mut bool) -> Option<usize> {
    if rest.starts_with("<!-->") {
        return Some("<!-->".len());
    }
    if rest.starts_with("<!--->") {
        return Some("<!--->".len());
    }
    until(rest, 4, "-->", absent)
}

fn until(rest: &str, from: usize, end: &str, absent: &mut bool) -> Option<usize> {
    if *absent {
        return None;
    }
    let found = rest[from..].find(end);
    *absent = found.is_none();
    found.map(|at| from + at + end.len())
}

fn closing_tag(bytes: &[u8]) -> Option<usize> {
    if !bytes.get(2)?.is_ascii_alphabetic() {
        return None;
    }
    let at = skip(bytes, 2, is_name);
    let at = skip(bytes, at, is_space);
    (bytes.get(at) == Some(&b'>')).then_some(at + 1)
}

fn opening_tag(bytes: &[u8]) -> Option<usize> {
    let mut at = skip(bytes, 1, is_name);
    loop {
        let spaced = skip(bytes, at, is_space);
        match bytes.get(spaced)? {
            b'>' => return Some(spaced + 1),
            b'/' => return (bytes.get(spaced + 1) == Some(&b'>')).then_some(spaced + 2),
            first if spaced > at && (first.is_ascii_alphabetic() || matches!(first, b'_' | b':')) => {
                at = attribute(bytes, spaced)?;
            }
            _ => return None,
        }
    }
}

fn attribute(bytes: &[u8], start: usize) -> Option<usize> {
    let name = skip(bytes, start, |byte| is_name(byte) || matches!(byte, b'_' | b':' | b'.'));
    let equals = skip(bytes, name, is_space);
    if bytes.get(equals) != Some(&b'=') {
        return Some(name);
    }
    let value = skip(bytes, equals + 1, is_space);
    match bytes.get(value)? {
        quote @ (b'"' | b'\'') => {
            let length = bytes[value + 1..].iter().position(|byte| byte == quote)?;
            Some(value + 1 + length + 1)
        }
        _ => {
            let end = skip(bytes, value, |byte| {
                byte > b' ' && !matches!(byte, b'"' | b'\'' | b'=' | b'<' | b'>' | b'`')
            });
            (end > value).then_some(end)
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn skip(bytes: &[u8], from: usize, fits: impl Fn(u8) -> bool) -> usize {
    from + bytes[from..].iter().take_while(|byte| fits(**byte)).count()
}
