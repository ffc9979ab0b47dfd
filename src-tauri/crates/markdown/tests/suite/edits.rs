//! A patched list equals a fresh one, and what an edit did not touch stays.

use std::cell::Cell;
use std::collections::HashSet;
use std::time::Duration;

use postwright_markdown::{ChangedLines, Dialect, Options, Patch, Preview, StopWatch, TextChange};
use proptest::prelude::*;

use crate::{dialects, options};

/// What a reader of patches holds.
#[derive(Default)]
struct Mirror {
    blocks: Vec<(u32, u32, String)>,
}

impl Mirror {
    fn apply(&mut self, patch: &Patch) {
        for op in &patch.ops {
            let at = op.at as usize;
            let insert = op.insert.iter().map(|block| (block.id, block.lines, block.html.to_string()));
            self.blocks.splice(at..at + op.remove as usize, insert);
        }
        for changed in &patch.lines {
            let (.., html) = &mut self.blocks[changed.at as usize];
            *html = with_lines(html, changed);
        }
        for resized in &patch.resized {
            let (_, lines, _) = &mut self.blocks[resized.at as usize];
            assert_ne!(*lines, resized.lines, "a block that kept its lines is no news");
            *lines = resized.lines;
        }
    }

    fn shown(&self) -> Vec<(u32, u32, &str)> {
        self.blocks.iter().map(|(id, lines, html)| (*id, *lines, html.as_str())).collect()
    }
}

/// A block of code with other lines.
fn with_lines(html: &str, changed: &ChangedLines) -> String {
    const LINE: &str = "<span class=\"line";
    let (head, lines) = html.split_once("<code>").unwrap();
    let (lines, tail) = lines.split_once("</code>").unwrap();
    let mut lines: Vec<String> = lines.split(LINE).skip(1).map(|line| format!("{LINE}{line}")).collect();
    let from = changed.from as usize;
    lines.splice(from..from + changed.remove as usize, changed.insert.iter().map(ToString::to_string));
    format!("{head}<code>{}</code>{tail}", lines.concat())
}

fn change(from: usize, to: usize, insert: &str) -> TextChange {
    TextChange { from, to, insert: insert.to_owned() }
}

fn ids(preview: &Preview) -> Vec<u32> {
    preview.blocks().iter().map(|block| block.id).collect()
}

#[test]
fn typing_replaces_one_block() {
    let text = "# 가\n\n나\n\n다\n";
    let (mut preview, _) = Preview::new(text, 0, options());
    let before = ids(&preview);
    let at = text.find("나").unwrap() + "나".len();
    let patch = preview.edit(&[change(at, at, "무")], 0);
    assert_eq!(patch.ops.len(), 1);
    assert_eq!((patch.ops[0].at, patch.ops[0].remove, patch.ops[0].insert.len()), (1, 1, 1));
    assert_eq!(&*patch.ops[0].insert[0].html, "<p>나무</p>\n");
    let after = ids(&preview);
    assert_eq!((after[0], after[2]), (before[0], before[2]));
}

#[test]
fn a_blank_line_only_resizes() {
    let (mut preview, _) = Preview::new("가\n\n나\n", 0, options());
    let patch = preview.edit(&[change(4, 4, "\n")], 0);
    assert!(patch.ops.is_empty());
    assert_eq!(patch.resized.len(), 1);
    assert_eq!((patch.resized[0].at, patch.resized[0].lines), (0, 3));
}

#[test]
fn an_edit_of_the_front_matter_moves_the_first_line_only() {
    let (mut preview, _) = Preview::new("---\n---\n가\n\n나\n", 8, options());
    let patch = preview.edit(&[change(4, 4, "a: b\n")], 13);
    assert!(patch.ops.is_empty() && patch.resized.is_empty());
    assert_eq!(patch.first_line, 3);
}

#[test]
fn a_link_definition_far_away_renders_exactly_its_users() {
    let text = "[집]\n\n아무 것도\n\n- [여기][집]\n\n[집]: /a\n";
    let (mut preview, _) = Preview::new(text, 0, options());
    let before = ids(&preview);
    let at = text.find("/a").unwrap() + 1;
    preview.edit(&[change(at, at + 1, "b")], 0);
    let after = ids(&preview);
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1], before[1]);
    assert_ne!(after[2], before[2]);
    assert!(preview.blocks()[2].html.contains("href=\"/b\""));
}

