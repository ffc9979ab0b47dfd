//! A whole text read and settled at once, before colouring and sanitising: what the incremental way must equal.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::code::{self, Notation};
use crate::contents::contents_html;
use crate::dialect::{Dialect, Engine, ids_for};
use crate::notes::{NoteMarks, NoteNumbers, Numbering, Resolver, are_gathered};
use crate::reading::{Definitions, OpenQuotes, Reading, Spanned};

/// The events of a text in which nothing is left open: ids, notes and tables of contents are in their places.
pub(crate) fn settled(source: &str, dialect: &Dialect) -> Vec<Spanned> {
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

/// The HTML of a text, neither coloured nor sanitised. For tests of one dialect.
pub(crate) fn html(source: &str, dialect: &Dialect) -> String {
    let mut html = String::new();
    let events = settled(source, dialect).into_iter().map(|(event, _)| event);
    pulldown_cmark::html::push_html(&mut html, with_captions(events, dialect.code().notation).into_iter());
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

fn settle_notes(events: Vec<Spanned>, engine: &dyn Engine) -> Vec<Spanned> {
    let style = engine.notes();
    let marks = NoteMarks::of(&events, are_gathered(style));
    let mut numbering = Numbering::new(std::iter::once(&marks), engine.later_definitions_win());
    let numbers: NoteNumbers = numbering.number(&[&marks]).pop().unwrap_or_default();
    let mut flow = Resolver::new(style, &numbers).resolve(events.into_iter());
    flow.extend(numbering.section(style).unwrap_or_default());
    flow
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
}
