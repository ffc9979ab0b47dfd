//! What the blocks of a list show: HTML, or code that keeps its lines, so that an edit in it changes lines.

use crate::block::{Block, ChangedLines};
use crate::code::{Change, ColouredCode, LineChange};
use crate::render::Code;
use crate::sanitise::{self, SafeHtml};

/// A block of the list.
#[derive(Default)]
pub(crate) struct Shown {
    /// Names it for as long as it is in the list.
    pub(crate) id: u32,
    /// How many lines of source it takes.
    pub(crate) lines: u32,
    content: Content,
}

enum Content {
    Html(SafeHtml),
    Code(Box<ShownCode>),
}

struct ShownCode {
    source: Code,
    coloured: ColouredCode,
}

/// What a block is to show. Code is not coloured yet: the list may have its colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    Html(SafeHtml),
    Code(Code),
}

impl Default for Content {
    /// What stands where a block is taken from.
    fn default() -> Self {
        Self::Html(sanitise::nothing())
    }
}

impl Wanted {
    /// What is the same for what shows the same.
    pub(crate) fn key(&self) -> (&str, &str) {
        match self {
            Self::Html(html) => ("", html),
            Self::Code(code) => (&code.info, &code.text),
        }
    }
}

impl Shown {
    /// Colours code until `stop` says so.
    pub(crate) fn new(id: u32, lines: u32, wanted: Wanted, stop: &dyn Fn() -> bool) -> Self {
        let content = match wanted {
            Wanted::Html(html) => Content::Html(html),
            Wanted::Code(source) => {
                let coloured = ColouredCode::new(&source.info, &source.text, source.setting, stop);
                Content::Code(Box::new(ShownCode { source, coloured }))
            }
        };
        Self { id, lines, content }
    }

    pub(crate) fn shows(&self, wanted: &Wanted) -> bool {
        match (&self.content, wanted) {
            (Content::Html(html), Wanted::Html(wanted)) => html == wanted,
            (Content::Code(code), Wanted::Code(wanted)) => code.source == *wanted,
            _ => false,
        }
    }

    /// As [`Wanted::key`].
    pub(crate) fn key(&self) -> (&str, &str) {
        match &self.content {
            Content::Html(html) => ("", html),
            Content::Code(code) => (&code.source.info, &code.source.text),
        }
    }

    /// Is it the same fence around other code, so that it can become what is wanted line by line?
    pub(crate) fn can_become(&self, wanted: &Wanted) -> bool {
        match (&self.content, wanted) {
            (Content::Code(code), Wanted::Code(wanted)) => {
                code.source.info == wanted.info && code.source.setting == wanted.setting
            }
            _ => false,
        }
    }

    /// Becomes what it [can become](Self::can_become); the lines that changed.
    pub(crate) fn become_code(&mut self, wanted: Wanted, stop: &dyn Fn() -> bool) -> Option<LineChange> {
        let (Content::Code(code), Wanted::Code(wanted)) = (&mut self.content, wanted) else { return None };
        let change = code.coloured.update(&wanted.info, &wanted.text, stop);
        code.source = wanted;
        match change {
            Change::Lines(change) => Some(change),
            Change::All => None,
        }
    }

    /// Goes on with colours for which there was no time; the lines that got theirs.
    pub(crate) fn continue_colouring(&mut self, stop: &dyn Fn() -> bool) -> Option<LineChange> {
        match &mut self.content {
            Content::Code(code) => code.coloured.continue_colouring(stop),
            Content::Html(_) => None,
        }
    }

    pub(crate) fn is_unfinished(&self) -> bool {
        matches!(&self.content, Content::Code(code) if code.coloured.is_unfinished())
    }

    /// The HTML, if it is there without being put together.
    pub(crate) fn known_html(&self) -> Option<&SafeHtml> {
        match &self.content {
            Content::Html(html) => Some(html),
            Content::Code(_) => None,
        }
    }

    /// The block as a patch brings it.
    pub(crate) fn block(&self) -> Block {
        let html = match &self.content {
            Content::Html(html) => html.clone(),
            Content::Code(code) => code.coloured.html(),
        };
        Block { id: self.id, lines: self.lines, html }
    }

    /// Changed lines as a patch brings them; `at` is the index of this block.
    pub(crate) fn changed_lines(&self, at: u32, change: &LineChange) -> Option<ChangedLines> {
        let Content::Code(code) = &self.content else { return None };
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Some(ChangedLines {
            at,
            from: small(change.from),
            remove: small(change.removed),
            insert: code.coloured.lines_html(change),
        })
    }
}
