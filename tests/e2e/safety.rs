//! A hostile post in the real window: it runs nothing. The control shows that the harness would notice.

use postwright_tests::window::{Window, has_display};

const PAYLOADS: &str = "<script>top.fired = 1</script>\n\n<img src=x onerror=\"top.fired = 2\">\n\n<svg onload=\"top.fired = 3\"></svg>\n\n\
    <iframe srcdoc=\"<script>top.fired = 4</script>\"></iframe>\n\n[link](javascript:top.fired=5)\n\n<details open ontoggle=\"top.fired = 6\">x</details>\n\nlast words\n";

#[test]
fn a_post_runs_no_script() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let post = folder.path().join("hostile.md");
    std::fs::write(&post, PAYLOADS).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    window.wait_for_preview("last words");
    window.page.run("document.querySelector('[data-part=preview] iframe').contentDocument.querySelectorAll('a, details').forEach((it) => it.click())");
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(window.page.run("return window.fired ?? null").is_null(), "a payload ran");
    // The control: the same handler in the page itself does run, so `fired` would have been seen.
    window.page.run("const image = document.createElement('img'); image.addEventListener('error', () => { window.fired = 'control'; }); image.src = 'data:image/png,broken'; document.body.append(image)");
    window.page.wait("return window.fired === 'control'");
    let sandbox = window
        .page
        .run("return document.querySelector('[data-part=preview] iframe').getAttribute('sandbox')");
    assert_eq!(sandbox, "allow-same-origin");
}
