//! Publishing into real sites, which the real generators build.

use postwright_tests::desk::Desk;
use postwright_tests::generators;
use postwright_wire::{self as wire, Call, DiffKind, ErrorCode, Event, PublishChoices, PublishPlan, Reply};

use super::saving::SiteFile;

const DRAFT: &str = "---\ntitle: \"한글 Slug: 첫 발행\"\ntags:\n  - 러스트\n  - Hugo\n---\n\n본문입니다.\n\n![그림](dot.png)\n\n```rust\nfn main() {}\n```\n";

#[test]
fn hugo_builds_what_was_published() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    assert_eq!(plan.obstacle, None);
    assert_eq!(plan.path, "content/posts/한글-slug-첫-발행/index.md");
    let paths: Vec<&str> = plan.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, [plan.path.as_str(), "content/posts/한글-slug-첫-발행/dot.png"]);
    let added: Vec<&str> = plan.files[0]
        .diff
        .as_ref()
        .unwrap()
        .iter()
        .filter(|line| line.kind == DiffKind::Added)
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(added, ["date: 2026-11-21T12:00:00+09:00"], "the writer's own lines stay");
    let published = publish(&desk, post, site, &plan).unwrap();
    assert_eq!(published.written, paths);
    let text = published.post.unwrap().text;
    assert_eq!(desk.site_file(&plan.path), text, "the post's text is its file's");
    // Hugo builds no post of the future, and this one is of the desk's own time.
    replace_in(&desk, &plan.path, "2026-11-21T12", "2025-11-21T12");
    let Some(built) = generators::hugo(&desk.path("site")) else { return };
    let page = built.page("posts/한글-slug-첫-발행/index.html");
    for piece in [
        "<h1>한글 Slug: 첫 발행</h1>",
        "<time>2025-11-21T12:00:00+09:00</time>",
        ">러스트</li>",
        ">Hugo</li>",
        "src=\"dot.png\"",
        "본문입니다.",
    ] {
        assert!(page.contains(piece), "{piece} is not in\n{page}");
    }
    assert_eq!(
        std::fs::read(built.folder.join("posts/한글-slug-첫-발행/dot.png")).unwrap(),
        postwright_testkit::PNG
    );
}

#[test]
fn jekyll_builds_what_was_published() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::jekyll_site);
    let plan = plan(
        &desk,
        post,
        site,
        PublishChoices { slug: Some("first-publish".to_owned()), ..Default::default() },
    );
    assert_eq!(plan.obstacle, None);
    assert_eq!(plan.path, "_posts/2026-11-21-first-publish.md");
    assert_eq!(plan.files[1].path, "assets/images/first-publish/dot.png");
    publish(&desk, post, site, &plan).unwrap();
    replace_in(&desk, &plan.path, "2026-11-21 12", "2025-11-21 12");
    std::fs::rename(desk.path("site").join(&plan.path), desk.path("site/_posts/2025-11-21-first-publish.md"))
        .unwrap();
    let Some(built) = generators::jekyll(&desk.path("site")) else { return };
    let page = built.page("2025/11/21/first-publish.html");
    for piece in [
        "<h1>한글 Slug: 첫 발행</h1>",
        "<time>2025-11-21T12:00:00+09:00</time>",
        ">러스트</li>",
        "src=\"/assets/images/first-publish/dot.png\"",
    ] {
        assert!(page.contains(piece), "{piece} is not in\n{page}");
    }
    assert_eq!(
        std::fs::read(built.folder.join("assets/images/first-publish/dot.png")).unwrap(),
        postwright_testkit::PNG
    );
}

#[test]
fn a_published_post_is_edited_in_place_from_then_on() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    let published = publish(&desk, post, site, &plan).unwrap().post.unwrap();
    assert_eq!(published.file.as_ref().map(|file| file.path.as_str()), Some(plan.path.as_str()));
    let before = desk.site_file(&plan.path);
    let end = published.text.encode_utf16().count() as u32;
    desk.edit(post, published.revision, end, end, "더 쓴 줄\n");
    desk.save(post).unwrap();
    assert_eq!(desk.site_file(&plan.path), before + "더 쓴 줄\n");
}

#[test]
fn a_publication_is_undone_with_the_text_of_before() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    let before = everything(&desk.path("site"));
    let published = publish(&desk, post, site, &plan).unwrap();
    assert_ne!(published.post.unwrap().text, DRAFT);
    let undone = undo(&desk, published.publication).unwrap();
    assert_eq!(undone.changed, published.written);
    let opened = undone.post.unwrap();
    assert_eq!((opened.text.as_str(), opened.file), (DRAFT, None));
    assert_eq!(everything(&desk.path("site")), before, "no file and no folder is left");
    let end = DRAFT.encode_utf16().count() as u32;
    desk.edit(post, opened.revision, end, end, "더 쓴 줄\n");
    let again = undo(&desk, published.publication).unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound);
    let desk = desk.restarted();
    assert_eq!(desk.app.text_of(post).unwrap(), format!("{DRAFT}더 쓴 줄\n"));
}

