//! Edits of one field in YAML, in the field's own style.

use std::ops::Range;

use saphyr_parser::ScalarStyle;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::edit::{Edit, Refusal};
use super::flow_list::FlowList;
use super::yaml::{self, Content, Entry, Mapping, Node};
use super::yaml_styles::{Styles, Wanted};
use super::{Kind, Value, pieces, quoting};
use crate::TextChange;

/// How much further to the right the fields of a new table stand.
const STEP: &str = "  ";

/// The change that gives a post without front matter one.
pub(super) fn new_front_matter(text: &str, path: &[String], value: &Value, kind: Kind) -> Vec<TextChange> {
    let mapping = Mapping { entries: Vec::new(), braces: None };
    let editor = Editor { source: "", styles: Styles { source: "", mapping: &mapping } };
    let blank_line = if text.starts_with('\n') { "" } else { "\n" };
    let insert = format!("---\n{}---\n{blank_line}", editor.new_lines("", path, path.len() - 1, value, kind));
    vec![TextChange { from: 0, to: 0, insert }]
}

/// The changes that an edit makes, as places in the source.
pub(super) fn changes(source: &str, edit: &Edit<'_>) -> Result<Vec<TextChange>, Refusal> {
    let mapping = yaml::parse(source).map_err(|_| Refusal::UnusualLayout)?;
    let editor = Editor { source, styles: Styles { source, mapping: &mapping } };
    match edit {
        Edit::Put { path, value, kind } => editor.put(path, value, *kind),
        Edit::Remove { path } => editor.remove(path).map(|change| vec![change]),
        Edit::Rename { path, to } => {
            let (table, field) = editor.found(path)?;
            let key = &table.entries[field.place].key;
            if key.marked {
                return Err(Refusal::Marked);
            }
            let (from, to_place) = (key.place.start, key.place.end);
            Ok(vec![TextChange { from, to: to_place, insert: (*to).to_owned() }])
        }
        Edit::Reorder { path, keys } => editor.reorder(path, keys).map(|change| vec![change]),
    }
}

struct Editor<'a> {
    source: &'a str,
    styles: Styles<'a>,
}

/// A mapping that fields stand in.
struct Table<'a> {
    entries: &'a [Entry],
    /// Written with braces, which stand here.
    braces: Option<Range<usize>>,
    /// Where its lines end.
    end: usize,
    /// What stands before its keys.
    indent: &'a str,
}

/// A field that stands in the source.
struct FieldPlace<'a> {
    node: &'a Node,
    /// Which of its table's fields it is.
    place: usize,
    line_start: usize,
    indent: &'a str,
    behind_colon: usize,
    /// Behind its last line; between braces, behind its value.
    end: usize,
}

