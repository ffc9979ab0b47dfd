//! Against the real git, in repositories of the tests' own, apart from the machine's settings.
#![allow(clippy::disallowed_methods, reason = "the tests play the writer at a terminal")]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::*;
use crate::program::Stop;
use crate::testing::{Folder, folder};

/// A repository in `site`, whose writer has a name, with one commit; the settings of the machine do not count.
struct Stage {
    folder: Folder,
    git: Git,
}

fn stage() -> Option<Stage> {
    let stage = bare_stage()?;
    stage.run("site", &["init", "--quiet", "--initial-branch=main"]);
    stage.run("site", &["config", "user.name", "Writer"]);
    stage.run("site", &["config", "user.email", "writer@example.org"]);
    stage.folder.put("site/content/a.md", b"a\n");
    stage.folder.put("site/other.md", b"other\n");
    stage.run("site", &["add", "."]);
    stage.run("site", &["commit", "--quiet", "--message=first"]);
    Some(stage)
}

/// Git and a folder `site` that is in no repository.
fn bare_stage() -> Option<Stage> {
    let path: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let Some(real) = find_program(&path, "git") else {
        postwright_testkit::skipped("git is not installed");
        return None;
    };
    let folder = folder(&[("site/.keep", "")]);
    fs::remove_file(folder.path().join("site/.keep")).unwrap();
    let script = format!(
        "#!/bin/sh\nexport GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 HOME={0}\n\
         export GIT_CEILING_DIRECTORIES={0}\nexec '{1}' \"$@\"\n",
        folder.path().canonicalize().unwrap().display(),
        real.display()
    );
    folder.put("bin/git", script.as_bytes());
    let program = folder.path().join("bin/git");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    Some(Stage { git: Git::find(&[folder.path().join("bin")]).unwrap(), folder })
}

impl Stage {
    /// What the writer types into a terminal.
    #[track_caller]
    fn run(&self, place: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.git.program);
        command.current_dir(self.folder.path().join(place)).args(arguments);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    #[track_caller]
    fn state(&self, site: &Path) -> BranchState {
        match self.git.state(site).unwrap() {
            Repository::WorkTree(state) => *state,
            other => panic!("{other:?}"),
        }
    }

    fn commit(&self, paths: &[&str]) -> Result<Committed, GitError> {
        let paths: Vec<String> = paths.iter().map(|&path| path.to_owned()).collect();
        self.git.commit(&self.site(), &paths, "message\n\n# kept", &Stop::default())
    }

