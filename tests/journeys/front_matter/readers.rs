//! What is written into a front matter, read by the real generators: a text is a text to them, whatever it looks like.

use std::path::Path;

use postwright_post::apply_changes;
use postwright_post::front_matter::{self, Kind, Operation, Value};
use postwright_post::profile::KeyCase;
use postwright_tests::generators;

/// Texts that a reader of YAML 1.1, of 1.2 or of TOML takes for something else when they stand without quotes.
const TRAPS: &[&str] = &[
    "no",
    "Yes",
    "on",
    "OFF",
    "y",
    "n",
    "true",
    "False",
    "null",
    "Null",
    "~",
    "1:30",
    "12:30:45",
    "0123",
    "0o17",
    "0x1F",
    "0b1",
    "1e3",
    "1E3",
    "1_000",
    ".5",
    "5.",
    "+1",
    "-1",
    "1.10",
    ".inf",
    "-.Inf",
    ".NaN",
    "nan",
    "inf",
    "2026-11-21",
    "2026-11-21 13:05:00",
    "2026-11-21T13:05:00+09:00",
    "@x",
    "`x`",
    "%x",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "- a",
    "-",
    "--",
    "? a",
    "?",
    "[a]",
    "[a] b",
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
    "''",
    "\"",
    "it's \"q\"",
    "\\",
    "a\\n",
    "a\nb",
    "a\n",
    "a\tb",
    " a",
    "a ",
    "",
    "---",
    "...",
    "+++",
    "끝:",
    "가: 나",
    "😀",
    "a, b",
    "a]",
    "}",
    "\u{2028}",
    "\u{a0}",
    "C#",
    "https://a.b/c?d=e#f",
];

fn post(format_of: &str) -> String {
    let empty = match format_of {
        "yaml" => "---\ntitle: T\ndate: 2025-01-02\nlayout: post\n---\n\nBody.\n",
        "toml" => "+++\ntitle = 'T'\ndate = 2025-01-02\n+++\n\nBody.\n",
        _ => "{\n  \"title\": \"T\",\n  \"date\": \"2025-01-02\"\n}\n\nBody.\n",
    };
    let mut text = empty.to_owned();
    let mut set = |path: &[String], value: &Value| {
        let operation = Operation::Set { path, value, kind: Kind::Text };
        let changes = front_matter::edit(&text, &operation, KeyCase::Ignored)
            .unwrap_or_else(|error| panic!("{value:?}: {error}"));
        text = apply_changes(&text, &changes);
    };
    for (number, trap) in TRAPS.iter().enumerate() {
        set(&["one".to_owned(), format!("k{number}")], &Value::Text((*trap).to_owned()));
    }
    set(&["many".to_owned()], &Value::List(TRAPS.iter().map(|trap| (*trap).to_owned()).collect()));
    text
}

fn assert_read(page: &str, reader: &str) {
    let json = page.split("<pre>").nth(1).and_then(|page| page.split("</pre>").next()).unwrap();
    let read: serde_json::Value =
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    for (number, trap) in TRAPS.iter().enumerate() {
        assert_eq!(read["one"][format!("k{number}")], *trap, "{reader} reads a field otherwise");
        assert_eq!(read["many"][number], *trap, "{reader} reads an item otherwise");
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn hugo_reads_what_was_written_in_each_notation() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    postwright_testkit::hugo_site(&site);
    let layout = "<pre>{{ dict \"one\" .Params.one \"many\" .Params.many | jsonify | safeHTML }}</pre>";
    for name in ["page", "single"] {
        write(&site.join(format!("layouts/_default/{name}.html")), layout);
    }
    for notation in ["yaml", "toml", "json"] {
        write(&site.join(format!("content/traps/{notation}.md")), &post(notation));
    }
    let Some(built) = generators::hugo(&site) else { return };
    for notation in ["yaml", "toml", "json"] {
        assert_read(&built.page(&format!("traps/{notation}/index.html")), &format!("Hugo ({notation})"));
    }
}

#[test]
fn jekyll_reads_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    postwright_testkit::jekyll_site(&site);
    let layout = "<pre>{\"one\": {{ page.one | jsonify }}, \"many\": {{ page.many | jsonify }}}</pre>";
    write(&site.join("_layouts/post.html"), layout);
    write(&site.join("_posts/2025-01-02-traps.md"), &post("yaml"));
    let Some(built) = generators::jekyll(&site) else { return };
    assert_read(&built.page("2025/01/02/traps.html"), "Jekyll");
}
