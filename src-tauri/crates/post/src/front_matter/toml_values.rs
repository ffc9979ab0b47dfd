//! How values are written in TOML.

use toml_edit::Value as TomlValue;

use super::{Kind, Role, Value, role_at};

/// A value as it stands behind its key; `old` is what it replaces, and how that is written.
pub(super) fn inline(path: &[String], old: Option<(&TomlValue, &str)>, value: &Value, kind: Kind) -> String {
    match value {
        Value::Text(text) => {
            let was_string = matches!(old, Some((TomlValue::String(_), _)));
            let may_be_bare = match kind {
                Kind::Date | Kind::Number => true,
                Kind::Text | Kind::Lines => old.is_some() || role_at(path) == Some(Role::Date),
            };
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
        Value::Empty | Value::Table(_) => String::new(),
        Value::Source(source) => source.clone(),
    }
}

/// A string with the quotes of `like` where they can hold it.
pub(super) fn string(text: &str, like: Option<&str>) -> String {
    let like = like.unwrap_or_default();
    let is_plain = !text.contains(|letter: char| letter.is_control() && letter != '\n');
    if like.starts_with("'''") && is_plain && !text.contains("'''") && !text.ends_with('\'') {
        return format!("'''{}{text}'''", opening_line(like, text));
    }
    let is_long = like.starts_with("\"\"\"") && text.contains('\n');
    if is_long && is_plain && !text.contains(['\\', '"']) {
        return format!("\"\"\"{}{text}\"\"\"", opening_line(like, text));
    }
    if like.starts_with('\'') && !text.contains('\'') && !text.contains(char::is_control) {
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

/// The newline behind the opening quotes, which does not belong to the text.
fn opening_line(like: &str, text: &str) -> &'static str {
    if like[3..].starts_with('\n') || text.starts_with('\n') { "\n" } else { "" }
}
