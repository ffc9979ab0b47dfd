//! Classes of characters as goldmark asks Go's `unicode` package for them.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// White space to goldmark's parsers. Spaces that do not break, wide ones and those of no width are text: they stay at
/// the end of a line, and a line of them is a paragraph.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The text without white space before it.
pub(crate) fn without_space_before(text: &str) -> &str {
    text.trim_start_matches(SPACES)
}

/// The text without white space behind it.
pub(crate) fn without_space_behind(text: &str) -> &str {
    text.trim_end_matches(SPACES)
}

/// The text without white space around it.
pub(crate) fn without_space_around(text: &str) -> &str {
    without_space_before(without_space_behind(text))
}

/// What [`is_space`] finds.
const SPACES: [char; 4] = [' ', '\t', '\n', '\r'];

/// Punctuation or a symbol: what emphasis looks at.
pub(crate) fn is_mark(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    matches!(
        character.general_category_group(),
        GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
    )
}

/// Punctuation alone, without symbols.
pub(crate) fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation()
            && !matches!(character, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~');
    }
    character.general_category_group() == GeneralCategoryGroup::Punctuation
}

pub(crate) fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    character.general_category_group() == GeneralCategoryGroup::Letter
}

/// A decimal digit of any script.
pub(crate) fn is_digit(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_digit();
    }
    character.general_category() == GeneralCategory::DecimalNumber
}

pub(crate) fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{302e}'..='\u{302f}' | '\u{3131}'..='\u{318e}'
        | '\u{3200}'..='\u{321e}' | '\u{3260}'..='\u{327e}' | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7fb}' | '\u{ffa0}'..='\u{ffdc}')
}

/// Han, kana, Hangul and their punctuation, full-width forms left out: what goldmark's simple line breaks ask for.
pub(crate) fn is_east_asian(character: char) -> bool {
    is_hangul(character)
        || matches!(character, '\u{2e80}'..='\u{2fd5}' | '\u{3000}'..='\u{303f}' | '\u{3041}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}' | '\u{32d0}'..='\u{32fe}' | '\u{3300}'..='\u{3357}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{fad9}'
            | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
        || character.general_category() == GeneralCategory::ModifierLetter
}

/// Takes the room of two letters, or half of it on purpose (East Asian Width F, W or H).
pub(crate) fn is_wide(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{115f}' | '\u{231a}'..='\u{231b}' | '\u{2329}'..='\u{232a}'
        | '\u{23e9}'..='\u{23ec}' | '\u{2614}'..='\u{2615}' | '\u{2648}'..='\u{2653}' | '\u{26a1}'
        | '\u{2705}' | '\u{2728}' | '\u{274c}' | '\u{2753}'..='\u{2757}' | '\u{2b50}'
        | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6b}'
        | '\u{ff01}'..='\u{ffdc}' | '\u{ffe0}'..='\u{ffee}' | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}' | '\u{1f900}'..='\u{1f9ff}' | '\u{20000}'..='\u{3fffd}')
}

/// Stands in a script that puts no spaces between words (CSS Text 3, draft of 2020-04-29).
pub(crate) fn is_space_discarding(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{2ff0}'..='\u{30ff}' | '\u{3190}'..='\u{319f}'
        | '\u{31c0}'..='\u{31ff}' | '\u{3300}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3134f}')
}

/// The character at a byte; a space after the end.
pub(crate) fn at(text: &str, index: usize) -> char {
    text.get(index..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_marks_letters_and_digits() {
        assert!(is_mark('」') && is_mark('℃') && is_mark('👍') && !is_mark('가') && is_mark('`'));
        assert!(is_punctuation('」') && !is_punctuation('℃') && !is_punctuation('`') && is_punctuation('"'));
        assert!(is_letter('가') && is_letter('ㄱ') && !is_letter('Ⅷ') && !is_letter('①'));
        assert!(is_digit('3') && is_digit('３') && !is_digit('①'));
    }
}
