//! Changes of a site's files that are made wholly or not at all, over a crash at any moment, too: noted in the library
//! before the first file is touched, settled at the next start where they were cut short.

use std::path::Path;

use postwright_drafts::{
    LibraryError, NewPublication, NewText, Note, Publication, PublicationHold, PublicationState,
};
use postwright_post::diff;
use postwright_sites::{self as sites, Expected, FileChange, FileForm, Intent, Settled, SiteError, Step};
use postwright_wire::{self as wire, Done, Event, PostId, SiteId, SitePostsChanged};

use crate::failure::Failure;
use crate::open_post::{FileOfPost, OpenPost};
use crate::{Core, lock};

/// Changes of a site's files, and what the library is to note of them.
pub(crate) struct Undertaking<'a> {
    pub(crate) site: SiteId,
    pub(crate) root: &'a Path,
    pub(crate) changes: &'a [FileChange],
    /// Folders that are removed at the end if they are empty then, each before the one that it lies in.
    pub(crate) left_folders: Vec<String>,
    pub(crate) note: Note,
}

/// Changes that are made, and not noted yet. Until they are, nobody else may settle them.
#[must_use]
pub(crate) struct CarriedOut {
    pub(crate) publication: u32,
    _hold: PublicationHold,
}

impl Core {
    /// Makes all changes or none. What is to be noted then, is not noted yet: that is [`Core::take_note`]'s.
    pub(crate) fn carry_out(&self, undertaking: Undertaking<'_>) -> Result<CarriedOut, Failure> {
        let Undertaking { site, root, changes, left_folders, note } = undertaking;
        let hold = self.library.hold_publications()?;
        let prepared = sites::prepare(root, changes)?;
        let intent = Intent { left_folders, ..prepared.intent };
        let former = if note.undoable { prepared.former } else { Vec::new() };
        self.before_noting()?;
        let publication = self.library.begin_publication(NewPublication {
            site,
            root: root.to_string_lossy().into_owned(),
            intent: serde_json::to_string(&intent).map_err(|error| Failure::Impossible(error.to_string()))?,
            note,
            former,
            at: self.milliseconds(),
        })?;
        match sites::apply(root, changes, &intent, &*self.steps) {
            Ok(()) => Ok(CarriedOut { publication, _hold: hold }),
            // It stays noted, and is settled when the site can be written again.
            Err(error @ SiteError::NotUndone { .. }) => Err(error.into()),
            Err(error) => {
                if let Err(unnoted) =
                    self.before_noting().and_then(|()| Ok(self.library.forget_publication(publication)?))
                {
                    tracing::warn!(%unnoted, "a write that was taken back is looked at again at the next start");
                }
                Err(error.into())
            }
        }
    }

    /// Gives an open post the text and the file that it has after a publication, and has the library note it.
    pub(crate) fn take_note(
        &self,
        post: &mut OpenPost,
        done: CarriedOut,
        note: &Note,
    ) -> Result<(), Failure> {
        let text = post.text.to_string();
        let new = note.text.as_ref().filter(|new| hash_of_text(&text) == new.replaces);
        if let Some(new) = new {
            let changes = post.text.on_the_wire(&diff::changes_between(&text, &new.text));
            if !changes.is_empty() {
                let (changes, _) = post.apply(&changes, post.selection)?;
                let from = changes.first().map_or(0, |change| change.from);
                post.details_after_edit_at(from, self.language());
            }
        }
        self.note_done(done, new.is_some().then_some(post.revision));
        post.file = note.file.clone().map(|link| FileOfPost {
            link,
            form: FileForm::from_json(&note.form).unwrap_or_default(),
            newer: None,
            gone: false,
        });
        self.look_through_soon(post.id);
        Ok(())
    }

    /// Does something with a post that is held meanwhile, so that no edit can come between; it is opened for that if
    /// it is not open. Answers whether it was.
    pub(crate) fn holding<Answer>(
        &self,
        id: PostId,
        act: impl FnOnce(&mut OpenPost) -> Result<Answer, Failure>,
    ) -> Result<(Answer, bool), Failure> {
        let was_open = lock(&self.open).contains_key(&id);
        if !was_open {
            self.open_from_library(id)?;
        }
        let post = self.open(id)?;
        let acted = act(&mut lock(&post));
        if !was_open {
            lock(&self.open).remove(&id);
        }
        acted.map(|answer| (answer, was_open))
    }

    /// The post as a window takes it in whose file or text has become another.
    pub(crate) fn shown_afresh(&self, post: &mut OpenPost) -> Result<wire::OpenedPost, Failure> {
        let options = self.preview_options(post.id, post.link());
        let patch = post.render_afresh(options);
        self.opened(post, patch, None)
    }

    /// Notes that all is written. If the library cannot, what was published is published all the same: it is noted
    /// when the site is opened the next time, and the writer is told.
    pub(crate) fn note_done(&self, done: CarriedOut, at_revision: Option<u32>) {
        let noted = self.before_noting().and_then(|()| {
            Ok(self.library.finish_publication(done.publication, at_revision, self.milliseconds())?)
        });
        if let Err(failure) = noted {
            self.tell(Event::Failed(self.told(failure)));
        }
    }

    /// Lets go of the copy that a publication was to be, after it was not.
    pub(crate) fn drop_copy(&self, note: &Note) {
        if note.is_copy
            && let Err(error) = self.library.remove_draft(note.draft)
        {
            tracing::warn!(%error, "the copy of a post stays as a draft");
        }
    }

    fn before_noting(&self) -> Result<(), Failure> {
        (self.steps)(Step::Note).map_err(|source| {
            SiteError::Io { path: self.library.path().to_string_lossy().into_owned(), source }.into()
        })
    }

