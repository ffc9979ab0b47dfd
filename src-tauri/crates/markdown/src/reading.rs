//! What an engine reads out of a run of top-level blocks, before the rest of the text has its say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::macros::Variables;

/// An event and the bytes of the source that it comes from.
pub(crate) type Spanned = (Event<'static>, Range<usize>);

/// A run of top-level blocks, read.
///
/// Nothing in it depends on text outside the run but through the `known` definitions that the engine was given, so
/// that a run can be read again alone when it is edited. What begins in one block and makes the text up to its end in a
/// later block read otherwise (Liquid's `raw`) must therefore come as one top-level block: put its events between
/// `Start(Tag::HtmlBlock)` and its end, which show nothing themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Reading {
    /// In the order of the source; at depth 0 one top-level block begins where the other ends. Footnotes are
    /// `FootnoteReference` and `FootnoteDefinition` still; their numbers come later.
    pub(crate) events: Vec<Spanned>,
    /// The headings, in order.
    pub(crate) headings: Vec<HeadingAnchor>,
    /// Places for a table of contents, in order.
    pub(crate) contents: Vec<ContentsPlace>,
    /// Straight quotes that the text before the run decides, in order; [`OpenQuotes`] settles them.
    pub(crate) quotes: Vec<QuotePlace>,
    /// What this run defines for the whole text.
    pub(crate) found: Definitions,
    /// Every label that was looked up, found or not: normalised, as in [`Definitions`].
    pub(crate) asked: BTreeSet<String>,
    /// Something was opened (a Liquid block) whose end is not in this run, so that more text may read otherwise.
    pub(crate) unclosed: bool,
}

/// A heading that may get an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadingAnchor {
    /// Where its `Start(Tag::Heading)` is in the events; the assigned id goes into its `id`.
    pub(crate) event: usize,
    /// 1 to 6; 0 if no table of contents may list it.
    pub(crate) level: u8,
    /// The id that its text asks for, or that the writer gave; nothing if the engine gives this heading none.
    pub(crate) wanted: Option<String>,
    /// The writer gave it.
    pub(crate) given: bool,
    /// Its text as a table of contents shows it, in HTML.
    pub(crate) label_html: String,
}

/// Where a table of contents goes, if no place before it in the text asks for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentsPlace {
    /// The event that it replaces: an empty `Html`.
    pub(crate) event: usize,
    /// With numbers.
    pub(crate) ordered: bool,
    /// The levels it lists.
    pub(crate) levels: (u8, u8),
    /// HTML attributes of the list, with a blank before each, such as ` id="markdown-toc"`.
    pub(crate) attributes: String,
    /// What its links' own ids begin with, before the id that each leads to; nothing if they have none.
    pub(crate) link_ids: Option<String>,
    /// What stands there where another table is before it: the list as it is written, in HTML.
    pub(crate) otherwise: String,
}

/// A straight quote in a count that goes through the whole text: goldmark's typographer closes a quote if one was
/// opened anywhere before, be it in another paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuotePlace {
    /// The text that it is: as it is written if it may close, nothing if it opens.
    pub(crate) event: usize,
    /// `"`, not `'`.
    pub(crate) double: bool,
    /// What it becomes if a quote is open before it; nothing if it opens one.
    pub(crate) closed: Option<CowStr<'static>>,
}

/// How many quotes are open, single and double, while a text is settled from its beginning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OpenQuotes {
    counts: [usize; 2],
}

impl OpenQuotes {
    pub(crate) const NONE: Self = Self { counts: [0, 0] };

    /// Gives the quotes of the next run their form.
    pub(crate) fn settle(&mut self, reading: &mut Reading) {
        for quote in &reading.quotes {
            if let (true, Some(closed)) = (self.pass(quote), &quote.closed) {
                reading.events[quote.event].0 = Event::Text(closed.clone());
            }
        }
    }

    /// Goes past a quote; does it close one?
    pub(crate) fn pass(&mut self, quote: &QuotePlace) -> bool {
        let count = &mut self.counts[usize::from(quote.double)];
        let closes = quote.closed.is_some();
        let is_open = *count > 0;
        match (closes, is_open) {
            (false, _) => *count += 1,
            (true, true) => *count -= 1,
            (true, false) => {}
        }
        closes && is_open
    }
}

/// What one place of a text defines and all others use. Labels are normalised by the engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Definitions {
    /// Link reference definitions; the first of a label wins.
    pub(crate) links: BTreeMap<String, LinkTarget>,
    /// Labels of the footnotes that have a definition.
    pub(crate) notes: BTreeSet<String>,
    /// Abbreviations and what they stand for (kramdown).
    pub(crate) abbreviations: BTreeMap<String, String>,
    /// What Liquid's variables print; nothing for one whose value cannot be told.
    pub(crate) variables: Variables,
}

/// Where a reference link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkTarget {
    /// The URL.
    pub(crate) url: CowStr<'static>,
    /// The title, which may be empty.
    pub(crate) title: CowStr<'static>,
}

impl LinkTarget {
    /// What a copy of it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.url.len() + self.title.len()
    }
}

impl Definitions {
    /// No definitions.
    pub(crate) const NONE: Self = Self {
        links: BTreeMap::new(),
        notes: BTreeSet::new(),
        abbreviations: BTreeMap::new(),
        variables: BTreeMap::new(),
    };

    pub(crate) fn is_empty(&self) -> bool {
        self.links.is_empty()
            && self.notes.is_empty()
            && self.abbreviations.is_empty()
            && self.variables.is_empty()
    }
}

impl HeadingAnchor {
    /// All that decides about its id and the table of contents.
    pub(crate) fn asks(&self) -> (u8, Option<&str>, bool, &str) {
        (self.level, self.wanted.as_deref(), self.given, &self.label_html)
    }
}
