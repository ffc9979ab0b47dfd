//! Jekyll: a site with one layout and no plugins.

use std::path::Path;

use postwright_tests::generators;

use super::{BEGIN, END, Page, build_until_it_passes, name, pages, write};

/// Excerpts would render every post twice.
const CONFIG: &str = "title: parity\npermalink: /:title.html\nexcerpt_separator: \"\"\nplugins: []\n";

pub(super) fn render(site: &Path, texts: &[String], settings: &str) -> Option<Vec<Page>> {
    write(site.join("_config.yml"), &format!("{CONFIG}{settings}"));
    write(site.join("_layouts/post.html"), &format!("{BEGIN}{{{{ content }}}}{END}"));
    let post = |at: usize| site.join(format!("_posts/2025-01-01-{}.md", name(at)));
    for (at, text) in texts.iter().enumerate() {
        write(post(at), &format!("---\nlayout: post\ntitle: {}\n---\n{text}", name(at)));
    }
    let refused =
        build_until_it_passes(texts, post, || generators::try_jekyll(site).map(|built| built.map(|_| ())))?;
    Some(pages(texts, &refused, |at| site.join(format!("_site/{}.html", name(at)))))
}
