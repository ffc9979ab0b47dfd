//! What every engine that is near to CommonMark begins with: pulldown-cmark over a run of blocks.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::reading::{Definitions, HeadingAnchor, LinkTarget, Reading, Spanned};

/// No label has more bytes: 999 characters (CommonMark 0.31, 6.3).
const LONGEST_LABEL: usize = 4 * 1_000;

/// Reads a run of blocks; headings are left to [`add_heading_anchors`].
pub(crate) fn read(source: &str, options: Options, known: &Definitions) -> Reading {
    let mut asked = BTreeSet::new();
    let prelude = if options.contains(Options::ENABLE_FOOTNOTES) {
        note_prelude(source, known, &mut asked)
    } else {
        String::new()
    };
    let text =
        if prelude.is_empty() { Cow::Borrowed(source) } else { Cow::Owned(format!("{prelude}{source}")) };
    let mut room = Room::of(source);
    let mut resolve = |link: BrokenLink<'_>| {
        let label = normalised_label(&link.reference);
        let target = known.links.get(&label).filter(|target| room.takes(target));
        asked.insert(label);
        target.map(|target| (target.url.clone(), target.title.clone()))
    };
    let parser = Parser::new_with_broken_link_callback(&text, options, Some(&mut resolve));
    let mut found = Definitions::default();
    for (label, definition) in parser.reference_definitions().iter() {
        let target = LinkTarget {
            url: definition.dest.clone().into_static(),
            title: definition.title.clone().unwrap_or(CowStr::Borrowed("")).into_static(),
        };
        found.links.insert(normalised_label(label), target);
    }
    let mut events: Vec<Spanned> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        if range.start >= prelude.len() {
            events.push((event.into_static(), range.start - prelude.len()..range.end - prelude.len()));
        }
    }
    let mut reading = Reading { events, found, asked, ..Reading::default() };
    settle_references(&mut reading, known, &mut Room::of(source));
    reading
}

/// How many bytes of targets the references of one run are given: as many as it has itself, and some, as in
/// pulldown-cmark. Without a limit a long target that is used often is a page of any size.
#[derive(Debug)]
pub(crate) struct Room {
    left: usize,
}

impl Room {
    /// However short a run is.
    const LEAST: usize = 100_000;

    pub(crate) fn of(source: &str) -> Self {
        Self { left: source.len().max(Self::LEAST) }
    }

    /// Takes the place of a reference's target, if there is so much.
    pub(crate) fn takes(&mut self, target: &LinkTarget) -> bool {
        let left = self.left.checked_sub(target.bytes());
        self.left = left.unwrap_or_default();
        left.is_some()
    }
}

/// Notes each heading with the id that `wanted` makes of its events.
pub(crate) fn add_heading_anchors(
    reading: &mut Reading,
    wanted: impl Fn(&[Spanned], &Tag<'static>) -> Option<(String, bool)>,
) {
    let mut start = None;
    for at in 0..reading.events.len() {
        match &reading.events[at].0 {
            Event::Start(Tag::Heading { .. }) => start = Some(at),
            Event::End(TagEnd::Heading(level)) => {
                let Some(start) = start.take() else { continue };
                let Event::Start(tag) = &reading.events[start].0 else { continue };
                let content = &reading.events[start + 1..at];
                let wanted = wanted(content, tag);
                let mut label_html = String::new();
                pulldown_cmark::html::push_html(
                    &mut label_html,
                    content.iter().map(|(event, _)| event.clone()),
                );
                reading.headings.push(HeadingAnchor {
                    event: start,
                    level: *level as u8,
                    given: wanted.as_ref().is_some_and(|(_, given)| *given),
                    wanted: wanted.map(|(id, _)| id),
                    label_html,
                });
            }
            _ => {}
        }
    }
}

/// The text of inline events, as most generators take it for an id: words and code, no marks.
pub(crate) fn plain_text(events: &[Spanned]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(more) | Event::Code(more) => text.push_str(more),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Labels match without regard to case and to how much white space is between words (CommonMark 0.31, 6.3).
pub(crate) fn normalised_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().to_uppercase().to_lowercase()
}

/// The label of a footnote among all other labels that are asked for.
pub(crate) fn note_label(label: &str) -> String {
    format!("^{}", normalised_label(label))
}

/// What stands in a paragraph, if that is all there is.
pub(crate) fn lone_paragraph(events: &[Spanned]) -> Option<&[Spanned]> {
    let is_end = |event: &Event<'_>| *event == Event::End(TagEnd::Paragraph);
    match events {
        [(Event::Start(Tag::Paragraph), _), inside @ .., (end, _)]
            if is_end(end) && !inside.iter().any(|(event, _)| is_end(event)) =>
        {
            Some(inside)
        }
        _ => None,
    }
}

/// The name of a variable among all labels that are asked for.
pub(crate) fn variable_label(name: &str) -> String {
    format!("{{{name}}}")
}

/// Defines, before the run, the footnotes whose definitions are elsewhere: pulldown-cmark takes `[^a]` for text if
/// it has seen no definition. The comment after them ends the last one, whatever the run begins with.
fn note_prelude(source: &str, known: &Definitions, asked: &mut BTreeSet<String>) -> String {
    let mut prelude = String::new();
    for label in note_labels(source) {
        if asked.insert(note_label(label)) && known.notes.contains(&normalised_label(label)) {
            // Writing to a String cannot fail.
            let _ = writeln!(prelude, "[^{label}]: .");
        }
    }
    if !prelude.is_empty() {
        prelude.push_str("\n<!-- -->\n\n");
    }
    prelude
}

/// Everything that may be the label of a footnote.
fn note_labels(source: &str) -> impl Iterator<Item = &str> {
    source.match_indices("[^").filter_map(|(at, _)| label_at(&source[at + 2..]))
}

fn label_at(rest: &str) -> Option<&str> {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < LONGEST_LABEL {
        match bytes.get(end)? {
            b']' => return (end > 0).then(|| &rest[..end]),
            b'[' | b'\n' => return None,
            b'\\' if bytes.get(end + 1).is_some_and(u8::is_ascii_punctuation) => end += 2,
            _ => end += 1,
        }
    }
    None
}

/// The first definition in the text wins, which need not be in this run.
fn settle_references(reading: &mut Reading, known: &Definitions, room: &mut Room) {
    for (event, _) in &mut reading.events {
        match event {
            Event::Start(
                Tag::Link { link_type, dest_url, title, id } | Tag::Image { link_type, dest_url, title, id },
            ) if by_reference(*link_type) => {
                let label = normalised_label(id);
                if let Some(target) = known.links.get(&label).filter(|target| room.takes(target)) {
                    *dest_url = target.url.clone();
                    *title = target.title.clone();
                }
                reading.asked.insert(label);
            }
            Event::FootnoteReference(label) => {
                reading.asked.insert(note_label(label));
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                reading.found.notes.insert(normalised_label(label));
            }
            _ => {}
        }
    }
}

fn by_reference(link_type: LinkType) -> bool {
    !matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. })
}

/// The byte ranges of the top-level blocks, by the index of their events.
pub(crate) fn top_level(events: &[Spanned]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            blocks.push(start..at + 1);
            start = at + 1;
        }
    }
    blocks
}
