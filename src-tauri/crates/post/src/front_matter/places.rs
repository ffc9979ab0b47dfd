//! Lines and columns of places in a post.

use super::{Mistake, Problem, problem_at};

/// Tells lines and columns of places that count from where the front matter's source begins.
pub(super) struct Places<'a> {
    text: &'a str,
    source_start: usize,
    /// Where each line of the source begins but the first.
    line_starts: Vec<usize>,
    /// The line that the source begins on.
    first_line: usize,
}

impl<'a> Places<'a> {
    /// The places of a source that begins at `source_start` of a post; looks no further than a front matter can be.
    pub(super) fn new(text: &'a str, source_start: usize) -> Self {
        let end = text.floor_char_boundary(source_start + 2 * super::LONGEST_SOURCE);
        let newlines = text.as_bytes()[source_start..end].iter().enumerate();
        let line_starts = newlines.filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
        let first_line = text[..source_start].matches('\n').count() + 1;
        Places { text, source_start, line_starts, first_line }
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.first_line + self.line_starts.partition_point(|start| *start <= at)
    }

    /// Why something at a place cannot be read or edited.
    pub(super) fn problem(&self, mistake: Mistake) -> Problem {
        problem_at(self.text, self.source_start + mistake.at, mistake.reason)
    }
}
