//! Runs of text between inline marks: what every pass over prose (links, strikethrough, quotes) begins with.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::reading::Spanned;

/// Where a run of text events stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Inside a link of any kind.
    pub(crate) in_link: bool,
    /// The link was a bare URL, whose text is no prose.
    pub(crate) in_autolink: bool,
    /// Inside an image's description.
    pub(crate) in_image: bool,
    /// The first run of its block.
    pub(crate) begins_block: bool,
    /// Nothing is before it on its line, not even a mark.
    pub(crate) begins_line: bool,
}

/// Hands each run of text events outside code to `rewrite`, which writes what stands there instead.
pub(crate) fn rewrite_runs(
    events: Vec<Spanned>,
    mut rewrite: impl FnMut(&[Spanned], Place, &mut Vec<Spanned>),
) -> Vec<Spanned> {
    let mut rewritten = Vec::with_capacity(events.len());
    let mut run: Vec<Spanned> = Vec::new();
    let mut scope = Scope::default();
    for (event, range) in events {
        if matches!(event, Event::Text(_)) && !scope.in_code {
            run.push((event, range));
            continue;
        }
        if !run.is_empty() {
            rewrite(&run, scope.place(), &mut rewritten);
            run.clear();
            scope.begins_block = false;
            scope.begins_line = false;
        }
        scope.pass(&event);
        rewritten.push((event, range));
    }
    if !run.is_empty() {
        rewrite(&run, scope.place(), &mut rewritten);
    }
    rewritten
}

#[derive(Default)]
struct Scope {
    in_code: bool,
    links: Vec<bool>,
    images: usize,
    begins_block: bool,
    begins_line: bool,
}

impl Scope {
    fn place(&self) -> Place {
        Place {
            in_link: !self.links.is_empty(),
            in_autolink: self.links.last().is_some_and(|&autolink| autolink),
            in_image: self.images > 0,
            begins_block: self.begins_block,
            begins_line: self.begins_line,
        }
    }

    fn pass(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => {
                self.in_code = false;
                self.begin_block();
            }
            Event::Start(Tag::Link { link_type, .. }) => {
                self.links.push(matches!(link_type, LinkType::Autolink | LinkType::Email));
                self.begins_line = false;
            }
            Event::End(TagEnd::Link) => {
                self.links.pop();
                self.begins_line = false;
            }
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => {
                self.images = self.images.saturating_sub(1);
                self.begins_line = false;
            }
            Event::SoftBreak | Event::HardBreak => self.begins_line = true,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => self.begins_line = false,
            _ => self.begin_block(),
        }
    }

    fn begin_block(&mut self) {
        self.begins_block = true;
        self.begins_line = true;
    }
}

/// The text of a text event.
pub(crate) fn text_of(event: &Spanned) -> &str {
    match &event.0 {
        Event::Text(text) => text,
        _ => "",
    }
}

/// The event shows its source as it is written: it is no character reference. One look, however long the text is:
/// a reference begins with `&`, and what it stands for does not, or is shorter.
pub(crate) fn is_literal((event, range): &Spanned, source: &str) -> bool {
    let Event::Text(text) = event else { return false };
    text.len() == range.len() && source.as_bytes().get(range.start) == text.as_bytes().first()
}

/// The first character of the event at `at` in a run was written with a backslash before it.
pub(crate) fn is_escaped(run: &[Spanned], at: usize, source: &str) -> bool {
    let start = run[at].1.start;
    start > 0
        && source.as_bytes()[start - 1] == b'\\'
        && !(at > 0 && run[at - 1].1.end == start)
        && source.as_bytes().get(start).is_some_and(u8::is_ascii_punctuation)
}

/// The bytes of the source that a run stands on.
pub(crate) fn span(run: &[Spanned]) -> Range<usize> {
    match (run.first(), run.last()) {
        (Some(first), Some(last)) => first.1.start..last.1.end,
        _ => 0..0,
    }
}

/// Copies what stands between two offsets of the source; a character reference goes where it begins.
pub(crate) fn push_between(run: &[Spanned], from: usize, to: usize, source: &str, out: &mut Vec<Spanned>) {
    let first = run.partition_point(|(_, range)| range.end <= from);
    for event in &run[first..] {
        let (start, end) = (event.1.start.max(from), event.1.end.min(to));
        if event.1.start >= to {
            break;
        }
        if start == event.1.start && end == event.1.end {
            out.push(event.clone());
        } else if is_literal(event, source) {
            out.push((Event::Text(source[start..end].to_owned().into()), start..end));
        } else if event.1.start >= from {
            out.push(event.clone());
        }
    }
}
