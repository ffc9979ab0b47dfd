//! The library as its callers see it.
#![allow(clippy::unwrap_used)]

mod contents;
mod damaged;
mod drafts;
mod history;
mod journal;
mod killed;
mod opening;
mod past_edits;
mod past_schemas;
mod publications;
mod templates;
mod year;

use std::sync::mpsc::{Receiver, channel};

use postwright_drafts::{JournalEntry, Library, LibraryError, NewDraft, TextChange};
use tempfile::TempDir;

/// A library in a folder that goes with the test.
struct Desk {
    folder: TempDir,
    library: Option<Library>,
}

impl Desk {
    fn new() -> Desk {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library"), 0).unwrap();
        Desk { folder, library: Some(library) }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("library")
    }

    /// Closes the library and opens it again.
    fn reopen(&mut self) {
        self.library = None;
        self.library = Some(Library::open(&self.path(), 0).unwrap());
    }
}

impl std::ops::Deref for Desk {
    type Target = Library;

    fn deref(&self) -> &Library {
        self.library.as_ref().unwrap()
    }
}

fn draft_of(text: &str, at: i64) -> NewDraft {
    NewDraft { text: text.into(), at, ..NewDraft::default() }
}

fn insertion(draft: u32, revision: u32, from: usize, insert: &str) -> JournalEntry {
    let changes = vec![TextChange { from, to: from, insert: insert.into() }];
    JournalEntry {
        draft,
        revision,
        changes,
        selection: (revision, revision),
        at: 100 + i64::from(revision),
        step: None,
    }
}

/// Queues an edit; the receiver is told what became of it.
fn queue(library: &Library, entry: JournalEntry) -> Receiver<Result<(), LibraryError>> {
    let (told, outcome) = channel();
    library.append(entry, move |result| told.send(result).unwrap());
    outcome
}

/// Waits for an edit's outcome.
fn append(library: &Library, entry: JournalEntry) -> Result<(), LibraryError> {
    queue(library, entry).recv().unwrap()
}
