//! What Hugo 0.168 printed for these texts, entities written as the characters that they are.

use serde_json::{Value, json};

use super::*;
use crate::dialect::Dialect;
use crate::whole;

fn html(source: &str, config: Value) -> String {
    let (hugo, problems) = Hugo::from_config(&config);
    assert_eq!(problems, []);
    whole::html(source, &Dialect::Hugo(hugo)).replace("&quot;", "\"").replace("\u{a0}", "&#160;")
}

/// Each text, and the HTML that Hugo made of it.
fn prints(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(html(source, json!({})).trim_end(), *expected, "{source}");
    }
}

fn prints_with(config: &Value, cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(html(source, config.clone()).trim_end(), *expected, "{source}");
    }
}

#[test]
fn headings() {
    prints(&[
        (
            "# *가* `나` [다](http://x.io) ![라](x.png) \"마\" {#id .cls key=\"v\"}",
            "<h1 id=\"id\" class=\"cls\" key=\"v\"><em>가</em> <code>나</code> <a href=\"http://x.io\">다</a> <img src=\"x.png\" alt=\"라\" /> “마”</h1>",
        ),
        (
            "## 제목 & <b>굵게</b> _밑_ *a b \"c\"*",
            "<h2 id=\"제목--굵게-밑-a-b\">제목 &amp; <!-- raw HTML omitted -->굵게<!-- raw HTML omitted --> <em>밑</em> <em>a b “c”</em></h2>",
        ),
        ("## C++ / 10~20 ##", "<h2 id=\"c--1020\">C++ / 10~20</h2>"),
        ("??", "<p>??</p>"),
        (
            "# ??\n\n# ??\n\n둘\n---",
            "<h1 id=\"heading\">??</h1>\n<h1 id=\"heading-1\">??</h1>\n<h2 id=\"둘\">둘</h2>",
        ),
        ("# GET_USER [a=*b", "<h1 id=\"get_user-ab\">GET_USER [a=*b</h1>"),
    ]);
}

#[test]
fn older_versions_make_ids_of_the_line_as_it_is_written() {
    let hugo = Hugo { version: Some((0, 111, 3)), ..Hugo::default() };
    let html = whole::html("# [글](http://a.io) <b>나</b>", &Dialect::Hugo(hugo));
    assert!(html.starts_with("<h1 id=\"글httpaio-b나b\">"), "{html}");
}

