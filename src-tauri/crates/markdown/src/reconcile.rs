//! Finds the blocks of the old list in the new one, and the patch between the two lists.

use std::collections::HashMap;
use std::ops::Range;

use crate::block::{Block, Key, Op, Patch, Resized};
use crate::sanitise::SafeHtml;

/// A block of the new text before it is rendered.
pub(crate) struct Outline {
    pub(crate) source: Range<usize>,
    pub(crate) key: Key,
    /// Its events in the survey's list.
    pub(crate) events: Range<usize>,
    pub(crate) too_deep: bool,
    /// The block of the old list that it is, if it stands where that stood.
    pub(crate) recognised: Option<usize>,
}

/// Where a block's HTML comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is this block of the old list.
    Kept(usize),
    /// It reads like this block of the old list but is another one.
    Copied(usize),
    /// It must be rendered.
    New,
}

/// The one range in which two texts differ.
pub(crate) struct Rewrite {
    pub(crate) old: Range<usize>,
    pub(crate) new_end: usize,
}

impl Rewrite {
    /// Where a byte of the new text was in the old one, if it was there.
    fn old_offset(&self, new: usize) -> Option<usize> {
        if new < self.old.start {
            Some(new)
        } else {
            new.checked_sub(self.new_end).map(|after| self.old.end + after)
        }
    }
}

/// Recognises, one after the other, the blocks that stand where they stood.
#[derive(Clone)]
pub(crate) struct Recogniser<'o> {
    text: &'o str,
    blocks: &'o [Block],
    rewrite: &'o Rewrite,
    /// The first old block that was neither found nor passed.
    next: usize,
}

impl<'o> Recogniser<'o> {
    pub(crate) fn new(text: &'o str, blocks: &'o [Block], rewrite: &'o Rewrite) -> Self {
        Self { text, blocks, rewrite, next: 0 }
    }

    /// One that knows nothing.
    pub(crate) fn blank(rewrite: &'o Rewrite) -> Self {
        Self::new("", &[], rewrite)
    }

    /// The old block that this one is. Asked in the order of the text.
    pub(crate) fn recognise(&mut self, text: &str, source: &Range<usize>, key: &Key) -> Option<usize> {
        let start = self.rewrite.old_offset(source.start)?;
        self.next += self.blocks[self.next..].iter().take_while(|block| block.source.start < start).count();
        let block = self.blocks.get(self.next)?;
        let same = block.source.start == start
            && block.key == *key
            && self.text.as_bytes()[block.source.clone()] == text.as_bytes()[source.clone()];
        self.next += usize::from(same);
        same.then(|| self.next - 1)
    }
}

/// For each new block, in order, where it comes from; the kept ones are in the old order.
pub(crate) fn origins((old_text, old): (&str, &[Block]), (new_text, new): (&str, &[Outline])) -> Vec<Origin> {
    let mut origins: Vec<_> =
        new.iter().map(|outline| outline.recognised.map_or(Origin::New, Origin::Kept)).collect();
    if origins.contains(&Origin::New) {
        find_moved((old_text, old), (new_text, new), &mut origins);
    }
    origins
}

/// Finds blocks between the recognised ones by what they say.
fn find_moved(
    (old_text, old): (&str, &[Block]),
    (new_text, new): (&str, &[Outline]),
    origins: &mut [Origin],
) {
    let mut is_kept = vec![false; old.len()];
    for origin in origins.iter() {
        if let Origin::Kept(at) = origin {
            is_kept[*at] = true;
        }
    }
    let mut left: HashMap<(&str, &Key), Vec<usize>> = HashMap::new();
    for (at, block) in old.iter().enumerate().filter(|(at, _)| !is_kept[*at]) {
        left.entry((&old_text[block.source.clone()], &block.key)).or_default().push(at);
    }
    if left.is_empty() {
        return;
    }
    let ceilings = ceilings(origins, old.len());
    let mut floor = 0;
    for (at, outline) in new.iter().enumerate() {
        if let Origin::Kept(kept) = origins[at] {
            floor = kept + 1;
        } else if let Some(found) = left.get(&(&new_text[outline.source.clone()], &outline.key)) {
            let first = found.partition_point(|&found| found < floor);
            origins[at] = match found.get(first) {
                Some(&found) if found < ceilings[at] => {
                    floor = found + 1;
                    Origin::Kept(found)
                }
                _ => Origin::Copied(found[0]),
            };
        }
    }
}

/// For each new block, the first old one that is kept at or after it.
fn ceilings(origins: &[Origin], end: usize) -> Vec<usize> {
    let mut ceiling = end;
    let mut ceilings: Vec<_> = origins
        .iter()
        .rev()
        .map(|origin| {
            if let Origin::Kept(kept) = origin {
                ceiling = *kept;
            }
            ceiling
        })
        .collect();
    ceilings.reverse();
    ceilings
}

/// A new block with its HTML.
pub(crate) struct Rendered {
    pub(crate) source: Range<usize>,
    pub(crate) key: Key,
    pub(crate) lines: u32,
    pub(crate) html: SafeHtml,
    pub(crate) origin: Origin,
}

/// The new list, with ids, and the patch that leads to it.
pub(crate) fn patch(old: &[Block], rendered: Vec<Rendered>, next_id: &mut u32) -> (Vec<Block>, Patch) {
    let origins: Vec<_> = rendered.iter().map(|block| block.origin).collect();
    let ceilings = ceilings(&origins, old.len());
    let mut patch = Patch::default();
    let mut blocks: Vec<Block> = Vec::with_capacity(rendered.len());
    // The blocks before `floor` of the old list and before `shown` of the new one are dealt with.
    let (mut floor, mut shown) = (0, 0);
    for (at, new) in rendered.into_iter().enumerate() {
        let kept = match new.origin {
            Origin::Kept(kept) => Some(kept),
            // Changed source that says the same, such as white space: the page need not change.
            Origin::Copied(_) | Origin::New => {
                let unclaimed = floor + (at - shown);
                (unclaimed < ceilings[at] && old[unclaimed].html == new.html).then_some(unclaimed)
            }
        };
        let id = kept.map_or_else(|| fresh(next_id), |kept| old[kept].id);
        if let Some(kept) = kept {
            push_op(&mut patch.ops, shown, kept - floor, &blocks[shown..]);
            if old[kept].lines != new.lines {
                patch.resized.push(Resized { at: index(at), lines: new.lines });
            }
            (floor, shown) = (kept + 1, at + 1);
        }
        blocks.push(Block { id, lines: new.lines, html: new.html, source: new.source, key: new.key });
    }
    push_op(&mut patch.ops, shown, old.len() - floor, &blocks[shown..]);
    (blocks, patch)
}

fn push_op(ops: &mut Vec<Op>, at: usize, remove: usize, insert: &[Block]) {
    if remove > 0 || !insert.is_empty() {
        ops.push(Op { at: index(at), remove: index(remove), insert: insert.to_vec() });
    }
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
