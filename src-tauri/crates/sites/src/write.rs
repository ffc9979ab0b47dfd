//! The one place that writes a user's files.
//!
//! Everything is first written beside its place and brought to the disk; then each file is compared with the one that
//! was expected and renamed into its place. Whatever fails, the files are as before, byte for byte, and nothing that was
//! made on the way stays.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one module that writes; the lint keeps it the only one"
)]

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::{NamedTempFile, TempPath};

use crate::{
    error::SiteError,
    path::{self, Place, Use},
    read::hash_of,
};

/// How the names of files begin that are on their way to their place.
pub(crate) const ON_ITS_WAY: &str = ".postwright-";

/// What must be at a path for a write to replace it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Nothing.
    Absent,
    /// A file whose bytes have this hash.
    Hash(String),
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileToWrite {
    /// Its path in the site, with `/`.
    pub path: String,
    /// Its whole content.
    pub bytes: Vec<u8>,
    /// What it replaces.
    pub expected: Expected,
}

/// A file that is on the disk now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The hash of its bytes.
    pub hash: String,
}

/// Writes one file of the site at `root`, in one step, if what it replaces is what was expected.
///
/// When this returns, the file will be there after a power cut, too.
pub fn write_file(root: &Path, rel: &str, bytes: &[u8], expected: Expected) -> Result<Written, SiteError> {
    let mut written = apply_all(root, &[(rel, bytes, &expected)])?;
    Ok(written.remove(0))
}

/// Writes several files, all or none.
pub fn apply(root: &Path, files: &[FileToWrite]) -> Result<Vec<Written>, SiteError> {
    let files: Vec<_> =
        files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice(), &file.expected)).collect();
    apply_all(root, &files)
}

fn apply_all(root: &Path, files: &[(&str, &[u8], &Expected)]) -> Result<Vec<Written>, SiteError> {
    let mut step = Step::default();
    match step.take(root, files) {
        Ok(written) => Ok(written),
        Err(because) => Err(step.undo(because)),
    }
}

/// What was done so far, so that it can be undone.
#[derive(Default)]
struct Step {
    folders: Vec<PathBuf>,
    placed: Vec<Placed>,
}

/// A file beside its place.
struct Staged<'a> {
    rel: &'a str,
    target: PathBuf,
    new: NamedTempFile,
    /// The old file under another name, and its hash; none where there must be none.
    old: Option<(TempPath, &'a str)>,
    hash: String,
}

/// A file in its place.
struct Placed {
    rel: String,
    target: PathBuf,
    old: Option<TempPath>,
    hash: String,
}

impl Step {
    fn take(&mut self, root: &Path, files: &[(&str, &[u8], &Expected)]) -> Result<Vec<Written>, SiteError> {
        let mut staged = Vec::with_capacity(files.len());
        for (rel, bytes, expected) in files {
            staged.push(self.stage(root, rel, bytes, expected)?);
        }
        let mut folders: Vec<PathBuf> = Vec::new();
        for file in staged {
            folders.extend(file.target.parent().map(Path::to_path_buf));
            self.place(file)?;
        }
        folders.sort();
        folders.dedup();
        for folder in &folders {
            sync_folder(folder).map_err(|source| SiteError::writing(&crate::error::shown(folder), source))?;
        }
        Ok(self.placed.iter().map(|placed| Written { hash: placed.hash.clone() }).collect())
    }