#[test]
fn a_new_footnote_renumbers_exactly_the_users() {
    let text = "시작\n\n가[^a]\n\n나\n\n[^a]: 각주\n[^b]: 각주\n";
    let (mut preview, _) = Preview::new(text, 0, options());
    let before = ids(&preview);
    preview.edit(&[change("시작".len(), "시작".len(), "[^b]")], 0);
    let after = ids(&preview);
    assert!(preview.blocks()[1].html.contains(">2</a>"), "{}", preview.blocks()[1].html);
    assert_ne!(after[1], before[1]);
    assert_eq!(after[2], before[2]);
    assert_ne!(after.last(), before.last(), "the notes at the end");
}

#[test]
fn a_moved_block_between_two_others_is_found_again() {
    let (mut preview, _) = Preview::new("하나\n\n둘\n\n셋\n", 0, options());
    let before = ids(&preview);
    let patch = preview.replace("하나\n\n둘\n\n새 것\n\n셋!\n", 0);
    assert_eq!(ids(&preview)[..2], before[..2]);
    assert_eq!(patch.ops.len(), 1);
}

/// The same lines are code after a blank line and text after a reference definition.
#[test]
fn the_same_source_of_another_kind_is_rendered_again() {
    let (mut preview, _) = Preview::new("\n\n    [b] x\n", 0, options());
    assert!(preview.blocks()[0].html.starts_with("<pre"));
    preview.edit(&[change(0, 1, "[a]: /url")], 0);
    let (fresh, _) = Preview::new(&preview.to_text(), 0, options());
    assert_eq!(preview.blocks()[0].html, fresh.blocks()[0].html);
}

/// A fence whose lines are numbered from 1.
fn fence(info: &str, lines: usize) -> String {
    let code: String = (1..=lines).map(|n| format!("let a{n} = {n}; // 줄\n")).collect();
    format!("앞\n\n```{info}\n{code}```\n\n뒤\n")
}

fn typed(preview: &mut Preview, before: &str, insert: &str) -> Patch {
    let at = preview.to_text().find(before).unwrap();
    preview.edit(&[change(at, at, insert)], 0)
}

#[test]
fn an_edit_inside_a_fence_sends_its_line_alone() {
    for dialect in dialects() {
        let options = Options { dialect, ..options() };
        let (mut preview, patch) = Preview::new(&fence("rust", 2_000), 0, options);
        let mut mirror = Mirror::default();
        mirror.apply(&patch);
        let numbered = preview.blocks()[1].html.contains("data-n");
        let patch = typed(&mut preview, "let a77 ", "글");
        assert!(patch.ops.is_empty() && patch.resized.is_empty() && patch.lines.len() == 1);
        let changed = &patch.lines[0];
        assert_eq!((changed.at, changed.from, changed.remove, changed.insert.len()), (1, 76, 1, 1));
        assert!(changed.insert[0].contains("글"), "{}", changed.insert[0]);
        mirror.apply(&patch);
        assert_as_fresh(&preview, &mirror, &patch, 0);
        // A new line: those behind it stay, but where they have numbers.
        let patch = typed(&mut preview, "let a1990 ", "\n");
        assert_eq!((patch.ops.len(), patch.resized.len(), patch.lines.len()), (0, 1, 1));
        assert_eq!(patch.lines[0].insert.len(), if numbered { 12 } else { 1 });
        mirror.apply(&patch);
        assert_as_fresh(&preview, &mirror, &patch, 0);
    }
}

#[test]
fn what_an_edit_opens_colours_the_lines_behind_it() {
    let (mut preview, patch) = Preview::new(&fence("rust", 40), 0, options());
    let mut mirror = Mirror::default();
    mirror.apply(&patch);
    for (before, insert, lines) in [("let a30 ", "/*", 11), ("let a35 ", "*/", 6), ("let a30 ", "*/", 6)] {
        let patch = typed(&mut preview, before, insert);
        assert_eq!(patch.lines[0].insert.len(), lines, "{insert}");
        mirror.apply(&patch);
        assert_as_fresh(&preview, &mirror, &patch, 0);
    }
}

