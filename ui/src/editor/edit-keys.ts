/** The keys of the edits, by their place on the keyboard, while nothing is composed. */
import { Prec, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

import { chordOf } from '../desk/keys';
import { type Edit, type EditName, edits, namedEdits } from './edits';

const byChord = new Map<string, Edit>(
  namedEdits.flatMap(([, edit]) => edit.keys.map((chord) => [chord, edit])),
);

/** Does an edit, unless the text cannot be written or a syllable is being composed; false leaves its key to others. */
export function runEdit(view: EditorView, name: EditName): boolean {
  return run(view, edits[name]);
}

function run(view: EditorView, edit: Edit): boolean {
  if ((edit.writes && view.state.readOnly) || view.composing || view.compositionStarted) return true;
  return edit.run(view);
}

export const editKeys: Extension = Prec.highest(
  EditorView.domEventHandlers({
    keydown(event, view) {
      // The right Alt key of many layouts counts as Ctrl+Alt, and types a sign.
      if (event.isComposing || event.keyCode === 229 || event.getModifierState('AltGraph')) return false;
      const edit = byChord.get(chordOf(event));
      if (!edit) return false;
      return run(view, edit);
    },
  }),
);
