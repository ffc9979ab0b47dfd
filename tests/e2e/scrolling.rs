//! The text and the preview show the same place, whichever of them is scrolled.

use std::fmt::Write as _;

use postwright_tests::webdriver::until;
use postwright_tests::window::{Window, has_display};

const SECTIONS: usize = 60;
const MANY_SECTIONS: usize = 700;
/// The heading that is nearest to the top of each, by its number.
const PLACES: &str = "
    const inside = document.querySelector('[data-part=preview] iframe');
    const nearest = (list, top) => Number(list.map((it) => ({ text: it.textContent, far: Math.abs(it.getBoundingClientRect().top - top) }))
        .sort((a, b) => a.far - b.far)[0]?.text.match(/\\d+/)?.[0] ?? -1);
    const lines = [...document.querySelectorAll('[data-part=editor] .cm-line')].filter((it) => it.textContent.startsWith('## '));
    return [nearest(lines, document.querySelector('[data-part=editor]').getBoundingClientRect().top),
        nearest([...inside.contentDocument.querySelectorAll('h2')], 0)];";

#[test]
fn the_preview_follows_the_text_and_the_text_the_preview() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let post = folder.path().join("long.md");
    std::fs::write(&post, text(SECTIONS)).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    window.wait_for_preview("the end");
    let editor = middle(&window, "[data-part=editor]");
    let preview = middle(&window, "[data-part=preview]");

    assert!(turn(&window, editor, 1500), "the wheel scrolls the text");
    let (text, shown) = places(&window);
    assert!(text > 3 && text.abs_diff(shown) <= 1, "text at {text}, preview at {shown}");

    window.page.point_at(preview.0, preview.1);
    // No hand turns the wheel in the frame in which the pointer arrives.
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(turn(&window, preview, 2000), "the wheel scrolls the preview");
    let (text_after, shown_after) = places(&window);
    assert!(
        shown_after > shown && text_after.abs_diff(shown_after) <= 1,
        "text at {text_after}, preview at {shown_after}"
    );
    window.picture("scrolled");
}

#[test]
fn a_jump_in_a_long_post_shows_the_same_place_beside_it() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let post = folder.path().join("longer.md");
    std::fs::write(&post, text(MANY_SECTIONS)).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    window.wait_for_preview("the end");
    for share in [0.7, 0.2, 0.5] {
        assert!(jump(&window, share), "the text does not jump to {share}: {:?}", places(&window));
        assert!(come_to_rest(&window, (0, 0)), "a jump to {share} goes on moving");
        let (text, shown) = places(&window);
        assert!(text > 0 && text.abs_diff(shown) <= 1, "at {share}: text at {text}, preview at {shown}");
    }
    window.picture("jumped");
}

/// Scrolls the text to a share of its sections; again, while its height is a guess.
fn jump(window: &Window, share: f64) -> bool {
    let wanted = (MANY_SECTIONS as f64 * share) as u64;
    until(|| {
        window.page.run(&format!(
            "const text = document.querySelector('[data-part=editor] .cm-scroller'); text.scrollTop = text.scrollHeight * {share}"
        ));
        std::thread::sleep(std::time::Duration::from_millis(500));
        (places(window).0.abs_diff(wanted) < 20).then_some(())
    })
    .is_some()
}

/// Turns the wheel until what is at the top has changed and come to rest.
fn turn(window: &Window, at: (i64, i64), by: i64) -> bool {
    let before = places(window);
    if let Err(error) = window.page.wheel(at.0, at.1, by) {
        panic!("no wheel: {error}");
    }
    come_to_rest(window, before)
}

/// Waits until what is at the top has changed and stays.
fn come_to_rest(window: &Window, before: (u64, u64)) -> bool {
    let mut last = before;
    until(|| {
        std::thread::sleep(std::time::Duration::from_millis(300));
        let now = places(window);
        let rests = now == last && now != before;
        last = now;
        rests.then_some(())
    })
    .is_some()
}

fn places(window: &Window) -> (u64, u64) {
    let places = window.page.run(PLACES);
    (places[0].as_u64().unwrap_or(0), places[1].as_u64().unwrap_or(0))
}

fn middle(window: &Window, selector: &str) -> (i64, i64) {
    let place = window.page.run(&format!(
        "const it = document.querySelector('{selector}').getBoundingClientRect(); return [Math.round(it.left + it.width / 2), Math.round(it.top + it.height / 2)]"
    ));
    (place[0].as_i64().unwrap(), place[1].as_i64().unwrap())
}

fn text(sections: usize) -> String {
    let mut text = String::new();
    for section in 1..=sections {
        let _ = write!(
            text,
            "## Section {section}\n\n본문 문단 하나. A line of words.\n\n```rust\nfn section() {{}}\n```\n\n"
        );
    }
    text + "the end\n"
}
