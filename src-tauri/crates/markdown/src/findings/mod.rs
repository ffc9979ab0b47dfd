//! What a writer would want to know before the site is built: marks that will be printed as they are, HTML that
//! will be dropped, links that lead nowhere. Not on the typing path: the whole text is read once.

mod anchors;
mod code;
mod embedded;
mod emphasis;
mod html;
mod macros_in_code;
mod mdx;
mod text;

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::block::TextChange;
use crate::code::FenceProblem;
use crate::dialect::Dialect;
use crate::image::{self, ImageReference};
use crate::macros::{self, PageReference, Syntax};
use crate::reading::{Definitions, Reading};

/// After this many of one kind the others of it are not looked for.
const MOST_OF_A_KIND: usize = 100;

/// Something in a text that the site will show otherwise than the writer may think.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Changes that mend it, as one edit; empty if only the writer can.
    pub mend: Vec<TextChange>,
}

/// Kinds of findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// `**` or `*` that will be printed as it is, because a bracket or quote inside touches a letter outside.
    PrintedMark {
        /// The mark.
        mark: String,
    },
    /// `**` that is paired with another mark than its own, so that other words will be strong.
    MispairedMark {
        /// What stands between the marks, shortened.
        text: String,
    },
    /// `10~20 … 30~40` that will be struck out.
    StruckOut {
        /// What stands between the tildes, shortened.
        text: String,
    },
    /// Raw HTML that the site's settings leave out.
    DroppedHtml {
        /// The beginning of the HTML.
        html: String,
    },
    /// Raw HTML embeds something that the site loads and the preview does not: a frame, a film, a script.
    NotLoaded {
        /// The element's name.
        element: String,
        /// The machine that the site's reader would load it from, if that is another one.
        host: Option<String>,
    },
    /// A macro in code that the generator will run all the same.
    MacroInCode {
        /// The macro as it is written, shortened.
        written: String,
    },
    /// A heading that asks for an id which another one has.
    RepeatedHeadingId {
        /// The id that both ask for.
        wanted: String,
        /// The id that this one gets.
        given: String,
    },
    /// A link to a place in the text that is not there.
    MissingAnchor {
        /// What follows `#`.
        anchor: String,
    },
    /// A fence names a language that the site's highlighter does not know: the code stays plain.
    UnknownLanguage {
        /// The name.
        name: String,
    },
    /// The generator does not take the fence as it is written.
    BadFence {
        /// What comes of it.
        problem: FenceProblem,
    },
    /// Markdown that MDX does not have and that ends the build: a comment of HTML, a URL in angle brackets.
    NotMdx {
        /// What is written, shortened.
        written: String,
    },
    /// An image without words for who cannot see it.
    NoAltText,
    /// A line that begins with a bullet which is no Markdown, so that it is only text.
    TextBullet {
        /// The bullet.
        bullet: char,
    },
}

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// In the order of their places.
    pub findings: Vec<Finding>,
    /// References to images of the site, percent-decoded, with their bytes in the text: whoever knows the site can tell
    /// which of them are missing.
    pub images: Vec<(String, Range<usize>)>,
    /// Macros that name other pages of the site, with their bytes in the text, at most a hundred: where a page is not
    /// there, the generator ends the build.
    pub pages: Vec<(PageReference, Range<usize>)>,
    /// The targets of links as they are written, with the links' bytes in the text.
    pub links: Vec<(String, Range<usize>)>,
    /// The ids of headings, and those that the writer's own HTML gives.
    pub ids: HashSet<String>,
}

/// Looks through a text whose body starts at byte `body_start`.
pub fn look_through(text: &str, body_start: usize, dialect: &Dialect) -> Look {
    let body = &text[body_start..];
    if body.len() > crate::preview::MAX_BODY_BYTES {
        return Look::default();
    }
    let known = dialect.engine().read(body, &Definitions::default()).found;
    let reading = dialect.engine().read(body, &known);
    let page = Page { body, dialect, known: &known, reading: &reading };
    let mut found = Vec::new();
    found.extend(emphasis::printed_marks(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(emphasis::mispaired_marks(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(emphasis::struck_out(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(text::dropped_html(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(embedded::find(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(text::text_bullets(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(macros_in_code::find(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(mdx::find(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(code::find(&page).into_iter().take(MOST_OF_A_KIND));
    found.extend(text::images_without_words(&page).into_iter().take(MOST_OF_A_KIND));
    let (anchors, ids) = anchors::find(&page);
    found.extend(anchors.into_iter().take(MOST_OF_A_KIND));
    found.sort_by_key(|finding| (finding.span.start, finding.span.end));
    for finding in &mut found {
        finding.span = finding.span.start + body_start..finding.span.end + body_start;
        for change in &mut finding.mend {
            change.from += body_start;
            change.to += body_start;
        }
    }
    Look {
        findings: found,
        images: images(&page, body_start),
        pages: pages(text, body_start, dialect),
        links: links(&page, body_start),
        ids,
    }
}

fn links(page: &Page<'_>, body_start: usize) -> Vec<(String, Range<usize>)> {
    let mut links = Vec::new();
    for (event, range) in &page.reading.events {
        let place = || range.start + body_start..range.end + body_start;
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => links.push((dest_url.to_string(), place())),
            Event::Html(html) | Event::InlineHtml(html) => {
                links.extend(
                    html::link_targets(html)
                        .into_iter()
                        .map(|target| (html::unescaped(target).into_owned(), place())),
                );
            }
            _ => {}
        }
    }
    links
}

fn pages(text: &str, body_start: usize, dialect: &Dialect) -> Vec<(PageReference, Range<usize>)> {
    let Some(syntax) = dialect.macros() else { return Vec::new() };
    let named = macros::all(&text[body_start..], syntax).into_iter().filter_map(|one| {
        let place = one.range.start + body_start..one.range.end + body_start;
        Some((macros::page_reference(&one, syntax)?, place))
    });
    named.take(MOST_OF_A_KIND).collect()
}

fn images(page: &Page<'_>, body_start: usize) -> Vec<(String, Range<usize>)> {
    let mut images = Vec::new();
    let mut name = |reference: &str, range: &Range<usize>| {
        let ImageReference::Local(path) = image::classify(reference) else { return };
        let reference = String::from_utf8_lossy(&image::percent_decoded(path)).into_owned();
        images.push((reference, range.start + body_start..range.end + body_start));
    };
    for (event, range) in &page.reading.events {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => name(dest_url, range),
            Event::Html(html) | Event::InlineHtml(html) => {
                html::image_sources(html)
                    .into_iter()
                    .for_each(|source| name(&html::unescaped(source), range));
            }
            _ => {}
        }
    }
    if page.dialect.macros() == Some(Syntax::Liquid) {
        for one in macros::all(page.body, Syntax::Liquid) {
            macros::included_image(&one).into_iter().for_each(|source| name(&source, &one.range));
        }
    }
    images
}

/// A body and what was read in it. Offsets count from the body's start.
struct Page<'p> {
    body: &'p str,
    dialect: &'p Dialect,
    known: &'p Definitions,
    reading: &'p Reading,
}

fn insertion(at: usize, insert: &str) -> TextChange {
    TextChange { from: at, to: at, insert: insert.to_owned() }
}

/// The first characters of a text, on one line.
fn shortened(text: &str) -> String {
    const CHARS: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests;
