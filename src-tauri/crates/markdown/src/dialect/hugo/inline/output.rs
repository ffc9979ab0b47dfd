//! The events that the nodes of a leaf become.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Node;
use super::delimiter::{Delimiter, Delimiters, Mark};
use super::escapes::{named_entities_resolved, unescaped};
use crate::dialect::hugo::character::{
    is_east_asian, is_hangul, is_punctuation, is_space_discarding, is_wide,
};
use crate::dialect::hugo::leaf::Leaf;
use crate::dialect::hugo::{Hugo, LineBreaks, url};
use crate::reading::{QuotePlace, Spanned};

/// A leaf, read.
#[derive(Debug, Default)]
pub(in crate::dialect::hugo) struct Inlines {
    pub(in crate::dialect::hugo) events: Vec<Spanned>,
    /// The quotes that the text before decides; their events are counted from the first of these.
    pub(in crate::dialect::hugo) quotes: Vec<QuotePlace>,
    /// Events that are blocks of their own.
    pub(in crate::dialect::hugo) blocks: Vec<usize>,
    /// The text that an id is made of.
    pub(in crate::dialect::hugo) plain: String,
    /// It is an image and nothing else.
    pub(in crate::dialect::hugo) lone_image: bool,
}

const OMITTED: &str = "<!-- raw HTML omitted -->";

pub(super) fn written(hugo: &Hugo, leaf: &Leaf, nodes: Vec<Node>, delimiters: &Delimiters) -> Inlines {
    let mut output = Output {
        hugo,
        leaf,
        delimiters,
        images: 0,
        text: String::new(),
        text_range: 0..0,
        inlines: Inlines::default(),
    };
    output.inlines.plain = plain_text(leaf, &nodes, delimiters);
    output.inlines.lone_image = is_lone_image(&nodes);
    for at in 0..nodes.len() {
        output.write(&nodes, at);
    }
    output.end_text();
    output.inlines
}

struct Output<'a> {
    hugo: &'a Hugo,
    leaf: &'a Leaf,
    delimiters: &'a Delimiters,
    /// How many images it is in: what describes an image is text alone.
    images: usize,
    /// Text that more may follow.
    text: String,
    text_range: Range<usize>,
    inlines: Inlines,
}

