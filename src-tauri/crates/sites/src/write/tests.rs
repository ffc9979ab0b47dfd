use std::fs;

use postwright_testkit::skipped;

use super::*;
use crate::testing::folder;

fn put(path: &str, bytes: &str, expected: Expected) -> FileChange {
    FileChange { path: path.to_owned(), content: Some(bytes.as_bytes().to_vec()), expected }
}

fn write_all(root: &Path, changes: &[FileChange]) -> Result<(), SiteError> {
    apply(root, changes, &prepare(root, changes)?.intent, &all_steps)
}

fn is(text: &str) -> Expected {
    Expected::Hash(hash_of(text.as_bytes()))
}

#[test]
fn a_new_file_and_its_folders_are_made() {
    let site = folder(&[]);
    let written = write_file(site.path(), "content/글/a/index.md", b"hello", Expected::Absent).unwrap();
    assert_eq!(written, hash_of(b"hello"));
    assert_eq!(site.text("content/글/a/index.md"), "hello");
    assert_eq!(site.everything().len(), 4, "{:?}", site.everything());
}

#[test]
fn a_file_is_replaced_only_if_it_is_the_one_expected() {
    let site = folder(&[("a.md", "one")]);
    write_file(site.path(), "a.md", b"two", is("one")).unwrap();
    assert_eq!(site.text("a.md"), "two");
    let before = site.everything();
    let changed = write_file(site.path(), "a.md", b"three", is("one"));
    assert!(matches!(changed, Err(SiteError::ChangedOutside { path }) if path == "a.md"));
    let exists = write_file(site.path(), "a.md", b"three", Expected::Absent);
    assert!(matches!(exists, Err(SiteError::TargetExists { path }) if path == "a.md"));
    let gone = write_file(site.path(), "b.md", b"three", is("one"));
    assert!(matches!(gone, Err(SiteError::ChangedOutside { .. })));
    assert_eq!(site.everything(), before);
}

#[test]
fn a_change_between_staging_and_placing_is_noticed() {
    let site = folder(&[("a.md", "one")]);
    for theirs in ["a.md", "new/b.md"] {
        site.put("a.md", b"one");
        let changes = [put("new/b.md", "two", Expected::Absent), put("a.md", "two", is("one"))];
        let intent = prepare(site.path(), &changes).unwrap().intent;
        let once = std::sync::Once::new();
        let change_it = |step: Step| {
            if step == Step::Place {
                once.call_once(|| site.put(theirs, b"theirs"));
            }
            Ok(())
        };
        let failed = apply(site.path(), &changes, &intent, &change_it);
        match theirs {
            "a.md" => assert!(matches!(failed, Err(SiteError::ChangedOutside { .. })), "{failed:?}"),
            _ => assert!(matches!(failed, Err(SiteError::TargetExists { .. })), "{failed:?}"),
        }
        assert_eq!(site.text(theirs), "theirs");
    }
    let names: Vec<String> = site.everything().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.md", "new", "new/b.md"]);
    assert_eq!(site.text("a.md"), "one");
}

#[test]
fn a_file_is_removed_only_if_it_is_the_one_expected() {
    let site = folder(&[("a/b.md", "one"), ("c.md", "c")]);
    let before = site.everything();
    let removing = |hash: &str| [put("d.md", "d", Expected::Absent), FileChange::removing("a/b.md", hash)];
    assert!(matches!(
        write_all(site.path(), &removing(&hash_of(b"else"))),
        Err(SiteError::ChangedOutside { .. })
    ));
    assert_eq!(site.everything(), before);
    let changes = removing(&hash_of(b"one"));
    let mut intent = prepare(site.path(), &changes).unwrap().intent;
    intent.left_folders.push("a".to_owned());
    apply(site.path(), &changes, &intent, &all_steps).unwrap();
    let names: Vec<String> = site.everything().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["c.md", "d.md"], "the folder was empty then");
}

