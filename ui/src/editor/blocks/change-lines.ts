/** Changes the lines that the selections touch, each by itself, as one step. */
import type { ChangeSpec, EditorState, Line } from '@codemirror/state';
import type { Command } from '@codemirror/view';

import { chosenLines } from '../surroundings';

/** The changes to make in chosen lines. */
export type ChangeOfLines = (lines: readonly Line[], state: EditorState) => ChangeSpec[];

/** A command of such changes. Cursors at the beginning of a line go along with its words. */
export function changingLines(change: ChangeOfLines): Command {
  return ({ state, dispatch }) => {
    const changes = state.changes(change(chosenLines(state), state));
    if (changes.empty) return true;
    dispatch(
      state.update({
        changes,
        selection: state.selection.map(changes, 1),
        userEvent: 'input.format',
        scrollIntoView: true,
      }),
    );
    return true;
  };
}
