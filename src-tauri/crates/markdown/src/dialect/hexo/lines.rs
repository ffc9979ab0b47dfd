//! Where marked 15 goes on with a list or leaves it, other than CommonMark.
//!
//! marked reads the lines of an item first and its blocks later. A line with too little indent goes on with the item
//! whatever it is, a quotation too, unless a blank line was seen in the item, or the line before is indented deeply, or
//! a tag begins the line. These lines get the indent, or the blank line, that makes CommonMark do the same.

/// Nobody nests lists deeper on one line.
const DEEPEST: usize = 32;

/// What to put into the text, before which offsets.
pub(super) fn insertions(text: &str) -> Vec<(usize, String)> {
    let mut reader = Reader::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        reader.read(start, Line::of(line));
        start += line.len();
    }
    reader.insertions
}

/// A line, and the column where its text begins.
#[derive(Clone, Copy)]
struct Line<'a> {
    column: usize,
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let line = line.trim_end_matches('\n');
        let rest = line.trim_start_matches([' ', '\t']);
        let indent = &line[..line.len() - rest.len()];
        let column = indent.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        Self { column, rest: rest.trim_end() }
    }

    fn is_rule(self) -> bool {
        ['-', '*', '_'].iter().any(|mark| {
            self.rest.starts_with(*mark)
                && self.rest.chars().all(|c| c == *mark || c == ' ' || c == '\t')
                && self.rest.chars().filter(|c| c == mark).count() >= 3
        })
    }

    /// The length of a list's mark.
    fn bullet(self) -> Option<usize> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let mark = self.rest.as_bytes().get(digits)?;
        let marks =
            if digits == 0 { matches!(mark, b'-' | b'*' | b'+') } else { matches!(mark, b'.' | b')') };
        let after = self.rest.as_bytes().get(digits + 1);
        (marks && digits < 10 && after.is_none_or(|b| matches!(b, b' ' | b'\t')) && !self.is_rule())
            .then_some(digits + 1)
    }

    /// What stands in the item that a mark of this length begins.
    fn content(self, mark: usize) -> Line<'a> {
        let after = &self.rest[mark..];
        let rest = after.trim_start_matches([' ', '\t']);
        let blanks: usize =
            after[..after.len() - rest.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let blanks = if rest.is_empty() || blanks > 4 { 1 } else { blanks };
        Line { column: self.column + mark + blanks, rest }
    }

    /// The columns of the items that the line begins, one in the other.
    fn items(self) -> Vec<usize> {
        let mut columns = Vec::new();
        let mut line = self;
        while columns.len() < DEEPEST
            && let Some(mark) = line.bullet()
        {
            line = line.content(mark);
            columns.push(line.column);
        }
        columns
    }

    fn is_fence(self) -> bool {
        self.rest.starts_with("```") || self.rest.starts_with("~~~")
    }

    fn begins_html(self) -> bool {
        let Some(tag) = self.rest.strip_prefix('<') else { return false };
        tag.starts_with("!--") || tag.starts_with(|c: char| c.is_ascii_alphabetic()) && tag.contains('>')
    }
}

#[derive(Default)]
struct Reader {
    insertions: Vec<(usize, String)>,
    list: Option<Item>,
    /// The marks of a fence that is open.
    fence: Option<(u8, usize)>,
    in_paragraph: bool,
    in_quote: bool,
    after_blank: bool,
}

/// The item of the outermost list that is being read.
struct Item {
    column: usize,
    /// The columns of the items inside it.
    inner: Vec<usize>,
    blank_seen: bool,
    /// How far the line before is indented, seen from the item's column.
    indent_before: usize,
}

impl Item {
    fn begun_by(line: Line<'_>) -> Option<Self> {
        let mut inner = line.items();
        let column = *inner.first()?;
        inner.remove(0);
        Some(Self { column, inner, blank_seen: false, indent_before: 0 })
    }
}

impl Reader {
    fn read(&mut self, start: usize, line: Line<'_>) {
        if self.pass_fence(line) {
            return;
        }
        if line.rest.is_empty() {
            if let Some(item) = &mut self.list {
                item.blank_seen = true;
            }
            (self.in_paragraph, self.in_quote, self.after_blank) = (false, false, true);
            return;
        }
        if self.list.is_some() {
            self.read_in_list(start, line);
        } else {
            self.read_at_top(start, line);
        }
        self.after_blank = false;
    }

    /// Code is left alone.
    fn pass_fence(&mut self, line: Line<'_>) -> bool {
        let mark = line.rest.bytes().next().unwrap_or(0);
        let length = line.rest.bytes().take_while(|b| *b == mark).count();
        match self.fence {
            Some((open, least)) => {
                if mark == open && length >= least && length == line.rest.len() {
                    self.fence = None;
                }
                true
            }
            None => {
                if line.is_fence() && (mark == b'~' || !line.rest[length..].contains('`')) {
                    self.fence = Some((mark, length));
                }
                false
            }
        }
    }

    fn read_in_list(&mut self, start: usize, line: Line<'_>) {
        let Some(item) = &mut self.list else { return };
        if line.column >= item.column {
            item.indent_before = line.column - item.column;
            if line.bullet().is_some() {
                item.inner.retain(|column| *column <= line.column);
                item.inner.extend(line.items());
            }
            return;
        }
        let shallow = line.column <= 3.min(item.column - 1);
        if shallow && let Some(next) = Item::begun_by(line) {
            *item = next;
            return;
        }
        let ends = shallow && (line.is_fence() || line.rest.starts_with('#') || line.is_rule());
        let leaves = item.blank_seen || item.indent_before >= 4 || shallow && line.begins_html();
        if ends || leaves {
            if !ends && !self.after_blank {
                self.insertions.push((start, "\n".to_owned()));
            }
            self.list = None;
            self.in_paragraph = false;
            self.read_at_top(start, line);
        } else {
            item.indent_before = 0;
            if line.rest.starts_with('>') {
                let column = item.inner.last().copied().unwrap_or(item.column);
                self.insertions.push((start, " ".repeat(column - line.column)));
            }
        }
    }

    fn read_at_top(&mut self, start: usize, line: Line<'_>) {
        if line.column > 3 {
            // In a quotation that goes on without its mark, a deeper list is still one.
            if self.in_quote {
                self.insertions.push((start, "> ".to_owned()));
            }
            return;
        }
        if let Some(mark) = line.bullet() {
            let interrupts =
                line.rest.len() > mark && (mark == 1 || matches!(&line.rest[..mark], "1." | "1)"));
            if !self.in_paragraph || interrupts {
                self.list = Item::begun_by(line);
                (self.in_paragraph, self.in_quote) = (false, false);
                return;
            }
        }
        if line.rest.starts_with('>') {
            (self.in_paragraph, self.in_quote) = (false, true);
            return;
        }
        let other =
            line.is_fence() || line.rest.starts_with('#') || line.is_rule() || line.rest.starts_with('<');
        self.in_quote &= !other;
        self.in_paragraph = !other;
    }
}
