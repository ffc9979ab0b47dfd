//! How a file is written besides its text: a byte order mark, and the end of each line.
//!
//! The editor's text has neither: it begins after the mark, and each of its lines ends in `\n`. What is left out is kept
//! here, so that a file that was not changed comes out as it came in, byte for byte.

use serde::{Deserialize, Serialize};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How many lines in a row end how.
type Run = (LineEnd, usize);

/// What the bytes of a file hold beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileForm {
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// How its lines end.
    pub line_ends: LineEnds,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnd {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r`
    Cr,
}

/// How the lines of a file end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LineEnds {
    /// All alike.
    Uniform(LineEnd),
    /// Not alike: how many lines in a row end how, from the first. No two neighbours are alike, no count is 0.
    Mixed(Vec<(LineEnd, usize)>),
}

/// The bytes are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not UTF-8: bad byte at {offset} (line {line}, column {column})")]
pub struct NotUtf8 {
    /// The first byte that is not part of a character.
    pub offset: usize,
    /// Its line, from 1.
    pub line: u32,
    /// Its column in UTF-16 units, from 1.
    pub column: u32,
}

/// A stored form that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("not a file form: {0}")]
pub struct BadFileForm(#[from] serde_json::Error);

/// The text of a file, for the editor, and its form.
pub fn decode(bytes: &[u8]) -> Result<(String, FileForm), NotUtf8> {
    let whole = std::str::from_utf8(bytes).map_err(|error| place_of(bytes, error.valid_up_to()))?;
    let bare = whole.strip_prefix(BYTE_ORDER_MARK);
    let (text, line_ends) = without_returns(bare.unwrap_or(whole));
    Ok((text, FileForm { bom: bare.is_some(), line_ends }))
}

/// The bytes of a file with this text and form.
pub fn encode(text: &str, form: &FileForm) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + BYTE_ORDER_MARK.len());
    if form.bom {
        bytes.extend_from_slice(BYTE_ORDER_MARK.as_bytes());
    }
    if form.line_ends == LineEnds::Uniform(LineEnd::Lf) {
        bytes.extend_from_slice(text.as_bytes());
        return bytes;
    }
    let mut ends = form.line_ends.each();
    for line in text.split_inclusive('\n') {
        let Some(line) = line.strip_suffix('\n') else {
            bytes.extend_from_slice(line.as_bytes());
            break;
        };
        bytes.extend_from_slice(line.as_bytes());
        let end = match ends.next().unwrap_or_default() {
            // An edit can bring these two together; as one `\r\n` they would be one line end.
            LineEnd::Lf if bytes.last() == Some(&b'\r') => LineEnd::CrLf,
            end => end,
        };
        bytes.extend_from_slice(end.characters().as_bytes());
    }
    bytes
}

impl FileForm {
    /// Follows an edit that begins on `first_line` (from 0) of the text, takes `removed_breaks` line breaks away from
    /// there and puts `inserted_breaks` in their place. The new ones end as most lines of the file do.
    pub fn spliced(&mut self, first_line: usize, removed_breaks: usize, inserted_breaks: usize) {
        self.line_ends.splice(first_line, removed_breaks, inserted_breaks);
    }

    /// The form as a text to store.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a form holds only booleans, names and numbers")
    }

    /// The form that `to_json` stored.
    pub fn from_json(json: &str) -> Result<Self, BadFileForm> {
        let form: Self = serde_json::from_str(json)?;
        let line_ends = match form.line_ends {
            LineEnds::Mixed(runs) => LineEnds::of_runs(runs, LineEnd::Lf),
            uniform => uniform,
        };
        Ok(Self { line_ends, ..form })
    }
}

impl LineEnd {
    /// The characters of the line end.
    pub fn characters(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }
}

impl Default for LineEnds {
    fn default() -> Self {
        Self::Uniform(LineEnd::Lf)
    }
}

impl LineEnds {
    /// The end that most lines have; of equals, the one that comes first in the file.
    pub fn majority(&self) -> LineEnd {
        let runs = match self {
            Self::Uniform(end) => return *end,
            Self::Mixed(runs) => runs,
        };
        let mut counts: Vec<Run> = Vec::with_capacity(3);
        for &(end, count) in runs {
            match counts.iter_mut().find(|known| known.0 == end) {
                Some(known) => known.1 = known.1.saturating_add(count),
                None => counts.push((end, count)),
            }
        }
        // `max_by_key` takes the last of equals, so the first comes last.
        counts.into_iter().rev().max_by_key(|known| known.1).map_or(LineEnd::Lf, |known| known.0)
    }

    /// The end of each line; after the last, the majority's for ever.
    fn each(&self) -> impl Iterator<Item = LineEnd> {
        let runs: &[Run] = match self {
            Self::Uniform(_) => &[],
            Self::Mixed(runs) => runs,
        };
        let known = runs.iter().flat_map(|&(end, count)| std::iter::repeat_n(end, count));
        known.chain(std::iter::repeat(self.majority()))
    }

    fn splice(&mut self, first: usize, removed: usize, inserted: usize) {
        if removed == 0 && inserted == 0 {
            return;
        }
        let majority = self.majority();
        let Self::Mixed(runs) = self else {
            return;
        };
        let (before, rest) = split_runs(runs, first);
        let (_, after) = split_runs(&rest, removed);
        let runs = before.into_iter().chain([(majority, inserted)]).chain(after).collect();
        *self = Self::of_runs(runs, majority);
    }

    /// The shortest way to say these runs; `otherwise` where there is not one line end.
    fn of_runs(runs: Vec<Run>, otherwise: LineEnd) -> Self {
        let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
        for (end, count) in runs {
            match joined.last_mut() {
                _ if count == 0 => {}
                Some(last) if last.0 == end => last.1 = last.1.saturating_add(count),
                _ => joined.push((end, count)),
            }
        }
        match joined.as_slice() {
            [] => Self::Uniform(otherwise),
            [(end, _)] => Self::Uniform(*end),
            _ => Self::Mixed(joined),
        }
    }
}

/// The first `count` line ends, and those after them.
fn split_runs(runs: &[Run], count: usize) -> (Vec<Run>, Vec<Run>) {
    let (mut before, mut after, mut left) = (Vec::new(), Vec::new(), count);
    for &(end, length) in runs {
        let taken = length.min(left);
        left -= taken;
        if taken > 0 {
            before.push((end, taken));
        }
        if taken < length {
            after.push((end, length - taken));
        }
    }
    (before, after)
}

/// The text with each line end as `\n`, and what they were.
fn without_returns(text: &str) -> (String, LineEnds) {
    if !text.contains('\r') {
        return (text.to_owned(), LineEnds::Uniform(LineEnd::Lf));
    }
    let mut clean = String::with_capacity(text.len());
    let mut runs: Vec<Run> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        clean.push_str(&rest[..at]);
        clean.push('\n');
        let end = end_at(&rest[at..]);
        rest = &rest[at + end.characters().len()..];
        match runs.last_mut() {
            Some(last) if last.0 == end => last.1 += 1,
            _ => runs.push((end, 1)),
        }
    }
    clean.push_str(rest);
    (clean, LineEnds::of_runs(runs, LineEnd::Lf))
}

fn end_at(text: &str) -> LineEnd {
    if text.starts_with("\r\n") {
        LineEnd::CrLf
    } else if text.starts_with('\r') {
        LineEnd::Cr
    } else {
        LineEnd::Lf
    }
}

fn place_of(bytes: &[u8], offset: usize) -> NotUtf8 {
    let before = String::from_utf8_lossy(&bytes[..offset]);
    let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&before);
    let (clean, _) = without_returns(before);
    let line = clean.matches('\n').count() + 1;
    let column = clean.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1;
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    NotUtf8 { offset, line: narrow(line), column: narrow(column) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("\n".to_owned()),
                Just("\r\n".to_owned()),
                Just("\r".to_owned()),
                Just("\u{feff}".to_owned()),
                "[a-z가-힣🙂 ]{0,6}"
            ],
            0..40,
        )
        .prop_map(|parts| parts.concat())
    }

    /// The lines of a file, each with its own end.
    fn lines(bytes: &[u8]) -> Vec<(String, &'static str)> {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut lines = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['\r', '\n']) {
            let end = end_at(&rest[at..]).characters();
            lines.push((rest[..at].to_owned(), end));
            rest = &rest[at + end.len()..];
        }
        lines.push((rest.to_owned(), ""));
        lines
    }

    proptest! {
        #[test]
        fn encoding_what_was_decoded_gives_the_same_bytes(text in texts()) {
            let (clean, form) = decode(text.as_bytes()).unwrap();
            prop_assert!(!clean.contains('\r'));
            prop_assert_eq!(encode(&clean, &form), text.as_bytes());
            prop_assert_eq!(FileForm::from_json(&form.to_json()).unwrap(), form);
        }

        #[test]
        fn lines_that_no_edit_touched_keep_their_ends(
            text in texts(),
            edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[x\n]{0,5}"), 1..6),
        ) {
            let (mut clean, mut form) = decode(text.as_bytes()).unwrap();
            for (from, length, insert) in edits {
                let before = lines(&encode(&clean, &form));
                let characters: Vec<char> = clean.chars().collect();
                let from = from.index(characters.len() + 1);
                let to = (from + length).min(characters.len());
                let count = |part: &[char]| part.iter().filter(|c| **c == '\n').count();
                let (first, removed) = (count(&characters[..from]), count(&characters[from..to]));
                let inserted = insert.matches('\n').count();
                clean = characters[..from].iter().copied().chain(insert.chars()).chain(characters[to..].iter().copied()).collect();
                form.spliced(first, removed, inserted);
                let bytes = encode(&clean, &form);
                let after = lines(&bytes);
                prop_assert_eq!(&after[..first], &before[..first]);
                prop_assert_eq!(&after[first + inserted + 1..], &before[first + removed + 1..]);
                let read = decode(&bytes).unwrap();
                // A mark that an edit brought to the front is the file's own from then on.
                let same = clean.strip_prefix(BYTE_ORDER_MARK).filter(|_| !form.bom).unwrap_or(&clean);
                prop_assert_eq!(&read.0, same);
            }
        }
    }

    #[test]
    fn a_uniform_file_is_stored_as_one_value() {
        let (text, form) = decode("\u{feff}가\r\n나\r\n".as_bytes()).unwrap();
        assert_eq!(text, "가\n나\n");
        assert_eq!(form.to_json(), r#"{"bom":true,"line_ends":"crlf"}"#);
        assert_eq!(decode(b"").unwrap().1, FileForm::default());
    }

    #[test]
    fn new_lines_end_as_most_do() {
        let (_, mut form) = decode(b"a\r\nb\nc\r\nd").unwrap();
        form.spliced(1, 0, 2);
        assert_eq!(encode("a\nb1\nb2\nb\nc\nd", &form), b"a\r\nb1\r\nb2\r\nb\nc\r\nd");
        let (_, mut bare) = decode(b"no break").unwrap();
        bare.spliced(0, 0, 1);
        assert_eq!(encode("no\nbreak", &bare), b"no\nbreak");
    }

    #[test]
    fn a_bad_byte_is_found() {
        let bytes = [b"\xef\xbb\xbf".as_slice(), "첫 줄\r\n🙂b".as_bytes(), b"\xff\n"].concat();
        let error = decode(&bytes).unwrap_err();
        assert_eq!(error, NotUtf8 { offset: bytes.len() - 2, line: 2, column: 4 });
    }

    #[test]
    fn a_form_of_nonsense_is_refused() {
        assert!(FileForm::from_json("{}").is_err());
        assert!(FileForm::from_json(r#"{"bom":false,"line_ends":"vt"}"#).is_err());
        let odd = FileForm::from_json(r#"{"bom":false,"line_ends":[["lf",0],["cr",2]]}"#).unwrap();
        assert_eq!(odd.line_ends, LineEnds::Uniform(LineEnd::Cr));
    }
}
