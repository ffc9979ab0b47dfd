//! What can be found, as the search index takes it in: drafts, the posts of sites, older texts.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use postwright_drafts::{LibraryError, StoredDraft};
use postwright_post::profile::{self, KeyCase, Profile};
use postwright_search::{Document, Source, State};
use postwright_sites::{self as sites, IndexedPost};
use postwright_wire::{Milliseconds, PostId, SiteId};

use crate::failure::Failure;
use crate::text::length_on_the_wire;
use crate::{Core, convert};

/// A title is looked for in so much of a text.
const HEAD_BYTES: usize = 70 << 10;

/// What tells whether a draft is still the one that was read.
fn stamp(
    edited: Milliseconds,
    length: u32,
    trashed: bool,
    differs: bool,
    file: Option<(SiteId, &str)>,
) -> String {
    let (site, path) = file.unwrap_or_default();
    format!("{edited} {length} {trashed} {differs} {site} {path}")
}

impl Core {
    /// Brings the index in step with the list of drafts.
    pub(crate) fn read_drafts_for_search(&self) -> Result<(), Failure> {
        let mut stamps = self.search.change(|index| index.stamps())?;
        let mut to_put = Vec::new();
        for draft in self.library.drafts(false)?.into_iter().chain(self.library.drafts(true)?) {
            let file = draft.file.as_ref().map(|(site, path)| (*site, path.as_str()));
            let now = stamp(draft.edited, draft.length_utf16, draft.trashed, draft.differs_from_file, file);
            let stands_for_itself = draft.trashed
                || draft.differs_from_file
                || draft.file.is_none_or(|(site, path)| !self.is_file_there(site, &path));
            let known = if stands_for_itself { stamps.remove(&Source::Draft(draft.id)) } else { None };
            if stands_for_itself && known.as_ref() != Some(&now) {
                to_put.push(draft.id);
            }
        }
        // Those that are left are drafts that went, or are their files by now.
        let gone = stamps.into_keys().filter(|source| match source {
            Source::Draft(_) => true,
            Source::Revision { draft, .. } => !self.has_draft(*draft),
            Source::SitePost { .. } => false,
        });
        self.remove_from_search(gone.collect())?;
        self.put_for_search(to_put, |draft| self.document_of_draft(draft).ok().flatten())
    }

    /// Brings the index in step with one post of the library.
    pub(crate) fn read_draft_for_search(&self, draft: PostId) -> Result<(), Failure> {
        let document = match self.document_of_draft(draft) {
            Err(Failure::Library(LibraryError::NoSuchDraft { .. })) => None,
            document => document?,
        };
        // Its file stands for it, or it for its file.
        let file = self.library.draft(draft).ok().and_then(|draft| draft.file);
        let of_file = file.map(|file| Source::SitePost { site: file.site, path: file.path });
        let is_trashed = document.as_ref().is_some_and(|document| document.state.trashed);
        match (document, of_file) {
            (Some(document), Some(of_file)) if !is_trashed => {
                self.remove_from_search(vec![of_file])?;
                self.search.change(|index| index.put(std::slice::from_ref(&document)))?;
            }
            (Some(document), _) => self.search.change(|index| index.put(std::slice::from_ref(&document)))?,
            (None, of_file) => {
                self.remove_from_search(vec![Source::Draft(draft)])?;
                if let Some(Source::SitePost { site, path }) = of_file {
                    self.read_site_post_for_search(site, &path)?;
                }
            }
        }
        self.search.change(|index| index.settle())?;
        Ok(())
    }

    /// A draft as it can be found; none if its file is found in its place.
    fn document_of_draft(&self, draft: PostId) -> Result<Option<Document>, Failure> {
        let StoredDraft { text, edited, trashed, file, .. } = self.library.draft(draft)?;
        let differs = file.as_ref().is_some_and(|file| file.base_text != text);
        if let Some(file) = &file
            && !trashed
            && !differs
            && self.is_file_there(file.site, &file.path)
        {
            return Ok(None);
        }
        let file = file.as_ref().map(|file| (file.site, file.path.as_str()));
        let stamp = stamp(edited, length_on_the_wire(&text), trashed, differs, file);
        let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
        let details = convert::details(head, KeyCase::Counts, self.language());
        let row = file.and_then(|(site, path)| Some(profile::row(&self.profile_of(site)?, path, head)));
        let is_kept_back = row.as_ref().is_none_or(|row| row.draft);
        Ok(Some(Document {
            source: Source::Draft(draft),
            stamp,
            title: details.shown_title.clone(),
            tags: row.map_or_else(|| convert::tags(&details), |row| row.tags),
            text,
            site: file.and_then(|(site, _)| Some(self.library.site(site).ok()?.name)),
            state: State { draft: is_kept_back, published: !is_kept_back, changed: differs, trashed },
            at: edited,
        }))
    }

    /// Brings the index in step with the posts of all sites, and of no others.
    pub(crate) fn read_sites_for_search(&self) -> Result<(), Failure> {
        let known: HashSet<SiteId> = self.library.sites()?.into_iter().map(|site| site.id).collect();
        let stamps = self.search.change(|index| index.stamps())?;
        let is_gone =
            |source: &Source| matches!(source, Source::SitePost { site, .. } if !known.contains(site));
        self.remove_from_search(stamps.into_keys().filter(is_gone).collect())?;
        known.into_iter().try_for_each(|site| self.read_site_for_search(site))
    }

