//! The parts of a block list that an edit changes, as pieces: raw HTML that holds pieces together goes whole.

use std::ops::Range;

use crate::body::Change;
use crate::group::Group;

/// Pieces that make room, and those that come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// The parts that a change concerns, in order and apart from each other; none begins or ends inside a group.
pub(crate) fn parts(change: &Change, groups: &[Group]) -> Vec<Part> {
    let edit = Part { old: change.old.clone(), new: change.new.clone() };
    let mut all = vec![(edit.clone(), true)];
    all.extend(change.elsewhere.iter().map(|&piece| (edit.around_new(piece..piece + 1), true)));
    let old: Vec<_> = change
        .old_groups
        .iter()
        .map(|group| (edit.around_old(group.pieces.clone()), group.too_deep))
        .collect();
    let new: Vec<_> =
        groups.iter().map(|group| (edit.around_new(group.pieces.clone()), group.too_deep)).collect();
    // Both are in the order of the text, so each is looked for only once.
    let differs = |of: &[(Part, bool)], among: &[(Part, bool)]| -> Vec<bool> {
        let mut among = among.iter().peekable();
        of.iter()
            .map(|one| {
                while among.next_if(|other| other.0.new.start < one.0.new.start).is_some() {}
                among.peek().is_none_or(|other| *other != one)
            })
            .collect()
    };
    let (gone, come) = (differs(&old, &new), differs(&new, &old));
    all.extend(old.into_iter().map(|(part, _)| part).zip(gone));
    all.extend(new.into_iter().map(|(part, _)| part).zip(come));
    all.sort_by_key(|(part, _)| (part.new.start, part.old.start));
    joined(all)
}

/// Joins what overlaps; what nothing changes is left out.
fn joined(all: Vec<(Part, bool)>) -> Vec<Part> {
    let mut joined: Vec<(Part, bool)> = Vec::new();
    for (part, changes) in all {
        match joined.last_mut() {
            Some((last, last_changes)) if last.overlaps(&part) => {
                last.old = last.old.start.min(part.old.start)..last.old.end.max(part.old.end);
                last.new = last.new.start.min(part.new.start)..last.new.end.max(part.new.end);
                *last_changes |= changes;
            }
            _ => joined.push((part, changes)),
        }
    }
    joined.into_iter().filter(|(_, changes)| *changes).map(|(part, _)| part).collect()
}

impl Part {
    fn overlaps(&self, next: &Self) -> bool {
        next.new.start < self.new.end || next.old.start < self.old.end
    }

    /// A range of the new list with what it was, as far as this edit is concerned.
    fn around_new(&self, range: Range<usize>) -> Self {
        Self { old: mapped(&range, &self.new, &self.old), new: range }
    }

    /// A range of the old list with what it is.
    fn around_old(&self, range: Range<usize>) -> Self {
        Self { new: mapped(&range, &self.old, &self.new), old: range }
    }
}

/// Where a range is after `from` was replaced by `to`; of a border inside, the outer side.
fn mapped(range: &Range<usize>, from: &Range<usize>, to: &Range<usize>) -> Range<usize> {
    let start = match range.start {
        before if before < from.start => before,
        behind if behind >= from.end => behind - from.end + to.end,
        _ => to.start,
    };
    let end = match range.end {
        before if before <= from.start => before,
        behind if behind > from.end => behind - from.end + to.end,
        _ => to.end,
    };
    start..end
}

/// Counts blocks up to a piece; asked in order.
pub(crate) struct BlockIndex<'g> {
    groups: std::slice::Iter<'g, Group>,
    next: Option<&'g Group>,
    /// How many pieces before are no blocks of their own.
    held: usize,
}

impl<'g> BlockIndex<'g> {
    pub(crate) fn new(groups: &'g [Group]) -> Self {
        let mut groups = groups.iter();
        Self { next: groups.next(), groups, held: 0 }
    }

    /// The index of the block that begins with a piece, and the group that it is.
    pub(crate) fn of(&mut self, piece: usize) -> (usize, Option<&'g Group>) {
        while let Some(group) = self.next.filter(|group| group.pieces.end <= piece) {
            self.held += group.pieces.len() - 1;
            self.next = self.groups.next();
        }
        (piece - self.held, self.next.filter(|group| group.pieces.contains(&piece)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(old: Range<usize>, new: Range<usize>, elsewhere: &[usize], groups: &[Group]) -> Change {
        Change {
            place: crate::stretches::Place::default(),
            old,
            new,
            removed: Vec::new(),
            elsewhere: elsewhere.to_vec(),
            old_groups: groups.to_vec(),
            notes: false,
        }
    }

    fn group(pieces: Range<usize>) -> Group {
        Group { pieces, too_deep: false }
    }

    #[test]
    fn what_is_apart_stays_apart() {
        let parts = parts(&change(3..4, 3..6, &[0, 8], &[]), &[]);
        let expected = [(0..1, 0..1), (3..4, 3..6), (6..7, 8..9)];
        assert_eq!(parts, expected.map(|(old, new)| Part { old, new }));
    }

    #[test]
    fn a_group_goes_whole_and_only_if_something_in_it_changes() {
        let (before, after) =
            ([group(0..2), group(3..6), group(8..10)], [group(0..2), group(3..5), group(7..9)]);
        let parts = parts(&change(4..5, 4..4, &[], &before), &after);
        assert_eq!(parts, [Part { old: 3..6, new: 3..5 }]);
    }

    #[test]
    fn a_new_group_takes_in_what_it_holds() {
        let parts = parts(&change(5..6, 5..6, &[], &[group(8..10)]), &[group(1..6), group(8..10)]);
        assert_eq!(parts, [Part { old: 1..6, new: 1..6 }]);
    }

    #[test]
    fn blocks_are_counted_by_groups() {
        let groups = [group(1..3), group(5..8)];
        let mut index = BlockIndex::new(&groups);
        let found: Vec<_> = [0, 1, 3, 5, 8].map(|piece| index.of(piece).0).to_vec();
        assert_eq!(found, [0, 1, 2, 4, 5]);
    }
}
