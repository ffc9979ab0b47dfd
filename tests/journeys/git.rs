//! A site in a git repository: its state is told, a post's files are committed, the branch is pushed to a real remote.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, Event, FileToCommitChange, PublishChoices, Reply};
use wire::SiteRepository;

use super::publishing::{desk_with_draft, plan, publish};
use super::saving::SiteFile;
use super::sites::hugo_desk;

const POST: &str = "content/posts/first-post/index.md";

/// A terminal of the writer's, whose git takes no settings of the machine's, as the desk's own does.
struct Terminal<'desk>(&'desk Desk);

impl Terminal<'_> {
    #[track_caller]
    fn git(&self, place: &str, arguments: &[&str]) -> String {
        let mut git = Command::new(self.0.path("bin/git"));
        let output = git.current_dir(self.0.path(place)).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Makes the site a repository with everything committed, and a bare one its remote.
    fn repository(&self) {
        self.git("site", &["init", "--quiet", "--initial-branch=main"]);
        self.git("site", &["config", "user.name", "Writer"]);
        self.git("site", &["config", "user.email", "writer@example.org"]);
        self.git("site", &["add", "."]);
        self.git("site", &["commit", "--quiet", "--message=site"]);
        self.git("", &["init", "--quiet", "--bare", "--initial-branch=main", "remote.git"]);
        self.git("site", &["remote", "add", "origin", "../remote.git"]);
    }
}

/// Installs git where the desk looks for programs; nobody's settings count but the repository's.
fn install(desk: &Desk) -> Option<Terminal<'_>> {
    let folders = std::env::split_paths(&std::env::var_os("PATH")?).collect::<Vec<PathBuf>>();
    let Some(real) = folders.iter().map(|folder| folder.join("git")).find(|git| git.is_file()) else {
        postwright_testkit::skipped("git is not installed");
        return None;
    };
    let home = desk.path("home");
    std::fs::create_dir_all(&home).unwrap();
    let script = format!(
        "#!/bin/sh\nexport GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 HOME='{0}'\n\
         export GIT_CEILING_DIRECTORIES='{1}'\nexec '{2}' \"$@\"\n",
        home.display(),
        desk.folder.path().display(),
        real.display()
    );
    let git = desk.file("bin/git", script);
    std::fs::set_permissions(git, std::fs::Permissions::from_mode(0o755)).unwrap();
    Some(Terminal(desk))
}

#[track_caller]
fn state(desk: &Desk, site: u32) -> SiteRepository {
    let Reply::AskGit(state) = desk.call(Call::AskGit(wire::AskGit { site })) else { unreachable!() };
    state
}

#[track_caller]
fn branch(desk: &Desk, site: u32) -> wire::BranchState {
    match state(desk, site) {
        SiteRepository::Branch(branch) => branch,
        other => panic!("{other:?}"),
    }
}

fn plan_commit(desk: &Desk, post: u32, written: &[String]) -> Result<wire::CommitPlan, wire::Error> {
    let ask = wire::PlanCommit { post, written: written.to_vec() };
    match desk.app.answer(Call::PlanCommit(ask))? {
        Reply::PlanCommit(plan) => Ok(plan),
        _ => unreachable!(),
    }
}

fn commit(desk: &Desk, plan: &wire::CommitPlan) -> Result<wire::Committed, wire::Error> {
    let paths = plan.files.iter().map(|file| file.path.clone()).collect();
    let ask = wire::Commit { site: plan.site, paths, message: plan.message.clone(), work: 1 };
    match desk.app.answer(Call::Commit(ask))? {
        Reply::Commit(done) => Ok(done),
        _ => unreachable!(),
    }
}

fn push(desk: &Desk, site: u32) -> Result<wire::Pushed, wire::Error> {
    match desk.app.answer(Call::Push(wire::Push { site, work: 7 }))? {
        Reply::Push(pushed) => Ok(pushed),
        _ => unreachable!(),
    }
}

