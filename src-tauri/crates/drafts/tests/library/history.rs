//! Kept revisions: whatever is kept, named and thinned, each that is there has its text.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use postwright_drafts::{Library, LibraryError, RevisionKind};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::{Desk, draft_of};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn keep(library: &Library, draft: u32, text: &str, kind: RevisionKind, at: i64) -> Option<u32> {
    library.keep_revision(draft, 0, text, kind, at).unwrap()
}

fn long_text(sentences: u32) -> String {
    (0..sentences).map(|at| format!("문장 {at}은 {}번째 문장과 다릅니다.\n", at * 7919 % 1009)).collect()
}

#[test]
fn a_text_takes_little_room_beside_the_one_before() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    let text = long_text(400);
    for at in 0..31 {
        keep(&desk, draft, &format!("{text}{}", "덧붙인 줄.\n".repeat(at)), RevisionKind::Saved, 0).unwrap();
    }
    desk.library = None;
    let sizes: Vec<u32> = Connection::open(desk.path())
        .unwrap()
        .prepare("select octet_length(packed) from revisions order by number")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(sizes[1..].iter().all(|&size| size < 100 && size * 20 < sizes[0]), "{sizes:?}");
}

#[test]
fn a_damaged_text_is_told_and_costs_only_those_that_rest_on_it() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    let numbers: Vec<u32> = (0..70)
        .map(|at| keep(&desk, draft, &format!("{}{at}", long_text(20)), RevisionKind::Saved, 0).unwrap())
        .collect();
    desk.library = None;
    let file = Connection::open(desk.path()).unwrap();
    file.execute("update revisions set packed = x'00ff' where number = ?1", [numbers[40]]).unwrap();
    drop(file);
    desk.reopen();
    let readable: Vec<bool> =
        numbers.iter().map(|&number| desk.revision_text(draft, number).is_ok()).collect();
    assert!(readable[..40].iter().all(|&ok| ok));
    assert!(readable[40..64].iter().all(|&ok| !ok));
    assert!(readable[64..].iter().all(|&ok| ok), "from the next that is whole, all are there");
    let refused = desk.revision_text(draft, numbers[41]).unwrap_err();
    assert!(matches!(&refused, LibraryError::Damaged { path, .. } if *path == desk.path()), "{refused}");
    let mut seen = Vec::new();
    desk.look_back(draft, |revision, _| {
        seen.push(revision.number);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(seen.len(), 70 - 24, "the others are shown");
    assert!(keep(&desk, draft, "still written", RevisionKind::Saved, 0).is_some());
}

#[test]
fn nothing_is_based_on_what_cannot_be_read() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    keep(&desk, draft, "하나", RevisionKind::Saved, 0).unwrap();
    desk.library = None;
    Connection::open(desk.path()).unwrap().execute("update revisions set packed = x'00'", []).unwrap();
    desk.reopen();
    let number = keep(&desk, draft, "하나 둘", RevisionKind::Saved, 0).unwrap();
    assert_eq!(desk.revision_text(draft, number).unwrap(), "하나 둘");
}

#[test]
fn what_is_kept_late_stands_where_it_belongs_and_only_once() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    let keep = |revision, text, kind| desk.keep_revision(draft, revision, text, kind, 0).unwrap();
    keep(1, "하나", RevisionKind::Saved).unwrap();
    keep(7, "일곱", RevisionKind::Restored).unwrap();
    assert_eq!(keep(1, "하나", RevisionKind::Auto), None);
    keep(4, "넷", RevisionKind::Auto).unwrap();
    let kept: Vec<u32> = desk.revisions(draft).unwrap().iter().map(|kept| kept.revision).collect();
    assert_eq!(kept, [7, 4, 1]);
    let mut texts = Vec::new();
    desk.look_back(draft, |_, text| {
        texts.push(text.to_owned());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(texts, ["일곱", "넷", "하나"]);
    keep(9, "하나", RevisionKind::Auto).unwrap();
}

#[test]
fn looking_back_ends_where_enough_is_seen() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    for at in 0..80 {
        keep(&desk, draft, &at.to_string(), RevisionKind::Auto, at).unwrap();
    }
    let mut texts = Vec::new();
    desk.look_back(draft, |_, text| {
        texts.push(text.to_owned());
        if texts.len() == 50 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!(texts, (30..80).rev().map(|at: u32| at.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_name_is_given_changed_and_taken_away() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    let number = keep(&desk, draft, "글", RevisionKind::Auto, 0).unwrap();
    desk.name_revision(draft, number, Some("발표 전".into())).unwrap();
    assert_eq!(desk.revisions(draft).unwrap()[0].name.as_deref(), Some("발표 전"));
    desk.name_revision(draft, number, None).unwrap();
    assert_eq!(desk.revisions(draft).unwrap()[0].name, None);
    let refused = desk.name_revision(draft + 1, number, None).unwrap_err();
    assert!(matches!(refused, LibraryError::NoSuchRevision { .. }), "{refused}");
}

#[test]
fn revisions_that_are_kept_from_several_threads_all_have_their_texts() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let library = desk.library.as_ref().unwrap();
            scope.spawn(move || {
                for at in 0..20 {
                    let text = format!("{}{thread} {at}", long_text(5));
                    let number = keep(library, draft, &text, RevisionKind::Saved, 0).unwrap();
                    assert_eq!(library.revision_text(draft, number).unwrap(), text);
                }
            });
        }
    });
    assert_eq!(desk.revisions(draft).unwrap().len(), 80);
}

