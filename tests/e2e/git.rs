//! A post is committed and pushed with the writer's own git, and built by the site's generator, from the real window.

use std::path::Path;
use std::process::Command;

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

use crate::sites::Engine;

#[test]
fn a_post_is_committed_and_pushed_and_nothing_else() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    Engine::Hugo.write_site(&site);
    let post = Engine::Hugo.write_post(&site, "committed", "committed", "첫 문단입니다.\n");
    git(folder.path(), &["init", "--quiet", "--bare", "--initial-branch=main", "remote.git"]);
    git(&site, &["init", "--quiet", "--initial-branch=main"]);
    git(&site, &["config", "user.name", "Writer"]);
    git(&site, &["config", "user.email", "writer@example.org"]);
    git(&site, &["add", "."]);
    git(&site, &["commit", "--quiet", "--message=site"]);
    git(&site, &["remote", "add", "origin", "../remote.git"]);
    std::fs::write(site.join("half-done.txt"), "다른 일").unwrap();
    git(&site, &["add", "half-done.txt"]);

    let window = Window::open_in(&folder.path().join("library.db"), &[&post], "ko_KR.UTF-8");
    window.wait_for_preview("첫 문단입니다.");
    window.page.wait("return document.querySelector('footer, .status')?.textContent.includes('main')");
    window.page.click("[data-part=editor] .cm-content");
    window.page.press(&[key::CONTROL, key::END]);
    window.type_text("덧붙인 줄");
    window.control('s');
    window.page.wait("return document.querySelector('[data-part=message]') !== null");
    choose_command(&window, "커밋하고 푸시");
    window.page.find("[data-part=commit-files]");
    window.picture("commit");
    window.page.click("[data-part=commit]");
    window.page.find("[data-part=committed]");
    window.page.click("[data-part=push]");
    window.page.find("[data-part=pushed]");
    window.picture("pushed");
    let remote = folder.path().join("remote.git");
    assert_eq!(git(&remote, &["log", "--format=%an", "main"]).lines().count(), 2);
    let committed = git(&remote, &["show", "--name-only", "--format=", "main"]);
    assert!(committed.trim().ends_with("committed.md") && committed.lines().count() == 1, "{committed}");
    assert_eq!(git(&site, &["diff", "--cached", "--name-only"]).trim(), "half-done.txt");
    assert!(git(&remote, &["show", &format!("main:{}", committed.trim())]).ends_with("덧붙인 줄"));
}

fn choose_command(window: &Window, name: &str) {
    window.page.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.page.send("[data-part=palette] input", &format!("{name}{}", key::ENTER));
    window.page.wait("return document.querySelector('[data-part=palette]') === null");
}

#[track_caller]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
