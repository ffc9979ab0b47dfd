//! P4: an edit inside a long fence, until its line is coloured.

use std::time::{Duration, Instant};

use postwright_markdown::{CodeSetting, ColouredCode};

use crate::table::{Row, median_and_p99};

const LINES: usize = 2_000;
const SAMPLES: usize = 600;

pub(crate) fn edit_of_a_long_fence() -> Row {
    let text = fence();
    let mut times = edits(&text);
    let mut whole: Vec<Duration> = (0..20)
        .map(|_| time(|| ColouredCode::new("rust", &text, CodeSetting::default(), &|| false)))
        .collect();
    Row {
        number: "P4",
        what: "engine: edit inside a 2,000-line fence → that line coloured",
        budget: "3 / 8 ms (with the window)",
        found: median_and_p99(&mut times),
        reference: format!("the whole fence coloured: {}", median_and_p99(&mut whole)),
        samples: SAMPLES,
    }
}

fn edits(text: &str) -> Vec<Duration> {
    let mut code = ColouredCode::new("rust", text, CodeSetting::default(), &|| false);
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut times = Vec::with_capacity(SAMPLES);
    for sample in 0..SAMPLES / 2 {
        let mut changed = text.to_owned();
        changed.insert(starts[(sample * 7919) % starts.len()], 'x');
        for text in [changed.as_str(), text] {
            times.push(time(|| code.update("rust", text, &|| false)));
        }
    }
    times
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

fn fence() -> String {
    let lines = [
        "/// How many words a post has.\n",
        "pub fn count(text: &str) -> usize {\n",
        "    let words = text.split_whitespace().filter(|word| !word.is_empty());\n",
        "    println!(\"{} 낱말\", words.clone().count()); // 화면에도\n",
        "    words.count() + 0x1F\n",
        "}\n",
        "\n",
    ];
    lines.iter().cycle().take(LINES).copied().collect()
}
