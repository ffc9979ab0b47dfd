//! Publishing into a disk that is full, or that takes no writes, or that becomes so in the middle: a small one of its own.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use postwright_testkit::{figure, skipped};
use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, PublishChoices};

use super::drafts::base64_of;
use super::publishing::{everything, plan};

/// A small disk, as long as it is held.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// None, and said so, where nobody may mount one.
    fn at(folder: &'a Path) -> Option<Self> {
        std::fs::create_dir_all(folder).unwrap();
        let mounted = cfg!(target_os = "linux")
            && mount(&["-t", "tmpfs", "-o", "size=128k", "tmpfs", &folder.to_string_lossy()]);
        if !mounted {
            skipped("no small disk can be mounted here");
        }
        mounted.then_some(Self(folder))
    }

    fn is_writable(&self, writable: bool) {
        let mode = if writable { "remount,rw,size=128k" } else { "remount,ro" };
        assert!(mount(&["-o", mode, &self.0.to_string_lossy()]));
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

fn mount(arguments: &[&str]) -> bool {
    Command::new("mount").args(arguments).output().is_ok_and(|output| output.status.success())
}

fn publish(desk: &Desk, site: u32, post: u32) -> Result<(), wire::Error> {
    let choices = PublishChoices::default();
    let fingerprint = plan(desk, post, site, choices.clone()).fingerprint;
    desk.app.answer(Call::Publish(wire::Publish { post, site, choices, fingerprint })).map(|_| ())
}

#[test]
fn a_full_or_read_only_disk_keeps_what_it_has_and_nothing_is_called_published() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let Some(disk) = SmallDisk::at(&root) else { return };
    let desk = Desk::new();
    postwright_testkit::hugo_site(&root);
    let site = desk.app.add_site(&root).unwrap().site;
    let post = desk.draft("# 큰 그림\n\n![](big.png)\n").post;
    let big = [postwright_testkit::PNG, &vec![7; 200_000]].concat();
    let add = wire::AddImage { post, name: "big.png".to_owned(), base64: base64_of(&big) };
    desk.call(Call::AddImage(add));
    let before = everything(&root);

    let full = publish(&desk, site, post).unwrap_err();
    assert_eq!(everything(&root), before, "{full:?}");
    let no_file = |desk: &Desk| match desk.call(Call::OpenPost(wire::OpenPost { post })) {
        wire::Reply::OpenPost(opened) => assert_eq!(opened.file, None),
        _ => unreachable!(),
    };
    no_file(&desk);

    disk.is_writable(false);
    let refused = publish(&desk, site, post).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotWritable);
    assert_eq!(everything(&root), before);
    disk.is_writable(true);

    // A post that is there is saved as little: the old text stays whole.
    let opened = desk.open_site_post(site, "content/posts/first-post/index.md");
    let long = "가".repeat(100_000);
    desk.edit(opened.post, 0, 0, 0, &long);
    desk.save(opened.post).unwrap_err();
    assert_eq!(everything(&root), before);
    let desk = desk.restarted();
    assert_eq!(
        desk.app.text_of(opened.post).unwrap(),
        long + &opened.text,
        "and nothing that was typed is lost"
    );
    no_file(&desk);
}

/// What the disk comes to be, from one step of a write on.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    Full,
    ReadOnly,
}

impl Trouble {
    /// Answers whether it came: nobody can make a disk read-only while a file on it is being written.
    fn comes_to(self, disk: &Path) -> bool {
        match self {
            Self::ReadOnly => mount(&["-o", "remount,ro", &disk.to_string_lossy()]),
            Self::Full => {
                // To the last byte: the half of what is left each time that it is too much.
                let mut size = 128 * 1024;
                let mut filler = std::fs::File::create(disk.join(FILLER)).unwrap();
                while size > 0 {
                    match filler.write(&vec![0; size]) {
                        Ok(written) if written > 0 => {}
                        _ => size /= 2,
                    }
                }
                true
            }
        }
    }

    fn goes_from(self, disk: &Path) {
        match self {
            Self::ReadOnly => assert!(mount(&["-o", "remount,rw,size=128k", &disk.to_string_lossy()])),
            Self::Full => std::fs::remove_file(disk.join(FILLER)).unwrap(),
        }
    }
}

/// Beside the site, on the same disk.
const FILLER: &str = "filler";
const SAVED: &str = "content/posts/first-post/index.md";

#[derive(Debug, Clone, Copy)]
enum Export {
    Publication,
    Save,
}

/// What became of an export in trouble.
struct Outcome {
    /// The trouble came.
    came: bool,
    told_done: bool,
    is_done: bool,
    /// Second names of old files that stay.
    left_over: usize,
}