#[test]
fn what_was_changed_since_it_was_published_is_not_undone() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    let published = publish(&desk, post, site, &plan).unwrap();
    replace_in(&desk, &plan.path, "본문입니다", "고친 본문입니다");
    let now = everything(&desk.path("site"));
    let refused = undo(&desk, published.publication).unwrap_err();
    assert_eq!(
        (refused.code, refused.subject.as_deref()),
        (ErrorCode::ChangedOutside, Some(plan.path.as_str()))
    );
    assert_eq!(everything(&desk.path("site")), now);
}

#[test]
fn text_that_was_written_since_stays_when_a_publication_is_undone() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    let published = publish(&desk, post, site, &plan).unwrap();
    let opened = published.post.unwrap();
    let end = opened.text.encode_utf16().count() as u32;
    desk.edit(post, opened.revision, end, end, "새 줄\n");
    let undone = undo(&desk, published.publication).unwrap().post.unwrap();
    assert_eq!((undone.text, undone.file), (opened.text + "새 줄\n", None));
}

#[test]
fn a_plan_that_is_no_longer_true_writes_nothing() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    desk.edit(post, 0, 0, 3, "---");
    desk.edit(
        post,
        1,
        DRAFT.encode_utf16().count() as u32,
        DRAFT.encode_utf16().count() as u32,
        "changed since",
    );
    let error = publish(&desk, post, site, &plan).unwrap_err();
    assert_eq!(error.code, ErrorCode::PlanChanged);
    assert!(!desk.path("site").join(&plan.path).exists());
}

#[test]
fn a_title_that_gives_no_slug_gets_one_that_the_writer_chooses() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.draft("---\ntitle: \"???\"\ntags: [a]\n---\n\n신라의 달밤\n").post;
    let shown = plan(&desk, post, site, PublishChoices::default());
    assert_eq!(shown.obstacle.map(|error| error.code), Some(ErrorCode::EmptySlug));
    let offer = |way, slug: &str| wire::SlugOffer { way, slug: slug.to_owned() };
    let offers =
        [offer(wire::SlugWay::Kept, "신라의-달밤"), offer(wire::SlugWay::Romanised, "sillaui-dalbam")];
    assert_eq!(shown.slug_offers, offers);
    let choices =
        PublishChoices { slug: Some(shown.slug_offers[1].slug.clone()), ..PublishChoices::default() };
    let shown = plan(&desk, post, site, choices);
    assert_eq!((shown.obstacle, shown.path.as_str()), (None, "content/posts/sillaui-dalbam/index.md"));
}

/// Mends count in the writer's own text; what the plan adds to it needs none.
#[test]
fn what_a_plan_finds_is_mended_in_the_writers_text() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let text = "---\ntitle: 글\nslug: \"!\"\ndate: 2020/01/02\n---\n";
    let opened = desk.draft(text);
    let post = opened.post;
    let shown = plan(&desk, post, site, PublishChoices::default());
    let found =
        |shown: &PublishPlan, code: &str| shown.findings.iter().find(|finding| finding.code == code).cloned();
    assert_eq!(found(&shown, "no_tags").unwrap().mends, []);
    let slug = found(&shown, "empty_slug").unwrap().mends;
    let inserted: Vec<_> = slug.iter().map(|mend| mend.changes[0].insert.clone()).collect();
    assert_eq!(inserted, ["글", "geul"]);
    desk.apply(post, opened.revision, slug[1].changes.clone());
    let shown = plan(&desk, post, site, PublishChoices::default());
    assert_eq!((found(&shown, "empty_slug"), shown.slug.as_str()), (None, "geul"));
    let date = found(&shown, "unreadable_date").unwrap().mends;
    desk.apply(post, opened.revision + 1, date[0].changes.clone());
    let shown = plan(&desk, post, site, PublishChoices::default());
    assert_eq!(found(&shown, "unreadable_date"), None);
    let broken = desk.draft("---\ntitle: [AWS] 후기\n---\n").post;
    let shown = plan(&desk, broken, site, PublishChoices::default());
    assert_eq!(found(&shown, "front_matter").unwrap().mends.len(), 1);
}

