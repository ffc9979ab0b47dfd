//! The real generators at work: all posts of a corpus in one temporary site that prints their content and nothing
//! else. A generator that is not there is named and skipped.

mod astro;
mod hexo;
mod hugo;
mod jekyll;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::Engine;

/// What a generator made of a post.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Page {
    /// The HTML of its content.
    Built(String),
    /// The generator does not build it, and says why.
    Refused(String),
}

/// Between these the layouts print the content; no post has them. Hugo drops comments from its templates.
const BEGIN: &str = "<i id=\"content-begins-here\"></i>";
const END: &str = "<i id=\"content-ends-here\"></i>";

/// Renders texts (bodies, without front matter) as one engine does, with a site's settings in its own language.
pub(crate) fn render(engine: Engine, texts: &[String], settings: &str) -> Option<Vec<Page>> {
    let folder = tempfile::tempdir().unwrap();
    match engine {
        Engine::Hugo => hugo::render(folder.path(), texts, settings),
        Engine::Jekyll => jekyll::render(folder.path(), texts, settings),
        Engine::Hexo => hexo::render(folder.path(), texts, settings),
        Engine::Astro => astro::render(folder.path(), texts),
        Engine::Zola => {
            Some(texts.iter().map(|text| Page::Built(postwright_tests::zola::page(text, settings))).collect())
        }
    }
}

/// The name of a post in the temporary site.
fn name(at: usize) -> String {
    format!("p{at:05}")
}

fn write(path: PathBuf, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Runs a build until it goes through, leaving out each time the posts that it names in what it says.
///
/// The generators stop at the first post that they cannot build; a writer's site would stop as well.
fn build_until_it_passes(
    texts: &[String],
    post: impl Fn(usize) -> PathBuf,
    run: impl Fn() -> Option<Result<(), String>>,
) -> Option<BTreeMap<usize, String>> {
    let mut refused = BTreeMap::new();
    loop {
        let said = match run()? {
            Ok(()) => return Some(refused),
            Err(said) => said,
        };
        // A warning names posts as well, and they are built all the same.
        let complaint = |at: usize| {
            said.lines().find(|line| !line.to_lowercase().contains("warn") && line.contains(&name(at)))
        };
        let named: Vec<(usize, &str)> = (0..texts.len())
            .filter(|at| !refused.contains_key(at))
            .filter_map(|at| Some((at, complaint(at)?)))
            .collect();
        assert!(!named.is_empty(), "the generator failed and named no post:\n{said}");
        for (at, why) in named {
            std::fs::remove_file(post(at)).unwrap();
            refused.insert(at, why.trim().to_owned());
        }
    }
}

/// The pages of a build, by the file of each.
fn pages(texts: &[String], refused: &BTreeMap<usize, String>, file: impl Fn(usize) -> PathBuf) -> Vec<Page> {
    let page = |at: usize| {
        if let Some(why) = refused.get(&at) {
            return Page::Refused(why.clone());
        }
        let Ok(page) = std::fs::read_to_string(file(at)) else {
            return Page::Refused("no page was written".into());
        };
        Page::Built(content(&page).unwrap_or_else(|| panic!("a page without marks: {page}")))
    };
    (0..texts.len()).map(page).collect()
}

fn content(page: &str) -> Option<String> {
    let (_, after) = page.split_once(BEGIN)?;
    Some(after.rsplit_once(END)?.0.to_owned())
}

/// Runs a driver of ours in the folder where a generator from npm is installed; `None` if it is not there.
pub(crate) fn node(generator: &str, driver: &str, arguments: &[&Path]) -> Option<Result<String, String>> {
    let Some(installed) = postwright_tests::generators::from_npm(generator) else {
        eprintln!("SKIPPED: {generator} is not installed (cargo xtask parity installs it)");
        return None;
    };
    let output = Command::new("node").arg(installed.join(driver)).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    Some(if output.status.success() { Ok(said) } else { Err(format!("{said}{complaint}")) })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn refused_posts_are_named_and_the_others_built() {
        let folder = tempfile::tempdir().unwrap();
        let texts: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let file = |at: usize| folder.path().join(name(at));
        for (at, text) in texts.iter().enumerate() {
            write(file(at), &format!("x{BEGIN}{text}{END}y"));
        }
        let runs = Cell::new(0);
        let refused = build_until_it_passes(&texts, file, || {
            runs.set(runs.get() + 1);
            Some(if runs.get() == 1 {
                Err(format!("WARN: {}.md\nbad: {}.md\n", name(0), name(1)))
            } else {
                Ok(())
            })
        });
        let pages = pages(&texts, &refused.unwrap(), file);
        assert_eq!(pages[0], Page::Built("a".into()));
        assert_eq!(pages[1], Page::Refused("bad: p00001.md".into()));
        assert_eq!(pages[2], Page::Built("c".into()));
    }
}
