//! What a page embeds and a preview never loads: frames, films, sounds, drawings in SVG, objects, scripts of others.
//! A still card with the element's name and its address' host stands in its place, so that nothing vanishes unseen.
//!
//! The cards are put into HTML before it is cleaned: should a browser read odd HTML otherwise than it is read here, the
//! sanitiser still has the last word.

mod tags;

use std::borrow::Cow;
use std::ops::Range;

use self::tags::{Tag, Tags};
use crate::image::{self, ImageReference};
use crate::sanitise::MAX_HTML_BYTES;

/// What may be embedded.
const EMBEDDING: &[Kind] = &[
    Kind { name: "iframe", address: &["src"], content: Content::Text },
    Kind { name: "video", address: &["src", "poster"], content: Content::Elements },
    Kind { name: "audio", address: &["src"], content: Content::Elements },
    Kind { name: "svg", address: &[], content: Content::Elements },
    Kind { name: "object", address: &["data"], content: Content::Elements },
    Kind { name: "embed", address: &["src"], content: Content::Nothing },
    Kind { name: "script", address: &["src"], content: Content::Text },
];

/// Elements whose content a browser that runs scripts never shows.
const UNSEEN: &[&str] =
    &["style", "textarea", "title", "xmp", "noscript", "noembed", "noframes", "template", "script"];

/// Characters of a title or a path on a card.
const LABEL_CHARS: usize = 60;

/// An element that embeds something.
#[derive(Debug, PartialEq, Eq)]
struct Kind {
    name: &'static str,
    /// The attributes that say what, the first that is there counts.
    address: &'static [&'static str],
    content: Content,
}

/// What stands between an element's tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// It has no end tag.
    Nothing,
    /// No tag means anything there but the element's end.
    Text,
    /// Elements, shown only where the element itself cannot be.
    Elements,
}

/// Something that is embedded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Embed<'h> {
    /// Its bytes in the HTML, content and end tag included.
    pub(crate) range: Range<usize>,
    /// Those of its start tag.
    pub(crate) start_tag: Range<usize>,
    /// The element's name.
    pub(crate) name: &'static str,
    /// What it calls itself, as it is written in the HTML.
    title: Option<&'h str>,
    /// Where it would be loaded from, as it is written in the HTML.
    address: Option<&'h str>,
}

impl Embed<'_> {
    /// The machine that it would be loaded from, if that is another one.
    pub(crate) fn host(&self) -> Option<&str> {
        match image::classify(self.address?) {
            ImageReference::Remote { host } if !host.is_empty() => Some(host),
            _ => None,
        }
    }

    /// The path that it would be loaded from within the site.
    fn path(&self) -> Option<&str> {
        match image::classify(self.address?) {
            ImageReference::Local(path) => Some(path),
            _ => None,
        }
    }

    /// A part of a line, as the element itself is.
    fn card(&self) -> String {
        let sign = if matches!(self.name, "video" | "audio") { "▶ " } else { "" };
        let mut card = format!(
            "<span class=\"macro macro-embed\"><span class=\"macro-name\">{sign}{}</span>",
            self.name
        );
        for (class, label) in
            [("macro-arguments", self.title.or_else(|| self.path())), ("remote-host", self.host())]
        {
            if let Some(label) = label {
                card.push_str(&format!(" <span class=\"{class}\">{}</span>", label_text(label)));
            }
        }
        card + "</span>"
    }
}

/// The beginning of a text from HTML, as content of an element. Its entities stay what they are.
fn label_text(written: &str) -> String {
    let written = written.trim();
    let end = written.char_indices().nth(LABEL_CHARS).map(|(at, _)| at);
    let text = written[..end.unwrap_or(written.len())].replace('<', "&lt;").replace('>', "&gt;");
    if end.is_some() { text + "…" } else { text }
}

