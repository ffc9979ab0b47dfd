use proptest::prelude::*;

use super::*;
use crate::dialect::Astro;

fn mdx() -> Dialect {
    Dialect::Astro(Astro::default()).for_file_name("글.mdx")
}

/// Without line ends between blocks.
fn html(source: &str) -> String {
    whole::html(source, &mdx()).replace(">\n<", "><").trim().to_owned()
}

/// The macros as they are written, those that are blocks in brackets.
fn found(source: &str) -> Vec<String> {
    let written = |one: Macro| match one.form {
        Form::Alone => format!("[{}]", &source[one.range]),
        _ => source[one.range].to_owned(),
    };
    scan_whole(source, Syntax::Mdx).macros.into_iter().map(written).collect()
}

#[test]
fn only_astro_s_mdx_has_macros() {
    assert_eq!(Dialect::Astro(Astro::default()).for_file_name("a.md").macros(), None);
    assert_eq!(Dialect::Hugo(Hugo::default()).for_file_name("a.mdx").macros(), Some(Syntax::Hugo));
    assert_eq!(mdx().for_file_name("b.md").macros(), None);
}

#[test]
fn modules_print_nothing_up_to_their_blank_line() {
    assert_eq!(html("import X from 'y'\nexport const a = {\n\n  b: 1,\n}\n\n글\n"), "<p>글</p>");
    // In a paragraph, indented, or as a part of a word it is text.
    for text in ["앞\nimport X from 'y'\n", "  import a from 'b'\n", "importing\n", "import(\"x\")\n"] {
        assert!(found(text).is_empty(), "{text}");
    }
}

#[test]
fn braces_are_balanced_with_what_is_in_them() {
    for one in [
        "{a}",
        "{\"}\"}",
        "{'{'}",
        "{`${'}'}`}",
        "{x => <B>don't</B>}",
        "{/* } */ a}",
        "{a // }\n}",
        "{{b: `\n\n}`}}",
    ] {
        assert_eq!(found(one), [format!("[{one}]")]);
    }
    for text in ["{", "{`", "{/*", "글 {a\n\n} 뒤", "\\{a}", "`{a}`", "```\n{a}\n```\n", "> ~~~\n> <A>\n"] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
    // What is never closed takes nothing with it.
    assert_eq!(found("{a\n\n<B/>\n\n{c}\n"), ["[<B/>]", "[{c}]"]);
}

