//! A site's configuration as one tree, for what decides how its Markdown is read.

use std::path::Path;

use postwright_post::{
    front_matter::{self, Format, Problem, Reason},
    profile::Generator,
};
use serde_json::{Map, Value as Tree};

use crate::{ConfigurationProblem, SiteError, decode, read_bytes, walk};

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
/// Those of every build, then those of `hugo build`, whose environment is called so.
const HUGO_FOLDERS: [&str; 2] = ["config/_default", "config/production"];
const ASTRO_FILES: [&str; 5] =
    ["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs"];

/// What a site's configuration says.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    /// Everything, as a tree. A configuration that is a program (Astro's) is one text.
    pub tree: Tree,
    /// The files that could not be read, so that the generator's defaults stand.
    pub problems: Vec<ConfigurationProblem>,
    /// The files that it was read from; where two have one setting, the later one counts.
    files: Vec<ConfigurationFile>,
}

/// One file of a configuration.
#[derive(Debug, Clone, PartialEq)]
struct ConfigurationFile {
    /// Its path in the site.
    path: String,
    text: String,
    /// None, if it is a program.
    format: Option<Format>,
    /// The table that the file is, if it is not the root.
    table: Option<String>,
}

/// Where something of a configuration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationPlace {
    /// The file's path in the site.
    pub path: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
}

impl Configuration {
    /// The path in the site of the file that counts most among those that may say anything; none if the site has no
    /// configuration.
    pub fn main_file(&self) -> Option<&str> {
        let mut whole = self.files.iter().rev().filter(|file| file.table.is_none());
        whole.next().or(self.files.last()).map(|file| file.path.as_str())
    }

    /// Where a setting stands, named with the tables that it is in, as `markup.highlight.style`. Without a line where
    /// only the file can be told; none if the site has no configuration.
    pub fn place_of(&self, setting: &str) -> Option<ConfigurationPlace> {
        let path: Vec<&str> = setting.split('.').collect();
        let place = |file: &ConfigurationFile| (file.path.clone(), file.line_of(&path));
        let mut places = self.files.iter().rev().map(place);
        let found = places.find(|(_, line)| line.is_some());
        let (path, line) = found.or_else(|| Some((self.main_file()?.to_owned(), None)))?;
        Some(ConfigurationPlace { path, line })
    }
}

impl ConfigurationFile {
    fn line_of(&self, path: &[&str]) -> Option<usize> {
        let path = match (&self.table, path.split_first()) {
            (Some(table), Some((first, below))) if table.eq_ignore_ascii_case(first) => below,
            (Some(_), _) => return None,
            (None, _) => path,
        };
        let Some(format) = self.format else { return line_with(&self.text, path.last()?) };
        let (before, source) = source_of(&self.text, format);
        let line = if path.is_empty() { 1 } else { front_matter::line_of(source, format, path)? };
        Some(line + before)
    }
}

/// The first line of a program in which a name stands as a word, comments left out.
fn line_with(program: &str, name: &str) -> Option<usize> {
    let of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '/');
    let names = |line: &str| {
        let code = line.split("//").next().unwrap_or_default();
        code.split(|c| !of_word(c)).any(|word| word == name)
    };
    program.lines().position(names).map(|line| line + 1)
}

