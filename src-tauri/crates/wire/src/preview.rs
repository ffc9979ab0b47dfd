//! The preview: a list of blocks and the patches that bring it up to date.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PostId, Revision};

/// One top-level block of a post, rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewBlock {
    /// Names the block for as long as it is in the list.
    pub id: u32,
    /// How many lines of source it takes, the blank lines after it included.
    pub lines: u32,
    /// Sanitised HTML, one or more elements.
    pub html: String,
}

/// The changes from one block list to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewPatch {
    /// The revision of the text that the list shows once patched.
    pub revision: Revision,
    /// The number of lines before the first block: front matter and blank lines.
    pub first_line: u32,
    /// Applied in order, each to the list that the one before it left.
    pub ops: Vec<PatchOp>,
    /// Lines of code that are others now, in blocks that are otherwise the same. In order, each in the lines that the
    /// one before it left.
    pub lines: Vec<ChangedLines>,
    /// Blocks that stayed, but for lines of code perhaps, whose number of lines changed.
    pub resized: Vec<ResizedBlock>,
    /// There was no time to colour all code: an edit, even of nothing, goes on with it.
    pub unfinished: bool,
    /// Why there is no preview, in the writer's language: the post is too large or nested too deep.
    pub refused: Option<String>,
}

/// Takes `remove` blocks out at `at` and puts `insert` there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PatchOp {
    /// Index in the list, from 0.
    pub at: u32,
    /// How many blocks go.
    pub remove: u32,
    /// The blocks that come.
    pub insert: Vec<PreviewBlock>,
}

/// Lines in the place of others in one block of code: a block that has one `<code>` in a `<pre>`, whose children are
/// its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangedLines {
    /// The block's index in the list after all `ops`.
    pub at: u32,
    /// The first line that changes, from 0.
    pub from: u32,
    /// How many lines go.
    pub remove: u32,
    /// The `<span class="line">` of each line that comes: sanitised HTML, the line's end in it.
    pub insert: Vec<String>,
}

/// A block that stayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResizedBlock {
    /// Its index in the list after all `ops`.
    pub at: u32,
    /// Its new number of lines.
    pub lines: u32,
}

/// Asks for the whole preview of an open post, after [`crate::Event::PreviewOutdated`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewAgain {
    /// The post.
    pub post: PostId,
}

/// Asks for the style sheet of code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeStyle {
    /// For the dark scheme?
    pub dark: bool,
    /// The post whose site's own colours are wanted, if they can be told.
    pub post: Option<PostId>,
    /// A theme to try in the place of the one that the writer has chosen.
    pub theme: Option<String>,
}

/// A theme of colours for code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeTheme {
    /// Its name, which is Hugo's where Hugo has the style.
    pub name: String,
    /// Whether its paper is dark.
    pub dark: bool,
}

/// CSS for the classes that the preview's code carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeStyleSheet {
    /// CSS text.
    pub css: String,
    /// Whether it is the site's own, which no choice of the writer's changes.
    pub of_site: bool,
}
