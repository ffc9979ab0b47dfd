//! White space that nobody sees.

use super::{Found, lines};

pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let lines = lines(text);
    let mut blanks = 0;
    for (place, line) in lines.iter().enumerate() {
        let content = line.text.trim_end_matches(is_blank);
        blanks = if content.is_empty() { blanks + 1 } else { 0 };
        let is_last = place + 1 == lines.len();
        if blanks > 1 && !is_last {
            // With its newline: one empty line is left.
            found.push(Found::sure(line.start..line.end() + 1, ""));
            continue;
        }
        inside(line.start, content, &mut found);
        if content.len() < line.text.len() {
            found.push(Found::sure(line.start + content.len()..line.end(), ""));
        }
    }
    found
}

/// Letters without width are left out; spaces that do not break become spaces.
fn inside(start: usize, content: &str, found: &mut Vec<Found>) {
    for (at, letter) in content.char_indices() {
        let range = start + at..start + at + letter.len_utf8();
        match letter {
            '\u{a0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' => found.push(Found::sure(range, " ")),
            '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => found.push(Found::sure(range, "")),
            letter if letter.is_control() && letter != '\t' => found.push(Found::sure(range, "")),
            _ => {}
        }
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{2060}')
}
