//! Folders for the tests of this crate.
#![allow(clippy::disallowed_methods, reason = "the tests make their own sites and play the other programs")]

use std::{fs, path::Path};

/// A folder that goes away with the test.
pub(crate) struct Folder(tempfile::TempDir);

/// A new folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> Folder {
    let folder = Folder(tempfile::tempdir().unwrap());
    for (path, text) in files {
        folder.put(path, text.as_bytes());
    }
    folder
}

impl Folder {
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, as another program would.
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Everything in the folder: each path, with the content if it is a file.
    pub(crate) fn everything(&self) -> Vec<(String, Option<Vec<u8>>)> {
        let mut found = Vec::new();
        let mut left = vec![self.path().to_path_buf()];
        while let Some(folder) = left.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(self.path()).unwrap().to_str().unwrap().to_owned();
                if path.is_dir() {
                    left.push(path);
                    found.push((name, None));
                } else {
                    found.push((name, fs::read(path).ok()));
                }
            }
        }
        found.sort();
        found
    }
}
