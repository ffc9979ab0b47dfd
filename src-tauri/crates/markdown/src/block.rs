//! The block list and what changes it.

use std::fmt;

use crate::dialect::Dialect;
use crate::sanitise::SafeHtml;
use crate::time::StopWatch;

/// How a post is rendered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Put before each local image reference, for example `postwright://localhost/post/12/`.
    ///
    /// The reference follows as one percent-encoded path segment: cut at `?` or `#`, percent-decoded once, then
    /// everything but unreserved characters encoded, `/` too (`/images/a.png` becomes `%2Fimages%2Fa.png`), because
    /// a URL parser would otherwise resolve `..` before the reference is looked up. Decoding what follows the base
    /// once gives the path that the writer meant.
    ///
    /// Empty: local references stay as they are written.
    pub image_base: String,
    /// What the post's site makes of Markdown.
    pub dialect: Dialect,
    /// Whether images on other machines are shown; a box stands for each if not.
    pub remote_images: bool,
    /// Ends the colouring of code that takes too long. What is plain then gets its colours with the next edits,
    /// whatever they change; [`Patch::unfinished`] asks for such. Code within another block stays plain until that
    /// block changes.
    pub watch: StopWatch,
}

/// One replaced range of a text; the ranges of one edit all count in the text before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// Byte offset of the first replaced byte.
    pub from: usize,
    /// Byte offset after the last replaced byte.
    pub to: usize,
    /// The new text.
    pub insert: String,
}

/// One top-level block of a post, rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Names the block for as long as it is in the list.
    pub id: u32,
    /// How many lines of source it takes, up to the next block: the blank lines after it included. None for the
    /// footnotes that a dialect gathers at the end.
    pub lines: u32,
    /// Its HTML: one or more elements, or nothing if all that it says is left out (a comment).
    pub html: SafeHtml,
}

/// The changes from one block list to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// The number of lines before the first block: front matter and blank lines.
    pub first_line: u32,
    /// Applied in order, each to the list that the one before it left.
    pub ops: Vec<Op>,
    /// Lines of code that are others now, in blocks that are otherwise the same.
    /// In order, each in the lines that the one before it left.
    pub lines: Vec<ChangedLines>,
    /// Blocks that stayed, but for lines of code perhaps, whose number of lines changed.
    pub resized: Vec<Resized>,
    /// There was no time to colour all code; an edit, even of nothing, goes on with it.
    pub unfinished: bool,
    /// Why there is no preview.
    pub refused: Option<Refusal>,
}

/// Takes `remove` blocks out at `at` and puts `insert` there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// Index in the list, from 0.
    pub at: u32,
    /// How many blocks go.
    pub remove: u32,
    /// The blocks that come.
    pub insert: Vec<Block>,
}

/// Lines in the place of others in one block of code.
///
/// Such a block has one `<code>` in its `<pre>`, whose children are the lines: one `<span class="line">` each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLines {
    /// The block's index in the list after all `ops`.
    pub at: u32,
    /// The first line that changes, from 0.
    pub from: u32,
    /// How many lines go.
    pub remove: u32,
    /// The `<span class="line">` of each line that comes.
    pub insert: Vec<SafeHtml>,
}

/// A block that stayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resized {
    /// Its index in the list after all `ops`.
    pub at: u32,
    /// Its new number of lines.
    pub lines: u32,
}

/// Why a text has no preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The body is larger than the limit.
    TooLarge {
        /// The body's size.
        bytes: usize,
        /// The largest size that is rendered.
        limit: usize,
    },
    /// The body has more top-level blocks than the limit.
    TooManyBlocks {
        /// How many it has.
        blocks: usize,
        /// The most that are rendered.
        limit: usize,
    },
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes, limit } => {
                write!(f, "{bytes} bytes are too large to preview (limit {limit})")
            }
            Self::TooManyBlocks { blocks, limit } => {
                write!(f, "{blocks} blocks are too many to preview (limit {limit})")
            }
        }
    }
}
