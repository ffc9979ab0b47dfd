//! Where a post goes.

use super::dates::PostDate;
use super::{Obstacle, PathFault, PlanInput, PlannedImage};
use crate::addresses::HexoName;
use crate::front_matter::{FrontMatter, Role, shown_title};
use crate::profile::{Generator, Layout, date_in_stem};
use crate::slug::{file_name_is_portable, slugify};

/// Where a post goes.
pub(super) struct Target {
    pub(super) path: String,
    pub(super) slug: String,
    pub(super) folder: String,
    pub(super) layout: Layout,
    pub(super) fault: Option<Obstacle>,
}

impl Target {
    /// The folder of the post's file.
    pub(super) fn file_folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// A path of two parts, the first of which may be empty.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

pub(super) fn choose(input: &PlanInput<'_>, read: &FrontMatter, date: Option<&PostDate>) -> Target {
    match input.choices.path.as_deref() {
        Some(path) => at_path(input, path),
        None => proposed(input, read, date),
    }
}

fn proposed(input: &PlanInput<'_>, read: &FrontMatter, date: Option<&PostDate>) -> Target {
    let new_posts = &input.profile.new_posts;
    let slug = match (&input.choices.slug, read.text(Role::Slug)) {
        (Some(chosen), _) => chosen.trim().to_owned(),
        (None, Some(written)) if file_name_is_portable(written) => written.to_owned(),
        (None, written) => slugify(written.unwrap_or(&shown_title(input.text))).unwrap_or_default(),
    };
    let first_folder = || input.profile.post_folders.first().cloned().unwrap_or_default();
    let folder = input.choices.folder.clone().unwrap_or_else(first_folder);
    let layout = input.choices.layout.unwrap_or(new_posts.layout);
    // Jekyll has no bundles, and reads no post without the date in its name.
    let is_jekyll = input.profile.generator == Generator::Jekyll;
    let layout = if is_jekyll { Layout::File } else { layout };
    let day = date.map_or(input.now.date(), |date| date.day);
    let name = if new_posts.dated_names || is_jekyll { format!("{day}-{slug}") } else { slug.clone() };
    let hexo_names = input.profile.addresses.hexo_names();
    let layout = if hexo_names.is_some() { Layout::File } else { layout };
    let path = match (layout, hexo_names) {
        (Layout::File, Some(names)) => join(&folder, &names.path(&slug, day)),
        (Layout::File, None) => join(&folder, &format!("{name}.md")),
        (Layout::Bundle, _) => join(&folder, &format!("{name}/index.md")),
    };
    let fault = if slug.is_empty() {
        Some(Obstacle::EmptySlug)
    } else if slug.contains('/') {
        Some(bad_path(&path, PathFault::Name { name: slug.clone() }))
    } else {
        path_fault(&path).map(|fault| bad_path(&path, fault))
    };
    Target { path, slug, folder, layout, fault }
}

fn at_path(input: &PlanInput<'_>, path: &str) -> Target {
    let (file_folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let layout = if stem == "index" && !file_folder.is_empty() { Layout::Bundle } else { Layout::File };
    let (folder, named) = match layout {
        Layout::File => (file_folder, stem),
        Layout::Bundle => file_folder.rsplit_once('/').unwrap_or(("", file_folder)),
    };
    let hexo_named = |names: &HexoName| {
        let posts = input.profile.post_folders.iter().find_map(|posts| path.strip_prefix(posts.as_str()))?;
        Some(names.read(posts.strip_prefix('/')?)?.title)
    };
    if let Some(slug) = input.profile.addresses.hexo_names().and_then(hexo_named) {
        let fault = path_fault(path).map(|fault| bad_path(path, fault));
        return Target { path: path.to_owned(), slug, folder: folder.to_owned(), layout, fault };
    }
    let has_date = input.profile.new_posts.dated_names || input.profile.generator == Generator::Jekyll;
    let slug =
        date_in_stem(input.profile.generator, named).filter(|_| has_date).map_or(named, |(_, slug)| slug);
    let fault = path_fault(path).map(|fault| bad_path(path, fault));
    Target { path: path.to_owned(), slug: slug.to_owned(), folder: folder.to_owned(), layout, fault }
}

fn bad_path(path: &str, reason: PathFault) -> Obstacle {
    Obstacle::BadPath { path: path.to_owned(), reason }
}

/// What is wrong with the path of a post.
pub(crate) fn path_fault(path: &str) -> Option<PathFault> {
    for part in path.split('/') {
        if part.starts_with('.') || part.is_empty() {
            return Some(PathFault::Outside);
        }
        if !file_name_is_portable(part) {
            return Some(PathFault::Name { name: part.to_owned() });
        }
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    (!matches!(extension.as_str(), "md" | "markdown" | "mdx")).then_some(PathFault::Extension)
}

/// What stands already where the plan would write. A generator takes `slug.md` and `slug/index.md` for the same
/// post.
pub(super) fn existing(input: &PlanInput<'_>, target: &Target, images: &[PlannedImage]) -> Option<Obstacle> {
    let twin = match target.layout {
        Layout::File => target.path.rsplit_once('.').map(|(stem, _)| format!("{stem}/index.md")),
        Layout::Bundle => Some(format!("{}.md", target.file_folder())),
    };
    let knows_bundles = matches!(input.profile.generator, Generator::Hugo | Generator::Zola);
    let twin = twin.filter(|_| knows_bundles);
    let images = images.iter().map(|image| image.path.clone());
    let mut written = [target.path.clone()].into_iter().chain(twin).chain(images);
    written.find(|path| (input.exists)(path)).map(|path| Obstacle::TargetExists { path })
}
