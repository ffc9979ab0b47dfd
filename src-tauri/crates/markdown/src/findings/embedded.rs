//! What raw HTML embeds: the site's reader gets it, the preview shows a card.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Finding, FindingKind, Page};
use crate::dialect::common;
use crate::embeds;
use crate::reading::Spanned;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let blocks = common::top_level(&page.reading.events);
    blocks.into_iter().flat_map(|block| in_block(page, &page.reading.events[block])).collect()
}

/// The start tag and the end tag of an element may be events of their own.
fn in_block(page: &Page<'_>, events: &[Spanned]) -> Vec<Finding> {
    let mut html = String::new();
    let mut parts = Vec::new();
    for (event, range) in events {
        if let Event::Html(more) | Event::InlineHtml(more) = event {
            parts.push(Part { start: html.len(), source: range.clone() });
            html.push_str(more);
        }
    }
    let finding = |embed: embeds::Embed<'_>| Finding {
        kind: FindingKind::NotLoaded {
            element: embed.name.to_owned(),
            host: embed.host().map(ToOwned::to_owned),
        },
        span: span(page, &html, &parts, &embed.start_tag),
        mend: Vec::new(),
    };
    embeds::embeds(&html).into_iter().map(finding).collect()
}

/// One event's share of the HTML.
struct Part {
    start: usize,
    source: Range<usize>,
}

/// Where a tag stands in the source, if it stands there as it is; else all of what the HTML around it came from.
fn span(page: &Page<'_>, html: &str, parts: &[Part], tag: &Range<usize>) -> Range<usize> {
    let of = |at: usize| &parts[parts.partition_point(|part| part.start <= at).saturating_sub(1)];
    let (first, last) = (of(tag.start), of(tag.end - 1));
    let around = first.source.start..last.source.end.max(first.source.end).min(page.body.len());
    let written = page.body.get(around.clone()).unwrap_or_default();
    match written.find(&html[tag.clone()]) {
        Some(at) => around.start + at..around.start + at + tag.len(),
        None => around,
    }
}
