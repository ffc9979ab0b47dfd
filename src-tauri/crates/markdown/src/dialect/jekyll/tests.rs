//! The engine against what kramdown printed.

use std::time::Duration;

use super::printed::CASES;
use super::{Jekyll, KramdownInput};
use crate::dialect::Dialect;
use crate::reading::Definitions;
use crate::whole;

fn html(source: &str, settings: Jekyll) -> String {
    whole::html(source, &Dialect::Jekyll(settings))
}

/// Blanks folded, none beside tags of blocks; attributes in one order, and references that say the same alike.
fn folded(html: &str) -> String {
    const SPANS: [&str; 12] =
        ["a", "abbr", "b", "code", "del", "em", "i", "img", "input", "span", "strong", "sup"];
    let html = html.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut folded = String::new();
    let mut rest = html.as_str();
    while let Some((text, behind)) = rest.split_once('<') {
        let (tag, after) = behind.split_once('>').unwrap_or((behind, ""));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let block = !SPANS.contains(&name);
        folded.push_str(if block { text.trim_end_matches(' ') } else { text });
        folded.push_str(&format!("<{}>", sorted(tag)));
        rest = if block { after.trim_start_matches(' ') } else { after };
    }
    folded.push_str(rest);
    [("&nbsp;", "\u{a0}"), ("&quot;", "\""), ("&#8617;", "↩"), ("%20", " ")]
        .iter()
        .fold(folded, |html, (written, other)| html.replace(written, other))
}

/// A tag with its attributes sorted.
fn sorted(tag: &str) -> String {
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes: Vec<&str> = attributes.trim_end_matches('/').trim().split("\" ").collect();
    attributes.sort_unstable_by_key(|attribute| attribute.trim_end_matches('"'));
    let attributes = attributes.iter().map(|attribute| attribute.trim_end_matches('"'));
    format!("{name} {}", attributes.collect::<Vec<_>>().join("\" ")).trim().to_owned()
}

#[test]
fn reads_as_kramdown_does() {
    let mut others = String::new();
    for (rule, cases) in CASES.into_iter().flatten() {
        for (source, printed) in *cases {
            let (read, printed) = (folded(&html(source, Jekyll::default())), folded(printed));
            if read != printed {
                others.push_str(&format!("{rule}: {source:?}\n  kramdown {printed}\n  read     {read}\n"));
            }
        }
    }
    assert!(others.is_empty(), "{others}");
}

/// What follows was printed by kramdown 2.4 with the settings named.
#[test]
fn follows_the_settings() {
    let cases: &[(&str, Jekyll, &str)] = &[
        ("한 줄\n두 줄", Jekyll { hard_wrap: true, ..Jekyll::default() }, "<p>한 줄<br />두 줄</p>"),
        ("글\n- 목록", kramdown(), "<p>글 - 목록</p>"),
        ("#제목 One", kramdown(), "<h1 id=\"one\">제목 One</h1>"),
        ("# 한글\n\n# 둘", kramdown(), "<h1 id=\"section\">한글</h1><h1 id=\"section-1\">둘</h1>"),
        ("```\na\n```", kramdown(), "<p><code> a </code></p>"),
        ("~~지움~~", kramdown(), "<p>~~지움~~</p>"),
        ("# 제목", Jekyll { auto_ids: false, ..Jekyll::default() }, "<h1>제목</h1>"),
        ("# 제목", Jekyll { header_offset: 1, ..Jekyll::default() }, "<h2 id=\"제목\">제목</h2>"),
        ("a -- b", Jekyll { plain_symbols: true, ..Jekyll::default() }, "<p>a -- b</p>"),
        (
            "<div>\n*a*\n</div>",
            Jekyll { parse_block_html: true, ..Jekyll::default() },
            "<div><p><em>a</em></p></div>",
        ),
        ("<b>*a*</b>", Jekyll { parse_span_html: false, ..Jekyll::default() }, "<p><b>*a*</b></p>"),
    ];
    for (source, settings, printed) in cases {
        assert_eq!(folded(&html(source, settings.clone())), folded(printed), "{source:?} {settings:?}");
    }
}

fn kramdown() -> Jekyll {
    Jekyll { input: KramdownInput::Kramdown, ..Jekyll::default() }
}

#[test]
fn top_level_blocks_cover_their_source_in_order() {
    for (_, cases) in CASES.into_iter().flatten() {
        for (source, _) in *cases {
            let dialect = Dialect::Jekyll(Jekyll::default());
            let reading = dialect.engine().read(source, &Definitions::default());
            let mut end = 0;
            for block in crate::dialect::common::top_level(&reading.events) {
                let range = &reading.events[block.start].1;
                assert!(range.start >= end && range.end <= source.len(), "{source:?} {range:?}");
                assert!(source.is_char_boundary(range.start) && source.is_char_boundary(range.end));
                end = range.end;
            }
            for anchor in &reading.headings {
                let event = &reading.events[anchor.event].0;
                let heading =
                    matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. }));
                assert!(heading, "{source:?}");
            }
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn hostile_texts_cost_no_more_than_their_length() {
    let hostile = [
        "*",
        "[",
        ">",
        "* ",
        "|",
        "{:",
        "`",
        "<",
        "**a ",
        "*a",
        "![",
        "[a](",
        "[a](b \"c",
        "<b>",
        "<i>*",
        "<a b=\"",
        "<div>\n",
        "<div markdown=\"1\">\n",
        "~~a",
        "$$a\n\n",
        "{::comment}\n",
        "{:/",
        "a|b\n",
        "```a\n",
        "[*a",
        "\"",
        "- ",
        "> - ",
        ": a\n",
        "a\n: b\n\n",
        "&",
        "{: .a}\n",
        "\0",
        "\\",
    ];
    for text in hostile {
        let source = text.repeat(30_000 / text.len());
        let start = std::time::Instant::now();
        let reading = Dialect::Jekyll(Jekyll::default()).engine().read(&source, &Definitions::default());
        // Debug builds are slow and machines busy; a square of the length would take minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{text:?}");
        assert!(reading.events.len() < 5 * source.len(), "{text:?}");
    }
}

#[test]
fn says_what_a_run_of_blocks_asks_and_defines() {
    let dialect = Dialect::Jekyll(Jekyll::default());
    let source = "[가][Label] 글[^note]\n\n[label]: /a\n[label]: /b\n[^note]: 글\n*[CI]: 합침\n";
    let reading = dialect.engine().read(source, &Definitions::default());
    assert!(reading.asked.contains("label") && reading.asked.contains("^note"), "{:?}", reading.asked);
    assert_eq!(&*reading.found.links["label"].url, "/b");
    assert!(reading.found.notes.contains("note") && reading.found.abbreviations.contains_key("CI"));
    assert!(!reading.unclosed);
    for open in ["<div>\n\n글", "```\n글", "{::comment}\n글", "$$\n글"] {
        assert!(dialect.engine().read(open, &Definitions::default()).unclosed, "{open:?}");
    }
}
