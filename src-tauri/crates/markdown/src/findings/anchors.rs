//! Ids of headings, and links to them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::dialect::ids_for;

use super::html::{attribute_values, link_targets};
use super::{Finding, FindingKind, Page};

/// The findings, and all ids that a link can lead to.
pub(super) fn find(page: &Page<'_>) -> (Vec<Finding>, HashSet<String>) {
    let mut ids = ids_for(page.dialect.engine(), page.reading.headings.iter());
    let mut taken: HashSet<String> = raw_html_ids(page);
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    let mut found = Vec::new();
    for heading in &page.reading.headings {
        let Some(want) = &heading.wanted else { continue };
        let given = ids.id_of(heading).unwrap_or_default();
        let times = wanted.entry(want).or_default();
        *times += 1;
        if *times > 1 {
            found.push(Finding {
                kind: FindingKind::RepeatedHeadingId { wanted: want.clone(), given: given.clone() },
                span: page.reading.events[heading.event].1.clone(),
                mend: Vec::new(),
            });
        }
        taken.insert(given);
    }
    for (anchor, span) in links(page) {
        let decoded = percent_decoded(anchor);
        // A browser takes `#top` to the page's beginning; notes get their ids when all is in its place.
        let is_known = taken.contains(&decoded) || decoded == "top" || decoded.starts_with("fn");
        if !is_known {
            found.push(Finding {
                kind: FindingKind::MissingAnchor { anchor: decoded },
                span,
                mend: Vec::new(),
            });
        }
    }
    (found, taken)
}

/// What stands behind the `#` of links within the page, be they Markdown or HTML, with their places.
fn links<'p>(page: &'p Page<'_>) -> Vec<(&'p str, Range<usize>)> {
    let anchor = |url: &'p str| url.strip_prefix('#').filter(|anchor| !anchor.is_empty());
    let mut links = Vec::new();
    for (event, range) in &page.reading.events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.extend(anchor(dest_url).map(|anchor| (anchor, range.clone())));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for anchor in link_targets(html).into_iter().filter_map(anchor) {
                    links.push((anchor, place_of(page.body, range, anchor)));
                }
            }
            _ => {}
        }
    }
    links
}

/// Where `#anchor` stands in a stretch of the source; all of it where a macro made the HTML.
fn place_of(body: &str, stretch: &Range<usize>, anchor: &str) -> Range<usize> {
    let source = body.get(stretch.clone()).unwrap_or_default();
    let found = source.match_indices(anchor).find(|(at, _)| source[..*at].ends_with('#'));
    found.map_or_else(|| stretch.clone(), |(at, _)| stretch.start + at - 1..stretch.start + at + anchor.len())
}

/// Ids and names that the writer's own HTML gives.
fn raw_html_ids(page: &Page<'_>) -> HashSet<String> {
    let mut ids = HashSet::new();
    for (event, _) in &page.reading.events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        for name in ["id", "name"] {
            ids.extend(attribute_values(html, name).map(ToOwned::to_owned));
        }
    }
    ids
}

fn percent_decoded(anchor: &str) -> String {
    let mut bytes = Vec::with_capacity(anchor.len());
    let mut rest = anchor.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pair = (first == b'%').then(|| after.get(..2)).flatten();
        let value = pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        bytes.push(value.unwrap_or(first));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| anchor.to_owned())
}
