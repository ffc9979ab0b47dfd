use proptest::prelude::*;

use super::*;
use crate::apply_changes;

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn table(fields: &[(&str, &str, usize)]) -> Value {
    let field = |(key, value, line): &(&str, &str, usize)| Field {
        key: (*key).to_owned(),
        value: text(value),
        kind: Kind::Text,
        line: *line,
        locked: None,
    };
    Value::Table(fields.iter().map(field).collect())
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).to_owned()).collect())
}

/// The post after the edit, which must be possible.
fn edited(post: &str, key: &str, value: &Value) -> String {
    let changes = set_field(post, key, value).unwrap_or_else(|error| panic!("{error}\n{post}"));
    assert!(changes.windows(2).all(|pair| pair[0].to <= pair[1].from), "unsorted: {changes:?}");
    apply_changes(post, &changes)
}

/// One edit of a front matter in YAML, without its delimiters.
#[track_caller]
fn assert_edit(source: &str, key: &str, value: &Value, expected: &str) {
    let after = edited(&format!("---\n{source}---\n본문\n"), key, value);
    assert_eq!(after, format!("---\n{expected}---\n본문\n"), "{key} of\n{source}");
}

fn reason(post: &str) -> (usize, usize, Reason) {
    let problem = read(post).problem.unwrap();
    (problem.line, problem.column, problem.reason)
}

#[test]
fn the_parts_of_a_post() {
    let cases = [
        ("본문", Format::None, "", "본문"),
        ("", Format::None, "", ""),
        ("---\ntitle: a\n---\n본문", Format::Yaml, "title: a\n", "본문"),
        ("---  \ntitle: a\n...\n본문", Format::Yaml, "title: a\n", "본문"),
        ("---\n---", Format::Yaml, "", ""),
        ("---\ntitle: a\n----\nb: c\n---\n", Format::Yaml, "title: a\n----\nb: c\n", ""),
        ("+++\ntitle = 'a'\n+++\n\n본문", Format::Toml, "title = 'a'\n", "\n본문"),
        ("{\"title\": \"}\"}\n본문", Format::Json, "{\"title\": \"}\"}", "본문"),
        ("{{< figure >}}\n본문", Format::None, "", "{{< figure >}}\n본문"),
        ("{% raw %}", Format::None, "", "{% raw %}"),
        ("\n---\na: b\n---\n", Format::Yaml, "a: b\n", ""),
    ];
    for (post, format, source, body) in cases {
        let parts = split(post);
        assert_eq!(parts.format, format, "{post:?}");
        assert_eq!(&post[parts.source.clone()], source, "{post:?}");
        assert_eq!(&post[parts.body_start..], body, "{post:?}");
        assert_eq!(parts.problem, None, "{post:?}");
    }
}

#[test]
fn front_matter_that_does_not_end_is_none() {
    for (post, expected) in [
        ("---\ntitle: a\n".to_owned(), Reason::Unclosed),
        ("---".to_owned(), Reason::Unclosed),
        ("{\"title\": 1\n".to_owned(), Reason::Unclosed),
        (format!("---\n{}---\n", "a: b\n".repeat(20_000)), Reason::TooLong),
        (format!("{{\"a\": \"{}\"}}\n", "x".repeat(LONGEST_SOURCE)), Reason::TooLong),
    ] {
        let read = read(&post);
        assert_eq!((read.format, read.body_start), (Format::None, 0));
        assert_eq!(read.problem.unwrap().reason, expected);
    }
}

