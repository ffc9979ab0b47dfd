use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::draft::write_summary;
use crate::past_edits::{json_of, move_folded, note_replaced};
use crate::text::{TextChange, apply_changes};
use crate::writer::Writing;
use crate::{HistoryStep, Library, LibraryError};

/// A journal with more entries, or more inserted bytes, is folded into the draft's text.
const ENTRIES_KEPT: u32 = 500;
const BYTES_KEPT: usize = 4 << 20;
/// How many texts the writer remembers.
const TAILS_KEPT: usize = 8;

/// One edit of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// The draft.
    pub draft: u32,
    /// The revision the edit makes: one more than the one before.
    pub revision: u32,
    /// The replacements, in order, none overlapping another. A whole new text is one over everything.
    pub changes: Vec<TextChange>,
    /// The selection afterwards: its anchor and its head. What they count in is the caller's affair.
    pub selection: (u32, u32),
    /// When, in milliseconds.
    pub at: i64,
    /// What it was in the editor's history of edits, if it was no edit of its own.
    pub step: Option<HistoryStep>,
}

impl Library {
    /// Makes `text` the draft's text at `revision`, and drops the journal up to it. Waits for the commit.
    ///
    /// When the library has stored a later revision already it folds its own journal instead, so a late snapshot
    /// never takes an edit back. A snapshot may skip revisions: it is the way out of [`LibraryError::NotNext`].
    pub fn snapshot(&self, draft: u32, revision: u32, text: String, at: i64) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let Some(current) = current_text(writing.transaction, draft)? else {
                return Err(LibraryError::NoSuchDraft { draft });
            };
            writing.tails.forget(draft);
            if revision < current.revision {
                return fold(writing.transaction, draft, &current);
            }
            let has_new = revision > current.revision || text != current.text;
            if revision == current.revision && has_new {
                tracing::error!(draft, revision, "the journal's text is not the snapshot's, which is kept");
            }
            let edited = if has_new { current.edited.max(at) } else { current.edited };
            let new = CurrentText { revision, text, edited, ..current };
            fold_other(writing.transaction, draft, &current, &new)
        })
    }
}

/// A draft's text with its journal replayed.
#[derive(Debug)]
pub(crate) struct CurrentText {
    pub(crate) revision: u32,
    pub(crate) text: String,
    pub(crate) selection: (u32, u32),
    /// When it was last edited, in milliseconds.
    pub(crate) edited: i64,
    /// The journal's entries, and the bytes they insert.
    entries: u32,
    bytes: usize,
}

pub(crate) fn current_text(connection: &Connection, draft: u32) -> Result<Option<CurrentText>, LibraryError> {
    let folded = connection
        .prepare_cached(
            "select revision, text, selection_anchor, selection_head, edited, checksum
             from drafts join texts on texts.draft = drafts.id where drafts.id = ?1",
        )?
        .query_row([draft], |row| {
            let current = CurrentText {
                revision: row.get(0)?,
                text: row.get(1)?,
                selection: (row.get(2)?, row.get(3)?),
                edited: row.get(4)?,
                entries: 0,
                bytes: 0,
            };
            Ok((current, row.get(5)?))
        })
        .optional()?;
    let Some((folded, checksum)) = folded else { return Ok(None) };
    if !fits(&folded.text, checksum) {
        return Err(LibraryError::damaged(format!(
            "the text of draft {draft} is not the one that was stored"
        )));
    }
    replay(connection, draft, folded).map(Some)
}

/// A draft's text as far as it can be found at all, whether or not it is the one that was stored.
pub(crate) fn text_as_found(connection: &Connection, draft: u32) -> Option<String> {
    let mut text: String = connection
        .query_row("select cast(text as blob) from texts where draft = ?1", [draft], |row| {
            row.get::<_, Vec<u8>>(0)
        })
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .ok()?;
    let mut journal =
        connection.prepare("select changes from journal where draft = ?1 order by revision").ok()?;
    let mut rows = journal.query([draft]).ok()?;
    while let Ok(Some(row)) = rows.next() {
        let changes: Option<Vec<TextChange>> =
            row.get::<_, String>(0).ok().and_then(|changes| serde_json::from_str(&changes).ok());
        if changes.is_none_or(|changes| apply_changes(&mut text, &changes).is_err()) {
            break;
        }
    }
    Some(text)
}

fn replay(
    connection: &Connection,
    draft: u32,
    mut current: CurrentText,
) -> Result<CurrentText, LibraryError> {
    let mut journal = connection.prepare_cached(
        "select revision, changes, selection_anchor, selection_head, at, checksum
         from journal where draft = ?1 order by revision",
    )?;
    let mut rows = journal.query([draft])?;
    while let Some(row) = rows.next()? {
        let changes: String = row.get(1)?;
        if !fits(&changes, row.get(5)?) {
            return Err(LibraryError::damaged(format!(
                "the journal of draft {draft} is not the one that was stored"
            )));
        }
        current
            .take(JournalEntry {
                draft,
                revision: row.get(0)?,
                changes: serde_json::from_str(&changes).map_err(|error| {
                    LibraryError::damaged(format!("the journal of draft {draft} cannot be read: {error}"))
                })?,
                selection: (row.get(2)?, row.get(3)?),
                at: row.get(4)?,
                step: None,
            })
            .map_err(|error| LibraryError::damaged(format!("the journal cannot be replayed: {error}")))?;
    }
    Ok(current)
}

