//! Lists. What belongs to an item is said by the column where its first line's text begins.

use super::{BlockReader, Blocks, Lines, syntax};
use crate::dialect::jekyll::attributes::AttributeList;
use crate::dialect::jekyll::excerpt::Excerpt;
use crate::dialect::jekyll::tree::{Block, BlockKind, Item, Task};
use crate::dialect::jekyll::{entities, tags};

/// What the first line of an item or of a definition says of those that follow.
pub(super) struct FirstLine {
    pub(super) text: Excerpt,
    pub(super) list: AttributeList,
    /// The column of the content.
    pub(super) indent: usize,
}

impl FirstLine {
    /// Reads the line at `lines` behind a marker of some length, and goes on to the next.
    pub(super) fn read(lines: &mut Lines<'_>, marker: usize) -> Self {
        let line = lines.line();
        let mut text = Excerpt::default();
        let mut from = marker;
        let (mut column, mut indent) = (marker, marker);
        for byte in line.bytes().skip(marker) {
            match byte {
                b' ' => column += 1,
                b'\t' => column += 4 - column % 4,
                _ => break,
            }
            from += 1;
            indent = column;
        }
        let content = from + leading_space(&line[from..]);
        let mut list = AttributeList::default();
        let mut start = content;
        if let Some(length) = leading_list(&line[content..], &mut list) {
            start += length;
            start += leading_space(&line[start..]);
        }
        // Without text in it, the line says nothing of the column.
        if start >= line.len() {
            indent = 4;
        }
        if start < line.len() {
            text.append_part(lines.excerpt, lines.at + start..lines.at + line.len());
        }
        lines.next_line();
        Self { text, list, indent }
    }

    /// How far the next marker of the same list may be indented.
    pub(super) fn marker_indent(&self) -> usize {
        if (1..=4).contains(&self.indent) { self.indent - 1 } else { 3 }
    }
}

/// An attribute list that a text begins with: its length.
fn leading_list(text: &str, list: &mut AttributeList) -> Option<usize> {
    let inner = text.strip_prefix("{:")?;
    let named = super::super::attributes::name_length(inner);
    if inner.starts_with('/') || inner[named..].starts_with(':') {
        return None;
    }
    let length = syntax::list_length(inner)?;
    *list = AttributeList::parse(&inner[..length]);
    Some(length + 3)
}

fn leading_space(text: &str) -> usize {
    text.len() - syntax::trimmed_start(text).len()
}

/// A line inside of an item: indented as far as its content, or running on.
pub(super) struct ItemLine {
    /// Its text, outdented as far as it is indented.
    pub(super) text: Excerpt,
    pub(super) indented: bool,
}

impl ItemLine {
    /// The line here, if it belongs to an item whose content begins at column `indent`.
    pub(super) fn read(lines: &mut Lines<'_>, indent: usize, after_blank: bool) -> Option<Self> {
        let (rest, line) = (lines.rest(), lines.line());
        if !is_content(line, indent) && (after_blank || !runs_on(rest, indent)) {
            return None;
        }
        // Tabs at the start are four blanks each.
        let tabs = line.bytes().take_while(|&byte| byte == b'\t').count();
        let blanks = syntax::blanks(&line[tabs..]);
        let indented = tabs * 4 + blanks >= indent;
        let mut text = Excerpt::default();
        if indented && tabs * 4 >= indent {
            text.append(&" ".repeat(tabs * 4 - indent), lines.excerpt.source_at(lines.at));
            text.append_part(lines.excerpt, lines.at + tabs..lines.at + line.len());
        } else if indented {
            text.append_part(lines.excerpt, lines.at + tabs + (indent - tabs * 4)..lines.at + line.len());
        } else {
            text.append(&" ".repeat(tabs * 4), lines.excerpt.source_at(lines.at));
            text.append_part(lines.excerpt, lines.at + tabs..lines.at + line.len());
        }
        lines.next_line();
        Some(Self { text, indented })
    }
}

/// Indented by tabs and fours of blanks as far as `indent`, or to the next such stop.
fn is_content(line: &str, indent: usize) -> bool {
    let (stops, rest) = (indent / 4, indent % 4);
    let mut at = 0;
    for _ in 0..stops {
        match stop_length(&line[at..]) {
            Some(length) => at += length,
            None => return false,
        }
    }
    let far = syntax::blanks(&line[at..]) >= rest || stop_length(&line[at..]).is_some();
    far && syntax::line_of_space(line).is_none()
}

fn stop_length(line: &str) -> Option<usize> {
    if line.starts_with('\t') {
        return Some(1);
    }
    line.starts_with("    ").then_some(4)
}

/// A line that goes on an item's text though it is not indented.
fn runs_on(rest: &str, indent: usize) -> bool {
    let most = indent.min(3);
    syntax::line_of_space(rest).is_none()
        && syntax::attribute_line(rest, most).is_none()
        && !syntax::outdented(rest, most).is_some_and(tags::stops_lazy)
}

/// An item whose lines are collected: each part is read for itself, so that a list in it may begin at once.
struct Collected {
    list: AttributeList,
    parts: Vec<Excerpt>,
    start: usize,
    end: usize,
}

