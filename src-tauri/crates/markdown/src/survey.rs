//! One pass over a text: its top-level pieces, with everything that the rest of the text decides about them.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::block::Key;
use crate::group::HtmlTag;
use crate::heading::HeadingIds;
use crate::reconcile::Recogniser;
use crate::sanitise::push_escaped;

/// The sanitiser takes quadratic time in depth, so nothing nests deeper than this when it gets there.
pub(crate) const MAX_DEPTH: usize = 100;

/// What a block is, as far as its own lines do not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Paragraph,
    List,
    Table,
    Html,
    IndentedCode,
    FencedCode,
    Other,
}

/// A top-level block before anything is rendered.
pub(crate) struct Piece {
    /// From the start of its first line; offsets count in the whole text.
    pub(crate) source: Range<usize>,
    pub(crate) key: Key,
    /// Its events in the survey's list; none if it is too deep or recognised.
    pub(crate) events: Range<usize>,
    pub(crate) too_deep: bool,
    /// The block of the old list that it is, if it was recognised.
    pub(crate) recognised: Option<usize>,
}

/// What one pass over a text gives.
#[derive(Default)]
pub(crate) struct Survey<'a> {
    pub(crate) pieces: Vec<Piece>,
    /// Ready to render: heading ids, footnotes and tildes are settled.
    pub(crate) events: Vec<Event<'a>>,
    /// The tags of all top-level HTML, in order.
    pub(crate) tags: Vec<HtmlTag<'a>>,
}

/// Surveys the part of `text` that starts at `body_start`. What `recogniser` knows needs no events.
pub(crate) fn survey<'a>(text: &'a str, body_start: usize, recogniser: &Recogniser<'_>) -> Survey<'a> {
    let body = &text[body_start..];
    Surveyor::new(text, body_start, Footnotes::default(), recogniser.clone()).run(body).unwrap_or_else(|| {
        let footnotes = Footnotes::in_order_of_reference(body);
        Surveyor::new(text, body_start, footnotes, recogniser.clone()).run(body).unwrap_or_default()
    })
}

fn parser(body: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(body, options)
}

struct Surveyor<'a, 'o> {
    text: &'a str,
    body_start: usize,
    survey: Survey<'a>,
    piece: Option<Piece>,
    depth: usize,
    html_depth: usize,
    headings: HeadingIds,
    heading: Option<Heading>,
    footnotes: Footnotes,
    recogniser: Recogniser<'o>,
}

struct Heading {
    /// Where its start is in the survey's events.
    event: usize,
    text: String,
}

impl<'a, 'o> Surveyor<'a, 'o> {
    fn new(text: &'a str, body_start: usize, footnotes: Footnotes, recogniser: Recogniser<'o>) -> Self {
        Self {
            text,
            body_start,
            survey: Survey::default(),
            piece: None,
            depth: 0,
            html_depth: 0,
            headings: HeadingIds::default(),
            heading: None,
            footnotes,
            recogniser,
        }
    }

