//! A post's block list, kept up to date edit by edit.

use std::fmt::Write;

use crate::block::{Block, Key, Options, Patch, Refusal, TextChange};
use crate::group::groups;
use crate::reconcile::{self, Origin, Outline, Rendered, Rewrite};
use crate::render::render;
use crate::sanitise::{self, Sanitiser};
use crate::survey::{Piece, Survey, survey};

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
        let survey = survey(&text, body_start);
        let outlines = outlines(&survey);
        let origins = reconcile::origins((&self.text, &self.blocks), (&text, &outlines), rewrite);
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

/// Joins the pieces that raw HTML holds together.
fn outlines(survey: &Survey<'_>) -> Vec<Outline> {
    let mut groups = groups(&survey.tags).into_iter().peekable();
    let mut outlines = Vec::with_capacity(survey.pieces.len());
    let mut at = 0;
    while let Some(piece) = survey.pieces.get(at) {
        let group = groups.next_if(|group| group.pieces.start == at);
        let Some(group) = group else {
            outlines.push(Outline {
                source: piece.source.clone(),
                key: Key { kind: piece.kind, context: piece.context.clone() },
                events: piece.events.clone(),
                too_deep: piece.too_deep,
            });
            at += 1;
            continue;
        };
        at = group.pieces.end;
        outlines.push(joined(&survey.pieces[group.pieces], group.too_deep));
    }
    outlines
}

fn joined(pieces: &[Piece], too_deep: bool) -> Outline {
    let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
    let mut context = String::new();
    for piece in pieces {
        // Offsets in a piece's context count from the piece, so where each starts belongs to it.
        let _ = write!(
            context,
            "{:?}{}:{}\0",
            piece.kind,
            piece.source.start - first.source.start,
            piece.context
        );
    }
    Outline {
        source: first.source.start..last.source.end,
        key: Key { kind: first.kind, context },
        events: first.events.start..last.events.end,
        too_deep: too_deep || pieces.iter().any(|piece| piece.too_deep),
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
