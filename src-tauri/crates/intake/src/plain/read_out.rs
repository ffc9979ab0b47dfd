//! What the lines of a post tell for its front matter: title, date, category, tags.

use super::endings::{ends_by_sign, is_hangul};
use super::{Found, Line, lines};
use crate::Details;

/// A title has no more letters.
const LONGEST_TITLE: usize = 100;
/// How far from the start a date stands, in lines with text.
const HEAD: usize = 6;

pub(super) fn find(text: &str, is_markdown: bool) -> Vec<Found> {
    let lines = lines(text);
    let written: Vec<usize> = (0..lines.len()).filter(|place| !lines[*place].is_blank()).collect();
    let mut found = Vec::new();
    let mut taken = Vec::new();
    for place in written.iter().take(HEAD) {
        if let Some(date) = date_of_line(lines[*place].text) {
            found.push(telling(text, &lines[*place], Details { date: Some(date), ..Details::default() }));
            taken.push(*place);
            break;
        }
    }
    let rest: Vec<usize> = written.iter().copied().filter(|place| !taken.contains(place)).collect();
    if !is_markdown {
        title(text, &lines, &rest, &mut found);
    }
    tags(text, &lines, &written, &mut found);
    found
}

/// The first line, and a path of categories that stands before it.
fn title(text: &str, lines: &[Line<'_>], written: &[usize], found: &mut Vec<Found>) {
    let [first, others @ ..] = written else { return };
    let is_title = |place: usize| {
        let line = &lines[place];
        let words = line.text.trim();
        let stands_alone = lines.get(place + 1).is_none_or(Line::is_blank);
        stands_alone
            && line.length() <= LONGEST_TITLE
            && !words.ends_with(['.', ',', ':'])
            && !is_list_or_tag(words)
    };
    if others.is_empty() || !is_title(*first) {
        return;
    }
    let mut place = *first;
    if let Some(category) = category_of(lines[place].text.trim())
        && others.first().is_some_and(|next| is_title(*next) && lines[*next].length() <= 60)
    {
        found.push(telling(text, &lines[place], Details { category: Some(category), ..Details::default() }));
        place = others[0];
    }
    let title = lines[place].text.trim().to_owned();
    found.push(telling(text, &lines[place], Details { title: Some(title), ..Details::default() }));
}

fn is_list_or_tag(words: &str) -> bool {
    words.starts_with(['•', '·', '-', '*', '#', '>', '|', '<', '`'])
        || words.split_once(['.', ')']).is_some_and(|(number, _)| {
            !number.is_empty() && number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// The last of `일상/그냥 얘기`: where a blog keeps a post, as its page says over the title.
fn category_of(words: &str) -> Option<String> {
    let (outer, inner) = words.rsplit_once('/')?;
    let is_name =
        |name: &str| !name.trim().is_empty() && name.chars().count() <= 24 && name.chars().any(is_hangul);
    // A title has its slash between two words of a pair, as in `CI/CD`.
    (is_name(outer) && is_name(inner) && !words.ends_with('?')).then(|| inner.trim().to_owned())
}

fn tags(text: &str, lines: &[Line<'_>], written: &[usize], found: &mut Vec<Found>) {
    for place in written {
        let line = &lines[*place];
        if line.is_code {
            continue;
        }
        let near_end = written.iter().rev().take(3).any(|last| last == place);
        let Some((at, tags)) = tags_at_end(line.text) else { continue };
        let details = Details { tags, ..Details::default() };
        if line.text[..at].trim().is_empty() && (details.tags.len() > 1 || near_end) {
            found.push(telling(text, line, details));
        } else if near_end && details.tags.len() > 1 {
            found.push(Found::telling(line.start + at..line.end(), details));
        }
    }
}

/// The tags `#태그 #another` with which a line ends, and where they begin.
pub(crate) fn tags_at_end(line: &str) -> Option<(usize, Vec<String>)> {
    let mut begin = line.trim_end().len();
    let mut tags = Vec::new();
    while let Some(at) = line[..begin].rfind('#') {
        let word = line[at + 1..begin].trim_end();
        let is_tag = !word.is_empty()
            && word.chars().count() <= 40
            && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '+'))
            && word.chars().any(char::is_alphabetic);
        // A sign between letters is part of a word: `C#`, `a#b`.
        let before = line[..at].chars().next_back();
        let stands_apart =
            before.is_none_or(|letter| !letter.is_ascii_alphanumeric() && letter != '/' && letter != '&');
        if !is_tag || !stands_apart {
            break;
        }
        tags.push(word.to_owned());
        begin = at;
        let between = line[..at].trim_end();
        if between.ends_with(|letter| ends_by_sign(letter) || is_hangul(letter)) && between.len() == at {
            break;
        }
    }
    tags.reverse();
    tags.dedup();
    (!tags.is_empty()).then_some((begin, tags))
}

/// Whether a line is a date, with at most a name beside it.
pub(crate) fn is_date_line(line: &str) -> bool {
    date_of_line(line).is_some()
}

fn date_of_line(line: &str) -> Option<String> {
    let line = line.trim();
    if line.chars().count() > 45 {
        return None;
    }
    let numbers: Vec<(usize, &str)> = numbers(line);
    let day = numbers_as_day(&numbers, line).or_else(|| english_day(line))?;
    // What else the line says is a time, a name or a label.
    let words =
        line.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > 1).count();
    (words <= 4 && !line.ends_with(['.', '?', '!']) || line.ends_with('.') && words == 0).then_some(day)
}

fn numbers(line: &str) -> Vec<(usize, &str)> {
    let mut numbers = Vec::new();
    let mut rest = 0;
    for part in line.split(|letter: char| !letter.is_ascii_digit()) {
        let at = part.as_ptr() as usize - line.as_ptr() as usize;
        if !part.is_empty() && at >= rest {
            numbers.push((at, part));
            rest = at + part.len();
        }
    }
    numbers
}

fn numbers_as_day(numbers: &[(usize, &str)], line: &str) -> Option<String> {
    let [(start, year), (_, month), (last, day), ..] = numbers else { return None };
    let between = &line[start + year.len()..*last];
    let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let is_separated =
        between.contains(['.', '-', '/']) || (between.contains('년') && between.contains('월'));
    let (month, day): (u32, u32) = (month.parse().ok()?, day.parse().ok()?);
    let before_is_label = line[..*start].chars().count() <= 20;
    (is_year && is_separated && before_is_label && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year}-{month:02}-{day:02}"))
}

/// `Mar 9, 2021` and `9 March 2021`.
fn english_day(line: &str) -> Option<String> {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = line.to_lowercase();
    let month = lower
        .split(|letter: char| !letter.is_alphabetic())
        .find_map(|word| months.iter().position(|month| word.starts_with(month) && word.len() <= 9))?;
    let numbers: Vec<u32> = numbers(line).iter().filter_map(|(_, number)| number.parse().ok()).collect();
    let year = numbers.iter().find(|number| (1990..2100).contains(*number))?;
    let day = numbers.iter().find(|number| (1..=31).contains(*number))?;
    Some(format!("{year}-{:02}-{day:02}", month + 1))
}

fn telling(text: &str, line: &Line<'_>, details: Details) -> Found {
    let end = if line.end() < text.len() { line.end() + 1 } else { line.end() };
    Found::telling(line.start..end, details)
}
