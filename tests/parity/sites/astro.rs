//! Astro: a content collection with one page for each post.

use std::path::Path;

use postwright_tests::generators;

use super::{BEGIN, END, Page, build_until_it_passes, name, node, pages, write};

const COLLECTION: &str = "\
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = { posts: defineCollection({ loader: glob({ pattern: '*.md', base: 'posts' }) }) };
";

pub(super) fn render(site: &Path, texts: &[String]) -> Option<Vec<Page>> {
    let page = format!(
        "---\nimport {{ getCollection, render }} from 'astro:content';\n\
         export async function getStaticPaths() {{\n\
         return (await getCollection('posts')).map((post) => ({{ params: {{ id: post.id }}, props: {{ post }} }}));\n\
         }}\nconst {{ Content }} = await render(Astro.props.post);\n---\n\
         <Fragment set:html={{'{BEGIN}'}} /><Content /><Fragment set:html={{'{END}'}} />"
    );
    write(site.join("src/content.config.ts"), COLLECTION);
    write(site.join("src/pages/[...id].astro"), &page);
    write(site.join("package.json"), "{\"type\":\"module\"}");
    if let Some(installed) = generators::from_npm("astro") {
        link(&installed.join("node_modules"), &site.join("node_modules"));
    }
    let post = |at: usize| site.join(format!("posts/{}.md", name(at)));
    for (at, text) in texts.iter().enumerate() {
        write(post(at), &format!("---\ntitle: {}\n---\n{text}", name(at)));
    }
    let refused = build_until_it_passes(texts, post, || {
        node("astro", "build.mjs", &[site]).map(|built| built.map(|_| ()))
    })?;
    Some(pages(texts, &refused, |at| site.join(format!("dist/{}/index.html", name(at)))))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) {
    std::os::unix::fs::symlink(from, to).unwrap();
}

#[cfg(windows)]
fn link(from: &Path, to: &Path) {
    std::os::windows::fs::symlink_dir(from, to).unwrap();
}
