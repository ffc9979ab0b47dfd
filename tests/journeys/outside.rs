//! Files that change outside while their posts are open.

use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, Event, FileChanges, MergedOutside, OutsideChange, Reply};

use super::saving::SiteFile;
use super::sites::{hugo_desk, list};

const PATH: &str = "content/posts/first-post/index.md";

#[test]
fn a_clean_post_is_read_again() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    write_outside(&desk, &desk.site_file(PATH).replace("Hello", "안녕, 밖에서"));
    assert_eq!(change_of(&desk, post.post), OutsideChange::Reload);
    let changes = read_again(&desk, post.post, 0);
    assert_eq!(changes.len(), 1, "as little as possible, so that the cursor stays");
    desk.apply(post.post, 0, changes);
    assert_eq!(desk.app.text_of(post.post).unwrap(), desk.site_file(PATH));
    desk.save(post.post).unwrap();
}

#[test]
fn a_changed_post_is_asked_about_and_both_texts_can_be_had() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    desk.edit(post.post, 0, 0, 0, "<!-- mine -->\n");
    write_outside(&desk, "theirs\n");
    assert_eq!(change_of(&desk, post.post), OutsideChange::Ask);
    assert!(desk.save(post.post).is_err(), "not before the writer has decided");
    desk.call(Call::KeepMine(wire::KeepMine { post: post.post }));
    desk.save(post.post).unwrap();
    assert!(desk.site_file(PATH).starts_with("<!-- mine -->\n---"));
}

#[test]
fn changes_of_other_lines_are_merged_and_a_save_keeps_both() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    let file = desk.site_file(PATH);
    let revision = append(&desk, &post, "\n내가 덧붙인 줄\n");
    write_outside(&desk, &file.replacen("First post", "밖에서 고친 제목", 1));
    assert_eq!(change_of(&desk, post.post), OutsideChange::Merge);
    assert!(desk.save(post.post).is_err(), "not before the editor has taken it over");
    let (changes, hash) = merged(&desk, post.post, revision, None);
    assert_eq!(changes.len(), 1);
    desk.apply_and_take_over(post.post, revision, changes, hash);
    desk.save(post.post).unwrap();
    let saved = desk.site_file(PATH);
    assert!(saved.contains("밖에서 고친 제목") && saved.ends_with("내가 덧붙인 줄\n"), "{saved}");
}

#[test]
fn what_is_typed_while_a_merge_is_under_way_stays() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    write_outside(&desk, &desk.site_file(PATH).replace("Hello", "밖에서"));
    assert_eq!(change_of(&desk, post.post), OutsideChange::Reload);
    let (mut changes, hash) = merged(&desk, post.post, 0, None);
    let end = post.text.encode_utf16().count() as u32;
    changes.push(wire::Change { from: end, to: end, insert: "더\n".to_owned() });
    desk.apply_and_take_over(post.post, 0, changes, hash);
    desk.save(post.post).unwrap();
    let saved = desk.site_file(PATH);
    assert!(saved.contains("밖에서") && saved.ends_with("더\n"), "{saved}");
}

#[test]
fn a_merge_that_was_never_applied_leaves_the_file_alone() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    let revision = append(&desk, &post, "\n내 줄\n");
    let theirs = desk.site_file(PATH).replacen("First post", "밖에서", 1);
    write_outside(&desk, &theirs);
    assert_eq!(change_of(&desk, post.post), OutsideChange::Merge);
    merged(&desk, post.post, revision, None);
    assert!(desk.save(post.post).is_err());
    let desk = desk.restarted();
    assert_eq!(desk.open_site_post(site, PATH).outside, Some(OutsideChange::Merge));
    assert!(desk.save(post.post).is_err());
    assert_eq!(desk.site_file(PATH), theirs);
}

#[test]
fn a_conflict_is_shown_and_each_choice_is_followed() {
    use postwright_wire::OutsidePick::{Both, Mine, Theirs};
    for (pick, expected) in [(Mine, "내 제목\n"), (Theirs, "밖의 제목\n"), (Both, "내 제목\n밖의 제목\n")]
    {
        let (desk, site) = hugo_desk();
        desk.file("site/content/posts/short.md", "제목\n\n끝\n");
        let post = desk.open_site_post(site, "content/posts/short.md");
        desk.edit(post.post, 0, 0, 0, "내 ");
        desk.file("site/content/posts/short.md", "밖의 제목\n\n끝\n");
        assert_eq!(change_of(&desk, post.post), OutsideChange::Ask);
        let MergedOutside::Conflicts(conflicts) = ask(&desk, post.post, 1, None) else {
            panic!("both changed the first line")
        };
        let hunk = &conflicts.hunks[0];
        assert_eq!((hunk.mine.as_str(), hunk.theirs.as_str()), ("내 제목\n", "밖의 제목\n"));
        let stale = wire::OutsidePicks { hash: "another".to_owned(), picks: vec![pick] };
        assert!(matches!(ask(&desk, post.post, 1, Some(stale)), MergedOutside::Conflicts(_)));
        let picks = wire::OutsidePicks { hash: conflicts.hash, picks: vec![pick] };
        let (changes, hash) = merged(&desk, post.post, 1, Some(picks));
        if !changes.is_empty() {
            desk.apply_and_take_over(post.post, 1, changes, hash);
        }
        desk.save(post.post).unwrap();
        assert_eq!(desk.site_file("content/posts/short.md"), format!("{expected}\n끝\n"));
    }
}