#[test]
fn a_target_that_exists_is_never_touched() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let choices = PublishChoices { slug: Some("first-post".to_owned()), ..Default::default() };
    let before = desk.site_file("content/posts/first-post/index.md");
    let plan = plan(&desk, post, site, choices.clone());
    assert_eq!(plan.obstacle.as_ref().map(|obstacle| obstacle.code), Some(ErrorCode::TargetExists));
    let ask = wire::Publish { post, site, choices, fingerprint: plan.fingerprint };
    assert_eq!(desk.app.answer(Call::Publish(ask)).unwrap_err().code, ErrorCode::TargetExists);
    assert_eq!(desk.site_file("content/posts/first-post/index.md"), before);
}

#[test]
fn a_target_that_appears_after_the_plan_stops_everything() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let plan = plan(&desk, post, site, PublishChoices::default());
    desk.file("site/content/posts/한글-slug-첫-발행/dot.png", "somebody's");
    let error = publish(&desk, post, site, &plan).unwrap_err();
    assert_eq!(error.code, ErrorCode::TargetExists);
    assert!(!desk.path("site").join(&plan.path).exists(), "all or nothing");
    assert_eq!(desk.site_file("content/posts/한글-slug-첫-발행/dot.png"), "somebody's");
}

#[test]
fn saving_a_published_post_writes_its_images_nowhere_else() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::jekyll_site);
    let choices = PublishChoices { slug: Some("first-publish".to_owned()), ..Default::default() };
    let plan = plan(&desk, post, site, choices);
    let published = publish(&desk, post, site, &plan).unwrap().post.unwrap();
    assert!(published.text.contains("/assets/images/first-publish/dot.png"));
    let end = published.text.encode_utf16().count() as u32;
    desk.edit(post, published.revision, end, end, "more\n");
    desk.save(post).unwrap();
    assert!(!desk.path("site/_posts/dot.png").exists());
}

#[test]
fn a_path_that_another_post_stands_for_is_not_written() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    let path = "content/posts/first-post/index.md";
    desk.open_site_post(site, path);
    std::fs::remove_file(desk.path("site").join(path)).unwrap();
    let choices = PublishChoices { path: Some(path.to_owned()), ..Default::default() };
    let plan = plan(&desk, post, site, choices.clone());
    let ask = wire::Publish { post, site, choices, fingerprint: plan.fingerprint };
    assert_eq!(desk.app.answer(Call::Publish(ask)).unwrap_err().code, ErrorCode::TargetExists);
    assert!(!desk.path("site").join(path).exists());
}

pub(crate) fn desk_with_draft(site: impl Fn(&std::path::Path)) -> (Desk, u32, u32) {
    let desk = Desk::new();
    site(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.draft(DRAFT).post;
    let base64 = super::drafts::base64_of(postwright_testkit::PNG);
    desk.call(Call::AddImage(wire::AddImage { post, name: "dot.png".to_owned(), base64 }));
    (desk, site, post)
}

pub(crate) fn plan(desk: &Desk, post: u32, site: u32, choices: PublishChoices) -> PublishPlan {
    let Reply::PlanPublish(plan) = desk.call(Call::PlanPublish(wire::PlanPublish { post, site, choices }))
    else {
        unreachable!()
    };
    plan
}

pub(crate) fn publish(
    desk: &Desk,
    post: u32,
    site: u32,
    plan: &PublishPlan,
) -> Result<wire::Published, wire::Error> {
    let choices = PublishChoices { slug: Some(plan.slug.clone()), ..Default::default() };
    let publish = wire::Publish { post, site, choices, fingerprint: plan.fingerprint.clone() };
    match desk.app.answer(Call::Publish(publish))? {
        Reply::Publish(published) => {
            desk.wait_for(|event| matches!(event, Event::SitePostsChanged(_)));
            Ok(published)
        }
        _ => unreachable!(),
    }
}

fn undo(desk: &Desk, publication: u32) -> Result<wire::PublishUndone, wire::Error> {
    match desk.app.answer(Call::UndoPublish(wire::UndoPublish { publication }))? {
        Reply::UndoPublish(undone) => Ok(undone),
        _ => unreachable!(),
    }
}

/// Every file and folder, with the content of the files.
pub(crate) fn everything(folder: &std::path::Path) -> std::collections::BTreeMap<String, Option<Vec<u8>>> {
    let mut found = std::collections::BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(inner) = left.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            found.insert(name, std::fs::read(&path).ok());
            if path.is_dir() {
                left.push(path);
            }
        }
    }
    found
}

fn replace_in(desk: &Desk, path: &str, from: &str, to: &str) {
    let text = desk.site_file(path);
    assert!(text.contains(from), "{from} is not in\n{text}");
    desk.file(&format!("site/{path}"), text.replace(from, to));
}
