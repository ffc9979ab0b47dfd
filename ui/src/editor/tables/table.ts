/** The table around a place: its rows and cells with where they stand. Read line by line, from the place outwards. */
import type { EditorState, Line, Text } from '@codemirror/state';

import { readHead } from '../lists/item';
import { isVerbatim } from '../surroundings';

export type Alignment = 'none' | 'left' | 'center' | 'right';

export interface Cell {
  /** Where its words stand in the post; an empty cell's are one place behind its bar. */
  from: number;
  to: number;
  text: string;
}

export interface Row {
  line: Line;
  cells: Cell[];
}

export interface Table {
  /** What stands before each row: the signs of quotes, and indentation. */
  prefix: string;
  /** The rows with words: the head and then the body, without the line of dashes between them. */
  rows: Row[];
  /** The line of dashes. */
  rule: Line;
  alignments: Alignment[];
}

const dashes = /^\s*:?-+:?\s*$/;

/** The table that a place is in. */
export function tableAt(state: EditorState, position: number): Table | null {
  const { doc } = state;
  const line = doc.lineAt(position);
  if (!line.text.includes('|') || isVerbatim(state, line)) return null;
  let first = line.number;
  while (first > 1 && isRow(doc.line(first - 1).text)) first -= 1;
  let last = line.number;
  while (last < doc.lines && isRow(doc.line(last + 1).text)) last += 1;
  for (let number = first + 1; number <= last; number += 1) {
    const table = tableWithRule(doc, number, last);
    if (table && line.number >= number - 1) return table;
  }
  return null;
}

function isRow(text: string): boolean {
  return text.replaceAll('\\|', '').includes('|');
}

function tableWithRule(doc: Text, number: number, last: number): Table | null {
  const rule = doc.line(number);
  const signs = cellsOf(rule);
  const head = rowOf(doc.line(number - 1));
  if (signs.length !== head.cells.length || !signs.every(({ text }) => dashes.test(text))) return null;
  const rows = [head];
  for (let below = number + 1; below <= last; below += 1) rows.push(rowOf(doc.line(below)));
  return { prefix: prefixOf(head.line), rows, rule, alignments: signs.map(({ text }) => alignmentOf(text)) };
}

function rowOf(line: Line): Row {
  return { line, cells: cellsOf(line) };
}

function prefixOf({ text }: Line): string {
  const { quote, indent } = readHead(text);
  return quote + indent;
}

/** The cells of a row: split at bars that no backslash stands before, in code too (GFM, "Tables"). */
function cellsOf(line: Line): Cell[] {
  const begin = prefixOf(line).length;
  const text = line.text.slice(begin);
  const bars = [...text.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  const end = text.trimEnd().length;
  const starts = text.startsWith('|') ? [] : [-1];
  const stops = bars.at(-1) === end - 1 ? [] : [text.length];
  const edges = [...starts, ...bars, ...stops];
  return edges.slice(1).map((edge, at) => cellBetween(text, (edges[at] ?? -1) + 1, edge, line.from + begin));
}

function cellBetween(text: string, from: number, to: number, offset: number): Cell {
  const raw = text.slice(from, to);
  const words = raw.trim();
  const at = words === '' ? from + Math.min(1, raw.length) : from + raw.length - raw.trimStart().length;
  return { from: offset + at, to: offset + at + words.length, text: words };
}

function alignmentOf(dashes: string): Alignment {
  const left = dashes.startsWith(':');
  const right = dashes.endsWith(':');
  if (left) return right ? 'center' : 'left';
  return right ? 'right' : 'none';
}

/** Where a place is in a table: its row (-1 on the line of dashes) and column. */
export function placeIn(table: Table, position: number): { row: number; column: number } {
  const row = table.rows.findIndex(({ line }) => line.from <= position && position <= line.to);
  const cells = table.rows[row]?.cells ?? [];
  let column = 0;
  while (column < cells.length - 1 && position >= barAfter(table.rows[row], column)) column += 1;
  return { row, column };
}

/** The place behind the bar that ends a cell. */
function barAfter(row: Row | undefined, column: number): number {
  const cell = row?.cells[column];
  if (!row || !cell) return Infinity;
  const bar = row.line.text.indexOf('|', cell.to - row.line.from);
  return bar < 0 ? Infinity : row.line.from + bar + 1;
}
