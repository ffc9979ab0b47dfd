//! Edits of one field in TOML, in the field's own style.

use std::ops::Range;

use toml_edit::{Document, Item, Key, Table, TableLike, Value as TomlValue};

use super::edit::{Edit, Refusal};
use super::flow_list::FlowList;
use super::toml::key_start;
use super::toml_values::{inline, string};
use super::{Kind, Value, pieces};
use crate::TextChange;

/// The changes that an edit makes, as places in the source.
pub(super) fn changes(source: &str, edit: &Edit<'_>) -> Result<Vec<TextChange>, Refusal> {
    let document = Document::parse(source).map_err(|_| Refusal::UnusualLayout)?;
    let editor = Editor { source, root: document.as_table() };
    let change = match edit {
        Edit::Put { path, value, kind } => editor.put(path, value, *kind)?,
        Edit::Remove { path } => editor.remove(path)?,
        Edit::Rename { path, to } => {
            let place = editor.found(path)?.key.span().ok_or(Refusal::UnusualLayout)?;
            TextChange { from: place.start, to: place.end, insert: (*to).to_owned() }
        }
        Edit::Reorder { path, keys } => editor.reorder(path, keys)?,
    };
    Ok(vec![change])
}

struct Editor<'a> {
    source: &'a str,
    root: &'a Table,
}

/// A table on the way to a field.
struct Place<'a> {
    table: &'a dyn TableLike,
    /// Between braces, with them.
    braces: Option<Range<usize>>,
    /// The keys that a line of this table begins with: those of the tables without a header of their own.
    dotted: &'a [String],
    /// Where the `[header]` stands that opens it.
    header: Option<Range<usize>>,
}

/// A field that is there.
struct Found<'a> {
    place: Place<'a>,
    key: &'a Key,
    item: &'a Item,
}

impl<'a> Editor<'a> {
    /// The table that the longest known part of a path leads to, and how many keys that part has.
    fn table(&self, path: &'a [String]) -> Result<(Place<'a>, usize), Refusal> {
        let mut place = Place { table: self.root, braces: None, dotted: &[], header: None };
        let mut headed = 0;
        for (depth, name) in path.iter().enumerate() {
            let Some(item) = place.table.get(name) else { return Ok((place, depth)) };
            place = match item {
                Item::Table(table) if table.is_dotted() => {
                    Place { table, dotted: &path[headed..=depth], ..place }
                }
                Item::Table(table) => {
                    headed = depth + 1;
                    let header = table.span().filter(|_| !table.is_implicit());
                    Place { table, dotted: &[], header, braces: None }
                }
                Item::Value(TomlValue::InlineTable(table)) => {
                    let braces = table.span().ok_or(Refusal::UnusualLayout)?;
                    Place { table, dotted: &[], header: None, braces: Some(braces) }
                }
                _ => return Err(Refusal::Structured),
            };
        }
        Ok((place, path.len()))
    }

