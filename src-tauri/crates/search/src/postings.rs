//! The documents of a gram, by their places in a segment: as steps from one to the next, or as bits where these are less.

use flate2::Crc;

use crate::grams::Gram;

const STEPS: u8 = 0;
const BITS: u8 = 1;
const CHECK_BYTES: usize = 4;

/// Documents that are noted one after the other.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    steps: Vec<u8>,
    count: u32,
    next: u32,
}

impl Noted {
    /// Notes a document, unless it was the last that was noted.
    pub(crate) fn note(&mut self, place: u32) {
        if self.count > 0 && place + 1 == self.next {
            return;
        }
        let mut step = place - self.next;
        while step >= 0x80 {
            self.steps.push((step & 0x7f) as u8 | 0x80);
            step >>= 7;
        }
        self.steps.push(step as u8);
        (self.next, self.count) = (place + 1, self.count + 1);
    }

    /// The bytes to keep, with a check over them and their gram: a bit that the disk has turned must not become a text
    /// that is not found.
    pub(crate) fn packed(&self, gram: Gram) -> Vec<u8> {
        let bits_length = self.next.div_ceil(8) as usize;
        let mut packed = vec![0; CHECK_BYTES];
        if bits_length < self.steps.len() {
            packed.push(BITS);
            let mut bits = vec![0_u8; bits_length];
            each_of_steps(&self.steps, |place| bits[place as usize / 8] |= 1 << (place % 8));
            packed.extend(bits);
        } else {
            packed.push(STEPS);
            packed.extend(&self.steps);
        }
        let check = check_of(gram, &packed[CHECK_BYTES..]);
        packed[..CHECK_BYTES].copy_from_slice(&check);
        packed
    }
}

/// Each document of what was packed for a gram; none if it is not what was packed.
pub(crate) fn each_of(gram: Gram, packed: &[u8], mut see: impl FnMut(u32)) -> Option<()> {
    let (check, kept) = packed.split_at_checked(CHECK_BYTES)?;
    if check != check_of(gram, kept) {
        return None;
    }
    match kept.split_first()? {
        (&BITS, bits) => {
            for (at, &byte) in (0_u32..).zip(bits) {
                let mut left = byte;
                while left != 0 {
                    see(at * 8 + left.trailing_zeros());
                    left &= left - 1;
                }
            }
        }
        (_, steps) => each_of_steps(steps, see),
    }
    Some(())
}

fn each_of_steps(steps: &[u8], mut see: impl FnMut(u32)) {
    let (mut next, mut step, mut shift) = (0_u32, 0_u32, 0);
    for &byte in steps {
        step |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            see(next + step);
            next += step + 1;
            (step, shift) = (0, 0);
        }
    }
}

fn check_of(gram: Gram, kept: &[u8]) -> [u8; CHECK_BYTES] {
    let mut check = Crc::new();
    check.update(&gram.to_le_bytes());
    check.update(kept);
    check.sum().to_le_bytes()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_noted_is_read_back_and_a_turned_bit_is_noticed(
            places in prop::collection::btree_set(0_u32..4000, 0..300), dense in any::<bool>(), turned in 0..1000_usize,
        ) {
            let places: BTreeSet<u32> = if dense { places.iter().map(|place| place % 64).collect() } else { places };
            let mut noted = Noted::default();
            for &place in &places {
                noted.note(place);
                noted.note(place);
            }
            let mut packed = noted.packed(7);
            let mut back = BTreeSet::new();
            each_of(7, &packed, |place| { back.insert(place); }).unwrap();
            prop_assert_eq!(back, places);
            let bit = turned % (packed.len() * 8);
            packed[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(each_of(7, &packed, |_| ()).is_none());
        }
    }

    #[test]
    fn many_are_kept_as_bits() {
        let mut noted = Noted::default();
        (0..800).for_each(|place| noted.note(place));
        assert_eq!(noted.packed(1).len(), 105);
    }
}
