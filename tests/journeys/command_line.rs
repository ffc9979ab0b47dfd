//! The command line: the same work without a window or a display.

use std::process::{Command, Output};

use postwright_tests::desk::Desk;
use postwright_tests::window::program;
use postwright_wire as wire;
use serde_json::Value;

#[test]
fn a_file_goes_through_import_drafts_show_and_export() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    desk.file("in/dot.png", postwright_testkit::PNG);
    let text = "---\ntitle: 명령줄\n---\n\n![](dot.png)\n";
    desk.file("in/post.md", text);
    let imported = json(&run(&desk, &["import", "in/post.md", "--json"], 0));
    let draft = imported["drafts"][0]["post"].to_string();
    assert_eq!(imported["drafts"][0]["images"], 1);
    assert_eq!(json(&run(&desk, &["drafts", "--json"], 0))["drafts"][0]["title"], "명령줄");
    assert_eq!(
        json(&run(&desk, &["drafts", "--search", "없는 말", "--json"], 0))["drafts"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert_eq!(String::from_utf8(run(&desk, &["show", &draft], 0).stdout).unwrap(), text);
    let plan = json(&run(&desk, &["export", &draft, "--site", "site", "--dry-run", "--json"], 0));
    let path = plan["path"].as_str().unwrap();
    assert_eq!(path, "content/posts/명령줄/index.md");
    assert!(!desk.path("site").join(path).exists(), "a dry run writes nothing");
    let published = json(&run(&desk, &["export", &draft, "--site", "site", "--json"], 0));
    assert_eq!(published["written"].as_array().unwrap().len(), 2);
    assert!(desk.path("site").join(path).exists() && desk.path("site/content/posts/명령줄/dot.png").exists());
    let again = run(&desk, &["export", &draft, "--site", "site"], 1);
    assert!(one_line(&again).contains("already"), "{}", one_line(&again));
}

#[test]
fn check_reads_a_site_as_the_writer_corrected_it() {
    let desk = Desk::new();
    desk.file("site/hugo.toml", "");
    desk.file("site/content/posts/a.md", "---\ntitle: A\n---\n");
    desk.file("site/content/notes/b.md", "---\ntitle: B\ndraft: true\n---\n");
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let found = json(&run(&desk, &["check", "site", "--json", "--library", "library.db"], 0));
    assert_eq!((&found["corrected"], &found["posts"]), (&serde_json::json!([]), &serde_json::json!(2)));
    let corrections =
        wire::SiteCorrections { post_folders: Some(vec!["content/notes".to_owned()]), ..Default::default() };
    desk.call(wire::Call::CorrectSite(wire::CorrectSite { site, corrections }));
    let found = json(&run(&desk, &["check", "site", "--json", "--library", "library.db"], 0));
    assert_eq!((&found["posts"], &found["findings"][0]["code"]), (&1.into(), &"draft".into()));
    assert_eq!(found["corrected"].as_array().unwrap().len(), 1);
    let said =
        String::from_utf8(run(&desk, &["check", "site", "--library", "library.db"], 0).stdout).unwrap();
    assert!(said.contains("read as you corrected it in the library"), "{said}");
}

#[test]
fn search_prints_the_posts_that_hold_something_and_says_what_it_does_not_understand() {
    let desk = Desk::new();
    desk.file("in/one.md", "# 색인\n\n찾아보기를 만든다. `vec![1]`\n");
    desk.file("in/two.md", "# 다른 글\n\n여기에는 없다.\n");
    run(&desk, &["import", "in"], 0);
    let found = json(&run(&desk, &["search", "보기", "--json"], 0));
    assert_eq!((found["total"].as_u64(), found["posts"][0]["title"].as_str()), (Some(1), Some("색인")));
    let line = String::from_utf8(run(&desk, &["search", "--initials", "ㅊㅇㅂㄱ"], 0).stdout).unwrap();
    assert!(line.contains("색인") && line.contains("3: 찾아보기를"), "{line}");
    assert_eq!(json(&run(&desk, &["search", "글 -여기", "--json"], 0))["total"], 0);
    assert_eq!(
        json(&run(&desk, &["drafts", "--search", "없다", "--json"], 0))["drafts"][0]["title"],
        "다른 글"
    );
    let refused = one_line(&run(&desk, &["search", "is:gone", "--lang", "en"], 2));
    assert!(refused.contains("gone") && refused.contains("is:draft"), "{refused}");
}

#[test]
fn render_prints_what_the_preview_shows() {
    let desk = Desk::new();
    desk.file("a.md", "---\ntitle: 글\n---\n# 글 <script>alert(1)</script>\n\n```rust\nfn f() {}\n```\n");
    let html = String::from_utf8(run(&desk, &["render", "a.md"], 0).stdout).unwrap();
    assert!(html.contains("<h1") && html.contains("<span class=") && !html.contains("<script"), "{html}");
    desk.file("b.md", "둘째");
    run(&desk, &["render", "a.md", "b.md", "--out", "out", "--page"], 0);
    assert!(std::fs::read_to_string(desk.path("out/b.html")).unwrap().contains("<p>둘째</p>"));
    assert!(std::fs::read_to_string(desk.path("out/a.html")).unwrap().contains("<title>글</title>"));
}

#[test]
fn render_reads_a_post_as_its_site_does() {
    let desk = Desk::new();
    desk.file("site/hugo.toml", "baseURL = \"https://example.org/\"\n");
    desk.file("site/content/posts/a.md", "\"말\" -- 끝\n");
    desk.file("b.md", "\"말\" -- 끝\n");
    let rendered = |arguments: &[&str]| String::from_utf8(run(&desk, arguments, 0).stdout).unwrap();
    let of_hugo = rendered(&["render", "site/content/posts/a.md"]);
    assert!(of_hugo.contains('“') && of_hugo.contains('–'), "{of_hugo}");
    assert_eq!(rendered(&["render", "b.md", "--site", "site"]), of_hugo);
    assert_eq!(rendered(&["render", "b.md", "--engine", "hugo"]), of_hugo);
    let plain = rendered(&["render", "b.md"]);
    assert!(plain.contains("--") && !plain.contains('“'), "{plain}");
    assert_eq!(rendered(&["render", "site/content/posts/a.md", "--engine", "commonmark"]), plain);
}

#[test]
fn render_says_when_a_text_is_too_large_to_preview() {
    let desk = Desk::new();
    desk.file("a.md", "# a\n".repeat(50_001));
    for arguments in
        [&["--lang", "en", "render", "a.md", "--engine", "jekyll"][..], &["--lang", "en", "render", "a.md"]]
    {
        let output = run(&desk, arguments, 2);
        assert!(output.stdout.is_empty());
        let line = one_line(&output);
        assert!(line.starts_with("a.md: ") && line.contains("too large to preview"), "{line}");
    }
}

#[test]
fn meta_edits_one_line_in_place() {
    let desk = Desk::new();
    let text = "---\r\ntitle: 'A'\r\ndate: 2025-01-01\r\ntags: [x]\r\n---\r\nbody";
    let file = desk.file("a.md", text);
    assert_eq!(
        json(&run(&desk, &["meta", "a.md", "--json"], 0))["fields"][1]["value"]["value"],
        "2025-01-01"
    );
    run(&desk, &["meta", "a.md", "--set", "date=2026-02-03", "--add", "tags=한글"], 0);
    let expected = text.replace("2025-01-01", "2026-02-03").replace("[x]", "[x, 한글]");
    assert_eq!(std::fs::read_to_string(file).unwrap(), expected);
}

#[test]
fn site_says_what_a_folder_is_and_why() {
    let desk = Desk::new();
    postwright_testkit::jekyll_site(&desk.path("site"));
    let site = json(&run(&desk, &["site", "site", "--json"], 0));
    assert_eq!(site["generator"], "jekyll");
    let evidence = site["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|evidence| evidence["path"] == "_config.yml"), "{evidence:?}");
}

#[test]
fn failures_are_one_line_in_the_language_that_was_asked_for() {
    let desk = Desk::new();
    desk.file("bad.md", b"caf\xe9");
    desk.file("empty/x.pdf", "");
    for (arguments, says) in [
        (["--lang", "ko", "render", "bad.md"], "UTF-8 파일이 아닙니다"),
        (["--lang", "en", "render", "bad.md"], "not UTF-8"),
        (["--lang", "ko", "site", "empty"], "사이트도 마크다운 파일도 없는"),
        (["--lang", "en", "show", "99"], "no draft 99"),
    ] {
        let line = one_line(&run(&desk, &arguments, 2));
        assert!(line.contains(says), "{line}");
    }
}

fn run(desk: &Desk, arguments: &[&str], code: i32) -> Output {
    let output = Command::new(program())
        .args(arguments)
        .current_dir(desk.folder.path())
        .env("POSTWRIGHT_LIBRARY", desk.path("command-line.db"))
        .env("LC_ALL", "en_US.UTF-8")
        .env("TZ", "Asia/Seoul")
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn one_line(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    said
}
