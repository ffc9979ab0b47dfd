//! Two texts beside each other, for a reader: the lines that differ, and in them the words that do.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::TextChange;
use crate::diff::{DiffKind, changed_lines};

/// Words are looked for in no more than so many bytes of one difference: the search's time grows with the square of
/// what differs.
const MOST_BYTES: usize = 20_000;
/// Lines that have less than this share in common are other lines; no word in them is marked.
const LEAST_SHARED: f64 = 0.15;

/// A line of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// What became of it.
    pub kind: DiffKind,
    /// Its text without the newline, in pieces; none for skipped lines.
    pub pieces: Vec<Piece>,
    /// Which difference it belongs to, from 0; none for a kept line.
    pub hunk: Option<usize>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether the other text has other words there.
    pub changed: bool,
}

/// The lines of two texts with `context` kept lines around each difference.
pub fn compare(before: &str, after: &str, context: usize) -> Vec<ComparedLine> {
    let (old, new) = (lines_of(before), lines_of(after));
    let mut shown = Vec::new();
    let hunks = changed_lines(before, after);
    let mut done = 0;
    for (number, (from, to)) in hunks.iter().enumerate() {
        let is_first = number == 0;
        push_kept(&mut shown, &old[done..from.start], if is_first { 0 } else { context }, context);
        let (removed, added) = marked(&old[from.clone()].concat(), &new[to.clone()].concat());
        for (kind, lines) in [(DiffKind::Removed, removed), (DiffKind::Added, added)] {
            shown.extend(lines.into_iter().map(|pieces| ComparedLine { kind, pieces, hunk: Some(number) }));
        }
        done = from.end;
    }
    let head = if hunks.is_empty() { 0 } else { context };
    push_kept(&mut shown, &old[done..], head, 0);
    shown
}

/// The change of `after` that brings back what `before` has in place of one difference of theirs.
pub fn bring_back(before: &str, after: &str, hunk: usize) -> Option<TextChange> {
    let (from, to) = changed_lines(before, after).into_iter().nth(hunk)?;
    let bytes = byte_range(after, &to);
    let insert = before[byte_range(before, &from)].to_owned();
    Some(TextChange { from: bytes.start, to: bytes.end, insert })
}

/// The words of a text that another one says otherwise: the text in pieces, line ends among them.
pub fn words(text: &str, other: &str) -> Vec<Piece> {
    let (own, _) = changed_words(text, other).unwrap_or_default();
    pieces(text, &own)
}