#[test]
fn names_that_are_one_on_some_system_are_refused() {
    use unicode_normalization::UnicodeNormalization;
    let decomposed: String = "한글.md".nfd().collect();
    let site = folder(&[("Post.md", "one"), (&decomposed, "d"), ("Folder/x.md", "x")]);
    let before = site.everything();
    for twin in ["post.md", "한글.md", "folder/y.md"] {
        let refused = write_file(site.path(), twin, b"x", Expected::Absent);
        assert!(matches!(refused, Err(SiteError::TargetExists { .. })), "{twin}: {refused:?}");
    }
    for (one, other) in [("n/A.png", "n/a.png"), ("각.png", "\u{1100}\u{1161}\u{11a8}.png")] {
        let changes = [put(one, "1", Expected::Absent), put(other, "2", Expected::Absent)];
        let refused = write_all(site.path(), &changes);
        assert!(matches!(refused, Err(SiteError::TargetExists { .. })), "{other}: {refused:?}");
    }
    assert_eq!(site.everything(), before);
    // A new name in other letters is fine where the old file goes.
    let renamed = [put("post.md", "one", Expected::Absent), FileChange::removing("Post.md", hash_of(b"one"))];
    if cfg!(target_os = "linux") {
        // They are one path for the plan: it renames in two steps, or not at all.
        assert!(matches!(write_all(site.path(), &renamed), Err(SiteError::TargetExists { .. })));
    }
}

#[test]
fn a_file_where_a_folder_should_be_is_reported_and_left() {
    let site = folder(&[("content/posts", "not a folder")]);
    let before = site.everything();
    let failed = write_file(site.path(), "content/posts/a/index.md", b"x", Expected::Absent);
    assert!(matches!(failed, Err(SiteError::NotWritable { .. })), "{failed:?}");
    assert_eq!(site.everything(), before);
}

#[test]
fn a_folder_is_no_file_to_replace() {
    let site = folder(&[("a/b.md", "x")]);
    let before = site.everything();
    assert!(matches!(
        write_file(site.path(), "a", b"x", Expected::Absent),
        Err(SiteError::TargetExists { .. })
    ));
    assert!(matches!(write_file(site.path(), "a", b"x", is("")), Err(SiteError::NotWritable { .. })));
    assert_eq!(site.everything(), before);
}

#[test]
fn paths_out_of_the_site_write_nothing() {
    let site = folder(&[("site/a.md", "one")]);
    let before = site.everything();
    for rel in
        ["../x.md", "/tmp/postwright-x.md", "a/../../x.md", "", "con.md", "x.md.", ".git/hooks/pre-commit"]
    {
        let refused = write_file(&site.path().join("site"), rel, b"x", Expected::Absent);
        assert!(
            matches!(refused, Err(SiteError::OutsideSite { .. } | SiteError::BadPath { .. })),
            "{rel}: {refused:?}"
        );
    }
    assert_eq!(site.everything(), before);
}

#[test]
fn several_files_are_written_together() {
    let site = folder(&[("a.md", "one")]);
    let files = [
        put("a.md", "two", is("one")),
        put("b/c.md", "c", Expected::Absent),
        put("b/d.png", "d", Expected::Absent),
    ];
    write_all(site.path(), &files).unwrap();
    assert_eq!(site.text("a.md") + &site.text("b/c.md") + &site.text("b/d.png"), "twocd");
    assert_eq!(site.everything().len(), 4);
}

