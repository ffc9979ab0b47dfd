//! Front matter in JSON: a tree that knows where each part stands.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::{Field, Kind, Mistake, Places, Reason, Value, quoting};

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) key: String,
    /// With its quotes.
    pub(super) key_place: Range<usize>,
    pub(super) value: Node,
}

/// A part of the tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) content: Content,
    pub(super) place: Range<usize>,
}

/// What a part is.
#[derive(Debug)]
pub(super) enum Content {
    Object(Vec<Member>),
    Array(Vec<Node>),
    Text(String),
    Number,
    Boolean(bool),
    Null,
}

/// The top-level fields.
pub(super) fn fields(source: &str, places: &Places<'_>) -> Result<Vec<Field>, Mistake> {
    let root = parse(source)?;
    Ok(fields_of(source, &root, places))
}

/// Reads the source as one object, in which no key stands twice.
pub(super) fn parse(source: &str) -> Result<Node, Mistake> {
    serde_json::from_str::<IgnoredAny>(source).map_err(|error| mistake(source, &error))?;
    let root = Scanner { source, at: 0 }.node()?;
    match root.content {
        Content::Object(_) => Ok(root),
        _ => Err(Mistake { at: root.place.start, reason: Reason::NotFields }),
    }
}

impl Node {
    /// The members of an object.
    pub(super) fn members(&self) -> &[Member] {
        match &self.content {
            Content::Object(members) => members,
            _ => &[],
        }
    }
}

/// Walks over JSON that is known to be well formed.
struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn next_byte(&mut self) -> u8 {
        let bytes = self.source.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or_default()
    }

    fn node(&mut self) -> Result<Node, Mistake> {
        let first = self.next_byte();
        let start = self.at;
        let content = match first {
            b'{' => Content::Object(self.members()?),
            b'[' => Content::Array(self.items()?),
            b'"' => Content::Text(self.text()?),
            b't' => self.word(4, Content::Boolean(true)),
            b'f' => self.word(5, Content::Boolean(false)),
            b'n' => self.word(4, Content::Null),
            _ => {
                let rest = &self.source[self.at..];
                let is_number = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
                let length = rest.find(|letter| !is_number(letter)).unwrap_or(rest.len());
                self.word(length, Content::Number)
            }
        };
        Ok(Node { content, place: start..self.at })
    }

    fn word(&mut self, length: usize, content: Content) -> Content {
        self.at = (self.at + length).min(self.source.len());
        content
    }

    fn text(&mut self) -> Result<String, Mistake> {
        let start = self.at;
        let mut escaped = false;
        let closing = self.source.as_bytes()[start + 1..].iter().position(|byte| {
            let closes = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            closes
        });
        self.at = closing.map_or(self.source.len(), |length| start + length + 2);
        let written = &self.source[start..self.at];
        serde_json::from_str(written)
            .map_err(|error| Mistake { at: start, reason: Reason::Syntax { message: error.to_string() } })
    }

    fn items(&mut self) -> Result<Vec<Node>, Mistake> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            match self.next_byte() {
                b']' | 0 => break,
                b',' => self.at += 1,
                _ => items.push(self.node()?),
            }
        }
        self.at += 1;
        Ok(items)
    }

    fn members(&mut self) -> Result<Vec<Member>, Mistake> {
        let mut members: Vec<Member> = Vec::new();
        let mut known = std::collections::HashSet::new();
        self.at += 1;
        loop {
            match self.next_byte() {
                b'}' | 0 => break,
                b',' => self.at += 1,
                _ => {
                    let start = self.at;
                    let key = self.text()?;
                    if !known.insert(key.clone()) {
                        return Err(Mistake { at: start, reason: Reason::DuplicateKey { key } });
                    }
                    let key_place = start..self.at;
                    self.next_byte();
                    self.at += 1;
                    members.push(Member { key, key_place, value: self.node()? });
                }
            }
        }
        self.at += 1;
        Ok(members)
    }
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

fn fields_of(source: &str, object: &Node, places: &Places<'_>) -> Vec<Field> {
    let field = |member: &Member| {
        let at = member.key_place.start;
        let value = value_of(source, &member.value, places);
        let lock = matches!(value, Value::Source(_)).then_some(Mistake { at, reason: Reason::Structured });
        Field {
            key: member.key.clone(),
            kind: kind_of(&member.value),
            value,
            line: places.line(at),
            locked: lock.map(|mistake| places.problem(mistake)),
        }
    };
    object.members().iter().map(field).collect()
}

fn kind_of(node: &Node) -> Kind {
    match &node.content {
        Content::Number => Kind::Number,
        Content::Text(text) => quoting::kind_of_text(text),
        _ => Kind::Text,
    }
}

fn value_of(source: &str, node: &Node, places: &Places<'_>) -> Value {
    let as_written = || source[node.place.clone()].to_owned();
    match &node.content {
        Content::Null => Value::Empty,
        Content::Boolean(boolean) => Value::Boolean(*boolean),
        Content::Number => Value::Text(as_written()),
        Content::Text(text) => Value::Text(text.clone()),
        Content::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(text_of).collect();
            texts.map_or_else(|| Value::Source(as_written()), Value::List)
        }
        Content::Object(_) => Value::Table(fields_of(source, node, places)),
    }
}

fn text_of(node: &Node) -> Option<String> {
    match &node.content {
        Content::Text(text) => Some(text.clone()),
        _ => None,
    }
}
