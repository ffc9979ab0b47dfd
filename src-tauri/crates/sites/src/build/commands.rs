//! How each generator is found and started.

use std::path::PathBuf;
use std::process::Command;

use postwright_post::profile::Generator;

use super::{Build, BuildError};
use crate::program::find_program;
use crate::site_copy::SiteCopy;

/// A generator that is installed.
pub(super) struct Found {
    program: PathBuf,
    /// What stands before its own arguments: Jekyll's gems are chosen by `bundle exec jekyll`.
    before: &'static [&'static str],
}

/// The site's generator: of its own packages where it has some, else of the machine.
pub(super) fn find(ask: &Build<'_>) -> Result<Found, BuildError> {
    let installed = |name: &str| find_program(ask.program_folders, name);
    let of_packages = |name: &str| {
        let packages = ask.site.canonicalize().ok()?.join("node_modules/.bin");
        find_program(&[packages], name).or_else(|| installed(name))
    };
    let found = match ask.generator {
        Generator::Hugo => installed("hugo"),
        Generator::Zola => installed("zola"),
        Generator::Hexo => of_packages("hexo"),
        Generator::Astro => of_packages("astro"),
        Generator::Jekyll if ask.site.join("Gemfile").is_file() => {
            if let Some(program) = installed("bundle") {
                return Ok(Found { program, before: &["exec", "jekyll"] });
            }
            installed("jekyll")
        }
        Generator::Jekyll => installed("jekyll"),
        Generator::Plain => return Err(BuildError::NoGenerator),
    };
    let program = found.ok_or(BuildError::NotInstalled { generator: ask.generator })?;
    Ok(Found { program, before: &[] })
}

impl Found {
    /// The generator in the copy: no colours, no questions, nobody told that it ran.
    pub(super) fn command(&self, copy: &SiteCopy) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(self.before)
            .current_dir(copy.root())
            .env("NO_COLOR", "1")
            .env("FORCE_COLOR", "0")
            .env("TERM", "dumb")
            .env("ASTRO_TELEMETRY_DISABLED", "1")
            // The copy is no repository.
            .env("HUGO_ENABLEGITINFO", "false")
            .env("POSTWRIGHT_BUILD_REPORT", copy.report());
        if std::env::var_os("RUBYOPT").is_none() {
            // Started from a desktop, Ruby may take text for ASCII.
            command.env("RUBYOPT", "-EUTF-8");
        }
        command
    }
}

/// Builds the copy into its folder for pages.
pub(super) fn build(generator: Generator, found: &Found, copy: &SiteCopy) -> Command {
    let mut command = found.command(copy);
    match generator {
        Generator::Hugo => {
            command.args(["build", "--noBuildLock", "--destination"]).arg(copy.output());
        }
        Generator::Jekyll => {
            command.args(["build", "--disable-disk-cache", "--destination"]).arg(copy.output());
        }
        Generator::Zola => {
            command.args(["build", "--force", "--output-dir"]).arg(copy.output());
        }
        Generator::Hexo => {
            command.args(["generate", "--no-color"]);
        }
        Generator::Astro => {
            command.args(["build", "--outDir"]).arg(copy.output());
        }
        Generator::Plain => {}
    }
    command
}
