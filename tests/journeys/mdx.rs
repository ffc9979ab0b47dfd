//! An Astro site's `.mdx` posts beside its `.md` posts.

use postwright_tests::desk::Desk;
use postwright_wire::{Event, OpenedPost, TextFinding};

const TEXT: &str =
    "---\ntitle: 글\n---\nimport Chart from './Chart.astro'\n\n글 {1} <!-- 말 -->\n\n<Chart data={[1]} />\n";

#[test]
fn a_post_is_mdx_by_the_name_of_its_file() {
    let desk = Desk::new();
    desk.file("site/astro.config.mjs", "export default {}\n");
    desk.file("site/package.json", "{\"dependencies\":{\"astro\":\"^7.0.0\"}}\n");
    desk.file("site/src/content/blog/a.mdx", TEXT);
    desk.file("site/src/content/blog/b.md", TEXT);
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;

    let mdx = desk.open_site_post(site, "src/content/blog/a.mdx");
    let shown = html(&mdx);
    assert!(shown.contains("<p>글 1 ") && !shown.contains("import"), "{shown}");
    assert!(
        shown.contains("<span class=\"macro-name\">Chart</span>") && shown.contains("data={[1]}"),
        "{shown}"
    );
    let found = findings(&desk, mdx.post);
    let not_mdx = found.iter().find(|finding| finding.code == "not_mdx").unwrap();
    assert_eq!(not_mdx.mend.as_ref().unwrap().changes[0].insert, "{/* 말 */}");

    let markdown = desk.open_site_post(site, "src/content/blog/b.md");
    assert!(html(&markdown).contains("import Chart") && html(&markdown).contains("{1}"));
    assert!(findings(&desk, markdown.post).iter().all(|finding| finding.code != "not_mdx"));
}

fn html(post: &OpenedPost) -> String {
    post.preview.ops.iter().flat_map(|op| &op.insert).map(|block| block.html.as_str()).collect()
}

fn findings(desk: &Desk, post: u32) -> Vec<TextFinding> {
    match desk.wait_for(|event| matches!(event, Event::Findings(found) if found.post == post)) {
        Event::Findings(found) => found.findings,
        other => panic!("{other:?}"),
    }
}
