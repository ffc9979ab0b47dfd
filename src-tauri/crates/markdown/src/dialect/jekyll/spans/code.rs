//! Code spans: the first run of as many backticks closes, even if it is a part of a longer one.

use super::{Span, SpanKind, SpanReader, is_space};

/// The runs of backticks of a text, found when the first of them is read.
#[derive(Debug, Default)]
pub(super) struct Backticks {
    runs: Option<Vec<Run>>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    /// The longest run from this one on.
    longest: usize,
}

impl Backticks {
    /// Where at least `length` backticks begin, from `from` on and in front of `end`.
    pub(super) fn find(&mut self, text: &str, from: usize, end: usize, length: usize) -> Option<usize> {
        let runs = self.runs.get_or_insert_with(|| runs(text));
        let first = runs.partition_point(|run| run.start + run.length <= from);
        if runs.get(first)?.longest < length {
            return None;
        }
        let run = runs[first..].iter().find(|run| run.start + run.length - run.start.max(from) >= length)?;
        let start = run.start.max(from);
        (start + length <= end).then_some(start)
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(last) if last.start + last.length == at => last.length += 1,
            _ => runs.push(Run { start: at, length: 1, longest: 0 }),
        }
    }
    let mut longest = 0;
    for run in runs.iter_mut().rev() {
        longest = run.length.max(longest);
        run.longest = longest;
    }
    runs
}

impl SpanReader<'_> {
    pub(super) fn code(&mut self, spans: &mut Vec<Span>) {
        let length = self.rest().bytes().take_while(|&byte| byte == b'`').count();
        let start = self.at + length;
        let spaced = |byte: Option<u8>| byte.is_none_or(is_space);
        let lonely = length == 1
            && spaced(self.before(self.at).bytes().next_back())
            && self.byte(start).is_some_and(is_space);
        let end = if lonely || self.is_exhausted() {
            None
        } else {
            self.backticks.find(self.text, start, self.window.end, length)
        };
        let Some(end) = end else { return self.text_to(start, spans) };
        // Long runs that are looked for among many short ones cost.
        self.steps += (end - start) / 64;
        let mut text = &self.text[start..end];
        if length > 1 {
            text = text.strip_prefix(' ').unwrap_or(text);
            text = text.strip_suffix(' ').unwrap_or(text);
        }
        let kind = SpanKind::Code { text: text.to_owned(), attributes: Default::default() };
        self.span_to(end + length, kind, spans);
    }
}
