//! Text that a container's marks and indents were taken out of, and where in the source each of its bytes is.

use std::ops::Range;

/// A copy of parts of the source, in the source's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Excerpt {
    text: String,
    pieces: Vec<Piece>,
}

/// A run of bytes that stand in the source as they stand here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: usize,
    source: usize,
}

impl Excerpt {
    /// The whole source with a newline at its end, and `\n` for every other line end (kramdown 2.4 reads no other).
    pub(super) fn of(source: &str) -> Self {
        let mut whole = Self::default();
        let mut rest = 0;
        while let Some(found) = source[rest..].find('\r') {
            let end = rest + found;
            whole.append(&source[rest..end], rest);
            rest = end + if source[end..].starts_with("\r\n") { 1 } else { 0 };
            whole.append("\n", rest);
            rest += 1;
        }
        whole.append(&source[rest..], rest);
        if !whole.text.ends_with('\n') {
            whole.append("\n", source.len());
        }
        whole
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where in the source the byte `at` is; for the end of a text, behind its last byte.
    pub(super) fn source_at(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = next.checked_sub(1).map(|last| self.pieces[last]) else { return 0 };
        let source = piece.source + (at - piece.at);
        match self.pieces.get(next) {
            Some(next) => source.min(next.source),
            None => source,
        }
    }

    /// The source from one byte of this text to another.
    pub(super) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_at(range.start);
        let end = match range.end.checked_sub(1) {
            Some(last) if last >= range.start => self.source_at(last) + 1,
            _ => start,
        };
        start..end.max(start)
    }

    /// Appends text that stands at `source`, or stands for what is there.
    pub(super) fn append(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        let goes_on =
            self.pieces.last().is_some_and(|last| last.source + (self.text.len() - last.at) == source);
        if !goes_on {
            self.pieces.push(Piece { at: self.text.len(), source });
        }
        self.text.push_str(text);
    }

    /// Appends a part of another excerpt.
    pub(super) fn append_part(&mut self, other: &Self, range: Range<usize>) {
        let mut at = range.start;
        let mut next = other.pieces.partition_point(|piece| piece.at <= at);
        while at < range.end {
            let end = other.pieces.get(next).map_or(range.end, |piece| piece.at.min(range.end));
            self.append(&other.text[at..end], other.source_at(at));
            at = end;
            next += 1;
        }
    }

    /// A part of this one alone.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        part.append_part(self, range);
        part
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while self.pieces.last().is_some_and(|piece| piece.at >= len) {
            self.pieces.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_its_bytes_stand() {
        let whole = Excerpt::of("> 가\r\n> b");
        assert_eq!(whole.as_str(), "> 가\n> b\n");
        let mut inner = whole.part(2..6);
        inner.append_part(&whole, 8..10);
        assert_eq!(inner.as_str(), "가\nb\n");
        assert_eq!(inner.source_at(0), 2);
        assert_eq!(inner.source_at(4), 9);
        assert_eq!(inner.source_range(0..5), 2..10);
        assert_eq!(inner.source_range(4..4), 9..9);
    }
}
