//! Ids of headings as Hugo makes them.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::IdType;
use super::character::{is_digit, is_letter};
use crate::dialect::AssignIds;

/// The id that a text asks for; `otherwise` if nothing of it stays.
pub(crate) fn wanted(text: &str, id_type: IdType, otherwise: &str) -> String {
    let id = match id_type {
        IdType::GitHub => github(text),
        IdType::GitHubAscii => {
            let bare: String = text.nfd().filter(|character| !is_combining_mark(*character)).collect();
            github(&bare).chars().filter(char::is_ascii).collect()
        }
        IdType::Blackfriday => blackfriday(text),
    };
    if id.is_empty() { otherwise.to_owned() } else { id }
}

fn github(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '-' | ' ' => id.push('-'),
            '_' => id.push('_'),
            other if is_letter(other) || is_digit(other) => id.push(lower_case(other)),
            _ => {}
        }
    }
    id
}

/// One letter for one letter: `İ` becomes `i`, without its dot.
fn lower_case(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn blackfriday(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if is_letter(character) || character.is_numeric() {
            if gap && !id.is_empty() {
                id.push('-');
            }
            gap = false;
            id.push(lower_case(character));
        } else {
            gap = true;
        }
    }
    id
}

/// A made id that is there already gets the first free number; a given one stays as it is given.
#[derive(Default)]
pub(crate) struct GivenIds {
    /// Every id that is there, and the last number that was tried behind it.
    there: HashMap<String, u32>,
}

impl AssignIds for GivenIds {
    fn assign(&mut self, wanted: &str, given: bool) -> String {
        let Some(&last) = self.there.get(wanted) else {
            self.there.insert(wanted.to_owned(), 0);
            return wanted.to_owned();
        };
        if given {
            return wanted.to_owned();
        }
        let mut number = last;
        let id = loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if !self.there.contains_key(&id) {
                break id;
            }
        };
        self.there.insert(wanted.to_owned(), number);
        self.there.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hugo 0.168.
    #[test]
    fn makes_ids_by_each_rule() {
        let ids = |id_type| {
            ["한글 제목", "Hello, Wörld! & C++", "①② 2_3", "???"].map(|of| wanted(of, id_type, "heading"))
        };
        assert_eq!(ids(IdType::GitHub), ["한글-제목", "hello-wörld--c", "-2_3", "heading"]);
        assert_eq!(ids(IdType::GitHubAscii), ["-", "hello-world--c", "-2_3", "heading"]);
        assert_eq!(ids(IdType::Blackfriday), ["한글-제목", "hello-wörld-c", "①②-2-3", "heading"]);
    }

    #[test]
    fn numbers_made_ids_and_keeps_given_ones() {
        let mut ids = GivenIds::default();
        let mut next = |wanted, given| ids.assign(wanted, given);
        assert_eq!(next("가", false), "가");
        assert_eq!(next("가", true), "가");
        assert_eq!(next("가-1", false), "가-1");
        assert_eq!(next("가", false), "가-2");
        assert_eq!(next("가-1", false), "가-1-1");
    }
}
