//! Giving one field a value. Whatever an editor of a notation proposes is read again before it is handed out: data
//! may differ in the field alone, text between the delimiters alone.

use super::{Format, FrontMatter, Problem, Value, read, split, toml_edits, yaml, yaml_edits};
use crate::{TextChange, apply_changes};

/// Why a field cannot be given a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontMatterError {
    /// The front matter cannot be read.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The notation can be read but not edited.
    #[error("front matter in this notation cannot be edited here")]
    NotEditable {
        /// The notation.
        format: Format,
    },
    /// The edit might change more than the field.
    #[error("the field \"{key}\" cannot be changed here: {reason}")]
    Refused {
        /// The field's key.
        key: String,
        /// Why.
        reason: Refusal,
    },
}

/// Why an edit is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The field is an alias, or has an anchor or a tag.
    #[error("it has an anchor, an alias or a tag")]
    Marked,
    /// The field has fields of its own, or the new value would.
    #[error("it has parts inside parts")]
    Structured,
    /// The key cannot be written without quotes.
    #[error("its name has unusual characters")]
    UnusualKey,
    /// The front matter is laid out in a way that is not edited.
    #[error("the front matter is laid out in an unusual way")]
    UnusualLayout,
    /// Read again, more than the field differed.
    #[error("more than this field would change")]
    TooMuchWouldChange,
}

/// The changes that give the field `key` a value; every byte that does not belong to the field stays.
/// [`Value::Empty`] removes it. A field that is new goes to the end; a post without front matter gets one in YAML.
pub fn set_field(text: &str, key: &str, value: &Value) -> Result<Vec<TextChange>, FrontMatterError> {
    let before = read(text);
    if let Some(problem) = before.problem {
        return Err(problem.into());
    }
    let refused = |reason| FrontMatterError::Refused { key: key.to_owned(), reason };
    let known = before.fields.iter().find(|field| field.key == key);
    let known = known.or_else(|| before.fields.iter().find(|field| field.key.eq_ignore_ascii_case(key)));
    let same = known.map_or(*value == Value::Empty, |field| field.value == *value && *value != Value::Empty);
    if same {
        return Ok(Vec::new());
    }
    if matches!(value, Value::Source(_)) {
        return Err(refused(Refusal::Structured));
    }
    if known.is_none() && !yaml::is_simple_key(key) {
        return Err(refused(Refusal::UnusualKey));
    }
    let key_as_written = known.map_or(key, |field| field.key.as_str());
    let parts = split(text);
    let source = &text[parts.source.clone()];
    let changes = match parts.format {
        Format::None => Ok(yaml_edits::new_front_matter(text, key, value)),
        Format::Yaml => yaml_edits::changes(source, key_as_written, value),
        Format::Toml => toml_edits::changes(source, key_as_written, value),
        Format::Json => return Err(FrontMatterError::NotEditable { format: Format::Json }),
    };
    let mut changes = changes.map_err(refused)?;
    for change in &mut changes {
        narrow(source, change);
        change.from += parts.source.start;
        change.to += parts.source.start;
    }
    changes.retain(|change| change.from < change.to || !change.insert.is_empty());
    let after = apply_changes(text, &changes);
    if only_differs_in(text, &before, &after, key_as_written, value) {
        Ok(changes)
    } else {
        Err(refused(Refusal::TooMuchWouldChange))
    }
}

/// Leaves out what a change would replace by itself, so that a cursor beside it stays.
fn narrow(source: &str, change: &mut TextChange) {
    let same_letters = |one: &str, other: &str| -> usize {
        one.chars()
            .zip(other.chars())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one.len_utf8())
            .sum()
    };
    let replaced = &source[change.from..change.to];
    let head = same_letters(replaced, &change.insert);
    let (replaced_rest, insert_rest) = (&replaced[head..], &change.insert[head..]);
    let tail: usize = replaced_rest
        .chars()
        .rev()
        .zip(insert_rest.chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .sum();
    change.insert = insert_rest[..insert_rest.len() - tail].to_owned();
    change.from += head;
    change.to -= tail;
}

/// The guard: reads the edited text anew and compares.
fn only_differs_in(text: &str, before: &FrontMatter, after_text: &str, key: &str, value: &Value) -> bool {
    let after = read(after_text);
    let body_stays = after_text[after.body_start..].trim_start_matches('\n')
        == text[before.body_start..].trim_start_matches('\n')
        && (before.format == Format::None || after_text[after.body_start..] == text[before.body_start..]);
    let others = |front_matter: &FrontMatter| -> Vec<(String, Value)> {
        let others = front_matter.fields.iter().filter(|field| field.key != key);
        others.map(|field| (field.key.clone(), field.value.clone())).collect()
    };
    let written = after.fields.iter().find(|field| field.key == key).map(|field| &field.value);
    let format_fits = after.format == before.format || before.format == Format::None;
    after.problem.is_none()
        && format_fits
        && body_stays
        && others(before) == others(&after)
        && written == (*value != Value::Empty).then_some(value)
}