    /// Writes a file beside its place.
    fn stage<'a>(
        &mut self,
        root: &Path,
        rel: &'a str,
        bytes: &[u8],
        expected: &'a Expected,
    ) -> Result<Staged<'a>, SiteError> {
        let used = if *expected == Expected::Absent { Use::New } else { Use::Existing };
        let place = path::resolve_place(root, rel, used)?;
        let target = place.file();
        let old = match expected {
            Expected::Absent if is_there(&target) => {
                return Err(SiteError::TargetExists { path: rel.to_owned() });
            }
            Expected::Absent => None,
            Expected::Hash(hash) => Some((keep_old(rel, &target, hash)?, hash.as_str())),
        };
        self.make_folders(&place, rel)?;
        let new =
            new_beside(&target, old.is_some(), bytes).map_err(|source| SiteError::writing(rel, source))?;
        Ok(Staged { rel, target, new, old, hash: hash_of(bytes) })
    }

    fn make_folders(&mut self, place: &Place, rel: &str) -> Result<(), SiteError> {
        let writing = |source| SiteError::writing(rel, source);
        let mut folder = place.existing.clone();
        for name in &place.missing {
            let inner = folder.join(name);
            match fs::create_dir(&inner) {
                Ok(()) => self.folders.push(inner.clone()),
                // Somebody else made it meanwhile; if it is not a folder, what comes next fails.
                Err(source) if source.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(writing(source)),
            }
            sync_folder(&folder).map_err(writing)?;
            folder = inner;
        }
        Ok(())
    }

    /// Renames a file into its place.
    fn place(&mut self, file: Staged<'_>) -> Result<(), SiteError> {
        let Staged { rel, target, new, old, hash } = file;
        let placed = match &old {
            None => new.persist_noclobber(&target),
            Some((_, expected)) => {
                compare(rel, &target, expected)?;
                new.persist(&target)
            }
        };
        placed.map_err(|failed| match failed.error.kind() {
            io::ErrorKind::AlreadyExists => SiteError::TargetExists { path: rel.to_owned() },
            _ => SiteError::writing(rel, failed.error),
        })?;
        let old = old.map(|(old, _)| old);
        self.placed.push(Placed { rel: rel.to_owned(), target, old, hash });
        Ok(())
    }

    /// Puts everything back, the last first.
    fn undo(mut self, because: SiteError) -> SiteError {
        let mut failed = None;
        while let Some(placed) = self.placed.pop() {
            let path = placed.rel.clone();
            if let Err(source) = placed.take_back() {
                failed = Some((path, source));
            }
        }
        for folder in self.folders.iter().rev() {
            // A folder that somebody put something into meanwhile is theirs, and stays.
            if let Err(error) = fs::remove_dir(folder) {
                tracing::debug!(?folder, %error, "a new folder stays");
            }
        }
        match failed {
            Some((path, source)) => SiteError::NotUndone { path, source, because: Box::new(because) },
            None => because,
        }
    }
}

impl Placed {
    fn take_back(self) -> io::Result<()> {
        // What somebody else wrote over it in the meantime is theirs.
        if !fs::read(&self.target).is_ok_and(|bytes| hash_of(&bytes) == self.hash) {
            return Ok(());
        }
        match self.old {
            Some(old) => old.persist(&self.target).map_err(|failed| failed.error)?,
            None => fs::remove_file(&self.target)?,
        }
        self.target.parent().map_or(Ok(()), sync_folder)
    }
}

/// Gives the old file a second name, so that it can be put back without asking the disk for room.
fn keep_old(rel: &str, target: &Path, hash: &str) -> Result<TempPath, SiteError> {
    compare(rel, target, hash)?;
    let writing = |source| SiteError::writing(rel, source);
    if fs::metadata(target).map_err(writing)?.permissions().readonly() {
        return Err(writing(io::ErrorKind::PermissionDenied.into()));
    }
    let linked = named(".old").make_in(folder_of(target), |name| fs::hard_link(target, name));
    match linked {
        Ok(linked) => Ok(linked.into_temp_path()),
        // Some file systems have no second names.
        Err(_) => {
            let bytes = fs::read(target).map_err(writing)?;
            Ok(new_beside(target, true, &bytes).map_err(writing)?.into_temp_path())
        }
    }
}

fn compare(rel: &str, target: &Path, expected: &str) -> Result<(), SiteError> {
    let changed = || SiteError::ChangedOutside { path: rel.to_owned() };
    let bytes = match fs::read(target) {
        Ok(bytes) => bytes,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Err(changed()),
        Err(source) => return Err(SiteError::writing(rel, source)),
    };
    if hash_of(&bytes) == expected { Ok(()) } else { Err(changed()) }
}

/// A file beside its place, on the disk, with the owner and mode of the one it replaces.
fn new_beside(target: &Path, replaces: bool, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut new = named(".new").tempfile_in(folder_of(target))?;
    if replaces {
        keep_owner_and_mode(target, new.as_file(), new.path())?;
    }
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    Ok(new)
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

fn named<'a>(suffix: &'a str) -> tempfile::Builder<'a, 'a> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(ON_ITS_WAY).suffix(suffix);
    // As for any new file, less what the user's mask takes away; not a temporary file's 0600.
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder
}

fn folder_of(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}

/// Whether a name is taken, by a link to nothing, too.
fn is_there(target: &Path) -> bool {
    fs::symlink_metadata(target).is_ok()
}

/// Brings the names in a folder to the disk.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network file systems have no sync for folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        done => done,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    // Windows opens no folder for this, and writes names through its journal.
    Ok(())
}

#[cfg(test)]
mod tests;
