//! A new post in each real site beside the posts that are there, both read by lines alone.

use std::collections::HashMap;
use std::hash::Hash;

use postwright_post::plan::{self, Choices, PlanInput};
use postwright_post::profile::{NewPost, date_of_name, new_post};
use postwright_testkit::skipped;

use super::*;

/// What the lines of a front matter show.
#[derive(Debug, Default)]
struct Shape {
    fence: String,
    keys: Vec<String>,
    title_quotes: Option<char>,
    /// `9999-99-99`, with its quotes.
    date: Option<String>,
    /// `[`, `-`, `  -`, or a text.
    tags: Option<String>,
}

fn shape_of(text: &str) -> Shape {
    let mut lines = text.lines();
    let fence = lines.next().unwrap_or_default().to_owned();
    let inside: Vec<&str> = lines.take_while(|line| *line != fence).collect();
    let mut shape = Shape { fence, ..Shape::default() };
    for (at, line) in inside.iter().enumerate() {
        let Some(end) = line.find([':', '=']).filter(|_| !line.starts_with([' ', '-', '#', '\t'])) else {
            continue;
        };
        let (key, value) = (line[..end].trim(), line[end + 1..].trim());
        shape.keys.push(key.to_owned());
        let quote = value.chars().next().filter(|first| matches!(first, '\'' | '"'));
        match key {
            "title" => shape.title_quotes = Some(quote.unwrap_or(' ')),
            "date" => {
                let digit = |letter: char| if letter.is_ascii_digit() { '9' } else { letter };
                shape.date = Some(value.chars().map(digit).collect());
            }
            "tags" => {
                let below = inside.get(at + 1).copied().unwrap_or_default();
                let dash = below.find("- ").filter(|dash| below[..*dash].trim().is_empty());
                shape.tags = match (value.chars().next(), dash) {
                    (Some('['), _) => Some("[".to_owned()),
                    (None, Some(dash)) => Some(below[..=dash].to_owned()),
                    (None, None) => None,
                    (Some(_), _) => Some("text".to_owned()),
                };
            }
            _ => {}
        }
    }
    shape
}

fn majority<Item: Eq + Hash + Clone>(items: impl Iterator<Item = Item>) -> Option<Item> {
    let mut counts: HashMap<Item, usize> = HashMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(item, _)| item)
}

/// Fields that give a post an address, which a new one leaves out.
const ADDRESSES: [&str; 6] = ["slug", "url", "path", "permalink", "aliases", "redirect_from"];

#[test]
fn a_new_post_of_a_real_site_is_written_as_most_of_its_posts() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples/sites");
    if !samples.is_dir() {
        skipped("the sample sites are not beside the project");
        return;
    }
    let now: jiff::Zoned = "2026-11-21T13:05:09+09:00[Asia/Seoul]".parse().unwrap();
    let sites = [
        "hugo-findstar",
        "hugo-jonnung",
        "jekyll-glqdlt",
        "jekyll-gmlwjd9405",
        "hexo-mushan",
        "zola-blog-os/blog",
        "astro-gigio",
    ];
    for name in sites {
        let root = samples.join(name);
        let profile = detect(&root).unwrap();
        let posts: Vec<(String, Shape)> = index::post_paths(&root, &profile)
            .into_iter()
            .filter_map(|path| Some((head::read(&root, &path).ok()?.text.ok()?, path)))
            .filter(|(text, _)| front_matter::read(text).problem.is_none())
            .map(|(text, path)| (path, shape_of(&text)))
            .filter(|(_, shape)| !shape.keys.is_empty())
            .collect();
        let post =
            NewPost { title: "가벼운 글".to_owned(), tags: vec!["go".to_owned(), "web".to_owned()] };
        let text = new_post(&profile, &post, &now);
        let made = shape_of(&text);
        eprintln!("{name}: {} posts\n{text}", posts.len());
        assert_eq!(front_matter::read(&text).problem, None, "{name}");

        let shapes = || posts.iter().map(|(_, shape)| shape);
        assert_eq!(Some(made.fence.clone()), majority(shapes().map(|shape| shape.fence.clone())), "{name}");
        let have = |key: &str| shapes().filter(|shape| shape.keys.iter().any(|known| known == key)).count();
        let mut usual: Vec<&str> = shapes().flat_map(|shape| shape.keys.iter().map(String::as_str)).collect();
        usual.sort_unstable();
        usual.dedup();
        usual.retain(|key| have(key) * 2 >= posts.len() && !ADDRESSES.contains(key));
        for key in &usual {
            assert!(made.keys.iter().any(|made| made == key), "{name}: {key} of {usual:?} is missing");
        }
        for key in &made.keys {
            assert!(usual.contains(&key.as_str()) || key == "draft", "{name}: {key} is not usual");
        }
        // Each field stands before the next one in most posts that have both.
        for pair in made.keys.windows(2) {
            let places = shapes().filter_map(|shape| {
                let place = |key: &String| shape.keys.iter().position(|known| known == key);
                Some((place(&pair[0])?, place(&pair[1])?))
            });
            let (before, after): (Vec<_>, Vec<_>) = places.partition(|(one, other)| one < other);
            assert!(before.len() >= after.len(), "{name}: {pair:?} {} {}", before.len(), after.len());
        }
        assert_eq!(
            made.title_quotes,
            majority(shapes().filter_map(|shape| shape.title_quotes)),
            "{name}: quotes"
        );
        if made.keys.iter().any(|key| key == "date") {
            assert_eq!(made.date, majority(shapes().filter_map(|shape| shape.date.clone())), "{name}: date");
        }
        if made.keys.iter().any(|key| key == "tags") {
            assert_eq!(made.tags, majority(shapes().filter_map(|shape| shape.tags.clone())), "{name}: tags");
        }

        let address = plan::address(&PlanInput {
            text: &text,
            profile: &profile,
            source: None,
            choices: Choices::default(),
            now: now.clone(),
            images: &[],
            exists: &|_| false,
        });
        let is_bundle = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
        let name_of = |path: &str| {
            let parts: Vec<&str> = path.rsplit('/').take(2).collect();
            if is_bundle(path) { parts[1].to_owned() } else { parts[0].to_owned() }
        };
        let is_dated = |path: &str| date_of_name(&name_of(path)).is_some();
        let paths = || posts.iter().map(|(path, _)| path.as_str());
        assert_eq!(
            Some(is_bundle(&address.path)),
            majority(paths().map(is_bundle)),
            "{name}: {}",
            address.path
        );
        assert_eq!(
            Some(is_dated(&address.path)),
            majority(paths().map(is_dated)),
            "{name}: {}",
            address.path
        );
        eprintln!("{}\n", address.path);
    }
}
