//! A post in the window beside the page that its generator built, under one style sheet: the same lines, the same
//! elements, at the same places, and the same picture.

mod built;

use std::path::{Path, PathBuf};
use std::time::Instant;

use postwright_tests::webdriver::until;
use postwright_tests::window::{Window, has_display, keep_picture};
use postwright_tests::zola;
use serde_json::{Value, json};

use crate::sites::Engine;

const SHOW: &str = include_str!("show.js");
const COMPARE: &str = include_str!("compare.js");

/// How many screens of a post are pictured and compared.
const SCREENS: usize = 3;

/// How far an element may be from its place on the built page, in pixels.
const NEAR: f64 = 2.0;

/// How much of what is drawn may be drawn otherwise, outside code and in code.
const UNLIKE: f64 = 0.01;

/// Whose generator colours code itself. Hexo names its parts for a theme's style sheet, and Zola leaves it plain unless
/// asked; there the text of code and its place count, and the share of other colours is only told.
const COLOURS_OF_THE_SITE: [Engine; 3] = [Engine::Hugo, Engine::Jekyll, Engine::Astro];

/// How often the same is seen before it counts as what stays.
const LOOKS_AT_REST: usize = 2;

const ENGINES: [Engine; 5] = [Engine::Zola, Engine::Hugo, Engine::Jekyll, Engine::Hexo, Engine::Astro];

#[test]
fn a_post_of_each_engine_looks_as_the_page_that_its_generator_builds() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let posts = ENGINES.map(|engine| Post::write(engine, &folder.path().join(engine.name())));
    let (pages, window) = std::thread::scope(|scope| {
        let pages = posts.each_ref().map(|post| scope.spawn(|| built::page(post)));
        let window = Window::open(&folder.path().join("library.db"), &[]);
        (pages.map(|page| page.join().unwrap()), window)
    });
    let mut unlike = Vec::new();
    for (post, page) in posts.iter().zip(&pages) {
        let Some(page) = page else { continue };
        open(&window, post);
        show(&window, page);
        unlike.extend(look_unlike(&window, post.engine));
        if post.engine == Engine::Zola {
            wrong_pages_are_noticed(&window, page);
        }
    }
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}

/// A post of ours in a site of its own.
struct Post {
    engine: Engine,
    site: PathBuf,
    path: PathBuf,
    /// What follows the front matter.
    text: String,
}

impl Post {
    const NAME: &str = "beside";

    fn write(engine: Engine, site: &Path) -> Self {
        let text = fixture(engine.name());
        engine.write_site(site);
        built::write_picture(engine, site);
        let path = engine.write_post(site, Self::NAME, &format!("\"{}\"", Self::NAME), &text);
        Self { engine, site: site.to_owned(), path, text }
    }

    fn heading(&self) -> &str {
        self.text.lines().next().unwrap().trim_start_matches("# ")
    }
}

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/beside");
    std::fs::read_to_string(format!("{folder}/{name}.md")).unwrap()
}

/// Opens a post, and waits until it is the one in the preview.
fn open(window: &Window, post: &Post) {
    window.open_more(&post.path);
    let preview = "document.querySelector('[data-part=preview] iframe')?.contentDocument";
    window.page.wait(&format!(
        "return {preview}?.querySelector('main h1')?.textContent === {}",
        json!(post.heading())
    ));
}

/// What differs between the preview and the page beside it; writes the pictures, and says what was compared.
fn look_unlike(window: &Window, engine: Engine) -> Option<String> {
    let begun = Instant::now();
    let name = format!("beside-{}", engine.name());
    let seen = at_rest(window);
    let differences = differences(&seen);
    let (text, code) = drawn_otherwise(window, Some(&name));
    let of = |kind: &str| seen[0][kind].as_array().unwrap().len();
    eprintln!(
        "{name}: {} lines, {} elements; drawn otherwise {:.2} % outside code, {:.1} % in code; {:.1} s",
        of("lines"),
        of("elements"),
        text * 100.0,
        code * 100.0,
        begun.elapsed().as_secs_f64()
    );
    let other_colours = COLOURS_OF_THE_SITE.contains(&engine) && code > UNLIKE;
    (!differences.is_empty() || text > UNLIKE || other_colours)
        .then(|| format!("{name}: see the shares above, and\n{}", differences.join("\n")))
}

