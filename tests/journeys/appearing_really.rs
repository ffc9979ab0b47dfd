//! What is said of whether a post appears, against the real generators.

use std::path::Path;

use postwright_app::checking::{self, Checking};
use postwright_tests::generators;
use postwright_wire::{Checked, FindingLevel, Language};

use super::samples::samples;

fn check(root: &Path) -> Checked {
    let now = jiff::Zoned::now();
    let checking = Checking { site: None, program_folders: &[], now: &now };
    checking::check(&[root.to_owned()], checking, Language::En).unwrap()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The codes of what was found in one file.
fn codes<'c>(checked: &'c Checked, file: &str) -> Vec<&'c str> {
    let of_file = checked.findings.iter().filter(|found| found.file.ends_with(file));
    of_file.map(|found| found.code.as_str()).collect()
}

/// What keeps a post back by its finding is not built, and all else is.
#[test]
fn hugo_builds_a_post_if_and_only_if_nothing_is_said_to_hold_it_back() {
    let posts = [
        ("plain", "date: 2020-01-01", None),
        ("draft", "draft: true", Some("draft")),
        ("text", "draft: yes", None),
        ("no", "draft: no", None),
        ("future", "date: 2099-01-01", Some("future_date")),
        ("publish", "date: 2020-01-01\npublishDate: 2099-01-01", Some("future_date")),
        ("shown", "date: 2099-01-01\npublishDate: 2020-01-01", None),
        ("expired", "expiryDate: 2020-01-01", Some("expired")),
        ("seconds", "date: 20200101", None),
        ("word", "description: &참조 이해", None),
    ];
    let site = tempfile::tempdir().unwrap();
    postwright_testkit::hugo_site(site.path());
    for (name, fields, _) in posts {
        write(
            site.path(),
            &format!("content/posts/{name}.md"),
            &format!("---\ntitle: A\n{fields}\n---\nText\n"),
        );
    }
    let checked = check(site.path());
    let Some(built) = generators::hugo(site.path()) else { return };
    for (name, fields, held_back) in posts {
        let is_built = built.folder.join(format!("posts/{name}/index.html")).exists();
        let codes = codes(&checked, &format!("/{name}.md"));
        assert_eq!(is_built, held_back.is_none(), "{fields}");
        assert_eq!(
            held_back.is_some_and(|code| codes.contains(&code)),
            held_back.is_some(),
            "{fields}: {codes:?}"
        );
    }
    let told = |name: &str, code: &str| codes(&checked, &format!("/{name}.md")).contains(&code);
    assert!(told("text", "draft_is_text") && told("seconds", "date_is_number") && told("word", "loses_word"));
}

/// Each on its own: the site builds if and only if no error is told of it.
#[test]
fn hugo_ends_the_build_where_an_error_is_told() {
    let posts = [
        "date: 2020-01-01",
        "date: 2020-01-01 10:00:00 +09:00",
        "date: 2020-01-01 10:00",
        "date: 2020/01/01",
        "date: 2020-1-1",
        "lastmod: 2020.01.01",
        "date: 2020-13-01",
        "date: 30 Dec 2021",
        "published: false",
        "published: true",
        "url: https://example.org/a",
        "aliases: [https://example.org/a]",
        "aliases: [/a/]",
        "summary: a\nsummary: b",
        "summary: [a] b",
        "summary: 'a: b'",
        "summary: a: b",
    ];
    for fields in posts {
        let site = tempfile::tempdir().unwrap();
        postwright_testkit::hugo_site(site.path());
        write(site.path(), "content/posts/a.md", &format!("---\ntitle: A\n{fields}\n---\nText\n"));
        let checked = check(site.path());
        let has_error = checked.findings.iter().any(|found| found.level == FindingLevel::Error);
        let Some(built) = generators::try_hugo(site.path()) else { return };
        assert_eq!(built.is_err(), has_error, "{fields}: {checked:?}");
    }
}

