//! The blocks of a run: pulldown-cmark's, with what stands in them read as goldmark does.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::attributes::{self, Attributes};
use super::inline::{self, Context, Inlines, Place};
use super::leaf::Leaf;
use super::lists::Tightened;
use super::table::Table;
use super::{Hugo, misread};
use crate::dialect::common::{Room, normalised_label};
use crate::reading::{Definitions, LinkTarget, Reading};

/// What a post shows in lists ends here.
const DIVIDER: &str = "<!--more-->";

/// Cells that fill up the rows of a table, so that a wide head and many short rows take no quadratic room.
const MAX_PADDING: usize = 50_000;

pub(super) fn read(hugo: &Hugo, source: &str, known: &Definitions) -> Reading {
    let text = misread::hidden(source, options(hugo));
    let parser = Parser::new_ext(&text, options(hugo));
    let mut reading = Reading::default();
    for (label, definition) in parser.reference_definitions().iter() {
        let target = LinkTarget {
            url: definition.dest.clone().into_static(),
            title: definition.title.clone().unwrap_or(CowStr::Borrowed("")).into_static(),
        };
        reading.found.links.insert(normalised_label(label), target);
    }
    let events: Vec<_> = parser.into_offset_iter().collect();
    let context = Context { hugo, known, asked: BTreeSet::new(), room: Room::of(source) };
    let mut blocks = Blocks { source, context, containers: Vec::new(), tightened: Vec::new(), reading };
    blocks.run(&events);
    blocks.reading.asked = blocks.context.asked;
    blocks.reading
}

fn options(hugo: &Hugo) -> Options {
    let mut options = Options::empty();
    options.set(Options::ENABLE_FOOTNOTES, hugo.footnotes.enabled);
    options.set(Options::ENABLE_DEFINITION_LIST, hugo.definition_lists);
    options
}

type Parsed<'a> = (Event<'a>, Range<usize>);

/// What a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    /// In a tight list the paragraphs are bare text.
    Item {
        /// Something of the item has been read.
        begun: bool,
        tight: bool,
    },
    /// A description right under its term: its paragraphs are bare text.
    TightDescription,
    Other,
}

pub(super) struct Blocks<'a> {
    pub(super) source: &'a str,
    pub(super) context: Context<'a>,
    containers: Vec<Container>,
    /// By list that is open: it is loose to pulldown-cmark and tight to goldmark.
    tightened: Vec<bool>,
    pub(super) reading: Reading,
}

