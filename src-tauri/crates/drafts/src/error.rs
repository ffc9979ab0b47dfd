use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::ErrorCode;

use crate::text::ChangeError;

/// Why the library did not do what it was asked. Cheap to copy: one failed commit is told to many callers.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LibraryError {
    /// The file is something else; it was left as it is.
    #[error("{} is not a Postwright library", path.display())]
    NotALibrary {
        /// The file.
        path: PathBuf,
    },
    /// The file is a library, but what it holds cannot be read; it was left as it is.
    #[error("the library {} is damaged: {detail}", path.display())]
    Damaged {
        /// The library.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A newer version of the application has written the library, so this one only reads it.
    #[error("the library {} is open for reading only", path.display())]
    ReadOnly {
        /// The library.
        path: PathBuf,
    },
    /// No room on the disk.
    #[error("no room on the disk for the library {}", path.display())]
    DiskFull {
        /// The library.
        path: PathBuf,
    },
    /// Another process kept the library locked for longer than we wait.
    #[error("the library {} is in use by another process", path.display())]
    Busy {
        /// The library.
        path: PathBuf,
    },
    /// Any other failure of SQLite.
    #[error("the library {}: {source}", path.display())]
    Sqlite {
        /// The library.
        path: PathBuf,
        /// What SQLite said.
        source: Arc<rusqlite::Error>,
    },
    /// A file or folder outside SQLite's hands.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// There is no draft of this number.
    #[error("there is no draft {draft}")]
    NoSuchDraft {
        /// The number.
        draft: u32,
    },
    /// There is no site of this number.
    #[error("there is no site {site}")]
    NoSuchSite {
        /// The number.
        site: u32,
    },
    /// There is no template of this number.
    #[error("there is no template {template}")]
    NoSuchTemplate {
        /// The number.
        template: u32,
    },
    /// There is no publication of this number.
    #[error("there is no publication {publication}")]
    NoSuchPublication {
        /// The number.
        publication: u32,
    },
    /// The draft has no kept revision of this number.
    #[error("draft {draft} has no kept revision {number}")]
    NoSuchRevision {
        /// The draft.
        draft: u32,
        /// The number.
        number: u32,
    },
    /// A journal entry does not follow the last stored one. A snapshot of the whole text is the way out.
    #[error("draft {draft} is stored up to revision {stored}; an entry for {offered} does not follow")]
    NotNext {
        /// The draft.
        draft: u32,
        /// The last stored revision.
        stored: u32,
        /// The revision the entry makes.
        offered: u32,
    },
    /// A journal entry's changes do not fit the text they change.
    #[error("draft {draft}, revision {revision}: {source}")]
    BadChange {
        /// The draft.
        draft: u32,
        /// The revision the entry makes.
        revision: u32,
        /// What does not fit.
        source: ChangeError,
    },
    /// Another draft is linked to the file already.
    #[error("draft {draft} is linked to that file already")]
    FileLinked {
        /// The draft that is.
        draft: u32,
    },
    /// The writer's thread is gone, or the work it was given panicked.
    #[error("the library stopped before it could answer")]
    Stopped,
}

impl From<rusqlite::Error> for LibraryError {
    /// Without its place, which `located` adds where the path is known.
    fn from(source: rusqlite::Error) -> Self {
        LibraryError::Sqlite { path: PathBuf::new(), source: Arc::new(source) }
    }
}

impl LibraryError {
    /// Says which library failed, and sorts SQLite's codes into the failures that someone acts on.
    pub(crate) fn located(self, library: &Path) -> Self {
        let path = library.to_path_buf();
        match self {
            LibraryError::Sqlite { source, .. } => match source.sqlite_error_code() {
                _ if cannot_be_what_was_stored(&source) => {
                    LibraryError::Damaged { path, detail: source.to_string() }
                }
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                    LibraryError::Damaged { path, detail: source.to_string() }
                }
                Some(ErrorCode::DiskFull) => LibraryError::DiskFull { path },
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LibraryError::Busy { path },
                _ => LibraryError::Sqlite { path, source },
            },
            LibraryError::Damaged { detail, .. } => LibraryError::Damaged { path, detail },
            other => other,
        }
    }

    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        LibraryError::Damaged { path: PathBuf::new(), detail: detail.into() }
    }

    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        LibraryError::File { path: path.to_path_buf(), source: Arc::new(source) }
    }

    /// Whether it says that what the library holds cannot be read, so that trying again helps nothing.
    pub fn is_damage(&self) -> bool {
        match self {
            LibraryError::Damaged { .. } => true,
            // A damaged schema lacks tables and columns.
            LibraryError::Sqlite { source, .. } => {
                matches!(**source, rusqlite::Error::SqlInputError { .. })
                    || source.sqlite_error_code() == Some(ErrorCode::Unknown)
            }
            _ => false,
        }
    }

    /// Whether the same entry would fail again on a healthy disk: it must not hold up the entries behind it.
    pub(crate) fn is_the_entrys_own(&self) -> bool {
        match self {
            LibraryError::NoSuchDraft { .. }
            | LibraryError::NotNext { .. }
            | LibraryError::BadChange { .. }
            | LibraryError::Damaged { .. } => true,
            LibraryError::Sqlite { source, .. } => matches!(
                source.sqlite_error_code(),
                Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch)
            ),
            _ => false,
        }
    }
}

/// The file is shorter than it says it is, or a column holds what only damage puts there.
fn cannot_be_what_was_stored(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as Sqlite;
    match error {
        Sqlite::SqliteFailure(error, _) => error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ,
        Sqlite::FromSqlConversionFailure(..)
        | Sqlite::IntegralValueOutOfRange(..)
        | Sqlite::InvalidColumnType(..)
        | Sqlite::Utf8Error(..) => true,
        _ => false,
    }
}
