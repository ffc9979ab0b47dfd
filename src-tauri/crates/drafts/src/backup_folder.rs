//! Where the backups of a library lie, and the note that damage was met.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::LibraryError;
use crate::backup::sync_folder;
use crate::open::beside;

/// The folder of a library's backups. The choice stands in a file beside the library, not in it: it is needed most when
/// the library cannot be read.
#[derive(Debug, Clone)]
pub struct BackupFolder {
    library: PathBuf,
}

impl BackupFolder {
    /// The folder of the library at this path.
    pub fn of(library: &Path) -> Self {
        Self { library: library.to_owned() }
    }

    /// The folder that backups are made in: the chosen one while it is there (a disk may be unplugged), else the one
    /// beside the library, which may not be there yet.
    pub fn path(&self) -> PathBuf {
        let chosen = fs::read_to_string(self.choice()).ok().map(|path| PathBuf::from(path.trim_end()));
        chosen
            .filter(|folder| folder.is_absolute() && folder.is_dir())
            .map_or_else(|| self.beside(), |folder| folder.join(self.name_in_chosen()))
    }

    /// Whether that is the one beside the library.
    pub fn is_beside_library(&self) -> bool {
        self.path() == self.beside()
    }

    /// Makes backups in another folder from now on; none: beside the library.
    pub fn choose(&self, folder: Option<&Path>) -> Result<(), LibraryError> {
        let (choice, beside) = (self.choice(), self.beside());
        fs::create_dir_all(&beside).map_err(|error| LibraryError::file(&beside, error))?;
        let done = match folder {
            Some(folder) => match folder.to_str() {
                Some(name) => fs::write(&choice, name),
                None => Err(std::io::Error::new(ErrorKind::InvalidInput, "the path is not UTF-8")),
            },
            None => gone(fs::remove_file(&choice)),
        };
        done.map_err(|error| LibraryError::file(folder.unwrap_or(&choice), error))
    }

    /// Makes the folder where it is missing, and answers it.
    pub fn make(&self) -> Result<PathBuf, LibraryError> {
        let folder = self.path();
        fs::create_dir_all(&folder).map_err(|error| LibraryError::file(&folder, error))?;
        Ok(folder)
    }

    /// The names of the files in it, in no order; none where it is not there.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    }

    /// Removes a file of the folder; it does not matter whether it was there.
    pub fn remove(&self, name: &str) -> Result<(), LibraryError> {
        let path = self.path().join(name);
        gone(fs::remove_file(&path)).map_err(|error| LibraryError::file(&path, error))
    }

    /// Gives a file of the folder another name.
    pub fn rename(&self, from: &str, to: &str) -> Result<(), LibraryError> {
        let (from, to) = (self.path().join(from), self.path().join(to));
        fs::rename(&from, &to).map_err(|error| LibraryError::file(&from, error))?;
        sync_folder(&self.path())
    }

    /// Notes from which file texts are still to be brought over.
    pub fn note_salvage(&self, from: &Path) -> Result<(), LibraryError> {
        self.write_note(".salvage", from.as_os_str().as_encoded_bytes())
    }

    /// The file from which texts are still to be brought over, where it is there.
    pub fn noted_salvage(&self) -> Option<PathBuf> {
        let noted = fs::read_to_string(beside(&self.library, ".salvage")).ok()?;
        Some(PathBuf::from(noted)).filter(|from| from.is_file())
    }

    /// Takes that note back.
    pub fn forget_salvage(&self) -> Result<(), LibraryError> {
        let note = beside(&self.library, ".salvage");
        gone(fs::remove_file(&note)).map_err(|error| LibraryError::file(&note, error))
    }

    /// Notes that the writer put a backup in the library's place at this time, in milliseconds: what older backups
    /// know more is not lacking.
    pub fn note_restored(&self, at: i64) -> Result<(), LibraryError> {
        self.write_note(".restored", at.to_string().as_bytes())
    }

    /// When that was last; none: never.
    pub fn restored_at(&self) -> Option<i64> {
        fs::read_to_string(beside(&self.library, ".restored")).ok()?.parse().ok()
    }

    fn write_note(&self, ending: &str, text: &[u8]) -> Result<(), LibraryError> {
        let note = beside(&self.library, ending);
        let written = File::create(&note).and_then(|mut file| {
            file.write_all(text)?;
            file.sync_all()
        });
        written.map_err(|error| LibraryError::file(&note, error))?;
        self.library.parent().map_or(Ok(()), sync_folder)
    }

    /// Two libraries may have chosen one folder: each has its own in there.
    fn name_in_chosen(&self) -> String {
        let hash = blake3::hash(self.library.as_os_str().as_encoded_bytes()).to_hex();
        format!("postwright-{}", &hash[..8])
    }

    /// Notes that damage was met while the library was in use, so that the next start looks at all of it first.
    pub fn note_damage(&self) -> Result<(), LibraryError> {
        let note = self.damage_note();
        fs::write(&note, "").map_err(|error| LibraryError::file(&note, error))
    }

    /// Whether that was noted.
    pub fn is_damage_noted(&self) -> bool {
        self.damage_note().exists()
    }

    /// Takes the note back.
    pub fn forget_damage(&self) -> Result<(), LibraryError> {
        let note = self.damage_note();
        gone(fs::remove_file(&note)).map_err(|error| LibraryError::file(&note, error))
    }

    fn beside(&self) -> PathBuf {
        beside(&self.library, ".backups")
    }

    fn choice(&self) -> PathBuf {
        self.beside().join("folder.txt")
    }

    fn damage_note(&self) -> PathBuf {
        beside(&self.library, ".damage-found")
    }
}

fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
