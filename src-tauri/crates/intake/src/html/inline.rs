//! A run of text with its marks, as Markdown that reads back as the same.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::escape::{Escaping, escaped};

/// A part of a run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text as it is read, its white space folded.
    Text(String),
    /// Code in the line.
    Code(String),
    /// A picture: where it is, and its description.
    Image(String, String),
    /// A line break that is meant.
    Break,
    /// The reference of a footnote, by its number.
    Note(usize),
    /// Where a mark begins.
    Open(Mark),
    /// Where the innermost mark ends.
    Close,
}

/// What a part of the text is marked as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    Link(String),
    /// An element that Markdown has no sign for, `sub` for example.
    Element(&'static str),
}

impl Mark {
    fn delimiter(&self) -> Option<&'static str> {
        match self {
            Mark::Emphasis => Some("*"),
            Mark::Strong => Some("**"),
            Mark::Strikethrough => Some("~~"),
            Mark::Link(_) | Mark::Element(_) => None,
        }
    }

    fn element(&self) -> &'static str {
        match self {
            Mark::Emphasis => "em",
            Mark::Strong => "strong",
            Mark::Strikethrough => "del",
            Mark::Link(_) => "a",
            Mark::Element(name) => name,
        }
    }
}

/// Where a run of text stands, which decides what its first signs would mean and what a break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A paragraph of its own.
    Paragraph,
    /// One line that cannot hold another: a heading or a cell of a table.
    Line,
}

/// Writes a run of text. What is written is read again as CommonMark with GitHub's extensions; where that gives
/// another text or other marks, as in `**강조(설명)**는`, more is escaped, and at last the marks are elements.
pub(crate) fn written(pieces: &[Piece], place: Place) -> String {
    let pieces = tidied(pieces);
    if pieces.is_empty() {
        return String::new();
    }
    let ways = [
        (Escaping::Light, Signs::Delimiters),
        (Escaping::Full, Signs::Delimiters),
        (Escaping::Light, Signs::Elements),
        (Escaping::Full, Signs::Elements),
    ];
    let wanted = heard(&pieces);
    let mut text = String::new();
    for (escaping, signs) in ways {
        text = spelled(&pieces, place, escaping, signs);
        if are_tildes_plain(&text) && read_back(&text, place).as_ref() == Some(&wanted) {
            break;
        }
    }
    text
}

/// Whether each `~~` opens or closes by GitHub's rules, which are stricter than those of the reader here: as emphasis,
/// neither may stand between a letter and a sign.
fn are_tildes_plain(text: &str) -> bool {
    let is_space = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    let is_sign = |letter: Option<char>| {
        letter.is_some_and(|letter| !letter.is_alphanumeric() && !letter.is_whitespace())
    };
    let flanks = |inside: Option<char>, outside: Option<char>| {
        !is_space(inside) && (!is_sign(inside) || is_space(outside) || is_sign(outside))
    };
    let parts: Vec<&str> = text.split("~~").collect();
    parts.windows(2).enumerate().filter(|(_, sides)| !sides[0].ends_with('\\')).all(|(place, sides)| {
        let (before, after) = (sides[0].chars().next_back(), sides[1].chars().next());
        if place % 2 == 0 { flanks(after, before) } else { flanks(before, after) }
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    Delimiters,
    Elements,
}

fn spelled(pieces: &[Piece], place: Place, escaping: Escaping, signs: Signs) -> String {
    let mut text = String::new();
    let mut open: Vec<&Mark> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(&escaped(words, at_start_of_line(&text, place), escaping)),
            Piece::Code(code) => text.push_str(&code_span(code)),
            Piece::Image(source, description) => {
                let description = escaped(description, false, Escaping::Full);
                text.push_str(&format!("![{description}]({})", destination(source)));
            }
            Piece::Break if place == Place::Paragraph => text.push_str("\\\n"),
            Piece::Break => text.push_str("<br>"),
            Piece::Note(number) => text.push_str(&format!("[^{number}]")),
            Piece::Open(mark) => {
                open.push(mark);
                text.push_str(&opening(mark, signs));
            }
            Piece::Close => {
                if let Some(mark) = open.pop() {
                    text.push_str(&closing(mark, signs));
                }
            }
        }
    }
    text
}

fn at_start_of_line(text: &str, place: Place) -> bool {
    place == Place::Paragraph && (text.is_empty() || text.ends_with('\n'))
}

