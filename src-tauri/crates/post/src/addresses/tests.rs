use jiff::Zoned;
use serde_json::{Value as Tree, json};

use super::*;
use crate::plan::address_at;

/// The addresses of posts, each by its path and its fields, in the zone of Seoul.
fn addresses(generator: Generator, configuration: &Tree, posts: &[(&str, &str)]) -> Vec<Option<String>> {
    let mut profile = Profile::conventional(generator);
    profile.addresses = Addresses::of(generator, configuration);
    profile.time_zone = Some("Asia/Seoul".to_owned());
    let now: Zoned = "2026-11-21T13:05:00+09:00[Asia/Seoul]".parse().unwrap();
    let address = |(path, fields): &(&str, &str)| {
        address_at(&profile, path, &format!("---\n{fields}\n---\nText\n"), &now)
    };
    posts.iter().map(address).collect()
}

#[track_caller]
fn expect(generator: Generator, configuration: &Tree, posts: &[(&str, &str, &str)]) {
    let asked: Vec<(&str, &str)> = posts.iter().map(|(path, fields, _)| (*path, *fields)).collect();
    let found = addresses(generator, configuration, &asked);
    for ((path, fields, expected), found) in posts.iter().zip(found) {
        let expected = Some(*expected).filter(|expected| !expected.is_empty());
        assert_eq!(found.as_deref(), expected, "{path} {fields} {configuration}");
    }
}

const LONG: &str = "title: '한글 제목: Hello, World! C++ (v1.2)'\ndate: 2021-12-30T20:00:00Z";

/// Each as Hugo 0.168 builds it.
#[test]
fn hugo_without_patterns() {
    let posts = [
        ("content/posts/a.md", LONG, "/posts/a/"),
        ("content/posts/2021-b file.md", "slug: My Slug_X", "/posts/my-slug_x/"),
        ("content/posts/bun/index.md", "title: Bun", "/posts/bun/"),
        ("content/posts/sub/deep/c.md", "title: Deep", "/posts/sub/deep/c/"),
        ("content/notes/한글 A&B.md", "title: x", "/notes/한글-ab/"),
        ("content/notes/a & b.md", "title: x", "/notes/a--b/"),
        ("content/notes/K.ko.md", "title: x", "/notes/k.ko/"),
        ("content/notes/k.en.md", "title: x", "/notes/k/"),
        ("content/notes/u.md", "url: /x/:year/y\ndate: 2021-02-05", "/x/2021/y/"),
        ("content/notes/u.md", "url: /x/y.html", "/x/y.html"),
        ("content/notes/u.md", "url: rel/y", "/rel/y/"),
        ("content/notes/c++.md", "slug: 'c++ x~y@z'", "/notes/c++-x~y@z/"),
    ];
    expect(Generator::Hugo, &json!({}), &posts);
    let ugly = json!({"uglyurls": true, "disablePathToLower": true});
    expect(Generator::Hugo, &ugly, &[("content/notes/K.ko.md", "title: x", "/notes/K.ko.html")]);
    let two = json!({"defaultContentLanguage": "ko", "languages": {"ko": {}, "en": {"weight": 2}}});
    let of_two = [("content/p/k.ko.md", "title: x", "/p/k/"), ("content/p/k.en.md", "title: x", "/en/p/k/")];
    expect(Generator::Hugo, &two, &of_two);
}

/// Each as Hugo 0.168 builds it.
#[test]
fn hugo_by_the_patterns_of_sections() {
    let dated = json!({"permalinks": {"posts": "/:year/:month/:day/:title/", "notes": "/n/:slug/"}});
    let posts = [
        ("content/posts/a.md", LONG, "/2021/12/30/한글-제목-hello-world-c-v1.2/"),
        ("content/posts/q.md", "title: '???'\ndate: 2021-02-05", "/2021/02/05/"),
        (
            "content/posts/sub/deep/c.md",
            "title: A~B@C 50% x+y / z\ndate: 2021-02-05",
            "/2021/02/05/a~b@c-50-x-y-z/",
        ),
        ("content/notes/x.md", "title: Don't — stop… a_b", "/n/dont-stop-a_b/"),
        ("content/notes/x.md", "title: A\nslug: 'c++ x~y@z'", "/n/c-x~y@z/"),
        ("content/other/x.md", "title: A", "/other/x/"),
        ("content/posts/a.md", "title: undated", ""),
    ];
    expect(Generator::Hugo, &dated, &posts);
    let files = json!({"permalinks": {
        "posts": "/:section/:sections/:filename/:slugorfilename",
        "page": {"notes": "/m/:monthname/:weekday/:weekdayname/:yearday/:contentbasename/"},
    }});
    let posts = [
        (
            "content/posts/2021-01-05-b file.md",
            "slug: My Slug_X",
            "/posts/posts/2021-01-05-b-file/my-slug_x/",
        ),
        ("content/posts/bun/index.md", "title: x", "/posts/posts/bun/bun/"),
        ("content/notes/n.md", "date: 2021-02-05", "/m/february/5/friday/36/n/"),
    ];
    expect(Generator::Hugo, &files, &posts);
    let cut =
        json!({"permalinks": {"posts": "/:sections[1:]/:sections[last]/:sections[:1]/:sections[0]/:title/"}});
    expect(Generator::Hugo, &cut, &[("content/posts/bun/index.md", "title: Bun", "/posts/posts/posts/bun/")]);
    let unknown = json!({"permalinks": {"posts": "/:sectionslug/:title"}});
    expect(Generator::Hugo, &unknown, &[("content/posts/a.md", "title: A", "")]);
}

