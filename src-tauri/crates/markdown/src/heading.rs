//! Ids of headings, as GitHub makes them.

use std::collections::HashMap;

use crate::dialect::AssignIds;

/// Gives each heading of one text its own id.
#[derive(Default)]
pub(crate) struct HeadingIds {
    /// How often an id was asked for; every id that was given is in here.
    taken: HashMap<String, u32>,
}

impl AssignIds for HeadingIds {
    fn assign(&mut self, wanted: &str, _given: bool) -> String {
        self.unique(wanted.to_owned())
    }
}

impl HeadingIds {
    fn unique(&mut self, wanted: String) -> String {
        let Some(&count) = self.taken.get(&wanted) else {
            self.taken.insert(wanted.clone(), 0);
            return wanted;
        };
        let mut count = count;
        let id = loop {
            count += 1;
            let id = format!("{wanted}-{count}");
            if !self.taken.contains_key(&id) {
                break id;
            }
        };
        self.taken.insert(wanted, count);
        self.taken.insert(id.clone(), 0);
        id
    }
}

/// Lower case; letters of any script, digits, `-` and `_` stay, spaces become `-`, the rest goes.
pub(crate) fn slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.trim().chars() {
        match c {
            ' ' | '-' => slug.push('-'),
            '_' => slug.push('_'),
            c if c.is_alphanumeric() || is_combining(c) => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Marks that belong to the letter before them; Hangul jamo are letters already.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_letters_of_any_script() {
        assert_eq!(slug("Rust로 만드는 CLI 도구!"), "rust로-만드는-cli-도구");
        assert_eq!(slug("snake_case & kebab-case"), "snake_case--kebab-case");
        assert_eq!(slug("1. 시작하기"), "1-시작하기");
        assert_eq!(slug("!!!"), "section");
    }

    #[test]
    fn numbers_duplicates_without_ever_giving_an_id_twice() {
        let mut ids = HeadingIds::default();
        let given: Vec<_> = ["개요", "개요", "개요-1", "개요", "개요-1"]
            .iter()
            .map(|h| ids.assign(&slug(h), false))
            .collect();
        assert_eq!(given, ["개요", "개요-1", "개요-1-1", "개요-2", "개요-1-2"]);
    }
}
