//! What undo needs of the edits before: the journal's entries with what they took out. An entry that was folded into
//! the text goes on living here, so that what was typed before a restart can be undone after it.

use rusqlite::{Connection, Row, params};

use crate::journal::CurrentText;
use crate::text::{TextChange, difference};
use crate::{Library, LibraryError};

/// How many edits of a draft can be undone after a restart, and how many bytes they take at most.
const EDITS_KEPT: u32 = 1000;
const BYTES_KEPT: i64 = 1 << 20;

/// What an edit was in the editor's history of edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HistoryStep {
    /// The writer undid something.
    Undo,
    /// The writer did again what was undone.
    Redo,
}

/// An edit that was made, with what it took out: enough to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEdit {
    /// The revision it made.
    pub revision: u32,
    /// Its replacements.
    pub changes: Vec<TextChange>,
    /// What each of them took out.
    pub removed: Vec<String>,
    /// The selection afterwards.
    pub selection: (u32, u32),
    /// When, in milliseconds.
    pub at: i64,
    /// What it was, if it was no edit of its own.
    pub step: Option<HistoryStep>,
}

impl HistoryStep {
    /// Its name, as the library stores it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            HistoryStep::Undo => "undo",
            HistoryStep::Redo => "redo",
        }
    }

    fn named(name: &str) -> Result<Self, LibraryError> {
        [HistoryStep::Undo, HistoryStep::Redo]
            .into_iter()
            .find(|step| step.name() == name)
            .ok_or_else(|| LibraryError::damaged(format!("an edit is the unknown step {name:?}")))
    }
}

impl Library {
    /// The draft's last edits that are on disk, the oldest first; each leads to the text that the next one changed, and
    /// the last to the draft's own.
    pub fn past_edits(&self, draft: u32) -> Result<Vec<PastEdit>, LibraryError> {
        self.read(|connection| {
            let mut edits = Vec::new();
            for table in ["past_edits", "journal"] {
                let mut stored = connection.prepare_cached(&format!(
                    "select revision, changes, removed, selection_anchor, selection_head, at, step
                     from {table} where draft = ?1 order by revision",
                ))?;
                let mut rows = stored.query([draft])?;
                while let Some(row) = rows.next()? {
                    match past_edit(row, draft)? {
                        Some(edit) => edits.push(edit),
                        // Of a time when nobody noted what was taken out: no way back leads over it.
                        None => edits.clear(),
                    }
                }
            }
            Ok(edits)
        })
    }

    /// Forgets how to undo edits that were made before a time. Their texts stay.
    pub fn forget_past_edits(&self, before: i64) -> Result<usize, LibraryError> {
        self.write(move |writing| {
            Ok(writing.transaction.execute("delete from past_edits where at < ?1", [before])?)
        })
    }
}

fn past_edit(row: &Row<'_>, draft: u32) -> Result<Option<PastEdit>, LibraryError> {
    let Some(removed) = row.get::<_, Option<String>>(2)? else { return Ok(None) };
    let unreadable =
        |error| LibraryError::damaged(format!("an edit of draft {draft} cannot be read: {error}"));
    let changes: String = row.get(1)?;
    let step: Option<String> = row.get(6)?;
    Ok(Some(PastEdit {
        revision: row.get(0)?,
        changes: serde_json::from_str(&changes).map_err(unreadable)?,
        removed: serde_json::from_str(&removed).map_err(unreadable)?,
        selection: (row.get(3)?, row.get(4)?),
        at: row.get(5)?,
        step: step.as_deref().map(HistoryStep::named).transpose()?,
    }))
}

/// Moves the journal's entries behind the text they are folded into, and forgets the oldest.
pub(crate) fn move_folded(connection: &Connection, draft: u32) -> Result<(), LibraryError> {
    let moved = connection
        .prepare_cached(
            "insert or replace into past_edits
                 (draft, revision, changes, removed, selection_anchor, selection_head, at, step)
             select draft, revision, changes, removed, selection_anchor, selection_head, at, step
             from journal where draft = ?1",
        )?
        .execute([draft])?;
    connection.prepare_cached("delete from journal where draft = ?1")?.execute([draft])?;
    if moved > 0 { trim(connection, draft) } else { Ok(()) }
}

/// Notes the step from a text to another that came about in another way than by entries of the journal.
pub(crate) fn note_replaced(
    connection: &Connection,
    draft: u32,
    before: &CurrentText,
    after: &CurrentText,
) -> Result<(), LibraryError> {
    if before.text == after.text {
        return Ok(());
    }
    if after.revision <= before.revision {
        // There is no place for it: what is kept leads to a text that is gone.
        connection.prepare_cached("delete from past_edits where draft = ?1")?.execute([draft])?;
        return Ok(());
    }
    let change = difference(&before.text, &after.text);
    let removed = [&before.text[change.from..change.to]];
    connection
        .prepare_cached(
            "insert or replace into past_edits
                 (draft, revision, changes, removed, selection_anchor, selection_head, at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            draft,
            after.revision,
            json_of(&std::slice::from_ref(&change))?,
            json_of(&removed)?,
            after.selection.0,
            after.selection.1,
            after.edited
        ])?;
    trim(connection, draft)
}

/// As the library stores changes, and what they took out.
pub(crate) fn json_of(value: &impl serde::Serialize) -> Result<String, LibraryError> {
    serde_json::to_string(value)
        .map_err(|error| LibraryError::damaged(format!("changes that no JSON can hold: {error}")))
}

fn trim(connection: &Connection, draft: u32) -> Result<(), LibraryError> {
    let mut newest_first = connection.prepare_cached(
        "select revision, octet_length(changes) + coalesce(octet_length(removed), 0) from past_edits
         where draft = ?1 order by revision desc",
    )?;
    let mut rows = newest_first.query([draft])?;
    let (mut count, mut bytes) = (0, 0_i64);
    while let Some(row) = rows.next()? {
        count += 1;
        bytes = bytes.saturating_add(row.get(1)?);
        if count > EDITS_KEPT || bytes > BYTES_KEPT {
            let oldest: u32 = row.get(0)?;
            connection
                .prepare_cached("delete from past_edits where draft = ?1 and revision <= ?2")?
                .execute([draft, oldest])?;
            break;
        }
    }
    Ok(())
}
