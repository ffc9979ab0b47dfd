//! What a write will do, told before it does anything.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Expected, FileChange, ON_ITS_WAY};
use crate::{
    error::SiteError,
    path::{self, Place, Use},
    read::hash_of,
};

/// What a write will do: enough to finish it or to take it back after it was cut short, and to know its leftovers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Tells its files on their way from all others.
    pub token: String,
    /// The files.
    pub files: Vec<IntendedFile>,
    /// The folders that it makes, each behind the one that it lies in.
    pub new_folders: Vec<String>,
    /// The folders that it removes at its end if they are empty, each before the one that it lies in.
    pub left_folders: Vec<String>,
}

/// What a write will do to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntendedFile {
    /// Its path in the site, with `/`.
    pub path: String,
    /// The hash of what is there before; none for nothing.
    pub before: Option<String>,
    /// The hash of what shall be there; none for nothing.
    pub after: Option<String>,
}

/// A write that can begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it will do.
    pub intent: Intent,
    /// The bytes that are there before, file by file.
    pub former: Vec<Option<Vec<u8>>>,
}

/// Looks whether changes can be made, and writes nothing. Fails where a path leaves the site or suits no site, where a
/// file is not what was expected, and where a new name differs from another one in letter case or composition alone,
/// which are one file on some systems.
pub fn prepare(root: &Path, changes: &[FileChange]) -> Result<Prepared, SiteError> {
    let mut prepared = Prepared {
        intent: Intent {
            token: new_token(),
            files: Vec::new(),
            new_folders: Vec::new(),
            left_folders: Vec::new(),
        },
        former: Vec::new(),
    };
    let removed = changes.iter().filter(|change| change.content.is_none());
    let removed: HashSet<PathBuf> =
        removed.filter_map(|change| path::resolve_existing(root, &change.path).ok()).collect();
    let mut taken = HashSet::new();
    for change in changes {
        if !taken.insert(folded(&change.path)) {
            return Err(SiteError::TargetExists { path: change.path.clone() });
        }
        let place = place_of(root, change)?;
        prepared.former.push(match &change.expected {
            Expected::Absent => {
                expect_free(&change.path, &place, &removed)?;
                None
            }
            Expected::Hash(hash) => Some(expect_hash(&change.path, &place.file(), hash)?),
        });
        let folders = new_folders(&change.path, place.missing.len());
        for folder in folders {
            if !prepared.intent.new_folders.contains(&folder) {
                prepared.intent.new_folders.push(folder);
            }
        }
        prepared.intent.files.push(IntendedFile {
            path: change.path.clone(),
            before: change.before().map(ToOwned::to_owned),
            after: change.after(),
        });
    }
    Ok(prepared)
}

pub(super) fn place_of(root: &Path, change: &FileChange) -> Result<Place, SiteError> {
    let used = if change.expected == Expected::Absent { Use::New } else { Use::Existing };
    path::resolve_place(root, &change.path, used)
}

/// The bytes of a file if they are those that were expected.
pub(super) fn expect_hash(rel: &str, target: &Path, expected: &str) -> Result<Vec<u8>, SiteError> {
    let changed = || SiteError::ChangedOutside { path: rel.to_owned() };
    let bytes = match fs::read(target) {
        Ok(bytes) => bytes,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Err(changed()),
        Err(source) => return Err(SiteError::writing(rel, source)),
    };
    if hash_of(&bytes) == expected { Ok(bytes) } else { Err(changed()) }
}

/// Whether a name is taken, by a link to nothing, too.
pub(super) fn is_there(target: &Path) -> bool {
    fs::symlink_metadata(target).is_ok()
}

/// Refuses a new name that is taken, or that some system takes for another one in its folder.
fn expect_free(rel: &str, place: &Place, removed: &HashSet<PathBuf>) -> Result<(), SiteError> {
    let exists = |path: String| Err(SiteError::TargetExists { path });
    if is_there(&place.file()) {
        return exists(rel.to_owned());
    }
    let name = place.missing.first().unwrap_or(&place.name);
    let wanted = folded(name);
    // A folder that cannot be listed fails when it is written into.
    for entry in fs::read_dir(&place.existing).into_iter().flatten().flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        if found != *name && folded(&found) == wanted && !removed.contains(&entry.path()) {
            let depth = rel.split('/').count() - place.missing.len() - 1;
            let folders: Vec<&str> = rel.split('/').take(depth).collect();
            return exists([folders.as_slice(), &[found.as_str()]].concat().join("/"));
        }
    }
    Ok(())
}

/// A name as the systems compare it that do not tell letter case or composition.
fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// The last `missing` folders of a file's path, the outermost first.
fn new_folders(rel: &str, missing: usize) -> Vec<String> {
    let parts: Vec<&str> = rel.split('/').collect();
    let depth = parts.len() - 1;
    (depth - missing..depth).map(|last| parts[..=last].join("/")).collect()
}

fn new_token() -> String {
    static WRITES: AtomicU64 = AtomicU64::new(0);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let number = WRITES.fetch_add(1, Ordering::Relaxed);
    let seed = format!("{} {} {number}", since.as_nanos(), std::process::id());
    hash_of(seed.as_bytes())[..16].to_owned()
}

impl Intent {
    /// Where the new file waits, beside its place.
    pub(super) fn new_beside(&self, target: &Path, number: usize) -> PathBuf {
        self.beside(target, number, "new")
    }

    /// The second name of the old file, beside its place.
    pub(super) fn old_beside(&self, target: &Path, number: usize) -> PathBuf {
        self.beside(target, number, "old")
    }

    fn beside(&self, target: &Path, number: usize, ending: &str) -> PathBuf {
        target.with_file_name(format!("{ON_ITS_WAY}{}-{number}.{ending}", self.token))
    }
}
