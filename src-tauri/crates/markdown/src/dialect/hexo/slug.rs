//! Ids of headings as hexo-util's `slugize` makes them.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::AssignIds;
use crate::reading::Spanned;

/// How the letters of an id are written (`modify_anchors`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnchorCase {
    /// As in the heading.
    #[default]
    AsWritten,
    /// `1`.
    Lower,
    /// `2`.
    Upper,
}

/// The id that a heading of these events asks for.
pub(super) fn of(content: &[Spanned], case: AnchorCase) -> String {
    let text = without_tags(&html_of(content));
    let slug = slugized(text.trim());
    match case {
        AnchorCase::AsWritten => slug,
        AnchorCase::Lower => slug.to_lowercase(),
        AnchorCase::Upper => slug.to_uppercase(),
    }
}

/// The heading's HTML with its character references undone, as Hexo strips it: `<T>` in code is taken for a tag.
fn html_of(content: &[Spanned]) -> String {
    let mut html = String::new();
    let mut images = 0_usize;
    for (event, _) in content {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Text(text) if images == 0 => html.push_str(text),
            Event::Code(text) | Event::InlineHtml(text) => html.push_str(text),
            Event::SoftBreak => html.push('\n'),
            _ => {}
        }
    }
    html
}

/// hexo-util's `stripHTML`.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        if rest.starts_with("< ") || rest.starts_with("<\n") {
            text.push_str("< ");
            rest = &rest[2..];
            continue;
        }
        match tag_end(rest) {
            Some(end) => rest = &rest[end..],
            // A tag that does not end takes the rest along.
            None => return text,
        }
    }
    text.push_str(rest);
    text
}

fn tag_end(rest: &str) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map(|end| end + "<!---->".len());
    }
    let (mut depth, mut quote) = (0, None);
    for (at, c) in rest.char_indices().skip(1) {
        match (c, quote) {
            ('<', None) => depth += 1,
            ('>', None) if depth > 0 => depth -= 1,
            ('>', None) => return Some(at + 1),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

fn slugized(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c > '\u{1f}') {
        if c.is_whitespace() || c == '\u{feff}' || c.is_ascii_punctuation() {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            match plain_letter(c) {
                Some(letters) => slug.push_str(letters),
                None => slug.push(c),
            }
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Latin letters lose their marks (hexo-util's `escapeDiacritic`; the common ones of its table).
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' | 'Ａ' => "A",
        'Æ' => "AE",
        'Ç' | 'Ć' | 'Č' | 'Ĉ' | 'Ċ' => "C",
        'Ð' | 'Ď' | 'Đ' => "D",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'Ł' | 'Ĺ' | 'Ļ' | 'Ľ' => "L",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        'Œ' => "\u{152}",
        'Ŕ' | 'Ř' => "R",
        'Ś' | 'Ş' | 'Š' | 'Ŝ' => "S",
        'Ţ' | 'Ť' => "T",
        'Ù'..='Ü' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'Ý' | 'Ÿ' => "Y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ř' => "r",
        'ß' | 'ś' | 'ş' | 'š' | 'ŝ' => "s",
        'ţ' | 'ť' => "t",
        'ù'..='ü' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// The second heading of an id gets `-1`; what was numbered is not counted as taken.
#[derive(Default)]
pub(super) struct Anchors {
    asked: HashMap<String, u32>,
}

impl AssignIds for Anchors {
    fn assign(&mut self, wanted: &str, _given: bool) -> String {
        let count = self.asked.entry(wanted.to_owned()).or_insert(0);
        *count += 1;
        if *count == 1 { wanted.to_owned() } else { format!("{wanted}-{}", *count - 1) }
    }
}
