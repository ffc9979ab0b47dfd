//! A text with a few characters put into it, and the way back to the offsets of the source.

use std::ops::Range;

/// Insertions at offsets of the source, in order.
#[derive(Debug, Default)]
pub(crate) struct Edited {
    /// The source with the insertions.
    pub(crate) text: String,
    /// Where each insertion stands in `text`, how long it is, and how long those before it are.
    insertions: Vec<Insertion>,
}

#[derive(Debug)]
struct Insertion {
    at: usize,
    length: usize,
    before: usize,
}

impl Edited {
    /// Puts each text before its offset.
    pub(crate) fn new(source: &str, insertions: &[(usize, String)]) -> Self {
        let mut text = String::with_capacity(source.len() + 16 * insertions.len());
        let mut placed = Vec::with_capacity(insertions.len());
        let (mut from, mut before) = (0, 0);
        for (at, inserted) in insertions {
            text.push_str(&source[from..*at]);
            placed.push(Insertion { at: text.len(), length: inserted.len(), before });
            text.push_str(inserted);
            before += inserted.len();
            from = *at;
        }
        text.push_str(&source[from..]);
        Self { text, insertions: placed }
    }

    /// The range of the source that a range of the text stands for.
    pub(crate) fn in_source(&self, range: &Range<usize>) -> Range<usize> {
        self.offset_in_source(range.start)..self.offset_in_source(range.end)
    }

    fn offset_in_source(&self, offset: usize) -> usize {
        let passed = self.insertions.partition_point(|insertion| insertion.at <= offset);
        let Some(last) = passed.checked_sub(1).map(|last| &self.insertions[last]) else { return offset };
        offset.max(last.at + last.length) - last.length - last.before
    }

    /// The range of the text that a range of the source became.
    pub(crate) fn in_text(&self, range: &Range<usize>) -> Range<usize> {
        let shift = |offset: usize| {
            let passed =
                self.insertions.partition_point(|insertion| insertion.at - insertion.before <= offset);
            let shift = passed.checked_sub(1).map(|last| &self.insertions[last]);
            offset + shift.map_or(0, |last| last.before + last.length)
        };
        shift(range.start)..shift(range.end.max(range.start + 1) - 1) + usize::from(!range.is_empty())
    }
}
