//! What the window and the core say to each other: calls with their replies, events, and errors.
//!
//! Everything here is plain data that serde writes as JSON; `typescript()` prints the same shapes for the
//! user interface, so that no shape is written by hand twice. The command line's `--json` prints these types too.
//!
//! This crate must not know what a call does, where anything is kept, or which shell carries it.
//!
//! Two conventions hold everywhere:
//! - A position in a text is a count of UTF-16 code units of the text *as the editor holds it*: without a byte
//!   order mark, and with every line end counted as one unit, whatever the file uses.
//! - A time is a number of milliseconds since 1970-01-01T00:00:00Z.

mod backups;
mod building;
mod calls;
mod checking;
mod drafts;
mod editing;
mod error;
mod events;
mod git;
mod habits;
mod history;
mod importing;
mod offers;
mod preview;
mod publishing;
mod searching;
mod session;
mod sites;
mod typescript;

pub use backups::*;
pub use building::*;
pub use calls::{Call, Done, Reply};
pub use checking::*;
pub use drafts::*;
pub use editing::*;
pub use error::{Error, ErrorCode};
pub use events::*;
pub use git::*;
pub use habits::*;
pub use history::*;
pub use importing::*;
pub use offers::*;
pub use preview::*;
pub use publishing::*;
pub use searching::*;
pub use session::*;
pub use sites::*;
pub use typescript::typescript;

/// Numbers a post in the library, for good. Site posts have one from the moment they are first opened.
pub type PostId = u32;
/// Numbers a site in the library.
pub type SiteId = u32;
/// Counts the edits of a post: each applied edit makes the next revision. Never goes back.
pub type Revision = u32;
/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Milliseconds = i64;