/// Each as Jekyll 4.3 builds it.
#[test]
fn jekyll_by_its_styles_and_patterns() {
    let posts = [
        (
            "_posts/2020-01-02-a.md",
            "categories: [Dev Ops, 러스트]\ndate: 2020-01-05 03:04:05",
            "/dev ops/러스트/2020/01/05/a.html",
        ),
        ("_posts/2020-01-02-한글 글_b.C++.md", "title: K", "/2020/01/02/한글-글_b.C++.html"),
        ("_posts/2020-1-3-x.md", "title: X", "/2020/01/03/x.html"),
        ("_posts/sub/2020-01-02-sub.md", "category: One Two", "/one two/2020/01/02/sub.html"),
        ("cat/_posts/2020-01-02-cat.md", "title: S", "/cat/2020/01/02/cat.html"),
        ("_posts/2020-01-02-slug.md", "slug: Other One", "/2020/01/02/Other-One.html"),
        ("_posts/2020-01-02-p.md", "permalink: /p/:year/:title", "/p/2020/p"),
        ("_posts/2020-01-02-p.md", "permalink: p2/x.html", "/p2/x.html"),
        ("_posts/2020-01-02-p.md", "permalink: pretty", "/pretty"),
        ("_posts/2020-01-04-b.md", "date: 2020-01-04 10:00", "/2020/01/04/b.html"),
        ("_posts/2020-01-04-b.md", "date: 2020-01-04 20:00:00", "/2020/01/05/b.html"),
        ("_posts/2020-01-04-b.md", "date: '2020-01-04 20:00:00'", "/2020/01/04/b.html"),
        ("_posts/2020-01-04-b.md", "date: 2020-01-04T20:00:00", "/2020/01/05/b.html"),
        ("_posts/2020-01-04-b.md", "date: 2020-01-04", "/2020/01/04/b.html"),
        ("_posts/2020-01-04-b.md", "date: 2020-01-04 20:00:00 +0900", "/2020/01/04/b.html"),
    ];
    expect(Generator::Jekyll, &json!({}), &posts);
    let slug = "slug: Other One";
    let named = |pattern: &str, expected| {
        expect(
            Generator::Jekyll,
            &json!({"permalink": pattern}),
            &[("_posts/2020-01-02-slug.md", slug, expected)],
        );
    };
    named("pretty", "/2020/01/02/Other-One/");
    named("none", "/Other-One.html");
    named("weekdate", "/2020/W01/Thu/Other-One.html");
    named("/:categories/:short_year-:i_month-:i_day/:slug/:name", "/20-1-2/other-one/2020-01-02-slug");
    named("/:slugified_categories/:week/:w_year/:y_day:output_ext", "/01/2020/002.html");
    named("/:path/:title.html", "");
    let collection = json!({"collections": {"posts": {"permalink": "/c/:title/"}}, "permalink": "pretty"});
    expect(Generator::Jekyll, &collection, &[("_posts/2020-01-02-a.md", "title: A", "/c/a/")]);
    let defaults = json!({"defaults": [
        {"scope": {"path": "", "type": "posts"}, "values": {"permalink": "/d/:title/"}},
        {"scope": {"path": "cat"}, "values": {"permalink": "/e/:title/"}},
        {"scope": {"type": "drafts"}, "values": {"permalink": "/f/:title/"}},
    ]});
    let posts = [
        ("_posts/2020-01-02-a.md", "title: A", "/d/a/"),
        ("cat/_posts/2020-01-02-a.md", "title: A", "/e/a/"),
    ];
    expect(Generator::Jekyll, &defaults, &posts);
}

