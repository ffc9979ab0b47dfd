//! A small client of the WebDriver protocol (W3C), enough to drive one window as a writer does.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The key that names an element in the protocol's JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long anything on the screen may take to appear.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a window may take to end.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(3);
/// How long the driver may take to answer. One whose web process has died never does.
const PATIENCE_WITH_THE_DRIVER: Duration = Duration::from_secs(60);
/// How long a script may take that says itself when it is done.
const PATIENCE_WITH_A_SCRIPT: Duration = Duration::from_secs(300);

/// Keys without a letter, as WebDriver codes them.
pub mod key {
    #![allow(missing_docs, reason = "each is named as it is printed on the keyboard")]
    pub const ENTER: char = '\u{e007}';
    pub const ESCAPE: char = '\u{e00c}';
    pub const TAB: char = '\u{e004}';
    pub const CONTROL: char = '\u{e009}';
    pub const SHIFT: char = '\u{e008}';
    pub const ALT: char = '\u{e00a}';
    pub const END: char = '\u{e010}';
    pub const HOME: char = '\u{e011}';
    pub const UP: char = '\u{e013}';
    pub const DOWN: char = '\u{e015}';
    pub const BACKSPACE: char = '\u{e003}';
    pub const DELETE: char = '\u{e017}';
}

/// Names a session to every process that the driver starts for it: the web view's own may be children of any process,
/// but they inherit the environment.
const MARKER: &str = "POSTWRIGHT_TEST_SESSION";

/// One window under the driver's control.
pub struct Session {
    driver: Child,
    base: String,
    marker: String,
}

/// Something on the page.
#[derive(Debug, Clone)]
pub struct Element(String);

