//! The kinds of token that code is coloured by, and their two palettes.

use std::fmt::Write;

/// A kind of token with a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Comment,
    Keyword,
    Text,
    Escape,
    Number,
    Constant,
    Function,
    Type,
    Variable,
    Tag,
    Attribute,
    Operator,
    Heading,
    Inserted,
    Deleted,
}

struct Look {
    token: Token,
    class: &'static str,
    light: &'static str,
    dark: &'static str,
    more: &'static str,
}

const fn look(
    token: Token,
    class: &'static str,
    light: &'static str,
    dark: &'static str,
    more: &'static str,
) -> Look {
    Look { token, class, light, dark, more }
}

/// In the order of [`Token`].
const LOOKS: [Look; 15] = [
    look(Token::Comment, "hl-com", "#6b655c", "#9c968c", "font-style:italic"),
    look(Token::Keyword, "hl-key", "#8b3a62", "#d9a0c4", ""),
    look(Token::Text, "hl-str", "#3f6b1f", "#a9c98a", ""),
    look(Token::Escape, "hl-esc", "#8a4b08", "#e0a458", ""),
    look(Token::Number, "hl-num", "#8a4b08", "#e0b080", ""),
    look(Token::Constant, "hl-con", "#8a4b08", "#e0b080", ""),
    look(Token::Function, "hl-fun", "#1f5c99", "#8ab8e6", ""),
    look(Token::Type, "hl-typ", "#1c6457", "#79c6ae", ""),
    look(Token::Variable, "hl-var", "#6a4a1e", "#d8c3a0", ""),
    look(Token::Tag, "hl-tag", "#9a3324", "#ef8d84", ""),
    look(Token::Attribute, "hl-att", "#6b5200", "#d6bf73", ""),
    look(Token::Operator, "hl-op", "#5b4a7d", "#bdb0e0", ""),
    look(Token::Heading, "hl-hd", "#1f5c99", "#8ab8e6", "font-weight:600"),
    look(Token::Inserted, "hl-ins", "#2a6a2f", "#93cf97", ""),
    look(Token::Deleted, "hl-del", "#a62f28", "#ef7d74", ""),
];

impl Token {
    /// The class that colours it.
    pub(crate) fn class(self) -> &'static str {
        LOOKS[self as usize].class
    }
}

/// CSS for the classes that code carries, for light or dark paper. It sets no background.
pub fn code_style(dark: bool) -> String {
    let mut css = String::with_capacity(LOOKS.len() * 48);
    for look in &LOOKS {
        debug_assert_eq!(LOOKS[look.token as usize].class, look.class);
        let colour = if dark { look.dark } else { look.light };
        // Writing to a String cannot fail.
        let _ = match look.more {
            "" => writeln!(css, ".{}{{color:{colour}}}", look.class),
            more => writeln!(css, ".{}{{color:{colour};{more}}}", look.class),
        };
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read_on_paper_and_on_desk() {
        assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 0.01);
        for look in &LOOKS {
            for paper in ["#fffdfa", "#f4f1ec"] {
                assert!(contrast(look.light, paper) >= 4.5, "{} on {paper}", look.class);
            }
            for paper in ["#1b1d20", "#141618", "#23262a"] {
                assert!(contrast(look.dark, paper) >= 4.5, "{} on {paper}", look.class);
            }
        }
    }

    #[test]
    fn the_table_is_in_the_order_of_the_tokens_and_no_class_stands_twice() {
        for (at, look) in LOOKS.iter().enumerate() {
            assert_eq!(look.token as usize, at);
            assert_eq!(LOOKS.iter().filter(|other| other.class == look.class).count(), 1);
        }
    }

    #[test]
    fn the_style_sheet_colours_every_class() {
        for dark in [false, true] {
            let css = code_style(dark);
            assert_eq!(css.lines().count(), LOOKS.len());
            assert!(LOOKS.iter().all(|look| css.contains(&format!(".{}{{color:#", look.class))));
        }
    }
}
