//! Hugo: a site with one layout.

use std::path::Path;

use postwright_tests::generators;

use super::{BEGIN, END, Page, build_until_it_passes, name, pages, write};

const CONFIG: &str = "\
baseURL = \"https://example.org/\"
disableKinds = [\"home\", \"section\", \"taxonomy\", \"term\", \"rss\", \"sitemap\", \"robotstxt\", \"404\"]
refLinksErrorLevel = \"WARNING\"
";

pub(super) fn render(site: &Path, texts: &[String], settings: &str) -> Option<Vec<Page>> {
    write(site.join("hugo.toml"), &format!("{CONFIG}{settings}"));
    let layout = format!("{BEGIN}{{{{ .Content }}}}{END}");
    for layout_name in ["layouts/_default/single.html", "layouts/page.html"] {
        write(site.join(layout_name), &layout);
    }
    let post = |at: usize| site.join(format!("content/posts/{}.md", name(at)));
    for (at, text) in texts.iter().enumerate() {
        write(post(at), &format!("---\ntitle: {}\ndate: 2025-01-01\n---\n{text}", name(at)));
    }
    let refused =
        build_until_it_passes(texts, post, || generators::try_hugo(site).map(|built| built.map(|_| ())))?;
    Some(pages(texts, &refused, |at| site.join(format!("public/posts/{}/index.html", name(at)))))
}
