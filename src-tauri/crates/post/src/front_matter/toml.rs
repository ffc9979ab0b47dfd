//! Front matter in TOML.

use toml_edit::{Document, Item, Key, TableLike, Value as TomlValue};

use super::{Field, Kind, Mistake, Places, Reason, Value, quoting};

/// The top-level fields.
pub(super) fn fields(source: &str, places: &Places<'_>) -> Result<Vec<Field>, Mistake> {
    let document = Document::parse(source).map_err(|error| Mistake {
        at: error.span().map_or(0, |span| span.start),
        reason: Reason::Syntax { message: error.message().to_owned() },
    })?;
    Ok(fields_of(source, document.as_table(), places))
}

/// Where a key stands in a source that was parsed.
pub(super) fn key_start(key: &Key) -> usize {
    key.span().map_or(0, |span| span.start)
}

fn fields_of(source: &str, table: &dyn TableLike, places: &Places<'_>) -> Vec<Field> {
    let mut found: Vec<(usize, Field)> = Vec::new();
    for (name, item) in table.iter() {
        let at = table.key(name).map_or(0, key_start);
        let value = value_of(source, item, places);
        let lock = matches!(value, Value::Source(_)).then_some(Mistake { at, reason: Reason::Structured });
        let locked = lock.map(|mistake| places.problem(mistake));
        let kind = kind_of(item);
        found.push((at, Field { key: name.to_owned(), kind, value, line: places.line(at), locked }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, field)| field).collect()
}

fn kind_of(item: &Item) -> Kind {
    match item.as_value() {
        Some(TomlValue::Integer(_) | TomlValue::Float(_)) => Kind::Number,
        Some(TomlValue::Datetime(_)) => Kind::Date,
        Some(TomlValue::String(text)) => quoting::kind_of_text(text.value()),
        _ => Kind::Text,
    }
}

fn value_of(source: &str, item: &Item, places: &Places<'_>) -> Value {
    let as_written = || item.span().and_then(|span| source.get(span)).map(|text| text.trim().to_owned());
    match item {
        Item::Value(TomlValue::String(text)) => Value::Text(text.value().clone()),
        Item::Value(TomlValue::Boolean(boolean)) => Value::Boolean(*boolean.value()),
        Item::Value(TomlValue::Integer(_) | TomlValue::Float(_) | TomlValue::Datetime(_)) => {
            Value::Text(as_written().unwrap_or_else(|| item.to_string().trim().to_owned()))
        }
        Item::Value(TomlValue::Array(array)) => {
            let texts: Option<Vec<String>> =
                array.iter().map(|element| element.as_str().map(str::to_owned)).collect();
            texts.map_or_else(|| Value::Source(as_written().unwrap_or_default()), Value::List)
        }
        Item::None => Value::Empty,
        Item::Value(TomlValue::InlineTable(table)) => Value::Table(fields_of(source, table, places)),
        Item::Table(table) => Value::Table(fields_of(source, table, places)),
        Item::ArrayOfTables(_) => Value::Source(item.to_string().trim().to_owned()),
    }
}
