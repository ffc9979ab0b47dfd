//! Definitions: of terms, links, footnotes and abbreviations.

use pulldown_cmark::CowStr;

use super::lists::{FirstLine, ItemLine};
use super::{BlockReader, Blocks, Lines, code, syntax};
use crate::dialect::jekyll::attributes::{AttributeList, name_length};
use crate::dialect::jekyll::entities::trimmed;
use crate::dialect::jekyll::excerpt::Excerpt;
use crate::dialect::jekyll::spans::label;
use crate::dialect::jekyll::syntax::is_space;
use crate::dialect::jekyll::tree::{Block, BlockKind, Entry, Item, Mark};
use crate::reading::LinkTarget;

impl BlockReader<'_> {
    /// Lines with `: ` behind a paragraph, whose lines are the terms.
    pub(super) fn definition_list(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        if syntax::definition_marker(lines.rest(), 3).is_none() {
            return false;
        }
        let Some((terms, spaced)) = take_terms(blocks) else { return false };
        let start = lines.at;
        let mut entries = term_entries(&terms);
        let mut last_blank = None;
        for meaning in collect(lines, spaced) {
            let mut inner = Blocks::default();
            self.read_inside(&meaning.text, &mut inner);
            let mut inner = inner.all;
            if !inner.is_empty() {
                let blank = matches!(inner.last().map(|block| &block.kind), Some(BlockKind::Blank { .. }));
                last_blank = if blank { inner.pop() } else { None };
            }
            let followed = inner.len() > 1;
            if let Some(Block { kind: BlockKind::Paragraph { bare, text }, source, .. }) = inner.first_mut() {
                *bare = !meaning.in_paragraphs;
                if *bare && followed {
                    text.append("\n", source.end);
                }
            }
            let source = lines.excerpt.source_range(meaning.start..meaning.end);
            let item = Item { blocks: inner, list: meaning.list, source, task: None };
            entries.push(Entry::Meaning { item, in_paragraphs: meaning.in_paragraphs });
        }
        let end = lines.source_from(start).end;
        push_entries(blocks, entries, terms, end);
        blocks.all.extend(last_blank);
        true
    }

    /// `[label]: url "title"`. The last of a label counts.
    pub(super) fn link_definition(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let start = lines.at;
        let Some(definition) = LinkDefinition::read(lines.text, start) else { return false };
        lines.at = definition.end;
        let target = LinkTarget {
            url: CowStr::from(definition.url.to_owned()),
            title: CowStr::from(definition.title.to_owned()),
        };
        self.found.links.insert(label(definition.label), target);
        blocks.push(BlockKind::Mark(Mark::Definition), lines.source_from(start));
        true
    }

    /// `[^label]: text`, and the indented lines behind.
    pub(super) fn note(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let line = lines.line();
        let Some(inner) = syntax::outdented(line, 3).and_then(|inner| inner.strip_prefix("[^")) else {
            return false;
        };
        let length = name_length(inner);
        if length == 0 || !inner[length..].starts_with("]:") {
            return false;
        }
        let (start, name) = (lines.at, inner[..length].to_owned());
        let content = start + line.len() - inner.len() + length + 2;
        let end = code::indented_end(lines.text, start + line.len());
        let mut text = Excerpt::default();
        let mut at = content;
        while at < end {
            let next = syntax::line_end(lines.text, at);
            let indent = match &lines.text[at..next] {
                line if line.starts_with('\t') => 1,
                line if line.starts_with("    ") => 4,
                _ => 0,
            };
            text.append_part(lines.excerpt, at + indent..next);
            at = next;
        }
        lines.at = end;
        let mut inner = Blocks::default();
        self.read_inside(&text, &mut inner);
        self.found.notes.insert(name.clone());
        blocks.push(BlockKind::Note { label: name, blocks: inner.all }, lines.source_from(start));
        true
    }

    /// `*[abbreviation]: what it stands for`
    pub(super) fn abbreviation(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let start = lines.at;
        let Some(inner) = syntax::outdented(lines.line(), 3).and_then(|inner| inner.strip_prefix("*["))
        else {
            return false;
        };
        let Some((name, meaning)) = inner.split_once("]:").filter(|(name, _)| !name.is_empty()) else {
            return false;
        };
        let meaning = meaning[trimmed(meaning, 0..meaning.len())].to_owned();
        self.found.abbreviations.insert(name.to_owned(), meaning);
        lines.next_line();
        blocks.push(BlockKind::Mark(Mark::Definition), lines.source_from(start));
        true
    }
}

/// Takes the paragraph before off the blocks, and says whether a blank line was behind it.
fn take_terms(blocks: &mut Blocks) -> Option<(Block, bool)> {
    let paragraph = |at: usize| matches!(blocks.all[at].kind, BlockKind::Paragraph { .. });
    let last = blocks.all.len().checked_sub(1)?;
    if paragraph(last) {
        return blocks.all.pop().map(|terms| (terms, false));
    }
    let spaced = matches!(blocks.all[last].kind, BlockKind::Blank { single: true });
    if spaced && last > 0 && paragraph(last - 1) {
        blocks.all.pop();
        return blocks.all.pop().map(|terms| (terms, true));
    }
    None
}

fn term_entries(terms: &Block) -> Vec<Entry> {
    let BlockKind::Paragraph { text, .. } = &terms.kind else { return Vec::new() };
    let mut entries = Vec::new();
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        let range = at..at + line.trim_end_matches('\n').len();
        at += line.len();
        let (list, length) = leading_list(&text.as_str()[range.clone()]);
        entries.push(Entry::Term { text: text.part(range.start + length..range.end), list });
    }
    entries
}

