//! Tables: any lines with a pipe between boundaries.

use std::ops::Range;

use super::{BlockReader, Blocks, Lines, syntax};
use crate::dialect::jekyll::entities::trimmed;
use crate::dialect::jekyll::excerpt::Excerpt;
use crate::dialect::jekyll::spans;
use crate::dialect::jekyll::syntax::trimmed_end;
use crate::dialect::jekyll::tree::{Alignment, BlockKind, Section, Table, TablePart};

/// How many cells of a table are filled in at most: kramdown fills every row, but a long row and many short ones would
/// be more cells than anybody can be shown.
const MOST_FILLED_CELLS: usize = 100_000;

impl BlockReader<'_> {
    pub(super) fn table(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let start = lines.at;
        let line = lines.line();
        let starts = syntax::blanks(line) <= 3 && !line[syntax::blanks(line)..].starts_with('\t');
        if !starts || !spans::has_pipe(line) || !blocks.at_boundary() {
            return false;
        }
        let mut table = Unfinished::default();
        let leading_pipe = syntax::trimmed_start(line).starts_with('|');
        while !lines.is_done() && spans::has_pipe(lines.line()) {
            table.line(lines, leading_pipe);
            lines.next_line();
        }
        let read =
            lines.at_boundary() && spans::lines_have_pipes(&lines.text[start..lines.at - 1], self.settings);
        match table.finished().filter(|_| read) {
            Some(table) => {
                blocks.push(BlockKind::Table(table), lines.source_from(start));
                true
            }
            None => {
                // An attribute list that waited for a block is lost with the table that it is not.
                blocks.waiting = None;
                lines.at = start;
                false
            }
        }
    }
}

#[derive(Debug, Default)]
struct Unfinished {
    table: Table,
    rows: Vec<Vec<Excerpt>>,
    has_foot: bool,
}

impl Unfinished {
    fn line(&mut self, lines: &Lines<'_>, leading_pipe: bool) {
        let line = trimmed_end(lines.line());
        if is_separator(line, b'-') {
            self.separator(line);
        } else if is_separator(line, b'=') {
            if !self.rows.is_empty() {
                self.section(TablePart::Body);
            }
            self.has_foot = true;
        } else {
            let row = row(lines, lines.at..lines.at + line.len(), leading_pipe);
            self.table.columns = self.table.columns.max(row.len());
            self.rows.push(row);
        }
    }

    fn separator(&mut self, line: &str) {
        if self.rows.is_empty() {
            return;
        }
        if self.table.alignments.is_empty() && !self.has_foot {
            self.section(TablePart::Head);
            self.table.alignments = alignments(line);
        } else if !self.has_foot {
            self.section(TablePart::Body);
        }
    }

    fn section(&mut self, part: TablePart) {
        let rows = std::mem::take(&mut self.rows);
        self.table.sections.push(Section { part, rows });
    }

    /// The table with rows of equal length, if those are not too many cells; none without a body.
    fn finished(mut self) -> Option<Table> {
        if !self.rows.is_empty() {
            self.section(if self.has_foot { TablePart::Foot } else { TablePart::Body });
        }
        let Table { sections, alignments, columns } = &mut self.table;
        let mut filled = 0;
        for row in sections.iter_mut().flat_map(|section| &mut section.rows) {
            filled += *columns - row.len();
            if filled > MOST_FILLED_CELLS {
                break;
            }
            row.resize(*columns, Excerpt::default());
        }
        alignments.resize(*columns, Alignment::Default);
        sections.iter().any(|section| section.part == TablePart::Body).then_some(self.table)
    }
}

/// Nothing but pipes, pluses, colons, blanks and the mark, which is there.
fn is_separator(line: &str, mark: u8) -> bool {
    line.bytes().all(|byte| byte == mark || matches!(byte, b'+' | b'|' | b':' | b' ' | b'\t'))
        && line.as_bytes().contains(&mark)
}

fn alignments(line: &str) -> Vec<Alignment> {
    let mut alignments = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|&byte| byte == b'-').map(|found| at + found) {
        let end = start + bytes[start..].iter().take_while(|&&byte| byte == b'-').count();
        // A colon that the column before took is not this one's.
        let left = start > at && bytes[start - 1] == b':';
        let right = bytes.get(end) == Some(&b':');
        alignments.push(match (left, right) {
            (false, false) => Alignment::Default,
            (true, false) => Alignment::Left,
            (false, true) => Alignment::Right,
            (true, true) => Alignment::Center,
        });
        at = end + usize::from(right);
    }
    alignments
}

fn row(lines: &Lines<'_>, range: Range<usize>, leading_pipe: bool) -> Vec<Excerpt> {
    let mut cells: Vec<Excerpt> = Vec::new();
    let mut cell = Excerpt::default();
    let mut from = range.start;
    for pipe in spans::pipes(&lines.text[range.clone()]) {
        let at = range.start + pipe.at;
        if pipe.escaped {
            cell.append_part(lines.excerpt, from..at - 1);
            from = at;
        } else {
            cell.append_part(lines.excerpt, from..at);
            cells.push(without_space(&std::mem::take(&mut cell)));
            from = at + 1;
        }
    }
    cell.append_part(lines.excerpt, from..range.end);
    cells.push(without_space(&cell));
    if leading_pipe && cells.first().is_some_and(Excerpt::is_empty) {
        cells.remove(0);
    }
    if cells.last().is_some_and(Excerpt::is_empty) {
        cells.pop();
    }
    cells
}

fn without_space(cell: &Excerpt) -> Excerpt {
    cell.part(trimmed(cell.as_str(), 0..cell.len()))
}
