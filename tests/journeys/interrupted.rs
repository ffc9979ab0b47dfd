//! Publishing that is cut short: by a crash at any step, or by a disk that fails at any.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use postwright_app::{AskBeforeStep, Step};
use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, Event, PublishChoices, Reply};
use proptest::prelude::*;

use super::drafts::base64_of;
use super::publishing::{desk_with_draft, plan};

/// Every file of a site.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A desk with a Hugo site and a draft with an image, ready to be published; then closed.
fn prepared() -> (tempfile::TempDir, u32, u32) {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    desk.app.close();
    (desk.folder, site, post)
}

fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut left = vec![folder.to_owned()];
    while let Some(inner) = left.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(path).unwrap());
            }
        }
    }
    files
}

fn publish(desk: &Desk, site: u32, post: u32) -> Result<wire::Published, wire::Error> {
    let choices = PublishChoices::default();
    let fingerprint = plan(desk, post, site, choices.clone()).fingerprint;
    match desk.app.answer(Call::Publish(wire::Publish { post, site, choices, fingerprint }))? {
        Reply::Publish(published) => Ok(published),
        _ => unreachable!(),
    }
}

fn undo(desk: &Desk, publication: u32) -> Result<wire::PublishUndone, wire::Error> {
    match desk.app.answer(Call::UndoPublish(wire::UndoPublish { publication }))? {
        Reply::UndoPublish(undone) => Ok(undone),
        _ => unreachable!(),
    }
}

fn opened(desk: &Desk, post: u32) -> wire::OpenedPost {
    match desk.call(Call::OpenPost(wire::OpenPost { post })) {
        Reply::OpenPost(opened) => opened,
        _ => unreachable!(),
    }
}

/// The site is wholly as before or wholly as planned, and the library says the same. Answers whether it is planned.
#[track_caller]
fn agree(desk: &Desk, post: u32, before: &Files, after: &Files, when: &str) -> bool {
    let now = files_in(&desk.path("site"));
    let opened = opened(desk, post);
    let is_published = now == *after;
    assert!(is_published || now == *before, "{when}: {:?}", now.keys());
    assert_eq!(opened.file.is_some(), is_published, "{when}: what the library says of the file");
    if let Some(file) = opened.file {
        assert_eq!(opened.text.as_bytes(), now[Path::new(&file.path)], "{when}: text and file");
        assert!(!opened.differs_from_file && opened.outside.is_none(), "{when}");
    }
    is_published
}

/// The site before and after its publication, and how many steps that takes.
fn before_after_and_steps() -> (Files, Files, usize) {
    let (folder, site, post) = prepared();
    let before = files_in(&folder.path().join("site"));
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let desk = Desk::in_steps(
        folder,
        Arc::new(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }),
    );
    publish(&desk, site, post).unwrap();
    (before, files_in(&desk.path("site")), taken.load(Ordering::SeqCst))
}

fn dies_at(last: usize) -> Arc<AskBeforeStep> {
    let taken = AtomicUsize::new(0);
    Arc::new(move |_| match taken.fetch_add(1, Ordering::SeqCst) {
        number if number < last => Ok(()),
        _ => Err(io::Error::other("died")),
    })
}

#[test]
fn a_publication_that_dies_at_any_step_is_settled_at_the_next_start() {
    let (before, after, steps) = before_after_and_steps();
    let (mut published, mut not) = (0, 0);
    for last in 0..=steps {
        let (folder, site, post) = prepared();
        let desk = Desk::in_steps(folder, dies_at(last));
        let told = publish(&desk, site, post);
        let desk = desk.after_a_crash();
        let is_published = agree(&desk, post, &before, &after, &format!("step {last} of {steps}"));
        assert!(told.is_err() || is_published, "step {last}: told to be published, and is not");
        if is_published {
            published += 1
        } else {
            not += 1
        }
        let repeated = if is_published { Ok(()) } else { publish(&desk, site, post).map(|_| ()) };
        repeated.unwrap();
        assert_eq!(files_in(&desk.path("site")), after, "what was taken back can be published again");
    }
    assert!(published > 2 && not > 5, "both happen: {published} and {not}");
}

