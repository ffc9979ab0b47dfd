//! How sentences end, in Korean and in English.

/// Syllables that end a Korean sentence.
const LAST_SYLLABLES: &str = "다요까죠네음임함오라지군걸게데자";

pub(crate) fn is_hangul(letter: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&letter)
}

pub(super) fn ends_korean_sentence(letter: char) -> bool {
    LAST_SYLLABLES.contains(letter)
}

pub(super) fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '”' | '’' | ')' | ']' | '」' | '』' | '>')
}

pub(super) fn ends_by_sign(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '…' | '。')
}

/// Whether a line ends as a sentence does.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(is_closing);
    let Some(last) = line.chars().next_back() else { return false };
    ends_by_sign(last)
        || matches!(last, ':' | ',' | '~' | ';' | 'ㅋ' | 'ㅎ' | 'ㅠ' | 'ㅜ')
        || ends_as_verb(line)
}

/// `…했습니다` and `…해요` without a full stop. One syllable alone, as of a name, does not count.
fn ends_as_verb(line: &str) -> bool {
    [
        "니다", "었다", "았다", "했다", "한다", "이다", "된다", "있다", "없다", "어요", "아요", "해요",
        "에요", "예요", "네요", "군요", "까요", "지요",
    ]
    .iter()
    .any(|ending| line.ends_with(ending))
}
