//! Hexo's tags, against what Hexo 8.1.2 printed.

use super::names;
use crate::dialect::{Dialect, Hexo};
use crate::macros::Syntax;
use crate::whole;

fn hexo(source: &str) -> String {
    whole::html(source, &Dialect::Hexo(Hexo::default()))
}

#[test]
fn a_quotation_names_who_said_it_and_where() {
    let html = hexo("{% blockquote 지은이, 책 %}\n인용한 **글** \"말\"\n\n둘째\n{% endblockquote %}\n");
    assert_eq!(
        html,
        "<blockquote>\n<p>인용한 <strong>글</strong> “말”</p>\n<p>둘째</p>\n<footer><strong>지은이</strong><cite>책</cite></footer></blockquote>\n"
    );
    let html = hexo("{% quote David Lee https://example.org/a/index.html Wide Awake %}글{% endquote %}\n");
    let footer =
        "<strong>David Lee</strong><cite><a href=\"https://example.org/a/index.html\">Wide Awake</a></cite>";
    assert!(html.contains(footer), "{html}");
    let html = hexo("{% quote Seth http://example.org/a/ %}\na\nb\n{% endquote %}\n");
    assert!(html.contains("<p>a<br />\nb</p>"), "{html}");
    assert!(html.contains("<a href=\"http://example.org/a/\">example.org/a</a>"), "{html}");
    let html = hexo("{% pullquote left %}\n글\n{% endpullquote %}\n");
    assert_eq!(html, "<blockquote class=\"pullquote left\">\n<p>글</p>\n</blockquote>\n");
}

#[test]
fn a_quotation_has_ids_and_macros_of_its_own() {
    let html = hexo("{% blockquote %}\n# 제목\n{% endblockquote %}\n\n# 제목\n");
    assert_eq!(html.matches("<h1 id=\"제목\">").count(), 2, "{html}");
    let html = hexo(
        "앞\n{% blockquote %}\n{% codeblock lang:js %}\na\n{% endcodeblock %}\n{% endblockquote %}\n뒤\n",
    );
    assert_eq!(
        html,
        "<p>앞</p>\n<blockquote>\n<pre><code class=\"language-js\">a\n</code></pre>\n</blockquote>\n<p>뒤</p>\n"
    );
}

#[test]
fn what_is_raw_is_html_and_no_paragraph() {
    assert_eq!(hexo("{% raw %}{{ 그대로 }}{% endraw %}\n"), "{{ 그대로 }}\n");
    assert_eq!(
        hexo("앞 {% raw %}{{ 그대로 }} **굵게**{% endraw %} 뒤\n"),
        "<p>앞 {{ 그대로 }} **굵게** 뒤</p>\n"
    );
    let html = hexo("{% raw %}\n# 제목\n\n<div>{{ a }}</div>\n{% endraw %}\n\n## 뒤\n");
    assert_eq!(html, "\n# 제목\n\n<div>{{ a }}</div>\n\n<h2 id=\"뒤\">뒤</h2>\n");
    let html = hexo("{% raw %}\n```js\n{{ a }}\n```\n{% endraw %}\n");
    assert!(html.contains("<pre><code class=\"language-js\">{{ a }}\n</code></pre>"), "{html}");
}

#[test]
fn a_tag_that_begins_a_line_begins_a_block_of_html() {
    let html = hexo("{% asset_link a.png 글 %} 뒤 *글*\n이어\n");
    assert_eq!(html, "<a href=\"a.png\" title=\"글\">글</a> 뒤 *글*\n<p>이어</p>\n");
    let html = hexo("글 {% asset_link a.png %} {% post_link other 다른 글 %} {% post_path other %}\n");
    assert_eq!(
        html,
        "<p>글 <a href=\"a.png\" title=\"a.png\">a.png</a> <a href=\"other\">다른 글</a> other</p>\n"
    );
    assert_eq!(hexo("글**{{ \"x\" }}**글\n"), "<p>글**x**글</p>\n");
}

#[test]
fn a_link_may_say_that_its_words_are_html() {
    let html = hexo("글 {% post_link other#h '가 <b>나</b>' false %} {% post_link other '<b>' %}\n");
    assert_eq!(html, "<p>글 <a href=\"other#h\">가 <b>나</b></a> <a href=\"other\">&lt;b&gt;</a></p>\n");
    let html = hexo("글 {% link 글 둘 https://example.org true 제목 %}\n");
    assert_eq!(html, "<p>글 <a href=\"https://example.org/\" title=\"제목\">글 둘</a></p>\n");
}

