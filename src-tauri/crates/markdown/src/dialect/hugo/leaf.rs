//! The text of one paragraph, heading or cell, without what its containers put before its lines.

use std::ops::Range;

use super::character::{without_space_around, without_space_before, without_space_behind};

/// Lines joined by `\n`, and where each came from.
#[derive(Debug, Default)]
pub(crate) struct Leaf {
    pub(crate) text: String,
    /// By line: where it begins in the text, and where in the source.
    lines: Vec<(usize, usize)>,
}

impl Leaf {
    /// `quotes` is how many block quotes it stands in.
    pub(crate) fn new(source: &str, range: Range<usize>, quotes: usize) -> Self {
        let mut leaf = Self::default();
        let mut at = range.start;
        for (number, line) in source[range].split_inclusive('\n').enumerate() {
            let kept =
                if number == 0 { line.trim_start_matches(BLANK) } else { without_prefix(line, quotes) };
            let start = at + (line.len() - kept.len());
            at += line.len();
            leaf.push_line(kept.trim_end_matches(['\n', '\r']), start);
        }
        let end = without_space_behind(&leaf.text).len();
        leaf.text.truncate(end);
        leaf
    }

    fn push_line(&mut self, line: &str, source: usize) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push((self.text.len(), source));
        self.text.push_str(line);
    }

    /// Some lines of it, as a leaf of its own.
    pub(crate) fn part(&self, lines: Range<usize>) -> Self {
        let start_of = |line: usize| self.lines.get(line).map_or(self.text.len(), |&(start, _)| start);
        self.cut(start_of(lines.start)..start_of(lines.end))
    }

    /// A piece of its text, as a leaf of its own.
    pub(crate) fn cut(&self, piece: Range<usize>) -> Self {
        let mut cut = Self::default();
        let text = without_space_around(&self.text[piece.clone()]);
        let mut at = piece.start + (piece.len() - without_space_before(&self.text[piece]).len());
        for line in text.split('\n') {
            cut.push_line(line, self.source(at));
            at += line.len() + 1;
        }
        cut
    }

    pub(crate) fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
        let end = without_space_behind(&self.text).len();
        self.text.truncate(end);
    }

    /// Where in the source a byte of the text is.
    pub(crate) fn source(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        self.lines.get(line).map_or(0, |&(start, source)| source + (at - start))
    }

    pub(crate) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        // The end of a line belongs to that line, not to the next.
        let end = if range.end > range.start { self.source(range.end - 1) + 1 } else { start };
        start..end.max(start)
    }
}

const BLANK: [char; 2] = [' ', '\t'];

/// A later line of a paragraph has no indent of its own; a lazy one need not have its `>`.
fn without_prefix(line: &str, quotes: usize) -> &str {
    let mut line = line.trim_start_matches(BLANK);
    for _ in 0..quotes {
        match line.strip_prefix('>') {
            Some(rest) => line = rest.trim_start_matches(BLANK),
            None => break,
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_the_prefixes_of_containers_and_knows_where_its_bytes_are() {
        let source = "> - 하나 \r\n>   둘\n셋\n";
        let leaf = Leaf::new(source, 4..source.len(), 1);
        assert_eq!(leaf.text, "하나 \n둘\n셋");
        assert_eq!(leaf.source(leaf.text.find('둘').unwrap()), source.find('둘').unwrap());
        let last = leaf.text.find('셋').unwrap();
        assert_eq!(&source[leaf.source_range(&(last..last + 3))], "셋");
        assert_eq!(leaf.part(1..3).text, "둘\n셋");
    }
}
