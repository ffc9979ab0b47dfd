//! `meta`: a post's front matter, read or edited in place.

use std::path::Path;

use postwright_app::files::{self, FieldEdit};
use postwright_wire::{Details, Field, FieldValue, Language};

use super::{Outcome, output};
use crate::failure::Failure;

/// An edit that is not written as `KEY=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadEdit {
    #[error("the field's key is missing")]
    NoKey,
    #[error("a value is missing: {key}=VALUE")]
    NoValue { key: String },
}

/// `KEY=VALUE`.
pub(super) fn parse_pair(text: &str) -> Result<(String, String), BadEdit> {
    match parse_key(text)? {
        (key, Some(value)) => Ok((key, value)),
        (key, None) => Err(BadEdit::NoValue { key }),
    }
}

/// `KEY` or `KEY=VALUE`.
pub(super) fn parse_key(text: &str) -> Result<(String, Option<String>), BadEdit> {
    let (key, value) = match text.split_once('=') {
        Some((key, value)) => (key, Some(value.to_owned())),
        None => (text, None),
    };
    if key.trim().is_empty() {
        return Err(BadEdit::NoKey);
    }
    Ok((key.trim().to_owned(), value))
}

/// The edits asked for: first fields are set, then values added, then taken out.
pub(super) fn edits(
    set: &[(String, String)],
    add: &[(String, String)],
    remove: &[(String, Option<String>)],
) -> Vec<FieldEdit> {
    let set = set.iter().cloned().map(|(key, value)| FieldEdit::Set { key, value });
    let add = add.iter().cloned().map(|(key, value)| FieldEdit::Add { key, value });
    let remove = remove.iter().cloned().map(|(key, value)| FieldEdit::Remove { key, value });
    set.chain(add).chain(remove).collect()
}

/// Prints the front matter, after the edits if there are any.
pub(super) fn run(
    file: &Path,
    edits: &[FieldEdit],
    json: bool,
    language: Language,
) -> Result<Outcome, Failure> {
    let details = match (output::is_stdin(file), edits.is_empty()) {
        (true, true) => files::front_matter(&output::read_stdin()?, language),
        (true, false) => {
            return Err(Failure::Usage(
                "-: standard input cannot be edited in place — name a file".to_owned(),
            ));
        }
        (false, true) => files::read(file, language)?,
        (false, false) => files::change_front_matter(file, edits, language)?,
    };
    if json {
        output::print_json(&details)?;
    } else {
        output::print(&lines(&details))?;
    }
    Ok(match &details.problem {
        None => Outcome::Done,
        Some(problem) => {
            eprintln!("{}:{}:{}: {}", file.display(), problem.line, problem.column, problem.message);
            Outcome::Failed
        }
    })
}

/// One `key: value` for each field; fields inside tables by their whole path, as the edits name them.
fn lines(details: &Details) -> String {
    lines_of(&details.fields)
}

fn lines_of(fields: &[Field]) -> String {
    let line = |field: &Field| match &field.value {
        FieldValue::Table(inner) => lines_of(inner),
        value => format!("{}: {}\n", field.path.join("."), value_text(value)),
    };
    fields.iter().map(line).collect()
}

fn value_text(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Boolean(set) => set.to_string(),
        FieldValue::List(items) => items.join(", "),
        FieldValue::Empty | FieldValue::Table(_) => String::new(),
        FieldValue::Source(source) => source.trim_end().to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use postwright_wire::FieldKind;

    use super::*;

    #[test]
    fn a_key_may_stand_alone_only_where_that_means_something() {
        assert_eq!(parse_key("slug").unwrap(), ("slug".to_owned(), None));
        assert_eq!(parse_key("tags=").unwrap(), ("tags".to_owned(), Some(String::new())));
        assert!(parse_pair("slug").is_err());
        assert!(parse_key(" =a").is_err());
    }

    #[test]
    fn edits_are_made_in_a_fixed_order() {
        let pair = |key: &str| (key.to_owned(), "v".to_owned());
        let edits = edits(&[pair("a")], &[pair("b")], &[("c".to_owned(), None)]);
        assert!(matches!(
            edits.as_slice(),
            [FieldEdit::Set { .. }, FieldEdit::Add { .. }, FieldEdit::Remove { value: None, .. }]
        ));
    }

    #[test]
    fn each_field_is_a_line() {
        let field = |path: &[&str], value| Field {
            key: path.last().unwrap().to_string(),
            path: path.iter().map(ToString::to_string).collect(),
            role: None,
            value,
            kind: FieldKind::Text,
            locked: None,
        };
        let slug = field(&["extra", "slug"], FieldValue::Text("s".to_owned()));
        let fields = vec![
            field(&["title"], FieldValue::Text("회고".to_owned())),
            field(&["tags"], FieldValue::List(vec!["a".to_owned(), "b".to_owned()])),
            field(&["draft"], FieldValue::Boolean(true)),
            field(&["extra"], FieldValue::Table(vec![slug])),
        ];
        let details = Details { fields, ..Details::default() };
        assert_eq!(lines(&details), "title: 회고\ntags: a, b\ndraft: true\nextra.slug: s\n");
    }
}
