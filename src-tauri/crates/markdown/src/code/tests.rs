use std::cell::Cell;

use super::*;

const NEVER: &dyn Fn() -> bool = &|| false;

fn setting(flavour: Flavour) -> CodeSetting {
    CodeSetting { flavour, ..CodeSetting::default() }
}

/// The text that a reader sees: no tags, and entities as their characters.
fn plain_text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn colours_rust_in_the_names_of_pygments() {
    let html = render("rust", "// 안녕\nfn main() { let x = \"a<b\"; }\n");
    assert!(
        html.starts_with(
            "<pre class=\"code chroma highlight\" data-language=\"rust\"><code>\
             <span class=\"line\"><span class=\"c1\">// 안녕</span>\n</span>\
             <span class=\"line\"><span class=\"k\">fn</span> <span class=\"nf\">main</span>"
        ),
        "{html}"
    );
    assert!(html.contains("<span class=\"s\">&quot;a&lt;b&quot;</span>"), "{html}");
}

/// `func` is `kd` to Chroma (Hugo 0.168) and `k` to Rouge 3.30.
#[test]
fn names_classes_as_the_site_does() {
    let of = |flavour| render_code("go", "func main() {}\n", setting(flavour)).to_string();
    assert!(of(Flavour::Chroma).contains("<span class=\"kd\">func</span>"));
    assert!(of(Flavour::Rouge).contains("<span class=\"k\">func</span>"));
}

#[test]
fn no_character_is_lost() {
    let sample = "#!/bin/sh\nif [ \"$A\" = 'b' ]; then\n\techo \"한글 ${A} & <c>\" | grep -q x # 끝\nfi\n{\"a\": [1, null]}\n\
                  <p class=\"x\">y</p>\ndef f(a: int) -> str: return f\"{a}\"\n$ cat x.txt\n0x1F 1.5e-3 16px @a $b\n";
    for language in language_names() {
        for flavour in [Flavour::Chroma, Flavour::Rouge] {
            let html = render_code(language, sample, setting(flavour));
            assert_eq!(plain_text(&html), format!("{sample}\n"), "{language}");
        }
    }
}

fn language_names() -> [&'static str; 34] {
    [
        "sh",
        "rust",
        "json",
        "html",
        "python",
        "yaml",
        "markdown",
        "diff",
        "tsx",
        "nothing",
        "Makefile",
        "console",
        "go",
        "java",
        "kotlin",
        "swift",
        "c",
        "cpp",
        "ini",
        "env",
        "dockerfile",
        "hcl",
        "proto",
        "toml",
        "css",
        "scss",
        "sql",
        "zig",
        "nix",
        "php",
        "ruby",
        "powershell",
        "xml",
        "groovy",
    ]
}

#[test]
fn a_session_has_prompts_commands_and_what_they_print() {
    let html = render("console", "$ echo \"a\"\na\n");
    assert!(
        html.contains("<span class=\"line\"><span class=\"gp\">$</span> <span class=\"nb\">echo</span>"),
        "{html}"
    );
    assert!(html.contains("<span class=\"line\"><span class=\"go\">a</span>\n</span>"), "{html}");
}

#[test]
fn a_fence_says_what_stands_around_its_code() {
    let hugo = CodeSetting { notation: Notation::Hugo, ..CodeSetting::default() };
    let html = render_code("go {linenos=true,hl_lines=[2],linenostart=9}", "a\nb\n", hugo);
    assert_eq!(
        html.as_str(),
        "<pre class=\"code chroma highlight numbered\" data-language=\"go\"><code>\
         <span class=\"line\" data-n=\"9\"><span class=\"nx\">a</span>\n</span>\
         <span class=\"line hl\" data-n=\"10\"><span class=\"nx\">b</span>\n</span></code></pre>\n"
    );
    let hexo = CodeSetting { notation: Notation::Hexo, ..CodeSetting::default() };
    let html = render_code("text 제목 https://example.com/?a=1&b=2 <원본>", "a\n", hexo);
    assert!(
        html.starts_with(
            "<figure class=\"code-figure\">\n<figcaption><span>제목</span><a href=\"https://example.com/?a=1&amp;b=2\" \
             rel=\"noopener noreferrer\">&lt;원본&gt;</a></figcaption>\n<pre class"
        ),
        "{html}"
    );
    let zola = CodeSetting { notation: Notation::Zola, ..CodeSetting::default() };
    let html = render_code("text,hide_lines=1", "a\nb\n", zola);
    assert!(html.contains("<span class=\"line hidden-line\">a\n</span><span class=\"line\">b"), "{html}");
}

