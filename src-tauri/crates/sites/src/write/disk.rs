//! The steps that a write takes on the disk.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use tempfile::TempPath;

/// One step of a write, before which a write can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A library or another journal notes what will be or was done.
    Note,
    /// A folder is made.
    MakeFolder,
    /// A file is made beside its place.
    Create,
    /// Bytes go into it.
    Write,
    /// They are brought to the disk.
    Sync,
    /// The old file is given a second name.
    KeepOld,
    /// A file is renamed into its place.
    Place,
    /// A file is removed.
    Remove,
    /// A folder is removed.
    RemoveFolder,
    /// The names in a folder are brought to the disk.
    SyncFolder,
}

/// Asked before each step; what it fails with is taken for the disk's own failure.
pub type Steps<'s> = &'s (dyn Fn(Step) -> io::Result<()> + Send + Sync);

/// Lets every step be taken.
pub fn all_steps(_: Step) -> io::Result<()> {
    Ok(())
}

/// Bytes that are written between two steps.
const AT_ONCE: usize = 64 * 1024;

/// The disk, which is changed step by step.
#[derive(Clone, Copy)]
pub(super) struct Disk<'s> {
    pub(super) steps: Steps<'s>,
}

impl Disk<'_> {
    /// Makes a folder; false if somebody else has made it.
    pub(super) fn make_folder(self, folder: &Path) -> io::Result<bool> {
        (self.steps)(Step::MakeFolder)?;
        match fs::create_dir(folder) {
            Ok(()) => Ok(true),
            // If it is not a folder, what comes next fails.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Makes a file that was not there, on the disk when this returns, with owner and mode of `like`.
    pub(super) fn create(self, path: &Path, bytes: &[u8], like: Option<&Path>) -> io::Result<()> {
        (self.steps)(Step::Create)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        if let Some(old) = like {
            keep_owner_and_mode(old, &file, path)?;
        }
        for part in bytes.chunks(AT_ONCE) {
            (self.steps)(Step::Write)?;
            file.write_all(part)?;
        }
        (self.steps)(Step::Sync)?;
        file.sync_all()
    }

    /// Gives a file a second name, so that it can be put back without asking the disk for room.
    pub(super) fn keep_old(self, target: &Path, name: &Path) -> io::Result<()> {
        (self.steps)(Step::KeepOld)?;
        match fs::hard_link(target, name) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some file systems have no second names.
            Err(_) => self.create(name, &fs::read(target)?, Some(target)),
        }
    }

    /// Renames a file over another.
    pub(super) fn replace(self, from: &Path, target: &Path) -> io::Result<()> {
        (self.steps)(Step::Place)?;
        fs::rename(from, target)
    }

    /// Renames a file to a name that must be free.
    pub(super) fn place_new(self, from: &Path, target: &Path) -> io::Result<()> {
        (self.steps)(Step::Place)?;
        TempPath::try_from_path(from)?.persist_noclobber(target).map_err(|failed| {
            // It would be removed where it goes out of use; that is ours to do.
            if let Err(error) = failed.path.keep() {
                tracing::debug!(?from, %error, "a file beside its place is gone");
            }
            failed.error
        })
    }

    /// Removes a file; one that is not there is fine.
    pub(super) fn remove(self, path: &Path) -> io::Result<()> {
        (self.steps)(Step::Remove)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes a folder if it is empty: what somebody put into it is theirs.
    pub(super) fn remove_if_empty(self, folder: &Path) -> io::Result<()> {
        (self.steps)(Step::RemoveFolder)?;
        if let Err(error) = fs::remove_dir(folder) {
            tracing::debug!(?folder, %error, "a folder stays");
            return Ok(());
        }
        folder.parent().map_or(Ok(()), |parent| self.sync_folder(parent))
    }

    /// Brings the names in a folder to the disk.
    pub(super) fn sync_folder(self, folder: &Path) -> io::Result<()> {
        (self.steps)(Step::SyncFolder)?;
        sync_names(folder)
    }
}

#[cfg(unix)]
fn sync_names(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network file systems have no sync for folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        done => done,
    }
}

#[cfg(not(unix))]
fn sync_names(_: &Path) -> io::Result<()> {
    // Windows opens no folder for this, and writes names through its journal.
    Ok(())
}

#[cfg(unix)]
fn keep_owner_and_mode(target: &Path, new: &File, new_path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let old = fs::metadata(target)?;
    let fresh = new.metadata()?;
    if (old.uid(), old.gid()) != (fresh.uid(), fresh.gid()) {
        // Only root may give a file away; the group at least may be ours to set.
        let given = chown(new_path, Some(old.uid()), Some(old.gid()))
            .or_else(|_| chown(new_path, None, Some(old.gid())));
        if let Err(error) = given {
            tracing::debug!(?target, %error, "the new file has another owner");
        }
    }
    // After the owner, since a change of owner clears the set-id bits.
    new.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(_: &Path, _: &File, _: &Path) -> io::Result<()> {
    // A read-only file was refused, and there is no other mode to keep.
    Ok(())
}
