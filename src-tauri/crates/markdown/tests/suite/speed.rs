//! How long an edit of a large post takes. It prints and asserts nothing about time.

use std::time::{Duration, Instant};

use postwright_markdown::{Options, Preview, TextChange};

use crate::{dialects, options};

fn large_post(bytes: usize) -> String {
    let mut text = String::from(
        "시작하는 글[^처음]과 [집].\n\n[^처음]: 각주 하나.\n\n[집]: https://example.com/home\n\n",
    );
    for n in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&format!(
            "## {n}번째 절\n\n이 절은 *강조*와 `코드`, [링크](https://example.com/{n})가 있는 보통 문단입니다. 조금 더 길게 씁니다.\n\
             줄을 바꾸어 한 문장을 더 적고 **굵은 글씨**도 넣습니다. 그리고 각주는 없습니다.\n\n\
             - 첫 항목\n- 둘째 항목 `x`\n- 셋째 항목\n\n```rust\nfn section_{n}(value: u32) -> u32 {{\n    // 더한다\n    value + {n}\n}}\n```\n\n\
             마무리 문단입니다. 여기에도 글이 있고, 다음 절로 이어집니다. {}\n\n",
            "본문을 채우는 말. ".repeat(14)
        ));
    }
    text
}

/// A letter comes and goes at places all over the text, so that every edit meets the same text.
#[allow(clippy::disallowed_methods)]
fn edits(preview: &mut Preview, text: &str, needle: &str) -> Vec<Duration> {
    let places: Vec<usize> = text.match_indices(needle).map(|(at, _)| at).collect();
    let mut times = Vec::new();
    for round in 0..200 {
        let at = places[round * 37 % places.len()];
        let come = TextChange { from: at, to: at, insert: "글".to_owned() };
        let go = TextChange { from: at, to: at + "글".len(), insert: String::new() };
        for change in [come, go] {
            let start = Instant::now();
            preview.edit(&[change], 0);
            times.push(start.elapsed());
        }
    }
    times.sort();
    times
}

#[test]
#[ignore = "prints times; run in release with --ignored --nocapture"]
#[allow(clippy::disallowed_methods)]
fn edits_of_a_large_post() {
    for dialect in dialects() {
        println!("{dialect:.12?}");
        for bytes in [12_000, 100_000, 1_000_000] {
            let text = large_post(bytes);
            let start = Instant::now();
            let (mut preview, _) = Preview::new(&text, 0, Options { dialect: dialect.clone(), ..options() });
            println!(
                "{bytes:>9} bytes, {} fences: fresh {:.1?}",
                text.matches("```rust").count(),
                start.elapsed()
            );
            for (name, needle) in [
                ("prose", "마무리"),
                ("code", "value +"),
                ("heading", "번째 절"),
                ("note", "하나."),
                ("link", "/home"),
            ] {
                let times = edits(&mut preview, &text, needle);
                let (median, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
                println!("{:>9} {name:<8} median {median:.1?}, p99 {p99:.1?}", "");
            }
        }
    }
}
