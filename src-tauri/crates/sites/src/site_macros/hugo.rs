//! Shortcodes of a Hugo site: templates in folders of that name, its own, of its themes and of its modules.

use std::collections::BTreeSet;
use std::path::Path;

use postwright_post::profile::Generator;
use serde_json::Value as Tree;

use super::{MOST_FILES, MacrosOfSite, setting, text_of, texts};
use crate::{configuration, walk};

/// Where `hugo mod vendor` puts modules.
const VENDORED: &str = "_vendor";

pub(super) fn find(root: &Path, tree: &Tree, macros: &mut MacrosOfSite) {
    let themes = setting(tree, "themesDir").and_then(Tree::as_str).unwrap_or("themes");
    let themes = themes.trim_matches('/');
    let mut seen = BTreeSet::new();
    component(root, "", tree, macros);
    let mut left = used_by(tree);
    while let Some(name) = left.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let folders = [format!("{VENDORED}/{name}"), format!("{themes}/{name}")];
        let Some(folder) = folders.into_iter().find(|folder| root.join(folder).is_dir()) else {
            macros.add_elsewhere(&name);
            continue;
        };
        let tree = configuration(&root.join(&folder), Generator::Hugo).tree;
        component(root, &folder, &tree, macros);
        left.extend(used_by(&tree));
    }
    // What another module asked for lies here, too.
    templates(root, VENDORED, macros);
}

/// The themes and modules that a configuration names.
fn used_by(tree: &Tree) -> Vec<String> {
    let imports = setting(tree, "module").and_then(|module| setting(module, "imports"));
    let imports = imports.and_then(Tree::as_array).into_iter().flatten();
    let paths = imports.filter_map(|import| setting(import, "path")?.as_str());
    texts(setting(tree, "theme")).into_iter().chain(paths).map(ToOwned::to_owned).collect()
}

/// The templates of a site, a theme or a module that lies in a folder of the site.
fn component(root: &Path, folder: &str, tree: &Tree, macros: &mut MacrosOfSite) {
    let within = |path: &str| walk::joined(folder, path.trim_matches('/'));
    let layouts = setting(tree, "layoutDir").and_then(Tree::as_str).unwrap_or("layouts");
    templates(root, &within(layouts), macros);
    let mounts = setting(tree, "module").and_then(|module| setting(module, "mounts"));
    for mount in mounts.and_then(Tree::as_array).into_iter().flatten() {
        let part = |name| setting(mount, name).and_then(Tree::as_str).unwrap_or_default();
        let (source, target) = (part("source"), part("target"));
        if !target.starts_with("layouts") {
            continue;
        }
        if !root.join(within(source)).exists() {
            macros.add_elsewhere(source);
        }
        for path in walk::files(root, &within(source), MOST_FILES) {
            let inside = path.strip_prefix(&within(source)).unwrap_or(&path);
            template(root, &path, &format!("{target}{inside}"), macros);
        }
    }
}

fn templates(root: &Path, folder: &str, macros: &mut MacrosOfSite) {
    for path in walk::files(root, folder, MOST_FILES) {
        template(root, &path, &path, macros);
    }
}

/// A file whose path among the layouts says that it is a shortcode. Its name goes up to the first period: what follows
/// is a language, a format, a kind of file.
fn template(root: &Path, file: &str, path: &str, macros: &mut MacrosOfSite) {
    let path = path.to_lowercase();
    let within = ["/_shortcodes/", "/shortcodes/"].into_iter().find_map(|folder| path.split_once(folder));
    let Some((_, name)) = within else { return };
    let name_start = name.rfind('/').map_or(0, |slash| slash + 1);
    let end = name[name_start..].find('.').map_or(name.len(), |period| name_start + period);
    let has_content = text_of(root, file).map(|text| asks_for_content(&text));
    macros.add(&name[..end], has_content);
}

