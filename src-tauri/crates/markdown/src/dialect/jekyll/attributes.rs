//! Attribute lists: `{: .class #id key="value" reference}` (kramdown 2.4).

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::syntax::is_space;

/// HTML attributes in the order in which they were given, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    list: Vec<(String, String)>,
    /// Where each name is in the list: a tag may have 100,000.
    places: BTreeMap<String, usize>,
}

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let at = *self.places.get(name)?;
        Some(&self.list[at].1)
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        match self.value_mut(name) {
            Some(old) => value.clone_into(old),
            None => {
                self.places.insert(name.to_owned(), self.list.len());
                self.list.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.places.remove(name)?;
        self.places.values_mut().filter(|place| **place > at).for_each(|place| *place -= 1);
        Some(self.list.remove(at).1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Makes a blank of every run of newlines.
    pub(super) fn join_lines(&mut self) {
        for (_, value) in &mut self.list {
            if value.contains('\n') {
                *value = value.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            }
        }
    }

    /// Classes add up; any other attribute is replaced.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        match self.value_mut(name) {
            Some(old) if name == "class" => {
                old.push(' ');
                old.push_str(value);
            }
            _ => self.set(name, value),
        }
    }

    fn value_mut(&mut self, name: &str) -> Option<&mut String> {
        let at = *self.places.get(name)?;
        Some(&mut self.list[at].1)
    }

    /// As they stand in a start tag, with a blank before each.
    pub(super) fn html(&self) -> String {
        let mut html = String::new();
        for (name, value) in self.iter() {
            if name == "id" && value.trim().is_empty() {
                continue;
            }
            // Writing to a String cannot fail.
            let _ = write!(html, " {name}=\"{}\"", super::entities::escaped_around_references(value, true));
        }
        html
    }
}

/// What one or more attribute lists ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AttributeList {
    /// Names: of other lists, or of something to do, such as `toc`.
    pub(super) references: Vec<String>,
    pub(super) attributes: Attributes,
}

/// Lists that others refer to: `{:name: .class}`.
pub(super) type NamedLists = HashMap<String, AttributeList>;

impl AttributeList {
    pub(super) fn asks_for(&self, reference: &str) -> bool {
        self.references.iter().any(|one| one == reference)
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.references.extend(other.references);
        for (name, value) in other.attributes.iter() {
            self.attributes.add(name, value);
        }
    }

    /// Gives an element these attributes, those of the lists that this one names first.
    pub(super) fn apply(&self, attributes: &mut Attributes, named: &NamedLists) {
        self.apply_nested(attributes, named, 0);
    }

    fn apply_nested(&self, attributes: &mut Attributes, named: &NamedLists, depth: usize) {
        // Lists may name each other.
        if depth < 2 {
            for list in self.references.iter().filter_map(|reference| named.get(reference)) {
                list.apply_nested(attributes, named, depth + 1);
            }
        }
        for (name, value) in self.attributes.iter() {
            attributes.add(name, value);
        }
    }

    /// Reads what is between `{:` and `}`. What cannot be understood is passed over.
    pub(super) fn parse(text: &str) -> Self {
        let mut list = Self::default();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
            if rest.is_empty() {
                return list;
            }
            let taken = list.key_value(rest);
            let word_end = rest.find(|c: char| c.is_ascii() && is_space(c as u8)).unwrap_or(rest.len());
            rest = match taken {
                Some(taken) => &rest[taken..],
                None => {
                    list.word(&rest[..word_end]);
                    &rest[word_end..]
                }
            };
        }
    }

    /// `key="value"` or `key='value'` with white space or the end behind it; its length.
    fn key_value(&mut self, text: &str) -> Option<usize> {
        let name = name_length(text);
        let quote = text[name..].strip_prefix('=')?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        if name == 0 {
            return None;
        }
        let value = &text[name + 2..];
        let end = value.match_indices(quote).map(|(at, _)| at).find(|&at| {
            let behind = value.as_bytes().get(at + 1);
            behind.is_none_or(|&byte| is_space(byte)) && !value[..at].ends_with('\\')
        })?;
        let value = value[..end].replace("\\}", "}").replace(&format!("\\{quote}"), &quote.to_string());
        // Written twice, the last wins, a class too.
        self.attributes.set(&text[..name], &value);
        Some(name + 2 + end + 1)
    }

    fn word(&mut self, word: &str) {
        if name_length(word) == word.len() {
            self.references.push(word.to_owned());
            return;
        }
        let mut rest = word;
        let mut found = Vec::new();
        while let Some(mark) = rest.chars().next() {
            let body = &rest[mark.len_utf8()..];
            let end = match mark {
                '.' => body.find(['.', '#']).unwrap_or(body.len()),
                '#' if body.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    body.find(|c: char| !is_name_char(c) && c != ':').unwrap_or(body.len())
                }
                _ => return,
            };
            if end == 0 {
                return;
            }
            found.push((mark, &body[..end]));
            rest = &body[end..];
        }
        for (mark, name) in found {
            match mark {
                '.' => self.attributes.add("class", name),
                _ => self.attributes.set("id", name),
            }
        }
    }
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// The length of the name that a text begins with: of a list, a key or a footnote. Only ASCII letters count.
pub(super) fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| is_name_char(c) && c != '-') {
        return 0;
    }
    text.find(|c: char| !is_name_char(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_classes_ids_keys_and_references() {
        let list = AttributeList::parse(" .a.b #c toc key=\"v w\" .d 한글 k='x\\'y'");
        assert_eq!(list.references, ["toc"]);
        assert_eq!(list.attributes.html(), " class=\"a b d\" id=\"c\" key=\"v w\" k=\"x'y\"");
    }

    #[test]
    fn named_lists_come_first_and_may_name_each_other() {
        let mut named = NamedLists::new();
        named.insert("a".into(), AttributeList::parse(".x b"));
        named.insert("b".into(), AttributeList::parse(".y a"));
        let mut attributes = Attributes::default();
        AttributeList::parse("a .z").apply(&mut attributes, &named);
        assert!(attributes.get("class").is_some_and(|class| class.ends_with("x z")), "{attributes:?}");
    }
}
