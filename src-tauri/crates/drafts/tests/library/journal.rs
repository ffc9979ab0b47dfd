use std::collections::BTreeMap;

use postwright_drafts::{JournalEntry, LibraryError, TextChange};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::{Desk, append, draft_of, insertion, queue};

#[test]
fn what_was_acknowledged_is_there_after_opening_again() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("시작", 1)).unwrap();
    append(&desk, insertion(draft, 1, 6, " 🙂")).unwrap();
    desk.reopen();
    let stored = desk.draft(draft).unwrap();
    assert_eq!(stored.text, "시작 🙂");
    assert_eq!((stored.revision, stored.selection, stored.edited), (1, (1, 1), 101));
}

#[test]
fn an_entry_that_leaves_a_gap_or_comes_again_is_refused() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    append(&desk, insertion(draft, 1, 0, "a")).unwrap();
    for offered in [1, 3] {
        let refused = append(&desk, insertion(draft, offered, 0, "b")).unwrap_err();
        assert!(
            matches!(refused, LibraryError::NotNext { stored: 1, offered: what, .. } if what == offered),
            "{refused}"
        );
    }
    desk.snapshot(draft, 3, "ba".into(), 300).unwrap();
    append(&desk, insertion(draft, 4, 0, "c")).unwrap();
    assert_eq!(desk.draft(draft).unwrap().text, "cba");
}

#[test]
fn changes_that_do_not_fit_are_refused_and_the_next_that_do_are_taken() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("한", 1)).unwrap();
    for from in [1, 4] {
        let refused = append(&desk, insertion(draft, 1, from, "x")).unwrap_err();
        assert!(matches!(refused, LibraryError::BadChange { .. }), "{refused}");
    }
    append(&desk, insertion(draft, 1, 3, "글")).unwrap();
    assert_eq!(desk.draft(draft).unwrap().text, "한글");
    let refused = append(&desk, insertion(99, 1, 0, "x")).unwrap_err();
    assert!(matches!(refused, LibraryError::NoSuchDraft { draft: 99 }), "{refused}");
}

#[test]
fn many_queued_edits_are_all_told_in_order_and_all_kept() {
    let mut desk = Desk::new();
    let drafts = [(); 12].map(|()| desk.add_draft(draft_of("", 1)).unwrap());
    let (told, outcomes) = std::sync::mpsc::channel();
    for revision in 1..=600 {
        for draft in drafts {
            let told = told.clone();
            desk.append(insertion(draft, revision, 0, "가"), move |result| {
                result.unwrap();
                told.send((draft, revision)).unwrap();
            });
        }
    }
    desk.flush().unwrap();
    drop(told);
    let expected: Vec<(u32, u32)> =
        (1..=600).flat_map(|revision| drafts.map(|draft| (draft, revision))).collect();
    assert_eq!(outcomes.iter().collect::<Vec<_>>(), expected);
    desk.reopen();
    let journalled: u32 = rusqlite::Connection::open(desk.path())
        .unwrap()
        .query_row("select max(revision) - min(revision) + 1 from journal", [], |row| row.get(0))
        .unwrap();
    assert!(journalled <= 500, "{journalled} entries are in a journal that nobody folded");
    for draft in drafts {
        let stored = desk.draft(draft).unwrap();
        assert_eq!((stored.text, stored.revision), ("가".repeat(600), 600));
        assert_eq!(stored.selection, (600, 600));
    }
}

#[test]
fn closing_waits_for_what_is_queued() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    let outcomes: Vec<_> =
        (1..=50).map(|revision| queue(&desk, insertion(draft, revision, 0, "x"))).collect();
    desk.reopen();
    assert!(outcomes.into_iter().all(|outcome| outcome.try_recv().unwrap().is_ok()));
    assert_eq!(desk.draft(draft).unwrap().revision, 50);
}

#[test]
fn a_copy_of_the_library_may_be_dropped_last_by_what_is_told() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    let path = desk.path();
    let Desk { folder, library } = desk;
    let library = library.unwrap();
    let (told, outcome) = std::sync::mpsc::channel();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let kept = library.clone();
    library.append(insertion(draft, 1, 0, "x"), move |result| {
        let _ = gone.recv();
        drop(kept);
        told.send(result).unwrap();
    });
    drop(library);
    drop(go);
    outcome.recv().unwrap().unwrap();
    let library = postwright_drafts::Library::open(&path, 0).unwrap();
    assert_eq!(library.draft(draft).unwrap().text, "x");
    drop(folder);
}

#[test]
fn a_late_snapshot_takes_no_edit_back_and_an_idle_one_does_not_touch_the_time() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    append(&desk, insertion(draft, 1, 0, "a")).unwrap();
    append(&desk, insertion(draft, 2, 1, "b")).unwrap();
    desk.snapshot(draft, 1, "a".into(), 900).unwrap();
    let stored = desk.draft(draft).unwrap();
    assert_eq!((stored.text.as_str(), stored.revision, stored.edited), ("ab", 2, 102));
    desk.snapshot(draft, 2, "ab".into(), 901).unwrap();
    assert_eq!(desk.draft(draft).unwrap().edited, 102);
    assert_eq!(desk.draft(draft).unwrap().selection, (2, 2));
}

