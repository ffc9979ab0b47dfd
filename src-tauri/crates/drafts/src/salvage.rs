//! Brings into a library what another state of it holds and it has lost: what can still be read of a damaged one, or
//! what a backup has of a library whose log is gone.

use std::collections::{BTreeSet, HashMap};

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use crate::draft::{NewDraft, StoredDraft, write_summary};
use crate::journal::{current_text, fold_to, insert_text, text_as_found};
use crate::links::insert_link;
use crate::revisions::keep;
use crate::{Asset, Library, LibraryError, RevisionKind};

/// Numbers of drafts are tried this far behind the last one that could be listed.
const TRIED_BEYOND: u32 = 1_000;

/// Tables whose rows are taken as they are, and what becomes of a row that is there already.
const PLAIN_TABLES: [(&str, &str); 6] = [
    ("sites", "ignore"),
    ("settings", "replace"),
    ("session", "replace"),
    ("templates", "ignore"),
    ("publications", "ignore"),
    ("former_files", "ignore"),
];

/// What was brought from a damaged library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvage {
    /// Drafts that the library did not have.
    pub added: u32,
    /// Drafts whose text was newer; the text before is kept as a revision.
    pub renewed: u32,
    /// Drafts whose text is damaged and was found in part, or with wrong letters: it is a draft of its own now, beside
    /// what this library has of it.
    pub doubtful: Vec<u32>,
    /// Drafts that are listed and whose text cannot be found at all.
    pub unreadable: Vec<u32>,
}

/// A draft of the other library.
struct Found {
    draft: StoredDraft,
    assets: Vec<(String, Asset)>,
}

impl Library {
    /// Whether another state of this library, a backup, gave out numbers of drafts, revisions or publications that this
    /// one knows nothing of: then the log of this one was lost, or an older file was put in its place. What was removed
    /// for good does not count.
    pub fn is_behind(&self, backup: &Library) -> Result<bool, LibraryError> {
        let (ours, theirs) = (self.numbers_given()?, backup.numbers_given()?);
        Ok(theirs.iter().any(|(table, number)| ours.get(table).is_none_or(|ours| ours < number)))
    }

    /// The highest number that each table ever gave out, as SQLite keeps it.
    fn numbers_given(&self) -> Result<HashMap<String, i64>, LibraryError> {
        self.read(|connection| {
            let mut given = connection.prepare("select name, seq from sqlite_sequence")?;
            let given = given.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(given.collect::<Result<_, _>>()?)
        })
    }

    /// Brings what can be read of another state of this library (the damaged one whose place it has taken, or a
    /// backup) and is newer than what is here. The other is only read; numbers stay as they were.
    pub fn salvage(&self, damaged: &Library, at: i64) -> Result<Salvage, LibraryError> {
        let mut salvage = Salvage::default();
        for (table, conflict) in PLAIN_TABLES {
            let rows = damaged.readable_rows(table, self.columns_of(table)?);
            self.write(move |writing| put_rows(writing.transaction, table, conflict, &rows))?;
        }
        let listed = damaged.listed_drafts();
        let mut in_doubt = Vec::new();
        for number in numbers_to_try(&listed) {
            match damaged.draft(number) {
                Ok(draft) => self.take_draft(damaged, draft, at, &mut salvage)?,
                Err(LibraryError::NoSuchDraft { .. }) => {}
                Err(error) => {
                    tracing::warn!(number, %error, "a draft of the damaged library cannot be read");
                    in_doubt.push(number);
                }
            }
        }
        let mut given = damaged.numbers_given().unwrap_or_default();
        given.entry("drafts".to_owned()).or_insert_with(|| listed.last().map_or(0, |last| i64::from(*last)));
        self.write(move |writing| count_on_from(writing.transaction, &given))?;
        // Last: their new numbers must be no other draft's.
        for number in in_doubt {
            self.take_as_found(damaged, number, at, listed.contains(&number), &mut salvage)?;
        }
        Ok(salvage)
    }

