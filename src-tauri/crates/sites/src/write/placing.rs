//! Writing beside, then renaming into place; and back again where that fails.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Expected, FileChange, Intent, Steps,
    disk::Disk,
    intent::{expect_hash, is_there, place_of},
    settling::TakingBack,
};
use crate::{error::SiteError, path::Place};

pub(super) fn apply(
    root: &Path,
    changes: &[FileChange],
    intent: &Intent,
    steps: Steps<'_>,
) -> Result<(), SiteError> {
    let mut writing = Writing { root, intent, disk: Disk { steps }, placed: vec![false; changes.len()] };
    match writing.write(changes) {
        Ok(targets) => {
            writing.clean_up(&targets);
            Ok(())
        }
        Err(because) => {
            let back = TakingBack { root, intent, disk: writing.disk };
            match back.take_back(&|number| writing.placed[number]) {
                Ok(_) => Err(because),
                Err(SiteError::NotUndone { path, source, .. }) => {
                    Err(SiteError::NotUndone { path, source, because: Box::new(because) })
                }
                Err(other) => Err(other),
            }
        }
    }
}

struct Writing<'a> {
    root: &'a Path,
    intent: &'a Intent,
    disk: Disk<'a>,
    placed: Vec<bool>,
}

impl Writing<'_> {
    /// Answers the places of the files.
    fn write(&mut self, changes: &[FileChange]) -> Result<Vec<PathBuf>, SiteError> {
        let mut targets = Vec::with_capacity(changes.len());
        for (number, change) in changes.iter().enumerate() {
            targets.push(self.stage(number, change)?);
        }
        self.sync_folders_of(&targets)?;
        // What goes, goes last: until then the site has all that it had.
        for is_removed in [false, true] {
            for (number, change) in changes.iter().enumerate() {
                if change.content.is_none() == is_removed {
                    self.place(number, change, &targets[number])?;
                }
            }
        }
        self.sync_folders_of(&targets)?;
        Ok(targets)
    }

    /// Writes a file beside its place, and gives the old one a second name.
    fn stage(&self, number: usize, change: &FileChange) -> Result<PathBuf, SiteError> {
        let rel = &change.path;
        let writing = |source| SiteError::writing(rel, source);
        let place = place_of(self.root, change)?;
        let target = place.file();
        match &change.expected {
            Expected::Absent if is_there(&target) => {
                return Err(SiteError::TargetExists { path: rel.clone() });
            }
            Expected::Absent => {}
            Expected::Hash(hash) => {
                expect_hash(rel, &target, hash)?;
                if fs::metadata(&target).map_err(writing)?.permissions().readonly() {
                    return Err(writing(io::ErrorKind::PermissionDenied.into()));
                }
                self.disk.keep_old(&target, &self.intent.old_beside(&target, number)).map_err(writing)?;
            }
        }
        self.make_folders(&place).map_err(writing)?;
        if let Some(bytes) = &change.content {
            let like = (change.expected != Expected::Absent).then_some(target.as_path());
            self.disk.create(&self.intent.new_beside(&target, number), bytes, like).map_err(writing)?;
        }
        Ok(target)
    }

    fn make_folders(&self, place: &Place) -> io::Result<()> {
        let mut folder = place.existing.clone();
        for name in &place.missing {
            let inner = folder.join(name);
            self.disk.make_folder(&inner)?;
            self.disk.sync_folder(&folder)?;
            folder = inner;
        }
        Ok(())
    }

    /// Renames a file into its place, or removes it.
    fn place(&mut self, number: usize, change: &FileChange, target: &Path) -> Result<(), SiteError> {
        place(self.disk, self.intent, number, target)?;
        self.placed[number] = true;
        tracing::trace!(path = change.path, "placed");
        Ok(())
    }

    fn sync_folders_of(&self, targets: &[PathBuf]) -> Result<(), SiteError> {
        let mut folders: Vec<&Path> = targets.iter().filter_map(|target| target.parent()).collect();
        folders.sort();
        folders.dedup();
        folders.into_iter().try_for_each(|folder| {
            let failed = |source| SiteError::writing(&crate::error::shown(folder), source);
            self.disk.sync_folder(folder).map_err(failed)
        })
    }

    /// Takes away the second names. All is done: what cannot be taken away now can be later.
    fn clean_up(&self, targets: &[PathBuf]) {
        let back = TakingBack { root: self.root, intent: self.intent, disk: self.disk };
        for (number, target) in targets.iter().enumerate() {
            if let Err(error) = back.sweep(number, target) {
                tracing::debug!(?target, %error, "an old file's second name stays");
            }
        }
        back.remove_folders(&self.intent.left_folders);
    }
}

/// Renames the file that waits beside its place into it, or removes what is there, if what is there is what the
/// intent says.
pub(super) fn place(disk: Disk<'_>, intent: &Intent, number: usize, target: &Path) -> Result<(), SiteError> {
    let file = &intent.files[number];
    let rel = &file.path;
    let new = intent.new_beside(target, number);
    let placed = match (&file.before, &file.after) {
        (None, None) => Ok(()),
        (None, Some(_)) => disk.place_new(&new, target),
        (Some(hash), after) => {
            expect_hash(rel, target, hash)?;
            if after.is_some() { disk.replace(&new, target) } else { disk.remove(target) }
        }
    };
    placed.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => SiteError::TargetExists { path: rel.clone() },
        _ => SiteError::writing(rel, source),
    })
}
