//! Where a site's configuration says that its content lies, beside what the convention names.

use std::path::Path;

use postwright_post::profile::Generator;
use serde_json::Value as Tree;

use super::inner_folder;
use crate::{configuration::configuration, read::read_bytes, walk};

/// The largest list of collections that is read.
const LARGEST: u64 = 1024 * 1024;
const ASTRO_COLLECTIONS: [&str; 5] = [
    "src/content.config.ts",
    "src/content.config.mts",
    "src/content.config.mjs",
    "src/content.config.js",
    "src/content/config.ts",
];

/// The folders of a site's content that its configuration names, the main language's first; none where it names none.
pub(super) fn named(root: &Path, generator: Generator) -> Vec<String> {
    let mut roots = match generator {
        Generator::Hugo => hugo(&configuration(root, generator).tree),
        Generator::Astro => ASTRO_COLLECTIONS
            .iter()
            .find_map(|path| text_of(root, path))
            .map_or_else(Vec::new, |text| astro(&text)),
        Generator::Jekyll | Generator::Zola | Generator::Hexo | Generator::Plain => Vec::new(),
    };
    let mut known: Vec<String> = Vec::new();
    roots.retain(|folder| {
        let is_new = !known.contains(folder);
        known.push(folder.clone());
        is_new
    });
    roots
}

/// The folder that Jekyll's collections lie in, `_posts` among them.
pub(super) fn jekyll_collections(root: &Path) -> Option<String> {
    let tree = configuration(root, Generator::Jekyll).tree;
    tree.get("collections_dir")?.as_str().and_then(inner_folder)
}

/// Hugo's `contentDir`, those of its languages by their weight, and the folders that are mounted as content
/// (<https://gohugo.io/configuration/module/#mounts>, <https://gohugo.io/configuration/languages/>).
fn hugo(tree: &Tree) -> Vec<String> {
    let folder = |value: &Tree| value.as_str().and_then(inner_folder);
    let mut roots: Vec<String> = Vec::new();
    let main = setting(tree, "contentDir").and_then(folder);
    if let Some(Tree::Object(languages)) = setting(tree, "languages") {
        let first = setting(tree, "defaultContentLanguage").and_then(Tree::as_str).unwrap_or("en");
        let mut named: Vec<(bool, i64, String)> = languages
            .iter()
            .filter_map(|(name, language)| {
                let weight = setting(language, "weight").and_then(Tree::as_i64).unwrap_or(i64::MAX);
                Some((name != first, weight, folder(setting(language, "contentDir")?)?))
            })
            .collect();
        named.sort();
        roots.extend(named.into_iter().map(|(_, _, folder)| folder));
    }
    // A language without a folder of its own has the site's.
    if main.is_some() || !roots.is_empty() {
        let at = if main.is_some() { 0 } else { roots.len() };
        roots.insert(at, main.unwrap_or_else(|| "content".to_owned()));
    }
    let mounts = setting(tree, "module").and_then(|module| setting(module, "mounts"));
    for mount in mounts.and_then(Tree::as_array).into_iter().flatten() {
        let is_content = setting(mount, "target")
            .and_then(Tree::as_str)
            .is_some_and(|target| target == "content" || target.starts_with("content/"));
        if is_content {
            roots.extend(setting(mount, "source").and_then(folder));
        }
    }
    roots
}

fn setting<'t>(tree: &'t Tree, key: &str) -> Option<&'t Tree> {
    tree.as_object()?.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

/// The folders that Astro's collections are loaded from, where a program names them as plain texts:
/// `glob({ pattern: '**/*.md', base: './src/data/blog' })`.
fn astro(program: &str) -> Vec<String> {
    let code = without_comments(program);
    code.match_indices("base")
        .filter_map(|(at, name)| inner_folder(quoted(&code[at + name.len()..])?))
        .collect()
}

/// Astro's collections by their names, each with its folder: `const blog = defineCollection({ loader: glob({ base }) })`
/// under its own name or another one in `collections`, else the folders of `src/content`, as before Astro 5.
pub(super) fn astro_collections(root: &Path) -> Vec<(String, String)> {
    let Some(program) = ASTRO_COLLECTIONS.iter().find_map(|path| text_of(root, path)) else {
        return Vec::new();
    };
    collections_in(&without_comments(&program))
}

