use std::fs::File;
use std::path::Path;

use rusqlite::Connection;

use crate::open::{beside, connect_for_reading, has_librarys_header};
use crate::{Library, LibraryError};

impl Library {
    /// Copies the library into one file, which appears whole or not at all; waits for what is queued first.
    /// An older backup of that name is replaced, any other file is left alone.
    pub fn backup(&self, to: &Path) -> Result<(), LibraryError> {
        if self.read_only().is_none() {
            self.flush()?;
        }
        if is_same_file(to, self.path()) || (to.exists() && !has_librarys_header(to)?) {
            return Err(LibraryError::NotALibrary { path: to.to_path_buf() });
        }
        let connection = connect_for_reading(self.path()).map_err(|error| error.located(self.path()))?;
        copy_into(&connection, to).map_err(|error| error.located(self.path()))
    }

    /// Reads every page and says whether the library is sound. Takes about a second for 100 MB.
    pub fn check(&self) -> Result<(), LibraryError> {
        self.read(|connection| {
            let found: String = connection.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
            if found == "ok" { Ok(()) } else { Err(LibraryError::damaged(found)) }
        })
    }
}

/// SQLite does not sync what it copies, so the copy gets its name only once it is on disk.
pub(crate) fn copy_into(connection: &Connection, to: &Path) -> Result<(), LibraryError> {
    let unfinished = beside(to, ".part");
    let as_file_error = |error| LibraryError::file(&unfinished, error);
    match std::fs::remove_file(&unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(as_file_error(error)),
        _ => {}
    }
    let name = unfinished.to_str().ok_or_else(|| {
        as_file_error(std::io::Error::new(std::io::ErrorKind::InvalidInput, "the path is not UTF-8"))
    })?;
    connection.execute("vacuum into ?1", [name])?;
    File::options().write(true).open(&unfinished).and_then(|copy| copy.sync_all()).map_err(as_file_error)?;
    std::fs::rename(&unfinished, to).map_err(|error| LibraryError::file(to, error))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Makes the names in a folder durable. Only Unix lets one open a folder; elsewhere the system sees to it.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), LibraryError> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| LibraryError::file(folder, error))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