impl CurrentText {
    /// Makes the entry's edit, or leaves everything as it is.
    fn take(&mut self, entry: JournalEntry) -> Result<(), LibraryError> {
        let JournalEntry { draft, revision, changes, selection, at, step: _ } = entry;
        if self.revision.checked_add(1) != Some(revision) {
            return Err(LibraryError::NotNext { draft, stored: self.revision, offered: revision });
        }
        apply_changes(&mut self.text, &changes).map_err(|source| LibraryError::BadChange {
            draft,
            revision,
            source,
        })?;
        self.revision = revision;
        self.selection = selection;
        self.edited = self.edited.max(at);
        self.entries += 1;
        self.bytes += changes.iter().map(|change| change.insert.len()).sum::<usize>();
        Ok(())
    }
}

/// Writes one entry. Refuses what would leave a gap or could not be replayed, before anything is written.
pub(crate) fn append_entry(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<(), LibraryError> {
    let tail = writing.tails.of(writing.transaction, entry.draft)?;
    // What does not fit is refused in the next line.
    let removed: Vec<&str> = entry
        .changes
        .iter()
        .map(|change| tail.text.get(change.from..change.to).unwrap_or_default())
        .collect();
    let removed = json_of(&removed)?;
    tail.take(entry.clone())?;
    let changes = json_of(&entry.changes)?;
    writing
        .transaction
        .prepare_cached(
            "insert into journal
                 (draft, revision, changes, removed, selection_anchor, selection_head, at, step, checksum)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            entry.draft,
            entry.revision,
            changes,
            removed,
            entry.selection.0,
            entry.selection.1,
            entry.at,
            entry.step.map(HistoryStep::name),
            checksum_of(&changes)
        ])?;
    if tail.entries > ENTRIES_KEPT || tail.bytes > BYTES_KEPT {
        fold(writing.transaction, entry.draft, tail)?;
        (tail.entries, tail.bytes) = (0, 0);
    }
    Ok(())
}

/// Makes a text the draft's text at a revision, and empties its journal.
pub(crate) fn fold_to(
    connection: &Connection,
    draft: u32,
    current: CurrentText,
    revision: u32,
    text: &str,
    at: i64,
) -> Result<(), LibraryError> {
    let edited = if text == current.text { current.edited } else { current.edited.max(at) };
    let new = CurrentText { revision, text: text.to_owned(), edited, ..current };
    fold_other(connection, draft, &current, &new)
}

/// Makes another text than the journal's the draft's text, and empties its journal.
fn fold_other(
    connection: &Connection,
    draft: u32,
    before: &CurrentText,
    after: &CurrentText,
) -> Result<(), LibraryError> {
    fold(connection, draft, after)?;
    note_replaced(connection, draft, before, after)
}

/// Makes the current text the draft's text, and empties its journal; what undo needs of it stays.
fn fold(connection: &Connection, draft: u32, current: &CurrentText) -> Result<(), LibraryError> {
    connection
        .prepare_cached("update texts set revision = ?2, text = ?3, checksum = ?4 where draft = ?1")?
        .execute(params![draft, current.revision, current.text, checksum_of(&current.text)])?;
    move_folded(connection, draft)?;
    connection
        .prepare_cached(
            "update drafts set edited = ?2, selection_anchor = ?3, selection_head = ?4 where id = ?1",
        )?
        .execute(params![draft, current.edited, current.selection.0, current.selection.1])?;
    write_summary(connection, draft, &current.text)
}

/// Writes the text of a new draft.
pub(crate) fn insert_text(
    connection: &Connection,
    draft: u32,
    revision: u32,
    text: &str,
) -> Result<(), LibraryError> {
    connection.execute(
        "insert into texts (draft, revision, text, checksum) values (?1, ?2, ?3, ?4)",
        params![draft, revision, text, checksum_of(text)],
    )?;
    Ok(())
}

/// The first eight bytes of BLAKE3.
fn checksum_of(text: &str) -> i64 {
    let hash = blake3::hash(text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(first)
}

/// Whether the text is the one that was stored; of a row without a checksum nobody can tell.
fn fits(text: &str, checksum: Option<i64>) -> bool {
    checksum.is_none_or(|checksum| checksum == checksum_of(text))
}

/// The texts that are being edited, so that an entry can be checked without replaying the journal before it.
#[derive(Default)]
pub(crate) struct Tails {
    kept: HashMap<u32, Tail>,
    uses: u64,
    data_version: i64,
}

struct Tail {
    current: CurrentText,
    used: u64,
}

impl Tails {
    fn of(&mut self, connection: &Connection, draft: u32) -> Result<&mut CurrentText, LibraryError> {
        self.uses += 1;
        if !self.kept.contains_key(&draft) {
            let current = current_text(connection, draft)?.ok_or(LibraryError::NoSuchDraft { draft })?;
            self.make_room();
            self.kept.insert(draft, Tail { current, used: 0 });
        }
        let tail = self.kept.get_mut(&draft).ok_or(LibraryError::NoSuchDraft { draft })?;
        tail.used = self.uses;
        Ok(&mut tail.current)
    }

    fn make_room(&mut self) {
        if self.kept.len() >= TAILS_KEPT
            && let Some(oldest) = self.kept.iter().min_by_key(|(_, tail)| tail.used).map(|(&draft, _)| draft)
        {
            self.kept.remove(&oldest);
        }
    }

    pub(crate) fn forget(&mut self, draft: u32) {
        self.kept.remove(&draft);
    }

    pub(crate) fn forget_all(&mut self) {
        self.kept.clear();
    }

    /// SQLite changes this number when another connection has written.
    pub(crate) fn forget_if_changed_elsewhere(
        &mut self,
        connection: &Connection,
    ) -> Result<(), LibraryError> {
        let data_version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if data_version != self.data_version {
            self.forget_all();
            self.data_version = data_version;
        }
        Ok(())
    }
}
