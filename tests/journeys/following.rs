//! The list of a site follows what happens to its folder, whoever does it: git's checkout, stash and rebase, folders
//! that appear with their posts, a folder that is deleted and made again.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use postwright_testkit::skipped;
use postwright_tests::desk::Desk;

use super::sites::list;

/// As long as nobody should wait.
const PATIENCE: Duration = Duration::from_secs(20);

/// A Hugo site that is a repository with 40 posts on `main`; none, and said so, without git.
fn repository() -> Option<(Desk, u32)> {
    if Command::new("git").arg("--version").output().is_err() {
        skipped("git is not installed");
        return None;
    }
    let desk = Desk::new();
    let root = desk.path("site");
    postwright_testkit::hugo_site(&root);
    for number in 0..40 {
        post(&root, &format!("post-{number}"), &format!("Post {number}"));
    }
    git(&root, &["init", "--quiet", "--initial-branch", "main"]);
    commit(&root, "first");
    let site = desk.app.add_site(&root).unwrap().site;
    Some((desk, site))
}

fn post(root: &Path, name: &str, title: &str) {
    let path = root.join(format!("content/posts/{name}.md"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, format!("---\ntitle: {title}\ndate: 2025-01-01\n---\nText\n")).unwrap();
}

fn commit(root: &Path, message: &str) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "-m", message]);
}

#[track_caller]
fn git(root: &Path, arguments: &[&str]) {
    let names = ["-c", "user.name=writer", "-c", "user.email=writer@example.org"];
    let output = Command::new("git").arg("-C").arg(root).args(names).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Waits until the window was told to ask again and the list then has these titles. The window asks only then.
#[track_caller]
fn wait_for_titles(desk: &Desk, site: u32, is_it: impl Fn(&[String]) -> bool) {
    let start = Instant::now();
    loop {
        desk.wait_for(|event| matches!(event, postwright_wire::Event::SitePostsChanged(_)));
        let titles: Vec<String> = list(desk, site).into_iter().map(|post| post.title).collect();
        if is_it(&titles) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{titles:?}");
    }
}

fn all_begin_with(titles: &[String], start: &str) -> bool {
    titles.iter().filter(|title| title.starts_with(start)).count() == 40
}

#[test]
fn the_list_follows_checkout_stash_and_rebase() {
    let Some((desk, site)) = repository() else { return };
    let root = desk.path("site");
    git(&root, &["checkout", "--quiet", "-b", "other"]);
    for number in 0..40 {
        post(&root, &format!("post-{number}"), &format!("Other {number}"));
    }
    wait_for_titles(&desk, site, |titles| all_begin_with(titles, "Other"));
    git(&root, &["stash", "--quiet"]);
    wait_for_titles(&desk, site, |titles| all_begin_with(titles, "Post"));
    git(&root, &["stash", "pop", "--quiet"]);
    wait_for_titles(&desk, site, |titles| all_begin_with(titles, "Other"));
    commit(&root, "others");
    git(&root, &["checkout", "--quiet", "main"]);
    wait_for_titles(&desk, site, |titles| all_begin_with(titles, "Post"));
    post(&root, "new", "New on main");
    commit(&root, "new");
    wait_for_titles(&desk, site, |titles| titles.iter().any(|title| title == "New on main"));
    git(&root, &["checkout", "--quiet", "other"]);
    wait_for_titles(&desk, site, |titles| all_begin_with(titles, "Other") && titles.len() == 41);
    git(&root, &["rebase", "--quiet", "main"]);
    wait_for_titles(&desk, site, |titles| all_begin_with(titles, "Other") && titles.len() == 42);
}

#[test]
fn posts_in_folders_that_appear_with_them_are_found() {
    let Some((desk, site)) = repository() else { return };
    let root = desk.path("site");
    // Each folder and its post come within the moment in which a watch is set on the folder above.
    for number in 0..30 {
        post(&root, &format!("deep/{number}/a/b/c/leaf"), &format!("Leaf {number}"));
    }
    wait_for_titles(&desk, site, |titles| {
        titles.iter().filter(|title| title.starts_with("Leaf")).count() == 30
    });
    post(&root, "deep/7/a/b/c/late", "Late");
    wait_for_titles(&desk, site, |titles| titles.iter().any(|title| title == "Late"));
}

#[test]
fn a_folder_that_is_deleted_and_made_again_is_followed() {
    let Some((desk, site)) = repository() else { return };
    let root = desk.path("site");
    let aside = desk.path("aside");
    std::fs::rename(&root, &aside).unwrap();
    postwright_testkit::hugo_site(&root);
    post(&root, "again", "Made again");
    wait_for_titles(&desk, site, |titles| {
        titles.len() == 2 && titles.iter().any(|title| title == "Made again")
    });
    post(&root, "later", "And later");
    wait_for_titles(&desk, site, |titles| titles.iter().any(|title| title == "And later"));
}
