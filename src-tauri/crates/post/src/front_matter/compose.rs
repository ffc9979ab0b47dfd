//! A front matter from nothing, each field written as it is asked for.

use saphyr_parser::ScalarStyle;

use super::written::{ListForm, Quotes};
use super::{Format, Kind, Value, quoting, toml_values};

/// A field that a new front matter gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewField {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// Its value.
    pub value: Value,
    /// What its text is.
    pub kind: Kind,
    /// The quotes of its texts, where they can hold them.
    pub quotes: Quotes,
    /// The quotes of a text that cannot do without.
    pub needed_quotes: Quotes,
    /// The form of its list.
    pub list: ListForm,
}

/// A front matter with its delimiters. Fields of one table stand together, where its first one is; in TOML, where a
/// table ends the fields of the top, behind them.
pub fn compose(format: Format, fields: &[NewField]) -> String {
    let mut tables: Vec<(&str, Vec<&NewField>)> = Vec::new();
    for field in fields {
        let Some(first) = field.path.first() else { continue };
        match tables.iter_mut().find(|(key, fields)| key == first && fields[0].path.len() > 1) {
            Some((_, inner)) => inner.push(field),
            None => tables.push((first, vec![field])),
        }
    }
    match format {
        Format::Toml => toml(&tables),
        Format::Json => json(fields),
        Format::Yaml | Format::None => yaml(&tables),
    }
}

type Tables<'a> = [(&'a str, Vec<&'a NewField>)];

fn yaml(tables: &Tables<'_>) -> String {
    let mut text = "---\n".to_owned();
    for (_, fields) in tables {
        let mut open: &[String] = &[];
        for field in fields {
            let Some((key, outer)) = field.path.split_last() else { continue };
            let known = open.iter().zip(outer).take_while(|(one, other)| one == other).count();
            for (depth, table) in outer.iter().enumerate().skip(known) {
                text.push_str(&format!("{}{}:\n", "  ".repeat(depth), yaml_key(table)));
            }
            open = outer;
            yaml_field(&mut text, &"  ".repeat(outer.len()), key, field);
        }
    }
    text + "---\n"
}

fn yaml_key(key: &str) -> String {
    quoting::scalar(key, ScalarStyle::Plain, ScalarStyle::DoubleQuoted, false)
}

fn yaml_field(text: &mut String, indent: &str, key: &str, field: &NewField) {
    let key = yaml_key(key);
    if let (Value::List(items), ListForm::Dashes { indented }) = (&field.value, field.list)
        && !items.is_empty()
    {
        text.push_str(&format!("{indent}{key}:\n"));
        let step = if indented { "  " } else { "" };
        for item in items {
            text.push_str(&format!("{indent}{step}- {}\n", yaml_scalar(item, field, false)));
        }
        return;
    }
    let value = match &field.value {
        Value::Text(written) if written.is_empty() => match field.quotes {
            Quotes::Without => String::new(),
            Quotes::Single => "''".to_owned(),
            Quotes::Double => "\"\"".to_owned(),
        },
        Value::Text(written) => {
            let is_date = field.kind == Kind::Date && quoting::is_date(written);
            let is_bare = is_date || field.kind == Kind::Number && quoting::is_number(written);
            if is_bare && field.quotes == Quotes::Without {
                written.clone()
            } else {
                yaml_scalar(written, field, false)
            }
        }
        Value::Boolean(truth) => truth.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| yaml_scalar(item, field, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Source(source) => source.clone(),
        Value::Table(_) | Value::Empty => String::new(),
    };
    let space = if value.is_empty() { "" } else { " " };
    text.push_str(&format!("{indent}{key}:{space}{value}\n"));
}

fn yaml_scalar(text: &str, field: &NewField, in_flow: bool) -> String {
    quoting::scalar(text, style_of(field.quotes), style_of(field.needed_quotes), in_flow)
}

fn style_of(quotes: Quotes) -> ScalarStyle {
    match quotes {
        Quotes::Without => ScalarStyle::Plain,
        Quotes::Single => ScalarStyle::SingleQuoted,
        Quotes::Double => ScalarStyle::DoubleQuoted,
    }
}

fn toml(tables: &Tables<'_>) -> String {
    let (top, inner): (Vec<_>, Vec<_>) = tables.iter().partition(|(_, fields)| fields[0].path.len() == 1);
    let mut text = "+++\n".to_owned();
    for field in top.iter().flat_map(|(_, fields)| fields) {
        toml_field(&mut text, field);
    }
    let mut header: &[String] = &[];
    for field in inner.iter().flat_map(|(_, fields)| fields) {
        let Some((_, table)) = field.path.split_last() else { continue };
        if table != header {
            let keys: Vec<String> = table.iter().map(|key| toml_key(key)).collect();
            text.push_str(&format!("\n[{}]\n", keys.join(".")));
            header = table;
        }
        toml_field(&mut text, field);
    }
    text + "+++\n"
}

fn toml_key(key: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { toml_values::string(key, None) }
}

fn toml_field(text: &mut String, field: &NewField) {
    let Some(key) = field.path.last() else { return };
    let like = if field.quotes == Quotes::Single { Some("'") } else { None };
    let value = match &field.value {
        Value::Text(written) if matches!(field.kind, Kind::Date | Kind::Number) => {
            toml_values::inline(&field.path, None, &Value::Text(written.clone()), field.kind)
        }
        Value::Text(written) => toml_values::string(written, like),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| toml_values::string(item, like)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Boolean(truth) => truth.to_string(),
        // TOML has no empty value.
        Value::Empty | Value::Table(_) | Value::Source(_) => "\"\"".to_owned(),
    };
    text.push_str(&format!("{} = {value}\n", toml_key(key)));
}

fn json(fields: &[NewField]) -> String {
    let top: Vec<&NewField> = fields.iter().filter(|field| field.path.len() == 1).collect();
    let line = |field: &&NewField| {
        let value = match &field.value {
            Value::Text(number) if field.kind == Kind::Number && quoting::is_number(number) => number.clone(),
            Value::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Value::List(items) => serde_json::Value::from(items.clone()).to_string(),
            Value::Boolean(truth) => truth.to_string(),
            Value::Empty | Value::Table(_) | Value::Source(_) => "\"\"".to_owned(),
        };
        format!("  {}: {value}", serde_json::Value::from(field.path[0].as_str()))
    };
    let lines: Vec<String> = top.iter().map(line).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}
