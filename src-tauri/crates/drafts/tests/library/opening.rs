use std::fs;
use std::path::Path;

use postwright_drafts::{Library, LibraryError, NewerSchema};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{Desk, append, draft_of, insertion};

fn open(path: &Path) -> Result<Library, LibraryError> {
    Library::open(path, 0)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_library_is_made_with_its_folder() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("새 폴더/그 안?x=1#y/library");
    let library = open(&path).unwrap();
    assert_eq!(library.add_draft(draft_of("", 0)).unwrap(), 1);
    assert_eq!(library.read_only(), None);
    assert!(path.exists());
}

#[test]
fn an_empty_file_becomes_a_library() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("library");
    fs::write(&path, "").unwrap();
    open(&path).unwrap().add_draft(draft_of("", 0)).unwrap();
}

#[test]
fn another_file_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("library");
    for text in ["a", "---\ntitle: 글\n---\n", &"x".repeat(9000)] {
        fs::write(&path, text).unwrap();
        let refused = open(&path).unwrap_err();
        assert!(matches!(&refused, LibraryError::NotALibrary { path: named } if *named == path), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(names(folder.path()), ["library"]);
}

#[test]
fn another_applications_database_is_left_as_it_is() {
    for application_id in [0, 42] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("create table t (x); insert into t values (1);").unwrap();
        other.pragma_update(None, "application_id", application_id).unwrap();
        drop(other);
        let before = fs::read(&path).unwrap();
        assert!(matches!(open(&path), Err(LibraryError::NotALibrary { .. })));
        assert!(fs::read(&path).unwrap() == before);
        assert_eq!(names(folder.path()), ["library"]);
    }
}

#[test]
fn a_damaged_library_is_said_to_be_and_left_as_it_is() {
    let damages: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.fill(0),
        |bytes| bytes.truncate(50),
        |bytes| bytes.truncate(5000),
        |bytes| bytes[100..].fill(0xa5),
    ];
    for (at, damage) in damages.into_iter().enumerate() {
        let mut desk = Desk::new();
        desk.add_draft(draft_of("text", 0)).unwrap();
        desk.library = None;
        let mut bytes = fs::read(desk.path()).unwrap();
        damage(&mut bytes);
        fs::write(desk.path(), &bytes).unwrap();
        let refused = open(&desk.path()).unwrap_err();
        assert!(matches!(refused, LibraryError::Damaged { .. }), "damage {at}: {refused}");
        assert!(fs::read(desk.path()).unwrap() == bytes, "damage {at}");
    }
}

#[test]
fn a_log_beside_an_empty_or_absent_file_is_not_thrown_away() {
    for is_absent in [false, true] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library");
        let log = folder.path().join("library-wal");
        fs::write(&log, "every edit of today").unwrap();
        if !is_absent {
            fs::write(&path, "").unwrap();
        }
        assert!(matches!(open(&path), Err(LibraryError::Damaged { .. })));
        assert_eq!(fs::read_to_string(&log).unwrap(), "every edit of today");
        assert_eq!(path.exists(), !is_absent);
    }
}

#[test]
fn damage_behind_the_roots_is_found_by_the_check() {
    let mut desk = Desk::new();
    for _ in 0..40 {
        desk.add_draft(draft_of(&"text ".repeat(2000), 0)).unwrap();
    }
    desk.check().unwrap();
    desk.library = None;
    let mut bytes = fs::read(desk.path()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    fs::write(desk.path(), &bytes).unwrap();
    let found = open(&desk.path()).and_then(|library| library.check());
    assert!(matches!(found, Err(LibraryError::Damaged { .. })), "{found:?}");
}

#[test]
fn a_newer_versions_library_is_only_read() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("from the future", 0)).unwrap();
    desk.library = None;
    Connection::open(desk.path()).unwrap().pragma_update(None, "user_version", 77).unwrap();
    let before = fs::read(desk.path()).unwrap();
    desk.reopen();
    assert_eq!(desk.read_only(), Some(NewerSchema { found: 77, known: 4 }));
    assert_eq!(desk.draft(draft).unwrap().text, "from the future");
    assert_eq!(desk.drafts(false).unwrap().len(), 1);
    let refusals = [
        desk.trash(draft, 1).unwrap_err(),
        desk.set_setting("a", "b").unwrap_err(),
        desk.snapshot(draft, 1, String::new(), 1).unwrap_err(),
        append(&desk, insertion(draft, 1, 0, "x")).unwrap_err(),
    ];
    assert!(refusals.iter().all(|refusal| matches!(refusal, LibraryError::ReadOnly { .. })), "{refusals:?}");
    desk.flush().unwrap();
    desk.backup(&desk.folder.path().join("copy")).unwrap();
    desk.library = None;
    assert!(fs::read(desk.path()).unwrap() == before);
}

#[test]
fn a_backup_is_a_library_with_everything_queued() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    let copy = desk.folder.path().join("copy");
    for revision in 1..=2 {
        desk.append(insertion(draft, revision, 0, "x"), |result| result.unwrap());
        desk.backup(&copy).unwrap();
    }
    assert_eq!(open(&copy).unwrap().draft(draft).unwrap().text, "xx");
    assert_eq!(names(desk.folder.path()).iter().filter(|name| name.contains("part")).count(), 0);
}

#[test]
fn a_backup_replaces_neither_another_file_nor_the_library() {
    let desk = Desk::new();
    let other = desk.folder.path().join("post.md");
    fs::write(&other, "a post").unwrap();
    assert!(matches!(desk.backup(&other), Err(LibraryError::NotALibrary { .. })));
    assert_eq!(fs::read_to_string(&other).unwrap(), "a post");
    assert!(desk.backup(&desk.path()).is_err());
    desk.add_draft(draft_of("", 0)).unwrap();
}

#[test]
fn a_library_that_another_process_keeps_locked_is_busy_not_damaged() {
    let desk = Desk::new();
    let other = Connection::open(desk.path()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let refused = desk.set_setting("a", "b").unwrap_err();
    assert!(matches!(refused, LibraryError::Busy { .. }), "{refused}");
    assert_eq!(desk.setting("a").unwrap(), None, "reading goes on");
    other.execute_batch("rollback").unwrap();
    desk.set_setting("a", "b").unwrap();
}
