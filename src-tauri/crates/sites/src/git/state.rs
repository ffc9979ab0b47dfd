//! Branch and state of a site's repository, as git tells them.

use std::path::{Path, PathBuf};

use super::{Git, GitError, refused};
use crate::program::Ended;

/// What a site's folder is to git.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repository {
    /// In no repository.
    None,
    /// A repository without files.
    Bare,
    /// In a repository.
    WorkTree(Box<BranchState>),
}

/// The state of a repository, as far as a site is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchState {
    /// The repository's folder, if that is not the site's own but one above it.
    pub above: Option<PathBuf>,
    /// The branch that is checked out; none while the head is detached.
    pub branch: Option<String>,
    /// The last commit, shortened; none before the first.
    pub commit: Option<String>,
    /// What the branch follows, if it follows one.
    pub upstream: Option<Upstream>,
    /// How many files of the site differ from the last commit; a folder that is new as a whole counts as one.
    pub changed: usize,
    /// How many of them are in conflict.
    pub conflicts: usize,
    /// What was begun and is not finished.
    pub operation: Option<Operation>,
}

/// The branch of a server that a branch follows, as it was when git last asked the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Its name, such as `origin/main`.
    pub name: String,
    /// How many commits are here and not there, and there and not here; none if there is no such branch by now.
    pub distance: Option<(usize, usize)>,
}

/// What git may be in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
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

/// The marks of what is in progress, in the repository's own folder (git's `wt-status.c`).
const MARKS: &[(&str, Operation)] = &[
    ("rebase-merge", Operation::Rebase),
    ("rebase-apply/applying", Operation::ApplyPatches),
    ("rebase-apply", Operation::Rebase),
    ("MERGE_HEAD", Operation::Merge),
    ("CHERRY_PICK_HEAD", Operation::CherryPick),
    ("REVERT_HEAD", Operation::Revert),
    ("BISECT_LOG", Operation::Bisect),
];

const LENGTH_OF_A_SHORT_NAME: usize = 8;

/// Where a site lies in its repository.
pub(super) struct WorkTree {
    git_folder: PathBuf,
    /// The site's path in the repository, with a slash at its end; empty for the repository's own folder.
    pub(super) prefix: String,
}

impl Git {
    /// Branch and state of a site's repository. Changes nothing, takes no lock, and asks no server.
    pub fn state(&self, site: &Path) -> Result<Repository, GitError> {
        match self.work_tree(site) {
            Ok(tree) => self.branch_state(site, &tree).map(|state| Repository::WorkTree(Box::new(state))),
            Err(GitError::NoRepository { .. }) => Ok(Repository::None),
            Err(GitError::Bare { .. }) => Ok(Repository::Bare),
            Err(other) => Err(other),
        }
    }

    /// Finds the repository that a site is in.
    pub(super) fn work_tree(&self, site: &Path) -> Result<WorkTree, GitError> {
        let questions = [
            "rev-parse",
            "--is-inside-work-tree",
            "--is-bare-repository",
            "--absolute-git-dir",
            "--show-prefix",
        ];
        let ended = self.ask(site, &questions)?;
        if !ended.success {
            return Err(no_repository(site, &ended));
        }
        let said = ended.output_text();
        let mut lines = said.lines();
        if lines.next() != Some("true") {
            return Err(GitError::Bare { folder: site.to_owned() });
        }
        let git_folder = PathBuf::from(lines.nth(1).unwrap_or_default());
        Ok(WorkTree { git_folder, prefix: lines.next().unwrap_or_default().to_owned() })
    }

    fn branch_state(&self, site: &Path, tree: &WorkTree) -> Result<BranchState, GitError> {
        let ended = self.ask(
            site,
            &[
                "status",
                "--porcelain=v2",
                "--branch",
                "-z",
                "--untracked-files=normal",
                "--ignore-submodules=dirty",
                "--",
                ".",
            ],
        )?;
        if !ended.success {
            return Err(refused(&ended));
        }
        let mut state = read_status(&ended.output_text());
        state.operation = tree.operation();
        state.above = tree.above(site);
        Ok(state)
    }
}

impl WorkTree {
    /// What is in progress.
    pub(super) fn operation(&self) -> Option<Operation> {
        let found = MARKS.iter().find(|(mark, _)| self.git_folder.join(mark).exists());
        found.map(|(_, operation)| *operation)
    }

    /// The folder of the repository, if the site lies deeper.
    fn above(&self, site: &Path) -> Option<PathBuf> {
        let deeper = self.prefix.split('/').filter(|part| !part.is_empty()).count();
        let site = site.canonicalize().ok()?;
        (deeper > 0).then(|| site.ancestors().nth(deeper).map(Path::to_owned)).flatten()
    }
}

fn no_repository(site: &Path, ended: &Ended) -> GitError {
    if ended.errors_text().contains("not a git repository") {
        GitError::NoRepository { folder: site.to_owned() }
    } else {
        refused(ended)
    }
}

/// Reads `git status --porcelain=v2 --branch -z`, as git-status(1) describes it.
fn read_status(said: &str) -> BranchState {
    let mut state = BranchState {
        above: None,
        branch: None,
        commit: None,
        upstream: None,
        changed: 0,
        conflicts: 0,
        operation: None,
    };
    let mut records = said.split('\0');
    while let Some(record) = records.next() {
        if let Some(header) = record.strip_prefix("# branch.") {
            read_header(&mut state, header);
            continue;
        }
        match record.as_bytes().first() {
            Some(b'1' | b'?') => state.changed += 1,
            Some(b'2') => {
                state.changed += 1;
                // The path that it had before is a record of its own.
                records.next();
            }
            Some(b'u') => {
                state.changed += 1;
                state.conflicts += 1;
            }
            _ => {}
        }
    }
    state
}

fn read_header(state: &mut BranchState, header: &str) {
    let Some((name, value)) = header.split_once(' ') else { return };
    match name {
        "oid" if value != "(initial)" => {
            state.commit = Some(value.chars().take(LENGTH_OF_A_SHORT_NAME).collect());
        }
        "head" if value != "(detached)" => state.branch = Some(value.to_owned()),
        "upstream" => state.upstream = Some(Upstream { name: value.to_owned(), distance: None }),
        "ab" => {
            if let Some(upstream) = &mut state.upstream {
                upstream.distance = read_distance(value);
            }
        }
        _ => {}
    }
}

/// `+1 -2`: ahead and behind.
fn read_distance(value: &str) -> Option<(usize, usize)> {
    let (ahead, behind) = value.split_once(' ')?;
    Some((ahead.strip_prefix('+')?.parse().ok()?, behind.strip_prefix('-')?.parse().ok()?))
}
