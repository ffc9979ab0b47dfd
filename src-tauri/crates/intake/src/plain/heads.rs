//! Lines that were headings: numbered, named in a list before, or short and alone.

use std::collections::HashMap;

use super::endings::ends_sentence;
use super::lines::{follows_blank, line_before, next_line, precedes_blank};
use super::{Found, Line, lines};

/// A heading has no more letters.
const LONGEST: usize = 50;
/// A line of so many letters is text, whatever it ends with.
const PROSE: usize = 50;
/// The level of the first headings; the title is the page's first.
const TOP: usize = 2;
const LOWEST: usize = 6;
/// Headings of last parts, which belong to the whole post.
const LAST_PARTS: [&str; 22] = [
    "정리",
    "마무리",
    "마무리하며",
    "맺음말",
    "결론",
    "나가며",
    "마치며",
    "끝으로",
    "끝내며",
    "마지막으로",
    "회고",
    "참고",
    "참고자료",
    "참고 자료",
    "출처",
    "후기",
    "요약",
    "느낀점",
    "conclusion",
    "summary",
    "references",
    "wrapping up",
];

/// How a line shows that it is a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    /// By a number: how it is written, `1.` or `1)` or `1.1`, and which it is.
    Number(String, u32),
    /// A list before names it; the level under which the list stood.
    Named(usize),
    /// By a star before it.
    Star,
    /// By standing alone.
    Alone,
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let lines = lines(text);
    let mut named: HashMap<String, usize> = HashMap::new();
    let mut styles: Vec<String> = Vec::new();
    let mut level = TOP - 1;
    let mut structural = TOP - 1;
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if line.is_code || line.is_blank() {
            continue;
        }
        if let Some(item) = line.text.trim_start().strip_prefix("- ") {
            // Where lists name the same twice, the first is the outline.
            named.entry(key(item)).or_insert(level);
            continue;
        }
        let Some(sign) = sign(&lines, place, &named) else { continue };
        level = match &sign {
            Sign::Number(style, _) => {
                if !styles.contains(style) {
                    styles.push(style.clone());
                }
                TOP + styles.iter().position(|other| other == style).unwrap_or(0)
            }
            Sign::Named(under) => under + 1,
            Sign::Star | Sign::Alone if is_last_part(line.text) => TOP,
            Sign::Star | Sign::Alone => structural + 1,
        }
        .min(LOWEST);
        if !matches!(sign, Sign::Star | Sign::Alone) || is_last_part(line.text) {
            structural = level;
        }
        found.push(heading(line, &sign, level));
    }
    found
}

fn heading(line: &Line<'_>, sign: &Sign, level: usize) -> Found {
    let indent = line.text.len() - line.text.trim_start().len();
    let stars = if *sign == Sign::Star {
        let text = line.text.trim_start();
        text.len() - text.trim_start_matches(['*', ' ']).len()
    } else {
        0
    };
    let range = line.start..line.start + indent + stars;
    Found::sure(range, format!("{} ", "#".repeat(level)))
}

fn sign(lines: &[Line<'_>], place: usize, named: &HashMap<String, usize>) -> Option<Sign> {
    let line = &lines[place];
    let text = line.text.trim();
    if line.length() > LONGEST
        || !follows_blank(lines, place)
        || text.starts_with(['#', '>', '|', '`', '<', '('])
    {
        return None;
    }
    if let Some((style, number)) = number(text) {
        let is_head = !ends_in_stop(text) && !is_of_list(lines, place, &style, number);
        return is_head.then_some(Sign::Number(style, number));
    }
    if !precedes_blank(lines, place) {
        return None;
    }
    if let Some(under) = named.get(&key(text)) {
        return Some(Sign::Named(*under));
    }
    let is_starred = text.starts_with('*') && !text.trim_start_matches('*').contains('*');
    let words = text.trim_start_matches(['*', ' ']);
    let is_head = !ends_sentence(words)
        && words.chars().any(char::is_alphanumeric)
        && !words.contains("://")
        && !["...", "ㅋㅋ", "ㅎㅎ", "ㅠ"].iter().any(|sign| words.contains(sign))
        && leads_to_text(lines, place, named);
    is_head.then_some(if is_starred { Sign::Star } else { Sign::Alone })
}

fn ends_in_stop(text: &str) -> bool {
    text.ends_with(['.', ',', ':', ';'])
}

/// `1. `, `1) `, `1.2 ` and `1-2. `: how the number is written, and its last part.
fn number(text: &str) -> Option<(String, u32)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '-'))?;
    let (digits, rest) = text.split_at(end);
    let digits_alone = digits.trim_end_matches('.');
    let parts: Vec<&str> = digits_alone.split(['.', '-']).collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 2) {
        return None;
    }
    let last = parts.last()?.parse().ok()?;
    let (sign, content) = match rest.strip_prefix(')') {
        Some(content) if digits_alone == digits => (")", content),
        _ if digits.ends_with('.') || parts.len() > 1 => (".", rest),
        _ => return None,
    };
    let is_head = content.starts_with(' ') && !content.trim().is_empty();
    is_head.then(|| (format!("{}{sign}", parts.len()), last))
}

/// Numbers one after another with no text between are a list.
fn is_of_list(lines: &[Line<'_>], place: usize, style: &str, number: u32) -> bool {
    let neighbour = |line: Option<&Line<'_>>, wanted: Option<u32>| {
        line.and_then(|line| self::number(line.text.trim()))
            .is_some_and(|(other, found)| other == style && Some(found) == wanted)
    };
    neighbour(next_line(lines, place), number.checked_add(1))
        || neighbour(line_before(lines, place), number.checked_sub(1))
}

/// What follows is text, a list, or a heading that shows itself to be one.
fn leads_to_text(lines: &[Line<'_>], place: usize, named: &HashMap<String, usize>) -> bool {
    let Some(next) = next_line(lines, place) else { return false };
    let text = next.text.trim();
    next.length() >= PROSE
        || ends_sentence(text)
        || text.starts_with("- ")
        || next.is_code
        || number(text).is_some()
        || named.contains_key(&key(text))
        || is_heading_over_text(lines, place + 1)
}

/// Whether the next line stands alone, as a heading under another does, and text follows it.
fn is_heading_over_text(lines: &[Line<'_>], from: usize) -> bool {
    let Some(place) = (from..lines.len()).find(|place| !lines[*place].is_blank()) else { return false };
    let stands_alone = follows_blank(lines, place) && precedes_blank(lines, place);
    let is_text = |line: &Line<'_>| line.length() >= PROSE || ends_sentence(line.text);
    stands_alone && !is_text(&lines[place]) && next_line(lines, place).is_some_and(is_text)
}

fn key(text: &str) -> String {
    text.trim().trim_end_matches(['.', '?', '!', ':']).to_lowercase()
}

fn is_last_part(text: &str) -> bool {
    LAST_PARTS.contains(&key(text).as_str())
}