    fn hook(&self, name: &str, script: &str) {
        let path = format!("site/.git/hooks/{name}");
        self.folder.put(&path, format!("#!/bin/sh\n{script}\n").as_bytes());
        fs::set_permissions(self.folder.path().join(path), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn last_commit(&self) -> String {
        self.run("site", &["-c", "core.quotePath=false", "show", "--format=%s|%b", "--name-status", "HEAD"])
    }
}

#[track_caller]
fn said(result: Result<Committed, GitError>) -> String {
    match result.unwrap_err() {
        GitError::Refused { said } => said,
        other => panic!("{other:?}"),
    }
}

#[test]
fn branch_changes_and_distance_are_told() {
    let Some(stage) = stage() else { return };
    let state = stage.state(&stage.site());
    assert_eq!((state.branch.as_deref(), state.changed, state.above.as_deref()), (Some("main"), 0, None));
    assert_eq!((state.upstream, state.operation), (None, None));
    stage.run("", &["init", "--quiet", "--bare", "remote.git"]);
    stage.run("site", &["remote", "add", "origin", "../remote.git"]);
    stage.run("site", &["push", "--quiet", "--set-upstream", "origin", "main"]);
    stage.run("site", &["commit", "--quiet", "--allow-empty", "--message=second"]);
    stage.folder.put("site/content/a.md", b"b\n");
    stage.folder.put("site/new folder/n.md", b"n\n");
    let state = stage.state(&stage.site());
    let upstream = Upstream { name: "origin/main".to_owned(), distance: Some((1, 0)) };
    assert_eq!((state.upstream, state.changed, state.conflicts), (Some(upstream), 2, 0));
}

#[test]
fn asking_changes_nothing_in_the_repository() {
    let Some(stage) = stage() else { return };
    // A file that was touched without a change makes `git status` write its index.
    stage.folder.put("site/content/a.md", b"a\n");
    stage.folder.put("site/new.md", b"n\n");
    let before = stage.folder.everything();
    stage.git.state(&stage.site()).unwrap();
    stage.git.changes_of(&stage.site(), &["content/a.md".to_owned(), "new.md".to_owned()]).unwrap();
    _ = stage.git.push_target(&stage.site());
    assert_eq!(stage.folder.everything(), before);
}

#[test]
fn a_program_that_the_repository_names_is_not_run_for_its_state() {
    let Some(stage) = stage() else { return };
    let mark = stage.folder.path().join("ran");
    let script = format!("#!/bin/sh\ntouch '{}'\n", mark.display());
    stage.folder.put("monitor", script.as_bytes());
    let monitor = stage.folder.path().join("monitor");
    fs::set_permissions(&monitor, fs::Permissions::from_mode(0o755)).unwrap();
    stage.run("site", &["config", "core.fsmonitor", monitor.to_str().unwrap()]);
    stage.git.state(&stage.site()).unwrap();
    assert!(!mark.exists());
}

#[test]
fn a_folder_without_a_repository_and_a_bare_one_say_so() {
    let Some(stage) = bare_stage() else { return };
    assert_eq!(stage.git.state(&stage.site()).unwrap(), Repository::None);
    assert!(matches!(stage.commit(&["a.md"]), Err(GitError::NoRepository { .. })));
    stage.run("", &["init", "--quiet", "--bare", "remote.git"]);
    let bare = stage.folder.path().join("remote.git");
    assert_eq!(stage.git.state(&bare).unwrap(), Repository::Bare);
    assert!(matches!(stage.git.push_target(&bare), Err(GitError::Bare { .. })));
    assert!(Git::find(&[stage.folder.path().join("no bin")]).is_none());
}

#[test]
fn only_the_named_files_are_committed_and_what_is_staged_stays() {
    let Some(stage) = stage() else { return };
    stage.folder.put("site/other.md", b"staged\n");
    stage.run("site", &["add", "other.md"]);
    stage.folder.put("site/other.md", b"and changed again\n");
    stage.folder.put("site/content/a.md", b"changed\n");
    stage.folder.put("site/content/글 *.md", b"n\n");
    stage.folder.put("site/content/left.md", b"n\n");
    let done = stage.commit(&["content/a.md", "content/글 *.md"]).unwrap();
    assert_eq!((done.branch.as_str(), done.files), ("main", 2));
    assert_eq!(stage.last_commit(), "message|# kept\n\n\nM\tcontent/a.md\nA\tcontent/글 *.md\n");
    assert_eq!(stage.run("site", &["status", "--porcelain"]), "MM other.md\n?? content/left.md\n");
    assert_eq!(stage.run("site", &["show", ":other.md"]), "staged\n");
}

#[test]
fn a_file_that_is_gone_is_committed_as_gone() {
    let Some(stage) = stage() else { return };
    fs::rename(stage.site().join("content/a.md"), stage.site().join("content/b.md")).unwrap();
    let paths = ["content/a.md".to_owned(), "content/b.md".to_owned(), "never.md".to_owned()];
    let kinds: Vec<ChangeKind> =
        stage.git.changes_of(&stage.site(), &paths).unwrap().into_iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Gone, ChangeKind::New]);
    assert_eq!(stage.commit(&["content/a.md", "content/b.md", "never.md"]).unwrap().files, 2);
    assert_eq!(stage.run("site", &["status", "--porcelain"]), "");
    assert!(matches!(stage.commit(&["content/b.md"]), Err(GitError::NothingToCommit)));
}

