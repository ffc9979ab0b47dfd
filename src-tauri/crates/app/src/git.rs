//! The repository of a site: its state in the status bar, a commit of a post's files, a push.

use postwright_drafts::FileLink;
use postwright_markdown as markdown;
use postwright_sites::git::{self, BranchState, ChangeKind, Git, GitError, Operation, Repository};
use postwright_wire::{self as wire, CommitPlan, FileToCommit, FileToCommitChange, Language, SiteRepository};

use crate::failure::Failure;
use crate::{Core, convert, lock};

impl Core {
    /// Branch and state of a site's repository.
    pub(crate) fn ask_git(&self, ask: &wire::AskGit) -> Result<SiteRepository, Failure> {
        let root = self.root_of(ask.site)?;
        let Some(git) = Git::find(&self.program_folders) else { return Ok(SiteRepository::NoGit) };
        Ok(match git.state(&root) {
            Ok(Repository::None) => SiteRepository::None,
            Ok(Repository::Bare) => SiteRepository::Bare,
            Ok(Repository::WorkTree(state)) => SiteRepository::Branch(branch_state(*state)),
            Err(error) => SiteRepository::Failed(self.told(error.into())),
        })
    }

    /// The files of a post that differ from the last commit, and the message for them.
    pub(crate) fn plan_commit(&self, plan: &wire::PlanCommit) -> Result<CommitPlan, Failure> {
        let git = self.git()?;
        let (link, text, body_start) = {
            let post = self.open(plan.post)?;
            let post = lock(&post);
            let link = post.link().cloned().ok_or(Failure::NoFile { post: plan.post })?;
            (link, post.text.to_string(), post.body_start())
        };
        let root = self.root_of(link.site)?;
        let state = match git.state(&root)? {
            Repository::None => return Err(GitError::NoRepository { folder: root }.into()),
            Repository::Bare => return Err(GitError::Bare { folder: root }.into()),
            Repository::WorkTree(state) => *state,
        };
        let obstacle = obstacle(&state).map(|error| self.told(error.into()));
        let state = branch_state(state);
        let mut paths = vec![link.path.clone()];
        paths.extend_from_slice(&plan.written);
        paths.extend(self.pictures_of(&link, &text, body_start)?);
        let changes = git.changes_of(&root, &paths)?;
        let files: Vec<FileToCommit> = changes.into_iter().map(file_to_commit).collect();
        Ok(CommitPlan {
            site: link.site,
            message: self.message_for(&link, &text, &files),
            obstacle,
            files,
            push_to: git.push_target(&root).ok().map(|target| target.name()),
            branch: state.branch,
            above: state.above,
            ahead: state.ahead,
        })
    }

    /// Commits the files that the writer saw, and nothing else.
    pub(crate) fn commit(&self, commit: &wire::Commit) -> Result<wire::Committed, Failure> {
        let root = self.root_of(commit.site)?;
        let work = self.begin_work(commit.work);
        let git::Committed { commit, branch, files } =
            self.git()?.commit(&root, &commit.paths, &commit.message, &work.stop)?;
        Ok(wire::Committed { commit, branch, files: convert::small(files) })
    }

    /// Pushes the branch of a site's repository.
    pub(crate) fn push(&self, push: &wire::Push) -> Result<wire::Pushed, Failure> {
        let root = self.root_of(push.site)?;
        let work = self.begin_work(push.work);
        let pushed = self.git()?.push(&root, &work.stop, &mut |line| work.tell(line))?;
        let server = pushed.said.lines().filter_map(|line| line.strip_prefix("remote:"));
        let server = server.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        Ok(wire::Pushed { to: pushed.target.name(), server })
    }

    fn git(&self) -> Result<Git, Failure> {
        Ok(Git::find(&self.program_folders).ok_or(GitError::NotInstalled)?)
    }

    /// The images of a text that lie in the site.
    fn pictures_of(&self, link: &FileLink, text: &str, body_start: usize) -> Result<Vec<String>, Failure> {
        let dialect = self.dialect_of_file(Some(link));
        let mut paths = Vec::new();
        for (reference, _) in markdown::look_through(text, body_start, &dialect).images {
            paths.extend(self.path_of_reference(link, &reference)?);
        }
        Ok(paths)
    }

    fn message_for(&self, link: &FileLink, text: &str, files: &[FileToCommit]) -> String {
        let language = self.language();
        let title = postwright_post::front_matter::shown_title(text);
        let title = if title.is_empty() { &link.path } else { &title };
        let change = files.iter().find(|file| file.path == link.path).map(|file| file.change);
        match (change, language) {
            (Some(FileToCommitChange::New), Language::En) => format!("Add “{title}”"),
            (Some(FileToCommitChange::New), Language::Ko) => format!("글 추가: {title}"),
            (Some(FileToCommitChange::Gone), Language::En) => format!("Remove “{title}”"),
            (Some(FileToCommitChange::Gone), Language::Ko) => format!("글 삭제: {title}"),
            (_, Language::En) => format!("Update “{title}”"),
            (_, Language::Ko) => format!("글 수정: {title}"),
        }
    }
}

/// Why nothing can be committed in this state.
fn obstacle(state: &BranchState) -> Option<GitError> {
    match state.operation {
        Some(operation) => Some(GitError::InProgress { operation }),
        None => state.branch.is_none().then_some(GitError::Detached),
    }
}

fn branch_state(state: BranchState) -> wire::BranchState {
    let distance = state.upstream.as_ref().and_then(|upstream| upstream.distance);
    let (ahead, behind) = distance.unwrap_or_default();
    wire::BranchState {
        above: state.above.map(|folder| folder.to_string_lossy().into_owned()),
        branch: state.branch,
        commit: state.commit,
        upstream: state.upstream.map(|upstream| upstream.name),
        ahead: convert::small(ahead),
        behind: convert::small(behind),
        changed: convert::small(state.changed),
        conflicts: convert::small(state.conflicts),
        operation: state.operation.map(operation_on_the_wire),
    }
}

fn file_to_commit(change: git::ChangedPath) -> FileToCommit {
    let kind = match change.kind {
        ChangeKind::New => FileToCommitChange::New,
        ChangeKind::Changed => FileToCommitChange::Changed,
        ChangeKind::Gone => FileToCommitChange::Gone,
        ChangeKind::Ignored => FileToCommitChange::Ignored,
        ChangeKind::Conflict => FileToCommitChange::Conflict,
    };
    FileToCommit { path: change.path, change: kind }
}

fn operation_on_the_wire(operation: Operation) -> wire::GitOperation {
    match operation {
        Operation::Merge => wire::GitOperation::Merge,
        Operation::Rebase => wire::GitOperation::Rebase,
        Operation::ApplyPatches => wire::GitOperation::ApplyPatches,
        Operation::CherryPick => wire::GitOperation::CherryPick,
        Operation::Revert => wire::GitOperation::Revert,
        Operation::Bisect => wire::GitOperation::Bisect,
    }
}
