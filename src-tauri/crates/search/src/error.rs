use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::ErrorCode;

/// Why the index did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SearchError {
    /// What the file holds is not what was written. It is to be thrown away and filled again.
    #[error("the search index {} is damaged", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
    },
    /// The file is something else's; it was left as it is.
    #[error("{} is not a search index", path.display())]
    NotAnIndex {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be removed.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// Any other failure of SQLite.
    #[error("the search index {}: {source}", path.display())]
    Sqlite {
        /// The index.
        path: PathBuf,
        /// What SQLite said.
        source: Arc<rusqlite::Error>,
    },
}

impl From<rusqlite::Error> for SearchError {
    /// Without its place, which [`SearchError::located`] adds.
    fn from(source: rusqlite::Error) -> Self {
        SearchError::Sqlite { path: PathBuf::new(), source: Arc::new(source) }
    }
}

impl SearchError {
    pub(crate) fn damaged() -> Self {
        SearchError::Damaged { path: PathBuf::new() }
    }

    /// Says which index failed, and tells damage from the rest.
    pub(crate) fn located(self, index: &Path) -> Self {
        let path = index.to_path_buf();
        match self {
            SearchError::Damaged { .. } => SearchError::Damaged { path },
            SearchError::Sqlite { source, .. } if is_damage(&source) => SearchError::Damaged { path },
            SearchError::Sqlite { source, .. } => SearchError::Sqlite { path, source },
            other => other,
        }
    }

    /// Whether the index is to be thrown away.
    pub fn is_damage(&self) -> bool {
        matches!(self, SearchError::Damaged { .. })
    }
}

/// What a sound index never answers: its tables are ours, and hold what was written.
fn is_damage(error: &rusqlite::Error) -> bool {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => matches!(
            failure.code,
            ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation
                | ErrorCode::Unknown
        ),
        rusqlite::Error::SqlInputError { .. }
        | rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::Utf8Error(..)
        | rusqlite::Error::QueryReturnedNoRows => true,
        _ => false,
    }
}
