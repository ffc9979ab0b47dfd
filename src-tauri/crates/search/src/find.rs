//! Asking: the grams of a query leave few documents, ranking orders them, and as many are read as are shown.

use std::cmp::Reverse;
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension};

use crate::document::{Source, State};
use crate::fold::{Folded, fold};
pub use crate::heads::Place;
use crate::heads::{Head, Heads};
use crate::hits::{Snippet, snippets};
use crate::postings::each_of;
use crate::query::{Looked, Query, Term};
use crate::set::Set;
use crate::{Finder, SearchError};

/// Hits are counted so far in one document.
const MOST_HITS: usize = 1_000;

/// How much is asked for at once.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// How many found documents to pass over.
    pub from: usize,
    /// How many to answer with.
    pub most: usize,
    /// How many bytes of texts to read at most only to count the documents behind those that are answered.
    pub to_count: usize,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The documents: those with it in the title first, then in a heading, then elsewhere; of these the newest first.
    pub documents: Vec<FoundDocument>,
    /// How many there are.
    pub total: Total,
}

impl Found {
    /// No documents.
    pub fn nothing() -> Self {
        Found { documents: Vec::new(), total: Total { count: 0, is_all: true } }
    }
}

/// How many documents hold what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// So many.
    pub count: usize,
    /// Whether there are no more.
    pub is_all: bool,
}

/// A document that holds what was asked for.
#[derive(Debug, Clone)]
pub struct FoundDocument {
    /// Where it is kept.
    pub source: Source,
    /// Its title, and where it holds something of it, in bytes.
    pub title: String,
    /// See `title`.
    pub title_hits: Vec<Range<usize>>,
    /// The best place of the word that it holds worst.
    pub place: Place,
    /// What it is.
    pub state: State,
    /// When, in milliseconds.
    pub at: i64,
    /// Its text as the index has it.
    pub text: String,
    /// How many hits there are in the text, as far as they are counted.
    pub hits: usize,
    /// The first of them.
    pub snippets: Vec<Snippet>,
}

impl Finder {
    /// Finds the documents that hold all that is asked for.
    pub fn find(&mut self, query: &Query, asked: Asked) -> Result<Found, SearchError> {
        self.found(query, asked).map_err(|error| error.located(&self.path))
    }

    /// How many documents the index has.
    pub fn count(&mut self) -> Result<usize, SearchError> {
        self.heads.refresh(&self.connection).map_err(|error| error.located(&self.path))?;
        Ok(self.heads.all.len())
    }

    fn found(&mut self, query: &Query, asked: Asked) -> Result<Found, SearchError> {
        if query.is_empty() {
            return Ok(Found::nothing());
        }
        let transaction = self.connection.unchecked_transaction()?;
        self.heads.refresh(&transaction)?;
        let search = Search { connection: &transaction, heads: &self.heads, query };
        let (mut documents, mut count, mut read, mut is_all) = (Vec::new(), 0, 0, true);
        let wanted = asked.from.saturating_add(asked.most);
        for at in search.ranked()? {
            let head = &self.heads.all[at];
            let is_shown = (asked.from..wanted).contains(&count);
            let must_read = search.must_read(head);
            if must_read && count >= wanted {
                if read >= asked.to_count {
                    is_all = false;
                    break;
                }
                read += head.bytes as usize;
            }
            if !must_read && !is_shown {
                count += 1;
                continue;
            }
            let text = search.read(head)?;
            if must_read && !search.holds(head, &text) {
                continue;
            }
            if is_shown {
                documents.push(search.shown(head, text));
            }
            count += 1;
        }
        Ok(Found { documents, total: Total { count, is_all } })
    }
}

/// One question to one state of the index.
struct Search<'a> {
    connection: &'a Connection,
    heads: &'a Heads,
    query: &'a Query,
}

