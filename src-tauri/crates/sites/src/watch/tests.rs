#![allow(clippy::disallowed_methods, reason = "the tests play the other programs")]

use std::{
    fs,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use super::*;
use crate::testing::{Folder, folder};

fn watched(site: &Folder) -> (Watcher, Receiver<SiteChanged>) {
    let (tell, told) = channel();
    let watcher = Watcher::start(move |change| {
        let _ = tell.send(change);
    })
    .unwrap();
    assert_eq!(watcher.watch(site.path()).unwrap(), Watching::Events);
    (watcher, told)
}

/// Waits until the changes told say to look at each of `expected`; answers all of them.
fn wait_for(told: &Receiver<SiteChanged>, root: &Path, expected: &[&str]) -> Vec<SiteChanged> {
    let mut changes: Vec<SiteChanged> = Vec::new();
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let covers = |rel: &str| {
            changes.iter().any(|change| {
                change.paths.as_ref().is_none_or(|paths| paths.iter().any(|path| path == Path::new(rel)))
            })
        };
        if expected.iter().all(|rel| covers(rel)) && !changes.is_empty() {
            return changes;
        }
        let left = until.saturating_duration_since(Instant::now());
        let change =
            told.recv_timeout(left).unwrap_or_else(|_| panic!("nothing of {expected:?} but {changes:?}"));
        assert_eq!(change.root, root);
        changes.push(change);
    }
}

fn is_quiet(told: &Receiver<SiteChanged>) -> bool {
    let more = told.recv_timeout(Duration::from_millis(400));
    more.inspect(|change| eprintln!("told of {change:?}")).is_err()
}

#[test]
fn a_file_saved_by_renaming_is_seen_each_time() {
    let site = folder(&[("content/a.md", "one")]);
    let (_watcher, told) = watched(&site);
    for text in ["two", "three", "four"] {
        site.put("content/.a.md.swp", text.as_bytes());
        fs::rename(site.path().join("content/.a.md.swp"), site.path().join("content/a.md")).unwrap();
        let changes = wait_for(&told, site.path(), &["content/a.md"]);
        assert!(changes.iter().all(|change| change.paths.is_some()), "{changes:?}");
    }
}

#[test]
fn files_in_new_folders_are_all_seen() {
    let site = folder(&[]);
    let (_watcher, told) = watched(&site);
    let paths: Vec<String> = (0..300).map(|n| format!("content/posts/{}/post-{n}/index.md", n % 7)).collect();
    for path in &paths {
        site.put(path, b"x");
    }
    wait_for(&told, site.path(), &paths.iter().map(String::as_str).collect::<Vec<_>>());
    site.put("content/posts/3/post-3/later.md", b"x");
    wait_for(&told, site.path(), &["content/posts/3/post-3/later.md"]);
}

#[test]
fn a_folder_that_moves_in_or_out_is_seen() {
    let site = folder(&[("posts/a.md", "x")]);
    let other = folder(&[("new/b.md", "x")]);
    let (_watcher, told) = watched(&site);
    fs::rename(other.path().join("new"), site.path().join("new")).unwrap();
    wait_for(&told, site.path(), &["new", "new/b.md"]);
    site.put("new/c.md", b"x");
    wait_for(&told, site.path(), &["new/c.md"]);
    fs::rename(site.path().join("posts"), other.path().join("posts")).unwrap();
    wait_for(&told, site.path(), &["posts"]);
    fs::remove_file(site.path().join("new/b.md")).unwrap();
    wait_for(&told, site.path(), &["new/b.md"]);
}

#[test]
fn a_root_that_was_removed_and_made_again_is_watched_on() {
    let outer = folder(&[("site/a.md", "one")]);
    let root = outer.path().join("site");
    let (tell, told) = channel();
    let watcher = Watcher::start(move |change| {
        let _ = tell.send(change);
    })
    .unwrap();
    watcher.watch(&root).unwrap();
    for pause in [0, 1500] {
        fs::remove_dir_all(&root).unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        outer.put("site/posts/b.md", b"two");
        let until = Instant::now() + Duration::from_secs(5);
        while told.recv_timeout(Duration::from_millis(1300)).is_ok() && Instant::now() < until {}
        outer.put("site/posts/c.md", b"three");
        wait_for(&told, &root, &["posts/c.md"]);
    }
}

#[test]
fn what_generators_and_git_write_is_not_told() {
    let site =
        folder(&[(".git/index", ""), ("public/x", ""), ("sub/node_modules/m/x", ""), ("content/a.md", "x")]);
    let (_watcher, told) = watched(&site);
    for path in [
        ".git/index",
        ".git/objects/aa/b",
        "public/x",
        "sub/node_modules/m/x",
        "_site/y/z.html",
        "resources/g",
    ] {
        site.put(path, b"changed");
    }
    fs::read(site.path().join("content/a.md")).unwrap();
    // The folders that came are themselves ignored; nothing else happened.
    assert!(is_quiet(&told));
}

#[test]
fn an_own_write_tells_of_the_file_only() {
    let site = folder(&[("content/a.md", "one")]);
    let (_watcher, told) = watched(&site);
    let expected = crate::Expected::Hash(crate::hash_of(b"one"));
    crate::write_file(site.path(), "content/a.md", b"two", expected).unwrap();
    let changes = wait_for(&told, site.path(), &["content/a.md"]);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].paths.as_deref(), Some([PathBuf::from("content/a.md")].as_slice()));
}

#[test]
fn a_site_that_is_no_longer_watched_is_quiet() {
    let site = folder(&[("content/a.md", "one")]);
    let (watcher, told) = watched(&site);
    watcher.unwatch(site.path());
    // Answers only after the call before it was done.
    let other = folder(&[]);
    watcher.watch(other.path()).unwrap();
    site.put("content/a.md", b"two");
    assert!(is_quiet(&told));
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    let site = folder(&[]);
    let (watcher, _told) = watched(&site);
    assert!(matches!(watcher.watch(&site.path().join("no")), Err(SiteError::NotWatched { .. })));
}

#[cfg(unix)]
#[test]
fn a_root_behind_a_link_is_told_as_it_was_given() {
    let outer = folder(&[("real/a.md", "one")]);
    std::os::unix::fs::symlink("real", outer.path().join("link")).unwrap();
    let root = outer.path().join("link");
    let (tell, told) = channel();
    let watcher = Watcher::start(move |change| {
        let _ = tell.send(change);
    })
    .unwrap();
    watcher.watch(&root).unwrap();
    outer.put("real/a.md", b"two");
    wait_for(&told, &root, &["a.md"]);
}

#[test]
fn a_fingerprint_tells_any_change() {
    let site = folder(&[("a/b.md", "x"), (".git/index", "")]);
    let seen = folders::fingerprint(site.path());
    site.put(".git/index", b"changed");
    assert_eq!(folders::fingerprint(site.path()), seen);
    site.put("a/b.md", b"longer");
    let changed = folders::fingerprint(site.path());
    assert_ne!(changed, seen);
    fs::remove_file(site.path().join("a/b.md")).unwrap();
    assert_ne!(folders::fingerprint(site.path()), changed);
}
