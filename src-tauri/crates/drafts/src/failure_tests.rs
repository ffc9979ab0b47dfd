//! What happens when the disk says no. A real refusal: SQLite is told that the file may not grow.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::schema::{APPLICATION_ID, Migration};
use crate::{JournalEntry, Library, LibraryError, NewDraft, TextChange};

const UNLIMITED: u32 = u32::MAX - 1;

fn library() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library"), 0).unwrap();
    (folder, library)
}

fn limit_pages(library: &Library, pages: u32) {
    library
        .write(move |writing| {
            Ok(writing.transaction.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        })
        .unwrap();
}

fn append(library: &Library, draft: u32, revision: u32, insert: &str) -> Receiver<Result<(), LibraryError>> {
    let (told, outcome) = channel();
    let change = TextChange { from: 0, to: 0, insert: insert.into() };
    library.append(
        JournalEntry {
            draft,
            revision,
            changes: vec![change],
            selection: (0, 0),
            at: i64::from(revision),
            step: None,
        },
        move |result| told.send(result).unwrap(),
    );
    outcome
}

#[test]
fn edits_that_found_no_room_are_stored_before_the_next_that_does() {
    let (_folder, library) = library();
    let draft = library.add_draft(NewDraft::default()).unwrap();
    append(&library, draft, 1, "one ").recv().unwrap().unwrap();
    limit_pages(&library, 1);
    let large = "x".repeat(100_000);
    for (revision, insert) in [(2, large.as_str()), (3, "three ")] {
        let refused = append(&library, draft, revision, insert).recv().unwrap().unwrap_err();
        assert!(matches!(refused, LibraryError::DiskFull { .. }), "{refused}");
        assert!(matches!(library.flush(), Err(LibraryError::DiskFull { .. })));
    }
    assert_eq!(library.draft(draft).unwrap().revision, 1, "nothing of a refused commit is there");

    limit_pages(&library, UNLIMITED);
    append(&library, draft, 4, "four ").recv().unwrap().unwrap();
    let stored = library.draft(draft).unwrap();
    assert_eq!((stored.revision, stored.text), (4, format!("four three {large}one ")));
    library.flush().unwrap();
}

#[test]
fn closing_tries_once_more_to_store_what_waits() {
    let (folder, library) = library();
    let draft = library.add_draft(NewDraft::default()).unwrap();
    limit_pages(&library, 1);
    append(&library, draft, 1, &"x".repeat(100_000)).recv().unwrap().unwrap_err();
    limit_pages(&library, UNLIMITED);
    drop(library);
    let library = Library::open(&folder.path().join("library"), 0).unwrap();
    assert_eq!(library.draft(draft).unwrap().revision, 1);
}

#[test]
fn a_snapshot_overtakes_what_waits() {
    let (_folder, library) = library();
    let draft = library.add_draft(NewDraft::default()).unwrap();
    limit_pages(&library, 1);
    append(&library, draft, 1, &"x".repeat(100_000)).recv().unwrap().unwrap_err();
    append(&library, draft, 2, "y").recv().unwrap().unwrap_err();
    // Small enough for the pages that are there.
    library.snapshot(draft, 2, "short".into(), 9).unwrap();
    library.flush().unwrap();
    limit_pages(&library, UNLIMITED);
    append(&library, draft, 3, "very ").recv().unwrap().unwrap();
    let stored = library.draft(draft).unwrap();
    assert_eq!((stored.revision, stored.text.as_str()), (3, "very short"));
}

#[test]
fn an_entry_that_can_never_be_stored_holds_up_no_other() {
    let (_folder, library) = library();
    let [one, two] = [(); 2].map(|()| library.add_draft(NewDraft::default()).unwrap());
    library
        .write(move |writing| {
            Ok(writing.transaction.execute_batch(&format!(
                "create trigger refuse before insert on journal when new.draft = {one} and new.revision = 1
                 begin select raise(abort, 'refused'); end"
            ))?)
        })
        .unwrap();
    // Held, so that all four are one batch.
    let (hold, held) = channel::<()>();
    let holder = std::thread::spawn({
        let library = library.clone();
        move || library.write(move |_| Ok(held.recv().is_err()))
    });
    std::thread::sleep(std::time::Duration::from_millis(50));
    let outcomes = [
        append(&library, two, 1, "a"),
        append(&library, one, 1, "b"),
        append(&library, one, 2, "would leave a gap"),
        append(&library, two, 2, "c"),
    ];
    drop(hold);
    holder.join().unwrap().unwrap();
    let [a, b, gap, c] = outcomes.map(|outcome| outcome.recv().unwrap());
    assert!(a.is_ok() && b.is_err() && c.is_ok());
    assert!(matches!(gap, Err(LibraryError::NotNext { stored: 0, .. })), "{gap:?}");
    assert_eq!(library.draft(two).unwrap().text, "ca");
    assert_eq!(library.draft(one).unwrap().revision, 0);
    library.flush().unwrap();
}

#[test]
fn a_panic_in_a_change_or_in_what_is_told_stops_nothing() {
    let (_folder, library) = library();
    let draft = library.add_draft(NewDraft::default()).unwrap();
    let entry =
        JournalEntry { draft, revision: 1, changes: Vec::new(), selection: (0, 0), at: 0, step: None };
    library.append(entry, |_| panic!("on purpose"));
    let stopped = library.write(|_| -> Result<(), LibraryError> { panic!("on purpose") });
    assert!(matches!(stopped, Err(LibraryError::Stopped)));
    append(&library, draft, 2, "still here").recv().unwrap().unwrap();
    assert_eq!(library.draft(draft).unwrap().revision, 2);
}

#[test]
fn a_journal_that_cannot_be_replayed_costs_no_other_draft_anything() {
    let (_folder, library) = library();
    let [bad, good] = [(); 2].map(|()| library.add_draft(NewDraft::default()).unwrap());
    append(&library, bad, 1, "a").recv().unwrap().unwrap();
    append(&library, good, 1, "b").recv().unwrap().unwrap();
    library
        .write(move |writing| {
            writing.tails.forget(bad);
            Ok(writing
                .transaction
                .execute("update journal set changes = '[[5,9,\"\"]]' where draft = ?1", [bad])?)
        })
        .unwrap();
    assert!(matches!(library.draft(bad), Err(LibraryError::Damaged { .. })));
    assert_eq!(library.drafts(false).unwrap().len(), 2);
    let outcomes = [append(&library, bad, 2, "c"), append(&library, good, 2, "d")];
    assert_eq!(outcomes.map(|outcome| outcome.recv().unwrap().is_ok()), [false, true]);
}

const FIRST: Migration =
    Migration { to: 1, sql: "create table notes (text text) strict; insert into notes values ('kept');" };
const SECOND: Migration = Migration { to: 2, sql: "alter table notes add column more text;" };
const WRONG: Migration = Migration { to: 3, sql: "drop table notes; create table nonsense (" };

fn value<T: rusqlite::types::FromSql>(path: &Path, sql: &str) -> T {
    Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_migration_copies_first_and_happens_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("library");
    drop(Library::open_with(&path, 5, &[FIRST]).unwrap());
    let copies = std::fs::read_dir(folder.path()).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "backup")
    });
    assert_eq!(copies.count(), 0, "a new library needs no copy");

    drop(Library::open_with(&path, 7, &[FIRST, SECOND]).unwrap());
    assert_eq!(value::<u32>(&path, "pragma user_version"), 2);
    let copy = folder.path().join("library.schema-1-7.backup");
    assert_eq!(value::<u32>(&copy, "pragma user_version"), 1);
    assert_eq!(value::<i32>(&copy, "pragma application_id"), APPLICATION_ID);
    assert_eq!(value::<String>(&copy, "select text from notes"), "kept");

    Library::open_with(&path, 9, &[FIRST, SECOND, WRONG]).unwrap_err();
    assert_eq!(value::<u32>(&path, "pragma user_version"), 2);
    assert_eq!(value::<String>(&path, "select text from notes"), "kept");
    assert!(folder.path().join("library.schema-2-9.backup").exists());
}

#[test]
fn two_that_migrate_at_once_both_succeed() {
    for _ in 0..5 {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library");
        let opened = [(); 4].map(|()| {
            let path = path.clone();
            std::thread::spawn(move || Library::open(&path, 0).and_then(|l| l.add_draft(NewDraft::default())))
        });
        let mut drafts = opened.map(|thread| thread.join().unwrap().unwrap());
        drafts.sort_unstable();
        assert_eq!(drafts, [1, 2, 3, 4]);
    }
}