impl Search<'_> {
    /// The documents that may hold it, the best first.
    fn ranked(&self) -> Result<Vec<usize>, SearchError> {
        let mut left = self.admitted();
        for term in &self.query.terms {
            if !term.excluded {
                left.keep_those_in(&self.with_grams(term)?);
            } else if term.needed.suffices {
                let mut holding = self.with_grams(term)?;
                // Of those without grams nothing is known yet.
                let mut known = Set::empty(self.heads.all.len());
                self.heads.fresh().for_each(|at| known.insert(at));
                holding.drop_those_in(&known);
                left.drop_those_in(&holding);
            }
        }
        let mut ranked: Vec<_> = left
            .numbers()
            .map(|at| {
                let head = &self.heads.all[at];
                (self.rank(head), Reverse(head.at), Reverse(head.id), at)
            })
            .collect();
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(.., at)| at).collect())
    }

    fn admitted(&self) -> Set {
        let mut admitted = Set::empty(self.heads.all.len());
        for (at, head) in self.heads.all.iter().enumerate() {
            let is_older = matches!(head.source, Source::Revision { .. });
            if is_older == self.query.is_in_history()
                && self.query.admits(&head.tags, head.site.as_deref(), head.state, head.at)
            {
                admitted.insert(at);
            }
        }
        admitted
    }

    /// The documents with all grams of a term, and those whose grams are not kept yet.
    fn with_grams(&self, term: &Term) -> Result<Set, SearchError> {
        let mut all: Option<Set> = None;
        for &gram in &term.needed.grams {
            let mut with = Set::empty(self.heads.all.len());
            for segment in self.heads.segments() {
                self.note_documents(segment, gram, &mut with)?;
            }
            match &mut all {
                None => all = Some(with),
                Some(all) => all.keep_those_in(&with),
            }
        }
        let mut all = all.unwrap_or_else(|| {
            // Nothing is known of what is asked for but its letters.
            let mut every = Set::empty(self.heads.all.len());
            (0..self.heads.all.len()).for_each(|at| every.insert(at));
            every
        });
        self.heads.fresh().for_each(|at| all.insert(at));
        Ok(all)
    }

    fn note_documents(&self, segment: i64, gram: i64, with: &mut Set) -> Result<(), SearchError> {
        let mut documents =
            self.connection.prepare_cached("select documents from grams where segment = ?1 and gram = ?2")?;
        let places = self.heads.of_segment(segment);
        let mut rows = documents.query([segment, gram])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        let packed = row.get_ref(0)?.as_blob().map_err(|_| SearchError::damaged())?;
        each_of(gram, packed, |place| {
            if let Some(&Some(at)) = places.get(place as usize) {
                with.insert(at);
            }
        })
        .ok_or_else(SearchError::damaged)
    }

    /// Less is better: of each word that must be there, how far from the title it stands.
    fn rank(&self, head: &Head) -> usize {
        let wanted = self.query.terms.iter().filter(|term| !term.excluded);
        wanted.map(|term| head.place_of(term) as usize).sum()
    }

    /// Whether grams alone do not tell that a document holds what is asked for.
    fn must_read(&self, head: &Head) -> bool {
        !self.query.terms.is_empty()
            && (head.segment == 0 || self.query.terms.iter().any(|term| !term.needed.suffices))
    }

    fn read(&self, head: &Head) -> Result<Read, SearchError> {
        let mut text = self.connection.prepare_cached("select text from texts where document = ?1")?;
        let text: Option<String> = text.query_row([head.id], |row| row.get(0)).optional()?;
        let text = text.ok_or_else(SearchError::damaged)?;
        Ok(Read { folded: fold(&text), text })
    }

    fn holds(&self, head: &Head, read: &Read) -> bool {
        let looked = Looked::new(read.folded.text());
        self.query.terms.iter().all(|term| (head.titled(term) || term.is_in(&looked)) != term.excluded)
    }

    fn shown(&self, head: &Head, Read { text, folded }: Read) -> FoundDocument {
        let hits = self.query.hits_in(&folded, MOST_HITS);
        let wanted = self.query.terms.iter().filter(|term| !term.excluded);
        FoundDocument {
            source: head.source.clone(),
            title: head.title.clone(),
            title_hits: self.query.hits(&head.title),
            place: wanted.map(|term| head.place_of(term)).max().unwrap_or(Place::Body),
            state: head.state,
            at: head.at,
            snippets: snippets(&text, &hits),
            hits: hits.len(),
            text,
        }
    }
}

/// The text of a document.
struct Read {
    text: String,
    folded: Folded,
}
