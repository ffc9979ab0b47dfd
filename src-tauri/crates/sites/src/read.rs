//! Reading a post of a site whole.

use std::{fs::File, io::Read, path::Path};

use crate::{
    error::SiteError,
    file_form::{FileForm, decode},
    path,
};

/// The largest file that is opened: 64 MiB.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// A file of a site, as the editor takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostFile {
    /// Its text, without a byte order mark, every line end as `\n`.
    pub text: String,
    /// What its bytes hold beside the text.
    pub form: FileForm,
    /// The hash of its bytes.
    pub hash: String,
}

/// The hash by which a file's content is known: BLAKE3, in hexadecimal digits.
pub fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Reads a file of the site at `root`; `rel` is its path inside, with `/`.
pub fn read_file(root: &Path, rel: &str) -> Result<PostFile, SiteError> {
    let bytes = read_bytes(root, rel, LARGEST_FILE)?;
    let (text, form) = decode(&bytes).map_err(|error| SiteError::NotUtf8 {
        path: rel.to_owned(),
        offset: error.offset as u64,
        line: error.line,
        column: error.column,
    })?;
    Ok(PostFile { text, form, hash: hash_of(&bytes) })
}

/// Reads the bytes of a file of the site, an image for example, if they are no more than `limit`.
pub fn read_bytes(root: &Path, rel: &str, limit: u64) -> Result<Vec<u8>, SiteError> {
    let real = path::resolve_existing(root, rel)?;
    let reading = |source| SiteError::reading(rel, source);
    // Opening a pipe would wait for its other end.
    let found = real.metadata().map_err(reading)?;
    if !found.is_file() {
        return Err(SiteError::NotFound { path: rel.to_owned() });
    }
    let mut bytes = Vec::new();
    let file = File::open(&real).map_err(reading)?;
    let too_large = |size| SiteError::TooLarge { path: rel.to_owned(), size, limit };
    if found.len() > limit {
        return Err(too_large(found.len()));
    }
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(reading)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Folder, folder};

    fn read(site: &Folder, rel: &str) -> Result<PostFile, SiteError> {
        read_file(site.path(), rel)
    }

    #[test]
    fn a_post_is_read_as_text_and_form() {
        let site = folder(&[("content/a.md", "\u{feff}가\r\n나")]);
        let post = read(&site, "content/a.md").unwrap();
        assert_eq!(post.text, "가\n나");
        assert!(post.form.bom);
        assert_eq!(post.hash, hash_of("\u{feff}가\r\n나".as_bytes()));
    }

    #[test]
    fn a_file_in_another_encoding_is_refused_with_the_place() {
        let site = folder(&[]);
        site.put("euc.md", b"---\ntitle: \xb0\xa1\n---\n");
        let error = read(&site, "euc.md").unwrap_err();
        assert!(
            matches!(&error, SiteError::NotUtf8 { path, offset: 11, line: 2, column: 8 } if path == "euc.md"),
            "{error:?}"
        );
    }

    #[test]
    fn a_file_over_the_limit_is_refused_and_one_at_it_is_not() {
        let site = folder(&[("a.md", "12345")]);
        assert!(matches!(
            read_bytes(site.path(), "a.md", 4),
            Err(SiteError::TooLarge { size: 5, limit: 4, .. })
        ));
        assert_eq!(read_bytes(site.path(), "a.md", 5).unwrap(), b"12345");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let site = folder(&[("a.md", "x")]);
        for rel in ["b.md", "a.md/b.md", "no/b.md"] {
            assert!(matches!(read(&site, rel), Err(SiteError::NotFound { .. })), "{rel}");
        }
        site.put("folder/c.md", b"x");
        assert!(matches!(read(&site, "folder"), Err(SiteError::NotFound { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_site_only() {
        use std::os::unix::fs::symlink;
        let outside = folder(&[("secret.md", "secret")]);
        let site = folder(&[("a.md", "mine"), (".git/config", "[core]")]);
        symlink("a.md", site.path().join("link.md")).unwrap();
        symlink(outside.path().join("secret.md"), site.path().join("out.md")).unwrap();
        symlink(outside.path(), site.path().join("away")).unwrap();
        symlink(".git", site.path().join("repository")).unwrap();
        assert_eq!(read(&site, "link.md").unwrap().text, "mine");
        for rel in ["out.md", "away/secret.md", "../secret.md", "/etc/passwd"] {
            assert!(matches!(read(&site, rel), Err(SiteError::OutsideSite { .. })), "{rel}");
        }
        for rel in [".git/config", "repository/config"] {
            assert!(matches!(read(&site, rel), Err(SiteError::BadPath { .. })), "{rel}");
        }
    }
}
