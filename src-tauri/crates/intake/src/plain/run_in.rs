//! Headings that ran into the text after them: `로그 수집NGINX는 …`.
//!
//! Korean sets a space before a foreign word, and English has few words with a capital letter inside. Where a paragraph
//! begins with two words that touch, each of which the text has by itself, a heading ended between them.

use std::collections::HashMap;

use super::endings::{ends_by_sign, is_hangul};
use super::{Found, lines};

/// A text has lines of so many letters, or it is none of paragraphs that ran together.
const LONG_LINE: usize = 80;
/// How many headings may stand one after another.
const MOST_HEADS: usize = 3;
/// A heading has no more letters.
const LONGEST_HEAD: usize = 50;
/// What follows it has at least so many.
const SHORTEST_TEXT: usize = 25;
/// How often a word stands by itself to be known.
const KNOWN: usize = 2;
/// Korean particles follow a foreign word without a space.
const PARTICLES: [&str; 40] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "에게",
    "로",
    "으로",
    "와",
    "과",
    "도",
    "만",
    "나",
    "이나",
    "란",
    "이란",
    "라는",
    "이라는",
    "라고",
    "이라고",
    "입니다",
    "이다",
    "였다",
    "이었다",
    "인",
    "인데",
    "이고",
    "이며",
    "처럼",
    "까지",
    "부터",
    "보다",
    "님",
    "들",
    "팀",
    "용",
];

pub(super) fn find(text: &str) -> Vec<Found> {
    let lines = lines(text);
    let ran_together = lines.iter().any(|line| line.text.chars().count() > LONG_LINE);
    if !ran_together {
        return Vec::new();
    }
    let words = words_alone(text);
    lines
        .iter()
        .enumerate()
        .filter(|(place, line)| !line.is_code && (*place == 0 || lines[place - 1].is_blank()))
        .flat_map(|(_, line)| joints(line.text, line.start, &words))
        .collect()
}

/// A heading, perhaps with another one after it.
fn joints(line: &str, start: usize, words: &HashMap<&str, usize>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while found.len() < MOST_HEADS
        && let Some((at, is_sure)) = joint(&line[from..], words)
    {
        from += at;
        let range = start + from..start + from;
        found.push(if is_sure { Found::sure(range, "\n\n") } else { Found::offered(range, "\n\n") });
    }
    found
}

/// How often each word stands between spaces or signs, without its particle.
fn words_alone(text: &str) -> HashMap<&str, usize> {
    let mut words = HashMap::new();
    for word in
        text.split(|letter: char| letter.is_whitespace() || (letter.is_ascii_punctuation() && letter != '\''))
    {
        *words.entry(word).or_insert(0) += 1;
        let foreign = word.find(is_hangul).map_or(word, |at| &word[..at]);
        if foreign.len() < word.len() && is_particle(&word[foreign.len()..]) && !foreign.is_empty() {
            *words.entry(foreign).or_insert(0) += 1;
        }
    }
    words
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Where the heading ends with which a line begins, and whether that is sure.
fn joint(line: &str, words: &HashMap<&str, usize>) -> Option<(usize, bool)> {
    let known = |word: &str| words.get(word).copied().unwrap_or(0) >= KNOWN;
    let mut before: Option<char> = None;
    for (count, (at, letter)) in line.char_indices().enumerate() {
        if count > LONGEST_HEAD || before.is_some_and(|before| ends_by_sign(before) && letter == ' ') {
            return None;
        }
        if let Some(before) = before
            && count >= 2
            && line[at..].chars().nth(SHORTEST_TEXT).is_some()
        {
            let (left, right) = (last_word(&line[..at]), first_word(&line[at..]));
            let is_joint = match (kind(before), kind(letter)) {
                (Some(Kind::Hangul), Some(Kind::Capital)) => {
                    known(right) && right.len() > 1 && !ends_in_particle(left)
                }
                (Some(Kind::Small | Kind::Capital), Some(Kind::Capital)) => {
                    known(right) && known(left) && right.len() > 1 && left.len() > 1
                }
                (Some(Kind::Small | Kind::Capital), Some(Kind::Hangul)) => {
                    let after = line[at..].split(char::is_whitespace).next().unwrap_or_default();
                    known(after)
                        && known(left)
                        && after.chars().count() > 1
                        && !is_particle(after)
                        && !begins_with_particle(after)
                }
                _ => false,
            };
            if is_joint {
                let is_sure = words.get(right).copied().unwrap_or(0) > KNOWN && count >= 4;
                return Some((at, is_sure));
            }
        }
        before = Some(letter);
    }
    None
}

enum Kind {
    Hangul,
    Capital,
    Small,
}

fn kind(letter: char) -> Option<Kind> {
    match letter {
        letter if is_hangul(letter) => Some(Kind::Hangul),
        'A'..='Z' => Some(Kind::Capital),
        'a'..='z' | '0'..='9' => Some(Kind::Small),
        _ => None,
    }
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|letter: char| !letter.is_alphanumeric());
    start.map_or(text, |start| &text[start + text[start..].chars().next().map_or(1, char::len_utf8)..])
}

/// The word of one script with which a text begins.
fn first_word(text: &str) -> &str {
    let hangul = text.starts_with(is_hangul);
    let end = text.find(|letter: char| !letter.is_alphanumeric() || is_hangul(letter) != hangul);
    &text[..end.unwrap_or(text.len())]
}

fn ends_in_particle(word: &str) -> bool {
    word.chars().count() > 1
        && ["은", "는", "을", "를", "의", "에", "와", "과", "도"].iter().any(|end| word.ends_with(end))
}

fn begins_with_particle(word: &str) -> bool {
    ["은", "는", "을", "를", "의", "에", "와", "과", "로", "으로", "이라", "라"]
        .iter()
        .any(|start| word.starts_with(start))
}