fn opening(mark: &Mark, signs: Signs) -> String {
    match (mark, mark.delimiter()) {
        (Mark::Link(_), _) => "[".to_owned(),
        (_, Some(delimiter)) if signs == Signs::Delimiters => delimiter.to_owned(),
        _ => format!("<{}>", mark.element()),
    }
}

fn closing(mark: &Mark, signs: Signs) -> String {
    match (mark, mark.delimiter()) {
        (Mark::Link(to), _) => format!("]({})", destination(to)),
        (_, Some(delimiter)) if signs == Signs::Delimiters => delimiter.to_owned(),
        _ => format!("</{}>", mark.element()),
    }
}

/// A fence that the code does not have, and spaces where the code would touch it.
fn code_span(code: &str) -> String {
    let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let touches = code.starts_with('`') || code.ends_with('`');
    let is_trimmed = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
    let space = if touches || is_trimmed { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// An address as the target of a link: what would end it early is written in percent.
pub(super) fn destination(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for letter in address.trim().chars() {
        match letter {
            ' ' => written.push_str("%20"),
            '(' => written.push_str("%28"),
            ')' => written.push_str("%29"),
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '\\' => written.push_str("%5C"),
            '|' => written.push_str("%7C"),
            '*' => written.push_str("%2A"),
            '`' => written.push_str("%60"),
            letter if letter.is_ascii_control() => {}
            letter => written.push(letter),
        }
    }
    if written.is_empty() { "<>".to_owned() } else { written }
}

/// The pieces with spaces outside of marks, without marks that mark nothing or are marked already, and without breaks
/// at the ends.
fn tidied(pieces: &[Piece]) -> Vec<Piece> {
    let mut tidy: Vec<Piece> = Vec::new();
    // Whether each open mark was kept.
    let mut open: Vec<(Mark, bool)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => push_text(&mut tidy, text),
            Piece::Open(mark) => {
                let is_new = open.iter().all(|(other, kept)| !kept || !is_same_mark(other, mark));
                open.push((mark.clone(), is_new));
                if is_new {
                    push_open(&mut tidy, mark);
                }
            }
            Piece::Close => {
                if open.pop().is_some_and(|(_, kept)| kept) {
                    push_close(&mut tidy);
                }
            }
            Piece::Break => {
                // Before the marks that begin here, and not at the start.
                let place = tidy.len() - tidy.iter().rev().take_while(|piece| is_open(piece)).count();
                let opened = tidy.split_off(place);
                trim_end(&mut tidy);
                if tidy.last().is_some_and(|before| *before != Piece::Break) {
                    tidy.push(Piece::Break);
                }
                tidy.extend(opened);
            }
            Piece::Code(code) => push_code(&mut tidy, code),
            other => tidy.push(other.clone()),
        }
    }
    while tidy.last() == Some(&Piece::Break) {
        tidy.pop();
    }
    trim_end(&mut tidy);
    tidy
}

/// Code that touches code is one piece: two would have their fences run together.
fn push_code(tidy: &mut Vec<Piece>, code: &str) {
    match tidy.last_mut() {
        Some(Piece::Code(before)) => before.push_str(code),
        _ => tidy.push(Piece::Code(code.to_owned())),
    }
}

fn is_same_mark(one: &Mark, other: &Mark) -> bool {
    one == other || matches!((one, other), (Mark::Link(_), Mark::Link(_)))
}

/// Text after a space or a break begins without one.
fn push_text(tidy: &mut Vec<Piece>, text: &str) {
    let follows_space = match tidy.iter().rev().find(|piece| !matches!(piece, Piece::Open(_))) {
        None | Some(Piece::Break) => true,
        Some(Piece::Text(before)) => before.ends_with(' '),
        Some(_) => false,
    };
    let text = if follows_space { text.trim_start_matches(' ') } else { text };
    if text.is_empty() {
        return;
    }
    let space = text.starts_with(' ');
    let innermost = tidy.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
    if space && innermost > 0 {
        // The space goes before the marks that begin here.
        let place = tidy.len() - innermost;
        tidy.insert(place, Piece::Text(" ".to_owned()));
        return push_text(tidy, text.trim_start_matches(' '));
    }
    match tidy.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => tidy.push(Piece::Text(text.to_owned())),
    }
}

/// A mark that begins where the same one has just ended goes on instead.
fn push_open(tidy: &mut Vec<Piece>, mark: &Mark) {
    if tidy.last() == Some(&Piece::Close)
        && let Some(before) = opened_by_last_close(tidy)
        && tidy[before] == Piece::Open(mark.clone())
    {
        tidy.pop();
        return;
    }
    tidy.push(Piece::Open(mark.clone()));
}

