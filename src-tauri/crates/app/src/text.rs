//! A post's text as a rope, and the one place where positions of the wire meet offsets in bytes.
//!
//! The wire counts UTF-16 code units and takes every line end for one unit; the text here has only `\n` as line
//! end, so both sides count the same things. Inside, everything counts bytes.

use postwright_post::TextChange;
use postwright_wire as wire;
use ropey::Rope;

/// A change that does not fit the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadChange {
    #[error("position {position} is outside the text of {length} UTF-16 units or inside a character")]
    Position { position: u32, length: usize },
    #[error("the changes overlap or are out of order at {position}")]
    Order { position: u32 },
    #[error("an inserted text holds a carriage return")]
    CarriageReturn,
}

/// The text of an open post.
#[derive(Debug, Clone)]
pub(crate) struct PostText {
    rope: Rope,
}

impl PostText {
    pub(crate) fn new(text: &str) -> Self {
        debug_assert!(!text.contains('\r'), "line ends are the file form's business");
        Self { rope: Rope::from_str(text) }
    }

    /// Applies the changes at once and says what they were in bytes of the text before. All or none.
    pub(crate) fn apply(&mut self, changes: &[wire::Change]) -> Result<Vec<TextChange>, BadChange> {
        let changes = self.in_bytes(changes)?;
        for change in changes.iter().rev() {
            let from = self.rope.byte_to_char(change.from);
            self.rope.remove(from..self.rope.byte_to_char(change.to));
            self.rope.insert(from, &change.insert);
        }
        Ok(changes)
    }

    /// The same changes with offsets in bytes.
    fn in_bytes(&self, changes: &[wire::Change]) -> Result<Vec<TextChange>, BadChange> {
        let mut in_bytes = Vec::with_capacity(changes.len());
        let mut end = 0;
        for change in changes {
            if change.from < end || change.to < change.from {
                return Err(BadChange::Order { position: change.from });
            }
            if change.insert.contains('\r') {
                return Err(BadChange::CarriageReturn);
            }
            end = change.to;
            let (from, to) = (self.byte_of(change.from)?, self.byte_of(change.to)?);
            in_bytes.push(TextChange { from, to, insert: change.insert.clone() });
        }
        Ok(in_bytes)
    }

    /// The same changes with positions of the wire; the offsets are of this text.
    pub(crate) fn on_the_wire(&self, changes: &[TextChange]) -> Vec<wire::Change> {
        changes
            .iter()
            .map(|change| wire::Change {
                from: self.position_of(change.from),
                to: self.position_of(change.to),
                insert: change.insert.clone(),
            })
            .collect()
    }

    /// The first `length` bytes, or a little less to end between characters.
    pub(crate) fn head(&self, length: usize) -> String {
        if length >= self.rope.len_bytes() {
            return self.to_string();
        }
        self.rope.slice(..self.rope.byte_to_char(length)).to_string()
    }

    pub(crate) fn starts_with(&self, start: &str) -> bool {
        self.rope.len_bytes() >= start.len()
            && self.rope.bytes().zip(start.bytes()).all(|(ours, theirs)| ours == theirs)
    }

    /// The text after changes that fit it.
    pub(crate) fn with(&self, changes: &[TextChange]) -> Self {
        let mut after = self.clone();
        for change in changes.iter().rev() {
            let from = after.rope.byte_to_char(change.from);
            after.rope.remove(from..after.rope.byte_to_char(change.to));
            after.rope.insert(from, &change.insert);
        }
        after
    }

    /// Whether these words stand at this byte.
    pub(crate) fn has(&self, at: usize, words: &str) -> bool {
        let end = at.saturating_add(words.len());
        end <= self.rope.len_bytes() && self.rope.get_byte_slice(at..end).is_some_and(|slice| slice == *words)
    }

