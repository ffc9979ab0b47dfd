//! Noticing that a site changes while it is open.
//!
//! What comes out says where to look, never what happened: whoever gets it compares sizes, times and hashes. Folders are
//! watched and never files, since a file that is saved by renaming another over it is lost to its watch.

mod folders;
mod worker;

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Sender},
    thread::{self, JoinHandle},
};

use crate::error::SiteError;
use worker::{Message, Worker};

/// Something changed in a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteChanged {
    /// The site's folder, as it was given to [`Watcher::watch`].
    pub root: PathBuf,
    /// Where to look, relative to the root: files and folders that came, changed or went. A folder that went stands for
    /// all that was in it. None: anywhere.
    pub paths: Option<Vec<PathBuf>>,
}

/// How a site is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The system tells of each change.
    Events,
    /// The system watches no more folders, so the site is looked through every few seconds.
    Looking,
}

/// Watches sites until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    messages: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Starts to watch; `on_change` is called on the watcher's own thread, some 80 ms after things have come to rest.
    pub fn start(on_change: impl Fn(SiteChanged) + Send + 'static) -> Result<Self, SiteError> {
        let (messages, received) = mpsc::channel();
        let events = messages.clone();
        // The handler must not keep the system's queue waiting, or the queue overflows.
        let notify = notify::recommended_watcher(move |event| {
            // Nobody receives once the watcher was dropped.
            let _ = events.send(Message::Event(event));
        })
        .map_err(|source| SiteError::not_watched(Path::new(""), source))?;
        let worker = Worker::new(notify, Box::new(on_change));
        let thread = thread::Builder::new()
            .name("site watcher".to_owned())
            .spawn(move || worker.run(&received))
            .map_err(|source| SiteError::not_watched(Path::new(""), source))?;
        Ok(Self { messages, thread: Some(thread) })
    }

    /// Watches a site, from when this returns.
    pub fn watch(&self, root: &Path) -> Result<Watching, SiteError> {
        let (reply, answer) = mpsc::channel();
        let stopped = || SiteError::not_watched(root, "the watcher has stopped");
        self.messages.send(Message::Watch(root.to_path_buf(), reply)).map_err(|_| stopped())?;
        answer.recv().map_err(|_| stopped())?
    }

    /// Watches a site no longer.
    pub fn unwatch(&self, root: &Path) {
        // A watcher that has stopped watches nothing anyway.
        let _ = self.messages.send(Message::Unwatch(root.to_path_buf()));
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.messages.send(Message::Stop);
        if let Some(thread) =
            self.thread.take().filter(|thread| thread.thread().id() != thread::current().id())
        {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;
