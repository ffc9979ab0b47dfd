//! Lists that only pulldown-cmark takes for loose.
//!
//! goldmark makes a table of a paragraph after it has read the paragraph, and the table does not remember that a blank
//! line was before it (`extension/table.go`, `parser/list.go`): a list whose only blank lines are before tables is tight.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::blocks::follows_blank_line;
use super::leaf::Leaf;
use super::table::Table;

/// The lists of a run that are tight because of their tables, each by the event that begins it.
#[derive(Default)]
pub(super) struct Tightened(BTreeSet<usize>);

impl Tightened {
    /// Looks at what stands directly in each item of each list.
    pub(super) fn of(source: &str, events: &[(Event<'_>, Range<usize>)]) -> Self {
        let mut open: Vec<Open> = Vec::new();
        let mut quotes = 0;
        let mut tightened = BTreeSet::new();
        for (at, (event, range)) in events.iter().enumerate() {
            if matches!(event, Event::Start(_) | Event::Rule) {
                let is_table =
                    || matches!(event, Event::Start(Tag::Paragraph)) && is_table(source, range, quotes);
                add_child(&mut open, source, range, is_table);
            }
            match event {
                Event::Start(Tag::List(_)) => open.push(Open::list(at)),
                Event::Start(tag) => {
                    quotes += usize::from(matches!(tag, Tag::BlockQuote(_)));
                    open.push(if matches!(tag, Tag::Item) {
                        Open::Item { children: 0 }
                    } else {
                        Open::Other
                    });
                }
                Event::End(tag) => {
                    quotes -= usize::from(matches!(tag, TagEnd::BlockQuote(_)));
                    if let Some(Open::List { at, loose: false, tables: true, .. }) = open.pop() {
                        tightened.insert(at);
                    }
                }
                _ => {}
            }
        }
        Self(tightened)
    }

    /// Whether the list that begins at this event is one.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.0.contains(&at)
    }
}

/// What is open at an event.
enum Open {
    List {
        at: usize,
        items: usize,
        /// A blank line is before something that is no table.
        loose: bool,
        tables: bool,
    },
    Item {
        children: usize,
    },
    Other,
}

impl Open {
    fn list(at: usize) -> Self {
        Self::List { at, items: 0, loose: false, tables: false }
    }
}

/// Counts a block for the list that it stands in, as an item of it or in one.
fn add_child(open: &mut [Open], source: &str, range: &Range<usize>, is_table: impl FnOnce() -> bool) {
    match open {
        [.., Open::List { items, loose, .. }] => {
            *loose |= *items > 0 && follows_blank_line(source, range.start);
            *items += 1;
        }
        [.., Open::List { loose, tables, .. }, Open::Item { children }] => {
            if is_table() {
                *tables = true;
            } else {
                *loose |= *children > 0 && follows_blank_line(source, range.start);
            }
            *children += 1;
        }
        _ => {}
    }
}

/// Whether nothing of a paragraph is left beside the table in it.
fn is_table(source: &str, range: &Range<usize>, quotes: usize) -> bool {
    source[range.clone()].contains('\n')
        && Table::find(&Leaf::new(source, range.clone(), quotes).text).is_some_and(|table| table.start == 0)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;

    fn count(source: &str) -> usize {
        let events: Vec<_> = Parser::new(source).into_offset_iter().collect();
        Tightened::of(source, &events).0.len()
    }

    /// Hugo 0.168.
    #[test]
    fn only_blank_lines_before_tables_leave_a_list_tight() {
        assert_eq!(count("- 표\n\n  |가|\n  |--|\n  |1|\n- 뒤\n"), 1);
        assert_eq!(count("> - 표\n>\n>   |가|\n>   |--|\n"), 1);
        assert_eq!(count("- 표\n\n  |가|\n  |--|\n\n  글\n"), 0);
        assert_eq!(count("- 표\n\n  앞\n  |가|\n  |--|\n"), 0);
        assert_eq!(count("- 표\n\n  |가|\n  |--|\n\n- 뒤\n"), 0);
        assert_eq!(count("- 앞\n\n  글\n"), 0);
    }
}
