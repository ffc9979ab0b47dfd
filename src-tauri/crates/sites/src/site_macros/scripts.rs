//! Tags that Ruby and JavaScript of a site add: found by the call that registers them.

use std::path::Path;

use serde_json::Value as Tree;

use super::{MOST_FILES, MacrosOfSite, setting, text_of, texts};
use crate::walk;

/// Jekyll's plugins are Ruby in a folder, gems of the configuration, of the Gemfile and of the theme.
pub(super) fn of_jekyll(root: &Path, tree: &Tree, macros: &mut MacrosOfSite) {
    let folders = match setting(tree, "plugins_dir") {
        Some(folders) => texts(Some(folders)),
        None => vec!["_plugins"],
    };
    for folder in folders {
        let scripts = walk::files(root, folder.trim_matches('/'), MOST_FILES);
        for path in scripts.iter().filter(|path| path.ends_with(".rb")) {
            registered(root, path, "register_tag", macros);
        }
    }
    let gems = texts(setting(tree, "plugins")).into_iter().chain(texts(setting(tree, "gems")));
    // A theme that is a gem brings the plugins that it depends on.
    for gem in gems.chain(texts(setting(tree, "theme"))) {
        macros.add_elsewhere(gem);
    }
    match text_of(root, "Gemfile") {
        Some(gemfile) => plugins_of(&gemfile).into_iter().for_each(|gem| macros.add_elsewhere(gem)),
        // GitHub Pages builds such a site, and has this one.
        None => macros.add("gist", None),
    }
}

/// The gems of the group `jekyll_plugins` in a Gemfile, as a block or as an option.
fn plugins_of(gemfile: &str) -> Vec<&str> {
    let mut gems = Vec::new();
    let mut in_group = false;
    for line in gemfile.lines().map(str::trim) {
        let of_plugins = line.contains("jekyll_plugins");
        if line.starts_with("group") {
            in_group = of_plugins;
        } else if line == "end" {
            in_group = false;
        } else if line.starts_with("gem") && (in_group || of_plugins) {
            gems.extend(line.split(['"', '\'']).nth(1));
        }
    }
    gems
}

/// Packages of Hexo's that register no tags.
const TAGLESS: &[&str] = &[
    "hexo-renderer-",
    "hexo-generator-",
    "hexo-deployer-",
    "hexo-server",
    "hexo-cli",
    "hexo-util",
    "hexo-fs",
    "hexo-log",
    "hexo-i18n",
    "hexo-front-matter",
];

/// Hexo's are JavaScript of the site, of its theme and of packages.
pub(super) fn of_hexo(root: &Path, tree: &Tree, macros: &mut MacrosOfSite) {
    for folder in ["scripts", "themes"] {
        for path in walk::files(root, folder, MOST_FILES).iter().filter(|path| is_script(path)) {
            if folder == "scripts" || path.split('/').nth(2) == Some("scripts") {
                registered(root, path, "tag.register", macros);
            }
        }
    }
    let theme = setting(tree, "theme").and_then(Tree::as_str).unwrap_or("landscape");
    let package_of_theme = format!("hexo-theme-{theme}");
    let package: Option<Tree> =
        text_of(root, "package.json").and_then(|text| serde_json::from_str(&text).ok());
    let dependencies =
        ["dependencies", "devDependencies"].map(|kind| package.as_ref()?.get(kind)?.as_object());
    let names = dependencies.into_iter().flatten().flat_map(|all| all.keys());
    // Hexo loads what is named like it, whoever wrote it.
    let mut packages: Vec<&str> = names
        .map(String::as_str)
        .filter(|name| name.rsplit('/').next().is_some_and(|name| name.starts_with("hexo-")))
        .collect();
    if !root.join("themes").join(theme).is_dir() && !packages.contains(&package_of_theme.as_str()) {
        packages.push(&package_of_theme);
    }
    for name in packages {
        of_package(root, name, macros);
    }
}

