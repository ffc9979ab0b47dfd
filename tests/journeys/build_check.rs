//! A post shown to the site's own generator, which builds it in a copy.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use postwright_tests::desk::Desk;
use postwright_tests::generators::{files_under, from_npm};
use postwright_wire::{self as wire, Call, ErrorCode, Event, FindingLevel, PublishChoices, Reply};

use super::publishing::desk_with_draft;
use super::sites::hugo_desk;

const POST: &str = "content/posts/first-post/index.md";
const JEKYLL_POST: &str = "_posts/2025-03-01-first-post.md";

/// Puts the real generator where the desk looks for programs.
pub(super) fn install(desk: &Desk, name: &str) -> bool {
    let variable = format!("POSTWRIGHT_{}", name.to_uppercase());
    let named = std::env::var_os(&variable).map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = named.or_else(|| {
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
    });
    let Some(program) = found else {
        postwright_testkit::skipped(&format!("{name} is not installed (cargo xtask test installs it)"));
        return false;
    };
    std::fs::create_dir_all(desk.path("bin")).unwrap();
    symlink(program.canonicalize().unwrap(), desk.path("bin").join(name)).unwrap();
    true
}

fn try_check(desk: &Desk, post: u32, site: Option<u32>) -> Result<wire::BuildChecked, wire::Error> {
    let ask = wire::BuildCheck { post, site, choices: PublishChoices::default(), work: 5 };
    match desk.app.answer(Call::BuildCheck(ask))? {
        Reply::BuildCheck(checked) => Ok(checked),
        _ => unreachable!(),
    }
}

#[track_caller]
pub(super) fn check(desk: &Desk, post: u32, site: Option<u32>) -> wire::BuildChecked {
    try_check(desk, post, site).unwrap()
}

fn everything(site: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files_under(site).into_iter().map(|file| (file.clone(), std::fs::read(file).unwrap())).collect()
}

/// Puts a text at the end of an open post, without saving it.
fn append(desk: &Desk, post: &wire::OpenedPost, base: u32, text: &str) {
    let end = desk.app.text_of(post.post).unwrap().encode_utf16().count() as u32;
    desk.edit(post.post, base, end, end, text);
}

#[test]
fn hugo_builds_what_is_in_the_editor_and_the_site_stays_as_it_is() {
    let (desk, site) = hugo_desk();
    if !install(&desk, "hugo") {
        return;
    }
    let before = everything(&desk.path("site"));
    let post = desk.open_site_post(site, POST);
    let checked = check(&desk, post.post, None);
    assert!(checked.success, "{checked:?}");
    let page = wire::BuiltPage { url: "https://example.org/posts/first-post/".to_owned(), appeared: true };
    assert_eq!(checked.page, Some(page));
    let of_post = |checked: &wire::BuildChecked| {
        let message = checked.messages.iter().find(|message| message.of_post);
        message.map(|message| (message.level, message.line, message.column))
    };
    assert_eq!(of_post(&checked), None);
    desk.wait_for(|event| matches!(event, Event::Progressed(told) if told.work == 5));
    let lines = post.text.lines().count() as u32;
    append(&desk, &post, 0, "\n<b>raw</b>\n");
    let checked = check(&desk, post.post, None);
    assert_eq!(of_post(&checked), Some((FindingLevel::Warning, None, None)), "{checked:?}");
    append(&desk, &post, 1, "\n글 {{< nope >}}\n");
    let checked = check(&desk, post.post, None);
    assert!(!checked.success);
    assert_eq!(of_post(&checked), Some((FindingLevel::Error, Some(lines + 4), Some(3))), "{checked:?}");
    assert!(checked.messages[0].message.contains("template for shortcode \"nope\" not found"));
    assert!(!checked.messages[0].message.contains("postwright-build"), "{checked:?}");
    assert_eq!(everything(&desk.path("site")), before);
}

#[test]
fn a_draft_is_built_with_what_publishing_would_write() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    if !install(&desk, "hugo") {
        return;
    }
    let before = everything(&desk.path("site"));
    let checked = check(&desk, post, Some(site));
    assert_eq!(checked.path, "content/posts/한글-slug-첫-발행/index.md");
    assert!(checked.success, "{checked:?}");
    let page = checked.page.unwrap();
    assert!(page.url.starts_with("https://example.org/posts/"), "{page:?}");
    // The desk's clock is ahead of Hugo's or behind it, and a post of the future does not appear.
    let ahead = jiff::Timestamp::now() < postwright_testkit::noon_in_seoul().timestamp();
    assert_eq!(page.appeared, !ahead);
    assert_eq!(everything(&desk.path("site")), before);
}

#[test]
fn a_post_that_is_kept_back_does_not_appear() {
    let (desk, site) = hugo_desk();
    if !install(&desk, "hugo") {
        return;
    }
    let text = "---\ntitle: \"Kept, \\\"back\\\"\"\ndate: 2025-01-01\ndraft: true\n---\n\nNot yet.\n";
    desk.file("site/content/posts/kept.md", text);
    let post = desk.open_site_post(site, "content/posts/kept.md").post;
    let checked = check(&desk, post, None);
    let page = wire::BuiltPage { url: "https://example.org/posts/kept/".to_owned(), appeared: false };
    assert_eq!((checked.success, checked.page), (true, Some(page)));
}

