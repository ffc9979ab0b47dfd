//! The details form over a site's post: its file changes in one line.

use postwright_testkit::skipped;
use postwright_tests::webdriver::{key, until};
use postwright_tests::window::{Window, has_display};

#[test]
fn the_date_of_a_site_post_changes_one_line_of_its_file() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    postwright_testkit::hugo_site(&site);
    let path = site.join("content/posts/first-post/index.md");
    let mut posts = vec![(path, "2026-01-02T03:04:05+09:00")];
    // The real Hugo post beside the project, where it is: copied, because it is not ours to change.
    let sample = std::path::Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/samples/posts/2021-review-hugo.md"
    ));
    if sample.exists() {
        let copy = site.join("content/posts/review.md");
        std::fs::write(&copy, std::fs::read(sample).unwrap()).unwrap();
        posts.push((copy, "2022-01-01T00:00:00+09:00"));
    } else {
        skipped("no sample post in ../shared/samples");
    }
    for (path, date) in posts {
        change_date(folder.path(), &path, date);
    }
}

fn change_date(folder: &std::path::Path, path: &std::path::Path, date: &str) {
    let before = std::fs::read_to_string(path).unwrap();
    let name = path.file_stem().unwrap().to_str().unwrap();
    let window = Window::open(&folder.join(format!("{name}.db")), &[path]);
    window.page.find("[data-part=editor] .cm-content");
    if !window.page.has("[data-part=details-date]") {
        window.page.click("[data-part=details-toggle]");
    }
    window.page.find("[data-part=details-date]");
    window.page.run("document.querySelector('[data-part=details-date]').select()");
    window.page.send("[data-part=details-date]", &format!("{date}{}", key::ENTER));
    window.wait_for_front_matter(date);
    window.page.click("[data-part=editor] .cm-content");
    window.control('s');
    let after = until(|| Some(std::fs::read_to_string(path).unwrap()).filter(|after| *after != before))
        .expect("it is saved");
    let (before, after): (Vec<_>, Vec<_>) = (before.split('\n').collect(), after.split('\n').collect());
    assert_eq!(before.len(), after.len());
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0].1.trim_end(), format!("date: {date}"));
    window.picture(&format!("details-{name}"));
}
