//! The library: every draft, every edit of it, its kept revisions and its images, in one SQLite file.
//!
//! It knows texts, numbers and bytes. It must not know what a post is (front matter, Markdown), what a site's
//! folder looks like, the wire, or the clock: times, paths and opaque JSON are arguments.
//!
//! What it promises: an edit that was acknowledged is on disk; a journal never has a gap; a file that is not a
//! library, or a damaged one, is never written to.

mod assets;
mod backup;
mod backup_folder;
mod draft;
mod error;
mod examination;
mod exchange;
mod hold;
mod journal;
mod library;
mod links;
mod listing;
mod open;
mod packing;
mod past_edits;
mod publications;
mod revisions;
mod salvage;
mod schema;
mod settings;
mod sites;
mod templates;
mod text;
mod thinning;
mod writer;

#[cfg(test)]
mod failure_tests;
#[cfg(test)]
mod migration_tests;

pub use assets::{AddedAsset, Asset, AssetName};
pub use backup_folder::BackupFolder;
pub use draft::{FileLink, NewDraft, StoredDraft};
pub use error::LibraryError;
pub use examination::{Examination, Flaw};
pub use exchange::{
    finish_exchange, place_of_damaged, put_backup_in_place, put_backup_in_place_at_once, replace_damaged,
};
pub use journal::JournalEntry;
pub use library::Library;
pub use listing::DraftSummary;
pub use open::NewerSchema;
pub use past_edits::{HistoryStep, PastEdit};
pub use publications::{NewPublication, NewText, Note, Publication, PublicationHold, PublicationState};
pub use revisions::{RevisionKind, RevisionSummary};
pub use salvage::Salvage;
pub use sites::StoredSite;
pub use templates::Template;
pub use text::{ChangeError, TextChange, apply_changes};
pub use thinning::revisions_to_drop;