#[test]
fn yaml_is_read_as_written() {
    let post = "---\n# note\ntitle:  \"A \\\"b\\\"\"  # why\ndate: 2026-11-21 13:05:00 +0900\nweight: 010\ndraft: false\ntags: a b\n\
                empty:\nnothing: ~\nlist: [\"a, b\", c]\nblock:\n- x # c\n- 'y z'\nsitemap :\n  changefreq : daily\n\
                'quoted key': v\nlong: >-\n  one\n  two\nnested: [[a], b]\nbase: &b 1\nalias: *b\nanswer: yes\n---\n";
    let read = read(post);
    assert_eq!(read.problem, None);
    let fields: Vec<(&str, &Value, usize)> =
        read.fields.iter().map(|field| (field.key.as_str(), &field.value, field.line)).collect();
    let source = |source: &str| Value::Source(source.to_owned());
    let expected = [
        ("title", text("A \"b\""), 3),
        ("date", text("2026-11-21 13:05:00 +0900"), 4),
        ("weight", text("010"), 5),
        ("draft", Value::Boolean(false), 6),
        ("tags", text("a b"), 7),
        ("empty", Value::Empty, 8),
        ("nothing", Value::Empty, 9),
        ("list", list(&["a, b", "c"]), 10),
        ("block", list(&["x", "y z"]), 11),
        ("sitemap", table(&[("changefreq", "daily", 15)]), 14),
        ("quoted key", text("v"), 16),
        ("long", text("one two"), 17),
        ("nested", source("[[a], b]"), 20),
        ("base", source("&b 1"), 21),
        ("alias", source("*b"), 22),
        ("answer", text("yes"), 23),
    ];
    let expected: Vec<_> = expected.iter().map(|(key, value, line)| (*key, value, *line)).collect();
    assert_eq!(fields, expected);
    assert_eq!(read.lines, 24);
}

#[test]
fn toml_and_json_are_read_as_written() {
    let toml = read(
        "+++\ntitle = \"제목\"\ndate = 2026-11-21T13:05:00+09:00\nweight = 1_0\ndraft = true\ntags = [\"a\", 'b']\n\
         [taxonomies]\ncategories = [\"c\"]\n[params]\nx = 1\n+++\n",
    );
    assert_eq!(toml.problem, None);
    let values: Vec<(&str, &Value)> =
        toml.fields.iter().map(|field| (field.key.as_str(), &field.value)).collect();
    assert_eq!(values[0], ("title", &text("제목")));
    assert_eq!(values[1], ("date", &text("2026-11-21T13:05:00+09:00")));
    assert_eq!(values[2], ("weight", &text("1_0")));
    assert_eq!(values[3], ("draft", &Value::Boolean(true)));
    assert_eq!(values[4], ("tags", &list(&["a", "b"])));
    assert_eq!(values[5].0, "taxonomies");
    assert_eq!(toml.at(&["taxonomies", "categories"]).unwrap().value, list(&["c"]));
    assert_eq!(values[6].0, "params");
    assert_eq!(toml.list(Role::Categories), ["c"]);

    let json = read(
        "{\n  \"title\": \"a\",\n  \"n\": 1,\n  \"tags\": [\"x\"], \"o\": {\"title\": 1}, \"none\": null\n}\n본문",
    );
    let fields: Vec<(&str, usize)> =
        json.fields.iter().map(|field| (field.key.as_str(), field.line)).collect();
    assert_eq!(fields, [("title", 2), ("n", 3), ("tags", 4), ("o", 4), ("none", 4)]);
    assert_eq!(
        json.at(&["o", "title"]).map(|field| (&field.value, field.kind)),
        Some((&text("1"), Kind::Number))
    );
    assert_eq!(json.lines, 5);
}

