//! Makes events of the tree.
//!
//! What pulldown-cmark's tags cannot say (attributes, a table without a head, HTML around Markdown) goes out as
//! HTML; at the top level such a block stands between the tags of an HTML block, so that it stays one block.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::abbreviations::Abbreviations;
use super::attributes::{AttributeList, Attributes, NamedLists};
use super::blocks::Text;
use super::excerpt::Excerpt;
use super::spans::SpanReader;
use super::tree::{Block, BlockKind, Element, Entry, Item, Part, Span, SpanKind, Task};
use super::{Jekyll, ids};
use crate::dialect::common::Room;
use crate::reading::{ContentsPlace, Definitions, HeadingAnchor, LinkTarget, Reading};

mod inline;
mod table;

/// The events of a text, and what they hold for the whole.
pub(super) fn reading(text: &mut Text, settings: &Jekyll, known: &Definitions, room: Room) -> Reading {
    let blocks = std::mem::take(&mut text.blocks);
    let with_site;
    let known = if settings.link_definitions.is_empty() {
        known
    } else {
        with_site = with_site_links(settings, known);
        &with_site
    };
    let mut emitter = Emitter {
        settings,
        known,
        named: &text.named,
        abbreviations: Abbreviations::of(&known.abbreviations),
        room,
        reading: Reading::default(),
        pending: String::new(),
        pending_source: 0..0,
        in_html: false,
        in_note: false,
        in_raw: false,
    };
    emitter.top_level(&blocks);
    let mut reading = emitter.reading;
    reading.found = std::mem::take(&mut text.found);
    reading.unclosed = text.unclosed;
    reading
}

fn with_site_links(settings: &Jekyll, known: &Definitions) -> Definitions {
    let mut all = known.clone();
    for (label, (url, title)) in &settings.link_definitions {
        all.links.entry(label.clone()).or_insert_with(|| LinkTarget {
            url: CowStr::from(url.clone()),
            title: CowStr::from(title.clone()),
        });
    }
    all
}

struct Emitter<'a> {
    settings: &'a Jekyll,
    known: &'a Definitions,
    named: &'a NamedLists,
    abbreviations: Abbreviations<'a>,
    /// For the targets of references.
    room: Room,
    reading: Reading,
    /// Text whose event is still to come.
    pending: String,
    pending_source: Range<usize>,
    /// Inside of an HTML element, headings get kramdown's own ids.
    in_html: bool,
    in_note: bool,
    /// Inside of an element whose content is left as it is.
    in_raw: bool,
}

impl<'a> Emitter<'a> {
    fn event(&mut self, event: Event<'static>, source: Range<usize>) {
        self.reading.events.push((event, source));
    }

    fn html(&mut self, html: impl Into<String>, source: Range<usize>) {
        let html: String = html.into();
        self.event(Event::Html(html.into()), source);
    }

