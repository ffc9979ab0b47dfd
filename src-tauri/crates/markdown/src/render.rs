//! Renders one block's events.

use std::borrow::Cow;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd, html};

use crate::code::{CodeSetting, ColouredCode};
use crate::group::Depth;
use crate::image::{self, ImageReference};
use crate::reading::Spanned;
use crate::sanitise::{self, Sanitiser, push_escaped};
use crate::shown::Wanted;
use crate::time::Time;

/// The sanitiser takes quadratic time in depth, so nothing nests deeper than this when it gets there.
pub(crate) const MAX_DEPTH: usize = 100;

/// How a post's site, and the writer, want things shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Showing {
    /// Images on other machines are shown.
    pub(crate) remote_images: bool,
    pub(crate) code: CodeSetting,
}

/// What a piece says, before it is coloured and cleaned: its safe HTML follows from this alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Raw {
    /// Code alone.
    Code(Code),
    /// Anything else. Code inside is coloured already.
    Html(Arc<str>),
    /// It cannot be cleaned in reasonable time. The source is shown.
    TooDeep,
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Code {
    pub(crate) info: Arc<str>,
    pub(crate) text: Arc<str>,
    pub(crate) setting: CodeSetting,
}

impl Default for Raw {
    fn default() -> Self {
        Self::Html(Arc::default())
    }
}

impl Raw {
    /// What one piece's events say.
    pub(crate) fn of(events: &[Spanned], showing: Showing, time: &Time) -> Self {
        if is_too_deep(events) {
            return Self::TooDeep;
        }
        // Code alone is escaped token by token and needs no cleaning.
        if let [(Event::Start(Tag::CodeBlock(kind)), _), .., (Event::End(TagEnd::CodeBlock), _)] = events
            && events[1..events.len() - 1].iter().all(|(event, _)| matches!(event, Event::Text(_)))
        {
            let text = code_text(&mut events[1..].iter().map(|(event, _)| event.clone()));
            let setting = setting_of(kind, showing.code);
            return Self::Code(Code { info: info(kind).into(), text: text.into(), setting });
        }
        let mut html = String::new();
        let events = events.iter().map(|(event, _)| event.clone());
        html::push_html(
            &mut html,
            Rewriter { events, showing, time, alignments: Vec::new(), cell: 0, head: false },
        );
        Self::Html(html.into())
    }

    /// What the preview shows; `source` stands for what cannot be cleaned.
    pub(crate) fn wanted(&self, source: &str, sanitiser: &Sanitiser) -> Wanted {
        match self {
            Self::Code(code) => Wanted::Code(code.clone()),
            Self::Html(html) => Wanted::Html(sanitiser.clean(html, source)),
            Self::TooDeep => Wanted::Html(sanitise::too_deep(source)),
        }
    }

    /// Its source is shown, or may be.
    pub(crate) fn shows_source(&self) -> bool {
        match self {
            Self::Code(_) => false,
            Self::Html(html) => html.len() > sanitise::MAX_HTML_BYTES,
            Self::TooDeep => true,
        }
    }

    /// The HTML that becomes part of a larger block's; nothing if it is too deep.
    pub(crate) fn as_part(&self, time: &Time) -> Option<Cow<'_, str>> {
        match self {
            Self::Code(Code { info, text, setting }) => {
                Some(Cow::Owned(code_html(info, text, *setting, time)))
            }
            Self::Html(html) => Some(Cow::Borrowed(html)),
            Self::TooDeep => None,
        }
    }
}

fn code_html(info: &str, text: &str, setting: CodeSetting, time: &Time) -> String {
    ColouredCode::new(info, text, setting, &time.of_part()).html().to_string()
}

fn is_too_deep(events: &[Spanned]) -> bool {
    let (mut depth, mut html, mut html_depth) = (0_usize, Depth::default(), 0);
    events.iter().any(|(event, _)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Html(more) | Event::InlineHtml(more) => html_depth = html.after(more),
            _ => {}
        }
        depth + html_depth > MAX_DEPTH
    })
}

