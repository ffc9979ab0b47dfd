//! Code blocks: indented, and between fences.

use super::{BlockReader, Blocks, Lines, syntax};
use crate::dialect::jekyll::excerpt::Excerpt;
use crate::dialect::jekyll::syntax::line_end;
use crate::dialect::jekyll::tags;
use crate::dialect::jekyll::tree::BlockKind;

/// The lines of a text that may close a fence.
#[derive(Debug)]
pub(super) struct Fences(Vec<Fence>);

#[derive(Debug, Clone, Copy)]
struct Fence {
    start: usize,
    mark: u8,
    length: usize,
    /// The longest run of `~` and of backticks from this line on.
    longest: (usize, usize),
}

impl Fences {
    /// All lines that hold nothing but a fence.
    fn of(text: &str) -> Self {
        let mut fences = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let end = line_end(text, at);
            let line = &text[at..end];
            if let Some((mark, length)) = syntax::fence_run(line, 3) {
                let behind = syntax::blanks(line) + length;
                if syntax::line_of_space(&line[behind..]).is_some() {
                    fences.push(Fence { start: at, mark, length, longest: (0, 0) });
                }
            }
            at = end;
        }
        let mut longest = (0, 0);
        for fence in fences.iter_mut().rev() {
            match fence.mark {
                b'~' => longest.0 = fence.length.max(longest.0),
                _ => longest.1 = fence.length.max(longest.1),
            }
            fence.longest = longest;
        }
        Self(fences)
    }

    /// The line from `from` on that closes a fence of up to `most` marks: its start, and how many marks the opening
    /// fence has then. What is left of its marks is its first word.
    fn close(&self, from: usize, mark: u8, most: usize) -> Option<(usize, usize)> {
        let first = self.0.partition_point(|fence| fence.start < from);
        let rest = &self.0[first..];
        let (tildes, backticks) = rest.first()?.longest;
        let length = most.min(if mark == b'~' { tildes } else { backticks });
        let fence = rest.iter().find(|fence| fence.mark == mark && fence.length >= length)?;
        (length >= 3).then_some((fence.start, length))
    }
}

impl BlockReader<'_> {
    pub(super) fn fenced_code(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let most_indent = if self.settings.is_gfm() { 3 } else { 0 };
        let line = lines.line();
        let Some((mark, run)) = syntax::fence_run(line, most_indent) else { return false };
        if mark == b'`' && !self.settings.is_gfm() {
            return false;
        }
        let indent = syntax::blanks(line);
        let word = line[indent + run..].trim_matches(is_space);
        // With a space in between, the line is no fence but the text of a code span.
        if word.contains(is_space) {
            return false;
        }
        let start = lines.at;
        let content = start + line.len();
        let fences = lines.fences.get_or_insert_with(|| Fences::of(lines.text));
        let Some((end, length)) = fences.close(content, mark, run) else {
            self.unclosed = true;
            return false;
        };
        let spaced = line[indent + run..].starts_with(is_space);
        if length < run && spaced && !word.is_empty() {
            return false;
        }
        let mut fence = line[indent + length..].trim_matches(is_space).to_owned();
        if fence.is_empty() {
            fence = word.to_owned();
        }
        lines.at = line_end(lines.text, end);
        let text = lines.excerpt.part(content..end);
        blocks.push(BlockKind::Code { text, fence: Some(fence) }, lines.source_from(start));
        true
    }

    /// Indented lines, blank ones between them, and all lines up to the next blank one.
    pub(super) fn indented_code(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) {
        let start = lines.at;
        let end = indented_end(lines.text, start);
        let mut text = Excerpt::default();
        while lines.at < end {
            let line = lines.line();
            let solid = !line[syntax::blanks(line)..].starts_with(|c: char| c.is_ascii() && is_space(c));
            let lazy = lines.at > start && syntax::blanks(line) < 4 && solid;
            if lazy {
                // The line goes on the one before.
                text.truncate(text.len() - 1);
                text.append(" ", lines.excerpt.source_at(lines.at));
            }
            let indent = match syntax::is_indented(line) {
                true if line.starts_with('\t') => 1,
                true => 4,
                false => 0,
            };
            text.append_part(lines.excerpt, lines.at + indent..lines.at + line.len());
            lines.next_line();
        }
        lines.at = end;
        blocks.push(BlockKind::Code { text, fence: None }, lines.source_from(start));
    }
}

/// Where code that begins at `start` with an indented line ends. It is also how far a footnote's text goes.
pub(super) fn indented_end(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        let mut at = syntax::blank_lines(text, end).unwrap_or(end);
        if !syntax::is_indented(&text[at..]) {
            return end;
        }
        while at < text.len() && is_code_line(text, at) {
            at = line_end(text, at);
        }
        end = at;
    }
}

/// Indented, or a line that runs on: not one that a block ends at.
fn is_code_line(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    if syntax::line_of_space(rest).is_some() {
        return false;
    }
    syntax::is_indented(rest)
        || !(syntax::attribute_line(rest, 3).is_some()
            || syntax::end_of_block(rest).is_some()
            || syntax::outdented(rest, 3).is_some_and(tags::stops_lazy))
}

fn is_space(c: char) -> bool {
    c.is_ascii() && syntax::is_space(c as u8)
}
