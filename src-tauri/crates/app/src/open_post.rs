//! An open post: its text, its preview, its file, and what follows from an edit.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use postwright_drafts::{FileLink, StoredDraft};
use postwright_markdown::{self as markdown, Dialect, Preview, StopWatch};
use postwright_post::profile::{Generator, KeyCase};
use postwright_post::{TextChange, front_matter};
use postwright_sites::{self as sites, FileForm, SiteError};
use postwright_wire::{self as wire, Milliseconds, PostId, Revision, Selection};

use crate::convert;
use crate::failure::Failure;
use crate::keeping::Unkept;
use crate::text::PostText;
use crate::{Core, lock, undoing};

/// Front matter is looked for in no more than this; `post` refuses a longer one itself.
const LONGEST_FRONT_MATTER: usize = 70 * 1024;
/// A title that is not in the front matter is looked for in so many bytes of the body.
const TITLE_WITHIN: usize = 4 * 1024;

/// A post that a window has open.
pub(crate) struct OpenPost {
    pub(crate) id: PostId,
    pub(crate) text: PostText,
    pub(crate) revision: Revision,
    pub(crate) selection: Selection,
    pub(crate) preview: Preview,
    /// The dialect that the site came to have since the preview was last shown.
    new_dialect: Option<Dialect>,
    pub(crate) details: wire::Details,
    /// Byte where the front matter ends.
    body_start: usize,
    /// Byte up to which the details were read last.
    details_end: usize,
    pub(crate) file: Option<FileOfPost>,
    pub(crate) read_only: Option<wire::Error>,
    /// Set once the journal has refused an edit: it cannot take those behind it either.
    pub(crate) journal_has_gap: Arc<AtomicBool>,
    /// When it was last edited.
    pub(crate) edited: Milliseconds,
    /// What no revision holds yet.
    pub(crate) unkept: Option<Unkept>,
    /// Whether it was edited since it was opened.
    pub(crate) is_edited: bool,
}

/// The file of an open post, as it was when text and file were last the same.
pub(crate) struct FileOfPost {
    pub(crate) link: FileLink,
    /// The form of `link.base_text` in the file.
    pub(crate) form: FileForm,
    /// What the file holds since it changed outside, until the editor's text is equal to it.
    pub(crate) newer: Option<(FileLink, FileForm)>,
    /// Set once the file is known to be gone.
    pub(crate) gone: bool,
}

impl OpenPost {
    pub(crate) fn new(
        stored: StoredDraft,
        form: FileForm,
        options: markdown::Options,
        language: wire::Language,
    ) -> (Self, markdown::Patch) {
        let text = PostText::new(&stored.text);
        let head = text.head(LONGEST_FRONT_MATTER);
        let body_start = front_matter::body_start(&head, generator_of(&options.dialect));
        let (preview, patch) = Preview::new(&stored.text, body_start, options);
        let selection = Selection { anchor: stored.selection.0, head: stored.selection.1 };
        let mut post = Self {
            id: stored.id,
            selection: text.clamped(selection),
            text,
            revision: stored.revision,
            preview,
            new_dialect: None,
            details: wire::Details::default(),
            body_start,
            details_end: body_start + TITLE_WITHIN,
            file: stored.file.map(|link| FileOfPost { link, form, newer: None, gone: false }),
            read_only: None,
            journal_has_gap: Arc::default(),
            edited: stored.edited,
            unkept: None,
            is_edited: false,
        };
        post.details = post.read_details(language);
        (post, patch)
    }

    /// Applies changes to the text and the preview; the next revision.
    pub(crate) fn apply(
        &mut self,
        changes: &[wire::Change],
        selection: Selection,
    ) -> Result<(Vec<TextChange>, markdown::Patch), Failure> {
        let changes = self.text.apply(changes)?;
        self.revision += 1;
        self.selection = self.text.clamped(selection);
        if let Some(first) = changes.first()
            && (first.from <= self.body_start || self.body_start == 0)
        {
            self.find_body();
        }
        let patch = match self.new_dialect.take() {
            Some(dialect) => self.preview.read_as(dialect, &self.text.to_string(), self.body_start),
            None => {
                let changes: Vec<_> = changes.iter().map(convert::for_preview).collect();
                self.preview.edit(&changes, self.body_start)
            }
        };
        Ok((changes, patch))
    }

    /// Goes on with the colours of code for which there was no time.
    pub(crate) fn colour_on(&mut self) -> markdown::Patch {
        self.preview.edit(&[], self.body_start)
    }

