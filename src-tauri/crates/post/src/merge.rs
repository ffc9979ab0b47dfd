//! Two texts that came out of a third, brought together line by line.
//!
//! What only one side changed is taken from that side. Changes that meet, also those of neighbouring lines, are a
//! conflict, unless they are equal: the rule of diff3 and of git.

use std::ops::Range;

use crate::diff;

/// A run of lines that both sides treat in one way. Every text belongs to some hunk, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hunk<'t> {
    /// Who changed it.
    pub kind: HunkKind,
    /// The lines as they were.
    pub base: &'t str,
    /// The lines on the one side.
    pub mine: &'t str,
    /// The lines on the other.
    pub theirs: &'t str,
}

/// Who changed the lines of a hunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HunkKind {
    /// Nobody.
    Same,
    /// One side alone.
    Mine,
    /// The other side alone.
    Theirs,
    /// Both, in the same way.
    Both,
    /// Both, each in its own way.
    Conflict,
}

/// What becomes of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The lines of the one side.
    Mine,
    /// Those of the other.
    Theirs,
    /// First the one side's, then the other's.
    Both,
}

/// The hunks of `mine` and `theirs`, which both came out of `base`.
pub fn hunks<'t>(base: &'t str, mine: &'t str, theirs: &'t str) -> Vec<Hunk<'t>> {
    let texts = [Lines::of(base), Lines::of(mine), Lines::of(theirs)];
    let changed = [mine, theirs].map(|side| diff::changed_lines(base, side));
    let mut walk = Walk { texts, changed, next: [0; 2], shift: [0; 2] };
    let mut hunks = Vec::new();
    let mut done = 0;
    while let Some(range) = walk.next_changed() {
        if done < range.start {
            hunks.push(walk.hunk(done..range.start, [false; 2]));
        }
        done = range.end;
        hunks.push(walk.take(range));
    }
    let end = walk.texts[0].count();
    if done < end {
        hunks.push(walk.hunk(done..end, [false; 2]));
    }
    hunks
}

