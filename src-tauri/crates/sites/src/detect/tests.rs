use postwright_post::addresses::Addresses;
use postwright_post::profile::Layout;
use postwright_testkit::skipped;

use super::*;
use crate::testing::{Folder, folder};

const POST: &str = "---\ntitle: T\ndate: 2024-01-02T03:04:05+09:00\n---\n\nbody\n";

fn profile(files: &[(&str, &str)]) -> Profile {
    detect(folder(files).path()).unwrap()
}

fn says(profile: &Profile, path: &str, fact: &EvidenceFact) -> bool {
    profile.evidence.iter().any(|evidence| evidence.path == path && evidence.fact == *fact)
}

#[test]
fn hugo_by_its_configuration() {
    let found = profile(&[
        ("hugo.toml", "baseURL = 'https://x.org/blog/'\ntimeZone = 'Asia/Seoul'\n"),
        ("content/posts/a/index.md", POST),
        ("content/posts/b/index.md", POST),
        ("content/notes/c.md", POST),
        ("content/about.md", POST),
        ("content/contact/index.md", POST),
        ("static/img/x.png", ""),
    ]);
    assert_eq!(found.generator, Generator::Hugo);
    assert!(says(&found, "hugo.toml", &EvidenceFact::Configuration));
    assert!(says(&found, "content/posts", &EvidenceFact::Posts { count: 2 }));
    assert_eq!(found.post_folders, ["content/posts", "content/notes"]);
    assert_eq!(found.base_path, "/blog");
    assert_eq!(found.time_zone.as_deref(), Some("Asia/Seoul"));
    assert_eq!(found.new_posts.layout, Layout::Bundle);
    assert_eq!(found.image_places.images_folder, "img");
    assert!(matches!(found.addresses, Addresses::Hugo(_)));
}

#[test]
fn hugo_by_an_older_or_split_configuration() {
    let older = profile(&[
        (
            "config.yaml",
            "baseurl: https://x.org\ncontentDir: ./site/content/\npermalinks:\n  posts: /:year/:slug/\n",
        ),
        ("site/content/post/2024-01-02-a.md", POST),
    ]);
    assert_eq!((older.generator, older.content_folder.as_str()), (Generator::Hugo, "site/content"));
    assert_eq!(older.post_folders, ["site/content/post"]);
    assert_eq!(older.new_posts.layout, Layout::File);
    assert!(older.new_posts.dated_names && older.base_path.is_empty());
    let split = profile(&[("config/_default/hugo.toml", "title = 'x'"), ("content/blog/.keep", "")]);
    assert_eq!((split.generator, split.post_folders), (Generator::Hugo, vec!["content/blog".to_owned()]));
    let bare = profile(&[
        ("archetypes/default.md", ""),
        ("content/ko/posts/a.md", POST),
        ("content/en/posts/a.md", POST),
    ]);
    assert_eq!(bare.generator, Generator::Hugo);
    assert_eq!(bare.post_folders, ["content/en/posts", "content/ko/posts"]);
}

#[test]
fn jekyll_by_its_posts_its_gems_or_its_plugins() {
    let found = profile(&[
        ("_config.yml", "---\nbaseurl: /blog\ntimezone: Asia/Seoul\npermalink: /:title/\n"),
        ("dev/_posts/2024-01-02-a.md", POST),
        ("dev/_posts/2024-01-03-b.md", POST),
        ("_posts/2024-01-02-c.md", POST),
        ("assets/img/x.png", ""),
        ("_site/x/_posts/2024-01-02-c.md", POST),
    ]);
    assert_eq!(found.generator, Generator::Jekyll);
    assert_eq!(found.post_folders, ["_posts", "dev/_posts"]);
    assert_eq!((found.base_path.as_str(), found.time_zone.as_deref()), ("/blog", Some("Asia/Seoul")));
    assert!(matches!(found.addresses, Addresses::Jekyll(_)));
    assert_eq!(found.image_places.images_folder, "assets/img");
    let gems = [
        ("Gemfile", "source 'https://rubygems.org'\ngem \"github-pages\", group: :jekyll_plugins\n"),
        ("_config.yml", "plugins:\n  - jekyll-feed\n"),
        ("_config.yml", "gems: [jekyll-paginate]\n"),
    ];
    for file in gems {
        let found = profile(&[file, ("index.md", "")]);
        assert_eq!(
            (found.generator, found.post_folders),
            (Generator::Jekyll, vec!["_posts".to_owned()]),
            "{file:?}"
        );
    }
}

