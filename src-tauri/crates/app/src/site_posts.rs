//! Sites and their posts.

use std::path::{Path, PathBuf};

use postwright_drafts::{FileLink, LibraryError, NewDraft};
use postwright_markdown::Dialect;
use postwright_post::profile::{Corrections, Generator, Profile};
use postwright_sites::{self as sites, FileForm, PostFile, SiteError};
use postwright_wire::{self as wire, Done, Event, PostId, SiteId, SiteList, SitePostList, SiteRow};

use crate::drafting::name_of;
use crate::failure::Failure;
use crate::{App, Core, convert, lock, site_habits};

/// What a path that was handed to the app turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A post, of a site or imported.
    Post(PostId),
    /// A site.
    Site(SiteId),
}

impl App {
    /// Adds a folder as a site, or finds the site it already is.
    pub fn add_site(&self, folder: &Path) -> Result<SiteRow, wire::Error> {
        let row = self.core.add_site(folder).map_err(|failure| failure.on_the_wire(self.language()))?;
        self.watch_sites();
        Ok(row)
    }

    /// Shows a path: a site's folder, a post of a known or recognisable site, or a file to import.
    pub fn show_path(&self, path: &Path) -> Result<Shown, wire::Error> {
        let shown = self.core.show_path(path).map_err(|failure| failure.on_the_wire(self.language()))?;
        self.watch_sites();
        self.core.tell(match shown {
            Shown::Post(post) => Event::ShowPost(wire::ShowPost { post }),
            Shown::Site(site) => Event::ShowSite(wire::ShowSite { site }),
        });
        Ok(shown)
    }

    /// The file of a post, as an absolute path.
    pub fn file_of(&self, post: PostId) -> Result<PathBuf, wire::Error> {
        self.core.file_of(post).map_err(|failure| failure.on_the_wire(self.language()))
    }

    pub(crate) fn remove_site(&self, remove: &wire::RemoveSite) -> Result<Done, Failure> {
        self.core.library.remove_site(remove.site)?;
        lock(&self.core.sites).remove(&remove.site);
        self.core.let_go_of_files()?;
        self.watch_sites();
        self.core.tell(Event::SitesChanged(Done {}));
        Ok(Done {})
    }
}

impl Core {
    pub(crate) fn list_sites(&self) -> Result<SiteList, Failure> {
        let rows = self.library.sites()?.into_iter().map(|site| self.site_row(site));
        Ok(SiteList { sites: rows.collect() })
    }

    fn add_site(&self, folder: &Path) -> Result<SiteRow, Failure> {
        let id = self.add_folder(folder, None)?;
        // Also where a post's file was named and its site came with it.
        self.tell(Event::SitesChanged(Done {}));
        Ok(self.site_row(self.library.site(id)?))
    }

    /// Adds a folder that is a site, or that a generator builds which the writer has chosen.
    pub(crate) fn add_folder(&self, folder: &Path, chosen: Option<Generator>) -> Result<SiteId, Failure> {
        let root = absolute(folder)?;
        let known = self.corrections_at(&root);
        let corrections = Corrections { generator: chosen.or(known.generator), ..known };
        if let Err(error) = site_habits::profile_with(&root, &corrections) {
            if root.is_dir() {
                self.remember_refused(root);
            }
            return Err(error.into());
        }
        Ok(self.library.add_site(&root.to_string_lossy(), &name_of(&root), "{}", self.milliseconds())?)
    }

    pub(crate) fn list_site_posts(&self, list: &wire::ListSitePosts) -> Result<SitePostList, Failure> {
        let root = self.root_of(list.site)?;
        self.settle_site(list.site);
        let profile = self.profile_at(&root)?;
        let changed: Vec<String> = self
            .library
            .drafts(false)?
            .into_iter()
            .filter(|draft| draft.differs_from_file)
            .filter_map(|draft| draft.file)
            .filter_map(|(site, path)| (site == list.site).then_some(path))
            .collect();
        let posts = sites::index(&root, &profile);
        let rows = posts.into_iter().map(|post| {
            let changed = changed.contains(&post.path);
            convert::site_post_row(post, changed, self.language())
        });
        Ok(SitePostList { posts: rows.collect() })
    }

    pub(crate) fn open_site_post(&self, open: &wire::OpenSitePost) -> Result<wire::OpenedPost, Failure> {
        self.settle_site(open.site);
        let id = self.draft_of_file(open.site, &open.path)?;
        self.open_from_library(id)
    }

