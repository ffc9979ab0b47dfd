//! Puts another file in the library's place and keeps the former one, whole at every moment.
//!
//! The new file is made beside the library; then a note says that the two are to be exchanged and where the former
//! one is kept. From then on every step can be done again, and the next opening does those that are missing.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::backup::{copy_into, sync_folder};
use crate::hold::Hold;
use crate::open::{beside, connect_for_reading};
use crate::schema::{MIGRATIONS, migrate};
use crate::{Library, LibraryError};

/// What is still to be done, as it stands beside the library.
#[derive(Serialize, Deserialize)]
struct Note {
    /// How the name of the former library goes on.
    kept_as: String,
}

/// Makes ready that a backup takes the library's place when it is opened next, and answers where the present one will
/// be kept. `now`, in milliseconds, names that.
///
/// Fails, and changes nothing, where the backup cannot be read to its end.
pub fn put_backup_in_place(library: &Path, backup: &Path, now: i64) -> Result<PathBuf, LibraryError> {
    let flaws = Library::look_into(backup)?.examine()?.flaws;
    if let Some(flaw) = flaws.first() {
        return Err(LibraryError::damaged(flaw.to_string()).located(backup));
    }
    prepare(library, &format!(".replaced-{now}"), |incoming| {
        let connection = connect_for_reading(backup).map_err(|error| error.located(backup))?;
        copy_into(&connection, incoming).map_err(|error| error.located(backup))
    })
}

/// Puts a backup in the library's place at once, and answers where the library is kept. [`LibraryError::Busy`] while
/// another process has it open: what is typed there would go into the file that is put away.
pub fn put_backup_in_place_at_once(library: &Path, backup: &Path, now: i64) -> Result<PathBuf, LibraryError> {
    let hold = Hold::alone(library)?;
    let kept = put_backup_in_place(library, backup, now)?;
    exchange(library)?;
    drop(hold);
    Ok(kept)
}

/// Where a library that is damaged is kept when it is replaced at this time, in milliseconds.
pub fn place_of_damaged(library: &Path, now: i64) -> PathBuf {
    beside(library, &damaged_ending(now))
}

fn damaged_ending(now: i64) -> String {
    format!(".damaged-{now}")
}

/// Puts a backup, or else a new library, in a damaged library's place at once, and answers where the damaged one is
/// kept. [`LibraryError::Busy`] while another process has it open.
pub fn replace_damaged(library: &Path, backup: Option<&Path>, now: i64) -> Result<PathBuf, LibraryError> {
    let hold = Hold::alone(library)?;
    let kept = prepare(library, &damaged_ending(now), |incoming| match backup {
        Some(backup) => {
            let connection = connect_for_reading(backup).map_err(|error| error.located(backup))?;
            copy_into(&connection, incoming).map_err(|error| error.located(backup))
        }
        None => make_empty(incoming),
    })?;
    exchange(library)?;
    drop(hold);
    Ok(kept)
}

/// Does what an exchange that was prepared or cut short still has to do. While others have the library open it is
/// left to wait, unless the library is not in its place.
pub fn finish_exchange(library: &Path) -> Result<(), LibraryError> {
    if !note_path(library).exists() {
        return Ok(());
    }
    match Hold::alone(library) {
        Ok(_hold) => exchange(library),
        Err(LibraryError::Busy { .. }) if library.exists() => Ok(()),
        Err(error) => Err(error),
    }
}

fn prepare(
    library: &Path,
    kept_as: &str,
    make: impl FnOnce(&Path) -> Result<(), LibraryError>,
) -> Result<PathBuf, LibraryError> {
    // An older exchange that waits would take the new file for its own.
    remove(&note_path(library))?;
    let incoming = incoming_path(library);
    remove(&incoming)?;
    make(&incoming)?;
    let note = Note { kept_as: kept_as.to_owned() };
    let note = serde_json::to_vec(&note).map_err(|error| LibraryError::damaged(error.to_string()))?;
    let (path, unfinished) = (note_path(library), beside(library, ".exchange.part"));
    let written = fs::write(&unfinished, note)
        .and_then(|()| fs::File::open(&unfinished)?.sync_all())
        .and_then(|()| fs::rename(&unfinished, &path));
    written.map_err(|error| LibraryError::file(&path, error))?;
    sync_folder_of(library)?;
    Ok(beside(library, kept_as))
}

/// Every step can be repeated: as long as the new file is there, what lies in the library's place is the former one.
fn exchange(library: &Path) -> Result<(), LibraryError> {
    let (note_path, incoming) = (note_path(library), incoming_path(library));
    let note = fs::read(&note_path).map_err(|error| LibraryError::file(&note_path, error))?;
    let note: Note = serde_json::from_slice(&note)
        .map_err(|error| LibraryError::damaged(error.to_string()).located(&note_path))?;
    if incoming.exists() {
        let kept = beside(library, &note.kept_as);
        // The log first: a log beside another library than its own would be taken for that one's.
        move_away(&beside(library, "-wal"), &beside(&kept, "-wal"))?;
        move_away(library, &kept)?;
        remove(&beside(library, "-shm"))?;
        sync_folder_of(library)?;
        fs::rename(&incoming, library).map_err(|error| LibraryError::file(library, error))?;
        sync_folder_of(library)?;
    }
    remove(&note_path)?;
    sync_folder_of(library)
}

/// A library without drafts, all in one file.
fn make_empty(path: &Path) -> Result<(), LibraryError> {
    let mut connection = Connection::open(path)?;
    migrate(&mut connection, MIGRATIONS, |_, _| Ok(()))?;
    drop(connection);
    fs::File::open(path).and_then(|file| file.sync_all()).map_err(|error| LibraryError::file(path, error))
}

fn note_path(library: &Path) -> PathBuf {
    beside(library, ".exchange")
}

fn incoming_path(library: &Path) -> PathBuf {
    beside(library, ".incoming")
}

fn move_away(from: &Path, to: &Path) -> Result<(), LibraryError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(LibraryError::file(from, error)),
        _ => Ok(()),
    }
}

fn remove(path: &Path) -> Result<(), LibraryError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(LibraryError::file(path, error)),
        _ => Ok(()),
    }
}

fn sync_folder_of(library: &Path) -> Result<(), LibraryError> {
    library.parent().map_or(Ok(()), sync_folder)
}
