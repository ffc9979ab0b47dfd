//! An open post: its text, its edits, its details.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// A post, opened in a tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenedPost {
    /// Its number.
    pub post: PostId,
    /// The revision of `text`.
    pub revision: Revision,
    /// The whole text, front matter included, every line end as `\n`.
    pub text: String,
    /// Where the cursor was at the last edit.
    pub selection: Selection,
    /// What the front matter says.
    pub details: Details,
    /// The preview's whole block list, as one patch of an empty list.
    pub preview: PreviewPatch,
    /// The file it is linked to, if any.
    pub file: Option<LinkedFile>,
    /// Whether the text differs from its file's; always false for a draft without a file.
    pub differs_from_file: bool,
    /// What happened to the file while the post was closed, if that needs the writer.
    pub outside: Option<OutsideChange>,
    /// Why the post cannot be edited, if so.
    pub read_only: Option<Error>,
    /// Whether the preview shows images on other machines, and so asks these for them.
    pub remote_images: bool,
    /// What can be undone of the time before; empty where the window has the post already.
    pub history: UndoHistory,
}

/// A selection; both ends are equal for a bare cursor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Selection {
    /// The end that stays when the selection is extended.
    pub anchor: u32,
    /// The end that moves.
    pub head: u32,
}

/// Replaces the text from `from` to `to` by `insert`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// Start, in the text before the edit.
    pub from: u32,
    /// End, in the text before the edit.
    pub to: u32,
    /// What comes instead, every line end as `\n`.
    pub insert: String,
}

/// One edit: its changes happen at once, sorted by place and not overlapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Edit {
    /// The post.
    pub post: PostId,
    /// The revision that the positions count in.
    pub base: Revision,
    /// The changes.
    pub changes: Vec<Change>,
    /// Where the cursor is after the edit.
    pub selection: Selection,
    /// The hash of what the file came to hold outside, if the edit takes that over: see [`MergeOutside`].
    pub takes_over: Option<String>,
    /// What it is in the editor's history, if it is no edit of its own.
    pub step: Option<HistoryStep>,
}

/// Sends the whole text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplaceText {
    /// The post.
    pub post: PostId,
    /// The whole text, every line end as `\n`.
    pub text: String,
    /// Where the cursor is.
    pub selection: Selection,
    /// As that of an [`Edit`].
    pub takes_over: Option<String>,
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "result", content = "with", rename_all = "snake_case")]
pub enum Edited {
    /// Applied.
    Applied(Box<Applied>),
    /// Not applied, because `base` is not the current revision: send the whole text.
    Stale(Stale),
}

impl Edited {
    /// It was applied.
    pub fn applied(applied: Applied) -> Self {
        Self::Applied(Box::new(applied))
    }
}

/// An edit that was applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Applied {
    /// The revision it made.
    pub revision: Revision,
    /// What changed in the preview; for a replaced text, from the list before it.
    pub patch: PreviewPatch,
    /// What the front matter says now, if the edit touched it.
    pub details: Option<Details>,
}

/// An edit that came too late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stale {
    /// The current revision.
    pub revision: Revision,
}

/// What a post's front matter says: a view of its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Details {
    /// The notation, or none where the post has no front matter.
    pub format: FrontMatterFormat,
    /// The title to show: of the front matter, else the first heading, else the first line.
    pub shown_title: String,
    /// The fields, in the order of the text. Empty when there is a problem.
    pub fields: Vec<Field>,
    /// Why the fields cannot be shown or edited.
    pub problem: Option<FrontMatterProblem>,
    /// How many lines of the text the front matter takes, its delimiters included.
    pub lines: u32,
    /// Whether fields can be changed through the form; if not, only in the text.
    pub editable: bool,
}

/// Notations of front matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FrontMatterFormat {
    /// The post has none.
    #[default]
    None,
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// Braces.
    Json,
}

/// A front matter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FrontMatterProblem {
    /// Line in the post, from 1.
    pub line: u32,
    /// Column in UTF-16 units, from 1.
    pub column: u32,
    /// Why, in the writer's language.
    pub message: String,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Field {
    /// Its key, as written.
    pub key: String,
    /// The keys that lead to it, its own last.
    pub path: Vec<String>,
    /// What it is for, if that is known.
    pub role: Option<FieldRole>,
    /// Its value.
    pub value: FieldValue,
    /// What its text is, by the way it is written.
    pub kind: FieldKind,
    /// Why it can be edited in the text only, and where it stands.
    pub locked: Option<FrontMatterProblem>,
}

/// What the text of a field is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words.
    #[default]
    Text,
    /// Words on several lines.
    Lines,
    /// A date, with or without a time.
    Date,
    /// A number.
    Number,
}

/// What a field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldRole {
    /// The post's title.
    Title,
    /// When it was or will be published.
    Date,
    /// Its tags.
    Tags,
    /// Its categories.
    Categories,
    /// Whether it is kept back.
    Draft,
    /// The last part of its URL.
    Slug,
    /// A sentence or two about it.
    Description,
}

/// The value of a field, by shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "shape", content = "value", rename_all = "snake_case")]
pub enum FieldValue {
    /// Text; also a date and a number, as written.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// A list of texts.
    List(Vec<String>),
    /// Fields inside the field.
    Table(Vec<Field>),
    /// No value.
    Empty,
    /// Anything else, as its source: shown, not edited in the form.
    Source(String),
}

/// Asks for the changes that change a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeField {
    /// The post.
    pub post: PostId,
    /// The revision that the answer's positions are to count in.
    pub base: Revision,
    /// The keys that lead to the field, as in `Details`; for one that the post has not, those that the site uses.
    pub path: Vec<String>,
    /// What to do to it.
    pub change: FieldChange,
}

