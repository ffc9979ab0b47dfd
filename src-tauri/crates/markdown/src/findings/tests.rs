use super::*;
use crate::dialect::{Astro, CommonMark, Hexo, Hugo, Jekyll, Zola};

fn findings(text: &str, body_start: usize, dialect: &Dialect) -> Vec<Finding> {
    look_through(text, body_start, dialect).findings
}

fn commonmark(text: &str) -> Vec<Finding> {
    findings(text, 0, &Dialect::CommonMark(CommonMark::default()))
}

fn mended(text: &str, finding: &Finding) -> String {
    let mut text = text.to_owned();
    for change in finding.mend.iter().rev() {
        text.replace_range(change.from..change.to, &change.insert);
    }
    text
}

#[test]
fn a_mark_that_will_be_printed_is_found_and_mended() {
    for (text, expected) in [
        ("이것은 **강조(설명)**는 글\n", "이것은 **강조(설명)**&#8288;는 글\n"),
        ("앞은**(중요)** 뒤\n", "앞은&#8288;**(중요)** 뒤\n"),
        ("# **\"인용\"**이다\n", "# **\"인용\"**&#8288;이다\n"),
        ("- 하나\n- **100%**는\n", "- 하나\n- **100%**&#8288;는\n"),
    ] {
        let found = commonmark(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].kind, FindingKind::PrintedMark { mark: "**".to_owned() });
        assert_eq!(mended(text, &found[0]), expected);
        assert!(commonmark(expected).is_empty(), "{expected}");
    }
}

#[test]
fn good_marks_and_code_are_no_findings() {
    for text in ["**강조**는 글\n", "2 ** 3\n", "`**a**`\n", "```\n**(a)**는\n```\n", "\\*\\*(a)\\*\\*는\n"]
    {
        assert!(commonmark(text).is_empty(), "{text}: {:?}", commonmark(text));
    }
}

