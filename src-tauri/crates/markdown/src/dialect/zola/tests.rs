//! What Zola 0.22 prints, by its source and its own tests: no build of it can be had here.

use serde_json::json;

use super::*;
use crate::dialect::Dialect;
use crate::whole;

fn html(source: &str, config: serde_json::Value) -> String {
    let (zola, unknown) = Zola::from_config(&config);
    assert_eq!(unknown, []);
    whole::html(source, &Dialect::Zola(zola))
}

#[test]
fn romanises_ids_and_numbers_them_after_the_given_ones() {
    let source = "# 한글 제목\n\n# 한글 제목\n\n# 소개\n\n# 다른 {#sogae .a .b key=v}\n\n# `x` & *y*\n";
    let html = html(source, json!({}));
    for id in ["hangeul-jemog", "hangeul-jemog-1", "sogae-1", "x-y"] {
        assert!(html.contains(&format!("<h1 id=\"{id}\">")), "{id}: {html}");
    }
    assert!(html.contains("<h1 id=\"sogae\" class=\"a b\">다른</h1>"), "{html}");
}

#[test]
fn keeps_letters_in_ids_if_asked() {
    let html = html("# 한글 제목!\n", json!({ "slugify": { "anchors": "safe" } }));
    assert!(html.contains("<h1 id=\"한글_제목!\">"), "{html}");
}

#[test]
fn leaves_notes_where_they_are_unless_asked() {
    let source = "가[^나] 다[^나]\n\n[^나]: 라\n\n끝\n";
    let in_place = html(source, json!({}));
    assert!(
        in_place.contains("가<sup class=\"footnote-reference\"><a href=\"#나\">1</a></sup>"),
        "{in_place}"
    );
    let note = in_place.find("<div class=\"footnote-definition\" id=\"나\">").unwrap();
    assert!(
        in_place.contains("<sup class=\"footnote-definition-label\">1</sup>\n<p>라</p>\n</div>"),
        "{in_place}"
    );
    assert!(note < in_place.find("<p>끝</p>").unwrap());
    let below = html(source, json!({ "markdown": { "bottom_footnotes": true } }));
    let list = "<li id=\"fn-나\">\n<p>라 <a href=\"#fr-나-1\">↩</a> <a href=\"#fr-나-2\">↩2</a></p>\n</li>";
    assert!(below.contains(list) && below.find(list) > below.find("<p>끝</p>"), "{below}");
}

#[test]
fn changes_what_its_options_say() {
    let source = "용어\n: 뜻\n\n> [!NOTE]\n> 글\n\n\"가\" -- :smile: :모름: a:b\n\n[밖](https://a.io/?a&b) [안](@/a.md)\n";
    let plain = html(source, json!({}));
    for literal in ["[!NOTE]", "&quot;가&quot; -- :smile:", "<a href=\"@/a.md\">안</a>"] {
        assert!(
            plain.contains(literal) || plain.contains(&literal.replace("&quot;", "\"")),
            "{literal}: {plain}"
        );
    }
    let all = html(
        source,
        json!({ "markdown": {
            "definition_list": true, "github_alerts": true, "smart_punctuation": true, "render_emoji": true,
            "external_links_target_blank": true, "external_links_no_follow": true,
        }}),
    );
    for part in [
        "<dt>용어</dt>",
        "<blockquote class=\"markdown-alert-note\">",
        "“가” – 😄 :모름: a:b",
        "<a rel=\"noopener nofollow\" target=\"_blank\" href=\"https://a.io/?a&amp;b\">밖</a>",
        "<a href=\"@/a.md\">안</a>",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
}

#[test]
fn marks_the_end_of_the_summary() {
    let html = html("가\n\n<!-- MORE -->\n\n나\n", json!({}));
    assert!(html.contains("<span id=\"continue-reading\"></span>"), "{html}");
}

#[test]
fn strikes_out_pairs_but_not_ranges() {
    let html = html("10~20 그리고 30~40, ~~지움~~\n", json!({}));
    assert!(html.contains("10~20 그리고 30~40, <del>지움</del>"), "{html}");
}

#[test]
fn names_settings_that_zola_refuses() {
    let config = json!({ "markdown": { "smart_punctuation": "yes", "math": true, "highlighting": {} } });
    let keys: Vec<_> = Zola::from_config(&config).1.into_iter().map(|unknown| unknown.key).collect();
    assert_eq!(keys, ["markdown.math", "markdown.smart_punctuation"]);
}
