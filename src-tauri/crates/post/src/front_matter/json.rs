//! Front matter in JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value as JsonValue;

use super::{FoundField, Mistake, Reason, Value};

/// The members of an object, in the order of the text.
struct Members(Vec<(String, JsonValue)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members: Vec<(String, JsonValue)> = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, JsonValue>()? {
            if members.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format_args!("the field \"{key}\" stands twice")));
            }
            members.push((key, value));
        }
        Ok(Members(members))
    }
}

/// The top-level fields.
pub(super) fn fields(source: &str) -> Result<Vec<FoundField>, Mistake> {
    let Members(members) = serde_json::from_str(source).map_err(|error| mistake(source, &error))?;
    let places = top_level_strings(source);
    let mut places = places.iter();
    let mut found = Vec::with_capacity(members.len());
    for (key, value) in members {
        let written = |at: &usize| {
            let mut keys = serde_json::Deserializer::from_str(&source[*at..]).into_iter::<String>();
            matches!(keys.next(), Some(Ok(text)) if text == key)
        };
        let at = places.find(|at| written(at)).copied().unwrap_or(0);
        found.push(FoundField { value: value_of(value), at, key });
    }
    Ok(found)
}

fn mistake(source: &str, error: &serde_json::Error) -> Mistake {
    let line_start: usize =
        source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (line_start + error.column().saturating_sub(1)).min(source.len());
    let message = error.to_string();
    // The place is told apart from the message.
    let message =
        message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_owned();
    Mistake { at, reason: Reason::Syntax { message } }
}

fn value_of(value: JsonValue) -> Value {
    match value {
        JsonValue::Null => Value::Empty,
        JsonValue::Bool(boolean) => Value::Boolean(boolean),
        JsonValue::Number(number) => Value::Text(number.to_string()),
        JsonValue::String(text) => Value::Text(text),
        JsonValue::Array(items) => {
            let texts: Option<Vec<String>> =
                items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            texts.map_or_else(|| Value::Source(JsonValue::Array(items).to_string()), Value::List)
        }
        object @ JsonValue::Object(_) => Value::Source(object.to_string()),
    }
}

/// Where strings begin directly inside the outer braces: keys, and values that are strings.
fn top_level_strings(source: &str) -> Vec<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    let mut places = Vec::new();
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => {
                if !in_string && depth == 1 {
                    places.push(at);
                }
                in_string = !in_string;
            }
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    places
}