#[test]
fn hexo_and_not_jekyll() {
    let package = ("package.json", r#"{"dependencies": {"hexo": "^8.1.0"}}"#);
    let config = ("_config.yml", "root: /blog/\nsource_dir: src\ntimezone: Asia/Seoul\n");
    let found = profile(&[package, config, ("src/_posts/a.md", POST), ("src/_posts/x/b.md", POST)]);
    assert_eq!((found.generator, found.version.as_deref()), (Generator::Hexo, Some("^8.1.0")));
    assert_eq!((found.post_folders, found.base_path), (vec!["src/_posts".to_owned()], "/blog".to_owned()));
    assert_eq!(found.image_places.static_folder, "src");
    let bare =
        profile(&[("_config.yml", "title: x\n"), ("scaffolds/post.md", ""), ("source/_posts/a.md", POST)]);
    assert_eq!(bare.generator, Generator::Hexo);
}

#[test]
fn zola_and_not_hugo() {
    let config = ("config.toml", "base_url = \"https://x.org/z\"\n[markdown]\n");
    let found = profile(&[
        config,
        ("content/blog/a.md", POST),
        ("content/blog/_index.md", ""),
        ("templates/x.html", ""),
    ]);
    assert_eq!((found.generator, found.base_path.as_str()), (Generator::Zola, "/z"));
    assert_eq!(found.post_folders, ["content/blog"]);
    let flat =
        profile(&[config, ("content/a.md", POST), ("content/b.md", POST), ("content/pages/about.md", POST)]);
    assert_eq!(flat.post_folders, ["content"]);
}

#[test]
fn astro_by_its_configuration_or_its_package() {
    let found = profile(&[
        ("package.json", r#"{"devDependencies": {"astro": "6.0.1"}}"#),
        ("src/content/blog/a.mdx", "---\ntitle: T\npubDate: 2024-01-02\n---\n"),
        ("src/content/authors/me.md", ""),
        ("public/x.md", ""),
    ]);
    assert_eq!((found.generator, found.version.as_deref()), (Generator::Astro, Some("6.0.1")));
    assert_eq!(found.post_folders.first().map(String::as_str), Some("src/content/blog"));
    assert_eq!(found.new_posts.date_key, "pubDate");
    let data = profile(&[("astro.config.mjs", ""), ("src/data/posts/a.md", POST)]);
    assert_eq!((data.generator, data.post_folders), (Generator::Astro, vec!["src/data/posts".to_owned()]));
}

#[test]
fn markdown_alone_is_a_plain_folder_and_anything_else_is_no_site() {
    let found = profile(&[("notes/a.md", "x"), ("config.toml", "title = 'x'"), ("_config.yml", "x: y")]);
    assert_eq!((found.generator, found.post_folders), (Generator::Plain, vec![String::new()]));
    let other = folder(&[("src/main.rs", ""), ("package.json", "{"), ("node_modules/x/README.md", "")]);
    let missing = other.path().join("nothing");
    let file = other.path().join("package.json");
    for path in [other.path(), &missing, &file] {
        let error = detect(path).unwrap_err();
        assert!(
            matches!(&error, SiteError::NotASite { looked_for, .. } if looked_for.len() > 5),
            "{error:?}"
        );
    }
}

#[test]
fn a_configuration_that_cannot_be_read_is_noted_and_does_not_fail() {
    let site =
        folder(&[("_config.yml", "title: [unclosed\nbaseurl: /blog\n"), ("_posts/2024-01-02-a.md", POST)]);
    let found = survey(site.path()).unwrap();
    assert_eq!(found.profile.generator, Generator::Jekyll);
    assert_eq!(found.problems.len(), 1);
    assert_eq!(found.problems[0].path, "_config.yml");
    assert_eq!(found.profile.base_path, "/blog");
    let broken = folder(&[("hugo.toml", "= = =\n")]);
    let found = survey(broken.path()).unwrap();
    assert_eq!((found.profile.generator, found.problems[0].problem.line), (Generator::Hugo, 1));
}

#[test]
fn settings_cannot_lead_out_of_the_site() {
    let found = profile(&[("hugo.toml", "contentDir = '../../etc'\nstaticDir = '/etc'\n")]);
    assert_eq!(found.content_folder, "content");
    assert_eq!(found.image_places.static_folder, "static");
}

#[test]
fn base_paths_come_from_urls() {
    let urls = [
        ("https://x.org", ""),
        ("https://x.org/", ""),
        ("//x.org/a/b/", "/a/b"),
        ("/", ""),
        ("/blog/", "/blog"),
        ("", ""),
    ];
    for (url, expected) in urls {
        assert_eq!(base_path_of(url), expected, "{url}");
    }
}

#[test]
fn real_sites_are_known() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples/sites");
    if !samples.is_dir() {
        skipped("the sample sites are not beside the project");
        return;
    }
    let sites = [
        ("hugo-findstar", Generator::Hugo, "content/posts"),
        ("hugo-jonnung", Generator::Hugo, "content/posts"),
        ("jekyll-glqdlt", Generator::Jekyll, "_posts"),
        ("jekyll-gmlwjd9405", Generator::Jekyll, "_posts"),
        ("hexo-mushan", Generator::Hexo, "source/_posts"),
        ("zola-blog-os/blog", Generator::Zola, "content/edition-2/posts"),
        ("astro-gigio", Generator::Astro, "src/content/blog"),
    ];
    for (name, generator, posts) in sites {
        let root = samples.join(name);
        let found = survey(&root).unwrap();
        let list = crate::index(&root, &found.profile);
        let bad = list.iter().filter(|post| post.row.problem.is_some()).count();
        eprintln!(
            "{name}: {} posts, {bad} with problems, {:?} {:#?}",
            list.len(),
            found.problems,
            found.profile
        );
        assert_eq!(found.profile.generator, generator, "{name}");
        assert!(found.profile.post_folders.iter().any(|folder| folder == posts), "{name}");
        assert!(list.len() > 15, "{name}: {}", list.len());
    }
}

#[test]
fn a_site_in_a_folder_that_is_named_by_a_link_is_found() {
    let site: Folder = folder(&[("hugo.toml", ""), ("content/posts/a.md", POST)]);
    let real = site.path().join("content/..");
    assert_eq!(detect(&real).unwrap().generator, Generator::Hugo);
}

#[test]
fn a_folder_above_is_asked_without_walking_through_it() {
    let site = folder(&[("hugo.toml", ""), ("content/a.md", "x")]);
    assert_eq!(generator(site.path()), Some(Generator::Hugo));
    let plain = folder(&[("a/b/c.md", "x")]);
    assert_eq!(generator(plain.path()), None);
}

#[test]
fn a_folder_of_posts_comes_behind_the_site_that_it_lies_in() {
    let site = folder(&[
        ("_config.yml", "title: x\nurl: https://example.org\n"),
        ("package.json", "{\"hexo\":{\"version\":\"8\"}}"),
        ("source/_posts/a.md", POST),
    ]);
    let post = site.path().join("source/_posts/a.md");
    assert_eq!(above(&post)[..2], [site.path(), &site.path().join("source")]);
    assert_eq!(generator(site.path()), Some(Generator::Hexo));
}

#[test]
fn a_folder_with_two_generators_names_both_and_one_can_be_chosen() {
    let site = folder(&[
        ("hugo.toml", "baseURL = 'https://x.org/'\n"),
        ("content/posts/a.md", POST),
        ("_config.yml", "plugins: [jekyll-feed]\n"),
        ("_posts/2024-01-02-a.md", POST),
    ]);
    let found = detect(site.path()).unwrap();
    assert_eq!((found.generator, found.confidence), (Generator::Hugo, 100));
    assert_eq!(found.rivals, [Generator::Jekyll]);
    let chosen = survey_as(site.path(), Some(Generator::Jekyll)).unwrap().profile;
    assert_eq!((chosen.generator, chosen.post_folders), (Generator::Jekyll, vec!["_posts".to_owned()]));
    assert!(chosen.rivals.is_empty() && chosen.evidence.iter().all(|evidence| evidence.path != "hugo.toml"));
    let names: Vec<_> = candidates(site.path()).into_iter().map(|candidate| candidate.generator).collect();
    assert_eq!(names, [Generator::Hugo, Generator::Jekyll]);
}

#[test]
fn sites_of_one_generator_have_no_rival() {
    let hexo: &[(&str, &str)] = &[
        ("_config.yml", "skip_render: x\n"),
        ("package.json", r#"{"dependencies": {"hexo": "8"}}"#),
        ("source/_posts/a.md", POST),
        ("scaffolds/post.md", ""),
    ];
    let hugo: &[(&str, &str)] = &[
        ("hugo.toml", ""),
        ("package.json", r#"{"devDependencies": {"postcss": "8"}}"#),
        ("content/posts/a.md", POST),
        ("layouts/x.html", ""),
    ];
    for files in [hexo, hugo] {
        assert_eq!(profile(files).rivals, []);
    }
}

#[test]
fn any_folder_can_be_one_of_plain_markdown() {
    let site = folder(&[("src/main.rs", "")]);
    assert!(detect(site.path()).is_err());
    let plain = survey_as(site.path(), Some(Generator::Plain)).unwrap().profile;
    assert_eq!((plain.generator, plain.confidence), (Generator::Plain, 0));
}

#[test]
fn each_folder_of_content_has_its_posts() {
    let found = profile(&[
        (
            "hugo.toml",
            "defaultContentLanguage = 'ko'\n[languages.en]\ncontentDir = 'content/en'\n[languages.ko]\ncontentDir = 'content/ko'\n[[module.mounts]]\nsource = 'til'\ntarget = 'content/til'\n",
        ),
        ("content/ko/posts/a.md", POST),
        ("content/en/posts/a.md", POST),
        ("til/b.md", POST),
    ]);
    assert_eq!(found.content_folder, "content/ko");
    assert_eq!(found.post_folders, ["content/ko/posts", "content/en/posts", "til"]);
    let jekyll = profile(&[("_config.yml", "collections_dir: writing\nplugins: [jekyll-feed]\n")]);
    assert_eq!(jekyll.post_folders, ["writing/_posts"]);
    let astro = profile(&[
        ("astro.config.mjs", ""),
        ("src/content.config.ts", "loader: glob({ pattern: '*.md', base: './notes/blog' })"),
        ("notes/blog/a.md", POST),
        ("src/content/other/b.md", POST),
    ]);
    assert_eq!(astro.post_folders, ["notes/blog"]);
}
