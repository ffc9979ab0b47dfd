//! Texts made to break a renderer: every one is answered, and the stack holds.

use std::fmt::Write;

use postwright_markdown::Preview;

use crate::options;

fn texts(bytes: usize) -> Vec<(&'static str, String)> {
    let repeated = |piece: &str| piece.repeat(bytes / piece.len());
    let mut texts: Vec<_> = [
        ">",
        "> ",
        "* ",
        "- ",
        "1. ",
        "[",
        "![",
        "[](",
        "<",
        "&",
        "*a",
        "**a ",
        "_a__",
        "`",
        "`` ` ",
        "~~a",
        "|",
        "|a",
        "\\",
        "<b>",
        "<b class=x>",
        "</b>",
        "<div>\n",
        "<div>\n\n",
        "<!--",
        "<?",
        "<a href=\"",
        "[^1]",
        "[^1]: ",
        "[a]: b\n",
        "[a]",
        "&#x",
        "\n\n    a\n",
        "# a\n",
        "![a](",
        "[a](<",
        "a\n---\n",
        "😀",
        "한",
        "\t",
        "<p><b><i>\n\n",
        "-\n",
        "```\n",
    ]
    .iter()
    .map(|piece| (*piece, repeated(piece)))
    .collect();
    texts.push(("nested list", nested_list(bytes)));
    texts.push(("table", format!("|a|b|\n|-|-|\n{}", repeated("|&|<b>|\n"))));
    texts.push(("raw ampersands", format!("<div>\n{}", repeated("&"))));
    texts.push(("raw line", format!("<div>{}</div>", repeated("x<br>"))));
    texts.push(("one line of code", format!("```rust\nlet a = \"{}\n```\n", repeated("a"))));
    texts.push(("fences", repeated("```rust\nfn main() {}\n```\n")));
    texts.push(("footnotes", (0..bytes / 20).map(|n| format!("[^{n}]: a[^{n}]\n")).collect()));
    texts.push(("nested brackets", format!("{}a{}", "[".repeat(bytes / 2), "]".repeat(bytes / 2))));
    texts.push((
        "nested emphasis",
        format!("{}a{}", "*a **b ".repeat(bytes / 14), " b** a*".repeat(bytes / 14)),
    ));
    texts
}

fn nested_list(bytes: usize) -> String {
    let mut text = String::new();
    for depth in 0.. {
        if text.len() >= bytes {
            break;
        }
        let _ = writeln!(text, "{}- a", "  ".repeat(depth));
    }
    text
}

#[test]
fn every_text_is_answered_and_can_be_edited() {
    for (name, text) in texts(if cfg!(debug_assertions) { 10_000 } else { 100_000 }) {
        let (mut preview, _) = Preview::new(&text, 0, options());
        let (middle, _) = text.char_indices().nth(text.chars().count() / 2).unwrap();
        preview.edit(&[postwright_markdown::TextChange { from: middle, to: middle, insert: "x".into() }], 0);
        assert_eq!(preview.to_text().len(), text.len() + 1, "{name}");
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

#[test]
#[ignore = "prints times; run in release with --ignored --nocapture"]
#[allow(clippy::disallowed_methods)]
fn times() {
    for bytes in [100_000, 1_000_000] {
        for (name, text) in texts(bytes) {
            let start = std::time::Instant::now();
            let (mut preview, _) = Preview::new(&text, 0, options());
            let fresh = start.elapsed();
            let (middle, _) = text.char_indices().nth(text.chars().count() / 2).unwrap();
            let start = std::time::Instant::now();
            preview
                .edit(&[postwright_markdown::TextChange { from: middle, to: middle, insert: "x".into() }], 0);
            let edit = start.elapsed();
            if fresh.as_millis() > 100 || edit.as_millis() > 100 {
                println!("{bytes:>8} {name:<20?} fresh {fresh:>10.1?} edit {edit:>10.1?}");
            }
        }
    }
}
