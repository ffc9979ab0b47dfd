//! The macros that a site adds to its generator's: Hugo's shortcodes, tags of Jekyll's and Hexo's plugins.

mod hugo;
mod scripts;

use std::collections::BTreeMap;
use std::path::Path;

use postwright_post::profile::Generator;
use serde_json::Value as Tree;

use crate::{Configuration, decode, read_bytes};

/// The largest template or script that is read.
const LARGEST: u64 = 1024 * 1024;
/// How many files of templates or scripts are looked at.
const MOST_FILES: usize = 20_000;

/// The macros of a site, as far as they are on this disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MacrosOfSite {
    /// By name, whether one of Hugo's shortcodes has content; none where that cannot be told.
    pub names: BTreeMap<String, Option<bool>>,
    /// What may add others and was not read: a theme, a module, a plugin, a script.
    pub elsewhere: Vec<String>,
}

impl MacrosOfSite {
    fn add(&mut self, name: &str, has_content: Option<bool>) {
        let known = self.names.entry(name.to_owned()).or_insert(has_content);
        // Which of two templates counts is not told here.
        if *known != has_content {
            *known = None;
        }
    }

    fn add_elsewhere(&mut self, what: &str) {
        if !self.elsewhere.iter().any(|known| known == what) {
            self.elsewhere.push(what.to_owned());
        }
    }
}

/// Finds the macros of the site at `root`.
pub fn macros_of_site(root: &Path, generator: Generator, configuration: &Configuration) -> MacrosOfSite {
    let mut macros = MacrosOfSite::default();
    match generator {
        Generator::Hugo => hugo::find(root, &configuration.tree, &mut macros),
        Generator::Jekyll => scripts::of_jekyll(root, &configuration.tree, &mut macros),
        Generator::Hexo => scripts::of_hexo(root, &configuration.tree, &mut macros),
        Generator::Zola | Generator::Astro | Generator::Plain => {}
    }
    macros
}

fn text_of(root: &Path, path: &str) -> Option<String> {
    let bytes = read_bytes(root, path, LARGEST).ok()?;
    Some(decode(&bytes).ok()?.0)
}

/// The value of a setting; letter case does not count.
fn setting<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    tree.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A text, or the texts of a list.
fn texts(value: Option<&Tree>) -> Vec<&str> {
    match value {
        Some(Tree::String(text)) => vec![text.as_str()],
        Some(Tree::Array(items)) => items.iter().filter_map(Tree::as_str).collect(),
        _ => Vec::new(),
    }
}
