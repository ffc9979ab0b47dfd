/** Brings a table's new words into the text: only lines that are others change, as one step. */
import { type ChangeSpec, EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state';

import { type Grid, layOut } from './layout';
import { placeIn, type Table, tableAt } from './table';

/** The changes that write a grid in a table's place. */
export function changesTo(table: Table, grid: Grid): ChangeSpec[] {
  const lines = layOut(grid);
  const old = [table.rows[0]?.line, table.rule, ...table.rows.slice(1).map(({ line }) => line)];
  const changes: ChangeSpec[] = [];
  for (const [at, line] of old.entries()) {
    const written = lines[at];
    if (!line) continue;
    if (written === undefined) changes.push({ from: line.from - 1, to: line.to });
    else if (written !== line.text) changes.push({ from: line.from, to: line.to, insert: written });
  }
  const more = lines.slice(old.length);
  const end = old.at(-1)?.to ?? 0;
  if (more.length > 0) changes.push({ from: end, insert: more.map((line) => `\n${line}`).join('') });
  return changes;
}

/** The step that writes a grid, with the words of a cell chosen after it. */
export function writeGrid(
  state: EditorState,
  table: Table,
  grid: Grid,
  row: number,
  column: number,
): TransactionSpec {
  const changes = state.changes(changesTo(table, grid));
  const after = state.update({ changes }).state;
  return { changes, selection: cellIn(after, changes.mapPos(table.rule.from, 1), row, column), ...asEdit };
}

/** Aligns a table; the cursor stays where it is in its cell. */
export function alignTable(state: EditorState, table: Table, grid: Grid): TransactionSpec | null {
  const changes = state.changes(changesTo(table, grid));
  if (changes.empty) return null;
  const { head } = state.selection.main;
  const isInside = head >= (table.rows[0]?.line.from ?? 0) && head <= (table.rows.at(-1)?.line.to ?? 0);
  if (!isInside) return { changes, userEvent: asEdit.userEvent };
  const { row, column } = placeIn(table, head);
  const cell = table.rows[row]?.cells[column];
  const after = state.update({ changes }).state;
  const now = cellIn(after, changes.mapPos(table.rule.from, 1), Math.max(0, row), column);
  const offset = cell ? Math.min(Math.max(0, head - cell.from), cell.text.length) : 0;
  return { changes, selection: EditorSelection.cursor(now.from + offset), ...asEdit };
}

/** The words of a cell, chosen; `inTable` is a place in the table. */
export function cellIn(state: EditorState, inTable: number, row: number, column: number) {
  const table = tableAt(state, inTable);
  const cells = table?.rows[Math.min(row, table.rows.length - 1)]?.cells ?? [];
  const cell = cells[Math.min(column, cells.length - 1)];
  return cell ? EditorSelection.range(cell.from, cell.to) : EditorSelection.cursor(inTable);
}

export const asEdit = { userEvent: 'input.table', scrollIntoView: true };
