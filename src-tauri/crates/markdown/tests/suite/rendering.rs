//! What each construct becomes.

use postwright_markdown::{Dialect, Hexo, Hugo, MAX_BODY_BYTES, Options, Preview, Refusal};

use crate::{blocks, html, options};

#[test]
fn a_text_is_cut_into_top_level_blocks_that_cover_its_lines() {
    let text = "---\ntitle: x\n---\n\n# 제목\n\n본문\n둘째 줄\n\n\n- a\n- b\n\n```rust\nfn a() {}\n```";
    let (preview, patch) = Preview::new(text, 17, options());
    assert_eq!(patch.first_line, 4);
    let lines: Vec<_> = preview.blocks().iter().map(|block| block.lines).collect();
    assert_eq!(lines, [2, 4, 3, 3]);
    assert!(preview.blocks()[3].html.contains("data-language=\"rust\""));
}

#[test]
fn a_text_without_blocks_has_lines_before_the_first() {
    let (preview, patch) = Preview::new("---\na: b\n---\n\n", 13, options());
    assert!(preview.blocks().is_empty() && patch.ops.is_empty());
    assert_eq!(patch.first_line, 4);
}

#[test]
fn headings_get_ids_as_on_github() {
    assert_eq!(
        blocks("# Rust `한글` 개요\n\n## 개요\n\n## 개요\n"),
        [
            "<h1 id=\"rust-한글-개요\">Rust <code>한글</code> 개요</h1>",
            "<h2 id=\"개요\">개요</h2>",
            "<h2 id=\"개요-1\">개요</h2>"
        ]
    );
}

#[test]
fn tables_carry_their_alignment_without_style() {
    let table = html("|a|b|c|\n|-|:-:|-:|\n|1|`x`|3|\n");
    assert_eq!(
        table,
        "<table><thead><tr><th>a</th><th align=\"center\">b</th><th align=\"right\">c</th></tr></thead><tbody>\n\
         <tr><td>1</td><td align=\"center\"><code>x</code></td><td align=\"right\">3</td></tr>\n</tbody></table>"
    );
}

#[test]
fn how_an_element_of_the_writers_own_looks_and_its_id_are_kept() {
    let text = "<p id=\"place\" style=\"text-align: center; position: fixed\"><span style=\"color:red\">가</span></p>\n";
    assert_eq!(
        html(text).trim_end(),
        "<p id=\"place\" style=\"text-align:center\"><span style=\"color:red\">가</span></p>"
    );
}

/// As Hexo 8.1 builds it.
#[test]
fn lines_of_indented_code_have_no_numbers() {
    let blocks = |text: &str| -> Vec<bool> {
        let dialect = Dialect::Hexo(Hexo::default());
        let (preview, _) = Preview::new(text, 0, Options { dialect, ..options() });
        preview.blocks().iter().map(|block| block.html.contains("data-n=")).collect()
    };
    assert_eq!(blocks("글\n\n    code\n\n```\ncode\n```\n\n```js\nx\n```\n"), [false, false, true, true]);
    assert_eq!(blocks("- 글\n\n      code\n\n> ```\n> code\n> ```\n"), [false, true]);
    assert_eq!(blocks("{% codeblock %}\nx\n{% endcodeblock %}\n"), [true]);
}

#[test]
fn what_old_posts_write_is_kept() {
    let text = "<a name=\"place\"></a> <font color=\"red\" size=\"5\" onclick=\"x\">가</font> <big>나</big> <b name=\"n\">다</b>\n";
    assert_eq!(
        html(text).trim_end(),
        "<p><a name=\"place\" rel=\"noopener noreferrer\"></a> <font color=\"red\" size=\"5\">가</font> <big>나</big> <b>다</b></p>"
    );
}

#[test]
fn tasks_show_boxes_that_cannot_be_changed() {
    let list = html("- [x] 했다\n- [ ] 할 것\n");
    assert_eq!(list.matches("type=\"checkbox\"").count(), 2);
    assert_eq!(list.matches("disabled=\"\"").count(), 2);
    assert_eq!(list.matches("checked=\"\"").count(), 1);
}

#[test]
fn local_images_come_from_the_base_and_remote_ones_are_named() {
    assert_eq!(
        html("![책상](dsd_office2.jpg \"제목\")"),
        "<p><img src=\"postwright://localhost/post/12/dsd_office2.jpg\" alt=\"책상\" title=\"제목\"></p>"
    );
    assert!(
        html("![](/images/한.png)").contains("\"postwright://localhost/post/12/%2Fimages%2F%ED%95%9C.png\"")
    );
    assert!(
        html("<img src=\"../a.png\" width=\"10\">").contains("\"postwright://localhost/post/12/..%2Fa.png\"")
    );
    assert_eq!(
        html("![가 *나*](https://cdn.example.com/a.png)"),
        "<p><span class=\"remote-image\">가 나 <span class=\"remote-host\">cdn.example.com</span></span></p>"
    );
    assert_eq!(html("![x](data:image/png;base64,AA==)"), "<p><span class=\"remote-image\">x</span></p>");
    for raw in [
        "https://a.example/x.png",
        "//a.example/x.png",
        "data:image/png;base64,AA",
        "postwright://localhost/post/1/a",
    ] {
        assert!(!html(&format!("<img src=\"{raw}\" alt=\"x\">")).contains("src="), "{raw}");
    }
}

