//! Jekyll: kramdown.
//!
//! kramdown is too far from CommonMark to be patched into it: how lists nest, what interrupts a paragraph, how
//! emphasis, links and code spans close, its attribute lists, tables and HTML blocks. So its grammar is read here
//! from the source: [`blocks`] into a [`tree`], [`spans`] inside of it, and [`emit`] makes events of both. What is
//! said of kramdown is of 2.4 with its GFM parser 1.1, which is what Debian's Jekyll 4.3 runs.

use std::collections::BTreeMap;

use super::{AssignIds, Engine, NoteStyle};
use crate::dialect::common::Room;
use crate::reading::{Definitions, Reading};

mod abbreviations;
mod attributes;
mod blocks;
mod emit;
mod entities;
mod excerpt;
mod ids;
mod notes;
#[cfg(test)]
mod printed;
mod quotes;
mod settings;
mod spans;
mod syntax;
mod tags;
#[cfg(test)]
mod tests;
mod tree;

pub use settings::KramdownInput;

/// Jekyll's settings for kramdown; by default those of a site that has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Jekyll {
    /// `input`: the Markdown that is read.
    pub input: KramdownInput,
    /// `hard_wrap`: every line end in a paragraph is a break (GFM only).
    pub hard_wrap: bool,
    /// `gfm_quirks: paragraph_end`: lists, headings, quotes and fences end a paragraph without a blank line.
    pub blocks_end_paragraphs: bool,
    /// `gfm_quirks: no_auto_typographic`: dashes, dots and guillemets stay as they are.
    pub plain_symbols: bool,
    /// `auto_ids`: headings get ids.
    pub auto_ids: bool,
    /// `auto_id_prefix`
    pub auto_id_prefix: String,
    /// `auto_id_stripping`: ids are made of a heading's text without marks (always so in GFM).
    pub auto_id_stripping: bool,
    /// `smart_quotes`: left and right single quote, left and right double quote.
    pub smart_quotes: [String; 4],
    /// `typographic_symbols`: what to print for `mdash`, `hellip` and so on.
    pub typographic_symbols: BTreeMap<String, String>,
    /// `toc_levels`: the levels of headings that a table of contents lists.
    pub toc_levels: Vec<u8>,
    /// `header_offset`: how many levels a heading is lowered.
    pub header_offset: i64,
    /// `footnote_nr`: the number of the first footnote.
    pub footnote_nr: i64,
    /// `footnote_backlink`: the text of the link back; empty for none.
    pub footnote_backlink: String,
    /// `footnote_prefix`: what ids of footnotes begin with.
    pub footnote_prefix: String,
    /// `parse_block_html`: Markdown is read inside of HTML's blocks.
    pub parse_block_html: bool,
    /// `parse_span_html`: Markdown is read inside of HTML's spans.
    pub parse_span_html: bool,
    /// `math_engine`: what shows math; nothing to leave its dollars.
    pub math_engine: Option<String>,
    /// `link_defs`: links that every post may refer to, with a title each that may be empty.
    pub link_definitions: BTreeMap<String, (String, String)>,
}

impl Default for Jekyll {
    fn default() -> Self {
        Self {
            input: KramdownInput::Gfm,
            hard_wrap: false,
            blocks_end_paragraphs: true,
            plain_symbols: false,
            auto_ids: true,
            auto_id_prefix: String::new(),
            auto_id_stripping: false,
            smart_quotes: ["‘", "’", "“", "”"].map(str::to_owned),
            typographic_symbols: BTreeMap::new(),
            toc_levels: (1..=6).collect(),
            header_offset: 0,
            footnote_nr: 1,
            footnote_backlink: "↩".to_owned(),
            footnote_prefix: String::new(),
            parse_block_html: false,
            parse_span_html: true,
            math_engine: Some("mathjax".to_owned()),
            link_definitions: BTreeMap::new(),
        }
    }
}

impl Jekyll {
    fn is_gfm(&self) -> bool {
        self.input == KramdownInput::Gfm
    }

    fn breaks_every_line(&self) -> bool {
        self.is_gfm() && self.hard_wrap
    }

    fn typographic(&self) -> bool {
        !(self.is_gfm() && self.plain_symbols)
    }

    /// Whether a paragraph is ended by the start of another block.
    fn ends_paragraphs(&self) -> bool {
        self.is_gfm() && self.blocks_end_paragraphs
    }

    /// Whether a backslash takes this mark for text.
    fn escapes(&self, byte: u8) -> bool {
        b"\\.*_+`<>()[]{}#!:|\"'$=-".contains(&byte) || (byte == b'~' && self.is_gfm())
    }

    /// The level that is printed.
    fn shown_level(&self, level: u8) -> u8 {
        (i64::from(level).saturating_add(self.header_offset)).clamp(1, 6) as u8
    }
}

impl Engine for Jekyll {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let mut text = blocks::read(source, self);
        emit::reading(&mut text, self, known, Room::of(source))
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::new(ids::Ids::new(&self.auto_id_prefix))
    }

    fn notes(&self) -> &dyn NoteStyle {
        self
    }

    fn later_definitions_win(&self) -> bool {
        true
    }
}
