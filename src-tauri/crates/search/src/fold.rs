//! Texts made comparable, and the way back from a place in one to the place in the text that it was made of.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use crate::document::APART;

/// No letter below this is a mark that joins the one before it.
const FIRST_JOINING: char = '\u{300}';
/// The syllables of Hangul, all composed and without case.
const SYLLABLES: std::ops::RangeInclusive<char> = '가'..='힣';

/// A text without what makes equal words differ: composed (NFC), in small letters, all white space as one blank.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    steps: Vec<Step>,
}

/// From a place on, the folded text and its source run in step; or, if they do not, the stretch stands for its source only
/// as a whole.
#[derive(Debug, Clone, Copy)]
struct Step {
    folded: usize,
    source: usize,
    in_step: bool,
}

/// Folds a text.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), steps: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        at = folded.push_plain(text, at);
        let mut letters = text[at..].chars();
        let Some(letter) = letters.next() else { break };
        let mut end = at + letter.len_utf8();
        if letter.is_whitespace() {
            end += letters.take_while(|next| next.is_whitespace()).map(char::len_utf8).sum::<usize>();
            folded.push_as(" ", at, end);
        } else {
            end += letters.take_while(|&mark| joins(mark)).map(char::len_utf8).sum::<usize>();
            folded.push_composed(&text[at..end], at, end);
        }
        at = end;
    }
    folded
}

/// Whether a character may change the one before it.
fn joins(letter: char) -> bool {
    letter >= FIRST_JOINING
        && !SYLLABLES.contains(&letter)
        && (canonical_combining_class(letter) != 0
            || is_nfc_quick(std::iter::once(letter)) == IsNormalized::Maybe)
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the source that a stretch of the folded text stands for.
    pub fn source(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = match self.step_at(from) {
            Some(step) if step.in_step => step.source + (from - step.folded),
            Some(step) => step.source,
            None => from,
        };
        // The end is that of the last byte's stretch: what a letter and its mark became is taken whole.
        let last = to.saturating_sub(1).max(from);
        let end = match self.index_at(last) {
            Some(at) if self.steps[at].in_step => self.steps[at].source + (to - self.steps[at].folded),
            Some(at) => self.steps.get(at + 1).map_or(self.steps[at].source, |next| next.source),
            None => to,
        };
        start..end.max(start)
    }

    fn index_at(&self, folded: usize) -> Option<usize> {
        self.steps.partition_point(|step| step.folded <= folded).checked_sub(1)
    }

    fn step_at(&self, folded: usize) -> Option<Step> {
        self.index_at(folded).map(|at| self.steps[at])
    }

    /// Takes over what begins at a byte and needs no more than small letters; answers where that ends. Nearly all of a text
    /// is such.
    fn push_plain(&mut self, text: &str, from: usize) -> usize {
        let bytes = text.as_bytes();
        let mut at = from;
        loop {
            let ascii = bytes[at..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
            let syllables =
                text[at + ascii..].chars().take_while(|letter| SYLLABLES.contains(letter)).count();
            if ascii + syllables == 0 {
                break;
            }
            at += ascii + syllables * '가'.len_utf8();
        }
        // The last letter may have a mark behind it.
        if text[at..].starts_with(joins) {
            at = text[from..at].char_indices().next_back().map_or(from, |(last, _)| from + last);
        }
        let start = self.text.len();
        self.text.push_str(&text[from..at]);
        self.text[start..].make_ascii_lowercase();
        at
    }

    fn push_composed(&mut self, source: &str, at: usize, end: usize) {
        // No text that is asked for has a control character, so they may all be one.
        let small = source.nfc().flat_map(char::to_lowercase).map(small_sigma);
        let composed: String =
            small.map(|letter| if letter == '\0' { APART } else { letter }).nfc().collect();
        self.push_as(&composed, at, end);
    }

    /// Appends what stands for the bytes of the source from `at` to `end`.
    fn push_as(&mut self, folded: &str, at: usize, end: usize) {
        let is_one_letter = folded.chars().nth(1).is_none();
        if folded.len() != end - at || !is_one_letter {
            self.steps.push(Step { folded: self.text.len(), source: at, in_step: false });
            self.text.push_str(folded);
            self.steps.push(Step { folded: self.text.len(), source: end, in_step: true });
        } else {
            self.text.push_str(folded);
        }
    }
}

/// A sigma at a word's end is another letter, which the same word asked for in capitals would not have.
fn small_sigma(letter: char) -> char {
    if letter == 'ς' { 'σ' } else { letter }
}

/// The consonants that begin syllables, as they stand alone, in the order of the syllables.
const LEADING: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];
/// What stands for an initial consonant in a text of initials.
const INITIAL: char = '\u{1100}';
/// The syllables that begin with one consonant.
const SYLLABLES_OF_INITIAL: u32 = 588;
/// Two consonants that an input method has written as one, since no vowel came between them.
const PAIRS: [(char, &str); 11] = [
    ('ㄳ', "ㄱㅅ"),
    ('ㄵ', "ㄴㅈ"),
    ('ㄶ', "ㄴㅎ"),
    ('ㄺ', "ㄹㄱ"),
    ('ㄻ', "ㄹㅁ"),
    ('ㄼ', "ㄹㅂ"),
    ('ㄽ', "ㄹㅅ"),
    ('ㄾ', "ㄹㅌ"),
    ('ㄿ', "ㄹㅍ"),
    ('ㅀ', "ㄹㅎ"),
    ('ㅄ', "ㅂㅅ"),
];

