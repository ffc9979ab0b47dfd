//! Budgets R4 and R5: a file that is written outside under unsaved changes, in every way that programs write files, is
//! never overwritten silently, and both texts can be had; and own saves are no news.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use postwright_testkit::figure;
use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, Event, MergedOutside, OutsidePick, Reply};

use super::sites::hugo_desk;

const PATH: &str = "content/posts/outside.md";
const TEXT: &str = "---\ntitle: Outside\n---\n\nfirst line\n\nmiddle\n\nlast line\n";
const OWN_SAVES: usize = 60;

/// How programs write a file that is there.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Emptied and filled again: `>` in a shell, nano.
    InPlace,
    /// A new file renamed over it: most editors, git.
    RenamedOver,
    /// The old one renamed to a backup, a new one written, the backup removed: Vim.
    LikeVim,
    /// In place, as long as before, and with the time of before: what a look at size and time does not find.
    SameSizeAndTime,
}

impl Way {
    const ALL: [Self; 4] = [Self::InPlace, Self::RenamedOver, Self::LikeVim, Self::SameSizeAndTime];

    fn write(self, path: &Path, text: &str) {
        match self {
            Self::InPlace => fs::write(path, text).unwrap(),
            Self::RenamedOver => {
                let beside = path.with_extension("new");
                fs::write(&beside, text).unwrap();
                fs::rename(beside, path).unwrap();
            }
            Self::LikeVim => {
                let backup = path.with_extension("md~");
                fs::rename(path, &backup).unwrap();
                fs::write(path, text).unwrap();
                fs::remove_file(backup).unwrap();
            }
            Self::SameSizeAndTime => {
                let before = fs::metadata(path).unwrap();
                assert_eq!(before.len(), text.len() as u64);
                let mut file = File::options().write(true).open(path).unwrap();
                file.write_all(text.as_bytes()).unwrap();
                file.set_modified(before.modified().unwrap()).unwrap();
                assert_eq!(fs::metadata(path).unwrap().modified().unwrap(), before.modified().unwrap());
            }
        }
    }
}

/// What the writer does when it happens.
#[derive(Debug, Clone, Copy)]
enum When {
    /// Saves after having been told.
    Told,
    /// Saves in the same moment.
    AtOnce,
    /// Had closed the app.
    Closed,
}

#[test]
fn no_way_of_writing_a_file_outside_is_overwritten_silently() {
    let mut cases = 0;
    for way in Way::ALL {
        for when in [When::Told, When::AtOnce, When::Closed] {
            for theirs in [TEXT.replace("last", "LAST"), TEXT.replace("first", "FIRST")] {
                one_case(way, when, &theirs);
                cases += 1;
            }
        }
    }
    figure(&format!(
        "R4: {cases} outside edits under unsaved changes (written in place, renamed over, like Vim, of the same size and \
         time; told, at once, while closed; another line, the same line): 0 silent overwrites, both texts had back each time"
    ));
}

fn one_case(way: Way, when: When, theirs: &str) {
    let case = format!(
        "{way:?}, {when:?}, {}",
        if theirs.contains("LAST") { "another line" } else { "the same line" }
    );
    let (desk, site) = hugo_desk();
    let path = desk.file(&format!("site/{PATH}"), TEXT);
    let post = desk.open_site_post(site, PATH);
    let at = TEXT.find("first").unwrap() as u32;
    desk.edit(post.post, post.revision, at, at, "my ");
    let mine = TEXT.replace("first", "my first");
    let desk = match when {
        When::Told => {
            way.write(&path, theirs);
            desk.wait_for(|event| matches!(event, Event::FileChanged(_)));
            desk
        }
        When::AtOnce => {
            way.write(&path, theirs);
            desk
        }
        When::Closed => {
            desk.app.close();
            way.write(&path, theirs);
            desk.restarted()
        }
    };
    let path = desk.path("site").join(PATH);
    let post = desk.open_site_post(site, PATH);
    assert!(desk.save(post.post).is_err(), "{case}: saved over it");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs, "{case}");
    assert_eq!(desk.app.text_of(post.post).unwrap(), mine, "{case}");
    let (changes, hash) = taken_over(&desk, &post, &case);
    desk.apply_and_take_over(post.post, post.revision, changes, hash);
    desk.save(post.post).unwrap();
    let saved = fs::read_to_string(&path).unwrap();
    let theirs = if theirs.contains("LAST") { "LAST line" } else { "FIRST line" };
    assert!(saved.contains("my first line") && saved.contains(theirs), "{case}: {saved}");
}

/// What brings the other text in; of a conflict, both sides of it.
fn taken_over(desk: &Desk, post: &wire::OpenedPost, case: &str) -> (Vec<wire::Change>, String) {
    let ask = |picks| {
        let ask = wire::MergeOutside { post: post.post, base: post.revision, picks };
        match desk.call(Call::MergeOutside(ask)) {
            Reply::MergeOutside(merged) => merged,
            other => panic!("{case}: {other:?}"),
        }
    };
    let merged = match ask(None) {
        MergedOutside::Conflicts(conflicts) => {
            let is_conflict = |hunk: &&wire::OutsideHunk| hunk.kind == wire::OutsideHunkKind::Conflict;
            let hunk = conflicts.hunks.iter().find(is_conflict).unwrap();
            assert_eq!(
                (hunk.mine.as_str(), hunk.theirs.as_str()),
                ("my first line\n", "FIRST line\n"),
                "{case}"
            );
            ask(Some(wire::OutsidePicks { hash: conflicts.hash, picks: vec![OutsidePick::Both] }))
        }
        merged => merged,
    };
    match merged {
        MergedOutside::Changes(taken) => (taken.changes, taken.takes_over),
        other => panic!("{case}: {other:?}"),
    }
}

#[test]
fn own_saves_in_quick_succession_are_no_news() {
    let (desk, site) = hugo_desk();
    desk.file(&format!("site/{PATH}"), TEXT);
    let post = desk.open_site_post(site, PATH);
    let mut revision = post.revision;
    let mut refused = 0;
    for round in 0..OWN_SAVES {
        let at = TEXT.find("middle").unwrap() as u32;
        revision = desk.edit(post.post, revision, at, at, &format!("{round} ")).revision;
        refused += usize::from(desk.save(post.post).is_err());
        // Of some, the watch hears while the next is on its way; of some, before.
        std::thread::sleep(Duration::from_millis([0, 40, 350][round % 3]));
    }
    assert_eq!(refused, 0, "no save was taken for somebody else's");
    // Whatever is late has come by the time that a change of another file is told.
    std::thread::sleep(Duration::from_millis(700));
    desk.file("site/content/posts/marker.md", "after");
    std::thread::sleep(Duration::from_millis(700));
    let told = desk.heard(|event| matches!(event, Event::FileChanged(_)));
    assert_eq!(told, 0, "own saves told as news");
    figure(&format!(
        "R5: {OWN_SAVES} own saves in quick succession: {told} told as changes outside, {refused} conflicts"
    ));
}
