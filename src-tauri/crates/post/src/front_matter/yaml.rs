//! Front matter in YAML: a tree that knows where each part stands and how it is written. Built from the parser's
//! events, so that aliases are never expanded and a depth is refused before it costs anything.

use std::collections::HashSet;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::{Field, Kind, Mistake, Places, Reason, Value, quoting};

const DEEPEST: usize = 32;

/// A field of a mapping.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Node,
    pub(super) value: Node,
}

/// A part of the tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) content: Content,
    /// Where it stands in the source, without its anchor and tag. The end is dependable only for scalars on one
    /// line and for `[…]` and `{…}`.
    pub(super) place: Range<usize>,
    /// Whether it has an anchor or a tag.
    pub(super) marked: bool,
}

/// What a part is.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Scalar { text: String, style: ScalarStyle },
    Sequence { items: Vec<Node>, flow: bool },
    Mapping { entries: Vec<Entry>, flow: bool },
    Alias,
}

/// The fields of a front matter.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    pub(super) entries: Vec<Entry>,
    /// Where its braces stand, if it is written with braces.
    pub(super) braces: Option<Range<usize>>,
}

/// The top-level fields.
pub(super) fn fields(source: &str, places: &Places<'_>) -> Result<Vec<Field>, Mistake> {
    let mapping = parse(source)?;
    Ok(fields_of(source, &mapping.entries, source.len(), places))
}

/// The fields of a mapping that ends before `limit`.
fn fields_of(source: &str, entries: &[Entry], limit: usize, places: &Places<'_>) -> Vec<Field> {
    let ends = field_ends(source, entries, limit);
    let field = |(entry, end): (&Entry, usize)| {
        let at = entry.key.place.start;
        let reason = lock_of(entry);
        let value = if reason.is_some() {
            Value::Source(as_written(source, entry, end))
        } else {
            value_of(source, entry, end, places)
        };
        Field {
            key: entry.key.scalar().unwrap_or_default().to_owned(),
            kind: kind_of(&entry.value),
            value,
            line: places.line(at),
            locked: reason.map(|reason| places.problem(Mistake { at, reason })),
        }
    };
    entries.iter().zip(ends).map(field).collect()
}

/// Why a field can be edited as text only.
fn lock_of(entry: &Entry) -> Option<Reason> {
    if entry.key.marked || entry.value.marked {
        return Some(Reason::Marked);
    }
    match &entry.value.content {
        Content::Scalar { .. } => None,
        Content::Alias => Some(Reason::Marked),
        Content::Sequence { items, .. } => {
            let lock = |item: &Node| match (&item.content, item.marked) {
                (_, true) | (Content::Alias, _) => Some(Reason::Marked),
                (Content::Scalar { .. }, _) => None,
                _ => Some(Reason::Structured),
            };
            items.iter().find_map(lock)
        }
        Content::Mapping { entries, .. } => {
            let mut known: HashSet<&str> = HashSet::new();
            entries.iter().find_map(|entry| match entry.key.scalar() {
                None => Some(Reason::Structured),
                Some("<<") => Some(Reason::Marked),
                Some(key) => (!known.insert(key)).then(|| Reason::DuplicateKey { key: key.to_owned() }),
            })
        }
    }
}

fn kind_of(node: &Node) -> Kind {
    match &node.content {
        Content::Scalar { text, style: ScalarStyle::Plain } if quoting::is_date(text) => Kind::Date,
        Content::Scalar { text, style: ScalarStyle::Plain } if quoting::is_number(text) => Kind::Number,
        Content::Scalar { style: ScalarStyle::Literal, .. } => Kind::Lines,
        Content::Scalar { text, .. } => quoting::kind_of_text(text),
        _ => Kind::Text,
    }
}

fn as_written(source: &str, entry: &Entry, end: usize) -> String {
    let colon = quoting::colon_after(source, entry.key.place.end).unwrap_or(entry.key.place.end);
    source[colon..end.max(colon)].trim_start_matches(':').trim().to_owned()
}

