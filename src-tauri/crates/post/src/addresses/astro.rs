//! Astro's: a page like `src/pages/blog/[...slug].astro` that shows each entry of a collection under its id
//! (<https://docs.astro.build/en/guides/content-collections/#generating-routes-from-content>). Pages are programs; what
//! is not written in the way of the documentation is unknown.

use super::Page;
use crate::front_matter::Value;

/// The pages of an Astro site that show posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AstroRoutes {
    /// The pages.
    pub routes: Vec<AstroRoute>,
}

/// A page that shows each entry of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AstroRoute {
    /// What stands before the entry's id, from the site's root.
    before: String,
    /// What stands behind it.
    after: String,
    /// The folder of the collection's entries in the site.
    folder: String,
    /// The page takes ids with slashes in them.
    takes_rest: bool,
}

impl AstroRoute {
    /// That of a page's file with its source; `collections` are the names of collections with their folders.
    pub fn of(path: &str, source: &str, collections: &[(String, String)]) -> Option<AstroRoute> {
        let inner = path.strip_prefix("src/pages")?.strip_suffix(".astro")?;
        let (before, rest) = inner.split_once('[')?;
        let (parameter, after) = rest.split_once(']')?;
        if after.contains('[') || !matches!(after, "" | "/index") {
            return None;
        }
        let name = parameter.trim_start_matches("...");
        let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let value = code.split_once("params:")?.1.trim_start().strip_prefix('{')?.split('}').next()?;
        let given = value.split(',').find_map(|pair| {
            let (key, value) = pair.split_once(':')?;
            (key.trim().trim_matches(['"', '\'', '[', ']']) == name).then(|| value.trim())
        })?;
        let (entry, property) = given.split_once('.')?;
        let is_name = |text: &str| {
            !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        if !is_name(entry) || !matches!(property, "id" | "slug") {
            return None;
        }
        let mut shown = code.match_indices("getCollection(").filter_map(|(at, call)| {
            let name = code[at + call.len()..].trim_start();
            let quote = name.chars().next().filter(|quote| matches!(quote, '\'' | '"' | '`'))?;
            name[1..].split(quote).next()
        });
        let collection = shown.next()?;
        if shown.any(|other| other != collection) {
            return None;
        }
        let (_, folder) = collections.iter().find(|(name, _)| name == collection)?;
        Some(AstroRoute {
            before: before.to_owned(),
            after: after.trim_end_matches("index").trim_end_matches('/').to_owned(),
            folder: folder.clone(),
            takes_rest: parameter.starts_with("..."),
        })
    }
}

impl AstroRoutes {
    pub(super) fn address(&self, page: &Page<'_>) -> Option<String> {
        let inner =
            |route: &AstroRoute| page.path.strip_prefix(&route.folder)?.strip_prefix('/').map(str::to_owned);
        let mut found = self.routes.iter().filter_map(|route| Some((route, inner(route)?)));
        let (route, inner) = found.next()?;
        // Two pages for a collection: which one is meant nobody can tell.
        if found.next().is_some() {
            return None;
        }
        let written = page.read.fields.iter().find(|field| field.key == "slug").map(|field| &field.value);
        let id = match written {
            Some(Value::Text(slug)) => slug.clone(),
            Some(_) => return None,
            None => id_of(&inner)?,
        };
        if id.contains('/') && !route.takes_rest {
            return None;
        }
        Some(format!("{}{id}{}/", route.before, route.after))
    }
}

/// The id that the glob loader makes of a path: each part by `github-slugger`, without `index` at the end.
fn id_of(inner: &str) -> Option<String> {
    let stem = super::stem(inner);
    let parts: Vec<String> = stem.split('/').map(slugger).collect();
    let id = parts.join("/");
    let id = id.strip_suffix("/index").unwrap_or(&id);
    (!id.is_empty()).then(|| id.to_owned())
}

/// `github-slugger`: lower case, letters, digits, `-` and `_` stay, a blank is a hyphen.
fn slugger(part: &str) -> String {
    let kept = |letter: &char| {
        letter.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(*letter)
            || matches!(letter, '-' | '_' | ' ')
    };
    part.to_lowercase().chars().filter(kept).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}
