//! Segments: the grams of some documents, written once and never changed. A document that changes leaves its segment; one
//! that lost half of its documents is taken apart, and small ones become one.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rusqlite::{Connection, params};

use crate::SearchError;
use crate::document::searched;
use crate::grams::{Gram, grams_of_document};
use crate::postings::Noted;

/// As much text as one segment gets: its grams fit into memory easily while they are gathered.
pub(crate) const SEGMENT_BYTES: i64 = 8 << 20;
/// As much as may wait without grams, looked through with every query.
const WAITING_BYTES: i64 = 1 << 20;
/// As many documents may wait.
const WAITING_DOCUMENTS: usize = 200;

/// How much must wait for a segment to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Least {
    /// So much that every query would take longer for it.
    WorthIt,
    /// Anything.
    Any,
}

/// A document that is to be put into a segment.
struct Waiting {
    id: i64,
    bytes: i64,
}

/// Makes a segment of documents that have none, if enough wait. Answers whether it did: then there may be more.
pub(crate) fn make_one(connection: &Connection, least: Least) -> Result<bool, SearchError> {
    take_hollow_apart(connection)?;
    let waiting = in_segment(connection, 0)?;
    let bytes: i64 = waiting.iter().map(|document| document.bytes).sum();
    let is_worth_it = bytes >= WAITING_BYTES || waiting.len() >= WAITING_DOCUMENTS;
    if waiting.is_empty() || (least == Least::WorthIt && !is_worth_it) {
        return Ok(false);
    }
    let mut taken = Vec::new();
    let mut left = SEGMENT_BYTES;
    for document in waiting {
        if document.bytes > left && !taken.is_empty() {
            break;
        }
        left = (left - document.bytes).max(0);
        taken.push(document);
    }
    // Small ones go along, so that there are never many.
    for segment in segments(connection)?.iter().filter(|segment| segment.living_bytes <= SEGMENT_BYTES / 2) {
        if segment.living_bytes <= left {
            left -= segment.living_bytes;
            taken.extend(in_segment(connection, segment.id)?);
            drop_segment(connection, segment.id)?;
        }
    }
    write(connection, &taken)?;
    Ok(true)
}

fn in_segment(connection: &Connection, segment: i64) -> Result<Vec<Waiting>, SearchError> {
    let mut documents =
        connection.prepare_cached("select id, bytes from documents where segment = ?1 order by id")?;
    let documents =
        documents.query_map([segment], |row| Ok(Waiting { id: row.get(0)?, bytes: row.get(1)? }))?;
    Ok(documents.collect::<Result<_, _>>()?)
}

/// A segment with what lives in it.
struct Segment {
    id: i64,
    /// The bytes of the texts that it was made of.
    bytes: i64,
    living_bytes: i64,
    living: u32,
}

/// All segments, the smallest first.
fn segments(connection: &Connection) -> Result<Vec<Segment>, SearchError> {
    let mut segments = connection.prepare_cached(
        "select segments.id, segments.bytes, coalesce(sum(documents.bytes), 0) as living, count(documents.id)
         from segments left join documents on documents.segment = segments.id
         group by segments.id order by living, segments.id",
    )?;
    let segments = segments.query_map([], |row| {
        Ok(Segment { id: row.get(0)?, bytes: row.get(1)?, living_bytes: row.get(2)?, living: row.get(3)? })
    })?;
    Ok(segments.collect::<Result<_, _>>()?)
}

fn take_hollow_apart(connection: &Connection) -> Result<(), SearchError> {
    let is_hollow = |segment: &Segment| segment.living == 0 || segment.living_bytes * 2 < segment.bytes;
    for segment in segments(connection)?.iter().filter(|segment| is_hollow(segment)) {
        let changed = next_change(connection)?;
        connection
            .prepare_cached("update documents set segment = 0, place = 0, changed = ?2 where segment = ?1")?
            .execute([segment.id, changed])?;
        drop_segment(connection, segment.id)?;
    }
    Ok(())
}

fn drop_segment(connection: &Connection, segment: i64) -> Result<(), SearchError> {
    connection.execute("delete from grams where segment = ?1", [segment])?;
    connection.execute("delete from segments where id = ?1", [segment])?;
    Ok(())
}

fn write(connection: &Connection, documents: &[Waiting]) -> Result<(), SearchError> {
    let bytes: i64 = documents.iter().map(|document| document.bytes).sum();
    let segment: i64 =
        connection
            .query_row("insert into segments (bytes) values (?1) returning id", [bytes], |row| row.get(0))?;
    let changed = next_change(connection)?;
    let mut grams: HashMap<Gram, Noted, BuildHasherDefault<Spread>> = HashMap::default();
    let mut place_of = connection
        .prepare_cached("update documents set segment = ?2, place = ?3, changed = ?4 where id = ?1")?;
    for (place, document) in (0_u32..).zip(documents) {
        place_of.execute(params![document.id, segment, place, changed])?;
        grams_of_document(&stored(connection, document.id)?, |gram| {
            grams.entry(gram).or_default().note(place)
        });
    }
    let mut grams: Vec<(Gram, Noted)> = grams.into_iter().collect();
    grams.sort_unstable_by_key(|(gram, _)| *gram);
    let mut insert =
        connection.prepare_cached("insert into grams (segment, gram, documents) values (?1, ?2, ?3)")?;
    for (gram, noted) in grams {
        insert.execute(params![segment, gram, noted.packed(gram)])?;
    }
    Ok(())
}

/// What of a stored document is looked through.
fn stored(connection: &Connection, document: i64) -> Result<String, SearchError> {
    let mut text = connection.prepare_cached(
        "select title, text from documents join texts on texts.document = documents.id where id = ?1",
    )?;
    let read =
        text.query_row([document], |row| Ok(searched(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?)));
    Ok(read?)
}

/// The number for the next change of a document.
pub(crate) fn next_change(connection: &Connection) -> Result<i64, SearchError> {
    let mut newest = connection.prepare_cached("select coalesce(max(changed), 0) + 1 from documents")?;
    Ok(newest.query_row([], |row| row.get(0))?)
}

/// Spreads the numbers of grams over a table: they come by the million, and nobody chooses them to collide.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // The golden ratio of 64 bits; the high bits, which it mixes best, come down.
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }
}
