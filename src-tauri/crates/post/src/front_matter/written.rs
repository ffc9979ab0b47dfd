//! How fields are written: their quotes and the form of their lists, for new posts that shall look like the others.

use saphyr_parser::ScalarStyle;
use toml_edit::{Document, Item, TableLike, Value as TomlValue};

use super::yaml::{self, Content, Entry, Node};
use super::{Format, quoting, split};

/// Quotes around a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Quotes {
    /// None.
    #[default]
    Without,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
}

/// The form of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ListForm {
    /// `[a, b]`.
    #[default]
    Brackets,
    /// Each item on a line of its own behind a dash, as far to the right as its key or further.
    Dashes {
        /// Further.
        indented: bool,
    },
}

/// How one field of a post is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenField {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// The quotes of its texts (of a list, its items'), each with whether the text could do without.
    pub quotes: Vec<(Quotes, bool)>,
    /// The form of its list.
    pub list: Option<ListForm>,
}

/// How the fields of a post are written; none where its front matter cannot be read. JSON leaves no choice.
pub fn written_fields(text: &str) -> Vec<WrittenField> {
    let parts = split(text);
    let source = &text[parts.source];
    let mut found = Vec::new();
    match parts.format {
        Format::Yaml => {
            if let Ok(mapping) = yaml::parse(source) {
                in_yaml(source, &mapping.entries, &[], &mut found);
            }
        }
        Format::Toml => {
            if let Ok(document) = Document::parse(source) {
                in_toml(source, document.as_table(), &[], &mut found);
            }
        }
        Format::None | Format::Json => {}
    }
    found
}

fn joined(table: &[String], key: &str) -> Vec<String> {
    table.iter().cloned().chain([key.to_owned()]).collect()
}

fn in_yaml(source: &str, entries: &[Entry], table: &[String], found: &mut Vec<WrittenField>) {
    for entry in entries {
        let Some(key) = entry.key.scalar() else { continue };
        let path = joined(table, key);
        match &entry.value.content {
            Content::Mapping { entries, .. } => in_yaml(source, entries, &path, found),
            Content::Sequence { items, flow } => {
                let quotes = items.iter().filter_map(|item| quotes_of(item, *flow)).collect();
                let form = if *flow { Some(ListForm::Brackets) } else { dashes(source, entry, items) };
                found.push(WrittenField { path, quotes, list: form });
            }
            Content::Scalar { .. } => {
                let quotes = quotes_of(&entry.value, false).into_iter().collect();
                found.push(WrittenField { path, quotes, list: None });
            }
            Content::Alias => {}
        }
    }
}

fn dashes(source: &str, entry: &Entry, items: &[Node]) -> Option<ListForm> {
    let line_of = |at: usize| &source[yaml::line_start(source, at)..at];
    let before_dash = line_of(items.first()?.place.start).split('-').next()?.len();
    Some(ListForm::Dashes { indented: before_dash > line_of(entry.key.place.start).len() })
}

/// The quotes of a text on one line that is not empty, and whether it could do without.
fn quotes_of(node: &Node, in_flow: bool) -> Option<(Quotes, bool)> {
    let Content::Scalar { text, style } = &node.content else { return None };
    let quotes = match style {
        ScalarStyle::Plain => Quotes::Without,
        ScalarStyle::SingleQuoted => Quotes::Single,
        ScalarStyle::DoubleQuoted => Quotes::Double,
        _ => return None,
    };
    // A date could stand without quotes, too, and is written bare by most.
    let could_do_without = quoting::is_safe_plain(text, in_flow) || quoting::is_date(text);
    (!text.is_empty()).then_some((quotes, could_do_without))
}

fn in_toml(source: &str, table: &dyn TableLike, at: &[String], found: &mut Vec<WrittenField>) {
    for (key, item) in table.iter() {
        let path = joined(at, key);
        match item {
            Item::Value(TomlValue::InlineTable(table)) => in_toml(source, table, &path, found),
            Item::Value(TomlValue::Array(array)) => {
                let quotes = array.iter().filter_map(|value| toml_quotes(source, value)).collect();
                found.push(WrittenField { path, quotes, list: Some(ListForm::Brackets) });
            }
            Item::Value(value) => {
                let quotes = toml_quotes(source, value).into_iter().collect();
                found.push(WrittenField { path, quotes, list: None });
            }
            Item::Table(table) => in_toml(source, table, &path, found),
            _ => {}
        }
    }
}

/// A text of TOML has quotes always; which, is what can be learnt.
fn toml_quotes(source: &str, value: &TomlValue) -> Option<(Quotes, bool)> {
    let written = &source[value.span()?];
    match (value, written.as_bytes().first()?) {
        (TomlValue::String(_), b'\'') => Some((Quotes::Single, true)),
        (TomlValue::String(_), _) => Some((Quotes::Double, true)),
        _ => None,
    }
}
