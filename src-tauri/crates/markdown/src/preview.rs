//! A post's block list, kept up to date edit by edit.

use std::collections::HashMap;

use crate::block::{Block, Options, Patch, Refusal, TextChange};
use crate::body::{Body, Change, MAX_PIECES, TooManyPieces};
use crate::dialect::Dialect;
use crate::group::Group;
use crate::parts::{BlockIndex, parts};
use crate::reconcile::{ROUNDS, Reconciler, Rendered};
use crate::render::Raw;
use crate::sanitise::{self, SafeHtml, Sanitiser};
use crate::shown::{Shown, Wanted};
use crate::stretch::{Piece, newlines};
use crate::stretches::{Place, Stretches};
use crate::time::Time;

/// The largest body that is rendered.
pub const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// The rendered blocks of one text.
pub struct Preview {
    options: Options,
    sanitiser: Sanitiser,
    /// What stands before the body.
    front: String,
    body: Body,
    /// The body while it is too large to be rendered.
    unread: Option<String>,
    blocks: Vec<Shown>,
    /// The last block is the footnotes.
    ends_in_notes: bool,
    next_id: u32,
    /// How many more answers in a row may go on with colours for which there was no time.
    rounds: u32,
}

impl Preview {
    /// Renders a text whose body starts at byte `body_start`. The patch fills an empty list.
    pub fn new(text: &str, body_start: usize, options: Options) -> (Self, Patch) {
        let mut preview = Self {
            sanitiser: Sanitiser::new(&options.image_base, options.remote_images),
            front: text[..body_start].to_owned(),
            body: Body::new(options.dialect.clone(), options.remote_images),
            unread: None,
            blocks: Vec::new(),
            ends_in_notes: false,
            next_id: 1,
            rounds: ROUNDS,
            options,
        };
        let patch = preview.fill(text[body_start..].to_owned());
        (preview, patch)
    }

    /// Applies changes, sorted and apart from each other, whose offsets count in the text before all of them.
    ///
    /// # Panics
    /// If a change lies outside the text, inside a character, or before the end of the one before it.
    pub fn edit(&mut self, changes: &[TextChange], body_start: usize) -> Patch {
        let in_front = changes.partition_point(|change| change.from < self.front.len());
        let (of_front, of_body) = changes.split_at(in_front);
        let whole = of_front.last().is_none_or(|last| last.to <= self.front.len());
        if !whole || length_after(self.front.len(), of_front) != body_start {
            return self.replace(&applied(&self.to_text(), changes), body_start);
        }
        let offset = self.front.len();
        let of_body: Vec<_> = of_body
            .iter()
            .map(|change| TextChange {
                from: change.from - offset,
                to: change.to - offset,
                insert: change.insert.clone(),
            })
            .collect();
        if !of_front.is_empty() {
            self.front = applied(&self.front, of_front);
        }
        self.edit_body(&of_body, &Time::of_edit(self.options.watch))
    }

    /// Takes a new text; blocks that stand in both keep their ids.
    pub fn replace(&mut self, text: &str, body_start: usize) -> Patch {
        let old = self.to_text();
        let change = changed_part(&old[self.front.len()..], &text[body_start..]);
        self.front = text[..body_start].to_owned();
        self.rounds = ROUNDS;
        self.edit_body(&[change], &Time::of_post(self.options.watch))
    }

    /// Reads a text by another dialect; blocks that show the same keep their ids.
    pub fn read_as(&mut self, dialect: Dialect, text: &str, body_start: usize) -> Patch {
        let old = std::mem::replace(&mut self.body, Body::new(dialect.clone(), self.options.remote_images));
        self.options.dialect = dialect;
        self.front = text[..body_start].to_owned();
        self.unread = None;
        self.rounds = ROUNDS;
        let body = &text[body_start..];
        if body.len() > MAX_BODY_BYTES {
            return self.refuse_size(body.to_owned());
        }
        let time = Time::of_post(self.options.watch);
        match self.body.edit(&[TextChange { from: 0, to: 0, insert: body.to_owned() }], &time) {
            Ok(change) => self.show(&change.instead_of(old), &time),
            Err(too_many) => self.refuse(body.to_owned(), too_many.into()),
        }
    }

    /// The blocks in the order of the text.
    pub fn blocks(&self) -> Vec<Block> {
        self.blocks.iter().map(Shown::block).collect()
    }

