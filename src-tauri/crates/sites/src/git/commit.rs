//! Committing named files, and no others.

use std::path::Path;

use super::state::WorkTree;
use super::{Git, GitError, TIME_TO_ANSWER, TIME_TO_COMMIT, refused};
use crate::path::{self, Use};
use crate::program::{Run, Stop, run};

/// A file that differs from the last commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPath {
    /// Its path inside the site.
    pub path: String,
    /// How it differs.
    pub kind: ChangeKind,
}

/// How a file differs from the last commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
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

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Its name, shortened.
    pub commit: String,
    /// The branch that has it.
    pub branch: String,
    /// How many files are in it.
    pub files: usize,
}

impl Git {
    /// Which of these files of a site differ from the last commit. Changes nothing.
    pub fn changes_of(&self, site: &Path, paths: &[String]) -> Result<Vec<ChangedPath>, GitError> {
        let tree = self.work_tree(site)?;
        self.changes_in(site, &tree, &real_paths(site, paths)?)
    }

    fn changes_in(
        &self,
        site: &Path,
        tree: &WorkTree,
        paths: &[String],
    ) -> Result<Vec<ChangedPath>, GitError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let mut question = vec![
            "status",
            "--porcelain=v2",
            "-z",
            "--untracked-files=all",
            "--ignored=matching",
            "--no-renames",
            "--",
        ];
        question.extend(paths.iter().map(String::as_str));
        let ended = self.ask(site, &question)?;
        if !ended.success {
            return Err(refused(&ended));
        }
        let said = ended.output_text();
        let mut changes: Vec<ChangedPath> = said
            .split('\0')
            .filter_map(|record| read_change(record, &tree.prefix, paths))
            .flatten()
            .collect();
        changes.sort_by_key(|change| paths.iter().position(|path| *path == change.path));
        changes.dedup();
        Ok(changes)
    }

    /// Commits these files of a site as they are on disk, and nothing else: what the writer has staged stays staged,
    /// what they have changed elsewhere stays as it is. Hooks run; one that refuses ends it, and then all is as before.
    pub fn commit(
        &self,
        site: &Path,
        paths: &[String],
        message: &str,
        stop: &Stop,
    ) -> Result<Committed, GitError> {
        if message.trim().is_empty() {
            return Err(GitError::EmptyMessage);
        }
        let tree = self.work_tree(site)?;
        if let Some(operation) = tree.operation() {
            return Err(GitError::InProgress { operation });
        }
        let branch = self.ask_line(site, &["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        let branch = branch.ok_or(GitError::Detached)?;
        let changes = self.changes_in(site, &tree, &real_paths(site, paths)?)?;
        let all: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
        if all.is_empty() {
            return Err(GitError::NothingToCommit);
        }
        // A file that the writer took out of the index is gone, and there is nothing to add.
        let there = changes.iter().filter(|change| change.kind != ChangeKind::Gone);
        let there: Vec<&str> = there.map(|change| change.path.as_str()).collect();
        let unknown = self.unknown_to_index(site, &there)?;
        self.intend_to_add(site, &unknown)?;
        if let Err(error) = self.commit_only(site, &all, message, stop) {
            self.take_back(site, &unknown);
            return Err(error);
        }
        let commit = self.ask_line(site, &["rev-parse", "--short=8", "HEAD"])?.unwrap_or_default();
        Ok(Committed { commit, branch, files: all.len() })
    }

    /// Those that git's index does not know.
    fn unknown_to_index<'a>(&self, site: &Path, paths: &[&'a str]) -> Result<Vec<&'a str>, GitError> {
        let mut question = vec!["ls-files", "--cached", "-z", "--"];
        question.extend(paths);
        let ended = self.ask(site, &question)?;
        if !ended.success {
            return Err(refused(&ended));
        }
        let known = ended.output_text();
        let is_known = |path: &str| known.split('\0').any(|known| known == path);
        Ok(paths.iter().copied().filter(|path| !is_known(path)).collect())
    }

    /// Makes new files known by name alone, which a commit of named files needs.
    fn intend_to_add(&self, site: &Path, paths: &[&str]) -> Result<(), GitError> {
        if paths.is_empty() {
            return Ok(());
        }
        let mut command = self.command(site);
        command.args(["add", "--intent-to-add", "--"]).args(paths);
        let ended = run(&mut command, Run::within(TIME_TO_ANSWER))?;
        if ended.success {
            return Ok(());
        }
        // It may have taken some of them.
        self.take_back(site, paths);
        Err(refused(&ended))
    }

    fn commit_only(&self, site: &Path, paths: &[&str], message: &str, stop: &Stop) -> Result<(), GitError> {
        let mut command = self.command(site);
        // A name that git made up from the machine's would stand in the history for good.
        command.args(["-c", "user.useConfigOnly=true", "commit", "--quiet", "--only", "--file=-", "--"]);
        command.args(paths);
        let run_it =
            Run { input: message.as_bytes().to_vec(), stop: stop.clone(), ..Run::within(TIME_TO_COMMIT) };
        let ended = run(&mut command, run_it)?;
        if ended.success { Ok(()) } else { Err(refused(&ended)) }
    }

    /// Takes the names of new files out of the index again.
    fn take_back(&self, site: &Path, paths: &[&str]) {
        if paths.is_empty() {
            return;
        }
        let mut command = self.command(site);
        // As they are in the last commit, which does not have them; or has them after all, if git was ended too late.
        command.args(["reset", "--quiet", "--"]).args(paths);
        match run(&mut command, Run::within(TIME_TO_ANSWER)) {
            Ok(ended) if ended.success => {}
            Ok(ended) => tracing::warn!(said = ended.errors_text(), "new files stay known to git's index"),
            Err(error) => tracing::warn!(%error, "new files stay known to git's index"),
        }
    }
}

