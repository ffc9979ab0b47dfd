//! MDX has no indented code: blanks before a block mean nothing, so that what elements hold can be indented.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Tag, TagEnd};

use crate::dialect::common;
use crate::reading::{Definitions, Reading, Spanned};

/// Blocks that are indented once more than those around them, so many times, stay code: each is read anew.
const MAX_DEPTH: usize = 8;

/// Reads what was taken for indented code as the blocks that it is.
pub(super) fn read_as_blocks(reading: &mut Reading, options: Options, known: &Definitions) {
    read_to_depth(reading, options, known, MAX_DEPTH);
}

fn read_to_depth(reading: &mut Reading, options: Options, known: &Definitions, depth: usize) {
    let is_indented = |event: &Event<'_>| *event == Event::Start(Tag::CodeBlock(CodeBlockKind::Indented));
    if depth == 0 || !reading.events.iter().any(|(event, _)| is_indented(event)) {
        return;
    }
    let mut events = std::mem::take(&mut reading.events).into_iter();
    while let Some(event) = events.next() {
        if !is_indented(&event.0) {
            reading.events.push(event);
            continue;
        }
        let lines: Vec<Spanned> =
            events.by_ref().take_while(|(event, _)| *event != Event::End(TagEnd::CodeBlock)).collect();
        let block = Dedented::of(&lines);
        let mut inner = common::read(&block.text, options, known);
        read_to_depth(&mut inner, options, known, depth - 1);
        reading
            .events
            .extend(inner.events.into_iter().map(|(event, range)| (event, block.in_source(&range))));
        for (label, target) in inner.found.links {
            reading.found.links.entry(label).or_insert(target);
        }
        reading.found.notes.extend(inner.found.notes);
        reading.asked.extend(inner.asked);
    }
}

/// The text of indented code.
struct Dedented {
    text: String,
    /// Where each part of it stands: there, and in the source.
    parts: Vec<(usize, Range<usize>)>,
}

impl Dedented {
    fn of(lines: &[Spanned]) -> Self {
        let mut block = Self { text: String::new(), parts: Vec::new() };
        for (event, range) in lines {
            let Event::Text(line) = event else { continue };
            block.parts.push((block.text.len(), range.clone()));
            block.text.push_str(line);
        }
        block
    }

    fn in_source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset_in_source(range.start, false);
        start..self.offset_in_source(range.end, true).max(start)
    }

    /// What ends where a part does, ends there, and not where the next one begins.
    fn offset_in_source(&self, offset: usize, is_end: bool) -> usize {
        let passed = self.parts.partition_point(|(at, _)| *at < offset || (!is_end && *at == offset));
        let Some((at, source)) = self.parts[..passed].last().or(self.parts.first()) else { return 0 };
        (source.start + offset.saturating_sub(*at)).min(source.end)
    }
}
