//! Paths inside a site: what is refused before the disk is asked, and where a path really leads.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use crate::error::{PathFault, SiteError};

/// Whether a path names a file that is to be made, or one that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// An existing file, which may have a name that we would not give.
    Existing,
    /// A new file, which must be one that every system can check out.
    New,
}

/// Where a path leads: a folder that exists, the folders still to make in it, and the file's name in the last.
#[derive(Debug)]
pub(crate) struct Place {
    /// The deepest folder on the way that exists, without links.
    pub(crate) existing: PathBuf,
    /// The folders to make, one in the other.
    pub(crate) missing: Vec<String>,
    /// The name of the file.
    pub(crate) name: String,
}

impl Place {
    /// The folder of the file.
    pub(crate) fn folder(&self) -> PathBuf {
        self.missing.iter().fold(self.existing.clone(), |folder, name| folder.join(name))
    }

    /// The file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder().join(&self.name)
    }
}

/// Refuses a path that leaves the site or that no site should hold, by its text alone.
pub(crate) fn check(rel: &str, used: Use) -> Result<(), SiteError> {
    if leaves_by_text(rel) {
        return Err(SiteError::OutsideSite { path: rel.to_owned() });
    }
    // Windows resolves device names and drops trailing dots when reading, too.
    let strict = used == Use::New || cfg!(windows);
    let fault =
        whole_fault(rel).or_else(|| rel.split('/').find_map(|segment| segment_fault(segment, strict)));
    fault.map_or(Ok(()), |fault| Err(SiteError::BadPath { path: rel.to_owned(), fault }))
}

/// The site's folder without links.
pub(crate) fn real_root(root: &Path) -> Result<PathBuf, SiteError> {
    fs::canonicalize(root).map_err(|source| SiteError::reading(&crate::error::shown(root), source))
}

/// The existing file that a path leads to, links followed.
pub(crate) fn resolve_existing(root: &Path, rel: &str) -> Result<PathBuf, SiteError> {
    check(rel, Use::Existing)?;
    let root = real_root(root)?;
    let real = fs::canonicalize(root.join(rel)).map_err(|source| SiteError::reading(rel, source))?;
    inside(&root, real, rel)
}

/// The place that a path leads to, whether or not there is a file yet.
pub(crate) fn resolve_place(root: &Path, rel: &str, used: Use) -> Result<Place, SiteError> {
    check(rel, used)?;
    let root = real_root(root)?;
    let mut segments: Vec<&str> = rel.split('/').collect();
    let name = segments.pop().unwrap_or_default().to_owned();
    let (existing, missing) = walk_folders(&root, &segments, rel)?;
    if !missing.is_empty() {
        return Ok(Place { existing, missing, name });
    }
    follow_last(&root, Place { existing, missing, name }, rel)
}

/// Whether the watcher and the index pass over a folder: what generators and package tools write is no post.
pub(crate) fn is_ignored_folder(name: &str, is_in_root: bool) -> bool {
    const ANYWHERE: [&str; 3] = [".git", ".hg", "node_modules"];
    // Deeper, these are names like any other.
    const IN_ROOT: [&str; 4] = ["public", "resources", "_site", "themes"];
    ANYWHERE.contains(&name) || is_in_root && IN_ROOT.contains(&name)
}

fn leaves_by_text(rel: &str) -> bool {
    let mut start = rel.chars();
    let drive = start.next().is_some_and(|c| c.is_ascii_alphabetic()) && start.next() == Some(':');
    drive || rel.starts_with(['/', '\\']) || rel.split(['/', '\\']).any(|segment| segment == "..")
}

fn whole_fault(rel: &str) -> Option<PathFault> {
    if rel.chars().any(char::is_control) {
        Some(PathFault::ControlCharacter)
    } else if rel.contains('\\') {
        Some(PathFault::Backslash)
    } else {
        None
    }
}

fn segment_fault(segment: &str, strict: bool) -> Option<PathFault> {
    if segment.is_empty() || segment == "." {
        return Some(PathFault::EmptySegment);
    }
    if is_repository_folder(segment) {
        return Some(PathFault::RepositoryInternals);
    }
    if !strict {
        return None;
    }
    if segment.ends_with(['.', ' ']) {
        Some(PathFault::TrailingDotOrSpace)
    } else if segment.contains(['<', '>', ':', '"', '|', '?', '*']) {
        Some(PathFault::ReservedCharacter)
    } else if is_device_name(segment) {
        Some(PathFault::DeviceName)
    } else {
        None
    }
}

/// Names that some file system takes for `.git`, whose hooks are programs.
fn is_repository_folder(segment: &str) -> bool {
    let plain: String = segment.trim_end_matches(['.', ' ']).chars().filter(|c| !is_ignorable(*c)).collect();
    plain.eq_ignore_ascii_case(".git") || plain.eq_ignore_ascii_case("git~1")
}

/// Characters that HFS+ leaves out when it compares names.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

fn is_device_name(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let Some(number) = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")) else {
        return false;
    };
    matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
}

