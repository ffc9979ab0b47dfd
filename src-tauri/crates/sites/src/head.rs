//! The beginning of a post: enough for its front matter.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
};

use crate::{
    file_form::{NotUtf8, decode},
    path::resolve_existing,
};

/// How much of a post is read for a list.
const HEAD: u64 = 64 * 1024;

/// The beginning of a file.
pub(crate) struct Head {
    /// Its text, as the editor would have it, or where it is none.
    pub(crate) text: Result<String, NotUtf8>,
    /// What the system says of the file.
    pub(crate) found: Metadata,
}

/// Reads the beginning of the file at `rel` in the site at `root`.
pub(crate) fn read(root: &Path, rel: &str) -> io::Result<Head> {
    let path = root.join(rel);
    if path.is_symlink() && resolve_existing(root, rel).is_err() {
        return Err(io::Error::other("a link that leaves the site"));
    }
    let found = path.metadata()?;
    if !found.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len().min(HEAD)).unwrap_or_default());
    File::open(path)?.take(HEAD).read_to_end(&mut bytes)?;
    let whole = (bytes.len() as u64) < HEAD;
    let text = decode(if whole { &bytes } else { without_cut_character(&bytes) }).map(|(text, _)| text);
    Ok(Head { text, found })
}

/// The bytes without the first part of a character at their end.
fn without_cut_character(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_the_end_cuts_is_no_bad_byte() {
        let bytes = "가나".as_bytes();
        assert_eq!(without_cut_character(&bytes[..4]), "가".as_bytes());
        assert_eq!(without_cut_character(b"a\xffb"), b"a\xffb");
    }
}