    /// Shows the post in another dialect, as that reads its file, from its next patch on.
    pub(crate) fn show_in(&mut self, dialect: Dialect) {
        let dialect = match self.link() {
            Some(link) => dialect.for_file_name(&link.path),
            None => dialect,
        };
        self.new_dialect = Some(dialect).filter(|dialect| *dialect != self.preview.options().dialect);
        if self.new_dialect.is_some() {
            self.find_body();
        }
    }

    /// The site that its file lies in.
    pub(crate) fn site(&self) -> Option<wire::SiteId> {
        self.link().map(|link| link.site)
    }

    /// The file that it stands for.
    pub(crate) fn link(&self) -> Option<&FileLink> {
        self.file.as_ref().map(|file| &file.link)
    }

    /// The whole block list for a window that has none yet.
    pub(crate) fn render_afresh(&mut self, options: markdown::Options) -> markdown::Patch {
        let (preview, patch) = Preview::new(&self.text.to_string(), self.body_start, options);
        self.preview = preview;
        self.new_dialect = None;
        patch
    }

    /// Reads the details again where an edit from this byte on may have changed them; none if they are the same.
    pub(crate) fn details_after_edit_at(
        &mut self,
        from: usize,
        language: wire::Language,
    ) -> Option<wire::Details> {
        // Both ends: an edit that breaks a long front matter lies far behind what there is to read afterwards.
        let end = self.body_start + TITLE_WITHIN;
        if from > end.max(std::mem::replace(&mut self.details_end, end)) {
            return None;
        }
        let details = self.read_details(language);
        (details != self.details).then(|| {
            self.details = details.clone();
            details
        })
    }

    /// Whether the text differs from what it and its file last agreed on.
    pub(crate) fn differs_from_file(&self) -> bool {
        self.file.as_ref().is_some_and(|file| !self.text.equals(&file.link.base_text))
    }

    /// Takes what the file holds by now for agreed, if the text has become equal to it or, as `taken_over` says by
    /// its hash, has it in itself.
    pub(crate) fn agree_with_newer_file(&mut self, taken_over: Option<&str>) -> bool {
        let Some(file) = self.file.as_mut() else { return false };
        let text = &self.text;
        let Some((link, form)) = file.newer.take_if(|(newer, _)| {
            taken_over == Some(newer.base_hash.as_str()) || text.equals(&newer.base_text)
        }) else {
            return false;
        };
        (file.link, file.form, file.gone) = (link, form, false);
        true
    }

    /// Byte where the front matter ends.
    pub(crate) fn body_start(&self) -> usize {
        self.body_start
    }

    fn find_body(&mut self) {
        let may_begin = ["---", "+++", "{", "\n", " ", "\t"].iter().any(|mark| self.text.starts_with(mark));
        self.body_start = if may_begin {
            let dialect = self.new_dialect.as_ref().unwrap_or(&self.preview.options().dialect);
            front_matter::body_start(&self.text.head(LONGEST_FRONT_MATTER), generator_of(dialect))
        } else {
            0
        };
    }

    /// How the generator of its site reads the keys of its front matter.
    pub(crate) fn key_case(&self) -> KeyCase {
        let dialect = self.new_dialect.as_ref().unwrap_or(&self.preview.options().dialect);
        key_case_of(dialect)
    }

    fn read_details(&self, language: wire::Language) -> wire::Details {
        convert::details(&self.text.head(self.body_start + TITLE_WITHIN), self.key_case(), language)
    }
}

/// The generator that a dialect is of.
pub(crate) fn generator_of(dialect: &Dialect) -> Generator {
    match dialect {
        Dialect::CommonMark(_) => Generator::Plain,
        Dialect::Hugo(_) => Generator::Hugo,
        Dialect::Jekyll(_) => Generator::Jekyll,
        Dialect::Zola(_) => Generator::Zola,
        Dialect::Hexo(_) => Generator::Hexo,
        Dialect::Astro(_) => Generator::Astro,
    }
}

/// How the generator that a dialect is of reads the keys of a front matter.
pub(crate) fn key_case_of(dialect: &Dialect) -> KeyCase {
    generator_of(dialect).key_case()
}

