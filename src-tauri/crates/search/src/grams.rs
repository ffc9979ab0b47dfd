//! What an index is asked by: single letters, pairs, and threes of ASCII.
//!
//! A pair of Hangul syllables is rare enough to find a text by; a pair of Latin letters stands in nearly every text, so
//! these are indexed by threes too. Texts of initials have pairs and threes of their own.

use crate::fold::{fold, initials, is_initial};

/// One to three letters in a number: 21 bits each, the last letter lowest.
pub(crate) type Gram = i64;

const BITS_OF_LETTER: u32 = 21;

/// The number of up to three letters.
pub(crate) fn gram(letters: &[char]) -> Gram {
    letters.iter().fold(0, |number, &letter| (number << BITS_OF_LETTER) | i64::from(u32::from(letter)))
}

/// Each gram of a folded text, as often as it stands there.
pub(crate) fn each_gram(letters: &[char], mut see: impl FnMut(Gram)) {
    for at in 0..letters.len() {
        see(gram(&letters[at..=at]));
        if let Some(pair) = letters.get(at..at + 2) {
            see(gram(pair));
        }
        if let Some(three) = letters.get(at..at + 3)
            && three.iter().all(char::is_ascii)
        {
            see(gram(three));
        }
    }
}

/// Each gram of a text of initials, of initials alone.
pub(crate) fn each_initial_gram(letters: &[char], mut see: impl FnMut(Gram)) {
    for length in 1..=3 {
        for stretch in letters.windows(length).filter(|stretch| stretch.iter().all(|&it| is_initial(it))) {
            see(gram(stretch));
        }
    }
}

/// All grams of a document, as often as they stand there.
pub(crate) fn grams_of_document(folded: &str, mut see: impl FnMut(Gram)) {
    let letters: Vec<char> = folded.chars().collect();
    each_gram(&letters, &mut see);
    let letters: Vec<char> = initials(folded).chars().collect();
    each_initial_gram(&letters, &mut see);
}

/// The grams that a text must have to hold what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needed {
    pub(crate) grams: Vec<Gram>,
    /// Whether a text with these holds it for certain.
    pub(crate) suffices: bool,
}

/// The grams of something asked for, folded.
pub(crate) fn needed(asked: &str) -> Needed {
    let letters: Vec<char> = asked.chars().collect();
    let mut grams = Vec::new();
    let widest = |at: usize| {
        let three = letters.get(at..at + 3).filter(|three| three.iter().all(char::is_ascii));
        three.or_else(|| letters.get(at..at + 2))
    };
    let mut covered = 0;
    for at in 0..letters.len() {
        // A pair inside a three says nothing more.
        if let Some(letters) = widest(at)
            && at + letters.len() > covered
        {
            grams.push(gram(letters));
            covered = at + letters.len();
        }
    }
    if letters.len() == 1 {
        grams.push(gram(&letters));
    }
    grams.sort_unstable();
    grams.dedup();
    // An initial that stands in a text by itself has the number of a syllable's.
    let suffices =
        grams.len() == 1 && covered <= 3 && letters.len() <= 3 && !letters.iter().any(|&it| is_initial(it));
    let suffices = suffices && (letters.len() < 3 || letters.iter().all(char::is_ascii));
    Needed { grams, suffices }
}

/// The grams of something asked for by initials, as a text of initials.
pub(crate) fn needed_of_initials(asked: &str) -> Needed {
    let letters: Vec<char> = asked.chars().collect();
    let mut grams = Vec::new();
    for run in letters.split(|&letter| !is_initial(letter)) {
        match run.len() {
            0 => {}
            1..=3 => grams.push(gram(run)),
            _ => grams.extend(run.windows(3).map(gram)),
        }
    }
    grams.sort_unstable();
    grams.dedup();
    Needed { grams, suffices: false }
}

/// What is asked for, folded as texts are; without control characters, which no text that is shown has.
pub(crate) fn fold_asked(asked: &str) -> String {
    let plain: String =
        asked.chars().filter(|letter| letter.is_whitespace() || !letter.is_control()).collect();
    fold(&plain).text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(asked: &str) -> (Vec<Gram>, bool) {
        let needed = needed(asked);
        (needed.grams, needed.suffices)
    }

    fn grams(of: &[&str]) -> Vec<Gram> {
        let mut grams: Vec<Gram> =
            of.iter().map(|letters| gram(&letters.chars().collect::<Vec<_>>())).collect();
        grams.sort_unstable();
        grams
    }

    #[test]
    fn short_words_need_one_gram_which_suffices() {
        for asked in ["e", "이", "성능", "ru", "fun", "e "] {
            assert_eq!(of(asked), (grams(&[asked]), true), "{asked}");
        }
    }

    #[test]
    fn longer_ones_need_several_which_do_not() {
        assert_eq!(of("검색어"), (grams(&["검색", "색어"]), false));
        assert_eq!(of("rust"), (grams(&["rus", "ust"]), false));
        assert_eq!(of("ab가"), (grams(&["ab", "b가"]), false));
        assert_eq!(of("aaaa"), (grams(&["aaa"]), false));
    }

    #[test]
    fn a_lone_initial_is_looked_for_in_the_texts() {
        assert!(!needed("\u{1100}").suffices);
    }

    #[test]
    fn initials_go_by_threes_where_nothing_comes_between() {
        let asked: String = "검색어 창".to_owned();
        let needed = needed_of_initials(&initials(&asked));
        assert_eq!(needed.grams.len(), 2);
    }
}
