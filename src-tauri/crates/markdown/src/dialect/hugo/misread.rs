//! Blocks that only pulldown-cmark sees, hidden from it so that it reads them as text, which they are in goldmark.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// What is hidden can bring new ones to light, but hardly ever does.
const MAX_ROUNDS: usize = 4;

/// The source with a letter for each sign that begins a block in pulldown-cmark alone. Every byte stays where it is.
pub(super) fn hidden(source: &str, options: Options) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(source);
    for _ in 0..MAX_ROUNDS {
        if !text.lines().any(is_suspicious) {
            break;
        }
        let signs = signs(&text, options);
        if signs.is_empty() {
            break;
        }
        text = Cow::Owned(without(&text, &signs));
    }
    text
}

/// A cheap look before the text is parsed once more.
fn is_suspicious(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t', '>', '-', '*', '+', '.', ')', '0', '1']);
    match text.as_bytes() {
        [b':', next, ..] => text.len() < line.len() || !matches!(next, b' ' | b'\t'),
        [b'<', b'/', next, ..] => matches!(next, b's' | b'S' | b'p' | b'P'),
        [b'<', b'!', next, ..] => next.is_ascii_lowercase(),
        _ => false,
    }
}

fn signs(text: &str, options: Options) -> Vec<usize> {
    let events = Parser::new_ext(text, options).into_offset_iter();
    let signs = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::DefinitionListDefinition) => misread_description(text, range.start),
        Event::Start(Tag::HtmlBlock) => misread_html(text, range.start),
        _ => None,
    });
    signs.collect()
}

/// In goldmark no space stands before the colon of a description, and one must stand behind it. pulldown-cmark begins
/// the block behind what its containers put before the line.
fn misread_description(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let colon = start + bytes[start..].iter().position(|byte| *byte != b' ')?;
    let fits = colon == start && matches!(bytes.get(colon + 1), Some(b' ' | b'\t'));
    (bytes[colon] == b':' && !fits).then_some(colon)
}

/// In goldmark a declaration begins with a capital, and the end tag of code, styles or scripts begins no block.
fn misread_html(text: &str, start: usize) -> Option<usize> {
    let open = start + text[start..].find('<')?;
    let rest = &text[open + 1..];
    let is = |name: &str| {
        rest.get(1..1 + name.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(name))
            && !rest[1 + name.len()..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-')
    };
    let misread = match rest.as_bytes() {
        [b'!', next, ..] => next.is_ascii_lowercase(),
        [b'/', ..] => is("style") || is("script") || is("pre"),
        _ => false,
    };
    misread.then_some(open)
}

fn without(text: &str, signs: &[usize]) -> String {
    let mut without = String::with_capacity(text.len());
    let mut from = 0;
    for &at in signs {
        without.push_str(&text[from..at]);
        without.push('x');
        from = at + 1;
    }
    without.push_str(&text[from..]);
    without
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> Cow<'_, str> {
        hidden(source, Options::ENABLE_DEFINITION_LIST)
    }

    /// Hugo 0.168.
    #[test]
    fn hides_descriptions_that_are_indented_or_have_no_space() {
        assert_eq!(of("가\n : 나\n"), "가\n x 나\n");
        assert_eq!(of("1. 가\n    : 나\n"), "1. 가\n    x 나\n");
        assert_eq!(of("가|나\n:--|--\n"), "가|나\nx--|--\n");
        for source in
            ["가\n: 나\n", "1. 가\n   : 나\n", "> 가\n> : 나\n", "- a\n\n  가\n  : 나\n", "가 : 나\n"]
        {
            assert_eq!(of(source), source);
        }
    }

    /// Hugo 0.168.
    #[test]
    fn hides_html_that_begins_no_block() {
        assert_eq!(of("<!doctype html>\n"), "x!doctype html>\n");
        assert_eq!(of("</style>\n"), "x/style>\n");
        for source in ["<!DOCTYPE html>\n", "<style>\n</style>\n", "</div>\n", "<!-- 가 -->\n"] {
            assert_eq!(of(source), source);
        }
    }
}
