//! Local images: where a reference in a post leads, and what may be shown.

use std::path::{Component, Path, PathBuf};

use base64::Engine as _;
use postwright_drafts::FileLink;
use postwright_post::plan::image_references;
use postwright_post::profile::{Generator, Layout, Profile};
use postwright_sites as sites;
use postwright_wire::{self as wire, PostId};

use crate::failure::Failure;
use crate::{App, Core};

/// The bytes of an image that is written in Base64, and its media type; none where it is no image.
pub(crate) fn from_base64(name: &str, base64: &str) -> Option<(Vec<u8>, &'static str)> {
    let written: Vec<u8> = base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(written).ok()?;
    let media_type = media_type_of(name, &bytes)?;
    Some((bytes, media_type))
}

/// An image for the web view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Its media type, `image/…`.
    pub media_type: String,
}

/// Larger images are not shown: the web view would hold them whole.
pub(crate) const LARGEST: u64 = 64 * 1024 * 1024;

impl App {
    /// The image that a post names by `reference` (percent-decoded): one that the library keeps for it, else one of
    /// its site. Nothing outside the site's folder is ever read, and nothing but images.
    pub fn image(&self, post: PostId, reference: &str) -> Result<Image, wire::Error> {
        self.core.image(post, reference).map_err(|failure| failure.on_the_wire(self.language()))
    }
}

impl Core {
    fn image(&self, post: PostId, reference: &str) -> Result<Image, Failure> {
        if let Some(asset) = self.library.asset(post, reference)? {
            return Ok(Image { bytes: asset.bytes, media_type: asset.media_type });
        }
        let not_found = || Failure::ImageNotFound { reference: reference.to_owned() };
        let link = self.library.draft(post)?.file.ok_or_else(not_found)?;
        let path = self.path_of_reference(&link, reference)?.ok_or_else(not_found)?;
        let root = self.root_of(link.site)?.canonicalize().map_err(|_| not_found())?;
        let file = root.join(path).canonicalize().map_err(|_| not_found())?;
        let is_small = file.metadata().is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
        if !file.starts_with(&root) || !is_small {
            return Err(not_found());
        }
        let bytes = std::fs::read(&file).map_err(|_| not_found())?;
        let media_type = media_type_of(reference, &bytes).ok_or_else(not_found)?.to_owned();
        Ok(Image { bytes, media_type })
    }

    /// Those of a post's image references that lead nowhere.
    pub(crate) fn missing_images<Place>(
        &self,
        post: PostId,
        references: Vec<(String, Place)>,
    ) -> Vec<(String, Place)> {
        if references.is_empty() {
            return references;
        }
        let link = self.library.draft(post).ok().and_then(|draft| draft.file);
        let site = link.as_ref().and_then(|link| self.known_site(link.site).ok());
        let in_site = |reference: &str| {
            let (Some(link), Some(site)) = (&link, &site) else { return false };
            site.profile().is_some_and(|profile| leads_to_a_file(profile, &site.root, &link.path, reference))
        };
        let is_missing = |(reference, _): &(String, Place)| {
            !matches!(self.library.asset(post, reference), Ok(Some(_))) && !in_site(reference)
        };
        references.into_iter().filter(is_missing).collect()
    }

    /// The path inside the site that an image reference in a post leads to.
    pub(crate) fn path_of_reference(
        &self,
        link: &FileLink,
        reference: &str,
    ) -> Result<Option<String>, Failure> {
        let site = self.known_site(link.site)?;
        Ok(site.profile().and_then(|profile| path_of_reference(profile, &site.root, &link.path, reference)))
    }