#[test]
fn an_image_has_classes_sizes_and_a_title() {
    let image = |arguments: &str| hexo(&format!("{{% asset_img {arguments} %}}\n"));
    assert_eq!(
        image("a.png 300 200 \"제목\" \"설명\""),
        "<img src=\"a.png\" class=\"\" width=\"300\" height=\"200\" title=\"제목 설명\">\n"
    );
    assert_eq!(image("left a.png 설명"), "<img src=\"a.png\" class=\"left\" title=\"설명\">\n");
    assert_eq!(
        image("a.png '\"제목\" \"설명 둘\"'"),
        "<img src=\"a.png\" class=\"\" title=\"제목\" alt=\"설명 둘\">\n"
    );
    assert_eq!(image("\"한 글.png\" \"설명 둘\""), "<img src=\"한 글.png\" class=\"\" title=\"설명 둘\">\n");
    assert_eq!(hexo("{% img left /a.png 30 %}\n"), "<img src=\"/a.png\" class=\"left\" width=\"30\">\n");
}

#[test]
fn code_has_a_caption_and_the_options_of_a_fence() {
    let html = hexo(
        "{% codeblock 제목 lang:js https://example.org/x 글 line_number:false %}\n  a\n  b\n{% endcodeblock %}\n",
    );
    assert_eq!(
        html,
        "<figure class=\"code-figure\">\n<figcaption><span>제목</span><a href=\"https://example.org/x\" rel=\"noopener noreferrer\">글</a></figcaption>\n<pre><code class=\"language-js\">a\nb\n</code></pre>\n</figure>\n"
    );
    let html = hexo("{% codeblock 제목 %}\nlet a\n{% endcodeblock %}\n");
    assert!(html.contains("<figcaption><span>제목</span></figcaption>\n<pre><code class=\"language-plaintext\">let a\n</code></pre>"), "{html}");
    let html = hexo("{% codeblock a highlight:false %}\nx < y\n{% endcodeblock %}\n");
    assert_eq!(html, "<pre><code>x &lt; y\n</code></pre>\n");
    let html = hexo("- 목록 {{ \"x\" }}\n  {% codeblock lang:js %}\n  a\n  {% endcodeblock %}\n- 둘\n");
    assert!(html.contains("목록 x\n<pre><code class=\"language-js\">a\n</code></pre>"), "{html}");
}

#[test]
fn code_and_comments_hold_no_macros() {
    assert!(names("```\n{{ a }}\n```\n", Syntax::Nunjucks).is_empty());
    assert!(names("`{{ a }}` ``{% x ` %}``\n", Syntax::Nunjucks).is_empty());
    assert_eq!(names("` {{ a }}\n\n`", Syntax::Nunjucks), ["|a"]);
    assert_eq!(
        hexo("`{{ a }}` `{% raw %}{{ b }}{% endraw %}`\n"),
        "<p><code>{{ a }}</code> <code>{{ b }}</code></p>\n"
    );
    assert_eq!(names("<!-- {{ a }} -->", Syntax::Nunjucks), ["comment|"]);
    assert_eq!(
        hexo("<!-- more -->\n\n글 <!-- {{ a }}\n\n-->끝\n"),
        "<span id=\"more\"></span>\n<p>글 <!-- {{ a }}\n\n-->끝</p>\n"
    );
    assert_eq!(hexo("{# 주석 #}\n글 {# 주석 #} 글\n"), "\n<p>글  글</p>\n");
}

#[test]
fn a_macro_in_a_heading_is_no_part_of_its_id() {
    let html = hexo("## xxxxxxxx 제목 {{ \"글\" }}\n");
    assert_eq!(html, "<h2 id=\"xxxxxxxx-제목\">xxxxxxxx 제목 글</h2>\n");
}

#[test]
fn a_macro_in_an_attribute_is_a_path() {
    let html = hexo("<a href=\"{% post_path other %}\">글</a>\n");
    assert_eq!(html, "<p><a href=\"{% post_path other %}\">글</a></p>\n");
    let html = hexo("    {{ title }}\n");
    assert_eq!(html, "<pre><code>{{ title }}\n</code></pre>\n");
}
