//! Who has a library open, so that nobody puts another file in its place meanwhile.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::LibraryError;
use crate::open::beside;

/// An exchange moves files and copies none, and a start that follows an end finds the other process still ending:
/// either takes a moment.
const PATIENCE: Duration = Duration::from_secs(5);

/// A hold of a library. It goes with its process, however that ends.
#[derive(Debug)]
pub(crate) struct Hold {
    _file: Option<File>,
}

impl Hold {
    /// The hold of one who reads and writes the library beside others.
    pub(crate) fn shared(library: &Path) -> Result<Hold, LibraryError> {
        Hold::take(library, File::try_lock_shared, PATIENCE)
    }

    /// The hold of one who moves the library's files; [`LibraryError::Busy`] while anyone has it open.
    pub(crate) fn alone(library: &Path) -> Result<Hold, LibraryError> {
        Hold::take(library, File::try_lock, PATIENCE)
    }

    fn take(
        library: &Path,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
        patience: Duration,
    ) -> Result<Hold, LibraryError> {
        let path = beside(library, ".lock");
        let file = match File::options().create(true).truncate(false).write(true).open(&path) {
            Ok(file) => file,
            // A folder that is not there, or cannot be written to: opening the library says what is to be said.
            Err(_) => return Ok(Hold { _file: None }),
        };
        let until = Instant::now() + patience;
        loop {
            match lock(&file) {
                Ok(()) => return Ok(Hold { _file: Some(file) }),
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(LibraryError::Busy { path: library.to_path_buf() });
                }
                // Some network disks know no locks. SQLite's own are what is left there.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Hold { _file: None });
                }
                Err(TryLockError::Error(error)) => return Err(LibraryError::file(&path, error)),
            }
        }
    }
}
