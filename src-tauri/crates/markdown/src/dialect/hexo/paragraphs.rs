//! Paragraphs that go on through code: a fence with a little indent ends none in marked.
//!
//! Hexo's comment in the fence's place is a part of the paragraph then, and so is the line after it.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::reading::Spanned;

/// Puts such code, and the paragraph that follows it directly, into the paragraph before.
pub(super) fn join(events: Vec<Spanned>, source: &str) -> Vec<Spanned> {
    let mut joined: Vec<Spanned> = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    let mut depth = 0_usize;
    let mut paragraph = 0;
    while let Some((event, range)) = events.next() {
        match &event {
            Event::Start(tag) => {
                if depth == 0 && *tag == Tag::Paragraph {
                    paragraph = joined.len();
                }
                depth += 1;
            }
            Event::End(TagEnd::Paragraph) if depth == 1 && code_joins(events.peek(), &range, source) => {
                take_code(&mut joined, &mut events);
                let code = joined.last().map_or(range.clone(), |(_, range)| range.clone());
                joined[paragraph].1.end = code.end;
                if text_joins(events.peek(), &code, source)
                    && let Some((_, text)) = events.next()
                {
                    joined.push((Event::HardBreak, text.start..text.start));
                    continue;
                }
                joined.push((event, joined[paragraph].1.clone()));
                depth = 0;
                continue;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && event == Event::End(TagEnd::Paragraph) {
            joined[paragraph].1.end = range.end;
        }
        joined.push((event, range));
    }
    joined
}

fn take_code(joined: &mut Vec<Spanned>, events: &mut Peekable<IntoIter<Spanned>>) {
    let start = events.peek().map_or(0, |(_, range)| range.start);
    joined.push((Event::HardBreak, start..start));
    for (event, range) in events.by_ref() {
        let ended = event == Event::End(TagEnd::CodeBlock);
        joined.push((event, range));
        if ended {
            return;
        }
    }
}

/// The code stands on the line after the paragraph's last, with one to three blanks before it.
fn code_joins(next: Option<&Spanned>, paragraph: &Range<usize>, source: &str) -> bool {
    let Some((Event::Start(Tag::CodeBlock(_)), code)) = next else { return false };
    // The block's range may begin with its indent, and the paragraph's may end with its line's end.
    let Some(block) = source.get(code.clone()) else { return false };
    let fence = code.start + block.len() - block.trim_start().len();
    let Some(before) = source.get(paragraph.start..fence) else { return false };
    let Some((text, indent)) = before.rsplit_once('\n') else { return false };
    let above = text.rsplit('\n').next().unwrap_or(text);
    (1..=3).contains(&indent.len()) && indent.trim().is_empty() && !above.trim().is_empty()
}

/// The paragraph begins on the line after the code.
fn text_joins(next: Option<&Spanned>, code: &Range<usize>, source: &str) -> bool {
    let Some((Event::Start(Tag::Paragraph), text)) = next else { return false };
    let code_end = source.get(code.clone()).map_or(code.end, |block| code.start + block.trim_end().len());
    source.get(code_end..text.start).is_some_and(|between| between.matches('\n').count() == 1)
}
