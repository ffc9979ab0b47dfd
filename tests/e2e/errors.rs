//! Bad input in the window: what happened, to which file, what to do; and the writer goes on.

use postwright_tests::window::{Window, has_display};

#[test]
fn a_folder_that_is_no_site_is_told_in_the_window() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("no-site");
    std::fs::create_dir(&empty).unwrap();
    let window = Window::open_in(&folder.path().join("library.db"), &[&empty], "ko_KR.UTF-8");
    window.page.wait("return document.querySelector('[data-part=message]')?.innerText.includes('사이트도 마크다운 파일도 없는')");
    assert!(
        window.page.text("[data-part=message]").contains("no-site"),
        "{}",
        window.page.text("[data-part=message]")
    );
    window.picture("error");
}

#[test]
fn a_file_that_is_not_utf8_is_shown_and_cannot_be_typed_in() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    postwright_testkit::hugo_site(&site);
    let post = site.join("content/posts/latin1.md");
    std::fs::write(&post, b"---\ntitle: Latin\n---\n\ncaf\xe9 au lait\n").unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    window.page.wait("return document.body.innerText.includes('not UTF-8')");
    window.page.wait(
        "return document.querySelector('[data-part=editor] .cm-content')?.textContent.includes('au lait')",
    );
    window.page.run("document.querySelector('[data-part=editor] .cm-content').focus()");
    window.page.press(&['x']);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(std::fs::read(&post).unwrap(), b"---\ntitle: Latin\n---\n\ncaf\xe9 au lait\n");
    assert_eq!(
        window
            .page
            .run("return document.querySelector('[data-part=editor] .cm-content').textContent.includes('x')"),
        false
    );
    window.page.find("[data-part=site-row]");
    window.picture("read-only");
}
