//! A site's own settings: what of them cannot be followed is told, and when they change, the open posts follow.

use std::process::Command;

use postwright_tests::desk::Desk;
use postwright_tests::window::program;
use postwright_wire::{
    self as wire, Call, CodeStyle, Event, FilePlace, FindingLevel, Language, PreviewPatch, Reply, TextFinding,
};

use super::sites::{hugo_desk, site_with};

const POST: &str = "content/posts/first-post/index.md";

#[test]
fn a_configuration_that_does_not_parse_is_told_with_its_place() {
    let (desk, site) = site_with("hugo.toml", "title = \"x\"\n[markup\nunsafe = true\n");
    let found = findings_of(&desk, site, POST);
    let finding = found.iter().find(|finding| finding.code == "configuration_unreadable").unwrap();
    assert_eq!(finding.level, FindingLevel::Error);
    assert_eq!((finding.from, finding.to), (0, 0), "it is nowhere in the text");
    assert_eq!(
        finding.place,
        Some(FilePlace { path: "hugo.toml".to_owned(), line: Some(2), column: Some(8) })
    );
    assert!(finding.message.starts_with("This configuration cannot be read: "), "{}", finding.message);
    assert!(finding.message.contains("Hugo's defaults"), "{}", finding.message);
}

#[test]
fn a_style_that_nobody_knows_is_told_and_hugos_default_is_shown() {
    let (desk, site) = site_with("hugo.toml", "title = \"x\"\n\n[markup.highlight]\nstyle = \"moonlight\"\n");
    let found = findings_of(&desk, site, POST);
    let finding = found.iter().find(|finding| finding.code == "unknown_style").unwrap();
    assert_eq!(finding.place, Some(FilePlace { path: "hugo.toml".to_owned(), line: Some(4), column: None }));
    assert!(finding.message.contains("moonlight") && finding.message.contains("swapoff"), "{finding:?}");
    // As Hugo 0.168 builds a site with a style that it does not know.
    let post = desk.open_site_post(site, POST).post;
    assert!(css(&desk, Some(post)).contains("color:#e5e5e5;background-color:#000"));
}

#[test]
fn an_option_that_kramdown_does_not_know_is_told_in_korean_too() {
    let desk = Desk::new();
    postwright_testkit::jekyll_site(&desk.path("site"));
    desk.file("site/_config.yml", "title: x\nkramdown:\n  hard_wraps: true\n  toc_levels: many\n");
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    desk.call(Call::ChangeSetting(wire::ChangeSetting::Language(Language::Ko)));
    let found = findings_of(&desk, site, "_posts/2025-03-01-first-post.md");
    let told: Vec<_> = found
        .iter()
        .filter(|finding| finding.place.is_some())
        .map(|finding| (finding.code.as_str(), finding.level, finding.place.clone().unwrap().line))
        .collect();
    assert_eq!(
        told,
        [
            ("unknown_setting", FindingLevel::Note, Some(3)),
            ("setting_not_followed", FindingLevel::Warning, Some(4)),
        ]
    );
    assert!(found[0].message.starts_with("kramdown.hard_wraps: "), "{}", found[0].message);
    assert!(found[0].message.contains("없는 설정"), "{}", found[0].message);
}

#[test]
fn a_site_without_doubts_says_nothing() {
    let (desk, site) = hugo_desk();
    assert_eq!(findings_of(&desk, site, POST), []);
}

#[test]
fn an_open_post_follows_the_configuration_without_an_edit() {
    let (desk, site) = site_with(POST, "---\ntitle: x\n---\n\"말\" 10~20~30 <b>굵게</b>\n");
    let post = desk.open_site_post(site, POST);
    assert!(html(&post.preview).contains('“'), "{:?}", post.preview);
    desk.file(
        "site/hugo.toml",
        "[markup.goldmark.renderer]\nunsafe = true\n[markup.goldmark.extensions]\ntypographer = false\n",
    );
    outdated(&desk, post.post);
    let again = preview_again(&desk, post.post);
    assert_eq!(again.revision, post.revision, "nothing was edited");
    let shown = html(&again);
    assert!(shown.contains("<b>굵게</b>") && !shown.contains('“'), "{shown}");
    // What is typed from here on is shown by the new settings, too, and counts in the list as it is now.
    let end = post.text.encode_utf16().count() as u32;
    let applied = desk.edit(post.post, post.revision, end, end, "\n\"끝\" <i>기울게</i>\n");
    assert!(html(&applied.patch).contains("<i>기울게</i>"), "{:?}", applied.patch);
    assert_eq!(applied.patch.ops[0].at, 1);
}