    fn top_level(&mut self, blocks: &[Block]) {
        let shown: Vec<&Block> = blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Blank { .. } | BlockKind::Mark(_)))
            .collect();
        let mut at = 0;
        while at < shown.len() {
            let mut end = at + 1;
            let mut bound = needs_boundaries(shown[at]);
            while let Some(next) = shown.get(end).filter(|next| next.adjoins) {
                bound |= needs_boundaries(next);
                if !bound {
                    break;
                }
                end += 1;
            }
            self.group(&shown[at..end]);
            at = end;
        }
    }

    /// Blocks that must be read together are one.
    fn group(&mut self, blocks: &[&Block]) {
        if let [block] = blocks {
            let first = self.reading.events.len();
            self.block(block);
            return self.hold_together(first, &block.source);
        }
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
        let source = first.source.start..last.source.end;
        self.event(Event::Start(Tag::HtmlBlock), source.clone());
        for block in blocks {
            self.block(block);
        }
        self.event(Event::End(TagEnd::HtmlBlock), source);
    }

    /// Puts what begins with HTML into an HTML block.
    fn hold_together(&mut self, first: usize, source: &Range<usize>) {
        let events = &mut self.reading.events;
        let loose = events.len() - first > 1 && !matches!(events[first].0, Event::Start(_));
        if loose {
            events.insert(first, (Event::Start(Tag::HtmlBlock), source.clone()));
            events.push((Event::End(TagEnd::HtmlBlock), source.clone()));
            for heading in self.reading.headings.iter_mut().rev().take_while(|heading| heading.event >= first)
            {
                heading.event += 1;
            }
            for place in self.reading.contents.iter_mut().rev().take_while(|place| place.event >= first) {
                place.event += 1;
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn attributes(&self, list: &AttributeList) -> Attributes {
        let mut attributes = Attributes::default();
        list.apply(&mut attributes, self.named);
        attributes
    }

    fn block(&mut self, block: &Block) {
        let source = block.source.clone();
        let attributes = self.attributes(&block.list);
        match &block.kind {
            BlockKind::Blank { .. } | BlockKind::Mark(_) => {}
            BlockKind::Paragraph { text, bare: true } => self.spans(text, true),
            BlockKind::Paragraph { text, bare: false } => {
                self.open(Tag::Paragraph, "p", &attributes, &source);
                self.spans(text, true);
                self.close(TagEnd::Paragraph, "p", &attributes, &source);
            }
            BlockKind::Heading { level, text, id } => {
                self.heading(*level, text, id.as_deref(), attributes, source)
            }
            BlockKind::Code { text, fence } => self.code(text, fence.as_deref(), attributes, source),
            BlockKind::Quote(blocks) => {
                self.open(Tag::BlockQuote(None), "blockquote", &attributes, &source);
                self.blocks(blocks);
                self.close(TagEnd::BlockQuote(None), "blockquote", &attributes, &source);
            }
            BlockKind::Rule if attributes.is_empty() => self.event(Event::Rule, source),
            BlockKind::Rule => self.html(format!("<hr{} />\n", attributes.html()), source),
            BlockKind::List { ordered, items } if self.is_contents(block) => {
                self.contents(*ordered, items, attributes, source)
            }
            BlockKind::List { ordered, items } => self.list(*ordered, items, attributes, source),
            BlockKind::Definitions(entries) => self.definitions(entries, &attributes, source),
            BlockKind::Table(table) => self.table(table, &attributes, source),
            BlockKind::Html(element) => self.element(element, &block.list, source),
            BlockKind::Verbatim(html) => self.html(html.clone(), source),
            BlockKind::Math(text) => self.math(text, attributes, source),
            BlockKind::Note { label, blocks } => {
                let outside = std::mem::replace(&mut self.in_note, true);
                self.event(Event::Start(Tag::FootnoteDefinition(label.clone().into())), source.clone());
                self.blocks(blocks);
                self.event(Event::End(TagEnd::FootnoteDefinition), source);
                self.in_note = outside;
            }
        }
    }

    /// A start tag: as an event, or as HTML if there are attributes.
    fn open(&mut self, tag: Tag<'static>, name: &str, attributes: &Attributes, source: &Range<usize>) {
        if attributes.is_empty() {
            self.event(Event::Start(tag), source.clone());
        } else {
            self.html(format!("<{name}{}>", attributes.html()), source.clone());
        }
    }

    fn close(&mut self, tag: TagEnd, name: &str, attributes: &Attributes, source: &Range<usize>) {
        if attributes.is_empty() {
            self.event(Event::End(tag), source.clone());
        } else {
            self.html(format!("</{name}>\n"), source.clone());
        }
    }

    fn heading(
        &mut self,
        level: u8,
        text: &Excerpt,
        given: Option<&str>,
        mut attributes: Attributes,
        source: Range<usize>,
    ) {
        let given = attributes.remove("id").or(given.map(str::to_owned));
        let classes: Vec<CowStr<'static>> = attributes
            .remove("class")
            .map(|classes| classes.split_whitespace().map(|class| CowStr::from(class.to_owned())).collect())
            .unwrap_or_default();
        let listed =
            self.settings.toc_levels.contains(&level) && !classes.iter().any(|class| &**class == "no_toc");
        let attrs =
            attributes.iter().map(|(name, value)| (name.to_owned().into(), Some(value.to_owned().into())));
        let shown =
            HeadingLevel::try_from(usize::from(self.settings.shown_level(level))).unwrap_or(HeadingLevel::H6);
        let event = self.reading.events.len();
        let tag = Tag::Heading { level: shown, id: None, classes, attrs: attrs.collect() };
        self.event(Event::Start(tag), source.clone());
        let spans = self.read_spans(text);
        self.inline(&spans, text, false);
        self.event(Event::End(TagEnd::Heading(shown)), source);
        let wanted = match given {
            Some(id) => Some((id, true)),
            None if self.settings.auto_ids => Some((self.wanted_id(&spans, text), false)),
            None => None,
        };
        let label_html = self.label_html(&spans, text);
        self.reading.headings.push(HeadingAnchor {
            event,
            level: if listed { level } else { 0 },
            given: wanted.as_ref().is_some_and(|(_, given)| *given),
            label_html,
            wanted: wanted.map(|(id, _)| id),
        });
    }

    fn wanted_id(&self, spans: &[Span], text: &Excerpt) -> String {
        if self.settings.is_gfm() && !self.in_html && !self.in_note {
            ids::of_words(&inline::plain_text(spans, true))
        } else if self.settings.is_gfm() || self.settings.auto_id_stripping {
            ids::of_letters(&inline::plain_text(spans, self.settings.is_gfm()))
        } else {
            ids::of_letters(text.as_str())
        }
    }

    fn code(
        &mut self,
        text: &Excerpt,
        fence: Option<&str>,
        mut attributes: Attributes,
        source: Range<usize>,
    ) {
        let classes = attributes.remove("class").unwrap_or_default();
        let language = classes.split_whitespace().find_map(|class| class.strip_prefix("language-"));
        let others = classes.split_whitespace().filter(|class| !class.starts_with("language-"));
        for class in others {
            attributes.add("class", class);
        }
        let info = fence.filter(|info| !info.is_empty()).or(language);
        let kind = match (info, fence) {
            (None, None) => CodeBlockKind::Indented,
            (info, _) => CodeBlockKind::Fenced(info.unwrap_or_default().to_owned().into()),
        };
        // Rouge puts code into a `div`, which has what the writer gave the code.
        let wrapped = !attributes.is_empty();
        if wrapped {
            attributes.add("class", "highlighter-rouge");
            self.html(format!("<div{}>", attributes.html()), source.clone());
        }
        self.event(Event::Start(Tag::CodeBlock(kind)), source.clone());
        if !text.is_empty() {
            let inner = text.source_range(0..text.len());
            self.event(Event::Text(text.as_str().to_owned().into()), inner);
        }
        self.event(Event::End(TagEnd::CodeBlock), source.clone());
        if wrapped {
            self.html("</div>\n", source);
        }
    }

    /// `{:toc}` at a list: the first of a text is where the table of contents goes.
    fn is_contents(&self, block: &Block) -> bool {
        block.list.asks_for("toc") && self.reading.contents.is_empty()
    }

    fn contents(&mut self, ordered: bool, items: &[Item], written: Attributes, source: Range<usize>) {
        let mut attributes = written.clone();
        let id = attributes.get("id").unwrap_or("markdown-toc").to_owned();
        attributes.set("id", &id);
        let link_ids = Some(format!("{id}-"));
        let event = self.reading.events.len();
        self.html("", source.clone());
        self.reading.contents.push(ContentsPlace {
            event,
            ordered,
            levels: (1, 6),
            attributes: attributes.html(),
            link_ids,
            otherwise: String::new(),
        });
        let otherwise = self.apart(|emitter| emitter.list(ordered, items, written, source));
        if let Some(place) = self.reading.contents.last_mut() {
            place.otherwise = otherwise;
        }
    }

    /// The HTML of what is written, of which nothing stays in the reading.
    fn apart(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let (events, headings) = (self.reading.events.len(), self.reading.headings.len());
        write(self);
        self.reading.headings.truncate(headings);
        let mut html = String::new();
        let written = self.reading.events.split_off(events);
        pulldown_cmark::html::push_html(&mut html, written.into_iter().map(|(event, _)| event));
        html
    }

    fn list(&mut self, ordered: bool, items: &[Item], mut attributes: Attributes, source: Range<usize>) {
        if items.iter().any(|item| item.task.is_some()) {
            let class = attributes.remove("class");
            attributes.set("class", "task-list");
            if let Some(class) = class {
                attributes.add("class", &class);
            }
        }
        let name = if ordered { "ol" } else { "ul" };
        self.open(Tag::List(ordered.then_some(1)), name, &attributes, &source);
        for item in items {
            self.item(item, Tag::Item, TagEnd::Item, "li");
        }
        self.close(TagEnd::List(ordered), name, &attributes, &source);
    }

    fn item(&mut self, item: &Item, tag: Tag<'static>, end: TagEnd, name: &str) {
        let mut attributes = Attributes::default();
        if item.task.is_some() {
            attributes.set("class", "task-list-item");
        }
        item.list.apply(&mut attributes, self.named);
        self.open(tag, name, &attributes, &item.source);
        let checked = match item.task {
            Some(Task::Open) => Some(""),
            Some(Task::Done) => Some(" checked=\"checked\""),
            _ => None,
        };
        let mut blocks = item.blocks.as_slice();
        if let (Some(checked), Some((first, rest))) = (checked, item.blocks.split_first()) {
            let input = format!(
                "<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"disabled\"{checked} />"
            );
            self.task(first, input);
            blocks = rest;
        }
        self.blocks(blocks);
        self.close(end, name, &attributes, &item.source);
    }

    /// A paragraph with a box before its text.
    fn task(&mut self, block: &Block, input: String) {
        let at = self.reading.events.len();
        self.block(block);
        let bare = matches!(block.kind, BlockKind::Paragraph { bare: true, .. });
        let at = (at + usize::from(!bare)).min(self.reading.events.len());
        let place = block.source.start..block.source.start;
        self.reading.events.insert(at, (Event::InlineHtml(input.into()), place));
    }

    fn definitions(&mut self, entries: &[Entry], attributes: &Attributes, source: Range<usize>) {
        self.open(Tag::DefinitionList, "dl", attributes, &source);
        for entry in entries {
            match entry {
                Entry::Term { text, list } => {
                    let attributes = self.attributes(list);
                    let place = text.source_range(0..text.len());
                    self.open(Tag::DefinitionListTitle, "dt", &attributes, &place);
                    self.spans(text, true);
                    self.close(TagEnd::DefinitionListTitle, "dt", &attributes, &place);
                }
                Entry::Meaning { item, .. } => {
                    self.item(item, Tag::DefinitionListDefinition, TagEnd::DefinitionListDefinition, "dd");
                }
            }
        }
        self.close(TagEnd::DefinitionList, "dl", attributes, &source);
    }

    fn element(&mut self, element: &Element, list: &AttributeList, source: Range<usize>) {
        let mut attributes = element.attributes.clone();
        list.apply(&mut attributes, self.named);
        let name = &element.name;
        let empty = element.content.is_empty() && (element.closed || super::tags::is_void(name));
        if empty {
            return self.html(format!("<{name}{} />\n", attributes.html()), source);
        }
        let outside = std::mem::replace(&mut self.in_html, true);
        let mut html = format!("<{name}{}>", attributes.html());
        for part in &element.content {
            match part {
                Part::Html(inner) => html.push_str(inner),
                Part::Blocks(blocks) => {
                    html.push('\n');
                    self.html(std::mem::take(&mut html), source.clone());
                    self.blocks(blocks);
                }
                Part::Spans(text) => {
                    self.html(std::mem::take(&mut html), source.clone());
                    self.spans(text, false);
                }
            }
        }
        self.in_html = outside;
        html.push_str(&format!("</{name}>\n"));
        self.html(html, source);
    }

    fn math(&mut self, text: &str, attributes: Attributes, source: Range<usize>) {
        let text = crate::sanitise::escaped(text).replace("&quot;", "\"");
        let html = match &self.settings.math_engine {
            Some(_) if attributes.is_empty() => format!("\\[{text}\\]\n"),
            Some(_) => format!("<div{}>\\[{text}\\]</div>\n", attributes.html()),
            None => {
                let mut attributes = attributes;
                attributes.add("class", "kdmath");
                format!("<div{}>$$\n{text}\n$$</div>\n", attributes.html())
            }
        };
        self.html(html, source);
    }

    /// The spans of a text. In a paragraph, a backslash at the end of a line is a break.
    fn spans(&mut self, text: &Excerpt, breaks: bool) {
        let breaks = breaks && !self.in_html && !self.in_note;
        let mut spans = self.read_spans(text);
        self.end_last_line(&mut spans, breaks);
        self.inline(&spans, text, breaks);
    }

    /// The end of the last line is no break.
    fn end_last_line(&self, spans: &mut [Span], breaks: bool) {
        let Some(Span { kind: SpanKind::Text(last), .. }) = spans.last_mut() else { return };
        if last.ends_with('\n') {
            last.pop();
            if breaks && self.settings.is_gfm() && !self.settings.hard_wrap && last.ends_with('\\') {
                last.pop();
            }
        }
    }

    fn read_spans(&mut self, text: &Excerpt) -> Vec<Span> {
        let mut reader = SpanReader::new(text.as_str(), self.settings, self.known, &mut self.room);
        let spans = reader.read();
        // Not `append`: it builds the whole set anew.
        self.reading.asked.extend(reader.asked);
        spans
    }
}

/// Whether a block might be something else if it were read without what is right before and behind it: a table, a
/// heading or math is only read between boundaries.
fn needs_boundaries(block: &Block) -> bool {
    let BlockKind::Paragraph { text, .. } = &block.kind else { return false };
    let text = text.as_str();
    text.contains('|') || text.contains("$$") || text.contains("\n-") || text.contains("\n=")
}
