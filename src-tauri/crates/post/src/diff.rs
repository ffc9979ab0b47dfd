//! Differences between two texts.

use std::ops::Range;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use crate::TextChange;

/// Texts with more lines than this between their common ends are replaced whole: the diff's time grows with the
/// square of the differences.
const MOST_LINES: usize = 20_000;

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// What became of it.
    pub kind: DiffKind,
    /// Its text without the newline; empty for skipped lines.
    pub text: String,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DiffKind {
    /// In both texts.
    Kept,
    /// Only in the text after.
    Added,
    /// Only in the text before.
    Removed,
    /// So many lines in both texts that are not shown.
    Skipped(usize),
}

/// The lines of two texts, with `context` kept lines around each difference.
pub fn lines(before: &str, after: &str, context: usize) -> Vec<DiffLine> {
    let diff = TextDiff::from_lines(before, after);
    let all: Vec<DiffLine> = diff
        .iter_all_changes()
        .map(|change| {
            let kind = match change.tag() {
                ChangeTag::Equal => DiffKind::Kept,
                ChangeTag::Insert => DiffKind::Added,
                ChangeTag::Delete => DiffKind::Removed,
            };
            DiffLine { kind, text: change.value().trim_end_matches('\n').to_owned() }
        })
        .collect();
    skip_far_lines(all, context)
}

fn skip_far_lines(all: Vec<DiffLine>, context: usize) -> Vec<DiffLine> {
    let mut near = vec![false; all.len()];
    let mut shown_to = 0;
    for (place, line) in all.iter().enumerate() {
        if line.kind != DiffKind::Kept {
            let from = place.saturating_sub(context).max(shown_to);
            shown_to = (place + context + 1).min(all.len());
            near[from.min(shown_to)..shown_to].fill(true);
        }
    }
    let mut shown: Vec<DiffLine> = Vec::new();
    for (line, near) in all.into_iter().zip(near) {
        if near {
            shown.push(line);
        } else if let Some(DiffLine { kind: DiffKind::Skipped(count), .. }) = shown.last_mut() {
            *count += 1;
        } else {
            shown.push(DiffLine { kind: DiffKind::Skipped(1), text: String::new() });
        }
    }
    shown
}

/// Few and small changes that make `before` equal to `after`, sorted by place.
pub fn changes_between(before: &str, after: &str) -> Vec<TextChange> {
    let head = common_head(before, after);
    let tail = common_tail(&before[head..], &after[head..]);
    let (old, new) = (&before[head..before.len() - tail], &after[head..after.len() - tail]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    if old_lines.len() + new_lines.len() > MOST_LINES {
        return vec![TextChange { from: head, to: head + old.len(), insert: new.to_owned() }];
    }
    let mut changes = Vec::new();
    let mut at = head;
    for operation in capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines) {
        let replaced: usize = old_lines[operation.old_range()].iter().map(|line| line.len()).sum();
        if !matches!(operation, DiffOp::Equal { .. }) {
            let insert = new_lines[operation.new_range()].concat();
            changes.push(narrowed(before, at, at + replaced, &insert));
        }
        at += replaced;
    }
    changes
}

/// The runs of lines of `before` that others stand for in `after`, with those others; counted from 0, sorted, none
/// touching the next.
pub(crate) fn changed_lines(before: &str, after: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let tails = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = tails.take_while(|(one, other)| one == other).count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    if old.len() + new.len() > MOST_LINES {
        return vec![(head..head + old.len(), head..head + new.len())];
    }
    let mut changed: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut from, mut to) = (head, head);
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        // The lengths alone: an operation's place is not always that of its lines (similar 2).
        let (removed, added) = (operation.old_range().len(), operation.new_range().len());
        if !matches!(operation, DiffOp::Equal { .. }) {
            match changed.last_mut() {
                Some((last_from, last_to)) if last_from.end == from => {
                    (last_from.end, last_to.end) = (from + removed, to + added);
                }
                _ => changed.push((from..from + removed, to..to + added)),
            }
        }
        (from, to) = (from + removed, to + added);
    }
    changed
}

fn narrowed(before: &str, from: usize, to: usize, insert: &str) -> TextChange {
    let head = common_head(&before[from..to], insert);
    let tail = common_tail(&before[from + head..to], &insert[head..]);
    TextChange { from: from + head, to: to - tail, insert: insert[head..insert.len() - tail].to_owned() }
}

fn common_head(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    one.floor_char_boundary(same)
}

fn common_tail(one: &str, other: &str) -> usize {
    let same = one.bytes().rev().zip(other.bytes().rev()).take_while(|(one, other)| one == other).count();
    one.len() - one.ceil_char_boundary(one.len() - same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply_changes;
    use proptest::prelude::*;

    #[test]
    fn lines_far_from_a_difference_are_skipped() {
        let before = "1\n2\n3\n4\n5\n6\n7\n";
        let after = "1\n2\n3\nvier\n5\n6\n7\n";
        let shown: Vec<(DiffKind, String)> =
            lines(before, after, 1).into_iter().map(|line| (line.kind, line.text)).collect();
        let expected = [
            (DiffKind::Skipped(2), ""),
            (DiffKind::Kept, "3"),
            (DiffKind::Removed, "4"),
            (DiffKind::Added, "vier"),
            (DiffKind::Kept, "5"),
            (DiffKind::Skipped(2), ""),
        ];
        assert_eq!(shown, expected.map(|(kind, text)| (kind, text.to_owned())));
        assert_eq!(lines(before, before, 3), [DiffLine { kind: DiffKind::Skipped(7), text: String::new() }]);
    }

    #[test]
    fn separate_differences_are_separate_changes() {
        let before = "가나\n같다\n다라\n";
        let after = "가너\n같다\n마라\n";
        let changes = changes_between(before, after);
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert_eq!(changes[0], TextChange { from: 3, to: 6, insert: "너".to_owned() });
        assert_eq!(apply_changes(before, &changes), after);
    }

    #[test]
    fn a_huge_difference_is_one_change() {
        let before = "a\n".repeat(15_000);
        let after = "b\n".repeat(15_000);
        assert_eq!(changes_between(&before, &after).len(), 1);
    }

    proptest! {
        #[test]
        fn changes_make_the_text_after(before in "([가나🎉a]{0,3}\n?){0,12}", after in "([가나🎉a]{0,3}\n?){0,12}") {
            let changes = changes_between(&before, &after);
            prop_assert_eq!(apply_changes(&before, &changes), after);
            prop_assert!(changes.windows(2).all(|pair| pair[0].to <= pair[1].from));
            prop_assert_eq!(changes.is_empty(), changes_between(&before, &before) == changes);
        }
    }
}