/// Follows the folders of a path as far as they exist.
fn walk_folders(root: &Path, segments: &[&str], rel: &str) -> Result<(PathBuf, Vec<String>), SiteError> {
    let mut folder = root.to_path_buf();
    for (at, segment) in segments.iter().enumerate() {
        let next = folder.join(segment);
        let found = match fs::symlink_metadata(&next) {
            Ok(found) => found,
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                return Ok((folder, segments[at..].iter().map(|&name| name.to_owned()).collect()));
            }
            Err(source) => return Err(SiteError::writing(rel, source)),
        };
        folder = if found.is_symlink() { follow_link(root, &next, rel)? } else { next };
        if !folder.is_dir() {
            let source = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(SiteError::writing(rel, source));
        }
    }
    Ok((folder, Vec::new()))
}

/// If the file is a link, its target's place.
fn follow_last(root: &Path, place: Place, rel: &str) -> Result<Place, SiteError> {
    let file = place.file();
    if !fs::symlink_metadata(&file).is_ok_and(|found| found.is_symlink()) {
        return Ok(place);
    }
    let real = follow_link(root, &file, rel)?;
    let outside = || SiteError::OutsideSite { path: rel.to_owned() };
    let name = real.file_name().and_then(|name| name.to_str()).ok_or_else(outside)?.to_owned();
    let existing = real.parent().ok_or_else(outside)?.to_path_buf();
    Ok(Place { existing, missing: Vec::new(), name })
}

/// Where a link leads. A link to nothing is refused, since where it would end cannot be known for sure.
fn follow_link(root: &Path, link: &Path, rel: &str) -> Result<PathBuf, SiteError> {
    let real = fs::canonicalize(link).map_err(|_| SiteError::OutsideSite { path: rel.to_owned() })?;
    inside(root, real, rel)
}

fn inside(root: &Path, real: PathBuf, rel: &str) -> Result<PathBuf, SiteError> {
    let Ok(below) = real.strip_prefix(root) else {
        return Err(SiteError::OutsideSite { path: rel.to_owned() });
    };
    let in_repository = below.components().any(
        |part| matches!(part, Component::Normal(name) if name.to_str().is_some_and(is_repository_folder)),
    );
    if in_repository {
        return Err(SiteError::BadPath { path: rel.to_owned(), fault: PathFault::RepositoryInternals });
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_site_are_refused_by_their_text() {
        let attacks = [
            "/etc/passwd",
            "../x.md",
            "a/../../x.md",
            "a/..",
            "..",
            "\\server\\x",
            "C:/x.md",
            "c:x.md",
            "a\\..\\..\\x",
            "//server/x",
        ];
        for rel in attacks {
            for used in [Use::Existing, Use::New] {
                assert!(matches!(check(rel, used), Err(SiteError::OutsideSite { .. })), "{rel}");
            }
        }
    }

    #[test]
    fn paths_that_no_site_may_hold_are_refused() {
        let faults = [
            ("", PathFault::EmptySegment),
            ("a//b.md", PathFault::EmptySegment),
            ("a/./b.md", PathFault::EmptySegment),
            ("a/", PathFault::EmptySegment),
            ("a\\b.md", PathFault::Backslash),
            ("a\0.md", PathFault::ControlCharacter),
            ("a\n.md", PathFault::ControlCharacter),
            (".git/hooks/post-commit", PathFault::RepositoryInternals),
            ("theme/.GIT/config", PathFault::RepositoryInternals),
            (".gi\u{200c}t/config", PathFault::RepositoryInternals),
            ("git~1/config", PathFault::RepositoryInternals),
            (".git./config", PathFault::RepositoryInternals),
        ];
        for (rel, expected) in faults {
            for used in [Use::Existing, Use::New] {
                assert!(
                    matches!(check(rel, used), Err(SiteError::BadPath { fault, .. }) if fault == expected),
                    "{rel:?} {:?}",
                    check(rel, used)
                );
            }
        }
    }

    #[test]
    fn new_names_must_work_on_every_system_but_old_ones_are_read_as_they_are() {
        let faults = [
            ("content/con.md", PathFault::DeviceName),
            ("NUL", PathFault::DeviceName),
            ("com1.tar.gz", PathFault::DeviceName),
            ("lpt²/x.md", PathFault::DeviceName),
            ("aux .md", PathFault::DeviceName),
            ("a./b.md", PathFault::TrailingDotOrSpace),
            ("a/b.md ", PathFault::TrailingDotOrSpace),
            ("a/b:c.md", PathFault::ReservedCharacter),
            ("a/왜?.md", PathFault::ReservedCharacter),
        ];
        for (rel, expected) in faults {
            assert!(
                matches!(check(rel, Use::New), Err(SiteError::BadPath { fault, .. }) if fault == expected),
                "{rel:?}"
            );
            assert_eq!(check(rel, Use::Existing).is_ok(), !cfg!(windows), "{rel:?}");
        }
        for rel in
            ["content/posts/한글 제목.md", "common/console.md", ".gitignore", "a/..b.md", "_posts/x…md"]
        {
            assert!(check(rel, Use::New).is_ok(), "{rel}");
        }
    }
}
