//! What the engine reads, against what Hexo printed (hexo 8.1.2, hexo-renderer-marked 7.0.1, marked 15.0.12).
//!
//! The HTML writer's own ways (blanks between tags, `<br />`) are ours; code is not coloured yet.

use crate::dialect::{Dialect, Hexo};
use crate::whole;

fn html(markdown: &str) -> String {
    whole::html(markdown, &Dialect::Hexo(Hexo::default()))
}

#[test]
fn autolinks() {
    let markdown =
        "(https://example.com/a) https://example.com/path를 보자. www.example.com, me@example.com.\n";
    let expected = [
        "<p>(<a href=\"https://example.com/a\">https://example.com/a</a>) <a href=\"https://example.com/path%EB%A5%BC\">https://example.com/path를</a> 보자. <a href=\"http://www.example.com/\">www.example.com</a>, <a href=\"mailto:me@example.com\">me@example.com</a>.</p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn breaks_and_quotes() {
    let markdown = "첫 줄\n둘째 줄 \"인용\"과 '홑' -- 그리고 --- 끝...\n\n`code`'s \"a*b*\"\n";
    let expected = [
        "<p>첫 줄<br />\n",
        "둘째 줄 “인용”과 ‘홑’ – 그리고 — 끝…</p>\n",
        "<p><code>code</code>‘s “a<em>b</em>“</p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn descriptions() {
    let markdown = "용어\n: 설명이 여기에\n\n한 줄: 아님\n";
    assert_eq!(html(markdown), "<dl><dt>용어</dt><dd>설명이 여기에</dd></dl>\n<p>한 줄: 아님</p>\n");
}

#[test]
fn fences() {
    let markdown =
        "- 항목\n\n  ```js 제목 https://example.com/a 링크\n  let a = 1;\n  ```\n\n> ```\n> 인용 속\n> ```\n";
    let expected = [
        "<ul>\n",
        "<li>\n",
        "<p>항목</p>\n",
        "<figure class=\"code-figure\">\n",
        "<figcaption><span>제목</span><a href=\"https://example.com/a\" rel=\"noopener noreferrer\">링크</a></figcaption>\n",
        "<pre><code class=\"language-js\">let a = 1;\n",
        "</code></pre>\n",
        "</figure>\n",
        "</li>\n",
        "</ul>\n",
        "<blockquote>\n",
        "<pre><code>인용 속\n",
        "</code></pre>\n",
        "</blockquote>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn footnotes() {
    let markdown = "각주[^1]는 없다\n\n[^1]: 그래서 링크\n";
    assert_eq!(html(markdown), "<p>각주[^1]는 없다</p>\n<p>[^1]: 그래서 링크</p>\n");
}

#[test]
fn headings() {
    let markdown = "# Hello, World! & C++ (v1.2)\n\n## 한글 제목\n\n## 한글 제목\n\n## `Vec<T>`와 Café\n\n## 한글 제목\n";
    let expected = [
        "<h1 id=\"Hello-World-C-v1-2\">Hello, World! &amp; C++ (v1.2)</h1>\n",
        "<h2 id=\"한글-제목\">한글 제목</h2>\n",
        "<h2 id=\"한글-제목-1\">한글 제목</h2>\n",
        "<h2 id=\"Vec와-Cafe\"><code>Vec&lt;T&gt;</code>와 Café</h2>\n",
        "<h2 id=\"한글-제목-2\">한글 제목</h2>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn raw_html() {
    let markdown = "<kbd>\"Ctrl\"</kbd> \"C\" <b>*굵게*</b>\n";
    assert_eq!(html(markdown), "<p><kbd>\"Ctrl\"</kbd> “C” <b><em>굵게</em></b></p>\n");
}

#[test]
fn images() {
    let markdown = "![그림 *설명*](a.png \"제목\") ![](/b.png) ![](https://example.com/c.png)\n";
    let expected = [
        "<p><img src=\"/a.png\" alt=\"그림 *설명*\" title=\"제목\" /> <img src=\"/b.png\" alt=\"\" /> <img src=\"https://example.com/c.png\" alt=\"\" /></p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn indented_fence() {
    let markdown = "문단이다\n ```sh\n ls\n ```\n이어진다\n";
    let expected = [
        "<p>문단이다<br />\n",
        "<pre><code class=\"language-sh\">ls\n",
        "</code></pre>\n",
        "<br />\n",
        "이어진다</p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn lists() {
    let markdown = "- 항목\n> 인용\n\n* 가\n  * 나\n<br>\n줄\n\n1. 하나\n\n   둘\n셋\n";
    let expected = [
        "<ul>\n",
        "<li>항목\n",
        "<blockquote>\n",
        "<p>인용</p>\n",
        "</blockquote>\n",
        "</li>\n",
        "</ul>\n",
        "<ul>\n",
        "<li>가\n",
        "<ul>\n",
        "<li>나</li>\n",
        "</ul>\n",
        "</li>\n",
        "</ul>\n",
        "<br>\n",
        "줄\n",
        "<ol>\n",
        "<li>\n",
        "<p>하나</p>\n",
        "<p>둘</p>\n",
        "</li>\n",
        "</ol>\n",
        "<p>셋</p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn more() {
    let markdown = "요약\n\n<!-- more -->\n\n본문\n";
    assert_eq!(html(markdown), "<p>요약</p>\n<span id=\"more\"></span>\n<p>본문</p>\n");
}

#[test]
fn tables() {
    let markdown = "| a | b |\n|:--|:-:|\n| `x` | \"y\" |\n";
    let expected = [
        "<table><thead><tr><th style=\"text-align: left\">a</th><th style=\"text-align: center\">b</th></tr></thead><tbody>\n",
        "<tr><td style=\"text-align: left\"><code>x</code></td><td style=\"text-align: center\">“y”</td></tr>\n",
        "</tbody></table>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn tasks() {
    let markdown = "- [ ] 할 일\n- [x] 한 일\n";
    let expected = [
        "<ul>\n",
        "<li><input disabled=\"\" type=\"checkbox\"/>\n",
        "할 일</li>\n",
        "<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n",
        "한 일</li>\n",
        "</ul>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn tight() {
    let markdown = "1. 하나\n\n   ```\n   a\n   ```\n2. 둘\n   ```\n   b\n   ```\n\n   셋\n";
    let expected = [
        "<ol>\n",
        "<li>\n",
        "<p>하나</p>\n",
        "<pre><code>a\n",
        "</code></pre>\n",
        "</li>\n",
        "<li>\n",
        "<p>둘</p>\n",
        "<pre><code>b\n",
        "</code></pre>\n",
        "<p>셋</p>\n",
        "</li>\n",
        "</ol>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn tildes() {
    let markdown = "10~20 그리고 30~40, ~~둘~~ ~하나~는 ~~~셋~~~\n";
    assert_eq!(
        html(markdown),
        "<p>10<del>20 그리고 30</del>40, <del>둘</del> <del>하나</del>는 ~~~셋~~~</p>\n"
    );
}

#[test]
fn urls() {
    let markdown = "[가](http://example.com) [나](/경로/%EB%8B%A4?a=b c) [다](HTTPS://Example.com:443/x#)\n";
    let expected = [
        "<p><a href=\"http://example.com/\">가</a> [나](/경로/%EB%8B%A4?a=b c) <a href=\"https://example.com/x#\">다</a></p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}
