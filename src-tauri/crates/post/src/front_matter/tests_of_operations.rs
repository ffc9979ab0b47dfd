//! Every operation in every notation, and what each leaves alone.

use proptest::prelude::*;

use super::*;
use crate::apply_changes;
use crate::profile::KeyCase;

fn path(names: &str) -> Vec<String> {
    names.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn after(post: &str, operation: &Operation<'_>) -> Result<String, FrontMatterError> {
    edit(post, operation, KeyCase::Counts).map(|changes| apply_changes(post, &changes))
}

/// `source` in the delimiters of its notation.
fn post_of(source: &str, format: Format) -> String {
    match format {
        Format::Yaml => format!("---\n{source}---\n본문\n"),
        Format::Toml => format!("+++\n{source}+++\n본문\n"),
        Format::Json | Format::None => format!("{source}\n본문\n"),
    }
}

#[track_caller]
fn assert_after(format: Format, source: &str, operation: &Operation<'_>, expected: &str) {
    let made = after(&post_of(source, format), operation).unwrap_or_else(|error| panic!("{error}\n{source}"));
    assert_eq!(made, post_of(expected, format), "{operation:?} of\n{source}");
}

#[track_caller]
fn assert_set(format: Format, source: &str, names: &str, value: impl Into<Value>, expected: &str) {
    let (path, value) = (path(names), value.into());
    assert_after(format, source, &Operation::Set { path: &path, value: &value, kind: Kind::Text }, expected);
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<&[&str]> for Value {
    fn from(items: &[&str]) -> Self {
        Value::List(items.iter().map(|item| (*item).to_owned()).collect())
    }
}

const YAML: &str = "title: A\ncover:\n    # of the site\n    image: a.png # c\n    alt: \"글: 하나\"\nparams: {math: true, toc: [a, b]}\ndraft: false\n";
const TOML: &str = "title = 'A'\nparams = { math = true, toc = [\"a\", \"b\"] }\n\n[taxonomies]\ntags = [\"x\", \"y\"] # c\n\n[extra]\nx = 1\n";
const JSON: &str = "{\n\t\"title\": \"A\",\n\t\"cover\": {\"image\": \"a.png\", \"alt\": \"b\"},\n\t\"tags\": [\n\t\t\"x\",\n\t\t\"y\"\n\t],\n\t\"weight\": 10\n}";

#[test]
fn fields_inside_tables_are_set() {
    assert_set(Format::Yaml, YAML, "cover.image", "b.png", &YAML.replace("a.png", "b.png"));
    assert_set(Format::Yaml, YAML, "cover.alt", "x", &YAML.replace("글: 하나", "x"));
    assert_set(Format::Yaml, YAML, "params.math", "no", &YAML.replace("math: true", "math: \"no\""));
    let added = YAML.replace("하나\"\n", "하나\"\n    caption: 둘\n");
    assert_set(Format::Yaml, YAML, "cover.caption", "둘", &added);
    let in_braces = YAML.replace("[a, b]}", "[a, b], date: \"a, b\"}");
    assert_set(Format::Yaml, YAML, "params.date", "a, b", &in_braces);
    let new_table = format!("{YAML}taxonomies:\n  tags: [x]\n");
    assert_set(Format::Yaml, YAML, "taxonomies.tags", &["x"][..], &new_table);
    assert_set(Format::Yaml, "cover:\nb: 1\n", "cover.image", "x", "cover:\n  image: x\nb: 1\n");

    assert_set(Format::Toml, TOML, "params.math", "x", &TOML.replace("math = true", "math = \"x\""));
    let tags = TOML.replace("\"y\"]", "\"y\", \"둘\"]");
    assert_set(Format::Toml, TOML, "taxonomies.tags", &["x", "y", "둘"][..], &tags);
    let categories = TOML.replace("# c\n", "# c\ncategories = [\"k\"]\n");
    assert_set(Format::Toml, TOML, "taxonomies.categories", &["k"][..], &categories);
    let new_table = format!("{TOML}\n[cover]\nimage = \"a.png\"\n");
    assert_set(Format::Toml, TOML, "cover.image", "a.png", &new_table);
    assert_set(Format::Toml, "title = 'A'\n", "a.b", "c", "title = 'A'\n\n[a]\nb = \"c\"\n");
    let dotted = "title = 'A'\ncover.image = 'a'\nx = 1\n";
    let expected = dotted.replace("'a'\n", "'a'\ncover.alt = \"b\"\n");
    assert_set(Format::Toml, dotted, "cover.alt", "b", &expected);
    assert_set(Format::Toml, TOML, "params.x", "y", &TOML.replace("\"b\"] }", "\"b\"], x = \"y\" }"));

    assert_set(Format::Json, JSON, "cover.alt", "\"c\"\n", &JSON.replace("\"b\"", "\"\\\"c\\\"\\n\""));
    assert_set(Format::Json, JSON, "weight", "20", &JSON.replace("10", "20"));
    assert_set(Format::Json, JSON, "weight", "x", &JSON.replace("10", "\"x\""));
    let caption = JSON.replace("\"b\"}", "\"b\", \"caption\": \"둘\"}");
    assert_set(Format::Json, JSON, "cover.caption", "둘", &caption);
    let new_field = JSON.replace("10\n", "10,\n\t\"slug\": \"s\"\n");
    assert_set(Format::Json, JSON, "slug", "s", &new_field);
    let new_table = JSON.replace("10\n", "10,\n\t\"taxonomies\": {\"tags\": [\"z\"]}\n");
    assert_set(Format::Json, JSON, "taxonomies.tags", &["z"][..], &new_table);
    assert_set(Format::Json, "{}", "a", "b", "{\"a\": \"b\"}");
}

#[test]
fn items_come_and_go() {
    let cases = [
        (Format::Yaml, "tags: [x, y]\n", "tags", "tags: [x, y, z]\n", "tags: [y]\n"),
        (Format::Yaml, "tags:\n- x # c\n- y\n", "tags", "tags:\n- x # c\n- y\n- z\n", "tags:\n- y\n"),
        (Format::Yaml, "tags: x\n", "tags", "tags: [x, z]\n", "tags: []\n"),
        (
            Format::Yaml,
            "t:\n  tags:\n    - x\n    - y\n",
            "t.tags",
            "t:\n  tags:\n    - x\n    - y\n    - z\n",
            "t:\n  tags:\n    - y\n",
        ),
        (
            Format::Toml,
            "[t]\ntags = ['x', 'y']\n",
            "t.tags",
            "[t]\ntags = ['x', 'y', 'z']\n",
            "[t]\ntags = ['y']\n",
        ),
        (
            Format::Json,
            "{\"tags\": [\"x\", \"y\"]}",
            "tags",
            "{\"tags\": [\"x\", \"y\", \"z\"]}",
            "{\"tags\": [\"y\"]}",
        ),
        (
            Format::Json,
            "{\n  \"tags\": [\n    \"x\"\n  ]\n}",
            "tags",
            "{\n  \"tags\": [\n    \"x\", \"z\"\n  ]\n}",
            "{\n  \"tags\": []\n}",
        ),
    ];
    for (format, source, names, with, without) in cases {
        let path = &path(names);
        assert_after(format, source, &Operation::AddItem { path, item: "z" }, with);
        assert_after(format, source, &Operation::AddItem { path, item: "x" }, source);
        assert_after(format, source, &Operation::RemoveItem { path, item: "x" }, without);
        assert_after(format, source, &Operation::RemoveItem { path, item: "none" }, source);
    }
}

#[test]
fn fields_go() {
    let cases = [
        (Format::Yaml, YAML, "cover.image", "    image: a.png # c\n", ""),
        (Format::Yaml, YAML, "params.math", "math: true, ", ""),
        (Format::Yaml, YAML, "params.toc", ", toc: [a, b]", ""),
        (Format::Yaml, "a: 1\nt:\n  tags: [x]\nb: 2\n", "t.tags", "t:\n  tags: [x]\n", ""),
        (Format::Toml, TOML, "taxonomies.tags", "[taxonomies]\ntags = [\"x\", \"y\"] # c\n", ""),
        (Format::Toml, TOML, "extra", "\n[extra]\nx = 1\n", ""),
        (Format::Toml, TOML, "params.math", "math = true, ", ""),
        (Format::Json, JSON, "title", "\"title\": \"A\",\n\t", ""),
        (Format::Json, JSON, "weight", ",\n\t\"weight\": 10", ""),
        (Format::Json, JSON, "cover.alt", ", \"alt\": \"b\"", ""),
        (Format::Json, "{\"a\": {\"b\": 1}}", "a.b", "\"a\": {\"b\": 1}", ""),
    ];
    for (format, source, names, old, new) in cases {
        let path = &path(names);
        assert_after(format, source, &Operation::Remove { path }, &source.replacen(old, new, 1));
        assert_set(format, source, names, Value::Empty, &source.replacen(old, new, 1));
    }
}

#[test]
fn keys_get_other_names() {
    for (format, source, names, old, new) in [
        (Format::Yaml, YAML, "cover.image", "    image:", "    picture:"),
        (Format::Yaml, YAML, "params.math", "math:", "picture:"),
        (Format::Yaml, "'a b' : 1\n", "a b", "'a b'", "picture"),
        (Format::Toml, TOML, "taxonomies", "[taxonomies]", "[picture]"),
        (Format::Toml, TOML, "title", "title", "picture"),
        (Format::Json, JSON, "cover.image", "\"image\"", "\"picture\""),
    ] {
        // A name with a blank is one key.
        let path = if names == "a b" { vec![names.to_owned()] } else { path(names) };
        let expected = source.replacen(old, new, 1);
        assert_after(format, source, &Operation::Rename { path: &path, to: "picture" }, &expected);
    }
    let refused = |source: &str, from: &str, to: &str| {
        after(&post_of(source, Format::Yaml), &Operation::Rename { path: &path(from), to }).unwrap_err()
    };
    let exists = Refusal::KeyExists { key: "draft".to_owned() };
    let error = FrontMatterError::Refused { key: "title".to_owned(), reason: exists, line: 2, column: 1 };
    assert_eq!(refused(YAML, "title", "Draft"), error);
    assert!(matches!(
        refused(YAML, "title", "a: b"),
        FrontMatterError::Refused { reason: Refusal::UnusualKey, .. }
    ));
}

#[test]
fn fields_change_places() {
    let order = |keys: &str| keys.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let cases = [
        (
            Format::Yaml,
            "# top\na: 1\n\n# of b\nb:\n  x: 1\n  y: 2\n# end\n",
            "",
            "b a",
            "# top\n# of b\nb:\n  x: 1\n  y: 2\n\na: 1\n# end\n",
        ),
        (Format::Yaml, "b:\n  x: 1\n  y: 2\n", "b", "y", "b:\n  y: 2\n  x: 1\n"),
        (Format::Yaml, "b: {x: 1, y: 2}\n", "b", "y x", "b: {y: 2, x: 1}\n"),
        (
            Format::Toml,
            "a = 1 # c\nb = [\n  2,\n]\n[t]\nx = 1\ny = 2\n",
            "",
            "b a",
            "b = [\n  2,\n]\na = 1 # c\n[t]\nx = 1\ny = 2\n",
        ),
        (Format::Toml, "a = 1\n[t]\nx = 1\n\ny = 2\n", "t", "y", "a = 1\n[t]\ny = 2\n\nx = 1\n"),
        (
            Format::Json,
            "{\n  \"a\": 1,\n  \"b\": {\"c\": 2}\n}",
            "",
            "b a",
            "{\n  \"b\": {\"c\": 2},\n  \"a\": 1\n}",
        ),
    ];
    for (format, source, table, keys, expected) in cases {
        let (path, keys) = (path(table), order(keys));
        assert_after(format, source, &Operation::Reorder { path: &path, keys: &keys }, expected);
    }
}

#[test]
fn numbers_dates_and_lines_are_written_as_such() {
    let cases = [
        (Format::Yaml, Kind::Number, "10", "num: 10\n"),
        (Format::Yaml, Kind::Number, "1.5", "num: 1.5\n"),
        (Format::Yaml, Kind::Number, "ten", "num: ten\n"),
        (Format::Yaml, Kind::Text, "10", "num: \"10\"\n"),
        (Format::Yaml, Kind::Date, "2026-11-21 13:05:00 +0900", "num: 2026-11-21 13:05:00 +0900\n"),
        (Format::Yaml, Kind::Lines, "하나\n둘", "num: |-\n  하나\n  둘\n"),
        (Format::Yaml, Kind::Lines, " 하나\n둘", "num: \" 하나\\n둘\"\n"),
        (Format::Toml, Kind::Number, "10", "num = 10\n"),
        (Format::Toml, Kind::Text, "10", "num = \"10\"\n"),
        (Format::Toml, Kind::Date, "2026-11-21T13:05:00+09:00", "num = 2026-11-21T13:05:00+09:00\n"),
        (Format::Toml, Kind::Lines, "하나\n둘", "num = \"하나\\n둘\"\n"),
    ];
    let path = path("num");
    for (format, kind, text, expected) in cases {
        let value = &Value::from(text);
        assert_after(format, "", &Operation::Set { path: &path, value, kind }, expected);
        let read = read(&post_of(expected, format));
        assert_eq!(read.fields[0].value, *value);
    }
    let value = &Value::from("10");
    assert_after(
        Format::Json,
        "{}",
        &Operation::Set { path: &path, value, kind: Kind::Number },
        "{\"num\": 10}",
    );
}

#[test]
fn a_text_of_several_lines_stays_a_block() {
    let block = "a:\n   b: |\n      하나\n      # 둘\n\n      셋\nc: 1\n";
    assert_set(Format::Yaml, block, "a.b", "하나\n# 둘\n\n넷\n", &block.replace('셋', "넷"));
    let long = "a = '''\n하나\n둘'''\n";
    assert_set(Format::Toml, long, "a", "하나\n셋", &long.replace('둘', "셋"));
}

#[test]
fn what_cannot_be_edited_says_where_and_why() {
    let read_locks = |post: &str| -> Vec<(String, usize, usize, Reason)> {
        let mut read = read(post);
        read.lock_keys_that_differ_in_case();
        let locked = read.fields.into_iter().filter_map(|field| Some((field.key, field.locked?)));
        locked.map(|(key, lock)| (key, lock.line, lock.column, lock.reason)).collect()
    };
    let post = "---\ntitle: &t A\ndesc: *t\nlist: [[a]]\nTags: [a]\ntags: [b]\nt: {<<: *t}\n---\n";
    let same = |key: &str, other: &str| Reason::SameButCase { key: key.to_owned(), other: other.to_owned() };
    let expected = [
        ("title", 2, Reason::Marked),
        ("desc", 3, Reason::Marked),
        ("list", 4, Reason::Structured),
        ("Tags", 5, same("Tags", "tags")),
        ("tags", 6, same("tags", "Tags")),
        ("t", 7, Reason::Marked),
    ];
    let expected: Vec<_> =
        expected.map(|(key, line, reason)| (key.to_owned(), line, 1, reason)).into_iter().collect();
    assert_eq!(read_locks(post), expected);

    let set = |post: &str, names: &str, key_case| {
        let (path, value) = (path(names), Value::List(vec!["c".to_owned()]));
        edit(post, &Operation::Set { path: &path, value: &value, kind: Kind::Text }, key_case)
    };
    let refused = FrontMatterError::Refused {
        key: "tags".to_owned(),
        reason: Refusal::SameButCase { other: "Tags".to_owned() },
        line: 6,
        column: 1,
    };
    assert_eq!(set(post, "tags", KeyCase::Ignored), Err(refused));
    assert!(set(post, "tags", KeyCase::Counts).is_ok());
    // One of the two can be taken out, which mends it.
    let remove = Operation::Remove { path: &path("Tags") };
    assert!(edit(post, &remove, KeyCase::Ignored).is_ok());
    assert_eq!(reason_of(";;;\n\"title\": \"A\"\n;;;\nbody\n"), Reason::BareJson);
    assert!(
        set("\n---\ntitle: A\n---\n", "tags", KeyCase::Counts).is_ok(),
        "blank lines may stand before it"
    );
    let hidden = set("\n---\n- A\n---\n", "tags", KeyCase::Counts);
    assert!(
        matches!(hidden, Err(FrontMatterError::Refused { reason: Refusal::UnusualLayout, .. })),
        "{hidden:?}"
    );
}

fn reason_of(post: &str) -> Reason {
    read(post).problem.unwrap().reason
}

/// The guard is not only a promise: it must fall on edits that do more than they say.
#[test]
fn the_guard_refuses_what_does_more() {
    let before = "---\ntitle: A\ntags: [x]\ncount: 1\n---\n본문\n";
    let (title, value) = (path("title"), Value::from("B"));
    let edit = super::edit::Edit::Put { path: &title, value: &value, kind: Kind::Text };
    let judged = |after: &str| guard::check(before, &read(before), after, &edit).is_ok();
    assert!(judged(&before.replace("A", "B")));
    for wrong in [
        before.replace("A", "C"),
        before.replace("A", "B").replace("[x]", "[y]"),
        before.replace("A", "B").replace("count: 1\n", ""),
        before.replace("A", "B").replace("count: 1", "count: '1'"),
        before.replace("A", "B").replace("count: 1", "count:  1"),
        before.replace("A", "B").replace("본문", "본"),
        before.replace("A", "B\nother: 2"),
        before.replace("A", "B").replace("count: 1", "# c\ncount: 1"),
        before.replace("title: A", "'title': B\n'title': B"),
        before.replace("title: A\ntags: [x]", "tags: [x]\ntitle: B"),
    ] {
        assert!(!judged(&wrong), "{wrong}");
    }
}

/// Values that one reader or another takes for something else than a text.
const TRAPS: &[&str] = &[
    "no",
    "on",
    "Yes",
    "null",
    "~",
    "1:30",
    "0123",
    "0x1F",
    "1e3",
    "1_000",
    ".5",
    "2026-11-21",
    "12:30:45",
    "@x",
    "`x`",
    "%x",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "? a",
    "[a]",
    "{a}",
    "{{ a }}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "=",
    "<<",
    "'",
    "\"",
    "\\",
    "a\nb",
    "a\n",
    "\n",
    "\t",
    " a",
    "a ",
    "",
    "-",
    "---",
    "...",
    "+++",
    "a:",
    "끝:",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{0}",
    "😀",
    "''' \"\"\"",
    "true",
    "12",
    "1.10",
    "+1",
    "-.inf",
    "a, b",
    "]",
    "}",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(TRAPS).prop_map(str::to_owned),
        "[a-z가-힣 :#'\",{}-]{0,12}",
        "\\PC{0,8}",
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any_text().prop_map(Value::Text),
        prop::collection::vec(any_text(), 0..4).prop_map(Value::List),
        any::<bool>().prop_map(Value::Boolean),
        Just(Value::Empty),
    ]
}

fn any_post() -> impl Strategy<Value = (Format, &'static str)> {
    let yaml = "title: '하나'\ncover:\n  image: a.png # c\n  sizes: [s, \"m\"]\n\n# 끝\nt: {a: b, tags: [x]}\ntaxonomies:\n  tags:\n  - a\n  - b # c\n";
    prop::sample::select(vec![
        (Format::Yaml, YAML),
        (Format::Yaml, yaml),
        (Format::Yaml, "{title: A, cover: {image: 'b'}, tags: [x]}\n"),
        (Format::Yaml, ""),
        (Format::Toml, TOML),
        (
            Format::Toml,
            "title = \"\"\"\n하나\n둘\"\"\"\ncover.image = 'x'\ncover.alt = 'y'\n[[tags]]\nx = 1\n",
        ),
        (Format::Toml, ""),
        (Format::Json, JSON),
        (Format::Json, "{\"title\":\"A\",\"cover\":{\"image\":\"b\"},\"tags\":[\"x\"]}"),
        (Format::Json, "{}"),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(768))]

    #[test]
    fn any_operation_does_what_it_says_or_nothing(
        (format, source) in any_post(),
        names in prop::sample::select(vec!["title", "cover.image", "cover.new", "tags", "t.tags", "taxonomies.tags", "params.toc", "new", "new.one.two", "cover"]),
        values in prop::collection::vec((any_value(), prop::sample::select(vec![Kind::Text, Kind::Lines, Kind::Number, Kind::Date])), 1..4),
        item in any_text(),
        which in 0..6_usize,
    ) {
        let mut post = post_of(source, format);
        let path = path(names);
        let keys: Vec<String> = ["tags", "cover", "title", "new"].map(str::to_owned).to_vec();
        for (value, kind) in values {
            let operation = match which {
                0 | 1 => Operation::Set { path: &path, value: &value, kind },
                2 => Operation::AddItem { path: &path, item: &item },
                3 => Operation::RemoveItem { path: &path, item: &item },
                4 => Operation::Rename { path: &path, to: "renamed" },
                _ => Operation::Reorder { path: &[], keys: &keys },
            };
            let Ok(made) = after(&post, &operation) else { continue };
            let read = read(&made);
            prop_assert_eq!(&read.problem, &None, "{}", made);
            prop_assert_eq!(&made[read.body_start..], "본문\n");
            let found = read.at(&path).map(|field| &field.value);
            if let (Operation::Set { .. }, true) = (&operation, value != Value::Empty) {
                prop_assert_eq!(found, Some(&value), "{}", made);
            }
            post = made;
        }
    }

    /// What the guard refuses of plain edits of texts is an edit that this crate makes badly: there is none.
    #[test]
    fn a_text_can_always_be_written((format, source) in any_post(), text in any_text()) {
        let post = post_of(source, format);
        let (path, value) = (path("title"), Value::Text(text));
        let operation = Operation::Set { path: &path, value: &value, kind: Kind::Text };
        let made = after(&post, &operation);
        prop_assert!(made.is_ok(), "{made:?} for {value:?} in\n{post}");
    }
}
