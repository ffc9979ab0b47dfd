//! Writing by keys alone: a table in Korean, marks, lists, notes, pieces that are completed, finding and replacing.

use std::path::Path;

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

use crate::sites::Engine;

/// The text as the editor draws it, a line each.
const LINES: &str =
    "[...document.querySelectorAll('[data-part=editor] .cm-line')].map((line) => line.textContent)";

#[test]
fn a_table_is_written_in_korean_by_keys_alone() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), "ko_KR.UTF-8");
    window.page.press(&[key::CONTROL, key::ALT, 't']);
    for cell in ["이름", "값", "가나다라", "1", "나", "22"] {
        window.type_text(cell);
        window.page.press(&[key::TAB]);
    }
    window.picture("table-written");
    window.page.press(&[key::ENTER]);
    wait_for_line(&window, "| 가나다라 | 1   |");
    wait_for_line(&window, "| 나       | 22  |");
    window.wait_for_preview("<td>가나다라</td>");
    window.type_text("표 다음 글");
    window.page.press(&[key::UP]);
    window.page.press(&[key::UP]);
    palette(&window, "열 오른쪽 맞춤");
    wait_for_line(&window, "|       나 | 22  |");
    window.wait_for_preview("<td align=\"right\">나</td>");
    picture_in_both(&window, "table-aligned");
    window.page.press(&[key::ALT, key::UP]);
    window.page.wait(&format!("return {LINES}.findIndex((line) => line.includes('나 |')) < {LINES}.findIndex((line) => line.includes('가나다라'))"));
    window.wait_until_stored();
}

#[test]
fn marks_lists_and_notes_come_by_keys() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), "ko_KR.UTF-8");
    window.type_text("오늘의 실행");
    window.control_shift('b');
    window.page.press(&[key::END]);
    window.type_text("은 빠르다");
    window.wait_for_preview("<strong>실행</strong>은 빠르다");
    window.page.press(&[key::CONTROL, key::ALT, 'f']);
    window.type_text("각주의 글");
    window.page.press(&[key::CONTROL, key::ALT, 'f']);
    window.page.press(&[key::END]);
    window.type_text("\n\n- [ ] 하나\n둘");
    window.page.press(&[key::TAB]);
    window.type_text("\n셋");
    window.control('l');
    window.page.press(&[key::SHIFT, key::TAB]);
    wait_for_line(&window, "  - [ ] 둘");
    wait_for_line(&window, "- [x] 셋");
    window.type_text("\n\n## 절");
    window.page.press(&[key::CONTROL, key::ALT, '3']);
    wait_for_line(&window, "### 절");
    window.wait_for_preview("class=\"footnotes\"");
    window.type_text("\n\n```ru");
    window.page.find(".cm-tooltip-autocomplete li");
    picture_in_both(&window, "completion");
    window.page.press(&[key::TAB]);
    wait_for_line(&window, "```rust");
    window.page.press(&[key::ALT, '3']);
    window.page.find("[data-part=outline] [role=option]");
    picture_in_both(&window, "outline");
    window.wait_until_stored();
}

#[test]
fn what_is_found_is_replaced_as_one_step() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), "ko_KR.UTF-8");
    window.type_text("가1 나2 가3 다4 가5");
    window.page.press(&[key::CONTROL, key::ALT, 'h']);
    window.page.find(".cm-find input");
    window.page.send(".cm-find input", "가(\\d)");
    click_named(&window, "정규식");
    window.page.wait("return document.querySelector('.cm-find-said').textContent === '3곳'");
    window.page.send(".cm-find > div + div input", "$1번");
    picture_in_both(&window, "find");
    click_named(&window, "모두 바꾸기");
    wait_for_line(&window, "1번 나2 3번 다4 5번");
    window.page.send(".cm-find input", "(");
    window.page.wait("return document.querySelector('.cm-find-fault') !== null");
    picture_in_both(&window, "find-fault");
    window.page.press(&[key::ESCAPE]);
    window.page.wait("return document.querySelector('.cm-find') === null");
    window.control('z');
    wait_for_line(&window, "가1 나2 가3 다4 가5");
}

/// A post of a Hugo site, with the cursor at its end.
fn open(folder: &Path, locale: &str) -> Window {
    let site = folder.join("notes");
    Engine::Hugo.write_site(&site);
    let post = Engine::Hugo.write_post(&site, "keys", "keys", "\n");
    let window = Window::open_in(&folder.join("library.db"), &[&post], locale);
    window.page.click("[data-part=editor] .cm-content");
    window.page.press(&[key::CONTROL, key::END]);
    window
}

/// Waits until a line of the text is this one.
#[track_caller]
fn wait_for_line(window: &Window, line: &str) {
    window.page.wait(&format!("return {LINES}.includes({})", serde_json::json!(line)));
}

/// Runs a command by its title.
fn palette(window: &Window, title: &str) {
    window.control_shift('p');
    window.page.send("[data-part=palette] input", title);
    window.page.press(&[key::ENTER]);
}

fn click_named(window: &Window, name: &str) {
    let script = format!(
        "const button = [...document.querySelectorAll('.cm-find button')].find((each) => each.textContent === {}); button.click(); return true",
        serde_json::json!(name)
    );
    window.page.run(&script);
}

/// A picture in the light scheme and one in the dark.
fn picture_in_both(window: &Window, name: &str) {
    for scheme in ["light", "dark"] {
        window.page.run(&format!("document.documentElement.dataset.scheme = '{scheme}'"));
        window.picture(&format!("editing-{name}-{scheme}"));
    }
    window.page.run("delete document.documentElement.dataset.scheme");
}
