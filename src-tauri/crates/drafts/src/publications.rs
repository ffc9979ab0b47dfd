//! What is being written into sites, so that a write that was cut short can be settled, and one that was done undone.

use std::fs::{File, TryLockError};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::draft::write_summary;
use crate::journal::{current_text, fold_to};
use crate::links::insert_link;
use crate::open::beside;
use crate::revisions::keep;
use crate::{FileLink, Library, LibraryError, RevisionKind};

/// So many publications of a site can be undone; of older ones, the former files are not kept.
const UNDOABLE: u32 = 20;

/// A write into a site that is about to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPublication {
    /// The site.
    pub site: u32,
    /// Its folder.
    pub root: String,
    /// What will be written; opaque here.
    pub intent: String,
    /// What the library notes when all is written.
    pub note: Note,
    /// The bytes that are there before, file by file; none where there is nothing, or nothing to keep.
    pub former: Vec<Option<Vec<u8>>>,
    /// When, in milliseconds.
    pub at: i64,
}

/// What the library notes when all is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The draft that it is about.
    pub draft: u32,
    /// Whether the draft was made for this publication alone.
    pub is_copy: bool,
    /// The file that the draft is linked to from then on; none: it is linked to no file.
    pub file: Option<FileLink>,
    /// The form of that file, as [`crate::NewDraft::form`].
    pub form: String,
    /// The draft's new text, if it gets one.
    pub text: Option<NewText>,
    /// The file that the draft was linked to before.
    pub former_file: Option<FileLink>,
    /// The form of that file.
    pub former_form: String,
    /// The text that the draft had before.
    pub former_text: Option<String>,
    /// The publication that this one undoes.
    pub undoes: Option<u32>,
    /// Whether it can be undone; if not, it is forgotten when it is done.
    pub undoable: bool,
}

/// A text that replaces another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewText {
    /// The text.
    pub text: String,
    /// BLAKE3, in hexadecimal, of the text that it replaces. Any other one stays.
    pub replaces: String,
}

/// How far a publication has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationState {
    /// Its files may be written or not.
    Begun,
    /// All is written and noted.
    Done,
    /// It was undone.
    Undone,
}

/// A write into a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its number.
    pub id: u32,
    /// The site.
    pub site: u32,
    /// Its folder.
    pub root: String,
    /// What will be or was written; opaque here.
    pub intent: String,
    /// What the library notes or has noted.
    pub note: Note,
    /// How far it has come.
    pub state: PublicationState,
}

/// While it is held, no other process that uses the library writes into sites, or settles what was cut short.
#[derive(Debug)]
pub struct PublicationHold {
    /// The system lets go of it when the file is closed, or the process is gone.
    _file: Option<File>,
}

impl Library {
    /// Waits until nobody else writes into sites.
    pub fn hold_publications(&self) -> Result<PublicationHold, LibraryError> {
        let file = self.publications_file()?;
        match file.lock() {
            Ok(()) => Ok(PublicationHold { _file: Some(file) }),
            // Some network file systems have no locks.
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => {
                Ok(PublicationHold { _file: None })
            }
            Err(error) => Err(LibraryError::file(self.path(), error)),
        }
    }

