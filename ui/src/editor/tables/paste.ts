/** A range of a spreadsheet, pasted: as a table, or into the cells of the one at the cursor. */
import type { EditorState, Extension, TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

import { pastesPlain } from '../paste';
import { isVerbatim } from '../surroundings';
import { type Grid, gridOf, layOut } from './layout';
import { placeIn, tableAt } from './table';
import { asEdit, writeGrid } from './write';

/** The cells of a copied range; none if the text is none. `fromTable`: the clipboard says that it was a table. */
export function cellsOfRange(text: string, fromTable: boolean): string[][] | null {
  const rows = readRange(text.replace(/\r\n?/g, '\n').replace(/\n$/, ''));
  const columns = rows[0]?.length ?? 0;
  if (columns < 2 || rows.some((row) => row.length !== columns)) return null;
  if (fromTable) return rows;
  // Code that is indented by tabs is no table.
  return rows.length > 1 && rows.some(([first]) => first !== '') && rows[0]?.[0] !== '' ? rows : null;
}

/** Splits at tabs and line ends; a cell that holds some stands in quotation marks. */
function readRange(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const { 1: quoted, 2: plain = '', 3: end } of text.matchAll(
    /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows;
}

/** Words as they stand in a cell. */
function asCell(text: string): string {
  return text
    .trim()
    .replace(/(?<!\\)\|/g, '\\|')
    .replace(/\s*\n\s*/g, '<br>');
}

/** The step that brings a copied range in at the cursor. */
export function bringIn(state: EditorState, range: readonly (readonly string[])[]): TransactionSpec {
  const rows = range.map((row) => row.map(asCell));
  const { main } = state.selection;
  const table = tableAt(state, main.head);
  if (table) {
    const { row, column } = placeIn(table, main.from);
    const grid = filled(gridOf(table), rows, Math.max(0, row), column);
    return writeGrid(
      state,
      table,
      grid,
      Math.max(0, row) + rows.length - 1,
      column + (rows[0]?.length ?? 1) - 1,
    );
  }
  const line = state.doc.lineAt(main.from);
  const alignments = (rows[0] ?? []).map((_, column) =>
    isNumeric(rows, column) ? ('right' as const) : ('none' as const),
  );
  const written = layOut({ prefix: '', rows, alignments }).join('\n');
  const before = state.sliceDoc(line.from, main.from).trim() === '' ? '' : '\n\n';
  const last = state.doc.lineAt(main.to);
  const after = state.sliceDoc(main.to, last.to).trim() === '' ? '\n' : '\n\n';
  return { ...state.replaceSelection(before + written + after), ...asEdit };
}

function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  const body = rows.slice(1).map((row) => row[column] ?? '');
  return body.length > 0 && body.every((cell) => /^[-+]?[₩$€]?\d[\d,. ]*%?$/.test(cell));
}

function filled(grid: Grid, rows: readonly (readonly string[])[], row: number, column: number): Grid {
  const width = column + (rows[0]?.length ?? 0);
  while (grid.alignments.length < width) grid.alignments.push('none');
  for (const [down, cells] of rows.entries()) {
    const target = (grid.rows[row + down] ??= []);
    while (target.length < width) target.push('');
    for (const [right, cell] of cells.entries()) target[column + right] = cell;
  }
  return grid;
}

export const pasteRange: Extension = EditorView.domEventHandlers({
  paste(event, view) {
    const { state } = view;
    const data = event.clipboardData;
    const text = data?.getData('text/plain') ?? '';
    if (!text.includes('\t') || pastesPlain(view) || state.readOnly || state.selection.ranges.length > 1)
      return false;
    if (isVerbatim(state, state.doc.lineAt(state.selection.main.head))) return false;
    const range = cellsOfRange(text, /<table/i.test(data?.getData('text/html') ?? ''));
    if (!range) return false;
    view.dispatch(state.update(bringIn(state, range)));
    return true;
  },
});