#[test]
fn two_posts_of_hugo_with_one_address_leave_one_page() {
    let site = tempfile::tempdir().unwrap();
    postwright_testkit::hugo_site(site.path());
    write(site.path(), "content/posts/a.md", "---\ntitle: Alpha\nslug: same\n---\n");
    write(site.path(), "content/posts/same.md", "---\ntitle: Beta\n---\n");
    let checked = check(site.path());
    assert_eq!(codes(&checked, "a.md"), ["same_address"]);
    assert_eq!(codes(&checked, "same.md"), ["same_address"]);
    let Some(built) = generators::hugo(site.path()) else { return };
    let page = built.page("posts/same/index.html");
    assert!(page.contains("Alpha") != page.contains("Beta"), "{page}");
}

#[test]
fn jekyll_builds_what_is_not_said_to_be_held_back_at_the_day_that_is_told() {
    let posts = [
        ("2020-01-02-plain.md", "title: A", None, Some("2020/01/02/plain.html")),
        ("2020-01-02-draft.md", "draft: true", Some("draft_ignored"), Some("2020/01/02/draft.html")),
        ("2020-01-02-hidden.md", "published: false", Some("unpublished"), None),
        ("2020-01-02-no.md", "published: no", Some("unpublished"), None),
        ("2020-01-02-text.md", "published: \"false\"", None, Some("2020/01/02/text.html")),
        (
            "2020-01-02-naive.md",
            "date: 2020-01-02 16:00:00",
            Some("another_day"),
            Some("2020/01/03/naive.html"),
        ),
        ("2020-01-02-quoted.md", "date: \"2020-01-02 16:00:00\"", None, Some("2020/01/02/quoted.html")),
        ("2020-01-02-offset.md", "date: 2020-01-02 16:00:00 +0900", None, Some("2020/01/02/offset.html")),
        ("2020-01-02-other.md", "date: 2020-01-05", Some("days_differ"), Some("2020/01/05/other.html")),
        ("2020-01-02-future.md", "date: 2099-01-05", Some("future_date"), None),
        ("2099-01-02-later.md", "title: A", Some("future_date"), None),
        ("2020-01-02 blank.md", "title: A", Some("passed_over"), None),
        ("undated.md", "title: A", Some("passed_over"), None),
    ];
    let site = tempfile::tempdir().unwrap();
    postwright_testkit::jekyll_site(site.path());
    for (name, fields, ..) in posts {
        write(site.path(), &format!("_posts/{name}"), &format!("---\n{fields}\n---\nText\n"));
    }
    let checked = check(site.path());
    for (name, _, code, _) in posts {
        let found = codes(&checked, &format!("/{name}"));
        assert_eq!(found, code.into_iter().collect::<Vec<_>>(), "{name}");
    }
    let Some(built) = generators::jekyll(site.path()) else { return };
    let pages: Vec<String> = generators::files_under(&built.folder)
        .iter()
        .map(|page| page.strip_prefix(&built.folder).unwrap().to_string_lossy().into_owned())
        .collect();
    for (name, _, _, page) in posts {
        let slug = name.trim_end_matches(".md").rsplit(['-', ' ']).next().unwrap();
        let found: Vec<&str> = pages
            .iter()
            .map(String::as_str)
            .filter(|page| page.ends_with(&format!("/{slug}.html")))
            .collect();
        assert_eq!(found, page.into_iter().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn jekyll_ends_the_build_where_an_error_is_told() {
    for (name, fields) in [
        ("2020-01-02-a.md", "date: 2020-01-02"),
        ("2020-01-02-a.md", "date: 2020.01.02"),
        ("2020-01-02-a.md", "date: hello"),
        ("2020-01-02-a.md", "date: 2020-13-45"),
        ("3002-99-99-a.md", "title: A"),
        ("2020-02-30-a.md", "title: A"),
        ("2020-01-02-a.md", "title: A\ntitle: B"),
    ] {
        let site = tempfile::tempdir().unwrap();
        postwright_testkit::jekyll_site(site.path());
        write(site.path(), &format!("_posts/{name}"), &format!("---\n{fields}\n---\nText\n"));
        let checked = check(site.path());
        let has_error = checked.findings.iter().any(|found| found.level == FindingLevel::Error);
        let Some(built) = generators::try_jekyll(site.path()) else { return };
        assert_eq!(built.is_err(), has_error, "{name} {fields}: {checked:?}");
    }
}

#[test]
#[cfg(unix)]
fn hexo_takes_the_offset_off_twice_and_publishes_drafts() {
    let site = tempfile::tempdir().unwrap();
    postwright_testkit::hexo_site(site.path());
    for (name, fields) in [
        ("offset", "date: 2020-01-02T16:00:00+09:00"),
        ("local", "date: 2020-01-02 16:00:00"),
        ("draft", "date: 2020-01-02 16:00:00\ndraft: true"),
        ("hidden", "date: 2020-01-02 16:00:00\npublished: \"false\""),
    ] {
        write(
            site.path(),
            &format!("source/_posts/{name}.md"),
            &format!("---\ntitle: A\n{fields}\n---\nText\n"),
        );
    }
    let checked = check(site.path());
    assert_eq!(codes(&checked, "/offset.md"), ["offset_taken_twice"]);
    assert_eq!(codes(&checked, "/local.md"), [""; 0]);
    assert_eq!(codes(&checked, "/draft.md"), ["draft_ignored"]);
    assert_eq!(codes(&checked, "/hidden.md"), ["unpublished"]);
    let Some(built) = generators::hexo(site.path()) else { return };
    assert!(built.page("2020/01/01/offset/index.html").contains("2020-01-01T22:00:00"));
    assert!(built.page("2020/01/02/local/index.html").contains("2020-01-02T07:00:00"));
    assert!(built.page("2020/01/02/draft/index.html").contains("Text"));
    assert!(!built.folder.join("2020/01/02/hidden").exists());
}

/// The sample sites are real, and their generators build them: nothing that ends a build may be told of them.
#[test]
fn no_error_is_told_of_real_sites() {
    let Some(samples) = samples() else { return };
    let sites = std::fs::read_dir(samples.join("sites")).unwrap();
    for site in sites.flatten().map(|site| site.path()).filter(|site| site.is_dir()) {
        let checked = check(&site);
        println!("{}: {} posts", site.display(), checked.posts);
        for total in &checked.totals {
            println!("{:>7}  {:?}: {}", total.count, total.level, total.code);
        }
        let errors: Vec<_> =
            checked.findings.iter().filter(|found| found.level == FindingLevel::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", site.display());
    }
}

/// Hugo reads a front matter that blank lines stand before; Jekyll and Hexo show it as text.
#[test]
#[cfg(unix)]
fn blank_lines_before_a_front_matter_count_where_the_generator_says_so() {
    let text = "\n\n---\ntitle: Read\ndate: 2020-01-02 10:00:00\n---\nBody\n";
    let with_post = |write_site: fn(&Path), path: &str| {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        write(site.path(), path, text);
        let found = codes(&check(site.path()), path).join(" ");
        (site, found)
    };
    let (hugo, found) = with_post(postwright_testkit::hugo_site, "content/posts/a.md");
    assert_eq!(found, "");
    if let Some(built) = generators::hugo(hugo.path()) {
        assert!(built.page("posts/a/index.html").contains("<h1>Read</h1>"));
    }
    let (jekyll, found) = with_post(postwright_testkit::jekyll_site, "_posts/2020-01-02-a.md");
    assert_eq!(found, "front_matter_not_read");
    if let Some(built) = generators::jekyll(jekyll.path()) {
        let page = built.page("2020/01/02/a.html");
        assert!(page.contains("title: Read") && !page.contains("<h1>"), "{page}");
    }
    let (hexo, found) = with_post(postwright_testkit::hexo_site, "source/_posts/a.md");
    assert_eq!(found, "front_matter_not_read");
    let Some(built) = generators::hexo(hexo.path()) else { return };
    let pages = generators::files_under(&built.folder);
    let page = pages.iter().find(|page| page.ends_with("a/index.html")).unwrap();
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("title: Read") && page.contains("<h1></h1>"), "{page}");
}
