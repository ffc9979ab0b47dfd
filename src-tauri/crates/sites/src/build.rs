//! What the site's own generator makes of a post: built in a copy of the site, away from the writer's folder.

mod commands;
mod messages;
mod pages;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use postwright_post::profile::Generator;

pub use messages::{BuildMessage, Gravity};
pub use pages::BuiltPage;

use crate::SiteError;
use crate::program::{ProgramError, Run, Stop, run};
use crate::site_copy::SiteCopy;

/// How long a build may take.
const TIME_LIMIT: Duration = Duration::from_secs(10 * 60);

/// Why there was no build.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The site has no generator.
    #[error("the site has no generator")]
    NoGenerator,
    /// The generator is not installed.
    #[error("{generator:?} is not installed")]
    NotInstalled {
        /// The generator.
        generator: Generator,
    },
    /// The site is larger than what is copied.
    #[error("the site is too large to copy: {files} files, {bytes} bytes")]
    TooLarge {
        /// Its files, as far as they were counted.
        files: usize,
        /// Their bytes.
        bytes: u64,
    },
    /// The writer stopped it.
    #[error("stopped")]
    Stopped,
    /// The site could not be copied.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The generator could not be started, took too long, or was stopped.
    #[error(transparent)]
    Program(#[from] ProgramError),
}

/// What to build.
#[derive(Debug, Clone, Copy)]
pub struct Build<'a> {
    /// The site.
    pub site: &'a Path,
    /// Its generator.
    pub generator: Generator,
    /// The path that its address begins with, such as `/blog`; empty for none.
    pub base_path: &'a str,
    /// The post's file, inside the site.
    pub post: &'a str,
    /// How many lines stand above the first that Jekyll hands to Liquid.
    pub lines_above: u32,
    /// Files that are written into the copy: the post as it is in the editor, the plan's images.
    pub files: &'a [(String, Vec<u8>)],
    /// Where programs are looked for.
    pub program_folders: &'a [PathBuf],
}

/// What came of it.
#[derive(Debug)]
pub struct Built {
    /// Whether the generator says that all went well.
    pub success: bool,
    /// Its errors and warnings.
    pub messages: Vec<BuildMessage>,
    /// The post's page, if there is one.
    pub page: Option<BuiltPage>,
    /// How long the generator took.
    pub took: Duration,
}

/// Builds the site with the post as it is now. The site's folder is only read. `on_line` takes what the generator says.
pub fn build(ask: &Build<'_>, stop: &Stop, on_line: &mut dyn FnMut(&str)) -> Result<Built, BuildError> {
    let found = commands::find(ask)?;
    let copy = SiteCopy::of(ask.site, ask.generator, stop)?;
    for (path, bytes) in ask.files {
        copy.put(path, bytes)?;
    }
    pages::ask_for_report(ask.generator, &copy)?;
    let started = Instant::now();
    let mut command = commands::build(ask.generator, &found, &copy);
    let run_it = Run { stop: stop.clone(), on_line: Some(on_line), ..Run::within(TIME_LIMIT) };
    let ended = run(&mut command, run_it)?;
    let took = started.elapsed();
    let said = format!("{}\n{}", ended.output_text(), ended.errors_text());
    let messages = messages::read(&said, ask, &copy, ended.success);
    let page = pages::find(ask, &found, &copy, stop)?;
    Ok(Built { success: ended.success, messages, page, took })
}
