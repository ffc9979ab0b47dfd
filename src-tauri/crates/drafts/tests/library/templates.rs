use postwright_drafts::LibraryError;

use crate::Desk;

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
