//! The library's drafts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks for the drafts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListDrafts {
    /// The trash instead of the drafts.
    pub trashed: bool,
}

/// Drafts, the last edited first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftList {
    /// The rows.
    pub drafts: Vec<DraftRow>,
}

/// A draft in a list. A site's post is among them while it has changes that its file has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRow {
    /// Its number.
    pub post: PostId,
    /// Its title: of the front matter, else its first heading, else its first line; empty for an empty text.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was last edited.
    #[ts(type = "number")]
    pub edited: Milliseconds,
    /// Its number of UTF-16 units.
    pub length: u32,
    /// The file it is linked to, if any.
    pub file: Option<LinkedFile>,
    /// Whether it is in the trash.
    pub trashed: bool,
}

/// The file of a site that a post is linked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkedFile {
    /// The site.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// Path inside the site, with `/`.
    pub path: String,
}

/// Asks for a new draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewDraft {
    /// Its first text; usually empty.
    pub text: String,
}

/// Opens a post of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenPost {
    /// The post.
    pub post: PostId,
}

/// Closes an open post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClosePost {
    /// The post.
    pub post: PostId,
}

/// Puts a draft into the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrashDraft {
    /// The draft.
    pub post: PostId,
}

/// Takes a draft out of the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RestoreDraft {
    /// The draft.
    pub post: PostId,
}

/// Copies a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DuplicateDraft {
    /// The draft to copy.
    pub post: PostId,
}

/// Shows the system's file dialog for an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportChosen {
    /// Choose a folder instead of files.
    pub folder: bool,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Imported {
    /// The drafts made, in the order of their files.
    pub drafts: Vec<ImportedDraft>,
    /// The files that could not be imported, and why.
    pub failed: Vec<Error>,
    /// Images that the drafts name and that were not found; each `subject` is the file, with the reference in the message.
    pub missing_images: Vec<Error>,
}

/// A file that became a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportedDraft {
    /// The file, as it was named.
    pub path: String,
    /// The draft.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// How many images came with it.
    pub images: u32,
}
