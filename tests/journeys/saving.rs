//! A site's post: opened, edited, saved; only what was edited changes in its file.

use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, FieldValue, Reply};

use super::fields::set;
use super::sites::{hugo_desk, site_with};

#[test]
fn saving_changes_the_lines_that_were_edited_and_no_others() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/first-post/index.md";
    let before = desk.site_file(path);
    let post = desk.open_site_post(site, path);
    assert!(!post.differs_from_file);
    set(&desk, post.post, 0, "date", FieldValue::Text("2026-01-02T03:04:05+09:00".to_owned()));
    assert_eq!(desk.site_file(path), before, "nothing is written before the writer says so");
    desk.save(post.post).unwrap();
    assert_eq!(desk.site_file(path), before.replace("2025-03-01T09:00:00", "2026-01-02T03:04:05"));
}

#[test]
fn a_byte_order_mark_and_mixed_line_ends_stay() {
    let bytes = "\u{feff}---\r\ntitle: Mixed\r\ndate: 2025-01-01\n---\r\n\r\none\ntwo\r\nthree";
    let (desk, site) = site_with("content/posts/mixed.md", bytes);
    let post = desk.open_site_post(site, "content/posts/mixed.md");
    assert_eq!(post.text, "---\ntitle: Mixed\ndate: 2025-01-01\n---\n\none\ntwo\nthree");
    let applied = set(&desk, post.post, 0, "title", FieldValue::Text("Changed".to_owned()));
    desk.edit(post.post, applied.revision, 0, 0, "");
    desk.save(post.post).unwrap();
    assert_eq!(desk.site_file("content/posts/mixed.md"), bytes.replace("title: Mixed", "title: Changed"));
}

#[test]
fn saving_twice_without_an_edit_writes_the_same_bytes() {
    let bytes = "---\ntitle: \"CRLF\"\n---\n\nbody\n".replace('\n', "\r\n");
    let (desk, site) = site_with("content/posts/crlf.md", &bytes);
    let post = desk.open_site_post(site, "content/posts/crlf.md");
    desk.save(post.post).unwrap();
    desk.save(post.post).unwrap();
    assert_eq!(desk.site_file("content/posts/crlf.md"), bytes);
}

#[test]
fn a_file_that_changed_outside_is_not_overwritten() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/first-post/index.md";
    let post = desk.open_site_post(site, path);
    desk.edit(post.post, 0, 0, 0, "mine ");
    desk.file(&format!("site/{path}"), "theirs");
    let error = desk.save(post.post).unwrap_err();
    assert_eq!(error.code, ErrorCode::ChangedOutside);
    assert!(error.hint.is_some());
    assert_eq!(desk.site_file(path), "theirs");
    assert!(desk.app.text_of(post.post).unwrap().starts_with("mine ---"));
}

#[test]
fn unsaved_edits_of_a_site_post_survive_a_restart_and_are_listed() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/first-post/index.md";
    let post = desk.open_site_post(site, path);
    let end = post.text.encode_utf16().count() as u32;
    desk.edit(post.post, 0, end, end, "more\n");
    let desk = desk.restarted();
    let drafts = super::drafts::list(&desk, false);
    assert_eq!(drafts[0].file.as_ref().map(|file| file.path.as_str()), Some(path));
    let again = desk.open_site_post(site, path);
    assert_eq!((again.post, again.differs_from_file), (post.post, true));
    assert!(again.text.ends_with("more\n"));
}

#[test]
fn two_posts_never_write_one_file() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/first-post/index.md";
    let before = desk.site_file(path);
    let trashed = desk.open_site_post(site, path).post;
    desk.edit(trashed, 0, 0, 0, "old ");
    desk.call(Call::TrashDraft(wire::TrashDraft { post: trashed }));
    let other = desk.open_site_post(site, path).post;
    assert_ne!(other, trashed);
    assert_eq!(desk.save(trashed).unwrap_err().code, ErrorCode::TargetExists);
    assert_eq!(desk.site_file(path), before);
    desk.call(Call::RestoreDraft(wire::RestoreDraft { post: trashed }));
    desk.save(trashed).unwrap();
    assert_eq!(desk.site_file(path), before, "it came back without its file");
    assert!(desk.app.text_of(trashed).unwrap().starts_with("old "));
}

#[test]
fn a_new_image_never_hides_behind_one_that_is_there() {
    let (desk, site) = site_with("content/posts/first-post/dot.png", "another image");
    let path = "content/posts/first-post/index.md";
    let post = desk.open_site_post(site, path).post;
    let base64 = super::drafts::base64_of(postwright_testkit::PNG);
    let add = wire::AddImage { post, name: "dot.png".to_owned(), base64 };
    let Reply::AddImage(added) = desk.call(Call::AddImage(add)) else { unreachable!() };
    assert_eq!(added.reference, "dot-2.png");
    desk.edit(post, 0, 0, 0, "![](dot-2.png)\n");
    desk.save(post).unwrap();
    let bytes = |name: &str| std::fs::read(desk.path("site/content/posts/first-post").join(name)).unwrap();
    assert_eq!(bytes("dot-2.png"), postwright_testkit::PNG);
    assert_eq!(bytes("dot.png"), b"another image");
}

/// A file of the site that these journeys add.
pub(crate) trait SiteFile {
    fn site_file(&self, path: &str) -> String;
}

impl SiteFile for Desk {
    fn site_file(&self, path: &str) -> String {
        std::fs::read_to_string(self.path("site").join(path)).unwrap()
    }
}