#[test]
fn unknown_languages_are_plain_and_said_so() {
    let code = ColouredCode::new("brainfog", "if x then\n", setting(Flavour::Own), NEVER);
    assert_eq!(code.colouring().unknown_language.as_deref(), Some("brainfog"));
    assert!(!code.html().contains("class=\"k"));
    for info in ["", "text", "mermaid", "rust"] {
        let code = ColouredCode::new(info, "x\n", setting(Flavour::Own), NEVER);
        assert_eq!(code.colouring(), Colouring::default(), "{info}");
    }
}

#[test]
fn a_language_cannot_break_out_of_its_attribute() {
    let html = render("\"><script>alert(1)</script>", "x");
    assert!(!html.contains("<script"), "{html}");
    assert!(
        html.starts_with("<pre class=\"code chroma highlight\" data-language=\"&quot;&gt;&lt;script&gt;"),
        "{html}"
    );
}

#[test]
fn what_cannot_be_seen_is_named() {
    let html = render("text", "a\u{202e}b\u{200b}c 👩\u{200d}💻\n");
    assert!(
        html.contains("a<span class=\"bidi\">U+202E</span>b<span class=\"bidi\">U+200B</span>c 👩\u{200d}💻"),
        "{html}"
    );
    let html = render("rust", "let a = \"\u{2066}x\";\n");
    assert!(html.contains("<span class=\"bidi\">U+2066</span>"), "{html}");
}

#[test]
fn long_lines_and_long_code_stay_plain() {
    let line = format!("let a = \"{}\";\nlet b = 1;\n", "x".repeat(coloured::MAX_LINE_BYTES));
    let html = render("rust", &line);
    assert!(html.contains("<span class=\"line\">let a"), "the long line is plain");
    assert!(html.contains("<span class=\"kd\">let</span>"), "the next one is coloured");
    assert!(!render("rust", &"let a = 1;\n".repeat(coloured::MAX_LINES + 1)).contains("<span class=\"kd"));
}

/// After any edit, the lines are what they would be had the text been so from the first.
#[track_caller]
fn check_update(language: &str, texts: &[&str]) {
    let mut code = ColouredCode::new(language, texts[0], setting(Flavour::Chroma), NEVER);
    for text in &texts[1..] {
        let before = spans(&code);
        let change = code.update(language, text, NEVER);
        let fresh = ColouredCode::new(language, text, setting(Flavour::Chroma), NEVER);
        assert_eq!(code.html(), fresh.html(), "{language}: {text}");
        let Change::Lines(change) = change else { panic!("{change:?}") };
        let after = spans(&code);
        let mut patched = before.clone();
        patched.splice(
            change.from..change.from + change.removed,
            after[change.from..change.from + change.inserted].iter().cloned(),
        );
        assert_eq!(patched, after, "{language}: {text}: {change:?}");
    }
}

fn spans(code: &ColouredCode) -> Vec<String> {
    code.html()
        .split("<span class=\"line")
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .split_off(1)
        .into_iter()
        .map(|line| line.replace("</code></pre>\n", ""))
        .collect()
}

#[test]
fn an_edit_colours_what_it_changed() {
    let lines: Vec<String> = (0..200).map(|n| format!("let v{n} = \"{n}\"; // {n}\n")).collect();
    let text = lines.concat();
    let opened = text.replacen("let v50 = ", "/* let v50 = ", 1);
    let closed = opened.replacen("let v60 = ", "*/ let v60 = ", 1);
    let longer = closed.replacen("// 100\n", "// 100\nlet more = 1;\nlet most = 2;\n", 1);
    check_update("rust", &[&text, &opened, &closed, &longer, &text, "", &text, "let a = 1;", &opened]);

    let mut code = ColouredCode::new("rust", &text, setting(Flavour::Chroma), NEVER);
    let asked = Cell::new(0);
    let changed = text.replacen("\"50\"", "\"fifty\"", 1);
    let change = code.update("rust", &changed, &|| {
        asked.set(asked.get() + 1);
        false
    });
    assert_eq!(change, Change::Lines(LineChange { from: 50, removed: 1, inserted: 1 }));
    assert_eq!(asked.get(), 1, "one line was coloured");
}