/// Hugo takes a shortcode for one with content if its template asks for it (`.Inner`, `.InnerDeindent`).
fn asks_for_content(template: &str) -> bool {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once("{{") {
        let is_comment = after.trim_start_matches('-').trim_start().starts_with("/*");
        let end = if is_comment { after.find("*/") } else { end_of_action(after) };
        let (action, behind) = after.split_at(end.unwrap_or(after.len()));
        if !is_comment && names_content(action) {
            return true;
        }
        rest = behind;
    }
    false
}

/// Where `}}` stands outside quotes.
fn end_of_action(text: &str) -> Option<usize> {
    let mut quote = None;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match quote {
            None if bytes[at..].starts_with(b"}}") => return Some(at),
            None if matches!(byte, b'"' | b'`') => quote = Some(byte),
            Some(open) if byte == open && (open == b'`' || bytes[at - 1] != b'\\') => quote = None,
            _ => {}
        }
    }
    None
}

fn names_content(action: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut in_quotes = false;
    action.split(['"', '`']).any(|text| {
        in_quotes = !in_quotes;
        let mut fields = text.match_indices(".Inner");
        in_quotes
            && fields.any(|(at, _)| {
                let behind = &text[at + ".Inner".len()..];
                let behind = behind.strip_prefix("Deindent").unwrap_or(behind);
                !behind.starts_with(is_part)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site_macros::macros_of_site;
    use crate::testing::folder;

    fn found(files: &[(&str, &str)]) -> MacrosOfSite {
        let site = folder(files);
        let configuration = configuration(site.path(), Generator::Hugo);
        macros_of_site(site.path(), Generator::Hugo, &configuration)
    }

    /// Each as Hugo 0.168 answers.
    #[test]
    fn what_a_template_asks_for_tells_whether_it_has_content() {
        for inner in [
            "{{ .Inner }}",
            "{{ with .Inner }}x{{ end }}",
            "{{ $s := . }}{{ $s.Inner }}",
            "{{ .InnerDeindent }}",
            "{{ .Parent.Inner }}",
            "{{- .Inner | markdownify -}}",
        ] {
            assert!(asks_for_content(inner), "{inner}");
        }
        for alone in [
            "c {{/* .Inner */}}",
            "text .Inner",
            "{{ partial \"x.html\" . }}",
            "{{ print \".Inner\" }}",
            "{{ print `}} .Inner` }}",
            "{{ .InnerHTML }}",
        ] {
            assert!(!asks_for_content(alone), "{alone}");
        }
    }

    #[test]
    fn templates_of_the_site_its_themes_and_modules_are_found() {
        let found = found(&[
            (
                "hugo.toml",
                "theme = ['ours']\n[[module.imports]]\npath = 'github.com/a/b'\n[[module.mounts]]\nsource = 'more'\ntarget = 'layouts/shortcodes'\n",
            ),
            ("layouts/_shortcodes/Plain.html", "x"),
            ("layouts/shortcodes/sub/deep.html", "{{ .Inner }}"),
            ("layouts/_default/single.html", "x"),
            ("themes/ours/layouts/shortcodes/note.html", "{{ .Inner }}"),
            ("themes/ours/layouts/shortcodes/plain.rss.xml", "{{ .Inner }}"),
            ("themes/ours/hugo.toml", "theme = 'base'\n"),
            ("themes/base/layouts/shortcodes/of-base.html", "x"),
            ("_vendor/github.com/a/b/layouts/_shortcodes/button.html", "x"),
            ("more/mounted.html", "x"),
        ]);
        let names: Vec<_> = found.names.iter().map(|(name, content)| (name.as_str(), *content)).collect();
        let expected = [
            ("button", Some(false)),
            ("mounted", Some(false)),
            ("note", Some(true)),
            ("of-base", Some(false)),
            ("plain", None),
            ("sub/deep", Some(true)),
        ];
        assert_eq!(names, expected);
        assert_eq!(found.elsewhere, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_on_this_disk_is_named() {
        let config = "theme: away\nmodule:\n  imports:\n    - path: github.com/a/b\n";
        let found = found(&[("hugo.yaml", config), ("layouts/_shortcodes/a.html", "x")]);
        assert_eq!(found.elsewhere, ["github.com/a/b", "away"]);
    }
}
