//! P3: the engine alone, from an edit to its patch.

use std::time::{Duration, Instant};

use postwright_markdown::{Options, Preview, TextChange};

use crate::posts::{places, post};
use crate::table::{Row, median_and_p99};

const SAMPLES: usize = 600;

pub(crate) fn edit_of_a_large_post() -> Row {
    let text = post(1_000_000);
    let mut times = edits(&text);
    let mut parses: Vec<Duration> = (0..SAMPLES)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(pulldown_cmark::Parser::new_ext(&text, gfm()).count());
            start.elapsed()
        })
        .collect();
    Row {
        number: "P3",
        what: "engine: edit → patch, 1 MB post with 1,000 fences",
        budget: "1 / 2 ms",
        found: median_and_p99(&mut times),
        reference: format!("pulldown-cmark parses the whole text: {}", median_and_p99(&mut parses)),
        samples: SAMPLES,
    }
}

pub(crate) fn growth() -> Row {
    let (mut small, mut large) = (edits(&post(100_000)), edits(&post(1_000_000)));
    let (small_words, large_words) = (median_and_p99(&mut small), median_and_p99(&mut large));
    let factor = large[SAMPLES / 2].as_secs_f64() / small[SAMPLES / 2].as_secs_f64();
    Row {
        number: "P3",
        what: "engine: ten times the text (100 KB → 1 MB) costs",
        budget: "at most 2 times the time",
        found: format!("{factor:.1} times (median)"),
        reference: format!("100 KB: {small_words}; 1 MB: {large_words}"),
        samples: 2 * SAMPLES,
    }
}

fn edits(text: &str) -> Vec<Duration> {
    let body_start = text.find("\n---\n").unwrap() + 5;
    let (mut preview, _) = Preview::new(text, body_start, Options::default());
    let mut times = Vec::with_capacity(SAMPLES);
    for place in places(text, SAMPLES / 2) {
        // A letter comes and goes, so that every edit meets the same text.
        let letter = TextChange { from: place, to: place, insert: "가".to_owned() };
        let gone = TextChange { from: place, to: place + "가".len(), insert: String::new() };
        for change in [letter, gone] {
            let start = Instant::now();
            std::hint::black_box(preview.edit(std::slice::from_ref(&change), body_start));
            times.push(start.elapsed());
        }
    }
    times
}

/// What the preview reads: GitHub's Markdown with footnotes.
fn gfm() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}
