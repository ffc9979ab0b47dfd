//! The thread that gathers events and tells of them when they have come to rest.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use notify::{
    ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{ModifyKind, RenameMode},
};

use super::{SiteChanged, Watching, folders};
use crate::error::SiteError;

/// How long nothing may happen before what happened is told.
const REST: Duration = Duration::from_millis(80);
/// How long it is kept back at most while things go on.
const LONGEST_WAIT: Duration = Duration::from_millis(500);
/// How often it is checked that a root is still the folder that is watched.
const ROOT_CHECK: Duration = Duration::from_secs(1);
/// How often a site is looked through that the system does not watch.
const LOOK: Duration = Duration::from_secs(5);
/// With more paths than these, looking everywhere is cheaper.
const MOST_PATHS: usize = 2_000;
/// Whether each folder is watched on its own, so that ignored ones are not; elsewhere the system watches whole trees.
const FOLDER_BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What the thread is told.
pub(super) enum Message {
    /// The system saw something.
    Event(notify::Result<Event>),
    /// Watch this site.
    Watch(PathBuf, Sender<Result<Watching, SiteError>>),
    /// Watch this site no longer.
    Unwatch(PathBuf),
    /// End.
    Stop,
}

/// The thread's state.
pub(super) struct Worker {
    notify: RecommendedWatcher,
    on_change: Box<dyn Fn(SiteChanged) + Send>,
    sites: Vec<Site>,
}

struct Site {
    /// As it was given.
    root: PathBuf,
    /// Without links, which is how events name it.
    real: PathBuf,
    /// Which folder is watched; none while there is none.
    identity: Option<folders::Identity>,
    /// If it is looked through: what was seen last, and when.
    looked: Option<(u64, Instant)>,
    pending: Option<Pending>,
}

struct Pending {
    paths: BTreeSet<PathBuf>,
    everything: bool,
    first: Instant,
    last: Instant,
}

impl Worker {
    pub(super) fn new(notify: RecommendedWatcher, on_change: Box<dyn Fn(SiteChanged) + Send>) -> Self {
        Self { notify, on_change, sites: Vec::new() }
    }