#[test]
fn a_hook_that_refuses_leaves_all_as_it_was() {
    let Some(stage) = stage() else { return };
    stage.hook("pre-commit", "echo 'trailing blanks in a.md' >&2; exit 1");
    stage.folder.put("site/other.md", b"staged\n");
    stage.run("site", &["add", "other.md"]);
    stage.folder.put("site/content/a.md", b"changed\n");
    stage.folder.put("site/content/new.md", b"n\n");
    let before = stage.run("site", &["status", "--porcelain"]);
    assert_eq!(said(stage.commit(&["content/a.md", "content/new.md"])), "trailing blanks in a.md");
    assert_eq!(stage.run("site", &["status", "--porcelain"]), before);
    assert_eq!(stage.run("site", &["log", "--oneline"]).lines().count(), 1);
}

#[test]
fn a_first_commit_and_a_refused_first_commit_work() {
    let Some(stage) = bare_stage() else { return };
    stage.run("site", &["init", "--quiet", "--initial-branch=main"]);
    stage.folder.put("site/a.md", b"a\n");
    // Nobody has said who writes.
    assert!(said(stage.commit(&["a.md"])).contains("Please tell me who you are"));
    assert_eq!(stage.run("site", &["status", "--porcelain"]), "?? a.md\n");
    let state = stage.state(&stage.site());
    assert_eq!((state.commit, state.branch.as_deref()), (None, Some("main")));
    stage.run("site", &["config", "user.name", "Writer"]);
    stage.run("site", &["config", "user.email", "writer@example.org"]);
    assert_eq!(stage.commit(&["a.md"]).unwrap().files, 1);
}

#[test]
fn a_detached_head_and_what_is_in_progress_refuse_a_commit() {
    let Some(stage) = stage() else { return };
    stage.folder.put("site/content/a.md", b"changed\n");
    stage.run("site", &["checkout", "--quiet", "--detach"]);
    let state = stage.state(&stage.site());
    assert!(state.branch.is_none() && state.commit.is_some());
    assert!(matches!(stage.commit(&["content/a.md"]), Err(GitError::Detached)));
    assert!(matches!(stage.git.push_target(&stage.site()), Err(GitError::Detached)));
    stage.run("site", &["switch", "--quiet", "--create", "theirs"]);
    stage.run("site", &["commit", "--quiet", "--all", "--message=theirs"]);
    stage.run("site", &["switch", "--quiet", "main"]);
    stage.folder.put("site/content/a.md", b"mine\n");
    stage.run("site", &["commit", "--quiet", "--all", "--message=mine"]);
    for (words, operation) in
        [(["rebase", "theirs"], Operation::Rebase), (["merge", "theirs"], Operation::Merge)]
    {
        let conflict =
            Command::new(&stage.git.program).current_dir(stage.site()).args(words).output().unwrap();
        assert!(!conflict.status.success());
        let state = stage.state(&stage.site());
        assert_eq!((state.operation, state.conflicts), (Some(operation), 1));
        let refusal = stage.commit(&["content/a.md"]).unwrap_err();
        assert!(matches!(refusal, GitError::InProgress { operation: found } if found == operation));
        stage.run("site", &[words[0], "--abort"]);
    }
}

#[test]
fn a_site_in_a_folder_of_a_repository_is_seen_alone() {
    let Some(stage) = stage() else { return };
    stage.folder.put("site/blog/posts/p.md", b"p\n");
    stage.folder.put("site/blog/posts/-q.md", b"q\n");
    stage.folder.put("site/other.md", b"changed elsewhere\n");
    let blog = stage.site().join("blog");
    let state = stage.state(&blog);
    assert_eq!((state.changed, state.above), (1, Some(stage.site().canonicalize().unwrap())));
    let paths = ["posts/p.md".to_owned(), "posts/-q.md".to_owned()];
    stage.git.commit(&blog, &paths, "from the blog", &Stop::default()).unwrap();
    assert_eq!(stage.last_commit(), "from the blog|\n\nA\tblog/posts/-q.md\nA\tblog/posts/p.md\n");
    assert_eq!(stage.run("site", &["status", "--porcelain"]), " M other.md\n");
}

