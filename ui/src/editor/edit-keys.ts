/** The keys of the edits, by their place on the keyboard, while nothing is composed. */
import { type Extension, Facet, Prec } from '@codemirror/state';
import { type Command, EditorView } from '@codemirror/view';

import { chordOf } from '../desk/keys';
import { type EditName, edits, namedEdits } from './edits';

/** What each edit does, and what finding does. */
export type Runs = Readonly<Record<EditName | 'find', Command>>;

/** What the edits do, once it has been loaded. */
export const editRuns = Facet.define<Runs, Runs | null>({ combine: ([runs]) => runs ?? null });

const byChord = new Map<string, EditName>(
  namedEdits.flatMap(([name, { keys }]) => keys.map((chord) => [chord, name])),
);

/** Does an edit, unless the text cannot be written or a syllable is being composed; false leaves its key to others. */
export function runEdit(view: EditorView, name: EditName): boolean {
  const runs = view.state.facet(editRuns);
  if (!runs || (edits[name].writes && view.state.readOnly)) return true;
  return view.composing || view.compositionStarted || runs[name](view);
}

export const editKeys: Extension = Prec.highest(
  EditorView.domEventHandlers({
    keydown(event, view) {
      // The right Alt key of many layouts counts as Ctrl+Alt, and types a sign.
      if (event.isComposing || event.keyCode === 229 || event.getModifierState('AltGraph')) return false;
      const name = byChord.get(chordOf(event));
      return name !== undefined && runEdit(view, name);
    },
  }),
);
