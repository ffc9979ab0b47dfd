//! Where one post ends and the next begins, in a text that holds several.

use std::collections::HashMap;

use crate::plain::{Line, ends_sentence, is_date_line, is_skip_link, is_view_count, lines, tags_at_end};

/// A title has no more letters.
const LONGEST_TITLE: usize = 100;
/// A post has at least so many letters.
const SHORTEST_POST: usize = 200;
/// A line that stands over each post stands there so often.
const OFTEN: usize = 3;

/// Front matter has no more lines.
const LONGEST_FRONT_MATTER: usize = 60;

/// Why a post is thought to begin here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeamReason {
    /// The text begins.
    Start,
    /// Front matter begins.
    FrontMatter,
    /// The link with which pages begin.
    SkipLink,
    /// A line that says how often a post was seen.
    ViewCount,
    /// A line that stands over each of the posts, but for its numbers.
    RepeatedLine,
    /// A line of tags ended the post before.
    AfterTags,
    /// A line of a title, and a date under it.
    Dateline,
    /// A line of dashes.
    Rule,
    /// A heading of the first level.
    Heading,
    /// The writer said so.
    Writer,
}

/// A place where a post begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seam {
    /// Where it is, in bytes; the start of a line.
    pub at: usize,
    /// Its line, from 1.
    pub line: usize,
    /// Why.
    pub reason: SeamReason,
    /// Whether it is taken: by what the sign is worth, or as the writer chose.
    pub is_on: bool,
}

/// The seams of a text; the first is its start.
pub(crate) fn find(text: &str) -> Vec<Seam> {
    let lines = lines(text);
    let repeated = repeated_lines(&lines);
    let written = length_before(&lines);
    let mut seams = vec![Seam { at: 0, line: 1, reason: SeamReason::Start, is_on: true }];
    let mut headings = 0;
    for (place, line) in lines.iter().enumerate() {
        if line.is_code || line.is_blank() {
            continue;
        }
        headings += usize::from(line.text.starts_with("# "));
        let Some((reason, is_sure)) = reason(&lines, place, &repeated, headings) else { continue };
        let since = seams.last().map_or(0, |seam| written[seam.line - 1]);
        let is_far = written[place] - since >= SHORTEST_POST;
        // What stands before the first post is a page's frame, and however short.
        let frames_first =
            seams.len() == 1 && matches!(reason, SeamReason::ViewCount | SeamReason::RepeatedLine);
        if place > 0 && (is_far || frames_first) && written[place] > 0 {
            seams.push(Seam { at: line.start, line: place + 1, reason, is_on: is_sure });
        }
    }
    seams
}

fn reason(
    lines: &[Line<'_>],
    place: usize,
    repeated: &HashMap<String, usize>,
    headings: usize,
) -> Option<(SeamReason, bool)> {
    let line = lines[place].text.trim();
    let title = next_written(lines, place).filter(|next| is_title(&lines[*next]));
    if line == "---" && begins_front_matter(lines, place) {
        return Some((SeamReason::FrontMatter, true));
    }
    if is_skip_link(line) {
        return Some((SeamReason::SkipLink, true));
    }
    let count = repeated.get(&without_numbers(line)).copied().unwrap_or(0);
    if is_view_count(line) && count > 1 && title.is_some() {
        return Some((SeamReason::ViewCount, true));
    }
    if count >= OFTEN && title.is_some() && line.chars().any(|letter| letter.is_ascii_digit()) {
        return Some((SeamReason::RepeatedLine, true));
    }
    let before = lines[..place].iter().rposition(|line| !line.is_blank());
    let ends_in_tags = |place: usize| tags_at_end(lines[place].text).is_some_and(|(_, tags)| tags.len() > 1);
    if is_title(&lines[place])
        && before.is_some_and(ends_in_tags)
        && next_written(lines, place).is_some()
        && !is_view_count(line)
    {
        return Some((SeamReason::AfterTags, true));
    }
    let is_dated = lines
        .get(place + 1..)?
        .iter()
        .filter(|line| !line.is_blank())
        .take(1)
        .any(|next| is_date_line(next.text));
    if is_dated && is_title(&lines[place]) && place > 0 && lines[place - 1].is_blank() {
        return Some((SeamReason::Dateline, true));
    }
    let is_rule = line.len() >= 3
        && ["---", "***", "===", "___", "───", "———"].iter().any(|rule| line.starts_with(rule))
        && line.chars().all(|letter| line.starts_with(letter));
    if is_rule && title.is_some() {
        return Some((SeamReason::Rule, false));
    }
    (line.starts_with("# ") && headings > 1).then_some((SeamReason::Heading, false))
}

/// Whether a line of dashes begins front matter: fields follow, and soon another line of dashes.
fn begins_front_matter(lines: &[Line<'_>], place: usize) -> bool {
    let after = lines[place + 1..].iter().take(LONGEST_FRONT_MATTER);
    let fields: Vec<&str> =
        after.clone().map(|line| line.text).take_while(|line| line.trim_end() != "---").collect();
    let is_field = |line: &&str| {
        line.starts_with([' ', '-', '#'])
            || line.trim().is_empty()
            || line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '))
    };
    let has_key = fields.first().is_some_and(|first| first.contains(':'));
    has_key && fields.len() < after.len() && fields.iter().all(is_field)
}

fn next_written(lines: &[Line<'_>], place: usize) -> Option<usize> {
    (place + 1..lines.len()).find(|next| !lines[*next].is_blank())
}

fn is_title(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    line.length() <= LONGEST_TITLE
        && !text.ends_with(['.', ',', ';'])
        && !text.starts_with(['•', '·', '-', '*', '>'])
        && (!ends_sentence(text) || text.ends_with(['?', '!', ')']))
}

/// Short lines that are the same but for their numbers, and how often each stands there.
fn repeated_lines(lines: &[Line<'_>]) -> HashMap<String, usize> {
    let mut repeated = HashMap::new();
    for line in lines.iter().filter(|line| !line.is_blank() && line.length() <= 30 && !line.is_code) {
        *repeated.entry(without_numbers(line.text.trim())).or_insert(0) += 1;
    }
    repeated
}

fn without_numbers(line: &str) -> String {
    let mut pattern = String::new();
    for letter in line.chars() {
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        let goes_on = matches!(letter, '0' | ',') && pattern.ends_with('0');
        if !goes_on {
            pattern.push(letter);
        }
    }
    pattern
}

/// How many letters are written before each line.
fn length_before(lines: &[Line<'_>]) -> Vec<usize> {
    let mut length = 0;
    lines
        .iter()
        .map(|line| {
            let before = length;
            length += line.length();
            before
        })
        .collect()
}