#[derive(Debug, Clone)]
enum Act {
    Keep { kind: RevisionKind, edit: (f64, String), after: i64 },
    Name(f64),
    Thin { after: i64 },
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let kind = prop_oneof![
        6 => Just(RevisionKind::Auto),
        1 => Just(RevisionKind::Saved),
        1 => Just(RevisionKind::Published),
        1 => Just(RevisionKind::Restored),
    ];
    let edit = (0.0..1.0f64, "[가-하 a-z\n🎉]{0,12}");
    prop_oneof![
        12 => (kind, edit, 0..DAY).prop_map(|(kind, edit, after)| Act::Keep { kind, edit, after }),
        1 => (0.0..1.0f64).prop_map(Act::Name),
        3 => (0..9 * DAY).prop_map(|after| Act::Thin { after }),
        1 => Just(Act::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_kept_named_and_thinned_each_has_its_text(acts in prop::collection::vec(act(), 1..120)) {
        let mut desk = Desk::new();
        let draft = desk.add_draft(draft_of("", 0)).unwrap();
        let mut texts: BTreeMap<u32, (String, RevisionKind)> = BTreeMap::new();
        let mut text = String::new();
        let mut named = Vec::new();
        let mut now = 0;
        for act in acts {
            match act {
                Act::Keep { kind, edit: (place, insert), after } => {
                    now += after;
                    text.insert_str(text.floor_char_boundary((place * text.len() as f64) as usize), &insert);
                    if let Some(number) = keep(&desk, draft, &text, kind, now) {
                        texts.insert(number, (text.clone(), kind));
                    }
                }
                Act::Name(share) => {
                    let kept = desk.revisions(draft).unwrap();
                    if let Some(revision) = kept.get((share * kept.len() as f64) as usize) {
                        desk.name_revision(draft, revision.number, Some("이름".into())).unwrap();
                        named.push(revision.number);
                    }
                }
                Act::Thin { after } => {
                    now += after;
                    let before = desk.revisions(draft).unwrap().len();
                    let gone = desk.thin_revisions(draft, now, 9 * 3_600_000).unwrap();
                    prop_assert_eq!(desk.revisions(draft).unwrap().len(), before - gone);
                    prop_assert_eq!(desk.thin_revisions(draft, now, 9 * 3_600_000).unwrap(), 0);
                }
                Act::Reopen => desk.reopen(),
            }
        }
        let kept: Vec<u32> = desk.revisions(draft).unwrap().iter().map(|revision| revision.number).collect();
        for &number in &kept {
            prop_assert_eq!(&desk.revision_text(draft, number).unwrap(), &texts[&number].0);
        }
        let mut seen = Vec::new();
        desk.look_back(draft, |revision, text| {
            seen.push((revision.number, text.to_owned()));
            ControlFlow::Continue(())
        }).unwrap();
        prop_assert_eq!(seen, kept.iter().map(|number| (*number, texts[number].0.clone())).collect::<Vec<_>>());
        for (number, (_, kind)) in &texts {
            if *kind != RevisionKind::Auto || named.contains(number) {
                prop_assert!(kept.contains(number), "{} is gone", number);
            }
        }
        desk.check().unwrap();
    }
}
