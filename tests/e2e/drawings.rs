//! Diagrams and formulas in the real window: drawn under the window's own policy, and steady while one types in them.

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

use crate::sites::Engine;

const BODY: &str = "A formula in a line, $$a^2 + b^2 = c^2$$, and one of its own:\n\n\
    $$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$\n\n\
    ```mermaid\ngraph LR\n  글[초안] --> 보기[미리 보기]\n  보기 --> 발행\n```\n";

#[test]
fn diagrams_and_formulas_are_drawn_and_do_not_flicker_while_one_types_in_them() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    Engine::Jekyll.write_site(&site);
    let post = Engine::Jekyll.write_post(&site, "drawings", "drawings", BODY);
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    window.page.wait(&count("[data-kind=inlineMath] math", 1));
    window.page.wait(&count("[data-kind=displayMath] math mfrac", 1));
    window.page.wait(&count("[data-kind=mermaid] svg .node", 3));
    window.picture("drawings");
    let size = "const it = document.querySelector('[data-part=preview] iframe').contentDocument.querySelector('[data-kind=mermaid] svg').getBoundingClientRect(); return it.width > 100 && it.height > 20";
    assert_eq!(window.page.run(size), true, "the diagram can be seen");

    // Each frame is looked at: while the diagram's source grows, there is one to see, and never its bare source.
    window.page.run(
        "window.bare = 0; window.looks = 0; const look = () => { \
            const inside = document.querySelector('[data-part=preview] iframe').contentDocument; \
            window.looks += 1; \
            if (inside.querySelector('[data-kind=mermaid] svg') === null || inside.querySelector('.drawing-failed') !== null) window.bare += 1; \
            window.looking = requestAnimationFrame(look); }; look()",
    );
    window.page.click("[data-part=editor] .cm-content");
    window.page.press(&[key::CONTROL, key::END]);
    window.page.press(&[key::UP]);
    window.page.press(&[key::UP]);
    window.page.press(&[key::END]);
    for letter in "\n  발행 --> 독자".chars() {
        let looks = window.page.run("return window.looks");
        window.type_text(&letter.to_string());
        window.page.wait(&format!("return window.looks > {looks}"));
    }
    window.page.wait(&count("[data-kind=mermaid] svg .node", 4));
    let looks = window.page.run("cancelAnimationFrame(window.looking); return [window.bare, window.looks]");
    assert!(looks[1].as_u64() > Some(5), "{looks}");
    assert_eq!(looks[0], 0, "frames without the diagram, and all: {looks}");
    window.picture("drawings-edited");
}

fn count(selector: &str, count: usize) -> String {
    format!(
        "return document.querySelector('[data-part=preview] iframe')?.contentDocument?.querySelectorAll('{selector}').length >= {count}"
    )
}