impl<'a> Editor<'a> {
    fn root(&self) -> Result<Table<'a>, Refusal> {
        let mapping = self.styles.mapping;
        self.table_of(&mapping.entries, mapping.braces.clone(), self.source.len())
    }

    fn table_of(
        &self,
        entries: &'a [Entry],
        braces: Option<Range<usize>>,
        end: usize,
    ) -> Result<Table<'a>, Refusal> {
        let before = |entry: &Entry| {
            let at = entry.key.place.start;
            &self.source[yaml::line_start(self.source, at)..at]
        };
        let indent = entries.first().filter(|_| braces.is_none()).map_or("", before);
        if !indent.trim().is_empty() {
            return Err(Refusal::UnusualLayout);
        }
        Ok(Table { entries, braces, end, indent })
    }

    fn field_of(&self, table: &Table<'a>, key: &str) -> Result<Option<FieldPlace<'a>>, Refusal> {
        let Some(place) = table.entries.iter().position(|entry| entry.key.scalar() == Some(key)) else {
            return Ok(None);
        };
        let entry = &table.entries[place];
        let at = entry.key.place.start;
        let line_start = yaml::line_start(self.source, at);
        let stands_alone = table.braces.is_some() || self.source[line_start..at].trim().is_empty();
        let colon = quoting::colon_after(self.source, entry.key.place.end).filter(|_| stands_alone);
        let behind_colon = colon.ok_or(Refusal::UnusualLayout)? + 1;
        let end = match table.braces {
            Some(_) => entry.value.place.end.max(behind_colon),
            None => yaml::field_ends(self.source, table.entries, table.end)[place],
        };
        let indent = if table.braces.is_some() { "" } else { &self.source[line_start..at] };
        Ok(Some(FieldPlace { node: &entry.value, place, line_start, indent, behind_colon, end }))
    }

    /// The table of a field that is a mapping.
    fn inner(&self, field: &FieldPlace<'a>) -> Result<Table<'a>, Refusal> {
        match &field.node.content {
            _ if field.node.marked => Err(Refusal::Marked),
            Content::Alias => Err(Refusal::Marked),
            Content::Mapping { entries, flow } => {
                self.table_of(entries, flow.then(|| field.node.place.clone()), field.end)
            }
            _ => Err(Refusal::Structured),
        }
    }

    fn found(&self, path: &[String]) -> Result<(Table<'a>, FieldPlace<'a>), Refusal> {
        let (key, tables) = path.split_last().ok_or(Refusal::UnusualLayout)?;
        let table = self.table(tables)?;
        let field = self.field_of(&table, key)?.ok_or(Refusal::UnusualLayout)?;
        Ok((table, field))
    }

    fn table(&self, path: &[String]) -> Result<Table<'a>, Refusal> {
        path.iter().try_fold(self.root()?, |table, key| {
            let field = self.field_of(&table, key)?.ok_or(Refusal::UnusualLayout)?;
            self.inner(&field)
        })
    }

    fn put(&self, path: &[String], value: &Value, kind: Kind) -> Result<Vec<TextChange>, Refusal> {
        let mut table = self.root()?;
        for (depth, key) in path.iter().enumerate() {
            let Some(field) = self.field_of(&table, key)? else {
                return self.new_field(&table, path, depth, value, kind).map(|change| vec![change]);
            };
            if depth + 1 == path.len() {
                let indent = format!("{}{STEP}", field.indent);
                let in_flow = table.braces.is_some();
                return self.replace(&field, Wanted { path, value, kind, in_flow, indent: &indent });
            }
            let is_empty = field.node.scalar() == Some("") && !field.node.marked;
            if is_empty && table.braces.is_none() {
                let indent = format!("{}{STEP}", field.indent);
                let lines = self.new_lines(&indent, path, depth + 1, value, kind);
                return Ok(vec![insertion(self.line_end(field.behind_colon), lines)]);
            }
            table = self.inner(&field)?;
        }
        Err(Refusal::UnusualLayout)
    }

    /// A field, and the tables that it is in from `depth` on, behind the others of a table.
    fn new_field(
        &self,
        table: &Table<'_>,
        path: &[String],
        depth: usize,
        value: &Value,
        kind: Kind,
    ) -> Result<TextChange, Refusal> {
        let Some(braces) = &table.braces else {
            let is_root = depth == 0;
            let ends = yaml::field_ends(self.source, table.entries, table.end);
            let at = ends.last().copied().filter(|_| !is_root).unwrap_or(self.source.len());
            return Ok(insertion(at, self.new_lines(table.indent, path, depth, value, kind)));
        };
        if depth + 1 < path.len() {
            return Err(Refusal::Structured);
        }
        let wanted = Wanted { path, value, kind, in_flow: true, indent: "" };
        let field = format!("{}: {}", path[depth], self.styles.inline(wanted, None));
        Ok(match table.entries.last() {
            Some(last) => insertion(last.value.place.end.max(last.key.place.end), format!(", {field}")),
            None => insertion(braces.start + 1, field),
        })
    }

    /// The lines of a new field, with the tables that it is in from `depth` on.
    fn new_lines(&self, indent: &str, path: &[String], depth: usize, value: &Value, kind: Kind) -> String {
        let key = &path[depth];
        if depth + 1 < path.len() {
            let inner = self.new_lines(&format!("{indent}{STEP}"), path, depth + 1, value, kind);
            return format!("{indent}{key}:\n{inner}");
        }
        match value {
            Value::List(texts) if !texts.is_empty() && self.styles.prefers_block_lists() => {
                format!("{indent}{key}:\n{}", self.styles.block_items(indent, texts))
            }
            value => {
                let inner = format!("{indent}{STEP}");
                let wanted = Wanted { path, value, kind, in_flow: false, indent: &inner };
                format!("{indent}{key}: {}\n", self.styles.inline(wanted, None))
            }
        }
    }

    fn remove(&self, path: &[String]) -> Result<TextChange, Refusal> {
        let (table, field) = self.found(path)?;
        let Some(braces) = &table.braces else {
            return Ok(TextChange { from: field.line_start, to: field.end, insert: String::new() });
        };
        let fields = self.fields_in_braces(&table, braces)?;
        Ok(pieces::without(&fields, field.place, braces.start + 1..braces.end - 1))
    }

    fn reorder(&self, path: &[String], keys: &[String]) -> Result<TextChange, Refusal> {
        let table = self.table(path)?;
        let known: Vec<&str> = table.entries.iter().filter_map(|entry| entry.key.scalar()).collect();
        let fields = match &table.braces {
            Some(braces) => self.fields_in_braces(&table, braces)?,
            None => self.lines_with_comments(&table),
        };
        let order = pieces::order_of(&known, keys);
        pieces::in_order(self.source, &fields, &order).ok_or(Refusal::UnusualLayout)
    }

    /// The places of the fields between braces, where no comment stands among them.
    fn fields_in_braces(
        &self,
        table: &Table<'_>,
        braces: &Range<usize>,
    ) -> Result<Vec<Range<usize>>, Refusal> {
        let end = |entry: &Entry| entry.value.place.end.max(entry.key.place.end);
        let fields: Vec<_> = table.entries.iter().map(|entry| entry.key.place.start..end(entry)).collect();
        let starts = fields.iter().map(|field| field.start).chain([braces.end]);
        let ends = [braces.start].into_iter().chain(fields.iter().map(|field| field.end));
        let has_comment = ends.zip(starts).any(|(from, to)| self.source[from..to.max(from)].contains('#'));
        if has_comment { Err(Refusal::UnusualLayout) } else { Ok(fields) }
    }

    /// The lines of each field, with the comments directly above it. Those above the first are the file's.
    fn lines_with_comments(&self, table: &Table<'_>) -> Vec<Range<usize>> {
        let ends = yaml::field_ends(self.source, table.entries, table.end);
        let mut places: Vec<Range<usize>> = Vec::with_capacity(ends.len());
        for (entry, end) in table.entries.iter().zip(ends) {
            let mut start = yaml::line_start(self.source, entry.key.place.start);
            while let Some(before) = places.last().filter(|before| before.end < start) {
                let above = yaml::line_start(self.source, start - 1);
                if above < before.end || !self.source[above..start].trim_start().starts_with('#') {
                    break;
                }
                start = above;
            }
            places.push(start..end);
        }
        places
    }

    fn replace(&self, field: &FieldPlace<'_>, wanted: Wanted<'_>) -> Result<Vec<TextChange>, Refusal> {
        let node = field.node;
        if node.marked {
            return Err(Refusal::Marked);
        }
        let inline = || self.styles.inline(wanted, None);
        match (&node.content, wanted.value) {
            (Content::Alias, _) => Err(Refusal::Marked),
            (Content::Mapping { .. }, _) => Err(Refusal::Structured),
            (Content::Sequence { items, .. }, _) if items.iter().any(|item| item.marked) => {
                Err(Refusal::Marked)
            }
            (Content::Sequence { items, .. }, _) if items.iter().any(|item| item.scalar().is_none()) => {
                Err(Refusal::Structured)
            }
            (Content::Sequence { items, flow: true }, Value::List(texts)) => {
                let list = self.flow_list(node, items);
                Ok(vec![list.change(texts, |text| self.styles.list_item(text, items, true))?])
            }
            (Content::Sequence { items, flow: false }, Value::List(texts)) if !texts.is_empty() => {
                self.block_list(field, items, texts)
            }
            (Content::Sequence { flow: false, .. }, _) => {
                let key_line_end = self.line_end(field.behind_colon);
                let to = field.end.max(key_line_end);
                Ok(vec![
                    insertion(field.behind_colon, format!(" {}", inline())),
                    TextChange { from: key_line_end, to, insert: String::new() },
                ])
            }
            (Content::Sequence { .. }, _) => Ok(vec![over(node, inline())]),
            (Content::Scalar { text, style }, _) => Ok(self.replace_scalar(field, (text, *style), wanted)),
        }
    }

    fn replace_scalar(
        &self,
        field: &FieldPlace<'_>,
        old: (&str, ScalarStyle),
        wanted: Wanted<'_>,
    ) -> Vec<TextChange> {
        let (text, style) = old;
        match style {
            ScalarStyle::Plain if text.is_empty() => match wanted.value {
                Value::List(texts)
                    if !texts.is_empty() && !wanted.in_flow && self.styles.prefers_block_lists() =>
                {
                    let items = self.styles.block_items(field.indent, texts);
                    vec![insertion(self.line_end(field.behind_colon), items)]
                }
                _ => vec![insertion(field.behind_colon, format!(" {}", self.styles.inline(wanted, None)))],
            },
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let behind_colon = &self.source[field.behind_colon..field.end];
                let spaces = behind_colon.len() - behind_colon.trim_start_matches(' ').len();
                let to = self.source[..field.end].trim_end_matches('\n').len();
                let second_line = behind_colon.split('\n').skip(1).find(|line| !line.trim().is_empty());
                let indent = second_line.map(|line| &line[..line.len() - line.trim_start_matches(' ').len()]);
                let wanted = Wanted { indent: indent.unwrap_or(wanted.indent), ..wanted };
                let insert = self.styles.inline(wanted, Some(old));
                vec![TextChange { from: field.behind_colon + spaces, to, insert }]
            }
            _ => vec![over(field.node, self.styles.inline(wanted, Some(old)))],
        }
    }

    /// Behind the newline of the line of `at`.
    fn line_end(&self, at: usize) -> usize {
        self.source[at..].find('\n').map_or(self.source.len(), |length| at + length + 1)
    }

    fn flow_list<'b>(&'b self, node: &Node, items: &'b [Node]) -> FlowList<'b> {
        let items =
            items.iter().map(|item| (item.scalar().unwrap_or_default(), item.place.clone())).collect();
        FlowList { source: self.source, place: node.place.clone(), items, has_comments: true }
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
            let insert = self.styles.block_items(field.indent, texts);
            return Ok(vec![TextChange { from: key_line_end, to: field.end, insert }]);
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
            let lines = lines.map(|text| format!("{prefix}{}\n", self.styles.list_item(text, items, false)));
            let behind = operation.old_range().end;
            let at = match behind.checked_sub(1).map(|last| &items[last]) {
                Some(item) => self.line_end(item.place.end),
                None => yaml::line_start(self.source, first.place.start),
            };
            changes.push(insertion(at, lines.collect()));
        }
        Ok(changes)
    }
}

fn insertion(at: usize, insert: String) -> TextChange {
    TextChange { from: at, to: at, insert }
}

fn over(node: &Node, insert: String) -> TextChange {
    TextChange { from: node.place.start, to: node.place.end, insert }
}
