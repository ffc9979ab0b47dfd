//! The writer's own git: what state a site's repository is in, committing named files, and pushing.
//!
//! Nothing here changes a repository but [`Git::commit`] and [`Git::push`]; nothing asks a server unless it pushes.
//! Git is started without a shell and without a terminal, so that it cannot wait for an answer that nobody can give.

mod commit;
mod push;
mod state;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

pub use commit::{ChangeKind, ChangedPath, Committed};
pub use push::{PushTarget, Pushed};
pub use state::{BranchState, Operation, Repository, Upstream};

use crate::SiteError;
use crate::program::{Ended, ProgramError, Run, find_program, run};

/// How long git may take to say something about a repository.
const TIME_TO_ANSWER: Duration = Duration::from_secs(20);
/// How long a commit may take: hooks may build and test.
const TIME_TO_COMMIT: Duration = Duration::from_secs(10 * 60);
/// How long a push may take.
const TIME_TO_PUSH: Duration = Duration::from_secs(30 * 60);

/// What would point git at another repository than the site's: `git rev-parse --local-env-vars`.
const OF_ANOTHER_REPOSITORY: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_INTERNAL_SUPER_PREFIX",
];

/// Why git did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// It is not installed.
    #[error("git is not installed")]
    NotInstalled,
    /// The site is in no repository.
    #[error("{} is in no repository", folder.display())]
    NoRepository {
        /// The site.
        folder: PathBuf,
    },
    /// The folder is a repository without files.
    #[error("{} is a bare repository", folder.display())]
    Bare {
        /// The site.
        folder: PathBuf,
    },
    /// No branch is checked out.
    #[error("no branch is checked out")]
    Detached,
    /// A merge, rebase or the like is not finished.
    #[error("{operation:?} is in progress")]
    InProgress {
        /// What.
        operation: Operation,
    },
    /// None of the files differs from the last commit.
    #[error("nothing to commit")]
    NothingToCommit,
    /// A commit needs a message.
    #[error("the message is empty")]
    EmptyMessage,
    /// There is nowhere to push to.
    #[error("there is no remote")]
    NoRemote,
    /// Which remote to push to is not settled.
    #[error("several remotes, and none is the branch's")]
    ManyRemotes {
        /// Their names.
        remotes: Vec<String>,
    },
    /// Git refused; this is what it said.
    #[error("git: {said}")]
    Refused {
        /// Its own words.
        said: String,
    },
    /// It could not be started, took too long, or was stopped.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// A path is none of the site's.
    #[error(transparent)]
    Site(#[from] SiteError),
}

/// The writer's git.
#[derive(Debug, Clone)]
pub struct Git {
    program: PathBuf,
}

impl Git {
    /// The first git in these folders; none if it is not installed.
    pub fn find(folders: &[PathBuf]) -> Option<Self> {
        Some(Self { program: find_program(folders, "git")? })
    }

    /// Asks git about a repository. Its words are in English then, because they are read by us.
    fn ask(&self, folder: &Path, arguments: &[&str]) -> Result<Ended, GitError> {
        let mut command = self.command(folder);
        // Taken for granted by nobody: a lock, a program that the repository names, a translated answer.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").args(["-c", "core.fsmonitor=false"]);
        command.args(arguments);
        Ok(run(&mut command, Run::within(TIME_TO_ANSWER))?)
    }

    /// The one line that git answers; none if it has no answer.
    fn ask_line(&self, folder: &Path, arguments: &[&str]) -> Result<Option<String>, GitError> {
        let ended = self.ask(folder, arguments)?;
        let line = ended.output_text().trim_end_matches(['\n', '\r']).to_owned();
        Ok(Some(line).filter(|line| ended.success && !line.is_empty()))
    }

    /// Git in a site's folder, where it can wait for nobody and takes every path for what it is.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        for variable in OF_ANOTHER_REPOSITORY {
            command.env_remove(variable);
        }
        command
            .current_dir(folder)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_EDITOR", ":")
            .env("GIT_SEQUENCE_EDITOR", ":")
            .env("GCM_INTERACTIVE", "never")
            .env("LANGUAGE", "en")
            .args(["--no-pager", "--literal-pathspecs"]);
        command
    }
}

/// What a git that failed said: its errors, else its output, without progress.
fn refused(ended: &Ended) -> GitError {
    let said = [ended.errors_text(), ended.output_text()].into_iter().find(|said| !said.trim().is_empty());
    let said = said.unwrap_or_default();
    // What overwrites itself on a terminal is progress.
    let lines =
        said.split('\n').map(|line| line.trim_end_matches('\r').rsplit('\r').next().unwrap_or_default());
    let said = lines.map(str::trim_end).collect::<Vec<_>>().join("\n");
    GitError::Refused { said: said.trim().to_owned() }
}
