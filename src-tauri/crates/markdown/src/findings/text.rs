//! HTML that is left out, bullets that are only text, and images without words.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Finding, FindingKind, Page, shortened};
use crate::block::TextChange;

/// What goldmark prints in the place of HTML that it may not print.
const OMITTED: &str = "<!-- raw HTML omitted -->";

/// Bullets that writers paste from elsewhere.
const BULLETS: [char; 7] = ['•', '‣', '◦', '▪', '●', '·', 'ㆍ'];

pub(super) fn dropped_html(page: &Page<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (event, range) in &page.reading.events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        let written = page.body.get(range.clone()).unwrap_or_default();
        let is_comment = written.trim_start().starts_with("<!--");
        if html.trim() != OMITTED || is_comment || !written.contains('<') {
            continue;
        }
        found.push(Finding {
            kind: FindingKind::DroppedHtml { html: shortened(written) },
            span: range.clone(),
            mend: Vec::new(),
        });
    }
    found
}

/// Images of Markdown that say nothing to who cannot see them.
pub(super) fn images_without_words(page: &Page<'_>) -> Vec<Finding> {
    let events = page.reading.events.windows(2);
    let bare = events.filter_map(|pair| match pair {
        [(Event::Start(Tag::Image { .. }), place), (Event::End(TagEnd::Image), _)] => Some(place.clone()),
        _ => None,
    });
    bare.map(|span| Finding { kind: FindingKind::NoAltText, span, mend: Vec::new() }).collect()
}

/// Two lines or more of a paragraph that begin with the same bullet.
pub(super) fn text_bullets(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut start = None;
    for (event, range) in &page.reading.events {
        match event {
            Event::Start(Tag::Paragraph) => start = Some(range.clone()),
            Event::End(TagEnd::Paragraph) => {
                let Some(paragraph) = start.take() else { continue };
                // A text without a newline at its end: an engine may count one.
                let written = page.body.get(paragraph.start..paragraph.end.min(page.body.len()));
                let lines = bulleted_lines(written.unwrap_or_default(), paragraph.start);
                if lines.len() >= 2 {
                    found.extend(bullet_finding(&lines));
                }
            }
            _ => {}
        }
    }
    found
}

fn bulleted_lines(paragraph: &str, start: usize) -> Vec<(usize, char)> {
    let mut at = start;
    let mut lines = Vec::new();
    for line in paragraph.split_inclusive('\n') {
        let text = line.trim_start();
        let bullet = text.chars().next().filter(|c| BULLETS.contains(c));
        if let Some(bullet) = bullet.filter(|c| text[c.len_utf8()..].starts_with([' ', '\u{a0}', '\t'])) {
            lines.push((at + line.len() - text.len(), bullet));
        }
        at += line.len();
    }
    lines
}

fn bullet_finding(lines: &[(usize, char)]) -> Option<Finding> {
    let (first, bullet) = *lines.first()?;
    let (last, _) = *lines.last()?;
    let change = |(at, bullet): &(usize, char)| TextChange {
        from: *at,
        to: at + bullet.len_utf8(),
        insert: "-".to_owned(),
    };
    Some(Finding {
        kind: FindingKind::TextBullet { bullet },
        span: first..last + bullet.len_utf8(),
        mend: lines.iter().map(change).collect(),
    })
}
