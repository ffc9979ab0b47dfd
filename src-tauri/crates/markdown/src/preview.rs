//! A post's block list, kept up to date edit by edit.

use std::fmt::Write;

use crate::block::{Block, Key, Options, Patch, Refusal, TextChange};
use crate::group::{Group, groups};
use crate::reconcile::{self, Origin, Outline, Recogniser, Rendered, Rewrite};
use crate::render::render;
use crate::sanitise::{self, Sanitiser};
use crate::survey::{self, Piece, Survey, survey};

/// The largest body that is rendered.
pub const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// The rendered blocks of one text.
pub struct Preview {
    text: String,
    sanitiser: Sanitiser,
    blocks: Vec<Block>,
    next_id: u32,
}

impl Preview {
    /// Renders a text whose body starts at byte `body_start`. The patch fills an empty list.
    pub fn new(text: &str, body_start: usize, options: Options) -> (Self, Patch) {
        let sanitiser = Sanitiser::new(&options.image_base);
        let mut preview = Self { text: String::new(), sanitiser, blocks: Vec::new(), next_id: 1 };
        let patch = preview.replace(text, body_start);
        (preview, patch)
    }

    /// Applies changes, sorted and apart from each other, whose offsets count in the text before all of them.
    ///
    /// # Panics
    /// If a change lies outside the text, inside a character, or before the end of the one before it.
    pub fn edit(&mut self, changes: &[TextChange], body_start: usize) -> Patch {
        let end = self.text.len();
        let from = changes.first().map_or(end, |first| first.from);
        let to = changes.last().map_or(end, |last| last.to);
        let text = applied(&self.text, changes);
        let rewrite = Rewrite { old: from..to, new_end: text.len() - (end - to) };
        self.update(text, body_start, &rewrite)
    }

    /// Takes a new text; blocks that stand in both keep their ids.
    pub fn replace(&mut self, text: &str, body_start: usize) -> Patch {
        let rewrite = changed_part(&self.text, text);
        self.update(text.to_owned(), body_start, &rewrite)
    }

    /// The blocks in the order of the text.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text that the blocks show.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn update(&mut self, text: String, body_start: usize, rewrite: &Rewrite) -> Patch {
        let body_bytes = text.len() - body_start;
        if body_bytes > MAX_BODY_BYTES {
            return self.refuse(text, Refusal::TooLarge { bytes: body_bytes, limit: MAX_BODY_BYTES });
        }
        let recogniser = Recogniser::new(&self.text, &self.blocks, rewrite);
        let mut survey = survey(&text, body_start, &recogniser);
        let groups = groups(&survey.tags);
        if lacks_events(&survey, &groups) {
            survey = survey::survey(&text, body_start, &Recogniser::blank(rewrite));
        }
        let outlines = outlines(&text, std::mem::take(&mut survey.pieces), groups, recogniser);
        let origins = reconcile::origins((&self.text, &self.blocks), (&text, &outlines));
        let lines = line_counts(&text, &outlines);
        let first_line = outlines.first().map_or(text.len(), |first| first.source.start);
        let rendered = outlines
            .into_iter()
            .zip(origins)
            .zip(lines)
            .map(|((outline, origin), lines)| self.rendered(&text, &survey, outline, origin, lines))
            .collect();
        let (blocks, patch) = reconcile::patch(&self.blocks, rendered, &mut self.next_id);
        let patch = Patch { first_line: newlines(&text[..first_line]), ..patch };
        drop(survey);
        self.text = text;
        self.blocks = blocks;
        patch
    }

    fn rendered(
        &self,
        text: &str,
        survey: &Survey<'_>,
        outline: Outline,
        origin: Origin,
        lines: u32,
    ) -> Rendered {
        let source = &text[outline.source.clone()];
        let html = match origin {
            Origin::Kept(at) | Origin::Copied(at) => self.blocks[at].html.clone(),
            Origin::New if outline.too_deep => sanitise::too_deep(source),
            Origin::New => render(&survey.events[outline.events], source, &self.sanitiser),
        };
        Rendered { source: outline.source, key: outline.key, lines, html, origin }
    }

    /// Keeps the text, so that the edit which makes it small enough finds it.
    fn refuse(&mut self, text: String, refusal: Refusal) -> Patch {
        let (blocks, patch) = reconcile::patch(&self.blocks, Vec::new(), &mut self.next_id);
        self.text = text;
        self.blocks = blocks;
        Patch { refused: Some(refusal), ..patch }
    }
}

