//! Description lists: a paragraph `term<br>: what it is` (hexo-renderer-marked's `descriptionLists`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::reading::Spanned;

/// Makes a list of each paragraph of that form.
pub(super) fn mark(events: Vec<Spanned>, source: &str) -> Vec<Spanned> {
    let mut columns: Vec<usize> = Vec::new();
    let mut lines = LineStarts { source, at: 0, start: 0 };
    let mut marked = Vec::with_capacity(events.len());
    let mut paragraph: Option<(usize, Option<usize>)> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Paragraph) => paragraph = Some((marked.len(), None)),
            Event::Start(Tag::Item) => columns.push(content_column(&range, &mut lines)),
            Event::End(TagEnd::Item) => {
                columns.pop();
            }
            Event::Text(text) if describes(text) && begins_line(range.start, columns.last(), &mut lines) => {
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

/// Where the lines of places begin, which are asked for one after the other: a line may be as long as the text.
struct LineStarts<'a> {
    source: &'a str,
    at: usize,
    start: usize,
}

impl LineStarts<'_> {
    fn of(&mut self, at: usize) -> usize {
        let from = if at < self.at { 0 } else { self.at };
        match self.source[from..at].rfind('\n') {
            Some(end) => self.start = from + end + 1,
            None if from == 0 => self.start = 0,
            None => {}
        }
        self.at = at;
        self.start
    }
}

/// `: ` and something.
fn describes(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// The column of an item's text.
fn content_column(item: &Range<usize>, lines: &mut LineStarts<'_>) -> usize {
    let line = lines.of(item.start);
    let text = &lines.source[item.clone()];
    let mark = text.find([' ', '\t']).unwrap_or(0);
    item.start - line + text.len() - text[mark..].trim_start_matches([' ', '\t']).len()
}

/// Nothing but the item's own indent stands before it on its line: marked keeps what is more.
fn begins_line(at: usize, column: Option<&usize>, lines: &mut LineStarts<'_>) -> bool {
    let line = lines.of(at);
    let indent = &lines.source[line..at];
    indent.is_empty()
        || indent.trim_start().starts_with('>')
        || column.is_some_and(|column| indent.len() == *column)
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
