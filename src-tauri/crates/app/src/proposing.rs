//! Import with a look first: a text is read, shown as what it would become, corrected, and taken.
//!
//! One text is kept at a time, in memory alone: nothing reaches the library before it is taken.

use std::path::{Path, PathBuf};

use postwright_drafts::NewDraft;
use postwright_intake::{self as intake, ChangeId, Encoding, Proposal, SeamReason, StepName};
use postwright_post::front_matter;
use postwright_sites as sites;
use postwright_wire::{self as wire, Done, Event, Imported, ImportedDraft};

use crate::drafting::name_of;
use crate::failure::Failure;
use crate::importing::files_to_import;
use crate::{App, Core, convert, lock};

/// The file of a text that is larger is not compared line by line: its changes are told alone.
const MOST_COMPARED: usize = 512 * 1024;
/// How many lines of a comparison are shown.
const MOST_LINES: usize = 4_000;
/// How many lines of a post are told, and how many letters of each.
const MOST_PLACES: usize = 2_000;
const LETTERS: usize = 80;

/// A text that is being imported.
pub(crate) struct Import {
    id: wire::ImportId,
    source: Option<Source>,
    content: Content,
}

/// The file of a text.
struct Source {
    path: PathBuf,
    bytes: Vec<u8>,
    encoding: Encoding,
    damaged: bool,
}

enum Content {
    Plain(Box<Proposal>),
    Html { html: String, page: Box<intake::FromHtml>, taken: bool },
}

impl App {
    /// Reads a file that may hold several posts, and keeps it until it is taken.
    pub fn read_import_file(&self, path: &Path) -> Result<wire::ImportProposal, wire::Error> {
        self.core.read_import_file(path).map_err(|failure| failure.on_the_wire(self.language()))
    }

    /// Makes drafts of files and of the files in folders; a plain text becomes all the posts that it is found to hold,
    /// by the steps and seams that are proposed. What fails is told, and keeps nothing else from being imported.
    pub fn import_split(&self, paths: &[PathBuf]) -> Result<Imported, wire::Error> {
        Ok(self.core.import_split(paths))
    }
}

impl Core {
    pub(crate) fn read_import(&self, read: &wire::ReadImport) -> Result<wire::ImportProposal, Failure> {
        let content = content(&read.text, None)?;
        Ok(self.keep_import(None, content))
    }

