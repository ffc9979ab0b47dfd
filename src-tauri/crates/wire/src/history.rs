//! What a post was: its kept revisions, what differs, what is brought back, and what can be undone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks for the kept revisions of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskHistory {
    /// The post.
    pub post: PostId,
}

/// The kept revisions of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PostHistory {
    /// The post.
    pub post: PostId,
    /// The newest first.
    pub revisions: Vec<KeptRevision>,
}

/// A kept revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptRevision {
    /// What it is asked for by; a later one has a higher number.
    pub number: u32,
    /// Why it was kept.
    pub kind: KeptKind,
    /// When.
    #[ts(type = "number")]
    pub at: Milliseconds,
    /// Its number of UTF-16 units.
    pub length: u32,
    /// How many of them it has more than the one kept before, or fewer; for the first all it has.
    pub grown: i32,
    /// What the writer calls it.
    pub name: Option<String>,
}

/// Why a revision was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeptKind {
    /// From time to time, while the writer wrote.
    Auto,
    /// The writer saved.
    Saved,
    /// It was published.
    Published,
    /// Before or after a merge with the file.
    Merged,
    /// What was there before an older one was brought back.
    Restored,
}

/// Asks what differs between a kept revision and another text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompareRevision {
    /// The post.
    pub post: PostId,
    /// The revision.
    pub number: u32,
    /// With what.
    pub with: CompareWith,
}

/// What a kept revision is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CompareWith {
    /// The post as it is: from the revision to now.
    Now,
    /// The one that was kept before it: from that one to the revision.
    Before,
}

/// What differs between two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// The post's revision that was compared with.
    pub revision: Revision,
    /// The lines that differ, with some around them.
    pub lines: Vec<ComparedLine>,
    /// How many differences there are.
    pub differences: u32,
    /// How many lines are not shown because there are too many.
    pub left_out: u32,
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComparedLine {
    /// Kept, added or removed.
    pub kind: DiffKind,
    /// Its text in pieces; for skipped lines one, their number.
    pub pieces: Vec<Piece>,
    /// Which difference it belongs to, from 0.
    pub difference: Option<u32>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether the other text has other words there.
    pub changed: bool,
}

/// Asks for the changes that bring a kept revision back, or a part of it. What is there now is kept first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BringBack {
    /// The post.
    pub post: PostId,
    /// The revision that the answer's positions are to count in.
    pub base: Revision,
    /// The kept revision.
    pub number: u32,
    /// What of it.
    pub part: BroughtBack,
}

/// What of a kept revision is brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "part", content = "with", rename_all = "snake_case")]
pub enum BroughtBack {
    /// All of it.
    Whole(Done),
    /// One difference between it and the post.
    Difference(ShownDifference),
    /// What the paragraph at a position of the post said in it.
    Paragraph(u32),
}

/// A difference as a comparison with now has shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShownDifference {
    /// Which, from 0.
    pub difference: u32,
    /// The post's revision that was compared with.
    pub revision: Revision,
}

/// Gives a kept revision a name; an empty one takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NameRevision {
    /// The post.
    pub post: PostId,
    /// The kept revision; none: the post as it is, which is kept for that.
    pub number: Option<u32>,
    /// The name.
    pub name: String,
}

/// Asks what the paragraph at a position said before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskParagraph {
    /// The post.
    pub post: PostId,
    /// The position, in the text of the post as the core has it.
    pub at: u32,
}

/// What a paragraph said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParagraphHistory {
    /// What it says; none where there is no paragraph.
    pub now: Option<String>,
    /// What it said before, the newest first.
    pub wordings: Vec<Wording>,
}

/// What a paragraph said for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wording {
    /// The last kept revision in which it said so.
    pub revision: KeptRevision,
    /// What it said, with the words that it says otherwise now.
    pub pieces: Vec<Piece>,
}

/// What an edit was in the editor's history of edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryStep {
    /// The writer undid something.
    Undo,
    /// The writer did again what was undone.
    Redo,
}

/// What can be undone in a post that is opened, and what can be done again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoHistory {
    /// The last edit first: each takes back what led to the text that the one before it leads to.
    pub undo: Vec<UndoneEdit>,
    /// The next first.
    pub redo: Vec<UndoneEdit>,
}

/// An edit that takes another back, or makes it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoneEdit {
    /// Its changes, in the text that those before it in the list lead to.
    pub changes: Vec<Change>,
    /// The selection afterwards.
    pub selection: Selection,
    /// Whether it is one step with the next in the list.
    pub joined: bool,
}