#[test]
fn tags_are_macros_of_their_own() {
    let source = "<Box a=\"x > y\" b={{c: '>'}} {...d}>글 *강조*</Box>\n<a.b c='d'/>\n<></>\n";
    assert_eq!(
        found(source),
        ["<Box a=\"x > y\" b={{c: '>'}} {...d}>", "</Box>", "[<a.b c='d'/>]", "[<>]", "[</>]"]
    );
    for text in ["a < b\n", "<http://a.b>\n", "<a@b.c>\n", "<!-- x -->\n", "<3\n", "\\<A>\n"] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

/// Sätteri 0.10, `mdxToJs`.
#[test]
fn what_has_its_line_to_itself_parts_a_paragraph() {
    let card = |name: &str| format!("<div class=\"macro\"><span class=\"macro-name\">{name}</span></div>");
    assert_eq!(html("글\n{a}\n뒤\n"), format!("<p>글</p>{}<p>뒤</p>", card("{a}")));
    assert_eq!(
        html("<Box>\n글 *강조*\n</Box>\n"),
        format!("{}<p>글 <em>강조</em></p>{}", card("Box"), card("/Box"))
    );
    let inline = html("{a} 글\n");
    assert!(inline.starts_with("<p><span class=\"macro\">"), "{inline}");
}

/// Sätteri 0.10, `mdxToJs`.
#[test]
fn words_that_are_all_in_elements_are_no_paragraph() {
    assert_eq!(html("<div className=\"x\">글 *강조*</div>\n"), "<div class=\"x\">글 <em>강조</em></div>");
    assert!(html("<b>글</b> 뒤\n").starts_with("<p><b>글</b> 뒤</p>"));
    assert!(!html("<Box>글</Box>\n").contains("<p>") && !html("<A>글\n나</A>\n").contains("<p>"));
    assert!(html("*<B>가</B>*\n").starts_with("<p><em>"));
    assert_eq!(html("<b>가</b>\n"), "<b>가</b>");
}

/// Sätteri 0.10, `mdxToJs`.
#[test]
fn elements_of_html_hold_the_blocks_between_their_tags() {
    assert_eq!(
        html("<details>\n<summary>가</summary>\n\n*글*\n\n</details>\n"),
        "<details><summary>가</summary><p><em>글</em></p></details>"
    );
    assert_eq!(
        html("<div>\n  - 가\n\n  글\n</div>\n뒤\n"),
        "<div><ul><li>가</li></ul><p>글</p></div><p>뒤</p>"
    );
    let quoted = html("> <A>\n> 글\n> </A>\n");
    assert!(quoted.contains("<p>글</p>") && quoted.matches("<div class=\"macro\">").count() == 2, "{quoted}");
    let listed = html("- 가\n\n  <A/>\n\n  나\n");
    assert!(listed.contains("<p>가</p><div class=\"macro\">") && listed.contains("<p>나</p>"), "{listed}");
}

/// Sätteri 0.10, `mdxToJs`.
#[test]
fn modules_follow_whatever_is_no_paragraph() {
    for before in ["# h\n", "```\na\n```\n", "<A/>\n", "\n"] {
        assert!(
            found(&format!("{before}import x from 'y'\n")).contains(&"[import x from 'y']".to_owned()),
            "{before}"
        );
    }
}

/// Sätteri 0.10, `mdxToJs`.
#[test]
fn nothing_is_indented_code() {
    assert_eq!(html("    글\n"), "<p>글</p>");
    assert_eq!(html("- 가\n\n      나\n"), "<ul><li><p>가</p><p>나</p></li></ul>");
    let nested = html("<A>\n  <B>\n    # 제목\n\n    - 가\n      - 나\n  </B>\n</A>\n");
    assert!(nested.contains("<h1 id=\"제목\">제목</h1>") && nested.contains("<li>가\n<ul>"), "{nested}");
    assert_eq!(nested.matches("class=\"macro\"").count(), 4, "{nested}");
    assert!(!nested.contains("<pre>"), "{nested}");
}

#[test]
fn elements_of_html_have_html_s_attributes() {
    let source =
        "글 <b className=\"x\" style={{color: 'red'}} title={'t'} data-a={n} hidden>가</b> <br/> <i/>\n";
    assert_eq!(html(source), "<p>글 <b class=\"x\" title=\"t\" hidden>가</b> <br> <i></i></p>");
}

#[test]
fn expressions_that_are_literals_print_themselves() {
    assert_eq!(html("가{' '}나 {3}{\"}\"} {/* 말 */}{null}끝\n"), "<p>가 나 3} 끝</p>");
    assert_eq!(html("{/*\n\n# 말\n\n*/}\n글\n"), "<p>글</p>");
}

#[test]
fn short_macros_leave_headings_their_ids() {
    let html = html("## 제목 {a} <B/>\n");
    assert!(html.starts_with("<h2 id=\"제목--\">제목 <span"), "{html}");
}

#[test]
fn links_and_code_have_what_is_written() {
    let html = html("[a]({b}) `<C/>`\n");
    assert!(html.contains("href=\"%7Bb%7D\"") || html.contains("href=\"{b}\""), "{html}");
    assert!(html.contains("<code>&lt;C/&gt;</code>"), "{html}");
}

/// A megabyte of each: a scanner that looks at parts once for each other takes minutes for it.
#[test]
fn what_is_never_closed_is_not_sought_for_ever() {
    for part in [
        "글 { ",
        "{\n\n",
        "{a}",
        "<a \"",
        "<A>",
        "`{ ",
        "{`${",
        "'\\",
        "export const a = {\n\n",
        "</",
        "- ",
        "{/*",
        "```\n",
        "> ```\n",
    ] {
        let source = part.repeat(1_000_000 / part.len());
        assert!(scan_whole(&source, Syntax::Mdx).macros.len() <= source.len() / 3, "{part}");
    }
}

const PIECES: &[&str] = &[
    "{", "}", "<", ">", "/", "</", "/>", "A", "b", ".", "=", "\"", "'", "`", "```", "~~~", "$", "${", "/*",
    "*/", "//", "\\", "\n", "\n\n", " ", "    ", "- ", "> ", "1. ", "# ", "import ", "export ", "글", "😀",
    "*", "|", "<!--", "-->",
];

proptest! {
    #[test]
    fn macros_are_in_order_and_apart_in_any_text(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        let source = pieces.concat();
        let mut end = 0;
        for one in scan_whole(&source, Syntax::Mdx).macros {
            prop_assert!(one.range.start >= end && one.range.end > one.range.start);
            end = one.range.end;
            let written = &source[one.range];
            prop_assert!(
                (written.starts_with('{') && written.ends_with('}'))
                    || (written.starts_with('<') && written.ends_with('>'))
                    || one.name == "import" || one.name == "export",
                "{written:?}"
            );
        }
    }

    #[test]
    fn every_place_is_one_of_the_source(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        let source = pieces.concat();
        let reading = mdx().engine().read(&source, &Definitions::default());
        for (_, range) in &reading.events {
            prop_assert!(range.start <= range.end && source.get(range.clone()).is_some(), "{range:?}");
        }
        prop_assert!(!html(&source).contains(|c: char| u32::from(c) >= FIRST_MARK), "a mark is shown");
    }
}
