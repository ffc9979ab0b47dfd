//! Front matter: where it ends, what it says, and edits of one field that leave every other byte as it is.

mod edit;
mod flow_list;
mod json;
mod place;
mod quoting;
mod split;
mod title;
mod toml;
mod toml_edits;
mod tree;
mod yaml;
mod yaml_edits;

use std::ops::Range;

pub use edit::{FrontMatterError, Refusal, set_field};
pub use place::line_of;
pub use split::{LONGEST_SOURCE, split};
pub use title::shown_title;
pub(crate) use title::title_line;
pub use tree::tree;

/// Notations of front matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// The post has none.
    #[default]
    None,
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// Braces.
    Json,
}

/// Where the parts of a post lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The notation.
    pub format: Format,
    /// The front matter without its delimiters (JSON: with its braces).
    pub source: Range<usize>,
    /// Where the body begins.
    pub body_start: usize,
    /// Why there is no front matter although the post begins like one.
    pub problem: Option<Problem>,
}

/// What a front matter says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The notation.
    pub format: Format,
    /// The top-level fields, in the order of the text. Empty when there is a problem.
    pub fields: Vec<Field>,
    /// Why the fields cannot be read.
    pub problem: Option<Problem>,
    /// Where the body begins.
    pub body_start: usize,
    /// How many lines the front matter takes, its delimiters included.
    pub lines: usize,
}

/// One top-level field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its key, as written.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Its first line in the post, from 1.
    pub line: usize,
}

/// The value of a field, by shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text; also a date and a number, as written.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// A list of texts.
    List(Vec<String>),
    /// No value.
    Empty,
    /// Anything else, as its source.
    Source(String),
}

/// What a field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The post's title.
    Title,
    /// When it was or will be published.
    Date,
    /// Its tags.
    Tags,
    /// Its categories.
    Categories,
    /// Whether it is kept back.
    Draft,
    /// The last part of its URL.
    Slug,
    /// A sentence or two about it.
    Description,
}

/// Why a front matter cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct Problem {
    /// Line in the post, from 1.
    pub line: usize,
    /// Column in UTF-16 units, from 1.
    pub column: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a front matter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The closing delimiter is missing.
    #[error("the front matter has no closing line")]
    Unclosed,
    /// No closing delimiter within [`LONGEST_SOURCE`].
    #[error("the front matter is longer than 64 KB")]
    TooLong,
    /// Too many levels inside each other.
    #[error("the front matter is nested too deeply")]
    TooDeep,
    /// Something else than fields with values.
    #[error("the front matter is not a list of fields")]
    NotFields,
    /// The same key twice.
    #[error("the field \"{key}\" stands twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A text that must be quoted: it begins with or contains what means something else.
    #[error("the value of \"{key}\" must stand in quotes")]
    NeedsQuotes {
        /// The field's key.
        key: String,
    },
    /// Any other error, in the words of the notation's reader.
    #[error("{message}")]
    Syntax {
        /// The reader's words.
        message: String,
    },
}

impl FrontMatter {
    /// The first field with a role.
    pub fn field(&self, role: Role) -> Option<&Field> {
        self.fields.iter().find(|field| role_of(&field.key) == Some(role))
    }

    /// The texts of a field that is a list, or the one text of a field that is a text.
    pub fn list(&self, role: Role) -> Vec<String> {
        match self.field(role).map(|field| &field.value) {
            Some(Value::List(items)) => items.iter().filter(|item| !item.is_empty()).cloned().collect(),
            Some(Value::Text(text)) if !text.trim().is_empty() => vec![text.trim().to_owned()],
            _ => Vec::new(),
        }
    }

    /// The text of a field, if it is one and not blank.
    pub fn text(&self, role: Role) -> Option<&str> {
        match &self.field(role)?.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }
}

/// What a key is for, by the names that the generators use; letter case does not count.
pub fn role_of(key: &str) -> Option<Role> {
    match key.to_ascii_lowercase().as_str() {
        "title" => Some(Role::Title),
        "date" | "pubdate" => Some(Role::Date),
        "tags" | "tag" | "taxonomies.tags" => Some(Role::Tags),
        "categories" | "category" | "taxonomies.categories" => Some(Role::Categories),
        "draft" => Some(Role::Draft),
        "slug" => Some(Role::Slug),
        "description" => Some(Role::Description),
        _ => None,
    }
}

/// Reads the front matter of a post.
pub fn read(text: &str) -> FrontMatter {
    let parts = split(text);
    let source = &text[parts.source.clone()];
    let fields = match (&parts.problem, parts.format) {
        (Some(problem), _) => Err(problem.clone()),
        (None, Format::None) => Ok(Vec::new()),
        (None, Format::Yaml) => yaml::fields(source).map_err(|mistake| mistake.in_post(text, &parts)),
        (None, Format::Toml) => toml::fields(source).map_err(|mistake| mistake.in_post(text, &parts)),
        (None, Format::Json) => json::fields(source).map_err(|mistake| mistake.in_post(text, &parts)),
    };
    let (fields, problem) = match fields {
        Ok(found) => (fields_with_lines(text, &parts, found), None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let head = &text[..parts.body_start];
    let lines = head.bytes().filter(|byte| *byte == b'\n').count()
        + usize::from(!head.is_empty() && !head.ends_with('\n'));
    FrontMatter { format: parts.format, fields, problem, body_start: parts.body_start, lines }
}

/// A field as a notation's reader finds it.
struct FoundField {
    key: String,
    value: Value,
    /// Where its key stands in the source.
    at: usize,
}

/// What a notation's reader stumbles over.
struct Mistake {
    /// Where, in the source.
    at: usize,
    reason: Reason,
}

impl Mistake {
    fn in_post(self, text: &str, parts: &Parts) -> Problem {
        problem_at(text, parts.source.start + self.at, self.reason)
    }
}

fn fields_with_lines(text: &str, parts: &Parts, found: Vec<FoundField>) -> Vec<Field> {
    let mut fields = Vec::with_capacity(found.len());
    let (mut counted_to, mut line) = (0, 1);
    for FoundField { key, value, at } in found {
        let at = (parts.source.start + at).max(counted_to);
        line += text.as_bytes()[counted_to..at].iter().filter(|byte| **byte == b'\n').count();
        counted_to = at;
        fields.push(Field { key, value, line });
    }
    fields
}

fn problem_at(text: &str, at: usize, reason: Reason) -> Problem {
    let at = text.floor_char_boundary(at);
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Problem {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..].encode_utf16().count() + 1,
        reason,
    }
}

#[cfg(test)]
mod tests;
