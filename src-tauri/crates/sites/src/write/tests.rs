use std::fs;

use postwright_testkit::skipped;

use super::*;
use crate::testing::folder;

fn put(path: &str, bytes: &str, expected: Expected) -> FileToWrite {
    FileToWrite { path: path.to_owned(), bytes: bytes.as_bytes().to_vec(), expected }
}

fn is(text: &str) -> Expected {
    Expected::Hash(hash_of(text.as_bytes()))
}

#[test]
fn a_new_file_and_its_folders_are_made() {
    let site = folder(&[]);
    let written = write_file(site.path(), "content/글/a/index.md", b"hello", Expected::Absent).unwrap();
    assert_eq!(written.hash, hash_of(b"hello"));
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
    let (mut step, expected) = (Step::default(), is("one"));
    let replacing = step.stage(site.path(), "a.md", b"two", &expected).unwrap();
    let creating = step.stage(site.path(), "new/b.md", b"two", &Expected::Absent).unwrap();
    site.put("a.md", b"theirs");
    site.put("new/b.md", b"theirs");
    assert!(matches!(step.place(replacing), Err(SiteError::ChangedOutside { .. })));
    let error = step.place(creating).unwrap_err();
    assert!(matches!(step.undo(error), SiteError::TargetExists { .. }));
    assert_eq!(
        site.everything(),
        [
            ("a.md".to_owned(), Some(b"theirs".to_vec())),
            ("new".to_owned(), None),
            ("new/b.md".to_owned(), Some(b"theirs".to_vec()))
        ]
    );
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
    let written = apply(site.path(), &files).unwrap();
    assert_eq!(
        written.iter().map(|w| w.hash.clone()).collect::<Vec<_>>(),
        ["two", "c", "d"].map(|t| hash_of(t.as_bytes()))
    );
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
        // Fails only when the files before it are in their places.
        put("new/folder/c.md", "again", Expected::Absent),
    ];
    for last in failures {
        let files = [first.as_slice(), std::slice::from_ref(&last)].concat();
        assert!(apply(site.path(), &files).is_err(), "{}", last.path);
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