#[test]
fn problems_say_where_and_why() {
    let needs_quotes = |key: &str| Reason::NeedsQuotes { key: key.to_owned() };
    assert_eq!(reason("---\nlayout: post\ntitle: [AWS] 후기\n---\n"), (3, 8, needs_quotes("title")));
    assert_eq!(reason("---\ntitle: 서버: 후기\ndate: 2026-11-21\n---\n"), (2, 8, needs_quotes("title")));
    assert_eq!(reason("---\ntitle: @나\n---\n"), (2, 8, needs_quotes("title")));
    assert_eq!(reason("---\ntitle: \"인용\" 후기\n---\n"), (2, 8, needs_quotes("title")));
    let duplicate = Reason::DuplicateKey { key: "a".to_owned() };
    assert_eq!(reason("---\na: 1\nb: 2\na: 3\n---\n"), (4, 1, duplicate));
    assert_eq!(reason("---\njust a text\n---\n").2, Reason::NotFields);
    assert_eq!(reason("---\n- a\n- b\n---\n").2, Reason::NotFields);
    assert_eq!(reason(&format!("---\na: {}\n---\n", "[".repeat(5_000))).2, Reason::TooDeep);
    assert_eq!(reason(&format!("---\na:\n  {}\n---\n", "- ".repeat(20_000))).2, Reason::TooDeep);
    assert!(matches!(reason("+++\na = 1\nb =\n+++\n"), (3, _, Reason::Syntax { .. })));
    assert_eq!(reason("{\"a\": 1, \"a\": 2}\n"), (1, 10, Reason::DuplicateKey { key: "a".to_owned() }));
}

#[test]
fn aliases_are_never_expanded() {
    let mut source = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        source.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    let read = read(&format!("---\n{source}---\n"));
    assert_eq!(read.problem, None);
    assert_eq!(read.fields.len(), 12);
}

/// Each of these makes some reader of YAML slow; all must be read (or refused) at once.
#[test]
fn hostile_front_matter_is_no_burden() {
    for piece in [
        "? ",
        "- ",
        "[",
        "{",
        "{a: ",
        "[a, ",
        "a: &a *a\n",
        "!",
        "&a ",
        "\"",
        "'",
        "a\n",
        " \n",
        "#\n",
        "|\n",
        "k: >\n",
        "a: b\n ",
    ] {
        let post = format!("---\n{}\n---\n", piece.repeat(60_000 / piece.len()));
        assert!(read(&post).problem.is_some() || piece.trim().is_empty() || piece == "#\n", "{piece:?}");
    }
    let keys: String = (0..9_000).map(|number| format!("k{number}:\n")).collect();
    assert_eq!(read(&format!("---\n{keys}---\n")).fields.len(), 9_000);
}

#[test]
fn the_title_to_show() {
    let long = "가".repeat(200);
    let cases = [
        ("---\ntitle: 제목\n---\n# 다른\n", "제목"),
        ("---\ntitle: [AWS] 후기\n---\n# 다른\n", "[AWS] 후기"),
        ("---\ntitle:\n---\n\n서문\n\n## **굵은** `코드` [링크](https://a.b/c) ##\n", "굵은 코드 링크"),
        ("```sh\n# 주석\n```\n# 진짜 # 제목\n", "진짜 # 제목"),
        ("#태그\n\n다음", "#태그"),
        ("# 이미지 ![로고](a.png) 2\\*3\n", "이미지 로고 2*3"),
        ("\n   첫 줄  \n둘째", "첫 줄"),
        ("", ""),
        ("# \n", "#"),
    ];
    for (post, title) in cases {
        assert_eq!(shown_title(post), title, "{post:?}");
    }
    assert_eq!(shown_title(&long), "가".repeat(120));
}