fn of_package(root: &Path, name: &str, macros: &mut MacrosOfSite) {
    let folder = format!("node_modules/{name}");
    if !root.join(&folder).is_dir() {
        if !TAGLESS.iter().any(|tagless| name.starts_with(tagless)) {
            macros.add_elsewhere(name);
        }
        return;
    }
    for path in walk::files(root, &folder, MOST_FILES).iter().filter(|path| is_script(path)) {
        registered(root, path, "tag.register", macros);
    }
}

fn is_script(path: &str) -> bool {
    path.ends_with(".js") || path.ends_with(".cjs")
}

/// The names that a script gives in a call, as texts. Where it gives another value, only running it would tell.
fn registered(root: &Path, path: &str, call: &str, macros: &mut MacrosOfSite) {
    let Some(script) = text_of(root, path) else { return macros.add_elsewhere(path) };
    for (at, _) in script.match_indices(call) {
        let rest = script[at + call.len()..].trim_start_matches(|c: char| c == '(' || c.is_whitespace());
        match literal(rest) {
            Some(name) => macros.add(name, None),
            None => macros.add_elsewhere(path),
        }
    }
}

/// `'name'`, `"name"`, `` `name` `` or, in Ruby, `:name`.
fn literal(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let quote = text.chars().next()?;
    let inner = text.strip_prefix(['"', '\'', '`', ':'])?;
    let end = inner.find(|c| !is_name(c)).unwrap_or(inner.len());
    let is_whole = quote == ':' || inner[end..].starts_with(quote);
    (end > 0 && is_whole).then_some(&inner[..end])
}

#[cfg(test)]
mod tests {
    use postwright_post::profile::Generator;

    use crate::configuration;
    use crate::site_macros::macros_of_site;
    use crate::testing::folder;

    fn found(generator: Generator, files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let site = folder(files);
        let macros = macros_of_site(site.path(), generator, &configuration(site.path(), generator));
        (macros.names.into_keys().collect(), macros.elsewhere)
    }

    #[test]
    fn tags_of_jekylls_plugins() {
        let (names, elsewhere) = found(
            Generator::Jekyll,
            &[
                ("_config.yml", "plugins: [jekyll-feed]\ntheme: minima\n"),
                (
                    "Gemfile",
                    "gem \"jekyll\"\ngroup :jekyll_plugins do\n  gem 'jekyll-seo-tag'\nend\ngem \"b\", group: :jekyll_plugins\n",
                ),
                ("_plugins/a.rb", "Liquid::Template.register_tag('note', Note)\nregister_tag :side, S\n"),
                ("_plugins/sub/b.rb", "Liquid::Template.register_tag name, Note\n"),
            ],
        );
        assert_eq!(names, ["note", "side"]);
        assert_eq!(elsewhere, ["_plugins/sub/b.rb", "jekyll-feed", "minima", "jekyll-seo-tag", "b"]);
        assert_eq!(found(Generator::Jekyll, &[("_config.yml", "")]), (vec!["gist".to_owned()], Vec::new()));
    }

    #[test]
    fn tags_of_hexos_scripts_themes_and_packages() {
        let (names, elsewhere) = found(
            Generator::Hexo,
            &[
                ("_config.yml", "theme: ours\n"),
                (
                    "package.json",
                    "{\"dependencies\": {\"hexo\": \"8\", \"hexo-renderer-marked\": \"7\", \"hexo-tag-x\": \"1\", \"hexo-tag-y\": \"1\"}}",
                ),
                ("scripts/a.js", "hexo.extend.tag.register('note', fn, {ends: true});"),
                ("themes/ours/scripts/b.js", "tag.register(\"side\", fn); tag.register(name, fn)"),
                ("themes/ours/source/c.js", "tag.register('no')"),
                ("node_modules/hexo-tag-x/index.js", "hexo.extend.tag.register('x', fn)"),
            ],
        );
        assert_eq!(names, ["note", "side", "x"]);
        assert_eq!(elsewhere, ["themes/ours/scripts/b.js", "hexo-tag-y"]);
    }
}
