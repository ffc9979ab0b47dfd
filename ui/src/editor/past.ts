/**
 * What could be undone before a restart, as CodeMirror keeps it. The core works it out from the edits on disk; here
 * its edits become the events of CodeMirror's own history, so that the keys of undo know no seam.
 */
import { historyField } from '@codemirror/commands';
import { ChangeSet, EditorSelection, EditorState, type EditorStateConfig } from '@codemirror/state';

import type { UndoHistory, UndoneEdit } from '../wire/types';

/** A state with this past; without it where it does not fit the text. */
export function stateWithPast(config: EditorStateConfig, past: UndoHistory | null): EditorState {
  const fresh = EditorState.create(config);
  if (!past || past.undo.length + past.redo.length === 0) return fresh;
  try {
    const { doc, selection } = fresh.toJSON() as { doc: string; selection: unknown };
    const { length } = fresh.doc;
    const history = { done: eventsOf(past.undo, length), undone: eventsOf(past.redo, length) };
    return EditorState.fromJSON({ doc, selection, history }, config, { history: historyField });
  } catch (error) {
    console.error('What was typed before cannot be undone.', error);
    return fresh;
  }
}

/** The events of one branch, the next one at the end. */
function eventsOf(edits: readonly UndoneEdit[], length: number): unknown[] {
  const events: unknown[] = [];
  let step: ChangeSet | null = null;
  for (const { changes, selection, joined } of edits) {
    const edit = ChangeSet.of(changes.slice(), length);
    length = edit.newLength;
    step = step ? step.compose(edit) : edit;
    if (joined) continue;
    const startSelection = EditorSelection.single(
      Math.min(selection.anchor, length),
      Math.min(selection.head, length),
    );
    events.push({
      changes: step.toJSON(),
      startSelection: startSelection.toJSON(),
      selectionsAfter: [],
    });
    step = null;
  }
  return events.reverse();
}
