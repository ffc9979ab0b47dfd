//! One post in two sites of different generators: the second gets a copy of its own.

use postwright_tests::desk::Desk;
use postwright_tests::generators;
use postwright_wire::{self as wire, Call, PublishChoices, Reply};

use super::publishing::{everything, plan};
use super::saving::SiteFile;

const POST: &str = "content/posts/first-post/index.md";
const TEXT: &str = "---\ntitle: \"첫 글\"\ndate: 2025-03-01T09:00:00+09:00\ndraft: false\ntags: [러스트]\ncover:\n  image: cover.png\n---\n\n본문입니다.\n\n![그림](dot.png) ![같은 그림](same.png)\n\n{{< youtube abc >}}\n";

/// A desk with a Hugo site, a Jekyll site, and a post of the first.
fn desk() -> (Desk, u32, u32, u32) {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    postwright_testkit::jekyll_site(&desk.path("second"));
    let first = desk.app.add_site(&desk.path("site")).unwrap().site;
    let second = desk.app.add_site(&desk.path("second")).unwrap().site;
    desk.file(&format!("site/{POST}"), TEXT);
    for name in ["dot.png", "same.png"] {
        desk.file(&format!("site/content/posts/first-post/{name}"), postwright_testkit::PNG);
    }
    let cover = [postwright_testkit::PNG, b"cover"].concat();
    desk.file("site/content/posts/first-post/cover.png", cover);
    let post = desk.open_site_post(first, POST).post;
    (desk, first, second, post)
}

fn choices() -> PublishChoices {
    PublishChoices { slug: Some("first-copy".to_owned()), ..Default::default() }
}

fn publish(desk: &Desk, post: u32, site: u32) -> wire::Published {
    let fingerprint = plan(desk, post, site, choices()).fingerprint;
    let publish = wire::Publish { post, site, choices: choices(), fingerprint };
    match desk.call(Call::Publish(publish)) {
        Reply::Publish(published) => published,
        _ => unreachable!(),
    }
}

#[test]
fn a_post_of_one_site_is_copied_into_another_in_its_words() {
    let (desk, first, second, post) = desk();
    let shown = plan(&desk, post, second, choices());
    assert_eq!(shown.obstacle, None);
    let paths: Vec<&str> = shown.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "_posts/2025-03-01-first-copy.md",
            "assets/images/first-copy/cover.png",
            "assets/images/first-copy/dot.png"
        ],
        "equal images once"
    );
    let macros: Vec<_> = shown
        .findings
        .iter()
        .filter(|finding| finding.code == "unknown_macro")
        .map(|finding| finding.line)
        .collect();
    assert_eq!(macros, [Some(14)]);
    let own = everything(&desk.path("site"));
    let published = publish(&desk, post, second);
    let copy = published.copy.unwrap();
    assert_ne!(copy, post);
    let text = std::fs::read_to_string(desk.path("second").join(&shown.path)).unwrap();
    let expected = "---\ntitle: \"첫 글\"\ndate: 2025-03-01 09:00:00 +0900\ntags: [러스트]\ncover:\n  image: /assets/images/first-copy/cover.png\nlayout: \"post\"\n---\n\n본문입니다.\n\n![그림](/assets/images/first-copy/dot.png) ![같은 그림](/assets/images/first-copy/dot.png)\n\n{{< youtube abc >}}\n";
    assert_eq!(text, expected);
    assert_eq!(everything(&desk.path("site")), own, "the first site is as it was");
    assert_eq!(desk.app.text_of(post).unwrap(), TEXT);
    assert_eq!(desk.app.text_of(copy).unwrap(), expected);
    assert_eq!(desk.open_site_post(first, POST).post, post);
    assert_eq!(desk.open_site_post(second, &shown.path).post, copy);
    if let Some(built) = generators::jekyll(&desk.path("second")) {
        let page = built.page("2025/03/01/first-copy.html");
        for piece in
            ["<h1>첫 글</h1>", "<time>2025-03-01T09:00:00+09:00</time>", ">러스트</li>", "first-copy/dot.png"]
        {
            assert!(page.contains(piece), "{piece} is not in\n{page}");
        }
    }
}

#[test]
fn a_copy_that_cannot_be_written_leaves_no_post() {
    let (desk, _, second, post) = desk();
    let fingerprint = plan(&desk, post, second, choices()).fingerprint;
    std::fs::create_dir_all(desk.path("second/assets/images/first-copy")).unwrap();
    std::fs::write(desk.path("second/assets/images/first-copy/dot.png"), "theirs").unwrap();
    let publish = wire::Publish { post, site: second, choices: choices(), fingerprint };
    desk.app.answer(Call::Publish(publish)).unwrap_err();
    assert_eq!(desk.app.drafts(None).unwrap().drafts.len(), 0);
    assert_eq!(std::fs::read_dir(desk.path("second/_posts")).unwrap().count(), 1);
}

#[test]
fn the_post_edited_afterwards_is_saved_into_its_own_site_alone() {
    let (desk, _, second, post) = desk();
    let published = publish(&desk, post, second);
    let copied = everything(&desk.path("second"));
    desk.edit(post, 0, 0, 0, "<!-- only here -->\n");
    desk.save(post).unwrap();
    assert!(desk.site_file(POST).starts_with("<!-- only here -->"));
    assert_eq!(everything(&desk.path("second")), copied);
    let undo = wire::UndoPublish { publication: published.publication };
    desk.call(Call::UndoPublish(undo));
    assert!(!desk.path("second").join(&published.file.path).exists());
}

#[cfg(unix)]
#[test]
fn a_hugo_post_is_built_by_hexo_at_its_own_hour() {
    let (desk, _, _, post) = desk();
    postwright_testkit::hexo_site(&desk.path("third"));
    let third = desk.app.add_site(&desk.path("third")).unwrap().site;
    let shown = plan(&desk, post, third, choices());
    assert_eq!(shown.obstacle, None);
    let published = publish(&desk, post, third);
    let path = desk.path("third").join(&published.file.path);
    // Nunjucks stops at what only Hugo runs, as the finding says.
    assert!(shown.findings.iter().any(|finding| finding.code == "unknown_macro"));
    let text = std::fs::read_to_string(&path).unwrap().replace("{{< youtube abc >}}\n", "");
    std::fs::write(&path, text).unwrap();
    let Some(built) = generators::hexo(&desk.path("third")) else { return };
    let page = built.page("2025/03/01/first-copy/index.html");
    for piece in ["<h1>첫 글</h1>", "<time>2025-03-01T00:00:00.000Z</time>", ">러스트</li>", "dot.png"] {
        assert!(page.contains(piece), "{piece} is not in\n{page}");
    }
}
