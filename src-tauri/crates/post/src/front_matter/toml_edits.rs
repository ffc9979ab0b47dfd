//! Edits of one field in TOML, in the field's own style.

use std::ops::Range;

use toml_edit::{Document, Item, Value as TomlValue};

use super::edit::Refusal;
use super::flow_list::FlowList;
use super::{Role, Value, role_of};
use crate::TextChange;

/// The changes that give the field `key` a value, as places in the source.
pub(super) fn changes(source: &str, key: &str, value: &Value) -> Result<Vec<TextChange>, Refusal> {
    let document = Document::parse(source).map_err(|_| Refusal::UnusualLayout)?;
    let table = document.as_table();
    let Some((written_key, item)) = table.get_key_value(key) else {
        if key.contains('.') {
            return Err(Refusal::Structured);
        }
        let at = first_table(source, table);
        let insert = format!("{key} = {}\n", inline(key, None, value));
        return Ok(vec![TextChange { from: at, to: at, insert }]);
    };
    let (Some(key_place), Item::Value(old)) = (written_key.span(), item) else {
        return Err(Refusal::Structured);
    };
    let Some(place) = old.span() else { return Err(Refusal::UnusualLayout) };
    let line_start = source[..key_place.start].rfind('\n').map_or(0, |newline| newline + 1);
    if !source[line_start..key_place.start].trim().is_empty() {
        return Err(Refusal::UnusualLayout);
    }
    if *value == Value::Empty {
        let to = source[place.end..].find('\n').map_or(source.len(), |length| place.end + length + 1);
        return Ok(vec![TextChange { from: line_start, to, insert: String::new() }]);
    }
    let old_source = &source[place.clone()];
    match (old, value) {
        (TomlValue::InlineTable(_), _) => Err(Refusal::Structured),
        (TomlValue::Array(array), Value::List(texts)) => {
            let items: Option<Vec<_>> = array.iter().map(string_item).collect();
            let items = items.ok_or(Refusal::Structured)?;
            let first = items.first().map(|(_, place)| source[place.clone()].to_owned());
            let list = FlowList { source, place, items };
            Ok(vec![list.change(texts, |text| string(text, first.as_deref()))?])
        }
        (old, value) => {
            let insert = inline(key, Some((old, old_source)), value);
            Ok(vec![TextChange { from: place.start, to: place.end, insert }])
        }
    }
}

fn string_item(item: &TomlValue) -> Option<(&str, Range<usize>)> {
    match item {
        TomlValue::String(text) => Some((text.value().as_str(), text.span()?)),
        _ => None,
    }
}

/// Where the first table's header begins; fields behind it would be the table's.
fn first_table(source: &str, table: &toml_edit::Table) -> usize {
    let starts = table.iter().filter_map(|(_, item)| match item {
        Item::Table(table) => table.span().map(|span| span.start),
        Item::ArrayOfTables(tables) => {
            tables.iter().filter_map(|table| table.span()).map(|span| span.start).min()
        }
        _ => None,
    });
    starts.min().map_or(source.len(), |at| source[..at].rfind('\n').map_or(0, |newline| newline + 1))
}

fn inline(key: &str, old: Option<(&TomlValue, &str)>, value: &Value) -> String {
    match value {
        Value::Text(text) => {
            let was_string = matches!(old, Some((TomlValue::String(_), _)));
            let may_be_bare = role_of(key) == Some(Role::Date) || old.is_some();
            let parsed = text.parse::<TomlValue>();
            let is_bare =
                matches!(parsed, Ok(TomlValue::Datetime(_) | TomlValue::Integer(_) | TomlValue::Float(_)));
            if is_bare && may_be_bare && !was_string {
                text.clone()
            } else {
                string(text, old.map(|(_, source)| source))
            }
        }
        Value::Boolean(boolean) => boolean.to_string(),
        Value::List(texts) => {
            let items: Vec<String> = texts.iter().map(|text| string(text, None)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Empty => String::new(),
        Value::Source(source) => source.clone(),
    }
}

/// A string with the quotes of `like` where they can hold it.
fn string(text: &str, like: Option<&str>) -> String {
    let is_literal = like.is_some_and(|like| like.starts_with('\'') && !like.starts_with("'''"));
    if is_literal && !text.contains('\'') && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
