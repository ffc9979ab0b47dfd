//! Fenced code as Hexo 8 takes it out of a text before marked reads it (`backtick_code_block`).
//!
//! Hexo puts a comment in the place of each fence and the coloured code in the place of the comment at the end. So
//! does this: the comment is as long as the fence, so that offsets hold.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::edited::Edited;
use crate::reading::Spanned;

/// A text whose fences are comments.
pub(super) struct Masked {
    /// As long as the source.
    pub(super) text: String,
    fences: Vec<Fence>,
}

struct Fence {
    /// From the opening marks to the end of the closing ones.
    range: Range<usize>,
    info: String,
    code: String,
}

impl Masked {
    /// A text whose fences marked reads.
    pub(super) fn nothing(source: &str) -> Self {
        Self { text: source.to_owned(), fences: Vec::new() }
    }
}

/// Takes the fences out.
pub(super) fn mask(source: &str, strip_indent: bool) -> Masked {
    let fences = if source.contains("```") || source.contains("~~~") {
        find(source, strip_indent)
    } else {
        Vec::new()
    };
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    for fence in &fences {
        text.push_str(&source[from..fence.range.start]);
        text.push_str("<!--");
        text.extend(std::iter::repeat_n('x', fence.range.len() - "<!---->".len()));
        text.push_str("-->");
        from = fence.range.end;
    }
    text.push_str(&source[from..]);
    Masked { text, fences }
}

fn find(source: &str, strip_indent: bool) -> Vec<Fence> {
    let comments = comments(source);
    let mut comments = comments.iter().peekable();
    let mut search = Search { source, unclosed: Vec::new() };
    let mut fences = Vec::new();
    let mut line = 0;
    while line < source.len() {
        let Some(found) = search.fence_at(line) else {
            line = after_line(source, line);
            continue;
        };
        while comments.next_if(|comment| comment.end <= found.line.start).is_some() {}
        let hidden = comments
            .peek()
            .is_some_and(|comment| comment.start < found.line.start && comment.end > found.range.end);
        let next = after_line(source, found.range.end);
        if !hidden && !found.info.contains(" highlight:false") {
            fences.push(Fence {
                code: code_of(&source[found.content], found.quotes, strip_indent),
                range: found.range,
                info: found.info.to_owned(),
            });
        }
        line = next;
    }
    fences
}

fn after_line(source: &str, from: usize) -> usize {
    source[from..].find('\n').map_or(source.len(), |end| from + end + 1)
}

fn comments(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = source[from..].find("<!--").map(|at| from + at) {
        let Some(end) = source[start + 4..].find("-->").map(|at| start + 4 + at + 3) else { break };
        found.push(start..end);
        from = end;
    }
    found
}

struct Found<'a> {
    line: Range<usize>,
    range: Range<usize>,
    info: &'a str,
    content: Range<usize>,
    quotes: usize,
}

struct Search<'a> {
    source: &'a str,
    /// Marks for which no closing line is left, so that nobody looks again.
    unclosed: Vec<&'a str>,
}

impl<'a> Search<'a> {
    /// `(> > > | - | 1.) ``` info`, then anything, then the same marks alone on a line.
    fn fence_at(&mut self, line: usize) -> Option<Found<'a>> {
        let source = self.source;
        let end = after_line(source, line);
        let text = source[line..end].strip_suffix('\n')?;
        let (prefix, quotes) = prefix_length(text);
        let rest = &text[prefix..];
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = rest.bytes().take_while(|b| *b == mark as u8).count();
        let info = rest[length..].trim();
        if length < 3 || info.ends_with('`') {
            return None;
        }
        let marks = &rest[..length];
        if self.unclosed.contains(&marks) {
            return None;
        }
        let mut at = end;
        while at < source.len() {
            let next = after_line(source, at);
            let closing = source[at..next].trim_end_matches('\n');
            if let Some(marks_end) = closing_end(closing, marks) {
                return Some(Found {
                    line: line..end,
                    range: line + prefix..at + marks_end,
                    info,
                    content: end..at,
                    quotes,
                });
            }
            at = next;
        }
        self.unclosed.push(marks);
        None
    }
}

/// The bytes of what may stand before the marks, and how many `>` are in it.
fn prefix_length(line: &str) -> (usize, usize) {
    let list = line.strip_prefix(['-', '*', '+']).or_else(|| {
        line.trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix('.')
            .filter(|_| line.starts_with(|c: char| c.is_ascii_digit()))
    });
    if let Some(rest) = list {
        return (line.len() - rest.trim_start().len(), 0);
    }
    quote_prefix(line, 3)
}

fn quote_prefix(line: &str, most: usize) -> (usize, usize) {
    let (mut rest, mut quotes) = (line, 0);
    while quotes < most
        && let Some(after) = rest.trim_start().strip_prefix('>')
    {
        rest = after;
        quotes += 1;
    }
    (line.len() - rest.trim_start().len(), quotes)
}

