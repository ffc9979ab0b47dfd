//! A write that was cut short is finished, or taken back.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Intent, Steps, disk::Disk, intent::is_there, placing::place};
use crate::{
    error::SiteError,
    path::{self, Use},
    read::hash_of,
};

/// What became of a write that was cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Every file is as it was to be, but for what somebody else has made of it since.
    Done,
    /// Every file is as it was before.
    TakenBack {
        /// Files that somebody else has changed since; they were left alone.
        changed: Vec<String>,
    },
}

/// Finishes the write of an intent, or takes it back, whatever it was cut short at; and takes its leftovers away.
///
/// It is finished if its first file had come to its place and nothing has changed since. What somebody else wrote over
/// a file stays in any case.
pub fn settle(root: &Path, intent: &Intent, steps: Steps<'_>) -> Result<Settled, SiteError> {
    // Without its folder nothing can be said of a site: its disk may be out.
    path::real_root(root)?;
    let back = TakingBack { root, intent, disk: Disk { steps } };
    let states: Vec<State> = (0..intent.files.len()).map(|number| back.state(number)).collect();
    let can_be_finished = states.iter().all(|state| matches!(state, State::Placed | State::Waiting));
    let has_begun = states.contains(&State::Placed);
    let waits = |number: usize| states[number] == State::Waiting;
    if has_begun && (can_be_finished || back.was_done(&states)) && back.finish(&waits).is_ok() {
        return Ok(Settled::Done);
    }
    // What was placed just now is to be taken back, too.
    let placed_by_now = |number: usize| back.state(number) == State::Placed;
    back.take_back(&placed_by_now).map(|changed| Settled::TakenBack { changed })
}

/// How far a write has come with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// As before, and all that it needs is beside its place.
    Waiting,
    /// As it shall be.
    Placed,
    /// As before, and what was to come is not there.
    Untouched,
    /// Neither: somebody else's.
    Changed,
}

#[derive(Clone, Copy)]
pub(super) struct TakingBack<'a> {
    pub(super) root: &'a Path,
    pub(super) intent: &'a Intent,
    pub(super) disk: Disk<'a>,
}

