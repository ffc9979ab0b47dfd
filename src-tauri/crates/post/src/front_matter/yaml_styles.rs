//! How values are written in YAML: as most of the file's others are.

use saphyr_parser::ScalarStyle;

use super::yaml::{self, Content, Entry, Mapping, Node};
use super::{Kind, Role, Value, quoting, role_at};

/// The styles of a file.
pub(super) struct Styles<'a> {
    pub(super) source: &'a str,
    pub(super) mapping: &'a Mapping,
}

/// What is to be written, and where.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) path: &'a [String],
    pub(super) value: &'a Value,
    pub(super) kind: Kind,
    /// Between braces or brackets.
    pub(super) in_flow: bool,
    /// What stands before the lines of a text of several lines.
    pub(super) indent: &'a str,
}

impl<'a> Styles<'a> {
    /// A value that stands behind its key; `old` is the text it replaces, and how that is written.
    pub(super) fn inline(&self, wanted: Wanted<'_>, old: Option<(&str, ScalarStyle)>) -> String {
        match wanted.value {
            Value::Text(text) => self.text(wanted, old, text),
            Value::Boolean(boolean) => boolean_like(*boolean, old.map_or("", |(text, _)| text)).to_owned(),
            Value::List(texts) => {
                let items: Vec<String> = texts.iter().map(|text| self.list_item(text, &[], true)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Empty | Value::Table(_) => String::new(),
            Value::Source(source) => source.clone(),
        }
    }

    fn text(&self, wanted: Wanted<'_>, old: Option<(&str, ScalarStyle)>, text: &str) -> String {
        let (old_text, style) = old.unwrap_or(("", self.style_of_texts()));
        let was_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let may_be_block = !wanted.in_flow && text.contains('\n');
        if may_be_block
            && (was_block || (old.is_none() && wanted.kind == Kind::Lines))
            && let Some(block) = quoting::literal_block(text, wanted.indent)
        {
            return block;
        }
        let was_plain = old.is_none() || style == ScalarStyle::Plain;
        let was_date = role_at(wanted.path) == Some(Role::Date) || quoting::is_date(old_text);
        let is_date = (was_date || wanted.kind == Kind::Date) && quoting::is_date(text);
        let was_number = quoting::is_plain_number(old_text) && quoting::is_plain_number(text);
        let is_number = was_number || (wanted.kind == Kind::Number && quoting::is_number(text));
        // Between braces a comma or a colon would end the value.
        let fits = !wanted.in_flow || !text.contains([',', ':']);
        if was_plain && fits && (is_date || is_number) {
            return text.to_owned();
        }
        let style = if was_block { self.style_of_texts() } else { style };
        quoting::scalar(text, style, self.quotes(), wanted.in_flow)
    }

    /// A new item of a list that has `items`.
    pub(super) fn list_item(&self, text: &str, items: &[Node], in_flow: bool) -> String {
        let styles = items.iter().filter_map(style_of);
        let wanted = most_frequent(styles).unwrap_or_else(|| self.style_of_items());
        quoting::scalar(text, wanted, self.quotes(), in_flow)
    }

    /// The lines of a new list behind its key, which stands behind `indent`.
    pub(super) fn block_items(&self, indent: &str, texts: &[String]) -> String {
        let prefix = self.dash_prefix();
        let line = |text: &String| format!("{indent}{prefix}{}\n", self.list_item(text, &[], false));
        texts.iter().map(line).collect()
    }

    /// What stands before the items of the file's lists with dashes, behind the indent of their key.
    fn dash_prefix(&self) -> &'a str {
        let first = self.block_lists().find_map(|(entry, items)| {
            let at = items.first()?.place.start;
            let prefix = &self.source[yaml::line_start(self.source, at)..at];
            let key = entry.key.place.start;
            let indent = &self.source[yaml::line_start(self.source, key)..key];
            prefix.strip_prefix(indent).filter(|prefix| prefix.trim() == "-")
        });
        first.unwrap_or("  - ")
    }

    fn block_lists(&self) -> impl Iterator<Item = (&'a Entry, &'a [Node])> {
        self.all_entries().into_iter().filter_map(|entry| match &entry.value.content {
            Content::Sequence { items, flow: false } => Some((entry, items.as_slice())),
            _ => None,
        })
    }

    /// Whether most of the file's lists are written with dashes.
    pub(super) fn prefers_block_lists(&self) -> bool {
        let is_flow = |entry: &&Entry| matches!(entry.value.content, Content::Sequence { flow: true, .. });
        self.block_lists().count() > self.all_entries().into_iter().filter(|entry| is_flow(entry)).count()
    }

    /// The fields, and those of tables inside them, such as Zola's lists of tags.
    fn all_entries(&self) -> Vec<&'a Entry> {
        let inner = |entry: &'a Entry| match &entry.value.content {
            Content::Mapping { entries, .. } => entries.as_slice(),
            _ => &[],
        };
        self.mapping.entries.iter().flat_map(|entry| [entry].into_iter().chain(inner(entry))).collect()
    }

    /// The quotes that the file prefers.
    fn quotes(&self) -> ScalarStyle {
        let quoted = self.all_scalars().filter_map(style_of).filter(|style| *style != ScalarStyle::Plain);
        most_frequent(quoted).unwrap_or(ScalarStyle::DoubleQuoted)
    }

    /// How most of the file's texts are written that could do without quotes.
    fn style_of_texts(&self) -> ScalarStyle {
        let values = self.mapping.entries.iter().map(|entry| &entry.value);
        style_where_free(values, false)
    }

    fn style_of_items(&self) -> ScalarStyle {
        let lists = self.all_entries().into_iter().filter_map(|entry| match &entry.value.content {
            Content::Sequence { items, .. } => Some(items),
            _ => None,
        });
        style_where_free(lists.flatten(), true)
    }

    fn all_scalars(&self) -> impl Iterator<Item = &Node> {
        self.mapping.entries.iter().flat_map(|entry| match &entry.value.content {
            Content::Sequence { items, .. } => items.iter().collect(),
            _ => vec![&entry.value],
        })
    }
}

/// `true` or `false` in the letter case of the word it replaces.
fn boolean_like(value: bool, old: &str) -> &'static str {
    match (value, old) {
        (true, "False" | "True") => "True",
        (false, "False" | "True") => "False",
        (true, "FALSE" | "TRUE") => "TRUE",
        (false, "FALSE" | "TRUE") => "FALSE",
        (true, _) => "true",
        (false, _) => "false",
    }
}

fn style_where_free<'b>(nodes: impl Iterator<Item = &'b Node>, in_flow: bool) -> ScalarStyle {
    let free = nodes.filter(|node| node.scalar().is_some_and(|text| quoting::is_safe_plain(text, in_flow)));
    most_frequent(free.filter_map(style_of)).unwrap_or(ScalarStyle::Plain)
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