#[test]
fn a_failure_leaves_every_file_as_it_was() {
    let site = folder(&[("a.md", "one"), ("b.md", "b"), ("static", "a file")]);
    let before = site.everything();
    let first = [put("a.md", "two", is("one")), put("new/folder/c.md", "c", Expected::Absent)];
    let failures = [
        put("static/images/x.png", "x", Expected::Absent),
        put("b.md", "x", is("something else")),
        put("b.md", "x", Expected::Absent),
        put("../x.md", "x", Expected::Absent),
        put("new/folder/c.md", "again", Expected::Absent),
    ];
    for last in failures {
        let files = [first.as_slice(), std::slice::from_ref(&last)].concat();
        assert!(write_all(site.path(), &files).is_err(), "{}", last.path);
        assert_eq!(site.everything(), before, "{}", last.path);
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

    use super::*;

    #[test]
    fn mode_and_owner_are_kept() {
        let site = folder(&[("a.md", "one")]);
        let path = site.path().join("a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        // Only root may do this; for others the owner is theirs anyway.
        let given = chown(&path, Some(1234), Some(1235)).is_ok();
        write_file(site.path(), "a.md", b"two", is("one")).unwrap();
        let found = fs::metadata(&path).unwrap();
        assert_eq!(found.mode() & 0o7777, 0o640);
        assert!(!given || (found.uid(), found.gid()) == (1234, 1235));
        assert_eq!(found.nlink(), 1);
    }

    #[test]
    fn a_new_file_has_the_mode_of_any_new_file() {
        let site = folder(&[("other.md", "x")]);
        write_file(site.path(), "a.md", b"x", Expected::Absent).unwrap();
        let mode = |name: &str| fs::metadata(site.path().join(name)).unwrap().mode();
        assert_eq!(mode("a.md"), mode("other.md"));
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let site = folder(&[("a.md", "one")]);
        fs::set_permissions(site.path().join("a.md"), fs::Permissions::from_mode(0o444)).unwrap();
        let before = site.everything();
        assert!(matches!(
            write_file(site.path(), "a.md", b"two", is("one")),
            Err(SiteError::NotWritable { .. })
        ));
        assert_eq!(site.everything(), before);
    }

    #[test]
    fn a_read_only_folder_is_reported() {
        let site = folder(&[("posts/a.md", "one")]);
        let posts = site.path().join("posts");
        fs::set_permissions(&posts, fs::Permissions::from_mode(0o555)).unwrap();
        // Mode bits do not stop root; the test below stops everybody.
        let bits_hold = fs::write(posts.join("probe"), "x").is_err();
        let written = write_file(site.path(), "posts/a.md", b"two", is("one"));
        fs::set_permissions(&posts, fs::Permissions::from_mode(0o755)).unwrap();
        if bits_hold {
            assert!(matches!(written, Err(SiteError::NotWritable { .. })), "{written:?}");
            assert_eq!(site.text("posts/a.md"), "one");
        } else {
            skipped("no write is refused here: mode bits do not stop this user");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_takes_no_files_from_anybody_is_reported() {
        // The kernel's own folder, where not even root can make a file.
        let site = Path::new("/sys/kernel");
        if !site.is_dir() {
            skipped("there is no /sys here");
            return;
        }
        for rel in ["postwright-test.md", "postwright-test/a.md"] {
            let written = write_file(site, rel, b"x", Expected::Absent);
            assert!(matches!(written, Err(SiteError::NotWritable { .. })), "{written:?}");
        }
    }

    #[test]
    fn a_link_stays_a_link_and_its_target_is_written() {
        let site = folder(&[("real/a.md", "one")]);
        symlink("real/a.md", site.path().join("link.md")).unwrap();
        symlink("real", site.path().join("folder")).unwrap();
        write_file(site.path(), "link.md", b"two", is("one")).unwrap();
        assert!(fs::symlink_metadata(site.path().join("link.md")).unwrap().is_symlink());
        assert_eq!(site.text("real/a.md"), "two");
        write_file(site.path(), "folder/new/b.md", b"b", Expected::Absent).unwrap();
        assert_eq!(site.text("real/new/b.md"), "b");
    }

    #[test]
    fn links_that_leave_the_site_are_refused() {
        let outside = folder(&[("a.md", "theirs")]);
        let site = folder(&[(".git/config", "x")]);
        symlink(outside.path().join("a.md"), site.path().join("link.md")).unwrap();
        symlink(outside.path(), site.path().join("folder")).unwrap();
        symlink(outside.path().join("nothing.md"), site.path().join("dangling.md")).unwrap();
        symlink(".git", site.path().join("hooks")).unwrap();
        let before = outside.everything();
        for rel in ["link.md", "folder/a.md", "folder/new/a.md", "dangling.md"] {
            for expected in [Expected::Absent, is("theirs")] {
                let refused = write_file(site.path(), rel, b"x", expected);
                assert!(matches!(refused, Err(SiteError::OutsideSite { .. })), "{rel}: {refused:?}");
            }
        }
        let refused = write_file(site.path(), "hooks/post-commit", b"x", Expected::Absent);
        assert!(matches!(refused, Err(SiteError::BadPath { .. })), "{refused:?}");
        assert_eq!(outside.everything(), before);
    }
}
