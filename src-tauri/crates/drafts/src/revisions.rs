use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, params};

use crate::draft::expect_draft;
use crate::packing::{Packed, Packing, hash_of};
use crate::{Library, LibraryError};

/// After so many texts that are each based on the one before, one is kept whole: reading a text unpacks no more than
/// these, and damage to one costs no more than those that follow it.
const CHAIN: usize = 32;
/// How often keeping a text is tried again because another was kept meanwhile.
const TRIES: usize = 3;

/// Why a revision was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevisionKind {
    /// From time to time. Alone these are thinned with age.
    Auto,
    /// The writer saved.
    Saved,
    /// It was published.
    Published,
    /// Before or after a merge with the file.
    Merged,
    /// What was there before an older revision was brought back.
    Restored,
}

/// A kept revision, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionSummary {
    /// What it is asked for by; a later one has a higher number.
    pub number: u32,
    /// The draft's revision it was.
    pub revision: u32,
    /// Why it was kept.
    pub kind: RevisionKind,
    /// When, in milliseconds.
    pub at: i64,
    /// The length of its text in UTF-16 units.
    pub length_utf16: u32,
    /// What the writer calls it.
    pub name: Option<String>,
}

impl RevisionKind {
    const ALL: [RevisionKind; 5] = [
        RevisionKind::Auto,
        RevisionKind::Saved,
        RevisionKind::Published,
        RevisionKind::Merged,
        RevisionKind::Restored,
    ];

    /// Its name, as the library stores it.
    pub fn name(self) -> &'static str {
        match self {
            RevisionKind::Auto => "auto",
            RevisionKind::Saved => "saved",
            RevisionKind::Published => "published",
            RevisionKind::Merged => "merged",
            RevisionKind::Restored => "restored",
        }
    }

    fn named(name: &str) -> Result<Self, LibraryError> {
        RevisionKind::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| LibraryError::damaged(format!("a revision is of the unknown kind {name:?}")))
    }
}

impl Library {
    /// Keeps a text in the draft's history and answers its number; `None` when the newest kept text is the same
    /// one already and nothing was published, or when one is kept from time to time and this revision is kept already.
    pub fn keep_revision(
        &self,
        draft: u32,
        revision: u32,
        text: &str,
        kind: RevisionKind,
        at: i64,
    ) -> Result<Option<u32>, LibraryError> {
        let new = NewRevision { draft, revision, kind, at };
        let hash = hash_of(text);
        for _ in 0..TRIES {
            // Read and packed here, so that edits need not wait for it.
            let base = self.read(|connection| Base::for_next(connection, draft, &hash))?;
            let packed = self.pack(text, base.as_ref())?;
            let expected = base.as_ref().map(|base| base.newest);
            let based_on = base.as_ref().and_then(|base| base.text.as_ref().map(|(number, _)| *number));
            let kept = self.write(move |writing| {
                let newest = newest(writing.transaction, draft)?;
                if newest.as_ref().map(|(number, _)| *number) != expected {
                    return Ok(None);
                }
                new.keep(writing.transaction, &packed, newest, based_on).map(Some)
            })?;
            if let Some(kept) = kept {
                return Ok(kept);
            }
        }
        let packed = self.pack(text, None)?;
        self.write(move |writing| {
            let newest = newest(writing.transaction, draft)?;
            new.keep(writing.transaction, &packed, newest, None)
        })
    }

    fn pack(&self, text: &str, base: Option<&Base>) -> Result<Packed, LibraryError> {
        let base = base.and_then(|base| base.text.as_ref()).map_or("", |(_, text)| text);
        Packed::of(text, base).map_err(|error| LibraryError::file(self.path(), error))
    }

