//! Pushing the branch that is checked out.

use std::path::Path;

use super::{Git, GitError, TIME_TO_PUSH, refused};
use crate::program::{Run, Stop, run};

/// Without a terminal, ssh must fail rather than wait for a passphrase or a yes.
const SSH_WITHOUT_QUESTIONS: &str = "ssh -o BatchMode=yes";

/// Where a branch is pushed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushTarget {
    /// The branch here.
    pub branch: String,
    /// The remote's name.
    pub remote: String,
    /// The branch there, such as `refs/heads/main`.
    pub there: String,
    /// Whether the branch follows that one already; if not, it does from the first push on.
    pub follows: bool,
}

impl PushTarget {
    /// As the writer reads it: `origin/main`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.remote, self.there.strip_prefix("refs/heads/").unwrap_or(&self.there))
    }
}

/// What a push did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// Where to.
    pub target: PushTarget,
    /// What git and the server said.
    pub said: String,
}

impl Git {
    /// Where the branch of a site's repository would be pushed to, by its own settings. Asks no server.
    pub fn push_target(&self, site: &Path) -> Result<PushTarget, GitError> {
        self.work_tree(site)?;
        let branch = self.ask_line(site, &["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        let branch = branch.ok_or(GitError::Detached)?;
        let wanted = "--format=%(push:remotename)%00%(upstream:remotename)%00%(upstream:remoteref)";
        let said = self.ask_line(site, &["for-each-ref", wanted, "--", &format!("refs/heads/{branch}")])?;
        let said = said.unwrap_or_default();
        let mut parts = said.split('\0').map(str::to_owned);
        let [push_remote, upstream_remote, upstream] = [(); 3].map(|()| {
            // The remote `.` is this repository: a branch may follow another one of it.
            parts.next().filter(|part| part != ".").unwrap_or_default()
        });
        let remote = match (push_remote.is_empty(), upstream_remote.is_empty()) {
            (false, _) => push_remote,
            (true, false) => upstream_remote.clone(),
            (true, true) => self.only_remote(site)?,
        };
        let follows = !upstream_remote.is_empty();
        let there = if follows && remote == upstream_remote && !upstream.is_empty() {
            upstream
        } else {
            format!("refs/heads/{branch}")
        };
        Ok(PushTarget { branch, remote, there, follows })
    }

    /// Pushes the branch that is checked out, never by force. `on_progress` takes what git says meanwhile.
    pub fn push(
        &self,
        site: &Path,
        stop: &Stop,
        on_progress: &mut dyn FnMut(&str),
    ) -> Result<Pushed, GitError> {
        let target = self.push_target(site)?;
        let mut command = self.command(site);
        if self.may_settle_ssh(site)? {
            command.env("GIT_SSH_COMMAND", SSH_WITHOUT_QUESTIONS);
        }
        command.args(["push", "--progress"]);
        if !target.follows {
            command.arg("--set-upstream");
        }
        command.args(["--", &target.remote, &format!("refs/heads/{}:{}", target.branch, target.there)]);
        let run_it = Run { stop: stop.clone(), on_line: Some(on_progress), ..Run::within(TIME_TO_PUSH) };
        let ended = run(&mut command, run_it)?;
        if !ended.success {
            return Err(refused(&ended));
        }
        Ok(Pushed { target, said: ended.errors_text() })
    }

    /// The remote of a branch that follows none: `origin`, or the only one.
    fn only_remote(&self, site: &Path) -> Result<String, GitError> {
        let ended = self.ask(site, &["remote"])?;
        let remotes: Vec<String> = ended.output_text().lines().map(str::to_owned).collect();
        match remotes.as_slice() {
            [] => Err(GitError::NoRemote),
            [only] => Ok(only.clone()),
            _ if remotes.iter().any(|remote| remote == "origin") => Ok("origin".to_owned()),
            _ => Err(GitError::ManyRemotes { remotes }),
        }
    }

    /// Whether the writer has said nothing about how ssh is started, and has no program that asks in a window.
    fn may_settle_ssh(&self, site: &Path) -> Result<bool, GitError> {
        let is_set = |name: &str| std::env::var_os(name).is_some();
        let settled = ["GIT_SSH_COMMAND", "GIT_SSH", "SSH_ASKPASS"].into_iter().any(is_set);
        Ok(!settled && self.ask_line(site, &["config", "--get", "core.sshCommand"])?.is_none())
    }
}
