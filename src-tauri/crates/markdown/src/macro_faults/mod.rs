//! Macros that end the build: none of the generator's or the site's, never closed, never ended.
//!
//! Each generator's own reader of macros is followed here, over the whole text, and not the preview's: what is shown as
//! a macro and what the generator stumbles over are two questions.

mod blocks;
mod hugo;
mod liquid;
mod nunjucks;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::block::TextChange;
use crate::dialect::Dialect;
use crate::macros::Syntax;

/// More than these are not told of one text.
const MOST: usize = 100;

/// The macros that a site adds to those which its generator has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteMacros {
    /// By name, whether one of Hugo's shortcodes has content and so needs an end; none where that cannot be told.
    pub names: BTreeMap<String, Option<bool>>,
}

/// A place in a text at which the generator ends the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacroFault {
    /// What is wrong there.
    pub kind: MacroFaultKind,
    /// The bytes of the macro in the text.
    pub span: Range<usize>,
    /// Changes after which it is text and no macro; empty where there is no sure way.
    pub escape: Vec<TextChange>,
}

/// What can be wrong with a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MacroFaultKind {
    /// Neither the generator nor the site has one of this name.
    Unknown {
        /// As it is written.
        name: String,
    },
    /// It is opened, and what closes it (`>}}`, `}}`, `%}`) does not follow.
    Unclosed {
        /// What opens it.
        opener: String,
    },
    /// No name stands where one must.
    NoName,
    /// A character that may stand in quotes only (Hugo).
    BadCharacter {
        /// The character.
        character: char,
    },
    /// A quote that does not end on its line (Hugo).
    OpenQuote,
    /// It has content, and its end is missing.
    NeverEnded {
        /// Its name.
        name: String,
    },
    /// The end, or a part, of something that was not begun.
    NeverBegun {
        /// As it is written: `endif`, `/figure`.
        name: String,
    },
    /// An end, where the end of another must come first.
    OtherIsOpen {
        /// The end as it is written.
        name: String,
        /// What must be ended first.
        open: String,
    },
    /// It is ended, and takes no content (Hugo).
    TakesNoContent {
        /// Its name.
        name: String,
    },
}

/// Finds what of a text's macros ends the build; its body starts at byte `body_start`.
pub fn macro_faults(text: &str, body_start: usize, dialect: &Dialect, site: &SiteMacros) -> Vec<MacroFault> {
    let body = &text[body_start..];
    if body.len() > crate::preview::MAX_BODY_BYTES {
        return Vec::new();
    }
    let mut faults = match dialect.macros() {
        Some(Syntax::Hugo) => hugo::faults(body, site),
        Some(Syntax::Liquid) => liquid::faults(body, site),
        Some(Syntax::Nunjucks) => nunjucks::faults(body, dialect, site),
        Some(Syntax::Tera | Syntax::Mdx) | None => Vec::new(),
    };
    faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    faults.truncate(MOST);
    for fault in &mut faults {
        fault.span = fault.span.start + body_start..fault.span.end + body_start;
        for change in &mut fault.escape {
            change.from += body_start;
            change.to += body_start;
        }
    }
    faults
}

fn insertion(at: usize, insert: &str) -> TextChange {
    TextChange { from: at, to: at, insert: insert.to_owned() }
}

/// Liquid and Nunjucks print what stands in `raw`.
fn in_raw(span: &Range<usize>) -> Vec<TextChange> {
    vec![insertion(span.start, "{% raw %}"), insertion(span.end, "{% endraw %}")]
}

#[cfg(test)]
mod tests;
