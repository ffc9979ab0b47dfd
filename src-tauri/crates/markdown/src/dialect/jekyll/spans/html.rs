//! HTML's tags inside of text.

use super::{DEEPEST, Reads, Scope, Span, SpanKind, SpanReader, Stop};
use crate::dialect::jekyll::tags::{self, Content};

impl SpanReader<'_> {
    /// A comment, or an element with what is in it. One that nothing closes goes on to the end.
    pub(super) fn tag(&mut self, spans: &mut Vec<Span>, scope: Scope) -> bool {
        let text = &self.text[..self.window.end];
        let is_comment = text[self.at..].starts_with("<!--");
        if is_comment && let Some(end) = tags::comment_end(text, self.at, &mut self.searches) {
            let comment = text[self.at..end].to_owned();
            self.span_to(end, SpanKind::Verbatim(comment), spans);
            return true;
        }
        if let Some((_, end)) = tags::close_tag(text, self.at) {
            self.text_to(end, spans);
            return true;
        }
        let Some(tag) = tags::open_tag(text, self.at, &mut self.searches) else { return false };
        if tags::is_block(&tag.name) || scope.depth >= DEEPEST {
            self.text_to(tag.end, spans);
            return true;
        }
        let start = self.at;
        let tag = tag.on_one_line();
        let mut attributes = tag.attributes;
        let mut parses = Content::of(&tag.name) != Content::Raw
            && scope.reads != Reads::Tags
            && self.settings.parse_span_html;
        match attributes.remove("markdown").as_deref() {
            Some("span") => parses = true,
            Some("1") => parses = Content::of(&tag.name) != Content::Raw,
            Some("0") => parses = false,
            _ => {}
        }
        self.at = tag.end;
        let mut inner = Vec::new();
        if !tag.closed && !tags::is_void(&tag.name) {
            let inside = Scope {
                reads: if parses { Reads::Everything } else { Reads::Tags },
                directly_in_emphasis: false,
                depth: scope.depth + 1,
                ..scope
            };
            let mut stop = Stop::CloseTag { name: tag.name.clone() };
            if self.run(&mut inner, &mut stop, inside) {
                self.at = self.closes_tag(&tag.name).unwrap_or(self.at);
            } else {
                self.text_to(self.window.end, &mut inner);
            }
        }
        let end = self.at;
        self.at = start;
        self.span_to(
            end,
            SpanKind::Element { name: tag.name, attributes, raw: !parses, spans: inner },
            spans,
        );
        true
    }

    /// The end of the end tag here, if it is of this element.
    pub(super) fn closes_tag(&self, name: &str) -> Option<usize> {
        let (closed, end) = tags::close_tag(&self.text[..self.window.end], self.at)?;
        (closed == name).then_some(end)
    }
}
