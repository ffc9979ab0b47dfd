//! What undo needs of the edits before a restart.

use postwright_drafts::{HistoryStep, JournalEntry, Library, PastEdit, TextChange, apply_changes};
use proptest::prelude::*;

use crate::{Desk, append, draft_of, insertion};

/// Takes the edits back, the last first.
fn taken_back(mut text: String, edits: &[PastEdit]) -> Vec<String> {
    let mut texts = vec![text.clone()];
    for edit in edits.iter().rev() {
        let mut shift = 0_isize;
        let mut back = Vec::new();
        for (change, removed) in edit.changes.iter().zip(&edit.removed) {
            let from = change.from.checked_add_signed(shift).unwrap();
            back.push(TextChange { from, to: from + change.insert.len(), insert: removed.clone() });
            shift += change.insert.len() as isize - (change.to - change.from) as isize;
        }
        apply_changes(&mut text, &back).unwrap();
        texts.push(text.clone());
    }
    texts
}

fn type_in(library: &Library, draft: u32, count: u32) {
    for revision in 1..=count {
        library.append(insertion(draft, revision, 0, &format!("{revision} ")), |stored| stored.unwrap());
    }
    library.flush().unwrap();
}

#[test]
fn edits_lead_back_over_folds_and_restarts() {
    let mut desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    type_in(&desk, draft, 700);
    desk.reopen();
    let text = desk.draft(draft).unwrap().text;
    desk.snapshot(draft, 700, text.clone(), 9999).unwrap();
    let edits = desk.past_edits(draft).unwrap();
    assert_eq!(edits.len(), 700);
    assert_eq!(taken_back(text, &edits).last().unwrap(), "");
}

#[test]
fn no_more_than_a_thousand_are_kept_and_none_that_are_old() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    type_in(&desk, draft, 2100);
    let edits = desk.past_edits(draft).unwrap();
    assert!((1000..=1501).contains(&edits.len()), "{} edits", edits.len());
    assert_eq!(edits.last().unwrap().revision, 2100);
    let text = desk.draft(draft).unwrap().text;
    desk.snapshot(draft, 2100, text, 0).unwrap();
    assert_eq!(desk.past_edits(draft).unwrap().len(), 1000);
    let oldest = desk.past_edits(draft).unwrap()[400].at;
    assert_eq!(desk.forget_past_edits(oldest).unwrap(), 400);
}

#[test]
fn an_edit_of_megabytes_ends_what_can_be_undone() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    append(&desk, insertion(draft, 1, 0, "a")).unwrap();
    append(&desk, insertion(draft, 2, 0, &"x".repeat(2 << 20))).unwrap();
    append(&desk, insertion(draft, 3, 0, "b")).unwrap();
    let text = desk.draft(draft).unwrap().text;
    desk.snapshot(draft, 3, text, 0).unwrap();
    let edits = desk.past_edits(draft).unwrap();
    assert_eq!(edits.iter().map(|edit| edit.revision).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_text_that_came_another_way_is_a_step_of_its_own() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("가나", 0)).unwrap();
    append(&desk, insertion(draft, 1, 6, "다")).unwrap();
    desk.snapshot(draft, 5, "가너다".into(), 7).unwrap();
    let edits = desk.past_edits(draft).unwrap();
    assert_eq!(taken_back("가너다".into(), &edits), ["가너다", "가나다", "가나"]);
    assert_eq!((edits[1].revision, edits[1].removed.clone()), (5, vec!["나".to_owned()]));
}

#[test]
fn what_was_undone_is_known_to_be() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    append(&desk, insertion(draft, 1, 0, "a")).unwrap();
    let back = TextChange { from: 0, to: 1, insert: String::new() };
    let undo =
        JournalEntry { changes: vec![back], step: Some(HistoryStep::Undo), ..insertion(draft, 2, 0, "") };
    append(&desk, undo).unwrap();
    append(&desk, JournalEntry { step: Some(HistoryStep::Redo), ..insertion(draft, 3, 0, "a") }).unwrap();
    let steps: Vec<_> = desk.past_edits(draft).unwrap().into_iter().map(|edit| edit.step).collect();
    assert_eq!(steps, [None, Some(HistoryStep::Undo), Some(HistoryStep::Redo)]);
}

#[test]
fn a_removed_draft_takes_them_along() {
    let desk = Desk::new();
    let draft = desk.add_draft(draft_of("", 0)).unwrap();
    type_in(&desk, draft, 3);
    desk.snapshot(draft, 3, "3 2 1 ".into(), 0).unwrap();
    desk.remove_draft(draft).unwrap();
    assert_eq!(desk.past_edits(draft).unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn edits_lead_back_to_every_text(
        edits in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, "[가나a🎉]{0,4}", any::<bool>()), 1..40),
    ) {
        let desk = Desk::new();
        let draft = desk.add_draft(draft_of("처음 글", 0)).unwrap();
        let mut texts = vec!["처음 글".to_owned()];
        for (revision, (one, other, insert, folds)) in (1..).zip(edits) {
            let mut text = texts.last().unwrap().clone();
            let place = |share: f64| text.floor_char_boundary((share * text.len() as f64) as usize);
            let (from, to) = (place(one.min(other)), place(one.max(other)));
            let changes = vec![TextChange { from, to, insert }];
            apply_changes(&mut text, &changes).unwrap();
            let entry = JournalEntry { changes, ..insertion(draft, revision, 0, "") };
            append(&desk, entry).unwrap();
            if folds {
                desk.snapshot(draft, revision, text.clone(), 0).unwrap();
            }
            texts.push(text);
        }
        let mut back = taken_back(desk.draft(draft).unwrap().text, &desk.past_edits(draft).unwrap());
        back.reverse();
        prop_assert_eq!(back, texts);
    }
}
