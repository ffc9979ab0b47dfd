//! The source tree, read once: every text file by its path from the root.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::rust_source;
use crate::process::{Failure, at};

/// Folders that Git ignores, wherever they are.
const IGNORED: &[&str] = &[".git", "target", "node_modules", "dist"];

/// The files of the tree. Paths use `/` everywhere.
pub(super) struct Sources {
    files: BTreeMap<String, String>,
    top_level: BTreeSet<String>,
}

impl Sources {
    /// Reads the tree from the disk.
    pub(super) fn read(root: &Path) -> Result<Sources, Failure> {
        let mut sources = Sources { files: BTreeMap::new(), top_level: BTreeSet::new() };
        sources.read_folder(root, "")?;
        Ok(sources)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Failure> {
        for entry in at(folder, fs::read_dir(folder))? {
            let entry = at(folder, entry)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if IGNORED.contains(&name.as_str()) {
                continue;
            }
            if prefix.is_empty() {
                self.top_level.insert(name.clone());
            }
            let path = entry.path();
            // Links are not followed: fixtures may hold some that lead nowhere or around in a circle.
            let kind = at(&path, entry.file_type())?;
            if kind.is_dir() {
                self.read_folder(&path, &format!("{prefix}{name}/"))?;
            } else if kind.is_file()
                && let Ok(text) = String::from_utf8(at(&path, fs::read(&path))?)
            {
                self.files.insert(format!("{prefix}{name}"), text);
            }
        }
        Ok(())
    }

    /// The text of a file, if it is there and is text.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files below a folder (its path ends with `/`) whose names end as given.
    pub(super) fn under<'a>(
        &'a self,
        folder: &'a str,
        endings: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| {
                path.starts_with(folder) && endings.iter().any(|ending| path.ends_with(ending))
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The names at the root.
    pub(super) fn top_level(&self) -> impl Iterator<Item = &str> {
        self.top_level.iter().map(String::as_str)
    }

    /// What ships, of the Rust below a folder: paths with their code, without comments, texts and tests.
    /// Lines keep their numbers.
    pub(super) fn shipped_rust<'a>(&'a self, folder: &'a str) -> Vec<(&'a str, String)> {
        let test_files = self.rust_test_files();
        self.under(folder, &[".rs"])
            .filter(|(path, _)| !test_files.iter().any(|test| path.starts_with(test.as_str())))
            .map(|(path, text)| (path, rust_source::without_tests(&rust_source::code_only(text))))
            .collect()
    }

    /// Prefixes of the paths that only a test build compiles.
    fn rust_test_files(&self) -> Vec<String> {
        let mut prefixes = vec!["src-tauri/crates/testkit/".to_owned(), "tests/".to_owned()];
        for (path, text) in self.under("", &[".rs"]) {
            // An integration test of a package: `tests/` beside its `src/`.
            if let Some((package, _)) = path.split_once("/tests/")
                && self.files.contains_key(&format!("{package}/Cargo.toml"))
            {
                prefixes.push(format!("{package}/tests/"));
            }
            for module in rust_source::test_modules(&rust_source::code_only(text)) {
                let folder = module_folder(path);
                prefixes.push(format!("{folder}{module}.rs"));
                prefixes.push(format!("{folder}{module}/"));
            }
        }
        prefixes
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Sources {
        let files: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let top_level =
            files.keys().map(|path| path.split('/').next().unwrap_or_default().to_owned()).collect();
        Sources { files, top_level }
    }
}

/// Where the modules that a file declares are.
fn module_folder(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "lib.rs" | "main.rs" | "mod.rs" => format!("{folder}/"),
        _ => format!("{folder}/{}/", name.trim_end_matches(".rs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_compile_does_not_ship() {
        let sources = Sources::of(&[
            ("src-tauri/crates/a/Cargo.toml", ""),
            ("src-tauri/crates/a/src/lib.rs", "mod b;\n#[cfg(test)]\nmod checks;\nfn ships() {}\n"),
            ("src-tauri/crates/a/src/b.rs", "#[cfg(test)]\nmod tests;\n"),
            ("src-tauri/crates/a/src/b/tests.rs", ""),
            ("src-tauri/crates/a/src/checks.rs", ""),
            ("src-tauri/crates/a/tests/whole.rs", ""),
            ("src-tauri/crates/testkit/src/lib.rs", ""),
        ]);
        let paths: Vec<&str> = sources.shipped_rust("src-tauri/").into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["src-tauri/crates/a/src/b.rs", "src-tauri/crates/a/src/lib.rs"]);
    }

    #[test]
    fn the_real_tree_is_read() {
        let workspace = crate::process::Workspace::find().unwrap();
        let sources = Sources::read(&workspace.root).unwrap();
        assert!(sources.text("src-tauri/xtask/src/invariants/sources.rs").is_some());
        assert!(sources.top_level().any(|name| name == "Cargo.toml"));
        assert!(sources.top_level().all(|name| name != "target"));
    }
}
