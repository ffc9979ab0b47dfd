//! Classes of characters as goldmark asks Go's `unicode` package for them.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// White space that ends a line's text, in bytes.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

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

/// Takes the width of two letters: Hangul, kana, Han and their punctuation.
pub(crate) fn is_wide(character: char) -> bool {
    is_hangul(character) || is_space_discarding(character)
}

/// Stands in a script that puts no spaces between words.
pub(crate) fn is_space_discarding(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{2ff0}'..='\u{303f}' | '\u{3041}'..='\u{30ff}'
        | '\u{3190}'..='\u{319f}' | '\u{31c0}'..='\u{31ff}' | '\u{3300}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff9f}'
        | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3134f}')
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