fn opened_by_last_close(tidy: &[Piece]) -> Option<usize> {
    let mut depth = 0;
    // Marks are short: one that began far before is not looked for.
    for (place, piece) in tidy.iter().enumerate().rev().take(64) {
        match piece {
            Piece::Close => depth += 1,
            Piece::Open(_) => {
                depth -= 1;
                if depth == 0 {
                    return Some(place);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_open(piece: &Piece) -> bool {
    matches!(piece, Piece::Open(_))
}

/// Spaces and breaks before the end of a mark go behind it; a mark around nothing goes.
fn push_close(tidy: &mut Vec<Piece>) {
    let mut space = false;
    let mut breaks = 0_usize;
    loop {
        match tidy.last_mut() {
            Some(Piece::Text(text)) if text.ends_with(' ') => {
                space = true;
                text.truncate(text.trim_end_matches(' ').len());
                if text.is_empty() {
                    tidy.pop();
                }
            }
            Some(Piece::Break) => {
                breaks += 1;
                tidy.pop();
            }
            _ => break,
        }
    }
    if tidy.last().is_some_and(is_open) {
        tidy.pop();
    } else {
        tidy.push(Piece::Close);
    }
    if breaks > 0 && !tidy.is_empty() {
        tidy.push(Piece::Break);
    }
    if space && breaks == 0 {
        push_text(tidy, " ");
    }
}

fn trim_end(tidy: &mut Vec<Piece>) {
    if let Some(Piece::Text(text)) = tidy.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if text.is_empty() {
            tidy.pop();
            trim_end(tidy);
        }
    }
}

/// What a reader of the text is told, apart from how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Heard {
    Text(String),
    Code(String),
    Image(String),
    Break,
    Note,
    Open(&'static str, Option<String>),
    Close(&'static str),
}

fn hear_text(heard: &mut Vec<Heard>, text: &str) {
    if text.is_empty() {
        return;
    }
    match heard.last_mut() {
        Some(Heard::Text(before)) => before.push_str(text),
        _ => heard.push(Heard::Text(text.to_owned())),
    }
}

fn heard(pieces: &[Piece]) -> Vec<Heard> {
    let mut heard = Vec::new();
    let mut open = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => hear_text(&mut heard, text),
            Piece::Code(code) => heard.push(Heard::Code(code.clone())),
            Piece::Image(_, description) => heard.push(Heard::Image(description.clone())),
            Piece::Break => heard.push(Heard::Break),
            Piece::Note(_) => heard.push(Heard::Note),
            Piece::Open(mark) => {
                let to = if let Mark::Link(to) = mark { Some(destination(to)) } else { None };
                heard.push(Heard::Open(mark.element(), to));
                open.push(mark.element());
            }
            Piece::Close => heard.extend(open.pop().map(Heard::Close)),
        }
    }
    heard
}

/// What Markdown says when it is read; none where it is more than one paragraph, or another block.
fn read_back(text: &str, place: Place) -> Option<Vec<Heard>> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    // As a heading, a line keeps to itself.
    let whole = if place == Place::Line { format!("# {text}") } else { text.to_owned() };
    let mut heard = Vec::new();
    let mut description: Option<String> = None;
    for (place, event) in Parser::new_ext(&whole, options).enumerate() {
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) if place == 0 => {}
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {}
            Event::Start(Tag::Image { .. }) => description = Some(String::new()),
            Event::End(TagEnd::Image) => heard.push(Heard::Image(description.take()?)),
            Event::Text(words) => match &mut description {
                Some(description) => description.push_str(&words),
                None => hear_text(&mut heard, &words),
            },
            Event::Code(code) => heard.push(Heard::Code(code.into_string())),
            Event::HardBreak => heard.push(Heard::Break),
            Event::SoftBreak => hear_text(&mut heard, " "),
            Event::InlineHtml(tag) => heard.push(element_heard(&tag)?),
            Event::Start(Tag::Emphasis) => heard.push(Heard::Open("em", None)),
            Event::Start(Tag::Strong) => heard.push(Heard::Open("strong", None)),
            Event::Start(Tag::Strikethrough) => heard.push(Heard::Open("del", None)),
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                heard.push(Heard::Open("a", Some(destination(&dest_url))));
            }
            Event::End(TagEnd::Emphasis) => heard.push(Heard::Close("em")),
            Event::End(TagEnd::Strong) => heard.push(Heard::Close("strong")),
            Event::End(TagEnd::Strikethrough) => heard.push(Heard::Close("del")),
            Event::End(TagEnd::Link) => heard.push(Heard::Close("a")),
            _ => return None,
        }
    }
    Some(with_notes(heard))
}