/// How many of the hunks are conflicts.
pub fn conflicts(hunks: &[Hunk<'_>]) -> usize {
    hunks.iter().filter(|hunk| hunk.kind == HunkKind::Conflict).count()
}

/// The text that the hunks make with a pick for each conflict; none if there are not as many picks.
pub fn merged(hunks: &[Hunk<'_>], picks: &[Pick]) -> Option<String> {
    if picks.len() != conflicts(hunks) {
        return None;
    }
    let mut picks = picks.iter();
    let mut text = String::new();
    for hunk in hunks {
        let pick = match hunk.kind {
            HunkKind::Conflict => *picks.next()?,
            HunkKind::Theirs => Pick::Theirs,
            HunkKind::Same | HunkKind::Mine | HunkKind::Both => Pick::Mine,
        };
        let (first, second) = match pick {
            Pick::Mine => (hunk.mine, ""),
            Pick::Theirs => (hunk.theirs, ""),
            Pick::Both => (hunk.mine, hunk.theirs),
        };
        push_lines(&mut text, first);
        push_lines(&mut text, second);
    }
    Some(text)
}

/// A text may end without a line end, and a side may go on where the other ended.
fn push_lines(text: &mut String, lines: &str) {
    if !lines.is_empty() && !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(lines);
}

/// The byte at which each line of a text begins, and its end.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        }));
        Self { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn slice(&self, lines: Range<usize>) -> &'t str {
        &self.text[self.starts[lines.start]..self.starts[lines.end]]
    }
}

/// The lines of the base, from the first change to the last.
struct Walk<'t> {
    /// The base and both sides.
    texts: [Lines<'t>; 3],
    /// What each side changed: lines of the base, and the lines that stand there instead.
    changed: [Vec<(Range<usize>, Range<usize>)>; 2],
    /// The first change of each side that was not taken yet.
    next: [usize; 2],
    /// By how many lines each side is ahead of the base there.
    shift: [isize; 2],
}

impl<'t> Walk<'t> {
    /// The lines of the base that the next change reaches over, with all that meet it.
    fn next_changed(&self) -> Option<Range<usize>> {
        let [mine, theirs] = [0, 1].map(|side| self.changed[side][self.next[side]..].iter());
        let mut ahead: Vec<&Range<usize>> = mine.chain(theirs).map(|(base, _)| base).collect();
        ahead.sort_by_key(|range| (range.start, range.end));
        let (first, others) = ahead.split_first()?;
        let mut range = (*first).clone();
        for other in others {
            if other.start > range.end {
                break;
            }
            range.end = range.end.max(other.end);
        }
        Some(range)
    }

    /// Takes the changes within these lines.
    fn take(&mut self, range: Range<usize>) -> Hunk<'t> {
        let mut touched = [false; 2];
        let before = self.shift;
        for (side, touched) in touched.iter_mut().enumerate() {
            while let Some((base, now)) = self.changed[side].get(self.next[side])
                && base.end <= range.end
            {
                self.shift[side] += now.len() as isize - base.len() as isize;
                self.next[side] += 1;
                *touched = true;
            }
        }
        let after = std::mem::replace(&mut self.shift, before);
        let hunk = self.hunk_to(range, touched, after);
        self.shift = after;
        hunk
    }

    fn hunk(&self, range: Range<usize>, touched: [bool; 2]) -> Hunk<'t> {
        self.hunk_to(range, touched, self.shift)
    }

    fn hunk_to(&self, range: Range<usize>, touched: [bool; 2], after: [isize; 2]) -> Hunk<'t> {
        let side = |side: usize| {
            let from = range.start.saturating_add_signed(self.shift[side]);
            self.texts[side + 1].slice(from..range.end.saturating_add_signed(after[side]))
        };
        let (mine, theirs) = (side(0), side(1));
        let kind = match touched {
            [false, false] => HunkKind::Same,
            [true, false] => HunkKind::Mine,
            [false, true] => HunkKind::Theirs,
            [true, true] if mine == theirs => HunkKind::Both,
            [true, true] => HunkKind::Conflict,
        };
        Hunk { kind, base: self.texts[0].slice(range), mine, theirs }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(base: &str, mine: &str, theirs: &str) -> Option<String> {
        merged(&hunks(base, mine, theirs), &[])
    }

    #[test]
    fn changes_of_different_lines_come_together() {
        let base = "---\ntitle: 하나\n---\n\n첫 문단\n\n끝\n";
        let mine = "---\ntitle: 하나\n---\n\n첫 문단을 고침\n\n끝\n";
        let theirs = "---\ntitle: 둘\n---\n\n첫 문단\n\n끝\n덧붙임\n";
        let expected = "---\ntitle: 둘\n---\n\n첫 문단을 고침\n\n끝\n덧붙임\n";
        assert_eq!(clean(base, mine, theirs).as_deref(), Some(expected));
    }

    #[test]
    fn changes_that_meet_are_a_conflict() {
        for (mine, theirs) in [
            ("A\nb\nc\n", "a!\nb\nc\n"),
            ("A\nb\nc\n", "a\nB\nc\n"),
            ("a\nx\nb\nc\n", "a\ny\nb\nc\n"),
            ("a\nc\n", "a\nB\nc\n"),
        ] {
            let hunks = hunks("a\nb\nc\n", mine, theirs);
            assert_eq!(conflicts(&hunks), 1, "{mine:?} {theirs:?}");
            assert_eq!(merged(&hunks, &[]), None);
            assert_eq!(merged(&hunks, &[Pick::Mine]).as_deref(), Some(mine));
            assert_eq!(merged(&hunks, &[Pick::Theirs]).as_deref(), Some(theirs));
        }
    }

    #[test]
    fn a_pick_of_both_keeps_lines_apart() {
        let hunks = hunks("a", "b", "c");
        assert_eq!(merged(&hunks, &[Pick::Both]).as_deref(), Some("b\nc"));
    }

    #[test]
    fn changes_that_are_equal_are_no_conflict() {
        assert_eq!(clean("a\nb\n", "a\nB\n", "a\nB\n").as_deref(), Some("a\nB\n"));
        assert_eq!(hunks("a\nb\n", "a\nB\n", "a\nB\n")[1].kind, HunkKind::Both);
        assert!(hunks("", "", "").is_empty());
    }

    #[test]
    fn a_side_that_goes_on_after_the_last_line_begins_a_new_one() {
        assert_eq!(clean("a\nb", "A\nb", "a\nb\nc\n").as_deref(), None);
        assert_eq!(clean("a\nx\nb", "A\nx\nb", "a\nx\nb\nc\n").as_deref(), Some("A\nx\nb\nc\n"));
    }

    const TEXT: &str = "([가나a]?\n){0,8}[가b]?";

    proptest! {
        #[test]
        fn the_hunks_are_the_texts(base in TEXT, mine in TEXT, theirs in TEXT) {
            let hunks = hunks(&base, &mine, &theirs);
            let joined = |of: fn(&Hunk<'_>) -> String| hunks.iter().map(of).collect::<String>();
            prop_assert_eq!(&joined(|hunk| hunk.base.to_owned()), &base);
            prop_assert_eq!(&joined(|hunk| hunk.mine.to_owned()), &mine);
            prop_assert_eq!(&joined(|hunk| hunk.theirs.to_owned()), &theirs);
            for hunk in &hunks {
                let equal = (hunk.base == hunk.mine, hunk.base == hunk.theirs);
                match hunk.kind {
                    HunkKind::Same => prop_assert_eq!(equal, (true, true)),
                    HunkKind::Mine => prop_assert_eq!(equal, (false, true)),
                    HunkKind::Theirs => prop_assert_eq!(equal, (true, false)),
                    HunkKind::Both => prop_assert_eq!(hunk.mine, hunk.theirs),
                    HunkKind::Conflict => prop_assert_ne!(hunk.mine, hunk.theirs),
                }
            }
        }

        #[test]
        fn a_side_without_changes_decides_nothing(base in TEXT, side in TEXT) {
            prop_assert_eq!(clean(&base, &side, &base), Some(side.clone()));
            prop_assert_eq!(clean(&base, &base, &side), Some(side.clone()));
            prop_assert_eq!(clean(&base, &side, &side), Some(side));
        }

        #[test]
        fn picks_of_one_side_keep_all_that_it_wrote(base in TEXT, mine in TEXT, theirs in TEXT) {
            let hunks = hunks(&base, &mine, &theirs);
            let text = merged(&hunks, &vec![Pick::Mine; conflicts(&hunks)]).unwrap();
            let mut rest = text.as_str();
            for hunk in hunks.iter().filter(|hunk| hunk.kind != HunkKind::Theirs && hunk.kind != HunkKind::Same) {
                let at = rest.find(hunk.mine);
                prop_assert!(at.is_some(), "{:?} in {:?}", hunk.mine, rest);
                rest = &rest[at.unwrap_or_default() + hunk.mine.len()..];
            }
        }
    }
}
