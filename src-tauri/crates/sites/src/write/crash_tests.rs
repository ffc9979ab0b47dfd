//! Writes that are stopped at each of their steps, as a crash stops them, and failures of the disk at each.

use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering},
};

use proptest::prelude::*;

use super::*;
use crate::testing::{Folder, folder};

/// Fails at the step of a number and at all behind it: nothing more reaches the disk.
fn dies_at(last: usize) -> impl Fn(Step) -> io::Result<()> + Send + Sync {
    let taken = AtomicUsize::new(0);
    move |_| match taken.fetch_add(1, Ordering::SeqCst) {
        number if number < last => Ok(()),
        _ => Err(io::Error::other("died")),
    }
}

/// Fails at the step of a number alone.
fn fails_at(number: usize, kind: io::ErrorKind) -> impl Fn(Step) -> io::Result<()> + Send + Sync {
    let taken = AtomicUsize::new(0);
    move |_| if taken.fetch_add(1, Ordering::SeqCst) == number { Err(kind.into()) } else { Ok(()) }
}

/// How many steps a write takes.
fn steps_of(changes: &[FileChange], site: &Folder) -> usize {
    let taken = AtomicUsize::new(0);
    let intent = prepare(site.path(), changes).unwrap().intent;
    let count = |_| {
        taken.fetch_add(1, Ordering::SeqCst);
        Ok(())
    };
    apply(site.path(), changes, &intent, &count).unwrap();
    taken.into_inner()
}

type Everything = Vec<(String, Option<Vec<u8>>)>;

fn with_leftovers(site: &Folder) -> bool {
    site.everything().iter().any(|(name, _)| name.contains(ON_ITS_WAY))
}

/// A site with posts and a plan that adds, changes and removes some.
#[derive(Debug, Clone)]
struct Case {
    files: Vec<(String, String)>,
    changes: Vec<(String, Option<String>)>,
}

impl Case {
    fn site(&self) -> Folder {
        let files: Vec<(&str, &str)> =
            self.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        folder(&files)
    }

    fn changes(&self) -> Vec<FileChange> {
        let change = |(path, content): &(String, Option<String>)| {
            let there = self.files.iter().find(|(known, _)| known == path);
            let hash = there.map(|(_, text)| hash_of(text.as_bytes()));
            match (hash, content) {
                (None, None) => None,
                (None, Some(text)) => Some(FileChange::new(path, text.clone().into_bytes())),
                (Some(hash), Some(text)) => {
                    Some(FileChange::replacing(path, hash, text.clone().into_bytes()))
                }
                (Some(hash), None) => Some(FileChange::removing(path, hash)),
            }
        };
        self.changes.iter().filter_map(change).collect()
    }

    /// What the site holds before and afterwards.
    fn before_and_after(&self) -> (Everything, Everything) {
        let (site, changes) = (self.site(), self.changes());
        let before = site.everything();
        apply(site.path(), &changes, &prepare(site.path(), &changes).unwrap().intent, &all_steps).unwrap();
        (before, site.everything())
    }
}

