//! Zola: pulldown-cmark with the options that Zola 0.22 sets, and what Zola makes of its events.

mod config;
mod footnotes;

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Options, Tag, TagEnd};

use self::footnotes::{AtTheEnd, InPlace};
use super::common;
use super::{AssignIds, Engine, NoteStyle};
use crate::reading::{Definitions, Reading, Spanned};
use crate::sanitise::escaped;

/// Zola's settings. The default is what a site has that says nothing about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zola {
    /// `markdown.smart_punctuation`.
    pub smart_punctuation: bool,
    /// `markdown.definition_list`.
    pub definition_lists: bool,
    /// `markdown.github_alerts`.
    pub alerts: bool,
    /// `markdown.bottom_footnotes`: notes go to the end of the text.
    pub bottom_footnotes: bool,
    /// `markdown.render_emoji`: `:smile:`.
    pub emoji: bool,
    /// `markdown.external_links_*`.
    pub external_links: ExternalLinks,
    /// `slugify.anchors`.
    pub anchors: Anchors,
}

/// What is added to links that lead to another site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExternalLinks {
    /// `class`.
    pub class: Option<String>,
    /// They open in a new tab.
    pub target_blank: bool,
    /// `rel="nofollow"`.
    pub no_follow: bool,
    /// `rel="noreferrer"`.
    pub no_referrer: bool,
    /// `rel="external"`.
    pub external: bool,
}

/// How an id is made of a heading's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchors {
    /// `on`: in the letters of ASCII, Hangul by its sound.
    #[default]
    Romanised,
    /// `safe` and `off`: as it is written, `_` for spaces.
    Kept,
}

impl Engine for Zola {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let mut reading = common::read(source, self.options(), known);
        self.adapt(&mut reading.events);
        common::add_heading_anchors(&mut reading, |content, tag| Some(self.wanted_id(content, tag)));
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<AnchorNames>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        if self.bottom_footnotes { &AtTheEnd } else { &InPlace }
    }
}

impl Zola {
    fn options(&self) -> Options {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        options.set(Options::ENABLE_SMART_PUNCTUATION, self.smart_punctuation);
        options.set(Options::ENABLE_DEFINITION_LIST, self.definition_lists);
        options.set(Options::ENABLE_GFM, self.alerts);
        options
    }

    fn wanted_id(&self, content: &[Spanned], tag: &Tag<'static>) -> (String, bool) {
        if let Tag::Heading { id: Some(id), .. } = tag {
            return (id.to_string(), true);
        }
        let text: String = content
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let id = match self.anchors {
            Anchors::Romanised => slug::slugify(text),
            Anchors::Kept => text.replace(|character: char| character.is_ascii_whitespace(), "_"),
        };
        (id, false)
    }

    /// What Zola changes in the events before it writes them.
    fn adapt(&self, events: &mut [Spanned]) {
        let mut in_code = false;
        let mut tweaked = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(text) if self.emoji && !in_code => {
                    if let Cow::Owned(with_emoji) = with_emoji(text) {
                        *text = with_emoji.into();
                    }
                }
                // Classes and an id are all that Zola writes.
                Event::Start(Tag::Heading { attrs, .. }) => attrs.clear(),
                Event::Html(html) | Event::InlineHtml(html) if is_summary_end(html) => {
                    *html = CowStr::Borrowed("<span id=\"continue-reading\"></span>");
                }
                Event::Start(Tag::Link { dest_url, title, .. }) => {
                    if dest_url.is_empty() {
                        *dest_url = CowStr::Borrowed("#");
                    }
                    let tag = self.external_links.tag(dest_url, title);
                    tweaked.push(tag.is_some());
                    if let Some(tag) = tag {
                        *event = Event::InlineHtml(tag.into());
                    }
                }
                Event::End(TagEnd::Link) if tweaked.pop() == Some(true) => {
                    *event = Event::InlineHtml(CowStr::Borrowed("</a>"));
                }
                _ => {}
            }
        }
    }
}

impl ExternalLinks {
    /// The tag of a link that leads elsewhere, if the site asks for anything of it.
    fn tag(&self, url: &str, title: &str) -> Option<String> {
        let elsewhere = url.starts_with("http:") || url.starts_with("https:");
        if !elsewhere || *self == Self::default() {
            return None;
        }
        let relations = [
            ("noopener", self.target_blank),
            ("nofollow", self.no_follow),
            ("noreferrer", self.no_referrer),
            ("external", self.external),
        ];
        let relations: Vec<_> = relations.iter().filter(|(_, asked)| *asked).map(|(name, _)| *name).collect();
        let mut tag = String::from("<a ");
        if let Some(class) = &self.class {
            tag.push_str(&format!("class=\"{}\" ", escaped(class)));
        }
        if !relations.is_empty() {
            tag.push_str(&format!("rel=\"{}\" ", relations.join(" ")));
        }
        if self.target_blank {
            tag.push_str("target=\"_blank\" ");
        }
        if !title.is_empty() {
            tag.push_str(&format!("title=\"{}\" ", escaped(title)));
        }
        tag.push_str(&format!("href=\"{}\">", escaped(url)));
        Some(tag)
    }
}

/// `<!-- more -->`, with any space and in any case.
fn is_summary_end(html: &str) -> bool {
    html.match_indices("<!--").any(|(at, open)| {
        let inner = html[at + open.len()..].trim_start();
        inner.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("more"))
            && inner[4..].trim_start().starts_with("-->")
    })
}

fn with_emoji(text: &str) -> Cow<'_, str> {
    let mut with_emoji = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find(':').map(|offset| at + offset) {
        let name_end = text[open + 1..].find(|character: char| !is_emoji_name(character));
        let end = name_end.map_or(text.len(), |offset| open + 1 + offset);
        at = end.max(open + 1);
        if !text[end..].starts_with(':') {
            continue;
        }
        if let Some(emoji) = emojis::get_by_shortcode(&text[open + 1..end]) {
            with_emoji.push_str(&text[from..open]);
            with_emoji.push_str(emoji.as_str());
            at = end + 1;
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    with_emoji.push_str(&text[from..]);
    Cow::Owned(with_emoji)
}

fn is_emoji_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '+')
}

/// Given ids are taken before any is made; a made one gets the first free number.
#[derive(Default)]
struct AnchorNames {
    /// Every id that is there, and the last number that was tried behind it.
    there: std::collections::HashMap<String, u32>,
}

impl AssignIds for AnchorNames {
    fn reserve(&mut self, given: &str) {
        self.there.insert(given.to_owned(), 0);
    }

    fn assign(&mut self, wanted: &str, given: bool) -> String {
        if given {
            self.there.entry(wanted.to_owned()).or_insert(0);
            return wanted.to_owned();
        }
        let Some(&last) = self.there.get(wanted) else {
            self.there.insert(wanted.to_owned(), 0);
            return wanted.to_owned();
        };
        let mut number = last;
        let id = loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if !self.there.contains_key(&id) {
                break id;
            }
        };
        self.there.insert(wanted.to_owned(), number);
        self.there.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests;
