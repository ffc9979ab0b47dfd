//! Import: files and folders become drafts. The files are only read.

use std::path::{Path, PathBuf};

use postwright_drafts::NewDraft;
use postwright_intake::EmbeddedImage;
use postwright_post::plan::image_references;
use postwright_post::profile::KeyCase;
use postwright_sites as sites;
use postwright_wire::{self as wire, Done, Event, Imported, ImportedDraft};

use crate::drafting::name_of;
use crate::failure::Failure;
use crate::proposing::page_text;
use crate::{App, Core, convert, images};

/// Folders that hold no posts of the writer's own.
const NOT_LOOKED_INTO: [&str; 6] = [".git", "node_modules", "public", "resources", "_site", "themes"];

impl App {
    /// Makes a draft of each file; a folder stands for the Markdown and text files in it. What fails is told, and
    /// keeps nothing else from being imported.
    pub fn import(&self, paths: &[PathBuf]) -> Result<Imported, wire::Error> {
        Ok(self.core.import(paths))
    }
}

impl Core {
    pub(crate) fn import(&self, paths: &[PathBuf]) -> Imported {
        let mut imported = Imported::default();
        for path in paths {
            match files_to_import(path) {
                Ok(files) if files.is_empty() => {
                    imported.failed.push(self.told(Failure::NothingToImport { path: path.clone() }));
                }
                Ok(files) => {
                    for file in files {
                        if let Err(failure) = self.import_file(&file, &mut imported) {
                            imported.failed.push(self.told(failure));
                        }
                    }
                }
                Err(failure) => imported.failed.push(self.told(failure)),
            }
        }
        self.tell(Event::DraftsChanged(Done {}));
        imported
    }

    fn import_file(&self, path: &Path, imported: &mut Imported) -> Result<(), Failure> {
        let (text, embedded) = text_of_file(path)?;
        let draft = NewDraft { text: text.clone(), file: None, form: String::new(), at: self.milliseconds() };
        let post = self.library.add_draft(draft)?;
        let images =
            self.keep_embedded(post, &embedded)? + self.import_images(post, path, &text, imported)?;
        let title = convert::details(&text, KeyCase::Counts, self.language()).shown_title;
        imported.drafts.push(ImportedDraft {
            path: path.to_string_lossy().into_owned(),
            post,
            title,
            images,
        });
        Ok(())
    }

    /// Keeps the images that a text names and that lie under its file's folder; answers how many, and tells of the
    /// others.
    pub(crate) fn import_images(
        &self,
        post: wire::PostId,
        path: &Path,
        text: &str,
        imported: &mut Imported,
    ) -> Result<u32, Failure> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut images = 0;
        for reference in image_references(text) {
            if !images::is_local(&reference)
                || reference.starts_with('/')
                || self.library.asset(post, &reference)?.is_some()
            {
                continue;
            }
            if self.import_image(post, folder, &reference)? {
                images += 1;
            } else {
                let subject = Some(path.to_string_lossy().into_owned());
                let missing = self.told(Failure::ImageNotFound { reference });
                imported.missing_images.push(wire::Error { subject, ..missing });
            }
        }
        Ok(images)
    }

    /// Keeps an image that lies under the folder of the imported file.
    fn import_image(&self, post: wire::PostId, folder: &Path, reference: &str) -> Result<bool, Failure> {
        let Ok(path) = folder.join(reference).canonicalize() else { return Ok(false) };
        let is_inside = folder.canonicalize().is_ok_and(|folder| path.starts_with(folder));
        let Ok(bytes) = std::fs::read(&path) else { return Ok(false) };
        match images::media_type_of(reference, &bytes) {
            Some(media_type) if is_inside => {
                self.library.add_asset(post, reference, bytes, media_type)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    pub(crate) fn told(&self, failure: Failure) -> wire::Error {
        failure.on_the_wire(self.language())
    }
}

/// The text of a file, and the pictures that are written out in it. HTML becomes Markdown; what is not UTF-8 is read as
/// what it is seen to be.
fn text_of_file(path: &Path) -> Result<(String, Vec<EmbeddedImage>), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let read = sites::read_file(folder, &name_of(path));
    let text = match read {
        Err(sites::SiteError::NotUtf8 { .. }) => {
            let bytes = sites::read_bytes(folder, &name_of(path), sites::LARGEST_FILE)?;
            match postwright_intake::decode(&bytes) {
                Some(decoded) => decoded.text,
                None => {
                    return Err(read.err().map_or(Failure::NoText { path: path.to_owned() }, Failure::from));
                }
            }
        }
        read => read?.text,
    };
    if !is_html(path) {
        return Ok((text, Vec::new()));
    }
    let page = postwright_intake::markdown_of_page(&text)?;
    Ok((page_text(&page), page.images))
}

/// The file that a path names, or the files in its folder that can be imported.
pub(crate) fn files_to_import(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if is_archive(path) && path.is_file() {
        return Err(Failure::Archive { path: path.to_owned() });
    }
    files_under(path, |path| is_post(path) || is_html(path))
}

/// The file that a path names, or those of the files in its folder that are wanted.
pub(crate) fn files_under(path: &Path, is_wanted: fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let no_such_path = |source| Failure::NoSuchPath { path: path.to_owned(), source };
    let path = path.canonicalize().map_err(no_such_path)?;
    if path.is_file() {
        return Ok(vec![path]);
    }
    let mut entries: Vec<_> = std::fs::read_dir(&path).map_err(no_such_path)?.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type());
        if kind.as_ref().is_ok_and(std::fs::FileType::is_dir) {
            if !NOT_LOOKED_INTO.contains(&name_of(&path).as_str()) {
                files.extend(files_under(&path, is_wanted)?);
            }
        } else if kind.is_ok_and(|kind| kind.is_file()) && is_wanted(&path) {
            files.push(path);
        }
    }
    Ok(files)
}

/// Whether a file is Markdown or text, by its name.
pub(crate) fn is_post(path: &Path) -> bool {
    ends_in(path, &["md", "markdown", "mdx", "txt"])
}

fn is_html(path: &Path) -> bool {
    ends_in(path, &["html", "htm", "xhtml"])
}

/// What is packed is not unpacked here: it may hold a thousand times what it seems to.
fn is_archive(path: &Path) -> bool {
    ends_in(path, &["zip", "gz", "tgz", "tar", "bz2", "xz", "7z", "rar", "zst", "epub", "docx", "hwpx"])
}

fn ends_in(path: &Path, ends: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ends.iter().any(|end| extension.eq_ignore_ascii_case(end))
}
