use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::LibraryError;
use crate::backup::{copy_into, sync_folder};
use crate::schema::{APPLICATION_ID, Migration, migrate, newest, version};

/// How long a connection waits for another process before it says the library is busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A path is a path, never a URI, and each connection is used by one thread at a time.
const READING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
/// What every SQLite file starts with.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// The length of SQLite's header, and where the application's number is in it.
const HEADER_LENGTH: usize = 100;
const APPLICATION_ID_AT: usize = 68;
/// What a large transaction leaves of the write-ahead log behind, at most.
const LOG_KEPT: i64 = 8 << 20;

/// The schema of the library is one that this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewerSchema {
    /// The library's schema version.
    pub found: u32,
    /// The newest this version knows.
    pub known: u32,
}

/// What opening made: a writer's connection, or what forbids writing.
pub(crate) enum Opened {
    ForWriting(Connection),
    ForReading(NewerSchema),
}

/// Opens, creates or migrates the library; a file that is no library, or a damaged one, is only looked at.
pub(crate) fn open(path: &Path, now: i64, migrations: &[Migration]) -> Result<Opened, LibraryError> {
    let known = newest(migrations);
    let is_new = match inspect(path)? {
        Found::Nothing => true,
        Found::Version(found) if found > known => {
            return Ok(Opened::ForReading(NewerSchema { found, known }));
        }
        Found::Version(_) => false,
    };
    if let (true, Some(folder)) = (is_new, path.parent()) {
        std::fs::create_dir_all(folder).map_err(|error| LibraryError::file(folder, error))?;
    }
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    use_write_ahead_log(&connection)?;
    migrate(&mut connection, migrations, |connection, at| {
        copy_into(connection, &path_of_copy(path, at, now))
    })?;
    look_at_every_table(&connection)?;
    if is_new && let Some(folder) = path.parent() {
        sync_folder(folder)?;
    }
    Ok(Opened::ForWriting(connection))
}

/// A connection that cannot write.
pub(crate) fn connect_for_reading(path: &Path) -> Result<Connection, LibraryError> {
    connect(path, READING)
}

/// A connection that reads what damage has left. SQLite refuses a file that is shorter than its header says, unless the
/// schema may be written, which this connection cannot do either.
pub(crate) fn connect_to_remains(path: &Path) -> Result<Connection, LibraryError> {
    // Before anything else, for each other setting reads the schema.
    set_up(Connection::open_with_flags(path, READING)?, |connection| {
        connection.pragma_update(None, "writable_schema", true)
    })
}

/// Whether the file's header says that it is a library. A file that is not there is none.
pub(crate) fn has_librarys_header(path: &Path) -> Result<bool, LibraryError> {
    Ok(matches!(read_header(path)?, Header::Of(application_id) if application_id == APPLICATION_ID))
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection, LibraryError> {
    // A path is a path, never a URI, and each connection is used by one thread at a time.
    set_up(Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?, |_| Ok(()))
}

fn set_up(
    connection: Connection,
    first: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<Connection, LibraryError> {
    first(&connection)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Changing the mode does not wait for a lock as other statements do, so two processes that open at once retry.
fn use_write_ahead_log(connection: &Connection) -> Result<(), LibraryError> {
    let mut tries = 0;
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => return Err(LibraryError::damaged(format!("its journal mode stays {mode}"))),
            Err(error) if tries < 100 && is_busy(&error) => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Damage near the roots of the tables is found now rather than at the first edit.
fn look_at_every_table(connection: &Connection) -> Result<(), LibraryError> {
    let tables: Vec<String> = connection
        .prepare("select name from sqlite_schema where type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        let mut any = connection.prepare(&format!("select 1 from \"{table}\" limit 1"))?;
        any.exists([])?;
    }
    Ok(())
}

/// What lies at a library's place.
pub(crate) enum Found {
    Nothing,
    Version(u32),
}

enum Header {
    Absent,
    Empty,
    Foreign,
    Broken(&'static str),
    Of(i32),
}

/// Looks at a file without changing it; one that is no library, or an unreadable one, is an error.
pub(crate) fn inspect(path: &Path) -> Result<Found, LibraryError> {
    match read_header(path)? {
        // SQLite deletes the log beside an empty database, and with it every edit it holds.
        Header::Absent | Header::Empty if has_log(path) => {
            Err(LibraryError::damaged("the file is empty, but the log beside it is not"))
        }
        Header::Absent | Header::Empty => Ok(Found::Nothing),
        Header::Foreign => Err(LibraryError::NotALibrary { path: path.to_path_buf() }),
        Header::Broken(detail) => Err(LibraryError::damaged(detail)),
        Header::Of(APPLICATION_ID) => version(&connect_for_reading(path)?).map(Found::Version),
        Header::Of(0) => inspect_unnamed(path),
        Header::Of(_) => Err(LibraryError::NotALibrary { path: path.to_path_buf() }),
    }
}

/// A library whose creation was cut short has no name yet in its file; it has it in its log, or has no tables.
fn inspect_unnamed(path: &Path) -> Result<Found, LibraryError> {
    let connection = connect_for_reading(path)?;
    // All in one transaction: another process may make the library in this very moment.
    let connection = connection.unchecked_transaction()?;
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: u32 = connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    match (application_id, tables) {
        (APPLICATION_ID, _) => version(&connection).map(Found::Version),
        (0, 0) => Ok(Found::Nothing),
        _ => Err(LibraryError::NotALibrary { path: path.to_path_buf() }),
    }
}

fn read_header(path: &Path) -> Result<Header, LibraryError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Header::Absent),
        Err(error) => return Err(LibraryError::file(path, error)),
    };
    let mut header = Vec::with_capacity(HEADER_LENGTH);
    file.take(HEADER_LENGTH as u64)
        .read_to_end(&mut header)
        .map_err(|error| LibraryError::file(path, error))?;
    Ok(understand(&header))
}

fn understand(header: &[u8]) -> Header {
    if header.is_empty() {
        Header::Empty
    } else if header.iter().all(|&byte| byte == 0) {
        Header::Broken("the file starts with zeros")
    } else if !header.starts_with(SQLITE_MAGIC) {
        Header::Foreign
    } else if let Some(Ok(number)) =
        header.get(APPLICATION_ID_AT..APPLICATION_ID_AT + 4).map(<[u8; 4]>::try_from)
    {
        Header::Of(i32::from_be_bytes(number))
    } else {
        Header::Broken("the file ends inside its header")
    }
}

fn has_log(path: &Path) -> bool {
    beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0)
}

fn path_of_copy(path: &Path, at: u32, now: i64) -> PathBuf {
    beside(path, &format!(".schema-{at}-{now}.backup"))
}

/// The file beside this one whose name goes on like this.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}
