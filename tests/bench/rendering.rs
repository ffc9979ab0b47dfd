//! P11: a folder of posts from the command line.

use std::process::Command;
use std::time::{Duration, Instant};

use postwright_tests::generators;
use postwright_tests::window::program;

use crate::posts::post;
use crate::table::Row;

const POSTS: usize = 2_000;
const RUNS: usize = 3;
/// About the median of real posts.
const BYTES: usize = 6_000;

pub(crate) fn many_posts() -> Row {
    let site = tempfile::tempdir().unwrap();
    let posts = site.path().join("content/posts");
    std::fs::create_dir_all(&posts).unwrap();
    std::fs::create_dir_all(site.path().join("layouts/_default")).unwrap();
    std::fs::write(site.path().join("hugo.toml"), "baseURL = \"https://example.org/\"\n").unwrap();
    std::fs::write(site.path().join("layouts/_default/single.html"), "{{ .Content }}").unwrap();
    let text = post(BYTES);
    let files: Vec<_> = (0..POSTS).map(|number| posts.join(format!("post-{number}.md"))).collect();
    for (number, file) in files.iter().enumerate() {
        // Each says something of its own, so that nothing is rendered once for all.
        std::fs::write(file, text.replace("add_", &format!("add_{number}_"))).unwrap();
    }
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let out = tempfile::tempdir().unwrap();
            let start = Instant::now();
            let mut command = Command::new(program());
            command.arg("render").arg("--site").arg(site.path()).arg("--out").arg(out.path()).args(&files);
            assert!(command.status().unwrap().success());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let start = Instant::now();
    let reference = match generators::hugo(site.path()) {
        Some(_) => format!("hugo builds them in {:.1} s", start.elapsed().as_secs_f64()),
        None => "hugo is not here".to_owned(),
    };
    Row {
        number: "P11",
        what: "2,000 posts of 6 KB rendered from the command line",
        budget: "2 s",
        found: format!("{:.1} s (median)", times[RUNS / 2].as_secs_f64()),
        reference,
        samples: RUNS,
    }
}
