//! What was found about a site, corrected in the window; a new post by that, and from a template.

use postwright_tests::webdriver::{key, until};
use postwright_tests::window::{Window, has_display};

#[test]
fn a_writer_corrects_what_was_found_and_begins_posts_by_it() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("blog");
    let write = |name: &str, text: &str| {
        let path = site.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("hugo.toml", "timeZone = 'Asia/Seoul'\n");
    write("_config.yml", "plugins: [jekyll-feed]\n");
    for name in ["a", "b"] {
        write(
            &format!("content/posts/{name}.md"),
            &format!("---\ntitle: '{name}'\ndate: 2026-01-02\ntags: [go]\nauthor: me\n---\nText.\n"),
        );
    }

    // Two generators: the window asks, and goes on with the answer.
    let window = Window::open(&folder.path().join("library.db"), &[&site]);
    window.page.find("[data-part=two-generators] [data-part=choose-jekyll]");
    window.picture("site-two-generators");
    window.page.click("[data-part=choose-hugo]");
    window.page.wait("return !document.querySelector('[data-part=two-generators]')");

    // The settings, from the site's menu.
    open_settings(&window);
    let names = window.page.run(
        "return Array.from(document.querySelectorAll('[data-part=site-settings] :is(input, select, textarea)'))\
         .filter((control) => !control.labels?.length).length",
    );
    assert_eq!(names, 0, "controls without a name for a screen reader");
    assert_eq!(value(&window, "site-quotes"), "single");
    assert_eq!(value(&window, "site-fields"), "title\ndate\ntags\nauthor");
    window.picture("site-settings");
    change(&window, "site-quotes", "double");
    window.page.find("[data-part=site-quotes-restore]");
    change(&window, "site-layout", "bundle");
    window.page.find("[data-part=site-layout-restore]");
    change(&window, "site-fields", "date\\ntitle\\nsummary");
    window.page.find("[data-part=site-fields-restore]");
    // What cannot be followed is refused in words, and changes nothing.
    change(&window, "site-time-zone", "Asia/Nowhere");
    assert!(window.page.text("[data-part=site-settings-failure]").contains("Asia/Nowhere"));
    window.picture("site-settings-corrected");
    window.page.click("[data-part=site-layout-restore]");
    window.page.wait("return !document.querySelector('[data-part=site-layout-restore]')");
    window.page.click("[data-part=site-settings-done]");

    // A new post by its key.
    new_post(&window, "가벼운 글");
    window.picture("new-post-begun");
    let text = "---\ndate: 2026";
    window.wait_for_front_matter(text.trim_start_matches("---\n"));
    window.wait_for_front_matter("title: \"가벼운 글\"");
    window.wait_for_front_matter("summary: \"\"");

    // The open post as a template, from the palette.
    command(&window, "save_template");
    window.page.find("[data-part=save-template-name]");
    window.page.run("document.querySelector('[data-part=save-template-name]').select()");
    window.page.send("[data-part=save-template-name]", &format!("짧은 글{}", key::ENTER));
    window.page.wait("return !document.querySelector('[data-part=save-template]')");
    window.control_shift('n');
    window.page.wait("return document.querySelectorAll('[data-part=new-post-template] option').length === 2");
    window.page.run(
        "const chosen = document.querySelector('[data-part=new-post-template]');\
         chosen.value = chosen.options[1].value; chosen.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    window.page.find("[data-part=template-rename]");
    window.page.click("[data-part=template-rename]");
    window.page.find("[data-part=template-name]");
    window.page.run("document.querySelector('[data-part=template-name]').select()");
    window.page.send("[data-part=template-name]", &format!("note{}", key::ENTER));
    window
        .page
        .wait("return document.querySelector('[data-part=new-post-template]').textContent.includes('note')");
    window.picture("new-post-template");
    // Deleting asks once more.
    window.page.click("[data-part=template-remove]");
    assert!(window.page.has("[data-part=template-rename]"));
    window.page.send("[data-part=new-post-title]", &format!("둘째{}", key::ENTER));
    window.wait_for_front_matter("title: \"둘째\"");

    // Nothing of it is in the site, and all of it is there after a restart.
    drop(window);
    let mut files: Vec<_> =
        std::fs::read_dir(&site).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["_config.yml", "content", "hugo.toml"]);
    let window = Window::open_in(&folder.path().join("library.db"), &[], "ko_KR.UTF-8");
    window.page.find("[data-part=site-row]");
    window.page.click("[data-part=site-row]");
    assert!(!window.page.has("[data-part=two-generators]"));
    command(&window, "site_settings");
    until(|| window.page.has("[data-part=site-quotes-restore]").then_some(())).expect("it was kept");
    assert_eq!(value(&window, "site-quotes"), "double");
    window.picture("site-settings-again");
    window.page.click("[data-part=site-settings-restore-all]");
    window.page.wait("return !document.querySelector('[data-part=site-quotes-restore]')");
    assert_eq!(value(&window, "site-quotes"), "single");
}

fn open_settings(window: &Window) {
    command(window, "site_settings");
    window.page.find("[data-part=site-quotes]");
}

/// Runs a command from the palette.
fn command(window: &Window, name: &str) {
    window.control_shift('p');
    window.page.find("[data-part=palette] input");
    window.page.send("[data-part=palette] input", &format!("{name}{}", key::ENTER));
    window.page.wait("return !document.querySelector('[data-part=palette]')");
}

fn new_post(window: &Window, title: &str) {
    window.control_shift('n');
    window.page.find("[data-part=new-post-title]");
    window.page.send("[data-part=new-post-title]", &format!("{title}{}", key::ENTER));
    window.page.wait("return !document.querySelector('[data-part=new-post]')");
}

fn value(window: &Window, part: &str) -> String {
    let value = window.page.run(&format!("return document.querySelector('[data-part={part}]').value"));
    value.as_str().unwrap_or_default().to_owned()
}

/// Gives a control a value, as a choice of the writer's does.
fn change(window: &Window, part: &str, value: &str) {
    window.page.run(&format!(
        "const control = document.querySelector('[data-part={part}]');\
         control.value = '{value}'; control.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}
