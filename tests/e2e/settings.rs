//! A site's settings and the writer's own, in the real window: what cannot be followed is listed, what changes on disk is
//! shown without a key, and colours of code are chosen with the preview in sight.

use std::time::Duration;

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

use crate::sites::Engine;

const CODE: &str = "\"Quoted\" text.\n\n```rust\nfn main() {\n    println!(\"안녕\"); // 인사\n}\n```\n";

#[test]
fn an_open_post_follows_its_sites_configuration_and_lists_what_cannot_be_followed() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    Engine::Hugo.write_site(&site);
    let post = Engine::Hugo.write_post(&site, "settings", "settings", CODE);
    let before = std::fs::read_to_string(&post).unwrap();
    let window = Window::open_in(&folder.path().join("library.db"), &[&post], "ko_KR.UTF-8");
    window.wait_for_preview("“Quoted”");
    window.page.find("[data-part=tab]");
    window.page.find("[data-part=editor] .cm-code-line");
    std::fs::write(
        site.join("hugo.toml"),
        "title = \"x\"\n[markup.goldmark.extensions]\ntypographer = false\n[markup.highlight]\nstyle = \"moonlight\"\n",
    )
    .unwrap();
    window.wait_for_preview("\"Quoted\"");
    window.page.wait(&code_css_contains("background-color:#000"));
    window.page.wait(&status_says("살펴볼 곳 1"));
    window.page.press(&[key::CONTROL, key::SHIFT, 'm']);
    window.page.wait(&list_says("hugo.toml 5줄 markup.highlight.style: moonlight 스타일은"));
    assert_eq!(window.page.run(MARKS_IN_TEXT), 0, "the setting has no place in the text");
    window.picture("settings-unknown-style");

    std::fs::remove_file(site.join("hugo.toml")).unwrap();
    window.wait_for_preview("“Quoted”");
    window.page.wait(&list_says("hugo.toml 설정 파일이 사라졌습니다."));
    window.picture("settings-gone");
    assert_eq!(std::fs::read_to_string(&post).unwrap(), before);
    window.page.wait("return document.querySelector('[data-part=status-unwritten]') === null");

    Engine::Hugo.write_site(&site);
    window.page.wait("return document.querySelector('[data-part=status-findings]') === null");
    choose_command(&window, "코드 색: 밝은");
    let note = "return document.querySelector('[data-part=code-themes-note]')?.textContent.includes('정해진 코드 색')";
    window.page.wait(note);
    window.page.press_each(&[key::DOWN], Duration::from_millis(300));
    window.picture("code-themes-of-site");
    window.page.press(&[key::ESCAPE]);
    window.page.wait("return document.querySelector('[data-part=code-themes]') === null");
}

#[test]
fn a_configuration_that_breaks_while_the_writer_types_costs_nothing_that_is_typed() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    Engine::Jekyll.write_site(&site);
    let settings = site.join("_config.yml");
    let whole = std::fs::read_to_string(&settings).unwrap();
    let post = Engine::Jekyll.write_post(&site, "settings", "settings", "\n");
    let window = Window::open(&folder.path().join("library.db"), &[&post]);
    choose_command(&window, "colours: dark");
    window.page.click("[data-part=editor] .cm-content");
    window.page.press(&[key::CONTROL, key::END]);
    let mut typed = String::new();
    for (number, kramdown) in ["  typographic_symbols: {hellip: '.'}", "  input: [", "  hard_wraps: true"]
        .into_iter()
        .cycle()
        .take(12)
        .enumerate()
    {
        std::fs::write(&settings, format!("{whole}kramdown:\n{kramdown}\n")).unwrap();
        let piece = format!("w{number}... ");
        window.type_text(&piece);
        typed.push_str(&piece);
    }
    // As kramdown reads it without settings, which is what the last ones amount to.
    window.wait_for_preview(typed.replace("...", "…").trim_end());
    window.wait_until_stored();
    choose_command(&window, "list what was found");
    window.page.wait(&list_says("_config.yml, line 6 kramdown.hard_wraps: kramdown knows no setting"));
    window.picture("settings-unknown-option");
    std::fs::write(&settings, format!("{whole}kramdown:\n  input: [\n")).unwrap();
    window.page.wait(&list_says("_config.yml, line "));
    window.page.wait(&list_says("This configuration cannot be read"));
    window.picture("settings-broken");
    std::fs::write(&settings, &whole).unwrap();
    window.page.wait("return document.querySelector('[data-part=status-findings]') === null");
    let text = "Array.from(document.querySelectorAll('[data-part=editor] .cm-line')).at(-1).textContent";
    assert_eq!(window.page.run(&format!("return {text}")), typed.as_str());
}

#[test]
fn colours_of_code_are_chosen_with_the_preview_in_sight_and_stay() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let window = Window::open(&library, &[]);
    window.page.click("[data-part=new-draft]");
    window.page.find("[data-part=editor] .cm-content");
    // In one piece: the editor would close the brackets and indent the lines by itself.
    window.type_text("```rust\nlet x = 1; // one\n");
    window.wait_for_preview("class=\"code");
    choose_theme(&window, "light", "gruvbox-light", "background-color:#fbf1c7");
    choose_command(&window, "colours: dark");
    choose_theme(&window, "dark", "solarized-dark", "background-color:#002b36");
    window.wait_until_stored();
    drop(window);
    let window = Window::open(&library, &[]);
    window.wait_for_preview("class=\"code");
    window.page.wait(&code_css_contains("background-color:#002b36"));
    choose_command(&window, "colours: light");
    window.page.wait(&code_css_contains("background-color:#fbf1c7"));
}

/// Looks at themes with the arrows, then at the one with the name, and chooses it.
fn choose_theme(window: &Window, scheme: &str, name: &str, shown: &str) {
    choose_command(window, &format!("code colours in {scheme}"));
    window.page.find("[data-part=code-themes] li[aria-selected=true]");
    let down: String = [key::DOWN; 3].iter().collect();
    window.page.send("[data-part=code-themes] input", &down);
    window.page.wait(
        "return document.querySelector('[data-part=code-themes] #choice-3[aria-selected=true]') !== null",
    );
    window.picture(&format!("code-themes-{scheme}"));
    window.page.send("[data-part=code-themes] input", name);
    window.page.wait(&code_css_contains(shown));
    window.page.send("[data-part=code-themes] input", &key::ENTER.to_string());
    window.page.wait("return document.querySelector('[data-part=code-themes]') === null");
    window.page.wait(&code_css_contains(shown));
}

fn choose_command(window: &Window, name: &str) {
    window.page.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.page.send("[data-part=palette] input", &format!("{name}{}", key::ENTER));
    window.page.wait("return document.querySelector('[data-part=palette]') === null");
}

const MARKS_IN_TEXT: &str =
    "return [...document.querySelectorAll('[data-part=editor] :is(.cm-lintRange, .cm-lintPoint)')]
    .filter((mark) => mark.checkVisibility()).length";

fn code_css_contains(piece: &str) -> String {
    let css = "document.querySelector('[data-part=preview] iframe')?.contentDocument?.getElementById('code')?.textContent ?? ''";
    format!("return ({css}).includes('{piece}')")
}

fn status_says(words: &str) -> String {
    format!("return document.querySelector('[data-part=status-findings]')?.textContent === '{words}'")
}

fn list_says(words: &str) -> String {
    format!("return (document.querySelector('.cm-panel-lint')?.textContent ?? '').includes('{words}')")
}
