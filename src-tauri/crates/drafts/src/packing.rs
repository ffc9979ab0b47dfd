//! How the history keeps texts small: a text is compressed with the one kept before it as its dictionary, so that it
//! takes about as much room as what is new in it.
//!
//! zstd, because its dictionary may be as long as the text (zlib looks back 32 KiB, which a long post exceeds), and
//! because it needs no difference of ours: whatever the two texts have in common, it finds.

use std::io::{self, Read, Write};

use crate::LibraryError;
use crate::text::utf16_length;

/// zstd's level: its own default is 3; the texts are short, and nobody waits.
const LEVEL: i32 = 9;
/// How far zstd looks back at least and at most, as powers of two: 1 KiB to 128 MiB.
const WINDOWS: std::ops::RangeInclusive<u32> = 10..=27;
/// From this size on a match far back is looked for in another way, which is quicker.
const LONG: usize = 4 << 20;

/// What a text was packed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// zlib, the text alone: what libraries before the fourth schema have.
    Zlib,
    /// zstd, with the text that it is based on as its dictionary, if it is based on one.
    Zstd,
}

/// A text as the history keeps it.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    pub(crate) hash: String,
    pub(crate) length_utf16: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Packing {
    /// Its name, as the library stores it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Packing::Zlib => "zlib",
            Packing::Zstd => "zstd",
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self, LibraryError> {
        [Packing::Zlib, Packing::Zstd]
            .into_iter()
            .find(|packing| packing.name() == name)
            .ok_or_else(|| LibraryError::damaged(format!("a revision is packed in the unknown way {name:?}")))
    }

    /// The text again. Whether it is the right one, its hash tells.
    pub(crate) fn unpack(self, bytes: &[u8], base: &str) -> io::Result<String> {
        let mut text = String::new();
        match self {
            Packing::Zlib => {
                flate2::read::ZlibDecoder::new(bytes).read_to_string(&mut text)?;
            }
            Packing::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_ref_prefix(bytes, base.as_bytes())?;
                decoder.window_log_max(*WINDOWS.end())?;
                decoder.read_to_string(&mut text)?;
            }
        }
        Ok(text)
    }
}

impl Packed {
    /// Packs a text with another as its dictionary; an empty one is none.
    pub(crate) fn of(text: &str, base: &str) -> io::Result<Self> {
        Ok(Self { hash: hash_of(text), length_utf16: utf16_length(text), bytes: compress(text, base)? })
    }
}

/// What a text is known by.
pub(crate) fn hash_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn compress(text: &str, base: &str) -> io::Result<Vec<u8>> {
    let mut encoder = zstd::stream::write::Encoder::with_ref_prefix(Vec::new(), LEVEL, base.as_bytes())?;
    let reach = text.len() + base.len();
    encoder.window_log((usize::BITS - reach.leading_zeros()).clamp(*WINDOWS.start(), *WINDOWS.end()))?;
    encoder.long_distance_matching(reach > LONG)?;
    encoder.set_pledged_src_size(Some(text.len() as u64))?;
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sentences(count: usize) -> String {
        (0..count).map(|at| format!("문장 {at}은 {}번째 것과 다릅니다. ", at * 7919 % 1009)).collect()
    }

    #[test]
    fn a_text_takes_the_room_of_what_is_new_in_it() {
        let before = sentences(3000);
        let middle = before.floor_char_boundary(before.len() / 2);
        let after = format!("{}한 문장이 더 있습니다.{}", &before[..middle], &before[middle..]);
        let whole = Packed::of(&after, "").unwrap();
        let delta = Packed::of(&after, &before).unwrap();
        assert!(delta.bytes.len() < 200, "{} bytes for one sentence", delta.bytes.len());
        assert!(whole.bytes.len() > 50 * delta.bytes.len());
        assert_eq!(Packing::Zstd.unpack(&delta.bytes, &before).unwrap(), after);
        assert_eq!(Packing::Zstd.unpack(&whole.bytes, "").unwrap(), after);
    }

    #[test]
    fn a_text_of_many_megabytes_is_based_on_another() {
        let before = sentences(200_000);
        assert!(before.len() > 2 * LONG);
        let after = before.clone() + "끝";
        let delta = Packed::of(&after, &before).unwrap();
        assert!(delta.bytes.len() < before.len() / 1000, "{} bytes", delta.bytes.len());
        assert_eq!(Packing::Zstd.unpack(&delta.bytes, &before).unwrap(), after);
    }

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(text in "([가-힣a-z\n🎉]{0,9} ?){0,30}", base in "([가-힣a-z\n🎉]{0,9} ?){0,30}") {
            let packed = Packed::of(&text, &base).unwrap();
            prop_assert_eq!(Packing::Zstd.unpack(&packed.bytes, &base).unwrap(), text);
        }
    }
}
