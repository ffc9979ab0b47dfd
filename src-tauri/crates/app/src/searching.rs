//! Search over everything: drafts, the posts of all sites, older texts.

use std::ops::Range;
use std::sync::atomic::Ordering;

use postwright_search::{Asked, Found, FoundDocument, Place, Query, Snippet, Source, State};
use postwright_wire::{self as wire, FoundPost, FoundState, Mark, PostId, SearchResults};

use crate::failure::Failure;
use crate::text::length_on_the_wire;
use crate::{App, Core, convert};

/// As many bytes of texts are read only to count what is not shown; the count is then at least so much.
const COUNTED_BYTES: usize = 256 << 10;

impl App {
    /// Finds posts, after everything was read that can be found.
    pub fn search_all(&self, search: &wire::Search) -> Result<SearchResults, wire::Error> {
        self.core.search_all(search).map_err(|failure| failure.on_the_wire(self.language()))
    }
}

impl Core {
    /// Finds posts among those that were read so far; what was typed before is among them.
    pub(crate) fn search(&self, search: &wire::Search) -> Result<SearchResults, Failure> {
        let query = self.query(&search.query, search.initials)?;
        self.search.begin();
        if query.is_in_history() {
            self.search.begin_history();
        }
        // While much is read, what was typed just now waits with it.
        let caught_up = if self.search.is_busy() { Ok(()) } else { self.catch_up(false) };
        match caught_up.and_then(|()| self.found(&query, search)) {
            // It is being filled again by now.
            Err(Failure::Search(error)) if error.is_damage() => {
                Ok(SearchResults { unread: self.unread().max(1), ..SearchResults::default() })
            }
            found => found,
        }
    }

    pub(crate) fn search_all(&self, search: &wire::Search) -> Result<SearchResults, Failure> {
        let query = self.query(&search.query, search.initials)?;
        self.read_everything(&query)?;
        self.found(&query, search)
    }

    /// Reads all that a query can be about. A damaged index is filled once more.
    pub(crate) fn read_everything(&self, query: &Query) -> Result<(), Failure> {
        self.search.begin();
        if query.is_in_history() {
            self.search.begin_history();
        }
        let is_damage = |failure: &Failure| matches!(failure, Failure::Search(error) if error.is_damage());
        let probe = Asked { from: 0, most: 1, to_count: 0 };
        let read = || self.catch_up(true).and_then(|()| Ok(self.search.find(query, probe)?));
        match read() {
            Err(failure) if is_damage(&failure) => read().map(|_| ()),
            read => read.map(|_| ()),
        }
    }

    pub(crate) fn query(&self, typed: &str, initials: bool) -> Result<Query, Failure> {
        Ok(Query::parse(typed, initials, self.now().time_zone())?)
    }

    /// Everything that a query finds.
    pub(crate) fn all_found(&self, query: &Query) -> Result<Vec<FoundDocument>, Failure> {
        let all = Asked { from: 0, most: usize::MAX, to_count: usize::MAX };
        Ok(self.search.find(query, all)?.documents)
    }

    fn found(&self, query: &Query, search: &wire::Search) -> Result<SearchResults, Failure> {
        let asked = Asked {
            from: search.from as usize,
            most: search.most as usize,
            to_count: if search.count_all { usize::MAX } else { COUNTED_BYTES },
        };
        let Found { documents, total } = self.search.find(query, asked)?;
        Ok(SearchResults {
            posts: documents.into_iter().map(|document| self.found_post(document)).collect(),
            total: convert::small(total.count),
            is_all: total.is_all,
            unread: self.unread(),
        })
    }

    fn unread(&self) -> u32 {
        let unread = convert::small(self.search.unread.load(Ordering::Relaxed));
        unread.max(u32::from(self.search.is_waiting()))
    }

    fn found_post(&self, found: FoundDocument) -> FoundPost {
        let (post, file, revision) = self.whereabouts(&found.source);
        FoundPost {
            post,
            state: state_of(found.state, file.is_some()),
            file,
            revision,
            title_marks: marks(&found.title, 0, &found.title_hits),
            title: found.title,
            place: match found.place {
                Place::Title => wire::FoundPlace::Title,
                Place::Heading => wire::FoundPlace::Heading,
                Place::Body => wire::FoundPlace::Body,
            },
            at: found.at,
            hits: convert::small(found.hits),
            snippets: found.snippets.iter().map(|snippet| on_the_wire(&found.text, snippet)).collect(),
        }
    }

    fn whereabouts(
        &self,
        source: &Source,
    ) -> (Option<PostId>, Option<wire::LinkedFile>, Option<wire::FoundRevision>) {
        match source {
            Source::Draft(draft) => (Some(*draft), self.file_of_found(*draft), None),
            Source::Revision { draft, number } => {
                (Some(*draft), self.file_of_found(*draft), Some(wire::FoundRevision { number: *number }))
            }
            Source::SitePost { site, path } => (None, self.linked_file(*site, path).ok(), None),
        }
    }

    /// The file of a found draft. One that was let go of since has none.
    fn file_of_found(&self, draft: PostId) -> Option<wire::LinkedFile> {
        let file = self.library.draft(draft).ok()?.file?;
        self.linked_file(file.site, &file.path).ok()
    }
}

fn state_of(state: State, has_file: bool) -> FoundState {
    match state {
        State { trashed: true, .. } => FoundState::Trashed,
        State { changed: true, .. } => FoundState::Changed,
        State { published: true, .. } => FoundState::Published,
        _ if has_file => FoundState::KeptBack,
        _ => FoundState::Draft,
    }
}

fn on_the_wire(text: &str, snippet: &Snippet) -> wire::FoundSnippet {
    let span = snippet.span.clone();
    let start = length_on_the_wire(&text[..span.start]);
    let marks = marks(&text[span.clone()], span.start, &snippet.hits);
    let first = marks.first().copied().unwrap_or(Mark { from: 0, to: 0 });
    wire::FoundSnippet {
        line: convert::small(snippet.line),
        text: text[span].to_owned(),
        hit: Mark { from: start + first.from, to: start + first.to },
        marks,
    }
}

/// Places in a piece of a text that begins at a byte, as the window counts in the piece.
fn marks(piece: &str, begins_at: usize, places: &[Range<usize>]) -> Vec<Mark> {
    let position = |at: usize| length_on_the_wire(&piece[..at - begins_at]);
    places.iter().map(|place| Mark { from: position(place.start), to: position(place.end) }).collect()
}
