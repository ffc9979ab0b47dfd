//! One paragraph through the versions of a text: where it stood in the version before.

use std::collections::HashMap;
use std::ops::Range;

use crate::diff::changed_lines;

/// So much of the shorter one's letters a paragraph must share with another in its place to be the same one.
const SAME_PLACE: f64 = 0.3;
/// So much of both a paragraph must share with one elsewhere to have been moved from there.
const MOVED: f64 = 0.6;

/// The bytes of the paragraph at a byte, without the last line's end: the lines around it up to the next blank ones.
/// None on a blank line.
pub fn paragraph_at(text: &str, at: usize) -> Option<Range<usize>> {
    paragraphs(text).into_iter().find(|paragraph| (paragraph.start..=paragraph.end).contains(&at))
}

/// Where a paragraph of `newer` stood in `older`: in its place, or elsewhere if it was moved. None if it was not there.
pub fn paragraph_before(newer: &str, paragraph: &Range<usize>, older: &str) -> Option<Range<usize>> {
    let own = &newer[paragraph.clone()];
    let place = place_in(newer, paragraph, older);
    let all = paragraphs(older);
    let is_there = |other: &&Range<usize>| other.start < place.end && place.start < other.end;
    let best = |candidates: &mut dyn Iterator<Item = &Range<usize>>, share: fn(&Letters, &Letters) -> f64| {
        let own = Letters::of(own);
        candidates
            .map(|other| (share(&own, &Letters::of(&older[other.clone()])), other.clone()))
            .max_by(|one, other| one.0.total_cmp(&other.0))
    };
    if let Some((share, there)) = best(&mut all.iter().filter(is_there), Letters::shared_of_shorter)
        && share >= SAME_PLACE
    {
        return Some(there);
    }
    best(&mut all.iter(), Letters::shared_of_both)
        .filter(|(share, _)| *share >= MOVED)
        .map(|(_, moved)| moved)
}

/// The runs of lines that are not blank, without the end of the last.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut goes_on = false;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        let is_blank = line.trim().is_empty();
        match found.last_mut() {
            Some(last) if goes_on && !is_blank => last.end = end,
            _ if !is_blank => found.push(start..end),
            _ => {}
        }
        goes_on = !is_blank;
        start += line.len();
    }
    found
}

/// The bytes of `older` that stand where the bytes of `newer` do.
fn place_in(newer: &str, bytes: &Range<usize>, older: &str) -> Range<usize> {
    let line_of = |text: &str, at: usize| text[..at].bytes().filter(|byte| *byte == b'\n').count();
    let mut lines = line_of(newer, bytes.start)..line_of(newer, bytes.end) + 1;
    let mut shift = 0_isize;
    let (mut start, mut end) = (None, None);
    for (before, after) in changed_lines(older, newer) {
        if after.end <= lines.start && !(after.is_empty() && after.start == lines.start) {
            shift = before.end as isize - after.end as isize;
        } else if after.start < lines.end {
            start.get_or_insert(before.start.min(lines.start.saturating_add_signed(shift)));
            shift = before.end as isize - after.end as isize;
            end = Some(before.end.max(lines.end.saturating_add_signed(shift).min(before.end)));
            if after.end < lines.end {
                end = None;
            }
        }
    }
    let first = start.unwrap_or_else(|| lines.start.saturating_add_signed(shift));
    let last = end.unwrap_or_else(|| lines.end.saturating_add_signed(shift));
    lines = first..last.max(first);
    let starts = |line: usize| older.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    starts(lines.start)..starts(lines.end)
}

/// The pairs of letters in a text: what two wordings are compared by.
struct Letters {
    pairs: HashMap<(char, char), usize>,
    count: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).take(4000).collect();
        let mut pairs = HashMap::new();
        for pair in letters.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_insert(0) += 1;
        }
        // A single letter is a pair with nothing.
        if let [only] = letters[..] {
            pairs.insert((only, '\0'), 1);
        }
        Self { count: pairs.values().sum(), pairs }
    }

    fn shared(&self, other: &Self) -> f64 {
        let shared: usize =
            self.pairs.iter().map(|(pair, count)| *count.min(other.pairs.get(pair).unwrap_or(&0))).sum();
        shared as f64
    }

    fn shared_of_shorter(&self, other: &Self) -> f64 {
        self.shared(other) / self.count.min(other.count).max(1) as f64
    }

    fn shared_of_both(&self, other: &Self) -> f64 {
        2.0 * self.shared(other) / (self.count + other.count).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OLDER: &str = "# 제목\n\n첫 문단은 짧습니다.\n\n둘째 문단은 조금\n더 깁니다.\n\n셋째.\n";

    fn before<'t>(newer: &str, word: &str, older: &'t str) -> Option<&'t str> {
        let at = newer.find(word).unwrap();
        let paragraph = paragraph_at(newer, at).unwrap();
        paragraph_before(newer, &paragraph, older).map(|bytes| &older[bytes])
    }

    #[test]
    fn a_paragraph_reaches_to_the_next_blank_line() {
        let at = |word: &str| paragraph_at(OLDER, OLDER.find(word).unwrap()).map(|bytes| &OLDER[bytes]);
        assert_eq!(at("더 깁니다"), Some("둘째 문단은 조금\n더 깁니다."));
        assert_eq!(at("셋째"), Some("셋째."));
        assert_eq!(paragraph_at("a\n\n\nb", 2), None);
        assert_eq!(paragraph_at("a\n", 1), Some(0..1), "behind its last letter");
    }

    #[test]
    fn a_paragraph_that_was_rewritten_is_found_in_its_place() {
        let newer = OLDER.replace("조금\n더 깁니다", "이제 아주 깁니다");
        assert_eq!(before(&newer, "아주", OLDER), Some("둘째 문단은 조금\n더 깁니다."));
        assert_eq!(before(&newer, "셋째", OLDER), Some("셋째."));
        assert_eq!(before(&newer, "첫 문단", OLDER), Some("첫 문단은 짧습니다."));
    }

    #[test]
    fn paragraphs_before_it_do_not_matter() {
        let newer = format!("새 머리말\n\n하나 더\n\n{}", OLDER.replace("셋째.", "셋째와 끝."));
        assert_eq!(before(&newer, "셋째와", OLDER), Some("셋째."));
    }

    #[test]
    fn one_that_was_moved_is_found_where_it_was() {
        let newer = "# 제목\n\n둘째 문단은 조금\n더 깁니다.\n\n첫 문단은 짧습니다.\n\n셋째.\n";
        for word in ["둘째", "첫 문단", "셋째"] {
            assert!(before(newer, word, OLDER).unwrap().contains(word));
        }
    }

    #[test]
    fn a_new_one_was_not_there() {
        let newer = OLDER.replace("셋째", "Entirely new words.\n\n셋째");
        assert_eq!(before(&newer, "Entirely", OLDER), None);
        assert_eq!(before("새 글", "새", ""), None);
    }

    proptest! {
        #[test]
        fn what_is_found_is_a_paragraph(older in "([가나다a ]{0,4}\n){0,8}", newer in "([가나다a ]{0,4}\n){0,8}", at in 0..40_usize) {
            let at = newer.floor_char_boundary(at);
            if let Some(paragraph) = paragraph_at(&newer, at) {
                prop_assert_eq!(paragraph_before(&newer, &paragraph, &newer).map(|b| newer[b].to_owned()), Some(newer[paragraph.clone()].to_owned()));
                if let Some(found) = paragraph_before(&newer, &paragraph, &older) {
                    prop_assert!(paragraphs(&older).contains(&found));
                }
            }
        }
    }
}