#[test]
fn an_undo_that_dies_at_any_step_is_settled_at_the_next_start() {
    let (before, after, steps) = before_after_and_steps();
    for last in 0..=steps {
        let (folder, site, post) = prepared();
        let desk = Desk::in_folder(folder);
        let publication = publish(&desk, site, post).unwrap().publication;
        let desk = desk.crashed_into(dies_at(last));
        let told = undo(&desk, publication);
        let desk = desk.after_a_crash();
        let is_published = agree(&desk, post, &before, &after, &format!("step {last}"));
        assert!(told.is_err() || !is_published, "step {last}");
    }
}

#[test]
fn the_writer_is_told_what_became_of_it() {
    let (_, _, steps) = before_after_and_steps();
    for last in [3, steps - 1] {
        let (folder, site, post) = prepared();
        let desk = Desk::in_steps(folder, dies_at(last));
        let _ = publish(&desk, site, post);
        let desk = desk.after_a_crash();
        desk.call(Call::Start(wire::Start { languages: Vec::new() }));
        let told = desk.wait_for(|event| matches!(event, Event::Failed(_)));
        assert!(matches!(told, Event::Failed(error) if error.code == ErrorCode::Interrupted));
    }
}

#[test]
fn a_site_that_comes_back_is_settled_when_it_is_opened() {
    let (before, after, steps) = before_after_and_steps();
    let (folder, site, post) = prepared();
    let desk = Desk::in_steps(folder, dies_at(steps / 2));
    let _ = publish(&desk, site, post);
    std::fs::rename(desk.path("site"), desk.path("away")).unwrap();
    let desk = desk.after_a_crash();
    std::fs::rename(desk.path("away"), desk.path("site")).unwrap();
    desk.call(Call::ListSitePosts(wire::ListSitePosts { site }));
    agree(&desk, post, &before, &after, "after the site came back");
}

#[test]
fn a_disk_that_fails_at_any_step_publishes_nothing_and_says_so() {
    let (before, after, steps) = before_after_and_steps();
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::Other] {
        for number in 0..steps {
            let (folder, site, post) = prepared();
            let taken = AtomicUsize::new(0);
            let fails = move |_: Step| match taken.fetch_add(1, Ordering::SeqCst) {
                at if at == number => Err(kind.into()),
                _ => Ok(()),
            };
            let desk = Desk::in_steps(folder, Arc::new(fails));
            let told = publish(&desk, site, post);
            let now: Files = files_in(&desk.path("site"));
            let real: Files = now
                .into_iter()
                .filter(|(path, _)| !path.to_string_lossy().contains(".postwright-"))
                .collect();
            assert_eq!(&real, if told.is_ok() { &after } else { &before }, "{kind} at step {number}");
            // What the library could not note at once, it notes when the site is opened again.
            desk.call(Call::ListSitePosts(wire::ListSitePosts { site }));
            let opened = opened(&desk, post);
            assert_eq!(opened.file.is_some(), told.is_ok(), "{kind} at step {number}");
        }
    }
    postwright_testkit::figure(&format!(
        "R3: a disk that is full, read-only or broken at one of the {steps} steps of a publication: {} cases, 0 truncated \
         files, 0 false \"saved\"",
        3 * steps
    ));
}

const DIE_AT: &str = "POSTWRIGHT_TEST_DIE_AT";
const DIE_IN: &str = "POSTWRIGHT_TEST_DIE_IN";

/// Not a test of its own: what the killed process does. Without the variables there is nothing to do.
#[test]
fn publishes_until_it_dies() {
    let (Some(at), Some(folder)) = (std::env::var_os(DIE_AT), std::env::var_os(DIE_IN)) else { return };
    let last: usize = at.to_str().unwrap().parse().unwrap();
    let taken = AtomicUsize::new(0);
    let dies = move |_: Step| {
        if taken.fetch_add(1, Ordering::SeqCst) == last {
            std::process::abort();
        }
        Ok(())
    };
    let desk = Desk::in_borrowed_folder(Path::new(&folder), Arc::new(dies));
    let published = publish(&desk, 1, 1).unwrap();
    println!("published {}", published.publication);
}