    pub(crate) fn read_import_file(&self, path: &Path) -> Result<wire::ImportProposal, Failure> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let bytes = sites::read_bytes(folder, &name_of(path), sites::LARGEST_FILE)?;
        let decoded = intake::decode(&bytes).ok_or_else(|| Failure::NoText { path: path.to_owned() })?;
        let content = content(&decoded.text, Some(path))?;
        let (encoding, damaged) = (decoded.encoding, decoded.damaged);
        Ok(self.keep_import(Some(Source { path: path.to_owned(), bytes, encoding, damaged }), content))
    }

    fn import_split(&self, paths: &[PathBuf]) -> Imported {
        let mut imported = Imported::default();
        for path in paths {
            let files = files_to_import(path).and_then(|files| match files.is_empty() {
                true => Err(Failure::NothingToImport { path: path.clone() }),
                false => Ok(files),
            });
            match files {
                Ok(files) => files.iter().for_each(|file| self.import_each(file, &mut imported)),
                Err(failure) => imported.failed.push(self.told(failure)),
            }
        }
        imported
    }

    fn import_each(&self, file: &Path, imported: &mut Imported) {
        let taken = self
            .read_import_file(file)
            .and_then(|proposal| self.take_import(&wire::TakeImport { import: proposal.import }));
        match taken {
            Ok(more) => {
                imported.drafts.extend(more.drafts);
                imported.missing_images.extend(more.missing_images);
            }
            Err(failure) => imported.failed.push(self.told(failure)),
        }
    }

    fn keep_import(&self, source: Option<Source>, content: Content) -> wire::ImportProposal {
        let mut kept = lock(&self.import);
        let id = kept.as_ref().map_or(1, |import| import.id.wrapping_add(1));
        let import = Import { id, source, content };
        let told = told(&import);
        *kept = Some(import);
        told
    }

    pub(crate) fn change_import(&self, change: &wire::ChangeImport) -> Result<wire::ImportProposal, Failure> {
        let mut kept = lock(&self.import);
        let import = known(&mut kept, change.import)?;
        choose(import, change.choice)?;
        Ok(told(import))
    }

    pub(crate) fn show_imported(&self, show: &wire::ShowImported) -> Result<wire::ImportedView, Failure> {
        let mut kept = lock(&self.import);
        let import = known(&mut kept, show.import)?;
        Ok(view(&import.content, show.draft as usize))
    }

    /// Makes the drafts, all of them or none.
    pub(crate) fn take_import(&self, take: &wire::TakeImport) -> Result<Imported, Failure> {
        let mut kept = lock(&self.import);
        let import = known(&mut kept, take.import)?;
        let mut imported = Imported::default();
        for (text, images) in texts(&import.content) {
            if let Err(failure) = self.add_imported(import, text, images, &mut imported) {
                for draft in &imported.drafts {
                    self.library.remove_draft(draft.post)?;
                }
                return Err(failure);
            }
        }
        *kept = None;
        drop(kept);
        self.tell(Event::DraftsChanged(Done {}));
        Ok(imported)
    }

    fn add_imported(
        &self,
        import: &Import,
        text: String,
        images: &[intake::EmbeddedImage],
        imported: &mut Imported,
    ) -> Result<(), Failure> {
        let path = import.source.as_ref().map(|source| source.path.as_path());
        let new = NewDraft { text: text.clone(), file: None, form: String::new(), at: self.milliseconds() };
        let post = self.library.add_draft(new)?;
        let title =
            convert::details(&text, postwright_post::profile::KeyCase::Counts, self.language()).shown_title;
        let shown = path.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        imported.drafts.push(ImportedDraft { path: shown, post, title, images: 0 });
        let mut count = self.keep_embedded(post, images)?;
        if let Some(path) = path {
            count += self.import_images(post, path, &text, imported)?;
        }
        if let Some(draft) = imported.drafts.last_mut() {
            draft.images = count;
        }
        Ok(())
    }

    /// Keeps the pictures that were written out in HTML; answers how many.
    pub(crate) fn keep_embedded(
        &self,
        post: wire::PostId,
        images: &[intake::EmbeddedImage],
    ) -> Result<u32, Failure> {
        let mut kept = 0;
        for image in images {
            if let Some((bytes, media_type)) = crate::images::from_base64(&image.reference, &image.base64) {
                self.library.add_asset(post, &image.reference, bytes, media_type)?;
                kept += 1;
            }
        }
        Ok(kept)
    }

    /// Turns pasted HTML into Markdown; its pictures are kept for the post.
    pub(crate) fn convert_clip(&self, clip: &wire::ConvertClip) -> Result<wire::ConvertedClip, Failure> {
        let Some(from) = intake::markdown_of_clip(&clip.html)? else {
            return Ok(wire::ConvertedClip { markdown: None });
        };
        let mut markdown = from.markdown;
        for image in from.images {
            let add = wire::AddImage { post: clip.post, name: image.reference.clone(), base64: image.base64 };
            // A picture that is none after all leaves its place in the text.
            if let Ok(added) = self.add_image(&add) {
                markdown =
                    markdown.replace(&format!("]({})", image.reference), &format!("]({})", added.reference));
            }
        }
        Ok(wire::ConvertedClip { markdown: Some(markdown.trim_end_matches('\n').to_owned()) })
    }
}

fn known(kept: &mut Option<Import>, id: wire::ImportId) -> Result<&mut Import, Failure> {
    kept.as_mut().filter(|import| import.id == id).ok_or(Failure::ImportGone)
}

