//! The crate from outside: what it renders, what it keeps out, and that a patched list equals a fresh one.

#![allow(clippy::unwrap_used)]

mod edits;
mod payloads;
mod rendering;
mod speed;
mod torture;

use postwright_markdown::{Astro, CommonMark, Dialect, Hexo, Hugo, Jekyll, Options, Preview, Zola};

const IMAGE_BASE: &str = "postwright://localhost/post/12/";

fn options() -> Options {
    Options { image_base: IMAGE_BASE.to_owned(), ..Options::default() }
}

/// Every dialect with its generator's own settings.
fn dialects() -> Vec<Dialect> {
    vec![
        Dialect::CommonMark(CommonMark::default()),
        Dialect::Hugo(Hugo::default()),
        Dialect::Jekyll(Jekyll::default()),
        Dialect::Zola(Zola::default()),
        Dialect::Hexo(Hexo::default()),
        Dialect::Astro(Astro::default()),
        Dialect::Astro(Astro::default()).for_file_name("a.mdx"),
    ]
}

/// The HTML of each block.
fn blocks(text: &str) -> Vec<String> {
    let (preview, _) = Preview::new(text, 0, options());
    preview.blocks().iter().map(|block| block.html.trim_end().to_owned()).collect()
}

/// The HTML of a text of one block.
fn html(text: &str) -> String {
    let blocks = blocks(text);
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    blocks.into_iter().next().unwrap()
}
