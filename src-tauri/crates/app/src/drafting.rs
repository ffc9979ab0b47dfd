//! The drafts of the library: listed, made, opened, closed, trashed, copied.

use std::path::Path;

use postwright_drafts::{DraftSummary, NewDraft};
use postwright_post::profile::KeyCase;
use postwright_search::Source;
use postwright_wire::{self as wire, Done, DraftList, DraftRow, Event, PostId};

use crate::failure::Failure;
use crate::{App, Core, convert, lock};

impl App {
    /// The drafts whose title, tags or text hold what is searched for; all without a search.
    pub fn drafts(&self, search: Option<&str>) -> Result<DraftList, wire::Error> {
        self.core.search_drafts(search).map_err(|failure| failure.on_the_wire(self.language()))
    }

    /// The text of a post of the library, as the editor holds it.
    pub fn text_of(&self, post: PostId) -> Result<String, wire::Error> {
        self.core.text_of(post).map_err(|failure| failure.on_the_wire(self.language()))
    }
}

impl Core {
    pub(crate) fn list_drafts(&self, list: &wire::ListDrafts) -> Result<DraftList, Failure> {
        let drafts = self.library.drafts(list.trashed)?;
        let drafts = drafts
            .into_iter()
            .filter(|draft| draft.file.is_none() || draft.differs_from_file || draft.trashed);
        Ok(DraftList { drafts: drafts.map(|draft| self.draft_row(draft)).collect::<Result<_, _>>()? })
    }

    fn search_drafts(&self, search: Option<&str>) -> Result<DraftList, Failure> {
        let mut list = self.list_drafts(&wire::ListDrafts::default())?;
        if let Some(search) = search {
            let query = self.query(search, false)?;
            self.read_everything(&query)?;
            let found = self.all_found(&query)?;
            list.drafts.retain(|row| found.iter().any(|found| found.source == Source::Draft(row.post)));
        }
        Ok(list)
    }

    pub(crate) fn new_draft(&self, new: &wire::NewDraft) -> Result<wire::OpenedPost, Failure> {
        let text = new.text.replace("\r\n", "\n").replace('\r', "\n");
        let id = self.library.add_draft(NewDraft {
            text,
            file: None,
            form: String::new(),
            at: self.milliseconds(),
        })?;
        self.tell(Event::DraftsChanged(Done {}));
        self.open_from_library(id)
    }

    pub(crate) fn open_post(&self, open: &wire::OpenPost) -> Result<wire::OpenedPost, Failure> {
        self.open_from_library(open.post)
    }

    /// Lets go of a post. A new draft in which nothing was ever written goes for good; everything else stays.
    pub(crate) fn close_post(&self, close: &wire::ClosePost) -> Result<Done, Failure> {
        // Held to the end: who opens the post again meanwhile must find all of its text in the library. And it goes
        // only once its text is stored there, since until then this is where the text is.
        let mut open = lock(&self.open);
        let Some(post) = open.get(&close.post).cloned() else { return Ok(Done {}) };
        let mut post = lock(&post);
        if post.read_only.is_some() {
            open.remove(&close.post);
            return Ok(Done {});
        }
        let never_written = post.revision == 0 && post.file.is_none() && post.text.equals("");
        if never_written {
            self.library.remove_draft(post.id)?;
        } else {
            self.library.snapshot(post.id, post.revision, post.text.to_string(), self.milliseconds())?;
            self.keep_unkept(&mut post);
        }
        open.remove(&close.post);
        drop(open);
        self.tell(Event::DraftsChanged(Done {}));
        Ok(Done {})
    }

    pub(crate) fn trash_draft(&self, trash: &wire::TrashDraft) -> Result<Done, Failure> {
        self.library.trash(trash.post, self.milliseconds())?;
        self.tell(Event::DraftsChanged(Done {}));
        Ok(Done {})
    }

    pub(crate) fn restore_draft(&self, restore: &wire::RestoreDraft) -> Result<Done, Failure> {
        self.library.restore(restore.post)?;
        // Another post may stand for its file by now.
        self.let_go_of_files()?;
        self.tell(Event::DraftsChanged(Done {}));
        Ok(Done {})
    }

    /// Copies a draft with its images. The copy of a site's post is a draft of its own, without a file.
    pub(crate) fn duplicate_draft(&self, duplicate: &wire::DuplicateDraft) -> Result<DraftRow, Failure> {
        let copy = self.library.duplicate(duplicate.post, self.milliseconds())?;
        self.tell(Event::DraftsChanged(Done {}));
        let drafts = self.library.drafts(false)?;
        let row = drafts.into_iter().find(|draft| draft.id == copy).ok_or(Failure::NoPost { post: copy })?;
        self.draft_row(row)
    }

    pub(crate) fn draft_row(&self, draft: DraftSummary) -> Result<DraftRow, Failure> {
        let details = convert::details(&draft.text_head, KeyCase::Counts, self.language());
        let file = draft.file.as_ref().map(|(site, path)| self.linked_file(*site, path)).transpose()?;
        Ok(DraftRow {
            post: draft.id,
            title: details.shown_title.clone(),
            tags: convert::tags(&details),
            edited: draft.edited,
            length: draft.length_utf16,
            file,
            trashed: draft.trashed,
        })
    }

    pub(crate) fn text_of(&self, post: PostId) -> Result<String, Failure> {
        if let Some(open) = lock(&self.open).get(&post) {
            return Ok(lock(open).text.to_string());
        }
        Ok(self.library.draft(post)?.text)
    }

    pub(crate) fn linked_file(&self, site: wire::SiteId, path: &str) -> Result<wire::LinkedFile, Failure> {
        let name = self.library.site(site)?.name;
        Ok(wire::LinkedFile { site, site_name: name, path: path.to_owned() })
    }
}

/// The last part of a path, for people.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
