//! How long an edit of a large post takes. It prints and asserts nothing about time.

use postwright_markdown::{Preview, TextChange};

use crate::options;

fn large_post(bytes: usize) -> String {
    let mut text = String::new();
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

#[test]
#[ignore = "prints times; run in release with --ignored --nocapture"]
#[allow(clippy::disallowed_methods)]
fn edits_of_a_large_post() {
    for bytes in [12_000, 100_000, 1_000_000] {
        let text = large_post(bytes);
        let fences = text.matches("```rust").count();
        let start = std::time::Instant::now();
        let (mut preview, _) = Preview::new(&text, 0, options());
        let fresh = start.elapsed();
        for (name, needle, insert) in [("prose", "마무리", "글"), ("code", "value +", "1 + ")] {
            let mut times: Vec<_> = (0..300)
                .map(|round| {
                    let text = preview.to_text();
                    let mut near = text.len() * (round * 37 % 300) / 320;
                    while !text.is_char_boundary(near) {
                        near += 1;
                    }
                    let at = near + text[near..].find(needle).unwrap_or_default();
                    let start = std::time::Instant::now();
                    let patch = preview.edit(&[TextChange { from: at, to: at, insert: insert.into() }], 0);
                    let time = start.elapsed();
                    assert!(patch.ops.len() <= 1);
                    time
                })
                .collect();
            times.sort();
            println!(
                "{bytes:>8} bytes, {fences:>5} fences, {name}: fresh {fresh:.1?}, edit median {:.2?}, p99 {:.2?}",
                times[150], times[297]
            );
        }
        let mut times: Vec<_> = (0..100)
            .map(|_| {
                let start = std::time::Instant::now();
                let events = pulldown_cmark::Parser::new_ext(
                    &preview.to_text(),
                    pulldown_cmark::Options::ENABLE_TABLES,
                )
                .count();
                assert!(events > 0);
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("{bytes:>8} bytes: pulldown-cmark alone, median {:.2?}", times[50]);
    }
}