/// Paths of the site as git knows them: behind no link, since git follows none.
fn real_paths(site: &Path, paths: &[String]) -> Result<Vec<String>, GitError> {
    let root = path::real_root(site)?;
    let mut real = Vec::new();
    for path in paths {
        path::check(path, Use::Existing)?;
        let found = behind_links(&root, path).unwrap_or_else(|| path.clone());
        if !real.contains(&found) {
            real.push(found);
        }
    }
    Ok(real)
}

fn behind_links(root: &Path, rel: &str) -> Option<String> {
    let real = path::resolve_existing(root, rel).ok()?;
    let below = real.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(std::ffi::OsStr::to_str).collect();
    Some(parts?.join("/"))
}

/// One record of `git status --porcelain=v2 -z`, for those of the paths that it is about: a folder that is ignored as a
/// whole stands for all in it.
fn read_change(record: &str, prefix: &str, paths: &[String]) -> Option<Vec<ChangedPath>> {
    let (kind, path) = match record.as_bytes().first()? {
        // `1 XY sub mH mI mW hH hI path`
        b'1' => (kind_of(record)?, record.splitn(9, ' ').nth(8)?),
        // `u XY sub m1 m2 m3 mW h1 h2 h3 path`
        b'u' => (ChangeKind::Conflict, record.splitn(11, ' ').nth(10)?),
        b'?' => (ChangeKind::New, record.get(2..)?),
        b'!' => (ChangeKind::Ignored, record.get(2..)?),
        _ => return None,
    };
    let path = path.strip_prefix(prefix)?;
    let is_about =
        |wanted: &&String| wanted.as_str() == path || path.ends_with('/') && wanted.starts_with(path);
    Some(paths.iter().filter(is_about).map(|path| ChangedPath { path: path.clone(), kind }).collect())
}

/// `X` is the index against the last commit, `Y` the files against the index.
fn kind_of(record: &str) -> Option<ChangeKind> {
    let states = record.get(2..4)?;
    Some(match states {
        _ if states.ends_with('D') => ChangeKind::Gone,
        "D." => ChangeKind::Gone,
        _ if states.starts_with('A') || states.ends_with('A') => ChangeKind::New,
        _ => ChangeKind::Changed,
    })
}