    fn found(&self, path: &'a [String]) -> Result<Found<'a>, Refusal> {
        let (name, tables) = path.split_last().ok_or(Refusal::UnusualLayout)?;
        let (place, depth) = self.table(tables)?;
        let known = place.table.get_key_value(name).filter(|_| depth == tables.len());
        let (key, item) = known.ok_or(Refusal::UnusualLayout)?;
        Ok(Found { place, key, item })
    }

    fn put(&self, path: &'a [String], value: &Value, kind: Kind) -> Result<TextChange, Refusal> {
        let (name, tables) = path.split_last().ok_or(Refusal::UnusualLayout)?;
        let (place, depth) = self.table(tables)?;
        if depth == tables.len()
            && let Some(item) = place.table.get(name)
        {
            return self.replace(path, item, value, kind);
        }
        let field = format!("{name} = {}", inline(path, None, value, kind));
        let is_whole = depth == tables.len();
        if let Some(braces) = &place.braces {
            return if is_whole {
                self.field_in_braces(&place, braces, &field)
            } else {
                Err(Refusal::Structured)
            };
        }
        let has_lines = tables.is_empty() || place.header.is_some() || !place.dotted.is_empty();
        if !is_whole || !has_lines {
            return Ok(self.new_table(tables, &field));
        }
        let prefix: String = place.dotted.iter().map(|key| format!("{key}.")).collect();
        let at = self.behind_lines(&place);
        let indent = self.indent_of(&place);
        Ok(TextChange { from: at, to: at, insert: format!("{indent}{prefix}{field}\n") })
    }

    fn replace(
        &self,
        path: &[String],
        item: &Item,
        value: &Value,
        kind: Kind,
    ) -> Result<TextChange, Refusal> {
        let Item::Value(old) = item else { return Err(Refusal::Structured) };
        let place = old.span().ok_or(Refusal::UnusualLayout)?;
        if matches!(old, TomlValue::InlineTable(_)) {
            return Err(Refusal::Structured);
        }
        if let TomlValue::Array(array) = old {
            let items: Option<Vec<_>> = array.iter().map(string_item).collect();
            let items = items.ok_or(Refusal::Structured)?;
            if let Value::List(texts) = value {
                let first = items.first().map(|(_, place)| self.source[place.clone()].to_owned());
                let list = FlowList { source: self.source, place, items, has_comments: true };
                return list.change(texts, |text| string(text, first.as_deref()));
            }
        }
        let insert = inline(path, Some((old, &self.source[place.clone()])), value, kind);
        Ok(TextChange { from: place.start, to: place.end, insert })
    }

    /// A new table behind all others.
    fn new_table(&self, path: &[String], line: &str) -> TextChange {
        let at = self.source.len();
        let has_blank_line = self.source.trim().is_empty() || self.source.ends_with("\n\n");
        let blank_line = if has_blank_line { "" } else { "\n" };
        let insert = format!("{blank_line}[{}]\n{line}\n", path.join("."));
        TextChange { from: at, to: at, insert }
    }

    fn field_in_braces(
        &self,
        place: &Place<'_>,
        braces: &Range<usize>,
        field: &str,
    ) -> Result<TextChange, Refusal> {
        let (fields, _) = self.fields_in_braces(place.table)?;
        let (at, insert) = match fields.last() {
            Some(last) => (last.end, format!(", {field}")),
            None => (braces.start + 1, field.to_owned()),
        };
        Ok(TextChange { from: at, to: at, insert })
    }

    fn remove(&self, path: &'a [String]) -> Result<TextChange, Refusal> {
        let Found { place, key, item } = self.found(path)?;
        if let Some(braces) = place.braces {
            let (fields, names) = self.fields_in_braces(place.table)?;
            let at = names.iter().position(|name| *name == key.get()).ok_or(Refusal::UnusualLayout)?;
            return Ok(pieces::without(&fields, at, braces.start + 1..braces.end - 1));
        }
        let lines = match item {
            Item::Table(table) if !table.is_dotted() && !table.is_implicit() => {
                self.section(table.span().ok_or(Refusal::UnusualLayout)?)
            }
            Item::Value(value) => self.lines_of(key, value)?,
            _ => return Err(Refusal::Structured),
        };
        Ok(TextChange { from: lines.start, to: lines.end, insert: String::new() })
    }

    fn reorder(&self, path: &'a [String], keys: &[String]) -> Result<TextChange, Refusal> {
        let (place, depth) = self.table(path)?;
        if depth < path.len() {
            return Err(Refusal::UnusualLayout);
        }
        let (fields, names) = match &place.braces {
            Some(_) => self.fields_in_braces(place.table)?,
            None => self.fields_on_lines(place.table)?,
        };
        let order = pieces::order_of(&names, keys);
        pieces::in_order(self.source, &fields, &order).ok_or(Refusal::UnusualLayout)
    }

    /// The fields on lines of their own, in the order of the text.
    fn fields_on_lines(
        &self,
        table: &'a dyn TableLike,
    ) -> Result<(Vec<Range<usize>>, Vec<&'a str>), Refusal> {
        let mut fields: Vec<(Range<usize>, &str)> = Vec::new();
        for (name, item) in table.iter() {
            let (Item::Value(value), Some(key)) = (item, table.key(name)) else { continue };
            fields.push((self.lines_of(key, value)?, name));
        }
        fields.sort_by_key(|(lines, _)| lines.start);
        Ok(fields.into_iter().unzip())
    }

    /// The fields between braces, in the order of the text.
    fn fields_in_braces(
        &self,
        table: &'a dyn TableLike,
    ) -> Result<(Vec<Range<usize>>, Vec<&'a str>), Refusal> {
        let mut fields: Vec<(Range<usize>, &str)> = Vec::new();
        for (name, item) in table.iter() {
            let start = table.key(name).map(key_start);
            let end = item.span().filter(|_| item.is_value()).map(|span| span.end);
            let (Some(start), Some(end)) = (start, end) else { return Err(Refusal::UnusualLayout) };
            fields.push((start..end, name));
        }
        fields.sort_by_key(|(place, _)| place.start);
        Ok(fields.into_iter().unzip())
    }

    /// The lines of a field, with the comment behind its value.
    fn lines_of(&self, key: &Key, value: &TomlValue) -> Result<Range<usize>, Refusal> {
        let place = value.span().ok_or(Refusal::UnusualLayout)?;
        Ok(self.line_start(key_start(key))..self.line_end(place.end))
    }

    fn line_start(&self, at: usize) -> usize {
        self.source[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Behind the newline of the line of `at`.
    fn line_end(&self, at: usize) -> usize {
        self.source[at..].find('\n').map_or(self.source.len(), |length| at + length + 1)
    }

    /// The lines of a table with a header, down to its last field.
    fn section(&self, header: Range<usize>) -> Range<usize> {
        let from = self.line_start(header.start);
        let behind_header = self.line_end(header.end);
        let next = header_starts(self.root).into_iter().filter(|start| *start > header.start).min();
        let next = next.map_or(self.source.len(), |start| self.line_start(start));
        let (mut at, mut to) = (behind_header, behind_header);
        for line in self.source[behind_header..next.max(behind_header)].split_inclusive('\n') {
            at += line.len();
            if !(line.trim().is_empty() || line.trim_start().starts_with('#')) {
                to = at;
            }
        }
        // The blank line before the last header was put there for it.
        let is_last = to == self.source.len() && self.source[..from].ends_with("\n\n");
        from - usize::from(is_last)..to
    }

    /// Where a new field of a table goes: behind the lines of those it has.
    fn behind_lines(&self, place: &Place<'_>) -> usize {
        match (&place.header, last_value_end(place.table)) {
            (_, Some(end)) => self.line_end(end),
            (Some(header), None) => self.line_end(header.end),
            (None, None) => self.first_header(),
        }
    }

    fn indent_of(&self, place: &Place<'_>) -> &'a str {
        let first = place.table.iter().find(|(_, item)| item.is_value());
        let at = first.and_then(|(name, _)| place.table.key(name)).map_or(0, key_start);
        let before = &self.source[self.line_start(at)..at];
        if before.trim().is_empty() { before } else { "" }
    }

    /// Where the first table's header begins; fields behind it would be the table's.
    fn first_header(&self) -> usize {
        let first = header_starts(self.root).into_iter().min();
        first.map_or(self.source.len(), |start| self.line_start(start))
    }
}

/// Where the headers of all tables begin.
fn header_starts(table: &Table) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut add = |table: &Table| {
        let has_header = !table.is_dotted() && !table.is_implicit();
        starts.extend(table.span().filter(|_| has_header).map(|span| span.start));
        starts.extend(header_starts(table));
    };
    for (_, item) in table.iter() {
        match item {
            Item::Table(table) => add(table),
            Item::ArrayOfTables(tables) => tables.iter().for_each(&mut add),
            _ => {}
        }
    }
    starts
}

/// Where the last value ends that a table's own lines hold.
fn last_value_end(table: &dyn TableLike) -> Option<usize> {
    let end = |item: &Item| match item {
        Item::Value(value) => value.span().map(|span| span.end),
        Item::Table(table) if table.is_dotted() => last_value_end(table),
        _ => None,
    };
    table.iter().filter_map(|(_, item)| end(item)).max()
}

fn string_item(item: &TomlValue) -> Option<(&str, Range<usize>)> {
    match item {
        TomlValue::String(text) => Some((text.value().as_str(), text.span()?)),
        _ => None,
    }
}