fn lines_of(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn byte_range(text: &str, lines: &Range<usize>) -> Range<usize> {
    let mut ends = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    let start = if lines.start == 0 { 0 } else { ends.nth(lines.start - 1).unwrap_or(text.len()) };
    let end = if lines.is_empty() { start } else { ends.nth(lines.len() - 1).unwrap_or(text.len()) };
    start..end
}

/// Shows the first and the last so many of the lines, and counts the others.
fn push_kept(shown: &mut Vec<ComparedLine>, lines: &[&str], head: usize, tail: usize) {
    let kept = |line: &&str| ComparedLine {
        kind: DiffKind::Kept,
        pieces: vec![Piece { text: line.trim_end_matches('\n').to_owned(), changed: false }],
        hunk: None,
    };
    // A line that stands for one line takes as much room.
    if lines.len() <= head + tail + 1 && head + tail > 0 {
        shown.extend(lines.iter().map(kept));
        return;
    }
    let skipped = lines.len() - head - tail;
    shown.extend(lines[..head].iter().map(kept));
    if skipped > 0 {
        shown.push(ComparedLine { kind: DiffKind::Skipped(skipped), pieces: Vec::new(), hunk: None });
    }
    shown.extend(lines[lines.len() - tail..].iter().map(kept));
}

/// The lines of both sides of a difference, with the words marked that differ.
fn marked(before: &str, after: &str) -> (Vec<Vec<Piece>>, Vec<Vec<Piece>>) {
    let (old, new) = changed_words(before, after).unwrap_or_default();
    (by_line(before, &old), by_line(after, &new))
}

fn by_line(text: &str, changed: &[Range<usize>]) -> Vec<Vec<Piece>> {
    let mut start = 0;
    lines_of(text)
        .into_iter()
        .map(|line| {
            let shown = line.trim_end_matches('\n');
            let within = clipped(changed, start..start + shown.len());
            start += line.len();
            pieces(shown, &within)
        })
        .collect()
}

/// The parts of ranges that lie within another, counted from its start.
fn clipped(ranges: &[Range<usize>], within: Range<usize>) -> Vec<Range<usize>> {
    ranges
        .iter()
        .map(|range| range.start.max(within.start)..range.end.min(within.end))
        .filter(|range| !range.is_empty())
        .map(|range| range.start - within.start..range.end - within.start)
        .collect()
}

fn pieces(text: &str, changed: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, changed| {
        if !range.is_empty() {
            pieces.push(Piece { text: text[range].to_owned(), changed });
        }
    };
    let mut done = 0;
    for range in changed {
        push(done..range.start, false);
        push(range.clone(), true);
        done = range.end;
    }
    push(done..text.len(), false);
    pieces
}

type Ranges = Vec<Range<usize>>;

/// The bytes of both texts whose words differ; none where they have too little in common, or are too long.
fn changed_words(before: &str, after: &str) -> Option<(Ranges, Ranges)> {
    if before.is_empty() || after.is_empty() || before.len() + after.len() > MOST_BYTES {
        return None;
    }
    let (old, new) = (tokens(before), tokens(after));
    let (mut old_ranges, mut new_ranges) = (Ranges::new(), Ranges::new());
    let (mut old_at, mut new_at, mut from, mut to, mut shared) = (0, 0, 0, 0, 0);
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        // The lengths alone: an operation's place is not always that of its tokens (similar 2).
        let (removed, added) = (operation.old_range().len(), operation.new_range().len());
        let old_bytes: usize = old[old_at..old_at + removed].iter().map(|token| token.len()).sum();
        let new_bytes: usize = new[new_at..new_at + added].iter().map(|token| token.len()).sum();
        if matches!(operation, DiffOp::Equal { .. }) {
            shared +=
                before[from..from + old_bytes].chars().filter(|letter| letter.is_alphanumeric()).count();
        } else {
            push_range(&mut old_ranges, before, from..from + old_bytes);
            push_range(&mut new_ranges, after, to..to + new_bytes);
        }
        (old_at, new_at) = (old_at + removed, new_at + added);
        (from, to) = (from + old_bytes, to + new_bytes);
    }
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
    let least = letters(before).min(letters(after)) as f64 * LEAST_SHARED;
    (shared as f64 >= least).then_some((old_ranges, new_ranges))
}

/// Adds a range; one that only a space parts from the last becomes one with it.
fn push_range(ranges: &mut Ranges, text: &str, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    match ranges.last_mut() {
        Some(last) if text[last.end..range.start].chars().all(|letter| letter == ' ') => last.end = range.end,
        _ => ranges.push(range),
    }
}

/// Words, runs of white space, and every other character.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |letter: char| {
        if letter.is_alphanumeric() {
            0
        } else if letter.is_whitespace() {
            1
        } else {
            2
        }
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let goes_on = kind(letter) < 2 && letters.peek().is_some_and(|&(_, next)| kind(next) == kind(letter));
        if !goes_on {
            tokens.push(&text[start..end]);
            start = end;
        }
    }
    tokens
}

