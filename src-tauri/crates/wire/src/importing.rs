//! Text from elsewhere: what it would become, what the writer chooses, and what of it is taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Numbers a text that is being imported, until it is taken or another one is read.
pub type ImportId = u32;

/// Reads a text that may hold several posts; makes nothing yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadImport {
    /// The text, plain or HTML.
    pub text: String,
}

/// Lets the writer choose a file to read; makes nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadChosenFile {}

/// A file to import, once the writer has chosen one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChosenImport {
    /// What it would become; none when nothing was chosen.
    pub proposal: Option<ImportProposal>,
}

/// What a text would become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportProposal {
    /// Names it in the calls that follow.
    pub import: ImportId,
    /// The file that it was read from; none of a pasted text.
    pub path: Option<String>,
    /// How its bytes were read; none of a pasted text.
    pub encoding: Option<TextEncoding>,
    /// Whether some bytes stand for nothing in this encoding.
    pub damaged: bool,
    /// The steps to Markdown, in their order; none for HTML, which says by itself what it is.
    pub steps: Vec<ImportStep>,
    /// Where posts begin or may begin; the first is the start of the text.
    pub seams: Vec<ImportSeam>,
    /// The posts.
    pub drafts: Vec<ProposedDraft>,
}

/// How bytes stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-16 with its mark.
    Utf16,
    /// CP949, which EUC-KR is a part of.
    Cp949,
}

/// A step from pasted text to Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStepName {
    /// White space that nobody sees.
    Blanks,
    /// What a page shows around its post.
    Frame,
    /// Title, date, category and tags.
    Details,
    /// Code gets fences.
    Code,
    /// Sentences that ran into the next.
    Sentences,
    /// Headings that ran into the text after them.
    RunInHeads,
    /// Lines that were paragraphs.
    LineBreaks,
    /// Lists.
    Lists,
    /// Headings.
    Heads,
    /// Signs that Markdown would take for its own.
    Signs,
}

/// A step, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportStep {
    /// Which.
    pub step: ImportStepName,
    /// Whether it is taken.
    pub on: bool,
    /// How many changes it found in the posts that are taken.
    pub found: u32,
    /// How many of them are made.
    pub taken: u32,
}

/// Why a post is thought to begin somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportSeamReason {
    /// The text begins.
    Start,
    /// Front matter begins.
    FrontMatter,
    /// The link with which pages begin.
    SkipLink,
    /// A line that says how often a post was seen.
    ViewCount,
    /// A line that stands over each post.
    RepeatedLine,
    /// A line of tags ended the post before.
    AfterTags,
    /// A title with a date under it.
    Dateline,
    /// A line of dashes.
    Rule,
    /// A heading of the first level.
    Heading,
    /// The writer said so.
    Writer,
}

/// A place where a post begins or may begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportSeam {
    /// Its line in the text, from 1.
    pub line: u32,
    /// The first words there.
    pub words: String,
    /// Why.
    pub reason: ImportSeamReason,
    /// Whether a post begins here.
    pub on: bool,
}

/// A post that would become a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProposedDraft {
    /// Its title; empty if it has none.
    pub title: String,
    /// The line of the text with which it begins, from 1.
    pub line: u32,
    /// How many letters it has.
    pub length: u32,
    /// Whether it becomes a draft.
    pub taken: bool,
}

/// Says what the writer wants otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeImport {
    /// The text.
    pub import: ImportId,
    /// What.
    pub choice: ImportChoice,
}

/// Something that the writer wants otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum ImportChoice {
    /// Takes a step, or leaves it.
    Step {
        /// Which.
        step: ImportStepName,
        /// Whether it is taken.
        on: bool,
    },
    /// Makes one change, or leaves it: the other of what it is.
    Flip {
        /// The step that found it.
        step: ImportStepName,
        /// Its place, as it was told.
        at: u32,
    },
    /// Says whether a post begins at a line.
    Seam {
        /// The line, from 1.
        line: u32,
        /// Whether one does.
        on: bool,
    },
    /// Says whether a post becomes a draft.
    Draft {
        /// Its place among the posts, from 0.
        draft: u32,
        /// Whether it does.
        on: bool,
    },
    /// Reads the bytes of the file in another way.
    Encoding {
        /// Which.
        encoding: TextEncoding,
    },
}

/// What one post would become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShowImported {
    /// The text.
    pub import: ImportId,
    /// The post's place among the posts, from 0.
    pub draft: u32,
}

/// A post before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportedView {
    /// What differs between the text as it was and the draft, with some lines around.
    pub diff: Vec<DiffLine>,
    /// Lines of the diff that are not shown, for their number.
    pub left_out: u32,
    /// What the steps found, in their order; of each step the first few hundred.
    pub changes: Vec<ImportChange>,
    /// The first lines of the post as it was, each with its number, from 1: to say where another one begins.
    pub lines: Vec<ImportLine>,
}

/// A line of the text as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportLine {
    /// Its number, from 1.
    pub line: u32,
    /// Its first words.
    pub words: String,
}

/// One change of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportChange {
    /// The step.
    pub step: ImportStepName,
    /// Its place in the text; with the step, its name.
    pub at: u32,
    /// What stands before it.
    pub context_before: String,
    /// What is replaced.
    pub before: String,
    /// What replaces it.
    pub after: String,
    /// What follows.
    pub context_after: String,
    /// Whether the step is sure of it; of others it only asks.
    pub sure: bool,
    /// Whether it is made.
    pub taken: bool,
}

/// Makes drafts of the posts that are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeImport {
    /// The text.
    pub import: ImportId,
}

/// Turns pasted HTML into Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConvertClip {
    /// The post into which it is pasted: it gets the pictures that are written out in the HTML.
    pub post: PostId,
    /// The HTML, as the clipboard has it.
    pub html: String,
}

/// Pasted HTML as Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConvertedClip {
    /// The Markdown; none where the HTML says no more than the plain text beside it.
    pub markdown: Option<String>,
}
