//! Backups: made, looked into, brought back; and a damaged library that opens by way of one.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use postwright_tests::desk::{self, Desk};
use postwright_wire::{self as wire, BackupDraftNow, BackupList, Call, ErrorCode, Event, Reply};

fn back_up(desk: &Desk) -> BackupList {
    let Reply::BackUpNow(list) = desk.call(Call::BackUpNow(wire::BackUpNow {})) else { unreachable!() };
    list
}

/// The drafts' numbers and texts.
fn texts(desk: &Desk) -> Vec<(u32, String)> {
    let mut texts: Vec<_> = desk
        .app
        .drafts(None)
        .unwrap()
        .drafts
        .iter()
        .map(|row| (row.post, desk.app.text_of(row.post).unwrap()))
        .collect();
    texts.sort();
    texts
}

fn start(desk: &Desk) {
    desk.call(Call::Start(wire::Start { languages: vec![] }));
}

/// Closes the desk, changes its library's file, and opens it again.
fn with_library_changed(desk: Desk, change: impl FnOnce(&Path)) -> Desk {
    let library = desk.path("library.db");
    desk.app.close();
    let Desk { app, folder, .. } = desk;
    drop(app);
    wait_until_closed(&library);
    change(&library);
    Desk::in_folder(folder)
}

/// A thread of the core's may hold the library a moment longer than the desk.
fn wait_until_closed(library: &Path) {
    let lock = fs::File::open(library.with_extension("db.lock")).unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while lock.try_lock().is_err() {
        assert!(Instant::now() < until, "the library stays open");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_backup_is_listed_and_says_what_differs_by_now() {
    let desk = Desk::new();
    let [same, other, gone, trashed] =
        ["# Same", "# Other", "# Gone", "# Trashed"].map(|text| desk.draft(text).post);
    let list = back_up(&desk);
    assert_eq!(list.backups.len(), 1);
    assert!(list.beside_library && list.backups[0].name.ends_with(".backup") && list.backups[0].size > 0);

    desk.edit(other, 0, 0, 0, "x");
    desk.call(Call::TrashDraft(wire::TrashDraft { post: trashed }));
    let name = list.backups[0].name.clone();
    let Reply::LookIntoBackup(contents) = desk.call(Call::LookIntoBackup(wire::LookIntoBackup { name }))
    else {
        unreachable!()
    };
    let now = |post| contents.drafts.iter().find(|draft| draft.post == post).unwrap().now;
    assert_eq!(
        [same, other, gone, trashed].map(now),
        [BackupDraftNow::Same, BackupDraftNow::Different, BackupDraftNow::Same, BackupDraftNow::Trashed]
    );
    assert_eq!(contents.drafts.iter().find(|draft| draft.post == gone).unwrap().title, "Gone");
}

#[test]
fn a_draft_comes_back_from_a_backup_beside_what_is_there() {
    let desk = Desk::new();
    let post = desk.draft("as it was").post;
    let name = back_up(&desk).backups[0].name.clone();
    desk.edit(post, 0, 0, 9, "ruined");
    let take = wire::TakeFromBackup { name, posts: vec![post] };
    let Reply::TakeFromBackup(taken) = desk.call(Call::TakeFromBackup(take)) else { unreachable!() };
    assert_eq!(taken.drafts.len(), 1);
    assert_eq!(texts(&desk), [(post, "ruined".to_owned()), (taken.drafts[0].post, "as it was".to_owned())]);
}

#[test]
fn a_restored_backup_is_the_library_after_the_restart_and_the_former_one_is_kept() {
    let desk = Desk::new();
    desk.draft("in the backup");
    let name = back_up(&desk).backups[0].name.clone();
    desk.draft("after the backup");
    let restore = Call::RestoreBackup(wire::RestoreBackup { name });
    let Reply::RestoreBackup(restored) = desk.call(restore) else { unreachable!() };
    desk.draft("typed before the restart");
    let desk = desk.restarted();
    assert_eq!(texts(&desk), [(1, "in the backup".to_owned())]);
    let kept = desk::open(Path::new(&restored.kept), Arc::default()).unwrap();
    assert_eq!(kept.drafts(None).unwrap().drafts.len(), 3);
}

#[test]
fn what_came_after_a_restored_backup_does_not_come_back_from_a_newer_one() {
    let desk = Desk::new();
    desk.draft("old");
    let name = back_up(&desk).backups[0].name.clone();
    let oldest = desk.path("library.db.backups").join(&name);
    let kept_aside = desk.path("aside");
    fs::rename(&oldest, &kept_aside).unwrap();
    desk.draft("new");
    back_up(&desk);
    // The clock of these tests stands still, so the older backup gets the name of an hour before.
    fs::rename(&kept_aside, oldest.with_file_name("library-20261121T020000Z.backup")).unwrap();
    let restore = wire::RestoreBackup { name: "library-20261121T020000Z.backup".to_owned() };
    desk.call(Call::RestoreBackup(restore));
    let desk = desk.restarted();
    assert_eq!(texts(&desk), [(1, "old".to_owned())]);
}

#[test]
fn a_recovery_that_was_cut_short_goes_on_at_the_next_start() {
    let desk = Desk::new();
    desk.draft("in the backup");
    back_up(&desk);
    desk.draft("after the backup");
    let desk = with_library_changed(desk, |library| {
        // As a start leaves it that was killed before it brought anything over.
        let kept = library.with_extension("db.damaged-1");
        fs::rename(library, &kept).unwrap();
        let backup = fs::read_dir(library.with_extension("db.backups")).unwrap().next().unwrap().unwrap();
        fs::copy(backup.path(), library).unwrap();
        fs::write(library.with_extension("db.salvage"), kept.to_str().unwrap()).unwrap();
    });
    assert_eq!(
        texts(&desk).into_iter().map(|(_, text)| text).collect::<Vec<_>>(),
        ["in the backup", "after the backup"]
    );
}

#[test]
fn what_is_no_backup_cannot_be_named() {
    let desk = Desk::new();
    back_up(&desk);
    for name in ["../library.db", "library.db", "", "library-20200101T000000Z.backup"] {
        let restore = Call::RestoreBackup(wire::RestoreBackup { name: name.to_owned() });
        assert_eq!(desk.app.answer(restore).unwrap_err().code, ErrorCode::NotFound, "{name}");
    }
}

#[test]
fn backups_are_made_in_the_chosen_folder_and_beside_the_library_while_that_is_away() {
    let desk = Desk::new();
    desk.draft("text");
    fs::create_dir(desk.path("disk")).unwrap();
    let list = desk.app.set_backup_folder(Some(&desk.path("disk"))).unwrap();
    assert!(!list.beside_library && list.backups.is_empty());
    assert_eq!(back_up(&desk).backups.len(), 1);
    let list = back_up(&desk);
    assert!(Path::new(&list.folder).starts_with(desk.path("disk")), "{list:?}");
    assert!(Path::new(&list.folder).join(&list.backups[0].name).exists());
    fs::rename(desk.path("disk"), desk.path("away")).unwrap();
    let list = back_up(&desk);
    assert!(list.beside_library && list.backups.len() == 1);
    fs::rename(desk.path("away"), desk.path("disk")).unwrap();
    assert!(!desk.app.set_backup_folder(Some(&desk.path("disk"))).unwrap().beside_library);
    assert!(desk.app.set_backup_folder(None).unwrap().beside_library);
}

#[test]
fn a_damaged_library_opens_as_its_newest_backup_with_what_can_still_be_read() {
    let desk = Desk::new();
    let old = desk.draft("in the backup").post;
    let long = desk.draft(&"많은 글 ".repeat(4000)).post;
    back_up(&desk);
    let new = desk.draft("after the backup").post;
    let mut damaged = Vec::new();
    let desk = with_library_changed(desk, |library| {
        damaged = fs::read(library).unwrap();
        // The first page names the tables; without it nothing can be read.
        damaged[100..4096].fill(0xa5);
        fs::write(library, &damaged).unwrap();
    });
    start(&desk);
    let told = desk.wait_for(|event| matches!(event, Event::Failed(_)));
    let Event::Failed(told) = told else { unreachable!() };
    assert_eq!(told.code, ErrorCode::LibraryDamaged);
    assert!(told.message.contains("backup of") && told.hint.is_some(), "{told:?}");
    assert_eq!(fs::read(told.subject.unwrap()).unwrap(), damaged, "the damaged file is kept");
    let posts: Vec<_> = texts(&desk).into_iter().map(|(post, _)| post).collect();
    assert!(posts.contains(&old) && posts.contains(&long));
    assert!(!posts.contains(&new), "nobody could read it");

    let again = desk.restarted();
    start(&again);
    assert_eq!(again.heard(|event| matches!(event, Event::Failed(_))), 0, "told once");
}

#[test]
fn without_a_backup_a_damaged_library_gives_what_can_be_read() {
    let desk = Desk::new();
    let posts: Vec<_> = (0..40).map(|n| desk.draft(&format!("{n} {}", "text ".repeat(2000))).post).collect();
    let desk = with_library_changed(desk, |library| {
        let mut bytes = fs::read(library).unwrap();
        let places: Vec<_> = bytes.windows(8).enumerate().filter(|(_, bytes)| bytes == b"20 text ").collect();
        let places: Vec<_> = places.into_iter().map(|(place, _)| place).collect();
        places.into_iter().for_each(|place| bytes[place..place + 4].fill(b'#'));
        // A page of the same table is gone altogether, so that opening finds it.
        let length = bytes.len();
        bytes.truncate(length - 4096);
        fs::write(library, &bytes).unwrap();
    });
    start(&desk);
    let Event::Failed(told) = desk.wait_for(|event| matches!(event, Event::Failed(_))) else {
        unreachable!()
    };
    assert!(told.message.contains("39 drafts that could still be read"), "{told:?}");
    let found = texts(&desk);
    let whole = found.iter().filter(|(post, text)| {
        posts.iter().position(|known| known == post).is_some_and(|n| text.starts_with(&format!("{n} text ")))
    });
    assert!(whole.count() >= 30, "{} of 40", found.len());
    assert!(
        found.iter().any(|(post, text)| !posts.contains(post) && text.starts_with("####")),
        "a doubtful draft"
    );
}

#[test]
fn a_library_that_lost_its_log_gets_from_its_backup_what_it_lacks() {
    let desk = Desk::new();
    desk.draft("first");
    let desk = desk.restarted();
    let old = fs::read(desk.path("library.db")).unwrap();
    desk.draft("second");
    back_up(&desk);
    let desk = with_library_changed(desk, |library| fs::write(library, old).unwrap());
    start(&desk);
    let Event::Failed(told) = desk.wait_for(|event| matches!(event, Event::Failed(_))) else {
        unreachable!()
    };
    assert!(told.message.contains("1 drafts were brought back"), "{told:?}");
    assert_eq!(texts(&desk).into_iter().map(|(_, text)| text).collect::<Vec<_>>(), ["first", "second"]);
}
