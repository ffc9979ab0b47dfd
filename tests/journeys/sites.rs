//! Sites: recognised, listed, watched.

use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, Generator, Reply};

#[test]
fn hugo_and_jekyll_are_recognised_with_evidence() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("hugo"));
    postwright_testkit::jekyll_site(&desk.path("jekyll"));
    let hugo = desk.app.add_site(&desk.path("hugo")).unwrap();
    assert_eq!(hugo.profile.generator, Generator::Hugo);
    assert_eq!(hugo.profile.evidence[0].path, "hugo.toml");
    assert_eq!(hugo.profile.post_folders[0], "content/posts");
    let jekyll = desk.app.add_site(&desk.path("jekyll")).unwrap();
    assert_eq!(jekyll.profile.generator, Generator::Jekyll);
    assert!(jekyll.profile.evidence.iter().any(|evidence| evidence.path == "_config.yml"));
    assert_eq!(
        desk.app.add_site(&desk.path("hugo")).unwrap().site,
        hugo.site,
        "the same folder is the same site"
    );
}

#[test]
fn posts_are_listed_with_what_their_front_matter_says() {
    let (desk, site) = hugo_desk();
    desk.file(
        "site/content/posts/later.md",
        "---\ntitle: 나중 글\ndate: 2026-01-01\ndraft: true\ntags: [가, 나]\n---\n",
    );
    desk.file("site/content/posts/broken.md", "---\ntitle: [unclosed\n---\n");
    let posts = list(&desk, site);
    assert_eq!(posts[0].title, "나중 글");
    assert_eq!(
        (posts[0].draft, posts[0].tags.len(), posts[0].date.as_deref()),
        (true, 2, Some("2026-01-01"))
    );
    assert_eq!(posts[1].title, "First post");
    let broken = posts.iter().find(|post| post.path.ends_with("broken.md")).unwrap();
    assert!(broken.problem.is_some());
}

#[test]
fn a_site_is_forgotten_and_its_folder_stays() {
    let (desk, site) = hugo_desk();
    desk.call(Call::RemoveSite(wire::RemoveSite { site }));
    let Reply::ListSites(sites) = desk.call(Call::ListSites(wire::ListSites {})) else { unreachable!() };
    assert!(sites.sites.is_empty());
    assert!(desk.path("site/hugo.toml").exists());
}

#[test]
fn an_open_post_of_a_forgotten_site_goes_on_as_a_draft() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/first-post/index.md";
    let post = desk.open_site_post(site, path);
    let before = std::fs::read_to_string(desk.path("site").join(path)).unwrap();
    desk.edit(post.post, 0, 0, 0, "mine ");
    desk.call(Call::RemoveSite(wire::RemoveSite { site }));
    let Reply::OpenPost(again) = desk.call(Call::OpenPost(wire::OpenPost { post: post.post })) else {
        unreachable!()
    };
    assert_eq!((again.file, again.differs_from_file), (None, false));
    assert!(again.text.starts_with("mine "));
    let Reply::SavePost(saved) = desk.save(post.post).unwrap() else { unreachable!() };
    assert_eq!(saved.written, None);
    assert_eq!(std::fs::read_to_string(desk.path("site").join(path)).unwrap(), before);
}

#[test]
fn a_post_that_is_named_by_its_path_brings_its_site() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    desk.app.show_path(&desk.path("site/content/posts/first-post/index.md")).unwrap();
    desk.wait_for(|event| matches!(event, wire::Event::SitesChanged(_)));
    let Reply::ListSites(sites) = desk.call(Call::ListSites(wire::ListSites {})) else { unreachable!() };
    assert_eq!(sites.sites.len(), 1);
}

/// A desk with a Hugo site in its folder `site`.
pub(crate) fn hugo_desk() -> (Desk, u32) {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    (desk, site)
}

/// A desk with a Hugo site that has one more file.
pub(crate) fn site_with(path: &str, bytes: impl AsRef<[u8]>) -> (Desk, u32) {
    let (desk, site) = hugo_desk();
    desk.file(&format!("site/{path}"), bytes);
    (desk, site)
}

pub(crate) fn list(desk: &Desk, site: u32) -> Vec<wire::SitePostRow> {
    let Reply::ListSitePosts(list) = desk.call(Call::ListSitePosts(wire::ListSitePosts { site })) else {
        unreachable!()
    };
    list.posts
}
