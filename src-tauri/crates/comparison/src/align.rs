//! Which block of a page stands for which block of the post.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::article::seen;
use crate::html::{self, Block, Token};

/// Blocks that have less than this share of their letters and addresses in common are not the same block, changed.
const LEAST_LIKENESS: f64 = 0.35;
/// From this many pairs on, blocks between two known pairs are not held against each other one by one.
const MOST_PAIRS: usize = 20_000;

/// What a block is recognised by, and how often it has each.
pub(crate) type Pieces = HashMap<String, usize>;

/// A pair of indices, site's and preview's; or one of them alone.
pub(crate) type Pair = (Option<usize>, Option<usize>);

/// Pairs blocks that show the same, then, between those, blocks that resemble each other. Both keep their order.
/// What stands on the site before the first pair or behind the last one is the theme's and not in the list.
pub(crate) fn align(site: &[Block], preview: &[&Block]) -> Vec<Pair> {
    let mut keys = HashMap::new();
    let mut number = |block: &Block| {
        let next = keys.len();
        *keys.entry(seen(block)).or_insert(next)
    };
    let site_keys: Vec<usize> = site.iter().map(&mut number).collect();
    let preview_keys: Vec<usize> = preview.iter().map(|block| number(block)).collect();
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &site_keys, &preview_keys) {
        let (on_site, in_preview) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            pairs.extend(on_site.zip(in_preview).map(|(one, other)| (Some(one), Some(other))));
            continue;
        }
        let inside = on_site.start > 0
            && on_site.end < site.len()
            && in_preview.start > 0
            && in_preview.end < preview.len();
        let between = resembling(&site[on_site.clone()], &preview[in_preview.clone()], inside);
        let placed = |(one, other): Pair| {
            (one.map(|one| one + on_site.start), other.map(|other| other + in_preview.start))
        };
        pairs.extend(between.into_iter().map(placed));
    }
    without_surroundings(pairs)
}

fn without_surroundings(mut pairs: Vec<Pair>) -> Vec<Pair> {
    let is_pair = |pair: &Pair| pair.0.is_some() && pair.1.is_some();
    let first = pairs.iter().position(is_pair).unwrap_or(pairs.len());
    let last = pairs.iter().rposition(is_pair).unwrap_or(0);
    let mut at = 0;
    pairs.retain(|pair| {
        at += 1;
        pair.1.is_some() || (first < at && at <= last)
    });
    pairs
}

/// Pairs what resembles each other most, in order. `inside`: what is left over on both sides is the same, changed
/// beyond recognition, if there is as much of it.
fn resembling(site: &[Block], preview: &[&Block], inside: bool) -> Vec<Pair> {
    let (rows, columns) = (site.len(), preview.len());
    if rows * columns == 0 || rows * columns > MOST_PAIRS {
        return in_order(0..rows, 0..columns, inside);
    }
    let pieces = (
        site.iter().map(pieces).collect::<Vec<_>>(),
        preview.iter().map(|block| pieces(block)).collect::<Vec<_>>(),
    );
    let likeness: Vec<f64> =
        pieces.0.iter().flat_map(|one| pieces.1.iter().map(|other| likeness(one, other))).collect();
    let mut pairs = Vec::new();
    let (mut from, mut other_from) = (0, 0);
    for (one, other) in best_path(&likeness, rows, columns) {
        pairs.extend(in_order(from..one, other_from..other, inside));
        pairs.push((Some(one), Some(other)));
        (from, other_from) = (one + 1, other + 1);
    }
    pairs.extend(in_order(from..rows, other_from..columns, inside));
    pairs
}

fn in_order(site: std::ops::Range<usize>, preview: std::ops::Range<usize>, inside: bool) -> Vec<Pair> {
    if inside && site.len() == preview.len() {
        return site.zip(preview).map(|(one, other)| (Some(one), Some(other))).collect();
    }
    site.map(|one| (Some(one), None)).chain(preview.map(|other| (None, Some(other)))).collect()
}

/// The pairs, in order, whose likenesses sum up to the most.
fn best_path(likeness: &[f64], rows: usize, columns: usize) -> Vec<(usize, usize)> {
    let width = columns + 1;
    let mut sums = vec![0.0_f64; (rows + 1) * width];
    let pair =
        |row: usize, column: usize| Some(likeness[row * columns + column]).filter(|it| *it >= LEAST_LIKENESS);
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let apart = sums[(row + 1) * width + column].max(sums[row * width + column + 1]);
            let together = pair(row, column).map_or(0.0, |it| it + sums[(row + 1) * width + column + 1]);
            sums[row * width + column] = apart.max(together);
        }
    }
    let (mut row, mut column, mut path) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let here = sums[row * width + column];
        if here <= sums[(row + 1) * width + column] {
            row += 1;
        } else if here <= sums[row * width + column + 1] {
            column += 1;
        } else {
            path.push((row, column));
            (row, column) = (row + 1, column + 1);
        }
    }
    path
}

/// Whether one block may be the other, changed.
pub(crate) fn is_like(one: &Pieces, other: &Pieces) -> bool {
    likeness(one, other) >= LEAST_LIKENESS
}

/// What a block is recognised by: its letters two by two, and where its pictures and links are.
pub(crate) fn pieces(block: &Block) -> Pieces {
    let mut pieces = Pieces::new();
    let letters: Vec<char> = html::visible(block).chars().collect();
    for two in letters.windows(2) {
        *pieces.entry(two.iter().collect()).or_default() += 1;
    }
    for token in block {
        let Token::Open(_, attributes) = token else { continue };
        for (_, address) in attributes.iter().filter(|(name, _)| name == "src" || name == "href") {
            let name = address.rsplit('/').next().unwrap_or(address);
            *pieces.entry(format!("at {name}")).or_default() += 1;
        }
    }
    pieces
}

/// The share of what two blocks have in common (Dice's coefficient), from 0 to 1.
fn likeness(one: &Pieces, other: &Pieces) -> f64 {
    let all = one.values().chain(other.values()).sum::<usize>();
    let common: usize =
        one.iter().map(|(piece, count)| other.get(piece).map_or(0, |it| *it.min(count))).sum();
    if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 }
}
