//! The search index, kept in step with the library and the sites: on a thread of its own, after a pause, since no key may
//! wait for it. Its file lies beside the library's and holds nothing that is not elsewhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, TryLockError, Weak};
use std::time::{Duration, Instant};

use postwright_search::{Asked, Document, Finder, Found, Index, Query, SearchError, Source};
use postwright_wire::{Event, PostId, SearchFilled, SiteId};

use crate::failure::Failure;
use crate::{Core, lock};

/// How long nothing more must be waiting to be read.
const PAUSE: Duration = Duration::from_secs(1);
/// How long after its start the window is left alone.
const AFTER_START: Duration = Duration::from_secs(4);
/// Documents, and bytes of their texts, that are put into the index at once.
const AT_ONCE: usize = 200;
const BYTES_AT_ONCE: usize = 4 << 20;

/// What is to be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ToRead {
    /// One post of the library.
    Post(PostId),
    /// The list of drafts.
    Drafts,
    /// The posts of a site.
    Site(SiteId),
    /// Everything but older texts.
    Everything,
    /// The older texts of all drafts.
    History,
}

/// The index and what it waits for.
pub(crate) struct SearchIndex {
    path: PathBuf,
    open: Mutex<Open>,
    finder: Mutex<Option<Finder>>,
    waiting: Mutex<Waiting>,
    /// Wakes the thread; gone with the core, which ends it.
    woken: Sender<()>,
    /// How many documents are known to be missing.
    pub(crate) unread: AtomicUsize,
    stopped: AtomicBool,
}

#[derive(Default)]
struct Open {
    index: Option<Index>,
}

#[derive(Default)]
struct Waiting {
    to_read: BTreeSet<ToRead>,
    /// Everything was asked for once: from then on, what changes is followed.
    has_begun: bool,
    /// Older texts were asked for once.
    has_history: bool,
    /// The window is left alone until then.
    not_before: Option<Instant>,
}

impl SearchIndex {
    pub(crate) fn beside(library: &Path, woken: Sender<()>) -> Self {
        let mut name = library.as_os_str().to_os_string();
        name.push(".search");
        Self {
            path: PathBuf::from(name),
            open: Mutex::default(),
            finder: Mutex::default(),
            waiting: Mutex::default(),
            woken,
            unread: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
        }
    }

    /// Has everything read, some time after the window stands.
    pub(crate) fn begin_soon(&self) {
        lock(&self.waiting).not_before = Some(Instant::now() + AFTER_START);
        self.begin();
    }

    /// Has everything read, unless that was asked for before.
    pub(crate) fn begin(&self) {
        let mut waiting = lock(&self.waiting);
        if !std::mem::replace(&mut waiting.has_begun, true) {
            waiting.to_read.insert(ToRead::Everything);
            self.wake();
        }
    }

    /// The same for older texts.
    pub(crate) fn begin_history(&self) {
        let mut waiting = lock(&self.waiting);
        if !std::mem::replace(&mut waiting.has_history, true) {
            waiting.to_read.insert(ToRead::History);
            self.wake();
        }
    }

    /// Has something read once the writer pauses.
    pub(crate) fn read_soon(&self, what: ToRead) {
        let mut waiting = lock(&self.waiting);
        if waiting.has_begun {
            if what == ToRead::Drafts && waiting.has_history {
                waiting.to_read.insert(ToRead::History);
            }
            waiting.to_read.insert(what);
            self.wake();
        }
    }

    /// Learns from what the window is told.
    pub(crate) fn follow(&self, event: &Event) {
        match event {
            Event::Stored(stored) => self.read_soon(ToRead::Post(stored.post)),
            Event::DraftsChanged(_) => self.read_soon(ToRead::Drafts),
            Event::SitePostsChanged(changed) => self.read_soon(ToRead::Site(changed.site)),
            Event::SitesChanged(_) => self.read_soon(ToRead::Everything),
            _ => {}
        }
    }

    /// Ends what is under way as soon as it can.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.wake();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// What waits and takes no time to read, so that a question sees what was typed before it; or all that waits.
    pub(crate) fn take_waiting(&self, all: bool) -> BTreeSet<ToRead> {
        let mut waiting = lock(&self.waiting);
        let is_quick = |what: &ToRead| all || matches!(what, ToRead::Post(_) | ToRead::Drafts);
        let taken = waiting.to_read.iter().copied().filter(is_quick).collect();
        waiting.to_read.retain(|what| !is_quick(what));
        taken
    }

    /// How long to wait for more before reading.
    fn rest(&self) -> Duration {
        let not_before = lock(&self.waiting).not_before;
        let rest = not_before.and_then(|time| time.checked_duration_since(Instant::now()));
        rest.unwrap_or_default().max(PAUSE)
    }

    /// Whether something waits that is not read yet.
    pub(crate) fn is_waiting(&self) -> bool {
        !lock(&self.waiting).to_read.is_empty()
    }

    fn wake(&self) {
        // Without the thread, what waits is read when somebody asks.
        let _ = self.woken.send(());
    }