impl BlockReader<'_> {
    pub(super) fn list(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) {
        let start = lines.at;
        let ordered = syntax::list_marker(lines.rest(), 3).is_some_and(|marker| marker.ordered);
        let (collected, ended) = collect(lines, ordered);
        let mut items = Vec::new();
        for one in collected {
            let mut inner = Blocks::default();
            for part in &one.parts {
                self.read_inside(part, &mut inner);
            }
            let source = lines.excerpt.source_range(one.start..one.end);
            items.push(Item { blocks: inner.all, list: one.list, source, task: None });
        }
        let last_blank = settle(&mut items, ended);
        if self.settings.is_gfm() {
            find_tasks(&mut items);
        }
        blocks.push(BlockKind::List { ordered, items }, lines.source_from(start));
        if let Some(blank) = last_blank.filter(|_| !ended) {
            blocks.all.push(blank);
        }
    }
}

/// Cuts a list into items; says whether `^` ended it.
fn collect(lines: &mut Lines<'_>, ordered: bool) -> (Vec<Collected>, bool) {
    let mut items: Vec<Collected> = Vec::new();
    let (mut marker_indent, mut indent) = (3, 0);
    let (mut nested, mut after_blank) = (false, false);
    while !lines.is_done() {
        let at = lines.at;
        if after_blank && syntax::is_rule(lines.rest()) {
            break;
        }
        if let Some(length) = syntax::end_of_block(lines.rest()) {
            lines.at += length;
            return (items, true);
        }
        let marker =
            syntax::list_marker(lines.rest(), marker_indent).filter(|marker| marker.ordered == ordered);
        if let Some(marker) = marker {
            let first = FirstLine::read(lines, marker.length);
            (marker_indent, indent) = (first.marker_indent(), first.indent);
            nested = syntax::list_marker(first.text.as_str(), 3).is_some();
            after_blank = false;
            items.push(Collected { list: first.list, parts: vec![first.text], start: at, end: lines.at });
            continue;
        }
        let Some(item) = items.last_mut() else { break };
        if let Some(line) = ItemLine::read(lines, indent, after_blank) {
            let starts_list = syntax::list_marker(line.text.as_str(), 3).is_some();
            if !nested && line.indented && starts_list {
                item.parts.push(Excerpt::default());
                nested = true;
            }
            let Some(part) = item.parts.last_mut() else { break };
            if nested && !line.indented && starts_list {
                part.append(&" ".repeat(indent + 4), lines.excerpt.source_at(at));
            }
            part.append_part(&line.text, 0..line.text.len());
            after_blank = false;
        } else if let Some(end) = syntax::blank_lines(lines.text, lines.at) {
            nested = true;
            after_blank = true;
            if let Some(part) = item.parts.last_mut() {
                part.append_part(lines.excerpt, at..end);
            }
            lines.at = end;
            continue;
        } else {
            break;
        }
        item.end = lines.at;
    }
    (items, false)
}

/// Says which items' text stands without a paragraph, and takes the blank lines off their ends: those of the last.
fn settle(items: &mut [Item], ended: bool) -> Option<Block> {
    let mut last_blank = None;
    let count = items.len();
    let mut any_bare = false;
    for (at, item) in items.iter_mut().enumerate() {
        let blocks = &mut item.blocks;
        let is_last = at + 1 == count;
        let marked = blocks.first().is_some_and(|first| {
            matches!(first.kind, BlockKind::Paragraph { .. }) && first.list != AttributeList::default()
        });
        if marked && matches!(blocks.get(1).map(|block| &block.kind), Some(BlockKind::Mark(_))) {
            blocks.remove(1);
        }
        let blank_behind = matches!(blocks.get(1).map(|block| &block.kind), Some(BlockKind::Blank { .. }));
        let tight = !blank_behind || (is_last && blocks.len() == 2 && !ended);
        let mut bare_here =
            !matches!(blocks.first().map(|block| &block.kind), Some(BlockKind::Paragraph { .. }));
        let followed = blocks.len() > 1 && !blank_behind;
        if let Some(Block { kind: BlockKind::Paragraph { bare, text }, source, .. }) = blocks.first_mut() {
            *bare = tight && (!is_last || count == 1 || any_bare);
            bare_here = *bare;
            if bare_here && followed {
                // The text's last line ends before what is behind it, inside of elements that nothing closes.
                text.append("\n", source.end);
            }
        }
        any_bare |= bare_here;
        if !blocks.is_empty() {
            last_blank = match blocks.last().map(|block| &block.kind) {
                Some(BlockKind::Blank { .. }) => blocks.pop(),
                _ => None,
            };
        }
    }
    last_blank
}

/// Takes `[ ]` and `[x]` off the items that begin with them.
fn find_tasks(items: &mut [Item]) {
    let mut any = false;
    for item in items {
        let Some(Block { kind: BlockKind::Paragraph { text, .. }, .. }) = item.blocks.first_mut() else {
            continue;
        };
        if let Some((done, length)) = task_box(text.as_str()) {
            *text = text.part(length..text.len());
            item.task = Some(if done { Task::Done } else { Task::Open });
            any = true;
        } else if any {
            item.task = Some(Task::Follows);
        }
    }
}

fn task_box(text: &str) -> Option<(bool, usize)> {
    let start = entities::trimmed(text, 0..text.len()).start;
    let rest = &text[start..];
    let done = rest.starts_with("[x]") || rest.starts_with("[X]");
    if !done && !rest.starts_with("[ ]") {
        return None;
    }
    let blanks = leading_space(&rest[3..]);
    (blanks > 0).then_some((done, start + 3 + blanks))
}
