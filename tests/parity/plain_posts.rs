//! Posts of nothing but what the generators agree on: the same blocks, the same text.

use std::path::{Path, PathBuf};

use postwright_tests::generators;
use postwright_wire::Language;

#[test]
fn hugo_builds_the_blocks_that_the_preview_shows() {
    let folder = tempfile::tempdir().unwrap();
    postwright_testkit::hugo_site(folder.path());
    for (name, text) in posts() {
        let head = format!("---\ntitle: {name}\ndate: 2025-01-01\n---\n\n");
        write(&folder.path().join(format!("content/posts/{name}.md")), &(head + &text));
    }
    let Some(built) = generators::hugo(folder.path()) else { return };
    compare(|name| built.page(&format!("posts/{name}/index.html")));
}

#[test]
fn jekyll_builds_the_blocks_that_the_preview_shows() {
    let folder = tempfile::tempdir().unwrap();
    postwright_testkit::jekyll_site(folder.path());
    for (name, text) in posts() {
        let head = format!("---\nlayout: post\ntitle: {name}\n---\n\n");
        write(&folder.path().join(format!("_posts/2025-01-01-{name}.md")), &(head + &text));
    }
    let Some(built) = generators::jekyll(folder.path()) else { return };
    compare(|name| built.page(&format!("2025/01/01/{name}.html")));
}

/// Compares the article of each page with the preview: tags without attributes, and text without white space.
fn compare(page: impl Fn(&str) -> String) {
    let posts = posts();
    assert!(posts.len() >= 3, "the fixtures are there");
    for (name, text) in posts {
        let page = page(&name);
        let article = page.split_once("<article>").unwrap().1.rsplit_once("</article>").unwrap().0;
        let preview = postwright_app::files::render_text(
            &text,
            postwright_app::files::Rendering::default(),
            Language::En,
        )
        .unwrap();
        assert_eq!(bare(&preview), bare(article), "{name}\npreview:\n{preview}\nsite:\n{article}");
    }
}

/// Block tags and text: what must be equal. Wrappers and spans of colouring differ from site to site.
fn bare(html: &str) -> String {
    let mut bare = String::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        bare.push_str(text);
        let Some((tag, after)) = after.split_once('>') else { break };
        let name = tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default();
        if !["div", "/div", "span", "/span", "figure", "/figure"].contains(&name) {
            bare.push_str(&format!("<{name}>"));
        }
        rest = after;
    }
    bare.push_str(rest);
    let bare = bare.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'").replace("&gt;", ">");
    bare.split_whitespace().collect()
}

/// The fixtures: name and text.
fn posts() -> Vec<(String, String)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plain-posts"));
    let posts = generators::files_under(&folder).into_iter();
    posts
        .map(|path| {
            (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
