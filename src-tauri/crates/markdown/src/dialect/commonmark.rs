//! CommonMark 0.31 with GitHub's extensions, as the library's own drafts are shown before they have a site.

use pulldown_cmark::Options;

use super::autolink::{self, Gfm, GfmLiterals};
use super::common;
use super::note_style::GitHubNotes;
use super::strikethrough::{self, Tildes};
use super::{AssignIds, Engine, NoteStyle};
use crate::heading;
use crate::reading::{Definitions, Reading};

/// CommonMark's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonMark {
    /// GitHub's tables, strikethrough, task lists, autolinks and footnotes.
    pub github: bool,
}

impl Default for CommonMark {
    fn default() -> Self {
        Self { github: true }
    }
}

impl Engine for CommonMark {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let mut options = Options::empty();
        if self.github {
            options |= Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
        }
        let mut reading = common::read(source, options, known);
        if self.github {
            let events = std::mem::take(&mut reading.events);
            let events = autolink::link_literals(events, source, &mut GfmLiterals::new(Gfm::GitHub));
            reading.events = strikethrough::strike(events, source, Tildes::Flanking);
            common::add_heading_anchors(&mut reading, |content, _| {
                Some((heading::slug(&common::plain_text(content)), false))
            });
        }
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<heading::HeadingIds>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        &GitHubNotes
    }
}