/// What to do to a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "to", content = "with", rename_all = "snake_case")]
pub enum FieldChange {
    /// Give it a value; `empty` takes it out.
    Value(FieldValue),
    /// Give it a number, which is written as one.
    Number(String),
    /// Give it a text on several lines.
    Lines(String),
    /// Give it a date in the form and the zone of the post's site: a day and a time as `2026-11-21T13:05`, or now.
    Date(Option<String>),
    /// Give it a date as the writer has written it.
    DateAsWritten(String),
    /// Give it another key.
    Key(String),
}

/// Asks which fields the posts of a post's site have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UsualFields {
    /// The post.
    pub post: PostId,
    /// The site that the writer looks at, for a draft without a file.
    pub site: Option<SiteId>,
}

/// The fields that the posts of a site have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UsualFieldList {
    /// In the order in which most posts have them.
    pub fields: Vec<UsualField>,
}

/// A field that posts of a site have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UsualField {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// What it is for, if that is known.
    pub role: Option<FieldRole>,
    /// What most of them hold.
    pub shape: UsualShape,
    /// Whether at least half of the posts have it.
    pub common: bool,
    /// What lists and short texts hold, most frequent first.
    pub values: Vec<String>,
}

/// What a field of a site's posts holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UsualShape {
    /// Words on a line.
    Text,
    /// Words on several lines.
    Lines,
    /// A date.
    Date,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list of texts.
    List,
}

/// Asks where a post is or would be, and under which address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindAddress {
    /// The post.
    pub post: PostId,
    /// The site that the writer looks at, for a draft without a file.
    pub site: Option<SiteId>,
}

/// Where a post is or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PostAddress {
    /// Its path in the site; none for a draft that belongs to none.
    pub path: Option<String>,
    /// The path of its address from the site's root, where that can be told.
    pub url: Option<String>,
    /// The slug that it would get if it has none of its own.
    pub slug: Option<String>,
}

/// The changes to apply in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "result", content = "with", rename_all = "snake_case")]
pub enum FieldChanges {
    /// Apply these to the text of revision `base`.
    Changes(Vec<Change>),
    /// `base` is not the current revision: ask again.
    Stale(Stale),
}

/// Keeps an image for a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddImage {
    /// The post.
    pub post: PostId,
    /// The file's name, or empty for a pasted image.
    pub name: String,
    /// Its bytes in base64.
    pub base64: String,
}

/// An image that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddedImage {
    /// What to write between the parentheses of `![](…)`.
    pub reference: String,
}

/// Saves a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavePost {
    /// The post.
    pub post: PostId,
}

/// A post that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Saved {
    /// The revision that was saved.
    pub revision: Revision,
    /// The file that was written, as an absolute path; none for a draft without a file.
    pub written: Option<String>,
}

/// Asks what to change so that an open post is equal to its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadFileAgain {
    /// The post.
    pub post: PostId,
    /// The revision that the answer's positions are to count in.
    pub base: Revision,
}

/// The changes to apply in the editor, as one step that can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "result", content = "with", rename_all = "snake_case")]
pub enum FileChanges {
    /// Apply these to the text of revision `base`.
    Changes(Vec<Change>),
    /// `base` is not the current revision: ask again.
    Stale(Stale),
}

/// Shows or hides images on other machines: in all posts of the post's site, or in all drafts without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShowRemoteImages {
    /// The post.
    pub post: PostId,
    /// Shown or hidden.
    pub show: bool,
}

/// Keeps the writer's text over the file's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepMine {
    /// The post.
    pub post: PostId,
}

/// Asks what to change so that an open post has what its file came to hold outside, beside the writer's own changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MergeOutside {
    /// The post.
    pub post: PostId,
    /// The revision that the answer's positions are to count in.
    pub base: Revision,
    /// The writer's choices, if there were conflicts.
    pub picks: Option<OutsidePicks>,
}

/// What becomes of the conflicts that were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutsidePicks {
    /// The hash that the conflicts came with.
    pub hash: String,
    /// One for each conflict, in order.
    pub picks: Vec<OutsidePick>,
}

/// What becomes of one conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutsidePick {
    /// The lines of the editor.
    Mine,
    /// Those of the file.
    Theirs,
    /// First the editor's, then the file's.
    Both,
}

/// What post and file come to together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "result", content = "with", rename_all = "snake_case")]
pub enum MergedOutside {
    /// Apply these to the text of revision `base`.
    Changes(TakenOver),
    /// Both changed the same lines: the writer chooses.
    Conflicts(OutsideConflicts),
    /// `base` is not the current revision: ask again.
    Stale(Stale),
}

/// The changes that take over what a file came to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakenOver {
    /// The changes to apply in the editor, as one step that can be undone. None if there is nothing to do.
    pub changes: Vec<Change>,
    /// What the edit that applies them must say: see [`Edit`].
    pub takes_over: String,
}

/// A post and its file beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutsideConflicts {
    /// The hash of what the file holds; to be sent back with the choices.
    pub hash: String,
    /// All of both, in order.
    pub hunks: Vec<OutsideHunk>,
}

/// A run of lines that editor and file treat in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutsideHunk {
    /// Who changed it.
    pub kind: OutsideHunkKind,
    /// Its first line in the editor, from 1.
    pub line: u32,
    /// How many lines it has there.
    pub lines: u32,
    /// What it was when they were last the same; empty where nobody changed it.
    pub base: String,
    /// What the editor has; empty where nobody changed it.
    pub mine: String,
    /// What the file has; empty where nobody changed it.
    pub theirs: String,
}

/// Who changed a run of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutsideHunkKind {
    /// Nobody.
    Same,
    /// The writer, in the editor.
    Mine,
    /// Somebody else, in the file.
    Theirs,
    /// Both in the same way.
    Both,
    /// Both, each in another way.
    Conflict,
}
