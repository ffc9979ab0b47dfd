//! The one place that writes a user's files.
//!
//! Everything is first written beside its place and brought to the disk; then each file is compared with the one that
//! was expected and renamed into its place. Whatever fails, the files are as before, byte for byte, and nothing that was
//! made on the way stays. What is written is told beforehand as an [`Intent`]: whoever keeps that can have a write which
//! was cut short finished or taken back later ([`settle`]).
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one module that writes; the lint keeps it the only one"
)]

mod disk;
mod intent;
mod placing;
mod settling;

use std::path::Path;

use crate::{error::SiteError, read::hash_of};

pub use disk::{Step, Steps, all_steps};
pub use intent::{IntendedFile, Intent, Prepared, prepare};
pub use settling::{Settled, settle};

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

/// What becomes of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path in the site, with `/`.
    pub path: String,
    /// What is there before.
    pub expected: Expected,
    /// Its whole content afterwards; none: it is removed.
    pub content: Option<Vec<u8>>,
}

impl FileChange {
    /// A file that is not there yet.
    pub fn new(path: impl Into<String>, content: Vec<u8>) -> Self {
        Self { path: path.into(), expected: Expected::Absent, content: Some(content) }
    }

    /// Other content for a file whose bytes have a hash.
    pub fn replacing(path: impl Into<String>, hash: impl Into<String>, content: Vec<u8>) -> Self {
        Self { path: path.into(), expected: Expected::Hash(hash.into()), content: Some(content) }
    }

    /// The end of a file whose bytes have a hash.
    pub fn removing(path: impl Into<String>, hash: impl Into<String>) -> Self {
        Self { path: path.into(), expected: Expected::Hash(hash.into()), content: None }
    }

    /// The hash of what is there before.
    pub(crate) fn before(&self) -> Option<&str> {
        match &self.expected {
            Expected::Absent => None,
            Expected::Hash(hash) => Some(hash),
        }
    }

    /// The hash of what is there afterwards.
    pub(crate) fn after(&self) -> Option<String> {
        self.content.as_deref().map(hash_of)
    }
}

/// Writes one file of the site at `root`, in one step, if what it replaces is what was expected.
///
/// When this returns, the file will be there after a power cut, too. Answers the hash of its bytes.
pub fn write_file(root: &Path, rel: &str, bytes: &[u8], expected: Expected) -> Result<String, SiteError> {
    let change = FileChange { path: rel.to_owned(), expected, content: Some(bytes.to_vec()) };
    let changes = [change];
    let prepared = prepare(root, &changes)?;
    apply(root, &changes, &prepared.intent, &all_steps)?;
    Ok(hash_of(bytes))
}

/// Makes the changes that `intent` was prepared for, all or none, and asks `steps` before each step on the disk.
///
/// Where it fails with [`SiteError::NotUndone`], some files are as they shall be and could not be put back: [`settle`]
/// is to be called with the same intent, later.
pub fn apply(
    root: &Path,
    changes: &[FileChange],
    intent: &Intent,
    steps: Steps<'_>,
) -> Result<(), SiteError> {
    placing::apply(root, changes, intent, steps)
}

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod tests;