    /// What decides how the text is rendered.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The text that the blocks show, put together from its parts.
    pub fn to_text(&self) -> String {
        let mut text = self.front.clone();
        text.extend(self.body.stretches.iter().map(|stretch| stretch.source.as_str()));
        text.push_str(self.unread.as_deref().unwrap_or_default());
        text
    }

    fn edit_body(&mut self, changes: &[TextChange], time: &Time) -> Patch {
        if let Some(unread) = self.unread.take() {
            return self.fill(applied(&unread, changes));
        }
        let bytes = length_after(self.body.len(), changes);
        if bytes > MAX_BODY_BYTES {
            return self.refuse_size(self.body_after(changes));
        }
        // An edit of the front matter alone, or of nothing.
        if changes.is_empty() {
            let mut reconciler = Reconciler::new(&mut self.blocks, &mut self.next_id, time);
            self.rounds = reconciler.continue_colouring(self.rounds);
            let patch = reconciler.finish();
            return Patch { first_line: self.first_line(), ..patch };
        }
        match self.body.edit(changes, time) {
            Ok(change) => self.show(&change, time),
            Err(too_many) => self.refuse(self.body_after(changes), too_many.into()),
        }
    }

    fn body_after(&self, changes: &[TextChange]) -> String {
        applied(&self.to_text()[self.front.len()..], changes)
    }

    /// Gives an empty list its body.
    fn fill(&mut self, body: String) -> Patch {
        if body.len() > MAX_BODY_BYTES {
            return self.refuse_size(body);
        }
        let time = Time::of_post(self.options.watch);
        match self.body.edit(&[TextChange { from: 0, to: 0, insert: body.clone() }], &time) {
            Ok(change) => self.show(&change, &time),
            Err(too_many) => self.refuse(body, too_many.into()),
        }
    }

    fn refuse_size(&mut self, body: String) -> Patch {
        let refusal = Refusal::TooLarge { bytes: body.len(), limit: MAX_BODY_BYTES };
        self.refuse(body, refusal)
    }

    /// Keeps the text, so that the edit which makes it small enough finds it.
    fn refuse(&mut self, body: String, refusal: Refusal) -> Patch {
        let time = Time::of_edit(self.options.watch);
        let mut reconciler = Reconciler::new(&mut self.blocks, &mut self.next_id, &time);
        reconciler.replace_all();
        let patch = reconciler.finish();
        self.ends_in_notes = false;
        self.body = Body::new(self.options.dialect.clone(), self.options.remote_images);
        self.unread = Some(body);
        Patch { refused: Some(refusal), first_line: newlines(&self.front), ..patch }
    }

    /// Renders what a change concerns and puts it into the list.
    fn show(&mut self, change: &Change, time: &Time) -> Patch {
        let flow = self.blocks.len() - usize::from(self.ends_in_notes);
        let parts = parts(change, &self.body.groups);
        let mut renderer = Renderer {
            sanitiser: &self.sanitiser,
            stretches: &self.body.stretches,
            place: parts.first().map_or(change.place, |first| {
                if first.new.start < change.place.pieces { Place::default() } else { change.place }
            }),
            known: known(change, &self.blocks),
            time,
        };
        let mut reconciler = Reconciler::new(&mut self.blocks, &mut self.next_id, time);
        let (mut old_index, mut new_index) =
            (BlockIndex::new(&change.old_groups), BlockIndex::new(&self.body.groups));
        for part in parts {
            let mut rendered = Vec::new();
            let mut piece = part.new.start;
            while piece < part.new.end {
                let group = new_index.of(piece).1;
                rendered.push(renderer.render(piece, group));
                piece = group.map_or(piece + 1, |group| group.pieces.end);
            }
            let old = old_index.of(part.old.start).0..old_index.of(part.old.end).0;
            reconciler.replace(old, rendered);
        }
        if change.notes {
            let notes: Vec<_> = self.body.notes.iter().map(|notes| renderer.notes(notes)).collect();
            let shown = !notes.is_empty();
            reconciler.replace(flow..flow + usize::from(self.ends_in_notes), notes);
            self.ends_in_notes = shown;
        }
        self.rounds = reconciler.continue_colouring(self.rounds);
        let patch = reconciler.finish();
        Patch { first_line: self.first_line(), ..patch }
    }

    fn first_line(&self) -> u32 {
        let mut lines = newlines(&self.front);
        for stretch in self.body.stretches.iter() {
            match stretch.pieces.first() {
                Some(first) => return lines + newlines(&stretch.source[..first.start]),
                None => lines += newlines(&stretch.source),
            }
        }
        lines
    }
}

