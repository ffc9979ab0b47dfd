//! Ids of headings.

use std::collections::HashMap;

use crate::dialect::AssignIds;

/// Gives the headings of one text their ids.
///
/// It counts only what headings ask for: `Intro`, `Intro`, `Intro-1` get `intro`, `intro-1` and again `intro-1`.
pub(super) struct Ids {
    prefix: String,
    asked: HashMap<String, usize>,
}

impl Ids {
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), asked: HashMap::new() }
    }
}

impl AssignIds for Ids {
    fn assign(&mut self, wanted: &str, given: bool) -> String {
        if given {
            return wanted.to_owned();
        }
        let before = self.asked.entry(wanted.to_owned()).or_insert(0);
        let id = match *before {
            0 => wanted.to_owned(),
            before => format!("{wanted}-{before}"),
        };
        *before += 1;
        format!("{}{id}", self.prefix)
    }

    fn shows_empty_ids(&self) -> bool {
        false
    }
}

/// As GitHub makes them (kramdown-parser-gfm 1.1): words of any script, blanks as hyphens.
pub(super) fn of_words(text: &str) -> String {
    let kept = |&c: &char| {
        c.is_alphanumeric() || is_mark(c) || matches!(c, '_' | '-' | ' ' | '\t' | '‿' | '⁀' | '＿')
    };
    let id = text.to_lowercase();
    id.chars()
        .filter(kept)
        .filter(|&c| !is_other_number(c))
        .map(|c| if matches!(c, ' ' | '\t') { '-' } else { c })
        .collect()
}

/// As kramdown makes them itself: ASCII's letters, from the first of them on, digits and hyphens.
pub(super) fn of_letters(text: &str) -> String {
    let from_letter = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let kept = |&c: &char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    let id: String = from_letter
        .chars()
        .filter(kept)
        .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
        .collect();
    if id.is_empty() { "section".to_owned() } else { id }
}

/// Marks that belong to the letter before: an accent, a vowel's sign, the selector behind an emoji.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Numbers that are no decimal digits are no words: `①`, `½`, `²`.
fn is_other_number(c: char) -> bool {
    matches!(c,
        '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}'
        | '\u{2150}'..='\u{215f}' | '\u{2189}' | '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}'
        | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}' | '\u{3248}'..='\u{324f}'
        | '\u{3251}'..='\u{325f}' | '\u{3280}'..='\u{3289}' | '\u{32b1}'..='\u{32bf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_ids_of_words_or_of_letters() {
        assert_eq!(of_words("한글 제목: Hello, C++ (v1.2)"), "한글-제목-hello-c-v12");
        assert_eq!(of_words("① 준비 👍"), "-준비-");
        assert_eq!(of_letters("3. Hello, World!"), "hello-world");
        assert_eq!(of_letters("한글"), "section");
    }

    #[test]
    fn counts_what_is_asked_for() {
        let mut ids = Ids::new("p-");
        let all = ["intro", "intro", "intro-1"].map(|wanted| ids.assign(wanted, false));
        assert_eq!(all, ["p-intro", "p-intro-1", "p-intro-1"]);
        assert_eq!(ids.assign("mine", true), "mine");
    }
}
