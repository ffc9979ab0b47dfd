use postwright_drafts::LibraryError;
use rusqlite::Connection;

use crate::{Desk, draft_of};

#[test]
fn templates_are_kept_by_folder_and_name() {
    let mut desk = Desk::new();
    let root = "/home/me/blog";
    let review = desk.add_template(root, "review", "---\ntitle: 서평\n---\n", 1).unwrap().unwrap();
    assert_eq!(desk.add_template(root, "review", "other", 2).unwrap(), None, "the first one stays");
    let note = desk.add_template(root, "note", "n", 3).unwrap().unwrap();
    desk.add_template("/home/me/other", "review", "o", 4).unwrap().unwrap();
    let names = |desk: &Desk| {
        desk.templates(root).unwrap().into_iter().map(|template| template.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&desk), ["note", "review"]);
    assert!(!desk.rename_template(note, "review").unwrap(), "that name is taken");
    assert!(desk.rename_template(note, "a note").unwrap());
    desk.reopen();
    assert_eq!(names(&desk), ["a note", "review"]);
    assert_eq!(desk.template(review).unwrap().text, "---\ntitle: 서평\n---\n");
    desk.remove_template(review).unwrap();
    assert_eq!(names(&desk), ["a note"]);
    assert!(matches!(desk.template(review), Err(LibraryError::NoSuchTemplate { .. })));
    assert!(matches!(desk.remove_template(review), Err(LibraryError::NoSuchTemplate { .. })));
    assert!(matches!(desk.rename_template(review, "x"), Err(LibraryError::NoSuchTemplate { .. })));
}

#[test]
fn templates_stay_when_their_site_is_let_go() {
    let desk = Desk::new();
    let site = desk.add_site("/blog", "blog", "{}", 1).unwrap();
    desk.add_template("/blog", "note", "n", 1).unwrap();
    desk.remove_site(site).unwrap();
    assert_eq!(desk.templates("/blog").unwrap().len(), 1);
}

#[test]
fn a_library_of_version_2_opens_and_keeps_everything() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("글", 0)).unwrap();
    let site = desk.add_site("/blog", "blog", "{\"a\":1}", 1).unwrap();
    desk.library = None;
    let old = Connection::open(desk.path()).unwrap();
    old.execute_batch(
        "alter table texts drop column checksum; alter table journal drop column checksum;
         drop table templates; pragma user_version = 2;",
    )
    .unwrap();
    drop(old);
    desk.reopen();
    assert_eq!(desk.draft(draft).unwrap().text, "글");
    assert_eq!(desk.site(site).unwrap().settings, "{\"a\":1}");
    assert!(desk.add_template("/blog", "note", "n", 1).unwrap().is_some());
    assert!(desk.path().with_file_name("library.schema-2-0.backup").exists());
}