/// A folded text with each syllable, and each consonant that stands alone, as its initial; every place stays where it was.
pub(crate) fn initials(folded: &str) -> String {
    folded.chars().map(|letter| initial(letter).unwrap_or(letter)).collect()
}

/// The initial of a syllable, or of a consonant that stands alone.
pub(crate) fn initial(letter: char) -> Option<char> {
    let number = if SYLLABLES.contains(&letter) {
        (u32::from(letter) - u32::from(*SYLLABLES.start())) / SYLLABLES_OF_INITIAL
    } else {
        u32::try_from(LEADING.iter().position(|&leading| leading == letter)?).ok()?
    };
    char::from_u32(u32::from(INITIAL) + number)
}

/// Whether a letter is a consonant that stands alone and may be asked for as an initial.
pub(crate) fn is_lone_consonant(letter: char) -> bool {
    LEADING.contains(&letter)
}

/// Whether a letter of a text of initials is one.
pub(crate) fn is_initial(letter: char) -> bool {
    (INITIAL..='\u{1112}').contains(&letter)
}

/// What is asked for, with consonants apart that an input method has joined.
pub(crate) fn apart(asked: &str) -> String {
    let mut apart = String::with_capacity(asked.len());
    for letter in asked.chars() {
        match PAIRS.iter().find(|(pair, _)| *pair == letter) {
            Some((_, both)) => apart.push_str(both),
            None => apart.push(letter),
        }
    }
    apart
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the standard's own functions over the whole text.
    fn plainly(text: &str) -> String {
        let mut words = String::new();
        let mut in_blank = false;
        for letter in text.nfc().collect::<String>().chars() {
            if letter.is_whitespace() && !in_blank {
                words.push(' ');
            } else if !letter.is_whitespace() {
                words.extend(letter.to_lowercase().map(small_sigma));
            }
            in_blank = letter.is_whitespace();
        }
        words.nfc().collect()
    }

    #[test]
    fn composed_and_decomposed_are_the_same_and_case_and_blanks_do_not_count() {
        for (one, other) in [
            ("한글 검색", "한글 검색"),
            ("Café", "CAFE\u{301}"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("let  x =\n\t1", "LET X = 1"),
            ("H\u{331}", "ẖ"),
        ] {
            assert_eq!(fold(one).text(), fold(other).text());
        }
    }

    #[test]
    fn a_place_leads_back_to_whole_letters_of_the_source() {
        let source = "a \n 한글 İx";
        let folded = fold(source);
        let at = |piece: &str| {
            let from = folded.text().find(piece).unwrap();
            &source[folded.source(from, from + piece.len())]
        };
        assert_eq!(at("글"), "글");
        assert_eq!(at(" 한"), " \n 한");
        assert_eq!(at("x"), "x");
        assert_eq!(at("i"), "İ");
        assert_eq!(at("\u{307}x"), "İx");
    }

    #[test]
    fn initials_stand_where_their_syllables_stood() {
        assert_eq!(initials("검색 a ㄱ끝"), "\u{1100}\u{1109} a \u{1100}\u{1101}");
        assert_eq!(apart("ㅄㅎ"), "ㅂㅅㅎ");
        assert_eq!(initial('힣'), Some('\u{1112}'));
        assert!(initial('ㅏ').is_none());
    }

    const LETTERS: &str = "[a-cA-CéÉ가-깋\u{1100}-\u{1105}\u{1161}-\u{1165}\u{11a8}-\u{11ab}\u{300}-\u{303}\u{331}ςΣKİßẞ👩‍💻 \n\t]{0,30}";

    proptest! {
        #[test]
        fn folding_piece_by_piece_is_folding_the_whole(text in LETTERS) {
            prop_assert_eq!(fold(&text).text, plainly(&text));
        }

        #[test]
        fn every_stretch_leads_back_to_one_that_folds_to_it_or_more(text in LETTERS, one in 0.0..1.0f64, other in 0.0..1.0f64) {
            let folded = fold(&text);
            let places: Vec<usize> = folded.text().char_indices().map(|(at, _)| at).chain([folded.text().len()]).collect();
            let at = |share: f64| places[(share * places.len() as f64) as usize];
            let (from, to) = (at(one).min(at(other)), at(one).max(at(other)));
            let source = folded.source(from, to);
            prop_assert!(text.is_char_boundary(source.start) && text.is_char_boundary(source.end));
            if from < to {
                let back = fold(&text[source]).text;
                prop_assert!(back.contains(&folded.text()[from..to]), "{:?} of {:?}", back, folded.text());
            }
        }
    }
}
