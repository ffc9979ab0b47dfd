//! The index's file: made, opened, thrown away.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::SearchError;

/// "PwSr": what tells an index from any other SQLite file.
const APPLICATION_ID: i32 = 0x5077_5372;
/// Another form makes every older file one to throw away: raise it with the tables, the folding or the grams.
const FORM: i32 = 1;
/// How long to wait for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

// `changed` counts up with every change of any row, so that who has seen some can ask for the rest. Segment 0 are the
// documents that no grams are kept of yet.
const TABLES: &str = "
create table documents (
    id integer primary key autoincrement,
    source text not null unique,
    stamp text not null,
    title text not null,
    headings text not null,
    tags text not null,
    site text,
    state integer not null,
    at integer not null,
    bytes integer not null,
    segment integer not null,
    place integer not null,
    changed integer not null
) strict;
create index documents_by_change on documents (changed);
create index documents_by_segment on documents (segment, bytes);

create table texts (
    document integer primary key references documents (id) on delete cascade,
    text text not null
) strict;

create table segments (
    id integer primary key autoincrement,
    bytes integer not null
) strict;

create table grams (
    segment integer not null,
    gram integer not null,
    documents blob not null,
    primary key (segment, gram)
) strict, without rowid;
";

/// Opens the index, or makes it. One of another form is thrown away first.
pub(crate) fn open(path: &Path) -> Result<Connection, SearchError> {
    let connection = connect(path)?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let tables: u32 = connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    match (number("application_id")?, number("user_version")?, tables) {
        (APPLICATION_ID, FORM, _) => Ok(connection),
        (APPLICATION_ID, _, _) => Err(SearchError::damaged()),
        (0, 0, 0) => {
            make(&connection)?;
            Ok(connection)
        }
        _ => Err(SearchError::NotAnIndex { path: path.to_owned() }),
    }
}

/// A connection that only reads.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, SearchError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    set_up(&connection)?;
    Ok(connection)
}

/// Removes the index's files.
pub(crate) fn throw_away(path: &Path) -> Result<(), SearchError> {
    for ending in ["", "-wal", "-shm"] {
        let file = beside(path, ending);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(SearchError::File { path: file, source: Arc::new(error) });
            }
            _ => {}
        }
    }
    Ok(())
}

fn connect(path: &Path) -> Result<Connection, SearchError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    set_up(&connection)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // What a power cut takes is read again; it must only never leave half of it.
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "journal_size_limit", 16 << 20)?;
    Ok(connection)
}

fn set_up(connection: &Connection) -> Result<(), SearchError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", -8 << 10)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}

fn make(connection: &Connection) -> Result<(), SearchError> {
    let transaction =
        rusqlite::Transaction::new_unchecked(connection, rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have made it while this one waited.
    let tables: u32 = transaction.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORM)?;
    }
    Ok(transaction.commit()?)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}
