//! `site`: what a folder is taken for.

use std::path::Path;

use postwright_app::files;
use postwright_wire::{Generator, Language, PostLayout, SiteProfile};

use super::{Outcome, output};
use crate::failure::Failure;

/// Prints the profile with what speaks for it.
pub(super) fn run(folder: &Path, json: bool, language: Language) -> Result<Outcome, Failure> {
    let profile = files::site(folder, language)?;
    if json {
        output::print_json(&profile)?;
    } else {
        output::print(&text(&profile))?;
    }
    Ok(Outcome::Done)
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
            evidence: vec![Evidence { path: "hugo.toml".to_owned(), says: "configuration".to_owned() }],
            post_folders: vec!["content/posts".to_owned()],
            new_posts: PostLayout::Bundle,
        };
        assert_eq!(
            text(&profile),
            "Hugo\n  hugo.toml: configuration\nposts: content/posts\nnew posts: bundle\n"
        );
    }
}