#[test]
fn a_text_keeps_its_style() {
    assert_edit(
        "title:  \"x\"  # 주석\na: b\n",
        "title",
        &text("새 \"제목\""),
        "title:  \"새 \\\"제목\\\"\"  # 주석\na: b\n",
    );
    assert_edit("title: 'x'\n", "title", &text("it's"), "title: 'it''s'\n");
    assert_edit("title: x\n", "title", &text("새 제목"), "title: 새 제목\n");
    assert_edit("title: x\n", "title", &text("[AWS] 후기"), "title: \"[AWS] 후기\"\n");
    assert_edit("title: x\nb: 'y'\n", "title", &text("서버: 후기"), "title: '서버: 후기'\nb: 'y'\n");
    assert_edit("Title : x\n", "title", &text("z"), "Title : z\n");
    assert_edit("title: 'x'\n", "title", &text("두\n줄"), "title: \"두\\n줄\"\n");
    assert_edit("title:\nb: 1\n", "title", &text("z"), "title: z\nb: 1\n");
    assert_edit("title:   # 없음\n", "title", &text("z"), "title: z   # 없음\n");
    assert_edit("title: \"\"\n", "title", &text("y"), "title: \"y\"\n");
    assert_edit("a: >-\n  one\n\n  two\n\n# c\nb: 1\n", "a", &text("three"), "a: three\n\n# c\nb: 1\n");
    assert_edit("a: |\n  one\n", "a", &text("three"), "a: three\n");
    assert_edit("a: one\n  two # c\nb: 1\n", "a", &text("three"), "a: three # c\nb: 1\n");
    assert_edit("tags: a b\n", "tags", &text("a b c"), "tags: a b c\n");
}

#[test]
fn what_reads_as_another_type_is_quoted() {
    for value in [
        "yes",
        "No",
        "on",
        "null",
        "~",
        "true",
        "12",
        "1.10",
        "1_000",
        "12:30:45",
        "0x1F",
        "2026-11-21",
        "y",
        "=",
        "<<",
    ] {
        assert_edit("a: x\n", "a", &text(value), &format!("a: \"{value}\"\n"));
    }
    for value in [
        "- a", "? a", "#a", "a #b", "a: b", "a:", " a", "a ", "", "&a", "*a", "!a", "|", ">", "%a", "@a",
        "`a", "{a", "'a",
    ] {
        assert_edit("a: x\n", "a", &text(value), &format!("a: \"{value}\"\n"));
    }
    for value in ["C#", "a:b", "a, b", "3가지", "v1.2", "가-나", "https://a.b/c?d=e#f"] {
        assert_edit("a: x\n", "a", &text(value), &format!("a: {value}\n"));
    }
}

#[test]
fn dates_numbers_and_booleans_keep_their_type() {
    assert_edit(
        "date: 2026-11-20\n",
        "date",
        &text("2026-11-21 13:05:00 +0900"),
        "date: 2026-11-21 13:05:00 +0900\n",
    );
    assert_edit("date: \"2026-11-20\"\n", "date", &text("2026-11-21"), "date: \"2026-11-21\"\n");
    assert_edit("lastmod: 2026-11-20\n", "lastmod", &text("2026-11-21"), "lastmod: 2026-11-21\n");
    assert_edit(
        "a: b\n",
        "date",
        &text("2026-11-21T13:05:00+09:00"),
        "a: b\ndate: 2026-11-21T13:05:00+09:00\n",
    );
    assert_edit("weight: 10\n", "weight", &text("20"), "weight: 20\n");
    assert_edit("draft: true\n", "draft", &Value::Boolean(false), "draft: false\n");
    assert_edit("draft: True # c\n", "draft", &Value::Boolean(false), "draft: False # c\n");
    assert_edit("draft: true\n", "draft", &text("true"), "draft: \"true\"\n");
}

