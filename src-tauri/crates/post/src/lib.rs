//! Posts as texts: front matter that is edited without damage, slugs and file names, what is known of a site as
//! data, and the plan of a publication. It must not know files, clocks, the environment or the window: whatever
//! it needs of them is an argument.
//!
//! Every text here is the editor's: no byte order mark, every line end `\n`. Offsets count bytes.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod addresses;
pub mod appearing;
pub mod comparison;
pub mod diff;
pub mod front_matter;
pub mod merge;
pub mod moving;
pub mod paragraph;
pub mod plan;
pub mod profile;
pub mod slug;

/// Replaces the bytes from `from` to `to` of a text by `insert`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// Start, in the text before the change.
    pub from: usize,
    /// End, in the text before the change.
    pub to: usize,
    /// What comes instead.
    pub insert: String,
}

/// The text after `changes`, which are sorted by place and do not overlap.
pub fn apply_changes(text: &str, changes: &[TextChange]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut done = 0;
    for change in changes {
        after.push_str(&text[done..change.from]);
        after.push_str(&change.insert);
        done = change.to;
    }
    after.push_str(&text[done..]);
    after
}
