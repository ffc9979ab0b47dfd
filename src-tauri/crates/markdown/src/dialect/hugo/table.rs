//! Tables: goldmark makes one of the end of any paragraph, and of heads with too few cells, where pulldown-cmark
//! sees none.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::character::{without_space_around, without_space_before};

/// A table in the lines of a paragraph.
#[derive(Debug, PartialEq)]
pub(crate) struct Table {
    /// Where its head begins; the lines before it stay a paragraph.
    pub(crate) start: usize,
    pub(crate) alignments: Vec<Alignment>,
    /// The head first; by row the places of its cells.
    pub(crate) rows: Vec<Vec<Range<usize>>>,
}

impl Table {
    /// The first line of dashes decides: if the line before has more cells, there is no table at all.
    pub(crate) fn find(text: &str) -> Option<Self> {
        if !text.contains('\n') || !text.contains('-') {
            return None;
        }
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            lines.push(start..start + line.len());
            start += line.len() + 1;
        }
        let delimiter =
            (1..lines.len()).find_map(|number| Some((number, alignments(&text[lines[number].clone()])?)));
        let (number, alignments) = delimiter?;
        let head = cells(text, lines[number - 1].clone());
        if head.len() > alignments.len() {
            return None;
        }
        let start = lines[number - 1].start;
        let body = lines[number + 1..].iter().map(|line| cells(text, line.clone()));
        let rows = std::iter::once(head.clone()).chain(body).collect();
        Some(Self { start, alignments, rows })
    }
}

/// A line of dashes, colons and bars.
fn alignments(line: &str) -> Option<Vec<Alignment>> {
    if !line.contains(['|', ':'])
        || !line.bytes().all(|byte| matches!(byte, b'-' | b':' | b'|' | b' ' | b'\t'))
    {
        return None;
    }
    let mut columns: Vec<_> = line.split('|').map(without_space_around).collect();
    if columns.first().is_some_and(|column| column.is_empty()) {
        columns.remove(0);
    }
    if columns.last().is_some_and(|column| column.is_empty()) {
        columns.pop();
    }
    columns.into_iter().map(alignment).collect()
}

fn alignment(column: &str) -> Option<Alignment> {
    let left = column.starts_with(':');
    let right = column.len() > 1 && column.ends_with(':');
    let dashes = column.strip_prefix(':').unwrap_or(column);
    let dashes = if right { &dashes[..dashes.len() - 1] } else { dashes };
    if dashes.is_empty() || dashes.contains(':') || dashes.contains([' ', '\t']) {
        return None;
    }
    Some(match (left, right) {
        (true, true) => Alignment::Center,
        (true, false) => Alignment::Left,
        (false, true) => Alignment::Right,
        (false, false) => Alignment::None,
    })
}

/// A bar with a backslash before it divides nothing, in code or out of it.
fn cells(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let row = without_space_around(&text[line.clone()]);
    let mut start = line.start + (line.len() - without_space_before(&text[line]).len());
    let mut end = start + row.len();
    if row.starts_with('|') {
        start += 1;
    }
    if row.ends_with('|') && end > start {
        end -= 1;
    }
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    while start < end {
        let bar =
            (start..end).find(|&at| bytes[at] == b'|' && (at == 0 || bytes[at - 1] != b'\\')).unwrap_or(end);
        let cell = &text[start..bar];
        let first = start + (cell.len() - without_space_before(cell).len());
        cells.push(first..first + without_space_around(cell).len());
        start = bar + 1;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_table_at_the_end_of_a_paragraph() {
        let text = "앞\n| 가 | `나\\|다` |\n|---|:-:|\n| 1 |";
        let table = Table::find(text).unwrap();
        assert_eq!(&text[..table.start], "앞\n");
        assert_eq!(table.alignments, [Alignment::None, Alignment::Center]);
        let texts: Vec<Vec<_>> =
            table.rows.iter().map(|row| row.iter().map(|cell| &text[cell.clone()]).collect()).collect();
        assert_eq!(texts, [vec!["가", "`나\\|다`"], vec!["1"]]);
    }

    #[test]
    fn finds_none_where_the_head_has_other_columns() {
        for text in ["a | b\n|---", "a\n- - -", "가\n나", "가 | 나 | 다\n--- | ---"] {
            assert_eq!(Table::find(text), None, "{text}");
        }
    }
}