#[test]
fn what_was_published_is_committed_alone_and_pushed() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let Some(terminal) = install(&desk) else { return };
    terminal.repository();
    assert_eq!(branch(&desk, site).changed, 0);
    // Something of the writer's own is staged, and stays so.
    desk.file("site/notes.txt", "mine\n");
    terminal.git("site", &["add", "notes.txt"]);
    let shown = plan(&desk, post, site, PublishChoices::default());
    let written = publish(&desk, post, site, &shown).unwrap().written;
    assert_eq!(branch(&desk, site).changed, 2, "the bundle is one new folder, the note the other");
    let to_commit = plan_commit(&desk, post, &written).unwrap();
    let paths: Vec<&str> = to_commit.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, written);
    assert!(to_commit.files.iter().all(|file| file.change == FileToCommitChange::New));
    assert_eq!(to_commit.message, "Add “한글 Slug: 첫 발행”");
    assert_eq!(
        (to_commit.branch.as_deref(), to_commit.push_to.as_deref()),
        (Some("main"), Some("origin/main"))
    );
    assert_eq!(commit(&desk, &to_commit).unwrap().files, 2);
    assert_eq!(terminal.git("site", &["status", "--porcelain"]), "A  notes.txt\n");
    let pushed = push(&desk, site).unwrap();
    assert_eq!(pushed.to, "origin/main");
    let told = desk.wait_for(|event| matches!(event, Event::Progressed(told) if told.percent == Some(100)));
    assert!(matches!(told, Event::Progressed(told) if told.work == 7));
    let there = terminal.git("remote.git", &["log", "-1", "--format=%an|%s", "main"]);
    assert_eq!(there, "Writer|Add “한글 Slug: 첫 발행”\n");
    let text = terminal.git("remote.git", &["show", &format!("main:{}", shown.path)]);
    assert_eq!(text, desk.site_file(&shown.path));
    let after = branch(&desk, site);
    assert_eq!((after.upstream.as_deref(), after.ahead, after.behind), (Some("origin/main"), 0, 0));
}

#[test]
fn a_saved_post_is_committed_with_the_images_that_it_names() {
    let (desk, site) = hugo_desk();
    let Some(terminal) = install(&desk) else { return };
    terminal.repository();
    let post = desk.open_site_post(site, POST);
    assert_eq!(plan_commit(&desk, post.post, &[]).unwrap().files, [], "nothing has changed yet");
    desk.file("site/content/posts/first-post/new.png", postwright_testkit::PNG);
    desk.file("site/content/posts/first-post/unnamed.png", postwright_testkit::PNG);
    let end = post.text.encode_utf16().count() as u32;
    desk.edit(post.post, 0, end, end, "![새 그림](new.png)\n");
    desk.save(post.post).unwrap();
    let to_commit = plan_commit(&desk, post.post, &[]).unwrap();
    assert_eq!(to_commit.message, "Update “First post”");
    let files: Vec<_> = to_commit.files.iter().map(|file| (file.path.as_str(), file.change)).collect();
    let image = "content/posts/first-post/new.png";
    assert_eq!(files, [(POST, FileToCommitChange::Changed), (image, FileToCommitChange::New)]);
    commit(&desk, &to_commit).unwrap();
    assert_eq!(terminal.git("site", &["status", "--porcelain"]), "?? content/posts/first-post/unnamed.png\n");
}

#[test]
fn a_site_without_a_repository_and_a_machine_without_git_say_what_to_do() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, POST).post;
    assert_eq!(state(&desk, site), SiteRepository::NoGit);
    let error = plan_commit(&desk, post, &[]).unwrap_err();
    assert!(error.hint.unwrap().contains("git-scm.com"));
    let Some(terminal) = install(&desk) else { return };
    assert_eq!(state(&desk, site), SiteRepository::None);
    let error = plan_commit(&desk, post, &[]).unwrap_err();
    assert!(error.hint.unwrap().contains("git init"));
    terminal.repository();
    terminal.git("site", &["checkout", "--quiet", "--detach"]);
    assert_eq!(branch(&desk, site).branch, None);
    let obstacle = plan_commit(&desk, post, &[]).unwrap().obstacle.unwrap();
    assert!(obstacle.hint.unwrap().contains("git switch"));
}