#[test]
fn jekyll_builds_a_post_and_names_its_lines() {
    let desk = Desk::new();
    postwright_testkit::jekyll_site(&desk.path("site"));
    if !install(&desk, "jekyll") {
        return;
    }
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let before = everything(&desk.path("site"));
    let post = desk.open_site_post(site, JEKYLL_POST);
    let checked = check(&desk, post.post, None);
    assert!(checked.success, "{checked:?}");
    let page = wire::BuiltPage { url: "/2025/03/01/first-post.html".to_owned(), appeared: true };
    assert_eq!(checked.page, Some(page));
    let lines = post.text.lines().count() as u32;
    append(&desk, &post, 0, "\n{% nope %}\n");
    let checked = check(&desk, post.post, None);
    assert!(!checked.success && checked.page.is_none(), "{checked:?}");
    let first = &checked.messages[0];
    assert_eq!((first.of_post, first.line), (true, Some(lines + 2)), "{checked:?}");
    assert!(first.message.contains("Unknown tag 'nope'"));
    assert_eq!(everything(&desk.path("site")), before);
}

#[test]
fn hexo_builds_a_post_and_names_its_lines() {
    let desk = Desk::new();
    let Some(installed) = from_npm("hexo") else {
        postwright_testkit::skipped("hexo is not installed (cargo xtask test installs it)");
        return;
    };
    let package = "{\"hexo\": {\"version\": \"8.1.2\"}, \"dependencies\": {\"hexo-renderer-marked\": \"*\"}}";
    desk.file("site/package.json", package);
    desk.file("site/_config.yml", "title: Notes\nurl: https://example.org\ntheme: plain\n");
    desk.file("site/themes/plain/layout/post.njk", "<article>{{ page.content }}</article>");
    desk.file("site/source/_posts/first.md", "---\ntitle: First\ndate: 2025-03-01 09:00:00\n---\n\nHello.\n");
    symlink(installed.join("node_modules"), desk.path("site/node_modules")).unwrap();
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.open_site_post(site, "source/_posts/first.md");
    let before = std::fs::read_dir(desk.path("site")).unwrap().count();
    let checked = check(&desk, post.post, None);
    assert!(checked.success, "{checked:?}");
    let page = wire::BuiltPage { url: "https://example.org/2025/03/01/first/".to_owned(), appeared: true };
    assert_eq!(checked.page, Some(page), "{checked:?}");
    append(&desk, &post, 0, "\n{% nope %}\n");
    let checked = check(&desk, post.post, None);
    let complaint = checked.messages.iter().find(|message| message.of_post).unwrap();
    assert!(
        complaint.level == FindingLevel::Error && complaint.message.contains("unknown block tag: nope"),
        "{checked:?}"
    );
    assert_eq!(std::fs::read_dir(desk.path("site")).unwrap().count(), before);
}

#[test]
fn astro_builds_a_post_in_a_copy() {
    let desk = Desk::new();
    let Some(installed) = from_npm("astro") else {
        postwright_testkit::skipped("astro is not installed (cargo xtask test installs it)");
        return;
    };
    desk.file("site/package.json", "{\"type\": \"module\", \"dependencies\": {\"astro\": \"*\"}}");
    desk.file("site/astro.config.mjs", "export default {};\n");
    let collection = "import { defineCollection } from 'astro:content';\nimport { glob } from 'astro/loaders';\n\
        export const collections = { blog: defineCollection({ loader: glob({ pattern: '**/*.md', base: 'src/content/blog' }) }) };\n";
    desk.file("site/src/content.config.ts", collection);
    let page = "---\nimport { getCollection, render } from 'astro:content';\n\
        export async function getStaticPaths() {\n\
        return (await getCollection('blog')).map((post) => ({ params: { id: post.id }, props: { post } }));\n}\n\
        const { Content } = await render(Astro.props.post);\n---\n<Content />\n";
    desk.file("site/src/pages/blog/[...id].astro", page);
    desk.file("site/src/content/blog/first.md", "---\ntitle: First\n---\n\nHello.\n");
    symlink(installed.join("node_modules"), desk.path("site/node_modules")).unwrap();
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.open_site_post(site, "src/content/blog/first.md");
    let before = std::fs::read_dir(desk.path("site")).unwrap().count();
    let checked = check(&desk, post.post, None);
    if checked.messages.iter().any(|message| message.message.contains("is not supported by Astro")) {
        postwright_testkit::skipped("astro does not run on this machine's Node");
        return;
    }
    assert!(checked.success, "{checked:?}");
    let page = wire::BuiltPage { url: "/blog/first/".to_owned(), appeared: true };
    assert_eq!(checked.page, Some(page), "{checked:?}");
    assert_eq!(std::fs::read_dir(desk.path("site")).unwrap().count(), before);
}

#[test]
fn a_generator_that_is_not_there_is_named_with_the_way_to_get_it() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, POST).post;
    let error = try_check(&desk, post, None).unwrap_err();
    assert_eq!(error.message, "Hugo is not installed.");
    assert!(error.hint.unwrap().contains("brew install hugo"));
    let draft = desk.draft("text").post;
    assert_eq!(try_check(&desk, draft, None).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn a_build_is_stopped_by_its_number() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, site) = hugo_desk();
    let slow = desk.file("bin/hugo", "#!/bin/sh\necho building\nsleep 60\n");
    std::fs::set_permissions(slow, std::fs::Permissions::from_mode(0o755)).unwrap();
    let post = desk.open_site_post(site, POST).post;
    std::thread::scope(|threads| {
        let building = threads.spawn(|| try_check(&desk, post, None));
        desk.wait_for(|event| matches!(event, Event::Progressed(told) if told.says == "building"));
        desk.call(Call::StopWork(wire::StopWork { work: 5 }));
        assert_eq!(building.join().unwrap().unwrap_err().code, ErrorCode::Stopped);
    });
}
