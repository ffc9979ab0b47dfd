//! Start, write a post, see it, publish it into a real site, and let the real generator build it.

use std::path::Path;

use postwright_tests::generators;
use postwright_tests::webdriver::{key, until};
use postwright_tests::window::{Window, has_display};

const TITLE: &str = "창에서 쓴 글";
// No emoji: WebKitWebDriver types no character outside the basic plane. `ui/tests` edit with all of them.
const BODY: &str =
    "## 안녕하세요\n\n한글과 English를 함께 씁니다.\n\n```rust\nfn main() { println!(\"안녕\"); }\n```\n\n";

#[test]
fn a_post_goes_from_the_first_key_into_a_hugo_site() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("hugo-notes");
    postwright_testkit::hugo_site(&site);
    let window = write(folder.path(), &site);
    publish(&window, "window-post", "content/posts/window-post/index.md");
    window.picture("published-hugo");
    let Some(built) = generators::hugo(&site) else { return };
    let page = built.page("posts/window-post/index.html");
    assert_page(&page, "src=\"dot.png\"");
    assert!(built.folder.join("posts/window-post/dot.png").exists());
}

#[test]
fn a_post_goes_from_the_first_key_into_a_jekyll_site() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("jekyll-notes");
    postwright_testkit::jekyll_site(&site);
    let window = write(folder.path(), &site);
    publish(&window, "window-post", "_posts/2025-11-21-window-post.md");
    let Some(built) = generators::jekyll(&site) else { return };
    let page = built.page("2025/11/21/window-post.html");
    assert_page(&page, "src=\"/assets/images/window-post/dot.png\"");
    assert!(built.folder.join("assets/images/window-post/dot.png").exists());
}

#[test]
fn what_the_publish_sheet_finds_is_mended_there() {
    mend_in_the_sheet("en_US.UTF-8", "publish-mends-english");
}

#[test]
fn the_publish_sheet_speaks_korean() {
    mend_in_the_sheet("ko_KR.UTF-8", "publish-mends-korean");
}

fn mend_in_the_sheet(locale: &str, picture: &str) {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("hugo-notes");
    postwright_testkit::hugo_site(&site);
    let window = Window::open_in(&folder.path().join("library.db"), &[&site], locale);
    window.page.find("[data-part=site-row]");
    window.page.click("[data-part=new-draft]");
    window.type_text("---\ntitle: \"???\"\ndate: 2020/01/02\n---\n\n신라의 달밤\n");
    window.wait_until_stored();
    window.page.press(&[key::CONTROL, key::SHIFT, 'p']);
    let command = if locale.starts_with("ko") { "발행" } else { "Publish" };
    window.page.send("[data-part=palette] input", &format!("{command}{}", key::ENTER));
    window.page.find("[data-part=publish-sheet]");
    window.page.find("[data-part=publish-obstacle]");
    window.page.find("[data-part=publish-mend]");
    window.picture(picture);
    window.page.click("[data-part=slug-romanised]");
    window.page.wait(
        "return document.querySelector('[data-part=publish-path]')?.innerText.includes('sillaui-dalbam')",
    );
    window.page.wait("return !document.querySelector('[data-part=publish-mend]').disabled");
    window.page.click("[data-part=publish-mend]");
    window.page.wait("return document.querySelector('[data-part=publish-mend]') === null");
    window.page.wait("return !document.querySelector('[data-part=publish-write]').disabled");
    window.picture(&format!("{picture}-mended"));
    window.page.click("[data-part=publish-write]");
    window.page.wait("return document.querySelector('[data-part=publish-sheet]') === null");
    let written = std::fs::read_to_string(site.join("content/posts/sillaui-dalbam/index.md")).unwrap();
    assert!(written.contains("date: 2020-01-02\n"), "{written}");
}

#[test]
fn a_post_of_a_site_is_renamed_by_a_plan_and_that_is_undone() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("hugo-notes");
    postwright_testkit::hugo_site(&site);
    let other = site.join("content/posts/other.md");
    std::fs::write(&other, "---\ntitle: Other\ndate: 2024-04-01\n---\n[첫 글](/posts/first-post/)\n")
        .unwrap();
    let post = site.join("content/posts/first-post/index.md");
    let before = std::fs::read_to_string(&post).unwrap();
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    window.wait_for_preview("Hello from the first post.");
    window.page.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.page.send("[data-part=palette] input", &format!("Rename the file{}", key::ENTER));
    window.page.find("[data-part=move-sheet]");
    window.page.wait("return document.querySelector('[data-part=move-slug]')?.value === 'first-post'");
    window
        .page
        .run("const field = document.querySelector('[data-part=move-slug]'); field.focus(); field.select()");
    window.page.send("[data-part=move-slug]", "renamed");
    window.page.wait(
        "const files = document.querySelector('[data-part=publish-files]')?.innerText ?? '';\
         const write = document.querySelector('[data-part=move-write]');\
         return files.includes('content/posts/renamed/index.md') && files.includes('content/posts/other.md') && !write.disabled",
    );
    window.picture("move-sheet");
    window.page.click("[data-part=move-write]");
    window.page.wait("return document.querySelector('[data-part=move-sheet]') === null");
    let renamed = site.join("content/posts/renamed/index.md");
    assert!(std::fs::read_to_string(&renamed).unwrap().contains("/posts/first-post/"), "the alias");
    assert!(std::fs::read_to_string(&other).unwrap().contains("(/posts/renamed/)"));
    window.page.run(
        "[...document.querySelectorAll('[data-part=message] button')].find((each) => each.innerText.trim() === 'Undo').click()",
    );
    window.page.wait("return document.body.innerText.includes('Undone')");
    assert_eq!(std::fs::read_to_string(&post).unwrap(), before);
    assert!(!renamed.exists());
    assert!(std::fs::read_to_string(&other).unwrap().contains("(/posts/first-post/)"));
}

