//! Writing: edits, whole texts, fields, images.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use base64::Engine as _;
use postwright_drafts::{HistoryStep, JournalEntry, LibraryError};
use postwright_post::{TextChange, diff};
use postwright_wire::{self as wire, Applied, Edited, Event, Stale};

use crate::failure::Failure;
use crate::keeping::TextToKeep;
use crate::open_post::OpenPost;
use crate::text::BadChange;
use crate::{Core, convert, images, lock, undoing};

/// What an edit says beside its changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EditMarks<'e> {
    /// The selection afterwards.
    pub(crate) selection: wire::Selection,
    /// The hash of what the post's file came to hold, if the edit takes that over.
    pub(crate) takes_over: Option<&'e str>,
    /// What it was in the editor's history, if it was no edit of its own.
    pub(crate) step: Option<HistoryStep>,
}

impl Core {
    /// One edit: journalled, and shown in the preview. One of nothing makes no revision; it only gives code the
    /// colours for which there was no time.
    pub(crate) fn edit(&self, edit: wire::Edit) -> Result<Edited, Failure> {
        let post = self.open(edit.post)?;
        let mut post = lock(&post);
        if edit.base != post.revision {
            return Ok(Edited::Stale(Stale { revision: post.revision }));
        }
        if edit.changes.is_empty() {
            return Ok(Edited::applied(Applied {
                revision: post.revision,
                patch: convert::patch(post.colour_on(), post.revision, self.language()),
                details: None,
            }));
        }
        let marks = EditMarks {
            selection: edit.selection,
            takes_over: edit.takes_over.as_deref(),
            step: edit.step.map(undoing::for_library),
        };
        self.apply(&mut post, &edit.changes, marks).map(Edited::applied)
    }

    /// The whole text, after the window lost count.
    pub(crate) fn replace_text(&self, replace: &wire::ReplaceText) -> Result<Edited, Failure> {
        let post = self.open(replace.post)?;
        let mut post = lock(&post);
        if replace.text.contains('\r') {
            return Err(BadChange::CarriageReturn.into());
        }
        // What is the same need not be noted: an edit can be undone after a restart for the room that it takes.
        let changes = diff::changes_between(&post.text.to_string(), &replace.text);
        let changes = post.text.on_the_wire(&changes);
        let takes_over = replace.takes_over.as_deref();
        let marks = EditMarks { selection: replace.selection, takes_over, step: None };
        self.apply(&mut post, &changes, marks).map(Edited::applied)
    }

    /// Keeps an image in the library until the post is published or saved.
    pub(crate) fn add_image(&self, add: &wire::AddImage) -> Result<wire::AddedImage, Failure> {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(&add.base64)
            .map_err(|_| Failure::NoImage { name: add.name.clone() })?;
        let media_type = images::media_type_of(&add.name, &bytes)
            .ok_or_else(|| Failure::NoImage { name: add.name.clone() })?;
        let post = self.open(add.post)?;
        let post = lock(&post);
        let name = images::name_for(&add.name, media_type, &self.now());
        let name = match &post.file {
            Some(file) => self.free_reference_in_site(&file.link, &name, &bytes)?,
            None => name,
        };
        let added = self.library.add_asset(add.post, &name, bytes, media_type)?;
        Ok(wire::AddedImage { reference: images::written(&added.name) })
    }

    /// Applies changes to an open post and journals them.
    pub(crate) fn apply(
        &self,
        post: &mut OpenPost,
        changes: &[wire::Change],
        marks: EditMarks<'_>,
    ) -> Result<Applied, Failure> {
        if let Some(error) = &post.read_only {
            return Err(Failure::ReadOnly(error.clone()));
        }
        // Copying a text costs nothing: it is kept in pieces that are shared.
        let before = (!post.is_edited).then(|| TextToKeep::of(post));
        let (changes, patch) = post.apply(changes, marks.selection)?;
        post.is_edited = true;
        self.note_edit(post, before);
        let from = changes.first().map_or(usize::MAX, |change| change.from);
        // Agreed before the journal says whether text and file differ, and stored behind it: a link that came to the
        // disk alone would let an old text pass for an edit of the new file.
        let has_agreed = post.agree_with_newer_file(marks.takes_over);
        self.journal(post, &changes, marks.step);
        self.look_through_soon(post.id);
        if let Some(file) = post.file.as_ref().filter(|_| has_agreed) {
            self.link(post.id, &file.link, &file.form)?;
        }
        Ok(Applied {
            revision: post.revision,
            patch: convert::patch(patch, post.revision, self.language()),
            details: post.details_after_edit_at(from, self.language()),
        })
    }

    fn journal(&self, post: &OpenPost, changes: &[TextChange], step: Option<HistoryStep>) {
        if post.journal_has_gap.swap(false, Ordering::Relaxed) {
            return self.store_whole(post);
        }
        let (draft, revision) = (post.id, post.revision);
        let differs_from_file = post.differs_from_file();
        let entry = JournalEntry {
            draft,
            revision,
            changes: changes.iter().map(convert::for_journal).collect(),
            selection: (post.selection.anchor, post.selection.head),
            at: self.milliseconds(),
            step,
        };
        let (events, language) = (Arc::clone(&self.events), self.language());
        let has_gap = Arc::clone(&post.journal_has_gap);
        self.library.append(entry, move |stored: Result<(), LibraryError>| {
            if let Err(LibraryError::NotNext { .. } | LibraryError::BadChange { .. }) = stored {
                has_gap.store(true, Ordering::Relaxed);
            }
            events(match stored {
                Ok(()) => Event::Stored(wire::Stored { post: draft, revision, differs_from_file }),
                Err(error) => Event::StoreFailed(wire::StoreFailed {
                    post: draft,
                    error: Failure::Library(error).on_the_wire(language),
                }),
            });
        });
    }

    /// Stores the whole text after the journal refused an edit, as it does when another process has changed the draft:
    /// the edits behind the gap would be made to a text that is not ours.
    fn store_whole(&self, post: &OpenPost) {
        let (id, revision) = (post.id, post.revision);
        let stored = self
            .library
            .snapshot(id, revision, post.text.to_string(), self.milliseconds())
            .and_then(|()| self.library.draft(id));
        let failure = match stored {
            Ok(stored) if stored.revision == revision => {
                let differs_from_file = post.differs_from_file();
                return self.tell(Event::Stored(wire::Stored { post: id, revision, differs_from_file }));
            }
            // The other process is further on, and its text is kept until ours has a later revision.
            Ok(stored) => LibraryError::NotNext { draft: id, stored: stored.revision, offered: revision },
            Err(error) => error,
        };
        post.journal_has_gap.store(true, Ordering::Relaxed);
        let error = self.told(Failure::Library(failure));
        self.tell(Event::StoreFailed(wire::StoreFailed { post: id, error }));
    }
}
