//! The addresses that are told of posts, against the pages that the real generators build.

use std::path::Path;

use postwright_post::appearing::KnownAddress;
use postwright_sites as sites;
use postwright_tests::generators;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Writes posts, whose texts are their paths, beside the configuration of a site.
fn site_of(configuration: (&str, &str), posts: &[(&str, &str)]) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), configuration.0, configuration.1);
    for (path, fields) in posts {
        write(site.path(), path, &format!("---\n{fields}\n---\n<p>Post at {path}.</p>\n"));
    }
    site
}

/// Each post's address is told, and its page was built there.
fn expect_pages(site: &Path, built: &Path, posts: &[(&str, &str)]) {
    let profile = sites::detect(site).unwrap();
    let now = jiff::Zoned::now().in_tz(profile.time_zone.as_deref().unwrap_or("UTC")).unwrap();
    for (path, fields) in posts {
        let text = std::fs::read_to_string(site.join(path)).unwrap();
        let url = KnownAddress::of(&profile, path, &text, &now).url;
        let url = url.unwrap_or_else(|| panic!("no address of {path}: {fields}"));
        let inner = url.strip_prefix(profile.base_path.as_str()).unwrap().trim_start_matches('/');
        let candidates = [inner.to_owned(), format!("{inner}index.html"), format!("{inner}.html")];
        let page = candidates.iter().find_map(|page| std::fs::read_to_string(built.join(page)).ok());
        let has_it = page.is_some_and(|page| page.contains(&format!("Post at {path}.")));
        assert!(has_it, "{path} is not at {url}: {fields}\n{:#?}", generators::files_under(built));
    }
}

const HUGO_POSTS: [(&str, &str); 8] = [
    ("content/posts/a.md", "title: '한글 제목: Hello, World! C++ (v1.2)'\ndate: 2021-12-30T20:00:00Z"),
    ("content/posts/2021-b file.md", "title: B\nslug: My Slug_X\ndate: 2021-01-05T20:00:00+09:00"),
    ("content/posts/bun/index.md", "title: Bun\ndate: 2021-02-05 10:00:00"),
    ("content/posts/sub/deep/c.md", "title: A~B@C 50% x+y / z\ndate: 2021-02-05"),
    ("content/notes/한글 A&B.md", "title: Don't — stop… a_b\ndate: 2021-02-05"),
    ("content/notes/k.en.md", "title: English\ndate: 2021-02-06"),
    ("content/notes/k.ko.md", "title: Korean\ndate: 2021-02-06"),
    ("content/notes/u.md", "title: U\nurl: /x/:year/y\ndate: 2021-02-05"),
];

#[test]
fn hugo_builds_each_post_at_the_address_that_is_told() {
    for settings in [
        "",
        "uglyURLs = true",
        "disablePathToLower = true\n[permalinks]\nposts = '/p/:title'",
        "timeZone = 'Asia/Seoul'\n[permalinks]\nposts = '/:year/:month/:day/:slug/'\nnotes = '/n/:weekdayname/:title/'",
        "[permalinks.page]\nposts = '/:section/:filename/:slugorcontentbasename/:yearday'",
        "defaultContentLanguage = 'ko'\ndefaultContentLanguageInSubdir = true\n[languages.ko]\nweight = 1\n[languages.en]\nweight = 2",
    ] {
        let configuration = format!("baseURL = 'https://example.org/blog/'\n{settings}\n");
        let site = site_of(("hugo.toml", &configuration), &HUGO_POSTS);
        write(site.path(), "layouts/page.html", "{{ .Content }}");
        write(site.path(), "layouts/list.html", "");
        let raw = "\n[markup.goldmark.renderer]\nunsafe = true\n";
        write(site.path(), "config/_default/hugo.toml", raw);
        let Some(built) = generators::hugo(site.path()) else { return };
        expect_pages(site.path(), &built.folder, &HUGO_POSTS);
    }
}

const JEKYLL_POSTS: [(&str, &str); 8] = [
    ("_posts/2020-01-02-a.md", "categories: [Dev Ops, 러스트]\ndate: 2020-01-05 20:04:05"),
    ("_posts/2020-01-02-한글 글_b.C++.md", "title: K"),
    ("_posts/2020-1-3-x.md", "title: X"),
    ("_posts/sub/2020-01-02-sub.md", "category: One Two"),
    ("cat/_posts/2020-01-02-cat.md", "date: 2020-01-04 20:00"),
    ("_posts/2020-01-02-slug.md", "slug: Other One\ndate: '2020-01-04 20:00:00'"),
    ("_posts/2020-01-02-p.md", "permalink: /p/:year/:title"),
    ("_posts/2020-01-02-q.md", "permalink: p2/x.html\ndate: 2020-01-04 20:00:00 +0900"),
];

#[test]
fn jekyll_builds_each_post_at_the_address_that_is_told() {
    for settings in [
        "",
        "timezone: Asia/Seoul",
        "timezone: America/New_York\npermalink: pretty",
        "permalink: weekdate",
        "permalink: /:categories/:short_year-:i_month-:i_day/:slug/:name",
        "permalink: /:slugified_categories/:w_year/:week/:y_day/:title:output_ext",
        "collections:\n  posts:\n    permalink: /c/:year/:title/",
        "defaults:\n- scope: {path: '', type: posts}\n  values: {permalink: '/d/:title/'}\n- scope: {path: cat}\n  values: {permalink: '/e/:title/'}",
    ] {
        // A site says its zone, or it has that of the machine.
        let zone = if settings.contains("timezone") { "" } else { "timezone: UTC\n" };
        let site = site_of(("_config.yml", &format!("{zone}{settings}\n")), &JEKYLL_POSTS);
        let Some(built) = generators::jekyll(site.path()) else { return };
        expect_pages(site.path(), &built.folder, &JEKYLL_POSTS);
    }
}

#[test]
#[cfg(unix)]
fn hexo_builds_each_post_at_the_address_that_is_told() {
    let posts = [
        (
            "source/_posts/한글 글.md",
            "title: 한글 제목! C++ (1)\ndate: 2020-01-05 03:04:05\ncategories: [Dev Ops, 러스트]",
        ),
        ("source/_posts/sub/Hello World_1.md", "title: Hello, World\ndate: 2020-01-02 23:00:00\nlang: ko"),
        ("source/_posts/perm.md", "title: P\ndate: 2020-01-02\npermalink: /my/place2.html"),
        ("source/_posts/2019/03/04-d.md", "title: D\ncategories: Foo"),
        ("source/_posts/drafty.md", "title: D\ndraft: true\ndate: 2020-01-02 10:00:00"),
    ];
    for settings in [
        "new_post_name: :year/:month/:day-:title.md",
        "new_post_name: :year/:month/:day-:title.md\npermalink: :category/:name-:post_title/:i_month-:i_day-:hour:minute.html\ncategory_map:\n  Foo: bar",
        "new_post_name: :year/:month/:day-:title.md\npermalink: :lang/:title/\npermalink_defaults:\n  lang: en\nfilename_case: 1",
    ] {
        // Hexo writes days into addresses by the machine's clock.
        let zone = jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
        let configuration = format!(
            "title: x\nurl: https://example.org/blog\nroot: /blog/\ntimezone: {zone}\ntheme: plain\n{settings}\n"
        );
        let site = site_of(("_config.yml", &configuration), &posts);
        write(site.path(), "themes/plain/layout/post.njk", "{{ page.content }}");
        let Some(built) = generators::hexo(site.path()) else { return };
        expect_pages(site.path(), &built.folder, &posts);
    }
}
