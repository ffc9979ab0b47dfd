/** The part of the text that is searched alone, while there is one. */
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';

export interface Range {
  from: number;
  to: number;
}

/** Searches a part alone, or the whole text again. */
export const searchOnly = StateEffect.define<Range | null>();

const searched = Decoration.mark({ class: 'cm-searched', inclusive: true });

const field = StateField.define<Range | null>({
  create: () => null,
  update(range, transaction) {
    for (const effect of transaction.effects) if (effect.is(searchOnly)) return effect.value;
    if (range === null || !transaction.docChanged) return range;
    return { from: transaction.changes.mapPos(range.from, -1), to: transaction.changes.mapPos(range.to, 1) };
  },
  provide: (self) =>
    EditorView.decorations.from(self, (range) =>
      range && range.from < range.to ? Decoration.set(searched.range(range.from, range.to)) : Decoration.none,
    ),
});

export const searchRange = field;

/** The part that is searched alone. */
export function rangeOf(state: EditorState): Range | null {
  return state.field(field, false) ?? null;
}

/** Whether a hit is in that part; one function, by which searches are told apart. */
export function isInRange(_hit: string, state: EditorState, from: number, to: number): boolean {
  const range = rangeOf(state);
  return range === null || (range.from <= from && to <= range.to);
}
