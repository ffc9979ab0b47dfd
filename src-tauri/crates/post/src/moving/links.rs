//! Links to a post that has another name: addresses, paths of files, and the tags of Jekyll and Hexo.

use crate::plan::{encoded, references, resolved};
use crate::profile::Profile;
use crate::{TextChange, apply_changes};

/// A post's name before and after.
pub(super) struct Renamed<'a> {
    pub(super) profile: &'a Profile,
    pub(super) old_path: &'a str,
    pub(super) new_path: &'a str,
    /// The old path without its ending; of a bundle its folder.
    pub(super) old_page: &'a str,
    /// The last part of it.
    pub(super) old_name: &'a str,
    pub(super) new_name: &'a str,
    /// The addresses before and after, where they are known and differ.
    pub(super) addresses: Option<(&'a str, &'a str)>,
}

/// The text of a post of the site with its links mended.
pub(super) fn mended(text: &str, path: &str, renamed: &Renamed<'_>) -> String {
    if !renamed.may_be_named_in(text) {
        return text.to_owned();
    }
    let mut changes = Vec::new();
    for reference in references(text) {
        let before = &text[..reference.place.start];
        let names_a_page = ["ref \"", "ref `"].iter().any(|tag| before.ends_with(tag));
        let end = reference.target.find(['?', '#']).unwrap_or(reference.target.len());
        let (target, suffix) = reference.target.split_at(end);
        let new = renamed.in_place_of(target, path, names_a_page);
        if let Some(new) = new.filter(|new| new != target) {
            let is_quoted = before.ends_with(['"', '`']);
            let new = if is_quoted { new } else { encoded(&new) };
            changes.push(TextChange {
                from: reference.place.start,
                to: reference.place.end,
                insert: format!("{new}{suffix}"),
            });
        }
    }
    let text = apply_changes(text, &changes);
    apply_changes(&text, &renamed.in_tags(&text))
}

impl Renamed<'_> {
    /// Most posts of a site name no other one, and need not be read.
    fn may_be_named_in(&self, text: &str) -> bool {
        let address = self.addresses.map(|(old, _)| old.trim_end_matches('/'));
        let last = address.and_then(|address| address.rsplit('/').next()).unwrap_or(self.old_name);
        // Letters may be written in other ways: `%ED%95%9C`, `&amp;`, `\(`.
        text.contains(self.old_name) || text.contains(last) || text.contains(['%', '&', '\\'])
    }

    /// What is to be written for a target in the post at `path`, if it leads to the renamed one or into its bundle.
    fn in_place_of(&self, target: &str, path: &str, names_a_page: bool) -> Option<String> {
        if target.is_empty() || target.contains("://") {
            return None;
        }
        self.as_address(target).or_else(|| self.as_file(target, path, names_a_page))
    }

    fn as_address(&self, target: &str) -> Option<String> {
        let (old, new) = self.addresses?;
        let (old, new) = (old.trim_end_matches('/'), new.trim_end_matches('/'));
        let rest = target.strip_prefix(old)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
    }

    fn as_file(&self, target: &str, path: &str, names_a_page: bool) -> Option<String> {
        if self.old_name == self.new_name {
            return None;
        }
        let content = self.profile.content_folder.as_str();
        let from_root =
            target.strip_prefix("@/").or_else(|| target.strip_prefix('/').filter(|_| names_a_page));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let page_folder = if path.contains("/index.") {
            folder.rsplit_once('/').map_or("", |(outer, _)| outer)
        } else {
            folder
        };
        let candidates = match from_root {
            Some(inner) => vec![resolved(content, inner)],
            None if target.starts_with('/') => Vec::new(),
            // A file beside the text; or for Hugo, a page beside its page, or one from the content's root.
            None if names_a_page => {
                vec![resolved(folder, target), resolved(page_folder, target), resolved(content, target)]
            }
            None => vec![resolved(folder, target)],
        };
        let is_bare = names_a_page && !target.contains('/') && stem(target) == self.old_name;
        let leads_there = candidates.iter().flatten().any(|file| self.is_its_own(file));
        (is_bare || leads_there).then(|| self.with_new_name(target))
    }

    /// Whether a path is that of the post, of its page, or of a file in its bundle.
    fn is_its_own(&self, file: &str) -> bool {
        let is_bundle = self.old_path.len() > self.old_page.len()
            && self.old_path[self.old_page.len()..].starts_with('/');
        file == self.old_path
            || file == self.old_page
            || is_bundle && file.strip_prefix(self.old_page).is_some_and(|rest| rest.starts_with('/'))
            || stem(file) == self.old_page
    }

    /// The same with the new name in the last part that has the old one.
    fn with_new_name(&self, target: &str) -> String {
        let mut parts: Vec<String> = target.split('/').map(ToOwned::to_owned).collect();
        let place = parts.iter().rposition(|part| {
            part.strip_prefix(self.old_name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        if let Some(place) = place {
            let rest = parts[place][self.old_name.len()..].to_owned();
            parts[place] = format!("{}{rest}", self.new_name);
        }
        parts.join("/")
    }

    /// `{% post_url 2020-01-01-old %}`, `{% link _posts/2020-01-01-old.md %}`, `{% post_link old 'title' %}`.
    fn in_tags(&self, text: &str) -> Vec<TextChange> {
        let mut changes = Vec::new();
        for (begin, _) in text.match_indices("{%") {
            let Some(length) = text[begin..].find("%}") else { break };
            let inner = &text[begin + 2..begin + length];
            let mut words = inner.trim_start_matches('-').split_whitespace();
            let (Some(tag), Some(word)) = (words.next(), words.next()) else { continue };
            let leads_there = match tag {
                "link" => word.trim_start_matches('/') == self.old_path,
                "post_url" | "post_link" | "post_path" => word.rsplit('/').next() == Some(self.old_name),
                _ => false,
            };
            let Some(at) = inner.find(word).filter(|_| leads_there && self.old_path != self.new_path) else {
                continue;
            };
            let from = begin + 2 + at;
            changes.push(TextChange { from, to: from + word.len(), insert: self.with_new_name(word) });
        }
        changes
    }
}

/// A path without the ending of its last part.
fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') && !stem.is_empty() => stem,
        _ => path,
    }
}
