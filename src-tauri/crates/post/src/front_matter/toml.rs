//! Front matter in TOML.

use toml_edit::{Document, Item, Table, Value as TomlValue};

use super::{FoundField, Mistake, Reason, Value};

/// The top-level fields; those of Zola's table `taxonomies` too, as `taxonomies.tags`.
pub(super) fn fields(source: &str) -> Result<Vec<FoundField>, Mistake> {
    let document = Document::parse(source).map_err(|error| Mistake {
        at: error.span().map_or(0, |span| span.start),
        reason: Reason::Syntax { message: error.message().to_owned() },
    })?;
    let mut found = Vec::new();
    add_fields(source, "", document.as_table(), &mut found);
    found.sort_by_key(|field| field.at);
    Ok(found)
}

fn add_fields(source: &str, prefix: &str, table: &Table, found: &mut Vec<FoundField>) {
    for (name, item) in table.iter() {
        let key = format!("{prefix}{name}");
        let at = table.key(name).and_then(|key| key.span()).map_or(0, |span| span.start);
        match item {
            Item::Table(inner) if key == "taxonomies" => add_fields(source, "taxonomies.", inner, found),
            item => found.push(FoundField { key, value: value_of(source, item), at }),
        }
    }
}

fn value_of(source: &str, item: &Item) -> Value {
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
        Item::Value(TomlValue::InlineTable(_)) => Value::Source(as_written().unwrap_or_default()),
        Item::Table(_) | Item::ArrayOfTables(_) => Value::Source(item.to_string().trim().to_owned()),
    }
}