fn content(text: &str, path: Option<&Path>) -> Result<Content, Failure> {
    let is_named = path
        .and_then(Path::extension)
        .is_some_and(|end| ["html", "htm", "xhtml"].iter().any(|known| end.eq_ignore_ascii_case(known)));
    if is_named || intake::looks_like_html(text) {
        let page = Box::new(intake::markdown_of_page(text)?);
        return Ok(Content::Html { html: text.to_owned(), page, taken: true });
    }
    Ok(Content::Plain(Box::new(Proposal::new(text)?)))
}

fn choose(import: &mut Import, choice: wire::ImportChoice) -> Result<(), Failure> {
    if let wire::ImportChoice::Encoding { encoding } = choice {
        if let Some(source) = &mut import.source {
            let decoded = intake::decode_as(&source.bytes, encoding_of(encoding));
            import.content = content(&decoded.text, Some(&source.path))?;
            (source.encoding, source.damaged) = (decoded.encoding, decoded.damaged);
        }
        return Ok(());
    }
    match (&mut import.content, choice) {
        (Content::Html { taken, .. }, wire::ImportChoice::Draft { on, .. }) => *taken = on,
        (Content::Html { .. }, _) => {}
        (Content::Plain(proposal), choice) => match choice {
            wire::ImportChoice::Step { step, on } => proposal.set_step(step_of(step), on),
            wire::ImportChoice::Flip { step, at } => {
                proposal.flip(ChangeId { step: step_of(step), at: at as usize });
            }
            wire::ImportChoice::Seam { line, on } => proposal.set_seam(line as usize, on),
            wire::ImportChoice::Draft { draft, on } => proposal.set_taken(draft as usize, on),
            wire::ImportChoice::Encoding { .. } => {}
        },
    }
    Ok(())
}

/// The texts of the drafts that are taken, with the pictures that are written out in them.
fn texts(content: &Content) -> Vec<(String, &[intake::EmbeddedImage])> {
    match content {
        Content::Html { page, taken, .. } if *taken => vec![(page_text(page), &page.images)],
        Content::Html { .. } => Vec::new(),
        Content::Plain(proposal) => {
            let taken = proposal.drafts().iter().filter(|draft| draft.is_taken);
            taken.map(|draft| (draft.text.clone(), [].as_slice())).collect()
        }
    }
}

/// The text of a page's post, with what the page says about it in front.
pub(crate) fn page_text(page: &intake::FromHtml) -> String {
    format!("{}{}", page.details.front_matter(), page.markdown)
}

fn told(import: &Import) -> wire::ImportProposal {
    let source = import.source.as_ref();
    let mut told = wire::ImportProposal {
        import: import.id,
        path: source.map(|source| source.path.to_string_lossy().into_owned()),
        encoding: source.map(|source| encoding_on_the_wire(source.encoding)),
        damaged: source.is_some_and(|source| source.damaged),
        steps: Vec::new(),
        seams: Vec::new(),
        drafts: Vec::new(),
    };
    match &import.content {
        Content::Html { page, taken, .. } => told.drafts.push(wire::ProposedDraft {
            title: page.details.title.clone().unwrap_or_default(),
            line: 1,
            length: small(page.markdown.chars().count()),
            taken: *taken,
        }),
        Content::Plain(proposal) => {
            told.steps = steps(proposal);
            told.seams = seams(proposal);
            told.drafts = drafts(proposal);
        }
    }
    told
}

fn steps(proposal: &Proposal) -> Vec<wire::ImportStep> {
    let taken = || proposal.drafts().iter().filter(|draft| draft.is_taken);
    let of = |step: &intake::Step| {
        let counts = || taken().filter_map(|draft| draft.counts.get(&step.name));
        wire::ImportStep {
            step: step_on_the_wire(step.name),
            on: step.is_on,
            found: small(counts().map(|count| count.found).sum()),
            taken: small(counts().map(|count| count.taken).sum()),
        }
    };
    proposal.steps().iter().map(of).collect()
}

