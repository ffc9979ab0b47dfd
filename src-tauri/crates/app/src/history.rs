//! What a post was: its kept revisions, what differs, and how they are brought back. Nothing is brought back but as an
//! edit of the open post, and what was there before is kept first.

use std::ops::{ControlFlow, Range};

use postwright_drafts::{RevisionKind, RevisionSummary};
use postwright_post::TextChange;
use postwright_post::comparison::{self, bring_back, compare, words};
use postwright_post::diff::{self, DiffKind};
use postwright_post::paragraph::{paragraph_at, paragraph_before};
use postwright_wire::{
    self as wire, BroughtBack, Comparison, FileChanges, KeptRevision, ParagraphHistory, PostHistory, PostId,
    Stale, Wording,
};

use crate::editing::EditMarks;
use crate::failure::Failure;
use crate::open_post::OpenPost;
use crate::{App, Core, lock};

/// Kept lines around each difference.
const CONTEXT: usize = 3;
/// More lines than these are not shown: nobody reads them, and they would have to be drawn.
const MOST_LINES: usize = 3000;
/// More wordings of a paragraph than these are not looked for.
const MOST_WORDINGS: usize = 50;

impl App {
    /// The kept revisions of a post of the library.
    pub fn history(&self, post: PostId) -> Result<PostHistory, wire::Error> {
        self.core.history(post).map_err(|failure| failure.on_the_wire(self.language()))
    }

    /// The text of a kept revision.
    pub fn text_of_revision(&self, post: PostId, number: u32) -> Result<String, wire::Error> {
        let text = self.core.library.revision_text(post, number);
        text.map_err(|error| Failure::Library(error).on_the_wire(self.language()))
    }

    /// Brings a kept revision back, as an edit that can be undone, and waits until it is on disk. Answers the kept
    /// revisions, among them what was there before.
    pub fn restore(&self, post: PostId, number: u32) -> Result<PostHistory, wire::Error> {
        self.core.restore(post, number).map_err(|failure| failure.on_the_wire(self.language()))
    }
}

impl Core {
    pub(crate) fn history(&self, post: PostId) -> Result<PostHistory, Failure> {
        let revisions = self.library.revisions(post)?;
        let before = revisions.iter().skip(1).map(Some).chain([None]);
        let revisions = revisions.iter().zip(before).map(|(revision, before)| on_the_wire(revision, before));
        Ok(PostHistory { post, revisions: revisions.collect() })
    }

    pub(crate) fn compare_revision(&self, ask: &wire::CompareRevision) -> Result<Comparison, Failure> {
        let text = self.library.revision_text(ask.post, ask.number)?;
        let (now, revision) = self.text_and_revision(ask.post)?;
        let (before, after) = match ask.with {
            wire::CompareWith::Now => (text, now),
            wire::CompareWith::Before => (self.text_kept_before(ask.post, ask.number)?, text),
        };
        let mut lines = compare(&before, &after, CONTEXT);
        let left_out = lines.len().saturating_sub(MOST_LINES);
        lines.truncate(MOST_LINES);
        Ok(Comparison {
            revision,
            differences: small(comparison::count(&before, &after)),
            lines: lines.into_iter().map(line_on_the_wire).collect(),
            left_out: small(left_out),
        })
    }

    /// The changes that bring back what was, for the editor to make. What is there now is kept first.
    pub(crate) fn bring_back(&self, ask: &wire::BringBack) -> Result<FileChanges, Failure> {
        let post = self.open(ask.post)?;
        let mut post = lock(&post);
        if let Some(error) = &post.read_only {
            return Err(Failure::ReadOnly(error.clone()));
        }
        if ask.base != post.revision {
            return Ok(FileChanges::Stale(Stale { revision: post.revision }));
        }
        let changes = self.changes_to_bring_back(&post, ask.number, &ask.part)?;
        self.keep_before_bringing_back(&mut post)?;
        Ok(FileChanges::Changes(post.text.on_the_wire(&changes)))
    }