    fn take_draft(
        &self,
        damaged: &Library,
        draft: StoredDraft,
        at: i64,
        salvage: &mut Salvage,
    ) -> Result<(), LibraryError> {
        let number = draft.id;
        let found = Found { assets: damaged.readable_assets(number), draft };
        // Before the present text is kept: that takes a number of its own.
        let newest = self.revisions(number).ok().and_then(|kept| kept.first().map(|newest| newest.number));
        match self.draft(number) {
            Ok(present) if present.text == found.draft.text => {}
            Ok(present) if present.edited > found.draft.edited => {}
            Ok(_) => {
                self.write(move |writing| {
                    writing.tails.forget(number);
                    renew(writing.transaction, &found, at)
                })?;
                salvage.renewed += 1;
            }
            Err(LibraryError::NoSuchDraft { .. }) => {
                self.write(move |writing| add(writing.transaction, &found))?;
                salvage.added += 1;
            }
            Err(error) => return Err(error),
        }
        self.take_revisions(damaged, number, newest.unwrap_or(0))
    }

    /// Takes a damaged text as a draft of its own, unless it is one that is here already.
    fn take_as_found(
        &self,
        damaged: &Library,
        number: u32,
        at: i64,
        was_listed: bool,
        salvage: &mut Salvage,
    ) -> Result<(), LibraryError> {
        let found = damaged.read(|connection| Ok(text_as_found(connection, number))).ok().flatten();
        match found {
            None if was_listed => salvage.unreadable.push(number),
            None => {}
            Some(text) if self.draft(number).is_ok_and(|present| present.text == text) => {}
            Some(text) => {
                let new = NewDraft { text, file: None, form: String::new(), at };
                salvage.doubtful.push(self.add_draft(new)?);
            }
        }
        Ok(())
    }

    /// Takes the revisions that were kept after the newest that was here.
    fn take_revisions(&self, damaged: &Library, draft: u32, newest: u32) -> Result<(), LibraryError> {
        let mut later = damaged.revisions(draft).unwrap_or_default();
        later.retain(|revision| revision.number > newest);
        for revision in later.into_iter().rev() {
            if let Ok(text) = damaged.revision_text(draft, revision.number) {
                let kept = self.keep_revision(draft, revision.revision, &text, revision.kind, revision.at)?;
                if let (Some(number), Some(name)) = (kept, revision.name) {
                    self.name_revision(draft, number, Some(name))?;
                }
            }
        }
        Ok(())
    }

    /// The numbers of drafts that can be listed.
    fn listed_drafts(&self) -> BTreeSet<u32> {
        let listed = self.read(|connection| {
            let mut numbers = connection.prepare("select id from drafts")?;
            let mut rows = numbers.query([])?;
            let mut listed = BTreeSet::new();
            while let Ok(Some(row)) = rows.next() {
                listed.extend(row.get::<_, u32>(0));
            }
            Ok(listed)
        });
        listed.unwrap_or_default()
    }

    /// The files of a draft whose bytes are those that were kept.
    fn readable_assets(&self, draft: u32) -> Vec<(String, Asset)> {
        let names = self.assets(draft).unwrap_or_default();
        let read =
            names.into_iter().filter_map(|asset| Some((self.asset(draft, &asset.name).ok()??, asset.name)));
        read.filter(|(asset, _)| blake3::hash(&asset.bytes).to_hex().as_str() == asset.hash)
            .map(|(asset, name)| (name, asset))
            .collect()
    }

    /// The columns of a table of this library: a damaged one may say anything.
    fn columns_of(&self, table: &'static str) -> Result<Vec<String>, LibraryError> {
        self.read(|connection| {
            let mut columns = connection.prepare("select name from pragma_table_info(?1)")?;
            let columns = columns.query_map([table], |row| row.get(0))?;
            Ok(columns.collect::<Result<_, _>>()?)
        })
    }

    /// The rows of a table up to the first that cannot be read; none where the table cannot be found.
    fn readable_rows(&self, table: &'static str, columns: Vec<String>) -> Rows {
        let rows = self.read(|connection| {
            let mut all = connection.prepare(&format!("select {} from {table}", columns.join(", ")))?;
            let (width, mut read) = (columns.len(), Vec::new());
            let mut rows = all.query([])?;
            while let Ok(Some(row)) = rows.next() {
                if let Ok(values) = (0..width).map(|at| row.get(at)).collect() {
                    read.push(values);
                }
            }
            Ok(read)
        });
        let read = rows.unwrap_or_default();
        Rows { columns, read }
    }
}

