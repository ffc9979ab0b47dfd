//! Search: finds, among texts that it was given, all that hold what is asked for, be it one letter.
//!
//! It knows texts with a few facts about each, a language of queries, and one SQLite file of its own, which holds
//! nothing that cannot be made again: a damaged or older one is thrown away. It must not know the library, sites, Markdown
//! beyond headings, the wire or the clock: what to read is handed to it, and times are arguments.
//!
//! What it promises: a text is found if and only if, both folded ([`fold`]), it holds what is asked for. The index only
//! makes that fast.

mod document;
mod error;
mod find;
mod fold;
mod grams;
mod heads;
mod hits;
mod index;
mod postings;
mod query;
mod schema;
mod segments;
mod set;

pub use document::{Document, Source, State};
pub use error::SearchError;
pub use find::{Asked, Found, FoundDocument, Place, Total};
pub use fold::{Folded, fold};
pub use hits::{Hit, Snippet};
pub use index::{Finder, Index};
pub use query::{BadQuery, Query};
