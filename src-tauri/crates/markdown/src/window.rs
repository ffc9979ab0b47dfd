//! How much of a text must be read again after an edit: from the stretch before it to where all is as it was.

use std::ops::Range;

use crate::block::TextChange;
use crate::dialect::Engine;
use crate::reading::{Definitions, Reading};
use crate::stretch::{Stretch, cuts, spans};

/// A part of a text, read again.
pub(crate) struct Window {
    /// The stretches that make room.
    pub(crate) replaced: Range<usize>,
    /// The text that was read.
    source: String,
    /// The bytes of each stretch that comes.
    stretches: Vec<Range<usize>>,
    /// What was read; of more than comes where some stretches stay.
    pub(crate) reading: Reading,
    /// The whole text was read.
    pub(crate) whole: bool,
}

impl Window {
    /// The text of each stretch that comes.
    pub(crate) fn sources(&self) -> Vec<String> {
        self.stretches.iter().map(|bytes| self.source[bytes.clone()].to_owned()).collect()
    }

    /// The reading is of the one stretch that comes.
    pub(crate) fn is_single(&self) -> bool {
        self.stretches.len() == 1 && self.stretches[0] == (0..self.source.len())
    }
}

/// Reads around changes until the text behind them is in step with what it was.
///
/// It is in step when a stretch that no change touches comes out as it was: what stands after a blank line depends on
/// nothing before it but the block before that line. For the same reason one stretch before the changes is enough; a
/// construct that reaches further is [`Reading::unclosed`] until its end is there.
pub(crate) fn read_around(
    stretches: &[Stretch],
    changes: &[TextChange],
    all: bool,
    engine: &dyn Engine,
    known: &Definitions,
) -> Window {
    let touched = touched(stretches, changes);
    let count = stretches.len();
    let mut range =
        if all { 0..count } else { touched.start.saturating_sub(1)..(touched.end + 1).min(count) };
    let mut reach = 1;
    loop {
        let source = applied(stretches, &range, changes);
        let reading = engine.read(&source, known);
        let whole = range == (0..count);
        let cuts = cuts(&source, &reading.events);
        let spans = spans(&source, &cuts);
        let is = |at: usize, (bytes, within): &(Range<usize>, Range<usize>)| {
            stretches[at].is(&source[bytes.clone()], bytes.start, &cuts[within.clone()])
        };
        let in_step = range.end == count || spans.last().is_some_and(|last| is(range.end - 1, last));
        if whole || (in_step && !reading.unclosed) {
            let same_before = range
                .clone()
                .zip(&spans)
                .take_while(|(at, span)| *at < touched.start && is(*at, span))
                .count();
            let same_behind = (touched.end.max(range.start + same_before)..range.end)
                .rev()
                .zip(spans[same_before..].iter().rev())
                .take_while(|(at, span)| is(*at, span))
                .count();
            let coming = same_before..spans.len() - same_behind;
            let stretches = spans[coming].iter().map(|(bytes, _)| bytes.clone()).collect();
            let replaced = range.start + same_before..range.end - same_behind;
            return Window { replaced, source, stretches, reading, whole };
        }
        if reading.unclosed {
            range = 0..count;
        } else {
            reach *= 2;
            range.end = (touched.end + reach).min(count);
        }
    }
}

/// The stretches that the changes begin, end or lie in.
fn touched(stretches: &[Stretch], changes: &[TextChange]) -> Range<usize> {
    let from = changes.first().map_or(0, |first| first.from);
    let to = changes.last().map_or(0, |last| last.to);
    let (mut start, mut first, mut last) = (0, None, 0);
    for (at, stretch) in stretches.iter().enumerate() {
        if start > to {
            break;
        }
        last = at;
        start += stretch.source.len();
        if first.is_none() && start >= from {
            first = Some(at);
        }
    }
    first.unwrap_or(last)..last + 1
}

/// The text of some stretches after the changes.
fn applied(stretches: &[Stretch], range: &Range<usize>, changes: &[TextChange]) -> String {
    let mut start: usize = stretches[..range.start].iter().map(|stretch| stretch.source.len()).sum();
    let mut text = String::new();
    let mut changes = changes.iter().peekable();
    // Of the change that is being made, the bytes up to here are gone.
    let mut gone = 0;
    for stretch in &stretches[range.clone()] {
        let end = start + stretch.source.len();
        let mut at = start.max(gone);
        while let Some(change) = changes.next_if(|change| change.from <= end) {
            text.push_str(&stretch.source[at.min(end) - start..change.from.max(at.min(end)) - start]);
            text.push_str(&change.insert);
            gone = change.to;
            at = gone;
        }
        if at < end {
            text.push_str(&stretch.source[at - start..]);
        }
        start = end;
    }
    text
}
