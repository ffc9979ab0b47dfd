//! Publishing: a plan that is shown, then written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks what publishing a draft into a site would write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanPublish {
    /// The draft.
    pub post: PostId,
    /// The site.
    pub site: SiteId,
    /// What the writer chose instead of what the plan proposes.
    pub choices: PublishChoices,
}

/// What the writer may choose; what is none is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PublishChoices {
    /// The slug.
    pub slug: Option<String>,
    /// The folder for posts, one of the site's.
    pub folder: Option<String>,
    /// One file or a bundle.
    pub layout: Option<PostLayout>,
    /// The whole path inside the site; overrides the three above.
    pub path: Option<String>,
}

/// What would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishPlan {
    /// Names this plan: it changes when anything that would be written changes.
    pub fingerprint: String,
    /// The post's file, inside the site, with `/`.
    pub path: String,
    /// The slug in use.
    pub slug: String,
    /// The folder in use.
    pub folder: String,
    /// The layout in use.
    pub layout: PostLayout,
    /// The address the post will have, as far as it is known: a path from the site's root.
    pub url: Option<String>,
    /// The address that the post has now and loses, where the generator can lead from it to the new one.
    pub alias: Option<String>,
    /// Slugs to choose among.
    pub slug_offers: Vec<SlugOffer>,
    /// All files, the post first.
    pub files: Vec<PlannedFile>,
    /// What the writer should know before.
    pub findings: Vec<Finding>,
    /// Why the plan cannot be written, if so: an empty slug, a target that exists, …
    pub obstacle: Option<Error>,
}

/// One file of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlannedFile {
    /// Path inside the site, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u32,
    /// The lines, for a text; none for an image.
    pub diff: Option<Vec<DiffLine>>,
    /// The path that it has now, if it is moved.
    pub from: Option<String>,
}

/// One line of a diff between the draft (or the file that is there) and what would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiffLine {
    /// Kept, added or removed.
    pub kind: DiffKind,
    /// The line without its end.
    pub text: String,
}

/// What a line of a diff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// In both.
    Kept,
    /// Only in what would be written.
    Added,
    /// Only in what is there.
    Removed,
    /// Stands for kept lines that are left out; its text is their number.
    Skipped,
}

/// Something the writer should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// How grave it is.
    pub level: FindingLevel,
    /// What it is, for programs: `missing_image`, `future_date`, …
    pub code: String,
    /// What it is, in the writer's language.
    pub message: String,
    /// Line in the post, from 1, where there is one.
    pub line: Option<u32>,
    /// Ways to mend it in the text of the post as it was when this was asked for, to choose among.
    pub mends: Vec<Mend>,
}

/// A slug that the writer may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SlugOffer {
    /// How it is made.
    pub way: SlugWay,
    /// The slug.
    pub slug: String,
}

/// How a slug is made of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SlugWay {
    /// The letters of every script are kept.
    Kept,
    /// Hangul is written in Latin letters.
    Romanised,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingLevel {
    /// Good to know.
    Note,
    /// Probably not what the writer wants.
    Warning,
    /// The site will not build, or the post will not appear.
    Error,
}

/// Writes a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Publish {
    /// The draft.
    pub post: PostId,
    /// The site.
    pub site: SiteId,
    /// The same choices as the plan's.
    pub choices: PublishChoices,
    /// The fingerprint of the plan that was shown.
    pub fingerprint: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Published {
    /// Its number, by which it can be undone.
    pub publication: u32,
    /// The paths written, inside the site, with `/`.
    pub written: Vec<String>,
    /// The file the post is linked to from now on; for a copy, the copy's.
    pub file: LinkedFile,
    /// The post that was made for the copy, where the post was in another site already and stays there.
    pub copy: Option<PostId>,
    /// The post as it is now, if it is open: its text is the file's.
    pub post: Option<OpenedPost>,
}

/// Undoes a publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoPublish {
    /// Its number.
    pub publication: u32,
}

/// What an undone publication has left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishUndone {
    /// The files that are as before, inside the site, with `/`.
    pub changed: Vec<String>,
    /// The post as it is now, if it is open.
    pub post: Option<OpenedPost>,
}

/// Asks what moving a published post would change in its site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanMove {
    /// The post.
    pub post: PostId,
    /// Where to.
    pub to: PostMove,
}

/// Moves a post as a plan says that was shown, if nothing it was made from has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MovePost {
    /// The post.
    pub post: PostId,
    /// The same as the plan's.
    pub to: PostMove,
    /// The fingerprint of the plan that was shown.
    pub fingerprint: String,
}

/// Where a published post is moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "move", content = "with", rename_all = "snake_case")]
pub enum PostMove {
    /// Its site keeps it back, by its generator's own way.
    Draft(Done),
    /// Its site shows it again.
    Published(Done),
    /// Its file has another name.
    Rename(Renaming),
}

/// A new name for the file of a post; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Renaming {
    /// The slug.
    pub slug: Option<String>,
    /// The day, as `2026-11-21`.
    pub day: Option<String>,
    /// Whether the old address leads to the new one, where the generator can do that.
    pub alias: bool,
}