#[test]
fn quotes_and_dashes() {
    prints(&[
        (
            "\"핸들러\"란 '실행' -- 셋--- 넷... << 다 >> it's '90s 21\"",
            "<p>“핸들러\"란 ‘실행’ – 셋— 넷… « 다 » it’s ’90s 21”</p>",
        ),
        ("은\"중요\" 하다", "<p>은\"중요\" 하다</p>"),
        // A quote that is open closes in another paragraph.
        ("\"열림\"은\n\n은\"중요\" 하다", "<p>“열림\"은</p>\n<p>은\"중요” 하다</p>"),
        (r#"\"가\" `"나"`"#, "<p>\"가\" <code>\"나\"</code></p>"),
    ]);
}

#[test]
fn emphasis_and_tildes() {
    prints(&[
        (
            "10~20 그리고 30~40, ~~지움~~ ~~~아님~~~",
            "<p>10<del>20 그리고 30</del>40, <del>지움</del> ~~~아님~~~</p>",
        ),
        (
            "**강조**는 **(중요)**은 **[링크](u)**는",
            "<p><strong>강조</strong>는 **(중요)**은 **<a href=\"u\">링크</a>**는</p>",
        ),
        (
            "***가** 나* *다 **라*** **",
            "<p><em><strong>가</strong> 나</em> <em>다 <strong>라</strong></em> **</p>",
        ),
    ]);
}

#[test]
fn addresses_in_text() {
    prints(&[
        (
            "https://a.io/path를 보고 www.a.io, (https://a.io/x).) a@b.co. [안 https://a.io",
            "<p><a href=\"https://a.io/path\">https://a.io/path</a>를 보고 <a href=\"https://www.a.io\">www.a.io</a>, (<a href=\"https://a.io/x)\">https://a.io/x)</a>.) <a href=\"mailto:a@b.co\">a@b.co</a>. [안 https://a.io</p>",
        ),
        (
            "**https://a.io/_x_** http://localhost:80/a",
            "<p><strong><a href=\"https://a.io/_x\">https://a.io/_x</a>_</strong> http://localhost:80/a</p>",
        ),
        (
            "<a@b.co> <http://한글.io/경로>",
            "<p><a href=\"mailto:a@b.co\">a@b.co</a> <a href=\"http://%ED%95%9C%EA%B8%80.io/%EA%B2%BD%EB%A1%9C\">http://한글.io/경로</a></p>",
        ),
    ]);
}

#[test]
fn links_and_images() {
    prints(&[
        (
            "[글](</a b> \"제목 \\\" &amp;\") [참조] [참조][없음] ![*별* \"인용\"](그림.png) [위험](javascript:alert(1))\n\n[참조]: /한글 \"t\"",
            "<p><a href=\"/a%20b\" title=\"제목 \" &amp;\">글</a> <a href=\"/%ED%95%9C%EA%B8%80\" title=\"t\">참조</a> [참조][없음] <img src=\"%EA%B7%B8%EB%A6%BC.png\" alt=\"별 “인용”\" /> <a href=\"\">위험</a></p>",
        ),
        ("[a [b](c) d](e)", "<p>[a <a href=\"c\">b</a> d](e)</p>"),
        ("`` 코 ` 드 `` ` a ` ``안", "<p><code>코 ` 드</code> <code>a</code> ``안</p>"),
        ("&amp; &#44032; \\* \\나 <br/>", "<p>&amp; 가 * \\나 <!-- raw HTML omitted --></p>"),
    ]);
}

#[test]
fn footnotes() {
    let printed =
        html("글[^1] 뒤[^메모] 또[^1] 없음[^x]\n\n[^1]: 첫 **각주**\n[^메모]: 둘\n\n    셋\n", json!({}));
    for part in [
        "글<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup>",
        "또<sup id=\"fnref1:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup> 없음[^x]</p>",
        "<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n<p>첫 <strong>각주</strong>",
        "&#160;<a href=\"#fnref1:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>",
        "<p>둘</p>\n<p>셋&#160;<a href=\"#fnref:2\"",
    ] {
        assert!(printed.contains(part), "{part}\n{printed}");
    }
}

#[test]
fn tables() {
    prints(&[(
        "앞줄\n| 가 | 나 |\n|:--|:-:|\n| `a\\|b` | 1 |\n| 하나 |",
        "<p>앞줄</p>\n<table><thead><tr><th style=\"text-align: left\">가</th><th style=\"text-align: center\">나</th></tr></thead><tbody>\n<tr><td style=\"text-align: left\"><code>a|b</code></td><td style=\"text-align: center\">1</td></tr>\n<tr><td style=\"text-align: left\">하나</td><td></td></tr>\n</tbody></table>",
    )]);
}

#[test]
fn lists() {
    let printed = html("- [ ] 할 일\n- [x] 한 일\n  - 안\n\n용어\n: 뜻\n\n  둘째\n", json!({}));
    for part in [
        "<li><input disabled=\"\" type=\"checkbox\"/>\n할 일",
        "checked=\"\"/>\n한 일",
        "<dd>뜻\n<p>둘째</p>\n</dd>",
    ] {
        assert!(printed.contains(part), "{part}\n{printed}");
    }
}

#[test]
fn a_table_leaves_its_list_tight() {
    let printed = html("- 표\n\n  |가|\n  |--|\n  |1|\n- 뒤\n", json!({}));
    assert!(printed.starts_with("<ul>\n<li>표<table>") && printed.contains("<li>뒤</li>"), "{printed}");
    let printed = html("- 표\n\n  |가|\n  |--|\n\n- 뒤\n", json!({}));
    assert!(printed.contains("<p>표</p>") && printed.contains("<p>뒤</p>"), "{printed}");
}

#[test]
fn attributes_of_a_fence_are_no_part_of_its_language() {
    for source in ["```go{linenos=true}\na\n```", "```go {linenos=true}\na\n```"] {
        prints(&[(source, "<pre><code class=\"language-go\">a\n</code></pre>")]);
    }
}

#[test]
fn spaces_that_are_no_white_space_are_text() {
    prints(&[
        ("끝\u{a0}\n다음\u{3000}", "<p>끝&#160;\n다음\u{3000}</p>"),
        ("앞\n\n\u{a0}\n\n뒤\u{200b}", "<p>앞</p>\n<p>&#160;</p>\n<p>뒤\u{200b}</p>"),
        (
            "| 가\u{a0} |\n|---|\n| `\u{a0}` |",
            "<table><thead><tr><th>가&#160;</th></tr></thead><tbody>\n<tr><td><code>&#160;</code></td></tr>\n</tbody></table>",
        ),
        ("## 제목\u{a0}", "<h2 id=\"제목\">제목&#160;</h2>"),
        ("가\u{c}", "<p>가\u{c}</p>"),
    ]);
}

#[test]
fn raw_html_is_left_out_unless_the_site_is_unsafe() {
    let source = "<div>\n\n*안* <b>밖</b>\n\n</div>";
    prints(&[(
        source,
        "<!-- raw HTML omitted -->\n<p><em>안</em> <!-- raw HTML omitted -->밖<!-- raw HTML omitted --></p>\n<!-- raw HTML omitted -->",
    )]);
    let raw = json!({ "markup": { "goldmark": { "renderer": { "unsafe": true } } } });
    prints_with(&raw, &[(source, "<div>\n<p><em>안</em> <b>밖</b></p>\n</div>")]);
}

#[test]
fn line_ends() {
    let source = "줄 끝  \n다음\\\n셋\n넷";
    prints(&[(source, "<p>줄 끝<br />\n다음<br />\n셋\n넷</p>")]);
    let hard = json!({ "markup": { "goldmark": { "renderer": { "hardWraps": true } } } });
    prints_with(&hard, &[("셋\n넷", "<p>셋<br />\n넷</p>")]);
    let cjk = |style: &str| {
        json!({ "markup": { "goldmark": { "extensions": { "cjk": {
            "enable": true, "eastAsianLineBreaks": true, "eastAsianLineBreaksStyle": style, "escapedSpace": true,
        }}}}})
    };
    prints_with(
        &cjk("simple"),
        &[("가\n나\nb\n漢\n字", "<p>가나\nb\n漢字</p>"), ("**가**\\ 나", "<p><strong>가</strong>나</p>")],
    );
    prints_with(&cjk("css3draft"), &[("가\n나\n다.\n라\n漢\n字", "<p>가\n나\n다.라\n漢字</p>")]);
}

#[test]
fn the_summary_divider_parts_a_paragraph() {
    prints(&[
        ("앞 <!--more-->뒤", "<p>앞</p>\n<p>뒤</p>"),
        ("앞\n\n<!--more-->\n\n뒤", "<p>앞</p>\n<!-- raw HTML omitted -->\n<p>뒤</p>"),
    ]);
}

#[test]
fn extensions_that_are_off() {
    prints(&[(":smile: $x$ ==a== ++b++ H~2~O", "<p>:smile: $x$ ==a== ++b++ H<del>2</del>O</p>")]);
    let on = json!({ "enableEmoji": true, "markup": { "goldmark": { "extensions": {
        "extras": { "mark": { "enable": true }, "insert": { "enable": true }, "superscript": { "enable": true } },
        "passthrough": { "enable": true, "delimiters": { "inline": [["$", "$"]], "block": [["$$", "$$"]] } },
    }}}});
    prints_with(
        &on,
        &[
            (":smile: ==a== ++b++ 1^st^", "<p>😄 <mark>a</mark> <ins>b</ins> 1<sup>st</sup></p>"),
            ("가 $x_1*y*$ 나\n$$\n_z_\n$$\n다", "<p>가 $x_1*y*$ 나\n</p>\n$$\n_z_\n$$\n<p>\n다</p>"),
        ],
    );
    let blocks = json!({ "markup": { "goldmark": { "parser": { "attribute": { "block": true } } } } });
    prints_with(&blocks, &[("글\n{.a #b}\n뒤", "<p class=\"a\" id=\"b\">글</p>\n<p>뒤</p>")]);
}

/// Texts that make careless readers take quadratic time or more: minutes, where these take a moment.
#[test]
fn long_hostile_texts_end() {
    let size = 100_000;
    for piece in [
        "[",
        "![",
        "](",
        "[a](b",
        "[a](<b",
        "[a](b \"",
        "*a_ ",
        "*a*",
        "**a ",
        "_a*",
        "~",
        "~a",
        "`",
        "`a``b```",
        "<a",
        "<!--",
        "<?",
        "\"",
        "'a",
        "\"a",
        "a@",
        "https://a",
        "www.a.",
        "(",
        "{",
        "{a=\"",
        "# {a\n",
        "|",
        "|-",
        "a|b\n-|-\n",
        "> ",
        "- ",
        ": ",
        "a\n: ",
        "&amp;",
        "&a",
        "\\",
        "[^a]",
        "[^a]: ",
        "$",
        "a\n",
        "<b a='",
        "[a]: b\n",
        "\u{ac00}\"",
    ] {
        let source = piece.repeat(size / piece.len());
        let _ = Hugo::default().read(&source, &Definitions::default());
    }
}
