//! The page that the site's own generator built, beside the preview.

use std::os::unix::fs::symlink;

use postwright_tests::desk::Desk;
use postwright_tests::generators::from_npm;
use postwright_wire::{BlockDifference, PageComparison};

use super::build_check::{check, install};
use super::sites::hugo_desk;

/// All of it is shown alike by every generator.
const BODY: &str = "\n## 둘째 제목\n\nA paragraph with *words*, `code` and [a link](https://example.org/a).\n\n\
    - 하나\n- two\n  - deeper\n\n> quoted\n\n```rust\nfn main() {}\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n\
    ![그림](/images/a.png)\n\nThe end[^1].\n\n[^1]: A note.\n";
const HUGO_POST: &str = "content/posts/long.md";
/// Lines above the body.
const ABOVE: u32 = 4;

/// The line in the post of a line of [`BODY`].
fn line_of(words: &str) -> Option<u32> {
    let at = BODY.lines().position(|line| line.contains(words)).unwrap();
    Some(ABOVE + at as u32 + 1)
}

fn front_matter(more: &str) -> String {
    format!("---\ntitle: Long\n{more}date: 2025-03-01 09:00:00\n---\n")
}

#[track_caller]
fn compared(desk: &Desk, site: u32, path: &str) -> PageComparison {
    let post = desk.open_site_post(site, path).post;
    let checked = check(desk, post, None);
    assert!(checked.success, "{checked:?}");
    checked.comparison.unwrap()
}

#[track_caller]
fn all_equal(comparison: &PageComparison, blocks: u32) {
    let equal = PageComparison { found: true, blocks, equal: blocks, differences: Vec::new() };
    assert_eq!(comparison, &equal);
}

fn lines_and_messages(comparison: &PageComparison) -> Vec<(Option<u32>, &str)> {
    comparison.differences.iter().map(|it: &BlockDifference| (it.line, it.message.as_str())).collect()
}

/// A desk with a site whose theme surrounds the content with much else.
fn themed() -> (Desk, u32) {
    let (desk, site) = hugo_desk();
    let theme = "<html><body><header><nav><a href=/>Notes</a></nav></header><div class=grid><main>\
        <article><header><h1>{{ .Title }}</h1><p>{{ .Date }}</p></header>\
        <div class=prose>{{ .Content }}</div><footer><p>Share</p></footer></article></main>\
        <aside>{{ .TableOfContents }}</aside></div><footer><p>The end.</p></footer></body></html>";
    desk.file("site/layouts/_default/single.html", theme);
    desk.file("site/layouts/_default/page.html", theme);
    desk.file(&format!("site/{HUGO_POST}"), front_matter("") + BODY);
    (desk, site)
}

#[test]
fn a_post_is_found_in_a_theme_of_hugos_and_is_as_previewed() {
    let (desk, site) = themed();
    if install(&desk, "hugo") {
        all_equal(&compared(&desk, site, HUGO_POST), 9);
    }
}

#[test]
fn what_render_hooks_and_shortcodes_change_is_told_with_its_line() {
    let (desk, site) = themed();
    if !install(&desk, "hugo") {
        return;
    }
    // A link of a heading to itself is the theme's, and no difference.
    let heading =
        "<h{{ .Level }} id=\"{{ .Anchor }}\">{{ .Text }} <a href=\"#{{ .Anchor }}\">#</a></h{{ .Level }}>";
    desk.file("site/layouts/_default/_markup/render-heading.html", heading);
    all_equal(&compared(&desk, site, HUGO_POST), 9);
    let image =
        "<a href=\"{{ .Destination }}\"><img src=\"{{ .Destination }}?w=600\" alt=\"{{ .Text }}\"></a>";
    desk.file("site/layouts/_default/_markup/render-image.html", image);
    let quote = "<blockquote class=\"card\"><p>Note</p>{{ .Text }}</blockquote>";
    desk.file("site/layouts/_default/_markup/render-blockquote.html", quote);
    desk.file("site/layouts/shortcodes/greet.html", "<p>안녕, {{ .Get 0 }}</p>");
    let text = front_matter("") + BODY + "\n{{< greet \"hugo\" >}}\n";
    let shortcode = text.lines().count() as u32;
    let path = "content/posts/hooked.md";
    desk.file(&format!("site/{path}"), text);
    let comparison = compared(&desk, site, path);
    assert_eq!((comparison.found, comparison.blocks, comparison.equal), (true, 10, 7), "{comparison:#?}");
    let told = lines_and_messages(&comparison);
    assert_eq!(told[0].0, line_of("> quoted"), "{told:?}");
    assert_eq!(told[1], (line_of("![그림]"), "The site has <a> where the preview has <img>."), "{told:?}");
    assert_eq!(told[2].0, Some(shortcode), "{told:?}");
    assert!(comparison.differences[2].site.contains("안녕, hugo"), "{comparison:#?}");
}

#[test]
fn a_theme_that_shows_no_content_leaves_nothing_to_compare() {
    let (desk, site) = themed();
    for layout in ["single", "page"] {
        desk.file(&format!("site/layouts/_default/{layout}.html"), "<html><body>{{ .Title }}</body></html>");
    }
    if install(&desk, "hugo") {
        assert!(!compared(&desk, site, HUGO_POST).found);
    }
}

#[test]
fn a_page_of_jekylls_is_as_previewed() {
    let desk = Desk::new();
    postwright_testkit::jekyll_site(&desk.path("site"));
    let path = "_posts/2025-03-01-long.md";
    desk.file(&format!("site/{path}"), front_matter("layout: post\n") + BODY);
    if install(&desk, "jekyll") {
        let site = desk.app.add_site(&desk.path("site")).unwrap().site;
        all_equal(&compared(&desk, site, path), 9);
    }
}

#[test]
fn a_page_of_hexos_is_as_previewed() {
    let desk = Desk::new();
    let Some(installed) = from_npm("hexo") else {
        return postwright_testkit::skipped("hexo is not installed (cargo xtask test installs it)");
    };
    postwright_testkit::hexo_site(&desk.path("site"));
    let package = "{\"hexo\": {\"version\": \"8.1.2\"}, \"dependencies\": {\"hexo-renderer-marked\": \"*\"}}";
    desk.file("site/package.json", package);
    let path = "source/_posts/long.md";
    desk.file(&format!("site/{path}"), front_matter("") + BODY);
    symlink(installed.join("node_modules"), desk.path("site/node_modules")).unwrap();
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    // Marked knows no footnotes: the note is a paragraph.
    all_equal(&compared(&desk, site, path), 9);
}