/// The control: beside a page that is not the post's, what is compared differs.
fn wrong_pages_are_noticed(window: &Window, page: &str) {
    for (what, wrong, kind) in wrong_pages(page) {
        show(window, &wrong);
        let differences = differences(&at_rest(window));
        let noticed = differences.iter().any(|difference| difference.starts_with(kind));
        assert!(noticed, "{what}: nothing is said of the {kind}: {differences:?}");
    }
    show(window, &zola::page(&fixture("another"), ""));
    at_rest(window);
    let (text, code) = drawn_otherwise(window, None);
    assert!(text > 0.5 && code > 0.5, "another post is drawn otherwise: {text}, in code {code}");
}

/// Pages that lack something of the post's, and in what it must be missed.
fn wrong_pages(page: &str) -> Vec<(&'static str, String, &'static str)> {
    let once = |page: &str, from: &str, to: &str| {
        assert!(page.contains(from), "{from} is not in\n{page}");
        page.replacen(from, to, 1)
    };
    let without_stress = once(&once(page, "<strong>", ""), "</strong>", "");
    vec![
        ("another post", zola::page(&fixture("another"), ""), "lines"),
        ("a lost word", once(page, "낱말", ""), "lines"),
        ("lost stress", without_stress, "elements"),
        ("a list without numbers", once(page, "<ol>", "<ul>"), "elements"),
        ("a smaller picture", once(page, "<img ", "<img width=90 "), "places"),
    ]
}

fn show(window: &Window, page: &str) {
    window.page.run(&format!("{SHOW} show({})", json!(page)));
    window
        .page
        .wait("return document.getElementById('built').contentDocument?.querySelector('main') != null");
}

/// What is seen in the preview, and of the built page, once both have come to rest.
fn at_rest(window: &Window) -> Value {
    let script = format!("{COMPARE} return frames().map(seen)");
    let mut last = Value::Null;
    let mut looks_alike = 0;
    until(|| {
        let now = window.page.run(&script);
        let loaded = now[0]["loaded"] == true && now[1]["loaded"] == true;
        looks_alike = if loaded && now == last { looks_alike + 1 } else { 0 };
        last = now;
        (looks_alike == LOOKS_AT_REST).then_some(())
    });
    last
}

/// The first difference of each kind, which it begins with.
fn differences(seen: &Value) -> Vec<String> {
    let equal = |one: &Value, other: &Value| one == other;
    [
        first_difference("lines", seen, equal),
        first_difference("elements", seen, equal),
        first_difference("places", seen, near),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn first_difference(kind: &str, seen: &Value, same: impl Fn(&Value, &Value) -> bool) -> Option<String> {
    let (ours, built) = (seen[0][kind].as_array()?, seen[1][kind].as_array()?);
    let at = ours.iter().zip(built).take_while(|(ours, built)| same(ours, built)).count();
    let shown = |list: &[Value]| list.get(at).map_or_else(|| "nothing".to_owned(), Value::to_string);
    (at < ours.len().max(built.len()))
        .then(|| format!("{kind}, {at}:\n  preview {}\n  built   {}", shown(ours), shown(built)))
}

fn near(ours: &Value, built: &Value) -> bool {
    let sides = |it: &Value| -> Vec<f64> {
        it["at"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
    };
    ours["name"] == built["name"]
        && sides(ours).iter().zip(sides(built)).all(|(ours, built)| (ours - built).abs() <= NEAR)
}

/// How much of what is drawn in either is drawn otherwise in the other: the shares outside code and in code, over all
/// screens. With a name, the pictures are kept.
fn drawn_otherwise(window: &Window, name: Option<&str>) -> (f64, f64) {
    let mut all = [[0.0; 2]; 2];
    for screen in 0..SCREENS {
        if window.page.run(&format!("{COMPARE} return scrollTo({screen})")) == false {
            break;
        }
        let picture = window.screenshot();
        if let Some(name) = name {
            keep_picture(&format!("{name}-{}", screen + 1), &picture);
        }
        let found = window.page.run_async(&format!(
            "const done = arguments[arguments.length - 1]; {COMPARE} unlike({}).then(done, (error) => done(String(error)))",
            json!(picture)
        ));
        for (sums, kind) in all.iter_mut().zip(["text", "code"]) {
            for (sum, count) in sums.iter_mut().zip(["other", "drawn"]) {
                *sum += found[kind][count].as_f64().unwrap_or_else(|| panic!("{found}"));
            }
        }
    }
    assert!(all.iter().all(|[_, drawn]| *drawn > 1_000.0), "something is drawn: {all:?}");
    let [text, code] = all.map(|[other, drawn]: [f64; 2]| other / drawn);
    (text, code)
}
