//! What the engine reads, against what Astro printed (astro 7.3.5, Sätteri 0.10.5).
//!
//! The HTML writer's own ways (blanks between tags, `<br />`) are ours; code is not coloured yet.

use crate::dialect::{Astro, Dialect};
use crate::whole;

fn html(markdown: &str) -> String {
    whole::html(markdown, &Dialect::Astro(Astro::default()))
}

#[test]
fn autolinks() {
    let markdown =
        "https://example.com/path를 (https://example.com/a_b_). www.example.com me@example.com에 ftp://a.b\n";
    let expected = [
        "<p><a href=\"https://example.com/path%EB%A5%BC\">https://example.com/path를</a> (<a href=\"https://example.com/a_b\">https://example.com/a_b</a>_). <a href=\"http://www.example.com\">www.example.com</a> <a href=\"mailto:me@example.com\">me@example.com</a>에 ftp://a.b</p>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn headings() {
    let markdown = "# Hello, World! & C++ (v1.2)\n\n## 한글 제목\n\n## 한글 제목\n\n## 한글 제목-1\n\n## ???\n\n## `코드` ①²\n";
    let expected = [
        "<h1 id=\"hello-world--c-v12\">Hello, World! &amp; C++ (v1.2)</h1>\n",
        "<h2 id=\"한글-제목\">한글 제목</h2>\n",
        "<h2 id=\"한글-제목-1\">한글 제목</h2>\n",
        "<h2 id=\"한글-제목-1-1\">한글 제목-1</h2>\n",
        "<h2 id=\"\">???</h2>\n",
        "<h2 id=\"코드-\"><code>코드</code> ①²</h2>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn raw_html() {
    let markdown = "<details>\n<summary>*그대로*</summary>\n\n*기울임*\n\n</details>\n";
    assert_eq!(
        html(markdown),
        "<details>\n<summary>*그대로*</summary>\n<p><em>기울임</em></p>\n</details>\n"
    );
}

#[test]
fn notes() {
    let markdown = "하나[^가] 둘[^나] 다시[^가]\n\n[^가]: 첫째\n[^나]: 둘째\n\n    문단\n";
    let expected = [
        "<p>하나<sup><a href=\"#user-content-fn-%EA%B0%80\" id=\"user-content-fnref-%EA%B0%80\" data-footnote-ref aria-describedby=\"footnote-label\">1</a></sup> 둘<sup><a href=\"#user-content-fn-%EB%82%98\" id=\"user-content-fnref-%EB%82%98\" data-footnote-ref aria-describedby=\"footnote-label\">2</a></sup> 다시<sup><a href=\"#user-content-fn-%EA%B0%80\" id=\"user-content-fnref-%EA%B0%80-2\" data-footnote-ref aria-describedby=\"footnote-label\">1</a></sup></p>\n",
        "<section data-footnotes class=\"footnotes\"><h2 class=\"sr-only\" id=\"footnote-label\">Footnotes</h2>\n",
        "<ol>\n",
        "<li id=\"user-content-fn-%EA%B0%80\">\n",
        "<p>첫째 <a href=\"#user-content-fnref-%EA%B0%80\" data-footnote-backref=\"\" aria-label=\"Back to reference 1\" class=\"data-footnote-backref\">↩</a> <a href=\"#user-content-fnref-%EA%B0%80-2\" data-footnote-backref=\"\" aria-label=\"Back to reference 1-2\" class=\"data-footnote-backref\">↩<sup>2</sup></a></p>\n",
        "</li>\n",
        "<li id=\"user-content-fn-%EB%82%98\">\n",
        "<p>둘째</p>\n",
        "<p>문단 <a href=\"#user-content-fnref-%EB%82%98\" data-footnote-backref=\"\" aria-label=\"Back to reference 2\" class=\"data-footnote-backref\">↩</a></p>\n",
        "</li>\n",
        "</ol>\n",
        "</section>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn quotes() {
    let markdown = "\"인용\"과 '홑', 에\"About Me\"로, 24\"x36\" don't -- --- ...\n";
    assert_eq!(html(markdown), "<p>“인용”과 ‘홑’, 에“About Me”로, 24”x36” don’t – — …</p>\n");
}

#[test]
fn tables() {
    let markdown = "| a |\n|---|\n";
    assert_eq!(html(markdown), "<table><thead><tr><th>a</th></tr></thead></table>\n");
}

#[test]
fn tasks() {
    let markdown = "- [ ] 할 일\n- [x] 한 일\n\n1. 그냥\n";
    let expected = [
        "<ul class=\"contains-task-list\">\n",
        "<li class=\"task-list-item\"><input disabled=\"\" type=\"checkbox\"/>\n",
        "할 일</li>\n",
        "<li class=\"task-list-item\"><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n",
        "한 일</li>\n",
        "</ul>\n",
        "<ol>\n",
        "<li>그냥</li>\n",
        "</ol>\n",
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn tildes() {
    let markdown = "10~20 그리고 30~40, ~~둘~~ ~하나~는 H~2~O\n";
    let expected = ["<p>10<del>20 그리고 30</del>40, <del>둘</del> <del>하나</del>는 H<del>2</del>O</p>\n"];
    assert_eq!(html(markdown), expected.concat());
}