impl Output<'_> {
    fn write(&mut self, nodes: &[Node], at: usize) {
        match &nodes[at] {
            Node::Text(range) => self.text(range, false),
            Node::Punctuation(range, html) => self.punctuation(range, html),
            Node::Quote { at, double, closed } => self.quote(*at, *double, closed.as_deref()),
            Node::Code(range, code) if self.images > 0 => self.push_text(code, range),
            Node::Code(range, code) => self.push(Event::Code(code.clone().into()), range),
            Node::Mark { range, delimiter } => self.marks(range, self.delimiters.get(*delimiter)),
            Node::Bracket(range) => self.text(range, true),
            Node::LinkStart { range, image, target } => {
                if self.images == 0 {
                    let (dest_url, title) = (self.address(&target.url), target.title.clone());
                    let (link_type, id) = (LinkType::Inline, CowStr::Borrowed(""));
                    let tag = if *image {
                        Tag::Image { link_type, dest_url, title, id }
                    } else {
                        Tag::Link { link_type, dest_url, title, id }
                    };
                    self.push(Event::Start(tag), range);
                }
                self.images += usize::from(*image);
            }
            Node::LinkEnd { at, image } => {
                self.images -= usize::from(*image);
                let end = if *image { TagEnd::Image } else { TagEnd::Link };
                if self.images == 0 {
                    self.push(Event::End(end), &(*at..*at));
                }
            }
            Node::Break { at: place, hard } => self.line_break(nodes, at, *place, *hard),
            // Nothing of these is in the description of an image.
            _ if self.images > 0 => {}
            Node::Html(range) => {
                let html = if self.hugo.raw_html { &self.leaf.text[range.clone()] } else { OMITTED };
                self.push(Event::InlineHtml(html.to_owned().into()), range);
            }
            Node::Autolink { range, url, label } => {
                let dest_url = url.clone().into();
                let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
                let tag = Tag::Link { link_type: LinkType::Autolink, dest_url, title, id };
                self.push(Event::Start(tag), range);
                self.push(Event::Text(self.leaf.text[label.clone()].to_owned().into()), label);
                self.push(Event::End(TagEnd::Link), range);
            }
            Node::Passed { range, block } => {
                if *block {
                    self.end_text();
                    self.inlines.blocks.push(self.inlines.events.len());
                }
                let passed = self.leaf.text[range.clone()].to_owned();
                self.push(Event::InlineHtml(passed.into()), range);
            }
            Node::Note(range, label) => self.push(Event::FootnoteReference(label.clone().into()), range),
            Node::Task(range, done) => self.push(Event::TaskListMarker(*done), range),
            Node::Emoji(range, emoji) => self.push_text(emoji, range),
        }
    }

    fn push(&mut self, event: Event<'static>, range: &Range<usize>) {
        self.end_text();
        self.inlines.events.push((event, self.leaf.source_range(range)));
    }

    /// Text behind text is one event.
    fn push_text(&mut self, text: &str, range: &Range<usize>) {
        if self.text.is_empty() {
            self.text_range = range.clone();
        }
        self.text.push_str(text);
        self.text_range.end = range.end;
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            let range = self.leaf.source_range(&self.text_range);
            self.inlines.events.push((Event::Text(text.into()), range));
        }
    }

    fn text(&mut self, range: &Range<usize>, literal: bool) {
        let raw = &self.leaf.text[range.clone()];
        if literal {
            self.push_text(raw, range);
        } else {
            self.push_text(&unescaped(raw, self.hugo.cjk.escaped_space), range);
        }
    }

    fn punctuation(&mut self, range: &Range<usize>, html: &str) {
        if html.contains('<') && self.images == 0 {
            self.push(Event::InlineHtml(html.to_owned().into()), range);
        } else {
            self.push_text(&unescaped(html, false), range);
        }
    }

    fn quote(&mut self, at: usize, double: bool, closed: Option<&str>) {
        self.end_text();
        let event = self.inlines.events.len();
        let closed = closed.map(|html| CowStr::from(unescaped(html, false).into_owned()));
        let straight = if double { "\"" } else { "'" };
        let straight = if closed.is_some() { straight } else { "" };
        self.push(Event::Text(straight.into()), &(at..at + 1));
        self.inlines.quotes.push(QuotePlace { event, double, closed });
    }

    fn marks(&mut self, range: &Range<usize>, delimiter: &Delimiter) {
        let byte = self.leaf.text[range.clone()].chars().next().unwrap_or(' ');
        if self.images == 0 {
            for &(mark, taken) in &delimiter.closes {
                self.push(end(mark, taken), range);
            }
        }
        let left = delimiter.left();
        if left > 0 {
            self.push_text(&byte.to_string().repeat(left), range);
        }
        if self.images == 0 {
            for &(mark, taken) in delimiter.opens.iter().rev() {
                self.push(start(mark, taken), range);
            }
        }
    }

    fn address(&self, raw: &str) -> CowStr<'static> {
        let address = url::percent_encoded(raw);
        if url::is_dangerous(&address) && !self.hugo.raw_html { "".into() } else { address.into() }
    }

    fn line_break(&mut self, nodes: &[Node], at: usize, place: usize, hard: bool) {
        let range = place..place + 1;
        if self.images > 0 {
            self.push_text(if hard { "<br>\n" } else { "\n" }, &range);
        } else if hard {
            self.push(Event::HardBreak, &range);
        } else if self.line_end_stays(nodes, at, place) {
            self.push(Event::SoftBreak, &range);
        }
    }

    /// `cjk.eastAsianLineBreaks`. goldmark drops every line end that has text before and anything but text behind.
    fn line_end_stays(&self, nodes: &[Node], at: usize, place: usize) -> bool {
        // Linkify parts a last space from the text before it, which then is no text that ends the line.
        let spaced = self.hugo.linkify && self.leaf.text[..place].ends_with([' ', '\t']);
        if self.hugo.cjk.line_breaks == LineBreaks::Kept || spaced {
            return true;
        }
        let last = match at.checked_sub(1).map(|before| &nodes[before]) {
            Some(Node::Text(range)) => self.leaf.text[range.clone()].chars().next_back(),
            _ => None,
        };
        let Some(last) = last else { return true };
        let next = match nodes.get(at + 1) {
            Some(Node::Text(range) | Node::Bracket(range)) => self.leaf.text[range.clone()].chars().next(),
            Some(Node::Mark { range, delimiter }) => {
                let of = self.delimiters.get(*delimiter);
                let is_text = of.left() > 0 && of.closes.is_empty();
                is_text.then(|| self.leaf.text[range.clone()].chars().next()).flatten()
            }
            _ => None,
        };
        let Some(next) = next else { return false };
        match self.hugo.cjk.line_breaks {
            LineBreaks::Kept => true,
            LineBreaks::Simple => !(is_east_asian(last) && is_east_asian(next)),
            LineBreaks::Css3Draft => css3_draft_keeps(last, next),
        }
    }
}

