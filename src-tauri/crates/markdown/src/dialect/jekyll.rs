//! Jekyll: kramdown.

use pulldown_cmark::Options;

use super::common;
use super::note_style::GitHubNotes;
use super::{AssignIds, Engine, NoteStyle};
use crate::heading;
use crate::reading::{Definitions, Reading};

/// Jekyll's settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Jekyll {}

impl Engine for Jekyll {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let mut reading = common::read(source, options, known);
        common::add_heading_anchors(&mut reading, |content, _| {
            Some((heading::slug(&common::plain_text(content)), false))
        });
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<heading::HeadingIds>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        &GitHubNotes
    }
}