#[test]
fn a_list_keeps_its_style() {
    assert_edit("tags: [a, b]\n", "tags", &list(&["a", "b", "c"]), "tags: [a, b, c]\n");
    assert_edit("tags: [ \"a\",\"b\" ] # t\n", "tags", &list(&["b", "c"]), "tags: [ \"b\",\"c\" ] # t\n");
    assert_edit("tags: ['a']\n", "tags", &list(&["a", "b, c"]), "tags: ['a', 'b, c']\n");
    assert_edit("tags: [a]\n", "tags", &list(&["a", "b, c"]), "tags: [a, \"b, c\"]\n");
    assert_edit("tags: []\n", "tags", &list(&["a", "b -"]), "tags: [a, \"b -\"]\n");
    assert_edit("tags: [a]\n", "tags", &list(&[]), "tags: []\n");
    assert_edit(
        "tags: [\n  a,\n  b,\n]\n",
        "tags",
        &list(&["a", "b", "c"]),
        "tags: [\n  a,\n  b,\n  c,\n]\n",
    );
    assert_edit(
        "tags:\n- a # c\n- b\nd: e\n",
        "tags",
        &list(&["a", "b", "c"]),
        "tags:\n- a # c\n- b\n- c\nd: e\n",
    );
    assert_edit("tags:\n  -  a\n\n  # c\n  -  b\n", "tags", &list(&["b"]), "tags:\n\n  # c\n  -  b\n");
    assert_edit("tags:\n  - \"a\"\n  - \"b\"\n", "tags", &list(&["c", "b"]), "tags:\n  - \"c\"\n  - \"b\"\n");
    assert_edit("tags:\n  - a\nb: c\n", "tags", &list(&[]), "tags: []\nb: c\n");
    assert_edit("tags: # c\n  - a\nb: c\n", "tags", &text("x"), "tags: x # c\nb: c\n");
    assert_edit("tags:\n  - a\n  -\n", "tags", &list(&["a", "b"]), "tags:\n  - a\n  - b\n");
    assert_edit("tags:\n", "tags", &list(&["a", "2026"]), "tags: [a, \"2026\"]\n");
    assert_edit("c:\n- x\ntags:\n", "tags", &list(&["a", "b"]), "c:\n- x\ntags:\n- a\n- b\n");
    assert_edit("tags: a b\n", "tags", &list(&["a", "b"]), "tags: [a, b]\n");
    assert_edit("tags: [a, b]\n", "tags", &text("a b"), "tags: a b\n");
}

#[test]
fn fields_come_and_go() {
    assert_edit("a: 1\n# 끝\n", "title", &text("x"), "a: 1\n# 끝\ntitle: x\n");
    assert_edit("", "title", &text("x"), "title: x\n");
    assert_edit("a: 'b'\nc: 'd'\n", "title", &text("x"), "a: 'b'\nc: 'd'\ntitle: 'x'\n");
    assert_edit("c:\n  - x\n", "tags", &list(&["z"]), "c:\n  - x\ntags:\n  - z\n");
    assert_edit("a: 1\ntags:\n- x\n- y\n\n# c\nb: 2\n", "tags", &Value::Empty, "a: 1\n\n# c\nb: 2\n");
    assert_edit("sitemap :\n  a : b\n  c : d\nb: 2\n", "sitemap", &Value::Empty, "b: 2\n");
    assert_edit("a: 1\n", "none", &Value::Empty, "a: 1\n");
    assert_edit("a: 1\n", "a", &text("1"), "a: 1\n");
    assert_eq!(edited("본문\n", "title", &text("x")), "---\ntitle: x\n---\n\n본문\n");
    assert_eq!(edited("", "title", &text("x")), "---\ntitle: x\n---\n\n");
    assert_eq!(edited("\n본문", "draft", &Value::Boolean(true)), "---\ndraft: true\n---\n\n본문");
    assert_eq!(edited("---\na: 1\n---", "b", &text("x")), "---\na: 1\nb: x\n---");
}

