/** Lists made of lines, of another kind, and taken off again; what belongs to an item moves with it. */
import type { ChangeSpec, EditorState, Line } from '@codemirror/state';
import type { Command } from '@codemirror/view';

import { changingLines } from '../blocks/change-lines';
import { isVerbatim } from '../surroundings';
import { type Head, type Marker, markerWidth, readHead, writeMarker } from './item';
import { indentBy } from './indentation';

export type ListKind = 'bullet' | 'ordered' | 'task';

/** Makes the chosen lines items of a kind; lines that all are lose their markers. */
export function toggleList(kind: ListKind): Command {
  return changingLines((chosen, state) => {
    const lines = chosen.filter(
      (line) => !isVerbatim(state, line) && (line.text.trim() !== '' || chosen.length === 1),
    );
    const heads = lines.map((line) => readHead(line.text));
    const off = heads.every((head) => isOf(kind, head));
    return rewritten(state, lines, (head, number) => (off ? null : markerOf(kind, head, number)));
  });
}

function isOf(kind: ListKind, { marker }: Head): boolean {
  if (!marker) return false;
  if (kind === 'task') return marker.done !== null;
  return marker.done === null && (marker.number !== null) === (kind === 'ordered');
}

function markerOf(kind: ListKind, { marker }: Head, number: number): Marker {
  if (kind === 'ordered') return { sign: marker?.number == null ? '.' : marker.sign, number, done: null };
  const sign = marker?.number === null ? marker.sign : '-';
  if (kind === 'bullet') return { sign, number: null, done: null };
  const ordered = marker?.number ?? null;
  return {
    sign: ordered === null ? sign : (marker?.sign ?? '.'),
    number: ordered,
    done: marker?.done ?? false,
  };
}

/** An item whose content has moved, and by how much. */
interface Moved {
  content: number;
  by: number;
}

function rewritten(
  state: EditorState,
  lines: readonly Line[],
  markerFor: (head: Head, number: number) => Marker | null,
): ChangeSpec[] {
  const changes: ChangeSpec[] = [];
  const chosen = new Set(lines.map((line) => line.number));
  const last = lines.at(-1)?.number ?? 0;
  const counts = new Map<number, number>();
  let moved: Moved[] = [];
  for (let number = lines[0]?.number ?? 1; number <= state.doc.lines; number += 1) {
    const line = state.doc.line(number);
    const head = readHead(line.text);
    if (head.isBlank && !chosen.has(number)) continue;
    moved = moved.filter(({ content }) => head.column >= content);
    if (number > last && moved.length === 0) break;
    const by = moved.at(-1)?.by ?? 0;
    if (by !== 0) changes.push(...indentBy(line, head, by));
    if (!chosen.has(number)) continue;
    for (const column of counts.keys()) if (column > head.column) counts.delete(column);
    const count = (counts.get(head.column) ?? 0) + 1;
    counts.set(head.column, count);
    const marker = markerFor(head, count);
    changes.push({
      from: line.from + head.markerAt,
      to: line.from + head.wordsAt,
      insert: marker ? writeMarker(marker) : '',
    });
    if (!head.marker) continue;
    const width = marker ? markerWidth(marker) : 0;
    moved.push({ content: head.contentColumn, by: by + head.column + width - head.contentColumn });
  }
  return changes;
}
