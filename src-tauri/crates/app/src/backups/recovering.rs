//! Opens the library, or what can be had instead of it when it is damaged.

use std::path::{Path, PathBuf};

use postwright_drafts::{
    BackupFolder, Library, LibraryError, Salvage, finish_exchange, place_of_damaged, replace_damaged,
};
use postwright_wire::Milliseconds;

use super::{Backup, backups_in};
use crate::OnDamage;

/// An open library, and what had to be done to open it.
pub(crate) struct Opened {
    pub(crate) library: Library,
    pub(crate) recovery: Option<Recovery>,
}

/// What was done to open a library that was not whole.
#[derive(Debug)]
pub(crate) struct Recovery {
    /// When the backup was made that was taken; none: there was none that can be read.
    pub(crate) backup: Option<Milliseconds>,
    /// Where the damaged library is kept; none: it was whole, but older than its backup.
    pub(crate) kept: Option<PathBuf>,
    /// What was brought over.
    pub(crate) salvage: Salvage,
}

/// Opens the library. A damaged one gives its place to its newest good backup, into which comes what can still be
/// read of it; one that is behind its backup gets from that what it lacks.
pub(crate) fn open(path: &Path, on_damage: OnDamage, now: Milliseconds) -> Result<Opened, LibraryError> {
    if on_damage == OnDamage::Say {
        return Ok(Opened { library: Library::open(path, now)?, recovery: None });
    }
    // What was begun is finished first: until then it is not said which file is the library.
    finish_exchange(path)?;
    let folder = BackupFolder::of(path);
    if folder.is_damage_noted() && has_flaws(path)? {
        return recover(path, now);
    }
    folder.forget_damage()?;
    match Library::open(path, now) {
        Ok(library) => match folder.noted_salvage() {
            Some(kept) => bring_over(library, None, kept, now),
            None => catch_up(library, now),
        },
        Err(LibraryError::Damaged { .. }) => recover(path, now),
        Err(other) => Err(other),
    }
}

fn recover(path: &Path, now: Milliseconds) -> Result<Opened, LibraryError> {
    let folder = BackupFolder::of(path);
    let backup = newest_good_backup(path);
    // A start that is cut short from here on is gone on with by the next one.
    folder.note_salvage(&place_of_damaged(path, now))?;
    let kept = replace_damaged(path, backup.as_ref().map(|backup| backup.path.as_path()), now)?;
    folder.forget_damage()?;
    bring_over(Library::open(path, now)?, backup.map(|backup| backup.at), kept, now)
}

fn bring_over(
    library: Library,
    backup: Option<Milliseconds>,
    kept: PathBuf,
    now: Milliseconds,
) -> Result<Opened, LibraryError> {
    let salvage = match Library::look_into_remains(&kept) {
        Ok(damaged) => library.salvage(&damaged, now)?,
        Err(error) => {
            tracing::warn!(%error, "nothing can be read of the damaged library");
            Salvage::default()
        }
    };
    BackupFolder::of(library.path()).forget_salvage()?;
    Ok(Opened { library, recovery: Some(Recovery { backup, kept: Some(kept), salvage }) })
}

/// Where the log of the library is lost, or an older file lies in its place, its newest backup knows more. One from
/// before the writer restored another does not count.
fn catch_up(library: Library, now: Milliseconds) -> Result<Opened, LibraryError> {
    let folder = BackupFolder::of(library.path());
    let restored = folder.restored_at().unwrap_or(Milliseconds::MIN);
    let newest = backups_in(&folder).into_iter().next().filter(|backup| backup.at > restored);
    let known = newest.and_then(|backup| Some((Library::look_into(&backup.path).ok()?, backup.at)));
    let recovery = match known {
        Some((backup, at))
            if library.read_only().is_none() && library.is_behind(&backup).unwrap_or(false) =>
        {
            Some(Recovery { backup: Some(at), kept: None, salvage: library.salvage(&backup, now)? })
        }
        _ => None,
    };
    Ok(Opened { library, recovery })
}

fn newest_good_backup(path: &Path) -> Option<Backup> {
    backups_in(&BackupFolder::of(path)).into_iter().find(|backup| {
        let examined = Library::look_into(&backup.path).and_then(|backup| backup.examine());
        examined.is_ok_and(|found| found.flaws.is_empty())
    })
}

fn has_flaws(path: &Path) -> Result<bool, LibraryError> {
    match Library::look_into(path).and_then(|library| library.examine()) {
        Ok(found) => Ok(!found.flaws.is_empty()),
        Err(LibraryError::Damaged { .. }) => Ok(true),
        Err(other) => Err(other),
    }
}
