//! The pieces of a text that show why it was found.

use std::ops::Range;

/// Most pieces that are shown of one document.
const MOST_SNIPPETS: usize = 3;
/// How much of a line is shown before its first hit, and in all; in characters.
const BEFORE: usize = 32;
const SHOWN: usize = 160;

/// A place in a text that holds what was asked for, in bytes.
pub type Hit = Range<usize>;

/// A piece of a text with the hits in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Where the piece is in the text, in bytes: a line, or a part of it around a hit.
    pub span: Range<usize>,
    /// The hits in the text that lie in it, in bytes of the text.
    pub hits: Vec<Hit>,
    /// The line that it is of, from 1.
    pub line: usize,
}

/// Pieces around the first hits of a text, one for a line; those in front matter only if there are no others.
pub(crate) fn snippets(text: &str, hits: &[Hit]) -> Vec<Snippet> {
    let body = body_start(text);
    let first = hits.partition_point(|hit| hit.start < body);
    let (head, body) = hits.split_at(first);
    let mut snippets = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut left = if body.is_empty() { head } else { body };
    while let Some(hit) = left.first() {
        if snippets.len() == MOST_SNIPPETS {
            break;
        }
        let span = around(text, hit);
        line += text[counted..hit.start].bytes().filter(|&byte| byte == b'\n').count();
        counted = hit.start;
        let within = left.iter().take_while(|hit| hit.start < span.end).count();
        let hits = left[..within].iter().map(|hit| hit.start..hit.end.min(span.end)).collect();
        let end_of_line = line_end(text, hit.start);
        left = &left[left.iter().take_while(|hit| hit.start < end_of_line).count().max(1)..];
        snippets.push(Snippet { span, hits, line });
    }
    snippets
}

/// The part of a hit's line that is shown.
fn around(text: &str, hit: &Hit) -> Range<usize> {
    let line_start = text[..hit.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = line_end(text, hit.start);
    let mut from = hit.start;
    for (at, _) in text[line_start..hit.start].char_indices().rev().take(BEFORE) {
        from = line_start + at;
    }
    // A hit that goes on in the next line is shown as far as this one goes.
    let length: usize = text[from..line_end].chars().take(SHOWN).map(char::len_utf8).sum();
    let end = (from + length).max(hit.end.min(line_end));
    // A word's rest at the start says nothing, but there is no end of it in some scripts.
    let start = match text[from..hit.start].find(' ') {
        Some(blank) if from > line_start && blank < BEFORE / 2 => from + blank + 1,
        _ => from,
    };
    start..end.max(start)
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at)
}

/// The byte behind a front matter in lines of its own, as far as it can be told without reading it.
fn body_start(text: &str) -> usize {
    for mark in ["---", "+++"] {
        if let Some(rest) = text.strip_prefix(mark).and_then(|rest| rest.strip_prefix('\n'))
            && let Some(at) = rest.find(&format!("\n{mark}\n"))
        {
            return mark.len() + 1 + at + mark.len() + 2;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Query;

    fn shown(text: &str, asked: &str) -> Vec<(usize, String)> {
        let hits = Query::literal(asked, false).hits(text);
        let mark = |snippet: &Snippet| {
            let mut marked = String::new();
            let mut at = snippet.span.start;
            for hit in &snippet.hits {
                marked += &format!("{}[{}]", &text[at..hit.start], &text[hit.clone()]);
                at = hit.end;
            }
            marked + &text[at..snippet.span.end]
        };
        snippets(text, &hits).iter().map(|snippet| (snippet.line, mark(snippet))).collect()
    }

    #[test]
    fn each_line_with_a_hit_is_shown_with_its_hits() {
        let text = "---\ntitle: 검색\n---\n첫 줄\n검색과 검색\n\n셋째 검색\n";
        assert_eq!(shown(text, "검색"), [(5, "[검색]과 [검색]".to_owned()), (7, "셋째 [검색]".to_owned())]);
        assert_eq!(shown("---\ntitle: 검색\n---\n글\n", "검색"), [(2, "title: [검색]".to_owned())]);
    }

    #[test]
    fn of_a_long_line_the_part_around_the_hit_is_shown() {
        let text = format!("{} here {}", "word ".repeat(50), "더 ".repeat(200));
        let (_, piece) = shown(&text, "here").remove(0);
        assert!(piece.starts_with("word") && piece.contains("[here]"), "{piece}");
        assert!(piece.chars().count() <= SHOWN + 2, "{piece}");
        let unbroken = format!("{}x{}", "가".repeat(300), "나".repeat(300));
        let (_, piece) = shown(&unbroken, "x").remove(0);
        assert!(piece.starts_with('가') && piece.contains("[x]"), "{piece}");
    }

    #[test]
    fn a_hit_over_two_lines_is_shown_to_the_end_of_the_first() {
        assert_eq!(shown("a one\ntwo b", "one two"), [(1, "a [one]".to_owned())]);
    }
}
