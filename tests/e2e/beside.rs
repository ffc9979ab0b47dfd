//! A post in the window beside the page that its generator built: the same words in the same blocks.

use std::path::{Path, PathBuf};
use std::process::Command;

use postwright_tests::generators;
use postwright_tests::webdriver::until;
use postwright_tests::window::{Window, has_display};
use serde_json::{Value, json};

use crate::sites::{BEGIN, END, Engine};

/// How many screens of a post are pictured.
const SCREENS: usize = 3;

/// Puts a page beside the preview, in place of the text, in a frame with the preview's own style.
const SHOW: &str = "
    document.getElementById('built')?.remove();
    const preview = document.querySelector('[data-part=preview] iframe');
    const inside = preview.contentDocument;
    const built = document.createElement('iframe');
    built.id = 'built';
    built.setAttribute('sandbox', 'allow-same-origin');
    const { left, top, width, height } = document.querySelector('[data-part=editor]').getBoundingClientRect();
    built.style.cssText = `position:fixed;z-index:30;border:0;left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    const styles = [...inside.querySelectorAll('style')].map((it) => it.outerHTML).join('');
    const root = inside.documentElement.cloneNode(false);
    root.innerHTML = `<head>${styles}</head><body><main>${page}</main></body>`;
    built.srcdoc = `<!doctype html>${root.outerHTML}`;
    document.body.append(built);";

/// What is seen in a frame: its words, and the innermost blocks with theirs.
const SEEN: &str = "
    const fold = (text) => text.replace(/[\\s\\u200b]+/g, ' ').trim();
    // What is far out of sight is not laid out, and would have no words.
    for (const it of document.querySelector('[data-part=preview] iframe').contentDocument.querySelectorAll('section')) it.style.contentVisibility = 'visible';
    const blocks = 'h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, pre, blockquote, figcaption, summary, hr, img';
    const seen = (main) => ({
        words: fold(main.innerText),
        blocks: [...main.querySelectorAll(blocks)]
            .filter((it) => it.querySelector(blocks) === null)
            .map((it) => `${it.tagName.toLowerCase()} ${fold(it.innerText)}`),
    });";

#[test]
fn a_hugo_post_looks_as_the_page_that_hugo_builds() {
    let posts = [
        "code-fences",
        "footnotes",
        "tables",
        "definition-lists",
        "task-lists",
        "emphasis-traps",
        "raw-html",
    ];
    look_alike(Engine::Hugo, &posts);
}

#[test]
fn a_jekyll_post_looks_as_the_page_that_jekyll_builds() {
    let posts = [
        "jekyll-kramdown",
        "code-fences",
        "footnotes",
        "tables",
        "definition-lists",
        "jekyll-lists",
        "smart-quotes",
    ];
    look_alike(Engine::Jekyll, &posts);
}

#[test]
fn a_hexo_post_looks_as_the_page_that_hexo_builds() {
    let posts = ["hexo-tags", "code-fences", "tables", "task-lists", "line-breaks", "docker-compose-notes"];
    look_alike(Engine::Hexo, &posts);
}

#[test]
fn an_astro_post_looks_as_the_page_that_astro_builds() {
    let posts = ["code-fences", "footnotes", "tables", "task-lists", "smart-quotes", "nested-quotes"];
    look_alike(Engine::Astro, &posts);
}

fn look_alike(engine: Engine, names: &[&str]) {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    engine.write_site(&site);
    let texts: Vec<String> = names.iter().map(|name| fixture(name)).collect();
    let posts: Vec<PathBuf> =
        names.iter().zip(&texts).map(|(name, text)| engine.write_post(&site, name, name, text)).collect();
    let Some(pages) = build(engine, &site, names, &texts) else { return };
    let window = Window::open(&folder.path().join("library.db"), &[&posts[0]]);
    let mut unlike = Vec::new();
    for ((name, post), page) in names.iter().zip(&posts).zip(&pages) {
        window.open_more(post);
        window.page.wait(&format!("return document.querySelector('[data-part=tab][aria-selected=true]')?.innerText.includes('{name}')"));
        window.page.wait("return document.querySelector('[data-part=preview] iframe')?.contentDocument?.querySelector('main > section') != null");
        window.page.run(&format!("const page = {};{SHOW}", json!(page)));
        window
            .page
            .wait("return document.getElementById('built').contentDocument?.querySelector('main') != null");
        if let Some(difference) = difference(&window) {
            unlike.push(format!("{name}: {difference}"));
        }
        take_pictures(&window, engine, name);
    }
    assert!(unlike.is_empty(), "{} of {}:\n{}", unlike.len(), names.len(), unlike.join("\n"));
}

/// The first words or block in which the preview and the page differ, once the preview has come to rest.
fn difference(window: &Window) -> Option<String> {
    let script = format!(
        "{SEEN} return [document.querySelector('[data-part=preview] iframe'), document.getElementById('built')]\
         .map((frame) => seen(frame.contentDocument.querySelector('main')))"
    );
    let mut last = Value::Null;
    let same = until(|| {
        last = window.page.run(&script);
        (last[0] == last[1]).then_some(())
    });
    if same.is_some() {
        return None;
    }
    let list = |at: usize| last[at]["blocks"].as_array().cloned().unwrap_or_default();
    let (ours, built) = (list(0), list(1));
    let at = ours.iter().zip(&built).take_while(|(ours, built)| ours == built).count();
    if at < ours.len().max(built.len()) {
        return Some(format!("block {at}:\n  preview {:?}\n  built   {:?}", ours.get(at), built.get(at)));
    }
    Some(format!("words:\n  preview {}\n  built   {}", last[0]["words"], last[1]["words"]))
}

/// Both, screen by screen.
fn take_pictures(window: &Window, engine: Engine, name: &str) {
    for screen in 0..SCREENS {
        let moved = window.page.run(&format!(
            "return ['[data-part=preview] iframe', '#built'].map((it) => {{ const inside = document.querySelector(it).contentWindow; \
             const before = inside.scrollY; inside.scrollTo(0, {screen} * (inside.innerHeight - 40)); return inside.scrollY !== before }}).includes(true)"
        ));
        if screen > 0 && moved == false {
            return;
        }
        window.picture(&format!("beside-{}-{name}-{}", engine.name(), screen + 1));
    }
}

fn fixture(name: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/parity"));
    std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap()
}

/// What the generator makes of the posts; none, and said so, where it is not installed.
fn build(engine: Engine, site: &Path, names: &[&str], texts: &[String]) -> Option<Vec<String>> {
    let page_at = |place: &str| {
        let page =
            std::fs::read_to_string(site.join(place)).unwrap_or_else(|error| panic!("{place}: {error}"));
        let (_, after) = page.split_once(BEGIN).unwrap();
        after.rsplit_once(END).unwrap().0.to_owned()
    };
    let all = |place: &dyn Fn(&str) -> String| Some(names.iter().map(|name| page_at(&place(name))).collect());
    match engine {
        Engine::Hugo => {
            generators::hugo(site)?;
            all(&|name| format!("public/posts/{name}/index.html"))
        }
        Engine::Jekyll => {
            generators::jekyll(site)?;
            all(&|name| format!("_site/{name}.html"))
        }
        Engine::Hexo => {
            // The driver writes a package.json of its own, so it works in a site of its own.
            let other = tempfile::tempdir().unwrap();
            engine.write_site(other.path());
            std::fs::write(other.path().join("posts.json"), serde_json::to_string(texts).unwrap()).unwrap();
            node("hexo", other.path())?;
            let pages = std::fs::read_to_string(other.path().join("pages.json")).unwrap();
            let pages: Vec<Value> = serde_json::from_str(&pages).unwrap();
            Some(
                pages
                    .iter()
                    .map(|page| page["html"].as_str().unwrap_or_else(|| panic!("{page}")).to_owned())
                    .collect(),
            )
        }
        Engine::Astro => {
            let installed = generators::from_npm("astro").or_else(|| missing("astro"))?;
            #[cfg(unix)]
            std::os::unix::fs::symlink(installed.join("node_modules"), site.join("node_modules")).unwrap();
            node("astro", site)?;
            all(&|name| format!("dist/{name}/index.html"))
        }
        Engine::CommonMark | Engine::Zola => None,
    }
}

/// Runs the driver that is installed with a generator from npm.
fn node(name: &str, site: &Path) -> Option<()> {
    let installed = generators::from_npm(name).or_else(|| missing(name))?;
    let output = Command::new("node").arg(installed.join("build.mjs")).arg(site).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

fn missing(name: &str) -> Option<PathBuf> {
    eprintln!("SKIPPED: {name} is not installed (cargo xtask test installs it)");
    None
}
