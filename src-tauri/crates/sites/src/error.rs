//! What can go wrong with a site on disk.

use std::{fmt, io, path::Path};

/// Why something in a site could not be read, written or watched.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder is no site of a known generator and holds no Markdown either.
    #[error("{path} is not a site: found none of {}", looked_for.join(", "))]
    NotASite {
        /// The folder, as it was given.
        path: String,
        /// The marks and files that were looked for.
        looked_for: Vec<&'static str>,
    },
    /// There is no such file.
    #[error("{path} does not exist")]
    NotFound {
        /// The file.
        path: String,
    },
    /// The file is not UTF-8 text.
    #[error("{path} is not UTF-8: bad byte at {offset} (line {line}, column {column})")]
    NotUtf8 {
        /// The file.
        path: String,
        /// The first byte that is not part of a character.
        offset: u64,
        /// Its line, from 1.
        line: u32,
        /// Its column in UTF-16 units, from 1.
        column: u32,
    },
    /// The file is larger than what the app opens.
    #[error("{path} has {size} bytes, more than {limit}")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The largest size that is read.
        limit: u64,
    },
    /// The path, or a link on its way, leads out of the site.
    #[error("{path} leads out of the site")]
    OutsideSite {
        /// The path, as it was given.
        path: String,
    },
    /// The path is one that no site may hold, or that some system cannot.
    #[error("{path} cannot be used: {fault}")]
    BadPath {
        /// The path, as it was given.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// A file that was to be created exists already.
    #[error("{path} exists already")]
    TargetExists {
        /// The file.
        path: String,
    },
    /// The file is not the one that was expected: somebody else changed or removed it.
    #[error("{path} was changed outside")]
    ChangedOutside {
        /// The file.
        path: String,
    },
    /// The file or its folder does not take writes.
    #[error("{path} cannot be written: {source}")]
    NotWritable {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A write failed, and a file that it had replaced could not be put back.
    #[error("{path} could not be put back ({source}) after: {because}")]
    NotUndone {
        /// The file that still has its new content.
        path: String,
        /// What the system said.
        source: io::Error,
        /// Why it was to be put back.
        because: Box<SiteError>,
    },
    /// A write was cut short, and what it had done is to be taken back.
    #[error("the write was cut short")]
    Interrupted,
    /// The folder cannot be watched.
    #[error("{path} cannot be watched: {source}")]
    NotWatched {
        /// The folder.
        path: String,
        /// What the system said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Any other failure of the file system, a full disk (`ErrorKind::StorageFull`) among them.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

/// What is wrong with a path inside a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFault {
    /// It is empty, or has an empty segment or a `.` for one.
    EmptySegment,
    /// It has a backslash, which separates folders on one system and not on another.
    Backslash,
    /// It has a NUL or another control character.
    ControlCharacter,
    /// It leads into the repository's own `.git`.
    RepositoryInternals,
    /// A segment is the name of a device on Windows.
    DeviceName,
    /// A segment ends in a dot or a space, which Windows drops.
    TrailingDotOrSpace,
    /// A segment has one of `< > : " | ? *`, which Windows refuses.
    ReservedCharacter,
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptySegment => "it has an empty part",
            Self::Backslash => "it has a backslash",
            Self::ControlCharacter => "it has a control character",
            Self::RepositoryInternals => "it leads into .git",
            Self::DeviceName => "a part of it is a device name on Windows",
            Self::TrailingDotOrSpace => "a part of it ends in a dot or a space",
            Self::ReservedCharacter => "it has a character that Windows refuses",
        })
    }
}

impl SiteError {
    /// The failure of a read at `path`.
    pub(crate) fn reading(path: &str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Self::NotFound { path: path.to_owned() }
            }
            _ => Self::Io { path: path.to_owned(), source },
        }
    }

    /// The failure of a write at `path`.
    pub(crate) fn writing(path: &str, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory => Self::NotWritable { path, source },
            _ => Self::Io { path, source },
        }
    }

    pub(crate) fn not_watched(
        path: &Path,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::NotWatched { path: shown(path), source: source.into() }
    }
}

/// A path of the system, for a message.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