    pub(super) fn run(mut self, messages: &Receiver<Message>) {
        let mut checked = Instant::now();
        loop {
            match messages.recv_timeout(self.patience()) {
                Ok(Message::Event(event)) => self.event(event),
                Ok(Message::Watch(root, reply)) => {
                    // Whoever asked may have gone.
                    let _ = reply.send(self.watch(root));
                }
                Ok(Message::Unwatch(root)) => self.unwatch(&root),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if checked.elapsed() >= ROOT_CHECK {
                (0..self.sites.len()).for_each(|at| self.check(at));
                checked = Instant::now();
            }
            self.tell();
        }
    }

    /// How long to wait for the next message.
    fn patience(&self) -> Duration {
        if self.sites.is_empty() {
            return Duration::from_secs(3600);
        }
        let due = self.sites.iter().filter_map(|site| site.pending.as_ref()).map(Pending::due).min();
        due.map_or(ROOT_CHECK, |due| due.saturating_duration_since(Instant::now()).min(ROOT_CHECK))
    }

    fn tell(&mut self) {
        let now = Instant::now();
        for site in &mut self.sites {
            if let Some(pending) = site.pending.take_if(|pending| pending.due() <= now) {
                let paths = (!pending.everything).then(|| pending.paths.into_iter().collect());
                (self.on_change)(SiteChanged { root: site.root.clone(), paths });
            }
        }
    }

    fn watch(&mut self, root: PathBuf) -> Result<Watching, SiteError> {
        if let Some(site) = self.sites.iter().find(|site| site.root == root) {
            return Ok(site.watching());
        }
        let real = root.canonicalize().map_err(|source| SiteError::not_watched(&root, source))?;
        let mut site = Site { root, real, identity: None, looked: None, pending: None };
        self.attach(&mut site)?;
        let watching = site.watching();
        self.sites.push(site);
        Ok(watching)
    }

    fn unwatch(&mut self, root: &Path) {
        let Some(at) = self.sites.iter().position(|site| site.root == root) else { return };
        let site = self.sites.remove(at);
        let (inside, _) =
            if FOLDER_BY_FOLDER { folders::contents(&site.real) } else { (vec![site.real.clone()], vec![]) };
        for folder in
            inside.iter().filter(|folder| !self.sites.iter().any(|other| folder.starts_with(&other.real)))
        {
            // Folders that went away are watched no longer anyway.
            let _ = self.notify.unwatch(folder);
        }
    }

    /// Starts to watch the folder that is at the site's root now.
    fn attach(&mut self, site: &mut Site) -> Result<(), SiteError> {
        site.identity = folders::identity(&site.real);
        if site.identity.is_none() {
            return Err(SiteError::not_watched(
                &site.root,
                std::io::Error::from(std::io::ErrorKind::NotADirectory),
            ));
        }
        let watched = if FOLDER_BY_FOLDER {
            self.add_folders(&site.real, &site.real).map(drop)
        } else {
            self.notify.watch(&site.real, RecursiveMode::Recursive)
        };
        match watched {
            Ok(()) => site.looked = None,
            Err(error) if is_exhausted(&error) => {
                tracing::warn!(root = ?site.root, "no watches left; looking every few seconds");
                site.looked = Some((folders::fingerprint(&site.real), Instant::now()));
            }
            Err(error) => return Err(SiteError::not_watched(&site.root, error)),
        }
        Ok(())
    }

    /// Watches a folder and those in it; answers what is there. Each is read after its watch began, so nothing is lost
    /// between the two.
    fn add_folders(&mut self, root: &Path, folder: &Path) -> notify::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut left = vec![folder.to_path_buf()];
        while let Some(folder) = left.pop() {
            match self.notify.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if is_gone(&error) => continue,
                watched => watched?,
            }
            let (inside, files) = folders::entries(root, &folder);
            found.extend(files);
            found.push(folder);
            left.extend(inside);
        }
        Ok(found)
    }

    fn event(&mut self, event: notify::Result<Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(%error, "watching");
                self.rescan();
                return;
            }
        };
        if event.need_rescan() {
            self.rescan();
        } else if !matches!(event.kind, EventKind::Access(_)) {
            let comes = may_bring_a_folder(&event.kind);
            event.paths.iter().for_each(|path| self.touched(path, comes));
        }
    }

    fn touched(&mut self, path: &Path, comes: bool) {
        for at in 0..self.sites.len() {
            let Ok(below) = path.strip_prefix(&self.sites[at].real).map(Path::to_path_buf) else { continue };
            if below.as_os_str().is_empty() {
                self.check(at);
            } else if !folders::is_ignored(&below) {
                if comes && FOLDER_BY_FOLDER && path.is_dir() && !path.is_symlink() {
                    self.folder_came(at, path);
                }
                self.sites[at].pending().paths.insert(below);
            }
        }
    }

    fn folder_came(&mut self, at: usize, folder: &Path) {
        let real = self.sites[at].real.clone();
        match self.add_folders(&real, folder) {
            Ok(found) => {
                let site = &mut self.sites[at];
                let below = found.iter().filter_map(|path| path.strip_prefix(&real).ok());
                site.pending()
                    .paths
                    .extend(below.filter(|below| !folders::is_ignored(below)).map(Path::to_path_buf));
            }
            Err(error) => {
                tracing::warn!(?folder, %error, "a new folder cannot be watched; looking every few seconds");
                let site = &mut self.sites[at];
                site.looked = Some((folders::fingerprint(&site.real), Instant::now()));
                site.pending().everything = true;
            }
        }
    }

    /// After events were lost: everything may have changed, and new folders are not watched yet.
    fn rescan(&mut self) {
        for at in 0..self.sites.len() {
            self.attach_again(at);
        }
    }

    /// Whether the site's root is still the folder that is watched, and whether a site that is looked through changed.
    fn check(&mut self, at: usize) {
        let site = &mut self.sites[at];
        let found = folders::identity(&site.real);
        if found != site.identity {
            self.attach_again(at);
            return;
        }
        if let Some((seen, _)) = site.looked.filter(|(_, when)| when.elapsed() >= LOOK) {
            let now = folders::fingerprint(&site.real);
            site.looked = Some((now, Instant::now()));
            if now != seen {
                site.pending().everything = true;
            }
        }
    }

    fn attach_again(&mut self, at: usize) {
        let mut site = self.sites.remove(at);
        if folders::identity(&site.real) != site.identity {
            // The system still follows the old folder, wherever that is now.
            let _ = self.notify.unwatch(&site.real);
        }
        if let Err(error) = self.attach(&mut site) {
            tracing::debug!(%error, "a site's folder is away");
        }
        site.pending().everything = true;
        self.sites.insert(at, site);
    }
}

impl Site {
    fn watching(&self) -> Watching {
        if self.looked.is_some() { Watching::Looking } else { Watching::Events }
    }

    fn pending(&mut self) -> &mut Pending {
        let now = Instant::now();
        let fresh = || Pending { paths: BTreeSet::new(), everything: false, first: now, last: now };
        let pending = self.pending.get_or_insert_with(fresh);
        pending.last = now;
        if pending.paths.len() > MOST_PATHS {
            pending.everything = true;
            pending.paths.clear();
        }
        pending
    }
}

impl Pending {
    fn due(&self) -> Instant {
        (self.last + REST).min(self.first + LONGEST_WAIT)
    }
}

fn may_bring_a_folder(kind: &EventKind) -> bool {
    match kind {
        EventKind::Modify(ModifyKind::Name(mode)) => *mode != RenameMode::From,
        kind => kind.is_create() || matches!(kind, EventKind::Any | EventKind::Other),
    }
}

fn is_exhausted(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        ErrorKind::Io(source) => source.kind() == std::io::ErrorKind::StorageFull,
        _ => false,
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(source) => {
            matches!(source.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
        }
        _ => false,
    }
}
