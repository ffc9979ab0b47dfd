//! What kramdown 2.4 reads a text as: a tree of blocks, and of spans in them.

use std::ops::Range;

use super::attributes::{AttributeList, Attributes};
use super::excerpt::Excerpt;

/// A block, with what it was given by attribute lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) list: AttributeList,
    /// Bytes of the source, the attribute lines that belong to it included.
    pub(super) source: Range<usize>,
    /// Nothing separates it from the block before.
    pub(super) adjoins: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockKind {
    Blank {
        /// One newline and nothing else.
        single: bool,
    },
    /// Something that leaves no trace in the output but ends the block before.
    Mark(Mark),
    Paragraph {
        text: Excerpt,
        /// Its text stands in the list item without a paragraph's tags.
        bare: bool,
    },
    Heading {
        level: u8,
        text: Excerpt,
        id: Option<String>,
    },
    Code {
        text: Excerpt,
        /// The word behind an opening fence, if there was a fence.
        fence: Option<String>,
    },
    Quote(Vec<Block>),
    Rule,
    List {
        ordered: bool,
        items: Vec<Item>,
    },
    Definitions(Vec<Entry>),
    Table(Table),
    Html(Element),
    /// HTML that goes out as it is.
    Verbatim(String),
    Math(String),
    Note {
        label: String,
        blocks: Vec<Block>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    EndOfBlock,
    /// A definition of a link, a note or an abbreviation, which may have an attribute line of its own.
    Definition,
    NamedList,
    AttributeLine,
    Extension,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    pub(super) blocks: Vec<Block>,
    pub(super) list: AttributeList,
    pub(super) source: Range<usize>,
    /// With a box; and whether it, or one before it in the list, has one.
    pub(super) task: Option<Task>,
}

/// GFM's task in a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Open,
    Done,
    /// The item has no box but stands behind one that has.
    Follows,
}

/// A term or what it means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    Term { text: Excerpt, list: AttributeList },
    Meaning { item: Item, in_paragraphs: bool },
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    pub(super) sections: Vec<Section>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) columns: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    pub(super) part: TablePart,
    pub(super) rows: Vec<Vec<Excerpt>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TablePart {
    Head,
    Body,
    Foot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alignment {
    Default,
    Left,
    Right,
    Center,
}

/// An HTML element among the blocks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Attributes,
    /// Written `<… />`, and its content would be left as it is.
    pub(super) closed: bool,
    pub(super) content: Vec<Part>,
}

/// What is in an HTML element.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// HTML as it goes out.
    Html(String),
    Blocks(Vec<Block>),
    Spans(Excerpt),
}

/// A span, and the bytes of its block's text that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) kind: SpanKind,
    pub(super) at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum SpanKind {
    Text(String),
    /// A character that stands for what the writer wrote: a quote, a dash, an entity.
    Symbol(String),
    Code {
        text: String,
        attributes: Attributes,
    },
    Emphasis {
        strong: bool,
        attributes: Attributes,
        spans: Vec<Span>,
    },
    Link {
        attributes: Attributes,
        spans: Vec<Span>,
    },
    Image {
        attributes: Attributes,
        list: AttributeList,
    },
    Break,
    Note(String),
    Math {
        text: String,
        attributes: Attributes,
    },
    /// HTML that goes out as it is: a comment, or what `{::nomarkdown}` holds.
    Verbatim(String),
    Element {
        name: String,
        attributes: Attributes,
        /// Its content is not Markdown.
        raw: bool,
        spans: Vec<Span>,
    },
}

impl SpanKind {
    /// The attributes that a list behind the span adds to.
    pub(super) fn attributes_mut(&mut self) -> Option<&mut Attributes> {
        match self {
            Self::Code { attributes, .. }
            | Self::Emphasis { attributes, .. }
            | Self::Link { attributes, .. }
            | Self::Image { attributes, .. }
            | Self::Math { attributes, .. }
            | Self::Element { attributes, .. } => Some(attributes),
            _ => None,
        }
    }
}
