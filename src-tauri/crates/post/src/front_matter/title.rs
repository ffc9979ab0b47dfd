//! The title to show for a post.

use super::{Format, Role, read, split};

const LONGEST_TITLE: usize = 120;
const SEARCHED: usize = 64 * 1024;

/// The title of the front matter, else the first heading, else the first line that is not blank; empty when there
/// is no text. At most 120 characters.
pub fn shown_title(text: &str) -> String {
    let front_matter = read(text);
    let title = match front_matter.text(Role::Title) {
        Some(title) => Some(one_line(title)),
        None if front_matter.problem.is_some() => title_line(text),
        None => None,
    };
    let body = &text[front_matter.body_start..];
    let body = &body[..body.floor_char_boundary(SEARCHED)];
    let title = title.or_else(|| first_heading(body)).or_else(|| first_line(body)).unwrap_or_default();
    title.chars().take(LONGEST_TITLE).collect::<String>().trim_end().to_owned()
}

/// The heading's text if the body's first heading is what [`shown_title`] shows.
fn first_heading(body: &str) -> Option<String> {
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let trimmed = line.trim();
        let marks = fence_marks(trimmed);
        match fence {
            Some(open) if marks.starts_with(open) && trimmed == marks => fence = None,
            Some(_) => {}
            None if !marks.is_empty() && indent < 4 => fence = Some(marks),
            None if indent < 4 => {
                if let Some(heading) = heading_text(trimmed) {
                    return Some(heading);
                }
            }
            None => {}
        }
    }
    None
}

/// The backticks or tildes that open or close a fence, or nothing.
fn fence_marks(line: &str) -> &str {
    let mark = if line.starts_with('~') { '~' } else { '`' };
    let length = line.len() - line.trim_start_matches(mark).len();
    if length >= 3 { &line[..length] } else { "" }
}

fn heading_text(line: &str) -> Option<String> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim();
    let without_closing = rest.trim_end_matches('#');
    let text = if without_closing.is_empty() || without_closing.ends_with([' ', '\t']) {
        without_closing
    } else {
        rest
    };
    let plain = without_marks(text.trim());
    (!plain.is_empty()).then_some(plain)
}

fn first_line(body: &str) -> Option<String> {
    body.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

/// A broken front matter keeps its title readable in lists.
pub(crate) fn title_line(text: &str) -> Option<String> {
    if split(text).format != Format::Yaml {
        return None;
    }
    let line = text.lines().take(200).find_map(|line| line.strip_prefix("title:"))?;
    let title = line.trim().trim_matches(['"', '\'']).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading's text without the marks of emphasis, code, links and images.
fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((label, after)) = link_label(rest) {
            plain.push_str(&without_marks(label));
            rest = after;
            continue;
        }
        let is_escape = letter == '\\' && rest[1..].starts_with(|next: char| next.is_ascii_punctuation());
        if is_escape {
            plain.push_str(&rest[1..2]);
            rest = &rest[2..];
            continue;
        }
        let is_mark = matches!(letter, '*' | '`') || rest.starts_with("__") || rest.starts_with("~~");
        let length = if is_mark && matches!(letter, '_' | '~') { 2 } else { letter.len_utf8() };
        if !is_mark {
            plain.push(letter);
        }
        rest = &rest[length..];
    }
    one_line(&plain)
}

/// `[label](target)` or `![label](target)` at the beginning: its label and what follows.
fn link_label(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("![").or_else(|| text.strip_prefix('['))?;
    let (label, rest) = inside.split_once("](")?;
    if label.contains(['[', ']']) {
        return None;
    }
    let (_, after) = rest.split_once(')')?;
    Some((label, after))
}