#[test]
fn a_file_that_is_gone_is_told_and_can_be_written_again() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    std::fs::remove_file(desk.path("site").join(PATH)).unwrap();
    assert_eq!(change_of(&desk, post.post), OutsideChange::Gone);
    desk.save(post.post).unwrap();
    assert_eq!(desk.site_file(PATH), post.text);
}

#[test]
fn own_saves_are_no_news() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    desk.edit(post.post, 0, 0, 0, "x");
    desk.save(post.post).unwrap();
    // The list is told of the save; what the file of the post says would have been told before that.
    let event = desk.wait_for(|event| matches!(event, Event::SitePostsChanged(_) | Event::FileChanged(_)));
    assert!(matches!(event, Event::SitePostsChanged(_)), "{event:?}");
    std::thread::sleep(std::time::Duration::from_millis(700));
    desk.file("site/content/posts/marker.md", "after");
    let event = desk.wait_for(|event| matches!(event, Event::SitePostsChanged(_) | Event::FileChanged(_)));
    assert!(matches!(event, Event::SitePostsChanged(_)), "{event:?}");
}

#[test]
fn the_list_follows_new_posts_in_new_folders() {
    let (desk, site) = hugo_desk();
    desk.file("site/content/posts/2026/deep/new.md", "---\ntitle: New\n---\n");
    desk.wait_for(|event| matches!(event, Event::SitePostsChanged(changed) if changed.site == site));
    assert!(list(&desk, site).iter().any(|post| post.title == "New"));
}

#[test]
fn a_change_while_the_app_was_closed_is_found_at_the_next_opening() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    desk.edit(post.post, 0, 0, 0, "mine ");
    write_outside(&desk, "theirs\n");
    let desk = desk.restarted();
    let again = desk.open_site_post(site, PATH);
    assert_eq!(again.outside, Some(OutsideChange::Ask));
    assert!(again.text.starts_with("mine "));
}

#[test]
fn a_post_that_was_read_again_is_told_to_equal_its_file() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    write_outside(&desk, &desk.site_file(PATH).replace("Hello", "안녕"));
    assert_eq!(change_of(&desk, post.post), OutsideChange::Reload);
    let changes = read_again(&desk, post.post, 0);
    desk.apply(post.post, 0, changes);
    let stored = desk.wait_for(|event| matches!(event, Event::Stored(stored) if stored.revision == 1));
    assert!(matches!(stored, Event::Stored(stored) if !stored.differs_from_file));
}

#[test]
fn a_file_that_comes_to_hold_the_text_of_its_post_asks_nothing() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    desk.edit(post.post, 0, 0, 0, "both ");
    write_outside(&desk, &format!("both {}", post.text));
    let event = desk.wait_for(|event| matches!(event, Event::Stored(_) | Event::FileChanged(_)));
    assert!(matches!(event, Event::Stored(stored) if !stored.differs_from_file));
    desk.save(post.post).unwrap();
}

#[test]
fn a_file_that_is_gone_is_told_to_everyone_who_opens_the_post() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, PATH);
    std::fs::remove_file(desk.path("site").join(PATH)).unwrap();
    assert_eq!(change_of(&desk, post.post), OutsideChange::Gone);
    assert_eq!(desk.open_site_post(site, PATH).outside, Some(OutsideChange::Gone));
}

/// Types at the end; the revision after it.
fn append(desk: &Desk, post: &wire::OpenedPost, text: &str) -> u32 {
    let end = post.text.encode_utf16().count() as u32;
    desk.edit(post.post, 0, end, end, text).revision
}

fn ask(desk: &Desk, post: u32, base: u32, picks: Option<wire::OutsidePicks>) -> MergedOutside {
    match desk.call(Call::MergeOutside(wire::MergeOutside { post, base, picks })) {
        Reply::MergeOutside(merged) => merged,
        other => panic!("{other:?}"),
    }
}

fn merged(
    desk: &Desk,
    post: u32,
    base: u32,
    picks: Option<wire::OutsidePicks>,
) -> (Vec<wire::Change>, String) {
    match ask(desk, post, base, picks) {
        MergedOutside::Changes(taken) => (taken.changes, taken.takes_over),
        other => panic!("{other:?}"),
    }
}

/// Writes as most editors do: a new file renamed over the old one.
fn write_outside(desk: &Desk, text: &str) {
    let beside = desk.file("site/content/posts/first-post/.index.md.swp", text);
    std::fs::rename(beside, desk.path("site").join(PATH)).unwrap();
}

fn change_of(desk: &Desk, post: u32) -> OutsideChange {
    match desk.wait_for(|event| matches!(event, Event::FileChanged(_))) {
        Event::FileChanged(changed) if changed.post == post => changed.change,
        other => panic!("{other:?}"),
    }
}

fn read_again(desk: &Desk, post: u32, base: u32) -> Vec<wire::Change> {
    match desk.call(Call::ReadFileAgain(wire::ReadFileAgain { post, base })) {
        Reply::ReadFileAgain(FileChanges::Changes(changes)) => changes,
        other => panic!("{other:?}"),
    }
}
