//! The file that a generator makes a new post from.

use std::path::Path;

use postwright_post::profile::{Generator, Profile};
use serde_json::Value as Tree;

use crate::configuration::configuration;
use crate::file_form::decode;
use crate::read::read_bytes;
use crate::walk;

/// The largest archetype that is read.
const LARGEST: u64 = 256 * 1024;

/// What a generator makes a new post from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archetype {
    /// Its path in the site.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The archetype (Hugo) or scaffold (Hexo) for a new post in the first folder of posts; none where there is none, it
/// cannot be read, or the generator has no such thing.
///
/// Hugo takes the section's before the default one, and the site's before a theme's
/// (<https://gohugo.io/content-management/archetypes/#lookup-order>).
pub fn archetype(root: &Path, profile: &Profile) -> Option<Archetype> {
    let paths = match profile.generator {
        Generator::Hugo => hugo_paths(root, profile),
        Generator::Hexo => vec!["scaffolds/post.md".to_owned()],
        Generator::Jekyll | Generator::Zola | Generator::Astro | Generator::Plain => Vec::new(),
    };
    paths.into_iter().find_map(|path| {
        let bytes = read_bytes(root, &path, LARGEST).ok()?;
        let (text, _) = decode(&bytes).ok()?;
        Some(Archetype { path, text })
    })
}

/// The first folder below the content folder that new posts go into: Hugo's section.
pub fn section(profile: &Profile) -> &str {
    let folder = profile.post_folders.first().map_or("", String::as_str);
    let below = folder.strip_prefix(profile.content_folder.as_str()).unwrap_or(folder);
    below.trim_start_matches('/').split('/').next().unwrap_or_default()
}

fn hugo_paths(root: &Path, profile: &Profile) -> Vec<String> {
    let tree = configuration(root, Generator::Hugo).tree;
    let setting = |name: &str| {
        let settings = tree.as_object().into_iter().flatten();
        settings.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let own = setting("archetypeDir").and_then(Tree::as_str).unwrap_or("archetypes");
    let themes: Vec<&str> = match setting("theme") {
        Some(Tree::String(theme)) => vec![theme],
        Some(Tree::Array(themes)) => themes.iter().filter_map(Tree::as_str).collect(),
        _ => Vec::new(),
    };
    let folders: Vec<String> = std::iter::once(own.trim_matches('/').to_owned())
        .chain(themes.iter().map(|theme| format!("themes/{theme}/archetypes")))
        .collect();
    let section = section(profile);
    let names = [format!("{section}.md"), format!("{section}/index.md"), "default.md".to_owned()];
    let in_folders =
        |name: &String| folders.iter().map(move |folder| walk::joined(folder, name)).collect::<Vec<_>>();
    let names = names.iter().filter(|name| !name.starts_with(['.', '/']));
    names.flat_map(in_folders).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{detect, testing::folder};

    #[test]
    fn the_sections_archetype_comes_before_the_default_and_the_sites_before_the_themes() {
        let site = folder(&[
            ("hugo.toml", "theme = 'paper'\n"),
            ("content/posts/a.md", "---\ntitle: a\n---\n"),
            ("archetypes/default.md", "own default"),
            ("themes/paper/archetypes/posts.md", "theme's posts"),
        ]);
        let profile = detect(site.path()).unwrap();
        let found = || archetype(site.path(), &profile).map(|found| found.text);
        assert_eq!(found().as_deref(), Some("theme's posts"));
        site.put("archetypes/posts.md", b"own posts");
        assert_eq!(found().as_deref(), Some("own posts"));
    }

    #[test]
    fn hexo_has_a_scaffold_and_jekyll_nothing() {
        let site = folder(&[
            ("package.json", r#"{"dependencies": {"hexo": "8"}}"#),
            ("scaffolds/post.md", "title: {{ title }}"),
            ("source/_posts/a.md", "x"),
        ]);
        let profile = detect(site.path()).unwrap();
        assert_eq!(
            archetype(site.path(), &profile).map(|found| found.path).as_deref(),
            Some("scaffolds/post.md")
        );
        let site = folder(&[("_config.yml", "plugins: [jekyll-feed]"), ("archetypes/default.md", "x")]);
        assert_eq!(archetype(site.path(), &detect(site.path()).unwrap()), None);
    }
}