#[test]
fn two_processes_that_edit_different_drafts_wait_for_each_other() {
    let desk = Desk::new();
    let other = postwright_drafts::Library::open(&desk.path(), 0).unwrap();
    let mine = desk.add_draft(draft_of("", 1)).unwrap();
    let theirs = other.add_draft(draft_of("", 1)).unwrap();
    let elsewhere = std::thread::spawn(move || {
        for revision in 1..=100 {
            append(&other, insertion(theirs, revision, 0, "t")).unwrap();
        }
    });
    for revision in 1..=100 {
        append(&desk, insertion(mine, revision, 0, "m")).unwrap();
    }
    elsewhere.join().unwrap();
    assert_eq!(desk.draft(mine).unwrap().text, "m".repeat(100));
    assert_eq!(desk.draft(theirs).unwrap().text, "t".repeat(100));
}

#[test]
fn an_edit_on_a_text_that_another_process_has_changed_is_refused() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 1)).unwrap();
    append(&desk, insertion(draft, 1, 0, "mine")).unwrap();
    let other = postwright_drafts::Library::open(&desk.path(), 0).unwrap();
    append(&other, insertion(draft, 2, 0, "theirs ")).unwrap();
    let refused = append(&desk, insertion(draft, 2, 0, "late ")).unwrap_err();
    assert!(matches!(refused, LibraryError::NotNext { stored: 2, .. }), "{refused}");
    assert_eq!(desk.draft(draft).unwrap().text, "theirs mine");
}

#[derive(Debug, Clone)]
enum Step {
    Edit(Vec<(Index, Index, String)>),
    Snapshot,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    // A syllable composed (NFC) and as its letters (NFD), an emoji of several characters, line ends of both kinds.
    let piece = prop::sample::select(vec![
        "",
        "a",
        "한글",
        "\u{1112}\u{1161}\u{11ab}",
        "👩‍💻",
        "\r\n",
        "\n",
        "e\u{301}",
        "\"\\",
        "\u{0}",
    ]);
    let change =
        (any::<Index>(), any::<Index>(), prop::collection::vec(piece, 0..4).prop_map(|p| p.concat()));
    prop_oneof![
        12 => prop::collection::vec(change, 1..7).prop_map(Step::Edit),
        2 => Just(Step::Snapshot),
        1 => Just(Step::Reopen),
    ]
}

/// Positions between characters, none overlapping; and the text after them, made another way than the library does.
fn edit(text: &str, wanted: &[(Index, Index, String)]) -> (Vec<TextChange>, String) {
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let mut changes: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
    for (one, other, insert) in wanted {
        let (one, other) = (places[one.index(places.len())], places[other.index(places.len())]);
        let (from, to) = (one.min(other), one.max(other));
        if changes.iter().all(|(&start, &(end, _))| to < start || end < from) {
            changes.insert(from, (to, insert));
        }
    }
    let mut after = String::new();
    let mut skip_to = 0;
    for at in places {
        if let Some(&(to, insert)) = changes.get(&at) {
            after.push_str(insert);
            skip_to = to;
        }
        if at >= skip_to {
            after.extend(text[at..].chars().next());
        }
    }
    let changes = changes
        .into_iter()
        .map(|(from, (to, insert))| TextChange { from, to, insert: insert.into() })
        .collect();
    (changes, after)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn replayed_equals_typed(start in "[a-z한글🙂\n]{0,40}", steps in prop::collection::vec(step(), 1..40)) {
        let mut desk = Desk::new();
        let draft = desk.add_draft(draft_of(&start, 1)).unwrap();
        let (mut text, mut revision) = (start, 0);
        for step in steps {
            match step {
                Step::Edit(wanted) => {
                    let (changes, after) = edit(&text, &wanted);
                    (text, revision) = (after, revision + 1);
                    desk.append(
                        JournalEntry { draft, revision, changes, selection: (0, 0), at: i64::from(revision), step: None },
                        |result| result.unwrap(),
                    );
                }
                Step::Snapshot => desk.snapshot(draft, revision, text.clone(), 0).unwrap(),
                Step::Reopen => desk.reopen(),
            }
        }
        desk.flush().unwrap();
        let stored = desk.draft(draft).unwrap();
        prop_assert_eq!(&stored.text, &text);
        prop_assert_eq!(stored.revision, revision);
        let row = &desk.drafts(false).unwrap()[0];
        prop_assert_eq!(row.length_utf16 as usize, text.encode_utf16().count());
        prop_assert!(text.starts_with(&row.text_head));
    }
}
