//! Published posts that become drafts and posts again, or get another name, in sites that the real generators build.

use postwright_tests::desk::Desk;
use postwright_tests::generators;
use postwright_wire::{self as wire, Call, Done, ErrorCode, PostMove, PublishPlan, Renaming, Reply};

use super::publishing::everything;
use super::saving::SiteFile;

const HUGO_POST: &str = "content/posts/first-post/index.md";
const JEKYLL_POST: &str = "_posts/2025-03-01-first-post.md";

fn desk_of(make: impl Fn(&std::path::Path)) -> (Desk, u32) {
    let desk = Desk::new();
    make(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    (desk, site)
}

fn plan(desk: &Desk, post: u32, to: PostMove) -> PublishPlan {
    match desk.call(Call::PlanMove(wire::PlanMove { post, to })) {
        Reply::PlanMove(plan) => plan,
        _ => unreachable!(),
    }
}

#[track_caller]
pub(crate) fn moved(desk: &Desk, post: u32, to: PostMove) -> wire::Published {
    let plan = plan(desk, post, to.clone());
    assert_eq!(plan.obstacle, None);
    let ask = wire::MovePost { post, to, fingerprint: plan.fingerprint };
    match desk.call(Call::MovePost(ask)) {
        Reply::MovePost(moved) => moved,
        _ => unreachable!(),
    }
}

fn named(slug: &str) -> PostMove {
    PostMove::Rename(Renaming { slug: Some(slug.to_owned()), day: None, alias: true })
}

#[test]
fn a_hugo_post_goes_and_comes_back() {
    let (desk, site) = desk_of(postwright_testkit::hugo_site);
    let post = desk.open_site_post(site, HUGO_POST).post;
    let before = desk.site_file(HUGO_POST);
    moved(&desk, post, PostMove::Draft(Done {}));
    assert_eq!(desk.site_file(HUGO_POST), before.replace("draft: false", "draft: true"));
    let page = "posts/first-post/index.html";
    if let Some(built) = generators::hugo(&desk.path("site")) {
        assert!(!built.folder.join(page).exists(), "a draft has no page");
        std::fs::remove_dir_all(desk.path("site/public")).unwrap();
    }
    let back = moved(&desk, post, PostMove::Published(Done {}));
    assert_eq!(desk.site_file(HUGO_POST), before);
    assert_eq!(back.post.unwrap().text, before);
    if let Some(built) = generators::hugo(&desk.path("site")) {
        built.page(page);
    }
}

#[test]
fn a_jekyll_post_goes_into_the_folder_of_drafts_and_comes_back() {
    let (desk, site) = desk_of(postwright_testkit::jekyll_site);
    let post = desk.open_site_post(site, JEKYLL_POST).post;
    let before = everything(&desk.path("site"));
    let draft = moved(&desk, post, PostMove::Draft(Done {}));
    assert_eq!(draft.file.path, "_drafts/first-post.md");
    let Reply::ListSitePosts(list) = desk.call(Call::ListSitePosts(wire::ListSitePosts { site })) else {
        unreachable!()
    };
    let rows: Vec<_> = list.posts.iter().map(|row| (row.path.as_str(), row.draft)).collect();
    assert_eq!(rows, [("_drafts/first-post.md", true)]);
    if let Some(built) = generators::jekyll(&desk.path("site")) {
        assert!(!built.folder.join("2025/03/01/first-post.html").exists(), "a draft has no page");
        std::fs::remove_dir_all(desk.path("site/_site")).unwrap();
    }
    let back = moved(&desk, post, PostMove::Published(Done {}));
    assert_eq!(back.file.path, JEKYLL_POST);
    let mut now = everything(&desk.path("site"));
    now.remove("_drafts");
    assert_eq!(now, before);
    if let Some(built) = generators::jekyll(&desk.path("site")) {
        built.page("2025/03/01/first-post.html");
    }
}

#[test]
fn a_renamed_hugo_bundle_is_built_with_its_links_and_its_alias() {
    let (desk, site) = desk_of(postwright_testkit::hugo_site);
    desk.file("site/content/posts/first-post/dot.png", postwright_testkit::PNG);
    let other = "---\ntitle: Other\ndate: 2025-04-01T09:00:00+09:00\n---\n\n[첫 글](/posts/first-post/) {{< ref \"posts/first-post\" >}}\n";
    desk.file("site/content/posts/other.md", other);
    let post = desk.open_site_post(site, HUGO_POST).post;
    let before = everything(&desk.path("site"));
    let shown = plan(&desk, post, named("새-글"));
    assert_eq!(shown.alias.as_deref(), Some("/posts/first-post/"));
    let files: Vec<_> = shown.files.iter().map(|file| (file.path.as_str(), file.from.is_some())).collect();
    assert_eq!(
        files,
        [
            ("content/posts/새-글/index.md", true),
            ("content/posts/새-글/dot.png", true),
            ("content/posts/other.md", false)
        ]
    );
    assert!(shown.files[2].diff.is_some(), "what changes in other posts is shown");
    assert_eq!(everything(&desk.path("site")), before, "a plan writes nothing");
    let published = moved(&desk, post, named("새-글"));
    assert!(!desk.path("site/content/posts/first-post").exists());
    assert!(desk.site_file("content/posts/other.md").contains("[첫 글](/posts/새-글/)"));
    if let Some(built) = generators::hugo(&desk.path("site")) {
        assert!(built.page("posts/새-글/index.html").contains("Hello from the first post."));
        assert!(built.folder.join("posts/새-글/dot.png").exists());
        let other = built.page("posts/other/index.html");
        assert!(!other.contains("first-post"), "{other}");
        let alias = built.page("posts/first-post/index.html");
        assert!(alias.contains("http-equiv=\"refresh\"") || alias.contains("http-equiv=refresh"), "{alias}");
        std::fs::remove_dir_all(desk.path("site/public")).unwrap();
    }
    let Reply::UndoPublish(undone) =
        desk.call(Call::UndoPublish(wire::UndoPublish { publication: published.publication }))
    else {
        unreachable!()
    };
    let mut now = everything(&desk.path("site"));
    now.retain(|path, _| !path.starts_with("resources") && path != ".hugo_build.lock");
    assert_eq!(now, before, "undone, every file and folder is as before");
    assert_eq!(undone.post.unwrap().file.unwrap().path, HUGO_POST);
}

#[test]
fn a_renamed_jekyll_post_is_built_where_its_links_lead() {
    let (desk, site) = desk_of(postwright_testkit::jekyll_site);
    desk.file(
        "site/_posts/2025-04-01-other.md",
        "---\nlayout: post\ntitle: Other\n---\n\n[a]({% post_url 2025-03-01-first-post %}) [b](/2025/03/01/first-post.html)\n",
    );
    let post = desk.open_site_post(site, JEKYLL_POST).post;
    let to = PostMove::Rename(Renaming {
        slug: Some("second".to_owned()),
        day: Some("2025-03-02".to_owned()),
        alias: false,
    });
    let done = moved(&desk, post, to);
    assert_eq!(done.file.path, "_posts/2025-03-02-second.md");
    assert!(desk.site_file(&done.file.path).contains("date: 2025-03-02 09:00:00 +0900\n"));
    if let Some(built) = generators::jekyll(&desk.path("site")) {
        built.page("2025/03/02/second.html");
        let other = built.page("2025/04/01/other.html");
        assert_eq!(other.matches("/2025/03/02/second.html").count(), 2, "{other}");
    }
}

#[test]
fn a_move_that_is_no_longer_true_writes_nothing() {
    let (desk, site) = desk_of(postwright_testkit::hugo_site);
    let post = desk.open_site_post(site, HUGO_POST).post;
    let to = PostMove::Draft(Done {});
    let fingerprint = plan(&desk, post, to.clone()).fingerprint;
    let theirs = desk.site_file(HUGO_POST) + "밖에서\n";
    desk.file(&format!("site/{HUGO_POST}"), &theirs);
    let refused = desk.app.answer(Call::MovePost(wire::MovePost { post, to, fingerprint })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::ChangedOutside);
    assert_eq!(desk.site_file(HUGO_POST), theirs);
    let draft = desk.draft("# 초안\n").post;
    let ask = wire::PlanMove { post: draft, to: PostMove::Draft(Done {}) };
    assert_eq!(desk.app.answer(Call::PlanMove(ask)).unwrap_err().code, ErrorCode::NotFound);
}

#[cfg(unix)]
#[test]
fn a_hexo_post_goes_comes_back_and_is_renamed_with_its_assets() {
    let (desk, site) = desk_of(postwright_testkit::hexo_site);
    desk.file(
        "site/source/_posts/other.md",
        "---\ntitle: Other\ndate: 2025-04-01 09:00:00\n---\n\n{% post_link first-post '첫 글' %}\n",
    );
    let post = desk.open_site_post(site, "source/_posts/first-post.md").post;
    let before = everything(&desk.path("site/source/_posts"));
    let draft = moved(&desk, post, PostMove::Draft(Done {}));
    assert_eq!(draft.file.path, "source/_drafts/first-post.md");
    assert!(desk.path("site/source/_drafts/first-post/note.txt").exists());
    if let Some(built) = generators::hexo(&desk.path("site")) {
        assert!(!built.folder.join("2025/03/01/first-post").exists(), "a draft has no page");
    }
    moved(&desk, post, PostMove::Published(Done {}));
    assert_eq!(everything(&desk.path("site/source/_posts")), before);
    moved(&desk, post, named("second"));
    assert!(desk.path("site/source/_posts/second/note.txt").exists());
    if let Some(built) = generators::hexo(&desk.path("site")) {
        assert!(built.page("2025/03/01/second/index.html").contains("Hello from the first post."));
        let other = built.page("2025/04/01/other/index.html");
        assert!(other.contains("/2025/03/01/second/"), "{other}");
        assert!(built.folder.join("2025/03/01/second/note.txt").exists());
    }
}