/// Opens the window with the site, writes a post in it, and fills in its details.
fn write(folder: &Path, site: &Path) -> Window {
    let window = Window::open(&folder.join("library.db"), &[site]);
    window.page.find("[data-part=site-row]");
    window.page.click("[data-part=new-draft]");
    window.type_text(BODY);
    window.wait_for_preview("안녕하세요</h2>");
    window.wait_for_preview("한글과 English를 함께 씁니다.");
    // The keyword is coloured: its span has a class of its own.
    assert!(
        until(|| coloured(&window.preview()).then_some(())).is_some(),
        "no colour in {}",
        window.preview()
    );
    paste_image(&window);
    window.page.wait(
        "const frame = document.querySelector('[data-part=preview] iframe').contentDocument;\
         const image = frame.querySelector('img'); return image !== null && image.complete && image.naturalWidth > 0",
    );
    fill_details(&window);
    window.wait_until_stored();
    window.picture("editing");
    window
}

fn coloured(preview: &str) -> bool {
    preview.contains("<span class=\"k\">fn</span>")
}

/// Drops an image file on the editor: the web view's own event, with a file in it.
fn paste_image(window: &Window) {
    let bytes: Vec<String> = postwright_testkit::PNG.iter().map(u8::to_string).collect();
    window.page.run(&format!(
        "const file = new File([new Uint8Array([{}])], 'dot.png', {{type: 'image/png'}});\
         const carried = new DataTransfer(); carried.items.add(file);\
         const editor = document.querySelector('[data-part=editor] .cm-content');\
         editor.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: carried, bubbles: true, cancelable: true}}));",
        bytes.join(",")
    ));
    window.wait_for_preview("dot.png");
}

fn fill_details(window: &Window) {
    if !window.page.has("[data-part=details-title]") {
        window.page.click("[data-part=details-toggle]");
    }
    window.page.send("[data-part=details-title]", &format!("{TITLE}{}", key::ENTER));
    window
        .page
        .wait(&format!("return document.querySelector('[data-part=tab]').innerText.includes('{TITLE}')"));
    window.page.send("[data-part=details-date]", &format!("2025-11-21T12:00:00+09:00{}", key::ENTER));
    window.page.send("[data-part=details-tags] input", &format!("러스트{}", key::ENTER));
    window.wait_for_front_matter("러스트");
    window.page.send("[data-part=details-tags] input", &format!("tauri{}", key::ENTER));
    window.wait_for_front_matter("tauri");
}

fn publish(window: &Window, slug: &str, path: &str) {
    window.page.click("[data-part=publish-open]");
    window.page.find("[data-part=publish-sheet]");
    window.page.wait("return document.querySelector('[data-part=publish-slug]')?.value !== undefined");
    window.page.run(
        "const field = document.querySelector('[data-part=publish-slug]'); field.focus(); field.select()",
    );
    window.page.send("[data-part=publish-slug]", &format!("{slug}{}", key::TAB));
    window.page.wait(&format!("const shown = document.querySelector('[data-part=publish-path]'); return (shown?.value ?? shown?.innerText ?? '').includes('{path}')"));
    window.page.wait("const write = document.querySelector('[data-part=publish-write]'); return write !== null && !write.disabled");
    window.picture("publish-sheet");
    window.page.click("[data-part=publish-write]");
    window.page.wait("return document.querySelector('[data-part=publish-sheet]') === null");
    window.page.wait(&format!("return document.body.innerText.includes('{path}')"));
}

fn assert_page(page: &str, image: &str) {
    let title = format!("<h1>{TITLE}</h1>");
    for piece in [
        title.as_str(),
        "<time>2025-11-21T12:00:00+09:00</time>",
        ">러스트</li>",
        ">tauri</li>",
        "한글과 English를 함께 씁니다.",
        image,
    ] {
        assert!(page.contains(piece), "{piece} is not in\n{page}");
    }
}
