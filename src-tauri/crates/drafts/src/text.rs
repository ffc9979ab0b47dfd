use serde::{Deserialize, Serialize};

/// Above this many changes the text is built anew: moving its tail for each one would cost more.
const CHANGES_MADE_IN_PLACE: usize = 4;

/// One replacement. Positions are bytes of the text before any change of the same entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(usize, usize, String)", into = "(usize, usize, String)")]
pub struct TextChange {
    /// Where the replaced part starts.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What takes its place.
    pub insert: String,
}

impl From<(usize, usize, String)> for TextChange {
    fn from((from, to, insert): (usize, usize, String)) -> Self {
        TextChange { from, to, insert }
    }
}

impl From<TextChange> for (usize, usize, String) {
    fn from(change: TextChange) -> Self {
        (change.from, change.to, change.insert)
    }
}

/// Why changes do not fit a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// It ends before it starts, or starts before the one before it ends.
    #[error("the change {from}..{to} is out of order")]
    OutOfOrder {
        /// Its start.
        from: usize,
        /// Its end.
        to: usize,
    },
    /// It ends behind the text's end.
    #[error("the change ends at {to}, but the text at {length}")]
    OutOfRange {
        /// Its end.
        to: usize,
        /// The text's length in bytes.
        length: usize,
    },
    /// It would cut a character.
    #[error("position {at} is inside a character")]
    InsideCharacter {
        /// The position.
        at: usize,
    },
}

/// Makes the changes, all or none: with an error the text is as it was.
pub fn apply_changes(text: &mut String, changes: &[TextChange]) -> Result<(), ChangeError> {
    check_changes(text, changes)?;
    if changes.len() <= CHANGES_MADE_IN_PLACE {
        // From the last to the first, so that the positions of those before stay true.
        for change in changes.iter().rev() {
            text.replace_range(change.from..change.to, &change.insert);
        }
    } else {
        *text = rebuilt(text, changes);
    }
    Ok(())
}

fn check_changes(text: &str, changes: &[TextChange]) -> Result<(), ChangeError> {
    let mut free_from = 0;
    for &TextChange { from, to, .. } in changes {
        if from < free_from || to < from {
            return Err(ChangeError::OutOfOrder { from, to });
        }
        if to > text.len() {
            return Err(ChangeError::OutOfRange { to, length: text.len() });
        }
        if let Some(at) = [from, to].into_iter().find(|&at| !text.is_char_boundary(at)) {
            return Err(ChangeError::InsideCharacter { at });
        }
        free_from = to;
    }
    Ok(())
}

fn rebuilt(text: &str, changes: &[TextChange]) -> String {
    let inserted: usize = changes.iter().map(|change| change.insert.len()).sum();
    let mut after = String::with_capacity(text.len() + inserted);
    let mut copied = 0;
    for change in changes {
        after.push_str(&text[copied..change.from]);
        after.push_str(&change.insert);
        copied = change.to;
    }
    after.push_str(&text[copied..]);
    after
}

/// The smallest single replacement that makes one text the other.
pub(crate) fn difference(before: &str, after: &str) -> TextChange {
    let same = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    let from = before.floor_char_boundary(same).min(after.floor_char_boundary(same));
    let tails = before.as_bytes()[from..].iter().rev().zip(after.as_bytes()[from..].iter().rev());
    let tail = tails.take_while(|(one, other)| one == other).count();
    let to = before.ceil_char_boundary(before.len() - tail);
    TextChange { from, to, insert: after[from..after.len() - (before.len() - to)].to_owned() }
}

/// The start of the text, at most this many bytes, never cutting a character.
pub(crate) fn head_of(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// The number of UTF-16 units, which is what the editor counts in.
pub(crate) fn utf16_length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn change(from: usize, to: usize, insert: &str) -> TextChange {
        TextChange { from, to, insert: insert.into() }
    }

    #[test]
    fn few_and_many_changes_count_in_the_text_before() {
        let mut few = String::from("abc한글");
        apply_changes(&mut few, &[change(0, 1, "XY"), change(3, 6, "🙂"), change(9, 9, "!")]).unwrap();
        assert_eq!(few, "XYbc🙂글!");
        let mut many = String::from("abcdef");
        let every: Vec<TextChange> = (0..6).map(|at| change(at, at + 1, "가")).collect();
        apply_changes(&mut many, &every).unwrap();
        assert_eq!(many, "가가가가가가");
    }

    #[test]
    fn two_insertions_at_one_place_keep_their_order() {
        let mut text = String::from("ab");
        apply_changes(&mut text, &[change(1, 1, "1"), change(1, 1, "2")]).unwrap();
        assert_eq!(text, "a12b");
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let mut text = String::from("a한b");
        let cases = [
            (vec![change(0, 1, "x"), change(2, 4, "")], ChangeError::InsideCharacter { at: 2 }),
            (vec![change(0, 1, "x"), change(4, 6, "")], ChangeError::OutOfRange { to: 6, length: 5 }),
            (vec![change(4, 5, "x"), change(0, 1, "")], ChangeError::OutOfOrder { from: 0, to: 1 }),
            (vec![change(4, 1, "x")], ChangeError::OutOfOrder { from: 4, to: 1 }),
        ];
        for (changes, why) in cases {
            assert_eq!(apply_changes(&mut text, &changes), Err(why));
            assert_eq!(text, "a한b");
        }
    }

    #[test]
    fn a_difference_is_one_small_replacement() {
        for (before, after, expected) in [
            ("가나다", "가너다", change(3, 6, "너")),
            ("aa", "aaa", change(2, 2, "a")),
            ("🙂", "🙃", change(0, 4, "🙃")),
            ("same", "same", change(4, 4, "")),
            ("", "새", change(0, 0, "새")),
            ("각", "갂", change(0, 3, "갂")),
        ] {
            let found = difference(before, after);
            let mut text = before.to_owned();
            apply_changes(&mut text, std::slice::from_ref(&found)).unwrap();
            assert_eq!((text.as_str(), found), (after, expected));
        }
    }

    #[test]
    fn a_head_never_cuts_a_character() {
        assert_eq!(head_of("한글", 4), "한");
        assert_eq!(head_of("한글", 6), "한글");
        assert_eq!(head_of("ab", 9), "ab");
        assert_eq!(utf16_length("한🙂a"), 4);
    }
}
