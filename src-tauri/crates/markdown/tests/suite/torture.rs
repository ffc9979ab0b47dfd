//! Texts made to break a renderer: every dialect answers every one, and the stack holds.

mod texts;

use std::time::Duration;

use postwright_markdown::{Dialect, Options, Patch, Preview, TextChange};

use crate::{dialects, options};
use texts::texts;

fn name(dialect: &Dialect) -> String {
    format!("{dialect:?}").split('(').next().unwrap_or_default().to_owned()
}

fn reading_as(dialect: &Dialect) -> Options {
    Options { dialect: dialect.clone(), ..options() }
}

/// A letter in the middle of a text.
fn letter_in(text: &str) -> TextChange {
    let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap();
    TextChange { from: middle, to: middle, insert: "x".to_owned() }
}

/// The blocks stand for every line of the text.
fn assert_covers(preview: &Preview, patch: &Patch, case: &str) {
    assert_eq!(patch.refused, None, "{case}");
    let lines: u32 = preview.blocks().iter().map(|block| block.lines).sum();
    if lines > 0 {
        let text = preview.to_text();
        assert_eq!((patch.first_line + lines) as usize, text.lines().count(), "{case}");
    }
}

#[test]
fn every_dialect_answers_every_text_and_an_edit() {
    for (text_name, text) in texts(if cfg!(debug_assertions) { 2_000 } else { 100_000 }) {
        for dialect in dialects() {
            let case = format!("{} {text_name}", name(&dialect));
            let (mut preview, patch) = Preview::new(&text, 0, reading_as(&dialect));
            assert_covers(&preview, &patch, &case);
            let patch = preview.edit(&[letter_in(&text)], 0);
            assert_covers(&preview, &patch, &case);
            assert_eq!(preview.to_text().len(), text.len() + 1, "{case}");
        }
    }
}

#[test]
fn what_nests_too_deep_is_shown_as_text() {
    let (preview, _) = Preview::new(&format!("앞\n\n{} 깊이\n\n뒤\n", ">".repeat(5_000)), 0, options());
    assert_eq!(preview.blocks().len(), 3);
    assert!(preview.blocks()[1].html.starts_with("<p class=\"too-deep\">&gt;&gt;"));
    let (preview, _) = Preview::new(&"<b>".repeat(1_000), 0, options());
    assert!(preview.blocks()[0].html.starts_with("<p class=\"too-deep\">"));
    let raw = format!("{}가\n\n{}", "<div>\n\n".repeat(500), "</div>\n\n".repeat(500));
    let (preview, _) = Preview::new(&raw, 0, options());
    assert_eq!(preview.blocks().len(), 1);
    assert!(preview.blocks()[0].html.starts_with("<p class=\"too-deep\">"));
}

#[test]
fn one_block_that_is_too_large_is_shown_as_text() {
    let (preview, _) = Preview::new(&"&<".repeat(100_000), 0, options());
    assert!(preview.blocks()[0].html.starts_with("<pre class=\"too-large\">&amp;&lt;"));
}

#[allow(clippy::disallowed_methods)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    (work(), start.elapsed())
}

/// Prints what takes long. `POSTWRIGHT_TORTURE_MS` is how long that is; 300 without it.
#[test]
#[ignore = "prints times; run in release with --ignored --nocapture"]
#[allow(clippy::disallowed_methods)]
fn times() {
    let slow = std::env::var("POSTWRIGHT_TORTURE_MS").ok().and_then(|ms| ms.parse().ok()).unwrap_or(300);
    for dialect in dialects() {
        let (mut count, mut worst) = (0, Duration::ZERO);
        for ((text_name, small), (_, large)) in texts(100_000).into_iter().zip(texts(1_000_000)) {
            let mut told = Vec::new();
            for text in [&small, &large] {
                let ((mut preview, _), fresh) = timed(|| Preview::new(text, 0, reading_as(&dialect)));
                let (_, edit) = timed(|| preview.edit(&[letter_in(text)], 0));
                told.push((fresh, edit));
                // What already takes seconds would take minutes.
                if fresh.max(edit) > Duration::from_secs(3) {
                    break;
                }
            }
            count += 1;
            let longest = told.iter().map(|(fresh, edit)| *fresh.max(edit)).max().unwrap_or_default();
            worst = worst.max(longest);
            if longest.as_millis() > slow {
                println!("{:<10} {text_name:<44} (fresh, edit) at 100 KB, 1 MB: {told:.0?}", name(&dialect));
            }
        }
        println!("{:<10} {count} texts, the worst {worst:.0?}", name(&dialect));
    }
}
