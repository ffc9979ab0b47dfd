//! P5 and P6: how fast the app stands, and what it takes, beside a window with nothing in it.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use postwright_tests::webdriver::Session;
use postwright_tests::window::{self, Window};

use crate::posts::post;
use crate::table::{Row, median_and_p99};

const STARTS: usize = 20;
/// Linux counts the start of a process in hundredths of a second since the boot.
const TICKS_PER_SECOND: f64 = 100.0;

pub(crate) fn cold_start() -> Row {
    let (folder, library) = library_with_a_post();
    let editable = "return performance.getEntriesByName('editable')[0] !== undefined";
    let mut times: Vec<Duration> = (0..STARTS)
        .map(|_| {
            let window = Window::open(&library, &[]);
            window.page.wait(editable);
            let stood = milliseconds(
                &window.page,
                "performance.timeOrigin + performance.getEntriesByName('editable')[0].startTime",
            );
            since_start(window.processes()[0], stood)
        })
        .collect();
    drop(folder);
    let mut empty: Vec<Duration> = (0..STARTS)
        .map(|_| {
            let page = Session::start(&empty_window(), &[], &[]);
            page.wait("return document.readyState === 'complete' && performance.timing.loadEventEnd > 0");
            let stood = milliseconds(&page, "performance.timing.loadEventEnd");
            since_start(processes_of(&empty_window())[0], stood)
        })
        .collect();
    Row {
        number: "P5",
        what: "cold start → the last post editable (12 KB)",
        budget: "400 / 700 ms",
        found: median_and_p99(&mut times),
        reference: format!("an empty Tauri window loaded: {}", median_and_p99(&mut empty)),
        samples: STARTS,
    }
}

pub(crate) fn memory() -> Row {
    let (_folder, library) = library_with_a_post();
    let window = Window::open(&library, &[]);
    window.wait_for_preview("재어 보기");
    std::thread::sleep(Duration::from_secs(3));
    let ours = memory_of_family(window.processes()[0]);
    drop(window);
    let page = Session::start(&empty_window(), &[], &[]);
    page.wait("return document.readyState === 'complete'");
    std::thread::sleep(Duration::from_secs(3));
    let empty = memory_of_family(processes_of(&empty_window())[0]);
    drop(page);
    Row {
        number: "P6",
        what: "memory (PSS) of all processes, a 12 KB post open",
        budget: "at most 60 MB above an empty window",
        found: format!("{:.0} MB: {:+.0} MB", ours, ours - empty),
        reference: format!("an empty Tauri window: {empty:.0} MB"),
        samples: 1,
    }
}

/// A library whose last session shows a post of 12 KB.
fn library_with_a_post() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (file, library) = (folder.path().join("post.md"), folder.path().join("library.db"));
    std::fs::write(&file, post(12_000)).unwrap();
    let window = Window::open(&library, &[&file]);
    window.wait_for_preview("재어 보기");
    std::thread::sleep(Duration::from_secs(1));
    (folder, library)
}

fn empty_window() -> PathBuf {
    window::program().with_file_name("examples").join("empty_window")
}

fn milliseconds(page: &Session, expression: &str) -> f64 {
    page.run(&format!("return {expression}")).as_f64().unwrap()
}

/// From the start of a process to a time of the page's clock, in milliseconds since 1970.
fn since_start(process: u32, stood: f64) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // After the name in brackets, which may hold blanks, the start is field 22 of the whole (proc(5)).
    let ticks: f64 = stat.rsplit_once(')').unwrap().1.split_whitespace().nth(19).unwrap().parse().unwrap();
    let uptime: f64 =
        std::fs::read_to_string("/proc/uptime").unwrap().split(' ').next().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    let started = now - uptime + ticks / TICKS_PER_SECOND;
    Duration::from_secs_f64((stood / 1000.0 - started).max(0.0))
}

fn processes_of(program: &Path) -> Vec<u32> {
    let program = program.canonicalize().unwrap();
    let is_it = |id: &u32| std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program);
    all_processes().filter(is_it).collect()
}

/// The proportional memory of a process and all that it started, in megabytes.
fn memory_of_family(process: u32) -> f64 {
    let children = all_processes().filter(|id| parent_of(*id) == Some(process));
    own_memory(process) + children.map(memory_of_family).sum::<f64>()
}

fn own_memory(process: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let kilobytes = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn parent_of(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn all_processes() -> impl Iterator<Item = u32> {
    std::fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}
