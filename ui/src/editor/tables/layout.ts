/** Writes a table so that its bars stand below each other. */
import { displayWidth } from './display-width';
import type { Alignment, Table } from './table';

/** The words of a table, apart from where they stand. */
export interface Grid {
  prefix: string;
  /** The head and the body. */
  rows: string[][];
  alignments: Alignment[];
}

const least = 3;

export function gridOf({ prefix, rows, alignments }: Table): Grid {
  return {
    prefix,
    rows: rows.map(({ cells }) => cells.map(({ text }) => text)),
    alignments: [...alignments],
  };
}

/** The lines of a table: its head, the dashes, its body. */
export function layOut({ prefix, rows, alignments }: Grid): string[] {
  const widths = alignments.map((_, column) =>
    Math.max(least, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const lines = rows.map((row) => {
    const cells = widths.map((width, column) =>
      padded(row[column] ?? '', width, alignments[column] ?? 'none'),
    );
    // Cells beyond the head's are not shown by any generator, and stay as they are.
    return `${prefix}| ${[...cells, ...row.slice(widths.length)].join(' | ')} |`;
  });
  const rule = widths.map((width, column) => dashes(width, alignments[column] ?? 'none'));
  lines.splice(1, 0, `${prefix}| ${rule.join(' | ')} |`);
  return lines;
}

/** A row without words, as wide as a table's columns. */
export function emptyRow({ prefix, rows, alignments }: Grid): string {
  const widths = alignments.map((_, column) =>
    Math.max(least, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return `${prefix}| ${widths.map((width) => ' '.repeat(width)).join(' | ')} |`;
}

function padded(text: string, width: number, alignment: Alignment): string {
  const free = width - displayWidth(text);
  const before = alignment === 'right' ? free : alignment === 'center' ? Math.floor(free / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(free - before);
}

function dashes(width: number, alignment: Alignment): string {
  const left = alignment === 'left' || alignment === 'center' ? ':' : '';
  const right = alignment === 'right' || alignment === 'center' ? ':' : '';
  return left + '-'.repeat(width - left.length - right.length) + right;
}
