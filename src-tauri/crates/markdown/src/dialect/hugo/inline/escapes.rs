//! Backslashes and entities in text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Text as it is shown: a backslash before punctuation goes, entities are what they stand for. With `escaped_space`
/// (`cjk.escapedSpace`) a backslash takes a space with it.
pub(crate) fn unescaped(raw: &str, escaped_space: bool) -> Cow<'_, str> {
    if !raw.bytes().any(|byte| matches!(byte, b'\\' | b'&' | 0)) {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['\\', '&', '\0']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let after = &rest[1..];
        match rest.as_bytes()[0] {
            b'\\' if after.starts_with(|next: char| next.is_ascii_punctuation()) => {
                text.push_str(&after[..1]);
                rest = &after[1..];
            }
            b'\\' if escaped_space && after.starts_with(' ') => rest = &after[1..],
            b'&' => match entity(after) {
                Some((characters, length)) => {
                    text.push_str(&characters);
                    rest = &after[length..];
                }
                None => {
                    text.push('&');
                    rest = after;
                }
            },
            b'\\' => {
                text.push('\\');
                rest = after;
            }
            _ => {
                text.push('\u{fffd}');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Entities with a name only, as Hugo resolves them for a heading's id.
pub(crate) fn named_entities_resolved(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        match entity(after).filter(|_| !after.starts_with('#')) {
            Some((characters, length)) => {
                text.push_str(&characters);
                rest = &after[length..];
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// What an entity stands for, and its length; `after` is what follows its `&`.
fn entity(after: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = after.bytes().take(MAX_ENTITY).position(|byte| byte == b';')?;
    let name = &after[..end];
    let characters = match name {
        "amp" => Cow::Borrowed("&"),
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "quot" => Cow::Borrowed("\""),
        "nbsp" => Cow::Borrowed("\u{a0}"),
        // What the typographer writes, at every quote of a text.
        "lsquo" => Cow::Borrowed("‘"),
        "rsquo" => Cow::Borrowed("’"),
        "ldquo" => Cow::Borrowed("“"),
        "rdquo" => Cow::Borrowed("”"),
        "ndash" => Cow::Borrowed("–"),
        "mdash" => Cow::Borrowed("—"),
        "hellip" => Cow::Borrowed("…"),
        "laquo" => Cow::Borrowed("«"),
        "raquo" => Cow::Borrowed("»"),
        _ => match name.strip_prefix('#') {
            Some(number) => Cow::Owned(numbered(number)?.to_string()),
            None => Cow::Owned(named(name)?),
        },
    };
    Some((characters, end + 1))
}

/// The longest name that HTML has is of 31 letters.
const MAX_ENTITY: usize = 33;

fn numbered(number: &str) -> Option<char> {
    let (digits, radix, longest) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 6),
        None => (number, 10, 7),
    };
    if digits.is_empty() || digits.len() > longest || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = u32::from_str_radix(digits, radix).ok()?;
    Some(char::from_u32(value).filter(|&character| character != '\0').unwrap_or('\u{fffd}'))
}

/// pulldown-cmark knows HTML's names, but tells them only in a text.
fn named(name: &str) -> Option<String> {
    if !name.starts_with(|first: char| first.is_ascii_alphabetic())
        || !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return None;
    }
    let written = format!("&{name};");
    let mut text = String::new();
    for event in Parser::new(&written) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    (text != written).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_escapes_and_entities() {
        assert_eq!(
            unescaped(r"\*가\* \나 &amp; &#44032; &#x1f44d; &hellip; &nope; &", false),
            r"*가* \나 & 가 👍 … &nope; &"
        );
        assert_eq!(unescaped(r"가\ 나", true), "가나");
        assert_eq!(named_entities_resolved("&amp;&#39;&ldquo;"), "&&#39;“");
    }
}