#[test]
fn what_may_damage_is_refused() {
    let refusal = |post: &str, key: &str, value: &Value| match set_field(post, key, value) {
        Err(FrontMatterError::Refused { reason, .. }) => reason,
        other => panic!("{other:?}\n{post}"),
    };
    assert_eq!(refusal("---\na: &x 1\nb: *x\n---\n", "a", &text("2")), Refusal::Marked);
    assert_eq!(refusal("---\na: &x 1\nb: *x\n---\n", "b", &text("2")), Refusal::Marked);
    assert_eq!(refusal("---\na: &x 1\nb: *x\n---\n", "a", &Value::Empty), Refusal::Marked);
    assert_eq!(refusal("---\na: !!str 1\n---\n", "a", &text("2")), Refusal::Marked);
    assert_eq!(refusal("---\na:\n  b: 1\n---\n", "a", &text("2")), Refusal::Structured);
    assert_eq!(refusal("---\na: [[b]]\n---\n", "a", &list(&["2"])), Refusal::Structured);
    assert_eq!(refusal("---\na: [\n  b, # c\n]\n---\n", "a", &list(&["2"])), Refusal::UnusualLayout);
    assert_eq!(refusal("---\na: 1\n---\n", "b", &Value::Source("{}".to_owned())), Refusal::Structured);
    assert_eq!(refusal("---\na: 1\n---\n", "b: c", &text("x")), Refusal::UnusualKey);
    assert_eq!(refusal("---\n? a\n: 1\n---\n", "a", &text("x")), Refusal::UnusualLayout);
    assert!(matches!(set_field("---\na: [b\n---\n", "a", &text("x")), Err(FrontMatterError::Problem(_))));
    assert!(matches!(set_field("---\na: 1\n", "a", &text("x")), Err(FrontMatterError::Problem(_))));
}

#[test]
fn toml_is_edited_in_place() {
    let post = "+++\ntitle = 'a' # c\ndate = 2026-11-20\ntags = [\n  \"x\",\n  \"y\",\n]\ndraft = true\n\n[params]\nb = 1\n+++\n본문\n";
    let edits = [
        ("title", text("새 제목"), "title = 'a'", "title = '새 제목'"),
        ("title", text("it's"), "title = 'a'", "title = \"it's\""),
        ("date", text("2026-11-21T13:05:00+09:00"), "2026-11-20", "2026-11-21T13:05:00+09:00"),
        ("tags", list(&["y", "z"]), "  \"x\",\n  \"y\",\n", "  \"y\",\n  \"z\",\n"),
        ("draft", Value::Boolean(false), "draft = true", "draft = false"),
        ("draft", Value::Empty, "draft = true\n", ""),
        ("slug", text("s"), "draft = true\n", "draft = true\nslug = \"s\"\n"),
    ];
    for (key, value, old, new) in edits {
        assert_eq!(edited(post, key, &value), post.replacen(old, new, 1), "{key}");
    }
}

/// Front matters as blogs have them, each with a field whose edit must leave the others alone.
const HEADERS: &[&str] = &[
    "layout: post\ntitle:  \"러스트로 만드는 에디터\"\ndate:   2026-11-21 13:05:00 +0900\ncategories: rust editor\n",
    "title: '에디터 — 1편' # 연재\nsitemap :\n  changefreq : daily\n  priority : 1.0\ntags: [rust, \"에디터\"]\n",
    "# 머리말\n\ntitle: 제목 없음\n\n# 태그는 소문자로\ntags:\n  - rust\n  - tauri   # 앱\n\n  - '2026'\nauthor: {name: 나, url: 'https://a.b'}\n",
    "title: >-\n  길고 긴\n  제목\ntags:\n- a\n- b\ndescription: |\n  # 주석이 아님\n  둘째 줄\n",
    "date: 2026-11-21\nupdated: \"2026-11-22\"\ndraft: yes\nweight: 010\nversion: 1.10\nbase: &b {x: 1}\ncopy: *b\n",
    "Title: Hello\nTAGS: []\nslug:\nmath: true\nheader:\n    image: /a.png\n    caption: \"a: b\"\n",
];

