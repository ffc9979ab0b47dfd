//! Text from elsewhere becomes drafts in Markdown: HTML that was saved or pasted, and plain text in which marks and
//! structure were lost.
//!
//! [`markdown_of_page`] and [`markdown_of_clip`] turn HTML into Markdown. [`Proposal`] takes plain text: it finds
//! where one post ends and the next begins, and what each step would change, so that a person can look at it before
//! it is taken and undo each choice. [`decode`] reads bytes in the encodings that old exports have.
//!
//! Offsets are bytes. All of it takes time that grows with the length of the text alone; what is too large is refused.
//!
//! This crate is pure and must not know: files, the clock, the environment, the library, or the wire.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod details;
mod encoding;
mod html;
mod plain;
mod proposal;
mod seams;

pub use details::Details;
pub use encoding::{Decoded, Encoding, decode, decode_as};
pub use html::{
    EmbeddedImage, FromHtml, HtmlError, MAX_HTML_BYTES, looks_like_html, markdown_of_clip, markdown_of_page,
};
pub use plain::{Step, StepName};
pub use proposal::{Change, ChangeId, Draft, MAX_TEXT_BYTES, Proposal, StepCount, TooLarge};
pub use seams::{Seam, SeamReason};