/// Reads the configuration of the site at `root`.
pub fn configuration(root: &Path, generator: Generator) -> Configuration {
    let mut reader = Reader {
        root,
        found: Configuration { tree: Tree::Object(Map::new()), problems: Vec::new(), files: Vec::new() },
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
    /// What the first of these files that is there says. Generators read no other in the place of one with a mistake.
    fn first(&mut self, paths: &[&str]) {
        if let Some(tree) = self.first_of(paths).and_then(|path| self.tree(path, None)) {
            self.found.tree = tree;
        }
    }

    fn first_of<'p>(&self, paths: &[&'p str]) -> Option<&'p str> {
        paths.iter().find(|path| self.root.join(path).is_file()).copied()
    }

    /// One file at the root, over which go the files of the folders in their order, each of which is the part that its
    /// name says (`markup.toml`) or the root (`hugo.toml`).
    fn hugo(&mut self) {
        self.first(&HUGO_FILES);
        for folder in HUGO_FOLDERS {
            for path in walk::files(self.root, folder, MOST_FILES) {
                self.part_of_hugo(&path);
            }
        }
    }

    fn part_of_hugo(&mut self, path: &str) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let Some((stem, _)) = name.rsplit_once('.') else { return };
        let table = Some(stem).filter(|stem| !matches!(*stem, "hugo" | "config"));
        let Some(tree) = self.tree(path, table) else { return };
        let tree = match table {
            None => tree,
            Some(table) => Tree::Object(Map::from_iter([(table.to_owned(), tree)])),
        };
        merge(&mut self.found.tree, tree);
    }

    fn astro(&mut self) {
        let Some(path) = self.first_of(&ASTRO_FILES) else { return };
        let Some(text) = self.text(path) else { return };
        self.found.tree = Tree::String(text.clone());
        self.found.files.push(ConfigurationFile { path: path.to_owned(), text, format: None, table: None });
    }

    /// What a file says; `table` is the one that it is, if it is not the root.
    fn tree(&mut self, path: &str, table: Option<&str>) -> Option<Tree> {
        let format = match path.rsplit('.').next() {
            Some("toml") => Format::Toml,
            Some("json") => Format::Json,
            Some("yml" | "yaml") => Format::Yaml,
            _ => return None,
        };
        let text = self.text(path)?;
        let (before, source) = source_of(&text, format);
        let tree = front_matter::tree(source, format);
        self.found.files.push(ConfigurationFile {
            path: path.to_owned(),
            text: text.clone(),
            format: Some(format),
            table: table.map(ToOwned::to_owned),
        });
        tree.map_err(|problem| self.problem(path, Problem { line: problem.line + before, ..problem })).ok()
    }

    fn text(&mut self, path: &str) -> Option<String> {
        let at = |line, column, reason| Problem { line, column, reason };
        let problem = match read_bytes(self.root, path, LARGEST).map(|bytes| decode(&bytes)) {
            Ok(Ok((text, _))) => return Some(text),
            Ok(Err(error)) => {
                let reason = Reason::Syntax { message: "not UTF-8".to_owned() };
                at(error.line as usize, error.column as usize, reason)
            }
            Err(SiteError::NotFound { .. }) => return None,
            Err(error) => at(1, 1, Reason::Syntax { message: error.to_string() }),
        };
        self.problem(path, problem);
        None
    }

    fn problem(&mut self, path: &str, problem: Problem) {
        self.found.problems.push(ConfigurationProblem { path: path.to_owned(), problem });
    }
}

/// What of a file is read, and how many lines stand before it.
fn source_of(text: &str, format: Format) -> (usize, &str) {
    if format == Format::Yaml { first_document(text) } else { (0, text) }
}

