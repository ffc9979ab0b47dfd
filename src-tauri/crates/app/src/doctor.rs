//! Looks at a library from outside: whether it is sound, what can be mended, and which file takes its place.

use std::path::{Path, PathBuf};

use postwright_drafts::{BackupFolder, Examination, Library, LibraryError, put_backup_in_place_at_once};
use postwright_wire::{self as wire, Language, Milliseconds};

use crate::failure::Failure;
use crate::{OnDamage, backups};

/// What the doctor found, and did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The number of drafts, those in the trash among them.
    pub drafts: u32,
    /// The number of kept revisions.
    pub revisions: u32,
    /// The number of images and other files of drafts.
    pub assets: u32,
    /// What cannot be read, a sentence each; empty for a sound library.
    pub flaws: Vec<String>,
    /// What was done about it, in the writer's language; none where nothing was to be done, or nothing was asked for.
    pub repaired: Option<wire::Error>,
}

/// Reads everything in a library; with `repairs`, a damaged one gives its place to its newest good backup, into which
/// comes what can still be read.
pub fn examine(
    library: &Path,
    repairs: bool,
    now: Milliseconds,
    language: Language,
) -> Result<Report, wire::Error> {
    let told = |error: LibraryError| Failure::from(error).on_the_wire(language);
    let mut report = match Library::look_into(library).and_then(|library| library.examine()) {
        Ok(found) => report_of(found),
        Err(error) if error.is_damage() => Report { flaws: vec![error.to_string()], ..Report::default() },
        Err(error) => return Err(told(error)),
    };
    if repairs && !report.flaws.is_empty() {
        BackupFolder::of(library).note_damage().map_err(told)?;
        let opened = backups::open(library, OnDamage::Recover, now).map_err(told)?;
        report.repaired = opened.recovery.map(|recovery| Failure::Recovered(recovery).on_the_wire(language));
    }
    Ok(report)
}

/// Puts a backup in the library's place, and answers where the library is kept. Fails while a window has it open.
pub fn restore(
    library: &Path,
    backup: &Path,
    now: Milliseconds,
    language: Language,
) -> Result<PathBuf, wire::Error> {
    let told = |error: LibraryError| Failure::from(error).on_the_wire(language);
    let kept = put_backup_in_place_at_once(library, backup, now).map_err(told)?;
    BackupFolder::of(library).note_restored(now).map_err(told)?;
    Library::open(library, now).map_err(told)?;
    Ok(kept)
}

fn report_of(found: Examination) -> Report {
    Report {
        drafts: found.drafts,
        revisions: found.revisions,
        assets: found.assets,
        flaws: found.flaws.iter().map(ToString::to_string).collect(),
        repaired: None,
    }
}
