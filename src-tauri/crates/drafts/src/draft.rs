use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::journal::{current_text, insert_text};
use crate::links::{insert_link, link_of, linked_draft};
use crate::text::{head_of, utf16_length};
use crate::{Library, LibraryError};

/// How much of a text a list is given.
const HEAD_BYTES: usize = 4096;

/// A draft to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewDraft {
    /// Its text, at revision 0.
    pub text: String,
    /// The file of a site it stands for, if any.
    pub file: Option<FileLink>,
    /// What the caller remembers of the file's form (line ends and the like); opaque here.
    pub form: String,
    /// When, in milliseconds.
    pub at: i64,
}

/// The file of a site that a draft is linked to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLink {
    /// The site.
    pub site: u32,
    /// The path inside the site, with `/`.
    pub path: String,
    /// The text that the draft and the file last agreed on.
    pub base_text: String,
    /// BLAKE3, in hexadecimal, of the file's bytes at that time.
    pub base_hash: String,
}

/// A draft as it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// Its number.
    pub id: u32,
    /// Its text, the journal's edits included.
    pub text: String,
    /// The text's revision.
    pub revision: u32,
    /// The selection after the last edit: its anchor and its head.
    pub selection: (u32, u32),
    /// When it was last edited, in milliseconds.
    pub edited: i64,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// The file it is linked to, if any.
    pub file: Option<FileLink>,
    /// What the caller remembers of the file's form.
    pub form: String,
}

impl Library {
    /// Adds a draft and answers its number, which no other draft had or will have.
    pub fn add_draft(&self, new: NewDraft) -> Result<u32, LibraryError> {
        self.write(move |writing| insert_draft(writing.transaction, &new))
    }

    /// A draft with its journal replayed.
    pub fn draft(&self, draft: u32) -> Result<StoredDraft, LibraryError> {
        self.read(|connection| stored_draft(connection, draft))
    }

    /// Changes what is remembered of the file's form.
    pub fn set_form(&self, draft: u32, form: String) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let changed = writing
                .transaction
                .execute("update drafts set form = ?2 where id = ?1", params![draft, form])?;
            expect_one(changed, draft)
        })
    }

    /// Puts a draft into the trash.
    pub fn trash(&self, draft: u32, at: i64) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let changed = writing.transaction.execute(
                "update drafts set trashed = coalesce(trashed, ?2) where id = ?1",
                params![draft, at],
            )?;
            expect_one(changed, draft)
        })
    }

    /// Takes a draft out of the trash. If another draft was linked to its file meanwhile, it comes back unlinked.
    pub fn restore(&self, draft: u32) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let connection = writing.transaction;
            if let Some(file) = link_of(connection, draft)?
                && linked_draft(connection, file.site, &file.path)?.is_some_and(|other| other != draft)
            {
                connection.execute("delete from links where draft = ?1", [draft])?;
                connection.execute("update drafts set differs_from_file = 0 where id = ?1", [draft])?;
            }
            let changed = connection.execute("update drafts set trashed = null where id = ?1", [draft])?;
            expect_one(changed, draft)
        })
    }

    /// Copies a draft with its images, and answers the copy's number. The copy is linked to no file.
    pub fn duplicate(&self, draft: u32, at: i64) -> Result<u32, LibraryError> {
        self.write(move |writing| {
            let connection = writing.transaction;
            let StoredDraft { text, form, .. } = stored_draft(connection, draft)?;
            let copy = insert_draft(connection, &NewDraft { text, file: None, form, at })?;
            connection.execute(
                "insert into draft_assets (draft, name, hash, media_type)
                 select ?2, name, hash, media_type from draft_assets where draft = ?1",
                [draft, copy],
            )?;
            Ok(copy)
        })
    }

    /// Removes a draft for good, with its journal, its kept revisions and the images that no other draft has.
    pub fn remove_draft(&self, draft: u32) -> Result<(), LibraryError> {
        self.write(move |writing| {
            writing.tails.forget(draft);
            let removed = writing.transaction.execute("delete from drafts where id = ?1", [draft])?;
            writing.transaction.execute(
                "delete from assets where not exists (select 1 from draft_assets where hash = assets.hash)",
                [],
            )?;
            expect_one(removed, draft)
        })
    }
}

/// Fails when a change found no such draft.
pub(crate) fn expect_one(changed: usize, draft: u32) -> Result<(), LibraryError> {
    if changed == 0 { Err(LibraryError::NoSuchDraft { draft }) } else { Ok(()) }
}

pub(crate) fn expect_draft(connection: &Connection, draft: u32) -> Result<(), LibraryError> {
    let exists = connection.prepare_cached("select 1 from drafts where id = ?1")?.exists([draft])?;
    expect_one(usize::from(exists), draft)
}

/// Keeps what a list shows of a text beside the draft, so that a list reads no whole texts.
pub(crate) fn write_summary(connection: &Connection, draft: u32, text: &str) -> Result<(), LibraryError> {
    connection
        .prepare_cached(
            "update drafts set text_head = ?2, length_utf16 = ?3, differs_from_file =
                 exists (select 1 from links where links.draft = ?1 and base_text <> ?4)
             where id = ?1",
        )?
        .execute(params![draft, text_head(text), utf16_length(text), text])?;
    Ok(())
}

pub(crate) fn text_head(text: &str) -> &str {
    head_of(text, HEAD_BYTES)
}

fn insert_draft(connection: &Connection, new: &NewDraft) -> Result<u32, LibraryError> {
    let id = connection.query_row(
        "insert into drafts (edited, form) values (?1, ?2) returning id",
        params![new.at, new.form],
        |row| row.get(0),
    )?;
    insert_text(connection, id, 0, &new.text)?;
    if let Some(file) = &new.file {
        insert_link(connection, id, file)?;
    }
    write_summary(connection, id, &new.text)?;
    Ok(id)
}

fn stored_draft(connection: &Connection, draft: u32) -> Result<StoredDraft, LibraryError> {
    let row = connection
        .prepare_cached("select trashed is not null, form from drafts where id = ?1")?
        .query_row([draft], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (trashed, form) = row.ok_or(LibraryError::NoSuchDraft { draft })?;
    let current = current_text(connection, draft)?
        .ok_or_else(|| LibraryError::damaged(format!("draft {draft} has lost its text")))?;
    Ok(StoredDraft {
        id: draft,
        text: current.text,
        revision: current.revision,
        selection: current.selection,
        edited: current.edited,
        trashed,
        file: link_of(connection, draft)?,
        form,
    })
}
