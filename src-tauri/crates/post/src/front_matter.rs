//! Front matter: where it ends, what it says, and edits of one field that leave every other byte as it is.

mod compose;
mod edit;
mod flow_list;
mod guard;
mod json;
mod json_edits;
mod pieces;
mod place;
mod places;
mod quoting;
mod second_reader;
mod split;
mod title;
mod toml;
mod toml_edits;
mod toml_values;
mod tree;
mod written;
mod yaml;
mod yaml_edits;
mod yaml_styles;

use std::collections::HashMap;
use std::ops::Range;

use places::Places;

pub use compose::{NewField, compose};
pub use edit::{FrontMatterError, Operation, Refusal, edit, set_field};
pub use place::line_of;
pub use split::{LONGEST_SOURCE, blank_before, body_start, split};
pub use title::shown_title;
pub(crate) use title::title_line;
pub use tree::tree;
pub use written::{ListForm, Quotes, WrittenField, written_fields};

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
    /// The top-level fields, in the order of the text; those of tables within them. Empty when there is a problem.
    pub fields: Vec<Field>,
    /// Why the fields cannot be read.
    pub problem: Option<Problem>,
    /// Where the body begins.
    pub body_start: usize,
    /// How many lines the front matter takes, its delimiters included.
    pub lines: usize,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its key, as written.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// What its text is, by the way it is written.
    pub kind: Kind,
    /// Its first line in the post, from 1.
    pub line: usize,
    /// Why it can be edited as text only.
    pub locked: Option<Problem>,
}

/// What the text of a field is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words.
    #[default]
    Text,
    /// Words on several lines.
    Lines,
    /// A date, with or without a time.
    Date,
    /// A number, written without quotes.
    Number,
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
    /// Fields inside the field, in the order of the text.
    Table(Vec<Field>),
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
    /// An anchor, an alias or a tag of YAML: an edit here might change something elsewhere.
    #[error("it has an anchor, an alias or a tag")]
    Marked,
    /// A list of something else than texts, or a table whose keys are no texts.
    #[error("it has parts inside parts")]
    Structured,
    /// Two keys that the site's generator takes for the same.
    #[error("\"{key}\" and \"{other}\" are the same field for the generator")]
    SameButCase {
        /// One key.
        key: String,
        /// The other.
        other: String,
    },
    /// JSON between lines of semicolons, as Hexo alone reads it.
    #[error("JSON without braces cannot be edited here")]
    BareJson,
    /// Any other error, in the words of the notation's reader.
    #[error("{message}")]
    Syntax {
        /// The reader's words.
        message: String,
    },
}

impl FrontMatter {
    /// The first field with a role; Zola's tags and categories stand in a table of their own.
    pub fn field(&self, role: Role) -> Option<&Field> {
        let has_role = |field: &&Field| role_of(&field.key) == Some(role);
        let in_taxonomies = || {
            let taxonomies = self.fields.iter().find(|field| field.key == "taxonomies")?;
            taxonomies.inner().iter().find(|field| role_in_taxonomies(&field.key) == Some(role))
        };
        self.fields.iter().find(has_role).or_else(in_taxonomies)
    }

    /// The field that a path of keys leads to.
    pub fn at<Key: AsRef<str>>(&self, path: &[Key]) -> Option<&Field> {
        let (first, rest) = path.split_first()?;
        let mut found = self.fields.iter().find(|field| field.key == first.as_ref())?;
        for key in rest {
            found = found.inner().iter().find(|field| field.key == key.as_ref())?;
        }
        Some(found)
    }

    /// Locks the fields whose keys differ in letter case alone: which of them a generator takes that does not
    /// tell them apart, nobody can say.
    pub fn lock_keys_that_differ_in_case(&mut self) {
        lock_same_keys(&mut self.fields);
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

impl Field {
    /// The fields inside it.
    pub fn inner(&self) -> &[Field] {
        match &self.value {
            Value::Table(fields) => fields,
            _ => &[],
        }
    }
}

fn lock_same_keys(fields: &mut [Field]) {
    let mut first_with: HashMap<String, usize> = HashMap::new();
    for place in 0..fields.len() {
        if let Value::Table(inner) = &mut fields[place].value {
            lock_same_keys(inner);
        }
        let Some(other) = first_with.insert(fields[place].key.to_lowercase(), place) else { continue };
        for (place, other) in [(place, other), (other, place)] {
            let (key, other) = (fields[place].key.clone(), fields[other].key.clone());
            let reason = Reason::SameButCase { key, other };
            let line = fields[place].line;
            fields[place].locked.get_or_insert(Problem { line, column: 1, reason });
        }
    }
}

/// What a path of keys is for.
pub fn role_at<Key: AsRef<str>>(path: &[Key]) -> Option<Role> {
    match path {
        [key] => role_of(key.as_ref()),
        [table, key] if table.as_ref() == "taxonomies" => role_in_taxonomies(key.as_ref()),
        _ => None,
    }
}

fn role_in_taxonomies(key: &str) -> Option<Role> {
    role_of(key).filter(|role| matches!(role, Role::Tags | Role::Categories))
}

/// What a key is for, by the names that the generators use; letter case does not count.
pub fn role_of(key: &str) -> Option<Role> {
    match key.to_ascii_lowercase().as_str() {
        "title" => Some(Role::Title),
        "date" | "pubdate" => Some(Role::Date),
        "tags" | "tag" => Some(Role::Tags),
        "categories" | "category" => Some(Role::Categories),
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
    let places = Places::new(text, parts.source.start);
    let fields = match (&parts.problem, parts.format) {
        (Some(problem), _) => Err(problem.clone()),
        (None, Format::None) => Ok(Vec::new()),
        (None, Format::Yaml) => yaml::fields(source, &places).map_err(|mistake| places.problem(mistake)),
        (None, Format::Toml) => toml::fields(source, &places).map_err(|mistake| places.problem(mistake)),
        (None, Format::Json) => json::fields(source, &places).map_err(|mistake| places.problem(mistake)),
    };
    let (fields, problem) = match fields {
        Ok(fields) => (fields, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let head = &text[..parts.body_start];
    let lines = head.bytes().filter(|byte| *byte == b'\n').count()
        + usize::from(!head.is_empty() && !head.ends_with('\n'));
    FrontMatter { format: parts.format, fields, problem, body_start: parts.body_start, lines }
}

/// What a notation's reader stumbles over.
struct Mistake {
    /// Where, in the source.
    at: usize,
    reason: Reason,
}

/// A reason with the line and column of a place in a text.
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
#[cfg(test)]
mod tests_of_operations;
