//! P1: in the real window, from the key's event to the patched preview.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use postwright_tests::window::Window;

use crate::posts::post;
use crate::table::{Row, median_and_p99};

const SAMPLES: usize = 300;

/// Notes when a key goes down and when the preview's document changes after it.
const WATCH: &str = "
    window.keys = []; window.patches = [];
    document.addEventListener('keydown', () => window.keys.push(performance.now()), true);
    const frame = document.querySelector('[data-part=preview] iframe').contentDocument;
    new MutationObserver(() => window.patches.push(performance.now()))
        .observe(frame.body, {childList: true, subtree: true, characterData: true});";

pub(crate) fn in_the_window() -> Row {
    let folder = tempfile::tempdir().unwrap();
    let text = post(12_000);
    let file = folder.path().join("post.md");
    std::fs::write(&file, &text).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&file]);
    window.wait_for_preview("재어 보기");
    window.page.click("[data-part=editor] .cm-content .cm-line:nth-child(12)");
    window.page.run(WATCH);
    let mut times = Vec::with_capacity(SAMPLES);
    for sample in 0..SAMPLES {
        window.page.press(&[char::from(b'a' + (sample % 26) as u8)]);
        let done = format!(
            "return window.keys.length > {sample} && window.patches.some((time) => time > window.keys[{sample}])"
        );
        window.page.wait(&done);
        let script = format!(
            "const key = window.keys[{sample}]; return window.patches.find((time) => time > key) - key"
        );
        times.push(Duration::from_secs_f64(window.page.run(&script).as_f64().unwrap() / 1000.0));
    }
    Row {
        number: "P1",
        what: "window: key event → preview patched, 12 KB post",
        budget: "4 / 10 ms",
        found: median_and_p99(&mut times),
        reference: reference(&file),
        samples: SAMPLES,
    }
}

/// The same post rendered whole by markdown-it with highlight.js, in Node.
fn reference(post: &Path) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/bench/reference.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(post)
        .arg(SAMPLES.to_string())
        .output()
        .expect("Node is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    format!("markdown-it + highlight.js, whole post: {}", String::from_utf8(output.stdout).unwrap().trim())
}