fn any_value() -> impl Strategy<Value = Value> {
    let awkward = prop::sample::select(vec![
        "yes", "a: b", "# x", "'", "\"", "[x", "- x", "", "1e3", "가 #나", "끝:", "\\", "a\nb", "\t", "*x",
        "\u{2028}", "---", "...",
    ]);
    let any_text = prop_oneof![awkward.prop_map(str::to_owned), "[a-z가-힣 :#'\",-]{0,12}", "\\PC{0,8}"];
    prop_oneof![
        any_text.clone().prop_map(Value::Text),
        prop::collection::vec(any_text, 0..5).prop_map(Value::List),
        any::<bool>().prop_map(Value::Boolean),
        Just(Value::Empty),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_edit_changes_one_field_only(
        header in prop::sample::select(HEADERS),
        key in prop::sample::select(vec!["title", "tags", "date", "draft", "description", "slug", "categories", "new"]),
        values in prop::collection::vec(any_value(), 1..4),
    ) {
        let mut post = format!("---\n{header}---\n\n본문 `---`\n---\n");
        for value in values {
            let before = read(&post);
            let after_text = edited(&post, key, &value);
            let after = read(&after_text);
            prop_assert_eq!(&after_text[after.body_start..], &post[before.body_start..]);
            let field = after.fields.iter().find(|field| field.key.eq_ignore_ascii_case(key));
            prop_assert_eq!(field.map(|field| &field.value), (value != Value::Empty).then_some(&value));
            // Every line outside the field is there still, in its order.
            let known = before.fields.iter().position(|field| field.key.eq_ignore_ascii_case(key));
            let lines: Vec<&str> = post.lines().collect();
            let (head, tail) = match known {
                Some(place) => (
                    before.fields[place].line - 1,
                    before.fields.get(place + 1).map_or(before.lines - 1, |next| next.line - 1),
                ),
                None => (before.lines - 1, before.lines - 1),
            };
            let after_lines: Vec<&str> = after_text.lines().collect();
            prop_assert_eq!(&after_lines[..head], &lines[..head]);
            let kept = lines.len() - tail;
            prop_assert_eq!(&after_lines[after_lines.len() - kept..], &lines[tail..]);
            post = after_text;
        }
    }

    #[test]
    fn reading_and_editing_never_panic(post in "(---|\\+\\+\\+|\\{)?\n?([-a-c:\\[\\]{}'\"#&*!|>가 =,?%@\n]{0,40})\n?(---|\\+\\+\\+|\\})?\n?", value in any_value()) {
        let read = read(&post);
        prop_assert!(read.body_start <= post.len());
        shown_title(&post);
        if let Ok(changes) = set_field(&post, "a", &value) {
            let after = super::read(&apply_changes(&post, &changes));
            prop_assert_eq!(after.problem, None);
        }
    }
}

/// As Hugo 0.168, Astro 7.3 (its own pattern), Jekyll 4.3 and Hexo 8.1 do.
#[test]
fn blank_lines_may_stand_before_it_where_the_generator_takes_them() {
    use crate::profile::Generator;
    for (blank, front_matter) in [
        ("\n\n  \n", "---\ntitle: A\n---\n"),
        ("\n", "+++\ntitle = \"A\"\n+++\n"),
        (" \n\t\n", "{\"title\": \"A\"}\n"),
    ] {
        let post = format!("{blank}{front_matter}Body\n");
        let read = read(&post);
        assert_eq!((read.text(Role::Title), read.problem.as_ref()), (Some("A"), None), "{post}");
        assert_eq!(&post[read.body_start..], "Body\n");
        assert_eq!(read.fields[0].line, blank.lines().count() + if blank.starts_with(' ') { 1 } else { 2 });
        assert_eq!(body_start(&post, Generator::Hugo), read.body_start);
        assert_eq!(body_start(&post, Generator::Jekyll), 0);
        assert_eq!(edited(&post, "title", &text("B")), post.replace('A', "B"));
    }
    for text in
        ["\n---\nA line\n---\n", "\n---\n- a\n---\n", "\nA\n---\ntitle: A\n---\n", "\n---\ntitle: A\n"]
    {
        assert_eq!(read(text), FrontMatter::default(), "{text}");
    }
}
