//! Headings: their text, their attributes and the id that they ask for.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::attributes::{self, Attributes};
use super::blocks::Blocks;
use super::heading_id;
use super::inline::{self, Inlines, Place};
use super::leaf::Leaf;
use crate::reading::HeadingAnchor;

/// The first version that leaves addresses and tags out of a heading's id.
const IDS_OF_TEXT_SINCE: (u32, u32, u32) = (0, 144, 0);

impl Blocks<'_> {
    pub(super) fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        self.enter_item();
        let (leaf, attributes) = self.heading_text(range);
        let inlines = inline::read(&mut self.context, &leaf, Place::Elsewhere);
        let wanted = self.wanted_id(&leaf, &inlines);
        let given = attributes.get("id").map(ToOwned::to_owned);
        let classes =
            attributes.get("class").map(|class| CowStr::from(class.to_owned())).into_iter().collect();
        let others = attributes.0.iter().filter(|(name, _)| name != "id" && name != "class");
        let attrs = others.map(|(name, value)| (name.clone().into(), Some(value.clone().into()))).collect();
        let event = self.reading.events.len();
        let mut label_html = String::new();
        pulldown_cmark::html::push_html(
            &mut label_html,
            inlines.events.iter().map(|(event, _)| event.clone()),
        );
        self.reading.headings.push(HeadingAnchor {
            event,
            level: level as u8,
            given: given.is_some(),
            wanted: given.or(wanted),
            label_html,
        });
        let start = Event::Start(Tag::Heading { level, id: None, classes, attrs });
        self.wrapped(inlines, Some(start), Some(Event::End(TagEnd::Heading(level))), range);
    }

    fn heading_text(&self, range: &Range<usize>) -> (Leaf, Attributes) {
        let hashes = self.source[range.clone()].bytes().take_while(|byte| *byte == b'#').count();
        let behind = self.source[range.start + hashes..range.end].bytes().next();
        let hashed = (1..=6).contains(&hashes) && matches!(behind, None | Some(b' ' | b'\t' | b'\n' | b'\r'));
        let mut leaf = if hashed {
            self.leaf(&(range.start + hashes..range.end))
        } else {
            let all = self.leaf(range);
            let lines = all.text.split('\n').count();
            all.part(0..lines.saturating_sub(1))
        };
        let mut attributes = Attributes::default();
        if self.context.hugo.heading_attributes {
            let last_line = leaf.text.rfind('\n').map_or(0, |newline| newline + 1);
            if let Some((at, found)) = attributes::at_line_end(&leaf.text[last_line..]) {
                leaf.truncate(last_line + at);
                attributes = found;
            }
        }
        if hashed {
            let bare = leaf.text.trim_end_matches('#');
            if bare.is_empty() || bare.ends_with([' ', '\t']) {
                let end = bare.len();
                leaf.truncate(end);
            }
        }
        (leaf, attributes)
    }

    fn wanted_id(&self, leaf: &Leaf, inlines: &Inlines) -> Option<String> {
        let hugo = self.context.hugo;
        let of_text = hugo.version.is_none_or(|version| version >= IDS_OF_TEXT_SINCE);
        let text = if of_text { &inlines.plain } else { &leaf.text };
        let last_line = text.rsplit('\n').next().unwrap_or("");
        if !hugo.heading_ids || of_text && last_line.is_empty() {
            return None;
        }
        Some(heading_id::wanted(last_line, hugo.id_type, "heading"))
    }
}
