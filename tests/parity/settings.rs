//! A site's Markdown settings, twice: as lines for the temporary site of its generator, and as the preview's dialect.

use std::path::Path;

use postwright_markdown::{Astro, Dialect, Hexo, Hugo, Jekyll, Zola};
use postwright_post::front_matter::{Format, tree};

use crate::corpus::Engine;

/// The top-level keys of a configuration that decide what a post's Markdown becomes.
const HUGO: &[&str] = &["markup", "enableEmoji", "hasCJKLanguage", "disableHugoGeneratorInject"];
const JEKYLL: &[&str] = &["markdown", "highlighter", "kramdown", "baseurl", "url", "liquid"];
const HEXO: &[&str] = &[
    "highlight",
    "prismjs",
    "syntax_highlighter",
    "marked",
    "external_link",
    "post_asset_folder",
    "relative_link",
];
const ZOLA: &[&str] = &["markdown", "slugify"];

/// What a generator does when nothing is set.
pub(crate) fn defaults(engine: Engine) -> (String, Dialect) {
    let dialect = match engine {
        Engine::Hugo => Dialect::Hugo(Hugo::default()),
        Engine::Zola => Dialect::Zola(Zola::default()),
        Engine::Jekyll => Dialect::Jekyll(Jekyll::default()),
        Engine::Hexo => Dialect::Hexo(Hexo::default()),
        Engine::Astro => Dialect::Astro(Astro::default()),
    };
    (String::new(), dialect)
}

/// What a real site sets.
pub(crate) fn of_site(engine: Engine, site: &Path) -> (String, Dialect) {
    let (_, dialect) = defaults(engine);
    let settings = match engine {
        Engine::Hugo => toml_keys(&first(site, &["hugo.toml", "config.toml"]), HUGO),
        Engine::Jekyll => yaml_keys(&first(site, &["_config.yml"]), JEKYLL),
        Engine::Hexo => yaml_keys(&first(site, &["_config.yml"]), HEXO),
        Engine::Zola => toml_keys(&first(site, &["config.toml", "blog/config.toml"]), ZOLA),
        Engine::Astro => String::new(),
    };
    let format = if matches!(engine, Engine::Hugo | Engine::Zola) { Format::Toml } else { Format::Yaml };
    let tree = tree(&settings, format).unwrap();
    (settings, dialect.configured(&tree).0)
}

fn first(site: &Path, names: &[&str]) -> String {
    names.iter().find_map(|name| std::fs::read_to_string(site.join(name)).ok()).unwrap_or_default()
}

/// The lines of some top-level keys and tables of TOML, keys first.
fn toml_keys(text: &str, keys: &[&str]) -> String {
    let (mut roots, mut tables) = (String::new(), String::new());
    let mut in_table = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(header) = trimmed.strip_prefix('[') {
            let name = header.trim_start_matches('[').split(['.', ']']).next().unwrap_or_default();
            in_table = Some(keys.contains(&name.trim()));
        }
        let key = trimmed.split('=').next().unwrap_or_default().trim();
        match in_table {
            None if keys.contains(&key) => roots.extend([line, "\n"]),
            Some(true) => tables.extend([line, "\n"]),
            _ => {}
        }
    }
    roots + &tables
}

/// The lines of some top-level keys of YAML.
fn yaml_keys(text: &str, keys: &[&str]) -> String {
    let mut kept = String::new();
    let mut keeps = false;
    for line in text.lines() {
        if !line.starts_with([' ', '\t', '#', '-']) && !line.trim().is_empty() {
            keeps = line.split_once(':').is_some_and(|(key, _)| keys.contains(&key));
        }
        if keeps && !line.trim().is_empty() {
            kept.extend([line, "\n"]);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_reaches_the_dialect() {
        let (_, hugo) = defaults(Engine::Hugo);
        let toml = tree(
            "[markup.goldmark.renderer]
unsafe = true
",
            Format::Toml,
        )
        .unwrap();
        assert_ne!(hugo.clone().configured(&toml).0, hugo);
        let (_, jekyll) = defaults(Engine::Jekyll);
        let yaml = tree(
            "kramdown:
  hard_wrap: true
",
            Format::Yaml,
        )
        .unwrap();
        assert_ne!(jekyll.clone().configured(&yaml).0, jekyll);
    }

    #[test]
    fn only_what_decides_about_markdown_is_taken_from_a_configuration() {
        let toml = "title = 'x'\nenableEmoji = true\n[params]\na = 1\n[markup]\n  [markup.goldmark.renderer]\n  unsafe = true\n[menu]\nb = 2\n";
        let kept = "enableEmoji = true\n[markup]\n  [markup.goldmark.renderer]\n  unsafe = true\n";
        assert_eq!(toml_keys(toml, HUGO), kept);
        let yaml =
            "---\ntitle: x\nkramdown:\n  input: GFM\n\n  hard_wrap: true\nsass:\n  a: b\nbaseurl: /c\n";
        assert_eq!(yaml_keys(yaml, JEKYLL), "kramdown:\n  input: GFM\n  hard_wrap: true\nbaseurl: /c\n");
    }
}
