//! A list between brackets, in each of the notations: items that stay keep their bytes.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::edit::Refusal;
use crate::TextChange;

/// A list between brackets as it stands in a source.
pub(super) struct FlowList<'a> {
    pub(super) source: &'a str,
    /// From the opening bracket to behind the closing one.
    pub(super) place: Range<usize>,
    /// Each item's text and place.
    pub(super) items: Vec<(&'a str, Range<usize>)>,
    /// Whether the notation has comments, from `#` on.
    pub(super) has_comments: bool,
}

impl FlowList<'_> {
    /// The change that makes the list hold `texts`; `write` gives a new item its form.
    pub(super) fn change(
        &self,
        texts: &[String],
        write: impl Fn(&str) -> String,
    ) -> Result<TextChange, Refusal> {
        if self.has_comments && self.has_comment_between() {
            return Err(Refusal::UnusualLayout);
        }
        let old: Vec<&str> = self.items.iter().map(|(text, _)| *text).collect();
        let new: Vec<&str> = texts.iter().map(String::as_str).collect();
        let [open, between, close] = self.spaces();
        let mut insert = String::new();
        let (mut last_kept, mut is_first) = (None::<usize>, true);
        let mut add = |kept: Option<usize>, item: &str| {
            let stays_beside = kept.zip(last_kept).filter(|(kept, last)| *kept == last + 1);
            let gap = match stays_beside {
                _ if is_first => open,
                Some((kept, last)) => &self.source[self.items[last].1.end..self.items[kept].1.start],
                None => between,
            };
            insert.push_str(gap);
            insert.push_str(item);
            (last_kept, is_first) = (kept, false);
        };
        let mut is_empty = true;
        for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
            is_empty &= operation.new_range().is_empty();
            match operation {
                DiffOp::Equal { old_index, len, .. } => {
                    let kept = old_index..old_index + len;
                    kept.for_each(|at| add(Some(at), &self.source[self.items[at].1.clone()]));
                }
                operation => new[operation.new_range()].iter().for_each(|text| add(None, &write(text))),
            }
        }
        let insert = if is_empty { "[]".to_owned() } else { format!("[{insert}{close}]") };
        Ok(TextChange { from: self.place.start, to: self.place.end, insert })
    }

    /// A comment between items would be lost or stand twice.
    fn has_comment_between(&self) -> bool {
        let starts = self.items.iter().map(|(_, place)| place.start).chain([self.place.end]);
        let ends = [self.place.start].into_iter().chain(self.items.iter().map(|(_, place)| place.end));
        ends.zip(starts).any(|(from, to)| self.source[from..to.max(from)].contains('#'))
    }

    /// What stands behind the opening bracket, between two items, and before the closing bracket.
    fn spaces(&self) -> [&str; 3] {
        let (Some((_, first)), Some((_, last))) = (self.items.first(), self.items.last()) else {
            return ["", ", ", ""];
        };
        let between = match &self.items[..] {
            [(_, one), (_, two), ..] => &self.source[one.end..two.start],
            _ => ", ",
        };
        [&self.source[self.place.start + 1..first.start], between, &self.source[last.end..self.place.end - 1]]
    }
}
