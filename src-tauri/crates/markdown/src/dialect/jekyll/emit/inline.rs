//! Events of spans.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Emitter;
use crate::dialect::jekyll::attributes::Attributes;
use crate::dialect::jekyll::entities::{decoded, escaped_around_references};
use crate::dialect::jekyll::excerpt::Excerpt;
use crate::dialect::jekyll::tags;
use crate::dialect::jekyll::tree::{Span, SpanKind};

impl Emitter<'_> {
    /// The events of spans of `text`; with `breaks`, GFM's ends of lines are breaks.
    pub(super) fn inline(&mut self, spans: &[Span], text: &Excerpt, breaks: bool) {
        let mut after_break = false;
        for span in spans {
            let source = text.source_range(span.at.clone());
            match &span.kind {
                SpanKind::Text(value) => {
                    // The break's event has a newline of its own.
                    let value = if after_break { value.strip_prefix('\n').unwrap_or(value) } else { value };
                    self.text(value, source, breaks);
                }
                kind => self.span(kind, text, source, breaks),
            }
            after_break = span.kind == SpanKind::Break;
        }
        self.flush();
    }

    fn span(&mut self, kind: &SpanKind, text: &Excerpt, source: Range<usize>, breaks: bool) {
        if !matches!(kind, SpanKind::Symbol(_)) {
            self.flush();
        }
        match kind {
            SpanKind::Text(value) => self.text(value, source, breaks),
            SpanKind::Symbol(shown) => self.shown(shown, source),
            SpanKind::Code { text, attributes } if attributes.is_empty() => {
                self.event(Event::Code(text.clone().into()), source);
            }
            SpanKind::Code { text, attributes } => {
                let code = crate::sanitise::escaped(text);
                self.inline_html(format!("<code{}>{code}</code>", attributes.html()), source);
            }
            SpanKind::Emphasis { strong, attributes, spans } => {
                let (tag, end, name) = match strong {
                    true => (Tag::Strong, TagEnd::Strong, "strong"),
                    false => (Tag::Emphasis, TagEnd::Emphasis, "em"),
                };
                let plain = attributes.is_empty().then_some((tag, end));
                self.around(plain, name, attributes, spans, text, source, breaks);
            }
            SpanKind::Link { attributes, spans } => {
                let plain = plain_target(attributes, &["href", "title"]).map(|(dest_url, title)| {
                    let tag = Tag::Link { link_type: LinkType::Inline, dest_url, title, id: "".into() };
                    (tag, TagEnd::Link)
                });
                self.around(plain, "a", attributes, spans, text, source, breaks);
            }
            SpanKind::Image { attributes, .. } => self.image(attributes, source),
            SpanKind::Break => self.event(Event::HardBreak, source),
            SpanKind::Note(label) => self.event(Event::FootnoteReference(label.clone().into()), source),
            SpanKind::Math { text, attributes } => self.inline_math(text, attributes, source),
            SpanKind::Verbatim(html) => self.inline_html(html.clone(), source),
            SpanKind::Element { name, attributes, spans, raw } => {
                let outside = std::mem::replace(&mut self.in_raw, *raw);
                if spans.is_empty() && tags::is_void(name) {
                    self.in_raw = outside;
                    return self.inline_html(format!("<{name}{} />", attributes.html()), source);
                }
                let struck = name == "del" && attributes.is_empty();
                let plain = struck.then_some((Tag::Strikethrough, TagEnd::Strikethrough));
                self.around(plain, name, attributes, spans, text, source, false);
                self.in_raw = outside;
            }
        }
    }

    /// Tags as events if there is nothing that they cannot say, and what is between them.
    #[expect(clippy::too_many_arguments, reason = "a span's parts, each used once")]
    fn around(
        &mut self,
        plain: Option<(Tag<'static>, TagEnd)>,
        name: &str,
        attributes: &Attributes,
        spans: &[Span],
        text: &Excerpt,
        source: Range<usize>,
        breaks: bool,
    ) {
        match plain {
            Some((tag, end)) => {
                self.event(Event::Start(tag), source.clone());
                self.inline(spans, text, breaks);
                self.event(Event::End(end), source);
            }
            None => {
                self.inline_html(format!("<{name}{}>", attributes.html()), source.clone());
                self.inline(spans, text, breaks);
                self.inline_html(format!("</{name}>"), source.end..source.end);
            }
        }
    }

    fn image(&mut self, attributes: &Attributes, source: Range<usize>) {
        let Some((dest_url, title)) = plain_target(attributes, &["src", "alt", "title"]) else {
            return self.inline_html(format!("<img{} />", attributes.html()), source);
        };
        let alt = decoded(attributes.get("alt").unwrap_or_default()).into_owned();
        let tag = Tag::Image { link_type: LinkType::Inline, dest_url, title, id: "".into() };
        self.event(Event::Start(tag), source.clone());
        if !alt.is_empty() {
            self.event(Event::Text(alt.into()), source.clone());
        }
        self.event(Event::End(TagEnd::Image), source);
    }

    fn inline_math(&mut self, text: &str, attributes: &Attributes, source: Range<usize>) {
        if self.settings.math_engine.is_some() && attributes.is_empty() {
            return self.event(Event::Text(format!("\\({text}\\)").into()), source);
        }
        let mut attributes = attributes.clone();
        if self.settings.math_engine.is_none() {
            attributes.add("class", "kdmath");
        }
        let math = crate::sanitise::escaped(text);
        self.inline_html(format!("<span{}>${math}$</span>", attributes.html()), source);
    }

    fn inline_html(&mut self, html: String, source: Range<usize>) {
        self.event(Event::InlineHtml(html.into()), source);
    }

    /// Text that goes on the text before it; one event comes of both.
    fn shown(&mut self, text: &str, source: Range<usize>) {
        if self.pending.is_empty() {
            self.pending_source = source;
        } else {
            self.pending_source.end = source.end;
        }
        self.pending.push_str(text);
    }

    /// The event of the text so far.
    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let text = std::mem::take(&mut self.pending);
            self.event(Event::Text(text.into()), self.pending_source.clone());
        }
    }

    fn text(&mut self, text: &str, source: Range<usize>, breaks: bool) {
        if self.in_raw {
            // A script's text must not be decoded.
            self.flush();
            return self.inline_html(escaped_around_references(text, false), source);
        }
        let breaks = breaks && self.settings.is_gfm();
        let hard = self.settings.hard_wrap;
        for line in text.split_inclusive('\n') {
            let Some(content) = line.strip_suffix('\n') else {
                self.words(line, source.clone());
                continue;
            };
            let (content, breaks) = match content.strip_suffix('\\') {
                Some(before) if breaks && !hard => (before, true),
                _ => (content, breaks && hard),
            };
            self.words(content, source.clone());
            self.flush();
            self.event(if breaks { Event::HardBreak } else { Event::SoftBreak }, source.clone());
        }
    }

    /// Text in which abbreviations are marked.
    fn words(&mut self, text: &str, source: Range<usize>) {
        let mut rest = text;
        while let Some((at, name, meaning)) = self.abbreviations.next(rest) {
            self.shown(&decoded(&rest[..at]), source.clone());
            let mut attributes = Attributes::default();
            if !meaning.is_empty() {
                attributes.set("title", meaning);
            }
            let name_html = crate::sanitise::escaped(name);
            self.flush();
            self.inline_html(format!("<abbr{}>{name_html}</abbr>", attributes.html()), source.clone());
            rest = &rest[at + name.len()..];
        }
        self.shown(&decoded(rest), source);
    }

    /// A heading's spans as a table of contents shows them: without notes, and links as their text.
    pub(super) fn label_html(&mut self, spans: &[Span], text: &Excerpt) -> String {
        let first = self.reading.events.len();
        self.inline(&without_links(spans), text, false);
        let mut html = String::new();
        let events = self.reading.events.split_off(first);
        pulldown_cmark::html::push_html(&mut html, events.into_iter().map(|(event, _)| event));
        html
    }
}