#[test]
fn the_colours_and_the_findings_of_an_open_post_follow_the_configuration() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, POST).post;
    let before = css(&desk, Some(post));
    desk.file("site/config/_default/markup.toml", "[highlight]\nstyle = \"dracula\"\n");
    outdated(&desk, post);
    let dracula = css(&desk, Some(post));
    assert_ne!(before, dracula);
    desk.file("site/config/_default/markup.toml", "[highlight]\nstyle = \"moonlight\"\n");
    outdated(&desk, post);
    let found = next_findings(&desk, post);
    let finding = found.iter().find(|finding| finding.code == "unknown_style").unwrap();
    let place = FilePlace { path: "config/_default/markup.toml".to_owned(), line: Some(2), column: None };
    assert_eq!(finding.place, Some(place));
    assert_ne!(css(&desk, Some(post)), dracula);
}

#[test]
fn a_sheet_of_the_sites_own_is_followed() {
    let sheet =
        |colour: &str| format!(".chroma .k {{ color: {colour} }}\n.chroma .kd {{ color: {colour} }}\n");
    let (desk, site) = site_with("hugo.toml", "[markup.highlight]\nnoClasses = false\n");
    desk.file("site/assets/css/chroma.css", sheet("#112233"));
    let post = desk.open_site_post(site, POST).post;
    assert!(css(&desk, Some(post)).contains("#112233"));
    desk.file("site/assets/css/chroma.css", sheet("#445566"));
    outdated(&desk, post);
    assert!(css(&desk, Some(post)).contains("#445566"));
}

#[test]
fn a_configuration_that_goes_is_told_until_it_is_back() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, POST).post;
    next_findings(&desk, post);
    let path = desk.path("site/hugo.toml");
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    outdated(&desk, post);
    let found = next_findings(&desk, post);
    assert_eq!((found[0].code.as_str(), found[0].level), ("configuration_gone", FindingLevel::Warning));
    let place = FilePlace { path: "hugo.toml".to_owned(), line: None, column: None };
    assert_eq!(found[0].place, Some(place));
    // Another change meanwhile does not make it forgotten.
    desk.file("site/assets/chroma.css", ".chroma .k { color: red }");
    desk.file("site/hugo.toml", &written);
    outdated(&desk, post);
    assert_eq!(next_findings(&desk, post), []);
}

/// Zola's `config.toml` is known by what it says, so that without it nothing tells the generator.
#[test]
fn a_site_whose_generator_is_known_no_longer_is_shown_as_github_does_and_says_so() {
    let desk = Desk::new();
    desk.file(
        "site/config.toml",
        "base_url = \"https://example.org\"\n[markdown]\nsmart_punctuation = true\n",
    );
    desk.file("site/content/a.md", "+++\ntitle = \"a\"\n+++\n\"말\"\n");
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.open_site_post(site, "content/a.md");
    assert!(html(&post.preview).contains('“'), "{:?}", post.preview);
    for broken in ["base_url = \"https://example.org\"\n[markdown\n", ""] {
        desk.file("site/config.toml", broken);
        outdated(&desk, post.post);
        assert!(!html(&preview_again(&desk, post.post)).contains('“'));
        let found = next_findings(&desk, post.post);
        let place = found[0].place.as_ref().map(|place| (place.path.as_str(), place.line));
        let (code, shown, line) = match broken {
            "" => ("configuration_gone", "as GitHub does", None),
            _ => ("configuration_unreadable", "Zola's defaults", Some(2)),
        };
        assert_eq!((found[0].code.as_str(), place), (code, Some(("config.toml", line))), "{found:?}");
        assert!(found[0].message.contains(shown), "{found:?}");
    }
}

