//! The blocks of a text, as kramdown 2.4 reads them: each line is offered to one kind of block after the other, in
//! a fixed order, and a paragraph takes what no other wants.

use std::ops::Range;

use super::Jekyll;
use super::attributes::{AttributeList, NamedLists};
use super::excerpt::Excerpt;
use super::syntax::{self, Searches, line_end};
use super::tree::{Block, BlockKind, Mark};
use crate::reading::Definitions;

mod code;
mod definitions;
mod html;
mod lists;
mod paragraphs;
mod tables;

/// Containers that are deeper hold one paragraph.
const DEEPEST: usize = 24;

/// A text, read.
pub(super) struct Text {
    pub(super) blocks: Vec<Block>,
    pub(super) named: NamedLists,
    pub(super) found: Definitions,
    pub(super) unclosed: bool,
}

/// Reads the blocks of a text.
pub(super) fn read(source: &str, settings: &Jekyll) -> Text {
    let mut reader = BlockReader {
        settings,
        named: NamedLists::new(),
        found: Definitions::default(),
        unclosed: false,
        depth: 0,
    };
    let whole = Excerpt::of(source);
    let mut blocks = Blocks::default();
    reader.read(&mut Lines::of(&whole), &mut blocks, None);
    for block in &mut blocks.all {
        block.source.end = block.source.end.min(source.len());
    }
    Text { blocks: blocks.all, named: reader.named, found: reader.found, unclosed: reader.unclosed }
}

/// The blocks of one container so far.
#[derive(Debug, Default)]
struct Blocks {
    all: Vec<Block>,
    /// An attribute list for the block that comes next, and where it begins.
    waiting: Option<(AttributeList, usize)>,
}

impl Blocks {
    fn last(&self) -> Option<&BlockKind> {
        self.all.last().map(|block| &block.kind)
    }

    /// Some blocks only begin here: at the start, after a blank line, an end mark or an attribute line.
    fn at_boundary(&self) -> bool {
        self.waiting.is_some()
            || self.last().is_none_or(|last| {
                matches!(last, BlockKind::Blank { .. } | BlockKind::Mark(Mark::EndOfBlock))
            })
    }

    fn push(&mut self, kind: BlockKind, source: Range<usize>) {
        let adjoins = !self.at_boundary();
        let (list, start) = match self.waiting.take() {
            Some((list, start)) => (list, start.min(source.start)),
            None => (AttributeList::default(), source.start),
        };
        self.all.push(Block { kind, list, source: start..source.end, adjoins });
    }

    /// A comment leaves a waiting attribute list to the block behind it.
    fn push_comment(&mut self, html: String, source: Range<usize>) {
        let waiting = self.waiting.take();
        self.push(BlockKind::Verbatim(html), source);
        self.waiting = waiting;
    }

    fn push_blank(&mut self, text: &str, source: Range<usize>) {
        if let Some(Block { kind: BlockKind::Blank { single }, source: place, .. }) = self.all.last_mut() {
            *single = false;
            place.end = source.end;
        } else if self.all.is_empty() && self.waiting.is_some() {
            // Other blocks may be before these: then the list waits on, as it does behind a blank line.
        } else {
            self.push(BlockKind::Blank { single: text == "\n" }, source);
        }
    }
}

/// A text that is read line by line.
struct Lines<'t> {
    excerpt: &'t Excerpt,
    text: &'t str,
    at: usize,
    searches: Searches,
    fences: Option<code::Fences>,
    /// Extensions that nothing ends from some place on.
    unended: Vec<String>,
}

impl<'t> Lines<'t> {
    fn of(excerpt: &'t Excerpt) -> Self {
        Self {
            excerpt,
            text: excerpt.as_str(),
            at: 0,
            searches: Searches::default(),
            fences: None,
            unended: Vec::new(),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The line here, with its newline.
    fn line(&self) -> &'t str {
        &self.text[self.at..line_end(self.text, self.at)]
    }

    fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    fn next_line(&mut self) {
        self.at = line_end(self.text, self.at);
    }

    /// The source from a place in this text to here.
    fn source_from(&self, start: usize) -> Range<usize> {
        self.excerpt.source_range(start..self.at)
    }

    /// Whether a block may end in front of the line here.
    fn at_boundary(&self) -> bool {
        let rest = self.rest();
        rest.is_empty()
            || syntax::blank_lines(self.text, self.at).is_some()
            || syntax::end_of_block(rest).is_some()
            || syntax::attribute_line(rest, 3).is_some()
    }
}

/// Reads blocks and collects what they define.
struct BlockReader<'a> {
    settings: &'a Jekyll,
    named: NamedLists,
    found: Definitions,
    unclosed: bool,
    depth: usize,
}

