//! HTML that became Markdown reads back as the same: the preview's HTML of it has the same words, and becomes the same
//! Markdown again, which has the same structure.

#![allow(clippy::unwrap_used)]

use postwright_intake::{Proposal, markdown_of_clip, markdown_of_page};
use postwright_markdown::{CommonMark, Dialect, site_html};
use proptest::prelude::*;

/// Words with what Markdown reads as its signs.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[가-힣]{1,4}",
        4 => "[a-zA-Z]{1,6}",
        2 => Just("강조(설명)".to_owned()),
        1 => Just("`".to_owned()),
        1 => "[*_~#+=|.!\\[\\]()\\\\$:-]{1,3}",
        1 => "[0-9]{1,3}[.)]",
        1 => Just("&lt;div&gt;".to_owned()),
        1 => Just("&amp;amp;".to_owned()),
        1 => Just("&gt;".to_owned()),
        1 => Just("snake_case_name".to_owned()),
        1 => Just("“따옴표”".to_owned()),
    ];
    let glue = prop_oneof![3 => Just(" "), 1 => Just(""), 1 => Just("\n")];
    proptest::collection::vec((word, glue), 1..5)
        .prop_map(|words| words.into_iter().map(|(word, glue)| format!("{word}{glue}")).collect())
}

fn inline() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        5 => words(),
        1 => "[a-z가-힣`*]{1,5}".prop_map(|code| format!("<code>{code}</code>")),
        1 => "[a-z가-힣]{0,4}".prop_map(|alt| format!("<img src='/a b.png' alt='{alt}'>")),
        1 => Just("<br>".to_owned()),
    ];
    let marked = leaf.prop_recursive(3, 12, 4, |inner| {
        let inside = proptest::collection::vec(inner, 1..3).prop_map(|parts| parts.concat());
        (inside, 0..7_usize).prop_map(|(inside, kind)| match kind {
            0 | 1 => format!("<b>{inside}</b>"),
            2 => format!("<em>{inside}</em>"),
            3 => format!("<del>{inside}</del>"),
            4 => format!("<a href='https://example.org/a_(b)'>{inside}</a>"),
            5 => format!("<sub>{inside}</sub>"),
            _ => inside,
        })
    });
    proptest::collection::vec(marked, 1..4).prop_map(|parts| parts.concat())
}

fn blocks() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        4 => inline().prop_map(|text| format!("<p>{text}</p>")),
        1 => (2..5_u8, words()).prop_map(|(level, text)| format!("<h{level}>{text}</h{level}>")),
        1 => "[a-z `~\n&;]{0,30}".prop_map(|code| format!("<pre><code class='language-rust'>{}</code></pre>", code.replace('&', "&amp;"))),
        1 => Just("<hr>".to_owned()),
        1 => proptest::collection::vec(proptest::collection::vec(inline(), 2), 1..3).prop_map(|rows| {
            let row = |cells: Vec<String>| cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>();
            format!("<table>{}</table>", rows.into_iter().map(|cells| format!("<tr>{}</tr>", row(cells))).collect::<String>())
        }),
    ];
    let nested = block.prop_recursive(3, 16, 3, |inner| {
        let items = proptest::collection::vec(proptest::collection::vec(inner, 1..3), 1..4);
        (items, 0..4_usize).prop_map(|(items, kind)| {
            let list: String = items.iter().map(|item| format!("<li>{}</li>", item.concat())).collect();
            match kind {
                0 => format!("<ul>{list}</ul>"),
                1 => format!("<ol start=7>{list}</ol>"),
                2 => format!("<blockquote>{}</blockquote>", items.concat().concat()),
                _ => format!("<div>{}</div>", items.concat().concat()),
            }
        })
    });
    proptest::collection::vec(nested, 1..5).prop_map(|blocks| blocks.concat())
}

fn markdown(html: &str) -> String {
    // What is only text says no more than the text beside it, and is not converted.
    markdown_of_clip(&format!("<hr>{html}")).unwrap().unwrap().markdown
}

fn html(markdown: &str) -> String {
    site_html(markdown, 0, &Dialect::CommonMark(CommonMark::default()))
}

/// The words of HTML, without its tags.
fn words_of(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            letter if !in_tag && !letter.is_whitespace() => text.push(letter),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_reads_back_as_the_same(source in blocks()) {
        let first = markdown(&source);
        let rendered = html(&first);
        prop_assert_eq!(words_of(&rendered), words_of(&source), "\n{}\n", first);
        let second = markdown(rendered.strip_prefix("<hr />\n").unwrap_or(&rendered));
        prop_assert_eq!(second, first, "\n{}\n", rendered);
    }

    #[test]
    fn no_markup_breaks_it(source in "[<>/a-z0-9 =\"'!&;#-]{0,200}") {
        _ = markdown_of_clip(&source).unwrap();
        _ = markdown_of_page(&source).unwrap();
    }

    #[test]
    fn no_text_breaks_a_proposal_and_no_step_loses_words(source in "([가-힣a-zA-Z.!?•·#*:\"()0-9 \n\u{a0}]{0,20}\n){0,12}") {
        let mut proposal = Proposal::new(&source).unwrap();
        for step in proposal.steps() {
            proposal.set_step(step.name, false);
        }
        let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        let texts: String = proposal.drafts().iter().map(|draft| draft.text.as_str()).collect();
        prop_assert_eq!(letters(&texts), letters(&source));
    }
}
