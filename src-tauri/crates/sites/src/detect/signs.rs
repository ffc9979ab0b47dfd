//! What in a folder speaks for which generator, and how loudly.

use std::path::Path;

use postwright_post::profile::{Evidence, EvidenceFact, Generator};

use super::settings::Settings;
use crate::{read::read_bytes, walk};

/// One thing that speaks for a generator.
#[derive(Debug)]
pub(super) struct Sign {
    pub(super) generator: Generator,
    /// From 0 to 100.
    pub(super) weight: u32,
    pub(super) evidence: Evidence,
}

/// What was looked for, for whoever finds none of it: names alone, which read the same in every language.
pub(super) const LOOKED_FOR: [&str; 7] = [
    "hugo.toml",
    "config.toml",
    "config/_default",
    "_config.yml",
    "astro.config.mjs",
    "package.json (hexo, astro)",
    "content/",
];

/// Every sign in the site at `root`.
pub(super) fn all(root: &Path) -> Vec<Sign> {
    let mut signs = Signs { root, found: Vec::new() };
    signs.hugo_and_zola();
    signs.jekyll_and_hexo();
    signs.packages();
    signs.astro();
    signs.found
}

struct Signs<'a> {
    root: &'a Path,
    found: Vec<Sign>,
}

impl Signs<'_> {
    fn add(&mut self, generator: Generator, weight: u32, path: &str, fact: EvidenceFact) {
        self.found.push(Sign { generator, weight, evidence: Evidence { path: path.to_owned(), fact } });
    }

    fn add_setting(&mut self, generator: Generator, weight: u32, settings: &Settings, key: &str) {
        self.add(generator, weight, &settings.path, EvidenceFact::Setting { key: key.to_owned() });
    }

    fn is_file(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    fn is_folder(&self, path: &str) -> bool {
        self.root.join(path).is_dir()
    }

    fn hugo_and_zola(&mut self) {
        for path in HUGO_CONFIGURATIONS.iter().filter(|path| path.contains("hugo.")) {
            if self.is_file(path) {
                self.add(Generator::Hugo, 100, path, EvidenceFact::Configuration);
            }
        }
        if self.is_file("zola.toml") {
            self.add(Generator::Zola, 95, "zola.toml", EvidenceFact::Configuration);
        }
        for path in HUGO_CONFIGURATIONS.iter().filter(|path| path.contains("config.")) {
            if let Some(settings) = Settings::read(self.root, path) {
                self.shared_configuration(&settings);
            }
        }
        let has_content = self.is_folder("content");
        for folder in ["archetypes", "layouts"] {
            if has_content && self.is_folder(folder) {
                self.add(Generator::Hugo, 40, folder, EvidenceFact::Folder);
            }
        }
        if has_content
            && self.is_folder("templates")
            && self.found.iter().any(|sign| sign.generator == Generator::Zola)
        {
            self.add(Generator::Zola, 30, "templates", EvidenceFact::Folder);
        }
    }

    /// `config.toml` and its like, which Hugo and Zola both have.
    fn shared_configuration(&mut self, settings: &Settings) {
        const HUGO_ONLY: [&str; 6] =
            ["languageCode", "contentDir", "paginate", "defaultContentLanguage", "hasCJKLanguage", "markup"];
        if settings.path == "config.toml" && settings.has("base_url") {
            self.add_setting(Generator::Zola, 90, settings, "base_url");
        } else if settings.path.starts_with("config/_default/") {
            self.add(Generator::Hugo, 90, &settings.path, EvidenceFact::Configuration);
        } else if settings.has("baseURL") {
            self.add_setting(Generator::Hugo, 80, settings, "baseURL");
        } else if let Some(key) = HUGO_ONLY.into_iter().find(|key| settings.has(key)) {
            let weight = if self.is_folder("content") { 60 } else { 20 };
            self.add_setting(Generator::Hugo, weight, settings, key);
        }
    }

    fn jekyll_and_hexo(&mut self) {
        let settings = JEKYLL_CONFIGURATIONS.iter().find_map(|path| Settings::read(self.root, path));
        if let Some(settings) = &settings {
            self.hexo_configuration(settings);
            self.jekyll_configuration(settings);
        }
        self.gemfile();
        // Without a configuration, only the folder's own `_posts` tell; looking further may take long.
        if settings.is_none() && has_markdown(self.root, "_posts") {
            self.add(Generator::Jekyll, 50, "_posts", EvidenceFact::Folder);
        }
    }

    fn hexo_configuration(&mut self, settings: &Settings) {
        const HEXO_ONLY: [&str; 4] = ["new_post_name", "source_dir", "skip_render", "post_asset_folder"];
        let has_posts = self.is_folder("source/_posts");
        if let Some(key) = HEXO_ONLY.into_iter().find(|key| settings.has(key)) {
            self.add_setting(Generator::Hexo, if has_posts { 85 } else { 45 }, settings, key);
        }
        if has_posts && self.is_folder("scaffolds") {
            self.add(Generator::Hexo, 80, "scaffolds", EvidenceFact::Folder);
        }
        if has_posts && !self.is_folder("_posts") {
            self.add(Generator::Hexo, 35, "source/_posts", EvidenceFact::Folder);
        }
    }

    fn jekyll_configuration(&mut self, settings: &Settings) {
        for key in ["plugins", "gems"] {
            if settings.names(key, "jekyll") {
                self.add_setting(Generator::Jekyll, 75, settings, key);
            }
        }
        const JEKYLL_ONLY: [&str; 6] =
            ["kramdown", "remote_theme", "markdown", "collections", "sass", "baseurl"];
        if let Some(key) = JEKYLL_ONLY.into_iter().find(|key| settings.has(key)) {
            self.add_setting(Generator::Jekyll, 40, settings, key);
        }
        let folders = super::folders::named_posts(self.root);
        if let Some((folder, _)) = folders.first() {
            // Hexo's own folder of posts says little for Jekyll.
            let is_hexos =
                folder == "source/_posts" && self.found.iter().any(|sign| sign.generator == Generator::Hexo);
            let weight = if is_hexos { 30 } else { 70 };
            self.add(Generator::Jekyll, weight, folder, EvidenceFact::Folder);
        }
    }

    fn gemfile(&mut self) {
        let Ok(bytes) = read_bytes(self.root, "Gemfile", SMALL) else { return };
        let text = String::from_utf8_lossy(&bytes);
        let gems = text.lines().filter_map(|line| line.trim_start().strip_prefix("gem"));
        let names = gems.filter_map(|gem| gem.trim_start_matches([' ', '(']).split(['"', '\'']).nth(1));
        let mut known = names.filter(|name| *name == "github-pages" || name.starts_with("jekyll"));
        if let Some(name) = known.next() {
            self.add(Generator::Jekyll, 85, "Gemfile", EvidenceFact::Dependency { name: name.to_owned() });
        }
    }

    fn packages(&mut self) {
        for (name, generator, weight) in [("hexo", Generator::Hexo, 95), ("astro", Generator::Astro, 90)] {
            if let Some(version) = package_version(self.root, name) {
                let name = name.to_owned();
                self.add(generator, weight, "package.json", EvidenceFact::Dependency { name });
                self.add(generator, 0, "package.json", EvidenceFact::Version { version });
            }
        }
    }

    fn astro(&mut self) {
        for extension in ["mjs", "ts", "js", "mts", "cjs"] {
            let path = format!("astro.config.{extension}");
            if self.is_file(&path) {
                self.add(Generator::Astro, 100, &path, EvidenceFact::Configuration);
            }
        }
        for path in ["src/content.config.ts", "src/content.config.mjs", "src/content/config.ts"] {
            if self.is_file(path) {
                self.add(Generator::Astro, 70, path, EvidenceFact::Configuration);
            }
        }
    }
}

