//! Readers that share no code with those that edits are made by, so that a mistake of one is not the other's too:
//! libyaml's grammar, which Jekyll reads by, an older family of TOML readers, and serde's JSON.

use libyaml_safer::{Event, EventData, Parser, ScalarStyle};
use serde_json::Value as Json;
use toml_independent::Value as Toml;

use super::Format;

/// What a source says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Scalar {
        text: String,
        form: Form,
    },
    List(Vec<Tree>),
    /// Fields in the order of the text; TOML's and JSON's by key.
    Table(Vec<(String, Tree)>),
    /// An anchor or a tag of YAML, and what has it.
    Marked(String, Box<Tree>),
    /// A YAML alias, which is not followed.
    Alias(String),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A text beyond doubt.
    Text,
    /// YAML without quotes: each reader decides what it is.
    Plain,
    Boolean,
    Number,
    Date,
    Null,
}

/// A source that this reader does not understand, or that nests deeper than anybody writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(super) struct Unreadable {
    /// The reader's words.
    pub(super) message: String,
}

impl Unreadable {
    fn new(words: &impl ToString) -> Self {
        Unreadable { message: words.to_string() }
    }
}

const DEEPEST: usize = 64;

/// Reads a source.
pub(super) fn read(source: &str, format: Format) -> Result<Tree, Unreadable> {
    match format {
        Format::None => Ok(Tree::Table(Vec::new())),
        Format::Yaml => YamlReader::new().document(source),
        Format::Toml => toml_independent::from_str::<Toml>(source)
            .map(|value| of_toml(&value))
            .map_err(|error| Unreadable::new(&error)),
        Format::Json => serde_json::from_str::<Json>(source)
            .map(|value| of_json(&value))
            .map_err(|error| Unreadable::new(&error)),
    }
}

fn of_toml(value: &Toml) -> Tree {
    let scalar = |text: String, form| Tree::Scalar { text, form };
    match value {
        Toml::String(text) => scalar(text.clone(), Form::Text),
        Toml::Integer(number) => scalar(number.to_string(), Form::Number),
        Toml::Float(number) => scalar(number.to_string(), Form::Number),
        Toml::Boolean(boolean) => scalar(boolean.to_string(), Form::Boolean),
        Toml::Datetime(date) => scalar(date.to_string(), Form::Date),
        Toml::Array(items) => Tree::List(items.iter().map(of_toml).collect()),
        Toml::Table(table) => {
            Tree::Table(table.iter().map(|(key, value)| (key.clone(), of_toml(value))).collect())
        }
    }
}

fn of_json(value: &Json) -> Tree {
    let scalar = |text: String, form| Tree::Scalar { text, form };
    match value {
        Json::Null => scalar(String::new(), Form::Null),
        Json::Bool(boolean) => scalar(boolean.to_string(), Form::Boolean),
        Json::Number(number) => scalar(number.to_string(), Form::Number),
        Json::String(text) => scalar(text.clone(), Form::Text),
        Json::Array(items) => Tree::List(items.iter().map(of_json).collect()),
        Json::Object(members) => {
            Tree::Table(members.iter().map(|(key, value)| (key.clone(), of_json(value))).collect())
        }
    }
}

struct YamlReader<'a> {
    parser: Parser<&'a [u8]>,
}

impl<'a> YamlReader<'a> {
    fn new() -> Self {
        YamlReader { parser: Parser::new() }
    }

    fn document(mut self, source: &'a str) -> Result<Tree, Unreadable> {
        self.parser.set_input(source.as_bytes());
        let mut root = None;
        loop {
            let event = self.next()?;
            match event.data {
                EventData::StreamEnd => break,
                EventData::StreamStart { .. }
                | EventData::DocumentStart { .. }
                | EventData::DocumentEnd { .. } => {}
                _ if root.is_none() => root = Some(self.node(event, 0)?),
                _ => return Err(Unreadable::new(&"more than one document")),
            }
        }
        Ok(match root {
            None | Some(Tree::Scalar { form: Form::Plain, .. }) => Tree::Table(Vec::new()),
            Some(tree) => tree,
        })
    }

    fn next(&mut self) -> Result<Event, Unreadable> {
        self.parser.parse().map_err(|error| Unreadable::new(&error))
    }

    fn node(&mut self, event: Event, depth: usize) -> Result<Tree, Unreadable> {
        if depth > DEEPEST {
            return Err(Unreadable::new(&"nested too deeply"));
        }
        let (tree, anchor, tag) = match event.data {
            EventData::Alias { anchor } => return Ok(Tree::Alias(anchor)),
            EventData::Scalar { anchor, tag, value, style, .. } => {
                let form = if style == ScalarStyle::Plain { Form::Plain } else { Form::Text };
                (Tree::Scalar { text: value, form }, anchor, tag)
            }
            EventData::SequenceStart { anchor, tag, .. } => (self.items(depth)?, anchor, tag),
            EventData::MappingStart { anchor, tag, .. } => (self.fields(depth)?, anchor, tag),
            _ => return Err(Unreadable::new(&"a value is missing")),
        };
        Ok(match (anchor, tag) {
            (None, None) => tree,
            (anchor, tag) => {
                let marks = format!("&{} !{}", anchor.unwrap_or_default(), tag.unwrap_or_default());
                Tree::Marked(marks, Box::new(tree))
            }
        })
    }

    fn items(&mut self, depth: usize) -> Result<Tree, Unreadable> {
        let mut items = Vec::new();
        loop {
            let event = self.next()?;
            if event.data == EventData::SequenceEnd {
                return Ok(Tree::List(items));
            }
            items.push(self.node(event, depth + 1)?);
        }
    }

    fn fields(&mut self, depth: usize) -> Result<Tree, Unreadable> {
        let mut fields = Vec::new();
        loop {
            let event = self.next()?;
            if event.data == EventData::MappingEnd {
                return Ok(Tree::Table(fields));
            }
            let key = match self.node(event, depth + 1)? {
                Tree::Scalar { text, .. } => text,
                // Whatever else a key may be stays as it is.
                other => format!("{other:?}"),
            };
            let event = self.next()?;
            fields.push((key, self.node(event, depth + 1)?));
        }
    }
}
