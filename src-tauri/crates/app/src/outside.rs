//! Files that change outside: what the window is told about them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use postwright_drafts::FileLink;
use postwright_sites::{self as sites, PostFile, SiteChanged, SiteError, Watcher};
use postwright_wire::{Event, FileChanged, OutsideChange, SitePostsChanged};

use crate::failure::Failure;
use crate::open_post::OpenPost;
use crate::{App, Core, lock, merging};

impl App {
    /// Watches the folders of all sites, and no others.
    pub(crate) fn watch_sites(&self) {
        let roots =
            self.core.library.sites().unwrap_or_default().into_iter().map(|site| PathBuf::from(site.root));
        let roots: Vec<PathBuf> = roots.filter(|root| root.is_dir()).collect();
        let mut watcher = lock(&self.watcher);
        if watcher.is_none() && !roots.is_empty() {
            let core = Arc::downgrade(&self.core);
            let started = Watcher::start(move |changed: SiteChanged| {
                if let Some(core) = core.upgrade() {
                    core.site_changed(&changed);
                }
            });
            match started {
                Ok(started) => *watcher = Some(started),
                Err(error) => self.tell_failure(Failure::Site(error)),
            }
        }
        let Some(watcher) = watcher.as_ref() else { return };
        let mut watched = lock(&self.watched);
        for root in watched.extract_if(.., |root| !roots.contains(root)) {
            watcher.unwatch(&root);
        }
        for root in roots {
            if watched.contains(&root) {
                continue;
            }
            match watcher.watch(&root) {
                Ok(_) => watched.push(root),
                Err(error) => self.tell_failure(Failure::Site(error)),
            }
        }
    }

    fn tell_failure(&self, failure: Failure) {
        self.core.tell(Event::Failed(failure.on_the_wire(self.language())));
    }
}

impl Core {
    fn site_changed(&self, changed: &SiteChanged) {
        let sites = self.library.sites().unwrap_or_default();
        let Some(site) = sites.into_iter().find(|site| Path::new(&site.root) == changed.root) else { return };
        let known = lock(&self.sites).get(&site.id).map(Arc::clone);
        if let Some(known) = known {
            known.forget_posts();
        }
        self.follow_configuration(site.id, changed);
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: site.id }));
        let open: Vec<_> = lock(&self.open).values().cloned().collect();
        for post in open {
            let mut post = lock(&post);
            let is_in_site = post.file.as_ref().is_some_and(|file| file.link.site == site.id);
            if is_in_site {
                // Another post may have taken its address, or gone from under a link.
                self.look_through_soon(post.id);
            }
            if is_in_site && let Some(change) = self.outside_change(&mut post) {
                self.tell(Event::FileChanged(FileChanged { post: post.id, change }));
            }
        }
    }

    /// What happened to the file of an open post, if that is news. Writes of our own are known by their hash.
    pub(crate) fn outside_change(&self, post: &mut OpenPost) -> Option<OutsideChange> {
        let differs = post.differs_from_file();
        let file = post.file.as_mut()?;
        let root = self.root_of(file.link.site).ok()?;
        match sites::read_file(&root, &file.link.path) {
            Ok(now) => {
                file.gone = false;
                let is_awaited = file.newer.as_ref().is_some_and(|(newer, _)| newer.base_hash == now.hash);
                if now.hash == file.link.base_hash || is_awaited {
                    return None;
                }
                if post.text.equals(&now.text) {
                    self.agree_with_equal_file(post, now);
                    return None;
                }
                Some(if !differs {
                    OutsideChange::Reload
                } else if merging::is_clean(&file.link.base_text, &post.text.to_string(), &now.text) {
                    OutsideChange::Merge
                } else {
                    OutsideChange::Ask
                })
            }
            Err(SiteError::NotFound { .. }) if !file.gone => {
                file.gone = true;
                Some(OutsideChange::Gone)
            }
            Err(_) => None,
        }
    }

    /// The file has come to hold the text of its post: nothing to ask. So it is after a crash between the write of a
    /// file and the library's note of it, too.
    fn agree_with_equal_file(&self, post: &mut OpenPost, now: PostFile) {
        if let Some(file) = post.file.as_mut() {
            let link = FileLink { base_text: now.text, base_hash: now.hash, ..file.link.clone() };
            file.newer = Some((link, now.form));
        }
        if let Err(failure) = self.agree(post) {
            tracing::warn!(%failure, "what a post and its file agree on was not stored");
        }
    }
}
