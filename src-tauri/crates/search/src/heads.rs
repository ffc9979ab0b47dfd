//! What is known of each document without its text, in memory: ranking looks at all of it with every key.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row};

use crate::SearchError;
use crate::document::{Source, State};
use crate::fold::fold;
use crate::query::{Looked, Term};

/// A document without its text.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) id: i64,
    pub(crate) source: Source,
    pub(crate) title: String,
    folded_title: Looked<String>,
    /// Folded, and apart from each other.
    headings: Looked<String>,
    pub(crate) tags: String,
    pub(crate) site: Option<String>,
    pub(crate) state: State,
    pub(crate) at: i64,
    pub(crate) bytes: u32,
    pub(crate) segment: i64,
    place: u32,
}

/// The best place where a document holds a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In its title.
    Title,
    /// In a heading.
    Heading,
    /// Elsewhere, if it does.
    Body,
}

impl Head {
    /// Whether its title holds a term.
    pub(crate) fn titled(&self, term: &Term) -> bool {
        term.is_in(&self.folded_title)
    }

    pub(crate) fn place_of(&self, term: &Term) -> Place {
        if self.titled(term) {
            Place::Title
        } else if term.is_in(&self.headings) {
            Place::Heading
        } else {
            Place::Body
        }
    }
}

/// All heads, as of the last look.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    pub(crate) all: Vec<Head>,
    /// Where the documents of a segment are in `all`, by their places.
    segments: HashMap<i64, Vec<Option<usize>>>,
    /// SQLite's count of the changes that others have made.
    version: Option<i64>,
    changed: i64,
}

impl Heads {
    /// Looks again, if anything has changed; within a transaction, so that what follows sees the same.
    pub(crate) fn refresh(&mut self, connection: &Connection) -> Result<(), SearchError> {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.version == Some(version) {
            return Ok(());
        }
        self.drop_removed(connection)?;
        self.take_changed(connection)?;
        self.place_all();
        self.version = Some(version);
        Ok(())
    }

    /// The documents of a segment that live, by their places.
    pub(crate) fn of_segment(&self, segment: i64) -> &[Option<usize>] {
        self.segments.get(&segment).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn segments(&self) -> impl Iterator<Item = i64> + '_ {
        self.segments.keys().copied()
    }

    /// The documents that no grams are kept of yet.
    pub(crate) fn fresh(&self) -> impl Iterator<Item = usize> + '_ {
        self.all.iter().enumerate().filter(|(_, head)| head.segment == 0).map(|(at, _)| at)
    }

    fn drop_removed(&mut self, connection: &Connection) -> Result<(), SearchError> {
        let ids: HashSet<i64> = connection
            .prepare_cached("select id from documents")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        self.all.retain(|head| ids.contains(&head.id));
        Ok(())
    }

    fn take_changed(&mut self, connection: &Connection) -> Result<(), SearchError> {
        let known: HashMap<i64, usize> =
            self.all.iter().enumerate().map(|(at, head)| (head.id, at)).collect();
        let mut changed = connection.prepare_cached(
            "select id, source, title, headings, tags, site, state, at, bytes, segment, place, changed
             from documents where changed > ?1",
        )?;
        let mut rows = changed.query([self.changed])?;
        while let Some(row) = rows.next()? {
            let head = head_of(row)?;
            self.changed = self.changed.max(row.get(11)?);
            match known.get(&head.id) {
                Some(&at) => self.all[at] = head,
                None => self.all.push(head),
            }
        }
        Ok(())
    }

    fn place_all(&mut self) {
        self.segments.clear();
        for (at, head) in self.all.iter().enumerate().filter(|(_, head)| head.segment != 0) {
            let places = self.segments.entry(head.segment).or_default();
            let place = head.place as usize;
            if places.len() <= place {
                places.resize(place + 1, None);
            }
            places[place] = Some(at);
        }
    }
}

fn head_of(row: &Row<'_>) -> Result<Head, SearchError> {
    let source: String = row.get(1)?;
    let title: String = row.get(2)?;
    Ok(Head {
        id: row.get(0)?,
        source: Source::parse(&source).ok_or_else(SearchError::damaged)?,
        folded_title: Looked::new(fold(&title).text().to_owned()),
        title,
        headings: Looked::new(row.get(3)?),
        tags: row.get(4)?,
        site: row.get(5)?,
        state: State::from_number(row.get(6)?),
        at: row.get(7)?,
        bytes: row.get(8)?,
        segment: row.get(9)?,
        place: row.get(10)?,
    })
}
