use postwright_drafts::{DraftSummary, FileLink, LibraryError, NewDraft};

use crate::{Desk, append, draft_of, insertion};

fn link(site: u32, path: &str, base_text: &str) -> FileLink {
    FileLink { site, path: path.into(), base_text: base_text.into(), base_hash: "00".into() }
}

fn ids(rows: &[DraftSummary]) -> Vec<u32> {
    rows.iter().map(|row| row.id).collect()
}

#[test]
fn numbers_are_never_used_again() {
    let mut desk = Desk::new();
    assert_eq!(desk.add_draft(draft_of("", 1)).unwrap(), 1);
    assert_eq!(desk.add_draft(draft_of("", 1)).unwrap(), 2);
    desk.remove_draft(2).unwrap();
    desk.reopen();
    assert_eq!(desk.add_draft(draft_of("", 1)).unwrap(), 3);
    assert!(matches!(desk.draft(2), Err(LibraryError::NoSuchDraft { draft: 2 })));
    assert!(matches!(desk.remove_draft(2), Err(LibraryError::NoSuchDraft { draft: 2 })));
}

#[test]
fn a_list_is_up_to_date_before_and_after_a_snapshot() {
    let desk = Desk::new();
    let old = desk.add_draft(draft_of("old", 10)).unwrap();
    let new = desk.add_draft(draft_of("new", 20)).unwrap();
    assert_eq!(ids(&desk.drafts(false).unwrap()), [new, old]);
    append(&desk, insertion(old, 1, 0, "🙂")).unwrap();
    let journalled = desk.drafts(false).unwrap();
    assert_eq!(ids(&journalled), [old, new]);
    assert_eq!(journalled[0].text_head, "🙂old");
    assert_eq!((journalled[0].length_utf16, journalled[0].edited), (5, 101));
    desk.snapshot(old, 1, "🙂old".into(), 500).unwrap();
    assert_eq!(desk.drafts(false).unwrap(), journalled);
}

#[test]
fn a_list_is_given_the_start_of_a_long_text() {
    let desk = Desk::new();
    desk.add_draft(draft_of(&"한".repeat(100_000), 1)).unwrap();
    let row = &desk.drafts(false).unwrap()[0];
    assert_eq!(row.text_head, "한".repeat(4096 / 3));
    assert_eq!(row.length_utf16, 100_000);
}

#[test]
fn the_trash_keeps_a_draft_until_it_is_restored_or_removed() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("text", 1)).unwrap();
    desk.trash(draft, 5).unwrap();
    assert!(desk.drafts(false).unwrap().is_empty());
    assert_eq!(ids(&desk.drafts(true).unwrap()), [draft]);
    assert!(desk.draft(draft).unwrap().trashed);
    desk.restore(draft).unwrap();
    assert_eq!(ids(&desk.drafts(false).unwrap()), [draft]);
    assert!(matches!(desk.trash(9, 5), Err(LibraryError::NoSuchDraft { draft: 9 })));
    assert!(matches!(desk.restore(9), Err(LibraryError::NoSuchDraft { draft: 9 })));
}

#[test]
fn a_linked_draft_says_whether_it_differs_from_its_file() {
    let desk = Desk::new();
    let site = desk.add_site("/home/writer/blog", "blog", "{}", 1).unwrap();
    let file = link(site, "content/글.md", "same");
    let new = NewDraft { text: "same".into(), file: Some(file.clone()), form: "{}".into(), at: 1 };
    let draft = desk.add_draft(new).unwrap();
    let differs = || desk.drafts(false).unwrap()[0].differs_from_file;
    assert!(!differs());
    assert_eq!(desk.drafts(false).unwrap()[0].file, Some((site, "content/글.md".into())));
    assert_eq!(desk.draft(draft).unwrap().file, Some(file));
    append(&desk, insertion(draft, 1, 4, "!")).unwrap();
    assert!(differs());
    desk.snapshot(draft, 1, "same!".into(), 2).unwrap();
    assert!(differs());
    desk.set_file(draft, Some(link(site, "content/글.md", "same!"))).unwrap();
    assert!(!differs());
    append(&desk, insertion(draft, 2, 5, "?")).unwrap();
    desk.set_file(draft, Some(link(site, "content/글.md", "same!?"))).unwrap();
    assert!(!differs());
    desk.set_file(draft, None).unwrap();
    assert!(!differs());
    assert_eq!(desk.draft(draft).unwrap().file, None);
}

