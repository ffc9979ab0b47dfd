//! Undo over a restart: what the editor's history of edits was, out of the edits that the library keeps anyway. So no
//! key carries more than the edit it makes, and what is undone is what is on disk.
//!
//! The way leads from the text as it is, one edit back after the other, as far as each fits the text that it is said to
//! have led to. Edits that were themselves an undo or a redo are not steps of their own: what they took back is what
//! can be done again.

use postwright_drafts::{HistoryStep, PastEdit};
use postwright_post::TextChange;
use postwright_wire::{self as wire, Selection, UndoHistory, UndoneEdit};

use crate::text::PostText;

/// Edits that follow each other closer than this, in milliseconds, are one step: the editor's own rule.
const ONE_STEP: i64 = 600;
/// An edit that inserts more bytes than this is no typing.
const LONGEST_TYPED: usize = 60;
/// Nor is one that puts something in the place of more bytes than this: a syllable grows in its place, a selected word
/// is typed over, a sentence comes back from the history.
const LONGEST_REPLACED: usize = 24;
/// How many edits the editor is given, and how many bytes of text in them.
const MOST_EDITS: usize = 1000;
const MOST_BYTES: usize = 256 * 1024;

/// What can be undone and done again in a text that the edits led to.
pub(crate) fn undo_history(text: &PostText, edits: &[PastEdit]) -> UndoHistory {
    let steps = steps_back(text, edits);
    let (done, undone) = sorted(&steps);
    UndoHistory { undo: undo(&steps, &done), redo: redo(&steps, &undone) }
}

/// An edit between two texts.
struct Step<'e> {
    edit: &'e PastEdit,
    before: PostText,
    after: PostText,
    forth: Vec<TextChange>,
    back: Vec<TextChange>,
    selected_before: Selection,
    selected_after: Selection,
}

/// The steps that lead to the text, the oldest first.
fn steps_back<'e>(text: &PostText, edits: &'e [PastEdit]) -> Vec<Step<'e>> {
    let mut steps = Vec::new();
    let mut after = text.clone();
    let mut bytes = 0;
    for (place, edit) in edits.iter().enumerate().rev().take(MOST_EDITS) {
        bytes += edit.changes.iter().map(|change| change.insert.len()).sum::<usize>()
            + edit.removed.iter().map(String::len).sum::<usize>();
        let Some(step) = step_back(after, edit, place.checked_sub(1).and_then(|place| edits.get(place)))
            .filter(|_| bytes <= MOST_BYTES)
        else {
            break;
        };
        after = step.before.clone();
        steps.push(step);
    }
    steps.reverse();
    steps
}

/// None if the edit cannot have led to the text.
fn step_back<'e>(after: PostText, edit: &'e PastEdit, former: Option<&PastEdit>) -> Option<Step<'e>> {
    let (mut forth, mut back) = (Vec::new(), Vec::new());
    let mut shift = 0_isize;
    for (change, removed) in edit.changes.iter().zip(&edit.removed) {
        let from = change.from.checked_add_signed(shift)?;
        let to = from + change.insert.len();
        if !after.has(from, &change.insert) || change.to.checked_sub(change.from)? != removed.len() {
            return None;
        }
        shift += change.insert.len() as isize - removed.len() as isize;
        back.push(TextChange { from, to, insert: removed.clone() });
        forth.push(TextChange { from: change.from, to: change.to, insert: change.insert.clone() });
    }
    let before = after.with(&back);
    let selected = |(anchor, head): (u32, u32), text: &PostText| text.clamped(Selection { anchor, head });
    let selected_after = selected(edit.selection, &after);
    let selected_before = match (former, forth.first()) {
        (Some(former), _) => selected(former.selection, &before),
        (None, Some(first)) => {
            let at = before.position_of(first.to);
            Selection { anchor: at, head: at }
        }
        (None, None) => selected_after,
    };
    Some(Step { edit, before, after, forth, back, selected_before, selected_after })
}