impl TakingBack<'_> {
    /// Where a file of the intent belongs; none where its way leads out of the site by now.
    fn target(&self, number: usize) -> Option<PathBuf> {
        let file = &self.intent.files[number];
        let used = if file.before.is_none() { Use::New } else { Use::Existing };
        path::resolve_place(self.root, &file.path, used).ok().map(|place| place.file())
    }

    fn state(&self, number: usize) -> State {
        let file = &self.intent.files[number];
        let Some(target) = self.target(number) else { return State::Changed };
        let new = self.intent.new_beside(&target, number);
        let Ok(now) = hash_at(&target) else { return State::Changed };
        let waits = file.after.is_none() || hash_at(&new).is_ok_and(|hash| hash == file.after);
        if now == file.before {
            if waits { State::Waiting } else { State::Untouched }
        } else if now == file.after && !is_there(&new) {
            State::Placed
        } else {
            // A file that still waits was not placed, even if somebody wrote the same bytes into its place.
            State::Changed
        }
    }

    /// Whether every file had come to its place, whatever somebody else made of it then. Before
    /// that no old name is taken away, and some new file waits.
    fn was_done(&self, states: &[State]) -> bool {
        let is_gone = |number: usize, name: fn(&Intent, &Path, usize) -> PathBuf| {
            self.target(number).is_none_or(|target| !is_there(&name(self.intent, &target, number)))
        };
        let mut all_placed = true;
        for (number, state) in states.iter().enumerate() {
            let file = &self.intent.files[number];
            if *state == State::Placed && file.before.is_some() && is_gone(number, Intent::old_beside) {
                return true;
            }
            all_placed &= *state == State::Placed
                || *state == State::Changed && file.after.is_some() && is_gone(number, Intent::new_beside);
        }
        all_placed
    }

    /// Places what still waits.
    fn finish(&self, waits: &dyn Fn(usize) -> bool) -> Result<(), SiteError> {
        let targets: Vec<Option<PathBuf>> =
            (0..self.intent.files.len()).map(|number| self.target(number)).collect();
        for (number, target) in targets.iter().enumerate() {
            if let Some(target) = target.as_ref().filter(|_| waits(number)) {
                place(self.disk, self.intent, number, target)?;
            }
        }
        for (number, target) in targets.iter().enumerate() {
            let Some(target) = target else { continue };
            let failed = |source| SiteError::writing(&self.intent.files[number].path, source);
            // One that was left empty is gone by now.
            if let Some(folder) = target.parent().filter(|folder| folder.is_dir()) {
                self.disk.sync_folder(folder).map_err(failed)?;
            }
            if let Err(error) = self.sweep(number, target) {
                tracing::debug!(?target, %error, "an old file's second name stays");
            }
        }
        self.remove_folders(&self.intent.left_folders);
        Ok(())
    }

    /// Puts everything back, the last first, and answers what somebody else has changed.
    pub(super) fn take_back(&self, is_placed: &dyn Fn(usize) -> bool) -> Result<Vec<String>, SiteError> {
        let (mut changed, mut failed) = (Vec::new(), None);
        for number in (0..self.intent.files.len()).rev() {
            let path = self.intent.files[number].path.clone();
            match self.take_one_back(number, is_placed(number)) {
                Ok(true) => {}
                Ok(false) => changed.push(path),
                Err(source) => failed = Some((path, source)),
            }
        }
        if let Some((path, source)) = failed {
            // What is beside its place is needed for the next try.
            let because = Box::new(SiteError::Interrupted);
            return Err(SiteError::NotUndone { path, source, because });
        }
        for number in 0..self.intent.files.len() {
            if let Some(target) = self.target(number)
                && let Err(source) = self.sweep(number, &target)
            {
                let (path, because) =
                    (self.intent.files[number].path.clone(), Box::new(SiteError::Interrupted));
                return Err(SiteError::NotUndone { path, source, because });
            }
        }
        let made: Vec<String> = self.intent.new_folders.iter().rev().cloned().collect();
        self.remove_folders(&made);
        changed.reverse();
        Ok(changed)
    }

    /// False if the file is somebody else's by now.
    fn take_one_back(&self, number: usize, is_placed: bool) -> io::Result<bool> {
        let file = &self.intent.files[number];
        let Some(target) = self.target(number) else { return Ok(false) };
        let now = hash_at(&target)?;
        if now == file.before {
            return Ok(true);
        }
        if !is_placed || now != file.after {
            return Ok(false);
        }
        let old = self.intent.old_beside(&target, number);
        match &file.before {
            None => self.disk.remove(&target)?,
            Some(_) if hash_at(&old)? != file.before => return Err(io::ErrorKind::NotFound.into()),
            Some(_) if now.is_none() => self.disk.place_new(&old, &target)?,
            Some(_) => self.disk.replace(&old, &target)?,
        }
        target.parent().map_or(Ok(()), |folder| self.disk.sync_folder(folder))?;
        Ok(true)
    }

    /// Takes away what is beside a file's place.
    pub(super) fn sweep(&self, number: usize, target: &Path) -> io::Result<()> {
        for leftover in [self.intent.new_beside(target, number), self.intent.old_beside(target, number)] {
            if is_there(&leftover) {
                self.disk.remove(&leftover)?;
            }
        }
        Ok(())
    }

    pub(super) fn remove_folders(&self, folders: &[String]) {
        for folder in folders {
            let Ok(real) = path::resolve_existing(self.root, folder) else { continue };
            if let Err(error) = self.disk.remove_if_empty(&real) {
                tracing::debug!(folder, %error, "a folder stays");
            }
        }
    }
}

/// The hash of the file at a place; none if there is nothing.
fn hash_at(target: &Path) -> io::Result<Option<String>> {
    match fs::read(target) {
        Ok(bytes) => Ok(Some(hash_of(&bytes))),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
