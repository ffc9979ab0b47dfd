/** Rows and columns of a table: added, deleted, moved, aligned. */
import { EditorSelection, type StateCommand } from '@codemirror/state';

import { type Grid, gridOf, layOut } from './layout';
import { inTable } from './moves';
import { type Alignment, tableAt } from './table';
import { alignTable, asEdit, writeGrid } from './write';

type Place = { row: number; column: number };

/** Changes the words of the table; answers the cell to go to. */
function changing(change: (grid: Grid, place: Place) => Place): StateCommand {
  return inTable((state, table, place) => {
    const grid = gridOf(table);
    const next = change(grid, place);
    return writeGrid(state, table, grid, next.row, next.column);
  });
}

/** Nothing comes above the head: a row there begins the body. */
export const addRowAbove = changing((grid, { row, column }) => {
  const at = Math.max(1, row);
  grid.rows.splice(at, 0, []);
  return { row: at, column };
});

export const addRowBelow = changing((grid, { row, column }) => {
  grid.rows.splice(row + 1, 0, []);
  return { row: row + 1, column };
});

/** The head stays: a table without one is none. */
export const deleteRow = changing((grid, { row, column }) => {
  if (row > 0) grid.rows.splice(row, 1);
  return { row: Math.min(row, grid.rows.length - 1), column };
});

export const moveRowUp = moveRow(-1);
export const moveRowDown = moveRow(1);

function moveRow(by: 1 | -1): StateCommand {
  return changing(({ rows }, { row, column }) => {
    const to = row + by;
    if (row < 1 || to < 1 || to >= rows.length) return { row, column };
    rows.splice(to, 0, ...rows.splice(row, 1));
    return { row: to, column };
  });
}

export const addColumnLeft = addColumn(0);
export const addColumnRight = addColumn(1);

function addColumn(by: 0 | 1): StateCommand {
  return changing((grid, { row, column }) => {
    const at = column + by;
    for (const cells of grid.rows) cells.splice(at, 0, '');
    grid.alignments.splice(at, 0, 'none');
    return { row, column: at };
  });
}

/** The last column stays: without one there is no table. */
export const deleteColumn = changing((grid, { row, column }) => {
  if (grid.alignments.length === 1) return { row, column };
  for (const cells of grid.rows) cells.splice(column, 1);
  grid.alignments.splice(column, 1);
  return { row, column: Math.min(column, grid.alignments.length - 1) };
});

export const moveColumnLeft = moveColumn(-1);
export const moveColumnRight = moveColumn(1);

function moveColumn(by: 1 | -1): StateCommand {
  return changing((grid, { row, column }) => {
    const to = column + by;
    const { length } = grid.alignments;
    if (to < 0 || to >= length) return { row, column };
    for (const cells of grid.rows) {
      while (cells.length < length) cells.push('');
      cells.splice(to, 0, ...cells.splice(column, 1));
    }
    grid.alignments.splice(to, 0, ...grid.alignments.splice(column, 1));
    return { row, column: to };
  });
}

/** Aligns the words of a column; asked again, as the site has it by itself. */
export function alignColumn(alignment: Alignment): StateCommand {
  return changing((grid, { row, column }) => {
    grid.alignments[column] = grid.alignments[column] === alignment ? 'none' : alignment;
    return { row, column };
  });
}

/** Puts the bars of the table at the cursor below each other. */
export const alignBars: StateCommand = ({ state, dispatch }) => {
  const table = tableAt(state, state.selection.main.head);
  const spec = table && alignTable(state, table, gridOf(table));
  if (spec) dispatch(state.update(spec));
  return table !== null;
};

/** A table of two columns, with the cursor in the first cell; apart from the words before and behind it. */
export const insertTable: StateCommand = ({ state, dispatch }) => {
  const { doc } = state;
  const { to } = state.selection.main;
  const line = doc.lineAt(to);
  const isBlank = line.text.trim() === '';
  const prefix = isBlank ? line.text : '';
  const below = line.number < doc.lines && doc.line(line.number + 1).text.trim() !== '';
  const above = line.number > 1 && doc.line(line.number - 1).text.trim() !== '';
  const before = isBlank ? (above ? '\n' : '') : '\n\n';
  const from = isBlank ? line.from : line.to;
  const lines = layOut({ prefix, rows: [[], []], alignments: ['none', 'none'] });
  const insert = before + lines.join('\n') + (below ? '\n' : '');
  const cell = from + before.length + prefix.length + 2;
  dispatch(
    state.update({
      changes: { from, to: line.to, insert },
      selection: EditorSelection.cursor(cell),
      ...asEdit,
    }),
  );
  return true;
};