/// How many differences two texts have.
pub fn count(before: &str, after: &str) -> usize {
    changed_lines(before, after).len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::apply_changes;
    use crate::merge::{self, HunkKind};

    fn shown(line: &ComparedLine) -> String {
        let sign = match line.kind {
            DiffKind::Kept => ' ',
            DiffKind::Added => '+',
            DiffKind::Removed => '-',
            DiffKind::Skipped(_) => '~',
        };
        let text: String = line
            .pieces
            .iter()
            .map(|piece| if piece.changed { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect();
        format!("{sign}{text}")
    }

    fn all(before: &str, after: &str) -> Vec<String> {
        compare(before, after, 1).iter().map(shown).collect()
    }

    #[test]
    fn words_are_marked_within_changed_lines() {
        assert_eq!(
            all("하나\n서버가 요청을 처리합니다.\n끝\n", "하나\n서버가 모든 요청을 받습니다.\n끝\n"),
            [" 하나", "-서버가 요청을 [처리합니다].", "+서버가 [모든 ]요청을 [받습니다].", " 끝"]
        );
    }

    #[test]
    fn lines_with_little_in_common_are_other_lines() {
        assert_eq!(all("하나 둘 셋\n", "a b c\n"), ["-하나 둘 셋", "+a b c"]);
    }

    #[test]
    fn a_mark_goes_on_over_the_lines_of_a_difference() {
        assert_eq!(all("가 나\n다 라\n", "가 마\n바 라\n"), ["-가 [나]", "-[다] 라", "+가 [마]", "+[바] 라"]);
    }

    #[test]
    fn far_lines_are_counted() {
        let before = "1\n2\n3\n4\n5\n6\n7\n";
        let lines = compare(before, "1\n2\n3\nvier\n5\n6\n7\n", 1);
        assert_eq!(lines[0].kind, DiffKind::Skipped(2));
        assert_eq!(lines.last().unwrap().kind, DiffKind::Skipped(2));
        assert_eq!(compare(before, before, 3)[0].kind, DiffKind::Skipped(7));
        assert!(compare("", "", 3).is_empty());
    }

    #[test]
    fn one_difference_is_brought_back_and_the_others_stay() {
        let (before, after) = ("a\nb\nc\nd\ne\n", "a\nB\nc\ne\nf");
        let back = |hunk| apply_changes(after, &[bring_back(before, after, hunk).unwrap()]);
        assert_eq!(back(0), "a\nb\nc\ne\nf");
        assert_eq!(back(1), "a\nB\nc\nd\ne\nf");
        assert_eq!(back(2), "a\nB\nc\ne\n");
        assert_eq!(bring_back(before, after, 3), None);
    }

    const TEXT: &str = "([가나a ]{0,3}\n){0,9}[가b]{0,2}";

    /// What bringing back one difference must come to: the hunks of a merge in which the other side is as before.
    fn expected(before: &str, after: &str, hunk: usize) -> String {
        let mut at = 0;
        merge::hunks(before, after, before)
            .iter()
            .map(|part| {
                if part.kind == HunkKind::Same {
                    return part.mine;
                }
                at += 1;
                if at - 1 == hunk { part.base } else { part.mine }
            })
            .collect()
    }

    proptest! {
        #[test]
        fn the_lines_are_the_texts(before in TEXT, after in TEXT) {
            let lines = compare(&before, &after, 99);
            let side = |skip: DiffKind| -> String {
                let kept: Vec<String> = lines.iter().filter(|line| line.kind != skip)
                    .map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect();
                kept.join("\n")
            };
            prop_assert_eq!(side(DiffKind::Added), before.trim_end_matches('\n').to_owned()
                + &"\n".repeat((before.len() - before.trim_end_matches('\n').len()).saturating_sub(1)));
            prop_assert_eq!(side(DiffKind::Removed), after.trim_end_matches('\n').to_owned()
                + &"\n".repeat((after.len() - after.trim_end_matches('\n').len()).saturating_sub(1)));
        }

        #[test]
        fn bringing_back_is_what_a_merge_expects(before in TEXT, after in TEXT) {
            for hunk in 0..count(&before, &after) {
                let change = bring_back(&before, &after, hunk).unwrap();
                prop_assert_eq!(apply_changes(&after, &[change]), expected(&before, &after, hunk));
            }
        }

        #[test]
        fn bringing_back_one_after_the_other_makes_the_text_before(before in TEXT, after in TEXT) {
            let mut text = after.clone();
            // After each the differences are looked for anew: there may be fewer by more than one.
            for _ in 0..=count(&before, &after) {
                let Some(change) = bring_back(&before, &text, 0) else { break };
                text = apply_changes(&text, &[change]);
            }
            prop_assert_eq!(text, before);
        }
    }
}