    /// The library's post for a file of a site: the one that is linked to it, else a new one.
    ///
    /// A linked one without changes of its own takes the file's text as it is now.
    pub(crate) fn draft_of_file(&self, site: SiteId, path: &str) -> Result<PostId, Failure> {
        let root = self.root_of(site)?;
        let known = self.library.draft_for_file(site, path)?;
        let file = match sites::read_file(&root, path) {
            Ok(file) => file,
            Err(SiteError::NotUtf8 { .. }) => lossy(&root, path)?,
            // The text is in the library still: the window says that the file is gone.
            Err(_) if known.is_some() => return known.ok_or(Failure::Impossible("just checked".to_owned())),
            Err(error) => return Err(error.into()),
        };
        let form = file.form.to_json();
        let link =
            FileLink { site, path: path.to_owned(), base_text: file.text.clone(), base_hash: file.hash };
        let Some(id) = known else {
            let draft = NewDraft { text: file.text, file: Some(link), form, at: self.milliseconds() };
            return match self.library.add_draft(draft) {
                // Asked for twice at once, as by a double click.
                Err(LibraryError::FileLinked { draft }) => Ok(draft),
                added => Ok(added?),
            };
        };
        let is_open = lock(&self.open).contains_key(&id);
        let stored = self.library.draft(id)?;
        let old = stored.file.as_ref();
        let unchanged = old.is_some_and(|old| old.base_text == stored.text);
        let is_newer = old.is_some_and(|old| old.base_hash != link.base_hash);
        if unchanged && is_newer && !is_open {
            self.library.set_form(id, form)?;
            self.library.snapshot(id, stored.revision + 1, link.base_text.clone(), self.milliseconds())?;
            self.library.set_file(id, Some(link))?;
        }
        if stored.trashed {
            self.library.restore(id)?;
        }
        Ok(id)
    }

    fn show_path(&self, path: &Path) -> Result<Shown, Failure> {
        let path = absolute(path)?;
        if path.is_dir() {
            return Ok(Shown::Site(self.add_site(&path)?.site));
        }
        if let Some((site, relative)) = self.site_of(&path)? {
            return Ok(Shown::Post(self.draft_of_file(site, &relative)?));
        }
        let imported = self.import(std::slice::from_ref(&path));
        match (imported.drafts.first(), imported.failed.into_iter().next()) {
            (Some(draft), _) => Ok(Shown::Post(draft.post)),
            (None, Some(error)) => Err(Failure::Told(error)),
            (None, None) => Err(Failure::NothingToImport { path }),
        }
    }

    /// The known site that a file lies in, else one recognised in a folder above it.
    fn site_of(&self, file: &Path) -> Result<Option<(SiteId, String)>, Failure> {
        for site in self.library.sites()? {
            if let Some(relative) = relative(Path::new(&site.root), file) {
                return Ok(Some((site.id, relative)));
            }
        }
        for folder in sites::above(file) {
            let Ok(profile) = sites::detect(folder) else { continue };
            if is_certain(&profile)
                && let Some(relative) = relative(folder, file)
            {
                return Ok(Some((self.add_site(folder)?.site, relative)));
            }
        }
        Ok(None)
    }

    /// Unlinks the open posts whose links the library has dropped: their texts are drafts again.
    pub(crate) fn let_go_of_files(&self) -> Result<(), Failure> {
        let open: Vec<_> = lock(&self.open).values().cloned().collect();
        for post in open {
            let mut post = lock(&post);
            if post.file.is_some() && self.library.draft(post.id)?.file.is_none() {
                post.file = None;
                post.show_in(Dialect::default());
                // What the window is told holds for edits that came since, too.
                self.library.flush()?;
                let (id, revision) = (post.id, post.revision);
                self.tell(Event::Stored(wire::Stored { post: id, revision, differs_from_file: false }));
            }
        }
        Ok(())
    }

    /// Refuses a file that another post of the library stands for: two posts of one file would overwrite each other.
    pub(crate) fn expect_own_file(&self, post: PostId, site: SiteId, path: &str) -> Result<(), Failure> {
        match self.library.draft_for_file(site, path)? {
            Some(draft) if draft != post => Err(LibraryError::FileLinked { draft }.into()),
            _ => Ok(()),
        }
    }

    pub(crate) fn root_of(&self, site: SiteId) -> Result<PathBuf, Failure> {
        Ok(PathBuf::from(self.library.site(site)?.root))
    }

    fn file_of(&self, post: PostId) -> Result<PathBuf, Failure> {
        let link = self.library.draft(post)?.file.ok_or(Failure::NoFile { post })?;
        Ok(self.root_of(link.site)?.join(link.path))
    }

    pub(crate) fn site_row(&self, site: postwright_drafts::StoredSite) -> SiteRow {
        let (profile, problem) = match self.profile_at(Path::new(&site.root)) {
            Ok(profile) => (profile, None),
            Err(error) => {
                let plain = Profile::conventional(Generator::Plain);
                (plain, Some(Failure::Site(error).on_the_wire(self.language())))
            }
        };
        let profile = convert::profile(&profile, self.language());
        SiteRow { site: site.id, name: site.name, root: site.root, profile, problem }
    }
}

/// A file that is opened by its path makes a site of a folder above it only where a generator left its mark.
fn is_certain(profile: &Profile) -> bool {
    profile.generator != Generator::Plain
}

/// What can be shown of a file that is not UTF-8. It is read-only as long as it is not.
fn lossy(root: &Path, path: &str) -> Result<PostFile, Failure> {
    let bytes = sites::read_bytes(root, path, sites::LARGEST_FILE)?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    Ok(PostFile { text, form: FileForm::default(), hash: sites::hash_of(&bytes) })
}

fn relative(root: &Path, file: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = file.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|source| Failure::NoSuchPath { path: path.to_owned(), source })
}