    /// Brings the index in step with the posts of a site. One whose folder is not there keeps what is known of it: the
    /// disk may come back.
    pub(crate) fn read_site_for_search(&self, site: SiteId) -> Result<(), Failure> {
        let Ok(stored) = self.library.site(site) else { return Ok(()) };
        let root = PathBuf::from(&stored.root);
        let Ok(profile) = self.profile_at(&root) else { return Ok(()) };
        let differing: HashSet<String> = self
            .library
            .drafts(false)?
            .into_iter()
            .filter(|draft| draft.differs_from_file)
            .filter_map(|draft| draft.file.filter(|file| file.0 == site))
            .map(|(_, path)| path)
            .collect();
        let mut stamps: HashMap<Source, String> = self.search.change(|index| index.stamps())?;
        stamps.retain(|source, _| matches!(source, Source::SitePost { site: its, .. } if *its == site));
        let mut to_put = Vec::new();
        for post in sites::index(&root, &profile) {
            if differing.contains(&post.path) {
                continue;
            }
            let known = stamps.remove(&Source::SitePost { site, path: post.path.clone() });
            if known != Some(stamp_of_file(&post, &stored.name)) {
                to_put.push(post);
            }
        }
        self.remove_from_search(stamps.into_keys().collect())?;
        self.put_for_search(to_put, |post| self.document_of_file(site, &root, &stored.name, post))
    }

    fn read_site_post_for_search(&self, site: SiteId, path: &str) -> Result<(), Failure> {
        let stored = self.library.site(site)?;
        let root = PathBuf::from(&stored.root);
        let Some(post) = self.profile_of(site).and_then(|profile| sites::index_one(&root, &profile, path))
        else {
            return Ok(());
        };
        self.put_for_search(vec![post], |post| self.document_of_file(site, &root, &stored.name, post))
    }

    fn document_of_file(
        &self,
        site: SiteId,
        root: &std::path::Path,
        name: &str,
        post: IndexedPost,
    ) -> Option<Document> {
        let text = sites::read_file(root, &post.path).ok()?.text;
        Some(Document {
            stamp: stamp_of_file(&post, name),
            at: post
                .row
                .date
                .as_deref()
                .and_then(|date| self.time_of(date))
                .unwrap_or_else(|| modified(&post)),
            source: Source::SitePost { site, path: post.path },
            title: post.row.title,
            tags: post.row.tags,
            text,
            site: Some(name.to_owned()),
            state: State { draft: post.row.draft, published: !post.row.draft, ..State::default() },
        })
    }

    /// Brings the index in step with the kept revisions of all drafts.
    pub(crate) fn read_history_for_search(&self) -> Result<(), Failure> {
        let mut stamps = self.search.change(|index| index.stamps())?;
        stamps.retain(|source, _| matches!(source, Source::Revision { .. }));
        let mut to_put = Vec::new();
        for draft in self.library.drafts(false)?.into_iter().chain(self.library.drafts(true)?) {
            for revision in self.library.revisions(draft.id)? {
                let source = Source::Revision { draft: draft.id, number: revision.number };
                if stamps.remove(&source).is_none() {
                    to_put.push((source, revision.at));
                }
            }
        }
        self.remove_from_search(stamps.into_keys().collect())?;
        self.put_for_search(to_put, |(source, at)| {
            let Source::Revision { draft, number } = source else { return None };
            let text = self.library.revision_text(draft, number).ok()?;
            let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
            let details = convert::details(head, KeyCase::Counts, self.language());
            let (title, tags) = (details.shown_title.clone(), convert::tags(&details));
            let (stamp, site, state) = (String::new(), None, State::default());
            Some(Document { source, stamp, title, text, tags, site, state, at })
        })
    }

    fn has_draft(&self, draft: PostId) -> bool {
        !matches!(self.library.revisions(draft), Err(LibraryError::NoSuchDraft { .. }))
    }

    fn is_file_there(&self, site: SiteId, path: &str) -> bool {
        self.root_of(site).is_ok_and(|root| root.join(path).is_file())
    }

    fn profile_of(&self, site: SiteId) -> Option<Profile> {
        self.profile_at(&self.root_of(site).ok()?).ok()
    }

    /// The time of a date as a front matter has it: with its offset, or as a day of the writer's.
    fn time_of(&self, date: &str) -> Option<Milliseconds> {
        let date = date.trim();
        if let Ok(time) = date.parse::<jiff::Timestamp>() {
            return Some(time.as_millisecond());
        }
        let day: jiff::civil::Date = date.get(..10)?.parse().ok()?;
        let zone = self.now().time_zone().clone();
        let time = date.parse::<jiff::civil::DateTime>().unwrap_or_else(|_| day.into());
        Some(time.to_zoned(zone).ok()?.timestamp().as_millisecond())
    }
}

fn stamp_of_file(post: &IndexedPost, site: &str) -> String {
    let since = post.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{} {} {} {site}", since.as_nanos(), post.size, post.row.draft)
}

fn modified(post: &IndexedPost) -> Milliseconds {
    let since = post.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
