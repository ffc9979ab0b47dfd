//! Emphasis and the other marks that stand in pairs around text.

use std::collections::HashMap;

use super::{Node, Scanner};
use crate::dialect::hugo::character::{at, is_mark};

/// What a pair of marks means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// `*` or `_`: emphasis, strong if two are taken.
    Emphasis,
    Strikethrough,
    Delete,
    Subscript,
    Superscript,
    Insert,
    Highlight,
}

/// A run of marks that may open or close something.
#[derive(Debug)]
pub(super) struct Delimiter {
    mark: Mark,
    byte: u8,
    /// How many of the run are still text.
    left: usize,
    length: usize,
    can_open: bool,
    can_close: bool,
    previous: Option<usize>,
    next: Option<usize>,
    /// What it opens, the innermost first: the mark and how many characters were taken.
    pub(super) opens: Vec<(Mark, usize)>,
    /// What it closes, the innermost first.
    pub(super) closes: Vec<(Mark, usize)>,
}

impl Delimiter {
    /// How many characters of the run stay text.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    fn takes(&self, closer: &Self) -> usize {
        let sum = self.length + closer.length;
        if (self.can_close || closer.can_open) && sum.is_multiple_of(3) && !closer.length.is_multiple_of(3) {
            return 0;
        }
        if self.left >= 2 && closer.left >= 2 { 2 } else { 1 }
    }
}

/// The runs of a leaf; those that may still open or close something are a list.
#[derive(Debug, Default)]
pub(super) struct Delimiters {
    all: Vec<Delimiter>,
    first: Option<usize>,
    last: Option<usize>,
}

impl Delimiters {
    pub(super) fn get(&self, index: usize) -> &Delimiter {
        &self.all[index]
    }

    pub(super) fn last(&self) -> Option<usize> {
        self.last
    }

    fn push(&mut self, mut delimiter: Delimiter) -> usize {
        let index = self.all.len();
        delimiter.previous = self.last;
        match self.last {
            Some(last) => self.all[last].next = Some(index),
            None => self.first = Some(index),
        }
        self.last = Some(index);
        self.all.push(delimiter);
        index
    }

    fn remove(&mut self, index: usize) {
        let (previous, next) = (self.all[index].previous, self.all[index].next);
        match previous {
            Some(previous) => self.all[previous].next = next,
            None => self.first = next,
        }
        match next {
            Some(next) => self.all[next].previous = previous,
            None => self.last = previous,
        }
    }

    /// Pairs what was opened and closed after `bottom`; what is left over there is text.
    pub(super) fn match_after(&mut self, bottom: Option<usize>) {
        let mut candidate = match bottom {
            Some(bottom) => self.all[bottom].next,
            None => self.first,
        };
        // Below it no opener was found for a closer of this kind, so none is sought there again.
        let mut sought: HashMap<(Mark, u8, bool, usize), Option<usize>> = HashMap::new();
        while let Some(closer) = candidate {
            if !self.all[closer].can_close {
                candidate = self.all[closer].next;
                continue;
            }
            let of = &self.all[closer];
            let kind = (of.mark, of.byte, of.can_open, of.length % 3);
            let floor = sought.get(&kind).copied().unwrap_or(bottom);
            match self.opener(closer, floor) {
                Some((opener, taken)) => {
                    self.pair(opener, closer, taken);
                    if self.all[opener].left == 0 {
                        self.remove(opener);
                    }
                    if self.all[closer].left == 0 {
                        candidate = self.all[closer].next;
                        self.remove(closer);
                    }
                }
                None => {
                    sought.insert(kind, self.all[closer].previous);
                    candidate = self.all[closer].next;
                    if !self.all[closer].can_open {
                        self.remove(closer);
                    }
                }
            }
        }
        match bottom {
            Some(bottom) => self.all[bottom].next = None,
            None => self.first = None,
        }
        self.last = bottom;
    }

