//! Astro 7: Sätteri, a descendant of pulldown-cmark that reads as remark does.

mod config;
mod indented;
mod notes;
mod quotes;
mod slug;
mod tasks;

use pulldown_cmark::Options;

use self::notes::AstroNotes;
use super::autolink::{self, Gfm, GfmLiterals};
use super::strikethrough::{self, Tildes};
use super::{AssignIds, Engine, NoteStyle, bare_table, common};
use crate::reading::{Definitions, Reading};

/// Astro's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astro {
    /// `markdown.gfm`: GitHub's tables, strikethrough, task lists, autolinks and footnotes.
    pub gfm: bool,
    /// `markdown.smartypants`: typographic quotes, dashes and ellipses.
    pub smartypants: bool,
    /// Expressive Code shows fences, alone or as a part of Starlight: with captions, marked lines and numbers.
    pub expressive_code: bool,
    /// The post is MDX, which has JSX and expressions, but no indented code.
    pub mdx: bool,
}

impl Default for Astro {
    fn default() -> Self {
        Self { gfm: true, smartypants: true, expressive_code: false, mdx: false }
    }
}

impl Engine for Astro {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let mut options = Options::empty();
        if self.gfm {
            options |= Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
        }
        let mut reading = common::read(source, options, known);
        if self.mdx {
            indented::read_as_blocks(&mut reading, options, known);
        }
        let mut events = std::mem::take(&mut reading.events);
        if self.gfm {
            events = autolink::link_literals(events, source, &mut GfmLiterals::new(Gfm::Micromark));
            events = strikethrough::strike(events, source, Tildes::Flanking);
            events = bare_table::without_body(tasks::mark(events));
        }
        if self.smartypants {
            events = quotes::set(events, source);
        }
        reading.events = events;
        common::add_heading_anchors(&mut reading, |content, _| Some((slug::of(content), false)));
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<slug::Slugger>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        &AstroNotes
    }
}

#[cfg(test)]
mod tests;
