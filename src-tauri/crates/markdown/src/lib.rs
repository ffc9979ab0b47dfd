//! Markdown to a list of blocks of safe HTML, and from one list to the next by patches.
//!
//! A [`Preview`] holds a post's text cut into top-level blocks, each with its sanitised HTML. An edit parses the
//! text again, renders only the blocks that it has not seen, and answers with the difference. Offsets are bytes and
//! lines end in `\n`.
//!
//! This crate is pure and must not know: files, the clock, the environment, the wire's types, sites, front matter
//! (the caller says where the body starts), or how a web view applies a patch.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod block;
mod code;
mod dialect;
mod group;
mod heading;
mod image;
mod page;
mod preview;
mod reading;
mod reconcile;
mod render;
mod sanitise;
mod style;
mod survey;
// Tests of the dialects compare against it until the preview itself reads through them.
#[cfg_attr(not(test), allow(dead_code))]
mod whole;

pub use block::{Block, Op, Options, Patch, Refusal, Resized, TextChange};
pub use code::{
    Change, CodeSetting, ColouredCode, Colouring, Fence, FenceProblem, Flavour, LineChange, Notation,
    render_code,
};
pub use dialect::{Astro, CommonMark, Dialect, Hexo, Hugo, Jekyll, Zola};
pub use page::{render_fragment, standalone_page};
pub use preview::{MAX_BODY_BYTES, Preview};
pub use sanitise::SafeHtml;
pub use style::{Theme, code_style, sanitised_site_css, theme_css, themes};
