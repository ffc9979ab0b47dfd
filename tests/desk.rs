//! A writer's desk without a window: the core over a library in a temporary folder, its events collected.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use postwright_app::{App, AskBeforeStep, OnDamage, Options};
use postwright_wire::{self as wire, Call, Event, Language, PostId, Reply, Selection};

/// A core, its library and its events.
pub struct Desk {
    /// The core.
    pub app: App,
    /// The folder that everything of this desk lies in; goes with the desk.
    pub folder: tempfile::TempDir,
    events: Arc<(Mutex<Vec<Event>>, Condvar)>,
    /// How many milliseconds later than noon it is.
    later: Arc<AtomicI64>,
}

impl Desk {
    /// A desk with an empty library, at noon of 21 November 2026 in Seoul.
    pub fn new() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap())
    }

    /// A desk in a folder that may hold a library already.
    pub fn in_folder(folder: tempfile::TempDir) -> Self {
        let events = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let later = Arc::default();
        let options = options(&folder.path().join("library.db"), Arc::clone(&events), Arc::clone(&later));
        Self { app: App::open(options).unwrap(), folder, events, later }
    }

    /// The same, whose writes into sites ask before each step.
    pub fn in_steps(folder: tempfile::TempDir, steps: Arc<AskBeforeStep>) -> Self {
        let events = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let later = Arc::default();
        let options = options(&folder.path().join("library.db"), Arc::clone(&events), Arc::clone(&later));
        Self { app: App::open_in_steps(options, steps).unwrap(), folder, events, later }
    }

    /// The same in a folder of somebody else's, which stays.
    pub fn in_borrowed_folder(folder: &Path, steps: Arc<AskBeforeStep>) -> Self {
        let mut desk = Self::in_steps(tempfile::tempdir_in(folder).unwrap(), Arc::clone(&steps));
        let options = options(&folder.join("library.db"), Arc::clone(&desk.events), Arc::clone(&desk.later));
        desk.app = App::open_in_steps(options, steps).unwrap();
        desk
    }

    /// Lets everything go as a crash does, and opens what is on the disk, writing in steps from then on.
    pub fn crashed_into(self, steps: Arc<AskBeforeStep>) -> Self {
        let Self { app, folder, later, .. } = self;
        drop(app);
        let desk = Self::in_steps(folder, steps);
        desk.later.store(later.load(Ordering::Relaxed), Ordering::Relaxed);
        desk
    }

    /// Lets everything go as a crash does, and opens what is on the disk.
    pub fn after_a_crash(self) -> Self {
        self.crashed_into(Arc::new(|_| Ok(())))
    }

    /// Closes the app and opens it again, as a restart does.
    pub fn restarted(self) -> Self {
        let Self { app, folder, later, .. } = self;
        app.close();
        drop(app);
        let desk = Self::in_folder(folder);
        desk.later.store(later.load(Ordering::Relaxed), Ordering::Relaxed);
        desk
    }

    /// Lets time pass: the clock, not the test.
    pub fn minutes_later(&self, minutes: i64) {
        self.later.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }

    /// A path inside the desk's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file under the desk's folder, and the folders above it.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Answers a call that must succeed.
    #[track_caller]
    pub fn call(&self, call: Call) -> Reply {
        self.app.answer(call).unwrap()
    }

    /// A new draft with a text.
    #[track_caller]
    pub fn draft(&self, text: &str) -> wire::OpenedPost {
        let Reply::NewDraft(post) = self.call(Call::NewDraft(wire::NewDraft { text: text.to_owned() }))
        else {
            unreachable!()
        };
        post
    }

    /// Opens a post of a site.
    #[track_caller]
    pub fn open_site_post(&self, site: u32, path: &str) -> wire::OpenedPost {
        let open = wire::OpenSitePost { site, path: path.to_owned() };
        let Reply::OpenSitePost(post) = self.call(Call::OpenSitePost(open)) else { unreachable!() };
        post
    }

    /// Replaces a range of an open post, and waits until the edit is on disk.
    #[track_caller]
    pub fn edit(&self, post: PostId, base: u32, from: u32, to: u32, insert: &str) -> wire::Applied {
        let changes = vec![wire::Change { from, to, insert: insert.to_owned() }];
        let applied = self.apply(post, base, changes);
        self.wait_for(
            |event| matches!(event, Event::Stored(stored) if stored.post == post && stored.revision > base),
        );
        applied
    }

    /// Applies changes as the editor does.
    #[track_caller]
    pub fn apply(&self, post: PostId, base: u32, changes: Vec<wire::Change>) -> wire::Applied {
        self.apply_edit(post, base, changes, None)
    }

    /// Applies changes that take over what a file came to hold.
    #[track_caller]
    pub fn apply_and_take_over(&self, post: PostId, base: u32, changes: Vec<wire::Change>, hash: String) {
        self.apply_edit(post, base, changes, Some(hash));
    }

    #[track_caller]
    fn apply_edit(
        &self,
        post: PostId,
        base: u32,
        changes: Vec<wire::Change>,
        takes_over: Option<String>,
    ) -> wire::Applied {
        let head =
            changes.last().map_or(0, |change| change.from + change.insert.encode_utf16().count() as u32);
        let edit = wire::Edit {
            post,
            base,
            changes,
            selection: Selection { anchor: head, head },
            takes_over,
            step: None,
        };
        match self.call(Call::Edit(edit)) {
            Reply::Edit(wire::Edited::Applied(applied)) => *applied,
            other => panic!("not applied: {other:?}"),
        }
    }

    /// Saves a post.
    pub fn save(&self, post: PostId) -> Result<Reply, wire::Error> {
        self.app.answer(Call::SavePost(wire::SavePost { post }))
    }

    /// How many events of a sort have come and were not waited for.
    pub fn heard(&self, is_it: impl Fn(&Event) -> bool) -> usize {
        self.events.0.lock().unwrap().iter().filter(|event| is_it(event)).count()
    }

    /// Waits for an event, for at most ten seconds, and takes all events up to it.
    #[track_caller]
    pub fn wait_for(&self, is_it: impl Fn(&Event) -> bool) -> Event {
        let deadline = Instant::now() + Duration::from_secs(10);
        let (events, changed) = &*self.events;
        let mut events = events.lock().unwrap();
        loop {
            if let Some(place) = events.iter().position(&is_it) {
                return events.drain(..=place).next_back().unwrap();
            }
            let left = deadline.checked_duration_since(Instant::now());
            let left = left.unwrap_or_else(|| panic!("the event did not come; there were {events:?}"));
            events = changed.wait_timeout(events, left).unwrap().0;
        }
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// Opens a library the way the shell does.
pub fn open(library: &Path, events: Arc<(Mutex<Vec<Event>>, Condvar)>) -> Result<App, wire::Error> {
    App::open(options(library, events, Arc::default()))
}

fn options(library: &Path, events: Arc<(Mutex<Vec<Event>>, Condvar)>, later: Arc<AtomicI64>) -> Options {
    Options {
        library: library.to_owned(),
        language: Some(Language::En),
        system_language: Language::En,
        now: Arc::new(move || {
            let later = jiff::SignedDuration::from_millis(later.load(Ordering::Relaxed));
            postwright_testkit::noon_in_seoul().saturating_add(later)
        }),
        image_base: "postwright://localhost".to_owned(),
        program_folders: library.parent().map(|folder| folder.join("bin")).into_iter().collect(),
        on_damage: OnDamage::Recover,
        events: Arc::new(move |event| {
            events.0.lock().unwrap().push(event);
            events.1.notify_all();
        }),
    }
}