impl Blocks<'_> {
    fn run(&mut self, events: &[Parsed<'_>]) {
        let tightened =
            if self.context.hugo.tables { Tightened::of(self.source, events) } else { Tightened::default() };
        let mut at = 0;
        while at < events.len() {
            match &events[at].0 {
                Event::Start(Tag::List(_)) => self.tightened.push(tightened.holds(at)),
                Event::End(TagEnd::List(_)) => _ = self.tightened.pop(),
                _ => {}
            }
            at = self.block(events, at);
        }
    }

    /// Reads the block at an event, or enters or leaves one that holds others, and says which event is next.
    fn block(&mut self, events: &[Parsed<'_>], at: usize) -> usize {
        let (event, range) = &events[at];
        match event {
            Event::Start(Tag::Paragraph) => self.paragraph(range, self.in_tightened_item()),
            Event::Start(Tag::Heading { level, .. }) => self.heading(*level, range),
            Event::Start(Tag::DefinitionListTitle) => self.term(range),
            Event::Start(Tag::HtmlBlock) if !self.context.hugo.raw_html => self.omitted_html(range),
            Event::Start(Tag::HtmlBlock | Tag::CodeBlock(_)) => {
                let next = after(events, at);
                self.enter_item();
                self.raw(&events[at..next]);
                return next;
            }
            Event::Start(tag) if is_inline(tag) => return self.bare_text(events, at),
            Event::Start(tag) => {
                self.enter_item();
                self.containers.push(self.container(tag, range));
                if let Tag::FootnoteDefinition(label) = tag {
                    self.reading.found.notes.insert(label.to_string());
                }
                self.push(event.clone().into_static(), range);
                return at + 1;
            }
            Event::End(_) => {
                self.containers.pop();
                self.push(event.clone().into_static(), range);
                return at + 1;
            }
            Event::Rule => {
                self.enter_item();
                self.push(Event::Rule, range);
                return at + 1;
            }
            _ => return self.bare_text(events, at),
        }
        after(events, at)
    }

    /// Code and HTML as they are written. In a list item goldmark drops what is on a blank line.
    fn raw(&mut self, events: &[Parsed<'_>]) {
        let in_item = self.containers.iter().any(|of| matches!(of, Container::Item { .. }));
        for (event, range) in events {
            let event = match event {
                Event::Text(text) if in_item && text.contains([' ', '\t']) => {
                    Event::Text(without_blanks(text).into())
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let info = CowStr::from(with_language_apart(info));
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                }
                event => event.clone().into_static(),
            };
            self.push(event, range);
        }
    }

    fn push(&mut self, event: Event<'static>, range: &Range<usize>) {
        self.reading.events.push((event, range.clone()));
    }

    fn container(&self, tag: &Tag<'_>, range: &Range<usize>) -> Container {
        match tag {
            Tag::BlockQuote(_) => Container::Quote,
            Tag::Item => {
                Container::Item { begun: false, tight: self.tightened.last().copied().unwrap_or(false) }
            }
            Tag::DefinitionListDefinition if !follows_blank_line(self.source, range.start) => {
                Container::TightDescription
            }
            _ => Container::Other,
        }
    }

    /// The item has begun, if this is one.
    pub(super) fn enter_item(&mut self) -> Place {
        match self.containers.last_mut() {
            Some(Container::Item { begun: begun @ false, .. }) => {
                *begun = true;
                Place::ItemStart
            }
            _ => Place::Elsewhere,
        }
    }

    fn in_tightened_item(&self) -> bool {
        matches!(self.containers.last(), Some(Container::Item { tight: true, .. }))
    }

    /// Only the first paragraph of a description is bare in goldmark.
    fn leave_tight(&mut self) -> bool {
        match self.containers.last_mut() {
            Some(container @ Container::TightDescription) => {
                *container = Container::Other;
                true
            }
            _ => false,
        }
    }

    pub(super) fn leaf(&self, range: &Range<usize>) -> Leaf {
        let quotes = self.containers.iter().filter(|container| **container == Container::Quote).count();
        Leaf::new(self.source, range.clone(), quotes)
    }

    /// The text of a tight list's item: pulldown-cmark has no paragraph around it.
    fn bare_text(&mut self, events: &[Parsed<'_>], at: usize) -> usize {
        let mut next = at;
        let mut end = events[at].1.end;
        while let Some((event, range)) = events.get(next) {
            let inline = match event {
                Event::Start(tag) => is_inline(tag),
                Event::End(tag) => is_inline_end(*tag),
                Event::Rule | Event::Html(_) => false,
                _ => true,
            };
            if !inline {
                break;
            }
            end = end.max(range.end);
            next += 1;
        }
        let mut start = events[at].1.start;
        // Escaped punctuation begins behind its backslash.
        start -= usize::from(matches!(events[at].0, Event::Text(_)) && self.source[..start].ends_with('\\'));
        self.paragraph(&(start..end), true);
        next
    }

    fn paragraph(&mut self, range: &Range<usize>, bare: bool) {
        let bare = bare || self.leave_tight();
        let place = self.enter_item();
        let leaf = self.leaf(range);
        if let Some(at) = leaf.text.find(DIVIDER) {
            // Hugo puts blank lines around it before it reads the text.
            let rest = at + DIVIDER.len();
            self.lines_of_text(&leaf.cut(0..at), range, bare, place, None);
            let end = leaf.text.len();
            return self.lines_of_text(&leaf.cut(rest..end), range, bare, Place::Elsewhere, None);
        }
        if self.context.hugo.block_attributes
            && let Some(split) = split_at_attributes(&leaf)
        {
            return self.attributed_paragraphs(&leaf, split, range, bare, place);
        }
        self.lines_of_text(&leaf, range, bare, place, None);
    }

    /// A line of attributes ends the paragraph before it; what follows is another.
    fn attributed_paragraphs(
        &mut self,
        leaf: &Leaf,
        split: Vec<(Range<usize>, Option<Attributes>)>,
        range: &Range<usize>,
        bare: bool,
        place: Place,
    ) {
        let mut place = place;
        for (lines, attributes) in split {
            self.lines_of_text(&leaf.part(lines), range, bare, place, attributes.as_ref());
            place = Place::Elsewhere;
        }
    }

    fn lines_of_text(
        &mut self,
        leaf: &Leaf,
        range: &Range<usize>,
        bare: bool,
        place: Place,
        attributes: Option<&Attributes>,
    ) {
        if leaf.text.is_empty() {
            return;
        }
        if let Some(table) = self.context.hugo.tables.then(|| Table::find(&leaf.text)).flatten() {
            let start = if table.start == 0 { range.start } else { leaf.source(table.start) };
            self.lines_of_text(&leaf.cut(0..table.start), &(range.start..start), bare, place, None);
            return self.table(leaf, &table, &(start..range.end));
        }
        let mut inlines = inline::read(&mut self.context, leaf, place);
        let bare = bare || inlines.lone_image && !self.context.hugo.wrap_images;
        let (start, end) = match attributes {
            _ if bare => (None, None),
            Some(attributes) => (
                Some(Event::Html(format!("<p{}>", attributes.html()).into())),
                Some(Event::Html("</p>\n".into())),
            ),
            None => (Some(Event::Start(Tag::Paragraph)), Some(Event::End(TagEnd::Paragraph))),
        };
        let blocks = std::mem::take(&mut inlines.blocks);
        if blocks.is_empty() {
            self.wrapped(inlines, start, end, range);
        } else {
            self.around_blocks(inlines, &blocks, &start, &end, range);
        }
    }

    fn table(&mut self, leaf: &Leaf, table: &Table, range: &Range<usize>) {
        let tags = |tag: Tag<'static>| (Event::End(tag.to_end()), Event::Start(tag));
        let (end, start) = tags(Tag::Table(table.alignments.clone()));
        self.push(start, range);
        let mut padding = MAX_PADDING;
        for (number, row) in table.rows.iter().enumerate() {
            let (end, start) = tags(if number == 0 { Tag::TableHead } else { Tag::TableRow });
            self.push(start, range);
            for cell in row.iter().take(table.alignments.len()) {
                let (end, start) = tags(Tag::TableCell);
                let inlines = inline::read(&mut self.context, &leaf.cut(cell.clone()), Place::Cell);
                self.wrapped(inlines, Some(start), Some(end), range);
            }
            // Cells that nobody wrote have no alignment.
            let missing = table.alignments.len().saturating_sub(row.len()).min(padding);
            padding -= missing;
            for _ in 0..missing {
                self.push(Event::Html(if number == 0 { "<th></th>" } else { "<td></td>" }.into()), range);
            }
            self.push(end, range);
        }
        self.push(end, range);
    }

    pub(super) fn wrapped(
        &mut self,
        inlines: Inlines,
        start: Option<Event<'static>>,
        end: Option<Event<'static>>,
        range: &Range<usize>,
    ) {
        if let Some(start) = start {
            self.push(start, range);
        }
        self.append(inlines);
        if let Some(end) = end {
            self.push(end, range);
        }
    }

    /// Displayed mathematics stands between the parts of its paragraph.
    fn around_blocks(
        &mut self,
        inlines: Inlines,
        blocks: &[usize],
        start: &Option<Event<'static>>,
        end: &Option<Event<'static>>,
        range: &Range<usize>,
    ) {
        let Inlines { events, mut quotes, .. } = inlines;
        let mut part = Inlines::default();
        let mut first = 0;
        let total = events.len();
        for (at, event) in events.into_iter().enumerate() {
            let is_block = blocks.contains(&at);
            if !is_block {
                part.events.push(event.clone());
            }
            if is_block || at + 1 == total {
                let taken = quotes.iter().take_while(|quote| quote.event <= at).count();
                part.quotes = quotes.drain(..taken).collect();
                part.quotes.iter_mut().for_each(|quote| quote.event -= first);
                first = at + 1;
                let part = std::mem::take(&mut part);
                if part.events.iter().any(|(event, _)| !matches!(event, Event::SoftBreak)) {
                    self.wrapped(part, start.clone(), end.clone(), range);
                }
            }
            if is_block {
                self.reading.events.push(event);
            }
        }
    }

    fn append(&mut self, inlines: Inlines) {
        let first = self.reading.events.len();
        self.reading.events.extend(inlines.events);
        self.reading.quotes.extend(inlines.quotes.into_iter().map(|mut quote| {
            quote.event += first;
            quote
        }));
    }

    /// Each line above a description is a term of its own.
    fn term(&mut self, range: &Range<usize>) {
        let leaf = self.leaf(range);
        for line in 0..leaf.text.split('\n').count() {
            let inlines = inline::read(&mut self.context, &leaf.part(line..line + 1), Place::Elsewhere);
            let tag = Tag::DefinitionListTitle;
            let end = tag.to_end();
            self.wrapped(inlines, Some(Event::Start(tag)), Some(Event::End(end)), range);
        }
    }

    fn omitted_html(&mut self, range: &Range<usize>) {
        self.enter_item();
        self.push(Event::Start(Tag::HtmlBlock), range);
        self.push(Event::Html("<!-- raw HTML omitted -->\n".into()), range);
        self.push(Event::End(TagEnd::HtmlBlock), range);
    }
}

/// The event behind the end of the block that begins at one.
fn after(events: &[Parsed<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, (event, _)) in events[at..].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + offset + 1;
        }
    }
    events.len()
}

fn without_blanks(code: &str) -> String {
    let lines = code.split_inclusive('\n').map(|line| match line.trim_start_matches([' ', '\t']) {
        "\n" => "\n",
        _ => line,
    });
    lines.collect()
}

/// The language of a fence ends where its attributes begin, with a space before them or without.
fn with_language_apart(info: &str) -> String {
    match info.split_once('{') {
        Some((language, attributes)) if !language.contains([' ', '\t']) && !language.is_empty() => {
            format!("{language} {{{attributes}")
        }
        _ => info.to_owned(),
    }
}

pub(super) fn follows_blank_line(source: &str, at: usize) -> bool {
    let mut lines = source[..at].rsplit('\n');
    lines.next();
    lines.next().is_none_or(|line| line.trim_matches([' ', '\t', '\r', '>']).is_empty())
}

/// The parts of a paragraph that lines of attributes make, each with the attributes behind it.
fn split_at_attributes(leaf: &Leaf) -> Option<Vec<(Range<usize>, Option<Attributes>)>> {
    if !leaf.text.contains('{') {
        return None;
    }
    let mut parts = Vec::new();
    let (mut first, mut total) = (0, 0);
    for (number, line) in leaf.text.split('\n').enumerate() {
        total = number + 1;
        if line.starts_with('{')
            && let Some(attributes) = attributes::of_line(line)
        {
            parts.push((first..number, Some(attributes)));
            first = number + 1;
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push((first..total, None));
    Some(parts)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
