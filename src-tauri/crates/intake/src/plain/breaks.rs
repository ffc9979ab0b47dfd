//! Lines that were paragraphs: a blog keeps its line ends, Markdown folds them.

use super::endings::ends_sentence;
use super::lines::next_line;
use super::{Found, Line, lines};

pub(super) fn find(text: &str) -> Vec<Found> {
    let lines = lines(text);
    let pairs: Vec<usize> =
        (1..lines.len()).filter(|place| goes_on(&lines, *place)).map(|place| place - 1).collect();
    let ended = pairs.iter().filter(|place| ends_sentence(lines[**place].text)).count();
    // Lines of one width, most of which end in the midst of a sentence, were folded by a program.
    if ended * 10 < pairs.len() * 7 {
        return Vec::new();
    }
    pairs
        .into_iter()
        .filter(|place| {
            ends_sentence(lines[*place].text)
                || next_line(&lines, *place).is_some_and(|next| starts_quote(next))
        })
        .map(|place| Found::sure(lines[place].end()..lines[place].end(), "\n"))
        .collect()
}

fn starts_quote(line: &Line<'_>) -> bool {
    line.text.starts_with(['“', '"', '('])
}

/// Whether a line and the one before it are of one paragraph.
fn goes_on(lines: &[Line<'_>], place: usize) -> bool {
    is_prose(&lines[place - 1]) && is_prose(&lines[place])
}

fn is_prose(line: &Line<'_>) -> bool {
    let text = line.text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && text[digits..].starts_with(['.', ')']);
    !text.is_empty()
        && !line.is_code
        && !is_numbered
        && !text.starts_with([
            '•', '·', '◦', '▪', '●', '○', '■', '‣', '|', '>', '-', '+', '#', '①', '②', '③', '④', '⑤', '⑥',
            '⑦', '⑧', '⑨',
        ])
        && !text.starts_with("* ")
}
