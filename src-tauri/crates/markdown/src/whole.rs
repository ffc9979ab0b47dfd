//! A whole text read and settled at once, before colouring and sanitising: what the incremental way must equal.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::code::{self, Notation};
use crate::contents::contents_html;
use crate::dialect::{Dialect, Engine, ids_for};
use crate::notes::{NoteMarks, NoteNumbers, Numbering, Resolver, are_gathered};
use crate::reading::{Definitions, OpenQuotes, Reading, Spanned};

/// The events of a text in which nothing is left open: ids, notes and tables of contents are in their places.
pub(crate) fn settled(source: &str, dialect: &Dialect) -> Vec<Spanned> {
    let Settled { mut events, notes } = settled_apart(source, dialect);
    events.extend(notes);
    events
}

/// The events of a text, and those of the notes that its engine gathers behind it.
struct Settled {
    events: Vec<Spanned>,
    notes: Vec<Spanned>,
}

fn settled_apart(source: &str, dialect: &Dialect) -> Settled {
    let engine = dialect.engine();
    let first = engine.read(source, &Definitions::NONE);
    let mut reading = if first.found.is_empty() { first } else { engine.read(source, &first.found) };
    OpenQuotes::default().settle(&mut reading);
    let ids = assign_ids(&reading, engine);
    place_ids(&mut reading, &ids);
    for place in &reading.contents {
        let html = contents_html(reading.headings.iter().zip(&ids), place);
        reading.events[place.event].0 = Event::Html(html.into());
    }
    settle_notes(reading.events, engine)
}

/// What the site would print for the body of a text, as far as the preview knows it: settled, neither coloured nor
/// sanitised. For comparing with what a generator prints.
///
/// Not safe for a web view: everything the writer put into the post is in it. A preview is made by
/// [`crate::Preview`].
pub fn site_html(text: &str, body_start: usize, dialect: &Dialect) -> String {
    html(&text[body_start..], dialect)
}

/// A piece of what [`site_html`] gives: what one top-level block says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePart {
    /// The line that the block begins in, from 1, counted in the whole text; none for notes that are gathered at the end.
    pub line: Option<u32>,
    /// Its HTML. Raw HTML may leave elements open that a later part closes.
    pub html: String,
}

/// The same as [`site_html`], block by block.
pub fn site_parts(text: &str, body_start: usize, dialect: &Dialect) -> Vec<SitePart> {
    let notation = dialect.code().notation;
    let Settled { events, notes } = settled_apart(&text[body_start..], dialect);
    let (mut parts, mut open, mut depth) = (Vec::new(), Vec::new(), 0_usize);
    // The place that lines are counted up to, and the line there.
    let (mut counted, mut line) = (0, 1);
    for (event, range) in events {
        if open.is_empty() {
            let start = (body_start + range.start).max(counted);
            line += text.as_bytes()[counted..start].iter().filter(|byte| **byte == b'\n').count();
            counted = start;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        open.push(event);
        if depth == 0 {
            let html = events_html(std::mem::take(&mut open).into_iter(), notation);
            parts.push(SitePart { line: u32::try_from(line).ok(), html });
        }
    }
    let html = events_html(notes.into_iter().map(|(event, _)| event), notation);
    parts.extend((!html.is_empty()).then_some(SitePart { line: None, html }));
    parts
}

/// The HTML of a text, neither coloured nor sanitised. For tests of one dialect.
pub(crate) fn html(source: &str, dialect: &Dialect) -> String {
    let events = settled(source, dialect).into_iter().map(|(event, _)| event);
    events_html(events, dialect.code().notation)
}

fn events_html(events: impl Iterator<Item = Event<'static>>, notation: Notation) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, with_captions(events, notation).into_iter());
    html
}

/// Code with a caption in a figure.
fn with_captions(events: impl Iterator<Item = Event<'static>>, notation: Notation) -> Vec<Event<'static>> {
    let mut captioned = Vec::new();
    let mut in_figure = false;
    for event in events {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &event
            && let Some(start) = code::figure_start(info, notation)
        {
            captioned.push(Event::Html(start.into()));
            in_figure = true;
        }
        let ends = event == Event::End(TagEnd::CodeBlock) && std::mem::take(&mut in_figure);
        captioned.push(event);
        captioned.extend(ends.then(|| Event::Html("</figure>\n".into())));
    }
    captioned
}

fn assign_ids(reading: &Reading, engine: &dyn Engine) -> Vec<Option<String>> {
    let mut ids = ids_for(engine, reading.headings.iter());
    reading.headings.iter().map(|heading| ids.id_of(heading)).collect()
}

/// Puts ids into the events of the headings.
pub(crate) fn place_ids(reading: &mut Reading, ids: &[Option<String>]) {
    for (heading, assigned) in reading.headings.iter().zip(ids) {
        if let Some((Event::Start(Tag::Heading { id, .. }), _)) = reading.events.get_mut(heading.event) {
            *id = assigned.clone().map(Into::into);
        }
    }
}

fn settle_notes(events: Vec<Spanned>, engine: &dyn Engine) -> Settled {
    let style = engine.notes();
    let marks = NoteMarks::of(&events, are_gathered(style));
    let mut numbering = Numbering::new(std::iter::once(&marks), engine.later_definitions_win());
    let numbers: NoteNumbers = numbering.number(&[&marks]).pop().unwrap_or_default();
    let events = Resolver::new(style, &numbers).resolve(events.into_iter());
    Settled { events, notes: numbering.section(style).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::CommonMark;

    #[test]
    fn settles_ids_and_notes_of_a_whole_text() {
        let dialect = Dialect::CommonMark(CommonMark::default());
        let html = html("# 제목\n\n가[^a] [집]\n\n# 제목\n\n[^a]: 나\n\n[집]: /home\n", &dialect);
        assert!(html.contains("<h1 id=\"제목\">") && html.contains("<h1 id=\"제목-1\">"), "{html}");
        assert!(html.contains("<a href=\"/home\">집</a>"), "{html}");
        assert!(html.contains("<section class=\"footnotes\">") && html.contains("나 <a href"), "{html}");
    }

    #[test]
    fn parts_are_the_whole_with_the_line_of_each() {
        let above = "---\ntitle: x\n---\n";
        let body = "\n# 제목\n\n글[^1]\n이어진 글\n\n<details>\n\n- 가\n- 나\n\n</details>\n\n```rust\nfn a() {}\n```\n\n[^1]: 각주\n";
        for dialect in [
            Dialect::CommonMark(CommonMark::default()),
            Dialect::Hugo(crate::dialect::Hugo::default()),
            Dialect::Jekyll(crate::dialect::Jekyll::default()),
            Dialect::Hexo(crate::dialect::Hexo::default()),
            Dialect::Astro(crate::dialect::Astro::default()),
        ] {
            let text = format!("{above}{body}");
            let parts = site_parts(&text, above.len(), &dialect);
            let joined: String = parts.iter().map(|part| part.html.as_str()).collect();
            assert_eq!(joined.replace('\n', ""), site_html(&text, above.len(), &dialect).replace('\n', ""));
            // Hugo leaves raw HTML out.
            let shown = |(start, _): &(&str, u32)| joined.contains(start);
            for (start, line) in
                [("<h1", 5), ("<p>글", 7), ("<details", 10), ("<pre", 17)].into_iter().filter(shown)
            {
                let part = parts.iter().find(|part| part.html.contains(start) && part.line.is_some());
                assert_eq!(part.and_then(|part| part.line), Some(line), "{start} {dialect:?} {parts:#?}");
            }
        }
    }
}
