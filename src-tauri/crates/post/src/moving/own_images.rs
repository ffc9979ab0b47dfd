//! The images of a post in the site's folder for images, below the post's slug: `/images/slug/a.png`.

use super::{FileMove, MoveInput, files_below};
use crate::plan::{Reference, encoded, front_matter_places, liquid_references, references};
use crate::profile::{Generator, Profile};
use crate::{TextChange, apply_changes};

/// The folder of a post's images as addresses name it.
struct Folder {
    /// From the site's root, without a slash before it: `images/slug`.
    path: String,
    base_path: String,
    /// Hexo takes `images/a.png` for `/images/a.png`.
    may_be_bare: bool,
}

impl Folder {
    fn of(profile: &Profile, slug: &str) -> Self {
        let path = join(&profile.image_places.images_folder, slug);
        let may_be_bare = profile.generator == Generator::Hexo;
        Self { path, base_path: profile.base_path.clone(), may_be_bare }
    }

    /// What an address has before the name of a file in the folder, and that name with what follows it.
    fn cut<'a>(&self, target: &'a str) -> Option<(&'a str, &'a str)> {
        let at = ["", self.base_path.as_str()].into_iter().find_map(|base| {
            let inner = target.strip_prefix(base)?;
            let from_root = inner.strip_prefix('/').or(Some(inner).filter(|_| self.may_be_bare))?;
            from_root.strip_prefix(self.path.as_str())?.strip_prefix('/')?;
            Some(target.len() - from_root.len())
        })?;
        Some((&target[..at], &target[at + self.path.len() + 1..]))
    }
}

/// The text with the images' new addresses and the files that move, if other posts show none of them. Only what is an
/// address changes: not code, nor the address of another site.
pub(super) fn moved(
    input: &MoveInput<'_>,
    text: &str,
    old_slug: &str,
    slug: &str,
) -> Option<(String, Vec<FileMove>)> {
    if old_slug == slug {
        return None;
    }
    let (from, to) = (Folder::of(input.profile, old_slug), Folder::of(input.profile, slug));
    let is_shown_elsewhere =
        input.others.iter().any(|other| other.text.contains(&format!("/{}/", from.path)));
    let changes = changes(input.profile, text, &from, &to);
    if changes.is_empty() || is_shown_elsewhere {
        return None;
    }
    let places = &input.profile.image_places;
    let folder = |inner: &Folder| join(&places.static_folder, &inner.path);
    let files = files_below(input.files, &folder(&from), &folder(&to));
    (!files.is_empty()).then(|| (apply_changes(text, &changes), files))
}

fn changes(profile: &Profile, text: &str, from: &Folder, to: &Folder) -> Vec<TextChange> {
    let in_text = |reference: Reference| {
        let (before, name) = from.cut(&reference.target)?;
        // What was written without percent signs stays so.
        let is_plain = !text[reference.place.clone()].contains('%');
        let new = format!("{before}{}/{name}", to.path);
        let insert = if is_plain && !new.contains([' ', '(', ')']) { new } else { encoded(&new) };
        Some(TextChange { from: reference.place.start, to: reference.place.end, insert })
    };
    let in_field = |reference: Reference| {
        let (before, name) = from.cut(&reference.target)?;
        let insert = format!("{before}{}/{name}", to.path);
        Some(TextChange { from: reference.place.start, to: reference.place.end, insert })
    };
    let fields = front_matter_places(text, |reference| from.cut(&reference.target).is_some());
    let mut changes: Vec<TextChange> = fields.into_iter().filter_map(in_field).collect();
    changes.extend(references(text).into_iter().filter_map(in_text));
    if profile.generator == Generator::Jekyll {
        changes.extend(liquid_references(text).into_iter().filter_map(in_text));
    }
    changes.sort_by_key(|change| change.from);
    changes.dedup_by(|later, first| later.from < first.to);
    changes
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
