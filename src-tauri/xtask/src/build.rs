//! The app itself: built with its user interface inside, and started.

use std::fs;
use std::path::Path;

use crate::process::{Failure, Workspace};
use crate::setup::{self, Need};
use crate::{display, ui};

/// Builds what is missing and starts the app.
pub(crate) fn run(workspace: &Workspace, release: bool, arguments: &[String]) -> Result<(), Failure> {
    // Asked first: nobody should wait for a build to hear that there is no screen.
    if opens_window(arguments) && !display::is_there() {
        return Err(Failure::NoDisplay);
    }
    setup::prepare(Need::Build)?;
    ui::build(workspace)?;
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    workspace.cargo(["run", "-p", "postwright"]).args(profile).args(["--"]).args(arguments).run()
}

/// Builds the app and says where it is.
pub(crate) fn build(workspace: &Workspace, release: bool) -> Result<(), Failure> {
    setup::prepare(Need::Build)?;
    ui::build(workspace)?;
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    workspace.cargo(["build", "-p", "postwright"]).args(profile).run()?;
    let binary = workspace.binary("postwright", release);
    let size = crate::process::at(&binary, fs::metadata(&binary))?.len();
    println!("{} ({:.1} MB)", binary.display(), size as f64 / 1e6);
    Ok(())
}

/// Without a subcommand the app opens its window: with nothing, or with a post or folder that exists.
fn opens_window(arguments: &[String]) -> bool {
    arguments.first().is_none_or(|first| Path::new(first).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subcommand_needs_no_screen() {
        assert!(opens_window(&[]));
        assert!(opens_window(&[env!("CARGO_MANIFEST_DIR").to_owned()]));
        assert!(!opens_window(&["render".to_owned(), "a.md".to_owned()]));
        assert!(!opens_window(&["--version".to_owned()]));
    }
}