/// Where the marks end on a line that closes a fence; one blank may follow.
fn closing_end(line: &str, marks: &str) -> Option<usize> {
    let (prefix, _) = quote_prefix(line, 3);
    let after = line[prefix..].strip_prefix(marks)?;
    let mut blank = after.chars();
    let closes = blank.next().is_none_or(char::is_whitespace) && blank.next().is_none();
    closes.then_some(prefix + marks.len())
}

fn code_of(content: &str, quotes: usize, strip_indent: bool) -> String {
    let content = content.strip_suffix('\n').unwrap_or(content);
    let mut lines: Vec<&str> = content.split('\n').collect();
    if quotes > 0 {
        for line in &mut lines {
            *line = without_quotes(line, quotes);
        }
    }
    let blank = |line: &str| line.trim().is_empty();
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    if strip_indent {
        let least = lines.iter().filter(|line| !blank(line)).map(|line| indent(line)).min().unwrap_or(0);
        for line in &mut lines {
            *line = &line[least.min(indent(line))..];
        }
    }
    lines.join("\n") + "\n"
}

/// Without up to so many `>`, and one blank after them.
fn without_quotes(line: &str, quotes: usize) -> &str {
    let mut rest = line;
    for _ in 0..quotes {
        match rest.trim_start().strip_prefix('>') {
            Some(after) => rest = after,
            None => break,
        }
    }
    match rest.chars().next() {
        Some(blank) if blank.is_whitespace() => &rest[blank.len_utf8()..],
        None => rest,
        Some(_) => line,
    }
}

/// Puts the code where the comments ended up. The events are of the edited text.
pub(super) fn unmask(events: Vec<Spanned>, masked: &Masked, edited: &Edited) -> Vec<Spanned> {
    if masked.fences.is_empty() {
        return events;
    }
    let text = &edited.text;
    let places: Vec<(Range<usize>, &Fence)> =
        masked.fences.iter().map(|fence| (edited.in_text(&fence.range), fence)).collect();
    let mut unmasked = Vec::with_capacity(events.len());
    let mut in_code = false;
    for (event, range) in events {
        let first = places.partition_point(|(place, _)| place.end <= range.start);
        let within = places[first..].iter().take_while(|(place, _)| place.end <= range.end);
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Html(ref html) | Event::InlineHtml(ref html) if text.get(range.clone()) == Some(html) => {
                let block = matches!(event, Event::Html(_));
                let mut from = range.start;
                for (place, fence) in within {
                    push_html(text, from..place.start, block, &mut unmasked);
                    push_code(fence, place, &mut unmasked);
                    from = place.end;
                }
                push_html(text, from..range.end, block, &mut unmasked);
                continue;
            }
            Event::Text(ref shown) if in_code && text.get(range.clone()) == Some(shown) => {
                let mut code = String::new();
                let mut from = range.start;
                for (place, fence) in within {
                    code.push_str(&text[from..place.start]);
                    code.push_str(fence.code.trim_end_matches('\n'));
                    from = place.end;
                }
                code.push_str(&text[from..range.end]);
                unmasked.push((Event::Text(code.into()), range));
                continue;
            }
            _ => {}
        }
        unmasked.push((event, range));
    }
    bare(unmasked)
}

fn push_html(text: &str, range: Range<usize>, block: bool, out: &mut Vec<Spanned>) {
    let html = &text[range.clone()];
    if html.is_empty() {
        return;
    }
    let html = html.to_owned().into();
    out.push((if block { Event::Html(html) } else { Event::InlineHtml(html) }, range));
}

fn push_code(fence: &Fence, place: &Range<usize>, out: &mut Vec<Spanned>) {
    let range = place.clone();
    let kind = CodeBlockKind::Fenced(fence.info.clone().into());
    out.push((Event::Start(Tag::CodeBlock(kind)), range.clone()));
    out.push((Event::Text(fence.code.clone().into()), range.clone()));
    out.push((Event::End(TagEnd::CodeBlock), range));
}

/// An HTML block that is nothing but one code block is that code block.
fn bare(events: Vec<Spanned>) -> Vec<Spanned> {
    let mut bare: Vec<Spanned> = Vec::with_capacity(events.len());
    let mut html: Option<usize> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::HtmlBlock) => html = Some(bare.len()),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(start) = html.take()
                    && is_code_alone(&bare[start + 1..])
                {
                    let inner = bare.split_off(start);
                    let whole = inner[0].1.clone();
                    let code = inner.into_iter().map(|(event, _)| event);
                    let code = code.skip_while(|event| !matches!(event, Event::Start(Tag::CodeBlock(_))));
                    bare.extend(code.take(3).map(|event| (event, whole.clone())));
                    continue;
                }
            }
            _ => {}
        }
        bare.push((event, range));
    }
    bare
}

fn is_code_alone(inner: &[Spanned]) -> bool {
    let mut blocks = 0;
    inner.iter().all(|(event, _)| match event {
        // The indent before the fence.
        Event::Html(text) => text.trim().is_empty(),
        Event::Start(Tag::CodeBlock(_)) => {
            blocks += 1;
            blocks == 1
        }
        Event::Text(_) | Event::End(TagEnd::CodeBlock) => true,
        _ => false,
    }) && blocks == 1
}
