//! Descriptions of images: marked takes them as they are written, marks and all.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::text_run;
use crate::reading::Spanned;
use crate::sanitise::escaped;

/// Shows the source of each description that has marks in it.
pub(super) fn describe(events: Vec<Spanned>, source: &str) -> Vec<Spanned> {
    let mut described: Vec<Spanned> = Vec::with_capacity(events.len());
    let mut open: Option<(usize, usize)> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Image { .. }) => {
                open = match open {
                    None => Some((described.len() + 1, 1)),
                    Some((start, depth)) => Some((start, depth + 1)),
                };
            }
            Event::End(TagEnd::Image) => match open {
                Some((start, 1)) => {
                    open = None;
                    as_written(&mut described, start, source);
                }
                Some((start, depth)) => open = Some((start, depth - 1)),
                None => {}
            },
            _ => {}
        }
        described.push((event, range));
    }
    described
}

/// Shows each description under its image (`figcaption`).
pub(super) fn caption(events: Vec<Spanned>) -> Vec<Spanned> {
    let mut captioned: Vec<Spanned> = Vec::with_capacity(events.len());
    let mut start = 0;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Image { .. }) => {
                start = captioned.len();
                captioned.push((event, range));
            }
            Event::End(TagEnd::Image) => {
                let text: String = captioned[start..].iter().map(text_run::text_of).collect();
                captioned.push((event, range.clone()));
                if !text.is_empty() {
                    let caption =
                        format!("<figcaption aria-hidden=\"true\">{}</figcaption></figure>", escaped(&text));
                    captioned.insert(start, (Event::InlineHtml("<figure>".into()), range.clone()));
                    captioned.push((Event::InlineHtml(caption.into()), range));
                }
            }
            _ => captioned.push((event, range)),
        }
    }
    captioned
}

fn as_written(events: &mut Vec<Spanned>, start: usize, source: &str) {
    let inner = &events[start..];
    let marked = inner.iter().any(|(event, _)| !matches!(event, Event::Text(_)));
    let (Some(first), Some(last), true) = (inner.first(), inner.last(), marked) else { return };
    let range = first.1.start..last.1.end;
    let Some(text) = source.get(range.clone()) else { return };
    let text = text.to_owned();
    events.truncate(start);
    events.push((Event::Text(text.into()), range));
}
