//! Edits of one field in YAML, in the field's own style.

use saphyr_parser::ScalarStyle;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::edit::Refusal;
use super::flow_list::FlowList;
use super::yaml::{self, Content, Entry, Mapping, Node};
use super::{Role, Value, quoting, role_of};
use crate::TextChange;

/// The change that gives a post without front matter one.
pub(super) fn new_front_matter(text: &str, key: &str, value: &Value) -> Vec<TextChange> {
    let editor = Editor { source: "", mapping: &Mapping { entries: Vec::new(), flow: false } };
    let blank_line = if text.starts_with('\n') { "" } else { "\n" };
    let insert = format!("---\n{}---\n{blank_line}", editor.new_field(key, value));
    vec![TextChange { from: 0, to: 0, insert }]
}

/// The changes that give the field `key` a value, as places in the source.
pub(super) fn changes(source: &str, key: &str, value: &Value) -> Result<Vec<TextChange>, Refusal> {
    let mapping = yaml::parse(source).map_err(|_| Refusal::UnusualLayout)?;
    if mapping.flow {
        return Err(Refusal::UnusualLayout);
    }
    let editor = Editor { source, mapping: &mapping };
    let ends = yaml::field_ends(source, &mapping.entries);
    let known = mapping.entries.iter().zip(ends).find(|(entry, _)| entry.key.scalar() == Some(key));
    let Some((entry, end)) = known else {
        let insert = editor.new_field(key, value);
        return Ok(vec![TextChange { from: source.len(), to: source.len(), insert }]);
    };
    let line_start = yaml::line_start(source, entry.key.place.start);
    let stands_alone = source[line_start..entry.key.place.start].trim().is_empty();
    let Some(colon) = quoting::colon_after(source, entry.key.place.end).filter(|_| stands_alone) else {
        return Err(Refusal::UnusualLayout);
    };
    if *value == Value::Empty {
        return Ok(vec![TextChange { from: line_start, to: end, insert: String::new() }]);
    }
    editor.replace(&FieldPlace { key, node: &entry.value, behind_colon: colon + 1, end }, value)
}

struct Editor<'a> {
    source: &'a str,
    mapping: &'a Mapping,
}

/// A field that stands in the source.
struct FieldPlace<'a> {
    key: &'a str,
    node: &'a Node,
    behind_colon: usize,
    /// Behind its last line.
    end: usize,
}