fn a_case() -> Case {
    let owned = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
    Case {
        files: [("posts/a.md", "a"), ("posts/b.md", "b"), ("posts/c.md", "c")].map(owned).to_vec(),
        changes: vec![
            ("posts/new/index.md".to_owned(), Some("new".to_owned())),
            ("posts/new/img/x.png".to_owned(), Some("x".to_owned())),
            ("posts/a.md".to_owned(), Some("other a".to_owned())),
            ("posts/b.md".to_owned(), None),
        ],
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let path = prop::sample::select(vec!["a.md", "p/a.md", "p/b.md", "p/q/c.md", "s/x.png", "n/m/y.png"]);
    let files = prop::collection::btree_map(path.clone(), "[a-c]{0,3}", 0..5);
    let changes = prop::collection::btree_map(path, prop::option::of("[d-f]{0,3}"), 1..6);
    (files, changes).prop_map(|(files, changes)| Case {
        files: files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect(),
        changes: changes.into_iter().map(|(path, text)| (path.to_owned(), text)).collect(),
    })
}

#[test]
fn a_write_that_dies_at_any_step_is_wholly_done_or_wholly_not() {
    let case = a_case();
    let (before, after) = case.before_and_after();
    let (mut done, mut not) = (0, 0);
    for last in 0..=steps_of(&case.changes(), &case.site()) {
        let (site, changes) = (case.site(), case.changes());
        let intent = prepare(site.path(), &changes).unwrap().intent;
        let told = apply(site.path(), &changes, &intent, &dies_at(last));
        let settled = settle(site.path(), &intent, &all_steps).unwrap();
        let expected = if settled == Settled::Done { &after } else { &before };
        assert_eq!(&site.everything(), expected, "stopped before step {last}");
        assert!(told.is_err() || settled == Settled::Done, "step {last}: told to be done, and taken back");
        if settled == Settled::Done { done += 1 } else { not += 1 }
    }
    assert!(done > 2 && not > 2, "both happen: {done} {not}");
}

#[test]
fn settling_that_dies_at_any_step_is_settled_the_next_time() {
    let case = a_case();
    let (before, after) = case.before_and_after();
    for last in 0..=steps_of(&case.changes(), &case.site()) {
        for again in 0.. {
            let (site, changes) = (case.site(), case.changes());
            let intent = prepare(site.path(), &changes).unwrap().intent;
            let _ = apply(site.path(), &changes, &intent, &dies_at(last));
            let taken = AtomicUsize::new(0);
            let dies = |_| match taken.fetch_add(1, Ordering::SeqCst) {
                number if number < again => Ok(()),
                _ => Err(io::Error::other("died")),
            };
            let _ = settle(site.path(), &intent, &dies);
            settle(site.path(), &intent, &all_steps).unwrap();
            let now = site.everything();
            assert!(now == before || now == after, "step {last}, then {again}: {now:?}");
            if taken.into_inner() < again {
                break;
            }
        }
    }
}

#[test]
fn a_disk_that_fails_at_any_step_leaves_everything_as_it_was() {
    let case = a_case();
    let (before, after) = case.before_and_after();
    for kind in
        [io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::PermissionDenied]
    {
        for number in 0..steps_of(&case.changes(), &case.site()) {
            let (site, changes) = (case.site(), case.changes());
            let intent = prepare(site.path(), &changes).unwrap().intent;
            let failed = apply(site.path(), &changes, &intent, &fails_at(number, kind));
            let now: Everything =
                site.everything().into_iter().filter(|(name, _)| !name.contains(ON_ITS_WAY)).collect();
            match failed {
                Err(SiteError::NotWritable { .. } | SiteError::Io { .. }) => {
                    assert_eq!(now, before, "{kind} at step {number}");
                    assert!(!with_leftovers(&site), "{kind} at step {number}");
                }
                // All is in place; only the old names beside it could not be taken away.
                Ok(()) => assert_eq!(now, after, "{kind} at step {number}"),
                other => panic!("{kind} at step {number}: {other:?}"),
            }
        }
    }
}

#[test]
fn what_was_changed_meanwhile_is_never_overwritten() {
    let case = a_case();
    let (before, after) = case.before_and_after();
    for theirs in ["posts/new/index.md", "posts/a.md", "posts/b.md"] {
        for last in 0..=steps_of(&case.changes(), &case.site()) {
            let (site, changes) = (case.site(), case.changes());
            let intent = prepare(site.path(), &changes).unwrap().intent;
            let _ = apply(site.path(), &changes, &intent, &dies_at(last));
            site.put(theirs, b"theirs");
            let settled = settle(site.path(), &intent, &all_steps).unwrap();
            assert_eq!(site.text(theirs), "theirs", "stopped before step {last}");
            let others = |everything: &Everything| -> Everything {
                let folder_of_theirs = |name: &str| theirs.starts_with(&format!("{name}/"));
                let is_other = |name: &str| name != theirs && !folder_of_theirs(name);
                everything.iter().filter(|(name, _)| is_other(name)).cloned().collect()
            };
            let expected = match settled {
                Settled::Done => &after,
                Settled::TakenBack { changed } => {
                    assert_eq!(changed, [theirs]);
                    &before
                }
            };
            assert_eq!(others(&site.everything()), others(expected), "{theirs}, stopped before step {last}");
        }
    }
}

#[test]
fn leftovers_of_others_stay() {
    let case = a_case();
    let site = case.site();
    let changes = case.changes();
    site.put("posts/.postwright-0123456789abcdef-0.new", b"of another library");
    let intent = prepare(site.path(), &changes).unwrap().intent;
    let _ = apply(site.path(), &changes, &intent, &dies_at(8));
    settle(site.path(), &intent, &all_steps).unwrap();
    let left: Vec<String> = site.everything().into_iter().map(|(name, _)| name).collect();
    assert_eq!(left.iter().filter(|name| name.contains(ON_ITS_WAY)).count(), 1, "{left:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_plan_that_dies_anywhere_is_wholly_done_or_wholly_not(case in cases(), at in 0.0..1.0f64) {
        let (before, after) = case.before_and_after();
        let (site, changes) = (case.site(), case.changes());
        let steps = steps_of(&changes, &case.site());
        let intent = prepare(site.path(), &changes).unwrap().intent;
        let last = (at * (steps + 1) as f64) as usize;
        let _ = apply(site.path(), &changes, &intent, &dies_at(last));
        let settled = settle(site.path(), &intent, &all_steps).unwrap();
        let now = site.everything();
        let expected = if settled == Settled::Done { after } else { before };
        prop_assert_eq!(now, expected, "stopped before step {} of {}", last, steps);
    }
}
