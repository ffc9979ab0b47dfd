//! How much of a text must be read again after an edit: from the stretch before it to where all is as it was.

use std::ops::Range;

use crate::block::TextChange;
use crate::dialect::Engine;
use crate::reading::{Definitions, Reading};
use crate::stretch::{Stretch, cuts, spans};
use crate::stretches::{Place, Stretches};

/// A part of a text, read again.
pub(crate) struct Window {
    /// The stretches that make room.
    pub(crate) replaced: Range<usize>,
    /// Where the first of them is.
    pub(crate) place: Place,
    /// The text that was read.
    source: String,
    /// The bytes of each stretch that comes.
    stretches: Vec<Range<usize>>,
    /// What was read; of more than comes where some stretches stay.
    pub(crate) reading: Reading,
    /// The whole text was read.
    pub(crate) whole: bool,
    /// How many pieces come.
    pub(crate) pieces: usize,
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
    stretches: &Stretches,
    changes: &[TextChange],
    all: bool,
    engine: &dyn Engine,
    known: &Definitions,
) -> Window {
    let (touched, place) = touched(stretches, changes);
    let count = stretches.count();
    let mut range =
        if all { 0..count } else { touched.start.saturating_sub(1)..(touched.end + 1).min(count) };
    let mut reach = 1;
    loop {
        let start = stretches.place(range.start, place).bytes;
        let source = applied(&stretches[range.clone()], start, changes);
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
            let replaced = range.start + same_before..range.end - same_behind;
            return Window {
                place: stretches.place(replaced.start, place),
                replaced,
                stretches: spans[coming.clone()].iter().map(|(bytes, _)| bytes.clone()).collect(),
                pieces: spans[coming].iter().map(|(_, within)| within.len()).sum(),
                source,
                reading,
                whole,
            };
        }
        if reading.unclosed {
            range = 0..count;
        } else {
            reach *= 2;
            range.end = (touched.end + reach).min(count);
        }
    }
}

/// The stretches that the changes begin, end or lie in, and where the first of them is.
fn touched(stretches: &Stretches, changes: &[TextChange]) -> (Range<usize>, Place) {
    let first = stretches.ending_at(changes.first().map_or(0, |first| first.from));
    let to = changes.last().map_or(0, |last| last.to);
    let mut end = first.stretch + 1;
    let mut start = first.bytes + stretches[first.stretch].source.len();
    // One that starts where the changes end is touched too.
    while end < stretches.count() && start <= to {
        start += stretches[end].source.len();
        end += 1;
    }
    (first.stretch..end, first)
}

/// The text of some stretches, of which the first starts at `start`, after the changes.
fn applied(stretches: &[Stretch], start: usize, changes: &[TextChange]) -> String {
    let mut start = start;
    let mut text = String::new();
    let mut changes = changes.iter().peekable();
    // Up to here, the bytes are dealt with.
    let mut at = start;
    for stretch in stretches {
        let end = start + stretch.source.len();
        while let Some(change) = changes.next_if(|change| change.from <= end) {
            text.push_str(&stretch.source[at - start..change.from - start]);
            text.push_str(&change.insert);
            at = change.to;
            if at > end {
                break;
            }
        }
        if at <= end {
            text.push_str(&stretch.source[at - start..]);
            at = end;
        }
        start = end;
    }
    text
}
