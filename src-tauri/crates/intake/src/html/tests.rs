//! HTML as people copy and save it, and the Markdown that it becomes.

use super::*;

fn clip(html: &str) -> String {
    markdown_of_clip(html).unwrap().map(|from| from.markdown).unwrap_or_default()
}

#[track_caller]
fn assert_clip(html: &str, markdown: &str) {
    assert_eq!(clip(html).trim_end(), markdown);
}

#[test]
fn headings_paragraphs_and_marks() {
    assert_clip(
        "<h2>하나 <em>둘</em></h2><p>a <b>b</b> <i>c</i> <s>d</s> <code>e`f</code></p>",
        "## 하나 *둘*\n\na **b** *c* ~~d~~ ``e`f``",
    );
    assert_clip(
        "<p>위<br>아래<br><br>새 단락 <b>굵게<br>이어서</b></p>",
        "위\\\n아래\n\n새 단락 **굵게\\\n이어서**",
    );
    assert_clip("<h1>C # D</h1><p># 아님</p>", "# C # D\n\n\\# 아님");
    assert_clip("H<sub>2</sub>O <kbd>Ctrl</kbd>", "H<sub>2</sub>O <kbd>Ctrl</kbd>");
}

#[test]
fn lists_of_all_kinds() {
    assert_clip(
        "<ol start=3><li>셋<ul><li>안<li>또</ul><li>넷</ol><ol><li>새로</ol>",
        "3. 셋\n   - 안\n   - 또\n4. 넷\n\n1) 새로",
    );
    assert_clip("<ul><li><p>하나</p><p>둘</p></li><li>셋</li></ul>", "- 하나\n\n  둘\n\n- 셋");
    assert_clip(
        "<ul><li><input type=checkbox checked> 한 일<li><input type=checkbox>할 일</ul>",
        "- [x] 한 일\n- [ ] 할 일",
    );
    assert_clip("<ul><li>밖<ul></ul><ul><li>안</ul></ul>", "- 밖\n  - 안");
    assert_clip("<ul><li>밖</li><ul><li>옆에 쓴 안</li></ul></ul>", "- 밖\n  - 옆에 쓴 안");
}

#[test]
fn code_with_its_language() {
    assert_clip("<pre><code class='language-rust'>fn a() {}\n</code></pre>", "```rust\nfn a() {}\n```");
    assert_clip("<pre data-ke-language='java'><code>a;</code></pre>", "```java\na;\n```");
    assert_clip("<pre class='hljs python'>a<br>b</pre>", "```python\na\nb\n```");
    assert_clip("<pre><span>a<br>  b</span></pre>", "```\na\n  b\n```");
    assert_clip("<div class='highlight highlight-source-shell'><pre>ls</pre></div>", "```shell\nls\n```");
    assert_clip("<pre>```\nfence\n```</pre>", "````\n```\nfence\n```\n````");
    assert_clip(
        "<figure class='highlight js'><table><tr><td class=gutter><pre>1\n2</pre></td><td class=code><pre>a\nb</pre></td></tr></table></figure>",
        "```js\na\nb\n```",
    );
}

#[test]
fn tables_with_alignment_and_pipes() {
    assert_clip(
        "<table><tr><th>이름<th align=right>값<tr><td>a|b<td><code>c|d</code><tr><td>줄<br>둘</table>",
        "| 이름 | 값 |\n| --- | --: |\n| a\\|b | `c\\|d` |\n| 줄<br>둘 |  |",
    );
    assert_clip("<table><tr><td>한 칸<p>글</table>", "한 칸\n\n글");
    assert_clip(
        "<table><tr><th colspan=2>넓게<tr><td rowspan=2>a<td>b<tr><td>c</table>",
        "| 넓게 |  |\n| --- | --- |\n| a | b |\n|  | c |",
    );
}

#[test]
fn quotations_pictures_and_captions() {
    assert_clip("<blockquote><p>하나<p>둘</blockquote>", "> 하나\n>\n> 둘");
    assert_clip(
        "<figure><img src=a.png alt=그림><figcaption>설명</figcaption></figure>",
        "![그림](a.png)\n\n*설명*",
    );
    assert_clip(
        "<p><a href=/x><img data-src=b.png src='data:image/gif;base64,R0lGOD'></a></p>",
        "[![](b.png)](/x)",
    );
    assert_clip(
        "<details><summary>접음</summary><p>안</p></details>",
        "<details>\n<summary>접음</summary>\n\n안\n\n</details>",
    );
}