/// No number that was given out is given out again.
fn count_on_from(connection: &Connection, given: &HashMap<String, i64>) -> Result<(), LibraryError> {
    for (table, number) in given {
        let raised = connection.execute(
            "update sqlite_sequence set seq = max(seq, ?2) where name = ?1",
            params![table, number],
        )?;
        if raised == 0 {
            connection
                .execute("insert into sqlite_sequence (name, seq) values (?1, ?2)", params![table, number])?;
        }
    }
    Ok(())
}

/// The listed numbers, and those that may still be found one by one; a damaged list may hold any number.
fn numbers_to_try(listed: &BTreeSet<u32>) -> BTreeSet<u32> {
    let as_many = u32::try_from(listed.len()).unwrap_or(u32::MAX).saturating_mul(2);
    listed.iter().copied().chain(1..=as_many.saturating_add(TRIED_BEYOND)).collect()
}

#[derive(Default)]
struct Rows {
    columns: Vec<String>,
    read: Vec<Vec<Value>>,
}

/// A row that does not fit (a damaged value, a number that belongs to another) is left out.
fn put_rows(connection: &Connection, table: &str, conflict: &str, rows: &Rows) -> Result<(), LibraryError> {
    if rows.read.is_empty() {
        return Ok(());
    }
    let columns = rows.columns.join(", ");
    let places = vec!["?"; rows.columns.len()].join(", ");
    let mut put =
        connection.prepare(&format!("insert or {conflict} into {table} ({columns}) values ({places})"))?;
    for row in &rows.read {
        if let Err(error) = put.execute(params_from_iter(row)) {
            tracing::warn!(table, %error, "a row of the damaged library does not fit");
        }
    }
    Ok(())
}

/// Gives a draft the text that was found, and keeps the one that it had.
fn renew(connection: &Connection, found: &Found, at: i64) -> Result<(), LibraryError> {
    let draft = found.draft.id;
    let present = current_text(connection, draft)?.ok_or(LibraryError::NoSuchDraft { draft })?;
    keep(connection, draft, present.revision, &present.text, RevisionKind::Restored, at)?;
    let revision = found.draft.revision.max(present.revision.saturating_add(1));
    fold_to(connection, draft, present, revision, &found.draft.text, found.draft.edited)?;
    put_assets(connection, found)
}

/// Adds a draft with the number that it had.
fn add(connection: &Connection, found: &Found) -> Result<(), LibraryError> {
    let draft = &found.draft;
    connection.execute(
        "insert into drafts (id, edited, trashed, form, selection_anchor, selection_head)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            draft.id,
            draft.edited,
            draft.trashed.then_some(draft.edited),
            draft.form,
            draft.selection.0,
            draft.selection.1
        ],
    )?;
    insert_text(connection, draft.id, draft.revision, &draft.text)?;
    match draft.file.as_ref().map(|file| insert_link(connection, draft.id, file)) {
        // Without its site, or beside another draft of the same file, the text is what counts.
        None | Some(Ok(()) | Err(LibraryError::NoSuchSite { .. } | LibraryError::FileLinked { .. })) => {}
        Some(Err(error)) => return Err(error),
    }
    write_summary(connection, draft.id, &draft.text)?;
    put_assets(connection, found)
}

fn put_assets(connection: &Connection, found: &Found) -> Result<(), LibraryError> {
    for (name, asset) in &found.assets {
        connection.execute(
            "insert or ignore into assets (hash, size, bytes) values (?1, ?2, ?3)",
            params![asset.hash, i64::try_from(asset.bytes.len()).unwrap_or(i64::MAX), asset.bytes],
        )?;
        connection.execute(
            "insert or ignore into draft_assets (draft, name, hash, media_type) values (?1, ?2, ?3, ?4)",
            params![found.draft.id, name, asset.hash, asset.media_type],
        )?;
    }
    Ok(())
}
