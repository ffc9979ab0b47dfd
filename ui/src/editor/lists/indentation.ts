/** Moves lines right and left by columns. */
import type { ChangeSpec, Line } from '@codemirror/state';

import { type Head, spaces } from './item';

/** The change that moves a line by some columns, at most to the margin of its quote. Tabs become spaces where they must. */
export function indentBy(line: Line, head: Head, columns: number): ChangeSpec[] {
  const from = line.from + head.quote.length;
  if (head.isBlank || columns === 0) return [];
  if (columns > 0) return [{ from, insert: spaces(columns) }];
  const column = Math.max(0, head.column + columns);
  const { indent } = head;
  if (/^ *$/.test(indent)) return [{ from, to: from + Math.min(indent.length, -columns) }];
  return [{ from, to: from + indent.length, insert: spaces(column) }];
}
