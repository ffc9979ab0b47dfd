//! The files of a site, as far as they can be posts.

use std::{fs, path::Path};

use crate::path::is_ignored_folder;

/// More entries than a folder of posts is thought to have.
pub(crate) const MOST_ENTRIES: usize = 1_000_000;

/// Paths of the files in the folder `from` of a site and in its folders, relative to the site, with `/`, sorted.
///
/// Passes over hidden and generated folders, over links to folders (what they lead to is found where it is, if it is in
/// the site) and over names that are not Unicode. Stops after looking at `most` entries.
pub(crate) fn files(root: &Path, from: &str, most: usize) -> Vec<String> {
    let (mut found, mut left, mut seen) = (Vec::new(), vec![from.to_owned()], 0);
    while let Some(folder) = left.pop() {
        // A folder that went away or cannot be read has no posts.
        for entry in fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
            seen += 1;
            let name = entry.file_name();
            let (Some(name), Ok(kind)) = (name.to_str(), entry.file_type()) else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = joined(&folder, name);
            if !kind.is_dir() {
                found.push(path);
            } else if !is_ignored_folder(name, folder.is_empty()) {
                left.push(path);
            }
        }
        if seen >= most {
            tracing::warn!(?root, most, "not all of the folder was looked at");
            break;
        }
    }
    found.sort();
    found
}

/// All files in a folder of a site and in its folders, by their paths in the site, sorted; as [`files`] finds them.
pub fn files_of(root: &Path, folder: &str) -> Vec<String> {
    files(root, folder, MOST_ENTRIES)
}

/// A path with one more name.
pub(crate) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Whether a path's name ends like that of a Markdown file.
pub(crate) fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "mdx"))
}
