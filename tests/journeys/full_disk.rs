//! Publishing into a disk that is full, or that takes no writes: a small one of its own.

use std::path::Path;
use std::process::Command;

use postwright_testkit::skipped;
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