impl BlockReader<'_> {
    /// Reads to the end, or to the end tag of the element that the lines are in, which it says.
    fn read(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks, element: Option<&str>) -> bool {
        blocks.waiting = None;
        if self.depth >= DEEPEST {
            self.all_text(lines, blocks);
            return false;
        }
        self.depth += 1;
        let mut ended = false;
        while !ended && !lines.is_done() {
            ended = self.block(lines, blocks, element);
        }
        self.depth -= 1;
        ended
    }

    /// Reads a container's own text.
    fn read_inside(&mut self, text: &Excerpt, blocks: &mut Blocks) {
        self.read(&mut Lines::of(text), blocks, None);
    }

    fn all_text(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) {
        let range = super::entities::trimmed(lines.text, lines.at..lines.text.len());
        let source = lines.excerpt.source_range(range.clone());
        if !range.is_empty() {
            blocks.push(BlockKind::Paragraph { text: lines.excerpt.part(range), bare: false }, source);
        }
        lines.at = lines.text.len();
    }

    /// Reads one block; says whether it was the end tag of the element instead.
    fn block(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks, element: Option<&str>) -> bool {
        let rest = lines.rest();
        if let Some(end) = syntax::blank_lines(lines.text, lines.at) {
            let text = &lines.text[lines.at..end];
            let start = std::mem::replace(&mut lines.at, end);
            blocks.push_blank(text, lines.source_from(start));
            return false;
        }
        if syntax::is_indented(rest) {
            self.indented_code(lines, blocks);
            return false;
        }
        let inner = rest.trim_start_matches(' ');
        match inner.bytes().next() {
            Some(b'~' | b'`') if self.fenced_code(lines, blocks) => return false,
            Some(b'>') => {
                self.quote(lines, blocks);
                return false;
            }
            Some(b'#') if self.marked_heading(lines, blocks) => return false,
            Some(b'*' | b'-' | b'_') if syntax::is_rule(rest) => {
                let start = lines.at;
                lines.next_line();
                blocks.push(BlockKind::Rule, lines.source_from(start));
                return false;
            }
            _ => {}
        }
        if syntax::list_marker(rest, 3).is_some() {
            self.list(lines, blocks);
            return false;
        }
        if inner.starts_with(':') && self.definition_list(lines, blocks) {
            return false;
        }
        if inner.starts_with('<') {
            match self.html(lines, blocks, element) {
                html::Read::Nothing => {}
                html::Read::Block => return false,
                html::Read::EndTag => return true,
            }
        }
        let read = self.underlined_heading(lines, blocks)
            || self.math(lines, blocks)
            || self.table(lines, blocks)
            || (inner.starts_with('[') && (self.note(lines, blocks) || self.link_definition(lines, blocks)))
            || (inner.starts_with("*[") && self.abbreviation(lines, blocks))
            || (inner.starts_with("{:") && self.extension(lines, blocks))
            || self.end_of_block(lines, blocks);
        if !read {
            self.paragraph(lines, blocks);
        }
        false
    }

    fn quote(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) {
        let start = lines.at;
        let mut text = Excerpt::default();
        loop {
            let line = lines.line();
            let marked = syntax::outdented(line, 3).and_then(|inner| inner.strip_prefix('>'));
            let inner = marked.map_or(line, |inner| inner.strip_prefix(' ').unwrap_or(inner));
            let end = lines.at + line.len();
            text.append_part(lines.excerpt, end - inner.len()..end);
            lines.at = end;
            if syntax::ends_lazy(lines.rest()) {
                break;
            }
        }
        let mut inner = Blocks::default();
        self.read_inside(&text, &mut inner);
        blocks.push(BlockKind::Quote(inner.all), lines.source_from(start));
    }

    /// `$$…$$` between boundaries.
    fn math(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let Some(inner) = syntax::outdented(lines.rest(), 3) else { return false };
        let escaped = inner.starts_with("\\$$");
        if !(escaped || inner.starts_with("$$")) || !blocks.at_boundary() {
            return false;
        }
        let (before, start) = (lines.at, lines.text.len() - inner.len() + 2 + usize::from(escaped));
        let Some(end) = lines.searches.find(lines.text, start, "$$") else {
            self.unclosed = true;
            return false;
        };
        lines.at = end + 2;
        let line_ends = syntax::line_of_space(lines.rest());
        if escaped {
            // The backslash makes a paragraph of math that stands alone.
            lines.at = if line_ends.is_some() { start - 2 } else { before };
            return false;
        }
        lines.at += line_ends.unwrap_or(0);
        if !lines.at_boundary() {
            lines.at = before;
            return false;
        }
        let text = &lines.text[super::entities::trimmed(lines.text, start..end)];
        blocks.push(BlockKind::Math(text.to_owned()), lines.source_from(before));
        true
    }

    fn end_of_block(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let Some(length) = syntax::end_of_block(lines.rest()) else { return false };
        let start = lines.at;
        lines.at += length;
        blocks.push(BlockKind::Mark(Mark::EndOfBlock), lines.source_from(start));
        true
    }

    /// A named list, `{::comment}` and the like, or an attribute line.
    fn extension(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let (rest, start) = (lines.rest(), lines.at);
        if let Some((name, line)) = syntax::named_list_line(rest) {
            self.named.entry(name.to_owned()).or_default().merge(AttributeList::parse(line.content));
            lines.at += line.end;
            blocks.push(BlockKind::Mark(Mark::NamedList), lines.source_from(start));
            return true;
        }
        if self.tagged_extension(lines, blocks) {
            return true;
        }
        let Some(line) = syntax::attribute_line(rest, 3) else { return false };
        let list = AttributeList::parse(line.content);
        lines.at += line.end;
        let source = lines.source_from(start);
        let last = blocks.all.last_mut().filter(|last| {
            !matches!(last.kind, BlockKind::Blank { .. })
                && !matches!(last.kind, BlockKind::Mark(mark) if mark != Mark::Definition)
        });
        match last {
            Some(last) => {
                last.list.merge(list);
                last.source.end = source.end;
                if syntax::attribute_line(lines.rest(), 3).is_none() {
                    blocks.push(BlockKind::Mark(Mark::AttributeLine), source);
                }
            }
            None => match &mut blocks.waiting {
                Some((waiting, _)) => waiting.merge(list),
                None => blocks.waiting = Some((list, source.start)),
            },
        }
        true
    }

    fn tagged_extension(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let start = lines.at;
        let Some(inner) = syntax::outdented(lines.rest(), 3) else { return false };
        let known = |name: &str| matches!(name, "comment" | "nomarkdown" | "options");
        let Some(tag) = syntax::extension_tag(inner).filter(|tag| !tag.closes && known(tag.name)) else {
            return false;
        };
        let Some(behind) = syntax::line_of_space(&inner[tag.length..]) else { return false };
        let content = lines.text.len() - inner.len() + tag.length + behind;
        let (mut end, mut after) = (content, content);
        if !tag.empty {
            match extension_end(lines, content, tag.name) {
                Some(found) => (end, after) = found,
                None => {
                    self.unclosed = true;
                    return false;
                }
            }
        }
        let text = lines.text[content..end].strip_suffix('\n').unwrap_or(&lines.text[content..end]);
        lines.at = after;
        let source = lines.source_from(start);
        match tag.name {
            "options" => blocks.push(BlockKind::Mark(Mark::Extension), source),
            _ if tag.empty => {}
            "comment" => blocks.push_comment(format!("<!-- {text} -->\n"), source),
            "nomarkdown" if super::spans::for_html(tag.options) => {
                blocks.push_comment(format!("{text}\n"), source)
            }
            _ => blocks.push_comment(String::new(), source),
        }
        true
    }
}

/// Where a line with `{:/name}` or `{:/}` begins and ends.
fn extension_end(lines: &mut Lines<'_>, content: usize, name: &str) -> Option<(usize, usize)> {
    if lines.unended.iter().any(|one| one == name) {
        return None;
    }
    let mut from = content;
    while let Some(found) = lines.searches.find(lines.text, from, "{:/") {
        let before = &lines.text[content..found];
        let indent = before.bytes().rev().take(4).take_while(|&byte| byte == b' ').count();
        let alone =
            indent <= 3 && (before.len() == indent || before[..before.len() - indent].ends_with('\n'));
        let behind = &lines.text[found + 3..];
        let behind = behind.strip_prefix(name).unwrap_or(behind);
        let end = behind.strip_prefix('}').and_then(|behind| {
            syntax::line_of_space(behind).map(|length| lines.text.len() - behind.len() + length)
        });
        if let (true, Some(end)) = (alone, end) {
            return Some((found - indent, end));
        }
        from = found + 3;
    }
    lines.unended.push(name.to_owned());
    None
}
