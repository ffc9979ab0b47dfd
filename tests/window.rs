//! The real window, as a writer has it in front of them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::webdriver::{Session, key, until, until_within};

/// Changes what nobody sees with every frame, so that there is a next one.
const DRAW_ON: &str = "
    window.framesDrawn = 0;
    const draw = () => {
        window.framesDrawn += 1;
        document.documentElement.style.opacity = window.framesDrawn % 2 ? 0.9999 : 1;
        window.nextFrame = requestAnimationFrame(draw);
    };
    draw();";
const DRAW_NO_MORE: &str =
    "cancelAnimationFrame(window.nextFrame); document.documentElement.style.opacity = ''";

/// WebKit's process sometimes dies under the driver in its first moments, before the page is there. The app loads the
/// page again, but the driver has lost it.
const TRIES: usize = 3;
const STANDING: &str =
    "return document.querySelector('[data-part=new-draft], [data-part=first-run]') !== null";

/// The app's window over a library.
pub struct Window {
    /// The page in it.
    pub page: Session,
    program: PathBuf,
    /// What a second start needs to find this window.
    environment: Vec<(String, String)>,
}

impl Window {
    /// Opens the window on a library, with the paths that a writer would name.
    pub fn open(library: &Path, paths: &[&Path]) -> Self {
        Self::open_in(library, paths, "en_US.UTF-8")
    }

    /// Opens the window in the language of a locale.
    pub fn open_in(library: &Path, paths: &[&Path], locale: &str) -> Self {
        Self::open_with(library, paths, locale, &[])
    }

    /// Opens the window in the language of a locale, with more of an environment, such as where its programs are.
    pub fn open_with(library: &Path, paths: &[&Path], locale: &str, more: &[(&str, &str)]) -> Self {
        let program = program();
        let paths: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
        let mut environment = environment(library.parent().unwrap(), locale).to_vec();
        environment.push(("POSTWRIGHT_LIBRARY", library.to_str().unwrap()));
        environment.extend_from_slice(more);
        let page = (1..=TRIES)
            .find_map(|at| {
                let page = Session::start(&program, &paths, &environment);
                let standing = page.wait_or_lose(STANDING);
                if standing.is_none() {
                    eprintln!("NOTE: the web view died under its driver as it started (try {at} of {TRIES})");
                }
                standing.map(|_| page)
            })
            .expect("the window opens and stays");
        let environment =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { page, program, environment }
    }

    /// Starts the program again with a path: it opens in this window.
    #[track_caller]
    pub fn open_more(&self, path: &Path) {
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        let status = Command::new(&self.program).arg(path).envs(environment).status().unwrap();
        assert!(status.success(), "{} is opened in the window", path.display());
    }

    /// Types into the editor, where its cursor is; a line end is the key Enter.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.page.send("[data-part=editor] .cm-content", &text.replace('\n', &key::ENTER.to_string()));
    }

    /// The HTML of the preview.
    pub fn preview(&self) -> String {
        self.page
            .run("return document.querySelector('[data-part=preview] iframe')?.contentDocument?.body?.innerHTML ?? ''")
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the preview holds a piece of HTML.
    #[track_caller]
    pub fn wait_for_preview(&self, piece: &str) {
        assert!(
            until(|| self.preview().contains(piece).then_some(())).is_some(),
            "{piece} is not in\n{}",
            self.preview()
        );
    }

    /// Waits until the status bar says that everything is stored.
    #[track_caller]
    pub fn wait_until_stored(&self) {
        self.page
            .wait("return document.querySelector('[data-part=status-saved][data-stored=true]') !== null");
    }

    /// Waits until the editor's text holds a piece of front matter.
    #[track_caller]
    pub fn wait_for_front_matter(&self, piece: &str) {
        let lines = "Array.from(document.querySelectorAll('[data-part=editor] .cm-line')).slice(0, 30)";
        self.page.wait(&format!("return {lines}.some((line) => line.textContent.includes('{piece}'))"));
    }

    /// Presses Ctrl and a letter.
    pub fn control(&self, letter: char) {
        self.page.press(&[key::CONTROL, letter]);
    }

    /// Presses Ctrl, Shift and a letter.
    pub fn control_shift(&self, letter: char) {
        self.page.press(&[key::CONTROL, key::SHIFT, letter]);
    }

    /// The window as it is seen now: a PNG in base64.
    pub fn screenshot(&self) -> String {
        // The driver's picture is of a frame that it waits for. So frames are drawn, and some of the page as it is.
        self.page.run(DRAW_ON);
        let drawn = || (self.page.run("return window.framesDrawn > 3") == true).then_some(());
        let _ = until_within(Duration::from_secs(5), drawn);
        let picture = self.page.screenshot();
        self.page.run(DRAW_NO_MORE);
        picture
    }

    /// Writes a screenshot where `POSTWRIGHT_SCREENSHOTS` says; nowhere without it.
    pub fn picture(&self, name: &str) {
        if std::env::var_os("POSTWRIGHT_SCREENSHOTS").is_some() {
            keep_picture(name, &self.screenshot());
        }
    }

    /// Kills the app as a crash does, without a word.
    pub fn kill(self) {
        let app = self.page.process_of(&self.program).to_string();
        assert!(Command::new("kill").args(["-9", &app]).status().unwrap().success());
    }
}

/// Writes a screenshot under a name where `POSTWRIGHT_SCREENSHOTS` says; nowhere without it.
pub fn keep_picture(name: &str, screenshot: &str) {
    use base64::Engine as _;
    if let Some(folder) = std::env::var_os("POSTWRIGHT_SCREENSHOTS") {
        let png = base64::engine::general_purpose::STANDARD.decode(screenshot).unwrap();
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), png).unwrap();
    }
}

/// Time, language and folders of a window under test. Its size and the web view's data are its own, and so is what
/// they leave behind.
pub fn environment<'a>(home: &'a Path, locale: &'a str) -> [(&'static str, &'a str); 6] {
    let home = home.to_str().unwrap();
    [
        ("TZ", "Asia/Seoul"),
        ("LC_ALL", locale),
        ("LANG", locale),
        ("XDG_DATA_HOME", home),
        ("XDG_CONFIG_HOME", home),
        ("XDG_CACHE_HOME", home),
    ]
}

/// The app's binary: what the test command built, else the debug build.
pub fn program() -> PathBuf {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/postwright");
    let program = std::env::var_os("POSTWRIGHT_BINARY").map_or_else(|| PathBuf::from(built), PathBuf::from);
    program.canonicalize().unwrap_or_else(|_| panic!("{} is not built: cargo xtask build", program.display()))
}

/// Whether the journeys in the window can run here; says so where they cannot.
pub fn has_display() -> bool {
    let has_display = std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    if !has_display {
        eprintln!("SKIPPED: no display for the window (cargo xtask test starts one)");
    }
    has_display
}
