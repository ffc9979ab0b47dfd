//! Parts of a source beside each other: taken out, or put into another order, with what stands between them kept.

use std::ops::Range;

use crate::TextChange;

/// Takes one of several parts out that stand between `inside`'s ends, with what separates it from its neighbour.
pub(super) fn without(pieces: &[Range<usize>], place: usize, inside: Range<usize>) -> TextChange {
    let (from, to) = match (place.checked_sub(1), pieces.get(place + 1)) {
        (Some(before), _) => (pieces[before].end, pieces[place].end),
        (None, Some(next)) => (pieces[place].start, next.start),
        (None, None) => (inside.start, inside.end),
    };
    TextChange { from, to, insert: String::new() }
}

/// Puts parts into the order that `order` says by their places; what stands between them stays where it is.
pub(super) fn in_order(source: &str, pieces: &[Range<usize>], order: &[usize]) -> Option<TextChange> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let mut insert = String::with_capacity(last.end - first.start);
    for (place, piece) in pieces.iter().enumerate() {
        insert.push_str(&source[pieces[*order.get(place)?].clone()]);
        if let Some(next) = pieces.get(place + 1) {
            insert.push_str(&source[piece.end..next.start]);
        }
    }
    Some(TextChange { from: first.start, to: last.end, insert })
}

/// For each of the keys wanted its place among those that are there. Keys that are not wanted keep their order,
/// behind the others.
pub(super) fn order_of(keys: &[&str], wanted: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> =
        wanted.iter().filter_map(|wanted| keys.iter().position(|key| key == wanted)).collect();
    let rest: Vec<usize> = (0..keys.len()).filter(|place| !order.contains(place)).collect();
    order.extend(rest);
    order
}
