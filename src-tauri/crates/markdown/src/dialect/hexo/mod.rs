//! Hexo 8: marked 15 as hexo-renderer-marked 7 drives it, behind Hexo's own reading of fences.

mod config;
mod descriptions;
mod fences;
mod images;
mod lines;
mod lists;
mod literals;
mod paragraphs;
mod slug;
mod typography;
mod url;

use pulldown_cmark::{Event, Options, Tag, TagEnd};

use self::fences::Masked;
pub use self::slug::AnchorCase;

use super::note_style::GitHubNotes;
use super::strikethrough::{self, Tildes};
use super::{AssignIds, Engine, NoteStyle, autolink, bare_table, common};
use crate::edited::Edited;
use crate::reading::{Definitions, Reading, Spanned};

/// Hexo's settings: `marked:` and what else of `_config.yml` decides about a post's HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hexo {
    /// GitHub's tables, strikethrough, task lists and autolinks.
    pub gfm: bool,
    /// A line's end is a break.
    pub breaks: bool,
    /// Typographic quotes, dashes and ellipses.
    pub smartypants: bool,
    /// The opening and closing double and single quote.
    pub quotes: [char; 4],
    /// Bare URLs are links.
    pub autolink: bool,
    /// Headings have ids.
    pub header_ids: bool,
    /// The letters of those ids.
    pub modify_anchors: AnchorCase,
    /// `term<br>: what it is` is a description list.
    pub description_lists: bool,
    /// `javascript:`, `vbscript:` and `data:` links lead nowhere.
    pub sanitize_url: bool,
    /// Images are under the site's root.
    pub prepend_root: bool,
    /// Images may be in the post's asset folder: then a relative address is left as it is written.
    pub post_asset: bool,
    /// An image's description is shown under it.
    pub figcaption: bool,
    /// `root`.
    pub root: String,
    /// Hexo itself colours fences (`syntax_highlighter`); otherwise marked reads them.
    pub own_fences: bool,
    /// Code shows the numbers of its lines where the fence does not say.
    pub line_numbers: bool,
    /// Code loses the indent that all its lines have.
    pub strip_indent: bool,
}

impl Default for Hexo {
    fn default() -> Self {
        Self {
            gfm: true,
            breaks: true,
            smartypants: true,
            quotes: ['“', '”', '‘', '’'],
            autolink: true,
            header_ids: true,
            modify_anchors: AnchorCase::AsWritten,
            description_lists: true,
            sanitize_url: false,
            prepend_root: true,
            post_asset: false,
            figcaption: false,
            root: "/".to_owned(),
            own_fences: true,
            line_numbers: true,
            strip_indent: true,
        }
    }
}

impl Engine for Hexo {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let masked =
            if self.own_fences { fences::mask(source, self.strip_indent) } else { Masked::nothing(source) };
        let edited = Edited::new(&masked.text, &lines::insertions(&masked.text));
        let mut reading = common::read(&edited.text, self.options(), known);
        let mut events = fences::unmask(std::mem::take(&mut reading.events), &masked, &edited);
        events = self.set_text(events, &edited.text);
        for (_, range) in &mut events {
            *range = edited.in_source(range);
        }
        reading.events = self.set_blocks(events, source);
        if self.header_ids {
            let case = self.modify_anchors;
            common::add_heading_anchors(&mut reading, |content, _| Some((slug::of(content, case), false)));
        }
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<slug::Anchors>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        // marked has no footnotes, so that there is nothing to show.
        &GitHubNotes
    }
}

impl Hexo {
    /// HTML that no Markdown is read in, but for fences, which Hexo takes out of a text before all else.
    pub(crate) fn read_html(&self, html: &str) -> Vec<Spanned> {
        let masked =
            if self.own_fences { fences::mask(html, self.strip_indent) } else { Masked::nothing(html) };
        let edited = Edited::new(&masked.text, &[]);
        let whole = 0..html.len();
        let events = [
            Event::Start(Tag::HtmlBlock),
            Event::Html(edited.text.clone().into()),
            Event::End(TagEnd::HtmlBlock),
        ];
        let events = events.into_iter().map(|event| (event, whole.clone())).collect();
        fences::unmask(events, &masked, &edited)
    }

    fn options(&self) -> Options {
        if self.gfm { Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS } else { Options::empty() }
    }

    /// What marked makes of words and marks. `text` is what the events were read from.
    fn set_text(&self, mut events: Vec<Spanned>, text: &str) -> Vec<Spanned> {
        if self.gfm && self.autolink {
            events = autolink::link_literals(events, text, &mut literals::MarkedLiterals::default());
        }
        if self.gfm {
            events = strikethrough::strike(events, text, Tildes::Touching);
        }
        if self.smartypants {
            events = typography::set(events, text, self.quotes);
        }
        events = images::describe(events, text);
        if self.figcaption {
            events = images::caption(events);
        }
        self.set_breaks(&mut events);
        self.set_addresses(&mut events);
        events
    }

    /// What marked makes of blocks.
    fn set_blocks(&self, mut events: Vec<Spanned>, source: &str) -> Vec<Spanned> {
        events = bare_table::without_body(events);
        if self.own_fences {
            events = paragraphs::join(events, source);
        }
        events = lists::tighten(events, source);
        if self.description_lists {
            events = descriptions::mark(events, source);
        }
        events
    }

    fn set_breaks(&self, events: &mut [Spanned]) {
        for at in 0..events.len() {
            // marked makes no break of a line's end at the end of a link's text.
            let last = matches!(events.get(at + 1), Some((Event::End(TagEnd::Link), _)));
            match events[at].0 {
                Event::SoftBreak if self.breaks && self.gfm && !last => events[at].0 = Event::HardBreak,
                Event::HardBreak if last => events[at].0 = Event::SoftBreak,
                _ => {}
            }
        }
    }

    fn set_addresses(&self, events: &mut [Spanned]) {
        for (event, _) in events {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    *dest_url = self.link_address(dest_url).into();
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    *dest_url = self.image_address(dest_url).into();
                }
                _ => {}
            }
        }
    }

    /// A link's address as Hexo prints it.
    pub(crate) fn link_address(&self, href: &str) -> String {
        let harmful = ["javascript:", "vbscript:", "data:"];
        if self.sanitize_url && harmful.iter().any(|scheme| href.starts_with(scheme)) {
            return String::new();
        }
        url::encoded(href)
    }

    fn image_address(&self, href: &str) -> String {
        let elsewhere = ["#", "//", "http:", "https:"].iter().any(|start| href.starts_with(start));
        let beside = self.post_asset && !href.starts_with(['/', '\\']);
        if elsewhere || beside || !self.prepend_root {
            return url::encoded(href);
        }
        url::encoded(&url::under_root(href, &self.root))
    }
}

#[cfg(test)]
mod tests;