impl Editor<'_> {
    fn replace(&self, field: &FieldPlace<'_>, value: &Value) -> Result<Vec<TextChange>, Refusal> {
        let node = field.node;
        if node.marked {
            return Err(Refusal::Marked);
        }
        match (&node.content, value) {
            (Content::Alias, _) => Err(Refusal::Marked),
            (Content::Mapping { .. }, _) => Err(Refusal::Structured),
            (Content::Sequence { items, .. }, _)
                if items.iter().any(|item| item.marked || item.scalar().is_none()) =>
            {
                Err(Refusal::Structured)
            }
            (Content::Sequence { items, flow: true }, Value::List(texts)) => {
                Ok(vec![self.flow_list(node, items).change(texts, |text| self.list_item(text, items, true))?])
            }
            (Content::Sequence { items, flow: false }, Value::List(texts)) if !texts.is_empty() => {
                self.block_list(field, items, texts)
            }
            (Content::Sequence { flow: false, .. }, value) => {
                let key_line_end = self.line_end(field.behind_colon);
                Ok(vec![
                    self.insertion(field.behind_colon, format!(" {}", self.inline(field.key, None, value))),
                    TextChange { from: key_line_end, to: field.end.max(key_line_end), insert: String::new() },
                ])
            }
            (Content::Sequence { .. }, value) => {
                Ok(vec![self.over(node, self.inline(field.key, None, value))])
            }
            (Content::Scalar { text, style }, value) => Ok(self.replace_scalar(field, (text, *style), value)),
        }
    }

    fn replace_scalar(
        &self,
        field: &FieldPlace<'_>,
        old: (&str, ScalarStyle),
        value: &Value,
    ) -> Vec<TextChange> {
        let (text, style) = old;
        let node = field.node;
        match style {
            ScalarStyle::Plain if text.is_empty() => match value {
                Value::List(texts) if !texts.is_empty() && self.prefers_block_lists() => {
                    vec![self.insertion(self.line_end(field.behind_colon), self.block_items(texts))]
                }
                value => vec![
                    self.insertion(field.behind_colon, format!(" {}", self.inline(field.key, None, value))),
                ],
            },
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let spaces = self.source[field.behind_colon..].len()
                    - self.source[field.behind_colon..].trim_start_matches(' ').len();
                let to = self.source[..field.end].trim_end_matches('\n').len();
                let insert = self.inline(field.key, None, value);
                vec![TextChange { from: field.behind_colon + spaces, to, insert }]
            }
            _ => vec![self.over(node, self.inline(field.key, Some(old), value))],
        }
    }

    fn insertion(&self, at: usize, insert: String) -> TextChange {
        TextChange { from: at, to: at, insert }
    }

    fn over(&self, node: &Node, insert: String) -> TextChange {
        TextChange { from: node.place.start, to: node.place.end, insert }
    }

    /// Behind the newline of the line of `at`.
    fn line_end(&self, at: usize) -> usize {
        self.source[at..].find('\n').map_or(self.source.len(), |length| at + length + 1)
    }

    /// A new field's lines.
    fn new_field(&self, key: &str, value: &Value) -> String {
        let indent = self.mapping.entries.first().map_or("", |entry| {
            let start = yaml::line_start(self.source, entry.key.place.start);
            &self.source[start..entry.key.place.start]
        });
        match value {
            Value::List(texts) if !texts.is_empty() && self.prefers_block_lists() => {
                format!("{indent}{key}:\n{}", self.block_items(texts))
            }
            value => format!("{indent}{key}: {}\n", self.inline(key, None, value)),
        }
    }

    /// A value that stands behind its key; `old` is the text it replaces, and how that is written.
    fn inline(&self, key: &str, old: Option<(&str, ScalarStyle)>, value: &Value) -> String {
        match value {
            Value::Text(text) => self.text(key, old, text),
            Value::Boolean(boolean) => boolean.to_string(),
            Value::List(texts) => {
                let items: Vec<String> = texts.iter().map(|text| self.list_item(text, &[], true)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Empty => String::new(),
            Value::Source(source) => source.clone(),
        }
    }

    fn text(&self, key: &str, old: Option<(&str, ScalarStyle)>, text: &str) -> String {
        let (old_text, wanted) = old.unwrap_or(("", self.style_of_texts()));
        let was_plain = old.is_none() || wanted == ScalarStyle::Plain;
        let stays_date =
            (role_of(key) == Some(Role::Date) || quoting::is_date(old_text)) && quoting::is_date(text);
        let stays_number = quoting::is_plain_number(old_text) && quoting::is_plain_number(text);
        if was_plain && (stays_date || stays_number) {
            return text.to_owned();
        }
        quoting::scalar(text, wanted, self.quotes(), false)
    }

    fn list_item(&self, text: &str, items: &[Node], in_flow: bool) -> String {
        let styles = items.iter().filter_map(style_of);
        let wanted = most_frequent(styles).unwrap_or_else(|| self.style_of_items());
        quoting::scalar(text, wanted, self.quotes(), in_flow)
    }

    fn flow_list<'b>(&'b self, node: &Node, items: &'b [Node]) -> FlowList<'b> {
        let items =
            items.iter().map(|item| (item.scalar().unwrap_or_default(), item.place.clone())).collect();
        FlowList { source: self.source, place: node.place.clone(), items }
    }

    fn block_list(
        &self,
        field: &FieldPlace<'_>,
        items: &[Node],
        texts: &[String],
    ) -> Result<Vec<TextChange>, Refusal> {
        let one_line =
            |item: &Node| !item.place.is_empty() && !self.source[item.place.clone()].contains('\n');
        if !items.iter().all(one_line) {
            let key_line_end = self.line_end(field.behind_colon);
            let prefix = self.dash_prefix();
            let lines = texts.iter().map(|text| format!("{prefix}{}\n", self.list_item(text, items, false)));
            return Ok(vec![TextChange { from: key_line_end, to: field.end, insert: lines.collect() }]);
        }
        let Some(first) = items.first() else { return Err(Refusal::UnusualLayout) };
        let prefix = &self.source[yaml::line_start(self.source, first.place.start)..first.place.start];
        if prefix.trim() != "-" {
            return Err(Refusal::UnusualLayout);
        }
        let old: Vec<&str> = items.iter().filter_map(Node::scalar).collect();
        let new: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut changes = Vec::new();
        for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if matches!(operation, DiffOp::Equal { .. }) {
                continue;
            }
            for item in &items[operation.old_range()] {
                let from = yaml::line_start(self.source, item.place.start);
                changes.push(TextChange { from, to: self.line_end(item.place.end), insert: String::new() });
            }
            let lines = new[operation.new_range()].iter();
            let lines = lines.map(|text| format!("{prefix}{}\n", self.list_item(text, items, false)));
            let behind = operation.old_range().end;
            let at = match behind.checked_sub(1).map(|last| &items[last]) {
                Some(item) => self.line_end(item.place.end),
                None => yaml::line_start(self.source, first.place.start),
            };
            changes.push(self.insertion(at, lines.collect()));
        }
        Ok(changes)
    }

    fn block_items(&self, texts: &[String]) -> String {
        let prefix = self.dash_prefix();
        texts.iter().map(|text| format!("{prefix}{}\n", self.list_item(text, &[], false))).collect()
    }

    /// What stands before the items of the file's lists with dashes.
    fn dash_prefix(&self) -> &str {
        let mut prefixes = self.block_lists().filter_map(|items| {
            let at = items.first()?.place.start;
            let prefix = &self.source[yaml::line_start(self.source, at)..at];
            (prefix.trim() == "-").then_some(prefix)
        });
        prefixes.next().unwrap_or("  - ")
    }

    fn block_lists(&self) -> impl Iterator<Item = &[Node]> {
        self.mapping.entries.iter().filter_map(|entry| match &entry.value.content {
            Content::Sequence { items, flow: false } => Some(items.as_slice()),
            _ => None,
        })
    }

    fn prefers_block_lists(&self) -> bool {
        let is_flow = |entry: &&Entry| matches!(entry.value.content, Content::Sequence { flow: true, .. });
        self.block_lists().count() > self.mapping.entries.iter().filter(is_flow).count()
    }

    /// The quotes that the file prefers.
    fn quotes(&self) -> ScalarStyle {
        let quoted = self.all_scalars().filter_map(style_of).filter(|style| *style != ScalarStyle::Plain);
        most_frequent(quoted).unwrap_or(ScalarStyle::DoubleQuoted)
    }

    /// How most of the file's texts are written that could do without quotes.
    fn style_of_texts(&self) -> ScalarStyle {
        let values = self.mapping.entries.iter().map(|entry| &entry.value);
        self.style_where_free(values, false)
    }

    fn style_of_items(&self) -> ScalarStyle {
        let lists = self.mapping.entries.iter().filter_map(|entry| match &entry.value.content {
            Content::Sequence { items, .. } => Some(items),
            _ => None,
        });
        self.style_where_free(lists.flatten(), true)
    }

    fn style_where_free<'b>(&self, nodes: impl Iterator<Item = &'b Node>, in_flow: bool) -> ScalarStyle {
        let free =
            nodes.filter(|node| node.scalar().is_some_and(|text| quoting::is_safe_plain(text, in_flow)));
        most_frequent(free.filter_map(style_of)).unwrap_or(ScalarStyle::Plain)
    }

    fn all_scalars(&self) -> impl Iterator<Item = &Node> {
        self.mapping.entries.iter().flat_map(|entry| match &entry.value.content {
            Content::Sequence { items, .. } => items.iter().collect(),
            _ => vec![&entry.value],
        })
    }
}

/// How a scalar on one line is written.
fn style_of(node: &Node) -> Option<ScalarStyle> {
    match &node.content {
        Content::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } => None,
        Content::Scalar { style, .. } => Some(*style),
        _ => None,
    }
}

fn most_frequent(styles: impl Iterator<Item = ScalarStyle>) -> Option<ScalarStyle> {
    let mut counts =
        [(ScalarStyle::Plain, 0), (ScalarStyle::SingleQuoted, 0), (ScalarStyle::DoubleQuoted, 0)];
    for style in styles {
        if let Some((_, count)) = counts.iter_mut().find(|(counted, _)| *counted == style) {
            *count += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(style, _)| style)
}
