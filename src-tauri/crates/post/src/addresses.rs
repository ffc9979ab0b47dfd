//! The addresses of posts, by each generator's own rules: what a site's configuration says of them, and the address that
//! a post gets. Where a rule is not followed here, the answer is none.
//!
//! Run: Hugo 0.168, Jekyll 4.3, Hexo 8.1; Astro and Zola by their documentation.

mod astro;
mod hexo;
mod hugo;
mod jekyll;
mod pattern;

use jiff::civil::DateTime;
use serde_json::Value as Tree;

use crate::front_matter::{FrontMatter, Role, Value};
use crate::profile::{Generator, Profile};

pub use astro::{AstroRoute, AstroRoutes};
pub use hexo::{HexoAddresses, HexoName};
pub use hugo::HugoAddresses;
pub use jekyll::JekyllAddresses;

/// What a site's configuration says of the addresses of its posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addresses {
    /// Nobody can tell them.
    Unknown,
    /// Hugo's.
    Hugo(HugoAddresses),
    /// Jekyll's.
    Jekyll(JekyllAddresses),
    /// Zola's, which has no settings for them that are followed here.
    Zola,
    /// Hexo's.
    Hexo(HexoAddresses),
    /// Astro's.
    Astro(AstroRoutes),
}

impl Addresses {
    /// Those of a generator with this configuration. Astro's lie in the site's pages, and are unknown without them.
    pub fn of(generator: Generator, configuration: &Tree) -> Addresses {
        let known = match generator {
            Generator::Hugo => HugoAddresses::of(configuration).map(Addresses::Hugo),
            Generator::Jekyll => JekyllAddresses::of(configuration).map(Addresses::Jekyll),
            Generator::Hexo => Some(Addresses::Hexo(HexoAddresses::of(configuration))),
            Generator::Zola => Some(Addresses::Zola),
            Generator::Astro | Generator::Plain => None,
        };
        known.unwrap_or(Addresses::Unknown)
    }

    /// How Hexo names the files of posts, if it names them by more than their titles.
    pub fn hexo_names(&self) -> Option<&HexoName> {
        match self {
            Addresses::Hexo(hexo) => hexo.names.as_ref(),
            _ => None,
        }
    }

    /// Whether the day of a post stands in its address, as Jekyll's has it without being told otherwise.
    pub(crate) fn are_dated(&self) -> bool {
        matches!(self, Addresses::Jekyll(jekyll) if jekyll.are_usual())
    }
}

/// A post that is asked for its address.
pub(crate) struct Page<'a> {
    pub(crate) profile: &'a Profile,
    /// Its file in the site.
    pub(crate) path: &'a str,
    pub(crate) read: &'a FrontMatter,
    /// Its date, as its generator writes it into addresses; none where it has none or it cannot be read.
    pub(crate) date: Option<DateTime>,
}

impl Page<'_> {
    /// The path of its address from the site's root, with what the site puts before it.
    pub(crate) fn address(&self) -> Option<String> {
        let path = match &self.profile.addresses {
            Addresses::Unknown => None,
            Addresses::Hugo(hugo) => hugo.address(self),
            Addresses::Jekyll(jekyll) => jekyll.address(self),
            Addresses::Zola => hugo::HugoAddresses::default().address(self).filter(|path| path.is_ascii()),
            Addresses::Hexo(hexo) => hexo.address(self),
            Addresses::Astro(routes) => routes.address(self),
        }?;
        Some(format!("{}{path}", self.profile.base_path))
    }

    /// The text of a field by its key, in the letter case that the generator reads.
    fn text(&self, key: &str) -> Option<&str> {
        let is_it = |written: &str| match self.profile.generator.key_case() {
            crate::profile::KeyCase::Ignored => written.eq_ignore_ascii_case(key),
            crate::profile::KeyCase::Counts => written == key,
        };
        match &self.read.fields.iter().find(|field| is_it(&field.key))?.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    fn title(&self) -> &str {
        self.read.text(Role::Title).unwrap_or_default()
    }

    fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }
}

/// The text of a setting; letter case does not count, as for Hugo.
fn setting<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    tree.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests;
