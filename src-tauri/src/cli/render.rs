//! `render`: the preview's HTML of files.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use postwright_app::checking::{self, Checking};
use postwright_app::files::{self, Engine, Rendering};
use postwright_wire::Language;

use super::{Outcome, check, output};
use crate::failure::Failure;
use crate::programs;

/// What cannot be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the engines are hugo, jekyll, zola, hexo, astro and commonmark")]
pub(super) struct UnknownEngine;

/// `--engine NAME`.
pub(super) fn parse_engine(name: &str) -> Result<Engine, UnknownEngine> {
    Engine::ALL.iter().find(|(known, _)| *known == name).map(|(_, engine)| *engine).ok_or(UnknownEngine)
}

/// Renders to standard output, or into a folder. What of a site's settings cannot be followed goes to standard error.
pub(super) fn run(
    files: &[PathBuf],
    out: Option<&Path>,
    rendering: Rendering<'_>,
    language: Language,
) -> Result<Outcome, Failure> {
    match (files, out) {
        ([file], None) => output::print(&html(file, rendering, language)?)?,
        (_, None) => return Err(Failure::Usage("several files need a folder — add --out DIR".to_owned())),
        (files, Some(folder)) => into_folder(files, folder, rendering, language)?,
    }
    say_of_settings(files, rendering, language);
    Ok(Outcome::Done)
}

fn say_of_settings(files: &[PathBuf], rendering: Rendering<'_>, language: Language) {
    // Another engine than the site's own is asked for to see something else than the site.
    if rendering.engine.is_some() {
        return;
    }
    let program_folders = programs::folders();
    let now = jiff::Zoned::now();
    let checking = Checking { site: rendering.site, program_folders: &program_folders, now: &now };
    let findings = checking::check_settings(files, checking, language);
    eprint!("{}", check::lines(&findings, language));
}

fn into_folder(
    files: &[PathBuf],
    folder: &Path,
    rendering: Rendering<'_>,
    language: Language,
) -> Result<(), Failure> {
    let names = names_in_folder(files)?;
    fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    let pages: Vec<(&PathBuf, PathBuf)> =
        files.iter().zip(names).map(|(file, name)| (file, folder.join(name))).collect();
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let write = |(file, target): &(&PathBuf, PathBuf)| {
        fs::write(target, html(file, rendering, language)?).map_err(Failure::write(target))
    };
    std::thread::scope(|scope| {
        let shares: Vec<_> = pages
            .chunks(pages.len().div_ceil(workers).max(1))
            .map(|share| scope.spawn(move || share.iter().try_for_each(write)))
            .collect();
        // A panic in a share is one here.
        shares
            .into_iter()
            .try_for_each(|share| share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn html(file: &Path, rendering: Rendering<'_>, language: Language) -> Result<String, Failure> {
    if output::is_stdin(file) {
        return Ok(files::render_text(&output::read_stdin()?, rendering, language)?);
    }
    Ok(files::render(file, rendering, language)?)
}

/// The name of each file's page; two that would share one are refused before anything is written.
fn names_in_folder(files: &[PathBuf]) -> Result<Vec<OsString>, Failure> {
    let mut seen = HashSet::new();
    files
        .iter()
        .map(|file| {
            let mut name = match file.file_stem() {
                Some(_) if output::is_stdin(file) => OsString::from("stdin"),
                Some(stem) => stem.to_owned(),
                None => return Err(Failure::Usage(format!("{}: this is no file", file.display()))),
            };
            name.push(".html");
            if !seen.insert(name.clone()) {
                let shared = name.display();
                let why =
                    format!("{}: two files would be written to {shared} — render them apart", file.display());
                return Err(Failure::Usage(why));
            }
            Ok(name)
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(files: &[&str]) -> Result<Vec<OsString>, Failure> {
        names_in_folder(&files.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_page_is_named_after_its_file() {
        assert_eq!(
            names(&["posts/회고.md", "b.markdown", "-"]).unwrap(),
            ["회고.html", "b.html", "stdin.html"]
        );
    }

    #[test]
    fn files_that_would_share_a_page_are_refused() {
        let refusal = names(&["a/index.md", "b/index.md"]).unwrap_err().to_string();
        assert!(refusal.contains("b/index.md") && refusal.contains("index.html"), "{refusal}");
        assert!(names(&[".."]).is_err());
    }

    #[test]
    fn several_files_need_a_folder() {
        let files = [PathBuf::from("a.md"), PathBuf::from("b.md")];
        assert!(matches!(run(&files, None, Rendering::default(), Language::En), Err(Failure::Usage(_))));
    }
}