impl Session {
    /// Starts a driver of its own, and through it the program with arguments and environment.
    pub fn start(program: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let name = format!("{}-{port}", std::process::id());
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env(MARKER, &name)
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed (Debian: webkit2gtk-driver)");
        let marker = format!("{MARKER}={name}\0");
        let mut session = Self { driver, base: format!("http://127.0.0.1:{port}"), marker };
        let options = json!({"binary": program, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let started = until(|| session.post("/session", &wanted).ok()).expect("the window opens");
        session.base = format!("{}/session/{}", session.base, started["sessionId"].as_str().unwrap());
        session
    }

    /// The first element that a CSS selector finds, waited for.
    #[track_caller]
    pub fn find(&self, selector: &str) -> Element {
        let ask = json!({"using": "css selector", "value": selector});
        until(|| self.post("/element", &ask).ok())
            .map(|found| Element(found[ELEMENT].as_str().unwrap().to_owned()))
            .unwrap_or_else(|| panic!("{selector} did not appear; the page says:\n{}", self.page_text()))
    }

    /// Whether a selector finds something just now.
    pub fn has(&self, selector: &str) -> bool {
        self.post("/element", &json!({"using": "css selector", "value": selector})).is_ok()
    }

    /// Clicks in the middle of the element.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let clicked = until(|| {
            let Element(id) = self.find(selector);
            self.post(&format!("/element/{id}/click"), &json!({})).ok()
        });
        assert!(clicked.is_some(), "{selector} cannot be clicked");
    }

    /// Types into an element.
    #[track_caller]
    pub fn send(&self, selector: &str, keys: &str) {
        let Element(id) = self.find(selector);
        self.post(&format!("/element/{id}/value"), &json!({"text": keys})).unwrap();
    }

    /// Presses keys together, wherever the focus is: the last one while the others are held.
    #[track_caller]
    pub fn press(&self, keys: &[char]) {
        let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key.to_string()}));
        let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key.to_string()}));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}))
            .unwrap();
    }

    /// Presses and lets go of keys one after the other, with a rest after each.
    #[track_caller]
    pub fn press_each(&self, keys: &[char], rest: Duration) {
        let rest = json!({"type": "pause", "duration": rest.as_millis() as u64});
        let press = |key: &char| {
            let key = key.to_string();
            [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key}), rest.clone()]
        };
        let actions: Vec<Value> = keys.iter().flat_map(press).collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}))
            .unwrap();
    }

    /// Presses at a place of the page with the pointer, as long as a person does; fails outside of the page.
    pub fn press_at(&self, x: i64, y: i64) -> Result<(), String> {
        let rest = json!({"type": "pause", "duration": 60});
        self.pointer(&[
            json!({"type": "pointerMove", "duration": 0, "x": x, "y": y}),
            json!({"type": "pointerDown", "button": 0}),
            rest,
            json!({"type": "pointerUp", "button": 0}),
        ])
    }

    /// Puts the pointer on a place of the page.
    #[track_caller]
    pub fn point_at(&self, x: i64, y: i64) {
        self.pointer(&[json!({"type": "pointerMove", "duration": 0, "x": x, "y": y})]).unwrap();
    }

    fn pointer(&self, actions: &[Value]) -> Result<(), String> {
        let mouse = json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions});
        self.post("/actions", &json!({"actions": [mouse]})).map(|_| ())
    }

    /// Turns the wheel over a place of the page, by so many pixels at once; fails where the driver knows no wheel.
    pub fn wheel(&self, x: i64, y: i64, by: i64) -> Result<(), String> {
        let scroll = json!({"type": "scroll", "duration": 0, "x": x, "y": y, "deltaX": 0, "deltaY": by});
        let wheel = json!({"type": "wheel", "id": "wheel", "actions": [scroll]});
        self.post("/actions", &json!({"actions": [wheel]})).map(|_| ())
    }

    /// Goes to a page.
    #[track_caller]
    pub fn go(&self, address: &str) {
        self.post("/url", &json!({"url": address})).unwrap();
    }

    /// Where the window is.
    pub fn address(&self) -> String {
        self.get("/url").unwrap().as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in a page that may be going away.
    pub fn try_run(&self, script: &str) -> Result<Value, String> {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// What an element shows.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let Element(id) = self.find(selector);
        self.get(&format!("/element/{id}/text")).unwrap().as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page: a function's body.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script answers something else than false or null.
    #[track_caller]
    pub fn wait(&self, script: &str) -> Value {
        let is_there = |value: &Value| !value.is_null() && *value != json!(false);
        until(|| self.post("/execute/sync", &json!({"script": script, "args": []})).ok().filter(is_there))
            .unwrap_or_else(|| {
                panic!("this did not become true: {script}\nthe page says:\n{}", self.page_text())
            })
    }

    /// Like [`wait`](Self::wait); none when the session is over.
    #[track_caller]
    pub fn wait_or_lose(&self, script: &str) -> Option<Value> {
        let is_over = |said: &String| said.contains("invalid session id");
        let over = until(|| match self.try_run(script) {
            Ok(value) if value != json!(false) && !value.is_null() => Some(Some(value)),
            Err(said) if is_over(&said) => Some(None),
            _ => None,
        });
        over.unwrap_or_else(|| {
            panic!("this did not become true: {script}\nthe page says:\n{}", self.page_text())
        })
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub fn run_async(&self, script: &str) -> Value {
        self.post("/timeouts", &json!({"script": PATIENCE_WITH_A_SCRIPT.as_millis() as u64})).unwrap();
        let address = format!("{}/execute/async", self.base);
        answer(agent(PATIENCE_WITH_A_SCRIPT).post(address).send_json(json!({"script": script, "args": []})))
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// The window as a PNG in base64.
    pub fn screenshot(&self) -> String {
        self.get("/screenshot").unwrap().as_str().unwrap_or_default().to_owned()
    }

    /// All processes of the window: the program's and the web view's, without the driver.
    pub fn processes(&self) -> Vec<u32> {
        let has_marker = |id: &u32| {
            let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            String::from_utf8_lossy(&environment).contains(&self.marker)
        };
        let entries = std::fs::read_dir("/proc").unwrap().flatten();
        let all = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        all.filter(|id| *id != self.driver.id()).filter(has_marker).collect()
    }

    /// The one process of the window that runs a program.
    #[track_caller]
    pub fn process_of(&self, program: &Path) -> u32 {
        let program = program.canonicalize().unwrap();
        let runs_it =
            |id: &u32| std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program);
        let found: Vec<u32> = self.processes().into_iter().filter(runs_it).collect();
        assert_eq!(found.len(), 1, "{} runs once", program.display());
        found[0]
    }

    fn page_text(&self) -> String {
        self.post("/execute/sync", &json!({"script": "return document.body.innerText", "args": []}))
            .map(|text| text.as_str().unwrap_or_default().to_owned())
            .unwrap_or_else(|error| error)
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        answer(agent(PATIENCE_WITH_THE_DRIVER).get(format!("{}{path}", self.base)).call())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        answer(agent(PATIENCE_WITH_THE_DRIVER).post(format!("{}{path}", self.base)).send_json(body))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = agent(PATIENCE_AT_THE_END).delete(&self.base).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // The next window shall find the machine as this one did. A window that its driver has lost ends by itself
        // no more, and would take the place of the next one: a second start hands over to the first.
        if until_within(PATIENCE_AT_THE_END, || self.processes().is_empty().then_some(())).is_none() {
            let left = self.processes().into_iter().map(|process| process.to_string());
            let _ = Command::new("kill").arg("-9").args(left).status();
        }
    }
}

fn agent(patience: Duration) -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
    config.timeout_global(Some(patience)).build().into()
}

fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, String> {
    let mut response = response.map_err(|error| error.to_string())?;
    let mut body: Value = response.body_mut().read_json().map_err(|error| error.to_string())?;
    let value = body["value"].take();
    if response.status().is_success() { Ok(value) } else { Err(value.to_string()) }
}

/// Asks again and again until there is an answer or patience ends.
pub fn until<Answer>(ask: impl FnMut() -> Option<Answer>) -> Option<Answer> {
    until_within(PATIENCE, ask)
}

/// Asks again and again for so long.
pub fn until_within<Answer>(patience: Duration, mut ask: impl FnMut() -> Option<Answer>) -> Option<Answer> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
}
