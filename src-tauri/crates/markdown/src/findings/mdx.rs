//! What Markdown has and MDX does not: `<!-- -->` and `<https://…>` end the build of Astro's site.

use pulldown_cmark::{Event, LinkType, Tag};

use super::{Finding, FindingKind, Page, shortened};
use crate::block::TextChange;
use crate::macros::Syntax;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    if page.dialect.macros() != Some(Syntax::Mdx) {
        return Vec::new();
    }
    let mut found: Vec<Finding> = Vec::new();
    for (event, range) in &page.reading.events {
        let written = page.body.get(range.clone()).unwrap_or_default();
        let start = range.end - written.trim_start().len();
        let of_event = match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => comment(page, start),
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                autolink(page, start)
            }
            _ => None,
        };
        // A block of HTML may come in several events.
        found.extend(of_event.filter(|one| found.last().is_none_or(|last| last.span != one.span)));
    }
    found
}

fn comment(page: &Page<'_>, start: usize) -> Option<Finding> {
    let text = page.body[start..].strip_prefix("<!--")?;
    let text = &text[..text.find("-->")?];
    let mend = (!text.contains("*/")).then(|| format!("{{/*{text}*/}}"));
    Some(finding(page, start, text.len() + 7, mend))
}

fn autolink(page: &Page<'_>, start: usize) -> Option<Finding> {
    let url = page.body[start..].strip_prefix('<')?;
    let url = &url[..url.find('>')?];
    let scheme = if url.contains(':') { "" } else { "mailto:" };
    let is_plain = !url.contains(['(', ')', '[', ']', '*', '_', '{', '}']);
    let mend = is_plain.then(|| format!("[{url}]({scheme}{url})"));
    Some(finding(page, start, url.len() + 2, mend))
}

fn finding(page: &Page<'_>, from: usize, length: usize, mend: Option<String>) -> Finding {
    let to = from + length;
    Finding {
        kind: FindingKind::NotMdx { written: shortened(&page.body[from..to]) },
        span: from..to,
        mend: mend.map(|insert| TextChange { from, to, insert }).into_iter().collect(),
    }
}