    /// Nothing if a footnote stands before its first reference, so that it cannot be numbered in one pass.
    fn run(mut self, body: &'a str) -> Option<Survey<'a>> {
        for (event, range) in parser(body).into_offset_iter() {
            let range = range.start + self.body_start..range.end + self.body_start;
            if self.piece.is_none() {
                self.piece = Some(self.open(&event, &range));
            }
            match &event {
                Event::Start(_) => self.depth += 1,
                Event::End(_) => self.depth -= 1,
                _ => {}
            }
            let event = self.settle(event, &range)?;
            self.keep(event);
            if self.depth == 0 {
                self.close();
            }
        }
        Some(self.survey)
    }

    fn open(&self, event: &Event<'a>, range: &Range<usize>) -> Piece {
        // No further back than the block before: two can share a line ("[^a]: [^b]: ").
        let before =
            self.survey.pieces.last().map_or(self.body_start, |piece| piece.source.end.min(range.start));
        let line_start =
            self.text[before..range.start].rfind('\n').map_or(before, |newline| before + newline + 1);
        let events = self.survey.events.len();
        Piece {
            source: line_start..range.end,
            key: Key { kind: kind(event), context: String::new() },
            events: events..events,
            too_deep: false,
            recognised: None,
        }
    }

    fn keep(&mut self, event: Event<'a>) {
        let Some(piece) = &mut self.piece else { return };
        if self.depth + self.html_depth > MAX_DEPTH && !piece.too_deep {
            piece.too_deep = true;
            self.survey.events.truncate(piece.events.start);
        }
        if !piece.too_deep {
            self.survey.events.push(event);
        }
    }

    fn close(&mut self) {
        let Some(mut piece) = self.piece.take() else { return };
        piece.recognised = self.recogniser.recognise(self.text, &piece.source, &piece.key);
        if piece.recognised.is_some() {
            self.survey.events.truncate(piece.events.start);
        }
        piece.events.end = self.survey.events.len();
        if piece.key.kind == Kind::Html {
            let html = &self.text[piece.source.clone()];
            HtmlTag::scan(html, self.survey.pieces.len(), &mut self.survey.tags);
        }
        self.html_depth = 0;
        self.survey.pieces.push(piece);
    }

    /// Puts in what the rest of the text decides, and notes it in the piece's context.
    fn settle(&mut self, event: Event<'a>, range: &Range<usize>) -> Option<Event<'a>> {
        Some(match event {
            Event::Start(Tag::Heading { .. }) => {
                self.heading = Some(Heading { event: self.survey.events.len(), text: String::new() });
                event
            }
            Event::End(TagEnd::Heading(_)) => {
                self.settle_heading();
                event
            }
            Event::Start(Tag::Link { link_type, ref dest_url, ref title, .. })
            | Event::Start(Tag::Image { link_type, ref dest_url, ref title, .. }) => {
                if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
                    self.note_at('L', range.start, format_args!("{dest_url}\0{title}"));
                }
                event
            }
            Event::FootnoteReference(label) => {
                let (number, occurrence) = self.footnotes.refer(&label);
                self.note_at('F', range.start, format_args!("{number}.{occurrence}"));
                Event::InlineHtml(reference_html(number, occurrence).into())
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let number = self.footnotes.number_of_definition(&label)?;
                self.note_at('D', range.start, format_args!("{number:?}"));
                Event::Html(definition_html(&label, number).into())
            }
            Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
            // One tilde is a range (10~20), not a line through the words.
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                if !self.text[range.start..].starts_with("~~") =>
            {
                Event::Text("~".into())
            }
            Event::Text(ref text) | Event::Code(ref text) => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(text);
                }
                event
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push(' ');
                }
                event
            }
            Event::Html(ref html) | Event::InlineHtml(ref html) => {
                self.html_depth = HtmlTag::depth_after(html, self.html_depth);
                event
            }
            event => event,
        })
    }

    fn settle_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let assigned = self.headings.of_text(&heading.text);
        if let Some(piece) = &mut self.piece {
            piece.key.context.push('H');
            piece.key.context.push_str(&assigned);
            piece.key.context.push('\0');
        }
        // Not there if the piece is too deep.
        if let Some(Event::Start(Tag::Heading { id, .. })) = self.survey.events.get_mut(heading.event) {
            *id = Some(CowStr::from(assigned));
        }
    }

    fn note_at(&mut self, what: char, at: usize, value: std::fmt::Arguments<'_>) {
        if let Some(piece) = &mut self.piece {
            // Writing to a String cannot fail.
            let _ = write!(piece.key.context, "{what}{}:{value}\0", at - piece.source.start);
        }
    }
}

fn kind(event: &Event<'_>) -> Kind {
    match event {
        Event::Start(Tag::Paragraph) => Kind::Paragraph,
        Event::Start(Tag::List(_)) => Kind::List,
        Event::Start(Tag::Table(_)) => Kind::Table,
        Event::Start(Tag::HtmlBlock) => Kind::Html,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Kind::IndentedCode,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Kind::FencedCode,
        _ => Kind::Other,
    }
}

fn reference_html(number: usize, occurrence: usize) -> String {
    let id = match occurrence {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{occurrence}"),
    };
    format!("<sup class=\"footnote-ref\" id=\"{id}\"><a href=\"#fn-{number}\">{number}</a></sup>")
}

fn definition_html(label: &str, number: Option<usize>) -> String {
    match number {
        Some(number) => format!(
            "<div class=\"footnote\" id=\"fn-{number}\"><sup class=\"footnote-label\"><a href=\"#fnref-{number}\">{number}</a></sup>\n"
        ),
        None => {
            let mut html = String::from("<div class=\"footnote unused\"><sup class=\"footnote-label\">");
            push_escaped(&mut html, label);
            html.push_str("</sup>\n");
            html
        }
    }
}

/// Numbers footnotes by their first reference.
#[derive(Default)]
struct Footnotes {
    /// By label in lower case: its number, and how often it was referred to so far.
    notes: HashMap<String, (usize, usize)>,
    /// Every reference was seen before, so a label without a number has none.
    complete: bool,
}

impl Footnotes {
    fn in_order_of_reference(body: &str) -> Self {
        let mut footnotes = Self::default();
        for event in parser(body) {
            if let Event::FootnoteReference(label) = event {
                footnotes.refer(&label);
            }
        }
        footnotes.notes.values_mut().for_each(|(_, occurrences)| *occurrences = 0);
        footnotes.complete = true;
        footnotes
    }

    fn refer(&mut self, label: &str) -> (usize, usize) {
        let next = self.notes.len() + 1;
        let note = self.notes.entry(label.to_lowercase()).or_insert((next, 0));
        note.1 += 1;
        *note
    }

    /// Outer nothing: not known yet. Inner nothing: no reference in the whole text.
    fn number_of_definition(&self, label: &str) -> Option<Option<usize>> {
        match self.notes.get(&label.to_lowercase()) {
            Some((number, _)) => Some(Some(*number)),
            None if self.complete => Some(None),
            None => None,
        }
    }
}
