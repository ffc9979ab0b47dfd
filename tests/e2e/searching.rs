//! Searching everything in the window: one syllable, the hit opened and selected, filters, replacing and taking back.

use postwright_tests::webdriver::{key, until};
use postwright_tests::window::{Window, has_display};

const SHEET: &str = "[data-part=search-sheet]";
const QUERY: &str = "[data-part=search-query]";

fn ask(window: &Window, typed: &str) {
    window.page.run(&format!("const box = document.querySelector('{QUERY}'); box.focus(); box.select();"));
    window.page.send(QUERY, typed);
}

#[track_caller]
fn wait_for_found(window: &Window, count: &str) {
    window.page.wait(&format!(
        "return document.querySelector('[data-part=search-count]')?.textContent.trim() === '{count}'"
    ));
}

fn text(window: &Window) -> String {
    window.page.text("[data-part=editor] .cm-content")
}

#[test]
fn a_syllable_is_found_opened_at_its_hit_replaced_everywhere_and_taken_back() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    postwright_testkit::hugo_site(&site);
    let on_disk = "---\ntitle: 성능 회고\ndate: 2026-01-02T03:04:05+09:00\ntags: [rust]\n---\n\n색인을 다시 만들었다.\n\n성능이 좋아졌다.\n";
    let file = site.join("content/posts/review.md");
    std::fs::write(&file, on_disk).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&site]);
    window.control('n');
    window.page.wait("return document.activeElement?.closest('.cm-content') !== null");
    window.type_text("# 검색을 만들며\n\n한 글자도 찾는다. 색인은 작다.\n");
    window.wait_until_stored();

    // One syllable, in the middle of words, in a draft and in a file that was never opened.
    window.control_shift('f');
    window.page.find(QUERY);
    window.picture("search-empty");
    ask(&window, "색");
    wait_for_found(&window, "2 posts");
    let marks =
        "Array.from(document.querySelectorAll('[data-part=search-line] mark')).map((it) => it.textContent)";
    assert_eq!(window.page.run(&format!("return {marks}.every((it) => it === '색')")), true);
    window.picture("search-syllable");

    // By key to the site's post; it opens at the hit, which is selected.
    ask(&window, "다시 만들");
    wait_for_found(&window, "1 post");
    window.page.press(&[key::ENTER]);
    assert!(until(|| (!window.page.has(SHEET)).then_some(())).is_some());
    window.page.wait(
        "return document.querySelector('[data-part=editor] .cm-content')?.textContent.includes('성능 회고')",
    );
    window.page.wait("return getSelection().toString() === '다시'");
    window.picture("search-opened");

    // Filters, and one that makes no sense.
    window.control_shift('f');
    ask(&window, "색 is:draft");
    wait_for_found(&window, "1 post");
    ask(&window, "is:gone");
    window.page.wait(
        "return document.querySelector('[data-part=search-trouble]')?.textContent.includes('is:draft')",
    );
    window.picture("search-bad-filter");
    ask(&window, "ㅅㅇ");
    window.page.wait("return document.querySelector('[data-part=search-nothing]') !== null");
    window.page.click("[data-part=search-initials]");
    wait_for_found(&window, "2 posts");

    // Replacing: shown, done, in the editor too, and taken back at once.
    ask(&window, "색인");
    wait_for_found(&window, "2 posts");
    window.page.click("[data-part=search-replacing]");
    window.page.send("[data-part=search-replacement]", "찾아보기");
    window.page.click("[data-part=search-plan]");
    window.page.find("[data-part=search-changes] ins");
    window.picture("search-replace");
    window.page.click("[data-part=search-replace]");
    assert!(until(|| text(&window).contains("찾아보기을 다시").then_some(())).is_some(), "{}", text(&window));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), on_disk, "no file is written");
    window.picture("search-replaced");
    window.control_shift('p');
    window.page.send("[data-part=palette] input", "Take back the last");
    window.page.press(&[key::ENTER]);
    assert!(until(|| text(&window).contains("색인을 다시").then_some(())).is_some(), "{}", text(&window));

    // In the dark, in Korean.
    window.control_shift('p');
    window.page.send("[data-part=palette] input", "Colours: dark");
    window.page.press(&[key::ENTER]);
    window.control_shift('p');
    window.page.send("[data-part=palette] input", "한국어");
    window.page.press(&[key::ENTER]);
    window.page.wait(
        "return document.documentElement.lang === 'ko' && document.documentElement.dataset.scheme === 'dark'",
    );
    window.control_shift('f');
    window.page.find("[data-part=search-replacement]");
    window.page.click("[data-part=search-replacing]");
    ask(&window, "성능");
    wait_for_found(&window, "글 1개");
    window.picture("search-dark-korean");
    ask(&window, "색인");
    wait_for_found(&window, "글 2개");
    window.page.click("[data-part=search-replacing]");
    window.page.click("[data-part=search-plan]");
    window.page.find("[data-part=search-changes] ins");
    window.picture("search-replace-dark");
}
