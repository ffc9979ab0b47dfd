//! Two renderings of one post, compared block by block: the preview, and what a generator built.
//!
//! [`compare`] takes two renderings of the post alone; [`compare_with_page`] finds the post in a page of any theme.
//!
//! This crate is pure and must not know: files, the clock, Markdown, sites, or the words a writer is told things in.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
mod article;
mod compare;
pub mod html;
mod kind;
mod page;
mod pictures;

pub use compare::{Comparison, Difference, compare, words_apart};
pub use kind::Kind;
pub use page::{PageComparison, PageDifference, Part, compare_with_page};
