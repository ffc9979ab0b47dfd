//! Sites on disk: what a folder is, which posts it holds, reading and writing them, and noticing when they change.
//!
//! This crate touches the disk and nothing else: it knows no library, no window, no settings and no Markdown. What a
//! site is made of, as data, is [`postwright_post::profile`]'s; what to publish is its plan's. Here is the one function
//! that writes a user's file ([`write_file`], and [`apply`] for several at once), and that settles what a crash cut short.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod archetype;
pub mod build;
mod configuration;
mod detect;
mod error;
pub mod file_form;
pub mod git;
mod head;
mod highlight;
mod index;
mod path;
pub mod program;
mod read;
mod site_copy;
mod site_macros;
#[cfg(test)]
mod testing;
mod walk;
mod watch;
mod write;

pub use archetype::{Archetype, archetype, section};
pub use configuration::{Configuration, ConfigurationPlace, configuration};
pub use detect::{
    Candidate, ConfigurationProblem, Survey, above, candidates, detect, generator, survey, survey_as,
};
pub use error::{PathFault, SiteError};
pub use file_form::{FileForm, LineEnd, LineEnds, decode, encode};
pub use highlight::highlight_sheet;
pub use index::{IndexedPost, index, index_one, passed_over, read_heads};
pub use read::{LARGEST_FILE, PostFile, hash_of, read_bytes, read_file};
pub use site_macros::{MacrosOfSite, macros_of_site};
pub use walk::files_of;
pub use watch::{SiteChanged, Watcher, Watching};
pub use write::{
    Expected, FileChange, IntendedFile, Intent, Prepared, Settled, Step, Steps, all_steps, apply, prepare,
    settle, write_file,
};