/// Was a piece recognised that now belongs to a larger block, which must be rendered?
fn lacks_events(survey: &Survey<'_>, groups: &[Group]) -> bool {
    groups
        .iter()
        .any(|group| survey.pieces[group.pieces.clone()].iter().any(|piece| piece.recognised.is_some()))
}

/// Joins the pieces that raw HTML holds together.
fn outlines(
    text: &str,
    pieces: Vec<Piece>,
    groups: Vec<Group>,
    mut recogniser: Recogniser<'_>,
) -> Vec<Outline> {
    let mut groups = groups.into_iter().peekable();
    let mut outlines = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter();
    let mut at = 0;
    while let Some(piece) = pieces.next() {
        let mut outline = match groups.next_if(|group| group.pieces.start == at) {
            None => single(piece),
            Some(group) => {
                let rest: Vec<_> = pieces.by_ref().take(group.pieces.len() - 1).collect();
                at += rest.len();
                joined(&piece, &rest, group.too_deep)
            }
        };
        at += 1;
        if outline.recognised.is_none() {
            outline.recognised = recogniser.recognise(text, &outline.source, &outline.key);
        }
        outlines.push(outline);
    }
    outlines
}

fn single(piece: Piece) -> Outline {
    Outline {
        source: piece.source,
        key: piece.key,
        events: piece.events,
        too_deep: piece.too_deep,
        recognised: piece.recognised,
    }
}

fn joined(first: &Piece, rest: &[Piece], too_deep: bool) -> Outline {
    let pieces = || std::iter::once(first).chain(rest);
    let last = rest.last().unwrap_or(first);
    let mut context = String::new();
    for piece in pieces() {
        let (kind, offset) = (piece.key.kind, piece.source.start - first.source.start);
        // Offsets in a piece's context count from the piece, so where each starts belongs to it.
        let _ = write!(context, "{kind:?}{offset}:{}\0", piece.key.context);
    }
    Outline {
        source: first.source.start..last.source.end,
        key: Key { kind: first.key.kind, context },
        events: first.events.start..last.events.end,
        too_deep: too_deep || pieces().any(|piece| piece.too_deep),
        recognised: None,
    }
}

/// How many lines each block takes, up to the next one or the end of the text.
fn line_counts(text: &str, outlines: &[Outline]) -> Vec<u32> {
    let next_starts = outlines.iter().skip(1).map(|next| next.source.start).chain([text.len()]);
    let count = |(outline, next): (&Outline, usize)| {
        let lines = newlines(&text[outline.source.start..next]);
        // Only the last line of a text can lack its end.
        if next == text.len() && !text.ends_with('\n') { lines + 1 } else { lines }
    };
    outlines.iter().zip(next_starts).map(count).collect()
}

fn newlines(text: &str) -> u32 {
    let count = text.bytes().filter(|&byte| byte == b'\n').count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn applied(text: &str, changes: &[TextChange]) -> String {
    let inserted: usize = changes.iter().map(|change| change.insert.len()).sum();
    let mut new = String::with_capacity(text.len() + inserted);
    let mut at = 0;
    for change in changes {
        new.push_str(&text[at..change.from]);
        new.push_str(&change.insert);
        at = change.to;
    }
    new.push_str(&text[at..]);
    new
}

/// The smallest part in which two texts differ.
fn changed_part(old: &str, new: &str) -> Rewrite {
    let same = |(a, b): &(u8, u8)| a == b;
    let prefix = old.bytes().zip(new.bytes()).take_while(same).count();
    let suffix = old.bytes().rev().zip(new.bytes().rev()).take_while(same).count();
    let suffix = suffix.min(old.len() - prefix).min(new.len() - prefix);
    Rewrite { old: prefix..old.len() - suffix, new_end: new.len() - suffix }
}
