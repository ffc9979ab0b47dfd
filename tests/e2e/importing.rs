//! Pasted text in the window: several posts, seen before they are made; HTML as Markdown.

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

const SEVERAL: &str = include_str!("../fixtures/import/several-posts.txt");

#[test]
fn a_writer_pastes_several_posts_corrects_a_seam_takes_them_and_takes_them_back() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[]);
    window.control('n');
    window.page.find("[data-part=editor] .cm-content");
    command(&window, "import_text");
    window.page.find("[data-part=import-text]");
    paste(&window, "[data-part=import-text]", &[("text/plain", SEVERAL)]);
    window.page.wait("return document.querySelectorAll('[data-part=import-posts] li').length === 4");
    assert_eq!(nameless(&window), 0, "controls without a name for a screen reader");
    window.picture("import-several");

    // The second post is taken for a part of the first, then cut off again by the writer's own line.
    window.page.click("[data-part=import-seams] li:nth-child(3) input");
    window.page.wait("return document.querySelectorAll('[data-part=import-posts] li').length === 3");
    window.page.click("[data-part=import-posts] li:nth-child(2) button");
    window.page.click("[data-part=import-places]");
    window.page.find("[data-part=import-begin-here][data-line=\"12\"]");
    window.picture("import-places");
    window.page.click("[data-part=import-begin-here][data-line=\"12\"]");
    window.page.wait("return document.querySelectorAll('[data-part=import-posts] li').length === 4");

    // One step's changes, one of which is left.
    window.page.click("[data-part=import-posts] li:nth-child(2) button");
    window.page.click("[data-part=import-steps] li:nth-child(5) button");
    window.page.find("[data-part=import-changes] li:nth-child(2) input");
    window.page.click("[data-part=import-changes] li:nth-child(2) input");
    window
        .page
        .wait("return !document.querySelector('[data-part=import-changes] li:nth-child(2) input').checked");
    window.picture("import-step");
    window.page.click("[data-part=import-changes] li:nth-child(2) input");
    window
        .page
        .wait("return document.querySelector('[data-part=import-changes] li:nth-child(2) input').checked");

    window.page.click("[data-part=import-take]");
    window.page.wait("return !document.querySelector('[data-part=import-sheet]')");
    window.wait_for_preview("설정을 나누어 두기");
    window.picture("import-taken");
    let drafts = "return Array.from(document.querySelectorAll('[data-part=draft-row]')).length";
    let before = window.page.run(drafts);
    assert_eq!(before, 3, "the empty post and the two");
    window.page.click("[data-part=message] button");
    window.page.wait("return document.querySelectorAll('[data-part=draft-row]').length === 1");
}

#[test]
fn html_from_a_page_becomes_markdown_and_several_posts_are_offered_quietly() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open_in(&folder.path().join("library.db"), &[], "ko_KR.UTF-8");
    window.control('n');
    window.page.find("[data-part=editor] .cm-content");
    let html = "<h2>제목</h2><p><b>굵은</b> 글과 <code>코드</code></p><ul><li>하나<li>둘</ul>";
    paste(
        &window,
        "[data-part=editor] .cm-content",
        &[("text/html", html), ("text/plain", "제목 굵은 글과 코드 하나 둘")],
    );
    window.wait_for_preview("<strong>굵은</strong>");
    window.picture("paste-html");
    window.control('z');
    window.page.wait("return document.querySelector('.cm-content').innerText.trim() === ''");

    window.control('n');
    window.page.wait("return document.querySelectorAll('[role=tab]').length === 2");
    let long =
        SEVERAL.replace("블로그 홈\n\n소식", &format!("블로그 홈\n\n{}\n\n소식", "소식 줄\n\n".repeat(200)));
    paste(&window, "[data-part=editor] .cm-content", &[("text/plain", &long)]);
    window.page.find("[data-part=message] button");
    window.picture("import-offered");
    window.page.click("[data-part=message] button");
    window.page.find("[data-part=import-posts] li");
    window.picture("import-offered-sheet-ko");
    window.page.press(&[key::ESCAPE]);
    window.page.wait("return !document.querySelector('[data-part=import-sheet]')");
}

/// What a paste does: no program can fill the system's clipboard with HTML here.
fn paste(window: &Window, selector: &str, data: &[(&str, &str)]) {
    let data: Vec<String> = data
        .iter()
        .map(|(kind, text)| format!("data.setData({}, {});", quoted(kind), quoted(text)))
        .collect();
    window.page.run(&format!(
        "const data = new DataTransfer(); {} const at = document.querySelector('{selector}'); at.focus();\
         at.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}))",
        data.concat()
    ));
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// How many controls of the sheet have no name.
fn nameless(window: &Window) -> serde_json::Value {
    window.page.run(
        "return Array.from(document.querySelectorAll('[data-part=import-sheet] :is(input, select, textarea, button)'))\
         .filter((each) => !each.labels?.length && !each.getAttribute('aria-label') && !each.textContent.trim()\
         && !each.title).length",
    )
}

fn command(window: &Window, name: &str) {
    window.control_shift('p');
    window.page.find("[data-part=palette] input");
    window.page.send("[data-part=palette] input", &format!("{name}{}", key::ENTER));
    window.page.wait("return !document.querySelector('[data-part=palette]')");
}
