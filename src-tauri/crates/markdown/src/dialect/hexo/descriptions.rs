//! Description lists: a paragraph `term<br>: what it is` (hexo-renderer-marked's `descriptionLists`).

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::reading::Spanned;

/// Makes a list of each paragraph of that form.
pub(super) fn mark(events: Vec<Spanned>) -> Vec<Spanned> {
    let mut marked = Vec::with_capacity(events.len());
    let mut paragraph: Option<(usize, Option<usize>)> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Paragraph) => paragraph = Some((marked.len(), None)),
            Event::Text(text) if describes(text) => {
                if let Some((start, last)) = &mut paragraph
                    && marked.len() > *start + 2
                    && matches!(marked.last(), Some((Event::HardBreak, _)))
                {
                    *last = Some(marked.len());
                }
            }
            Event::End(TagEnd::Paragraph) => {
                if let Some((start, Some(colon))) = paragraph.take() {
                    make_list(&mut marked, start, colon);
                    marked.push((Event::Html("</dd></dl>\n".into()), range.clone()));
                    marked.push((Event::End(TagEnd::HtmlBlock), range));
                    continue;
                }
            }
            _ => {}
        }
        marked.push((event, range));
    }
    marked
}

/// `: ` and something.
fn describes(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

fn make_list(events: &mut Vec<Spanned>, start: usize, colon: usize) {
    if let Event::Text(text) = &events[colon].0 {
        let what = text.trim_start_matches(':').trim_start().to_owned();
        events[colon].0 = Event::Text(what.into());
    }
    events[colon - 1].0 = Event::Html("</dt><dd>".into());
    let range = events[start].1.clone();
    events[start].0 = Event::Start(Tag::HtmlBlock);
    events.insert(start + 1, (Event::Html("<dl><dt>".into()), range));
}