impl From<TooManyPieces> for Refusal {
    fn from(too_many: TooManyPieces) -> Self {
        Self::TooManyBlocks { blocks: too_many.pieces, limit: MAX_PIECES }
    }
}

/// What the pieces that are gone said, and what was shown for it: most of what comes says just that.
fn known(change: &Change, blocks: &[Shown]) -> HashMap<Raw, SafeHtml> {
    let mut index = BlockIndex::new(&change.old_groups);
    let mut known = HashMap::new();
    let pieces = change.removed.iter().flat_map(|stretch| &stretch.pieces);
    for (at, piece) in change.old.clone().zip(pieces) {
        if let (block, None) = index.of(at)
            && !piece.raw.shows_source()
            && let Some(html) = blocks[block].known_html()
        {
            known.insert(piece.raw.clone(), html.clone());
        }
    }
    known
}

/// Makes blocks of pieces, which it is asked for in their order.
struct Renderer<'p> {
    sanitiser: &'p Sanitiser,
    stretches: &'p Stretches,
    /// Where to look next.
    place: Place,
    known: HashMap<Raw, SafeHtml>,
    time: &'p Time,
}

impl<'p> Renderer<'p> {
    fn render(&mut self, piece: usize, group: Option<&Group>) -> Rendered {
        match group {
            Some(group) => self.group(group),
            None => {
                let (piece, source) = self.piece(piece);
                Rendered { lines: piece.lines, wanted: self.wanted(&piece.raw, source) }
            }
        }
    }

    /// Cleaned as one, since what one piece opens another closes.
    fn group(&mut self, group: &Group) -> Rendered {
        let (mut lines, mut source, mut html) = (0, String::new(), Some(String::new()));
        for piece in group.pieces.clone() {
            let (piece, piece_source) = self.piece(piece);
            lines += piece.lines;
            source.push_str(piece_source);
            match (&mut html, piece.raw.as_part(self.time)) {
                (Some(html), Some(part)) => html.push_str(&part),
                _ => html = None,
            }
        }
        let html = match html.filter(|_| !group.too_deep) {
            Some(html) => self.sanitiser.clean(&html, source.trim_end()),
            None => sanitise::too_deep(source.trim_end()),
        };
        Rendered { lines, wanted: Wanted::Html(html) }
    }

    fn notes(&mut self, raw: &Raw) -> Rendered {
        let source = raw.as_part(self.time).unwrap_or_default().into_owned();
        Rendered { lines: 0, wanted: self.wanted(raw, &source) }
    }

    fn wanted(&mut self, raw: &Raw, source: &str) -> Wanted {
        if matches!(raw, Raw::Html(_))
            && let Some(html) = self.known.get(raw)
        {
            return Wanted::Html(html.clone());
        }
        let wanted = raw.wanted(source.trim_end(), self.sanitiser);
        if let Wanted::Html(html) = &wanted
            && !raw.shows_source()
        {
            self.known.insert(raw.clone(), html.clone());
        }
        wanted
    }

    fn piece(&mut self, piece: usize) -> (&'p Piece, &'p str) {
        self.place = self.stretches.of_piece(piece, self.place);
        let at = piece - self.place.pieces;
        let stretch = &self.stretches[self.place.stretch];
        (&stretch.pieces[at], stretch.piece_source(at))
    }
}

fn length_after(length: usize, changes: &[TextChange]) -> usize {
    let inserted: usize = changes.iter().map(|change| change.insert.len()).sum();
    let removed: usize = changes.iter().map(|change| change.to - change.from).sum();
    length + inserted - removed
}

fn applied(text: &str, changes: &[TextChange]) -> String {
    let mut new = String::with_capacity(length_after(text.len(), changes));
    let mut at = 0;
    for change in changes {
        new.push_str(&text[at..change.from]);
        new.push_str(&change.insert);
        at = change.to;
    }
    new.push_str(&text[at..]);
    new
}

/// The smallest change that makes one text of another.
fn changed_part(old: &str, new: &str) -> TextChange {
    let same = |(a, b): &(char, char)| a == b;
    let prefix = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum::<usize>();
    let suffix = old[prefix..].chars().rev().zip(new[prefix..].chars().rev()).take_while(same);
    let suffix = suffix.map(|(c, _)| c.len_utf8()).sum::<usize>();
    TextChange { from: prefix, to: old.len() - suffix, insert: new[prefix..new.len() - suffix].to_owned() }
}
