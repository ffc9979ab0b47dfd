//! Korean and English, light and dark: every word on the screen changes with the setting.

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

#[test]
fn the_window_speaks_korean_where_the_system_does() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open_in(&folder.path().join("library.db"), &[], "ko_KR.UTF-8");
    window.page.wait("return document.documentElement.lang === 'ko'");
    window.picture("first-run-korean");
    window.page.click("[data-part=new-draft]");
    window.type_text("# 어두운 화면의 한국어\n\n문단 하나.\n");
    window.wait_until_stored();
    assert!(
        window.page.text("[data-part=status-saved]").contains("저장"),
        "{}",
        window.page.text("[data-part=status-saved]")
    );
    window.picture("korean");
    window.page.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.page.send("[data-part=palette] input", &format!("어둡게{}", key::ENTER));
    window.page.wait("return document.documentElement.dataset.scheme === 'dark'");
    window.page.wait("return document.querySelector('[data-part=palette]') === null");
    window.picture("dark");
}
