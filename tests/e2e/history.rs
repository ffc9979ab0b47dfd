//! Type, save, name, bring one change back, kill, start, undo: in the real window.

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

const EDITOR: &str = "document.querySelector('[data-part=editor] .cm-content').innerText";

fn wait_for_text(window: &Window, piece: &str) {
    window.page.wait(&format!("return {EDITOR}.includes('{piece}')"));
}

fn wait_without(window: &Window, piece: &str) {
    window.page.wait(&format!("return !{EDITOR}.includes('{piece}')"));
}

/// Types a name into the field that asks for one, and keeps it.
fn name_it(window: &Window, button: &str, name: &str) {
    window.page.click(button);
    window.page.send("[data-part=history-name]", name);
    window.page.press(&[key::ENTER]);
    window.page.wait(&format!(
        "return document.querySelector('[data-part=history-list]')?.innerText.includes('{name}') ?? false"
    ));
}

#[test]
fn what_was_written_is_named_brought_back_and_undone_after_a_kill() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let window = Window::open_in(&library, &[], "ko_KR.UTF-8");
    window.page.click("[data-part=new-draft]");
    window.type_text("# 서버 이야기\n\n서버가 요청을 처리합니다.\n\n둘째 문단입니다.\n\n");
    window.wait_until_stored();
    window.control('s');
    window.page.wait("return document.querySelector('[data-part=message]') !== null");
    window.type_text("셋째 문단을 덧붙입니다.");
    window.page.press(&[key::CONTROL, key::HOME]);
    for _ in 0..2 {
        window.page.press(&[key::DOWN]);
    }
    window.page.press(&[key::END]);
    for _ in 0.."처리합니다.".chars().count() {
        window.page.press(&[key::BACKSPACE]);
    }
    window.type_text("모두 받습니다.");
    window.wait_until_stored();

    window.control_shift('h');
    window.page.find("[data-part=history-sheet] [data-part=history-diff]");
    window.page.wait("return document.querySelectorAll('[data-part=history-difference-back]').length === 2");
    window.page.wait("return document.querySelectorAll('[data-part=history-diff] mark').length > 0");
    window.picture("history-light");
    name_it(&window, "[data-part=history-name-this]", "첫 판");
    window.picture("history-named");
    window.page.click("[data-part=history-difference-back]");
    window.page.wait("return document.querySelectorAll('[data-part=history-difference-back]').length === 1");
    window.page.wait("return document.querySelectorAll('[data-part=history-revision]').length === 2");
    wait_for_text(&window, "서버가 요청을 처리합니다.");
    window.page.press(&[key::ESCAPE]);
    window.page.wait("return document.querySelector('[data-part=history-sheet]') === null");
    wait_for_text(&window, "셋째 문단을 덧붙입니다.");
    window.wait_until_stored();
    window.kill();

    let window = Window::open_in(&library, &[], "ko_KR.UTF-8");
    wait_for_text(&window, "서버가 요청을 처리합니다.");
    window.page.click("[data-part=editor] .cm-content");
    window.control('z');
    wait_for_text(&window, "서버가 요청을 모두 받습니다.");
    for _ in 0..40 {
        window.control('z');
    }
    wait_without(&window, "둘째 문단");
    for _ in 0..60 {
        window.page.press(&[key::CONTROL, key::SHIFT, 'z']);
    }
    wait_for_text(&window, "서버가 요청을 처리합니다.");
    wait_for_text(&window, "셋째 문단을 덧붙입니다.");
    window.wait_until_stored();

    window.page.run("document.documentElement.dataset.scheme = 'dark'");
    window.control_shift('h');
    window.page.find("[data-part=history-sheet] [data-part=history-list]");
    // The oldest, by keys alone: the list has the focus.
    window.page.press(&[key::END]);
    window.page.wait(
        "return [...document.querySelectorAll('[data-part=history-revision]')].at(-1).getAttribute('aria-selected') === 'true'",
    );
    window.picture("history-dark");
    window.page.click("[data-part=history-back]");
    window.page.wait("return document.querySelector('[data-part=history-sheet]') === null");
    wait_without(&window, "셋째 문단");
    window.control('z');
    wait_for_text(&window, "셋째 문단을 덧붙입니다.");
}

#[test]
fn what_a_paragraph_said_is_shown_and_comes_back() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[]);
    window.page.click("[data-part=new-draft]");
    window.type_text("A server answers requests.");
    window.wait_until_stored();
    window.control_shift('h');
    window.page.find("[data-part=history-sheet] [data-part=history-empty]");
    window.picture("history-empty");
    window.page.press(&[key::ESCAPE]);
    window.page.wait("return document.querySelector('[data-part=history-sheet]') === null");
    window.control('s');
    window.page.wait("return document.querySelector('[data-part=message]') !== null");
    for _ in 0.."requests.".len() {
        window.page.press(&[key::BACKSPACE]);
    }
    window.type_text("every question.");
    window.wait_until_stored();
    window.page.press(&[key::CONTROL, key::ALT, 'b']);
    window.page.find("[data-part=paragraph-sheet] [data-part=paragraph-wording]");
    window.picture("paragraph");
    window.page.click("[data-part=paragraph-back]");
    window.page.wait("return document.querySelector('[data-part=paragraph-sheet]') === null");
    wait_for_text(&window, "A server answers requests.");
    window.control('z');
    wait_for_text(&window, "A server answers every question.");
}
