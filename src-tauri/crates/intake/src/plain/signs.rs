//! Signs of the text that Markdown would take for its own: read as Markdown, and what is not text is escaped.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::Found;

pub(super) fn find(text: &str) -> Vec<Found> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::InlineHtml(_) | Event::Html(_) if text[range.clone()].starts_with('<') => {
                found.push(escape(range.start));
            }
            Event::Start(Tag::Emphasis) => found.push(escape(range.start)),
            Event::Start(Tag::Strong | Tag::Strikethrough) => {
                found.push(escape(range.start));
                if text[range.start + 1..].starts_with(['*', '_', '~']) {
                    found.push(escape(range.start + 1));
                }
            }
            // A year that begins a line begins no list.
            Event::Start(Tag::List(Some(100..))) => {
                let digits = text[range.start..].bytes().take_while(u8::is_ascii_digit).count();
                found.push(escape(range.start + digits));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                found.extend(without_indents(text, range));
            }
            _ => {}
        }
    }
    found
}

fn escape(at: usize) -> Found {
    Found::sure(at..at, "\\")
}

/// White space before lines of prose makes them no code.
fn without_indents(text: &str, range: std::ops::Range<usize>) -> Vec<Found> {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    super::lines(&text[start..range.end])
        .iter()
        .filter_map(|line| {
            let indent = line.text.len() - line.text.trim_start().len();
            (indent > 0).then(|| Found::sure(start + line.start..start + line.start + indent, ""))
        })
        .collect()
}
