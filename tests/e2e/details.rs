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

const ZOLA_POST: &str =
    "+++\ntitle = \"둘째 글\" # keep\ndate = 2026-11-20T09:00:00+09:00\nseries = [[1, 2]]\n+++\n\nBody.\n";

#[test]
fn a_zola_post_gets_its_tags_and_its_address_from_the_form() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    let write = |name: &str, text: &str| {
        let path = site.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    write("config.toml", "base_url = \"https://example.org\"\ntaxonomies = [{ name = \"tags\" }]\n");
    write("templates/page.html", "{{ page.content | safe }}");
    let usual = "weight = 3\n[taxonomies]\ntags = [\"rust\"]\n[extra]\ntoc = true\n";
    for name in ["a", "b", "c"] {
        write(
            &format!("content/blog/{name}.md"),
            &format!("+++\ntitle = \"{name}\"\ndate = 2026-01-02\n{usual}+++\nText.\n"),
        );
    }
    let path = write("content/blog/second.md", ZOLA_POST);

    let window = Window::open(&folder.path().join("library.db"), &[&path]);
    window.page.find("[data-part=editor] .cm-content");
    if !window.page.has("[data-part=details-title]") {
        window.page.click("[data-part=details-toggle]");
    }
    // What the site's posts have is offered, in their order, each by its type and with a name.
    window.page.find("[data-part=details-table][data-key=taxonomies] [data-part=details-tags] input");
    let names = window.page.run(
        "return Array.from(document.querySelectorAll('[data-part=details] .form input, [data-part=details] .form textarea'))\
         .filter((input) => !input.labels?.length && !input.getAttribute('aria-label')).length",
    );
    assert_eq!(names, 0, "fields without a name for a screen reader");
    assert!(window.page.has("[data-part=details-field][data-key=weight][inputmode=decimal]"));
    assert!(window.page.has("[data-part=details-field][data-key='extra.toc'][type=checkbox]"));
    // What cannot be edited safely says where and why.
    let locked = window.page.text("[data-part=details-locked][data-key=series]");
    assert!(locked.contains("[[1, 2]]") && locked.contains('4'), "{locked}");
    window.picture("details-zola-offered");

    window.page.send("[data-part=details-tags] input", &format!("rust{}", key::ENTER));
    window.wait_for_front_matter("tags = [\"rust\"]");
    window.page.send("[data-key=weight]", &format!("7{}", key::ENTER));
    window.wait_for_front_matter("weight = 7");
    window.page.click("[data-key='extra.toc']");
    window.wait_for_front_matter("toc = true");
    let url = "return document.querySelector('[data-part=details-url]').textContent";
    assert!(window.page.run(url).as_str().unwrap().contains("/blog/second/"));
    window.page.send("[data-part=details-slug]", &format!("new-place{}", key::ENTER));
    window.page.wait(&format!("{url}.includes('/blog/new-place/')"));
    window.picture("details-zola-filled");
    window.page.click("[data-part=details-more][data-key=weight]");
    window.page.find("[role=menuitem]");
    window.picture("details-zola-menu");
    window.page.press(&[key::ENTER]);
    window.page.find("[data-part=details-rename]");
    window.page.send("[data-part=details-rename]", &format!("order{}", key::ENTER));
    window.wait_for_front_matter("order = 7");

    window.page.click("[data-part=editor] .cm-content");
    window.control('s');
    let after = until(|| Some(std::fs::read_to_string(&path).unwrap()).filter(|after| after != ZOLA_POST))
        .expect("it is saved");
    let expected = ZOLA_POST.replace(
        "[[1, 2]]\n",
        "[[1, 2]]\norder = 7\nslug = \"new-place\"\n\n[taxonomies]\ntags = [\"rust\"]\n\n[extra]\ntoc = true\n",
    );
    assert_eq!(after, expected);
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
