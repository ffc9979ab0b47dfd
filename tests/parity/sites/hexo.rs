//! Hexo: a driver renders each post with `hexo.post.render`, which is what a build calls.

use std::path::Path;

use serde_json::Value;

use super::{Page, node, write};

const CONFIG: &str = "title: parity\nurl: https://example.org\nroot: /\n";

pub(super) fn render(site: &Path, texts: &[String], settings: &str) -> Option<Vec<Page>> {
    write(site.join("_config.yml"), &format!("{CONFIG}{settings}"));
    write(site.join("posts.json"), &serde_json::to_string(texts).unwrap());
    let said = node("hexo", "build.mjs", &[site])?.unwrap_or_else(|said| panic!("hexo failed:\n{said}"));
    assert!(said.is_empty(), "hexo says: {said}");
    Some(from_json(&site.join("pages.json")))
}

/// A driver writes a list: `{"html": …}` or `{"refused": …}` for each post.
pub(super) fn from_json(file: &Path) -> Vec<Page> {
    let pages: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let page = |page: &Value| match page["html"].as_str() {
        Some(html) => Page::Built(html.to_owned()),
        None => Page::Refused(page["refused"].as_str().unwrap_or_default().to_owned()),
    };
    pages.iter().map(page).collect()
}
