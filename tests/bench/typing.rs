//! P1 and P2: in the real window, from the key's event to the patched preview.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use postwright_tests::window::Window;

use crate::posts::post;
use crate::table::{Row, median_and_p99};

const SAMPLES: usize = 300;
/// Whole renderings of a long post take a while each.
const REFERENCES_OF_A_LONG_POST: usize = 30;
/// Keys are typed in this many places, spread over the post.
const PLACES: usize = 10;
/// Long enough for what a jump in the text sets off.
const AT_REST: Duration = Duration::from_millis(1500);
/// How often a paragraph to type in is looked for.
const LOOKS: usize = 6;
/// Long enough for the preview to have followed before the next key.
const REST: Duration = Duration::from_millis(60);

/// Notes when a key goes down and when the preview's document changes after it.
const WATCH: &str = "
    window.keys = []; window.patches = [];
    document.addEventListener('keydown', () => window.keys.push(performance.now()), true);
    const frame = document.querySelector('[data-part=preview] iframe').contentDocument;
    new MutationObserver(() => window.patches.push(performance.now()))
        .observe(frame.body, {childList: true, subtree: true, characterData: true, attributes: true});";
/// The middle of a line of a paragraph that is in sight; nothing, after a scroll, if there is none.
const PARAGRAPH: &str = "
    const all = [...document.querySelectorAll('[data-part=editor] .cm-line')];
    const sight = document.querySelector('[data-part=editor]').getBoundingClientRect();
    const line = all.map((it) => [it, it.getBoundingClientRect()]).find(([it, place]) =>
        it.textContent.includes('문단') && place.top > sight.top + 40 && place.bottom < sight.bottom - 40);
    if (!line) return (document.querySelector('[data-part=editor] .cm-scroller').scrollTop += 150, null);
    return [Math.round(line[1].left + 60), Math.round(line[1].top + 10)];";

/// A post of usual length.
pub(crate) fn in_a_post() -> Row {
    let what = ("P1", "window: key event → preview patched, 12 KB post", "4 / 10 ms");
    measured_or_said(what, 12_000, SAMPLES)
}

/// A post as long as a book.
pub(crate) fn in_a_long_post() -> Row {
    let what = ("P2", "window: the same, 1 MB post with 1,000 fences, edits anywhere", "6 / 16 ms");
    measured_or_said(what, 1_000_000, REFERENCES_OF_A_LONG_POST)
}

/// A window that stops answering is a result too, and the other rows shall still be had.
fn measured_or_said(
    (number, what, budget): (&'static str, &'static str, &'static str),
    bytes: usize,
    references: usize,
) -> Row {
    std::panic::catch_unwind(|| measure(number, what, budget, bytes, references)).unwrap_or_else(|_| {
        let found = "not measured: the window did not go along (see above)".to_owned();
        Row { number, what, budget, found, reference: "–".to_owned(), samples: 0 }
    })
}

fn measure(
    number: &'static str,
    what: &'static str,
    budget: &'static str,
    bytes: usize,
    references: usize,
) -> Row {
    let folder = tempfile::tempdir().unwrap();
    let text = post(bytes);
    let file = folder.path().join("post.md");
    std::fs::write(&file, &text).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&file]);
    window.wait_for_preview("재어 보기");
    window.page.run(WATCH);
    for place in 1..=PLACES {
        go_to(&window, place as f64 / (PLACES + 1) as f64);
        let keys: Vec<char> =
            (0..SAMPLES / PLACES).map(|number| char::from(b'a' + (number % 26) as u8)).collect();
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
        number,
        what,
        budget,
        // The web view's clock counts whole milliseconds: single times are rough, their mean is not.
        found: format!("{}, mean {mean:.2} ms", median_and_p99(&mut times)),
        reference: reference(&file, references),
        samples,
    }
}

/// Scrolls the text to a share of its height and clicks into the first paragraph in sight, with everything at rest.
fn go_to(window: &Window, share: f64) {
    window.page.run(&format!(
        "const text = document.querySelector('[data-part=editor] .cm-scroller'); text.scrollTop = text.scrollHeight * {share};"
    ));
    let (x, y) = (0..LOOKS).find_map(|_| paragraph_in_sight(window)).expect("a paragraph is in sight");
    window.page.press_at(x, y).expect("the paragraph is in the window");
    std::thread::sleep(AT_REST);
}

/// Where a paragraph is; if none is in sight, the text is scrolled on a little.
fn paragraph_in_sight(window: &Window) -> Option<(i64, i64)> {
    std::thread::sleep(AT_REST);
    let place = window.page.run(PARAGRAPH);
    place[0].as_i64().zip(place[1].as_i64())
}

/// The same post rendered whole by markdown-it with highlight.js, in Node.
fn reference(post: &Path, samples: usize) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/bench/reference.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(post)
        .arg(samples.to_string())
        .output()
        .expect("Node is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    format!("markdown-it + highlight.js, whole post: {}", String::from_utf8(output.stdout).unwrap().trim())
}
