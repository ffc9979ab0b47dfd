//! Text that shall stay text where it would be read as a sign of Markdown.

/// How much is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escaping {
    /// What is likely to mean something where it stands.
    Light,
    /// Every sign that can mean something.
    Full,
}

/// Escapes a text; `starts_line` where its first letter is the first of a line.
pub(crate) fn escaped(text: &str, starts_line: bool, escaping: Escaping) -> String {
    let sign_of_block = if starts_line { sign_of_block(text) } else { None };
    let mut written = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        if Some(at) == sign_of_block || needs_escape(letter, before, next, escaping) {
            written.push('\\');
        }
        written.push(letter);
        before = Some(letter);
    }
    written
}

fn needs_escape(letter: char, before: Option<char>, next: Option<char>, escaping: Escaping) -> bool {
    if !letter.is_ascii_punctuation() {
        return false;
    }
    if escaping == Escaping::Full {
        return matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '!' | '#' | '(' | ')'
        );
    }
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_space = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    match letter {
        '`' | '[' | ']' => true,
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '*' => !(is_space(before) && is_space(next)),
        '_' => !(is_word(before) && is_word(next) || is_space(before) && is_space(next)),
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
        '~' => next == Some('~') || before == Some('~'),
        _ => false,
    }
}

/// Where the sign stands that would make a line another block.
fn sign_of_block(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let after = |count: usize| text[count..].chars().next().is_none_or(char::is_whitespace);
    let is_sign = match first {
        '#' => {
            let count = text.bytes().take_while(|byte| *byte == b'#').count();
            count <= 6 && after(count)
        }
        '-' | '+' => after(1) || is_rule(text, first),
        '>' | '|' => true,
        '=' => is_rule(text, '='),
        '~' => text.starts_with("~~~"),
        ':' => text.starts_with(": "),
        _ => false,
    };
    if is_sign {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']) && after(digits + 1);
    is_number.then_some(digits)
}

fn is_rule(text: &str, sign: char) -> bool {
    text.trim_end().chars().all(|letter| letter == sign || letter == ' ')
}
