//! The site's own generator asked from the window: a page beside its preview, an error at its line, a build that is
//! stopped, and a generator that is not there.

use std::ffi::OsString;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

const POST: &str = "content/posts/built.md";
const TEXT: &str = "---\ntitle: Built\ndate: 2025-03-01T09:00:00+09:00\n---\n\n## 제목\n\nA paragraph.\n\n> quoted\n\nThe end.\n";

/// A Hugo site whose theme shows quotations in its own way.
fn site(folder: &Path) -> PathBuf {
    let site = folder.join("notes");
    postwright_testkit::hugo_site(&site);
    let hook = "<blockquote><p class=\"label\">Note</p>{{ .Text }}</blockquote>";
    write(&site.join("layouts/_default/_markup/render-blockquote.html"), hook);
    write(&site.join(POST), TEXT);
    site
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A window on the post that looks for programs in `bin`, then where all programs are, which has no Hugo.
fn open(folder: &Path, locale: &str) -> Window {
    let post = site(folder).join(POST);
    let mut folders = vec![folder.join("bin")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path).filter(|folder| !folder.join("hugo").exists()));
    let path: OsString = std::env::join_paths(folders).unwrap();
    let window =
        Window::open_with(&folder.join("library.db"), &[&post], locale, &[("PATH", path.to_str().unwrap())]);
    window.wait_for_preview("A paragraph.");
    window
}

/// Puts the real Hugo where the window looks for programs; says so where there is none.
fn install_hugo(folder: &Path) -> bool {
    let named = std::env::var_os("POSTWRIGHT_HUGO").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        named.or_else(|| std::env::split_paths(&path).map(|it| it.join("hugo")).find(|it| it.is_file()));
    let Some(hugo) = found else {
        postwright_testkit::skipped("hugo is not installed (cargo xtask test installs it)");
        return false;
    };
    std::fs::create_dir_all(folder.join("bin")).unwrap();
    symlink(hugo, folder.join("bin/hugo")).unwrap();
    true
}

fn build(window: &Window, command: &str) {
    window.page.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.page.send("[data-part=palette] input", &format!("{command}{}", key::ENTER));
    window.page.wait("return document.querySelector('[data-part=palette]') === null");
    window.page.find("[data-part=build-sheet]");
}

#[test]
fn a_page_that_differs_is_shown_beside_its_preview_and_an_error_at_its_line() {
    let _screen = crate::screen();
    let folder = tempfile::tempdir().unwrap();
    if !has_display() || !install_hugo(folder.path()) {
        return;
    }
    let window = open(folder.path(), "en_US.UTF-8");
    build(&window, "Build with the site");
    window.page.find("[data-part=build-comparison]");
    assert_eq!(window.page.text("[data-part=build-outcome]"), "The post appears.");
    assert_eq!(window.page.text("[data-part=build-url]"), "https://example.org/posts/built/");
    let equal = window.page.text("[data-part=build-equal]");
    assert!(equal.starts_with("3 of 4 blocks are as the preview shows them."), "{equal}");
    let told = window.page.text("[data-part=build-differences]");
    assert!(told.contains("The words differ.") && told.contains("⟨Note"), "{told}");
    window.picture("build-differs");
    // To the line of the quotation.
    window.page.click("[data-part=build-differences] button");
    window.page.wait("return document.querySelector('[data-part=build-sheet]') === null");
    window.page.press(&[key::END]);
    window.type_text(" anew");
    window.wait_for_preview("quoted anew");

    window.page.press(&[key::CONTROL, key::END]);
    window.type_text("\n글 {{< nope >}}");
    build(&window, "Build with the site");
    window.page.find("[data-part=build-messages]");
    assert_eq!(window.page.text("[data-part=build-outcome]"), "Hugo did not build the site.");
    let said = window.page.text("[data-part=build-messages]");
    let line = TEXT.lines().count() + 2;
    assert!(said.contains("nope") && said.contains(&line.to_string()), "{said}");
    assert!(!window.page.has("[data-part=build-comparison]"), "without a page there is nothing to compare");
    window.picture("build-error");
    window.page.click("[data-part=build-messages] button");
    window.page.wait("return document.querySelector('[data-part=build-sheet]') === null");
    // The cursor is where Hugo points at: behind the syllable and the blank.
    window.type_text("여기");
    window.wait_for_preview("글 여기");
}

#[test]
fn a_build_shows_its_progress_and_is_stopped() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("bin/hugo");
    write(&slow, "#!/bin/sh\necho \"half of the pages\"\nsleep 300\n");
    std::fs::set_permissions(&slow, std::fs::Permissions::from_mode(0o755)).unwrap();
    let window = open(folder.path(), "en_US.UTF-8");
    build(&window, "Build with the site");
    let says = "return document.querySelector('[data-part=work] .says')?.textContent === 'half of the pages'";
    window.page.wait(says);
    window.picture("build-runs");
    window.page.click("[data-part=work-stop]");
    window.page.wait("return document.querySelector('[data-part=build-sheet]') === null");
    window.type_text("Typing goes on. ");
    window.wait_for_preview("Typing goes on.");
}

#[test]
fn a_generator_that_is_not_there_is_named_with_the_way_to_get_it() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), "ko_KR.UTF-8");
    build(&window, "사이트의 생성기로 빌드");
    window.page.find("[data-part=build-failure]");
    let told = window.page.text("[data-part=build-failure]");
    assert!(told.contains("설치되어 있지 않습니다") && told.contains("brew install hugo"), "{told}");
    window.picture("build-not-installed");
}
