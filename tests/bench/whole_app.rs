//! P5 and P6: how fast the app stands, and what it takes, beside a window with nothing in it.
//!
//! Both windows are started and measured in the same way, in turns, so that what else runs on the machine meets both.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use postwright_tests::webdriver::Session;
use postwright_tests::window::{self, Window};

use crate::posts::post;
use crate::table::{Row, median_and_p99};

const STARTS: usize = 20;
/// Memory differs little from window to window.
const WINDOWS: usize = 5;
/// What is loaded late is there by then.
const REST: Duration = Duration::from_secs(3);
/// Linux counts the start of a process in hundredths of a second since the boot.
const TICKS_PER_SECOND: f64 = 100.0;

pub(crate) fn cold_start() -> Row {
    let stage = Stage::new();
    let (mut app, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        app.push(time_to_stand(&stage.app().page, &window::program()));
        empty.push(time_to_stand(&stage.empty(), &empty_window()));
    }
    Row {
        number: "P5",
        what: "process start → the last post editable (12 KB)",
        budget: "400 / 700 ms",
        found: median_and_p99(&mut app),
        reference: format!("an empty Tauri window loaded: {}", median_and_p99(&mut empty)),
        samples: STARTS,
    }
}

pub(crate) fn memory() -> Row {
    let stage = Stage::new();
    let (mut app, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..WINDOWS {
        let window = stage.app();
        window.wait_for_preview("재어 보기");
        app.push(memory_of(&window.page));
        drop(window);
        let page = stage.empty();
        page.wait("return document.readyState === 'complete'");
        empty.push(memory_of(&page));
    }
    let (app, empty) = (median(&mut app), median(&mut empty));
    Row {
        number: "P6",
        what: "memory (PSS) of all processes, a 12 KB post open",
        budget: "at most 60 MB above an empty window",
        found: format!("{app:.0} MB: {:+.0} MB", app - empty),
        reference: format!("an empty Tauri window: {empty:.0} MB"),
        samples: WINDOWS,
    }
}

/// A library whose last session shows a post of 12 KB. Both windows were open before on its folder.
struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        let file = stage.folder.path().join("post.md");
        std::fs::write(&file, post(12_000)).unwrap();
        let window = Window::open(&stage.library(), &[&file]);
        window.wait_for_preview("재어 보기");
        // The session is kept a moment after it rests.
        std::thread::sleep(Duration::from_secs(1));
        drop(window);
        drop(stage.empty());
        stage
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library.db")
    }

    fn app(&self) -> Window {
        Window::open(&self.library(), &[])
    }

    fn empty(&self) -> Session {
        Session::start(&empty_window(), &[], &window::environment(self.folder.path(), "en_US.UTF-8"))
    }
}

fn empty_window() -> PathBuf {
    window::program().with_file_name("examples").join("empty_window")
}

/// From the start of the window's process to the mark that its page makes. The driver attaches to a window that
/// starts by itself, so its own start is not in it.
fn time_to_stand(page: &Session, program: &Path) -> Duration {
    page.wait("return performance.getEntriesByName('editable').length > 0");
    let stood = page
        .run("return performance.timeOrigin + performance.getEntriesByName('editable')[0].startTime")
        .as_f64()
        .unwrap();
    Duration::from_secs_f64((stood / 1000.0 - started(page.process_of(program))).max(0.0))
}

/// When a process started, in seconds since 1970.
fn started(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // After the name in brackets, which may hold blanks, the start is field 22 of the whole (proc(5)).
    let ticks: f64 = stat.rsplit_once(')').unwrap().1.split_whitespace().nth(19).unwrap().parse().unwrap();
    let uptime: f64 =
        std::fs::read_to_string("/proc/uptime").unwrap().split(' ').next().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    now - uptime + ticks / TICKS_PER_SECOND
}

/// The proportional memory of all processes of a window at rest, in megabytes.
fn memory_of(page: &Session) -> f64 {
    std::thread::sleep(REST);
    page.processes().into_iter().map(own_memory).sum()
}

fn own_memory(process: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let kilobytes = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
