//! Tables without rows: GFM 0.29 gives them no body, the HTML writer an empty one.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::reading::Spanned;

/// Makes ready HTML of the frames of such tables, inside `HtmlBlock`s, so that the events stay nested.
pub(crate) fn without_body(events: Vec<Spanned>) -> Vec<Spanned> {
    let bare = |at: usize| matches!(events.get(at), Some((Event::End(TagEnd::Table), _)));
    let heads: Vec<usize> = (0..events.len())
        .filter(|&at| events[at].0 == Event::End(TagEnd::TableHead) && bare(at + 1))
        .collect();
    if heads.is_empty() {
        return events;
    }
    let mut written: Vec<Spanned> = Vec::with_capacity(events.len());
    let mut heads = heads.into_iter().peekable();
    let mut start = 0;
    for (at, (event, range)) in events.into_iter().enumerate() {
        if matches!(event, Event::Start(Tag::Table(_))) {
            start = written.len();
        }
        if heads.peek().is_some_and(|head| head + 1 == at) {
            heads.next();
            write_frame(&mut written[start..]);
            written.push((Event::Html("</tr></thead></table>\n".into()), range.clone()));
            written.push((Event::End(TagEnd::HtmlBlock), range));
        } else {
            written.push((event, range));
        }
    }
    written
}

fn write_frame(table: &mut [Spanned]) {
    let mut alignments = Vec::new();
    let mut column = 0;
    for (event, _) in table.iter_mut() {
        match event {
            Event::Start(Tag::Table(of)) => {
                alignments = std::mem::take(of);
                *event = Event::Html("<table><thead><tr>".into());
            }
            Event::Start(Tag::TableCell) => {
                let style = match alignments.get(column) {
                    Some(Alignment::Left) => " style=\"text-align: left\"",
                    Some(Alignment::Center) => " style=\"text-align: center\"",
                    Some(Alignment::Right) => " style=\"text-align: right\"",
                    _ => "",
                };
                column += 1;
                *event = Event::Html(format!("<th{style}>").into());
            }
            Event::End(TagEnd::TableCell) => *event = Event::Html("</th>".into()),
            Event::Start(Tag::TableHead) => *event = Event::Start(Tag::HtmlBlock),
            // The head's end has nothing to say any more.
            Event::End(TagEnd::TableHead) => *event = Event::Html("".into()),
            _ => {}
        }
    }
    // The frame's first two events are in the wrong order now: the block begins before its HTML.
    table.swap(0, 1);
    table[0].1 = table[1].1.clone();
}
