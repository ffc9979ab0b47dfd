//! Search over everything, and replacing what was found.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks for the posts that hold something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Search {
    /// Words, phrases in quotes, `-` before what must not be there, and the filters `tag:`, `site:`, `is:`, `before:`,
    /// `after:` and `in:history`.
    pub query: String,
    /// Whether consonants that stand alone stand for syllables that begin with them.
    pub initials: bool,
    /// How many of the best to pass over.
    pub from: u32,
    /// How many to answer with, at most.
    pub most: u32,
    /// Count them all, however long it takes.
    pub count_all: bool,
}

/// The posts that hold what was asked for: in the title first, then in a heading, then elsewhere; of these the newest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchResults {
    /// The posts.
    pub posts: Vec<FoundPost>,
    /// How many there are, in all.
    pub total: u32,
    /// Whether there are no more than `total`.
    pub is_all: bool,
    /// How many posts are still to be read, before all can be found.
    pub unread: u32,
}

/// A post that holds what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundPost {
    /// Its number, if it is in the library.
    pub post: Option<PostId>,
    /// Its file, if it has one.
    pub file: Option<LinkedFile>,
    /// Which older text of the post it is, if it is one.
    pub revision: Option<FoundRevision>,
    /// Its title.
    pub title: String,
    /// What of the title was asked for, in UTF-16 units.
    pub title_marks: Vec<Mark>,
    /// Where it holds what was asked for, at best.
    pub place: FoundPlace,
    /// What it is.
    pub state: FoundState,
    /// When: the last edit of a draft, the date of a site's post.
    #[ts(type = "number")]
    pub at: Milliseconds,
    /// How often it holds it, as far as that was counted.
    pub hits: u32,
    /// The first lines with it.
    pub snippets: Vec<FoundSnippet>,
}

/// An older text of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundRevision {
    /// Its number among the kept revisions.
    pub number: u32,
}

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundPlace {
    /// In the title.
    Title,
    /// In a heading.
    Heading,
    /// Elsewhere.
    Body,
}

/// What a found post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundState {
    /// A draft of the library.
    Draft,
    /// A post of a site that the site does not show.
    KeptBack,
    /// A post of a site.
    Published,
    /// A post of a site, with changes that its file has not.
    Changed,
    /// In the trash.
    Trashed,
}

/// A stretch of a text, in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mark {
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
}

/// A line, or a part of it, with what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundSnippet {
    /// The line, from 1.
    pub line: u32,
    /// What is shown of it.
    pub text: String,
    /// What of `text` was asked for.
    pub marks: Vec<Mark>,
    /// Where the first of these is in the post.
    pub hit: Mark,
}

/// Asks what replacing would change; changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanReplace {
    /// As that of a [`Search`], with exactly one word or phrase: that which is replaced.
    pub query: String,
    /// As that of a [`Search`].
    pub initials: bool,
    /// What comes instead, as it stands.
    pub replacement: String,
}

/// What replacing would change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplacePlan {
    /// The posts, in the order of a search.
    pub posts: Vec<ReplaceInPost>,
    /// What it was made from: [`ReplaceEverywhere`] sends it back.
    pub hash: String,
}

/// What replacing would change in a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplaceInPost {
    /// Names the post in its plan.
    pub key: String,
    /// Its title, as it is.
    pub title: String,
    /// Its file, if it has one. It is not written.
    pub file: Option<LinkedFile>,
    /// Every change.
    pub changes: Vec<PlannedReplace>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlannedReplace {
    /// The line, from 1.
    pub line: u32,
    /// What stands before it in the line, or the end of that.
    pub before: String,
    /// What goes.
    pub removed: String,
    /// What stands behind it in the line, or the beginning of that.
    pub behind: String,
}

/// Replaces as was shown. Nothing is written to files: a post of a site gets unsaved changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplaceEverywhere {
    /// The plan's request.
    pub plan: PlanReplace,
    /// The hash of the plan that was shown.
    pub hash: String,
    /// The keys of posts to leave as they are.
    pub except: Vec<String>,
}

/// What was replaced, or taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Replaced {
    /// In how many posts.
    pub posts: u32,
    /// How many changes there were in all; none are counted where they are taken back.
    pub changes: u32,
    /// Those of the posts that are open, as they are now.
    pub open: Vec<OpenedPost>,
    /// The titles of those that were not changed back, since the same places were changed again.
    pub left: Vec<String>,
}

/// Takes back what was replaced last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoReplace {}

/// See [`Event::SearchFilled`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchFilled {
    /// How many posts are still to be read.
    pub unread: u32,
}