#[test]
fn a_stop_leaves_the_rest_plain_until_it_is_continued() {
    let text = "let a = 1;\n".repeat(100);
    let budget = |lines: usize| {
        let left = Cell::new(lines);
        move || {
            left.set(left.get().wrapping_sub(1));
            left.get() == usize::MAX
        }
    };
    let mut code = ColouredCode::new("rust", &text, setting(Flavour::Own), &budget(10));
    assert!(code.colouring().unfinished);
    assert_eq!(code.html().matches("class=\"kd\"").count(), 10);
    let edited = text.replacen("let a", "let b", 1) + "let c = 2;\n";
    code.update("rust", &edited, &budget(0));
    let change = code.continue_colouring(&budget(50)).unwrap();
    assert_eq!((change.from, change.inserted), (0, 50));
    code.continue_colouring(NEVER);
    assert!(!code.colouring().unfinished && code.continue_colouring(NEVER).is_none());
    assert_eq!(code.html(), render("rust", &edited));
}

#[test]
fn numbers_move_with_their_lines() {
    let setting = CodeSetting { numbered: true, ..CodeSetting::default() };
    let mut code = ColouredCode::new("rust", "a\nb\nc\n", setting, NEVER);
    let change = code.update("rust", "a\nx\nb\nc\n", NEVER);
    assert_eq!(change, Change::Lines(LineChange { from: 1, removed: 2, inserted: 3 }));
    let Change::Lines(change) = change else { unreachable!() };
    assert!(code.lines_html(&change)[2].contains("data-n=\"4\""));
}

#[test]
fn colours_can_be_kept_on_any_thread() {
    fn is_send<T: Send + Sync>() {}
    is_send::<ColouredCode>();
}

mod random {
    use proptest::prelude::*;

    use super::*;

    fn line() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "let a = 1;\n",
            "/* open\n",
            "close */ b\n",
            "\"open string\n",
            "r#\"raw\n",
            "\"#;\n",
            "fn f() {\n",
            "}\n",
            "\n",
            "// 주석\n",
            "'''\n",
            "\"\"\"\n",
            "<script>\n",
            "</script>\n",
            "cat <<EOF\n",
            "EOF\n",
            "x: |\n",
            "  y\n",
            "`${a\n",
            "}`\n",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn updated_equals_fresh(
            language in prop::sample::select(language_names().to_vec()),
            first in prop::collection::vec(line(), 0..14),
            edits in prop::collection::vec((0_usize..14, 0_usize..4, prop::collection::vec(line(), 0..3)), 1..4),
        ) {
            let mut lines = first;
            let mut texts = vec![lines.concat()];
            for (at, removed, inserted) in edits {
                let at = at.min(lines.len());
                let end = (at + removed).min(lines.len());
                lines.splice(at..end, inserted);
                texts.push(lines.concat());
            }
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            if language != "nothing" {
                check_update(language, &texts);
            }
        }
    }
}

/// As `hugo` 0.168 and `jekyll` 4.3 wrap them, or do not.
#[test]
fn only_code_that_the_highlighter_takes_has_the_paper_of_its_style() {
    let has_paper = |info: &str, flavour| {
        let setting = CodeSetting { flavour, ..CodeSetting::default() };
        render_code(info, "a\n", setting).to_string().starts_with("<pre class=\"code chroma highlight\"")
    };
    for info in ["text", "txt", "plain", "plaintext", "console", "csv", "Rust"] {
        assert!(has_paper(info, Flavour::Chroma), "{info}");
    }
    for info in ["", "none", "output", "nolang", "mermaid", "math", "log"] {
        assert!(!has_paper(info, Flavour::Chroma), "{info}");
    }
    for info in ["", "text", "plaintext", "rust"] {
        assert!(has_paper(info, Flavour::Rouge), "{info}");
    }
    for info in ["none", "nolang", "mermaid", "svelte"] {
        assert!(!has_paper(info, Flavour::Rouge), "{info}");
    }
    assert!(has_paper("", Flavour::Own) && has_paper("nolang", Flavour::Own));
}
