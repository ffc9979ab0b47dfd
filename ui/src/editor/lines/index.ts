/** Whole lines: moved, copied, deleted, joined. Lists among them count on. */
import { copyLineDown, copyLineUp, moveLineDown, moveLineUp } from '@codemirror/commands';
import { EditorSelection, type Line, type StateCommand, type Text } from '@codemirror/state';

import { countingOn } from '../lists/numbers';
import { readHead } from '../lists/item';
import { chosenLines } from '../surroundings';

export const moveUp: StateCommand = countingOn(moveLineUp);
export const moveDown: StateCommand = countingOn(moveLineDown);
export const copyUp: StateCommand = countingOn(copyLineUp);
export const copyDown: StateCommand = countingOn(copyLineDown);

/** Deletes the chosen lines; the cursors keep their columns in the lines that come up. */
export const deleteLines: StateCommand = countingOn(({ state, dispatch }) => {
  const { doc } = state;
  const changes = state.changes(chosenLines(state).map((line) => wholeLine(doc, line)));
  const after = changes.apply(doc);
  const cursors = state.selection.ranges.map(({ head }) => {
    const line = doc.lineAt(head);
    const now = after.lineAt(changes.mapPos(line.from, 1));
    return EditorSelection.cursor(Math.min(now.from + head - line.from, now.to));
  });
  const selection = EditorSelection.create(cursors, state.selection.mainIndex);
  dispatch(state.update({ changes, selection, userEvent: 'delete.line', scrollIntoView: true }));
  return true;
});

function wholeLine(doc: Text, { from, to }: Line): { from: number; to: number } {
  if (to < doc.length) return { from, to: to + 1 };
  return { from: Math.max(0, from - 1), to };
}

/** Joins the chosen lines (or a line and the next) with a space, without what begins the lines that come up. */
export const joinLines: StateCommand = ({ state, dispatch }) => {
  const { doc } = state;
  const seams = new Set<number>();
  for (const { from, to } of state.selection.ranges) {
    const first = doc.lineAt(from).number;
    const last = Math.max(first + 1, doc.lineAt(to).number);
    for (let number = first; number < Math.min(last, doc.lines); number += 1) seams.add(number);
  }
  const changes = [...seams].map((number) => {
    const line = doc.line(number);
    const next = doc.line(number + 1);
    const { quote, wordsAt, isBlank } = readHead(next.text);
    const begin = isBlank
      ? next.text.length
      : quote === '' || quote === readHead(line.text).quote
        ? wordsAt
        : 0;
    const end = line.text.trimEnd().length;
    return { from: line.from + end, to: next.from + begin, insert: isBlank || end === 0 ? '' : ' ' };
  });
  if (changes.length === 0) return true;
  dispatch(state.update({ changes, userEvent: 'input.join', scrollIntoView: true }));
  return true;
};
