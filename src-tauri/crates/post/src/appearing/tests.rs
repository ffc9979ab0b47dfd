use jiff::Zoned;
use serde_json::{Value, json};

use super::*;
use crate::apply_changes;
use crate::profile::{Generator, Profile};

/// Five past one in the afternoon in Seoul: 04:05 in UTC.
fn now() -> Zoned {
    "2026-11-21T13:05:00+09:00[Asia/Seoul]".parse().unwrap()
}

struct Site {
    rules: Rules,
    names_zone: bool,
    path: &'static str,
}

fn site(generator: Generator, configuration: Value) -> Site {
    let path = match generator {
        Generator::Jekyll => "_posts/2026-11-20-a.md",
        Generator::Hexo => "source/_posts/a.md",
        _ => "content/posts/a.md",
    };
    Site { rules: Rules::of(generator, &configuration), names_zone: false, path }
}

impl Site {
    fn seoul(self) -> Self {
        Site { names_zone: true, ..self }
    }

    fn found(&self, text: &str) -> Vec<Finding> {
        let now = now();
        let looked =
            Looked { text, path: self.path, rules: &self.rules, names_zone: self.names_zone, now: &now };
        findings(&looked)
    }

    /// The codes, and what the first mend that there is makes of the fields.
    #[track_caller]
    fn expect(&self, fields: &str, code: &str, mended: &str) {
        let text = format!("---\ntitle: A\n{fields}\n---\nText\n");
        let found = self.found(&text);
        let codes: Vec<&str> = found.iter().map(|finding| finding.kind.code()).collect();
        assert_eq!(codes, [code], "{fields}");
        let after = apply_changes(&text, &found[0].mend);
        let after =
            after.strip_prefix("---\ntitle: A\n").and_then(|after| after.strip_suffix("\n---\nText\n"));
        assert_eq!(after, Some(mended), "{fields}");
        let place = &text[found[0].span.clone()];
        assert!(fields.contains(place) || place.is_empty(), "{place}");
    }

    #[track_caller]
    fn expect_nothing(&self, fields: &str) {
        let text = format!("---\ntitle: A\n{fields}\n---\nText\n");
        assert_eq!(self.found(&text), [], "{fields}");
    }
}

#[test]
fn dates_of_hugo() {
    let hugo = site(Generator::Hugo, json!({}));
    hugo.expect_nothing("date: 2026-11-21T13:04:59+09:00");
    hugo.expect_nothing("date: 2026-11-20");
    hugo.expect("date: 2026-11-22", "future_date", "date: 2026-11-22");
    let missing = "date: 2026-11-21 12:00:00";
    hugo.expect(missing, "offset_missing", "date: 2026-11-21T12:00:00+09:00");
    site(Generator::Hugo, json!({})).seoul().expect_nothing(missing);
    site(Generator::Hugo, json!({"buildFuture": true})).expect_nothing("date: 2026-11-22");
    hugo.expect_nothing("date: 2031-01-01\npublishDate: 2020-01-01");
    hugo.expect(
        "date: 2020-01-01\npublishDate: 2031-01-01",
        "future_date",
        "date: 2020-01-01\npublishDate: 2031-01-01",
    );
    hugo.expect("expiryDate: 2020-01-01", "expired", "expiryDate: 2020-01-01");
    hugo.expect("Date: 2020/1/2", "unreadable_date", "Date: 2020-01-02");
    hugo.expect("lastmod: 2020-01-02 10:00", "unreadable_date", "lastmod: 2020-01-02 10:00:00");
    hugo.expect("date: 20200102", "date_is_number", "date: 2020-01-02");
    hugo.expect("published: false", "not_a_date", "draft: true");
    hugo.expect("date: 2020-01-02\npublished: true", "not_a_date", "date: 2020-01-02");
}

#[test]
fn drafts() {
    let hugo = site(Generator::Hugo, json!({}));
    hugo.expect("draft: true", "draft", "draft: false");
    hugo.expect("draft: yes", "draft_is_text", "draft: true");
    hugo.expect_nothing("draft: no");
    site(Generator::Hugo, json!({"builddrafts": true})).expect_nothing("draft: true");
    let jekyll = site(Generator::Jekyll, json!({}));
    jekyll.expect("draft: true", "draft_ignored", "published: false");
    jekyll.expect("published: false", "unpublished", "published: true");
    jekyll.expect_nothing("published: \"false\"");
    let hexo = site(Generator::Hexo, json!({}));
    hexo.expect("draft: true", "draft_ignored", "published: false");
    hexo.expect("published: \"false\"", "unpublished", "published: true");
}

#[test]
fn dates_of_jekyll() {
    let jekyll = site(Generator::Jekyll, json!({})).seoul();
    jekyll.expect_nothing("date: 2026-11-20 10:00:00 +0900");
    jekyll.expect_nothing("date: 2026-11-20");
    jekyll.expect("date: 2026-11-20 16:28:14", "another_day", "date: 2026-11-20 16:28:14 +0900");
    jekyll.expect("date: 2026-11-19", "days_differ", "date: 2026-11-19");
    jekyll.expect("date: 2031-01-01", "future_date", "date: 2031-01-01");
    jekyll.expect("date: 2026-11-21 12:00:00", "offset_missing", "date: 2026-11-21 12:00:00 +0900");
    site(Generator::Jekyll, json!({"future": true})).seoul().expect(
        "date: 2031-01-01",
        "days_differ",
        "date: 2031-01-01",
    );
    jekyll.expect("date: hello", "unreadable_date", "date: hello");
    let future = Site { path: "_posts/2031-01-01-a.md", ..site(Generator::Jekyll, json!({})) };
    future.expect("tags: [a]", "future_date", "tags: [a]");
    let draft = Site { path: "_drafts/a.md", ..site(Generator::Jekyll, json!({})) };
    draft.expect("date: 2020-01-01", "in_drafts", "date: 2020-01-01");
}