    /// Whether it is the same text. Two of different lengths are told apart at once.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.rope.len_bytes() == other.rope.len_bytes() && self.rope == other.rope
    }

    /// The byte at a position of the wire, moved inside the text and to the start of its character.
    pub(crate) fn byte_at(&self, position: u32) -> usize {
        let position = (position as usize).min(self.rope.len_utf16_cu());
        self.rope.char_to_byte(self.rope.utf16_cu_to_char(position))
    }

    pub(crate) fn equals(&self, other: &str) -> bool {
        self.rope.len_bytes() == other.len() && self.rope == *other
    }

    /// The selection, moved inside the text where it lies outside.
    pub(crate) fn clamped(&self, selection: wire::Selection) -> wire::Selection {
        let end = u32::try_from(self.rope.len_utf16_cu()).unwrap_or(u32::MAX);
        wire::Selection { anchor: selection.anchor.min(end), head: selection.head.min(end) }
    }

    fn byte_of(&self, position: u32) -> Result<usize, BadChange> {
        let length = self.rope.len_utf16_cu();
        let outside = BadChange::Position { position, length };
        if position as usize > length {
            return Err(outside);
        }
        let character = self.rope.utf16_cu_to_char(position as usize);
        if self.rope.char_to_utf16_cu(character) != position as usize {
            return Err(outside);
        }
        Ok(self.rope.char_to_byte(character))
    }

    /// The position on the wire of a byte.
    pub(crate) fn position_of(&self, byte: usize) -> u32 {
        let position = self.rope.char_to_utf16_cu(self.rope.byte_to_char(byte));
        u32::try_from(position).unwrap_or(u32::MAX)
    }
}

impl std::fmt::Display for PostText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| formatter.write_str(chunk))
    }
}

/// How many UTF-16 units a text takes.
pub(crate) fn length_on_the_wire(text: &str) -> u32 {
    u32::try_from(text.chars().map(char::len_utf16).sum::<usize>()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn change(from: u32, to: u32, insert: &str) -> wire::Change {
        wire::Change { from, to, insert: insert.to_owned() }
    }

    #[test]
    fn counts_as_the_editor_does() {
        let mut text = PostText::new("가👍나\r".trim_end());
        let changes = text.apply(&[change(1, 3, "e\u{301}"), change(4, 4, "\n끝")]).unwrap();
        assert_eq!(text.to_string(), "가e\u{301}나\n끝");
        assert_eq!(changes[0], TextChange { from: 3, to: 7, insert: "e\u{301}".to_owned() });
        assert_eq!(changes[1].from, 10);
    }

    #[test]
    fn refuses_what_does_not_fit_and_changes_nothing() {
        let mut text = PostText::new("a👍b");
        for bad in [
            vec![change(2, 3, "")],
            vec![change(5, 5, "")],
            vec![change(1, 3, ""), change(0, 1, "")],
            vec![change(3, 1, "")],
            vec![change(0, 0, "a\r\n")],
        ] {
            assert!(text.apply(&bad).is_err(), "{bad:?}");
        }
        assert_eq!(text.to_string(), "a👍b");
    }

    proptest! {
        /// The same edits on a plain list of UTF-16 units, as an editor in the web view keeps them.
        #[test]
        fn holds_what_a_list_of_utf16_units_holds(
            start in "[a-z가-힣\u{1100}-\u{11ff}👍👩‍💻\n ]{0,40}",
            edits in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, "[a-c한글\u{1112}\u{1161}👍\n]{0,6}"), 0..30),
        ) {
            let mut text = PostText::new(&start);
            let mut units: Vec<u16> = start.encode_utf16().collect();
            for (first, second, insert) in edits {
                let place = |share: f64| (share * (units.len() + 1) as f64) as usize;
                let (from, to) = (place(first).min(place(second)), place(first).max(place(second)));
                let splits = |at: usize| at < units.len() && (0xDC00..0xE000).contains(&units[at]);
                let outcome = text.apply(&[change(from as u32, to as u32, &insert)]);
                if splits(from) || splits(to) {
                    prop_assert!(outcome.is_err());
                } else {
                    prop_assert!(outcome.is_ok());
                    units.splice(from..to, insert.encode_utf16());
                }
                prop_assert_eq!(text.to_string(), String::from_utf16(&units).unwrap());
            }
        }

        /// What `on_the_wire` says, `apply` takes back.
        #[test]
        fn bytes_and_positions_agree(start in "[a가👍\u{1112}\u{1161}\n]{1,30}", place in 0.0..1.0f64) {
            let text = PostText::new(&start);
            let boundaries: Vec<usize> = start.char_indices().map(|(at, _)| at).collect();
            let from = boundaries[(place * boundaries.len() as f64) as usize];
            let changes = vec![TextChange { from, to: start.len(), insert: "끝".to_owned() }];
            let mut other = text.clone();
            prop_assert_eq!(other.apply(&text.on_the_wire(&changes)).unwrap(), changes);
        }
    }
}