#[test]
fn footnotes_are_markdowns() {
    assert_clip(
        "<p>말<sup id=r1><a href='#n1'>1</a></sup>은</p><hr><section class=footnotes><ol><li id=n1><p>뜻 <a href='#r1'>↩</a></p></li></ol></section><p>끝</p>",
        "말[^1]은\n\n---\n\n끝\n\n[^1]: 뜻",
    );
}

#[test]
fn a_clip_of_colours_alone_is_plain_text() {
    let of_editor = "<meta charset='utf-8'><div style=\"color:#ccc;font-family:'Fira Code', monospace;white-space: pre;\"><div><span style='color:#f00'>fn</span> a()</div></div>";
    assert_eq!(markdown_of_clip(of_editor).unwrap(), None);
    assert_eq!(markdown_of_clip("<span>a</span><br>b").unwrap(), None);
    assert_eq!(markdown_of_clip("<b style='font-weight:normal'><span>a</span></b>").unwrap(), None);
    assert!(markdown_of_clip("<p>a <b>b</b></p>").unwrap().is_some());
}

#[test]
fn a_picture_in_the_html_itself_is_kept_apart() {
    let data = "A".repeat(400);
    let from =
        markdown_of_clip(&format!("<img alt=점 src='data:image/png;base64,{data}'>")).unwrap().unwrap();
    assert_eq!(from.markdown, "![점](picture-1.png)\n");
    assert_eq!(from.images, [EmbeddedImage { reference: "picture-1.png".to_owned(), base64: data }]);
}

const PAGE: &str = "<!doctype html><html><head><title>글 하나 :: 어떤 블로그</title><meta property='og:title' content='글 하나'>
<meta property='article:published_time' content='2021-03-09T10:20:00+09:00'></head><body class='has-sidebar'>
<div id=header><ul><li><a href=/>홈</a><li><a href=/tag>태그</a></ul></div><div class=container><div class='area_view'>
<h1>글 하나</h1><div class='tt_article_useless_p_margin contents_style'><p>첫 단락은 이 글의 대부분을 이루는 긴 이야기를 한다. 길게 이어진다.</p>
<div class='revenue_unit_wrap adsense'>광고 글</div><h3>둘째</h3><p>둘째 단락도 마찬가지로 길게 이어지는 이야기다. 그렇다.</p></div>
<div class=another_category>다른 글 <a href=/2>보기</a></div><a rel=tag href=/t/rust>Rust</a></div><div class=comments>댓글 하나</div></div>
<script>var a = '<p>';</script></body></html>";

#[test]
fn a_page_gives_its_post_and_what_it_says_about_it() {
    let from = markdown_of_page(PAGE).unwrap();
    assert_eq!(from.details.title.as_deref(), Some("글 하나"));
    assert_eq!(from.details.date.as_deref(), Some("2021-03-09T10:20:00+09:00"));
    assert_eq!(from.details.tags, ["Rust"]);
    assert_eq!(
        from.markdown,
        "첫 단락은 이 글의 대부분을 이루는 긴 이야기를 한다. 길게 이어진다.\n\n### 둘째\n\n둘째 단락도 마찬가지로 길게 이어지는 이야기다. 그렇다.\n"
    );
    let unnamed = PAGE.replace("tt_article_useless_p_margin contents_style", "");
    assert!(markdown_of_page(&unnamed).unwrap().markdown.contains("### 둘째"));
}

#[test]
fn what_would_take_too_long_is_bounded() {
    for html in [
        "<div>".repeat(20_000),
        "<ul><li>".repeat(10_000),
        "<blockquote>".repeat(10_000) + "x",
        "<b>".repeat(20_000) + "x",
        "<b>a<i>b</b>c</i>".repeat(4_000),
        "<table><tr><td>".repeat(5_000),
        "<p>*_`[".repeat(4_000),
        "*".repeat(30_000),
        "[".repeat(30_000),
        "<a href='#a' id=b>x</a><li id=a><a href='#b'>y</a>".repeat(2_000),
    ] {
        _ = markdown_of_clip(&html);
        _ = markdown_of_page(&html);
    }
}
