use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::{Connection, OptionalExtension, params};

use crate::draft::expect_draft;
use crate::text::utf16_length;
use crate::{Library, LibraryError};

/// Why a revision was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevisionKind {
    /// From time to time.
    Auto,
    /// The writer saved.
    Saved,
    /// It was published.
    Published,
    /// Before or after a merge with the file.
    Merged,
    /// An older revision was brought back.
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
    /// one already and nothing was published.
    pub fn keep_revision(
        &self,
        draft: u32,
        revision: u32,
        text: &str,
        kind: RevisionKind,
        at: i64,
    ) -> Result<Option<u32>, LibraryError> {
        // Compressed here, so that edits need not wait for it.
        let packed = Packed::of(text).map_err(|error| LibraryError::file(self.path(), error))?;
        self.write(move |writing| packed.keep(writing.transaction, draft, revision, kind, at))
    }

    /// The draft's kept revisions, the newest first.
    pub fn revisions(&self, draft: u32) -> Result<Vec<RevisionSummary>, LibraryError> {
        self.read(|connection| {
            expect_draft(connection, draft)?;
            let mut revisions = connection.prepare_cached(
                "select number, revision, kind, at, length_utf16 from revisions
                 where draft = ?1 order by number desc",
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
                });
            }
            Ok(found)
        })
    }

    /// The text of a kept revision.
    pub fn revision_text(&self, draft: u32, number: u32) -> Result<String, LibraryError> {
        let stored: Option<(Vec<u8>, String)> = self.read(|connection| {
            let mut text = connection
                .prepare_cached("select text_zlib, hash from revisions where draft = ?1 and number = ?2")?;
            Ok(text.query_row([draft, number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })?;
        let (text_zlib, hash) = stored.ok_or(LibraryError::NoSuchRevision { draft, number })?;
        decompress(&text_zlib)
            .ok()
            .filter(|text| blake3::hash(text.as_bytes()).to_hex().as_str() == hash)
            .ok_or_else(|| {
                LibraryError::damaged(format!("revision {number} of draft {draft} cannot be unpacked"))
                    .located(self.path())
            })
    }
}

/// Keeps a text in the draft's history, within a change of the library.
pub(crate) fn keep(
    connection: &Connection,
    draft: u32,
    revision: u32,
    text: &str,
    kind: RevisionKind,
    at: i64,
) -> Result<(), LibraryError> {
    let packed = Packed::of(text).map_err(|error| LibraryError::damaged(error.to_string()))?;
    packed.keep(connection, draft, revision, kind, at).map(|_| ())
}

/// A text as the history keeps it.
struct Packed {
    hash: String,
    length_utf16: u32,
    text_zlib: Vec<u8>,
}

impl Packed {
    fn of(text: &str) -> std::io::Result<Self> {
        Ok(Self {
            hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
            length_utf16: utf16_length(text),
            text_zlib: compress(text)?,
        })
    }

    fn keep(
        &self,
        connection: &Connection,
        draft: u32,
        revision: u32,
        kind: RevisionKind,
        at: i64,
    ) -> Result<Option<u32>, LibraryError> {
        expect_draft(connection, draft)?;
        let newest = newest_hash(connection, draft)?;
        if kind != RevisionKind::Published && newest.as_ref() == Some(&self.hash) {
            return Ok(None);
        }
        let number = connection.query_row(
            "insert into revisions (draft, revision, kind, at, length_utf16, hash, text_zlib)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7) returning number",
            params![draft, revision, kind.name(), at, self.length_utf16, self.hash, self.text_zlib],
            |row| row.get(0),
        )?;
        Ok(Some(number))
    }
}

fn newest_hash(connection: &Connection, draft: u32) -> Result<Option<String>, LibraryError> {
    let mut newest = connection
        .prepare_cached("select hash from revisions where draft = ?1 order by number desc limit 1")?;
    Ok(newest.query_row([draft], |row| row.get(0)).optional()?)
}

fn compress(text: &str) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

fn decompress(bytes: &[u8]) -> std::io::Result<String> {
    let mut text = String::new();
    ZlibDecoder::new(bytes).read_to_string(&mut text)?;
    Ok(text)
}