/// The segment break rules of CSS Text 3 (draft of 2020-04-29), as goldmark has them.
fn css3_draft_keeps(last: char, next: char) -> bool {
    if last == '\u{200b}' || next == '\u{200b}' {
        return false;
    }
    if is_wide(last) && is_wide(next) {
        return is_hangul(last) || is_hangul(next);
    }
    ![last, next].iter().any(|side| is_space_discarding(*side) || is_punctuation(*side))
}

fn start(mark: Mark, taken: usize) -> Event<'static> {
    match mark {
        Mark::Emphasis if taken == 2 => Event::Start(Tag::Strong),
        Mark::Emphasis => Event::Start(Tag::Emphasis),
        Mark::Strikethrough | Mark::Delete => Event::Start(Tag::Strikethrough),
        Mark::Subscript => Event::Start(Tag::Subscript),
        Mark::Superscript => Event::Start(Tag::Superscript),
        Mark::Insert => Event::InlineHtml("<ins>".into()),
        Mark::Highlight => Event::InlineHtml("<mark>".into()),
    }
}

fn end(mark: Mark, taken: usize) -> Event<'static> {
    match mark {
        Mark::Emphasis if taken == 2 => Event::End(TagEnd::Strong),
        Mark::Emphasis => Event::End(TagEnd::Emphasis),
        Mark::Strikethrough | Mark::Delete => Event::End(TagEnd::Strikethrough),
        Mark::Subscript => Event::End(TagEnd::Subscript),
        Mark::Superscript => Event::End(TagEnd::Superscript),
        Mark::Insert => Event::InlineHtml("</ins>".into()),
        Mark::Highlight => Event::InlineHtml("</mark>".into()),
    }
}

fn is_lone_image(nodes: &[Node]) -> bool {
    matches!(nodes.first(), Some(Node::LinkStart { image: true, .. }))
        && nodes.iter().enumerate().all(|(at, node)| match node {
            Node::LinkEnd { image: true, .. } => at + 1 == nodes.len(),
            Node::LinkStart { image: true, .. } => at == 0,
            _ => true,
        })
}

/// The text of a heading as Hugo makes an id of it: as it is written, marks, addresses and tags left out.
fn plain_text(leaf: &Leaf, nodes: &[Node], delimiters: &Delimiters) -> String {
    let mut plain = Plain::default();
    for (at, node) in nodes.iter().enumerate() {
        // goldmark makes one text of a bracket, or of marks that pair with nothing, and the text before it.
        let joins = matches!(nodes.get(at.wrapping_sub(1)), Some(Node::Text(_)));
        match node {
            Node::Text(range) => plain.add(&leaf.text[range.clone()], false),
            Node::Bracket(range) => plain.add(&leaf.text[range.clone()], joins),
            Node::Punctuation(_, html) => plain.add(html, false),
            Node::Quote { closed: Some(_), double, .. } => plain.add(if *double { "\"" } else { "'" }, joins),
            Node::Code(_, code) => plain.add(code, false),
            Node::Emoji(range, _) => plain.add(&leaf.text[range.start + 1..range.end - 1], false),
            Node::Break { .. } => plain.add("\n", true),
            Node::Mark { range, delimiter } => {
                let delimiter = delimiters.get(*delimiter);
                delimiter.closes.iter().for_each(|_| plain.leave());
                if delimiter.left() > 0 {
                    plain.add(&leaf.text[range.start..range.start + delimiter.left()], joins);
                }
                delimiter.opens.iter().for_each(|_| plain.enter());
            }
            Node::LinkStart { .. } => plain.enter(),
            Node::LinkEnd { .. } => plain.leave(),
            Node::Html(_) | Node::Autolink { .. } | Node::Note(..) | Node::Passed { .. } => {
                plain.add("", false)
            }
            Node::Quote { .. } | Node::Task(..) => {}
        }
    }
    named_entities_resolved(&plain.text)
}

/// Hugo takes of anything that holds others only the first of them.
#[derive(Default)]
struct Plain {
    text: String,
    /// What is open: whether anything of it is taken at all, and whether its first has been.
    open: Vec<(bool, bool)>,
    last_taken: bool,
}

impl Plain {
    fn add(&mut self, text: &str, joins: bool) {
        self.last_taken = if joins { self.last_taken } else { self.takes_next() };
        if self.last_taken {
            self.text.push_str(text);
        }
    }

    fn takes_next(&mut self) -> bool {
        self.open.last_mut().is_none_or(|(taken, has_first)| !std::mem::replace(has_first, true) && *taken)
    }

    fn enter(&mut self) {
        let taken = self.takes_next();
        self.open.push((taken, false));
    }

    fn leave(&mut self) {
        self.open.pop();
    }
}
