//! A site's configuration as one tree, for what decides how its Markdown is read.

use std::path::Path;

use postwright_post::{
    front_matter::{self, Format, Problem, Reason},
    profile::Generator,
};
use serde_json::{Map, Value as Tree};

use crate::{ConfigurationProblem, decode, read_bytes, walk};

/// The largest configuration that is read.
const LARGEST: u64 = 1024 * 1024;
/// How many files a folder of configuration may have.
const MOST_FILES: usize = 200;

const HUGO_FILES: [&str; 8] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];
const HUGO_FOLDER: &str = "config/_default";
const ASTRO_FILES: [&str; 5] =
    ["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs"];

/// What a site's configuration says.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    /// Everything, as a tree. A configuration that is a program (Astro's) is one text.
    pub tree: Tree,
    /// The files that it was read from, as paths in the site.
    pub files: Vec<String>,
    /// The files that could not be read, so that the generator's defaults stand.
    pub problems: Vec<ConfigurationProblem>,
}

/// Reads the configuration of the site at `root`.
pub fn configuration(root: &Path, generator: Generator) -> Configuration {
    let mut reader = Reader {
        root,
        found: Configuration { tree: Tree::Object(Map::new()), files: Vec::new(), problems: Vec::new() },
    };
    match generator {
        Generator::Hugo => reader.hugo(),
        Generator::Jekyll => reader.first(&["_config.yml", "_config.yaml", "_config.toml"]),
        Generator::Hexo => reader.first(&["_config.yml", "_config.yaml", "_config.json"]),
        Generator::Zola => reader.first(&["zola.toml", "config.toml"]),
        Generator::Astro => reader.astro(),
        Generator::Plain => {}
    }
    reader.found
}

struct Reader<'r> {
    root: &'r Path,
    found: Configuration,
}

impl Reader<'_> {
    /// The first of these files that is there.
    fn first(&mut self, paths: &[&str]) {
        if let Some(tree) = paths.iter().find_map(|path| self.tree(path)) {
            self.found.tree = tree;
        }
    }

    /// One file at the root, and the files of `config/_default`, each of which is the part that its name says
    /// (`markup.toml`) or the root (`hugo.toml`).
    fn hugo(&mut self) {
        for path in walk::files(self.root, HUGO_FOLDER, MOST_FILES) {
            let name = path.rsplit('/').next().unwrap_or_default();
            let Some((stem, _)) = name.rsplit_once('.') else { continue };
            let Some(tree) = self.tree(&path) else { continue };
            let tree = match stem {
                "hugo" | "config" => tree,
                part => Tree::Object(Map::from_iter([(part.to_owned(), tree)])),
            };
            merge(&mut self.found.tree, tree);
        }
        if let Some(tree) = HUGO_FILES.iter().find_map(|path| self.tree(path)) {
            merge(&mut self.found.tree, tree);
        }
    }

    fn astro(&mut self) {
        for path in ASTRO_FILES {
            if let Some(text) = self.text(path) {
                self.found.tree = Tree::String(text);
                return;
            }
        }
    }

    fn tree(&mut self, path: &str) -> Option<Tree> {
        let format = match path.rsplit('.').next() {
            Some("toml") => Format::Toml,
            Some("json") => Format::Json,
            Some("yml" | "yaml") => Format::Yaml,
            _ => return None,
        };
        let text = self.text(path)?;
        let source = if format == Format::Yaml { first_document(&text) } else { &text };
        match front_matter::tree(source, format) {
            Ok(tree) => Some(tree),
            Err(problem) => {
                self.found.problems.push(ConfigurationProblem { path: path.to_owned(), problem });
                None
            }
        }
    }

    fn text(&mut self, path: &str) -> Option<String> {
        let bytes = read_bytes(self.root, path, LARGEST).ok()?;
        self.found.files.push(path.to_owned());
        match decode(&bytes) {
            Ok((text, _)) => Some(text),
            Err(error) => {
                let reason = Reason::Syntax { message: "not UTF-8".to_owned() };
                let (line, column) = (error.line as usize, error.column as usize);
                let problem = Problem { line, column, reason };
                self.found.problems.push(ConfigurationProblem { path: path.to_owned(), problem });
                None
            }
        }
    }
}

/// The first document of a YAML file, without the lines that open and end it.
fn first_document(text: &str) -> &str {
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        match line.trim_end() {
            "---" => return up_to_next(after),
            line if line.is_empty() || line.starts_with(['#', '%']) => rest = after,
            _ => break,
        }
    }
    up_to_next(text)
}

fn up_to_next(text: &str) -> &str {
    let ends = ["\n---\n", "\n...\n", "\n--- "];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    end.map_or(text, |end| &text[..=end])
}

/// Puts `other` over `tree`; tables are merged, everything else is replaced. Letter case does not count.
fn merge(tree: &mut Tree, other: Tree) {
    match (tree, other) {
        (Tree::Object(into), Tree::Object(from)) => {
            for (key, value) in from {
                let known = into.keys().find(|known| known.eq_ignore_ascii_case(&key)).cloned();
                match known.and_then(|known| into.get_mut(&known)) {
                    Some(place) => merge(place, value),
                    None => {
                        into.insert(key, value);
                    }
                }
            }
        }
        (tree, other) => *tree = other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::folder;

    #[test]
    fn hugo_joins_its_folder_and_its_file() {
        let site = folder(&[
            ("config/_default/markup.toml", "[goldmark.renderer]\nunsafe = true\nhardWraps = true\n"),
            ("config/_default/params.yaml", "a: 1\n"),
            ("hugo.yaml", "title: x\nmarkup:\n  goldmark:\n    renderer:\n      hardwraps: false\n"),
        ]);
        let found = configuration(site.path(), Generator::Hugo);
        assert_eq!(found.problems, []);
        assert_eq!(found.tree["markup"]["goldmark"]["renderer"], json!({"unsafe": true, "hardWraps": false}));
        assert_eq!(found.tree["params"]["a"], 1);
        assert_eq!(found.files.len(), 3);
    }

    #[test]
    fn jekyll_takes_the_first_document() {
        let site = folder(&[("_config.yml", "# c\n---\nkramdown:\n  input: GFM\n---\nb: 2\n")]);
        let found = configuration(site.path(), Generator::Jekyll);
        assert_eq!(found.tree, json!({"kramdown": {"input": "GFM"}}));
    }

    #[test]
    fn what_cannot_be_read_leaves_the_defaults_and_says_where() {
        let site = folder(&[("config.toml", "base_url = \"x\"\n[markdown\n")]);
        let found = configuration(site.path(), Generator::Zola);
        assert_eq!(found.tree, json!({}));
        assert_eq!(found.problems[0].path, "config.toml");
        assert_eq!(found.problems[0].problem.line, 2);
    }

    #[test]
    fn a_configuration_that_is_a_program_is_its_text() {
        let site = folder(&[("astro.config.mjs", "export default { markdown: { gfm: false } }\n")]);
        let found = configuration(site.path(), Generator::Astro);
        assert!(found.tree.as_str().is_some_and(|text| text.contains("gfm: false")));
        assert_eq!(configuration(site.path(), Generator::Plain).tree, json!({}));
    }
}