    /// How a new image is named in a post that has a file: beside a bundle's post by its name, else by its place in
    /// the site's folder for images.
    pub(crate) fn reference_in_site(&self, link: &FileLink, name: &str) -> Result<String, Failure> {
        if layout_of(&link.path) == Layout::Bundle {
            return Ok(name.to_owned());
        }
        let profile = self.profile_at(&self.root_of(link.site)?)?;
        let stem = Path::new(&link.path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(format!("{}/{}/{stem}/{name}", profile.base_path, profile.image_places.images_folder))
    }

    /// The same for a name that no other image of the site has: one that is there is never written over, so the post
    /// would show it instead.
    pub(crate) fn free_reference_in_site(
        &self,
        link: &FileLink,
        name: &str,
        bytes: &[u8],
    ) -> Result<String, Failure> {
        let root = self.root_of(link.site)?;
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut reference = self.reference_in_site(link, name)?;
        for number in 2.. {
            let path = self.path_of_reference(link, &reference)?;
            let is_taken = path.is_some_and(|path| {
                root.join(&path).symlink_metadata().is_ok()
                    && sites::read_bytes(&root, &path, LARGEST).map_or(true, |there| there != bytes)
            });
            if !is_taken {
                break;
            }
            reference = self.reference_in_site(link, &format!("{stem}-{number}.{extension}"))?;
        }
        Ok(reference)
    }
}

/// Whether a file is the post of a page bundle.
fn layout_of(path: &str) -> Layout {
    let is_index = Path::new(path).file_stem().is_some_and(|stem| stem == "index");
    if is_index { Layout::Bundle } else { Layout::File }
}

/// Whether an image reference in a post leads to a file of its site.
pub(crate) fn leads_to_a_file(profile: &Profile, root: &Path, post: &str, reference: &str) -> bool {
    path_of_reference(profile, root, post, reference).is_some_and(|path| root.join(path).is_file())
}

pub(crate) fn path_of_reference(
    profile: &Profile,
    root: &Path,
    post: &str,
    reference: &str,
) -> Option<String> {
    if !is_local(reference) {
        return None;
    }
    let reference = reference.split(['?', '#']).next()?;
    let path = match reference.strip_prefix(profile.base_path.as_str()).unwrap_or(reference).strip_prefix('/')
    {
        Some(from_root) => Path::new(&profile.image_places.static_folder).join(from_root),
        None => {
            let beside = Path::new(post).parent()?.join(reference);
            let among_assets = inside(&Path::new(post).with_extension("").join(reference));
            // Hexo puts what lies in a folder with the post's name beside its page.
            let found = among_assets.filter(|path| root.join(path).is_file());
            return found.filter(|_| profile.generator == Generator::Hexo).or_else(|| inside(&beside));
        }
    };
    inside(&path)
}

/// The path without `.` and `..`; none where it leads out.
fn inside(path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// Whether a reference leads to a file of the writer's and not into the network.
pub(crate) fn is_local(reference: &str) -> bool {
    !reference.is_empty()
        && !reference.starts_with("//")
        && !reference.starts_with('#')
        && !has_scheme(reference)
}

fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// The media type of an image, by its first bytes; SVG, which is text, by its name and first tag.
pub(crate) fn media_type_of(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let brand = bytes.get(4..12).unwrap_or_default();
    if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Some("image/gif")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else if brand == b"ftypavif" || brand == b"ftypavis" {
        Some("image/avif")
    } else if starts(b"BM") {
        Some("image/bmp")
    } else if starts(b"\0\0\x01\0") {
        Some("image/x-icon")
    } else {
        let head =
            String::from_utf8_lossy(bytes.get(..1024.min(bytes.len())).unwrap_or_default()).into_owned();
        (name.to_lowercase().ends_with(".svg") && head.contains("<svg")).then_some("image/svg+xml")
    }
}

/// A file name for an image that comes into a post; a pasted one is named by the time.
pub(crate) fn name_for(name: &str, media_type: &str, now: &jiff::Zoned) -> String {
    let extension = match media_type {
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        "image/x-icon" => "ico",
        other => other.trim_start_matches("image/"),
    };
    let stem =
        PathBuf::from(name.replace('\\', "/")).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.and_then(|stem| postwright_post::slug::slugify(&stem));
    format!("{}.{extension}", stem.unwrap_or_else(|| now.strftime("image-%Y%m%d-%H%M%S").to_string()))
}

/// Whether a text names an image by this reference and no longer one: `/images/a.png` does not name `a.png`.
pub(crate) fn is_named(text: &str, reference: &str) -> bool {
    let opens = |before: char| before.is_whitespace() || "(\"'`<=".contains(before);
    let stands_alone = |at: usize| text[..at].trim_end_matches("./").chars().next_back().is_none_or(opens);
    text.match_indices(&written(reference)).any(|(at, _)| stands_alone(at))
        || image_references(text).iter().any(|named| named.trim_start_matches("./") == reference)
}

/// A reference as it is written between the parentheses of `![](…)`.
pub(crate) fn written(reference: &str) -> String {
    reference.replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_into_the_site_and_never_out_of_it() {
        let hugo = Profile::conventional(Generator::Hugo);
        let root = Path::new("/nonexistent");
        let at = |reference| path_of_reference(&hugo, root, "content/posts/a/index.md", reference);
        assert_eq!(at("사진.png").as_deref(), Some("content/posts/a/사진.png"));
        assert_eq!(at("../b/x.png?v=1").as_deref(), Some("content/posts/b/x.png"));
        assert_eq!(at("/images/x.png").as_deref(), Some("static/images/x.png"));
        assert_eq!(at("../../../../etc/passwd"), None);
        assert_eq!(at("https://example.org/x.png"), None);
        assert_eq!(at("//example.org/x.png"), None);
        assert_eq!(at("file:///etc/passwd"), None);
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
    fn hexos_images_lie_in_the_folder_of_their_post() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(site.path().join("source/_posts/a")).unwrap();
        std::fs::write(site.path().join("source/_posts/a/x.png"), "").unwrap();
        let at = |generator, reference| {
            let profile = Profile::conventional(generator);
            path_of_reference(&profile, site.path(), "source/_posts/a.md", reference)
        };
        assert_eq!(at(Generator::Hexo, "x.png").as_deref(), Some("source/_posts/a/x.png"));
        assert_eq!(at(Generator::Hexo, "y.png").as_deref(), Some("source/_posts/y.png"));
        assert_eq!(at(Generator::Hexo, "a/x.png").as_deref(), Some("source/_posts/a/x.png"));
        assert_eq!(at(Generator::Jekyll, "x.png").as_deref(), Some("source/_posts/x.png"));
    }

    #[test]
    fn an_image_is_known_by_its_bytes() {
        assert_eq!(media_type_of("a.txt", b"\x89PNG\r\n\x1a\n..."), Some("image/png"));
        assert_eq!(media_type_of("a.png", b"<html><script>"), None);
        assert_eq!(media_type_of("a.svg", b"<svg xmlns='x'>"), Some("image/svg+xml"));
    }

    #[test]
    fn names_are_plain_and_a_paste_has_one() {
        let now: jiff::Zoned = "2026-11-21T13:05:09+09:00[Asia/Seoul]".parse().unwrap();
        assert_eq!(name_for("내 사진 (1).JPG", "image/jpeg", &now), "내-사진-1.jpg");
        assert_eq!(name_for("", "image/png", &now), "image-20261121-130509.png");
    }
}
