//! Which Markdown a post is shown in: that of its site.

use std::path::Path;

use postwright_markdown::{Astro, CommonMark, Dialect, Hexo, Hugo, Jekyll, Zola};
use postwright_post::profile::Generator;
use postwright_sites::{self as sites, SiteChanged};
use postwright_wire::SiteId;

use crate::{Core, lock};

/// Where a site's configuration lies, beside the files at its root.
const CONFIGURATION_FOLDER: &str = "config";

/// The dialect of the site in a folder; CommonMark where nothing speaks for a generator.
pub(crate) fn dialect_of_folder(root: &Path) -> Dialect {
    sites::generator(root).map_or_else(Dialect::default, |generator| dialect_of(generator, Some(root)))
}

/// What a generator makes of Markdown, by the configuration of the site at `root` if there is one.
///
/// What in a configuration cannot be read leaves the generator's default.
pub(crate) fn dialect_of(generator: Generator, root: Option<&Path>) -> Dialect {
    let tree = root.map(|root| sites::configuration(root, generator).tree).unwrap_or_default();
    let defaults = match generator {
        Generator::Hugo => Dialect::Hugo(Hugo::default()),
        Generator::Jekyll => Dialect::Jekyll(Jekyll::default()),
        Generator::Zola => Dialect::Zola(Zola::default()),
        Generator::Hexo => Dialect::Hexo(Hexo::default()),
        Generator::Astro => Dialect::Astro(Astro::default()),
        Generator::Plain => Dialect::CommonMark(CommonMark::default()),
    };
    defaults.configured(&tree).0
}

impl Core {
    /// The dialect of a site; CommonMark for a draft without one. It is read once and again when the site changes.
    pub(crate) fn dialect_of_site(&self, site: Option<SiteId>) -> Dialect {
        let Some(site) = site else { return Dialect::default() };
        if let Some(known) = lock(&self.dialects).get(&site) {
            return known.clone();
        }
        let dialect = self.root_of(site).map_or_else(|_| Dialect::default(), |root| dialect_of_folder(&root));
        lock(&self.dialects).insert(site, dialect.clone());
        dialect
    }

    /// Reads a site's dialect again; its open posts are shown in it from their next edit on, or when they are opened
    /// again.
    pub(crate) fn follow_dialect(&self, site: SiteId, changed: &SiteChanged) {
        if !may_be_configuration(changed) {
            return;
        }
        let Some(old) = lock(&self.dialects).remove(&site) else { return };
        let new = self.dialect_of_site(Some(site));
        if new == old {
            return;
        }
        let open: Vec<_> = lock(&self.open).values().cloned().collect();
        for post in open {
            let mut post = lock(&post);
            if post.site() == Some(site) {
                post.show_in(new.clone());
            }
        }
    }
}

fn may_be_configuration(changed: &SiteChanged) -> bool {
    changed.paths.as_ref().is_none_or(|paths| {
        paths.iter().any(|path| path.components().count() <= 1 || path.starts_with(CONFIGURATION_FOLDER))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configuration_lies_at_the_root_or_in_its_folder() {
        let changed = |paths: Option<&[&str]>| SiteChanged {
            root: "/site".into(),
            paths: paths.map(|paths| paths.iter().map(Into::into).collect()),
        };
        assert!(may_be_configuration(&changed(None)));
        assert!(may_be_configuration(&changed(Some(&["content/a.md", "hugo.toml"]))));
        assert!(may_be_configuration(&changed(Some(&["config/_default/markup.toml"]))));
        assert!(!may_be_configuration(&changed(Some(&["content/posts/a.md"]))));
    }
}
