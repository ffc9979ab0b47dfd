//! `site`: what a folder is taken for.

use std::path::Path;

use postwright_app::files;
use postwright_wire::{Generator, Language, PostLayout, SiteProfile};

use super::{Outcome, output};
use crate::failure::Failure;

/// Prints the profile with what speaks for it.
pub(super) fn run(
    folder: &Path,
    generator: Option<Generator>,
    json: bool,
    language: Language,
) -> Result<Outcome, Failure> {
    let profile = files::site(folder, generator, language)?;
    if json {
        output::print_json(&profile)?;
    } else {
        output::print(&text(&profile))?;
    }
    if profile.rivals.is_empty() {
        return Ok(Outcome::Done);
    }
    eprintln!("{}", two_generators(&profile));
    Ok(Outcome::Findings)
}

/// Says that the folder may be the site of several generators, and how to choose one.
fn two_generators(profile: &SiteProfile) -> String {
    let all: Vec<&str> =
        [profile.generator].iter().chain(&profile.rivals).map(|one| generator_name(*one)).collect();
    format!("marks of {}: choose one with --generator {}", all.join(" and "), all.join("|").to_lowercase())
}

/// A name that is no generator's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no generator {name} here, but hugo, jekyll, zola, hexo, astro and plain")]
pub(super) struct UnknownGenerator {
    name: String,
}

/// The generator of a name.
pub(super) fn parse_generator(name: &str) -> Result<Generator, UnknownGenerator> {
    const ALL: [(&str, Generator); 6] = [
        ("hugo", Generator::Hugo),
        ("jekyll", Generator::Jekyll),
        ("zola", Generator::Zola),
        ("hexo", Generator::Hexo),
        ("astro", Generator::Astro),
        ("plain", Generator::Plain),
    ];
    let found = ALL.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, generator)| generator).ok_or_else(|| UnknownGenerator { name: name.to_owned() })
}

fn text(profile: &SiteProfile) -> String {
    let mut text = format!("{}\n", generator_name(profile.generator));
    for evidence in &profile.evidence {
        text.push_str(&format!("  {}: {}\n", evidence.path, evidence.says));
    }
    for folder in &profile.post_folders {
        text.push_str(&format!("posts: {folder}\n"));
    }
    let layout = match profile.new_posts {
        PostLayout::File => "file",
        PostLayout::Bundle => "bundle",
    };
    text + &format!("new posts: {layout}\n")
}

fn generator_name(generator: Generator) -> &'static str {
    match generator {
        Generator::Hugo => "Hugo",
        Generator::Jekyll => "Jekyll",
        Generator::Zola => "Zola",
        Generator::Hexo => "Hexo",
        Generator::Astro => "Astro",
        Generator::Plain => "Markdown",
    }
}

#[cfg(test)]
mod tests {
    use postwright_wire::Evidence;

    use super::*;

    #[test]
    fn says_the_generator_first_and_why() {
        let profile = SiteProfile {
            generator: Generator::Hugo,
            confidence: 100,
            rivals: vec![Generator::Jekyll],
            evidence: vec![Evidence { path: "hugo.toml".to_owned(), says: "configuration".to_owned() }],
            post_folders: vec!["content/posts".to_owned()],
            new_posts: PostLayout::Bundle,
        };
        assert_eq!(
            text(&profile),
            "Hugo\n  hugo.toml: configuration\nposts: content/posts\nnew posts: bundle\n"
        );
        assert_eq!(
            two_generators(&profile),
            "marks of Hugo and Jekyll: choose one with --generator hugo|jekyll"
        );
        assert_eq!(parse_generator("hugo"), Ok(Generator::Hugo));
        assert!(parse_generator("pelican").is_err_and(|refusal| refusal.to_string().contains("plain")));
    }
}