    /// Whether somebody changes the index just now, which may take a second.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.open.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Changes the index. One that is damaged is thrown away and filled again.
    pub(crate) fn change<T>(
        &self,
        act: impl Fn(&mut Index) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let mut open = lock(&self.open);
        let index = match open.index.take() {
            Some(index) => Ok(index),
            None => Index::open(&self.path),
        };
        let changed = index.and_then(|mut index| {
            let value = act(&mut index)?;
            Ok((index, value))
        });
        match changed {
            Ok((index, value)) => {
                open.index = Some(index);
                Ok(value)
            }
            Err(error) if error.is_damage() => {
                self.throw_away(&mut open, &error)?;
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Asks the index.
    pub(crate) fn find(&self, query: &Query, asked: Asked) -> Result<Found, SearchError> {
        if lock(&self.finder).is_none() {
            // There is one to read from then.
            self.change(|_| Ok(()))?;
        }
        let mut finder = lock(&self.finder);
        let found = (|| {
            if finder.is_none() {
                *finder = Some(Finder::open(&self.path)?);
            }
            finder.as_mut().map(|finder| finder.find(query, asked)).transpose()
        })();
        drop(finder);
        match found {
            Err(error) if error.is_damage() => {
                self.throw_away(&mut lock(&self.open), &error)?;
                Err(error)
            }
            found => Ok(found?.unwrap_or_else(Found::nothing)),
        }
    }

    fn throw_away(&self, open: &mut Open, why: &SearchError) -> Result<(), SearchError> {
        tracing::warn!(%why, "the search index is made anew");
        *lock(&self.finder) = None;
        open.index = None;
        open.index = Some(Index::open_afresh(&self.path)?);
        let mut waiting = lock(&self.waiting);
        let has_history = waiting.has_history;
        waiting.to_read.insert(ToRead::Everything);
        if has_history {
            waiting.to_read.insert(ToRead::History);
        }
        self.wake();
        Ok(())
    }
}

/// Starts the thread; it ends with the core.
pub(crate) fn fill_when_idle(core: &Arc<Core>, woken: Receiver<()>) {
    let core = Arc::downgrade(core);
    let started = std::thread::Builder::new().name("search".to_owned()).spawn(move || run(&core, &woken));
    if let Err(error) = started {
        tracing::error!(%error, "nothing is read for the search: the thread could not be started");
    }
}

fn run(core: &Weak<Core>, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        loop {
            // Not held while it waits: the core must be able to end.
            let Some(rest) = core.upgrade().map(|core| core.search.rest()) else { return };
            match woken.recv_timeout(rest) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let Some(core) = core.upgrade().filter(|core| !core.search.is_stopped()) else { return };
        match core.catch_up(true) {
            Ok(()) => core.tell(Event::SearchFilled(SearchFilled { unread: 0 })),
            Err(failure) => tracing::warn!(%failure, "the search does not know all posts"),
        }
    }
}

impl Core {
    /// Reads what waits, all of it or what takes no time.
    pub(crate) fn catch_up(&self, all: bool) -> Result<(), Failure> {
        let to_read = self.search.take_waiting(all);
        self.read_for_search(&to_read)
    }

    fn read_for_search(&self, to_read: &BTreeSet<ToRead>) -> Result<(), Failure> {
        if to_read.is_empty() {
            return Ok(());
        }
        let read = self.read_all_of(to_read);
        self.search.unread.store(0, Ordering::Relaxed);
        if let Err(failure) = &read
            && !matches!(failure, Failure::Search(error) if error.is_damage())
        {
            // Next time, perhaps; and whoever asks is told.
            lock(&self.search.waiting).to_read.extend(to_read);
        }
        read
    }

    fn read_all_of(&self, to_read: &BTreeSet<ToRead>) -> Result<(), Failure> {
        self.library.flush()?;
        let everything = to_read.contains(&ToRead::Everything);
        if everything || to_read.contains(&ToRead::Drafts) {
            self.read_drafts_for_search()?;
        }
        for what in to_read {
            match what {
                ToRead::Post(post) => self.read_draft_for_search(*post)?,
                ToRead::Site(site) if !everything => self.read_site_for_search(*site)?,
                ToRead::Everything => self.read_sites_for_search()?,
                ToRead::History => self.read_history_for_search()?,
                ToRead::Drafts | ToRead::Site(_) => {}
            }
        }
        Ok(())
    }

    /// Puts documents into the index, some at a time, so that who asks meanwhile waits for none of it.
    pub(crate) fn put_for_search<From>(
        &self,
        sources: Vec<From>,
        read: impl Fn(From) -> Option<Document>,
    ) -> Result<(), Failure> {
        let mut left = sources.len();
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for source in sources {
            self.search.unread.store(left, Ordering::Relaxed);
            left -= 1;
            if self.search.is_stopped() {
                return Ok(());
            }
            if let Some(document) = read(source) {
                bytes += document.text.len();
                batch.push(document);
            }
            if batch.len() >= AT_ONCE || bytes >= BYTES_AT_ONCE || left == 0 {
                self.search.change(|index| index.put(&batch))?;
                while self.search.change(Index::settle)? && !self.search.is_stopped() {}
                (batch, bytes) = (Vec::new(), 0);
                if left > 0 {
                    let unread = u32::try_from(left).unwrap_or(u32::MAX);
                    self.tell(Event::SearchFilled(SearchFilled { unread }));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn remove_from_search(&self, sources: Vec<Source>) -> Result<(), Failure> {
        if sources.is_empty() {
            return Ok(());
        }
        Ok(self.search.change(|index| index.remove(&sources))?)
    }
}
