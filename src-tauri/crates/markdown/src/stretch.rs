//! A text cut where an edit's reach ends: at a blank line between two top-level blocks.
//!
//! What stands before such a line decides nothing about what stands after it but through the definitions, ids and
//! numbers in [`Shares`], so a stretch can be read alone and gives what it gives in its place.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::dialect::Engine;
use crate::group::HtmlTag;
use crate::notes::{NoteMarks, NoteNumbers};
use crate::reading::{Definitions, HeadingAnchor, OpenQuotes, QuotePlace, Reading, Spanned};
use crate::render::Raw;

/// A run of blocks from one line after a blank one to the next, the blank lines behind it included.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    pub(crate) source: String,
    /// Its top-level blocks; none in blank lines and definitions before the first block of a text.
    pub(crate) pieces: Vec<Piece>,
    /// What it has to do with the rest of the text; most stretches have nothing.
    shares: Option<Box<Shares>>,
}

/// A top-level block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where its first line starts in the stretch. It reaches up to the next piece.
    pub(crate) start: usize,
    pub(crate) kind: Kind,
    /// How many lines it takes.
    pub(crate) lines: u32,
    pub(crate) raw: Raw,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    Heading,
    Quote,
    List,
    Table,
    Html,
    IndentedCode,
    FencedCode,
    Note,
    Other,
}

/// What a stretch gives to the rest of the text and takes from it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Shares {
    pub(crate) found: Definitions,
    pub(crate) asked: BTreeSet<String>,
    pub(crate) headings: Vec<HeadingAnchor>,
    /// The ids of the headings.
    pub(crate) ids: Vec<Option<String>>,
    /// It has a place for a table of contents.
    pub(crate) contents: bool,
    /// The table of contents is shown in it: in the first of a text that has a place.
    pub(crate) shows_contents: bool,
    pub(crate) quotes: Vec<QuotePlace>,
    /// The quotes that are open before it; kept only if it has quotes itself.
    pub(crate) open_quotes: OpenQuotes,
    pub(crate) notes: NoteMarks,
    /// The numbers of the notes.
    pub(crate) numbers: NoteNumbers,
    /// The tags of raw HTML, by piece.
    pub(crate) tags: Vec<HtmlTag>,
}

static NO_SHARES: Shares = Shares {
    found: Definitions::NONE,
    asked: BTreeSet::new(),
    headings: Vec::new(),
    ids: Vec::new(),
    contents: false,
    shows_contents: false,
    quotes: Vec::new(),
    open_quotes: OpenQuotes::NONE,
    notes: NoteMarks::NONE,
    numbers: NoteNumbers::NONE,
    tags: Vec::new(),
};

/// The events of a stretch, which are kept only until it is rendered.
pub(crate) struct Events {
    pub(crate) reading: Reading,
    pub(crate) cuts: Vec<Cut>,
}

/// Where a piece begins, and its events.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) start: usize,
    pub(crate) kind: Kind,
    pub(crate) events: Range<usize>,
}

impl Stretch {
    /// Reads a stretch alone.
    pub(crate) fn read(source: String, engine: &dyn Engine, known: &Definitions) -> (Self, Events) {
        let reading = engine.read(&source, known);
        Self::of_reading(source, reading, engine)
    }

    /// The stretch that a reading is of.
    pub(crate) fn of_reading(source: String, mut reading: Reading, engine: &dyn Engine) -> (Self, Events) {
        let cuts = cuts(&source, &reading.events);
        let gathered = crate::notes::are_gathered(engine.notes());
        let shares = Shares {
            found: std::mem::take(&mut reading.found),
            asked: std::mem::take(&mut reading.asked),
            headings: reading.headings.clone(),
            contents: !reading.contents.is_empty(),
            quotes: reading.quotes.clone(),
            notes: NoteMarks::of(&reading.events, gathered),
            tags: tags(&reading.events, &cuts),
            ..Shares::default()
        };
        let pieces = pieces(&source, &cuts);
        let shares = (shares != NO_SHARES).then(|| Box::new(shares));
        (Self { source, pieces, shares }, Events { reading, cuts })
    }

    pub(crate) fn shares(&self) -> &Shares {
        self.shares.as_deref().unwrap_or(&NO_SHARES)
    }

    /// Nothing if there is nothing to change.
    pub(crate) fn shares_mut(&mut self) -> Option<&mut Shares> {
        self.shares.as_deref_mut()
    }

    /// Is this text, cut so, what the stretch is already?
    pub(crate) fn is(&self, source: &str, start: usize, cuts: &[Cut]) -> bool {
        self.pieces.len() == cuts.len()
            && self.source == source
            && self
                .pieces
                .iter()
                .zip(cuts)
                .all(|(piece, cut)| piece.start == cut.start - start && piece.kind == cut.kind)
    }

    /// The text of one piece.
    pub(crate) fn piece_source(&self, at: usize) -> &str {
        let end = self.pieces.get(at + 1).map_or(self.source.len(), |next| next.start);
        &self.source[self.pieces[at].start..end]
    }
}