impl Core {
    /// The post as it is open. One whose close overtook its opening in another tab is opened again, so that no edit
    /// is refused.
    pub(crate) fn open(&self, id: PostId) -> Result<Arc<Mutex<OpenPost>>, Failure> {
        let find = || lock(&self.open).get(&id).map(Arc::clone);
        if let Some(open) = find() {
            return Ok(open);
        }
        self.open_from_library(id)?;
        find().ok_or(Failure::NotOpen { post: id })
    }

    /// Opens a post of the library, or tells what is open already.
    pub(crate) fn open_from_library(&self, id: PostId) -> Result<wire::OpenedPost, Failure> {
        let mut open = lock(&self.open);
        if let Some(post) = open.get(&id) {
            let mut post = lock(post);
            let options = self.preview_options(id, post.link());
            let patch = post.render_afresh(options);
            // Whoever opens it now has not been told yet.
            if let Some(file) = post.file.as_mut() {
                file.gone = false;
            }
            let outside = self.outside_change(&mut post);
            self.look_through_soon(id);
            return self.opened_with_history(&post, patch, outside);
        }
        let stored = self.library.draft(id)?;
        let form = FileForm::from_json(&stored.form).unwrap_or_default();
        let options = self.preview_options(id, stored.file.as_ref());
        let (mut post, patch) = OpenPost::new(stored, form, options, self.language());
        if let Some(newer) = self.library.read_only() {
            post.read_only = Some(Failure::NewerLibrary(newer).on_the_wire(self.language()));
        }
        if let Some(file) = &post.file
            && let Err(error @ SiteError::NotUtf8 { .. }) =
                sites::read_file(&self.root_of(file.link.site)?, &file.link.path)
        {
            post.read_only = Some(Failure::Site(error).on_the_wire(self.language()));
        }
        let outside = self.outside_change(&mut post);
        let opened = self.opened_with_history(&post, patch, outside)?;
        open.insert(id, Arc::new(Mutex::new(post)));
        self.look_through_soon(id);
        Ok(opened)
    }

    /// The whole preview as the post's site is set now.
    pub(crate) fn preview_again(&self, again: &wire::PreviewAgain) -> Result<wire::PreviewPatch, Failure> {
        let post = self.open(again.post)?;
        let mut post = lock(&post);
        let options = self.preview_options(again.post, post.link());
        let patch = post.render_afresh(options);
        Ok(convert::patch(patch, post.revision, self.language()))
    }

    pub(crate) fn preview_options(&self, id: PostId, file: Option<&FileLink>) -> markdown::Options {
        markdown::Options {
            image_base: format!("{}/post/{id}/", self.image_base),
            dialect: self.dialect_of_file(file),
            remote_images: self.remote_images_are_shown(file.map(|file| file.site)),
            watch: StopWatch::new(|time| {
                let start = Instant::now();
                Box::new(move || start.elapsed() >= time)
            }),
        }
    }

    /// The post as the window takes it in.
    pub(crate) fn opened(
        &self,
        post: &OpenPost,
        patch: markdown::Patch,
        outside: Option<wire::OutsideChange>,
    ) -> Result<wire::OpenedPost, Failure> {
        Ok(wire::OpenedPost {
            post: post.id,
            revision: post.revision,
            text: post.text.to_string(),
            selection: post.selection,
            details: post.details.clone(),
            preview: convert::patch(patch, post.revision, self.language()),
            file: post
                .file
                .as_ref()
                .map(|file| self.linked_file(file.link.site, &file.link.path))
                .transpose()?,
            differs_from_file: post.differs_from_file(),
            outside,
            read_only: post.read_only.clone(),
            remote_images: self.remote_images_are_shown(post.site()),
            history: wire::UndoHistory::default(),
        })
    }

    /// The same for a window that has nothing of the post yet.
    fn opened_with_history(
        &self,
        post: &OpenPost,
        patch: markdown::Patch,
        outside: Option<wire::OutsideChange>,
    ) -> Result<wire::OpenedPost, Failure> {
        Ok(wire::OpenedPost { history: self.undo_history(post), ..self.opened(post, patch, outside)? })
    }

    /// What can be undone of the time before. A history that cannot be read costs the writer no more than itself.
    fn undo_history(&self, post: &OpenPost) -> wire::UndoHistory {
        let edits = self.library.flush().and_then(|()| self.library.past_edits(post.id));
        match edits {
            Ok(edits) => undoing::undo_history(&post.text, &edits),
            Err(error) => {
                tracing::warn!(post = post.id, %error, "nothing of before can be undone");
                wire::UndoHistory::default()
            }
        }
    }
}