#[test]
fn a_refusal_comes_in_gits_own_words_with_what_to_do() {
    let (desk, site) = hugo_desk();
    let Some(terminal) = install(&desk) else { return };
    terminal.repository();
    let post = desk.open_site_post(site, POST).post;
    desk.edit(post, 0, 0, 0, "");
    let end = desk.app.text_of(post).unwrap().encode_utf16().count() as u32;
    desk.edit(post, 1, end, end, "more\n");
    desk.save(post).unwrap();
    let to_commit = plan_commit(&desk, post, &[]).unwrap();
    let hook =
        desk.file("site/.git/hooks/pre-commit", "#!/bin/sh\necho 'no posts on Saturdays' >&2\nexit 1\n");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let error = commit(&desk, &to_commit).unwrap_err();
    assert_eq!(error.message, "no posts on Saturdays");
    assert!(error.hint.unwrap().contains("hooks"));
    std::fs::remove_file(hook).unwrap();
    terminal.git("site", &["config", "--unset", "user.email"]);
    let error = commit(&desk, &to_commit).unwrap_err();
    assert!(error.hint.unwrap().contains("user.email"), "{}", error.message);
    terminal.git("site", &["config", "user.email", "writer@example.org"]);
    let lock = desk.file("site/.git/index.lock", "");
    let error = commit(&desk, &to_commit).unwrap_err();
    assert!(error.hint.unwrap().contains("lock file"), "{}", error.message);
    std::fs::remove_file(lock).unwrap();
    commit(&desk, &to_commit).unwrap();
    // Somebody else pushes first.
    terminal.git("site", &["push", "--quiet", "--set-upstream", "origin", "main"]);
    terminal.git("", &["clone", "--quiet", "remote.git", "theirs"]);
    let who = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
    let theirs = [&who[..], &["commit", "--quiet", "--allow-empty", "--message=theirs"]].concat();
    terminal.git("theirs", &theirs);
    terminal.git("theirs", &["push", "--quiet"]);
    terminal.git("site", &["commit", "--quiet", "--allow-empty", "--message=mine"]);
    let error = push(&desk, site).unwrap_err();
    assert!(error.message.contains("[rejected]"), "{}", error.message);
    assert!(error.hint.unwrap().contains("git pull --rebase"));
    terminal.git("site", &["remote", "set-url", "origin", "https://127.0.0.1:1/no.git"]);
    let error = push(&desk, site).unwrap_err();
    assert!(error.hint.unwrap().contains("not reached"), "{}", error.message);
}

#[test]
fn a_push_is_stopped_by_its_number() {
    let (desk, site) = hugo_desk();
    let Some(terminal) = install(&desk) else { return };
    terminal.repository();
    let hook = desk.file("site/.git/hooks/pre-push", "#!/bin/sh\necho waiting >&2\nsleep 60\n");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::thread::scope(|threads| {
        let pushing = threads.spawn(|| push(&desk, site));
        desk.wait_for(|event| matches!(event, Event::Progressed(told) if told.says == "waiting"));
        desk.call(Call::StopWork(wire::StopWork { work: 7 }));
        assert_eq!(pushing.join().unwrap().unwrap_err().code, ErrorCode::Stopped);
    });
}

#[test]
fn a_site_deep_in_a_repository_behind_a_link_is_committed() {
    let (desk, site) = hugo_desk();
    let Some(terminal) = install(&desk) else { return };
    terminal.repository();
    let inside = desk.path("site/blog");
    postwright_testkit::hugo_site(&inside);
    symlink("blog", desk.path("site/linked")).unwrap();
    let blog = desk.app.add_site(&desk.path("site/linked")).unwrap().site;
    let state = branch(&desk, blog);
    assert!(state.above.is_some_and(|above| above.ends_with("/site")));
    assert_ne!(blog, site);
    let post = desk.open_site_post(blog, POST).post;
    commit(&desk, &plan_commit(&desk, post, &[]).unwrap()).unwrap();
    let shown = terminal.git("site", &["show", "--format=", "--name-only"]);
    assert_eq!(shown, format!("blog/{POST}\n"));
}