/// The top-level blocks of a run. Two that share a line are one.
pub(crate) fn cuts(source: &str, events: &[Spanned]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let (mut depth, mut end, mut at) = (0_usize, 0, 0);
    while let Some((event, range)) = events.get(at) {
        let first = at;
        loop {
            match events.get(at).map(|(event, _)| event) {
                Some(Event::Start(_)) => depth += 1,
                Some(Event::End(_)) => depth = depth.saturating_sub(1),
                Some(_) => {}
                None => break,
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        let start = line_start(source, end, range.start.max(end));
        end = end.max(range.end).min(source.len());
        match (start, cuts.last_mut()) {
            (Some(start), Some(last)) if last.start == start => last.events.end = at,
            (None, Some(last)) => last.events.end = at,
            (start, _) => {
                cuts.push(Cut { start: start.unwrap_or_default(), kind: kind(event), events: first..at });
            }
        }
    }
    cuts
}

/// Where the line of `at` starts, unless what ended at `floor` is in that line too.
fn line_start(source: &str, floor: usize, at: usize) -> Option<usize> {
    let at = at.min(source.len());
    match source.as_bytes()[floor..at].iter().rposition(|&byte| byte == b'\n') {
        Some(newline) => Some(floor + newline + 1),
        None => (floor == 0 || source.as_bytes()[floor - 1] == b'\n').then_some(floor),
    }
}

fn kind(event: &Event<'_>) -> Kind {
    match event {
        Event::Start(Tag::Paragraph) => Kind::Paragraph,
        Event::Start(Tag::Heading { .. }) => Kind::Heading,
        Event::Start(Tag::BlockQuote(_)) => Kind::Quote,
        Event::Start(Tag::List(_)) => Kind::List,
        Event::Start(Tag::Table(_)) => Kind::Table,
        Event::Start(Tag::HtmlBlock) | Event::Html(_) => Kind::Html,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Kind::IndentedCode,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Kind::FencedCode,
        Event::Start(Tag::FootnoteDefinition(_)) => Kind::Note,
        _ => Kind::Other,
    }
}

/// The stretches of a run: their bytes, and which cuts they hold.
pub(crate) fn spans(source: &str, cuts: &[Cut]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut spans = Vec::new();
    let (mut start, mut first) = (0, 0);
    for (at, cut) in cuts.iter().enumerate() {
        if cut.start > start && follows_blank_line(source, cut.start) {
            spans.push((start..cut.start, first..at));
            (start, first) = (cut.start, at);
        }
    }
    spans.push((start..source.len(), first..cuts.len()));
    spans
}

fn follows_blank_line(source: &str, start: usize) -> bool {
    let mut before = source.as_bytes()[..start].iter().rev();
    before.next() == Some(&b'\n')
        && before.take_while(|&&byte| byte != b'\n').all(|byte| matches!(byte, b' ' | b'\t'))
}

fn pieces(source: &str, cuts: &[Cut]) -> Vec<Piece> {
    let ends = cuts.iter().skip(1).map(|next| next.start).chain([source.len()]);
    let piece = |(cut, end): (&Cut, usize)| {
        let lines = lines(&source[cut.start..end]);
        Piece { start: cut.start, kind: cut.kind, lines, raw: Raw::default() }
    };
    cuts.iter().zip(ends).map(piece).collect()
}

/// The lines of a text; the last one may lack its end.
pub(crate) fn lines(text: &str) -> u32 {
    let open = !text.is_empty() && !text.ends_with('\n');
    newlines(text).saturating_add(u32::from(open))
}

pub(crate) fn newlines(text: &str) -> u32 {
    let count = text.bytes().filter(|&byte| byte == b'\n').count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The tags of all pieces that are raw HTML.
fn tags(events: &[Spanned], cuts: &[Cut]) -> Vec<HtmlTag> {
    let mut tags = Vec::new();
    for (at, cut) in cuts.iter().enumerate().filter(|(_, cut)| cut.kind == Kind::Html) {
        let mut html = String::new();
        for (event, _) in &events[cut.events.clone()] {
            if let Event::Html(more) = event {
                html.push_str(more);
            }
        }
        HtmlTag::scan(&html, at, &mut tags);
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    fn cut(source: &str) -> Vec<Vec<String>> {
        let dialect = Dialect::default();
        let reading = dialect.engine().read(source, &Definitions::default());
        let cuts = cuts(source, &reading.events);
        let stretch = |(bytes, within): (Range<usize>, Range<usize>)| {
            let (stretch, _) =
                Stretch::read(source[bytes].to_owned(), dialect.engine(), &Definitions::default());
            assert_eq!(stretch.pieces.len(), within.len());
            (0..stretch.pieces.len()).map(|at| stretch.piece_source(at).to_owned()).collect()
        };
        spans(source, &cuts).into_iter().map(stretch).collect()
    }

    #[test]
    fn a_blank_line_between_blocks_ends_a_stretch() {
        assert_eq!(
            cut("# 가\n나\n\n- 다\n\n- 라\n \t\n마\n"),
            [vec!["# 가\n", "나\n\n"], vec!["- 다\n\n- 라\n \t\n"], vec!["마\n"]]
        );
        assert_eq!(cut("\n[a]: /b\n\n가\n"), [vec![], vec!["가\n"]]);
        assert_eq!(cut(""), [Vec::<String>::new()]);
    }

    #[test]
    fn blocks_that_share_a_line_are_one() {
        let cuts = cut("[^a]: [^b]: 가\n\n나\n");
        assert_eq!(cuts, [vec!["[^a]: [^b]: 가\n\n"], vec!["나\n"]]);
    }

    #[test]
    fn the_last_line_may_lack_its_end() {
        assert_eq!([lines(""), lines("a"), lines("a\n"), lines("a\n\nb")], [0, 1, 1, 3]);
    }
}
