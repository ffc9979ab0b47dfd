/** From cell to cell, as in a spreadsheet. Nothing is aligned on the way: that waits until the table is left. */
import {
  EditorSelection,
  type EditorState,
  type StateCommand,
  type TransactionSpec,
} from '@codemirror/state';

import { emptyRow, gridOf } from './layout';
import { placeIn, type Table, tableAt } from './table';
import { asEdit, cellIn } from './write';

/** To the next cell; behind the last, a row is added. */
export const toNextCell: StateCommand = inTable((state, table, { row, column }) => {
  const last = table.alignments.length - 1;
  return column < last ? toCell(state, table, row, column + 1) : toCell(state, table, row + 1, 0);
});

export const toPreviousCell: StateCommand = inTable((state, table, { row, column }) => {
  if (column > 0) return toCell(state, table, row, column - 1);
  return row > 0 ? toCell(state, table, row - 1, table.alignments.length - 1) : {};
});

/** To the cell below; in the last row a row is added, and an empty last row goes again and ends the table. */
export const toCellBelow: StateCommand = inTable((state, table, { row, column }) => {
  const below = table.rows[row];
  const isLast = row === table.rows.length - 1;
  if (isLast && row > 0 && below?.cells.every(({ text }) => text === '')) {
    const { from, to } = below.line;
    const rest = state.doc.lineAt(to).number < state.doc.lines ? '' : '\n';
    return {
      changes: { from, to, insert: rest },
      selection: EditorSelection.cursor(from + rest.length),
      ...asEdit,
    };
  }
  return toCell(state, table, row + 1, column);
});

/** Breaks the line within a cell. */
export const breakInCell: StateCommand = ({ state, dispatch }) => {
  if (!tableAt(state, state.selection.main.head)) return false;
  dispatch(state.update(state.replaceSelection('<br>'), asEdit));
  return true;
};

type Place = { row: number; column: number };
type Step = TransactionSpec;

/** A command for cursors in a table, one at a time. */
export function inTable(step: (state: EditorState, table: Table, place: Place) => Step): StateCommand {
  return ({ state, dispatch }) => {
    const { main, ranges } = state.selection;
    const table = ranges.length === 1 ? tableAt(state, main.head) : null;
    if (!table) return false;
    const place = placeIn(table, main.head);
    dispatch(state.update(step(state, table, { ...place, row: Math.max(0, place.row) })));
    return true;
  };
}

function toCell(state: EditorState, table: Table, row: number, column: number): Step {
  const at = table.rule.from;
  if (row < table.rows.length) return { selection: cellIn(state, at, row, column), scrollIntoView: true };
  const end = table.rows.length === 1 ? table.rule.to : (table.rows.at(-1)?.line.to ?? table.rule.to);
  const changes = state.changes({ from: end, insert: `\n${emptyRow(gridOf(table))}` });
  return { changes, selection: cellIn(state.update({ changes }).state, at, row, column), ...asEdit };
}