#[test]
fn another_language_sends_the_whole_block() {
    let (mut preview, _) = Preview::new(&fence("rust", 40), 0, options());
    let patch = typed(&mut preview, "rust", "x");
    assert_eq!((patch.ops.len(), patch.lines.len()), (1, 0));
}

/// An edit has time for a few lines of code, and a post for all.
fn little_time() -> StopWatch {
    StopWatch::new(|time| {
        let asked = Cell::new(0);
        Box::new(move || time < Duration::from_millis(100) && asked.replace(asked.get() + 1) >= 4)
    })
}

/// Edits of nothing, until all code has its colours; the last patch.
fn colour_on(preview: &mut Preview, mirror: &mut Mirror, mut patch: Patch, body_start: usize) -> Patch {
    for _ in 0..200 {
        if !patch.unfinished {
            return patch;
        }
        patch = preview.edit(&[], body_start);
        assert!(patch.ops.is_empty() && patch.resized.is_empty());
        mirror.apply(&patch);
    }
    panic!("the colouring never ends")
}

#[test]
fn colours_without_time_come_with_edits_of_nothing() {
    let options = Options { watch: little_time(), ..options() };
    let (mut preview, patch) = Preview::new(&fence("rust", 20), 0, options);
    let mut mirror = Mirror::default();
    mirror.apply(&patch);
    let patch = typed(&mut preview, "let a5 ", "/*");
    mirror.apply(&patch);
    assert!(patch.unfinished);
    assert!(patch.lines.iter().map(|lines| lines.insert.len()).sum::<usize>() < 10);
    let patch = colour_on(&mut preview, &mut mirror, patch, 0);
    assert_as_fresh(&preview, &mirror, &patch, 0);
    assert_eq!(preview.edit(&[], 0), Patch { first_line: 0, ..Patch::default() });
}

const PIECES: &[&str] = &[
    "# 제목\n",
    "## 제목\n",
    "Setext\n===\n",
    "한국어 문장과 *강조* 그리고 `code`.\n",
    "English [link][집] and [집].\n",
    "[집]: https://example.com/a \"t\"\n",
    "[집]: /b\n",
    "[제목]: #제목\n",
    "[text][제목] ![alt][집] [^ 1][집]\n",
    "[^1]: 첫 각주\n",
    "[^둘]: second\n    more\n",
    "글[^1] 과 글[^둘]\n",
    "[^1]: again[^둘]\n\n    ```\n    code\n    ```\n",
    "# 제목[^1] [집]\n",
    "> [^셋]: 인용 속 각주\n",
    "셋[^셋]\n",
    "- a\n- b\n  - c\n",
    "1. 하나\n2. 둘\n",
    "2. two\n",
    "- a\n\n  ```sh\n  ls\n  ```\n",
    "- [ ] 할 일\n- [x] 한 일\n",
    "> 인용\n> [집]\n",
    "```rust\nfn main() {}\n",
    "```go {linenos=true,hl_lines=[2]}\na := `\nb\n",
    "```sh,hide_lines=1 {2} mark:2\ncat <<A\n",
    "/* a\n",
    "*/ b\nc\n",
    "A\n",
    "```\n",
    "~~~yaml\na: 1\n~~~\n",
    "    indented\n",
    "|a|b|\n|-|-:|\n|1|2|\n",
    "<details>\n<summary>s</summary>\n",
    "</details>\n",
    "<div>\n",
    "</div>\n",
    "<!-- 주석 -->\n",
    "<b>inline</b> html\n",
    "![그림](a.png)\n",
    "![r](https://x.example/a.png)\n",
    "---\n",
    "10~20 ~~취소~~\n",
    "\n",
    "\n\n",
    "가",
    "x",
    " ",
    "  ",
    "*",
    "`",
    "[",
    "]",
    "~",
    "\t",
    "&amp;",
    "😀",
    "한",
    "  \n",
    "\\\n",
    "한글",
    "\u{1112}\u{1161}\u{11ab}글\n",
    "\0",
    "\r",
    "<script>\n",
    "</script>\n",
    "<p>",
    "<pre>\n\n",
    "===\n",
    "\"따옴\" 'a' b\"\n",
    "\"연 것\n",
    "끝\" c'\n",
    "[^1]: \"각주 말\" x\"\n",
    "\"",
    "'",
    ": 뜻\n",
    "*[HTML]: Hyper Text\n",
    "HTML 문서\n",
    "{: .note}\n",
    "* 목차\n{:toc}\n",
    "{% raw %}\n",
    "{% endraw %}\n",
    "{{< figure src=\"a.png\" caption=\"*a* \\\"b\" >}}\n",
    "{{% figure src=\"a.png\" %}}\n",
    "{{< highlight go >}}\n",
    "{{% highlight go %}}\n",
    "{{< /highlight >}}\n",
    "{{< details summary=\"*a* [집]\" >}}\n",
    "{{< /details >}}\n",
    "{{< details >}}\n- a\n\n# 제목\n{{< /details >}}\n",
    "{{</* x \"a\" */>}} ",
    "{{</* ",
    "- 표\n\n  |a|\n  |-|\n",
    "\u{a0}\n",
    "{% blockquote 가, 나 %}\n",
    "{% endblockquote %}\n",
    "{% codeblock lang:js %}\na\n\nb\n{% endcodeblock %}\n",
    "글 {% post_link other %} <!-- 말\n",
    "-->\n",
    "{# 말 #}\n",
    "{% assign x = \"값\" %}\n",
    "{% assign x = 2 %}\n",
    "{{ x }} 와 `{{ x }}`\n",
    "{% if y %}\n",
    "{% if y %}글{% assign x = 3 %}{% endif %} {% assign z = 4 %}\n",
    "{{ z }} {% if y %}",
    "{% endif %}\n",
    "{% capture x %}\n\n# 제목\n\n",
    "{% endcapture %}\n",
    "{% highlight rust %}\nlet a;\n{% endhighlight %}\n",
    "import X from 'y'\n",
    "export const a = {\n\n  b: `}`,\n}\n",
    "<Box a=\"1\" b={{c: '}'}}>\n",
    "글 <A/> {b}</Box>\n",
    "</Box>\n",
    "<i className=\"x\">\n",
    "{/*\n\n# 말\n\n*/}\n",
    "{a\n",
    "b}\n",
    "{`\n",
    "  <B>\n    - 가\n    글\n  </B>\n",
    "$$\nx\n",
    "$$\n",
    "> [!NOTE]\n> 알림\n",
    "+++\n",
    "<iframe src=\"https://a.example/x\"></iframe> 글\n",
    "<video src=x>\n\n",
    "<source src=\"https://b.example/y\">\n</video>\n\n",
    "<svg><g>\n",
    "</g></svg>\n",
    "<script src=\"//c.example/z.js\">\n",
];