    /// Finishes or takes back what was cut short, as far as the sites can be reached; in one site, or in all. Answers
    /// what the writer is to be told.
    pub(crate) fn settle_publications(&self, site: Option<SiteId>) -> Vec<wire::Error> {
        let mut told = Vec::new();
        if let Err(failure) = self.settle_all(site, &mut told) {
            told.push(self.told(failure));
        }
        told
    }

    /// The same for a site that is opened; the writer is told at once.
    pub(crate) fn settle_site(&self, site: SiteId) {
        for told in self.settle_publications(Some(site)) {
            self.tell(Event::Failed(told));
        }
    }

    fn settle_all(&self, site: Option<SiteId>, told: &mut Vec<wire::Error>) -> Result<(), Failure> {
        let is_asked_for = |begun: &Publication| site.is_none_or(|site| site == begun.site);
        if self.library.read_only().is_some() || !self.library.begun_publications()?.iter().any(is_asked_for)
        {
            return Ok(());
        }
        // Somebody else writes just now: nothing was cut short.
        let Some(_hold) = self.library.try_hold_publications()? else { return Ok(()) };
        for begun in self.library.begun_publications()?.iter().filter(|begun| is_asked_for(begun)) {
            match self.settle(begun) {
                Ok(what) => told.extend(what.map(|what| self.told(what))),
                Err(failure) => told.push(self.told(failure)),
            }
        }
        Ok(())
    }

    fn settle(&self, begun: &Publication) -> Result<Option<Failure>, Failure> {
        let intent = intent_of(begun)?;
        let settled = match sites::settle(Path::new(&begun.root), &intent, &*self.steps) {
            // The disk that the site lies on is not there; it may come back.
            Err(SiteError::NotFound { .. }) => return Ok(None),
            settled => settled?,
        };
        let path = begun.note.file.as_ref().or(begun.note.former_file.as_ref()).map(|file| file.path.clone());
        let path = path.or_else(|| intent.files.first().map(|file| file.path.clone())).unwrap_or_default();
        self.before_noting()?;
        let told = match settled {
            Settled::Done => {
                self.library.finish_publication(begun.id, None, self.milliseconds())?;
                Failure::InterruptedAndDone { path }
            }
            Settled::TakenBack { changed } => {
                self.library.forget_publication(begun.id)?;
                // A file that is somebody's by now may be the copy's own, saved since: its draft holds that text.
                if changed.is_empty() {
                    self.drop_copy(&begun.note);
                }
                Failure::InterruptedAndTakenBack { path, changed }
            }
        };
        self.tell(Event::DraftsChanged(Done {}));
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: begun.site }));
        Ok(Some(told))
    }

    /// Undoes a publication: files that it added go, files that it changed or removed are as before; all of them, or
    /// none if one is not as it was published any more.
    pub(crate) fn undo_publish(&self, undo: &wire::UndoPublish) -> Result<wire::PublishUndone, Failure> {
        let done = self.library.publication(undo.publication)?;
        if done.state != PublicationState::Done {
            return Err(Failure::NotUndoable);
        }
        let intent = intent_of(&done)?;
        let changes = self.changes_back(&done, &intent)?;
        let note = Note {
            draft: done.note.draft,
            file: done.note.former_file.clone(),
            form: done.note.former_form.clone(),
            text: text_back(&done.note),
            undoes: Some(done.id),
            ..Note::default()
        };
        let left_folders = intent.new_folders.iter().rev().cloned().collect();
        let undo = |note: Note| {
            let root = Path::new(&done.root);
            let undertaking = Undertaking { site: done.site, root, changes: &changes, left_folders, note };
            self.carry_out(undertaking).map_err(|failure| match failure {
                Failure::Site(SiteError::ChangedOutside { path } | SiteError::TargetExists { path }) => {
                    Failure::ChangedSincePublished { path }
                }
                other => other,
            })
        };
        let post = match self.library.draft(note.draft) {
            Err(LibraryError::NoSuchDraft { .. }) => {
                self.note_done(undo(note)?, None);
                None
            }
            _ => {
                let (post, was_open) = self.holding(note.draft, |post| {
                    let undone = undo(note.clone())?;
                    self.take_note(post, undone, &note)?;
                    self.shown_afresh(post)
                })?;
                was_open.then_some(post)
            }
        };
        self.tell(Event::DraftsChanged(Done {}));
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: done.site }));
        Ok(wire::PublishUndone { changed: changes.into_iter().map(|change| change.path).collect(), post })
    }

    fn changes_back(&self, done: &Publication, intent: &Intent) -> Result<Vec<FileChange>, Failure> {
        let mut changes = Vec::new();
        for (place, file) in (0_u32..).zip(&intent.files) {
            let former = match &file.before {
                Some(_) => Some(
                    self.library
                        .former_file(done.id, place)?
                        .ok_or_else(|| Failure::Impossible("a former file was not kept".to_owned()))?,
                ),
                None => None,
            };
            let expected = file.after.clone().map_or(Expected::Absent, Expected::Hash);
            changes.push(FileChange { path: file.path.clone(), expected, content: former });
        }
        Ok(changes)
    }
}

fn intent_of(publication: &Publication) -> Result<Intent, Failure> {
    serde_json::from_str(&publication.intent).map_err(|error| Failure::Impossible(error.to_string()))
}

/// The draft's text as it was before, in place of the one that was published.
fn text_back(note: &Note) -> Option<NewText> {
    let (former, published) = (note.former_text.clone()?, note.text.as_ref()?);
    Some(NewText { text: former, replaces: hash_of_text(&published.text) })
}

/// As the library knows texts by.
pub(crate) fn hash_of_text(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