    pub(crate) fn name_revision(&self, ask: &wire::NameRevision) -> Result<PostHistory, Failure> {
        let number = match ask.number {
            Some(number) => number,
            None => self.keep_now(ask.post)?,
        };
        let name = Some(ask.name.trim().to_owned()).filter(|name| !name.is_empty());
        self.library.name_revision(ask.post, number, name)?;
        self.history(ask.post)
    }

    /// What the paragraph at a position said in the kept revisions.
    pub(crate) fn paragraph_history(&self, ask: &wire::AskParagraph) -> Result<ParagraphHistory, Failure> {
        let (text, at) = {
            let post = self.open(ask.post)?;
            let post = lock(&post);
            (post.text.to_string(), post.text.byte_at(ask.at))
        };
        let Some(paragraph) = paragraph_at(&text, at) else {
            return Ok(ParagraphHistory { now: None, wordings: Vec::new() });
        };
        let now = text[paragraph.clone()].to_owned();
        let mut wordings: Vec<(u32, String)> = Vec::new();
        self.follow_paragraph(ask.post, &text, paragraph, |revision, wording| {
            if wordings.last().map_or(now.as_str(), |(_, last)| last) != wording {
                wordings.push((revision.number, wording.to_owned()));
            }
            if wordings.len() < MOST_WORDINGS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let revisions = self.history(ask.post)?.revisions;
        let wordings = wordings.into_iter().filter_map(|(number, wording)| {
            let revision = revisions.iter().find(|revision| revision.number == number)?.clone();
            let pieces = words(&wording, &now).into_iter().map(piece_on_the_wire).collect();
            Some(Wording { revision, pieces })
        });
        Ok(ParagraphHistory { wordings: wordings.collect(), now: Some(now) })
    }

    fn restore(&self, id: PostId, number: u32) -> Result<PostHistory, Failure> {
        self.holding(id, |post| {
            if let Some(error) = &post.read_only {
                return Err(Failure::ReadOnly(error.clone()));
            }
            let changes = self.changes_to_bring_back(post, number, &BroughtBack::Whole(wire::Done {}))?;
            self.keep_before_bringing_back(post)?;
            if !changes.is_empty() {
                let changes = post.text.on_the_wire(&changes);
                let selection = post.selection;
                self.apply(post, &changes, EditMarks { selection, takes_over: None, step: None })?;
            }
            Ok(())
        })?;
        self.library.flush()?;
        self.history(id)
    }

    /// What the editor is to change so that it has a revision again, or a part of it.
    fn changes_to_bring_back(
        &self,
        post: &OpenPost,
        number: u32,
        part: &BroughtBack,
    ) -> Result<Vec<TextChange>, Failure> {
        let now = post.text.to_string();
        match part {
            BroughtBack::Whole(_) => {
                Ok(diff::changes_between(&now, &self.library.revision_text(post.id, number)?))
            }
            BroughtBack::Difference(shown) => {
                if shown.revision != post.revision {
                    return Err(Failure::ComparisonOutdated);
                }
                let text = self.library.revision_text(post.id, number)?;
                let change = bring_back(&text, &now, shown.difference as usize);
                Ok(vec![change.ok_or(Failure::ComparisonOutdated)?])
            }
            BroughtBack::Paragraph(at) => self.paragraph_back(post, &now, number, *at),
        }
    }

    fn paragraph_back(
        &self,
        post: &OpenPost,
        now: &str,
        number: u32,
        at: u32,
    ) -> Result<Vec<TextChange>, Failure> {
        let paragraph = paragraph_at(now, post.text.byte_at(at)).ok_or(Failure::ComparisonOutdated)?;
        let mut found = None;
        self.follow_paragraph(post.id, now, paragraph.clone(), |revision, wording| {
            if revision.number != number {
                return ControlFlow::Continue(());
            }
            found = Some(wording.to_owned());
            ControlFlow::Break(())
        })?;
        let insert = found.ok_or(Failure::ComparisonOutdated)?;
        Ok(vec![TextChange { from: paragraph.start, to: paragraph.end, insert }])
    }

    /// Shows what a paragraph said in each kept revision, the newest first, as far back as it was there.
    fn follow_paragraph(
        &self,
        post: PostId,
        now: &str,
        paragraph: Range<usize>,
        mut look: impl FnMut(&RevisionSummary, &str) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let (mut newer, mut place) = (now.to_owned(), paragraph);
        Ok(self.library.look_back(post, |revision, older| {
            let Some(before) = paragraph_before(&newer, &place, older) else {
                return ControlFlow::Break(());
            };
            (newer, place) = (older.to_owned(), before);
            look(revision, &older[place.clone()])
        })?)
    }

    fn keep_before_bringing_back(&self, post: &mut OpenPost) -> Result<(), Failure> {
        let (text, at) = (post.text.to_string(), self.milliseconds());
        self.library.keep_revision(post.id, post.revision, &text, RevisionKind::Restored, at)?;
        post.unkept = None;
        Ok(())
    }

    /// Keeps the post as it is; the number of that revision, or of the newest if that is the same.
    fn keep_now(&self, id: PostId) -> Result<u32, Failure> {
        let post = self.open(id)?;
        let mut post = lock(&post);
        let (text, at) = (post.text.to_string(), self.milliseconds());
        let kept = self.library.keep_revision(id, post.revision, &text, RevisionKind::Auto, at)?;
        post.unkept = None;
        match kept {
            Some(number) => Ok(number),
            None => {
                let kept = self.library.revisions(id)?;
                let is_it = |kept: &&RevisionSummary| {
                    self.library.revision_text(id, kept.number).is_ok_and(|other| other == text)
                };
                let same = kept.iter().find(is_it).map(|kept| kept.number);
                same.ok_or_else(|| Failure::Impossible("nothing was kept".to_owned()))
            }
        }
    }

    fn text_and_revision(&self, id: PostId) -> Result<(String, wire::Revision), Failure> {
        if let Some(open) = lock(&self.open).get(&id) {
            let post = lock(open);
            return Ok((post.text.to_string(), post.revision));
        }
        let stored = self.library.draft(id)?;
        Ok((stored.text, stored.revision))
    }

    /// The text that was kept before a revision; nothing before the first.
    fn text_kept_before(&self, post: PostId, number: u32) -> Result<String, Failure> {
        let kept = self.library.revisions(post)?;
        match kept.into_iter().skip_while(|revision| revision.number != number).nth(1) {
            Some(before) => Ok(self.library.revision_text(post, before.number)?),
            None => Ok(String::new()),
        }
    }
}

fn on_the_wire(revision: &RevisionSummary, before: Option<&RevisionSummary>) -> KeptRevision {
    let length = i64::from(revision.length_utf16);
    let grown = length - before.map_or(0, |before| i64::from(before.length_utf16));
    KeptRevision {
        number: revision.number,
        kind: kind_on_the_wire(revision.kind),
        at: revision.at,
        length: revision.length_utf16,
        grown: i32::try_from(grown).unwrap_or(if grown < 0 { i32::MIN } else { i32::MAX }),
        name: revision.name.clone(),
    }
}

fn kind_on_the_wire(kind: RevisionKind) -> wire::KeptKind {
    match kind {
        RevisionKind::Auto => wire::KeptKind::Auto,
        RevisionKind::Saved => wire::KeptKind::Saved,
        RevisionKind::Published => wire::KeptKind::Published,
        RevisionKind::Merged => wire::KeptKind::Merged,
        RevisionKind::Restored => wire::KeptKind::Restored,
    }
}

fn line_on_the_wire(line: comparison::ComparedLine) -> wire::ComparedLine {
    let kind = match line.kind {
        DiffKind::Kept => wire::DiffKind::Kept,
        DiffKind::Added => wire::DiffKind::Added,
        DiffKind::Removed => wire::DiffKind::Removed,
        DiffKind::Skipped(_) => wire::DiffKind::Skipped,
    };
    let pieces = match line.kind {
        DiffKind::Skipped(count) => vec![wire::Piece { text: count.to_string(), changed: false }],
        _ => line.pieces.into_iter().map(piece_on_the_wire).collect(),
    };
    wire::ComparedLine { kind, pieces, difference: line.hunk.map(small) }
}

fn piece_on_the_wire(piece: comparison::Piece) -> wire::Piece {
    wire::Piece { text: piece.text, changed: piece.changed }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
