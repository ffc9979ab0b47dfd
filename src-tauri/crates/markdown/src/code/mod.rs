//! Code in a post: what its fence says, its colours, and its HTML.
//!
//! - [`fence`] reads the info string in each generator's notation, as data.
//! - [`language`] finds the language that a name means, also to the site's highlighter.
//! - [`grammar`] (syntect) says which parts of a line are comments, strings and code; [`profile`] and [`paint`] give
//!   them Pygments' short class names as Chroma (Hugo) and Rouge (Jekyll) do, so that the site's own style sheet, or
//!   any of [`crate::style`]'s themes, colours them.
//! - [`coloured`] keeps colours line by line; [`html`] writes the block.
//!
//! # For the preview
//!
//! [`render`] colours a fence once. A preview that will see the fence again keeps a [`ColouredCode`]:
//!
//! ```text
//! let setting = CodeSetting { notation: Notation::Hugo, flavour: Flavour::Chroma, numbered: false };
//! let mut code = ColouredCode::new(info, text, setting, &stop);   // `stop` is asked before every line
//! code.html();                                                    // the whole block, safe
//! match code.update(info, text, &stop) {                          // after an edit
//!     Change::Lines(change) => code.lines_html(&change),          // a span `.line` for each line in place of others
//!     Change::All => code.html(),                                 // another info string: all is another
//! }
//! if code.colouring().unfinished {                                // `stop` said so: the rest is plain for now
//!     code.continue_colouring(&stop);                             // later: the lines that got their colours
//! }
//! ```
//!
//! Nothing is loaded before the first code with a language is coloured.

mod coloured;
mod fence;
mod grammar;
mod html;
mod language;
mod paint;
mod profile;

pub use coloured::LineChange;
pub use fence::{Fence, FenceProblem, Notation};

use coloured::ColouredLines;
use language::Meaning;

use crate::sanitise::{self, SafeHtml};

/// The tag and caption of the figure that code with this info string stands in; nothing if it has no caption.
pub(crate) fn figure_start(info: &str, notation: Notation) -> Option<String> {
    html::figure_start(&fence::parse(info, notation))
}

/// Whose class names code carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Flavour {
    /// Our own choice, which is Chroma's, for every language that we know.
    #[default]
    Own,
    /// Chroma's, which is Hugo's highlighter; what it does not know stays plain.
    Chroma,
    /// Rouge's, which is Jekyll's; what it does not know stays plain.
    Rouge,
}

/// How a site shows code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CodeSetting {
    /// In whose notation fences are written.
    pub notation: Notation,
    /// Whose class names code carries.
    pub flavour: Flavour,
    /// Whether lines have numbers where the fence does not say.
    pub numbered: bool,
}

/// What became of the colouring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Colouring {
    /// The fence names a language that we, or the site's highlighter, do not know: it stays plain.
    pub unknown_language: Option<String>,
    /// The generator will not take the fence as it is written.
    pub problem: Option<FenceProblem>,
    /// Time was up: the rest is plain until [`ColouredCode::continue_colouring`].
    pub unfinished: bool,
}

/// What an update changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Some lines; none, if none are inserted and removed.
    Lines(LineChange),
    /// The whole block: the fence says something else.
    All,
}

/// A block of code that keeps its colours.
#[derive(Debug, Clone)]
pub struct ColouredCode {
    info: Box<str>,
    setting: CodeSetting,
    fence: Fence,
    meaning: Meaning,
    lines: ColouredLines,
}

impl ColouredCode {
    /// Reads the fence and colours its code until `stop` says so.
    pub fn new(info: &str, text: &str, setting: CodeSetting, stop: &dyn Fn() -> bool) -> Self {
        let fence = fence::parse(info, setting.notation);
        let meaning = match &fence.language {
            Some(name) => language::meaning(name, setting.flavour),
            None => Meaning::Plain,
        };
        let language = match meaning {
            Meaning::Language(language) => Some(language),
            Meaning::Plain | Meaning::Unknown => None,
        };
        let lines = ColouredLines::new(language, setting.flavour, text, stop);
        Self { info: info.into(), setting, fence, meaning, lines }
    }

    /// Whether lines have numbers where the fence does not say: Hugo numbers what it gives to its highlighter.
    fn numbered(&self) -> bool {
        let highlighted = self.fence.language.is_some() && !matches!(self.meaning, Meaning::Unknown);
        self.setting.numbered && (highlighted || self.setting.notation != Notation::Hugo)
    }

    /// Takes the fence and the code as they are now, and colours what the edit changed.
    pub fn update(&mut self, info: &str, text: &str, stop: &dyn Fn() -> bool) -> Change {
        if *info != *self.info {
            *self = Self::new(info, text, self.setting, stop);
            return Change::All;
        }
        let mut change = self.lines.update(text, stop);
        // Numbers and marks move with the lines.
        let places = !self.fence.marked.is_empty()
            || !self.fence.hidden.is_empty()
            || self.fence.number(1, self.numbered()).is_some();
        if places && change.removed != change.inserted {
            let rest = self.lines.html().len() - change.from;
            change.removed = rest + change.removed - change.inserted;
            change.inserted = rest;
        }
        Change::Lines(change)
    }

    /// Goes on where time was up; the lines that got their colours, if there were any left.
    pub fn continue_colouring(&mut self, stop: &dyn Fn() -> bool) -> Option<LineChange> {
        let coloured = self.lines.resume(stop)?;
        Some(LineChange { from: coloured.start, removed: coloured.len(), inserted: coloured.len() })
    }

    /// What became of the colouring.
    pub fn colouring(&self) -> Colouring {
        Colouring {
            unknown_language: self.fence.language.clone().filter(|_| self.meaning == Meaning::Unknown),
            problem: self.fence.problem,
            unfinished: self.is_unfinished(),
        }
    }

    /// Whether time was up before every line had its colours.
    pub fn is_unfinished(&self) -> bool {
        self.lines.is_unfinished()
    }

    /// What the fence says.
    pub fn fence(&self) -> &Fence {
        &self.fence
    }

    /// The whole block.
    pub fn html(&self) -> SafeHtml {
        let setting = CodeSetting { numbered: self.numbered(), ..self.setting };
        sanitise::written_code(html::block(&self.fence, setting, self.lines.html()))
    }

    /// The span of each line that a change inserted.
    pub fn lines_html(&self, change: &LineChange) -> Vec<SafeHtml> {
        let lines = self.lines.html().enumerate().skip(change.from).take(change.inserted);
        lines
            .map(|(at, line)| {
                let mut written = String::new();
                html::line(&mut written, &self.fence, self.numbered(), at + 1, line);
                sanitise::written_code(written)
            })
            .collect()
    }
}

/// Code as it stands in the preview of a text without a site.
#[cfg(test)]
pub(crate) fn render(info: &str, text: &str) -> SafeHtml {
    render_code(info, text, CodeSetting::default())
}

/// Code as a site shows it, coloured once.
pub fn render_code(info: &str, text: &str, setting: CodeSetting) -> SafeHtml {
    ColouredCode::new(info, text, setting, &|| false).html()
}

#[cfg(test)]
mod tests;