fn collections_in(code: &str) -> Vec<(String, String)> {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    let last_name = |text: &str| {
        let text = text.trim_end().strip_suffix(['=', ':'])?.trim_end();
        let start = text.rfind(|letter| !is_name(letter)).map_or(0, |at| at + 1);
        Some(text[start..].to_owned()).filter(|name| !name.is_empty())
    };
    let places: Vec<usize> = code.match_indices("defineCollection(").map(|(at, _)| at).collect();
    let mut found = Vec::new();
    for (number, at) in places.iter().enumerate() {
        let Some(name) = last_name(&code[..*at]) else { continue };
        let end = places.get(number + 1).copied().unwrap_or(code.len());
        let inside = &code[*at..end];
        let folder = match (value_of(inside, "base"), inside.contains("loader")) {
            (Some(base), _) => inner_folder(base),
            (None, false) => Some(format!("src/content/{name}")),
            (None, true) => None,
        };
        found.extend(folder.map(|folder| (name, folder)));
    }
    // `export const collections = { posts: blog }`
    let exported =
        code.split_once("collections").and_then(|(_, rest)| rest.split_once('{')?.1.split('}').next());
    for pair in exported.into_iter().flat_map(|all| all.split(',')) {
        let Some((name, inner)) = pair.split_once(':') else { continue };
        let known = found.iter().find(|(known, _)| known == inner.trim()).cloned();
        found.extend(known.map(|(_, folder)| (name.trim().trim_matches(['\'', '"']).to_owned(), folder)));
    }
    found
}

fn without_comments(program: &str) -> String {
    // Not the slashes of an address.
    let code = |line: &str| match line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':')) {
        Some((at, _)) => line[..at].to_owned(),
        None => line.to_owned(),
    };
    program.lines().map(code).collect::<Vec<_>>().join("\n")
}

/// The plain text that a program gives a property.
pub(super) fn value_of<'p>(program: &'p str, property: &str) -> Option<&'p str> {
    let mut places = program.match_indices(property).filter(|(at, _)| {
        let before = program[..*at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '/' | '.' | '-'))
    });
    places.find_map(|(at, name)| quoted(&program[at + name.len()..]))
}

/// What stands in quotes behind a colon.
fn quoted(rest: &str) -> Option<&str> {
    let value = rest.trim_start().strip_prefix(':')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '\'' | '"' | '`'))?;
    value[1..].split(quote).next()
}

fn text_of(root: &Path, path: &str) -> Option<String> {
    read_bytes(root, path, LARGEST).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Those of these folders that are there.
pub(super) fn present(root: &Path, folders: &[String]) -> Vec<String> {
    folders.iter().filter(|folder| root.join(walk::joined("", folder)).is_dir()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hugo_names_the_folders_of_its_languages_and_mounts() {
        let tree = json!({
            "defaultContentLanguage": "ko",
            "languages": {
                "en": {"contentDir": "content/english", "weight": 1},
                "ko": {"contentdir": "content/korean", "weight": 2},
                "xx": {"contentDir": "../outside"},
            },
            "module": {"mounts": [
                {"source": "notes", "target": "content/notes"},
                {"source": "pictures", "target": "static"},
            ]},
        });
        assert_eq!(hugo(&tree), ["content/korean", "content/english", "content", "notes"]);
        assert_eq!(hugo(&json!({"title": "x"})), Vec::<String>::new());
    }

    #[test]
    fn astro_names_its_collections() {
        let code = "const blog = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/data/blog' }) });\n\
                    const old = defineCollection({ schema: x });\nconst far = defineCollection({ loader: feed() });\n\
                    export const collections = { blog, posts: blog, old };\n";
        let pair = |name: &str, folder: &str| (name.to_owned(), folder.to_owned());
        let expected =
            [pair("blog", "src/data/blog"), pair("old", "src/content/old"), pair("posts", "src/data/blog")];
        assert_eq!(collections_in(code), expected);
        assert_eq!(value_of("site: 'https://x.org/base', base: '/b'", "base"), Some("/b"));
    }

    #[test]
    fn astro_names_the_folders_of_its_collections() {
        let program = "const blog = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/data/blog' }) });\n\
                       // base: 'src/old'\nconst notes = { loader: glob({ base: \"notes/\", pattern }) };\nbase: `${x}`\n";
        assert_eq!(astro(program)[..2], ["src/data/blog", "notes"]);
        assert!(!astro(program).iter().any(|folder| folder == "src/old"));
    }
}