    fn opener(&self, closer: usize, floor: Option<usize>) -> Option<(usize, usize)> {
        let mut candidate = self.all[closer].previous;
        // Indices grow along the list; the floor itself may have been taken out of it since.
        while let Some(opener) = candidate.filter(|opener| floor.is_none_or(|floor| *opener > floor)) {
            let of = &self.all[opener];
            if of.can_open && of.byte == self.all[closer].byte {
                let taken = of.takes(&self.all[closer]);
                if taken > 0 {
                    return Some((opener, taken));
                }
            }
            candidate = of.previous;
        }
        None
    }

    fn pair(&mut self, opener: usize, closer: usize, taken: usize) {
        let mark = self.all[opener].mark;
        for (index, opens) in [(opener, true), (closer, false)] {
            let of = &mut self.all[index];
            of.left -= taken;
            if opens { of.opens.push((mark, taken)) } else { of.closes.push((mark, taken)) }
        }
        self.all[opener].next = Some(closer);
        self.all[closer].previous = Some(opener);
    }
}

impl Scanner<'_, '_> {
    pub(super) fn emphasis(&mut self, byte: u8) -> bool {
        let run = self.run_of(byte);
        self.push_delimiter(Mark::Emphasis, byte, run, None)
    }

    pub(super) fn tilde(&mut self) -> bool {
        let hugo = self.context.hugo;
        if hugo.extras.delete && self.extra(Mark::Delete, 2) {
            return true;
        }
        let run = self.run_of(b'~');
        if hugo.strikethrough && run <= 2 && self.before() != '~' {
            return self.push_delimiter(Mark::Strikethrough, b'~', run, None);
        }
        hugo.extras.subscript && self.extra(Mark::Subscript, 1)
    }

    pub(super) fn superscript(&mut self) -> bool {
        // `10^-3^`: the sign is no mark here.
        let sign =
            self.text.as_bytes().get(self.at + 1).is_some_and(|next| matches!(next, b'+' | b'-' | b'\''));
        let run = self.run_of(b'^');
        run <= 2
            && self.before() != '^'
            && self.push_delimiter(Mark::Superscript, b'^', run, sign.then_some('z'))
    }

    pub(super) fn extra(&mut self, mark: Mark, least: usize) -> bool {
        let Some(byte) = self.peek() else { return false };
        let run = self.run_of(byte);
        if run < least || run > 2 || self.before() == byte as char {
            return false;
        }
        self.push_delimiter(mark, byte, run, None)
    }

    fn push_delimiter(&mut self, mark: Mark, byte: u8, length: usize, after: Option<char>) -> bool {
        let end = self.at + length;
        let sides = Sides::new(self.before(), after.unwrap_or_else(|| at(self.text, end)));
        let (can_open, can_close) = if byte == b'_' { sides.underscore() } else { (sides.left, sides.right) };
        let delimiter = self.delimiters.push(Delimiter {
            mark,
            byte,
            left: length,
            length,
            can_open,
            can_close,
            previous: None,
            next: None,
            opens: Vec::new(),
            closes: Vec::new(),
        });
        self.nodes.push(Node::Mark { range: self.at..end, delimiter });
        self.at = end;
        true
    }
}

/// What stands on the two sides of a run (CommonMark 0.31, 6.2).
pub(super) struct Sides {
    /// Left-flanking: it may open.
    pub(super) left: bool,
    /// Right-flanking: it may close.
    pub(super) right: bool,
    mark_before: bool,
    mark_after: bool,
}

impl Sides {
    pub(super) fn new(before: char, after: char) -> Self {
        let (mark_before, mark_after) = (is_mark(before), is_mark(after));
        let (space_before, space_after) = (before.is_whitespace(), after.is_whitespace());
        Self {
            left: !space_after && (!mark_after || space_before || mark_before),
            right: !space_before && (!mark_before || space_after || mark_after),
            mark_before,
            mark_after,
        }
    }

    fn underscore(&self) -> (bool, bool) {
        (self.left && (!self.right || self.mark_before), self.right && (!self.left || self.mark_after))
    }
}
