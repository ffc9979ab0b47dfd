//! A copy of a site in a folder of our own, in which a generator may do as it likes. The site itself is only read.
#![allow(clippy::disallowed_methods, reason = "what is written here lies in a temporary folder of our own")]

use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use postwright_post::profile::Generator;
use tempfile::TempDir;

use crate::error::shown;
use crate::path::{self, Use};
use crate::program::Stop;
use crate::{SiteError, build::BuildError};

/// What repositories keep for themselves.
const LEFT_OUT_ANYWHERE: &[&str] = &[".git", ".hg", ".svn", ".DS_Store"];
/// What a generator made before. Another one's folder of that name may be a source: `public/` is one for Astro.
fn left_out_at_root(generator: Generator) -> &'static [&'static str] {
    match generator {
        Generator::Hugo => &["public", ".hugo_build.lock"],
        Generator::Zola => &["public"],
        Generator::Jekyll => &["_site", ".jekyll-cache", ".sass-cache"],
        Generator::Hexo => &["public", "db.json"],
        Generator::Astro => &["dist", ".astro"],
        Generator::Plain => &[],
    }
}

/// Where Hugo keeps what it made of images and styles: through a link it would write into the site's own.
const HUGO_CACHE: &str = "resources";
/// What of a folder of packages is a cache, in which generators write.
const PACKAGES: &str = "node_modules";
/// From this size on a file that is only handed on is linked instead of copied.
const LARGE: u64 = 1024 * 1024;
const MOST_FILES: usize = 200_000;
const MOST_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// The copy; its folder goes with it.
pub(crate) struct SiteCopy {
    folder: TempDir,
    files: usize,
    bytes: u64,
    generator: Generator,
}

impl SiteCopy {
    /// Copies a site, without what generators made of it before. Packages of npm and large static files are linked.
    pub(crate) fn of(site: &Path, generator: Generator, stop: &Stop) -> Result<Self, BuildError> {
        let site = path::real_root(site)?;
        let folder = tempfile::Builder::new().prefix("postwright-build-").tempdir();
        let folder = folder.map_err(|source| SiteError::writing("", source))?;
        let mut copy = Self { folder, files: 0, bytes: 0, generator };
        let root = copy.root();
        copy.copy_folder(&site, Path::new(""), &root, stop)?;
        Ok(copy)
    }

    /// The copied site.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Where the pages go.
    pub(crate) fn output(&self) -> PathBuf {
        self.folder.path().join("output")
    }

    /// Where the generator says which page is whose.
    pub(crate) fn report(&self) -> PathBuf {
        self.folder.path().join("report")
    }

    /// Writes a file into the copy.
    pub(crate) fn put(&self, rel: &str, bytes: &[u8]) -> Result<(), SiteError> {
        path::check(rel, Use::Existing)?;
        let file = self.root().join(rel);
        let failed = |source| SiteError::writing(rel, source);
        if let Some(folder) = file.parent() {
            // A link of the site's may lead back into it, where nothing may be written, not even a folder.
            let nearest = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
            let real = nearest.canonicalize().map_err(failed)?;
            let root = self.root().canonicalize().map_err(failed)?;
            if !real.starts_with(root) {
                return Err(SiteError::OutsideSite { path: rel.to_owned() });
            }
            fs::create_dir_all(folder).map_err(failed)?;
        }
        if fs::symlink_metadata(&file).is_ok_and(|found| found.is_symlink()) {
            fs::remove_file(&file).map_err(failed)?;
        }
        fs::write(&file, bytes).map_err(failed)
    }

    fn copy_folder(&mut self, site: &Path, rel: &Path, to: &Path, stop: &Stop) -> Result<(), BuildError> {
        let from = site.join(rel);
        fs::create_dir_all(to).map_err(|source| SiteError::writing(&shown(rel), source))?;
        let entries = fs::read_dir(&from).map_err(|source| SiteError::reading(&shown(rel), source))?;
        for entry in entries {
            if stop.is_asked() {
                return Err(BuildError::Stopped);
            }
            let entry = entry.map_err(|source| SiteError::reading(&shown(rel), source))?;
            let name = entry.file_name();
            if self.is_left_out(&name.to_string_lossy(), rel) {
                continue;
            }
            let rel = rel.join(&name);
            self.copy_entry(site, &entry, &rel, &to.join(&name), stop)?;
        }
        Ok(())
    }

