//! Hugo: goldmark 1.8 with Hugo's extensions, as Hugo 0.168 sets them up.
//!
//! pulldown-cmark finds the blocks, which differ little; what stands in them is read by goldmark's own rules in
//! [`inline`], because its autolinks, quotes and tildes take part in the reading and can't be put on afterwards.

mod attributes;
mod blocks;
mod character;
mod config;
mod footnotes;
mod heading;
mod heading_id;
mod inline;
mod leaf;
mod lists;
mod misread;
mod table;
mod url;

use super::{AssignIds, Engine, NoteStyle};
use crate::reading::{Definitions, Reading};

/// Hugo's settings. The default is what a site has that says nothing about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Hugo {
    /// The version that builds the site, as major, minor and patch; nothing for the newest.
    pub version: Option<(u32, u32, u32)>,
    /// `renderer.unsafe`: raw HTML stays.
    pub raw_html: bool,
    /// `renderer.hardWraps`: a line end is a `<br>`.
    pub hard_wraps: bool,
    /// `renderer.xhtml`.
    pub xhtml: bool,
    /// `parser.autoHeadingID`.
    pub heading_ids: bool,
    /// `parser.autoIDType`; before 0.144 `autoHeadingIDType`.
    pub id_type: IdType,
    /// `parser.attribute.title`: `{#id .class}` behind a heading.
    pub heading_attributes: bool,
    /// `parser.attribute.block`: `{#id .class}` in the line after a block.
    pub block_attributes: bool,
    /// `parser.wrapStandAloneImageWithinParagraph`.
    pub wrap_images: bool,
    /// `extensions.typographer`; nothing if it is disabled.
    pub typographer: Option<Typographer>,
    /// `extensions.footnote`.
    pub footnotes: Footnotes,
    /// `extensions.definitionList`.
    pub definition_lists: bool,
    /// `extensions.table`.
    pub tables: bool,
    /// `extensions.strikethrough`.
    pub strikethrough: bool,
    /// `extensions.linkify`.
    pub linkify: bool,
    /// `extensions.linkifyProtocol`: of links that are written `www.`.
    pub linkify_protocol: String,
    /// `extensions.taskList`.
    pub task_lists: bool,
    /// `extensions.cjk`.
    pub cjk: Cjk,
    /// `extensions.passthrough`.
    pub passthrough: Passthrough,
    /// `extensions.extras`.
    pub extras: Extras,
    /// `enableEmoji`: `:smile:`.
    pub emoji: bool,
    /// `markup.highlight.codeFences`.
    pub highlight_fences: bool,
    /// `markup.highlight.lineNos`: code shows the numbers of its lines where the fence does not say.
    pub line_numbers: bool,
}

impl Default for Hugo {
    fn default() -> Self {
        Self {
            version: None,
            raw_html: false,
            hard_wraps: false,
            xhtml: false,
            heading_ids: true,
            id_type: IdType::GitHub,
            heading_attributes: true,
            block_attributes: false,
            wrap_images: true,
            typographer: Some(Typographer::default()),
            footnotes: Footnotes::default(),
            definition_lists: true,
            tables: true,
            strikethrough: true,
            linkify: true,
            linkify_protocol: "https".to_owned(),
            task_lists: true,
            cjk: Cjk::default(),
            passthrough: Passthrough::default(),
            extras: Extras::default(),
            emoji: false,
            highlight_fences: true,
            line_numbers: false,
        }
    }
}

/// How an id is made of a heading's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdType {
    /// Letters and digits of any script.
    #[default]
    GitHub,
    /// Letters and digits of ASCII, accents taken off.
    GitHubAscii,
    /// As Blackfriday did: one dash for everything between words.
    Blackfriday,
}

/// What stands for straight punctuation: HTML, or nothing where it stays as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typographer {
    /// `'` that opens.
    pub left_single_quote: String,
    /// `'` that closes.
    pub right_single_quote: String,
    /// `"` that opens.
    pub left_double_quote: String,
    /// `"` that closes.
    pub right_double_quote: String,
    /// `--`.
    pub en_dash: String,
    /// `---`.
    pub em_dash: String,
    /// `...`.
    pub ellipsis: String,
    /// `<<`.
    pub left_angle_quote: String,
    /// `>>`.
    pub right_angle_quote: String,
    /// `'` within a word.
    pub apostrophe: String,
}

impl Default for Typographer {
    fn default() -> Self {
        Self {
            left_single_quote: "&lsquo;".to_owned(),
            right_single_quote: "&rsquo;".to_owned(),
            left_double_quote: "&ldquo;".to_owned(),
            right_double_quote: "&rdquo;".to_owned(),
            en_dash: "&ndash;".to_owned(),
            em_dash: "&mdash;".to_owned(),
            ellipsis: "&hellip;".to_owned(),
            left_angle_quote: "&laquo;".to_owned(),
            right_angle_quote: "&raquo;".to_owned(),
            apostrophe: "&rsquo;".to_owned(),
        }
    }
}

/// Footnotes as PHP Markdown Extra has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnotes {
    /// They are read at all.
    pub enabled: bool,
    /// `backlinkHTML`: what the link back shows.
    pub back_link_html: String,
}

impl Default for Footnotes {
    fn default() -> Self {
        Self { enabled: true, back_link_html: "&#x21a9;&#xfe0e;".to_owned() }
    }
}

/// What Chinese, Japanese and Korean writers may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cjk {
    /// What becomes of a line end between wide characters.
    pub line_breaks: LineBreaks,
    /// A space behind a backslash is not shown, but divides words from marks.
    pub escaped_space: bool,
}

/// What becomes of a line end between wide characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineBreaks {
    /// It stays.
    #[default]
    Kept,
    /// It goes between any two wide characters, Hangul too.
    Simple,
    /// It goes as a draft of CSS Text 3 says; between Hangul it stays.
    Css3Draft,
}

/// Text between delimiters that Markdown leaves alone: mathematics.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passthrough {
    /// Pairs that begin and end such text; empty if the extension is off.
    pub inline: Vec<(String, String)>,
    /// Those pairs of which a block of its own is made.
    pub block: Vec<(String, String)>,
}

/// Marks that goldmark does not know of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extras {
    /// `~~deleted~~`.
    pub delete: bool,
    /// `++inserted++`.
    pub insert: bool,
    /// `==marked==`.
    pub mark: bool,
    /// `H~2~O`.
    pub subscript: bool,
    /// `1^st^`.
    pub superscript: bool,
}

impl Engine for Hugo {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        blocks::read(self, source, known)
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<heading_id::GivenIds>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        &self.footnotes
    }
}

#[cfg(test)]
mod tests;
