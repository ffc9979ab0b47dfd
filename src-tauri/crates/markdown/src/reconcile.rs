//! The patch between two lists of blocks, part by part.

use std::collections::HashMap;
use std::ops::Range;

use crate::block::{Block, Op, Patch, Resized};
use crate::sanitise::SafeHtml;

/// A block that has no id yet.
pub(crate) struct Rendered {
    pub(crate) lines: u32,
    pub(crate) html: SafeHtml,
}

/// Replaces parts of a list, from its front to its back, and keeps the blocks that show the same.
pub(crate) struct Reconciler<'b> {
    blocks: &'b mut Vec<Block>,
    next_id: &'b mut u32,
    patch: Patch,
    /// How many more blocks there are now before what was not dealt with yet.
    grown: isize,
}

impl<'b> Reconciler<'b> {
    pub(crate) fn new(blocks: &'b mut Vec<Block>, next_id: &'b mut u32) -> Self {
        Self { blocks, next_id, patch: Patch::default(), grown: 0 }
    }

    /// Puts `new` in the place of a range of the list before any replacement.
    pub(crate) fn replace(&mut self, old: Range<usize>, new: Vec<Rendered>) {
        let start = old.start.saturating_add_signed(self.grown);
        let end = old.end.saturating_add_signed(self.grown);
        let kept = kept(&self.blocks[start..end], &new);
        let count = new.len();
        let mut blocks: Vec<Block> = Vec::with_capacity(count);
        // The blocks before `floor` of the old part and before `shown` of the new one are dealt with.
        let (mut floor, mut shown) = (0, 0);
        for (at, new) in new.into_iter().enumerate() {
            let id = match kept[at] {
                Some(kept) => {
                    self.push_op(start + shown, kept - floor, &blocks[shown..]);
                    let old = &self.blocks[start + kept];
                    if old.lines != new.lines {
                        self.patch.resized.push(Resized { at: index(start + at), lines: new.lines });
                    }
                    (floor, shown) = (kept + 1, at + 1);
                    old.id
                }
                None => fresh(self.next_id),
            };
            blocks.push(Block { id, lines: new.lines, html: new.html });
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

    pub(crate) fn finish(self) -> Patch {
        self.patch
    }

    fn push_op(&mut self, at: usize, remove: usize, insert: &[Block]) {
        if remove > 0 || !insert.is_empty() {
            self.patch.ops.push(Op { at: index(at), remove: index(remove), insert: insert.to_vec() });
        }
    }
}

/// For each new block the old one that it is, if there is one; in the old order.
///
/// What shows the same is the same: from the front, from the back, then between them in the first order that fits.
fn kept(old: &[Block], new: &[Rendered]) -> Vec<Option<usize>> {
    let same = |(old, new): &(&Block, &Rendered)| old.html == new.html;
    let front = old.iter().zip(new).take_while(same).count();
    let back = old[front..].iter().rev().zip(new[front..].iter().rev()).take_while(same).count();
    let mut kept: Vec<Option<usize>> = (0..front).map(Some).collect();
    let middle = front..old.len() - back;
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    if new.len() > front + back {
        for at in middle.clone() {
            places.entry(&old[at].html).or_default().push(at);
        }
    }
    let mut floor = middle.start;
    for new in &new[front..new.len() - back] {
        let found = places
            .get(&*new.html)
            .and_then(|places| places.get(places.partition_point(|&place| place < floor)).copied());
        floor = found.map_or(floor, |found| found + 1);
        kept.push(found);
    }
    kept.extend((middle.end..old.len()).map(Some));
    kept
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