#[test]
fn ranges_that_are_struck_out_are_found_in_every_engine_that_does_it() {
    let text = "가격은 10~20 그리고 30~40 이다, ~~지움~~ ~하나~\n";
    let engines = [
        Dialect::CommonMark(CommonMark::default()),
        Dialect::Hugo(Hugo::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Astro(Astro::default()),
    ];
    for dialect in &engines {
        let found = findings(text, 0, dialect);
        let [one] = found.as_slice() else { panic!("{dialect:?}: {found:?}") };
        assert_eq!(one.kind, FindingKind::StruckOut { text: "20 그리고 30".to_owned() });
        assert_eq!(&text[one.span.clone()], "~20 그리고 30~");
        let expected = "가격은 10\\~20 그리고 30\\~40 이다, ~~지움~~ ~하나~\n";
        assert_eq!(mended(text, one), expected);
        assert_eq!(findings(expected, 0, dialect), [], "{dialect:?}");
    }
    for dialect in [Dialect::Jekyll(Jekyll::default()), Dialect::Zola(Zola::default())] {
        assert_eq!(findings(text, 0, &dialect), [], "{dialect:?}");
    }
}

#[test]
fn offsets_count_in_the_whole_text() {
    let text = "---\na: 1\n---\n**(가)**는\n";
    let found = findings(text, 13, &Dialect::default());
    assert_eq!(&text[found[0].span.clone()], "**(가)**");
    assert_eq!(mended(text, &found[0]), "---\na: 1\n---\n**(가)**&#8288;는\n");
}

#[test]
fn bullets_that_are_only_text_become_a_list() {
    let text = "• 하나\n• 둘\n";
    let found = commonmark(text);
    assert_eq!(found[0].kind, FindingKind::TextBullet { bullet: '•' });
    assert_eq!(mended(text, &found[0]), "- 하나\n- 둘\n");
    assert!(commonmark("• 하나뿐\n").is_empty());
}

#[test]
fn macros_in_code_are_escaped_in_their_own_way() {
    let text = "`{{ page.title }}` 를 쓴다\n";
    let found = findings(text, 0, &Dialect::Jekyll(Jekyll::default()));
    assert_eq!(mended(text, &found[0]), "{% raw %}`{{ page.title }}`{% endraw %} 를 쓴다\n");
    assert!(findings(&mended(text, &found[0]), 0, &Dialect::Jekyll(Jekyll::default())).is_empty());
    let text = "```\n{{< figure >}}\n```\n";
    let found = findings(text, 0, &Dialect::Hugo(Hugo::default()));
    assert_eq!(mended(text, &found[0]), "```\n{{</* figure */>}}\n```\n");
    assert!(findings("{{< figure src=\"a\" >}}\n", 0, &Dialect::Hugo(Hugo::default())).is_empty());
    let text = "`{{ a }}`\n\n    {% b %}\n\n```\n{{ c }}\n```\n";
    assert!(findings(text, 0, &Dialect::Hexo(Hexo::default())).is_empty(), "Hexo runs none of them");
}

#[test]
fn links_and_headings_know_each_other() {
    let found =
        commonmark("# 가\n\n# 가\n\n[a](#가) [b](#%EA%B0%80-1) [c](#나) [d](#e)\n\n<a id=\"e\"></a>\n");
    let kinds: Vec<_> = found.into_iter().map(|finding| finding.kind).collect();
    assert_eq!(
        kinds,
        [
            FindingKind::RepeatedHeadingId { wanted: "가".to_owned(), given: "가-1".to_owned() },
            FindingKind::MissingAnchor { anchor: "나".to_owned() },
        ]
    );
}

/// Found by the fuzzer: kramdown's paragraph ended behind the text.
#[test]
fn a_text_without_a_last_newline_is_read_to_its_end() {
    for text in ["> [", "가", "•", "• 하나\n• 둘"] {
        for dialect in [Dialect::Jekyll(Jekyll::default()), Dialect::Hugo(Hugo::default())] {
            let found = findings(text, 0, &dialect);
            assert!(found.iter().all(|finding| finding.span.end <= text.len()), "{text}: {found:?}");
        }
    }
}

#[test]
fn fences_that_are_not_taken_as_they_are_meant() {
    let kinds = |text: &str, dialect: &Dialect| -> Vec<FindingKind> {
        findings(text, 0, dialect).into_iter().map(|finding| finding.kind).collect()
    };
    let hugo = Dialect::Hugo(Hugo::default());
    let unknown = FindingKind::UnknownLanguage { name: "klingon".to_owned() };
    assert_eq!(kinds("```klingon\nx\n```\n", &hugo), [unknown]);
    assert!(kinds("```go\nx\n```\n", &hugo).is_empty());
    let ends = FindingKind::BadFence { problem: FenceProblem::EndsTheBuild };
    assert_eq!(kinds("```js {1,3-5}\nx\n```\n", &hugo), [ends]);
    let text = "```ruby title\nputs 1\n```\n";
    let found = findings(text, 0, &Dialect::Jekyll(Jekyll::default()));
    assert_eq!(found[0].kind, FindingKind::BadFence { problem: FenceProblem::NoFence });
    assert_eq!(mended(text, &found[0]), "```ruby\nputs 1\n```\n");
}

/// As kramdown 2.4 reads it: the line that should close the fence opens one, up to the end of the next.
#[test]
fn a_fence_that_kramdown_does_not_see_is_found_before_others_too() {
    let jekyll = Dialect::Jekyll(Jekyll::default());
    let text = "```go title=\"x\"\na\n```\n\n글\n\n```js\nb\n```\n";
    let found = findings(text, 0, &jekyll);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(&text[found[0].span.clone()], "```go title=\"x\"");
    assert_eq!(mended(text, &found[0]), "```go\na\n```\n\n글\n\n```js\nb\n```\n");
    for good in ["``` a b ``` 글\n", "    ``` a b\n", "~~~\n``` a b\n~~~\n", "``` ruby \nb\n```\n"] {
        assert_eq!(findings(good, 0, &jekyll), [], "{good}");
    }
}

#[test]
fn images_of_the_site_are_named_with_their_places() {
    let text = "---\n---\n![가](a%20b.png) ![나](https://x.org/c.png)\n";
    let look = look_through(text, 8, &Dialect::default());
    assert_eq!(look.images.len(), 1);
    assert_eq!((look.images[0].0.as_str(), &text[look.images[0].1.clone()]), ("a b.png", "![가](a%20b.png)"));
}

#[test]
fn images_in_html_are_named_where_the_site_keeps_it() {
    let text = "글 <img src=\"a.png\">\n\n<p align=\"center\"><img width=\"3\" src=\"/b%20c.png\"></p>\n";
    let references = |dialect: Dialect| -> Vec<String> {
        look_through(text, 0, &dialect).images.into_iter().map(|(reference, _)| reference).collect()
    };
    for dialect in [
        Dialect::Jekyll(Jekyll::default()),
        Dialect::Zola(Zola::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Astro(Astro::default()),
        Dialect::Hugo(Hugo { raw_html: true, ..Hugo::default() }),
    ] {
        assert_eq!(references(dialect.clone()), ["a.png", "/b c.png"], "{dialect:?}");
    }
    assert!(references(Dialect::Hugo(Hugo::default())).is_empty());
}

#[test]
fn what_the_preview_does_not_load_is_a_note_where_the_site_prints_it() {
    let text = "가 <iframe src=\"https://www.youtube.com/embed/x\"></iframe>\n\n<video\n src=\"/a.mp4\"></video>\n\n`<svg>`\n";
    let spans = |dialect: &Dialect| -> Vec<(String, Option<String>, &str)> {
        let found = findings(text, 0, dialect).into_iter().filter_map(|finding| match finding.kind {
            FindingKind::NotLoaded { element, host } => Some((element, host, &text[finding.span])),
            _ => None,
        });
        found.collect()
    };
    let expected = [
        (
            "iframe".to_owned(),
            Some("www.youtube.com".to_owned()),
            "<iframe src=\"https://www.youtube.com/embed/x\">",
        ),
        ("video".to_owned(), None, "<video\n src=\"/a.mp4\">"),
    ];
    for dialect in [
        Dialect::CommonMark(CommonMark::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Astro(Astro::default()),
        Dialect::Zola(Zola::default()),
        Dialect::Hugo(Hugo { raw_html: true, ..Hugo::default() }),
    ] {
        assert_eq!(spans(&dialect), expected, "{dialect:?}");
    }
    // A frame within a line is text to kramdown.
    let of_jekyll = spans(&Dialect::Jekyll(Jekyll::default()));
    assert_eq!(of_jekyll.iter().map(|(element, ..)| element.as_str()).collect::<Vec<_>>(), ["video"]);
    assert_eq!(spans(&Dialect::Hugo(Hugo::default())), []);
}

#[test]
fn macros_that_name_pages_are_told_with_their_places() {
    let pages = |text: &str, start, dialect: Dialect| {
        let pages = look_through(text, start, &dialect).pages;
        pages.into_iter().map(|(page, span)| (page, text[span].to_owned())).collect::<Vec<_>>()
    };
    let hugo = "---\n---\n[a]({{< ref \"b.md#x\" >}}) {{</* ref \"c\" */>}} {{< relref \"#here\" >}} {{< ref path=\"d\" lang=\"ko\" >}}\n";
    let expected = (PageReference::HugoPage("b.md".to_owned()), "{{< ref \"b.md#x\" >}}".to_owned());
    assert_eq!(pages(hugo, 8, Dialect::Hugo(Hugo::default())), [expected]);
    let jekyll = "[a]({% post_url 2020-01-01-b %}) {% raw %}{% post_url c %}{% endraw %} {% link {{ x }} %} {% link d.md %}\n";
    let found = pages(jekyll, 0, Dialect::Jekyll(Jekyll::default()));
    assert_eq!(
        found.iter().map(|(page, _)| page.clone()).collect::<Vec<_>>(),
        [PageReference::JekyllPost("2020-01-01-b".to_owned()), PageReference::JekyllFile("d.md".to_owned())]
    );
    assert!(pages(jekyll, 0, Dialect::default()).is_empty());
}

/// Sätteri 0.10, `mdxToJs`: each of them is an error.
#[test]
fn what_mdx_does_not_have_is_found_and_mended() {
    let mdx = Dialect::Astro(Astro::default()).for_file_name("a.mdx");
    for (text, expected) in [
        ("글 <https://example.com/a> 뒤\n", "글 [https://example.com/a](https://example.com/a) 뒤\n"),
        ("<a@example.com>\n", "[a@example.com](mailto:a@example.com)\n"),
        ("<!-- 말\n\n말 -->\n글\n", "{/* 말\n\n말 */}\n글\n"),
        ("글 <!-- 말 --> 뒤\n", "글 {/* 말 */} 뒤\n"),
    ] {
        let found = findings(text, 0, &mdx);
        let [one] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert!(matches!(one.kind, FindingKind::NotMdx { .. }), "{one:?}");
        assert_eq!(mended(text, one), expected);
        assert_eq!(findings(expected, 0, &mdx), []);
        assert_eq!(findings(text, 0, &Dialect::Astro(Astro::default())), []);
    }
    let text = "`<!-- a -->` https://example.com {/* <!-- b --> */}\n\n```\n<!-- c -->\n{x}\n```\n";
    assert_eq!(findings(text, 0, &mdx), []);
}

#[test]
fn images_that_macros_show_are_named() {
    let references = |text: &str, dialect: Dialect| -> Vec<String> {
        look_through(text, 0, &dialect).images.into_iter().map(|(reference, _)| reference).collect()
    };
    let hugo = "{{< figure src=\"/a b&c.png\" >}}\n\n글 {{% figure src=\"%ED%95%9C.png\" %}}\n\n{{< details >}}\n{{< figure src=\"d.png\" >}}\n{{< /details >}}\n\n{{</* figure src=\"e.png\" */>}} {{< figure src=\"https://x.org/c.png\" >}}\n";
    let with_html = Hugo { raw_html: true, ..Hugo::default() };
    assert_eq!(references(hugo, Dialect::Hugo(with_html)), ["/a b&c.png", "한.png", "d.png"]);
    let hexo = "{% asset_img cls a&b.png 300 200 \"title\" %}\n\n글 {% img /images/c.png %} `{% asset_img no.png %}`\n\n{% blockquote %}\n{% asset_img d.png %}\n{% endblockquote %}\n";
    assert_eq!(references(hexo, Dialect::Hexo(Hexo::default())), ["a&b.png", "/images/c.png", "d.png"]);
    let jekyll = "{% include figure image_path=\"/assets/a.png\" alt=\"x\" %}\n\n글 {% include figure.html path='assets/b.png' %} {% include nav.html path=\"c.png\" %} {% include figure image_path=page.image %} {% include figure image_path=\"https://x.org/c.png\" %}\n";
    assert_eq!(references(jekyll, Dialect::Jekyll(Jekyll::default())), ["/assets/a.png", "/assets/b.png"]);
}

#[test]
fn each_mark_of_a_line_is_found() {
    let engines = [
        Dialect::CommonMark(CommonMark::default()),
        Dialect::Hugo(Hugo::default()),
        Dialect::Zola(Zola::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Astro(Astro::default()),
    ];
    for (text, expected) in [
        ("**가(나)**는 **다** **\"라\"**와 글\n", ["**가(나)**", "**\"라\"**"].as_slice()),
        ("> **가(나)**는 `**` *다* **다:**라\n", &["**가(나)**", "**다:**"]),
        (
            "|a|b|\n|-|-|\n|**가(나)**는|**다(라)**는 **마(바)**는|\n",
            &["**가(나)**", "**다(라)**", "**마(바)**"],
        ),
    ] {
        for dialect in &engines {
            let found = findings(text, 0, dialect);
            let spans: Vec<_> = found.iter().map(|finding| &text[finding.span.clone()]).collect();
            assert_eq!(spans, expected, "{dialect:?}");
            let mended = found.iter().rev().fold(text.to_owned(), |text, finding| mended(&text, finding));
            assert_eq!(findings(&mended, 0, dialect), [], "{mended}");
        }
    }
}

#[test]
fn links_of_html_lead_somewhere_too() {
    let text = "# 가\n\n<a name=\"there\"></a> <a href=\"#there\">1</a> <a class=x href='#%EA%B0%80'>2</a> <a href=\"#\">3</a>\n\n<p>\n<A href=\"#nowhere\">4</A> <area href=\"#other\"> <a href=\"/x#y\">5</a>\n</p>\n";
    let missing = FindingKind::MissingAnchor { anchor: "nowhere".to_owned() };
    for dialect in [
        Dialect::CommonMark(CommonMark::default()),
        Dialect::Jekyll(Jekyll::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Hugo(Hugo { raw_html: true, ..Hugo::default() }),
    ] {
        let found = findings(text, 0, &dialect);
        let anchors = found.iter().filter(|one| matches!(one.kind, FindingKind::MissingAnchor { .. }));
        let anchors: Vec<_> = anchors.collect();
        assert_eq!(anchors.len(), 1, "{dialect:?}: {found:?}");
        assert_eq!(anchors[0].kind, missing);
        assert_eq!(&text[anchors[0].span.clone()], "#nowhere", "{dialect:?}");
    }
}

#[test]
fn marks_that_are_paired_with_others_are_found_and_mended() {
    let engines = [
        Dialect::CommonMark(CommonMark::default()),
        Dialect::Hugo(Hugo::default()),
        Dialect::Zola(Zola::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Astro(Astro::default()),
    ];
    let text = "글 **\"라\"**와 앞**(마)** 뒤\n";
    for dialect in &engines {
        let found = findings(text, 0, dialect);
        let told: Vec<_> = found.iter().map(|one| (one.kind.clone(), &text[one.span.clone()])).collect();
        let mispaired = |text: &str| FindingKind::MispairedMark { text: text.to_owned() };
        let expected = [(mispaired("\"라\""), "**\"라\"**"), (mispaired("(마)"), "**(마)**")];
        assert_eq!(told, expected, "{dialect:?}");
        let mut text = text.to_owned();
        for _ in 0..2 {
            let Some(first) = findings(&text, 0, dialect).into_iter().next() else { break };
            text = mended(&text, &first);
        }
        assert_eq!(findings(&text, 0, dialect), [], "{text}");
    }
    assert_eq!(findings(text, 0, &Dialect::Jekyll(Jekyll::default())), []);
    for good in [
        "**가** 나 **다** __라__ ***마*** *바 **사** 아*\n",
        "**가 **나** 다**\n",
        "2**3 그리고 4**5 또 **6**\n",
        "**가\n나** **다**\n",
        "[**가**](a) `**` **나 `**` 다** \\**라**\n",
    ] {
        for dialect in &engines {
            assert_eq!(findings(good, 0, dialect), [], "{good} {dialect:?}");
        }
    }
}

/// A mend reads its paragraph again.
#[test]
fn a_paragraph_full_of_wrong_marks_is_not_read_for_each_of_them() {
    for part in ["**\"라\"**와 앞**(마)** ", "**가(나)**는 "] {
        assert!(commonmark(&part.repeat(1_000)).len() >= MOST_OF_A_KIND, "{part}");
    }
}

#[test]
fn an_image_without_words_is_told() {
    let found = |text: &str| look_through(text, 0, &Dialect::Hugo(Hugo::default())).findings;
    let told = found("글 ![](a.png) ![b](b.png) `![](c.png)`\n");
    assert_eq!(
        told.iter().map(|one| (&one.kind, one.span.clone())).collect::<Vec<_>>(),
        [(&FindingKind::NoAltText, 4..14)]
    );
}

#[test]
fn links_and_ids_are_handed_out() {
    let text = "---\n---\n# 한글 제목\n\n[a](/b/#c) <a id=\"d\" href='e'>f</a> `[g](h)`\n";
    let hugo = Hugo { raw_html: true, ..Hugo::default() };
    let look = look_through(text, 8, &Dialect::Hugo(hugo));
    let links: Vec<&str> = look.links.iter().map(|(target, _)| target.as_str()).collect();
    assert_eq!(links, ["/b/#c", "e"]);
    assert_eq!(&text[look.links[0].1.clone()], "[a](/b/#c)");
    assert!(look.ids.contains("한글-제목") && look.ids.contains("d"), "{:?}", look.ids);
}