fn dialect() -> impl Strategy<Value = Dialect> {
    proptest::sample::select(dialects())
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(PIECES)
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// Places in thousandths of a text's length, and what goes there.
type Edit = Vec<(u16, u16, String)>;

fn edit() -> impl Strategy<Value = Edit> {
    let insert = proptest::collection::vec(piece(), 0..3).prop_map(|pieces| pieces.concat());
    proptest::collection::vec((0..1000_u16, 0..200_u16, insert), 1..4)
}

/// What opens, closes or moves something in code, at places that are mostly in it.
fn edit_of_code() -> impl Strategy<Value = Edit> {
    const CODE: &[&str] =
        &["/*", "*/", "\"", "`", "//", "글", "\n", "\n\n", "let b = 1;\n", "<<A\n", "```\n", "@@ -1 +1 @@\n"];
    let insert =
        proptest::collection::vec(proptest::sample::select(CODE), 0..3).prop_map(|pieces| pieces.concat());
    proptest::collection::vec((0..1000_u16, 0..60_u16, insert), 1..3)
}

fn boundary(text: &str, thousandth: u16) -> usize {
    let mut at = text.len() * usize::from(thousandth.min(1000)) / 1000;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn changes(text: &str, edit: &Edit) -> Vec<TextChange> {
    let mut places: Vec<_> = edit
        .iter()
        .map(|(at, len, insert)| (boundary(text, *at), boundary(text, at + len), insert))
        .collect();
    places.sort();
    let mut end = 0;
    let mut changes = Vec::new();
    for (from, to, insert) in places {
        if from >= end {
            changes.push(change(from, to, insert));
            end = to.max(from + 1);
        }
    }
    changes
}

fn assert_as_fresh(preview: &Preview, mirror: &Mirror, patch: &Patch, body_start: usize) {
    let text = preview.to_text();
    let (fresh, fresh_patch) = Preview::new(&text, body_start, preview.options().clone());
    let as_list = |preview: &Preview| -> Vec<_> {
        preview.blocks().iter().map(|block| (block.html.clone(), block.lines)).collect()
    };
    assert_eq!(as_list(preview), as_list(&fresh), "{text:?}");
    assert_eq!(patch.first_line, fresh_patch.first_line);
    let blocks = preview.blocks();
    let held: Vec<_> = blocks.iter().map(|b| (b.id, b.lines, b.html.as_str())).collect();
    assert_eq!(mirror.shown(), held);
    let ids: HashSet<_> = preview.blocks().iter().map(|block| block.id).collect();
    assert_eq!(ids.len(), preview.blocks().len(), "ids are unique");
    let lines: u32 = preview.blocks().iter().map(|block| block.lines).sum();
    if lines > 0 {
        assert_eq!((patch.first_line + lines) as usize, text.lines().count(), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 6_000 }))]

    #[test]
    fn patched_equals_fresh(
        dialect in dialect(),
        start in text(),
        front in 0..2_usize,
        edits in proptest::collection::vec(edit(), 1..6),
    ) {
        let body_start = front * "---\na: b\n---\n".len();
        let start = format!("{}{start}", "---\na: b\n---\n".repeat(front));
        let options = Options { dialect, ..options() };
        let (mut preview, patch) = Preview::new(&start, body_start, options);
        let mut mirror = Mirror::default();
        mirror.apply(&patch);
        for edit in &edits {
            let text = preview.to_text();
            let changes: Vec<_> = changes(&text[body_start..], edit)
                .into_iter()
                .map(|c| change(c.from + body_start, c.to + body_start, &c.insert))
                .collect();
            let patch = preview.edit(&changes, body_start);
            mirror.apply(&patch);
            assert_as_fresh(&preview, &mirror, &patch, body_start);
        }
    }

    #[test]
    fn edits_in_long_code_patch_to_what_is_fresh(
        dialect in dialect(),
        info in proptest::sample::select(&["rust", "go {hl_lines=[2,5]}", "ts,linenos", "sh", "", "nope", "diff"][..]),
        edits in proptest::collection::vec(edit_of_code(), 1..8),
        hurried in any::<bool>(),
    ) {
        let watch = if hurried { little_time() } else { StopWatch::default() };
        let options = Options { dialect, watch, ..options() };
        let (mut preview, patch) = Preview::new(&fence(info, 30), 0, options);
        let mut mirror = Mirror::default();
        mirror.apply(&patch);
        for edit in &edits {
            let changes = changes(&preview.to_text(), edit);
            let patch = preview.edit(&changes, 0);
            mirror.apply(&patch);
            let held = preview.blocks();
            prop_assert_eq!(mirror.shown(), held.iter().map(|b| (b.id, b.lines, b.html.as_str())).collect::<Vec<_>>());
        }
        let patch = preview.edit(&[], 0);
        mirror.apply(&patch);
        let patch = colour_on(&mut preview, &mut mirror, patch, 0);
        assert_as_fresh(&preview, &mirror, &patch, 0);
    }

    #[test]
    fn replaced_equals_fresh(dialect in dialect(), start in text(), next in text()) {
        let options = Options { dialect, ..options() };
        let (mut preview, patch) = Preview::new(&start, 0, options);
        let mut mirror = Mirror::default();
        mirror.apply(&patch);
        let patch = preview.replace(&next, 0);
        mirror.apply(&patch);
        assert_as_fresh(&preview, &mirror, &patch, 0);
    }
}

proptest! {
    #[test]
    fn blocks_far_from_an_edit_keep_their_ids(count in 3..30_usize, at in 0..1000_u16) {
        let text: String = (0..count).map(|n| format!("문단 {n} 입니다.\n\n")).collect();
        let (mut preview, _) = Preview::new(&text, 0, options());
        let before = ids(&preview);
        let at = boundary(&text, at);
        preview.edit(&[change(at, at, "글")], 0);
        let after: HashSet<_> = ids(&preview).into_iter().collect();
        let lost = before.iter().filter(|id| !after.contains(id)).count();
        prop_assert!(lost <= 2, "{lost} of {count} blocks were lost");
    }
}
