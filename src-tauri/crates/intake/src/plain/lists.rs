//! Lists in signs that Markdown does not know.

use super::{Found, Line, lines};

const BULLETS: [char; 12] = ['•', '·', '‣', '▪', '◦', '●', '○', '■', '□', '∙', '・', '–'];
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮";

/// A line of a list: how far in, its sign, and where its text begins in the line.
struct Item {
    indent: usize,
    sign: char,
    text_at: usize,
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let lines = lines(text);
    let mut found = Vec::new();
    let mut levels: Vec<(usize, char)> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(item) = item(line) else {
            if !line.is_blank() {
                levels.clear();
            }
            continue;
        };
        // A dot without a space after it begins an item where the line beside it does, too.
        let is_alone = [place.wrapping_sub(1), place + 1].iter().all(|beside| {
            lines.get(*beside).and_then(self::item).is_none_or(|other| other.sign != item.sign)
        });
        if !line.text[..item.text_at].ends_with([' ', '\t']) && is_alone {
            continue;
        }
        let level = level(&mut levels, &item);
        let sign = CIRCLED
            .chars()
            .position(|sign| sign == item.sign)
            .map_or_else(|| "- ".to_owned(), |number| format!("{}. ", number + 1));
        let with = format!("{}{sign}", "  ".repeat(level));
        found.push(Found::sure(line.start..line.start + item.text_at, with));
        if lines.get(place + 1).is_some_and(|next| {
            !next.is_blank() && self::item(next).is_none() && !next.text.starts_with([' ', '\t'])
        }) {
            // Else the next line would go on with the item.
            found.push(Found::sure(line.end()..line.end(), "\n"));
        }
    }
    found
}

fn item(line: &Line<'_>) -> Option<Item> {
    if line.is_code {
        return None;
    }
    let text = line.text.trim_start();
    let sign = text.chars().next().filter(|sign| BULLETS.contains(sign) || CIRCLED.contains(*sign))?;
    let content = text[sign.len_utf8()..].trim_start();
    if content.is_empty() {
        return None;
    }
    Some(Item { indent: line.text.len() - text.len(), sign, text_at: line.text.len() - content.len() })
}

/// How deep an item is, by what stands before it: further in, or another sign at the same place.
fn level(levels: &mut Vec<(usize, char)>, item: &Item) -> usize {
    let known = levels.iter().position(|(indent, sign)| *indent == item.indent && *sign == item.sign);
    match known {
        Some(place) => levels.truncate(place + 1),
        None => {
            levels.retain(|(indent, _)| *indent <= item.indent);
            levels.push((item.indent, item.sign));
        }
    }
    levels.len().saturating_sub(1).min(5)
}
