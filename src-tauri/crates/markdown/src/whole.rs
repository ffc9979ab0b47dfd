//! A whole text read and settled at once, before colouring and sanitising: what the incremental way must equal.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::{Dialect, Engine, Note};
use crate::reading::{Definitions, HeadingAnchor, OpenQuotes, Reading, Spanned};

/// The events of a text in which nothing is left open: ids, notes and tables of contents are in their places.
pub(crate) fn settled(source: &str, dialect: &Dialect) -> Vec<Spanned> {
    let engine = dialect.engine();
    let known = engine.read(source, &Definitions::default()).found;
    let mut reading = engine.read(source, &known);
    OpenQuotes::default().settle(&mut reading);
    let ids = assign_ids(&mut reading, engine);
    place_contents(&mut reading, &ids);
    settle_notes(reading.events, engine)
}

/// The HTML of a text, neither coloured nor sanitised. For tests of one dialect.
pub(crate) fn html(source: &str, dialect: &Dialect) -> String {
    let mut html = String::new();
    let events = settled(source, dialect).into_iter().map(|(event, _)| event);
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn assign_ids(reading: &mut Reading, engine: &dyn Engine) -> Vec<Option<String>> {
    let mut ids = engine.heading_ids();
    let mut given = Vec::new();
    for anchor in reading.headings.iter().filter(|anchor| anchor.given) {
        ids.reserve(anchor.wanted.as_deref().unwrap_or(""));
    }
    for anchor in &reading.headings {
        let assigned = anchor.wanted.as_ref().map(|wanted| ids.assign(wanted, anchor.given));
        if let Event::Start(Tag::Heading { id, .. }) = &mut reading.events[anchor.event].0 {
            *id = assigned.clone().map(Into::into);
        }
        given.push(assigned);
    }
    given
}

fn place_contents(reading: &mut Reading, ids: &[Option<String>]) {
    for place in &reading.contents {
        let html = contents_html(&reading.headings, ids, place.ordered, place.levels, &place.attributes);
        reading.events[place.event].0 = Event::Html(html.into());
    }
}

/// A nested list of links to the headings of some levels that have an id.
pub(crate) fn contents_html(
    headings: &[HeadingAnchor],
    ids: &[Option<String>],
    ordered: bool,
    (from, to): (u8, u8),
    attributes: &str,
) -> String {
    let name = if ordered { "ol" } else { "ul" };
    let mut html = String::new();
    let mut open: Vec<u8> = Vec::new();
    for (heading, id) in headings.iter().zip(ids) {
        let (Some(id), true) = (id, (from..=to).contains(&heading.level)) else { continue };
        while open.len() > 1 && open.last().is_some_and(|&level| level > heading.level) {
            html.push_str(&format!("</li>\n</{name}>\n"));
            open.pop();
        }
        match open.last() {
            Some(&level) if level < heading.level => {
                html.push_str(&format!("\n<{name}>\n"));
                open.push(heading.level);
            }
            Some(_) => html.push_str("</li>\n"),
            None => {
                html.push_str(&format!("<{name}{attributes}>\n"));
                open.push(heading.level);
            }
        }
        let id = crate::sanitise::escaped(id);
        html.push_str(&format!("<li><a href=\"#{id}\">{}</a>", heading.label_html));
    }
    for _ in &open {
        html.push_str(&format!("</li>\n</{name}>\n"));
    }
    html
}

/// Numbers the notes by their first reference and puts them where the engine does.
fn settle_notes(events: Vec<Spanned>, engine: &dyn Engine) -> Vec<Spanned> {
    if engine.notes().section(Vec::new()).is_none() {
        return Numbers::default().settle_in_place(events, engine);
    }
    let (flow, definitions) = take_definitions(events);
    let style = engine.notes();
    let mut numbers = Numbers::default();
    let mut flow: Vec<Spanned> = flow.into_iter().map(|event| numbers.resolve(event, engine)).collect();
    // Notes that only notes refer to come after; each is resolved once, in the order of its number.
    let mut contents: HashMap<String, Vec<Spanned>> = HashMap::new();
    let mut done = 0;
    while done < numbers.order.len() {
        let label = numbers.order[done].clone();
        let content = definitions.iter().find(|(of, _)| *of == label).map(|(_, content)| content.clone());
        let content = content.unwrap_or_default();
        let content = content.into_iter().map(|event| numbers.resolve(event, engine)).collect();
        contents.insert(label, content);
        done += 1;
    }
    let notes: Vec<Note> = numbers
        .order
        .iter()
        .enumerate()
        .map(|(at, label)| Note {
            number: at + 1,
            references: numbers.references[label],
            content: contents.remove(label).unwrap_or_default(),
            label: label.clone(),
        })
        .collect();
    if notes.is_empty() {
        return flow;
    }
    flow.extend(style.section(notes).unwrap_or_default());
    flow
}

type LabelledEvents = Vec<(String, Vec<Spanned>)>;

fn take_definitions(events: Vec<Spanned>) -> (Vec<Spanned>, LabelledEvents) {
    let (mut flow, mut definitions, mut open) =
        (Vec::new(), LabelledEvents::new(), Vec::<(String, Vec<Spanned>)>::new());
    for (event, range) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => definitions.extend(open.pop()),
            event => match open.last_mut() {
                Some((_, content)) => content.push((event, range)),
                None => flow.push((event, range)),
            },
        }
    }
    (flow, definitions)
}

#[derive(Default)]
struct Numbers {
    order: Vec<String>,
    references: HashMap<String, usize>,
}

impl Numbers {
    /// Notes stay where they are defined; a definition before its references takes a number too.
    fn settle_in_place(&mut self, events: Vec<Spanned>, engine: &dyn Engine) -> Vec<Spanned> {
        let mut flow = Vec::new();
        let mut open: Vec<(String, Vec<Spanned>)> = Vec::new();
        for (event, range) in events {
            let settled = match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    self.number(&label);
                    open.push((label.to_string(), Vec::new()));
                    continue;
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((label, content)) = open.pop() else { continue };
                    engine.notes().in_place(Some(self.number(&label)), &label, content)
                }
                event => vec![self.resolve((event, range), engine)],
            };
            open.last_mut().map_or(&mut flow, |(_, content)| content).extend(settled);
        }
        flow
    }

    fn number(&mut self, label: &str) -> usize {
        let known = self.order.iter().position(|one| one == label);
        known.unwrap_or_else(|| {
            self.order.push(label.to_owned());
            self.order.len() - 1
        }) + 1
    }

    fn resolve(&mut self, (event, range): Spanned, engine: &dyn Engine) -> Spanned {
        let Event::FootnoteReference(label) = event else { return (event, range) };
        let label = label.to_string();
        let references = self.references.entry(label.clone()).or_insert(0);
        *references += 1;
        let occurrence = *references;
        let number = self.number(&label);
        (Event::InlineHtml(engine.notes().reference(number, &label, occurrence).into()), range)
    }
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