/// The first document of a YAML file, without the lines that open and end it, and how many lines stand before it.
fn first_document(text: &str) -> (usize, &str) {
    let mut rest = text;
    for before in 1.. {
        let Some((line, after)) = rest.split_once('\n') else { break };
        match line.trim_end() {
            "---" => return (before, up_to_next(after)),
            line if line.is_empty() || line.starts_with(['#', '%']) => rest = after,
            _ => break,
        }
    }
    (0, up_to_next(text))
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

    /// As Hugo 0.168 builds it.
    #[test]
    fn hugo_puts_its_folders_over_its_file() {
        let site = folder(&[
            ("hugo.yaml", "title: x\nmarkup:\n  goldmark:\n    renderer:\n      hardwraps: false\n"),
            ("config/_default/hugo.toml", "[markup.goldmark.renderer]\nhardWraps = false\nxhtml = true\n"),
            ("config/_default/markup.toml", "[goldmark.renderer]\nunsafe = true\nhardWraps = true\n"),
            ("config/_default/params.yaml", "a: 1\n"),
            ("config/development/markup.toml", "[goldmark.renderer]\nunsafe = false\n"),
        ]);
        let found = configuration(site.path(), Generator::Hugo);
        assert_eq!(found.problems, []);
        let renderer = |found: &Configuration| found.tree["markup"]["goldmark"]["renderer"].clone();
        assert_eq!(renderer(&found), json!({"hardwraps": true, "xhtml": true, "unsafe": true}));
        assert_eq!((&found.tree["title"], &found.tree["params"]["a"]), (&json!("x"), &json!(1)));
        let place =
            |found: &Configuration, setting| found.place_of(setting).map(|place| (place.path, place.line));
        let hard_wraps = place(&found, "markup.goldmark.renderer.hardWraps");
        assert_eq!(hard_wraps, Some(("config/_default/markup.toml".to_owned(), Some(3))), "it counts");
        assert_eq!(place(&found, "title"), Some(("hugo.yaml".to_owned(), Some(1))));
        assert_eq!(place(&found, "nowhere"), Some(("config/_default/hugo.toml".to_owned(), None)));

        site.put("config/production/markup.yaml", b"goldmark:\n  renderer:\n    hardWraps: false\n");
        let found = configuration(site.path(), Generator::Hugo);
        assert_eq!(renderer(&found), json!({"hardwraps": false, "xhtml": true, "unsafe": true}));
        let hard_wraps = place(&found, "markup.goldmark.renderer.hardWraps");
        assert_eq!(hard_wraps, Some(("config/production/markup.yaml".to_owned(), Some(3))));
    }

    #[test]
    fn jekyll_takes_the_first_document() {
        let site = folder(&[("_config.yml", "# c\n---\nkramdown:\n  input: GFM\n---\nb: 2\n")]);
        let found = configuration(site.path(), Generator::Jekyll);
        assert_eq!(found.tree, json!({"kramdown": {"input": "GFM"}}));
        assert_eq!(found.place_of("kramdown.input").and_then(|place| place.line), Some(4));
        let broken = folder(&[("_config.yml", "# c\n---\ntitle: x\nkramdown: [\n")]);
        let found = configuration(broken.path(), Generator::Jekyll);
        assert!(found.problems[0].problem.line >= 4, "{:?}", found.problems);
    }

    #[test]
    fn what_cannot_be_read_leaves_the_defaults_and_says_where() {
        let site = folder(&[("config.toml", "base_url = \"x\"\n[markdown\n")]);
        let found = configuration(site.path(), Generator::Zola);
        assert_eq!(found.tree, json!({}));
        assert_eq!(found.problems[0].path, "config.toml");
        assert_eq!(found.problems[0].problem.line, 2);
    }

    /// As Hugo 0.168 does: it ends with the mistake in `hugo.toml`.
    #[test]
    fn no_other_file_stands_in_for_one_with_a_mistake() {
        let site = folder(&[("hugo.toml", "[markup\n"), ("config.toml", "title = \"x\"\n")]);
        let found = configuration(site.path(), Generator::Hugo);
        assert_eq!(found.tree, json!({}));
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.main_file(), Some("hugo.toml"));
    }

    #[test]
    fn a_configuration_that_is_a_program_is_its_text() {
        let site = folder(&[("astro.config.mjs", "export default { markdown: { gfm: false } }\n")]);
        let found = configuration(site.path(), Generator::Astro);
        assert!(found.tree.as_str().is_some_and(|text| text.contains("gfm: false")));
        assert_eq!(found.place_of("markdown.gfm").and_then(|place| place.line), Some(1));
        assert_eq!(configuration(site.path(), Generator::Plain).tree, json!({}));
    }
}
