//! Loose and tight lists as marked 15 tells them apart.
//!
//! marked asks for a blank line between two parts of an item, as CommonMark does, but its headings, rules, tables and
//! HTML take the blank lines after them along; and Hexo's fences are HTML when marked reads them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::reading::Spanned;

/// Takes the paragraphs out of lists that are loose in CommonMark only.
pub(super) fn tighten(events: Vec<Spanned>, source: &str) -> Vec<Spanned> {
    let tight = tight_paragraphs(&events, source);
    if tight.is_empty() {
        return events;
    }
    let mut tight = tight.into_iter().peekable();
    let enumerated = events.into_iter().enumerate();
    enumerated.filter(|(at, _)| tight.next_if_eq(at).is_none()).map(|(_, event)| event).collect()
}

/// A list that is being read.
#[derive(Default)]
struct List {
    loose: bool,
    /// The marks of its items' own paragraphs.
    paragraphs: Vec<usize>,
    /// Where the last item's text ends.
    item_end: Option<usize>,
}

/// An item, or another block that holds blocks.
struct Holder {
    is_item: bool,
    /// Where its last part ends, and whether that takes blank lines along.
    last: Option<(usize, bool)>,
}

fn tight_paragraphs(events: &[Spanned], source: &str) -> Vec<usize> {
    let mut tight = Vec::new();
    let mut lists: Vec<List> = Vec::new();
    let mut holders: Vec<Holder> = Vec::new();
    // The depth of what stands inside a part, and is none itself.
    let mut inside = 0_usize;
    let mut ends = TextEnds { source, blank: 0..0 };
    for (at, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::List(_)) if inside == 0 => {
                part_begins(&mut lists, &holders, range, source);
                lists.push(List::default());
            }
            Event::End(TagEnd::List(_)) if inside == 0 => {
                if let Some(list) = lists.pop()
                    && !list.loose
                {
                    tight.extend(list.paragraphs);
                }
                part_ends(&mut holders, ends.of(range), false);
            }
            Event::Start(Tag::Item) if inside == 0 => {
                if let Some(list) = lists.last_mut() {
                    let before = list.item_end.take();
                    list.loose |= before.is_some_and(|end| blank_between(end..range.start, source));
                }
                holders.push(Holder { is_item: true, last: None });
            }
            Event::Start(Tag::BlockQuote(_)) if inside == 0 => {
                part_begins(&mut lists, &holders, range, source);
                holders.push(Holder { is_item: false, last: None });
            }
            Event::End(TagEnd::Item) if inside == 0 => {
                holders.pop();
                if let Some(list) = lists.last_mut() {
                    list.item_end = Some(ends.of(range));
                }
            }
            Event::End(TagEnd::BlockQuote(_)) if inside == 0 => {
                holders.pop();
                part_ends(&mut holders, ends.of(range), false);
            }
            Event::Start(tag) => {
                if inside == 0 && is_block(tag) {
                    part_begins(&mut lists, &holders, range, source);
                    if *tag == Tag::Paragraph && holders.last().is_some_and(|holder| holder.is_item) {
                        lists.last_mut().into_iter().for_each(|list| list.paragraphs.push(at));
                    }
                }
                inside += 1;
            }
            Event::End(tag) => {
                inside = inside.saturating_sub(1);
                if inside == 0 {
                    if *tag == TagEnd::Paragraph && holders.last().is_some_and(|holder| holder.is_item) {
                        lists.last_mut().into_iter().for_each(|list| list.paragraphs.push(at));
                    }
                    part_ends(&mut holders, ends.of(range), swallows(*tag));
                }
            }
            Event::Rule if inside == 0 => {
                part_begins(&mut lists, &holders, range, source);
                part_ends(&mut holders, ends.of(range), true);
            }
            _ if inside == 0 => part_ends(&mut holders, range.end, false),
            _ => {}
        }
    }
    tight.sort_unstable();
    tight
}

fn part_begins(lists: &mut [List], holders: &[Holder], range: &Range<usize>, source: &str) {
    if let (Some(list), Some(Holder { is_item: true, last: Some((end, false)) })) =
        (lists.last_mut(), holders.last())
    {
        list.loose |= blank_between(*end..range.start, source);
    }
}

fn part_ends(holders: &mut [Holder], end: usize, swallows: bool) {
    if let Some(holder) = holders.last_mut() {
        holder.last = Some((end, swallows));
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_))
}

/// Fences are HTML here; an indented code block does not take the blank lines along, but is rare.
fn swallows(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::HtmlBlock | TagEnd::Table | TagEnd::CodeBlock)
}

/// Where texts end, without blank lines and the marks of quotations on them.
struct TextEnds<'a> {
    source: &'a str,
    /// What was last found to be blank: blocks inside each other end at one place.
    blank: Range<usize>,
}

impl TextEnds<'_> {
    fn of(&mut self, range: &Range<usize>) -> usize {
        if !(self.blank.start..=self.blank.end).contains(&range.end) {
            let blank = |c: char| c.is_whitespace() || c == '>';
            let before = self.source.get(..range.end).unwrap_or_default();
            self.blank = before.trim_end_matches(blank).len()..range.end;
        }
        self.blank.start.max(range.start)
    }
}

fn blank_between(range: Range<usize>, source: &str) -> bool {
    source.get(range).is_some_and(|between| between.bytes().filter(|b| *b == b'\n').count() > 1)
}
