//! What lies in a site, as far as it is watched.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{path::is_ignored_folder, write::ON_ITS_WAY};

/// Which folder is at a path: another one once it was removed and made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    /// Device and number of the file, where there are such.
    number: (u64, u64),
    /// When the folder was made: a new folder often gets the number of the one that was just removed.
    made: Option<SystemTime>,
}

/// The identity of the folder at `path`, if there is one.
pub(super) fn identity(path: &Path) -> Option<Identity> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_dir)?;
    #[cfg(unix)]
    let number = {
        use std::os::unix::fs::MetadataExt;
        (found.dev(), found.ino())
    };
    #[cfg(not(unix))]
    let number = (0, 0);
    Some(Identity { number, made: found.created().ok() })
}

/// Whether a path, relative to its site, is of no interest.
pub(super) fn is_ignored(below: &Path) -> bool {
    let own = below.file_name().is_some_and(|name| name.to_string_lossy().starts_with(ON_ITS_WAY));
    let names = below.iter().enumerate();
    own || names
        .into_iter()
        .any(|(depth, name)| name.to_str().is_some_and(|name| is_ignored_folder(name, depth == 0)))
}

/// The folders in a folder of the site at `root` that are watched, and the files in it. Links are not followed.
pub(super) fn entries(root: &Path, folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    // A folder that went away or cannot be read has nothing to watch.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if !kind.is_dir() {
            files.push(entry.path());
        } else if !entry.file_name().to_str().is_some_and(|name| is_ignored_folder(name, folder == root)) {
            folders.push(entry.path());
        }
    }
    (folders, files)
}

/// The root itself and every folder in it that is watched, and every file in those.
pub(super) fn contents(root: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut folders, mut files) = (vec![root.to_path_buf()], Vec::new());
    let mut next = 0;
    while let Some(folder) = folders.get(next).cloned() {
        next += 1;
        let (inside, found) = entries(root, &folder);
        folders.extend(inside);
        files.extend(found);
    }
    (folders, files)
}

/// A number that is another one when a file came, went or changed.
pub(super) fn fingerprint(root: &Path) -> u64 {
    let (mut folders, mut files) = contents(root);
    folders.sort();
    files.sort();
    let mut hasher = DefaultHasher::new();
    folders.hash(&mut hasher);
    for file in files {
        let found = fs::symlink_metadata(&file);
        let state = found.map(|found| (found.len(), found.modified().unwrap_or(SystemTime::UNIX_EPOCH))).ok();
        (file, state).hash(&mut hasher);
    }
    hasher.finish()
}
