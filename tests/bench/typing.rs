//! P1: in the real window, from the key's event to the patched preview.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use postwright_tests::window::Window;

use crate::posts::post;
use crate::table::{Row, median_and_p99};

const SAMPLES: usize = 300;
/// The driver takes a list of keys at a time.
const AT_ONCE: usize = 50;
/// Long enough for the preview to have followed before the next key.
const REST: Duration = Duration::from_millis(60);

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
    for first in (0..SAMPLES).step_by(AT_ONCE) {
        let keys: Vec<char> =
            (first..first + AT_ONCE).map(|number| char::from(b'a' + (number % 26) as u8)).collect();
        window.page.press_each(&keys, REST);
    }
    let times = window.page.run(
        "return window.keys.map((key) => window.patches.find((patch) => patch > key) - key).filter((time) => time >= 0)",
    );
    let times = times.as_array().unwrap().iter();
    let mut times: Vec<Duration> =
        times.map(|time| Duration::from_secs_f64(time.as_f64().unwrap() / 1000.0)).collect();
    assert!(times.len() >= SAMPLES - 1, "only {} of {SAMPLES} keys reached the preview", times.len());
    let samples = times.len();
    let mean = times.iter().sum::<Duration>().as_secs_f64() * 1000.0 / samples as f64;
    Row {
        number: "P1",
        what: "window: key event → preview patched, 12 KB post",
        budget: "4 / 10 ms",
        // The web view's clock counts whole milliseconds: single times are rough, their mean is not.
        found: format!("{}, mean {mean:.2} ms", median_and_p99(&mut times)),
        reference: reference(&file),
        samples,
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