#[test]
fn a_process_that_is_killed_at_any_step_leaves_the_site_whole() {
    let (before, after, steps) = before_after_and_steps();
    for last in 0..=steps {
        let (folder, site, post) = prepared();
        assert_eq!((site, post), (1, 1));
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "interrupted::publishes_until_it_dies", "--nocapture"])
            .env(DIE_AT, last.to_string())
            .env(DIE_IN, folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&child.stdout).contains("published 1");
        assert_eq!(child.status.success(), last == steps, "it was killed before step {last}");
        let desk = Desk::in_folder(folder);
        let is_published =
            agree(&desk, post, &before, &after, &format!("killed before step {last} of {steps}"));
        assert!(is_published || !told);
    }
}

/// A draft, the site that it goes into, and when everything stops.
#[derive(Debug, Clone)]
struct Case {
    jekyll: bool,
    bundle: bool,
    images: usize,
    front_matter: bool,
    at: f64,
}

fn cases() -> impl Strategy<Value = Case> {
    (any::<bool>(), any::<bool>(), 0..4_usize, any::<bool>(), 0.0..1.0_f64).prop_map(
        |(jekyll, bundle, images, front_matter, at)| Case { jekyll, bundle, images, front_matter, at },
    )
}

impl Case {
    fn desk(&self, folder: tempfile::TempDir, steps: Arc<AskBeforeStep>) -> (Desk, u32, u32, PublishChoices) {
        let desk = Desk::in_steps(folder, steps);
        let site = desk.path("site");
        if self.jekyll {
            postwright_testkit::jekyll_site(&site)
        } else {
            postwright_testkit::hugo_site(&site)
        }
        let site = desk.app.add_site(&site).unwrap().site;
        let front_matter = if self.front_matter { "---\ntitle: 글\ntags: [a]\n---\n" } else { "# 글\n" };
        let images: String = (0..self.images).map(|number| format!("\n![](image-{number}.png)\n")).collect();
        let post = desk.draft(&format!("{front_matter}{images}")).post;
        for number in 0..self.images {
            let name = format!("image-{number}.png");
            let bytes = [postwright_testkit::PNG, number.to_string().as_bytes()].concat();
            desk.call(Call::AddImage(wire::AddImage { post, name, base64: base64_of(&bytes) }));
        }
        let layout = if self.bundle { wire::PostLayout::Bundle } else { wire::PostLayout::File };
        (desk, site, post, PublishChoices { layout: Some(layout), ..PublishChoices::default() })
    }

    /// Publishes, stopped before a step; the desk afterwards.
    fn publish(&self, stop: Option<usize>) -> (Desk, u32, Files, bool, usize) {
        let taken = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&taken);
        let steps = move |_: Step| match (counted.fetch_add(1, Ordering::SeqCst), stop) {
            (number, Some(stop)) if number >= stop => Err(io::Error::other("died")),
            _ => Ok(()),
        };
        let (desk, site, post, choices) = self.desk(tempfile::tempdir().unwrap(), Arc::new(steps));
        let before = files_in(&desk.path("site"));
        let fingerprint = plan(&desk, post, site, choices.clone()).fingerprint;
        let told = desk.app.answer(Call::Publish(wire::Publish { post, site, choices, fingerprint })).is_ok();
        (desk, post, before, told, taken.load(Ordering::SeqCst))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_publication_that_dies_anywhere_is_whole(case in cases()) {
        let (desk, _, before, told, steps) = case.publish(None);
        prop_assert!(told);
        let after = files_in(&desk.path("site"));
        let (desk, post, _, told, _) = case.publish(Some((case.at * (steps + 1) as f64) as usize));
        let desk = desk.after_a_crash();
        let is_published = agree(&desk, post, &before, &after, "somewhere");
        prop_assert!(is_published || !told);
    }
}
