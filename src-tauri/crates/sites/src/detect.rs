//! What a folder is: which generator's site, where its posts lie, how they are written.

mod addresses;
mod folders;
mod roots;
mod settings;
mod signs;

use std::{cmp::Reverse, path::Path};

use postwright_post::{
    front_matter::{self, Problem},
    profile::{self, Evidence, EvidenceFact, Generator, KnownPost, Profile},
};

use crate::{
    error::{SiteError, shown},
    head, index, walk,
};
use settings::Settings;
use signs::Sign;

/// From how many posts a site's habits are learnt.
const LEARN_FROM: usize = 300;
/// How far Markdown is looked for in a folder without any mark.
const PLAIN_ENTRIES: usize = 20_000;

/// What was found in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// What is known of the site.
    pub profile: Profile,
    /// The configuration files that could not be read, so that the generator's defaults stand.
    pub problems: Vec<ConfigurationProblem>,
}

/// A configuration file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationProblem {
    /// Its path in the site.
    pub path: String,
    /// Where and why.
    pub problem: Problem,
}

/// The folders above a file that may be its site, the likeliest first. The nearest comes first, but a folder that only
/// holds posts comes behind those with more to say: `source/_posts` is Hexo's, and Jekyll's `_posts` may lie in folders.
pub fn above(file: &Path) -> Vec<&Path> {
    let signs = file.ancestors().skip(1).map(|folder| (folder, signs::all(folder)));
    let mut found: Vec<_> = signs.filter(|(_, signs)| !signs.is_empty()).collect();
    found.sort_by_key(|(_, signs)| signs.iter().all(|sign| sign.evidence.path == "_posts"));
    found.into_iter().map(|(folder, _)| folder).collect()
}

/// A generator that a folder speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The generator.
    pub generator: Generator,
    /// How loudly the strongest sign speaks for it, from 0 to 100.
    pub confidence: u32,
    /// All that speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
}

/// Two generators whose strongest signs are at least this loud cannot be told apart by them: a folder that moved from
/// Jekyll to Hugo has the marks of both.
const CERTAIN: u32 = 70;

/// The generators that what lies at `root` speaks for, the likeliest first.
pub fn candidates(root: &Path) -> Vec<Candidate> {
    let mut signs = signs::all(root);
    signs.sort_by_key(|sign| Reverse(sign.weight));
    let mut found: Vec<Candidate> = Vec::new();
    for Sign { generator, weight, evidence } in signs {
        match found.iter_mut().find(|candidate| candidate.generator == generator) {
            Some(candidate) => candidate.evidence.push(evidence),
            None => found.push(Candidate { generator, confidence: weight, evidence: vec![evidence] }),
        }
    }
    found
}

/// The generator that what lies at `root` itself speaks for. Looks at a few names and walks through no folder.
pub fn generator(root: &Path) -> Option<Generator> {
    let signs = signs::all(root);
    signs.into_iter().rev().max_by_key(|sign| sign.weight).map(|sign| sign.generator)
}

/// What is known of the site at `root`.
pub fn detect(root: &Path) -> Result<Profile, SiteError> {
    survey(root).map(|survey| survey.profile)
}

/// What is known of the site at `root`, and what could not be read.
pub fn survey(root: &Path) -> Result<Survey, SiteError> {
    survey_as(root, None)
}

/// The same for a folder whose generator the writer has chosen; any folder can be one of plain Markdown.
pub fn survey_as(root: &Path, chosen: Option<Generator>) -> Result<Survey, SiteError> {
    let not_a_site = || SiteError::NotASite { path: shown(root), looked_for: signs::LOOKED_FOR.to_vec() };
    if std::fs::read_dir(root).is_err() {
        return Err(not_a_site());
    }
    let mut found = candidates(root);
    let first = found.first().map_or(Generator::Plain, |candidate| candidate.generator);
    let generator = chosen.unwrap_or(first);
    if chosen.is_none() && generator == Generator::Plain && !has_markdown(root) {
        return Err(not_a_site());
    }
    let mut profile = Profile::conventional(generator);
    if let Some(place) = found.iter().position(|candidate| candidate.generator == generator) {
        let Candidate { confidence, evidence, .. } = found.remove(place);
        (profile.confidence, profile.evidence) = (confidence, evidence);
    }
    if chosen.is_none() && profile.confidence >= CERTAIN {
        let rivals = found.iter().filter(|candidate| candidate.confidence >= CERTAIN);
        profile.rivals = rivals.map(|candidate| candidate.generator).collect();
    }
    let problems = read_configuration(root, &mut profile);
    find_posts(root, &mut profile);
    find_images_folder(root, &mut profile);
    profile.addresses = addresses::of(root, &mut profile);
    learn_habits(root, &mut profile);
    Ok(Survey { profile, problems })
}

fn has_markdown(root: &Path) -> bool {
    walk::files(root, "", PLAIN_ENTRIES).iter().any(|path| walk::is_markdown(path))
}