#[test]
fn ignored_files_are_told_and_not_forced() {
    let Some(stage) = stage() else { return };
    stage.folder.put("site/.gitignore", b"drafts/\n");
    stage.folder.put("site/drafts/d.md", b"d\n");
    let changes = stage.git.changes_of(&stage.site(), &["drafts/d.md".to_owned()]).unwrap();
    assert_eq!(changes, [ChangedPath { path: "drafts/d.md".to_owned(), kind: ChangeKind::Ignored }]);
    assert!(said(stage.commit(&["drafts/d.md"])).contains("ignored by one of your .gitignore"));
    assert_eq!(stage.run("site", &["status", "--porcelain"]), "?? .gitignore\n");
}

#[test]
fn a_file_behind_a_link_is_committed_under_its_own_path() {
    let Some(stage) = stage() else { return };
    std::os::unix::fs::symlink("content", stage.site().join("posts")).unwrap();
    stage.folder.put("site/content/a.md", b"changed\n");
    assert_eq!(stage.commit(&["posts/a.md"]).unwrap().files, 1);
    assert!(stage.last_commit().ends_with("M\tcontent/a.md\n"));
    assert!(matches!(stage.commit(&["../escape.md"]), Err(GitError::Site(_))));
}

#[test]
fn a_branch_is_pushed_and_followed_from_then_on() {
    let Some(stage) = stage() else { return };
    let push = |lines: &mut Vec<String>| {
        stage.git.push(&stage.site(), &Stop::default(), &mut |line| lines.push(line.to_owned()))
    };
    let mut lines = Vec::new();
    assert!(matches!(push(&mut lines), Err(GitError::NoRemote)));
    stage.run("", &["init", "--quiet", "--bare", "remote.git"]);
    stage.run("site", &["remote", "add", "elsewhere", "../remote.git"]);
    let pushed = push(&mut lines).unwrap();
    assert_eq!((pushed.target.name().as_str(), pushed.target.follows), ("elsewhere/main", false));
    assert!(lines.iter().any(|line| line.contains("Writing objects: 100%")), "{lines:?}");
    let target = stage.git.push_target(&stage.site()).unwrap();
    assert!(target.follows);
    assert_eq!(stage.run("remote.git", &["rev-parse", "main"]), stage.run("site", &["rev-parse", "main"]));
}

#[test]
fn a_push_goes_where_the_branch_says_and_is_never_forced() {
    let Some(stage) = stage() else { return };
    stage.run("", &["init", "--quiet", "--bare", "remote.git"]);
    for name in ["origin", "mine"] {
        stage.run("site", &["remote", "add", name, "../remote.git"]);
    }
    stage.run("site", &["push", "--quiet", "--set-upstream", "origin", "main:refs/heads/live"]);
    assert_eq!(stage.git.push_target(&stage.site()).unwrap().name(), "origin/live");
    stage.run("site", &["config", "branch.main.pushRemote", "mine"]);
    assert_eq!(stage.git.push_target(&stage.site()).unwrap().name(), "mine/main");
    stage.run("site", &["config", "--unset", "branch.main.pushRemote"]);
    // Somebody else has pushed since.
    stage.run("", &["clone", "--quiet", "--branch=live", "remote.git", "theirs"]);
    stage.run(
        "theirs",
        &["-c", "user.name=T", "-c", "user.email=t@e", "commit", "-q", "--allow-empty", "-mx"],
    );
    stage.run("theirs", &["push", "--quiet"]);
    stage.run("site", &["commit", "--quiet", "--allow-empty", "--message=mine"]);
    let theirs = stage.run("remote.git", &["rev-parse", "live"]);
    let refusal = stage.git.push(&stage.site(), &Stop::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(&refusal, GitError::Refused { said } if said.contains("rejected")), "{refusal:?}");
    assert_eq!(stage.run("remote.git", &["rev-parse", "live"]), theirs);
}

#[test]
fn a_push_can_be_stopped() {
    let Some(stage) = stage() else { return };
    stage.run("", &["init", "--quiet", "--bare", "remote.git"]);
    stage.run("site", &["remote", "add", "origin", "../remote.git"]);
    stage.hook("pre-push", "sleep 60");
    let stop = Stop::default();
    let asked = stop.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        asked.stop();
    });
    let refusal = stage.git.push(&stage.site(), &stop, &mut |_| {}).unwrap_err();
    assert!(matches!(refusal, GitError::Program(ProgramError::Stopped { .. })), "{refusal:?}");
}