fn seams(proposal: &Proposal) -> Vec<wire::ImportSeam> {
    let told = |seam: intake::Seam| wire::ImportSeam {
        line: small(seam.line),
        words: first_words(&proposal.text()[seam.at..]),
        reason: reason_on_the_wire(seam.reason),
        on: seam.is_on,
    };
    proposal.seams().into_iter().map(told).collect()
}

fn drafts(proposal: &Proposal) -> Vec<wire::ProposedDraft> {
    let (mut line, mut done) = (1, 0);
    let told = |draft: &intake::Draft| {
        line += proposal.text()[done..draft.source.start].matches('\n').count();
        done = draft.source.start;
        wire::ProposedDraft {
            title: front_matter::shown_title(&draft.text),
            line: small(line),
            length: small(draft.text.chars().count()),
            taken: draft.is_taken,
        }
    };
    proposal.drafts().iter().map(told).collect()
}

/// The first line with text, shortened.
fn first_words(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
        .chars()
        .take(LETTERS)
        .collect()
}

fn view(content: &Content, draft: usize) -> wire::ImportedView {
    let mut view =
        wire::ImportedView { diff: Vec::new(), left_out: 0, changes: Vec::new(), lines: Vec::new() };
    match content {
        Content::Html { html, page, .. } => compare(html, &page_text(page), &mut view),
        Content::Plain(proposal) => {
            let Some(draft) = proposal.drafts().get(draft) else { return view };
            let before = &proposal.text()[draft.source.clone()];
            compare(before, &draft.text, &mut view);
            view.changes = draft.changes.iter().map(change_on_the_wire).collect();
            let first = proposal.text()[..draft.source.start].matches('\n').count() + 1;
            view.lines = before
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim().is_empty())
                .take(MOST_PLACES)
                .map(|(place, line)| wire::ImportLine {
                    line: small(first + place),
                    words: first_words(line),
                })
                .collect();
        }
    }
    view
}

fn compare(before: &str, after: &str, view: &mut wire::ImportedView) {
    if before.len().max(after.len()) > MOST_COMPARED {
        view.left_out = small(before.lines().count().max(after.lines().count()));
        return;
    }
    view.diff = convert::diff_lines(before, after);
    view.left_out = small(view.diff.len().saturating_sub(MOST_LINES));
    view.diff.truncate(MOST_LINES);
}

fn change_on_the_wire(change: &intake::Change) -> wire::ImportChange {
    wire::ImportChange {
        step: step_on_the_wire(change.id.step),
        at: small(change.id.at),
        context_before: change.context_before.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
        context_after: change.context_after.clone(),
        sure: change.is_sure,
        taken: change.is_taken,
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

macro_rules! same_names {
    ($on_the_wire:ident, $of:ident, $wire:ty, $own:ty, [$($name:ident),*]) => {
        fn $on_the_wire(own: $own) -> $wire {
            match own { $( <$own>::$name => <$wire>::$name, )* }
        }
        #[allow(dead_code, reason = "a reason is only told")]
        fn $of(wire: $wire) -> $own {
            match wire { $( <$wire>::$name => <$own>::$name, )* }
        }
    };
}

same_names!(
    step_on_the_wire,
    step_of,
    wire::ImportStepName,
    StepName,
    [Blanks, Frame, Details, Code, Sentences, RunInHeads, LineBreaks, Lists, Heads, Signs]
);
same_names!(
    reason_on_the_wire,
    reason_of,
    wire::ImportSeamReason,
    SeamReason,
    [Start, FrontMatter, SkipLink, ViewCount, RepeatedLine, AfterTags, Dateline, Rule, Heading, Writer]
);
same_names!(encoding_on_the_wire, encoding_of, wire::TextEncoding, Encoding, [Utf8, Utf16, Cp949]);
