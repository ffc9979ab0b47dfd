use postwright_drafts::{LibraryError, RevisionKind};

use crate::{Desk, draft_of};

#[test]
fn a_kept_revision_comes_back_whole() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    let texts = ["", "첫 글 🙂\r\n", &"반복 ".repeat(50_000)];
    for (revision, text) in (1..).zip(texts) {
        let kept =
            desk.keep_revision(draft, revision, text, RevisionKind::Auto, i64::from(revision)).unwrap();
        assert!(kept.is_some());
    }
    desk.reopen();
    let revisions = desk.revisions(draft).unwrap();
    assert_eq!(revisions.iter().map(|kept| kept.revision).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(revisions[1].length_utf16, 8);
    for (kept, text) in revisions.iter().rev().zip(texts) {
        assert_eq!(desk.revision_text(draft, kept.number).unwrap(), text);
    }
}

#[test]
fn the_same_text_is_kept_once_unless_it_was_published() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    let keep = |revision, text, kind| desk.keep_revision(draft, revision, text, kind, 1).unwrap().is_some();
    assert!(keep(1, "a", RevisionKind::Auto));
    assert!(!keep(2, "a", RevisionKind::Saved));
    assert!(keep(2, "a", RevisionKind::Published));
    assert!(keep(3, "b", RevisionKind::Merged));
    assert!(keep(4, "a", RevisionKind::Restored), "the newest is compared, not every one");
    let kinds: Vec<RevisionKind> = desk.revisions(draft).unwrap().iter().map(|kept| kept.kind).collect();
    let expected =
        [RevisionKind::Restored, RevisionKind::Merged, RevisionKind::Published, RevisionKind::Auto];
    assert_eq!(kinds, expected);
}

#[test]
fn a_revision_is_its_drafts_only() {
    let desk = Desk::new();
    let [mine, other] = [(); 2].map(|()| desk.add_draft(draft_of("", 1)).unwrap());
    let number = desk.keep_revision(mine, 1, "a", RevisionKind::Saved, 1).unwrap().unwrap();
    assert!(matches!(desk.revision_text(other, number), Err(LibraryError::NoSuchRevision { .. })));
    assert_eq!(desk.revisions(other).unwrap(), []);
    let refused = desk.keep_revision(99, 1, "a", RevisionKind::Saved, 1).unwrap_err();
    assert!(matches!(refused, LibraryError::NoSuchDraft { draft: 99 }), "{refused}");
    desk.remove_draft(mine).unwrap();
    assert!(matches!(desk.revision_text(mine, number), Err(LibraryError::NoSuchRevision { .. })));
}

#[test]
fn equal_images_are_one_and_a_taken_name_gets_a_number() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    let add =
        |name: &str, bytes: &[u8]| desk.add_asset(draft, name, bytes.to_vec(), "image/png").unwrap().name;
    assert_eq!(add("그림.png", b"one"), "그림.png");
    assert_eq!(add("그림.png", b"one"), "그림.png");
    assert_eq!(add("그림.png", b"two"), "그림-2.png");
    assert_eq!(add("그림.png", b"three"), "그림-3.png");
    assert_eq!(add("그림.png", b"two"), "그림-2.png");
    assert_eq!(add("other.png", b"one"), "other.png");
    assert_eq!(add("Other.PNG", b"four"), "Other-2.PNG");
    assert_eq!(add(".hidden", b"a"), ".hidden");
    assert_eq!(add(".hidden", b"b"), ".hidden-2");
    let listed = desk.assets(draft).unwrap();
    assert_eq!(listed.len(), 7);
    let found = desk.asset(draft, "그림-2.png").unwrap().unwrap();
    assert_eq!((found.bytes.as_slice(), found.media_type.as_str()), (b"two".as_slice(), "image/png"));
    assert_eq!(found.hash, blake3::hash(b"two").to_hex().to_string());
    let row = listed.iter().find(|asset| asset.name == "그림-3.png").unwrap();
    assert_eq!(row.size, 5);
    assert_eq!(desk.asset(draft, "none.png").unwrap(), None);
    assert!(matches!(
        desk.add_asset(99, "a.png", vec![], "image/png"),
        Err(LibraryError::NoSuchDraft { draft: 99 })
    ));
}

#[test]
fn a_site_is_added_once() {
    let desk = Desk::new();
    let blog = desk.add_site("/home/writer/blog", "blog", "{}", 5).unwrap();
    let notes = desk.add_site("/home/writer/notes", "notes", "{}", 6).unwrap();
    assert_eq!(desk.add_site("/home/writer/blog", "again", "{\"a\":1}", 7).unwrap(), blog);
    let site = desk.site(blog).unwrap();
    assert_eq!((site.name.as_str(), site.settings.as_str(), site.added), ("blog", "{}", 5));
    desk.set_site(blog, "new name", "{\"b\":2}").unwrap();
    assert_eq!(desk.site(blog).unwrap().settings, "{\"b\":2}");
    assert_eq!(desk.sites().unwrap().iter().map(|site| site.id).collect::<Vec<_>>(), [blog, notes]);
    desk.remove_site(notes).unwrap();
    assert!(matches!(desk.remove_site(notes), Err(LibraryError::NoSuchSite { .. })));
    assert!(matches!(desk.set_site(notes, "", ""), Err(LibraryError::NoSuchSite { .. })));
    assert!(desk.add_site("/home/writer/third", "third", "{}", 8).unwrap() > notes);
}

#[test]
fn settings_and_the_session_are_kept() {
    let mut desk = Desk::new();
    assert_eq!((desk.setting("theme").unwrap(), desk.session().unwrap()), (None, None));
    for value in ["light", "dark"] {
        desk.set_setting("theme", value).unwrap();
        desk.set_session(&format!("{{\"tabs\":\"{value}\"}}")).unwrap();
    }
    desk.reopen();
    assert_eq!(desk.setting("theme").unwrap().as_deref(), Some("dark"));
    assert_eq!(desk.session().unwrap().as_deref(), Some("{\"tabs\":\"dark\"}"));
}
