//! Which way a straight quote is turned: the ten rules of kramdown 2.4, in its order.

/// Turned quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    LeftSingle,
    RightSingle,
    LeftDouble,
    RightDouble,
}

/// What a rule found: the length of the text before the quotes, which stays, and the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turned {
    pub(super) before: usize,
    pub(super) first: Quote,
    pub(super) second: Option<Quote>,
}

/// Turns the quote that a text begins with, or that is its second character.
///
/// Words are ASCII's here, so that a quote before Hangul opens only if nothing else claims it.
pub(super) fn turn(text: &str) -> Option<Turned> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if is_quote(first) {
        turn_first(first, text)
    } else {
        let quote = chars.next().filter(|&c| is_quote(c))?;
        turn_second(first, quote, text)
    }
}

/// The quote is the first character: nothing is known of what is before.
fn turn_first(quote: char, text: &str) -> Option<Turned> {
    let rest = &text[1..];
    if before_emphasis(rest) {
        return Some(one(0, left(quote)));
    }
    if before_punctuation(rest) {
        return Some(one(0, right(quote)));
    }
    if let Some(pair) = pair(0, text).or_else(|| decade(0, text)) {
        return Some(pair);
    }
    // A quote before a quote counts as the character before it.
    if let Some(second) = rest.chars().next().filter(|&c| is_quote(c)) {
        return Some(one(1, right(second)));
    }
    if closes(rest) {
        return Some(one(0, right(quote)));
    }
    Some(one(0, left(quote)))
}

/// The quote is the second character.
fn turn_second(before: char, quote: char, text: &str) -> Option<Turned> {
    let width = before.len_utf8();
    let rest = &text[width + 1..];
    if is_space(before) {
        if let Some(pair) = pair(width, text).or_else(|| decade(width, text)) {
            return Some(pair);
        }
        if starts_word(rest) {
            return Some(one(width, left(quote)));
        }
        // Vertical space closes a quote behind it, as any other character does.
        if matches!(before, ' ' | '\t' | '\r' | '\n') {
            return Some(one(width, left(quote)));
        }
    }
    let closes = !matches!(before, ' ' | '\\' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-');
    Some(one(width, if closes { right(quote) } else { left(quote) }))
}

fn one(before: usize, first: Quote) -> Turned {
    Turned { before, first, second: None }
}

/// `"'` and `'"` before a word open both.
fn pair(before: usize, text: &str) -> Option<Turned> {
    let quotes = &text[before..];
    let (first, second) = if quotes.starts_with("\"'") {
        (Quote::LeftDouble, Quote::LeftSingle)
    } else if quotes.starts_with("'\"") {
        (Quote::LeftSingle, Quote::LeftDouble)
    } else {
        return None;
    };
    starts_word(&quotes[2..]).then_some(Turned { before, first, second: Some(second) })
}

/// The apostrophe of `'80s`.
fn decade(before: usize, text: &str) -> Option<Turned> {
    let digits = text[before..].strip_prefix('\'')?.as_bytes();
    let decade = digits.len() >= 3 && digits[..2].iter().all(u8::is_ascii_digit) && digits[2] == b's';
    decade.then_some(one(before, Quote::RightSingle))
}

fn before_emphasis(rest: &str) -> bool {
    let marks = rest.bytes().take(2).take_while(|byte| matches!(byte, b'_' | b'*')).count();
    let solid = |at: usize| rest[at..].chars().next().is_some_and(|c| !is_space(c));
    (marks >= 1 && solid(marks)) || (marks == 2 && solid(1))
}

/// ASCII's punctuation that is not the start of an ellipsis, and no word at its other side.
fn before_punctuation(rest: &str) -> bool {
    let mut chars = rest.chars();
    let Some(mark) = chars.next().filter(|c| c.is_ascii_punctuation() && *c != '&') else { return false };
    let behind = chars.as_str();
    let word_behind = behind.chars().next().is_some_and(is_word);
    !behind.starts_with("..") && is_word(mark) == word_behind
}

/// Before space, the end of a line, or a plural's or a genitive's `s`.
fn closes(rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    is_space(next) || (next == 's' && !rest[1..].chars().next().is_some_and(is_word))
}

fn starts_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// As a word's boundary has it: letters of any script.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

fn is_space(c: char) -> bool {
    c.is_ascii() && super::syntax::is_space(c as u8)
}

fn left(quote: char) -> Quote {
    if quote == '"' { Quote::LeftDouble } else { Quote::LeftSingle }
}

fn right(quote: char) -> Quote {
    if quote == '"' { Quote::RightDouble } else { Quote::RightSingle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_as_kramdown_does() {
        let quotes = |text| turn(text).map(|turned| (turned.before, turned.first));
        assert_eq!(quotes(" \"a"), Some((1, Quote::LeftDouble)));
        assert_eq!(quotes(" \"가"), Some((1, Quote::LeftDouble)));
        assert_eq!(quotes("가\""), Some((3, Quote::RightDouble)));
        assert_eq!(quotes("\"가"), Some((0, Quote::LeftDouble)));
        assert_eq!(quotes("\". "), Some((0, Quote::RightDouble)));
        assert_eq!(quotes("('a"), Some((1, Quote::LeftSingle)));
        assert_eq!(quotes("n't"), Some((1, Quote::RightSingle)));
        assert_eq!(quotes(" '80s"), Some((1, Quote::RightSingle)));
    }
}