/// The reference of a note is read without its definition here, and so as text.
fn with_notes(heard: Vec<Heard>) -> Vec<Heard> {
    let mut all = Vec::with_capacity(heard.len());
    for each in heard {
        match each {
            Heard::Text(text) if text.contains("[^") => hear_notes(&mut all, &text),
            other => all.push(other),
        }
    }
    all
}

fn hear_notes(heard: &mut Vec<Heard>, text: &str) {
    let mut parts = text.split("[^");
    hear_text(heard, parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(']').filter(|(number, _)| is_number(number)) {
            Some((_, after)) => {
                heard.push(Heard::Note);
                hear_text(heard, after);
            }
            None => hear_text(heard, &format!("[^{part}")),
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn element_heard(tag: &str) -> Option<Heard> {
    if tag == "<br>" {
        return Some(Heard::Break);
    }
    let name = |text: &str| ELEMENTS.into_iter().find(|element| *element == text);
    match tag.strip_prefix("</") {
        Some(end) => name(end.strip_suffix('>')?).map(Heard::Close),
        None => name(tag.strip_prefix('<')?.strip_suffix('>')?).map(|name| Heard::Open(name, None)),
    }
}

/// The elements that stand for a mark; other inline HTML comes from the text by mistake.
pub(super) const ELEMENTS: [&str; 9] = ["em", "strong", "del", "sub", "sup", "kbd", "mark", "ins", "u"];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Piece {
        Piece::Text(words.to_owned())
    }

    fn bold(words: &str) -> [Piece; 3] {
        [Piece::Open(Mark::Strong), text(words), Piece::Close]
    }

    fn paragraph(pieces: &[Piece]) -> String {
        written(pieces, Place::Paragraph)
    }

    #[test]
    fn marks_that_would_not_close_are_elements() {
        let [open, words, close] = bold("강조(설명)");
        assert_eq!(
            paragraph(&[open, words, close, text("는 그대로")]),
            "<strong>강조(설명)</strong>는 그대로"
        );
        let [open, words, close] = bold("강조");
        assert_eq!(paragraph(&[open, words, close, text("는")]), "**강조**는");
    }

    #[test]
    fn spaces_stand_outside_of_marks_and_marks_of_nothing_go() {
        let [open, words, close] = bold(" a ");
        assert_eq!(paragraph(&[text("x"), open, words, close, text("y")]), "x **a** y");
        let [open, words, close] = bold(" ");
        assert_eq!(paragraph(&[text("x"), open, words, close, text(" y")]), "x y");
        let pieces: Vec<Piece> = bold("a").into_iter().chain(bold("b")).collect();
        assert_eq!(paragraph(&pieces), "**ab**");
    }

    #[test]
    fn text_that_looks_like_marks_stays_text() {
        for words in [
            "2 * 3 * 4",
            "a_b_c",
            "*p = *q",
            "[x](y)",
            "<div>",
            "# no heading",
            "1. no list",
            "- x",
            "`tick`",
            "~~a~~",
            "&amp;",
            "a|b",
            "===",
        ] {
            let markdown = paragraph(&[text(words)]);
            assert_eq!(
                read_back(&markdown, Place::Paragraph),
                Some(vec![Heard::Text(words.to_owned())]),
                "{markdown}"
            );
        }
        assert_eq!(paragraph(&[text("a_b_c, 2 * 3, 100%")]), "a_b_c, 2 * 3, 100%");
    }

    #[test]
    fn code_keeps_its_backticks() {
        assert_eq!(paragraph(&[Piece::Code("a`b".to_owned())]), "``a`b``");
        assert_eq!(paragraph(&[Piece::Code("`".to_owned())]), "`` ` ``");
    }

    #[test]
    fn links_pictures_and_breaks() {
        let link = [
            Piece::Open(Mark::Link("https://ko.wikipedia.org/wiki/C_(언어)".to_owned())),
            text("C"),
            Piece::Close,
            Piece::Break,
            Piece::Image("a b.png".to_owned(), "그림 [1]".to_owned()),
        ];
        assert_eq!(
            paragraph(&link),
            "[C](https://ko.wikipedia.org/wiki/C_%28언어%29)\\\n![그림 \\[1\\]](a%20b.png)"
        );
    }
}