/// Replaces what the preview shows in its own way: code, images of other machines, cells, tasks.
struct Rewriter<'t, I> {
    events: I,
    showing: Showing,
    time: &'t Time,
    alignments: Vec<Alignment>,
    cell: usize,
    head: bool,
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Rewriter<'_, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        let event = self.events.next()?;
        Some(match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let text = code_text(&mut self.events);
                let setting = setting_of(&kind, self.showing.code);
                Event::Html(code_html(info(&kind), &text, setting, self.time).into())
            }
            Event::Start(Tag::Image { ref dest_url, .. }) => match image::classify(dest_url) {
                ImageReference::Local(_) => event,
                ImageReference::Remote { .. } if self.showing.remote_images => event,
                ImageReference::Remote { host } => absent_image(host, &alt_text(&mut self.events)),
                ImageReference::Unusable => absent_image("", &alt_text(&mut self.events)),
            },
            Event::TaskListMarker(done) => Event::InlineHtml(
                if done {
                    "<input type=\"checkbox\" checked disabled> "
                } else {
                    "<input type=\"checkbox\" disabled> "
                }
                .into(),
            ),
            Event::Start(Tag::Table(alignments)) => {
                self.alignments = alignments;
                Event::Html("<table>".into())
            }
            Event::Start(Tag::TableHead) => {
                self.head = true;
                self.cell = 0;
                Event::Html("<thead><tr>".into())
            }
            Event::End(TagEnd::TableHead) => {
                self.head = false;
                Event::Html("</tr></thead><tbody>\n".into())
            }
            Event::Start(Tag::TableRow) => {
                self.cell = 0;
                event
            }
            Event::Start(Tag::TableCell) => self.start_cell(),
            Event::End(TagEnd::TableCell) => Event::Html(if self.head { "</th>" } else { "</td>" }.into()),
            event => event,
        })
    }
}

impl<I> Rewriter<'_, I> {
    /// With `align` and no `style`, which a strict content policy would drop.
    fn start_cell<'a>(&mut self) -> Event<'a> {
        let alignment = self.alignments.get(self.cell).copied().unwrap_or(Alignment::None);
        self.cell += 1;
        let cell = match (self.head, alignment) {
            (true, Alignment::None) => "<th>",
            (true, Alignment::Left) => "<th align=\"left\">",
            (true, Alignment::Center) => "<th align=\"center\">",
            (true, Alignment::Right) => "<th align=\"right\">",
            (false, Alignment::None) => "<td>",
            (false, Alignment::Left) => "<td align=\"left\">",
            (false, Alignment::Center) => "<td align=\"center\">",
            (false, Alignment::Right) => "<td align=\"right\">",
        };
        Event::Html(cell.into())
    }
}

fn info<'e>(kind: &'e CodeBlockKind<'_>) -> &'e str {
    match kind {
        CodeBlockKind::Fenced(info) => info,
        CodeBlockKind::Indented => "",
    }
}

/// No generator gives numbers to the lines of indented code, whatever it does to fences.
fn setting_of(kind: &CodeBlockKind<'_>, setting: CodeSetting) -> CodeSetting {
    let numbered = setting.numbered && matches!(kind, CodeBlockKind::Fenced(_));
    CodeSetting { numbered, ..setting }
}

/// Takes events up to the end of the code block.
fn code_text<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::End(TagEnd::CodeBlock) => break,
            Event::Text(more) => text.push_str(&more),
            _ => {}
        }
    }
    text
}

/// Takes events up to the end of the image.
fn alt_text<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut text = String::new();
    let mut nested = 0_usize;
    for event in events {
        match event {
            Event::Start(_) => nested += 1,
            Event::End(_) if nested == 0 => break,
            Event::End(_) => nested -= 1,
            Event::Text(more) | Event::Code(more) => text.push_str(&more),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn absent_image<'a>(host: &str, alt: &str) -> Event<'a> {
    let mut html = String::from("<span class=\"remote-image\">");
    push_escaped(&mut html, alt);
    if !host.is_empty() {
        html.push_str(" <span class=\"remote-host\">");
        push_escaped(&mut html, host);
        html.push_str("</span>");
    }
    html.push_str("</span>");
    Event::InlineHtml(html.into())
}
