//! Plain text that was pasted, step by step towards Markdown.
//!
//! Each step looks at the text that the steps before it left, and answers what it would change there. A change is
//! *sure* where its sign has hardly another meaning; the others are only offered.

mod blanks;
mod breaks;
mod code;
mod endings;
mod frame;
mod heads;
mod lines;
mod lists;
mod read_out;
mod run_in;
mod sentences;
mod signs;

use std::ops::Range;

use crate::Details;

pub(crate) use endings::ends_sentence;
pub(crate) use frame::{is_skip_link, is_view_count};
pub(crate) use lines::{Line, lines};
pub(crate) use read_out::{is_date_line, tags_at_end};

/// A step from pasted text to Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepName {
    /// White space that nobody sees: at the ends of lines, without width, of many empty lines.
    Blanks,
    /// What a page shows around its post: links over its menu, counters, buttons.
    Frame,
    /// Title, date, category and tags go into the front matter.
    Details,
    /// Lines of code are fenced.
    Code,
    /// Sentences that ran into the next without a space.
    Sentences,
    /// Headings that ran into the text after them.
    RunInHeads,
    /// Lines that were paragraphs.
    LineBreaks,
    /// Lists with `•` and `·`.
    Lists,
    /// Lines that were headings.
    Heads,
    /// Signs that Markdown would take for its own.
    Signs,
}

impl StepName {
    /// The steps in the order in which they are done.
    pub const ALL: [Self; 10] = [
        Self::Blanks,
        Self::Frame,
        Self::Details,
        Self::Code,
        Self::Sentences,
        Self::RunInHeads,
        Self::LineBreaks,
        Self::Lists,
        Self::Heads,
        Self::Signs,
    ];
}

/// Whether a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The step.
    pub name: StepName,
    /// Whether its changes are made.
    pub is_on: bool,
}

/// Something that a step would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// What is replaced, in the text that the step was given.
    pub(crate) range: Range<usize>,
    pub(crate) with: String,
    pub(crate) is_sure: bool,
    /// What the front matter learns by it.
    pub(crate) details: Option<Details>,
}

impl Found {
    pub(crate) fn sure(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into(), is_sure: true, details: None }
    }

    pub(crate) fn offered(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { is_sure: false, ..Self::sure(range, with) }
    }

    pub(crate) fn telling(range: Range<usize>, details: Details) -> Self {
        Self { details: Some(details), ..Self::sure(range, "") }
    }
}

/// What a step would change in a text, in order and without overlap. Of a text that is Markdown already, only what is
/// no sign of Markdown.
pub(crate) fn find(step: StepName, text: &str, is_markdown: bool) -> Vec<Found> {
    let mut found = match step {
        StepName::Blanks => blanks::find(text),
        StepName::Frame => frame::find(text),
        StepName::Details => read_out::find(text, is_markdown),
        StepName::Code if !is_markdown => code::find(text),
        StepName::Sentences => sentences::find(text),
        StepName::RunInHeads => run_in::find(text),
        StepName::LineBreaks if !is_markdown => breaks::find(text),
        StepName::Lists => lists::find(text),
        StepName::Heads if !is_markdown => heads::find(text),
        StepName::Signs if !is_markdown => signs::find(text),
        StepName::Code | StepName::LineBreaks | StepName::Heads | StepName::Signs => Vec::new(),
    };
    found.sort_by_key(|each| (each.range.start, each.range.end));
    let mut end = 0;
    found.retain(|each| {
        let is_apart = each.range.start >= end;
        if is_apart {
            end = each.range.end;
        }
        is_apart
    });
    found
}

/// Whether a text was written as Markdown: it has headings, fences or links in Markdown's signs.
pub(crate) fn is_markdown(text: &str) -> bool {
    let mut headings = 0;
    for line in text.lines() {
        let sign = line.trim_start_matches('#');
        let count = line.len() - sign.len();
        headings += usize::from((1..=6).contains(&count) && sign.starts_with(' '));
        if headings > 1 || line.starts_with("```") || line.starts_with("~~~") || has_link(line) {
            return true;
        }
    }
    false
}

fn has_link(line: &str) -> bool {
    line.split("](").skip(1).any(|after| {
        after.split_once(')').is_some_and(|(to, _)| !to.is_empty() && !to.contains(char::is_whitespace))
    })
}

#[cfg(test)]
mod tests;
