//! Drafts: written, found again, trashed and restored.

use std::sync::Arc;

use postwright_tests::desk::{self, Desk};
use postwright_wire::{self as wire, Call, Edited, Event, Language, Reply, Selection};

#[test]
fn a_draft_and_its_cursor_are_there_after_a_restart() {
    let desk = Desk::new();
    let post = desk.draft("");
    desk.edit(post.post, 0, 0, 0, "# 안녕 👍\n\n본문");
    desk.edit(post.post, 1, 2, 4, "반가워");
    let desk = desk.restarted();
    let drafts = list(&desk, false);
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].title, "반가워 👍");
    let Reply::OpenPost(opened) = desk.call(Call::OpenPost(wire::OpenPost { post: post.post })) else {
        unreachable!()
    };
    assert_eq!(opened.text, "# 반가워 👍\n\n본문");
    assert_eq!((opened.revision, opened.selection), (2, Selection { anchor: 5, head: 5 }));
}

#[test]
fn tabs_and_scroll_are_there_after_a_restart() {
    let desk = Desk::new();
    let (first, second) = (desk.draft("one"), desk.draft("two"));
    let tab = |post: &wire::OpenedPost, top_line| wire::TabState {
        post: post.post,
        title: post.details.shown_title.clone(),
        selection: Selection { anchor: 1, head: 2 },
        revision: post.revision,
        top_line,
    };
    let session = wire::SessionState {
        tabs: vec![tab(&first, 0.0), tab(&second, 12.5)],
        active: Some(second.post),
        ..Default::default()
    };
    desk.call(Call::Remember(session.clone()));
    let desk = desk.restarted();
    let Reply::Start(started) = desk.call(Call::Start(wire::Start { languages: vec!["ko-KR".to_owned()] }))
    else {
        unreachable!()
    };
    assert_eq!(started.session, session);
    assert_eq!(started.settings.language, Language::En, "it was asked for; the web view only guesses");
    assert_eq!(started.active.unwrap().text, "two");
}

#[test]
fn a_stale_edit_is_refused_and_the_whole_text_recovers() {
    let desk = Desk::new();
    let post = desk.draft("");
    desk.edit(post.post, 0, 0, 0, "one");
    let late = wire::Edit {
        post: post.post,
        base: 0,
        changes: vec![wire::Change { from: 0, to: 0, insert: "lost?".to_owned() }],
        selection: Selection::default(),
        takes_over: None,
        step: None,
    };
    let Reply::Edit(Edited::Stale(stale)) = desk.call(Call::Edit(late)) else {
        panic!("a wrong base was taken")
    };
    assert_eq!(stale.revision, 1);
    let whole = wire::ReplaceText {
        post: post.post,
        text: "lost? one".to_owned(),
        selection: Selection::default(),
        takes_over: None,
    };
    let Reply::ReplaceText(Edited::Applied(applied)) = desk.call(Call::ReplaceText(whole)) else {
        unreachable!()
    };
    assert_eq!(applied.revision, 2);
    assert_eq!(desk.restarted().app.text_of(post.post).unwrap(), "lost? one");
}

#[test]
fn the_trash_gives_back() {
    let desk = Desk::new();
    let post = desk.draft("keep me").post;
    desk.call(Call::TrashDraft(wire::TrashDraft { post }));
    assert_eq!((list(&desk, false).len(), list(&desk, true).len()), (0, 1));
    let desk = desk.restarted();
    desk.call(Call::RestoreDraft(wire::RestoreDraft { post }));
    assert_eq!((list(&desk, false)[0].title.as_str(), list(&desk, true).len()), ("keep me", 0));
}

#[test]
fn a_draft_in_which_nothing_was_written_does_not_stay() {
    let desk = Desk::new();
    let empty = desk.draft("").post;
    let written = desk.draft("").post;
    desk.edit(written, 0, 0, 0, "x");
    desk.call(Call::ClosePost(wire::ClosePost { post: empty }));
    desk.call(Call::ClosePost(wire::ClosePost { post: written }));
    assert_eq!(list(&desk, false).iter().map(|row| row.post).collect::<Vec<_>>(), [written]);
}

#[test]
fn a_copy_has_the_images_too() {
    let desk = Desk::new();
    let post = desk.draft("![](dot.png)").post;
    let base64 = base64_of(postwright_testkit::PNG);
    desk.call(Call::AddImage(wire::AddImage { post, name: "dot.png".to_owned(), base64 }));
    let Reply::DuplicateDraft(copy) = desk.call(Call::DuplicateDraft(wire::DuplicateDraft { post })) else {
        unreachable!()
    };
    assert_ne!(copy.post, post);
    assert_eq!(desk.app.image(copy.post, "dot.png").unwrap().bytes, postwright_testkit::PNG);
}

#[test]
fn an_edit_that_a_close_has_overtaken_is_kept() {
    let desk = Desk::new();
    let post = desk.draft("text").post;
    desk.edit(post, 0, 4, 4, " one");
    desk.call(Call::ClosePost(wire::ClosePost { post }));
    desk.edit(post, 1, 8, 8, " two");
    assert_eq!(desk.restarted().app.text_of(post).unwrap(), "text one two");
}

#[test]
fn a_draft_that_another_process_edits_too_keeps_what_is_written_in_the_window() {
    let desk = Desk::new();
    let post = desk.draft("text").post;
    let other = desk::open(&desk.path("library.db"), Arc::default()).unwrap();
    other.answer(Call::OpenPost(wire::OpenPost { post })).unwrap();
    let changes = vec![wire::Change { from: 0, to: 4, insert: "theirs, much longer".to_owned() }];
    other
        .answer(Call::Edit(wire::Edit {
            post,
            base: 0,
            changes,
            selection: Selection::default(),
            takes_over: None,
            step: None,
        }))
        .unwrap();
    other.close();
    desk.apply(post, 0, vec![wire::Change { from: 4, to: 4, insert: " mine".to_owned() }]);
    desk.wait_for(|event| matches!(event, Event::StoreFailed(_)));
    desk.edit(post, 1, 9, 9, " all");
    // Not closed, as after a crash.
    let after = desk::open(&desk.path("library.db"), Arc::default()).unwrap();
    assert_eq!(after.text_of(post).unwrap(), "text mine all");
}

pub(crate) fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

pub(crate) fn list(desk: &Desk, trashed: bool) -> Vec<wire::DraftRow> {
    let Reply::ListDrafts(list) = desk.call(Call::ListDrafts(wire::ListDrafts { trashed })) else {
        unreachable!()
    };
    list.drafts
}
