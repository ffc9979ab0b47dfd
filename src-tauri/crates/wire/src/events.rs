//! What the core tells the window unasked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// One event; the shell carries all of them under the one name `postwright`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", content = "with", rename_all = "snake_case")]
pub enum Event {
    /// The post is on disk up to a revision.
    Stored(Stored),
    /// The post could not be stored; what was typed is in memory only.
    StoreFailed(StoreFailed),
    /// An open post was looked through, after a pause in typing.
    Findings(FindingsOfPost),
    /// The site of an open post is set otherwise by now: ask for its preview, and for the colours of its code, again.
    PreviewOutdated(PreviewOutdated),
    /// Drafts were added, changed, trashed or restored: list them again.
    DraftsChanged(Done),
    /// The list of sites changed.
    SitesChanged(Done),
    /// Posts of a site changed: list them again.
    SitePostsChanged(SitePostsChanged),
    /// The file of an open post changed outside.
    FileChanged(FileChanged),
    /// Work that takes long got on.
    Progressed(Progressed),
    /// More posts were read that can be found.
    SearchFilled(SearchFilled),
    /// A path was handed to the app: show this post.
    ShowPost(ShowPost),
    /// A path was handed to the app: show this site in the sidebar.
    ShowSite(ShowSite),
    /// Something failed that no call was waiting for.
    Failed(Error),
    /// A menu entry was chosen.
    Menu(MenuChosen),
}

/// See [`Event::Stored`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stored {
    /// The post.
    pub post: PostId,
    /// Every edit up to this revision is on disk.
    pub revision: Revision,
    /// Whether the text differs from its file's; always false for a draft without a file.
    pub differs_from_file: bool,
}

/// See [`Event::StoreFailed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoreFailed {
    /// The post.
    pub post: PostId,
    /// Why.
    pub error: Error,
}

/// See [`Event::Findings`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindingsOfPost {
    /// The post.
    pub post: PostId,
    /// The revision of the text that the places count in.
    pub revision: Revision,
    /// All of them, in the order of the text.
    pub findings: Vec<TextFinding>,
}

/// Something in a text that the site will show otherwise than the writer may think.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextFinding {
    /// How grave it is.
    pub level: FindingLevel,
    /// What it is, for programs: `printed_mark`, `missing_anchor`, …
    pub code: String,
    /// What it is, in the writer's language. It does not name `place`.
    pub message: String,
    /// Where it begins, in UTF-16 units.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// Set, if it lies not in the text but in a file of the site's, as its configuration; the text's start stands for
    /// it then.
    pub place: Option<FilePlace>,
    /// What mends it, if it can be mended without asking.
    pub mend: Option<Mend>,
    /// Changes that mend it in another way, where there are two.
    pub other_mend: Option<Mend>,
}

/// A place in a file of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilePlace {
    /// The file's path in the site.
    pub path: String,
    /// The line, from 1, where it is known.
    pub line: Option<u32>,
    /// The column, from 1, where it is known.
    pub column: Option<u32>,
}

/// Changes that mend a finding, as one edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mend {
    /// What they do, in the writer's language.
    pub label: String,
    /// The changes, in order and apart from each other.
    pub changes: Vec<Change>,
}

/// See [`Event::PreviewOutdated`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewOutdated {
    /// The post.
    pub post: PostId,
}

/// See [`Event::SitePostsChanged`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SitePostsChanged {
    /// The site.
    pub site: SiteId,
}

/// See [`Event::FileChanged`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileChanged {
    /// The open post.
    pub post: PostId,
    /// What became of its file.
    pub change: OutsideChange,
}

/// What happened to a file under an open post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutsideChange {
    /// Other text, and the writer has changed nothing: read it again.
    Reload,
    /// Other text, and the writer has changes of their own, which go together with it: merge them.
    Merge,
    /// Other text, and the writer has changed the same lines: ask.
    Ask,
    /// The file is gone; the text stays and can be written again.
    Gone,
}

/// See [`Event::ShowPost`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShowPost {
    /// The post.
    pub post: PostId,
}

/// See [`Event::ShowSite`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShowSite {
    /// The site.
    pub site: SiteId,
}

/// See [`Event::Menu`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MenuChosen {
    /// The name of the command, as in the window's command table.
    pub command: String,
}
