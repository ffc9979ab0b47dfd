//! Markdown to a list of blocks of safe HTML, and from one list to the next by patches.
//!
//! A [`Preview`] holds a post's text cut into top-level blocks, each with its sanitised HTML, as its site's dialect
//! reads it. An edit reads again what it may have changed, renders only what that says anew, and answers with the
//! difference. Offsets are bytes and
//! lines end in `\n`.
//!
//! This crate is pure and must not know: files, the clock, the environment, the wire's types, sites, front matter
//! (the caller says where the body starts), or how a web view applies a patch.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod block;
mod body;
mod code;
mod contents;
mod definitions;
mod dialect;
mod edited;
mod embeds;
mod findings;
mod group;
mod heading;
mod image;
mod macro_faults;
mod macros;
mod notes;
mod page;
mod parts;
mod preview;
mod reading;
mod reconcile;
mod render;
mod sanitise;
mod shown;
mod stretch;
mod stretches;
mod style;
mod time;
mod whole;
mod window;

pub use block::{Block, ChangedLines, Op, Options, Patch, Refusal, Resized, TextChange};
pub use code::{
    Change, CodeSetting, ColouredCode, Colouring, Fence, FenceProblem, Flavour, LineChange, Notation,
    render_code,
};
pub use dialect::*;
pub use findings::{Finding, FindingKind, Look, look_through};
pub use macro_faults::{MacroFault, MacroFaultKind, SiteMacros, macro_faults};
pub use macros::PageReference;
pub use page::{render_fragment, standalone_page};
pub use preview::{MAX_BODY_BYTES, Preview};
pub use sanitise::SafeHtml;
pub use style::{Theme, code_style, sanitised_site_css, shiki_theme_css, theme_css, themes};
pub use time::{StopWatch, TimeIsUp};
pub use whole::{SitePart, site_html, site_parts};
