//! The stretches of a text in order, with their sizes close together: finding a place must not touch the whole text.

use std::ops::{Index, IndexMut, Range};

use crate::stretch::Stretch;

/// So many sizes are summed before one is looked at; sums without a branch are quick.
const STRIDE: usize = 64;

/// All stretches of a body. There is always one.
pub(crate) struct Stretches {
    list: Vec<Stretch>,
    /// The length of each; bodies are far smaller than 4 GB.
    bytes: Vec<u32>,
    /// The number of pieces of each.
    pieces: Vec<u32>,
    total_bytes: usize,
}

/// A stretch and what is before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its index.
    pub(crate) stretch: usize,
    pub(crate) bytes: usize,
    pub(crate) pieces: usize,
}

impl Stretches {
    /// Those of an empty text.
    pub(crate) fn new() -> Self {
        Self { list: vec![Stretch::default()], bytes: vec![0], pieces: vec![0], total_bytes: 0 }
    }

    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.total_bytes
    }

    /// How many pieces some stretches have.
    pub(crate) fn pieces(&self, range: Range<usize>) -> usize {
        sum(&self.pieces[range])
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Stretch> {
        self.list.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Stretch> {
        self.list.iter_mut()
    }

    /// The first stretch that ends at a byte or behind it; the last one if there is none.
    pub(crate) fn ending_at(&self, byte: usize) -> Place {
        self.walk(Place::default(), |before, bytes, _| before.bytes + bytes < byte)
    }

    /// The stretch of a piece, looked for from a place that is not behind it.
    pub(crate) fn of_piece(&self, piece: usize, from: Place) -> Place {
        self.walk(from, |before, _, pieces| before.pieces + pieces <= piece)
    }

    /// The place of a stretch, counted from another one.
    pub(crate) fn place(&self, stretch: usize, from: Place) -> Place {
        let (before, range) = if from.stretch <= stretch {
            (true, from.stretch..stretch)
        } else {
            (false, stretch..from.stretch)
        };
        let (bytes, pieces) = (sum(&self.bytes[range.clone()]), sum(&self.pieces[range]));
        if before {
            Place { stretch, bytes: from.bytes + bytes, pieces: from.pieces + pieces }
        } else {
            Place { stretch, bytes: from.bytes - bytes, pieces: from.pieces - pieces }
        }
    }

    /// Puts other stretches in the place of some; those.
    pub(crate) fn splice(&mut self, range: Range<usize>, new: Vec<Stretch>) -> Vec<Stretch> {
        let come = new.iter().map(|stretch| stretch.source.len());
        self.total_bytes += come.clone().sum::<usize>();
        self.total_bytes -= sum(&self.bytes[range.clone()]);
        self.bytes.splice(range.clone(), come.map(small));
        self.pieces.splice(range.clone(), new.iter().map(|stretch| small(stretch.pieces.len())));
        self.list.splice(range, new).collect()
    }

    /// Goes on while a stretch, with what is before it, is to be passed.
    fn walk(&self, from: Place, passes: impl Fn(Place, usize, usize) -> bool) -> Place {
        let mut place = from;
        let last = self.list.len() - 1;
        while place.stretch < last {
            let end = (place.stretch + STRIDE).min(last);
            let (bytes, pieces) =
                (sum(&self.bytes[place.stretch..end]), sum(&self.pieces[place.stretch..end]));
            if !passes(place, bytes, pieces) {
                break;
            }
            place = Place { stretch: end, bytes: place.bytes + bytes, pieces: place.pieces + pieces };
        }
        while place.stretch < last {
            let (bytes, pieces) = (self.bytes[place.stretch] as usize, self.pieces[place.stretch] as usize);
            if !passes(place, bytes, pieces) {
                break;
            }
            place = Place {
                stretch: place.stretch + 1,
                bytes: place.bytes + bytes,
                pieces: place.pieces + pieces,
            };
        }
        place
    }
}

fn sum(sizes: &[u32]) -> usize {
    sizes.iter().map(|&size| size as usize).sum()
}

fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

impl Index<usize> for Stretches {
    type Output = Stretch;

    fn index(&self, at: usize) -> &Stretch {
        &self.list[at]
    }
}

impl Index<Range<usize>> for Stretches {
    type Output = [Stretch];

    fn index(&self, range: Range<usize>) -> &[Stretch] {
        &self.list[range]
    }
}

/// The text and the number of pieces of a stretch never change in its place.
impl IndexMut<usize> for Stretches {
    fn index_mut(&mut self, at: usize) -> &mut Stretch {
        &mut self.list[at]
    }
}

impl IndexMut<Range<usize>> for Stretches {
    fn index_mut(&mut self, range: Range<usize>) -> &mut [Stretch] {
        &mut self.list[range]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use crate::reading::Definitions;

    #[test]
    fn finds_the_place_of_a_byte_and_of_a_piece() {
        let dialect = Dialect::default();
        let read =
            |source: &str| Stretch::read(source.to_owned(), dialect.engine(), &Definitions::default()).0;
        let mut stretches = Stretches::new();
        let hundred: Vec<_> = (0..100).map(|_| read("# a\nb\n\n")).collect();
        assert_eq!(stretches.splice(0..1, hundred).len(), 1);
        assert_eq!((stretches.count(), stretches.bytes()), (100, 700));
        let at = |stretch| Place { stretch, bytes: stretch * 7, pieces: stretch * 2 };
        for byte in [0, 1, 6, 7] {
            assert_eq!(stretches.ending_at(byte), at(0));
        }
        assert_eq!(stretches.ending_at(8), at(1));
        assert_eq!(stretches.ending_at(699), at(99));
        assert_eq!(stretches.ending_at(9_999), at(99));
        for (piece, stretch) in [(0, 0), (1, 0), (2, 1), (131, 65), (199, 99)] {
            assert_eq!(stretches.of_piece(piece, Place::default()), at(stretch));
        }
        assert_eq!(stretches.place(80, at(3)), at(80));
        assert_eq!(stretches.place(3, at(80)), at(3));
    }
}