/// The largest list of dependencies that is read.
const SMALL: u64 = 1024 * 1024;

/// Where Hugo looks for its configuration, the first first.
pub(super) const HUGO_CONFIGURATIONS: [&str; 16] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/hugo.yml",
    "config/_default/hugo.json",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "config/_default/config.yml",
    "config/_default/config.json",
];

/// Where Jekyll and Hexo look for theirs.
pub(super) const JEKYLL_CONFIGURATIONS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// The version of a package that `package.json` asks for, or was last run with.
pub(super) fn package_version(root: &Path, name: &str) -> Option<String> {
    let bytes = read_bytes(root, "package.json", SMALL).ok()?;
    let package: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    let lists = ["dependencies", "devDependencies"].into_iter().filter_map(|list| package.get(list));
    let mut asked_for = lists.filter_map(|list| list.get(name)?.as_str());
    // Hexo 8 writes the version that it last ran as into the project, beside the lists: `"hexo": {"version": "8.1.1"}`.
    let ran_as = || package.get(name)?.get("version")?.as_str();
    asked_for.next().or_else(ran_as).map(str::to_owned)
}

fn has_markdown(root: &Path, folder: &str) -> bool {
    root.join(folder).is_dir() && walk::files(root, folder, 1_000).iter().any(|path| walk::is_markdown(path))
}
