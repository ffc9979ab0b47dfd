//! Where in a site its posts lie.

use std::{collections::BTreeMap, path::Path};

use postwright_post::profile::{Generator, Profile};

use crate::walk;

/// More entries than it takes to see where the posts are.
const MOST_ENTRIES: usize = 200_000;
/// Names that most sites give the folder of their posts, the most usual first.
const USUAL: [&str; 3] = ["posts", "post", "blog"];

/// Each folder named `_posts` that has Markdown, with how much: the site's own first, then by number.
pub(super) fn named_posts(root: &Path) -> Vec<(String, usize)> {
    let files = walk::files(root, "", MOST_ENTRIES);
    let named = files.iter().filter(|path| walk::is_markdown(path)).filter_map(|path| {
        let end = path.match_indices("_posts/").map(|(at, name)| (at, at + name.len() - 1));
        let mut whole = end.filter(|(at, _)| *at == 0 || path.as_bytes()[at - 1] == b'/');
        whole.next().map(|(_, end)| path[..end].to_owned())
    });
    let mut folders = counted(named);
    folders.sort_by_key(|(folder, _)| folder != "_posts");
    folders
}

/// The folders of the site's posts, each with their number; none if there are no posts yet.
pub(super) fn of_posts(root: &Path, profile: &mut Profile) -> Vec<(String, usize)> {
    match profile.generator {
        Generator::Jekyll => named_posts(root),
        Generator::Hexo => {
            let folder = walk::joined(&profile.content_folder, "_posts");
            let posts = markdown(root, &folder).len();
            if posts == 0 { Vec::new() } else { vec![(folder, posts)] }
        }
        Generator::Astro => {
            profile.content_folder = astro_content(root);
            sections(root, profile)
        }
        Generator::Hugo | Generator::Zola => sections(root, profile),
        Generator::Plain => vec![(String::new(), markdown(root, "").len())],
    }
}

/// The folders of posts in several folders of content, in their order; in each its own usual ones first. What lies in
/// an inner one of these is counted there alone.
pub(super) fn of_contents(root: &Path, profile: &Profile, contents: &[String]) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for content in contents {
        let inner: Vec<&String> = contents
            .iter()
            .filter(|other| other.strip_prefix(content.as_str()).is_some_and(|rest| rest.starts_with('/')))
            .collect();
        let found = sections_of(root, profile.generator, content, &inner);
        all.extend(found.into_iter().filter(|(folder, _)| !contents.contains(folder) || folder == content));
    }
    all
}

fn markdown(root: &Path, folder: &str) -> Vec<String> {
    let mut files = walk::files(root, folder, MOST_ENTRIES);
    files.retain(|path| walk::is_markdown(path));
    files
}

/// Astro's collections lie where the site's own code says, which cannot be read; most often in one of these.
fn astro_content(root: &Path) -> String {
    let places = ["src/content", "src/data", "src/pages", "content"];
    // The last of equals wins, so the most usual comes last.
    let most = places.into_iter().rev().max_by_key(|place| markdown(root, place).len());
    most.unwrap_or("src/content").to_owned()
}

/// The sections below the content folder that are posts rather than a page or two.
fn sections(root: &Path, profile: &Profile) -> Vec<(String, usize)> {
    sections_of(root, profile.generator, &profile.content_folder, &[])
}

/// The same for one folder of content, without the `inner` ones.
fn sections_of(root: &Path, generator: Generator, content: &str, inner: &[&String]) -> Vec<(String, usize)> {
    let mut files = markdown(root, content);
    let is_inside =
        |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    files.retain(|path| !inner.iter().any(|folder| is_inside(path, folder)));
    let posts = files.iter().filter(|path| !name_of(path).starts_with("_index."));
    let all = counted(posts.map(|path| section_of(content, path)));
    let (own, mut found): (Vec<_>, Vec<_>) = all.into_iter().partition(|(folder, _)| folder == content);
    let own = own.first().map_or(0, |(_, posts)| *posts);
    let in_sections: usize = found.iter().map(|(_, posts)| posts).sum();
    // Files beside the sections are pages for Hugo, and may be the posts for Zola.
    let own_are_posts = found.is_empty() || generator == Generator::Zola && own > in_sections;
    if own > 0 && own_are_posts {
        return vec![(content.to_owned(), own + in_sections)];
    }
    let most = found.iter().map(|(_, posts)| *posts).max().unwrap_or_default();
    found.retain(|(folder, posts)| *posts * 10 >= most || usual_rank(content, folder) < USUAL.len());
    found.sort_by_key(|(folder, posts)| (usual_rank(content, folder), std::cmp::Reverse(*posts)));
    found
}

/// The place of a section's name among the usual ones.
fn usual_rank(content: &str, folder: &str) -> usize {
    let below = folder.strip_prefix(content).unwrap_or(folder).trim_start_matches('/');
    USUAL.iter().position(|usual| *usual == below).unwrap_or(USUAL.len())
}

/// The section that a post is in: the folder of a usual name that it lies in, else the first below the content folder.
fn section_of(content: &str, path: &str) -> String {
    let below = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
    let mut folders: Vec<&str> = below.split('/').collect();
    let is_bundle = folders.pop().is_some_and(|name| name.starts_with("index."));
    if is_bundle {
        folders.pop();
    }
    let depth = folders.iter().position(|folder| USUAL.contains(folder)).unwrap_or_default() + 1;
    folders.truncate(depth);
    folders.iter().fold(content.to_owned(), |path, folder| walk::joined(&path, folder))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// How often each comes, the most frequent first, then by name.
fn counted(items: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