/// The value as the form shows it; `end` is where the field ends.
fn value_of(source: &str, entry: &Entry, end: usize, places: &Places<'_>) -> Value {
    match &entry.value.content {
        Content::Scalar { text, style: ScalarStyle::Plain } => match text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Value::Empty,
            "true" | "True" | "TRUE" => Value::Boolean(true),
            "false" | "False" | "FALSE" => Value::Boolean(false),
            text => Value::Text(text.to_owned()),
        },
        Content::Scalar { text, .. } => Value::Text(text.clone()),
        Content::Sequence { items, .. } => {
            Value::List(items.iter().map(|item| item.scalar().unwrap_or_default().to_owned()).collect())
        }
        Content::Mapping { entries, .. } => Value::Table(fields_of(source, entries, end, places)),
        Content::Alias => Value::Source(as_written(source, entry, end)),
    }
}

/// Where each field of a mapping ends that ends before `limit`: behind the last line that belongs to it. Blank
/// lines and comments between it and the next field do not.
pub(super) fn field_ends(source: &str, entries: &[Entry], limit: usize) -> Vec<usize> {
    let starts = entries.iter().skip(1).map(|entry| line_start(source, entry.key.place.start));
    let limits = starts.chain([limit]);
    entries
        .iter()
        .zip(limits)
        .map(|(entry, limit)| last_line_end(source, entry.key.place.start, limit))
        .collect()
}

fn last_line_end(source: &str, start: usize, limit: usize) -> usize {
    let key_indent = start - line_start(source, start);
    // Further to the right a `#` may belong to a text of several lines.
    let is_comment = |line: &str| {
        let rest = line.trim_start_matches(' ');
        rest.starts_with('#') && line.len() - rest.len() <= key_indent
    };
    let (mut at, mut end) = (start, start);
    for line in source[start..limit.max(start)].split_inclusive('\n') {
        at += line.len();
        if end == start || !(line.trim().is_empty() || is_comment(line)) {
            end = at;
        }
    }
    end
}

pub(super) fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Reads the source as one mapping with unique keys.
pub(super) fn parse(source: &str) -> Result<Mapping, Mistake> {
    let mapping = Reader::new(source).document().map_err(|mistake| explain(source, mistake))?;
    let mut known: HashSet<&str> = HashSet::new();
    for entry in &mapping.entries {
        let at = entry.key.place.start;
        let key = entry.key.scalar().ok_or(Mistake { at, reason: Reason::NotFields })?;
        if !known.insert(key) {
            return Err(Mistake { at, reason: Reason::DuplicateKey { key: key.to_owned() } });
        }
    }
    Ok(mapping)
}

/// A line that cannot be read by itself because of its unquoted value is the usual mistake.
fn explain(source: &str, mistake: Mistake) -> Mistake {
    if !matches!(mistake.reason, Reason::Syntax { .. }) {
        return mistake;
    }
    let line_at = line_start(source, mistake.at.min(source.len()));
    let before_at = line_start(source, line_at.saturating_sub(1));
    for at in [line_at, before_at] {
        let line = source[at..].lines().next().unwrap_or_default();
        if let Some((key, value)) = line.split_once(": ")
            && is_simple_key(key)
            && Reader::new(line).document().is_err()
            && Reader::new(&format!("{key}: {}", quoting::double_quoted(value.trim()))).document().is_ok()
        {
            let value_at = at + line.len() - value.trim_start().len();
            return Mistake { at: value_at, reason: Reason::NeedsQuotes { key: key.to_owned() } };
        }
    }
    mistake
}

/// A key that can be written without quotes.
pub(super) fn is_simple_key(key: &str) -> bool {
    let mut letters = key.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
        && quoting::is_safe_plain(key, false)
}

impl Node {
    /// The text of a scalar.
    pub(super) fn scalar(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

struct Reader<'a> {
    source: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    /// The byte of each character, because the parser counts characters.
    bytes: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        let bytes = source.char_indices().map(|(byte, _)| byte).chain([source.len()]).collect();
        Reader { source, parser: Parser::new_from_str(source), bytes }
    }