#[test]
fn images_follow_the_folder_that_the_configuration_names() {
    let (desk, site) = site_with("static/a.png", postwright_testkit::PNG);
    desk.file("site/media/b.png", postwright_testkit::PNG);
    let post = desk.open_site_post(site, POST).post;
    assert!(desk.app.image(post, "/a.png").is_ok() && desk.app.image(post, "/b.png").is_err());
    desk.file("site/hugo.toml", "staticDir = \"media\"\n");
    outdated(&desk, post);
    assert!(desk.app.image(post, "/b.png").is_ok() && desk.app.image(post, "/a.png").is_err());
}

#[test]
fn a_file_beside_the_configuration_that_changes_nothing_is_no_news() {
    let (desk, site) = hugo_desk();
    let post = desk.open_site_post(site, POST).post;
    desk.file("site/notes.txt", "beside");
    desk.file("site/hugo.toml", "title = \"other\"\n");
    // The first of the two must not have been told: there is one event for both.
    outdated(&desk, post);
    desk.file("site/more.txt", "beside");
    desk.wait_for(|event| matches!(event, Event::SitePostsChanged(_)));
    desk.file("site/content/posts/marker.md", "after");
    let event =
        desk.wait_for(|event| matches!(event, Event::SitePostsChanged(_) | Event::PreviewOutdated(_)));
    assert!(matches!(event, Event::SitePostsChanged(_)), "{event:?}");
}

#[test]
fn the_writer_chooses_code_themes_which_stay_and_the_sites_own_wins() {
    let (desk, site) = hugo_desk();
    let draft = desk.draft("```rust\nfn f() {}\n```\n").post;
    let (light, dark) = (code_style(&desk, Some(draft), false), code_style(&desk, Some(draft), true));
    assert!(!light.of_site && !dark.of_site && light.css != dark.css);
    change(&desk, wire::ChangeSetting::LightCodeTheme("solarized-light".to_owned()));
    change(&desk, wire::ChangeSetting::DarkCodeTheme("nord".to_owned()));
    let desk = desk.restarted();
    let Reply::Start(started) = desk.call(Call::Start(wire::Start { languages: vec![] })) else {
        unreachable!()
    };
    assert_eq!(started.settings.light_code_theme, "solarized-light");
    assert_eq!(started.settings.dark_code_theme, "nord");
    assert!(started.code_themes.len() > 70 && started.code_themes.iter().any(|theme| theme.name == "nord"));
    assert_eq!(Some(css(&desk, None)), postwright_markdown::theme_css("solarized-light"));
    assert_eq!(Some(code_style(&desk, None, true).css), postwright_markdown::theme_css("nord"));
    let post = desk.open_site_post(site, POST).post;
    let of_site = code_style(&desk, Some(post), true);
    assert_eq!((Some(of_site.css), of_site.of_site), (postwright_markdown::theme_css("monokai"), true));
    let unknown = wire::ChangeSetting::LightCodeTheme("no-such-theme".to_owned());
    assert!(desk.app.answer(Call::ChangeSetting(unknown)).is_err());
}

#[cfg(unix)]
#[test]
fn a_style_that_the_installed_hugo_knows_is_shown() {
    let (desk, site) = site_with("hugo.toml", "[markup.highlight]\nstyle = \"moonlight\"\n");
    program_of_hugo(&desk, "#!/bin/sh\necho \".chroma .k { color: #abcdef } /* $3 */\"\n");
    let post = desk.open_site_post(site, POST).post;
    assert_eq!(css(&desk, Some(post)), "pre.chroma .k{color:#abcdef}\n");
    assert_eq!(next_findings(&desk, post), []);
}

