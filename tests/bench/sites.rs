//! P8, P10 and the check of a whole site, through the core: what the window adds is drawing.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use postwright_app::checking::{self, Checking};
use postwright_tests::desk::Desk;
use postwright_wire::{Call, Event, Language, ListSitePosts, Reply, SitePostRow};

use crate::posts::post;
use crate::table::{Row, median_and_p99};

const POSTS: usize = 10_000;
const CHECKED: usize = 2_000;
/// About the median of real posts.
const BYTES: usize = 6_000;
const LISTS: usize = 5;
const SWITCHES: usize = 300;

/// P8 and P10, on one site.
pub(crate) fn large_site() -> Vec<Row> {
    let desk = Desk::new();
    let root = desk.path("site");
    write_site(&root, POSTS);
    git(&root, &["init", "--quiet"]);
    commit(&root, "one");
    rewrite(&root);
    commit(&root, "two");
    let start = Instant::now();
    let site = desk.app.add_site(&root).unwrap().site;
    let mut lists = vec![start.elapsed() + time_of_list(&desk, site)];
    lists.extend((1..LISTS).map(|_| time_of_list(&desk, site)));
    let start = Instant::now();
    git(&root, &["status", "--short"]);
    let status = start.elapsed();
    let reference = format!("git status: {:.0} ms", milliseconds(status));
    let row = |what, budget, times: &mut [Duration], samples| Row {
        number: "P8",
        what,
        budget,
        found: median_and_p99(times),
        reference: reference.clone(),
        samples,
    };
    let list = row("10,000 posts: site added or shown → list", "1 s", &mut lists, LISTS);
    let mut checkouts: Vec<Duration> = (0..LISTS).map(|turn| checkout(&desk, &root, site, turn)).collect();
    let changes =
        row("10,000 posts: behind `git checkout` of all → list shows it", "2 s", &mut checkouts, LISTS);
    vec![list, changes, opened_and_saved(&desk, site)]
}

fn time_of_list(desk: &Desk, site: u32) -> Duration {
    let start = Instant::now();
    assert_eq!(list(desk, site).len(), POSTS);
    start.elapsed()
}

fn list(desk: &Desk, site: u32) -> Vec<SitePostRow> {
    let Reply::ListSitePosts(list) = desk.call(Call::ListSitePosts(ListSitePosts { site })) else {
        unreachable!()
    };
    list.posts
}

/// From the end of a checkout that changes every post to a list with all its titles.
fn checkout(desk: &Desk, root: &Path, site: u32, turn: usize) -> Duration {
    let to = ["master~1", "master"][turn % 2];
    let wanted = ["Post", "Neu"][turn % 2];
    git(root, &["checkout", "--quiet", to]);
    let start = Instant::now();
    loop {
        desk.wait_for(|event| matches!(event, Event::SitePostsChanged(_)));
        if list(desk, site).iter().all(|post| post.title.starts_with(wanted)) {
            return start.elapsed();
        }
    }
}

/// P10: a post of the site is opened beside the one before, changed and saved.
fn opened_and_saved(desk: &Desk, site: u32) -> Row {
    let mut times = Vec::new();
    for number in 0..SWITCHES {
        let start = Instant::now();
        let post = desk.open_site_post(site, &path_of(number));
        let opened = start.elapsed();
        let end = post.text.encode_utf16().count() as u32;
        desk.edit(post.post, post.revision, end, end, "x\n");
        let start = Instant::now();
        desk.save(post.post).unwrap();
        times.push(opened.max(start.elapsed()));
    }
    Row {
        number: "P10",
        what: "site of 10,000 posts: open a post, save it (the slower of the two)",
        budget: "30 / 80 ms",
        found: median_and_p99(&mut times),
        reference: "–".to_owned(),
        samples: SWITCHES,
    }
}

/// `postwright check` of a whole site.
pub(crate) fn check() -> Row {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    write_site(&root, CHECKED);
    let now = jiff::Zoned::now();
    let times: Vec<Duration> = (0..3)
        .map(|_| {
            let checking = Checking { site: None, program_folders: &[], now: &now };
            let start = Instant::now();
            let checked = checking::check(std::slice::from_ref(&root), checking, Language::En).unwrap();
            assert_eq!(checked.posts as usize, CHECKED);
            start.elapsed()
        })
        .collect();
    let mut sorted = times;
    sorted.sort_unstable();
    Row {
        number: "–",
        what: "2,000 posts of 6 KB checked as a site",
        budget: "3 s",
        found: format!("{:.2} s (median)", sorted[1].as_secs_f64()),
        reference: "–".to_owned(),
        samples: sorted.len(),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn path_of(number: usize) -> String {
    format!("content/posts/{:02}/post-{number}.md", number % 50)
}

fn write_site(root: &Path, posts: usize) {
    postwright_testkit::hugo_site(root);
    std::fs::remove_dir_all(root.join("content/posts/first-post")).unwrap();
    let body = post(BYTES);
    let body = body.split_once("\n---\n").map_or(body.as_str(), |(_, body)| body);
    for number in 0..posts {
        let path = root.join(path_of(number));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let link = path_of(number + 1).replace("content", "").replace(".md", "/");
        let head = format!("---\ntitle: Post {number}\ndate: 2024-01-02T03:04:05+09:00\ntags: [a]\n---\n");
        std::fs::write(path, format!("{head}[next]({link})\n\n{body}")).unwrap();
    }
}

fn rewrite(root: &Path) {
    for number in 0..POSTS {
        let path = root.join(path_of(number));
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace("title: Post", "title: Neu")).unwrap();
    }
}

fn commit(root: &Path, message: &str) {
    git(root, &["add", "--all"]);
    git(root, &["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", message]);
    git(root, &["branch", "--force", "--move", "master"]);
}

fn git(root: &Path, arguments: &[&str]) {
    assert!(Command::new("git").arg("-C").arg(root).args(arguments).output().unwrap().status.success());
}
