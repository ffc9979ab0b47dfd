//! What the site will show otherwise than it is written: underlined, counted, listed, mended and undone.

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

use crate::sites::Engine;

const WRITTEN: &str = "**강조(설명)**는";

#[test]
fn emphasis_that_hugo_will_not_make_is_found_and_mended() {
    find_and_mend("en_US.UTF-8", "1 finding", "findings-english");
}

#[test]
fn findings_speak_korean_too() {
    find_and_mend("ko_KR.UTF-8", "살펴볼 곳 1", "findings-korean");
}

fn find_and_mend(locale: &str, count: &str, picture: &str) {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    Engine::Hugo.write_site(&site);
    let post = Engine::Hugo.write_post(&site, "emphasis", "emphasis", "\n");
    let window = Window::open_in(&folder.path().join("library.db"), &[&post], locale);
    window.page.find("[data-part=editor] .cm-content");
    window.page.click("[data-part=editor] .cm-content");
    window.page.press(&[key::CONTROL, key::END]);
    window.type_text(&format!("{WRITTEN} 마크다운에서 자주 만난다."));
    window.page.wait("return document.querySelector('[data-part=editor] .cm-lintRange') !== null");
    let shown = window.page.text("[data-part=status-findings]");
    assert_eq!(shown, count);
    assert!(window.preview().contains(WRITTEN), "the site prints the marks: {}", window.preview());
    window.page.press(&[key::CONTROL, key::SHIFT, 'm']);
    window.page.find(".cm-panel-lint li");
    window.picture(picture);
    window.page.click(".cm-panel-lint .cm-diagnosticAction");
    window.wait_for_preview("<strong>강조(설명)</strong>");
    window.page.wait("return document.querySelector('[data-part=editor] .cm-lintRange') === null");
    window.page.wait("return document.querySelector('[data-part=status-findings]') === null");
    window.picture(&format!("{picture}-mended"));
    window.page.click("[data-part=editor] .cm-content");
    window.control('z');
    window.wait_for_preview(WRITTEN);
    window.page.wait("return document.querySelector('[data-part=editor] .cm-lintRange') !== null");
}