#[test]
fn raw_html_that_reaches_over_blocks_is_one_block() {
    let text =
        "앞\n\n<details>\n<summary>펼치기</summary>\n\n**안**\n\n```js\nlet a\n```\n\n</details>\n\n뒤\n";
    let blocks = blocks(text);
    assert_eq!(blocks.len(), 3, "{blocks:?}");
    assert!(
        blocks[1].starts_with("<details>\n<summary>펼치기</summary>\n<p><strong>안</strong></p>"),
        "{}",
        blocks[1]
    );
    assert!(
        blocks[1].contains("data-language=\"js\"><code><span class=\"line\"><span class=\"kd\">let"),
        "{}",
        blocks[1]
    );
    assert!(blocks[1].ends_with("</details>"));
    assert_eq!(crate::blocks("<div>\n\n가\n\n나\n").len(), 3, "what is never closed holds nothing");
}

#[test]
fn footnotes_are_numbered_by_their_first_reference_and_gathered_at_the_end() {
    let blocks = blocks("[^b]: 둘\n\n가[^a] 나[^b] 다[^a]\n\n[^a]: 하나\n\n[^c]: 없음\n");
    assert_eq!(blocks.len(), 5, "{blocks:?}");
    assert_eq!([&blocks[0], &blocks[2], &blocks[3]], ["", "", ""], "definitions show nothing in their place");
    let numbers: Vec<_> =
        blocks[1].match_indices("</a></sup>").map(|(at, _)| &blocks[1][at - 1..at]).collect();
    assert_eq!(numbers, ["1", "2", "1"]);
    let (one, two) = (blocks[4].find("하나").unwrap(), blocks[4].find("둘").unwrap());
    assert!(one < two && !blocks[4].contains("없음"), "{}", blocks[4]);
}

#[test]
fn code_in_a_list_is_coloured_too() {
    let list = html("- a\n\n  ```rust\n  fn main() {}\n  ```\n");
    assert!(
        list.contains("data-language=\"rust\"><code><span class=\"line\"><span class=\"k\">fn</span>"),
        "{list}"
    );
}

#[test]
fn links_open_nothing_in_the_opener() {
    assert_eq!(
        html("[가](https://example.com/?a=1&b=2 \"t\") <me@example.com> [나](#개요) [다](../x/)"),
        "<p><a href=\"https://example.com/?a=1&amp;b=2\" title=\"t\" rel=\"noopener noreferrer\">가</a> \
         <a href=\"mailto:me@example.com\" rel=\"noopener noreferrer\">me@example.com</a> \
         <a href=\"#%EA%B0%9C%EC%9A%94\" rel=\"noopener noreferrer\">나</a> \
         <a href=\"../x/\" rel=\"noopener noreferrer\">다</a></p>"
    );
}

#[test]
fn a_body_that_is_too_large_empties_the_list_and_comes_back() {
    let (mut preview, _) = Preview::new("# a\n", 0, Options::default());
    let large = format!("{}\n\n", "가나다 라마바 ".repeat(10)).repeat(MAX_BODY_BYTES / 402);
    let patch = preview.replace(&large, 0);
    assert_eq!(patch.refused, None);
    let larger = large.repeat(2);
    let patch = preview.replace(&larger, 0);
    assert_eq!(patch.refused, Some(Refusal::TooLarge { bytes: larger.len(), limit: MAX_BODY_BYTES }));
    assert!(preview.blocks().is_empty());
    let patch = preview.replace("# a\n", 0);
    assert_eq!((patch.refused, preview.blocks().len()), (None, 1));
}

/// Hugo 0.168.
#[test]
fn hugo_s_highlight_numbers_and_marks_lines() {
    let code = |source: &str, dialect: Hugo| {
        let options = Options { dialect: Dialect::Hugo(dialect), ..Options::default() };
        Preview::new(source, 0, options).0.blocks()[0].html.to_string()
    };
    let source =
        "{{< highlight go \"linenos=inline, hl_lines=2-3 5,linenostart=7\" >}}\na\nb\n{{< /highlight >}}\n";
    let html = code(source, Hugo::default());
    assert!(html.contains("\"line\" data-n=\"7\"") && html.contains("\"line hl\" data-n=\"8\""), "{html}");
    let numbered = Hugo { line_numbers: true, ..Hugo::default() };
    for (source, has_numbers) in [
        ("{{< highlight go >}}\na\n{{< /highlight >}}\n", true),
        ("```go\na\n```\n", true),
        ("```text\na\n```\n", true),
        ("```go {linenos=false}\na\n```\n", false),
        ("```\na\n```\n", false),
        ("```nope\na\n```\n", false),
    ] {
        let html = code(source, numbered.clone());
        assert_eq!(html.contains("data-n=\"1\""), has_numbers, "{source}: {html}");
    }
}
