//! The writer's library: where it is, and the core opened on it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use postwright_app::{App, OnDamage, Options};
use postwright_wire::Event;

use crate::cli::Arguments;
use crate::failure::Failure;
use crate::window::IMAGE_BASE;
use crate::{language, programs};

/// The library's file: as asked for, else in the platform's folder for data.
pub(crate) fn path(asked: Option<&Path>) -> Result<PathBuf, Failure> {
    let chosen = match asked {
        Some(path) => path.to_owned(),
        None => dirs::data_dir()
            .ok_or_else(|| {
                Failure::Usage(
                    "no folder for data is known here — name the library with --library".to_owned(),
                )
            })?
            .join("postwright")
            .join("library.db"),
    };
    std::path::absolute(&chosen).map_err(Failure::write(&chosen))
}

/// Opens the core; `events` takes what it tells unasked.
pub(crate) fn open(
    arguments: &Arguments,
    library: &Path,
    on_damage: OnDamage,
    events: impl Fn(Event) + Send + Sync + 'static,
) -> Result<App, Failure> {
    let options = Options {
        library: library.to_owned(),
        language: arguments.language,
        system_language: language::of_the_system(),
        now: Arc::new(jiff::Zoned::now),
        image_base: IMAGE_BASE.to_owned(),
        program_folders: programs::folders(),
        on_damage,
        events: Arc::new(events),
    };
    Ok(App::open(options)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_library_asked_for_is_taken_as_an_absolute_path() {
        assert_eq!(path(Some(Path::new("/a/b.db"))).unwrap(), Path::new("/a/b.db"));
        assert!(path(Some(Path::new("b.db"))).unwrap().is_absolute());
    }

    #[test]
    fn without_one_it_lies_in_the_data_folder() {
        assert!(path(None).unwrap().ends_with("postwright/library.db"));
    }
}
