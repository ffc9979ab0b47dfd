//! Sentences that ran into the next: where blocks of a page were copied without what stood between them.

use super::endings::{ends_by_sign, ends_korean_sentence, is_closing, is_hangul};
use super::{Found, lines};

/// What follows a quotation that goes on: `"…했다."라고`.
const AFTER_QUOTES: &str = "라고는은이가을를와과도의에로으하처같정만나며면란이입였들";
/// Laughing and crying, which belong to the sentence before.
const LAUGHTER: &str = "ㅋㅎㅠㅜ^~";
/// Ends of names of files and of hosts.
const FILE_ENDINGS: [&str; 30] = [
    "md", "txt", "hwp", "pdf", "png", "jpg", "jpeg", "gif", "html", "htm", "js", "ts", "json", "doc", "docx",
    "ppt", "pptx", "xls", "xlsx", "zip", "csv", "kr", "com", "net", "org", "io", "co", "yml", "yaml", "exe",
];
/// Words that begin English sentences.
const STARTERS: [&str; 24] = [
    "The", "This", "That", "These", "It", "We", "I", "In", "But", "And", "However", "For", "If", "When",
    "You", "As", "So", "There", "They", "To", "On", "What", "How", "Then",
];
/// How many letters behind a sentence tell whether another one begins.
const LOOKED_AHEAD: usize = 200;
/// In a line of so many letters, with so many sentences that ran on, paragraphs ran together.
const LONG_LINE: usize = 250;
const MANY: usize = 3;

pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for line in lines(text).iter().filter(|line| !line.is_code) {
        let joints = joints(line.text);
        let ran_together = joints.len() >= MANY && line.text.chars().count() >= LONG_LINE;
        let between = if ran_together { "\n\n" } else { " " };
        found.extend(joints.into_iter().map(|at| Found::sure(line.start + at..line.start + at, between)));
    }
    found
}

/// Where one sentence touches the next.
fn joints(line: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    let opens = opening_quotes(&letters);
    let mut joints = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        let end = end_of_sentence(&letters, &opens, place);
        if end > place {
            if let Some((at, _)) = letters.get(end)
                && touches(line, &letters, place, end)
            {
                joints.push(*at);
            }
            place = end;
        } else {
            place += 1;
        }
    }
    joints
}

/// The place behind the signs that end a sentence here, and behind the quotes that it closes; `place` where none ends.
fn end_of_sentence(letters: &[(usize, char)], opens: &[bool], place: usize) -> usize {
    let letter = |place: usize| letters.get(place).map(|(_, letter)| *letter);
    if letter(place) == Some(':')
        && letter(place + 1) == Some(')')
        && place > 0
        && letter(place - 1) == Some(' ')
    {
        return place + 2;
    }
    let mut end = place;
    while letter(end).is_some_and(ends_by_sign) {
        end += 1;
    }
    if end == place {
        return place;
    }
    while letter(end).is_some_and(|letter| (is_closing(letter) && !opens[end]) || LAUGHTER.contains(letter)) {
        end += 1;
    }
    end
}

/// Whether each letter is a straight quote that opens: every other one does.
fn opening_quotes(letters: &[(usize, char)]) -> Vec<bool> {
    let mut is_open = false;
    letters
        .iter()
        .map(|(_, letter)| {
            is_open ^= *letter == '"';
            is_open && *letter == '"'
        })
        .collect()
}

fn touches(line: &str, letters: &[(usize, char)], place: usize, end: usize) -> bool {
    let next = letters[end].1;
    if next.is_whitespace() || place == 0 {
        return false;
    }
    let before = letters[place - 1].1;
    // Further than this nothing decides; and a line may be a whole text.
    let till = letters.get(end + LOOKED_AHEAD).map_or(line.len(), |(at, _)| *at);
    let after = &line[letters[end].0..till];
    let sign = letters[place].1;
    let closes_quotation =
        letters[place..end].iter().any(|(_, letter)| matches!(letter, '"' | '”' | '\'' | '’'));
    if sign == ':' {
        return is_hangul(next);
    }
    if closes_quotation && AFTER_QUOTES.contains(next) {
        return false;
    }
    if is_hangul(before) || (!before.is_ascii() && sign != '.') || before == ')' || before == '”' {
        return touches_korean(line, letters, place, next, after);
    }
    let word_before = word_before(line, letters[place].0);
    if is_hangul(next) && sign == '.' {
        return word_before.len() > 1 && word_before.bytes().all(|byte| byte.is_ascii_alphabetic());
    }
    if is_hangul(next) {
        return before.is_alphanumeric();
    }
    let starter = after.split(' ').next().unwrap_or_default();
    before.is_ascii_lowercase()
        && word_before.len() > 1
        && STARTERS.contains(&starter)
        && after.len() > starter.len()
}

fn touches_korean(line: &str, letters: &[(usize, char)], place: usize, next: char, after: &str) -> bool {
    let before = letters[place - 1].1;
    let sign = letters[place].1;
    let is_end = ends_korean_sentence(before) || sign != '.' || !is_hangul(before);
    if is_hangul(next) {
        // `가.나.다` lists.
        return word_before(line, letters[place].0).chars().count() > 1;
    }
    match next {
        'a'..='z' => is_end && !is_name_of_file(after),
        'A'..='Z' | '0'..='9' => is_end && !is_name_of_file(&after.to_ascii_lowercase()),
        '"' => is_end && after[1..].contains('"') && !after[1..].starts_with([' ', ',', '.', ')']),
        '“' | '‘' | '<' | '[' | '(' | '「' => is_end,
        next => is_end && !next.is_ascii() && next.is_alphanumeric(),
    }
}

fn word_before(line: &str, at: usize) -> &str {
    let start = line[..at].rfind(|letter: char| !letter.is_alphanumeric());
    start.map_or(&line[..at], |start| {
        let width = line[start..].chars().next().map_or(1, char::len_utf8);
        &line[start + width..at]
    })
}

fn is_name_of_file(after: &str) -> bool {
    let word: &str = after.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
    FILE_ENDINGS.contains(&word)
}
