//! Paths that must never be written: each through the plan, and through the write itself.

use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, PublishChoices};

use super::drafts::base64_of;
use super::publishing::{desk_with_draft, everything, plan};

/// Whole paths that leave the site, or that some system cannot hold.
const PATHS: &[&str] = &[
    "../outside.md",
    "content/../../outside.md",
    "content/posts/../../../outside.md",
    "/tmp/postwright-outside.md",
    "//server/share/x.md",
    "C:/x.md",
    "c:x.md",
    "C:\\x.md",
    "content\\..\\..\\x.md",
    "content/posts/./x.md",
    "content//x.md",
    "content/posts/",
    ".git/hooks/pre-commit.md",
    "content/.git/x.md",
    ".GIT/x.md",
    "git~1/x.md",
    ".gi\u{200c}t/x.md",
    "content/con.md",
    "content/NUL.md",
    "content/aux/index.md",
    "content/com1.x.md",
    "content/LPT9.md",
    "content/lpt².md",
    "content/posts./x.md",
    "content/posts /x.md",
    "content/a:b.md",
    "content/a?.md",
    "content/a*.md",
    "content/a|b.md",
    "content/<a>.md",
    "content/\"a\".md",
    "content/a\0.md",
    "content/a\n.md",
    "content/x.md.",
    "content/x.md ",
    "content/x.html",
    "hugo.toml",
    "content/posts/First-Post/index.md",
    "Content/posts/x.md",
    "link/x.md",
    "content/link/x.md",
    "content/dangling/x.md",
    "content/posts/gone.md",
];

const SLUGS: &[&str] =
    &["..", ".", "a/b", "../x", "con", "nul.txt", "x.", ".hidden", "a\\b", "a:b", "First-Post"];

/// A desk whose site has links that lead out of it.
fn desk_with_links() -> (Desk, u32, u32) {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    std::fs::create_dir_all(desk.path("elsewhere")).unwrap();
    #[cfg(unix)]
    for (name, target) in [
        ("link", desk.path("elsewhere")),
        ("content/link", desk.path("elsewhere")),
        ("content/dangling", desk.path("nowhere")),
        ("content/posts/gone.md", desk.path("elsewhere/gone.md")),
    ] {
        std::os::unix::fs::symlink(target, desk.path("site").join(name)).unwrap();
    }
    (desk, site, post)
}

#[track_caller]
fn is_refused(desk: &Desk, site: u32, post: u32, choices: PublishChoices) {
    let before = (everything(&desk.path("site")), everything(&desk.path("elsewhere")));
    let shown = plan(desk, post, site, choices.clone());
    assert!(shown.obstacle.is_some(), "{choices:?} was planned as {}", shown.path);
    let publish = wire::Publish { post, site, choices: choices.clone(), fingerprint: shown.fingerprint };
    assert!(desk.app.answer(Call::Publish(publish)).is_err(), "{choices:?}");
    let after = (everything(&desk.path("site")), everything(&desk.path("elsewhere")));
    assert_eq!(after, before, "{choices:?}");
    assert!(
        !desk.path("outside.md").exists() && !std::path::Path::new("/tmp/postwright-outside.md").exists()
    );
}

#[test]
fn no_path_of_a_plan_leaves_the_site_or_fails_on_another_system() {
    let (desk, site, post) = desk_with_links();
    for path in PATHS {
        is_refused(
            &desk,
            site,
            post,
            PublishChoices { path: Some((*path).to_owned()), ..Default::default() },
        );
    }
}

#[test]
fn no_slug_or_folder_of_a_plan_leaves_the_site() {
    let (desk, site, post) = desk_with_links();
    for slug in SLUGS {
        let slug = Some((*slug).to_owned());
        is_refused(&desk, site, post, PublishChoices { slug, ..Default::default() });
    }
    for folder in
        ["..", "../elsewhere", "/tmp", "content/link", "content/dangling", ".git", "content/aux", "CONTENT"]
    {
        let folder = Some(folder.to_owned());
        is_refused(&desk, site, post, PublishChoices { folder, ..Default::default() });
    }
}

#[test]
fn a_folder_that_becomes_a_link_out_of_the_site_after_the_plan_is_not_followed() {
    let (desk, site, post) = desk_with_links();
    let shown = plan(&desk, post, site, PublishChoices::default());
    assert_eq!(shown.obstacle, None);
    std::fs::rename(desk.path("site/content/posts"), desk.path("elsewhere/posts")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.path("elsewhere/posts"), desk.path("site/content/posts")).unwrap();
    let before = everything(&desk.path("elsewhere"));
    let publish =
        wire::Publish { post, site, choices: PublishChoices::default(), fingerprint: shown.fingerprint };
    let refused = desk.app.answer(Call::Publish(publish)).unwrap_err();
    assert!(matches!(refused.code, ErrorCode::OutsideSite | ErrorCode::PlanChanged), "{refused:?}");
    assert_eq!(everything(&desk.path("elsewhere")), before);
}

#[test]
fn no_name_of_an_image_leaves_the_site() {
    let (desk, site, _) = desk_with_links();
    for name in ["../../x.png", "/etc/x.png", "C:\\x.png", "con.png", ".git/x.png", "a\u{0}b.png", "x.png."] {
        let post = desk.draft("# 그림\n").post;
        let base64 = base64_of(postwright_testkit::PNG);
        let added = desk.app.answer(Call::AddImage(wire::AddImage { post, name: name.to_owned(), base64 }));
        let Ok(wire::Reply::AddImage(added)) = added else { continue };
        desk.edit(post, 0, 0, 0, &format!("# {name}\n\n![]({})\n", added.reference));
        let shown = plan(&desk, post, site, PublishChoices::default());
        for file in &shown.files {
            let is_inside = file.path.starts_with("content/posts/") && !file.path.contains("..");
            assert!(is_inside || shown.obstacle.is_some(), "{name}: {}", file.path);
        }
    }
}
