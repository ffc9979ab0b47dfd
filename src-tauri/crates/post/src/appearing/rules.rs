//! What a site's configuration says of which posts appear.

use serde_json::Value as Tree;

use crate::profile::Generator;

/// The rules by which a site's posts appear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The generator.
    pub generator: Generator,
    /// Posts whose time has not come are built (`buildFuture`, `future`).
    pub shows_future: bool,
    /// Drafts are built (`buildDrafts`, `show_drafts`, `render_drafts`).
    pub shows_drafts: bool,
    /// Posts whose time is over are built (Hugo's `buildExpired`).
    pub shows_expired: bool,
    /// Posts with `published: false` are built (Jekyll's `unpublished`).
    pub shows_unpublished: bool,
    /// The taxonomies that a Zola site declares.
    pub taxonomies: Vec<String>,
    /// Lower-case keys of the date from which on a post appears, the first that is set counts.
    pub from_keys: Vec<String>,
    /// The same for the date until which it does.
    pub until_keys: Vec<String>,
    /// The other keys that must hold dates.
    pub other_date_keys: Vec<String>,
    /// The site's own address without the slash at its end, if it is set.
    pub base_url: Option<String>,
}

impl Rules {
    /// Those of a generator with this configuration.
    pub fn of(generator: Generator, configuration: &Tree) -> Rules {
        let says = |key: &str| field(configuration, key).and_then(Tree::as_bool);
        let is_hugo = generator == Generator::Hugo;
        let future = match generator {
            Generator::Hugo => says("buildFuture").unwrap_or(false),
            Generator::Jekyll => says("future").unwrap_or(false),
            Generator::Hexo => says("future").unwrap_or(true),
            Generator::Zola | Generator::Astro | Generator::Plain => true,
        };
        let drafts =
            ["buildDrafts", "show_drafts", "render_drafts"].iter().any(|key| says(key) == Some(true));
        let dates = is_hugo.then(|| field(configuration, "frontmatter")).flatten();
        let keys = |name: &str, usual: &[&str]| keys_of(dates.and_then(|dates| field(dates, name)), usual);
        let (from_keys, until_keys, other_date_keys) = if is_hugo {
            let usual = ["publishdate", "pubdate", "published", "date"];
            let mut others =
                keys("date", &["date", "publishdate", "pubdate", "published", "lastmod", "modified"]);
            others.extend(keys(
                "lastmod",
                &["lastmod", "modified", "date", "publishdate", "pubdate", "published"],
            ));
            (keys("publishDate", &usual), keys("expiryDate", &["expirydate", "unpublishdate"]), others)
        } else {
            (vec!["date".to_owned()], Vec::new(), Vec::new())
        };
        Rules {
            generator,
            shows_future: future,
            shows_drafts: drafts,
            shows_expired: says("buildExpired").unwrap_or(false),
            shows_unpublished: says("unpublished").unwrap_or(false),
            taxonomies: taxonomies(configuration),
            from_keys,
            until_keys,
            other_date_keys,
            base_url: base_url(generator, configuration),
        }
    }

    /// Dates and slugs come from file names too (Hugo's `:filename`), so that addresses cannot be told.
    pub fn uses_file_names(&self) -> bool {
        [&self.from_keys, &self.until_keys, &self.other_date_keys]
            .into_iter()
            .flatten()
            .any(|key| key.starts_with(':'))
    }

    /// All keys that hold dates.
    pub(super) fn holds_a_date(&self, key: &str) -> bool {
        let key = self.folded(key);
        [&self.from_keys, &self.until_keys, &self.other_date_keys].into_iter().any(|keys| keys.contains(&key))
    }

    /// A key as the generator compares it.
    pub(super) fn folded(&self, key: &str) -> String {
        if self.generator == Generator::Hugo { key.to_lowercase() } else { key.to_owned() }
    }
}

/// A setting; letter case does not count, as for Hugo.
fn field<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    tree.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The keys that Hugo's `frontmatter` names for a date, `:default` among them standing for the usual ones.
fn keys_of(setting: Option<&Tree>, usual: &[&str]) -> Vec<String> {
    let usual = || usual.iter().map(|key| (*key).to_owned());
    let Some(list) = setting.and_then(Tree::as_array) else { return usual().collect() };
    let mut keys = Vec::new();
    for key in list.iter().filter_map(Tree::as_str) {
        match key {
            ":default" => keys.extend(usual()),
            key => keys.push(key.to_lowercase()),
        }
    }
    keys
}

/// The names of `taxonomies = [{name = "tags"}]`, those of the site's languages too.
fn taxonomies(configuration: &Tree) -> Vec<String> {
    let languages = field(configuration, "languages").and_then(Tree::as_object);
    let trees = std::iter::once(configuration).chain(languages.into_iter().flat_map(|all| all.values()));
    let lists = trees.filter_map(|tree| field(tree, "taxonomies")?.as_array()).flatten();
    lists.filter_map(|one| Some(field(one, "name")?.as_str()?.to_owned())).collect()
}

fn base_url(generator: Generator, configuration: &Tree) -> Option<String> {
    let text = |key| field(configuration, key).and_then(Tree::as_str).map(|text| text.trim_end_matches('/'));
    let url = match generator {
        Generator::Hugo => text("baseURL")?.to_owned(),
        Generator::Zola => text("base_url")?.to_owned(),
        Generator::Jekyll => format!("{}{}", text("url")?, text("baseurl").unwrap_or_default()),
        Generator::Hexo => text("url")?.to_owned(),
        Generator::Astro | Generator::Plain => return None,
    };
    url.contains("://").then_some(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_generator_has_its_own_settings() {
        let hugo =
            Rules::of(Generator::Hugo, &json!({"buildfuture": true, "baseURL": "https://x.org/blog/"}));
        assert!(hugo.shows_future && !hugo.shows_drafts && hugo.holds_a_date("publishDate"));
        assert_eq!(hugo.base_url.as_deref(), Some("https://x.org/blog"));
        let own = json!({"frontmatter": {"date": ["Day", ":default"], "publishDate": ["from"]}});
        let own = Rules::of(Generator::Hugo, &own);
        assert_eq!(own.from_keys, ["from"]);
        assert!(own.holds_a_date("day") && own.holds_a_date("published"));
        assert!(!Rules::of(Generator::Jekyll, &json!({})).shows_future);
        assert!(Rules::of(Generator::Hexo, &json!({})).shows_future);
        let zola = json!({"taxonomies": [{"name": "tags"}], "languages": {"ko": {"taxonomies": [{"name": "series"}]}}});
        assert_eq!(Rules::of(Generator::Zola, &zola).taxonomies, ["tags", "series"]);
    }
}