#[test]
fn a_disk_that_fills_up_or_turns_read_only_before_any_step_tears_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("disk");
    if SmallDisk::at(&root).is_none() {
        return;
    }
    let (mut cases, mut done, mut busy, mut left_over) = (0, 0, 0, 0);
    for export in [Export::Publication, Export::Save] {
        let (before, after) = before_and_after(&root, export);
        for trouble in [Trouble::Full, Trouble::ReadOnly] {
            let mut step = 0;
            while let Some(outcome) = in_trouble(&root, export, trouble, step, &before, &after) {
                step += 1;
                busy += usize::from(!outcome.came);
                cases += usize::from(outcome.came);
                done += usize::from(outcome.is_done);
                left_over += outcome.left_over;
                assert!(
                    outcome.is_done || !outcome.told_done,
                    "{export:?}, {trouble:?} before step {step}: false \"done\""
                );
            }
            assert!(step > 4, "{export:?} takes {step} steps");
        }
    }
    figure(&format!(
        "R3: a small disk that is full or read-only from any step of a publication or a save on: {cases} cases, 0 truncated \
         files, 0 false \"saved\" ({done} were done all the same; {left_over} left the hidden second name of an old file \
         behind; {busy} steps during which no disk can be made read-only)"
    ));
}

type Files = std::collections::BTreeMap<String, Option<Vec<u8>>>;

/// Without folders: an empty one that was made cannot be taken away from a disk that takes no writes.
fn files_of(site: &Path) -> Files {
    everything(site).into_iter().filter(|(_, bytes)| bytes.is_some()).collect()
}

fn site_on(root: &Path) -> std::path::PathBuf {
    root.join("site")
}

/// A desk whose library is on another disk than its site, and the post to be exported.
fn desk_at(root: &Path, export: Export, steps: Arc<postwright_app::AskBeforeStep>) -> (Desk, u32, u32) {
    postwright_testkit::hugo_site(&site_on(root));
    let desk = Desk::in_steps(tempfile::tempdir().unwrap(), steps);
    let site = desk.app.add_site(&site_on(root)).unwrap().site;
    let post = match export {
        Export::Publication => {
            let post = desk.draft("# 글\n\n![](dot.png)\n").post;
            let base64 = base64_of(postwright_testkit::PNG);
            desk.call(Call::AddImage(wire::AddImage { post, name: "dot.png".to_owned(), base64 }));
            post
        }
        Export::Save => {
            let opened = desk.open_site_post(site, SAVED);
            desk.edit(opened.post, opened.revision, 0, 0, &"<!-- 더 긴 글 -->\n".repeat(400));
            opened.post
        }
    };
    (desk, site, post)
}

fn exported(desk: &Desk, export: Export, site: u32, post: u32) -> bool {
    match export {
        Export::Publication => publish(desk, site, post).is_ok(),
        Export::Save => desk.save(post).is_ok(),
    }
}

fn before_and_after(root: &Path, export: Export) -> (Files, Files) {
    let _disk = SmallDisk::at(root).unwrap();
    let (desk, site, post) = desk_at(root, export, Arc::new(|_| Ok(())));
    let before = files_of(&site_on(root));
    assert!(exported(&desk, export, site, post));
    (before, files_of(&site_on(root)))
}

/// None if the export has no such step.
fn in_trouble(
    root: &Path,
    export: Export,
    trouble: Trouble,
    step: usize,
    before: &Files,
    after: &Files,
) -> Option<Outcome> {
    let _disk = SmallDisk::at(root).unwrap();
    let (taken, came) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (count, comes, disk) = (Arc::clone(&taken), Arc::clone(&came), root.to_owned());
    let steps = move |_| {
        if count.fetch_add(1, Ordering::SeqCst) == step && trouble.comes_to(&disk) {
            comes.store(1, Ordering::SeqCst);
        }
        Ok(())
    };
    let (desk, site, post) = desk_at(root, export, Arc::new(steps));
    let told_done = exported(&desk, export, site, post);
    if taken.load(Ordering::SeqCst) <= step {
        return None;
    }
    let came = came.load(Ordering::SeqCst) == 1;
    let case = format!("{export:?}, {trouble:?} before step {step}");
    // While the disk is in trouble, every file is whole: the one of before, or the one of after.
    for (path, bytes) in files_of(&site_on(root)).iter().filter(|(path, _)| !path.contains(".postwright-")) {
        let is_whole = [before, after].iter().any(|files| files.get(path) == Some(bytes));
        assert!(is_whole, "{case}: {path} is torn");
    }
    if came {
        trouble.goes_from(root);
    }
    // And when the disk is well again, at the latest at the next start, all of the site is one or the other.
    let desk = desk.restarted();
    desk.call(Call::ListSitePosts(wire::ListSitePosts { site }));
    let mut now = files_of(&site_on(root));
    let all = now.len();
    // Only this may be left: the second name of an old file, where the disk took no writes any more when all was done.
    now.retain(|path, _| !path.ends_with(".old"));
    let is_done = now == *after;
    assert!(is_done || now == *before, "{case}: {:?}", now.keys());
    let left_over = all - now.len();
    assert!(
        left_over == 0 || told_done && matches!(trouble, Trouble::ReadOnly),
        "{case}: {left_over} left over"
    );
    let wire::Reply::OpenPost(opened) = desk.call(Call::OpenPost(wire::OpenPost { post })) else {
        unreachable!()
    };
    assert!(opened.text.contains("글"), "{case}: nothing that was typed is lost");
    Some(Outcome { came, told_done, is_done, left_over })
}