    fn document(mut self) -> Result<Mapping, Mistake> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event if root.is_none() => root = Some(self.node(event, span, 0)?),
                _ => return Err(Mistake { at: self.place(span).start, reason: Reason::NotFields }),
            }
        }
        match root {
            None => Ok(Mapping { entries: Vec::new(), braces: None }),
            Some(Node { content: Content::Mapping { entries, flow }, marked: false, place }) => {
                Ok(Mapping { entries, braces: flow.then_some(place) })
            }
            Some(Node { content: Content::Scalar { text, style: ScalarStyle::Plain }, .. })
                if text.is_empty() =>
            {
                Ok(Mapping { entries: Vec::new(), braces: None })
            }
            Some(node) => Err(Mistake { at: node.place.start, reason: Reason::NotFields }),
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Mistake> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let reason = match error.info() {
                    "recursion limit exceeded" => Reason::TooDeep,
                    message => Reason::Syntax { message: message.to_owned() },
                };
                Err(Mistake { at: self.byte(error.marker().index()), reason })
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.source.len())
    }

    fn place(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Mistake> {
        let mut place = self.place(span);
        if depth > DEEPEST {
            return Err(Mistake { at: place.start, reason: Reason::TooDeep });
        }
        let flow = self.source[place.start..].starts_with(['[', '{']);
        let (content, marked) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                place.end = self.scalar_end(&place, style);
                (Content::Scalar { text: text.into_owned(), style }, anchor != 0 || tag.is_some())
            }
            Event::Alias(_) => (Content::Alias, false),
            Event::SequenceStart(anchor, tag) => {
                let (items, end) = self.items(depth)?;
                let inner_end = items.last().map_or(place.start + 1, |item| item.place.end);
                let end = if flow { self.closing(inner_end, b']').unwrap_or(end) } else { end };
                let place = place.start..end;
                let content = Content::Sequence { items, flow };
                return Ok(Node { content, place, marked: anchor != 0 || tag.is_some() });
            }
            Event::MappingStart(anchor, tag) => {
                let (entries, end) = self.entries(depth)?;
                let inner_end = entries.last().map_or(place.start + 1, |entry| entry.value.place.end);
                let end = if flow { self.closing(inner_end, b'}').unwrap_or(end) } else { end };
                let place = place.start..end;
                let content = Content::Mapping { entries, flow };
                return Ok(Node { content, place, marked: anchor != 0 || tag.is_some() });
            }
            _ => return Err(Mistake { at: place.start, reason: Reason::NotFields }),
        };
        Ok(Node { content, place, marked })
    }

    /// Behind the bracket that closes a list, after its last item; the parser counts what follows to the list.
    fn closing(&self, inner_end: usize, bracket: u8) -> Option<usize> {
        let mut in_comment = false;
        let place = self.source.as_bytes()[inner_end..].iter().position(|byte| {
            in_comment = *byte == b'#' || (in_comment && *byte != b'\n');
            *byte == bracket && !in_comment
        });
        place.map(|length| inner_end + length + 1)
    }

    /// The parser counts the spaces and the comment behind a quoted scalar to it.
    fn scalar_end(&self, place: &Range<usize>, style: ScalarStyle) -> usize {
        let written = &self.source[place.clone()];
        let length = match style {
            ScalarStyle::SingleQuoted => {
                let quotes = written.bytes().enumerate().filter(|(_, byte)| *byte == b'\'').map(|(at, _)| at);
                let mut inner = quotes.skip(1).peekable();
                loop {
                    match inner.next() {
                        // A quote inside is doubled.
                        Some(at) if inner.peek() == Some(&(at + 1)) => inner.next(),
                        Some(at) => break at + 1,
                        None => break written.len(),
                    };
                }
            }
            ScalarStyle::DoubleQuoted => {
                let mut escaped = true;
                let closing = written.bytes().position(|byte| {
                    let closes = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    closes
                });
                closing.map_or(written.len(), |at| at + 1)
            }
            _ => written.trim_end().len(),
        };
        place.start + length
    }

    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, usize), Mistake> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => return Ok((items, self.place(span).end)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn entries(&mut self, depth: usize) -> Result<(Vec<Entry>, usize), Mistake> {
        let mut entries = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, span) => return Ok((entries, self.place(span).end)),
                (event, span) => {
                    let key = self.node(event, span, depth + 1)?;
                    let (event, span) = self.next()?;
                    entries.push(Entry { key, value: self.node(event, span, depth + 1)? });
                }
            }
        }
    }
}
