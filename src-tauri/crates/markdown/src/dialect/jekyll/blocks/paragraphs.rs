//! Paragraphs and headings.

use std::ops::Range;

use super::{BlockReader, Blocks, Lines, syntax};
use crate::dialect::jekyll::entities::trimmed;
use crate::dialect::jekyll::syntax::line_end;
use crate::dialect::jekyll::tree::{Block, BlockKind};

impl BlockReader<'_> {
    /// Everything up to a line that ends paragraphs. After a paragraph it goes on with that.
    pub(super) fn paragraph(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) {
        let start = lines.at;
        lines.next_line();
        while !self.ends_paragraph(lines.rest()) {
            lines.next_line();
        }
        let range = trimmed(lines.text, start..lines.at);
        let source = lines.source_from(start);
        if let Some(Block { kind: BlockKind::Paragraph { text, .. }, source: place, .. }) =
            blocks.all.last_mut()
        {
            let breaks = lines.text[..start].ends_with("  \n");
            text.append(if breaks { "  \n" } else { "\n" }, lines.excerpt.source_at(start));
            text.append_part(lines.excerpt, start..range.end);
            place.end = source.end;
            return;
        }
        let text = lines.excerpt.part(range);
        blocks.push(BlockKind::Paragraph { text, bare: false }, source);
    }

    fn ends_paragraph(&self, rest: &str) -> bool {
        if syntax::ends_lazy(rest) || syntax::definition_marker(rest, 3).is_some() {
            return true;
        }
        self.settings.ends_paragraphs()
            && (syntax::list_marker(rest, 3).is_some()
                || syntax::heading_marks(rest).is_some()
                || syntax::outdented(rest, 3).is_some_and(|inner| inner.starts_with('>') || is_fence(inner)))
    }

    /// `# …`
    pub(super) fn marked_heading(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        let gfm = self.settings.is_gfm();
        let mut line = lines.line();
        let marks = if gfm { syntax::heading_marks(line) } else { loose_heading_marks(line) };
        let Some((level, length)) = marks else { return false };
        let interrupts = self.settings.ends_paragraphs();
        if !interrupts && !blocks.at_boundary() {
            return false;
        }
        let (mut from, mut height) = (length, 1);
        if !gfm && &line[length..] == "\n" {
            // Marks alone take the next line for their text.
            from = line.len();
            height = 2;
            line = &lines.text[lines.at..line_end(lines.text, lines.at + from)];
        }
        let mut content = HeadingContent::of(line, from..line.len());
        content.strip_closing_marks(line, interrupts);
        heading(lines, blocks, level, content, height)
    }

    /// A line of text with `===` or `---` below.
    pub(super) fn underlined_heading(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks) -> bool {
        if !blocks.at_boundary() {
            return false;
        }
        let line = lines.line();
        let Some(level) = underline(&lines.text[lines.at + line.len()..]) else { return false };
        let blanks = syntax::blanks(line);
        if blanks > 3 || line[blanks..].starts_with('\t') {
            return false;
        }
        let content = HeadingContent::of(line, blanks..line.len());
        heading(lines, blocks, level, content, 2)
    }
}

fn heading(
    lines: &mut Lines<'_>,
    blocks: &mut Blocks,
    level: u8,
    content: HeadingContent,
    height: usize,
) -> bool {
    if content.text.is_empty() {
        return false;
    }
    let start = lines.at;
    let text = lines.excerpt.part(start + content.text.start..start + content.text.end);
    for _ in 0..height {
        lines.next_line();
    }
    blocks.push(BlockKind::Heading { level, text, id: content.id }, lines.source_from(start));
    true
}

/// kramdown's own headings need no blank behind their marks.
fn loose_heading_marks(line: &str) -> Option<(u8, usize)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count().min(6);
    let blanks = line[level..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    (level > 0).then_some((level as u8, level + blanks))
}

/// What a heading's line holds.
struct HeadingContent {
    text: Range<usize>,
    id: Option<String>,
}

impl HeadingContent {
    /// The text, and the id that stands at its end as `{#id}`.
    fn of(line: &str, range: Range<usize>) -> Self {
        let end = syntax::trimmed_end(&line[range.clone()]).len();
        let mut text = range.start..range.start + end;
        let mut id = None;
        if let Some((before, name)) = given_id(&line[text.clone()]) {
            id = Some(name.to_owned());
            text.end = text.start + before;
        }
        Self { text, id }
    }

    /// `# heading #`; a backslash keeps the last mark, or in GFM a missing blank does.
    fn strip_closing_marks(&mut self, line: &str, spaced: bool) {
        let text = &line[self.text.clone()];
        let bare = text.trim_end_matches('#');
        if bare.len() == text.len() || (bare.is_empty() && spaced) {
            return;
        }
        let end = if spaced {
            if !bare.ends_with([' ', '\t']) {
                return;
            }
            bare.len()
        } else {
            bare.len() + usize::from(bare.ends_with('\\'))
        };
        self.text.end = trimmed(line, self.text.start..self.text.start + end).end.max(self.text.start);
    }
}

/// `{#id}` at the end of a heading: where the text before it ends, and the id.
fn given_id(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_suffix('}')?;
    let at = inner.rfind("{#")?;
    let (before, name) = (&text[..at], &inner[at + 2..]);
    let starts = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'));
    let name_char = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.' | '·');
    let given = starts && name.chars().all(name_char) && before.ends_with([' ', '\t']);
    given.then(|| (syntax::trimmed_end(before).len(), name))
}

/// The level of a heading that this line underlines.
fn underline(line: &str) -> Option<u8> {
    let level = match line.bytes().next()? {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    let marks = line.bytes().take_while(|byte| matches!(byte, b'-' | b'=')).count();
    syntax::line_of_space(&line[marks..]).map(|_| level)
}

/// Any three marks of fences.
fn is_fence(inner: &str) -> bool {
    inner.len() >= 3 && inner.bytes().take(3).all(|byte| matches!(byte, b'~' | b'`'))
}
