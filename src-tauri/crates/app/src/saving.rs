//! Saving: a revision in the library, and the file of a post that has one.

use postwright_drafts::{FileLink, Note, RevisionKind};
use postwright_post::diff;
use postwright_sites::{self as sites, Expected, FileChange, FileForm, SiteError};
use postwright_wire::{self as wire, Done, Event, FileChanges, PostId, Saved, Stale};

use crate::applying::Undertaking;
use crate::failure::Failure;
use crate::open_post::{FileOfPost, OpenPost};
use crate::{Core, images, lock};

impl Core {
    /// Keeps a revision; where the post has a file, writes it, unless it changed outside.
    pub(crate) fn save_post(&self, save: &wire::SavePost) -> Result<Saved, Failure> {
        let post = self.open(save.post)?;
        let mut post = lock(&post);
        if let Some(error) = &post.read_only {
            return Err(Failure::ReadOnly(error.clone()));
        }
        let text = post.text.to_string();
        self.library.keep_revision(
            post.id,
            post.revision,
            &text,
            RevisionKind::Saved,
            self.milliseconds(),
        )?;
        post.unkept = None;
        let written = self.write_file(&mut post, &text)?;
        self.library.snapshot(post.id, post.revision, text, self.milliseconds())?;
        let stored = wire::Stored {
            post: post.id,
            revision: post.revision,
            differs_from_file: post.differs_from_file(),
        };
        self.tell(Event::Stored(stored));
        self.tell(Event::DraftsChanged(Done {}));
        Ok(Saved { revision: post.revision, written })
    }

    /// The changes that bring the editor to what the file holds now. What the writer had is kept as a revision.
    pub(crate) fn read_file_again(&self, read: &wire::ReadFileAgain) -> Result<FileChanges, Failure> {
        let post = self.open(read.post)?;
        let mut post = lock(&post);
        if read.base != post.revision {
            return Ok(FileChanges::Stale(Stale { revision: post.revision }));
        }
        let text = post.text.to_string();
        if post.differs_from_file() {
            self.library.keep_revision(
                post.id,
                post.revision,
                &text,
                RevisionKind::Auto,
                self.milliseconds(),
            )?;
        }
        let Some(file) = post.file.as_mut() else { return Err(Failure::NoFile { post: read.post }) };
        let (link, form) = self.read_link(&file.link)?;
        let changes = diff::changes_between(&text, &link.base_text);
        file.newer = Some((link, form));
        if changes.is_empty() {
            self.agree(&mut post)?;
        }
        Ok(FileChanges::Changes(post.text.on_the_wire(&changes)))
    }

    /// Takes the file as it is now for seen: the next save writes the writer's text over it. What the file holds is
    /// kept as a revision, so that both texts can be had back.
    pub(crate) fn keep_mine(&self, keep: &wire::KeepMine) -> Result<Done, Failure> {
        let post = self.open(keep.post)?;
        let mut post = lock(&post);
        let (id, revision) = (post.id, post.revision);
        let Some(file) = post.file.as_mut() else { return Err(Failure::NoFile { post: keep.post }) };
        let (link, form) = self.read_link(&file.link)?;
        self.library.keep_revision(
            id,
            revision,
            &link.base_text,
            RevisionKind::Merged,
            self.milliseconds(),
        )?;
        self.link(id, &link, &form)?;
        *file = FileOfPost { link, form, newer: None, gone: false };
        let stored = wire::Stored { post: id, revision, differs_from_file: post.differs_from_file() };
        self.tell(Event::Stored(stored));
        Ok(Done {})
    }

    /// What the file of a link holds now, as a link of its own.
    pub(crate) fn read_link(&self, link: &FileLink) -> Result<(FileLink, FileForm), Failure> {
        let root = self.root_of(link.site)?;
        let file = sites::read_file(&root, &link.path)?;
        let link = FileLink { base_text: file.text, base_hash: file.hash, ..link.clone() };
        Ok((link, file.form))
    }

    /// Writes the file of a post, and the images that the text names and the site does not have yet.
    fn write_file(&self, post: &mut OpenPost, text: &str) -> Result<Option<String>, Failure> {
        let Some(file) = &post.file else { return Ok(None) };
        let old = &file.link;
        self.expect_own_file(post.id, old.site, &old.path)?;
        let root = self.root_of(old.site)?;
        let target = root.join(&old.path);
        let expected = if target.exists() { Expected::Hash(old.base_hash.clone()) } else { Expected::Absent };
        let form = form_after(&file.form, &old.base_text, text);
        let bytes = sites::encode(text, &form);
        let link = FileLink { base_text: text.to_owned(), base_hash: sites::hash_of(&bytes), ..old.clone() };
        let mut changes = vec![FileChange { path: old.path.clone(), expected, content: Some(bytes) }];
        changes.extend(self.images_to_write(post.id, old, text)?);
        let note = Note { draft: post.id, file: Some(link), form: form.to_json(), ..Note::default() };
        let site = old.site;
        let undertaking = Undertaking {
            site,
            root: &root,
            changes: &changes,
            left_folders: Vec::new(),
            note: note.clone(),
        };
        let written = self.carry_out(undertaking).map_err(|failure| match failure {
            Failure::Site(SiteError::TargetExists { path }) if path == changes[0].path => {
                SiteError::ChangedOutside { path }.into()
            }
            other => other,
        })?;
        self.take_note(post, written, &note)?;
        Ok(Some(target.to_string_lossy().into_owned()))
    }

    pub(crate) fn images_to_write(
        &self,
        post: u32,
        link: &FileLink,
        text: &str,
    ) -> Result<Vec<FileChange>, Failure> {
        let mut files = Vec::new();
        for asset in self.library.assets(post)? {
            if !images::is_named(text, &asset.name) {
                continue;
            }
            let Some(path) = self.path_of_reference(link, &asset.name)? else { continue };
            if self.root_of(link.site)?.join(&path).exists() {
                continue;
            }
            if let Some(asset) = self.library.asset(post, &asset.name)? {
                files.push(FileChange::new(path, asset.bytes));
            }
        }
        Ok(files)
    }

    /// Remembers what a post and its file have agreed on.
    pub(crate) fn link(&self, post: PostId, link: &FileLink, form: &FileForm) -> Result<(), Failure> {
        self.library.set_form(post, form.to_json())?;
        Ok(self.library.set_file(post, Some(link.clone()))?)
    }

    /// Takes what the file holds by now for agreed where the text is the same, and tells the window so.
    pub(crate) fn agree(&self, post: &mut OpenPost) -> Result<(), Failure> {
        self.agree_on(post, None)
    }

    /// The same where the text is another, but has in itself what the file of this hash holds.
    pub(crate) fn agree_on(&self, post: &mut OpenPost, taken_over: Option<&str>) -> Result<(), Failure> {
        if !post.agree_with_newer_file(taken_over) {
            return Ok(());
        }
        if let Some(file) = &post.file {
            self.link(post.id, &file.link, &file.form)?;
        }
        let (id, revision) = (post.id, post.revision);
        let differs_from_file = post.differs_from_file();
        self.tell(Event::Stored(wire::Stored { post: id, revision, differs_from_file }));
        Ok(())
    }
}

/// The form of a text that came out of another by edits: lines that were not touched keep their ends.
pub(crate) fn form_after(form: &FileForm, before: &str, after: &str) -> FileForm {
    let mut form = form.clone();
    let breaks = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
    for change in diff::changes_between(before, after).iter().rev() {
        form.spliced(
            breaks(&before[..change.from]),
            breaks(&before[change.from..change.to]),
            breaks(&change.insert),
        );
    }
    form
}
