//! Texts made to break a renderer: every dialect answers every one, and the stack holds.

mod texts;

use std::time::{Duration, Instant};

use postwright_markdown::{Dialect, Options, Patch, Preview, Refusal, TextChange};

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

/// A page of 20 GB, were every reference given the whole title.
#[test]
fn a_long_title_is_cut_where_many_stretches_share_it() {
    let text = format!("[a]: /b '{}'\n\n{}", "c".repeat(20_000), "[a]\n\n".repeat(2_000));
    for dialect in dialects() {
        let (mut preview, patch) = Preview::new(&text, 0, reading_as(&dialect));
        let case = name(&dialect);
        assert_covers(&preview, &patch, &case);
        let bytes = |preview: &Preview| preview.blocks().iter().map(|block| block.html.len()).sum::<usize>();
        assert!((2_000_000..4_000_000).contains(&bytes(&preview)), "{case}: {}", bytes(&preview));
        // Fewer have more room: the last 1,990 references go.
        let end = text.len();
        preview.edit(&[TextChange { from: end - 1_990 * 5, to: end, insert: String::new() }], 0);
        assert!((200_000..400_000).contains(&bytes(&preview)), "{case}: {}", bytes(&preview));
        let (fresh, _) = Preview::new(&preview.to_text(), 0, reading_as(&dialect));
        assert_eq!(preview.blocks()[1].html, fresh.blocks()[1].html, "{case}");
    }
}

#[test]
fn what_has_too_many_blocks_is_refused_until_it_has_fewer() {
    let text = "# a\n".repeat(50_001);
    for dialect in dialects() {
        let (mut preview, patch) = Preview::new(&text, 0, reading_as(&dialect));
        let refused = Some(Refusal::TooManyBlocks { blocks: 50_001, limit: 50_000 });
        assert_eq!((patch.refused, preview.blocks().len()), (refused, 0));
        let patch = preview.edit(&[TextChange { from: 0, to: 4, insert: String::new() }], 0);
        assert_eq!((patch.refused, preview.blocks().len()), (None, 50_000));
        let patch = preview.edit(&[TextChange { from: 0, to: 0, insert: "# b\n".to_owned() }], 0);
        assert_eq!((patch.refused, preview.blocks().len()), (refused, 0));
        assert_eq!(preview.to_text().len(), text.len());
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

/// As many end tags that nothing opened as start tags: a browser's parser drops them, and the start tags nest.
#[test]
fn end_tags_of_nothing_do_not_hide_depth() {
    let (preview, _) = Preview::new(&"<b></i>".repeat(1_000), 0, options());
    assert!(preview.blocks()[0].html.starts_with("<p class=\"too-deep\">"));
}

/// A target of 50 KB that is used 10,000 times would be 500 MB.
#[test]
fn a_long_target_is_not_given_to_every_reference() {
    let text = format!("[a]: /{}\n\n{}", "b".repeat(50_000), "[a] ".repeat(10_000));
    for dialect in dialects() {
        let (preview, _) = Preview::new(&text, 0, reading_as(&dialect));
        let bytes: usize = preview.blocks().iter().map(|block| block.html.len()).sum();
        assert!(bytes < 1_000_000, "{}: {bytes}", name(&dialect));
    }
}

#[test]
fn one_block_that_is_too_large_is_shown_as_text() {
    let (preview, _) = Preview::new(&"&<".repeat(100_000), 0, options());
    assert!(preview.blocks()[0].html.starts_with("<pre class=\"too-large\">&amp;&lt;"));
}

/// The time that this thread had on a core, so that a busy machine does not count; on the clock where the system does
/// not say.
#[allow(clippy::disallowed_methods)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, started) = (Instant::now(), on_core());
    let done = work();
    let time = on_core().zip(started).map_or(start.elapsed(), |(now, then)| now.saturating_sub(then));
    (done, time)
}

#[allow(clippy::disallowed_methods)]
fn on_core() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split_whitespace().next()?.parse().ok()?))
}

/// A setting of the run.
#[allow(clippy::disallowed_methods)]
fn setting(name: &str) -> Option<String> {
    std::env::var(format!("POSTWRIGHT_TORTURE_{name}")).ok()
}

/// The most memory that the process had since it was asked last, in MB, where the system says.
#[allow(clippy::disallowed_methods)]
fn peak_memory() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    // Begins the count anew; without the right to do so the peak of the whole run is told.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// What a text cost: read anew, edited, and the most memory for both.
struct Cost {
    fresh: Duration,
    edit: Duration,
    memory: u64,
    refused: bool,
}

fn cost(text: &str, dialect: &Dialect) -> Cost {
    peak_memory();
    let ((mut preview, patch), fresh) = timed(|| Preview::new(text, 0, reading_as(dialect)));
    let (_, edit) = timed(|| preview.edit(&[letter_in(text)], 0));
    Cost { fresh, edit, memory: peak_memory().unwrap_or_default(), refused: patch.refused.is_some() }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let refused = if self.refused { " refused" } else { "" };
        let (fresh, edit) = (self.fresh.as_millis(), self.edit.as_millis());
        write!(f, "{fresh:>5} +{edit:<5} ms {:>5} MB{refused}", self.memory)
    }
}

/// Prints what takes longer than `POSTWRIGHT_TORTURE_MS` (300) or more memory than `…_MB` (1,000) in texts of
/// `…_BYTES` (1,000,000), beside a tenth of them: what is linear takes ten times as long. `…_ONLY=Hugo` leaves out
/// the other dialects, `…_TEXT=note` the texts without the word in their name.
#[test]
#[ignore = "prints times; run in release with --ignored --nocapture"]
fn times() {
    let number = |name: &str, or: u64| setting(name).and_then(|set| set.parse().ok()).unwrap_or(or);
    let (slow, heavy) = (number("MS", 300), number("MB", 1_000));
    let bytes = usize::try_from(number("BYTES", 1_000_000)).unwrap();
    let (only, with) = (setting("ONLY"), setting("TEXT").unwrap_or_default());
    for dialect in dialects() {
        if only.as_ref().is_some_and(|only| *only != name(&dialect)) {
            continue;
        }
        let (mut count, mut worst, mut most) = (0, Duration::ZERO, 0);
        for ((text_name, small), (_, large)) in texts(bytes / 10).into_iter().zip(texts(bytes)) {
            if !text_name.contains(&with) {
                continue;
            }
            let mut told = Vec::new();
            for text in [&small, &large] {
                told.push(cost(text, &dialect));
                // What already takes seconds would take minutes.
                if told.iter().any(|cost| cost.fresh.max(cost.edit) > Duration::from_secs(3)) {
                    break;
                }
            }
            count += 1;
            let longest = told.iter().map(|cost| cost.fresh.max(cost.edit)).max().unwrap_or_default();
            let memory = told.iter().map(|cost| cost.memory).max().unwrap_or_default();
            (worst, most) = (worst.max(longest), most.max(memory));
            if longest.as_millis() > u128::from(slow) || memory > heavy {
                let told: Vec<_> = told.iter().map(Cost::to_string).collect();
                println!("{:<10} {text_name:<44} a tenth | all: {}", name(&dialect), told.join(" | "));
            }
        }
        println!("{:<10} {count} texts, the worst {} ms, {most} MB", name(&dialect), worst.as_millis());
    }
}
