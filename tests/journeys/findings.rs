//! What the writer is told of the text itself, after a pause.

use postwright_tests::desk::Desk;
use postwright_wire::{Event, FindingsOfPost, PostId};

use super::sites::hugo_desk;

#[test]
fn a_printed_mark_is_told_and_mended_once_the_writer_pauses() {
    let desk = Desk::new();
    let post = desk.draft("👍 이것은 ");
    desk.edit(post.post, 0, 7, 7, "**강조(설명)**는 글\n");
    let found = findings(&desk, post.post, 1);
    assert_eq!(found.findings.len(), 1, "{found:?}");
    let finding = &found.findings[0];
    assert_eq!((finding.code.as_str(), finding.from, finding.to), ("printed_mark", 7, 17));
    let mend = finding.mend.clone().unwrap();
    desk.apply(post.post, 1, mend.changes);
    assert_eq!(desk.app.text_of(post.post).unwrap(), "👍 이것은 **강조(설명)**&#8288;는 글\n");
    assert!(findings(&desk, post.post, 2).findings.is_empty());
}

#[test]
fn a_post_is_looked_through_when_it_opens() {
    let desk = Desk::new();
    let post = desk.draft("---\ntitle: 가\n---\n[없는 곳](#nowhere)\n");
    let found = findings(&desk, post.post, 0);
    assert_eq!(found.findings[0].code, "missing_anchor");
    assert!(found.findings[0].mend.is_none());
}

fn findings(desk: &Desk, post: PostId, revision: u32) -> FindingsOfPost {
    let event = desk.wait_for(
        |event| matches!(event, Event::Findings(found) if found.post == post && found.revision == revision),
    );
    match event {
        Event::Findings(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_image_that_is_not_there_is_told() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, "content/posts/first-post/index.md");
    let end = post.text.encode_utf16().count() as u32;
    desk.edit(post.post, post.revision, end, end, "\n![없는 그림](nowhere.png)\n");
    let found = findings(&desk, post.post, post.revision + 1);
    assert!(found.findings.iter().any(|finding| finding.code == "missing_image"), "{found:?}");
}
