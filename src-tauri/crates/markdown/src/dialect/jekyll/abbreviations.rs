//! Abbreviations: `*[HTML]: …` marks every `HTML` that stands as a word.

use std::collections::{BTreeMap, HashMap};

/// More than these in one text are left alone: looking for them must not cost more than the text is worth.
const MOST: usize = 500;

/// The abbreviations of a text, by their first character, the longest first.
pub(super) struct Abbreviations<'a> {
    by_first: HashMap<char, Vec<(&'a str, &'a str)>>,
}

impl<'a> Abbreviations<'a> {
    pub(super) fn of(defined: &'a BTreeMap<String, String>) -> Self {
        let mut by_first: HashMap<char, Vec<(&str, &str)>> = HashMap::new();
        for (name, meaning) in defined.iter().take(MOST) {
            if let Some(first) = name.chars().next() {
                by_first.entry(first).or_default().push((name, meaning));
            }
        }
        for names in by_first.values_mut() {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        Self { by_first }
    }

    /// The next abbreviation of a text: where it is, and what it stands for.
    pub(super) fn next(&self, text: &str) -> Option<(usize, &'a str, &'a str)> {
        if self.by_first.is_empty() {
            return None;
        }
        let mut before = None;
        for (at, first) in text.char_indices() {
            let stands_free = before.is_none_or(|c| !is_word(c));
            before = Some(first);
            if !stands_free {
                continue;
            }
            let names = self.by_first.get(&first).map_or(&[][..], Vec::as_slice);
            let found = names.iter().find(|(name, _)| {
                let behind = text[at..].strip_prefix(name);
                behind.is_some_and(|behind| !behind.starts_with(is_word))
            });
            if let Some((name, meaning)) = found {
                return Some((at, name, meaning));
            }
        }
        None
    }
}

/// Only ASCII's letters make words: a particle may follow.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_that_a_particle_may_follow() {
        let defined =
            BTreeMap::from([("CI".to_owned(), "합침".to_owned()), ("CI/CD".to_owned(), String::new())]);
        let abbreviations = Abbreviations::of(&defined);
        assert_eq!(abbreviations.next("우리 CI는"), Some((7, "CI", "합침")));
        assert_eq!(abbreviations.next("CI/CD"), Some((0, "CI/CD", "")));
        assert_eq!(abbreviations.next("ACID CIx"), None);
    }
}