fn read_configuration(root: &Path, profile: &mut Profile) -> Vec<ConfigurationProblem> {
    let paths: &[&str] = match profile.generator {
        Generator::Hugo => &signs::HUGO_CONFIGURATIONS,
        Generator::Jekyll | Generator::Hexo => &signs::JEKYLL_CONFIGURATIONS,
        Generator::Zola => &["zola.toml", "config.toml"],
        Generator::Astro | Generator::Plain => &[],
    };
    let files: Vec<Settings> = paths.iter().filter_map(|path| Settings::read(root, path)).collect();
    // The first file that has a setting decides it, so the last is applied first.
    files.iter().rev().for_each(|settings| apply_settings(profile, settings));
    profile.version = profile.evidence.iter().find_map(|evidence| match &evidence.fact {
        EvidenceFact::Version { version } => Some(version.clone()),
        _ => None,
    });
    let problem = |file: Settings| {
        let Settings { path, problem, .. } = file;
        problem.map(|problem| ConfigurationProblem { path, problem })
    };
    files.into_iter().filter_map(problem).collect()
}

fn apply_settings(profile: &mut Profile, settings: &Settings) {
    let (base, zone, folder) = match profile.generator {
        Generator::Hugo => ("baseURL", "timeZone", "contentDir"),
        Generator::Jekyll => ("baseurl", "timezone", ""),
        Generator::Hexo => ("root", "timezone", "source_dir"),
        Generator::Zola => ("base_url", "", ""),
        Generator::Astro | Generator::Plain => return,
    };
    if let Some(base) = settings.text(base) {
        profile.base_path = base_path_of(base);
    }
    if let Some(zone) = settings.text(zone) {
        profile.time_zone = Some(zone.to_owned());
    }
    if let Some(folder) = settings.text(folder).and_then(inner_folder) {
        profile.post_folders = match profile.generator {
            Generator::Hexo => vec![walk::joined(&folder, "_posts")],
            _ => vec![walk::joined(&folder, "posts")],
        };
        if profile.generator == Generator::Hexo {
            profile.image_places.static_folder.clone_from(&folder);
        }
        profile.content_folder = folder;
    }
    let static_folder = settings.text("staticDir").and_then(inner_folder);
    if let Some(folder) = static_folder.filter(|_| profile.generator == Generator::Hugo) {
        profile.image_places.static_folder = folder;
    }
}

/// The path of a URL, without its last slash; of `https://x.org/blog/`, `/blog`.
fn base_path_of(url: &str) -> String {
    let path = match url.split_once("//") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{path}") }
}

/// A folder of the site that a setting names; none if it leaves the site.
fn inner_folder(setting: &str) -> Option<String> {
    let folder = setting.trim_start_matches("./").trim_end_matches('/');
    crate::path::check(folder, crate::path::Use::Existing).ok().map(|()| folder.to_owned())
}

fn find_posts(root: &Path, profile: &mut Profile) {
    if profile.generator == Generator::Jekyll
        && let Some(folder) = roots::jekyll_collections(root)
    {
        profile.post_folders = vec![walk::joined(&folder, "_posts")];
    }
    let named = roots::named(root, profile.generator);
    let present = roots::present(root, &named);
    if let Some(first) = present.first().or(named.first()) {
        profile.content_folder.clone_from(first);
    }
    let found = if present.is_empty() {
        folders::of_posts(root, profile)
    } else {
        folders::of_contents(root, profile, &present)
    };
    if found.is_empty() {
        profile.post_folders = vec![empty_post_folder(root, profile)];
        return;
    }
    for (path, count) in &found {
        let fact = EvidenceFact::Posts { count: *count };
        profile.evidence.push(Evidence { path: path.clone(), fact });
    }
    profile.post_folders = found.into_iter().map(|(folder, _)| folder).collect();
}

/// Where the first post of a site goes.
fn empty_post_folder(root: &Path, profile: &Profile) -> String {
    let conventional = profile.post_folders.first().cloned().unwrap_or_default();
    let usual = ["posts", "post", "blog"].map(|name| walk::joined(&profile.content_folder, name));
    match profile.generator {
        Generator::Hugo | Generator::Zola | Generator::Astro => {
            usual.into_iter().find(|folder| root.join(folder).is_dir()).unwrap_or(conventional)
        }
        Generator::Jekyll | Generator::Hexo | Generator::Plain => conventional,
    }
}

/// The folder that the site keeps its images in, among those that are usual.
fn find_images_folder(root: &Path, profile: &mut Profile) {
    let usual: &[&str] = match profile.generator {
        Generator::Jekyll => &["assets/images", "assets/img", "images", "img"],
        _ => &["images", "img", "image"],
    };
    let place = &mut profile.image_places;
    let found = usual.iter().find(|folder| root.join(walk::joined(&place.static_folder, folder)).is_dir());
    if let Some(found) = found {
        place.images_folder = (*found).to_owned();
    }
}

fn learn_habits(root: &Path, profile: &mut Profile) {
    let mut paths = index::post_paths(root, profile);
    let older = paths.len().saturating_sub(LEARN_FROM);
    // Names often begin with a date, so the last ones are what the writer does today.
    let newest = paths.split_off(older);
    let read = |path: String| {
        let text = head::read(root, &path).ok()?.text.ok()?;
        Some((path, front_matter::read(&text), text))
    };
    let posts: Vec<_> = newest.into_iter().filter_map(read).collect();
    let known = posts.iter().map(|(path, front_matter, head)| KnownPost { path, head, front_matter });
    let known: Vec<_> = known.collect();
    profile::learn(profile, &known);
}

#[cfg(test)]
mod new_post_tests;
#[cfg(test)]
mod tests;
