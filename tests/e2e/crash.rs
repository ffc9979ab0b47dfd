//! Type, kill, start: the text, the cursor and the tabs are there.

use postwright_tests::window::{Window, has_display};

#[test]
fn nothing_typed_is_lost_when_the_app_is_killed() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let window = Window::open(&library, &[]);
    window.page.click("[data-part=new-draft]");
    window.type_text("# 첫째 탭\n\n하나");
    window.wait_until_stored();
    window.control('n');
    window.page.wait("return document.querySelectorAll('[data-part=tab]').length === 2");
    window.type_text("# 둘째 탭\n\n가나다라마바사");
    window.wait_until_stored();
    // The cursor goes three back, and the session is remembered a moment after it rests.
    for _ in 0..3 {
        window.page.press(&['\u{e012}']);
    }
    std::thread::sleep(std::time::Duration::from_millis(800));
    let cursor = cursor_of(&window);
    window.type_text("!");
    window.wait_until_stored();
    window.kill();

    let window = Window::open(&library, &[]);
    window.page.wait("return document.querySelectorAll('[data-part=tab]').length === 2");
    window.page.wait("return document.querySelector('[data-part=editor] .cm-content').innerText.includes('가나다라!마바사')");
    assert_eq!(cursor_of(&window), cursor + 1, "the cursor is behind what was typed last");
    window.type_text("?");
    window.page.wait("return document.querySelector('[data-part=editor] .cm-content').innerText.includes('가나다라!?마바사')");
    window.page.click("[data-part=tab]");
    window
        .page
        .wait("return document.querySelector('[data-part=editor] .cm-content').innerText.includes('하나')");
    window.picture("after-a-crash");
}

/// Where the cursor is in its line.
fn cursor_of(window: &Window) -> i64 {
    window
        .page
        .run(
            "const chosen = document.getSelection();\
             const line = chosen.focusNode.nodeType === 1 ? chosen.focusNode : chosen.focusNode.parentElement.closest('.cm-line');\
             const range = document.createRange(); range.selectNodeContents(line);\
             range.setEnd(chosen.focusNode, chosen.focusOffset); return range.toString().length",
        )
        .as_i64()
        .unwrap()
}
