//! The repository of a site: its state, committing and pushing; and work that takes long.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Numbers work that takes long and can be stopped; the window chooses it.
pub type WorkId = u32;

/// Asks for the state of a site's repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskGit {
    /// The site.
    pub site: SiteId,
}

/// What a site's folder is to git.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "with", rename_all = "snake_case")]
pub enum SiteRepository {
    /// Git is not installed.
    NoGit,
    /// In no repository.
    None,
    /// A repository without files.
    Bare,
    /// In a repository.
    Branch(BranchState),
    /// Git does not say, and why.
    Failed(Error),
}

/// The state of a repository, as far as a site is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BranchState {
    /// The repository's folder, if that is not the site's own but one above it.
    pub above: Option<String>,
    /// The branch that is checked out; none while the head is detached.
    pub branch: Option<String>,
    /// The last commit, shortened; none before the first.
    pub commit: Option<String>,
    /// The branch of a server that this one follows, such as `origin/main`.
    pub upstream: Option<String>,
    /// How many commits that one lacks, as of when git last asked the server.
    pub ahead: u32,
    /// How many commits of that one are missing here.
    pub behind: u32,
    /// How many files of the site differ from the last commit; a new folder counts as one.
    pub changed: u32,
    /// How many of them are in conflict.
    pub conflicts: u32,
    /// What was begun and is not finished.
    pub operation: Option<GitOperation>,
}

/// What git may be in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GitOperation {
    /// A merge.
    Merge,
    /// A rebase.
    Rebase,
    /// Patches are applied.
    ApplyPatches,
    /// A cherry-pick.
    CherryPick,
    /// A revert.
    Revert,
    /// A bisection.
    Bisect,
}

/// Asks what a commit of a post would hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanCommit {
    /// The post, which has a file.
    pub post: PostId,
    /// What was written with it, inside the site: the files of its plan.
    pub written: Vec<String>,
}

/// What a commit of a post would hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CommitPlan {
    /// The site.
    pub site: SiteId,
    /// The branch.
    pub branch: Option<String>,
    /// The repository's folder, if that is not the site's own but one above it.
    pub above: Option<String>,
    /// The files of the post that differ from the last commit.
    pub files: Vec<FileToCommit>,
    /// The message that is proposed.
    pub message: String,
    /// Where a push would go, such as `origin/main`, if that is settled.
    pub push_to: Option<String>,
    /// How many commits wait to be pushed.
    pub ahead: u32,
    /// Why nothing can be committed, if so.
    pub obstacle: Option<Error>,
}

/// A file that differs from the last commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileToCommit {
    /// Its path inside the site.
    pub path: String,
    /// How it differs.
    pub change: FileToCommitChange,
}

/// How a file differs from the last commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileToCommitChange {
    /// It is not in the last commit.
    New,
    /// It has another content.
    Changed,
    /// It is gone.
    Gone,
    /// It is not in the last commit, and a rule says that git passes it over.
    Ignored,
    /// A merge could not settle it.
    Conflict,
}

/// Commits files of a site and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Commit {
    /// The site.
    pub site: SiteId,
    /// The files, inside the site.
    pub paths: Vec<String>,
    /// The message.
    pub message: String,
    /// Stops it: hooks may take long.
    pub work: WorkId,
}

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Committed {
    /// Its name, shortened.
    pub commit: String,
    /// The branch that has it.
    pub branch: String,
    /// How many files are in it.
    pub files: u32,
}

/// Pushes the branch of a site's repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Push {
    /// The site.
    pub site: SiteId,
    /// Stops it, and is told with its progress.
    pub work: WorkId,
}

/// What a push did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pushed {
    /// Where to, such as `origin/main`.
    pub to: String,
    /// What the server said, line by line: where to open a pull request, for one.
    pub server: Vec<String>,
}

/// Stops work that takes long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StopWork {
    /// The work.
    pub work: WorkId,
}

/// See [`Event::Progressed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progressed {
    /// The work.
    pub work: WorkId,
    /// What it does just now, in the words of the program that does it.
    pub says: String,
    /// How far that is, in percent, where the program says so.
    pub percent: Option<u32>,
}