/// Each as Hexo 8.1 builds it on a machine whose clock is the site's.
#[test]
fn hexo_by_its_patterns() {
    let post = "title: 한글 제목! C++ (1)\ndate: 2020-01-05 03:04:05\ncategories: [Dev Ops, 러스트]";
    let posts = [
        ("source/_posts/한글 글.md", post, "/2020/01/05/한글 글/"),
        ("source/_posts/sub/inner.md", "date: 2020-01-02 23:00:00", "/2020/01/02/sub/inner/"),
        ("source/_posts/perm.md", "permalink: my/place", "/my/place"),
        ("source/_posts/perm.md", "permalink: /my/place2.html", "/my/place2.html"),
        ("source/_posts/2019-03-04-dated.md", "title: Dated", ""),
    ];
    expect(Generator::Hexo, &json!({}), &posts);
    let with = |configuration: Tree, path, fields, expected| {
        expect(Generator::Hexo, &configuration, &[(path, fields, expected)]);
    };
    let all = json!({"permalink": ":category/:name-:post_title/:i_month-:i_day-:hour:minute:second.html"});
    with(
        all.clone(),
        "source/_posts/한글 글.md",
        post,
        "/Dev-Ops/러스트/한글 글-한글-제목-c-1/1-5-030405.html",
    );
    with(all, "source/_posts/a.md", "title: A\ndate: 2020-01-05", "/uncategorized/a-a/1-5-000000.html");
    let language =
        json!({"permalink": ":lang/:title", "permalink_defaults": {"lang": "en"}, "post_asset_folder": true});
    with(language.clone(), "source/_posts/a.md", "title: A", "/en/a/");
    with(language.clone(), "source/_posts/a.md", "lang: ko", "/ko/a/");
    with(language, "source/_posts/a.md", "permalink: my/place", "/my/place/");
    let mapped = json!({"permalink": ":category/:title", "category_map": {"Foo": "bar"}, "filename_case": 1});
    with(mapped.clone(), "source/_posts/a.md", "categories: Foo", "/bar/a");
    with(mapped, "source/_posts/a.md", "categories: [Foo, Dev Ops]", "/bar/dev-ops/a");
    with(json!({"permalink": "posts/:hash/"}), "source/_posts/a.md", "date: 2020-01-02", "");
    let offset = "date: 2021-12-30T16:28:14+09:00";
    with(json!({"permalink": ":day-:hour/:title/"}), "source/_posts/a.md", offset, "/30-07/a/");
}

#[test]
fn hexo_reads_slugs_and_days_out_of_names() {
    let dated = json!({"new_post_name": ":year/:month/:day-:title.md"});
    let posts = [
        ("source/_posts/2020/01/02-a b.md", "title: A", "/2020/01/02/a b/"),
        ("source/_posts/2020/01/02-a b.md", "date: 2021-05-06", "/2021/05/06/a b/"),
        // Another name is made a slug of as a whole.
        ("source/_posts/sub/a b.md", "date: 2021-05-06", "/2021/05/06/sub-a-b/"),
    ];
    expect(Generator::Hexo, &dated, &posts);
    let names = HexoAddresses::of(&dated).names.unwrap();
    let day = jiff::civil::date(2026, 11, 21);
    assert_eq!(names.path("새-글", day), "2026/11/21-새-글.md");
    let short =
        HexoAddresses::of(&json!({"new_post_name": ":i_month-:i_day-:year-:title.markdown"})).names.unwrap();
    assert_eq!(short.path("a", jiff::civil::date(2026, 1, 2)), "1-2-2026-a.markdown");
    let read = short.read("11-2-2026-a-b.markdown").unwrap();
    assert_eq!((read.title.as_str(), read.date), ("a-b", Some(jiff::civil::date(2026, 11, 2))));
    assert_eq!(short.read("x.md"), None);
    assert_eq!(HexoAddresses::of(&json!({"new_post_name": ":title.md"})).names, None);
    assert_eq!(HexoAddresses::of(&json!({"new_post_name": ":hash-:title.md"})).names, None);
}

#[test]
fn astro_by_the_pages_that_show_a_collection() {
    let source = "---\nexport async function getStaticPaths() {\n  const posts = await getCollection('blog');\n\
        \n  return posts.map((post) => ({ params: { slug: post.id }, props: post }));\n}\n---\n";
    let collections = [("blog".to_owned(), "src/content/blog".to_owned())];
    let route = AstroRoute::of("src/pages/posts/[...slug].astro", source, &collections).unwrap();
    let mut profile = Profile::conventional(Generator::Astro);
    let now: Zoned = "2026-11-21T13:05:00+09:00[Asia/Seoul]".parse().unwrap();
    let at = |profile: &Profile, path: &str, fields: &str| {
        address_at(profile, path, &format!("---\n{fields}\n---\n"), &now)
    };
    assert_eq!(at(&profile, "src/content/blog/a.md", "title: A"), None);
    profile.addresses = Addresses::Astro(AstroRoutes { routes: vec![route] });
    for (path, fields, expected) in [
        ("src/content/blog/한글 글 A.md", "title: A", Some("/posts/한글-글-a/")),
        ("src/content/blog/2020/First_Post.v2.mdx", "title: A", Some("/posts/2020/first_postv2/")),
        ("src/content/blog/b/index.md", "title: A", Some("/posts/b/")),
        ("src/content/blog/b.md", "slug: Other/One", Some("/posts/Other/One/")),
        ("src/content/notes/b.md", "title: A", None),
    ] {
        assert_eq!(at(&profile, path, fields).as_deref(), expected, "{path}");
    }
    for (path, source) in [
        ("src/pages/[...slug].astro", source.replace("post.id", "nameOf(post)")),
        ("src/pages/[...slug].astro", source.replace("('blog')", "(all)")),
        ("src/pages/[...slug].astro", source.replace("('blog')", "('other')")),
        ("src/pages/[lang]/[slug].astro", source.to_owned()),
        ("src/pages/about.astro", source.to_owned()),
    ] {
        assert_eq!(AstroRoute::of(path, &source, &collections), None, "{path} {source}");
    }
}
