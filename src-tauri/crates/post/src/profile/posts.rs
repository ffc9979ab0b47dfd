//! Which files of a site are posts, and what a list shows of them.

use super::{Generator, Profile, date_of_jekyll_stem};
use crate::front_matter::{self, FrontMatter, Problem, Role, Value};

/// A post in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    /// Its title; the file's name (a bundle's folder's name) where it has none.
    pub title: String,
    /// Its date as written in the front matter, else of the file's name.
    pub date: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether the generator keeps it back.
    pub draft: bool,
    /// Why its front matter cannot be read.
    pub problem: Option<Problem>,
}

/// The date that a file name begins with, like `2026-11-21`, and the rest after `-` or `_`, without the extension.
pub fn date_of_name(file_name: &str) -> Option<(jiff::civil::Date, &str)> {
    date_of_stem(file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem))
}

/// The same for a name without an extension.
pub(super) fn date_of_stem(stem: &str) -> Option<(jiff::civil::Date, &str)> {
    let (day, rest) = stem.split_at_checked(10)?;
    let shape_fits = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let slug = rest.strip_prefix(['-', '_'])?;
    if !shape_fits || slug.is_empty() {
        return None;
    }
    Some((day.parse().ok()?, slug))
}

/// The date that the stem of a post's name begins with, as its generator reads such names, and the slug behind it.
pub(crate) fn date_in_stem(generator: Generator, stem: &str) -> Option<(jiff::civil::Date, &str)> {
    match generator {
        Generator::Jekyll => date_of_jekyll_stem(stem).filter(|(_, slug)| !slug.is_empty()),
        _ => date_of_stem(stem),
    }
}

/// Whether the file at `path`, relative to the site, is a post that the generator would read.
pub fn is_post_path(profile: &Profile, path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let extension_fits = match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => true,
        "mdx" => profile.generator == Generator::Astro,
        _ => false,
    };
    let hidden = path.split('/').any(|part| part.starts_with('.') || part == "node_modules");
    if !extension_fits || hidden || stem.is_empty() {
        return false;
    }
    if is_draft_path(profile, path) {
        return true;
    }
    match profile.generator {
        Generator::Jekyll => {
            folder.split('/').any(|part| part == "_posts") && date_of_jekyll_stem(stem).is_some()
        }
        Generator::Hugo | Generator::Zola => {
            stem != "_index" && !stem.starts_with("_index.") && is_in_post_folder(profile, folder)
        }
        Generator::Hexo | Generator::Astro | Generator::Plain => is_in_post_folder(profile, folder),
    }
}

/// The folder of drafts beside a folder of posts, for the generators that have one.
pub fn drafts_beside(profile: &Profile, post_folder: &str) -> Option<String> {
    let has_drafts = matches!(profile.generator, Generator::Jekyll | Generator::Hexo);
    let outer =
        post_folder.strip_suffix("_posts").filter(|outer| outer.is_empty() || outer.ends_with('/'))?;
    has_drafts.then(|| format!("{outer}_drafts"))
}

/// Whether a path lies in a folder of drafts, which the generator keeps back.
fn is_draft_path(profile: &Profile, path: &str) -> bool {
    profile
        .post_folders
        .iter()
        .filter_map(|folder| drafts_beside(profile, folder))
        .any(|drafts| path.strip_prefix(drafts.as_str()).is_some_and(|rest| rest.starts_with('/')))
}

fn is_in_post_folder(profile: &Profile, folder: &str) -> bool {
    profile.post_folders.iter().any(|posts| {
        posts.is_empty()
            || folder
                .strip_prefix(posts.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// What a list shows of the post at `path`; `text_head` holds at least its front matter.
pub fn row(profile: &Profile, path: &str, text_head: &str) -> PostRow {
    let read = front_matter::read(text_head);
    let title = match read.problem {
        Some(_) => front_matter::title_line(text_head),
        None => read.text(Role::Title).map(str::to_owned),
    };
    PostRow {
        title: title.unwrap_or_else(|| name_as_title(profile, path)),
        date: read.text(Role::Date).map(str::to_owned).or_else(|| date_of_path(profile, path)),
        tags: read.list(Role::Tags),
        draft: is_draft_path(profile, path) || is_held_back(profile, &read),
        problem: read.problem,
    }
}

fn name_as_title(profile: &Profile, path: &str) -> String {
    let stem = name_that_counts(path);
    date_in_stem(profile.generator, stem).map_or(stem, |(_, slug)| slug).to_owned()
}

fn date_of_path(profile: &Profile, path: &str) -> Option<String> {
    let posts = profile.post_folders.iter().find_map(|folder| path.strip_prefix(folder.as_str()));
    let named = profile.addresses.hexo_names().zip(posts.and_then(|inner| inner.strip_prefix('/')));
    if let Some(date) = named.and_then(|(names, inner)| names.read(inner)?.date) {
        return Some(date.to_string());
    }
    date_in_stem(profile.generator, name_that_counts(path)).map(|(date, _)| date.to_string())
}

/// The file's name without its extension, or the folder's for a page bundle.
pub(super) fn name_that_counts(path: &str) -> &str {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = stem == "index" || stem.starts_with("index.");
    if is_index { parts.next().unwrap_or(stem) } else { stem }
}

fn is_held_back(profile: &Profile, read: &FrontMatter) -> bool {
    let says = |key: &str, value: bool| {
        read.fields
            .iter()
            .any(|field| field.key.eq_ignore_ascii_case(key) && field.value == Value::Boolean(value))
    };
    match profile.generator {
        // Run: both publish a post of `_posts` whatever its `draft` says.
        Generator::Jekyll | Generator::Hexo => says("published", false),
        Generator::Hugo | Generator::Zola | Generator::Astro | Generator::Plain => says("draft", true),
    }
}
