//! What the library keeps of writes into sites.

use postwright_drafts::{FileLink, LibraryError, NewPublication, NewText, Note, PublicationState};

use crate::{Desk, append, draft_of, insertion};

fn link(site: u32) -> FileLink {
    FileLink { site, path: "a.md".into(), base_text: "published".into(), base_hash: "hash".into() }
}

fn hash_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// A draft with a text, and a publication of it that has begun.
fn begun(desk: &Desk, text: &str) -> (u32, u32) {
    let site = desk.add_site("/site", "Site", "{}", 1).unwrap();
    let draft = desk.add_draft(draft_of(text, 1)).unwrap();
    let note = Note {
        draft,
        file: Some(link(site)),
        form: "form".into(),
        text: Some(NewText { text: "published".into(), replaces: hash_of("draft") }),
        undoable: true,
        ..Note::default()
    };
    let new = NewPublication {
        site,
        root: "/site".into(),
        intent: "{}".into(),
        note,
        former: vec![None, Some(b"former".to_vec())],
        at: 2,
    };
    (draft, desk.begin_publication(new).unwrap())
}

#[test]
fn what_has_begun_is_known_after_a_restart_and_is_noted_then() {
    let mut desk = Desk::new();
    let (draft, publication) = begun(&desk, "draft");
    desk.reopen();
    let found = desk.begun_publications().unwrap();
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [publication]);
    assert_eq!(desk.former_file(publication, 1).unwrap().as_deref(), Some(b"former".as_slice()));
    desk.finish_publication(publication, None, 3).unwrap();
    let stored = desk.draft(draft).unwrap();
    assert_eq!((stored.text.as_str(), stored.revision, stored.form.as_str()), ("published", 1, "form"));
    assert_eq!(stored.file.unwrap().path, "a.md");
    assert_eq!(desk.publication(publication).unwrap().state, PublicationState::Done);
    assert!(desk.begun_publications().unwrap().is_empty());
    let kept: Vec<&str> = desk.revisions(draft).unwrap().iter().map(|kept| kept.kind.name()).collect();
    assert_eq!(kept, ["published", "auto"]);
}

#[test]
fn a_text_that_was_edited_since_stays() {
    let mut desk = Desk::new();
    let (draft, publication) = begun(&desk, "draft");
    append(&desk, insertion(draft, 1, 0, "my ")).unwrap();
    desk.reopen();
    desk.finish_publication(publication, None, 3).unwrap();
    let stored = desk.draft(draft).unwrap();
    assert_eq!((stored.text.as_str(), stored.revision), ("my draft", 1));
    assert!(stored.file.is_some(), "it is the post of the file all the same");
}

#[test]
fn the_next_edit_follows_the_text_that_was_noted() {
    let desk = Desk::new();
    let (draft, publication) = begun(&desk, "draft");
    desk.finish_publication(publication, Some(1), 3).unwrap();
    append(&desk, insertion(draft, 2, 0, "re")).unwrap();
    assert_eq!(desk.draft(draft).unwrap().text, "republished");
}

#[test]
fn a_file_of_another_post_is_not_linked_twice() {
    let desk = Desk::new();
    let (draft, publication) = begun(&desk, "draft");
    let other = desk.add_draft(draft_of("other", 1)).unwrap();
    let site = desk.sites().unwrap()[0].id;
    desk.set_file(other, Some(link(site))).unwrap();
    desk.finish_publication(publication, None, 3).unwrap();
    assert_eq!(desk.draft(draft).unwrap().file, None);
    assert_eq!(desk.draft_for_file(site, "a.md").unwrap(), Some(other));
}

#[test]
fn what_is_undone_or_forgotten_leaves_nothing() {
    let desk = Desk::new();
    let (draft, publication) = begun(&desk, "draft");
    desk.finish_publication(publication, None, 3).unwrap();
    let note = Note { draft, undoes: Some(publication), ..Note::default() };
    let new = NewPublication {
        site: 1,
        root: "/site".into(),
        intent: "{}".into(),
        note,
        former: Vec::new(),
        at: 4,
    };
    let undo = desk.begin_publication(new.clone()).unwrap();
    desk.finish_publication(undo, None, 5).unwrap();
    assert_eq!(desk.publication(publication).unwrap().state, PublicationState::Undone);
    assert_eq!(desk.former_file(publication, 1).unwrap(), None);
    assert_eq!(desk.draft(draft).unwrap().file, None);
    assert!(matches!(desk.publication(undo), Err(LibraryError::NoSuchPublication { .. })));
    let other = desk.begin_publication(new).unwrap();
    desk.forget_publication(other).unwrap();
    assert!(desk.begun_publications().unwrap().is_empty());
}

#[test]
fn one_at_a_time_writes_into_sites() {
    let desk = Desk::new();
    let held = desk.hold_publications().unwrap();
    assert!(desk.try_hold_publications().unwrap().is_none());
    drop(held);
    assert!(desk.try_hold_publications().unwrap().is_some());
}