/// The places of the steps that can be undone, the last one at the end, and of those that can be done again, the next
/// one at the end.
fn sorted(steps: &[Step<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (mut done, mut undone): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (place, step) in steps.iter().enumerate() {
        let (from, to) = match step.edit.step {
            Some(HistoryStep::Undo) => (&mut done, &mut undone),
            Some(HistoryStep::Redo) => (&mut undone, &mut done),
            None => {
                done.push(place);
                undone.clear();
                continue;
            }
        };
        let leads_there = |other: &usize| {
            let other = &steps[*other];
            let text = if step.edit.step == Some(HistoryStep::Undo) { &other.before } else { &other.after };
            text.is_same(&step.after)
        };
        match from.iter().rposition(leads_there) {
            Some(first) => to.extend(from.drain(first..).rev()),
            // It went back to no text that is known: a step of its own.
            None => {
                done.push(place);
                undone.clear();
            }
        }
    }
    (done, undone)
}

fn undo(steps: &[Step<'_>], done: &[usize]) -> Vec<UndoneEdit> {
    let edits = done.iter().enumerate().rev().map(|(place, &at)| UndoneEdit {
        changes: steps[at].after.on_the_wire(&steps[at].back),
        selection: steps[at].selected_before,
        joined: place.checked_sub(1).is_some_and(|before| joins(steps, done[before], at)),
    });
    edits.collect()
}

fn redo(steps: &[Step<'_>], undone: &[usize]) -> Vec<UndoneEdit> {
    let edits = undone.iter().enumerate().rev().map(|(place, &at)| UndoneEdit {
        changes: steps[at].before.on_the_wire(&steps[at].forth),
        selection: steps[at].selected_after,
        joined: place.checked_sub(1).is_some_and(|next| joins(steps, at, undone[next])),
    });
    edits.collect()
}

/// Whether two edits are one step for the writer: typed one behind the other, at one place.
fn joins(steps: &[Step<'_>], former: usize, next: usize) -> bool {
    let (one, other) = (&steps[former], &steps[next]);
    let is_typed = |step: &Step<'_>| {
        step.edit.step.is_none()
            && step.forth.iter().all(|change| {
                let replaces_more_than_a_word =
                    !change.insert.is_empty() && change.to - change.from > LONGEST_REPLACED;
                change.insert.len() <= LONGEST_TYPED && !replaces_more_than_a_word
            })
    };
    if former + 1 != next || !is_typed(one) || !is_typed(other) {
        return false;
    }
    if is_composed(one, other) {
        return true;
    }
    let is_soon = (0..ONE_STEP).contains(&(other.edit.at - one.edit.at));
    is_soon
        && one
            .back
            .iter()
            .any(|place| other.forth.iter().any(|change| change.from <= place.to && place.from <= change.to))
}

/// Whether an edit goes on with the syllable that the one before put there.
fn is_composed(one: &Step<'_>, other: &Step<'_>) -> bool {
    let ([typed], [change], [removed]) =
        (one.back.as_slice(), other.forth.as_slice(), other.edit.removed.as_slice())
    else {
        return false;
    };
    let mut letters = removed.chars();
    let is_syllable = matches!((letters.next(), letters.next()), (Some(letter), None) if is_hangul(letter));
    is_syllable && change.to == typed.to && change.insert.chars().next().is_some_and(is_hangul)
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

/// As the library keeps what the wire says.
pub(crate) fn for_library(step: wire::HistoryStep) -> HistoryStep {
    match step {
        wire::HistoryStep::Undo => HistoryStep::Undo,
        wire::HistoryStep::Redo => HistoryStep::Redo,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::convert;

    /// An editor with a history as CodeMirror keeps one, whose edits go to a library.
    struct Editor {
        text: String,
        done: Vec<Vec<(Vec<TextChange>, Vec<TextChange>)>>,
        undone: Vec<Vec<(Vec<TextChange>, Vec<TextChange>)>>,
        edits: Vec<PastEdit>,
        now: i64,
    }

    impl Editor {
        fn new(text: &str) -> Self {
            Self { text: text.into(), done: vec![], undone: vec![], edits: vec![], now: 0 }
        }

        fn note(&mut self, changes: &[TextChange], step: Option<HistoryStep>) -> Vec<TextChange> {
            let mut shift = 0_isize;
            let (mut back, mut removed) = (Vec::new(), Vec::new());
            for change in changes {
                let from = change.from.checked_add_signed(shift).unwrap();
                let out = self.text[change.from..change.to].to_owned();
                shift += change.insert.len() as isize - out.len() as isize;
                back.push(TextChange { from, to: from + change.insert.len(), insert: out.clone() });
                removed.push(out);
            }
            self.text = postwright_post::apply_changes(&self.text, changes);
            self.edits.push(PastEdit {
                revision: self.edits.len() as u32 + 1,
                changes: changes.iter().map(convert::for_journal).collect(),
                removed,
                selection: (0, 0),
                at: self.now,
                step,
            });
            back
        }

        /// An edit a second later than the last: a step of its own.
        fn edit(&mut self, from: usize, to: usize, insert: &str) {
            self.now += 1000;
            let changes = vec![TextChange { from, to, insert: insert.into() }];
            let back = self.note(&changes, None);
            self.done.push(vec![(changes, back)]);
            self.undone.clear();
        }

        fn undo(&mut self) {
            let Some(step) = self.done.pop() else { return };
            for (_, back) in step.iter().rev() {
                self.note(back, Some(HistoryStep::Undo));
            }
            self.undone.push(step);
        }

        fn redo(&mut self) {
            let Some(step) = self.undone.pop() else { return };
            for (forth, _) in &step {
                self.note(forth, Some(HistoryStep::Redo));
            }
            self.done.push(step);
        }

        fn history(&self) -> UndoHistory {
            undo_history(&PostText::new(&self.text), &self.edits)
        }

        /// The texts that pressing a key on and on leads through.
        fn texts(&self, edits: &[UndoneEdit]) -> Vec<String> {
            let mut text = PostText::new(&self.text);
            edits
                .iter()
                .map(|edit| {
                    text.apply(&edit.changes).unwrap();
                    text.to_string()
                })
                .collect()
        }
    }

    #[test]
    fn typed_before_undone_after() {
        let mut editor = Editor::new("");
        editor.edit(0, 0, "하나");
        editor.edit(6, 6, " 둘");
        editor.edit(0, 6, "셋");
        let history = editor.history();
        assert_eq!(editor.texts(&history.undo), ["하나 둘", "하나", ""]);
        assert!(history.redo.is_empty() && history.undo.iter().all(|edit| !edit.joined));
    }

    #[test]
    fn what_was_undone_can_be_done_again() {
        let mut editor = Editor::new("");
        editor.edit(0, 0, "a");
        editor.edit(1, 1, "b");
        editor.edit(2, 2, "c");
        editor.undo();
        editor.undo();
        let history = editor.history();
        assert_eq!(editor.texts(&history.undo), [""]);
        assert_eq!(editor.texts(&history.redo), ["ab", "abc"]);
        editor.redo();
        editor.edit(2, 2, "d");
        let history = editor.history();
        assert_eq!(editor.texts(&history.undo), ["ab", "a", ""]);
        assert!(history.redo.is_empty());
    }

    #[test]
    fn a_paragraph_that_was_cut_comes_back() {
        let mut editor = Editor::new("");
        editor.edit(0, 0, "문단 하나");
        editor.edit(0, 13, "");
        assert_eq!(editor.texts(&editor.history().undo), ["문단 하나", ""]);
    }

    #[test]
    fn letters_that_were_typed_at_once_are_one_step() {
        let mut editor = Editor::new("");
        for (at, letter) in ["a", "b", "c"].into_iter().enumerate() {
            editor.edit(at, at, letter);
            editor.edits.last_mut().unwrap().at = 100 * at as i64;
        }
        let joined: Vec<bool> = editor.history().undo.iter().map(|edit| edit.joined).collect();
        assert_eq!(joined, [true, true, false]);
        let mut elsewhere = Editor::new("0123456789");
        elsewhere.edit(0, 0, "a");
        elsewhere.edit(9, 9, "b");
        elsewhere.edits.iter_mut().for_each(|edit| edit.at = 5);
        assert!(!elsewhere.history().undo[0].joined);
    }

    #[test]
    fn a_syllable_that_is_composed_slowly_is_one_step() {
        let mut editor = Editor::new("");
        editor.edit(0, 0, "ㅎ");
        editor.edit(0, 3, "하");
        editor.edit(0, 3, "한");
        let joined: Vec<bool> = editor.history().undo.iter().map(|edit| edit.joined).collect();
        assert_eq!(joined, [true, true, false]);
    }

    #[test]
    fn the_way_back_ends_where_an_edit_does_not_fit() {
        let mut editor = Editor::new("");
        editor.edit(0, 0, "하나");
        editor.edit(6, 6, "둘");
        editor.edits[0].changes[0].insert = "다른".into();
        assert_eq!(editor.texts(&editor.history().undo), ["하나"]);
        editor.text.push('!');
        editor.edits[1].changes[0].from = 90;
        assert_eq!(editor.history(), UndoHistory::default());
    }

    #[test]
    fn an_undo_of_something_unknown_is_a_step_of_its_own() {
        let mut editor = Editor::new("처음");
        let changes = [TextChange { from: 0, to: 3, insert: "마".into() }];
        editor.note(&changes, Some(HistoryStep::Undo));
        assert_eq!(editor.texts(&editor.history().undo), ["처음"]);
    }

    /// How long opening a post waits for its past: a thousand edits of a text of a megabyte, a third of them undone.
    #[test]
    #[ignore = "prints a time"]
    fn time_of_a_long_past() {
        for kilobytes in [12, 1000] {
            let mut editor = Editor::new(&"가나 다라\n".repeat(kilobytes * 1024 / 14));
            for at in 0..660 {
                let place = editor.text.floor_char_boundary(at * 3);
                editor.edit(place, place, "말");
                if at % 2 == 0 {
                    editor.undo();
                }
            }
            let text = PostText::new(&editor.text);
            let begun = std::time::Instant::now();
            let history = undo_history(&text, &editor.edits);
            let steps = history.undo.len() + history.redo.len();
            println!("{kilobytes} KB: {steps} of {} edits in {:?}", editor.edits.len(), begun.elapsed());
            assert!(steps > 200);
        }
    }

    #[derive(Debug, Clone)]
    enum Key {
        Edit(f64, f64, String),
        Undo,
        Redo,
    }

    fn key() -> impl Strategy<Value = Key> {
        prop_oneof![
            4 => (0.0..1.0f64, 0.0..1.0f64, "[가나a🎉]{0,3}").prop_map(|(one, other, insert)| Key::Edit(one, other, insert)),
            2 => Just(Key::Undo),
            1 => Just(Key::Redo),
        ]
    }

    proptest! {
        /// After a restart the keys lead through the texts that they would have led through without one.
        #[test]
        fn keys_lead_through_the_same_texts(keys in prop::collection::vec(key(), 0..40)) {
            let mut editor = Editor::new("처음 글");
            for key in keys {
                match key {
                    Key::Edit(one, other, insert) => {
                        let place = |share: f64| editor.text.floor_char_boundary((share * editor.text.len() as f64) as usize);
                        let (from, to) = (place(one.min(other)), place(one.max(other)));
                        // Nothing is no edit.
                        if editor.text[from..to] != insert {
                            editor.edit(from, to, &insert);
                        }
                    }
                    Key::Undo => editor.undo(),
                    Key::Redo => editor.redo(),
                }
            }
            let history = editor.history();
            let (undone, redone) = (editor.texts(&history.undo), editor.texts(&history.redo));
            let mut keys = Editor { text: editor.text.clone(), done: editor.done.clone(), undone: editor.undone.clone(), edits: vec![], now: 0 };
            let expected: Vec<String> = (0..editor.done.len()).map(|_| { keys.undo(); keys.text.clone() }).collect();
            prop_assert_eq!(undone, expected);
            let mut keys = Editor { text: editor.text.clone(), done: editor.done.clone(), undone: editor.undone.clone(), edits: vec![], now: 0 };
            let expected: Vec<String> = (0..editor.undone.len()).map(|_| { keys.redo(); keys.text.clone() }).collect();
            prop_assert_eq!(redone, expected);
        }
    }
}