fn without_links(spans: &[Span]) -> Vec<Span> {
    let mut kept = Vec::new();
    for span in spans {
        match &span.kind {
            SpanKind::Note(_) => {}
            SpanKind::Link { spans, .. } => kept.extend(without_links(spans)),
            SpanKind::Emphasis { strong, attributes, spans } => {
                let (strong, attributes, spans) = (*strong, attributes.clone(), without_links(spans));
                kept.push(Span {
                    kind: SpanKind::Emphasis { strong, attributes, spans },
                    at: span.at.clone(),
                });
            }
            _ => kept.push(span.clone()),
        }
    }
    kept
}

/// The first attribute and the title, if there are no others than those that a tag of Markdown's can have.
fn plain_target(attributes: &Attributes, known: &[&str]) -> Option<(CowStr<'static>, CowStr<'static>)> {
    if attributes.iter().any(|(name, _)| !known.contains(&name)) {
        return None;
    }
    let value = |name| CowStr::from(decoded(attributes.get(name).unwrap_or_default()).into_owned());
    Some((value(known[0]), value("title")))
}

/// The text that a heading's id is made of; with or without code and symbols.
pub(super) fn plain_text(spans: &[Span], all: bool) -> String {
    let mut plain = String::new();
    push_plain_text(&mut plain, spans, all);
    plain
}

fn push_plain_text(plain: &mut String, spans: &[Span], all: bool) {
    for span in spans {
        match &span.kind {
            SpanKind::Text(text) => plain.push_str(text),
            SpanKind::Symbol(text) | SpanKind::Code { text, .. } | SpanKind::Math { text, .. } if all => {
                plain.push_str(text);
            }
            SpanKind::Emphasis { spans, .. }
            | SpanKind::Link { spans, .. }
            | SpanKind::Element { spans, .. } => {
                push_plain_text(plain, spans, all);
            }
            _ => {}
        }
    }
}
