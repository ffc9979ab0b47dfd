//! Quotes, dashes and dots as goldmark's Typographer writes them.

use super::delimiter::Sides;
use super::{Node, Scanner};
use crate::dialect::hugo::character::{at, is_digit, is_letter, is_mark, is_punctuation, is_space};

impl Scanner<'_, '_> {
    pub(super) fn punctuation(&mut self) -> bool {
        let hugo = self.context.hugo;
        let Some(typographer) = &hugo.typographer else { return false };
        let line = self.line();
        let replaced = match line.as_bytes() {
            [b'-', b'-', b'-', ..] => Some((3, &typographer.em_dash)),
            [b'-', b'-', ..] => Some((2, &typographer.en_dash)),
            [b'.', b'.', b'.', ..] => Some((3, &typographer.ellipsis)),
            [b'<', b'<', ..] => Some((2, &typographer.left_angle_quote)),
            [b'>', b'>', ..] => Some((2, &typographer.right_angle_quote)),
            [b'\'', ..] => return self.single_quote(line),
            [b'"', ..] => return self.double_quote(line),
            _ => None,
        };
        let Some((length, html)) = replaced else { return false };
        let html = html.clone();
        self.replace(length, html)
    }

    fn replace(&mut self, length: usize, html: String) -> bool {
        self.nodes.push(Node::Punctuation(self.at..self.at + length, html));
        self.at += length;
        true
    }

    fn sides(&mut self, line: &str) -> Sides {
        let run = self.run_of(line.as_bytes()[0]);
        Sides::new(self.before(), at(line, run))
    }

    fn double_quote(&mut self, line: &str) -> bool {
        let hugo = self.context.hugo;
        let Some(typographer) = &hugo.typographer else { return false };
        let sides = self.sides(line);
        if sides.left && !sides.right {
            let opening = typographer.left_double_quote.clone();
            return self.quote_that_opens(true, opening);
        }
        if !may_close(&sides, line) {
            return false;
        }
        // An inch: 21"".
        if line[1..].starts_with('"') && is_digit(self.before()) {
            return false;
        }
        let closing = typographer.right_double_quote.clone();
        self.quote_that_may_close(true, closing)
    }

    fn single_quote(&mut self, line: &str) -> bool {
        let hugo = self.context.hugo;
        let Some(typographer) = &hugo.typographer else { return false };
        let sides = self.sides(line);
        let opens = sides.left && !sides.right;
        if is_apostrophe(line, self.before(), opens) {
            let apostrophe = typographer.apostrophe.clone();
            return self.replace(1, apostrophe);
        }
        if opens {
            if is_contraction(line) {
                let closing = typographer.right_single_quote.clone();
                return self.replace(1, closing);
            }
            let opening = typographer.left_single_quote.clone();
            return self.quote_that_opens(false, opening);
        }
        let closing = typographer.right_single_quote.clone();
        // Smiths', doin': goldmark asks no more than that no digit follows.
        if line.len() > 2 && !is_digit(at(line, 1)) {
            return self.replace(1, closing);
        }
        may_close(&sides, line) && self.quote_that_may_close(false, closing)
    }

    fn quote_that_opens(&mut self, double: bool, html: String) -> bool {
        self.nodes.push(Node::Quote { at: self.at, double, closed: None });
        self.replace(1, html)
    }

    fn quote_that_may_close(&mut self, double: bool, html: String) -> bool {
        self.nodes.push(Node::Quote { at: self.at, double, closed: Some(html) });
        self.at += 1;
        true
    }
}

/// It closes a quote if one is open; whether one is, the whole text before decides.
fn may_close(sides: &Sides, line: &str) -> bool {
    if !sides.right {
        return false;
    }
    let bytes = line.as_bytes();
    !sides.left
        || line.len() > 1
            && is_punctuation(at(line, 1))
            && (line.len() == 2 || bytes[2].is_ascii_punctuation() || is_space(bytes[2]))
}

fn is_apostrophe(line: &str, before: char, opens: bool) -> bool {
    let bytes = line.as_bytes();
    // '90s
    if opens
        && bytes.len() > 3
        && bytes[1].is_ascii_digit()
        && bytes[2].is_ascii_digit()
        && bytes[3] == b's'
        && (at(line, 4).is_whitespace() || is_mark(at(line, 4)))
    {
        return true;
    }
    // 'twas, 'em, 'net
    if (is_punctuation(before) || before.is_whitespace())
        && matches!(bytes.get(1), Some(b't' | b'e' | b'n' | b'l'))
    {
        return true;
    }
    bytes.len() > 1 && (is_digit(before) || is_letter(before)) && is_letter(at(line, 1))
}

/// Alice's, don't, you'll.
fn is_contraction(line: &str) -> bool {
    let bytes = line.as_bytes();
    let ends = |at: usize| bytes.get(at).is_none_or(|next| next.is_ascii_punctuation() || is_space(*next));
    match bytes {
        [_, b's' | b'm' | b't' | b'd', ..] if ends(2) => true,
        [_, b'v', b'e', ..] | [_, b'l', b'l', ..] | [_, b'r', b'e', ..] => ends(3),
        _ => false,
    }
}
