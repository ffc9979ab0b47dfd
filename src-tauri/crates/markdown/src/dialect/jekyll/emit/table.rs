//! Events of tables.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Emitter;
use crate::dialect::jekyll::attributes::Attributes;
use crate::dialect::jekyll::excerpt::Excerpt;
use crate::dialect::jekyll::tree::{Alignment, Section, Table, TablePart};

impl Emitter<'_> {
    pub(super) fn table(&mut self, table: &Table, attributes: &Attributes, source: Range<usize>) {
        match table.sections.as_slice() {
            [head, body] if attributes.is_empty() && is_usual(head, body) => {
                self.usual_table(table, &head.rows[0], &body.rows, source);
            }
            _ => self.table_as_html(table, attributes, source),
        }
    }

    /// One head row, one body.
    fn usual_table(&mut self, table: &Table, head: &[Excerpt], body: &[Vec<Excerpt>], source: Range<usize>) {
        let alignments = table.alignments.iter().map(|alignment| match alignment {
            Alignment::Default => pulldown_cmark::Alignment::None,
            Alignment::Left => pulldown_cmark::Alignment::Left,
            Alignment::Right => pulldown_cmark::Alignment::Right,
            Alignment::Center => pulldown_cmark::Alignment::Center,
        });
        self.event(Event::Start(Tag::Table(alignments.collect())), source.clone());
        self.row(Tag::TableHead, TagEnd::TableHead, head);
        for row in body {
            self.row(Tag::TableRow, TagEnd::TableRow, row);
        }
        self.event(Event::End(TagEnd::Table), source);
    }

    fn row(&mut self, tag: Tag<'static>, end: TagEnd, cells: &[Excerpt]) {
        let place = |cell: Option<&Excerpt>| cell.map_or(0..0, |cell| cell.source_range(0..cell.len()));
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        let row = place(filled().next()).start..place(filled().next_back()).end;
        self.event(Event::Start(tag), row.clone());
        for cell in cells {
            let source = if cell.is_empty() { row.clone() } else { place(Some(cell)) };
            self.event(Event::Start(Tag::TableCell), source.clone());
            self.cell(cell, &source);
            self.event(Event::End(TagEnd::TableCell), source);
        }
        self.event(Event::End(end), row);
    }

    /// An empty cell is filled with a blank that does not break.
    fn cell(&mut self, cell: &Excerpt, source: &Range<usize>) {
        if cell.is_empty() {
            self.event(Event::Text("\u{a0}".into()), source.clone());
        } else {
            self.spans(cell, true);
        }
    }

    fn table_as_html(&mut self, table: &Table, attributes: &Attributes, source: Range<usize>) {
        let mut html = format!("<table{}>\n", attributes.html());
        for section in &table.sections {
            let (part, cell_name) = match section.part {
                TablePart::Head => ("thead", "th"),
                TablePart::Body => ("tbody", "td"),
                TablePart::Foot => ("tfoot", "td"),
            };
            html.push_str(&format!("<{part}>\n"));
            for row in &section.rows {
                html.push_str("<tr>\n");
                for (cell, alignment) in row.iter().zip(&table.alignments) {
                    let style = match alignment {
                        Alignment::Default => "",
                        Alignment::Left => " style=\"text-align: left\"",
                        Alignment::Right => " style=\"text-align: right\"",
                        Alignment::Center => " style=\"text-align: center\"",
                    };
                    html.push_str(&format!("<{cell_name}{style}>"));
                    self.html(std::mem::take(&mut html), source.clone());
                    self.cell(cell, &source);
                    html.push_str(&format!("</{cell_name}>\n"));
                }
                html.push_str("</tr>\n");
            }
            html.push_str(&format!("</{part}>\n"));
        }
        html.push_str("</table>\n");
        self.html(html, source);
    }
}

fn is_usual(head: &Section, body: &Section) -> bool {
    head.part == TablePart::Head && head.rows.len() == 1 && body.part == TablePart::Body
}
