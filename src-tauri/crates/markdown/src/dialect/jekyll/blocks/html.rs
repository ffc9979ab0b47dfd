//! HTML among the blocks: an element up to its end tag, or to the end of the text if it has none.

use super::{BlockReader, Blocks, Lines, syntax};
use crate::dialect::jekyll::attributes::Attributes;
use crate::dialect::jekyll::entities::escaped_around_references;
use crate::dialect::jekyll::tags::{self, Content, OpenTag};
use crate::dialect::jekyll::tree::{BlockKind, Element, Part};

/// What a line that begins with `<` was.
pub(super) enum Read {
    Nothing,
    Block,
    /// The end tag of the element that the lines are in.
    EndTag,
}

impl BlockReader<'_> {
    pub(super) fn html(&mut self, lines: &mut Lines<'_>, blocks: &mut Blocks, element: Option<&str>) -> Read {
        let start = lines.at;
        if lines.rest().starts_with("<!--") {
            match tags::comment_end(lines.text, start, &mut lines.searches) {
                Some(end) => {
                    let comment = format!("{}\n", &lines.text[start..end]);
                    lines.at = end;
                    skip_blanks(lines);
                    blocks.push_comment(comment, lines.source_from(start));
                    return Read::Block;
                }
                None => self.unclosed = true,
            }
        }
        let blanks = syntax::blanks(lines.rest());
        if blanks > 3 {
            return Read::Nothing;
        }
        if let Some(tag) = tags::open_tag(lines.text, start + blanks, &mut lines.searches) {
            if tags::is_span(&tag.name) {
                return Read::Nothing;
            }
            let (list, began) = blocks.waiting.take().unwrap_or_default();
            let waiting = list != Default::default();
            lines.at = tag.end;
            let element = self.element(lines, tag);
            let mut source = lines.source_from(start);
            if waiting {
                source.start = began.min(source.start);
            }
            blocks.push(BlockKind::Html(element), source);
            if let Some(block) = blocks.all.last_mut() {
                block.list = list;
                block.adjoins &= !waiting;
            }
            return Read::Block;
        }
        match tags::close_tag(lines.text, start + blanks) {
            Some((name, end)) if !tags::is_span(&name) && element == Some(name.as_str()) => {
                lines.at = end;
                Read::EndTag
            }
            _ => Read::Nothing,
        }
    }

    /// Reads what is in an element whose start tag was read, and its end tag.
    fn element(&mut self, lines: &mut Lines<'_>, tag: OpenTag) -> Element {
        let OpenTag { name, mut attributes, closed, .. } = tag;
        let content = self.content_of(&name, &mut attributes);
        let mut parts = Parts::default();
        if name == "script" || name == "style" {
            self.text_until_end(lines, &name, &mut parts);
        } else if closed || tags::is_void(&name) {
            if content == Content::Blocks {
                skip_blanks(lines);
            }
        } else {
            match content {
                Content::Blocks => self.blocks_in(lines, &name, &mut parts),
                Content::Spans => self.spans_in(lines, &name, &mut parts),
                Content::Raw => self.raw_in(lines, &name, &mut parts),
            }
            skip_blanks(lines);
        }
        Element { closed: closed && content == Content::Raw, name, attributes, content: parts.0 }
    }

    fn content_of(&self, name: &str, attributes: &mut Attributes) -> Content {
        let asked = attributes.remove("markdown").and_then(|value| Content::asked_for(name, &value));
        asked.unwrap_or(if self.settings.parse_block_html { Content::of(name) } else { Content::Raw })
    }

    fn blocks_in(&mut self, lines: &mut Lines<'_>, name: &str, parts: &mut Parts) {
        skip_blanks(lines);
        let mut inner = Blocks::default();
        if !self.read(lines, &mut inner, Some(name)) {
            self.unclosed = true;
        }
        parts.0.push(Part::Blocks(inner.all));
    }

    fn spans_in(&mut self, lines: &mut Lines<'_>, name: &str, parts: &mut Parts) {
        let (end, behind) = self.end_tag(lines, name);
        parts.0.push(Part::Spans(lines.excerpt.part(lines.at..end)));
        lines.at = behind;
    }

    /// The content of `<script>` and `<style>`.
    fn text_until_end(&mut self, lines: &mut Lines<'_>, name: &str, parts: &mut Parts) {
        let (end, behind) = self.end_tag(lines, name);
        parts.html(&lines.text[lines.at..end]);
        lines.at = behind;
    }

    fn end_tag(&mut self, lines: &Lines<'_>, name: &str) -> (usize, usize) {
        tags::find_close_tag(lines.text, lines.at, name).unwrap_or_else(|| {
            self.unclosed = true;
            (lines.text.len(), lines.text.len())
        })
    }

    /// Elements and text as they are. An end tag closes the innermost element only, any other is text.
    fn raw_in(&mut self, lines: &mut Lines<'_>, name: &str, parts: &mut Parts) {
        let mut open = vec![name.to_owned()];
        while let Some(inner) = open.last() {
            let next = raw_start(lines);
            parts.text(&lines.text[lines.at..next]);
            lines.at = next;
            if lines.is_done() {
                self.unclosed = true;
                break;
            }
            if let Some(end) = tags::comment_end(lines.text, next, &mut lines.searches) {
                parts.html(&lines.text[next..end]);
                lines.at = end;
            } else if let Some(tag) = tags::open_tag(lines.text, next, &mut lines.searches) {
                lines.at = tag.end;
                self.raw_element(lines, tag, &mut open, parts);
            } else if let Some((closed, end)) = tags::close_tag(lines.text, next) {
                lines.at = end;
                if closed != *inner {
                    parts.text(&lines.text[next..end]);
                    continue;
                }
                open.pop();
                if !open.is_empty() {
                    parts.html(&format!("</{closed}>"));
                }
            } else {
                parts.text("<");
                lines.at = next + 1;
            }
        }
        for name in open.iter().skip(1).rev() {
            parts.html(&format!("</{name}>"));
        }
    }

    /// An element inside of one whose content is left as it is.
    fn raw_element(
        &mut self,
        lines: &mut Lines<'_>,
        tag: OpenTag,
        open: &mut Vec<String>,
        parts: &mut Parts,
    ) {
        let OpenTag { name, mut attributes, closed, .. } = tag;
        let asked = attributes.remove("markdown").and_then(|value| Content::asked_for(&name, &value));
        let content = asked.unwrap_or(Content::Raw);
        let void = tags::is_void(&name);
        let slash = if void || (closed && content == Content::Raw) { " /" } else { "" };
        parts.html(&format!("<{name}{}{slash}>", attributes.html()));
        if !slash.is_empty() {
            return;
        }
        if name == "script" || name == "style" {
            self.text_until_end(lines, &name, parts);
        } else if !closed {
            match content {
                Content::Raw => return open.push(name),
                Content::Blocks => self.blocks_in(lines, &name, parts),
                Content::Spans => self.spans_in(lines, &name, parts),
            }
        }
        parts.html(&format!("</{name}>"));
    }
}

/// What an element holds, as it is read.
#[derive(Debug, Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn html(&mut self, html: &str) {
        match self.0.last_mut() {
            Some(Part::Html(last)) => last.push_str(html),
            _ => self.0.push(Part::Html(html.to_owned())),
        }
    }

    fn text(&mut self, text: &str) {
        self.html(&escaped_around_references(text, false));
    }
}

/// Where a tag, a comment or an instruction may begin.
fn raw_start(lines: &Lines<'_>) -> usize {
    let bytes = lines.text.as_bytes();
    let mut at = lines.at;
    while let Some(found) = lines.text[at..].find('<') {
        at += found;
        let starts = matches!(bytes.get(at + 1), Some(b'/' | b'!' | b'?'))
            || tags::name_length(&lines.text[at + 1..]) > 0;
        if starts {
            return at;
        }
        at += 1;
    }
    lines.text.len()
}

/// Blanks and the newline behind an element.
fn skip_blanks(lines: &mut Lines<'_>) {
    let blanks = lines.rest().bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if lines.rest()[blanks..].starts_with('\n') {
        lines.at += blanks + 1;
    }
}