    /// Gives a kept revision a name, or takes it away. One with a name is kept for good.
    pub fn name_revision(&self, draft: u32, number: u32, name: Option<String>) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let named = writing.transaction.execute(
                "update revisions set name = ?3 where draft = ?1 and number = ?2",
                params![draft, number, name],
            )?;
            if named == 0 { Err(LibraryError::NoSuchRevision { draft, number }) } else { Ok(()) }
        })
    }

    /// The draft's kept revisions, the newest text first, whenever it was kept.
    pub fn revisions(&self, draft: u32) -> Result<Vec<RevisionSummary>, LibraryError> {
        self.read(|connection| {
            expect_draft(connection, draft)?;
            summaries(connection, draft)
        })
    }

    /// The text of a kept revision.
    pub fn revision_text(&self, draft: u32, number: u32) -> Result<String, LibraryError> {
        self.read(|connection| text_of(connection, draft, number))
    }

    /// Shows the draft's kept texts, the newest first, until `look` has seen enough. One that cannot be read is left
    /// out.
    pub fn look_back(
        &self,
        draft: u32,
        mut look: impl FnMut(&RevisionSummary, &str) -> ControlFlow<()>,
    ) -> Result<(), LibraryError> {
        let summaries = self.revisions(draft)?;
        let mut left = summaries.as_slice();
        while let Some(newest) = left.first() {
            // A chain is unpacked once for all that are in it.
            let texts = self.read(|connection| chain(connection, draft, newest.number))?;
            let in_chain =
                left.iter().take_while(|each| texts.iter().any(|(number, _)| *number == each.number)).count();
            for summary in &left[..in_chain] {
                if let Some((_, Ok(text))) = texts.iter().find(|(number, _)| *number == summary.number)
                    && look(summary, text).is_break()
                {
                    return Ok(());
                }
            }
            left = &left[in_chain.max(1)..];
        }
        Ok(())
    }
}

/// Keeps a text in the draft's history, within a change of the library; whole, since nobody may wait for more.
pub(crate) fn keep(
    connection: &Connection,
    draft: u32,
    revision: u32,
    text: &str,
    kind: RevisionKind,
    at: i64,
) -> Result<(), LibraryError> {
    let packed = Packed::of(text, "").map_err(|error| LibraryError::damaged(error.to_string()))?;
    let newest = newest(connection, draft)?;
    NewRevision { draft, revision, kind, at }.keep(connection, &packed, newest, None).map(|_| ())
}

#[derive(Debug, Clone, Copy)]
struct NewRevision {
    draft: u32,
    revision: u32,
    kind: RevisionKind,
    at: i64,
}

impl NewRevision {
    fn keep(
        self,
        connection: &Connection,
        packed: &Packed,
        newest: Option<(u32, String)>,
        based_on: Option<u32>,
    ) -> Result<Option<u32>, LibraryError> {
        let Self { draft, revision, kind, at } = self;
        expect_draft(connection, draft)?;
        if kind != RevisionKind::Published && newest.is_some_and(|(_, hash)| hash == packed.hash) {
            return Ok(None);
        }
        if kind == RevisionKind::Auto && self.is_kept(connection, &packed.hash)? {
            return Ok(None);
        }
        let number = connection.query_row(
            "insert into revisions (draft, revision, kind, at, length_utf16, hash, packing, based_on, packed)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) returning number",
            params![
                draft,
                revision,
                kind.name(),
                at,
                packed.length_utf16,
                packed.hash,
                Packing::Zstd.name(),
                based_on,
                packed.bytes
            ],
            |row| row.get(0),
        )?;
        Ok(Some(number))
    }

    /// Whether the draft's text at this very revision is kept already, though others may have been kept since: what is
    /// kept by itself may come late.
    fn is_kept(self, connection: &Connection, hash: &str) -> Result<bool, LibraryError> {
        let mut kept = connection
            .prepare_cached("select 1 from revisions where draft = ?1 and revision = ?2 and hash = ?3")?;
        Ok(kept.exists(params![self.draft, self.revision, hash])?)
    }
}

/// What the next text of a draft is packed with.
struct Base {
    newest: u32,
    /// The text it is based on, with its number; none where the next one is to be kept whole.
    text: Option<(u32, String)>,
}

