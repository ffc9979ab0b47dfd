//! How a text is written in YAML so that readers of YAML 1.1 and of 1.2 take it for the same text.

use saphyr_parser::ScalarStyle;

use super::Kind;

/// Whether a text can stand without quotes; `in_flow` for one between brackets.
pub(super) fn is_safe_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins_badly = matches!(
        first,
        ',' | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '*'
            | '!'
            | '|'
            | '>'
            | '\''
            | '"'
            | '%'
            | '@'
            | '`'
            | '-'
            | '?'
            | ':'
            | '='
    ) || first.is_whitespace();
    let ends_badly = text.ends_with(':') || text.ends_with(char::is_whitespace);
    let means_otherwise = text.contains(": ") || text.contains(" #") || text.chars().any(must_be_escaped);
    // Some readers take `-]` for a list item.
    let breaks_flow =
        in_flow && (text.contains([',', '[', ']', '{', '}', ':', '"']) || text.ends_with(['-', '?']));
    !(begins_badly || ends_badly || means_otherwise || breaks_flow || is_another_type(text))
}

/// Whether some reader takes the unquoted text for something else than a text.
fn is_another_type(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let is_word = matches!(
        word.as_str(),
        "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "y"
            | "n"
            | "null"
            | "~"
            | "="
            | "<<"
            | ".inf"
            | ".nan"
            | "+.inf"
            | "-.inf"
    );
    is_word || is_number_or_date(text)
}

/// Numbers of every base, times, dates: wide on purpose, since quotes too many harm nobody.
fn is_number_or_date(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-', '.']);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let has_base = ["0x", "0X", "0o", "0O", "0b", "0B"].iter().any(|base| digits.starts_with(base));
    let letters_of_numbers = |letter: char| {
        letter.is_ascii_digit()
            || matches!(
                letter,
                '_' | '.' | ',' | ':' | '+' | '-' | 'T' | 't' | 'Z' | 'z' | 'e' | 'E' | ' ' | '\t' | '/'
            )
    };
    has_base || digits.chars().all(letters_of_numbers)
}

/// Whether an unquoted text reads as a number or a date and breaks no rule of plain texts.
pub(super) fn is_plain_number(text: &str) -> bool {
    let begins_badly = text.starts_with('-') && text[1..].starts_with(' ');
    is_number_or_date(text)
        && !begins_badly
        && !text.contains(": ")
        && !text.ends_with([':', ' ', '\t'])
        && !text.contains('\t')
}

/// Whether a text is a date, or a date with a time, as a generator reads it.
pub(super) fn is_date(text: &str) -> bool {
    let Some((day, time)) = text.split_at_checked(10) else { return false };
    let time_fits = time.is_empty()
        || time.strip_prefix(['T', 't', ' ']).is_some_and(|time| {
            time.starts_with(|first: char| first.is_ascii_digit())
                && time.chars().all(|letter| {
                    letter.is_ascii_digit() || matches!(letter, ':' | '.' | '+' | '-' | 'Z' | 'z' | ' ')
                })
        });
    time_fits && day.parse::<jiff::civil::Date>().is_ok()
}

/// What a text is that could stand in quotes.
pub(super) fn kind_of_text(text: &str) -> Kind {
    match text {
        text if is_date(text) => Kind::Date,
        text if text.contains('\n') => Kind::Lines,
        _ => Kind::Text,
    }
}

/// Whether an unquoted text is a number for every reader: digits, a sign, a fraction, an exponent.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Characters that only a text in double quotes can hold, as escapes.
fn must_be_escaped(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Writes a text in the style wanted, or in `quotes` where that style cannot hold it.
pub(super) fn scalar(text: &str, wanted: ScalarStyle, quotes: ScalarStyle, in_flow: bool) -> String {
    let style = match wanted {
        ScalarStyle::Plain if is_safe_plain(text, in_flow) => return text.to_owned(),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => wanted,
        _ => quotes,
    };
    if style == ScalarStyle::SingleQuoted && !text.chars().any(must_be_escaped) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    double_quoted(text)
}

/// A text as a block behind `|`, each of its lines behind `indent`; none where a block cannot hold it.
pub(super) fn literal_block(text: &str, indent: &str) -> Option<String> {
    let (lines, chomping) = match text.strip_suffix('\n') {
        Some(lines) => (lines, ""),
        None => (text, "-"),
    };
    let is_odd = |line: &str| line.trim().is_empty() && !line.is_empty();
    let begins_badly = lines.starts_with([' ', '\t', '\n']);
    let must_be_escaped = |letter| letter != '\n' && letter != '\t' && must_be_escaped(letter);
    if begins_badly
        || lines.is_empty()
        || lines.ends_with('\n')
        || lines.split('\n').any(is_odd)
        || lines.contains(must_be_escaped)
    {
        return None;
    }
    let mut block = format!("|{chomping}");
    for line in lines.split('\n') {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(indent);
            block.push_str(line);
        }
    }
    Some(block)
}

/// A text in double quotes.
pub(super) fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if must_be_escaped(letter) => quoted.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Where the colon behind a key stands.
pub(super) fn colon_after(source: &str, key_end: usize) -> Option<usize> {
    let rest = &source[key_end..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    rest[spaces..].starts_with(':').then_some(key_end + spaces)
}
