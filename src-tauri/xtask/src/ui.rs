//! The user interface's own tools: Node, its packages, and the build into `ui/dist`.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::process::{Failure, Program, Workspace, at, npm, which};

const OLDEST_NODE: u32 = 20;
/// A copy of the lock file that the installed packages came from.
const STAMP: &str = "node_modules/.installed-lock.json";
/// Folders in `ui/` that no build reads.
const NOT_SOURCES: &[&str] = &["node_modules", "dist", "coverage", "test-results"];

/// Node and npm must be there, and new enough.
pub(crate) fn check_node() -> Result<(), Failure> {
    let advice = || {
        Failure::Missing(format!(
            "Node {OLDEST_NODE} or newer with npm is needed: install it from https://nodejs.org"
        ))
    };
    if which("npm").is_none() {
        return Err(advice());
    }
    let version = Program::new("node").args(["--version"]).output().map_err(|_| advice())?;
    match major_version(&version.stdout) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(advice()),
    }
}

/// Installs the packages of the lock file, unless they are already there.
pub(crate) fn install(workspace: &Workspace) -> Result<(), Failure> {
    check_node()?;
    install_lock(&workspace.path("ui"), &[])
}

/// Installs the packages of a folder's lock file, unless they are already there.
pub(crate) fn install_lock(folder: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let lock_path = folder.join("package-lock.json");
    let lock = at(&lock_path, fs::read(&lock_path))?;
    let stamp = folder.join(STAMP);
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    npm(folder).args(["ci", "--no-audit", "--no-fund"]).args(arguments).run()?;
    at(&stamp, fs::write(&stamp, lock))
}

/// Builds `ui/dist`, unless it is newer than everything it is made from.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    install(workspace)?;
    let built = modified(&workspace.path("ui/dist/index.html"));
    let changed = newest_source(&workspace.path("ui"))?;
    if built.is_some_and(|built| changed.is_none_or(|changed| changed < built)) {
        return Ok(());
    }
    workspace.npm(["run", "build"]).run()
}

fn major_version(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// When a source last changed. A folder counts as well: a deleted file shows only there.
fn newest_source(ui: &Path) -> Result<Option<SystemTime>, Failure> {
    let mut newest = None;
    for entry in at(ui, fs::read_dir(ui))? {
        let path = at(ui, entry)?.path();
        let name = path.file_name().unwrap_or_default();
        if !NOT_SOURCES.iter().any(|folder| name == *folder) {
            newest = newest.max(newest_under(&path)?);
        }
    }
    Ok(newest)
}

fn newest_under(path: &Path) -> Result<Option<SystemTime>, Failure> {
    let mut newest = modified(path);
    if path.is_dir() {
        for entry in at(path, fs::read_dir(path))? {
            newest = newest.max(newest_under(&at(path, entry)?.path())?);
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major_version("v20.19.2\n"), Some(20));
        assert_eq!(major_version("v9.0.0"), Some(9));
        assert_eq!(major_version("not node"), None);
    }

    #[test]
    fn what_the_build_makes_is_no_source_and_a_deleted_file_is_a_change() {
        let ui = std::env::temp_dir().join(format!("xtask-ui-{}", std::process::id()));
        for folder in ["src/editor", "dist", "node_modules"] {
            fs::create_dir_all(ui.join(folder)).unwrap();
        }
        fs::write(ui.join("src/editor/keys.ts"), "").unwrap();
        let before = newest_source(&ui).unwrap().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(ui.join("dist/index.html"), "").unwrap();
        fs::write(ui.join("node_modules/a.js"), "").unwrap();
        assert_eq!(newest_source(&ui).unwrap(), Some(before));
        fs::remove_file(ui.join("src/editor/keys.ts")).unwrap();
        assert!(newest_source(&ui).unwrap().unwrap() > before);
        fs::remove_dir_all(&ui).unwrap();
    }
}