/// The HTML with a card in the place of all that it embeds. It gets no longer than what can be cleaned: where there
/// is no room for a card, the element stays as it is.
pub(crate) fn with_cards(html: &str) -> Cow<'_, str> {
    let embeds = embeds(html);
    if embeds.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut carded = String::with_capacity(html.len());
    let mut at = 0;
    for embed in embeds {
        let card = embed.card();
        carded.push_str(&html[at..embed.range.start]);
        at = embed.range.start;
        if carded.len() + card.len() + (html.len() - embed.range.end) <= MAX_HTML_BYTES {
            carded.push_str(&card);
            at = embed.range.end;
        }
    }
    carded.push_str(&html[at..]);
    Cow::Owned(carded)
}

/// What some HTML embeds, in order; nothing of it is in another.
pub(crate) fn embeds(html: &str) -> Vec<Embed<'_>> {
    let mut found = Vec::new();
    let may_embed =
        |at: usize| EMBEDDING.iter().any(|kind| begins_with(&html.as_bytes()[at + 1..], kind.name));
    if !html.match_indices('<').any(|(at, _)| may_embed(at)) {
        return found;
    }
    let mut tags = Tags::new(html);
    // An end that is not behind one start tag is behind none of those that follow.
    let mut unclosed: Vec<&str> = Vec::new();
    while let Some(tag) = tags.next() {
        if tag.closes {
            continue;
        }
        let kind =
            EMBEDDING.iter().find(|kind| tag.is(kind.name)).filter(|kind| embeds_something(kind, &tag));
        match kind {
            Some(kind) => found.push(embed(kind, &tag, &mut tags, &mut unclosed)),
            None if UNSEEN.iter().any(|name| tag.is(name)) => tags.skip_content_of(tag.name),
            None => {}
        }
    }
    found
}

fn begins_with(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
}

/// A script of the page's own shows nothing, nor does what is hidden.
fn embeds_something(kind: &Kind, tag: &Tag<'_>) -> bool {
    let is_hidden = tag.attribute("hidden").is_some()
        || tag.attribute("style").is_some_and(|style| {
            style.to_ascii_lowercase().split_whitespace().collect::<String>().contains("display:none")
        });
    !is_hidden && (kind.name != "script" || tag.attribute("src").is_some())
}

/// What a start tag embeds; the tags go on behind it.
fn embed<'h>(
    kind: &'static Kind,
    tag: &Tag<'h>,
    tags: &mut Tags<'h>,
    unclosed: &mut Vec<&'static str>,
) -> Embed<'h> {
    let filled = |name: &str| tag.attribute(name).filter(|value| !value.trim().is_empty());
    let mut embed = Embed {
        range: tag.range.clone(),
        start_tag: tag.range.clone(),
        name: kind.name,
        title: filled("title").or_else(|| filled("aria-label")),
        address: kind.address.iter().find_map(|name| filled(name)),
    };
    match kind.content {
        Content::Nothing => {}
        Content::Text => tags.skip_content_of(kind.name),
        // Only a drawing may end in its start tag.
        Content::Elements if kind.name == "svg" && tag.ends_itself() => {}
        Content::Elements if unclosed.contains(&kind.name) => {}
        Content::Elements => match inside(kind, tags.clone()) {
            Some((address, behind)) => {
                embed.address = embed.address.or(address);
                *tags = behind;
            }
            None => unclosed.push(kind.name),
        },
    }
    embed.range.end = tags.at();
    embed
}

/// The first address within an element, and what follows its end; nothing if it does not end.
fn inside<'h>(kind: &Kind, mut tags: Tags<'h>) -> Option<(Option<&'h str>, Tags<'h>)> {
    let (mut depth, mut address) = (1_usize, None);
    while depth > 0 {
        let tag = tags.next()?;
        match (tag.is(kind.name), tag.closes) {
            (true, true) => depth -= 1,
            (true, false) if !(kind.name == "svg" && tag.ends_itself()) => depth += 1,
            (false, false) if tag.is("source") || tag.is("embed") => {
                address = address.or_else(|| tag.attribute("src"));
            }
            _ => {}
        }
    }
    Some((address, tags))
}

#[cfg(test)]
mod tests;
