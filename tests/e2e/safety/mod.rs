//! Hostile posts in the real window: they run nothing, reach nobody and go nowhere, whatever is clicked. A plain
//! browser is the control: there the same payloads do all of it, and the same harness sees it.

mod listener;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use postwright_tests::webdriver::{Session, until};
use postwright_tests::window::{Window, environment, has_display};

use crate::sites::{ENGINES, Engine};
use listener::Listener;

/// A family of payloads each of which stands in a post of its own, because it swallows what follows.
const TORN: &str = "torn";
/// How many of those that could be pressed are pressed with the pointer, and not only by script.
const PRESSED: usize = 30;
const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
/// What has run names itself in the top window.
const FIRED: &str = "return Object.keys(window).filter((name) => name.startsWith('fired'))";
const FRAME: &str = "document.querySelector('[data-part=preview] iframe')";

struct Payload {
    family: &'static str,
    number: usize,
    text: String,
}

fn payloads(host: &str) -> Vec<Payload> {
    let mut found = Vec::new();
    for (at, part) in include_str!("payloads.txt").split("\n=== ").skip(1).enumerate() {
        let number = at + 1;
        let (family, text) = part.split_once('\n').unwrap();
        let text = text
            .replace("RUN", &format!("top.fired{number}=1"))
            .replace("HERE", &format!("http://{host}/p{number}"))
            .replace("HOST", &format!("{host}/p{number}"));
        found.push(Payload { family, number, text });
    }
    found
}

#[test]
fn a_plain_browser_runs_the_payloads_and_the_harness_sees_it() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let browser = Path::new(BROWSER);
    if !browser.exists() {
        eprintln!("SKIPPED: no {BROWSER} to show that the payloads are live");
        return;
    }
    let server = Listener::start(String::new());
    let payloads = payloads(&server.host);
    // Those that would lead away at once come last, in pages of their own.
    let (leading_away, staying): (Vec<_>, Vec<_>) =
        payloads.iter().filter(|it| it.family != TORN).partition(|it| it.text.contains("refresh"));
    let folder = tempfile::tempdir().unwrap();
    let environment = environment(folder.path(), "en_US.UTF-8");
    let session = Session::start(browser, &["--automation"], &environment);
    let mut fired = BTreeSet::new();
    for payload in staying {
        let page = folder.path().join("control.html");
        std::fs::write(&page, format!("<!doctype html><meta charset=utf-8>{}", payload.text)).unwrap();
        session.go(&format!("file://{}", page.display()));
        let _ = session.try_run(
            "document.querySelectorAll('*').forEach((it) => { if (!it.closest('a, form')) it.click?.(); it.focus?.(); })",
        );
        fired.extend(names(&session.try_run(FIRED).unwrap_or_default()));
    }
    // What takes the window with it.
    let before = session.address();
    std::fs::write(folder.path().join("away.html"), &leading_away[0].text).unwrap();
    session.go(&format!("file://{}/away.html", folder.path().display()));
    assert!(until(|| (session.address() != before).then_some(())).is_some(), "a refresh leads away");
    let reached: BTreeSet<_> = server.asked().into_iter().collect();
    println!(
        "control: in a plain browser {} payloads ran and {} addresses were asked for",
        fired.len(),
        reached.len()
    );
    assert!(fired.len() >= 40, "{fired:?}");
    assert!(reached.len() >= 20, "{reached:?}");
}

#[test]
fn a_hostile_post_runs_nothing_reaches_nobody_and_goes_nowhere_in_any_dialect() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let server = Listener::start(String::new());
    let payloads = payloads(&server.host);
    for engine in ENGINES {
        println!("{}", engine.name());
        withstands(engine, &payloads, &server);
    }
}

fn withstands(engine: Engine, payloads: &[Payload], server: &Listener) {
    let folder = tempfile::tempdir().unwrap();
    let posts = write_posts(engine, &folder.path().join("site"), payloads);
    let window = Window::open(&folder.path().join("library.db"), &[&posts[0]]);
    let place = window.page.run("return location.href");
    for (at, post) in posts.iter().enumerate() {
        if at > 0 {
            window.open_more(post);
        }
        window
            .page
            .wait(&format!("return {FRAME}?.contentDocument?.body?.textContent.includes('post {at} of')"));
        settle(&window);
        window.page.run(&format!(
            "{FRAME}.contentDocument.querySelectorAll('*').forEach((it) => {{ it.click?.(); it.focus?.(); }})"
        ));
        if at == 0 {
            let text = window.page.run(&format!("return {FRAME}.contentDocument.body.textContent"));
            let text = text.as_str().unwrap();
            let lost: Vec<usize> = payloads
                .iter()
                .filter(|it| it.family != TORN && !text.contains(&format!("payload-{}-", it.number)))
                .map(|it| it.number)
                .collect();
            assert!(lost.is_empty(), "{}: swallowed by what is before them: {lost:?}", engine.name());
            press_all(&window);
            window.picture(&format!("hostile-{}", engine.name()));
        }
        holds(engine, &window, server, &place);
    }
    std::thread::sleep(Duration::from_millis(500));
    holds(engine, &window, server, &place);
    the_harness_would_see_it(&window, &place);
}

