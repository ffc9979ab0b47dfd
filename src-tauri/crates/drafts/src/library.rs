use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::backup::copy_into;
use crate::exchange;
use crate::hold::Hold;
use crate::open::{
    Found, NewerSchema, Opened, connect_for_reading, connect_to_remains, has_librarys_header, inspect, open,
};
use crate::schema::{MIGRATIONS, Migration, migrate, newest};
use crate::writer::{Writer, Writing};
use crate::{JournalEntry, LibraryError};

/// Connections for reading that are kept for the next reader.
const READERS_KEPT: usize = 4;

/// An open library. Copies are the same library; the last one to go waits until everything queued is on disk.
///
/// Everything that changes the library goes through one thread, in the order it was asked for. Reading sees what
/// is committed: an appended entry once it was acknowledged, or after [`Library::flush`].
#[derive(Clone)]
pub struct Library {
    inner: Arc<Inner>,
}

// The readers come first: the writer's connection, closed last, folds the log into the file.
struct Inner {
    readers: Mutex<Vec<Connection>>,
    access: Access,
    path: PathBuf,
    /// Let go last: while it is held, nobody puts another file in the library's place.
    _hold: Option<Hold>,
    /// Where the copy lies that is looked into, which goes with it.
    _copied_to: Option<tempfile::TempDir>,
}

enum Access {
    Write(Writer),
    Read(NewerSchema),
    /// Opened to be looked into and nothing else.
    Look,
    /// The same, for what damage has left.
    LookAtRemains,
}

impl std::fmt::Debug for Library {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Library").field("path", &self.inner.path).finish_non_exhaustive()
    }
}

impl Library {
    /// Opens the library, or makes it with its folder. `now`, in milliseconds, names the copy that is made before
    /// an old schema is brought up to date.
    ///
    /// A file that is not a library ([`LibraryError::NotALibrary`]) or a damaged one ([`LibraryError::Damaged`])
    /// is left as it is. A newer version's library opens for reading only, see [`Library::read_only`].
    pub fn open(path: &Path, now: i64) -> Result<Library, LibraryError> {
        Library::open_with(path, now, MIGRATIONS)
    }

    pub(crate) fn open_with(
        path: &Path,
        now: i64,
        migrations: &[Migration],
    ) -> Result<Library, LibraryError> {
        exchange::finish_exchange(path)?;
        // No lock beside a file that is none of ours.
        inspect(path).map_err(|error| error.located(path))?;
        let hold = Hold::shared(path)?;
        let access = match open(path, now, migrations).map_err(|error| error.located(path))? {
            Opened::ForWriting(connection) => Access::Write(Writer::start(connection, path)?),
            Opened::ForReading(newer) => Access::Read(newer),
        };
        Ok(Library::of(path, access, Some(hold)))
    }

    /// Opens a library, or a backup of one, to look into it: nothing is made, brought up to date or written.
    pub fn look_into(path: &Path) -> Result<Library, LibraryError> {
        match inspect(path).map_err(|error| error.located(path))? {
            Found::Nothing => Err(LibraryError::NotALibrary { path: path.to_path_buf() }),
            Found::Version(version) if version < newest(MIGRATIONS) => {
                Library::look_into_older(path).map_err(|error| error.located(path))
            }
            Found::Version(_) => Ok(Library::of(path, Access::Look, None)),
        }
    }

    /// Opens a damaged library to look for what can still be read, also where its file ends too soon.
    pub fn look_into_remains(path: &Path) -> Result<Library, LibraryError> {
        if !has_librarys_header(path)? {
            return Err(LibraryError::NotALibrary { path: path.to_path_buf() });
        }
        Ok(Library::of(path, Access::LookAtRemains, None))
    }

    /// An older version's file is looked into as it is brought up to date: in a copy.
    fn look_into_older(path: &Path) -> Result<Library, LibraryError> {
        let folder = tempfile::tempdir().map_err(|error| LibraryError::file(path, error))?;
        let copy = folder.path().join("library");
        copy_into(&connect_for_reading(path)?, &copy)?;
        migrate(&mut Connection::open(&copy)?, MIGRATIONS, |_, _| Ok(()))?;
        let inner = Inner {
            readers: Mutex::default(),
            access: Access::Look,
            path: copy,
            _hold: None,
            _copied_to: Some(folder),
        };
        Ok(Library { inner: Arc::new(inner) })
    }

    fn of(path: &Path, access: Access, hold: Option<Hold>) -> Library {
        let inner = Inner {
            readers: Mutex::default(),
            access,
            path: path.to_path_buf(),
            _hold: hold,
            _copied_to: None,
        };
        Library { inner: Arc::new(inner) }
    }

    /// Why every change fails with [`LibraryError::ReadOnly`], if it does.
    pub fn read_only(&self) -> Option<NewerSchema> {
        match self.inner.access {
            Access::Write(_) | Access::Look | Access::LookAtRemains => None,
            Access::Read(newer) => Some(newer),
        }
    }

    /// Where the library is.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Queues an edit and returns at once. `stored` is told, on the writer's thread, once the edit is on disk or
    /// could not be written; it must not call what waits for that thread.
    ///
    /// An edit that could not be written for want of room or the like is not lost: it stays queued before the
    /// edits that follow it and is tried again with them, with any other change, with [`Library::flush`] and every
    /// few seconds. So an acknowledged revision always means that every revision before it is on disk too.
    pub fn append(
        &self,
        entry: JournalEntry,
        stored: impl FnOnce(Result<(), LibraryError>) + Send + 'static,
    ) {
        match &self.inner.access {
            Access::Write(writer) => writer.append(entry, Box::new(stored)),
            Access::Read(_) | Access::Look | Access::LookAtRemains => stored(Err(self.refusal())),
        }
    }

    /// Waits until everything queued is on disk, what failed before included.
    pub fn flush(&self) -> Result<(), LibraryError> {
        match &self.inner.access {
            Access::Write(writer) => writer.flush(),
            Access::Read(_) | Access::Look | Access::LookAtRemains => Ok(()),
        }
    }

    /// Makes a change in a transaction of its own, behind what is queued, and waits for its commit.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Writing<'_>) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        match &self.inner.access {
            Access::Write(writer) => writer.write(change),
            Access::Read(_) | Access::Look | Access::LookAtRemains => Err(self.refusal()),
        }
    }

    /// Reads one state of the library, however many statements that takes.
    pub(crate) fn read<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, LibraryError>,
    ) -> Result<T, LibraryError> {
        let located = |error: LibraryError| error.located(&self.inner.path);
        let kept = self.readers().pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => self.connect().map_err(located)?,
        };
        let seen = {
            let transaction = connection.transaction().map_err(|error| located(error.into()))?;
            look(&transaction).map_err(located)
        };
        let mut readers = self.readers();
        if readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        seen
    }

    fn connect(&self) -> Result<Connection, LibraryError> {
        match self.inner.access {
            Access::LookAtRemains => connect_to_remains(&self.inner.path),
            _ => connect_for_reading(&self.inner.path),
        }
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // Nothing can panic while it is held but an allocation; the list is sound either way.
        self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refusal(&self) -> LibraryError {
        LibraryError::ReadOnly { path: self.inner.path.clone() }
    }
}