fn leading_list(term: &str) -> (AttributeList, usize) {
    let blanks = term.len() - syntax::trimmed_start(term).len();
    let inner = term[blanks..].strip_prefix("{:").filter(|inner| !inner.starts_with([':', '/']));
    match inner.and_then(|inner| syntax::list_length(inner).map(|length| (inner, length))) {
        Some((inner, length)) => {
            let end = blanks + length + 3;
            let end = end + (term.len() - end) - syntax::trimmed_start(&term[end..]).len();
            (AttributeList::parse(&inner[..length]), end)
        }
        None => (AttributeList::default(), 0),
    }
}

/// What a term means, its lines collected.
struct Meaning {
    text: Excerpt,
    list: AttributeList,
    in_paragraphs: bool,
    start: usize,
    end: usize,
}

fn collect(lines: &mut Lines<'_>, spaced: bool) -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = Vec::new();
    let (mut marker_indent, mut indent) = (3, 0);
    let (mut in_paragraphs, mut after_blank) = (spaced, false);
    while !lines.is_done() {
        let at = lines.at;
        if let Some(length) = syntax::definition_marker(lines.rest(), marker_indent) {
            let first = FirstLine::read(lines, length);
            (marker_indent, indent) = (first.marker_indent(), first.indent);
            let (text, list) = (first.text, first.list);
            meanings.push(Meaning { text, list, in_paragraphs, start: at, end: lines.at });
            (in_paragraphs, after_blank) = (false, false);
            continue;
        }
        if syntax::end_of_block(lines.rest()).is_some() {
            break;
        }
        let Some(meaning) = meanings.last_mut() else { break };
        if let Some(line) = ItemLine::read(lines, indent, after_blank) {
            meaning.text.append_part(&line.text, 0..line.text.len());
            (in_paragraphs, after_blank) = (false, false);
            meaning.end = lines.at;
        } else if let Some(end) = syntax::blank_lines(lines.text, lines.at) {
            meaning.text.append_part(lines.excerpt, at..end);
            (in_paragraphs, after_blank) = (true, true);
            lines.at = end;
        } else {
            break;
        }
    }
    meanings
}

/// A definition list goes on one that is before it.
fn push_entries(blocks: &mut Blocks, entries: Vec<Entry>, terms: Block, end: usize) {
    let count = blocks.all.len();
    let is_list = |at: usize| matches!(blocks.all[at].kind, BlockKind::Definitions(_));
    let behind_blank =
        count >= 2 && matches!(blocks.all[count - 1].kind, BlockKind::Blank { .. }) && is_list(count - 2);
    if behind_blank {
        blocks.all.pop();
    }
    match blocks.all.last_mut() {
        Some(Block { kind: BlockKind::Definitions(before), source, .. }) => {
            before.extend(entries);
            source.end = end;
        }
        _ => {
            let source = terms.source.start..end;
            blocks.all.push(Block { kind: BlockKind::Definitions(entries), source, ..terms });
        }
    }
}

/// A definition of a link: its label, URL and title, which may be empty.
struct LinkDefinition<'a> {
    label: &'a str,
    url: &'a str,
    title: &'a str,
    end: usize,
}

impl<'a> LinkDefinition<'a> {
    fn read(text: &'a str, at: usize) -> Option<Self> {
        let line_end = syntax::line_end(text, at);
        let line = &text[at..line_end];
        let inner = syntax::outdented(line, 3)?.strip_prefix('[')?;
        let close = inner.find(']').filter(|&close| close > 0)?;
        let behind = inner[close + 1..].strip_prefix(':')?;
        let (label, target) = (&inner[..close], behind.trim_start_matches([' ', '\t']));
        let target = syntax::trimmed_end(target);
        let (url, title) =
            if let Some((url, rest)) = bracketed(target) { (url, rest) } else { split_title(target)? };
        if !title.is_empty() {
            return Some(Self { label, url, title, end: line_end });
        }
        // The title may stand on a line of its own.
        let next_end = syntax::line_end(text, line_end);
        let next = &text[line_end..next_end];
        let next = next[trimmed(next, 0..next.len())].trim_matches([' ', '\t']);
        match quoted(next) {
            Some(title) => Some(Self { label, url, title, end: next_end }),
            None => Some(Self { label, url, title: "", end: line_end }),
        }
    }
}

/// `<url>`, perhaps with a title.
fn bracketed(target: &str) -> Option<(&str, &str)> {
    let (url, rest) = target.strip_prefix('<')?.split_once('>')?;
    if rest.is_empty() {
        return Some((url, ""));
    }
    let title = rest.trim_start_matches([' ', '\t']);
    if title.len() == rest.len() {
        return None;
    }
    quoted(title).map(|title| (url, title))
}

/// The URL, which may hold blanks, and the title behind it. A blank and a quote in the URL make it no definition.
fn split_title(target: &str) -> Option<(&str, &str)> {
    if target.is_empty() {
        return None;
    }
    let blank_and_quote = target
        .bytes()
        .zip(target.bytes().skip(1))
        .enumerate()
        .find(|(_, (blank, quote))| matches!(blank, b' ' | b'\t') && matches!(quote, b'"' | b'\''));
    match blank_and_quote {
        None => Some((target, "")),
        Some((at, _)) => {
            let title = quoted(&target[at + 1..])?;
            Some((target[..at].trim_end_matches([' ', '\t']), title))
        }
    }
}

fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = text[1..].strip_suffix(quote)?;
    (!inner.is_empty() && !inner.bytes().all(|byte| byte != b' ' && is_space(byte))).then_some(inner)
}