#[test]
fn dates_of_hexo() {
    let hexo = site(Generator::Hexo, json!({})).seoul();
    hexo.expect("date: 2021-12-30T16:28:14+09:00", "offset_taken_twice", "date: 2021-12-30 16:28:14");
    hexo.expect_nothing("date: 2021-12-30T16:28:14Z");
    hexo.expect_nothing("date: 2031-01-01");
    site(Generator::Hexo, json!({"future": false})).expect(
        "date: 2031-01-01",
        "future_date",
        "date: 2031-01-01",
    );
}

#[test]
fn fields_that_mean_something_else() {
    let hugo = site(Generator::Hugo, json!({}));
    hugo.expect("description: &참조 이해", "loses_word", "description: '&참조 이해'");
    hugo.expect_nothing("description: &참조 이해\nsummary: *참조");
    hugo.expect("url: https://x.org/a", "foreign_address", "url: https://x.org/a");
    hugo.expect("slug: \"???\"", "empty_slug", "slug: \"a\"");
    let jekyll = site(Generator::Jekyll, json!({}));
    jekyll.expect("tags: a, b c", "tags_in_one_text", "tags: [a, b c]");
    jekyll.expect_nothing("tags: a b");
}

#[test]
fn taxonomies_of_zola() {
    let zola = site(Generator::Zola, json!({"taxonomies": [{"name": "tags"}]}));
    let codes = |text: &str| zola.found(text).iter().map(|finding| finding.kind.code()).collect::<Vec<_>>();
    assert_eq!(
        codes("+++\ntitle = \"A\"\n[taxonomies]\ntags = [\"a\"]\nseries = [\"b\"]\n+++\n"),
        ["undeclared_taxonomy"]
    );
    assert_eq!(codes("+++\ntags = [\"a\"]\n+++\n"), ["outside_taxonomies"]);
}

fn map(generator: Generator, posts: &[(&str, &str)]) -> SiteMap {
    let profile = Profile::conventional(generator);
    let known = posts.iter().map(|(path, text)| KnownAddress::of(&profile, path, text, &now())).collect();
    let files: Vec<String> =
        posts.iter().map(|(path, _)| (*path).to_owned()).chain(["content/about.md".to_owned()]).collect();
    SiteMap::new(&profile, Some("https://x.org"), known, &files)
}

#[test]
fn links_among_the_posts_of_hugo() {
    let map = map(
        Generator::Hugo,
        &[
            ("content/posts/a.md", "---\naliases: [/posts/old/]\n---\n"),
            ("content/posts/한글.md", ""),
            ("content/posts/tour/index.md", ""),
            ("content/posts/deep/b.md", ""),
            ("content/posts/c.ko.md", ""),
        ],
    );
    let leads = |link: &str| map.leads("content/posts/a.md", link);
    for link in [
        "/posts/tour/",
        "/posts/tour",
        "https://x.org/posts/tour/",
        "../tour/",
        "tour/index.md",
        "/posts/%ED%95%9C%EA%B8%80/",
    ] {
        assert!(matches!(leads(link), Leads::ToPost { .. }), "{link}: {:?}", leads(link));
    }
    for link in [
        "/posts/old/",
        "/posts/deep/",
        "/posts/c/",
        "/about/",
        "/tags/x/",
        "https://y.org/posts/no/",
        "/posts/a.pdf",
        "#x",
        "mailto:a@b",
        "/posts/page/2/",
        "/no/",
        "about.md",
    ] {
        assert_eq!(leads(link), Leads::Elsewhere, "{link}");
    }
    for link in ["/posts/no/", "https://x.org/posts/no", "../no/", "no.md", "../posts/no.md"] {
        assert_eq!(leads(link), Leads::Nowhere { ends_the_build: false }, "{link}");
    }
    let path = "content/posts/tour/index.md";
    assert_eq!(leads("/posts/tour/#%ED%95%9C"), Leads::ToPost { path, fragment: Some("한".to_owned()) });
}

#[test]
fn links_among_the_posts_of_jekyll_and_zola() {
    let jekyll = map(Generator::Jekyll, &[("_posts/2020-01-02-a.md", "")]);
    let leads = |link: &str| jekyll.leads("_posts/2020-01-02-a.md", link);
    assert!(matches!(leads("/2020/01/02/a.html"), Leads::ToPost { .. }));
    assert!(matches!(leads("/2020/01/02/a"), Leads::ToPost { .. }));
    assert_eq!(leads("/2020/01/03/a.html"), Leads::Nowhere { ends_the_build: false });
    assert_eq!(leads("/about/"), Leads::Elsewhere);
    let zola = map(Generator::Zola, &[("content/blog/a.md", "")]);
    let leads = |link: &str| zola.leads("content/blog/a.md", link);
    assert!(matches!(leads("@/blog/a.md"), Leads::ToPost { .. }));
    assert_eq!(leads("@/about.md"), Leads::Elsewhere);
    assert_eq!(leads("@/blog/no.md"), Leads::Nowhere { ends_the_build: true });
}

#[test]
fn two_posts_with_one_address() {
    let map = map(
        Generator::Hugo,
        &[
            ("content/posts/a.md", "---\nslug: same\n---\n"),
            ("content/posts/same.md", ""),
            ("content/posts/b.md", "---\nslug: kept\ndraft: true\n---\n"),
            ("content/posts/kept.md", ""),
        ],
    );
    assert_eq!(
        map.twin_of("content/posts/a.md").map(|post| post.path.as_str()),
        Some("content/posts/same.md")
    );
    assert_eq!(map.twin_of("content/posts/kept.md"), None);
}
