//! The posts that are compared: ours, and real ones where they lie beside the project.

use std::path::{Path, PathBuf};

use postwright_markdown::Dialect;
use postwright_post::front_matter;
use postwright_tests::generators::files_under;
use serde_json::Value;

use crate::{macros, settings};

/// A generator, or what stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// goldmark, by Hugo.
    Hugo,
    /// pulldown-cmark, driven as Zola documents it.
    Zola,
    /// kramdown, by Jekyll.
    Jekyll,
    /// marked, by Hexo.
    Hexo,
    /// Sätteri, by Astro.
    Astro,
}

impl Engine {
    /// In the order of the table.
    pub(crate) const ALL: [Engine; 5] =
        [Engine::Hugo, Engine::Zola, Engine::Jekyll, Engine::Hexo, Engine::Astro];

    /// As the table, the samples' folders and our own posts' names have it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Hugo => "hugo",
            Engine::Zola => "zola",
            Engine::Jekyll => "jekyll",
            Engine::Hexo => "hexo",
            Engine::Astro => "astro",
        }
    }
}

/// The name of the corpus that is written for this project.
pub(crate) const OWN: &str = "our own posts";

/// Posts that one site could hold, with its settings.
pub(crate) struct Corpus {
    /// Where they are from.
    pub(crate) name: String,
    /// Whether the corpus counts in the engine's figure; the traps of `dialect-cases.json` are shown beside it.
    pub(crate) counts: bool,
    /// Settings in the generator's own language.
    pub(crate) settings: String,
    /// The same for the preview.
    pub(crate) dialect: Dialect,
    /// The posts.
    pub(crate) posts: Vec<Post>,
}

/// A post without its front matter.
pub(crate) struct Post {
    /// Its file, for the report.
    pub(crate) name: String,
    /// The text that both render.
    pub(crate) text: String,
    /// Whether it uses macros.
    pub(crate) macros: bool,
}

/// The real posts and the cases beside the project, if they are there.
pub(crate) struct Beside {
    samples: Option<PathBuf>,
    cases: Option<PathBuf>,
}

impl Beside {
    /// Looks for them, and says what is not there.
    pub(crate) fn find() -> Self {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
        let samples = std::env::var_os("POSTWRIGHT_SAMPLES").map_or(shared.join("samples"), PathBuf::from);
        let cases = samples.join("../reference/dialect-cases.json");
        let there = |path: PathBuf, what: &str| {
            let there = path.exists();
            if !there {
                println!("SKIPPED: {what} are not there ({})", path.display());
            }
            there.then_some(path)
        };
        Self { samples: there(samples, "the sample posts"), cases: there(cases, "the dialect cases") }
    }

    /// All corpora of an engine.
    pub(crate) fn corpora(&self, engine: Engine) -> Vec<Corpus> {
        let mut corpora = vec![own(engine)];
        if let Some(samples) = &self.samples {
            corpora.extend(sites(engine, &samples.join("sites")));
            if std::env::var_os("POSTWRIGHT_PARITY_ACROSS").is_some() {
                corpora.extend(foreign(engine, &samples.join("sites")));
            }
            corpora.push(loose(engine, &samples.join("posts")));
        }
        if let Some(cases) = &self.cases {
            corpora.push(cases_of(engine, cases));
        }
        corpora.retain(|corpus| !corpus.posts.is_empty());
        corpora
    }
}

/// Posts written for this project, with the generator's own settings. `hugo-….md` is for Hugo alone; a name that
/// begins with no engine is for all.
fn own(engine: Engine) -> Corpus {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/parity"));
    with_defaults(engine, OWN, posts_in(engine, &folder))
}

/// The real sites of an engine, each with its own settings.
fn sites(engine: Engine, folder: &Path) -> Vec<Corpus> {
    let of_engine = |path: &&PathBuf| file_name(path).starts_with(engine.name());
    let folders = folders_in(folder);
    let site = |site: &PathBuf| {
        let (settings, dialect) = settings::of_site(engine, site);
        let posts = posts_in(engine, site);
        Corpus { name: file_name(site), counts: true, settings, dialect, posts }
    };
    folders.iter().filter(of_engine).map(site).collect()
}

/// The posts of all other engines' sites, as if they were this engine's: as near as there is to a site that nobody has
/// seen. Asked for by `POSTWRIGHT_PARITY_ACROSS`; it takes several times as long.
fn foreign(engine: Engine, folder: &Path) -> Vec<Corpus> {
    let of_engine = |path: &&PathBuf| file_name(path).starts_with(engine.name());
    let folders = folders_in(folder);
    let others = folders.iter().filter(|path| !of_engine(path));
    let corpus = |site: &PathBuf| {
        let name = format!("{} as if it were {}'s", file_name(site), engine.name());
        Corpus { counts: false, ..with_defaults(engine, &name, posts_in(engine, site)) }
    };
    others.map(corpus).collect()
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Real documents of no site: a Hugo post is no Jekyll post, texts are for all.
fn loose(engine: Engine, folder: &Path) -> Corpus {
    let mut posts = posts_in(engine, folder);
    let of_other =
        |name: &str| Engine::ALL.iter().any(|other| *other != engine && name.contains(other.name()));
    posts.retain(|post| post.name.ends_with(".txt") || !of_other(&post.name));
    with_defaults(engine, "real documents", posts)
}

fn cases_of(engine: Engine, file: &Path) -> Corpus {
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let post = |(name, case): (&String, &Value)| {
        post(engine, name.clone(), case["markdown"].as_str().unwrap_or_default())
    };
    let posts = cases.as_object().unwrap().iter().map(post).collect();
    Corpus { counts: false, ..with_defaults(engine, "dialect cases", posts) }
}

fn with_defaults(engine: Engine, name: &str, posts: Vec<Post>) -> Corpus {
    let (settings, dialect) = settings::defaults(engine);
    Corpus { name: name.to_owned(), counts: true, settings, dialect, posts }
}

fn posts_in(engine: Engine, folder: &Path) -> Vec<Post> {
    let is_post = |path: &&PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let name = file_name(path);
        let of_other = Engine::ALL
            .iter()
            .any(|other| *other != engine && name.starts_with(&format!("{}-", other.name())));
        // What new posts are made from is no post.
        let is_template = path.iter().any(|part| part == "archetypes" || part == "scaffolds");
        matches!(extension, Some("md" | "markdown" | "txt"))
            && !of_other
            && !is_template
            && !name.starts_with("README")
    };
    let files = files_under(folder);
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        post(engine, name, &String::from_utf8_lossy(&bytes))
    };
    files.iter().filter(is_post).map(read).filter(|post| !post.text.trim().is_empty()).collect()
}

fn post(engine: Engine, name: String, file: &str) -> Post {
    let text = file.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let body = &text[front_matter::split(&text).body_start..];
    let (text, macros) = macros::comparable(engine, body);
    Post { name, text, macros }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_posts_are_there_for_every_engine() {
        for engine in Engine::ALL {
            let own = own(engine);
            assert!(own.posts.len() >= 30, "{}: {}", engine.name(), own.posts.len());
            assert!(own.posts.iter().all(|post| !post.text.starts_with("---")));
        }
    }
}