impl Base {
    /// None where nothing is kept yet. A text of this hash need not be packed, so nothing is read for it.
    fn for_next(connection: &Connection, draft: u32, hash: &str) -> Result<Option<Self>, LibraryError> {
        let Some((newest, newest_hash)) = newest(connection, draft)? else { return Ok(None) };
        if newest_hash == hash {
            return Ok(Some(Self { newest, text: None }));
        }
        let mut chain = chain(connection, draft, newest)?;
        let is_long = chain.len() >= CHAIN;
        // Nothing is based on what cannot be read.
        let text = chain.pop().and_then(|(number, text)| text.ok().map(|text| (number, text)));
        Ok(Some(Self { newest, text: text.filter(|_| !is_long) }))
    }
}

fn newest(connection: &Connection, draft: u32) -> Result<Option<(u32, String)>, LibraryError> {
    let mut newest = connection
        .prepare_cached("select number, hash from revisions where draft = ?1 order by number desc limit 1")?;
    Ok(newest.query_row([draft], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

pub(crate) fn summaries(connection: &Connection, draft: u32) -> Result<Vec<RevisionSummary>, LibraryError> {
    let mut revisions = connection.prepare_cached(
        "select number, revision, kind, at, length_utf16, name from revisions
         where draft = ?1 order by revision desc, number desc",
    )?;
    let mut rows = revisions.query([draft])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(2)?;
        found.push(RevisionSummary {
            number: row.get(0)?,
            revision: row.get(1)?,
            kind: RevisionKind::named(&kind)?,
            at: row.get(3)?,
            length_utf16: row.get(4)?,
            name: row.get(5)?,
        });
    }
    Ok(found)
}

/// The text of a kept revision, checked.
pub(crate) fn text_of(connection: &Connection, draft: u32, number: u32) -> Result<String, LibraryError> {
    let mut texts = chain(connection, draft, number)?;
    let (_, text) = texts.pop().ok_or(LibraryError::NoSuchRevision { draft, number })?;
    text
}

/// A revision as it is stored.
struct Row {
    number: u32,
    hash: String,
    packing: Packing,
    based_on: Option<u32>,
    packed: Vec<u8>,
}

/// A text with its number, or why it cannot be read.
type Unpacked = (u32, Result<String, LibraryError>);

/// The texts of a revision and of those it is based on, one on the other, from the one that is kept whole; each checked
/// by its hash.
fn chain(connection: &Connection, draft: u32, number: u32) -> Result<Vec<Unpacked>, LibraryError> {
    let mut rows = Vec::new();
    let mut next = Some(number);
    while let Some(number) = next {
        let Some(row) = row_of(connection, draft, number)? else { break };
        // One is only ever based on an older one; anything else would go round for ever.
        next = row.based_on.filter(|&base| base < number);
        rows.push(row);
    }
    let mut texts: Vec<Unpacked> = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        let base = match (row.based_on, texts.last()) {
            (None, _) => Some(""),
            (Some(base), Some((number, Ok(text)))) if base == *number => Some(text.as_str()),
            _ => None,
        };
        texts.push((row.number, row.unpack(draft, base)));
    }
    Ok(texts)
}

fn row_of(connection: &Connection, draft: u32, number: u32) -> Result<Option<Row>, LibraryError> {
    let mut row = connection.prepare_cached(
        "select hash, packing, based_on, packed from revisions where draft = ?1 and number = ?2",
    )?;
    let row = row.query_row([draft, number], |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?))
    });
    let Some((hash, packing, based_on, packed)) = row.optional()? else { return Ok(None) };
    Ok(Some(Row { number, hash, packing: Packing::named(&packing)?, based_on, packed }))
}

impl Row {
    fn unpack(&self, draft: u32, base: Option<&str>) -> Result<String, LibraryError> {
        base.and_then(|base| self.packing.unpack(&self.packed, base).ok())
            .filter(|text| hash_of(text) == self.hash)
            .ok_or_else(|| {
                let number = self.number;
                LibraryError::damaged(format!("revision {number} of draft {draft} cannot be unpacked"))
            })
    }
}