#[cfg(unix)]
fn program_of_hugo(desk: &Desk, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let program = desk.file("bin/hugo", script);
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn check_and_render_say_what_of_the_settings_cannot_be_followed() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    desk.file("site/hugo.toml", "[markup\n");
    desk.file("site/content/posts/b.md", "---\ntitle: b\n---\n**강조(설명)**는 ![그림](nowhere.png)\n");
    let (code, out, _) = run(&desk, &["check", "site"]);
    assert_eq!(code, Some(1), "the settings are an error: {out}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[3..5], ["", "2 posts: 1 error, 2 warnings, 0 notes"], "{out}");
    assert!(lines[0].starts_with("site/hugo.toml:1:8: error: This configuration"), "{out}");
    assert!(lines[1].starts_with("site/content/posts/b.md:4:1: warning: "), "{out}");
    assert!(lines[2].starts_with("site/content/posts/b.md:4:13: warning: "), "{out}");
    let (_, json, _) = run(&desk, &["--lang", "ko", "check", "site/content/posts/b.md", "--json"]);
    let checked: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&checked["posts"], checked["findings"].as_array().unwrap().len()), (&1.into(), 3));
    assert_eq!(checked["findings"][0]["code"], "configuration_unreadable");
    assert!(checked["findings"][0]["message"].as_str().unwrap().contains("기본 설정으로"));

    let (code, html, said) = run(&desk, &["render", "site/content/posts/b.md"]);
    assert_eq!(code, Some(0));
    assert!(html.contains("<p>") && !html.contains("hugo.toml"), "{html}");
    assert!(said.starts_with("site/hugo.toml:1:8: error: ") && said.lines().count() == 1, "{said}");
    let (_, _, said) = run(&desk, &["render", "site/content/posts/b.md", "--engine", "commonmark"]);
    assert_eq!(said, "");

    desk.file("site/hugo.toml", "title = 'x'\n[markup.highlight]\nstyle = 'moonlight'\n");
    let (code, out, _) = run(&desk, &["check", "site/content/posts/first-post"]);
    assert_eq!(code, Some(0), "a style is no error: {out}");
    assert!(out.contains("hugo.toml:3: warning: markup.highlight.style: moonlight"), "{out}");
}

fn run(desk: &Desk, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(program())
        .args(arguments)
        .current_dir(desk.folder.path())
        .env("LC_ALL", "en_US.UTF-8")
        .env("PATH", desk.path("bin"))
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Opens a post; what is found in it.
fn findings_of(desk: &Desk, site: u32, path: &str) -> Vec<TextFinding> {
    let post = desk.open_site_post(site, path).post;
    next_findings(desk, post)
}

fn next_findings(desk: &Desk, post: u32) -> Vec<TextFinding> {
    match desk.wait_for(|event| matches!(event, Event::Findings(found) if found.post == post)) {
        Event::Findings(found) => found.findings,
        other => panic!("{other:?}"),
    }
}

fn outdated(desk: &Desk, post: u32) {
    desk.wait_for(|event| matches!(event, Event::PreviewOutdated(outdated) if outdated.post == post));
}

fn preview_again(desk: &Desk, post: u32) -> PreviewPatch {
    match desk.call(Call::PreviewAgain(wire::PreviewAgain { post })) {
        Reply::PreviewAgain(patch) => patch,
        other => panic!("{other:?}"),
    }
}

fn html(patch: &PreviewPatch) -> String {
    patch.ops.iter().flat_map(|op| &op.insert).map(|block| block.html.as_str()).collect()
}

fn change(desk: &Desk, setting: wire::ChangeSetting) {
    desk.call(Call::ChangeSetting(setting));
}

fn css(desk: &Desk, post: Option<u32>) -> String {
    code_style(desk, post, false).css
}

fn code_style(desk: &Desk, post: Option<u32>, dark: bool) -> wire::CodeStyleSheet {
    match desk.call(Call::CodeStyle(CodeStyle { dark, post, theme: None })) {
        Reply::CodeStyle(sheet) => sheet,
        other => panic!("{other:?}"),
    }
}
