//! The patch between two lists of blocks, part by part.

use std::collections::HashMap;
use std::ops::Range;

use crate::block::{Block, Op, Patch, Resized};
use crate::shown::{Shown, Wanted};
use crate::time::Time;

/// So many answers in a row go on with colours for which there was no time; then code stays plain until its text
/// changes. With the time of an answer, this is what the worst code may cost.
pub(crate) const ROUNDS: u32 = 200;

/// A block that has no id yet.
pub(crate) struct Rendered {
    pub(crate) lines: u32,
    pub(crate) wanted: Wanted,
}

/// Replaces parts of a list, from its front to its back, and keeps the blocks that show the same.
pub(crate) struct Reconciler<'b> {
    blocks: &'b mut Vec<Shown>,
    next_id: &'b mut u32,
    time: &'b Time,
    patch: Patch,
    /// How many more blocks there are now before what was not dealt with yet.
    grown: isize,
}

impl<'b> Reconciler<'b> {
    pub(crate) fn new(blocks: &'b mut Vec<Shown>, next_id: &'b mut u32, time: &'b Time) -> Self {
        Self { blocks, next_id, time, patch: Patch::default(), grown: 0 }
    }

    /// Puts `new` in the place of a range of the list before any replacement.
    pub(crate) fn replace(&mut self, old: Range<usize>, new: Vec<Rendered>) {
        let start = old.start.saturating_add_signed(self.grown);
        let end = old.end.saturating_add_signed(self.grown);
        let stays = stays(&self.blocks[start..end], &new);
        let count = new.len();
        let mut blocks: Vec<Shown> = Vec::with_capacity(count);
        // The blocks before `floor` of the old part and before `shown` of the new one are dealt with.
        let (mut floor, mut shown) = (0, 0);
        for (at, Rendered { lines, wanted }) in new.into_iter().enumerate() {
            let Some(old) = stays[at] else {
                blocks.push(Shown::new(fresh(self.next_id), lines, wanted, &self.time.of_block()));
                continue;
            };
            self.push_op(start + shown, old - floor, &blocks[shown..]);
            (floor, shown) = (old + 1, at + 1);
            let block = std::mem::take(&mut self.blocks[start + old]);
            blocks.push(self.taken_over(block, index(start + at), lines, wanted));
        }
        self.push_op(start + shown, end - start - floor, &blocks[shown..]);
        if count == end - start {
            self.blocks[start..end].iter_mut().zip(blocks).for_each(|(old, new)| *old = new);
        } else {
            self.blocks.splice(start..end, blocks);
        }
        self.grown += count as isize - (end - start) as isize;
    }

    /// Empties the list.
    pub(crate) fn replace_all(&mut self) {
        let count = self.blocks.len();
        self.replace(0..count, Vec::new());
    }

    /// Colours, where it was left plain, what there is time for; how many of `rounds` are left. All of them are again
    /// when nothing is plain any more.
    pub(crate) fn continue_colouring(&mut self, rounds: u32) -> u32 {
        if !self.is_unfinished() {
            return ROUNDS;
        }
        let Some(left) = rounds.checked_sub(1) else { return 0 };
        for (at, block) in self.blocks.iter_mut().enumerate().filter(|(_, block)| block.is_unfinished()) {
            if self.time.is_up() {
                break;
            }
            if let Some(change) = block.continue_colouring(&self.time.of_block()) {
                self.patch.lines.extend(block.changed_lines(index(at), &change));
            }
        }
        if !self.is_unfinished() {
            return ROUNDS;
        }
        self.patch.unfinished = left > 0;
        left
    }

    fn is_unfinished(&self) -> bool {
        self.blocks.iter().any(Shown::is_unfinished)
    }

    pub(crate) fn finish(self) -> Patch {
        self.patch
    }

    /// A block that stays, at its new place.
    fn taken_over(&mut self, mut block: Shown, at: u32, lines: u32, wanted: Wanted) -> Shown {
        if block.lines != lines {
            block.lines = lines;
            self.patch.resized.push(Resized { at, lines });
        }
        if !block.shows(&wanted)
            && let Some(change) = block.become_code(wanted, &self.time.of_block())
        {
            self.patch.lines.extend(block.changed_lines(at, &change));
        }
        block
    }

    fn push_op(&mut self, at: usize, remove: usize, insert: &[Shown]) {
        if remove > 0 || !insert.is_empty() {
            let insert: Vec<Block> = insert.iter().map(Shown::block).collect();
            self.patch.ops.push(Op { at: index(at), remove: index(remove), insert });
        }
    }
}

/// For each new block the old one that it is, if there is one; in the old order.
///
/// What shows the same is the same: from the front, from the back, then between them in the first order that fits.
/// Where all that is left between them is one block of code that was edited, it is the same too.
fn stays(old: &[Shown], new: &[Rendered]) -> Vec<Option<usize>> {
    let same = |(old, new): &(&Shown, &Rendered)| old.shows(&new.wanted);
    let front = old.iter().zip(new).take_while(same).count();
    let back = old[front..].iter().rev().zip(new[front..].iter().rev()).take_while(same).count();
    let mut stays: Vec<Option<usize>> = (0..front).map(Some).collect();
    let middle = front..old.len() - back;
    match &new[front..new.len() - back] {
        [one] if middle.len() == 1 => stays.push(old[front].can_become(&one.wanted).then_some(front)),
        between => stays.extend(in_order(&old[middle.clone()], between).map(|at| Some(front + at?))),
    }
    stays.extend((middle.end..old.len()).map(Some));
    stays
}

/// For each new block the next old one that shows the same.
fn in_order<'n>(old: &[Shown], new: &'n [Rendered]) -> impl Iterator<Item = Option<usize>> + use<'n> {
    let mut places: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    if !new.is_empty() {
        for (at, old) in old.iter().enumerate() {
            places.entry(old.key()).or_default().push(at);
        }
    }
    let mut floor = 0;
    let found: Vec<_> = new
        .iter()
        .map(|new| {
            let found = places
                .get(&new.wanted.key())
                .and_then(|places| places.get(places.partition_point(|&place| place < floor)).copied())
                .filter(|&found| old[found].shows(&new.wanted));
            floor = found.map_or(floor, |found| found + 1);
            found
        })
        .collect();
    found.into_iter()
}

fn fresh(next_id: &mut u32) -> u32 {
    let id = *next_id;
    *next_id = next_id.wrapping_add(1);
    id
}

/// A body of at most 4 MiB has fewer blocks than this holds.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