/// Waits until what is drawn is drawn.
fn settle(window: &Window) {
    let size = format!("return {FRAME}.contentDocument.body.innerHTML.length");
    let mut before = window.page.run(&size);
    let quiet = until(|| {
        std::thread::sleep(Duration::from_millis(300));
        let now = window.page.run(&size);
        let is_quiet = now == before;
        before = now;
        is_quiet.then_some(())
    });
    assert!(quiet.is_some(), "the preview comes to rest");
}

fn holds(engine: Engine, window: &Window, server: &Listener, place: &serde_json::Value) {
    let name = engine.name();
    assert_eq!(names(&window.page.run(FIRED)), Vec::<String>::new(), "{name}: ran");
    assert_eq!(server.asked(), Vec::<String>::new(), "{name}: reached the server");
    assert_eq!(window.page.run("return location.href"), *place, "{name}: the window went away");
    assert_eq!(frame_place(window), "about:srcdoc", "{name}: the preview went away");
    assert_eq!(window.page.run("return document.title.includes('hijacked')"), false, "{name}");
    assert_eq!(window.page.run("return document.querySelectorAll('iframe').length"), 1, "{name}");
    let sandbox = window.page.run(&format!("return {FRAME}.getAttribute('sandbox')"));
    assert_eq!(sandbox, "allow-same-origin", "{name}");
    let left = window.page.run(&format!(
        "return [...{FRAME}.contentDocument.querySelectorAll('main *')].filter((it) => \
           [...it.attributes].some(({{ name, value }}) => /^on/i.test(name) || /^\\s*(java|vb)script:/i.test(value)) || \
           ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'LINK', 'META', 'BASE'].includes(it.tagName)).map((it) => it.outerHTML.slice(0, 200))"
    ));
    assert_eq!(left, serde_json::json!([]), "{name}: nothing of it is left in the document");
}

fn frame_place(window: &Window) -> String {
    let place = window.page.run(&format!(
        "try {{ return {FRAME}.contentWindow.location.href }} catch (gone) {{ return String(gone) }}"
    ));
    place.as_str().unwrap_or_default().to_owned()
}

/// Presses with the pointer what can be pressed and leads nowhere outside: that would rightly open a browser.
fn press_all(window: &Window) {
    let pressable = "a:not([href^=http]):not([href^=mailto]), summary, input, label, button, [tabindex], .remote-image, .macro, svg, img";
    let count = window.page.run(&format!(
        "return (window.pressable = [...{FRAME}.contentDocument.querySelectorAll('{pressable}')]).length"
    ));
    let count = usize::try_from(count.as_u64().unwrap()).unwrap();
    assert!(count > 5, "there is something to press");
    for at in (0..count).step_by(count.div_ceil(PRESSED)) {
        let place = window.page.run(&format!(
            "const it = window.pressable[{at}]; if (!it.isConnected || it.matches('.remote-image')) return null; it.scrollIntoView({{ block: 'center' }}); \
             const a = it.getBoundingClientRect(), b = {FRAME}.getBoundingClientRect(); \
             return a.width > 0 ? [Math.round(a.left + b.left + Math.min(a.width / 2, 20)), Math.round(a.top + b.top + a.height / 2)] : null"
        ));
        if let (Some(x), Some(y)) = (place[0].as_i64(), place[1].as_i64()) {
            // Out of sight at an edge: nobody could press it either.
            let _ = window.page.press_at(x, y);
        }
    }
}

/// The same questions, in the same window, after a script, a request and a navigation that did happen.
fn the_harness_would_see_it(window: &Window, place: &serde_json::Value) {
    window.page.run("const image = new Image(); image.addEventListener('error', () => { window.fired0 = 1; }); image.src = 'data:image/png,broken'");
    assert!(
        until(|| (names(&window.page.run(FIRED)) == ["fired0"]).then_some(())).is_some(),
        "a script is seen"
    );
    let control = Listener::start(String::new());
    window.page.run(&format!("new Image().src = 'http://{}/control'", control.host));
    assert!(until(|| (!control.asked().is_empty()).then_some(())).is_some(), "a request is seen");
    window.page.run(&format!("{FRAME}.contentWindow.location.hash = 'moved'"));
    assert!(until(|| (frame_place(window) != "about:srcdoc").then_some(())).is_some(), "a move is seen");
    window.page.run("location.hash = 'moved'");
    assert_ne!(window.page.run("return location.href"), *place);
}

/// One post with all that leave the rest alone, and one for each that does not.
fn write_posts(engine: Engine, site: &Path, payloads: &[Payload]) -> Vec<PathBuf> {
    let (torn, whole): (Vec<_>, Vec<_>) = payloads.iter().partition(|it| it.family == TORN);
    let mut body = String::from("post 0 of hostile ones\n\n");
    for Payload { number, text, .. } in &whole {
        body.push_str(&format!("payload-{number}-\n\n{text}\n\n"));
    }
    body.push_str("last words\n");
    engine.write_site(site);
    let mut posts = vec![engine.write_post(
        site,
        "<img src=x onerror=top.fired901=1>",
        "'<img src=x onerror=top.fired902=1></title><script>top.fired903=1</script>'",
        &body,
    )];
    for (at, Payload { text, .. }) in torn.iter().enumerate() {
        let body = format!("post {} of hostile ones\n\n{text}\n\nlast words\n", at + 1);
        posts.push(engine.write_post(site, &format!("torn-{}", at + 1), "torn", &body));
    }
    posts
}

fn names(list: &serde_json::Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}