#[test]
fn a_file_has_one_draft() {
    let desk = Desk::new();
    let site = desk.add_site("/blog", "blog", "{}", 1).unwrap();
    let linked = |path: &str| NewDraft { file: Some(link(site, path, "")), ..draft_of("x", 1) };
    let first = desk.add_draft(linked("a.md")).unwrap();
    assert_eq!(desk.draft_for_file(site, "a.md").unwrap(), Some(first));
    assert_eq!(desk.draft_for_file(site, "b.md").unwrap(), None);
    let refused = desk.add_draft(linked("a.md")).unwrap_err();
    assert!(matches!(refused, LibraryError::FileLinked { draft } if draft == first), "{refused}");
    assert_eq!(desk.drafts(false).unwrap().len(), 1, "a refused draft is not half there");

    desk.trash(first, 2).unwrap();
    assert_eq!(desk.draft_for_file(site, "a.md").unwrap(), None);
    let second = desk.add_draft(linked("a.md")).unwrap();
    desk.restore(first).unwrap();
    assert_eq!(desk.draft(first).unwrap().file, None, "its file has another draft now");
    assert_eq!(desk.draft_for_file(site, "a.md").unwrap(), Some(second));

    let refused = desk.set_file(first, Some(link(99, "a.md", ""))).unwrap_err();
    assert!(matches!(refused, LibraryError::NoSuchSite { site: 99 }), "{refused}");
}

#[test]
fn a_removed_site_leaves_its_drafts_and_their_text() {
    let desk = Desk::new();
    let site = desk.add_site("/blog", "blog", "{}", 1).unwrap();
    let new = NewDraft { file: Some(link(site, "a.md", "base")), ..draft_of("text", 1) };
    let draft = desk.add_draft(new).unwrap();
    append(&desk, insertion(draft, 1, 4, "!")).unwrap();
    desk.remove_site(site).unwrap();
    let stored = desk.draft(draft).unwrap();
    assert_eq!((stored.text.as_str(), stored.file), ("text!", None));
    assert!(!desk.drafts(false).unwrap()[0].differs_from_file);
    assert!(matches!(desk.site(site), Err(LibraryError::NoSuchSite { .. })));
}

#[test]
fn a_copy_has_the_text_and_the_images_but_not_the_file() {
    let desk = Desk::new();
    let site = desk.add_site("/blog", "blog", "{}", 1).unwrap();
    let new = NewDraft {
        text: "text".into(),
        file: Some(link(site, "a.md", "base")),
        form: "{\"crlf\":true}".into(),
        at: 1,
    };
    let draft = desk.add_draft(new).unwrap();
    desk.add_asset(draft, "a.png", vec![1, 2], "image/png").unwrap();
    // Not waited for: copying comes behind it all the same.
    desk.append(insertion(draft, 1, 4, "!"), |result| result.unwrap());
    let copy = desk.duplicate(draft, 7).unwrap();
    let stored = desk.draft(copy).unwrap();
    assert_eq!((stored.text.as_str(), stored.revision, stored.edited, stored.file), ("text!", 0, 7, None));
    assert_eq!(stored.form, "{\"crlf\":true}");
    desk.remove_draft(draft).unwrap();
    assert_eq!(desk.asset(copy, "a.png").unwrap().unwrap().bytes, [1, 2]);
}

#[test]
fn the_form_is_kept_as_it_was_given() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    desk.set_form(draft, "{\"bom\":true}".into()).unwrap();
    assert_eq!(desk.draft(draft).unwrap().form, "{\"bom\":true}");
    assert!(matches!(desk.set_form(9, String::new()), Err(LibraryError::NoSuchDraft { draft: 9 })));
}