    /// The same without waiting: none if somebody writes just now.
    pub fn try_hold_publications(&self) -> Result<Option<PublicationHold>, LibraryError> {
        let file = self.publications_file()?;
        match file.try_lock() {
            Ok(()) => Ok(Some(PublicationHold { _file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                Ok(Some(PublicationHold { _file: None }))
            }
            Err(TryLockError::Error(error)) => Err(LibraryError::file(self.path(), error)),
        }
    }

    fn publications_file(&self) -> Result<File, LibraryError> {
        let path = beside(self.path(), ".publishing");
        let opened = File::options().create(true).truncate(false).write(true).open(&path);
        opened.map_err(|error| LibraryError::file(&path, error))
    }

    /// Notes a write that is about to begin, and answers its number. When this returns, it is on disk.
    pub fn begin_publication(&self, new: NewPublication) -> Result<u32, LibraryError> {
        self.write(move |writing| {
            let connection = writing.transaction;
            let id = connection.query_row(
                "insert into publications (site, root, state, intent, note, at)
                 values (?1, ?2, 'begun', ?3, ?4, ?5) returning id",
                params![new.site, new.root, new.intent, json_of(&new.note)?, new.at],
                |row| row.get(0),
            )?;
            for (place, bytes) in (0_u32..).zip(&new.former) {
                if let Some(bytes) = bytes {
                    connection.execute(
                        "insert into former_files (publication, place, bytes) values (?1, ?2, ?3)",
                        params![id, place, bytes],
                    )?;
                }
            }
            Ok(id)
        })
    }

    /// Notes that all is written, and in the same step what follows for the draft. `at_revision` is the revision of
    /// the draft's new text where it is open; else the new text is the next one, unless the draft was edited since.
    pub fn finish_publication(
        &self,
        publication: u32,
        at_revision: Option<u32>,
        at: i64,
    ) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let connection = writing.transaction;
            let found = publication_of(connection, publication)?;
            if found.state != PublicationState::Begun {
                return Ok(());
            }
            writing.tails.forget(found.note.draft);
            take_note(connection, &found.note, at_revision, at)?;
            if let Some(undone) = found.note.undoes {
                connection.execute("update publications set state = 'undone' where id = ?1", [undone])?;
                connection.execute("delete from former_files where publication = ?1", [undone])?;
            }
            if !found.note.undoable {
                connection.execute("delete from publications where id = ?1", [publication])?;
                return Ok(());
            }
            connection.execute("update publications set state = 'done' where id = ?1", [publication])?;
            connection.execute(
                "delete from publications where site = ?1 and state <> 'begun' and id not in
                     (select id from publications where site = ?1 order by id desc limit ?2)",
                params![found.site, UNDOABLE],
            )?;
            Ok(())
        })
    }

    /// Forgets a write of which nothing is left.
    pub fn forget_publication(&self, publication: u32) -> Result<(), LibraryError> {
        self.write(move |writing| {
            writing.transaction.execute("delete from publications where id = ?1", [publication])?;
            Ok(())
        })
    }

    /// A publication.
    pub fn publication(&self, publication: u32) -> Result<Publication, LibraryError> {
        self.read(|connection| publication_of(connection, publication))
    }

    /// The writes of which it is not known whether all is written, the oldest first.
    pub fn begun_publications(&self) -> Result<Vec<Publication>, LibraryError> {
        self.read(|connection| {
            let mut begun = connection.prepare_cached(
                "select id, site, root, intent, note, state from publications where state = 'begun' order by id",
            )?;
            let mut rows = begun.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read_publication(row)?);
            }
            Ok(found)
        })
    }

    /// The bytes that were there before a publication, by the place of the file in it.
    pub fn former_file(&self, publication: u32, place: u32) -> Result<Option<Vec<u8>>, LibraryError> {
        self.read(|connection| {
            let mut former = connection
                .prepare_cached("select bytes from former_files where publication = ?1 and place = ?2")?;
            Ok(former.query_row(params![publication, place], |row| row.get(0)).optional()?)
        })
    }
}

/// Text, form and link of a draft, as they are from then on.
fn take_note(
    connection: &Connection,
    note: &Note,
    at_revision: Option<u32>,
    at: i64,
) -> Result<(), LibraryError> {
    let Some(current) = current_text(connection, note.draft)? else {
        // Removed for good meanwhile: nothing is left to note.
        return Ok(());
    };
    let (mut revision, mut text) = (current.revision, current.text.clone());
    if let Some(new) = &note.text {
        let is_replaced = blake3::hash(text.as_bytes()).to_hex().as_str() == new.replaces;
        if text != new.text && (is_replaced || at_revision.is_some()) {
            keep(connection, note.draft, revision, &text, RevisionKind::Auto, at)?;
            revision = at_revision.unwrap_or(revision + 1).max(revision + 1);
            text.clone_from(&new.text);
        }
        fold_to(connection, note.draft, current, revision, &text, at)?;
    }
    if note.undoable && note.file.is_some() && note.undoes.is_none() {
        keep(connection, note.draft, revision, &text, RevisionKind::Published, at)?;
    }
    connection.execute("update drafts set form = ?2 where id = ?1", params![note.draft, note.form])?;
    connection.execute("delete from links where draft = ?1", [note.draft])?;
    if let Some(file) = &note.file {
        match insert_link(connection, note.draft, file) {
            // The file is written all the same; another post stands for it, or its site was let go.
            Err(LibraryError::FileLinked { .. } | LibraryError::NoSuchSite { .. }) => {
                tracing::warn!(draft = note.draft, "a published post is not linked to its file");
            }
            linked => linked?,
        }
    }
    write_summary(connection, note.draft, &text)
}

fn json_of(note: &Note) -> Result<String, LibraryError> {
    serde_json::to_string(note)
        .map_err(|error| LibraryError::damaged(format!("a note that no JSON can hold: {error}")))
}

fn publication_of(connection: &Connection, publication: u32) -> Result<Publication, LibraryError> {
    let mut found = connection
        .prepare_cached("select id, site, root, intent, note, state from publications where id = ?1")?;
    let mut rows = found.query([publication])?;
    rows.next()?.map(read_publication).transpose()?.ok_or(LibraryError::NoSuchPublication { publication })
}

fn read_publication(row: &Row<'_>) -> Result<Publication, LibraryError> {
    let id = row.get(0)?;
    let (note, state): (String, String) = (row.get(4)?, row.get(5)?);
    let damaged = |what: &str| LibraryError::damaged(format!("publication {id} has an unknown {what}"));
    Ok(Publication {
        id,
        site: row.get(1)?,
        root: row.get(2)?,
        intent: row.get(3)?,
        note: serde_json::from_str(&note).map_err(|_| damaged("note"))?,
        state: match state.as_str() {
            "begun" => PublicationState::Begun,
            "done" => PublicationState::Done,
            "undone" => PublicationState::Undone,
            _ => return Err(damaged("state")),
        },
    })
}