    fn copy_entry(
        &mut self,
        site: &Path,
        entry: &DirEntry,
        rel: &Path,
        to: &Path,
        stop: &Stop,
    ) -> Result<(), BuildError> {
        let failed = |source: io::Error| SiteError::reading(&shown(rel), source);
        let found = entry.metadata().map_err(failed)?;
        if rel.ends_with(PACKAGES) && entry.path().is_dir() {
            return Ok(link_packages(&entry.path(), to).map_err(failed)?);
        }
        if found.is_symlink() {
            if self.generator == Generator::Hugo && rel == Path::new(HUGO_CACHE) {
                return Ok(());
            }
            return Ok(copy_link(site, &entry.path(), to).map_err(failed)?);
        }
        if found.is_dir() {
            return self.copy_folder(site, rel, to, stop);
        }
        if !found.is_file() {
            return Ok(());
        }
        self.count(&found)?;
        if found.len() >= LARGE && self.is_handed_on(rel) {
            return Ok(link(&entry.path(), to).map_err(failed)?);
        }
        fs::copy(entry.path(), to).map_err(failed)?;
        Ok(())
    }

    /// Whether a file is static: Hugo and Zola copy it to the site as it is, and pass a link over.
    fn is_handed_on(&self, rel: &Path) -> bool {
        matches!(self.generator, Generator::Hugo | Generator::Zola) && rel.starts_with("static")
    }

    fn is_left_out(&self, name: &str, folder: &Path) -> bool {
        let is_at_root = folder.as_os_str().is_empty();
        LEFT_OUT_ANYWHERE.contains(&name) || is_at_root && left_out_at_root(self.generator).contains(&name)
    }

    fn count(&mut self, file: &Metadata) -> Result<(), BuildError> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(file.len());
        if self.files > MOST_FILES || self.bytes > MOST_BYTES {
            return Err(BuildError::TooLarge { files: self.files, bytes: self.bytes });
        }
        Ok(())
    }
}

/// A link inside the site leads to the same place in the copy; one that leaves it leads where it did.
fn copy_link(site: &Path, from: &Path, to: &Path) -> io::Result<()> {
    let target = fs::read_link(from)?;
    let Ok(real) = from.canonicalize() else { return Ok(()) };
    if target.is_relative() && real.starts_with(site) { link_as(&target, &real, to) } else { link(&real, to) }
}

/// A folder of packages with a link to each, so that what is cached among them is written here.
fn link_packages(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_cache = matches!(name.to_str(), Some(".astro" | ".vite" | ".cache"));
        if !is_cache {
            link(&entry.path(), &to.join(name))?;
        }
    }
    Ok(())
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    link_as(from, from, to)
}

#[cfg(unix)]
fn link_as(target: &Path, _real: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(windows)]
fn link_as(target: &Path, real: &Path, to: &Path) -> io::Result<()> {
    if real.is_dir() {
        std::os::windows::fs::symlink_dir(target, to)
    } else {
        std::os::windows::fs::symlink_file(target, to)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::testing::folder;

    #[test]
    fn a_copy_has_what_a_build_reads_and_the_site_stays_as_it_is() {
        let large = "x".repeat(LARGE as usize);
        let site = folder(&[
            ("content/a.md", "a"),
            ("content/public/b.md", "b"),
            ("public/old.html", "old"),
            (".git/config", "c"),
            ("static/large.bin", &large),
            ("content/large.bin", &large),
            ("node_modules/pack/index.js", "p"),
            ("node_modules/.vite/cache", "c"),
            ("themes/real/theme.toml", "t"),
        ]);
        std::os::unix::fs::symlink("real", site.path().join("themes/linked")).unwrap();
        std::os::unix::fs::symlink("/etc", site.path().join("outside")).unwrap();
        let before = site.everything();
        let copy = SiteCopy::of(site.path(), Generator::Hugo, &Stop::default()).unwrap();
        let root = copy.root();
        for there in
            ["content/a.md", "content/public/b.md", "node_modules/pack/index.js", "themes/linked/theme.toml"]
        {
            assert!(root.join(there).is_file(), "{there}");
        }
        for gone in ["public", ".git", "node_modules/.vite"] {
            assert!(!root.join(gone).exists(), "{gone}");
        }
        assert!(root.join("static/large.bin").is_symlink() && !root.join("content/large.bin").is_symlink());
        fs::write(root.join("themes/linked/theme.toml"), "changed").unwrap();
        fs::write(root.join("node_modules/new"), "n").unwrap();
        copy.put("content/new/a.md", b"n").unwrap();
        copy.put("static/large.bin", b"n").unwrap();
        assert!(matches!(copy.put("outside/a.md", b"n"), Err(SiteError::OutsideSite { .. })));
        assert!(copy.put("../a.md", b"n").is_err());
        assert_eq!(site.everything(), before);
        let place = copy.root();
        drop(copy);
        assert!(!place.exists());
    }
}
