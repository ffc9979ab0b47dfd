/** How many hits a search has, and which of them is chosen. */
import type { SearchQuery } from '@codemirror/search';
import type { EditorState } from '@codemirror/state';

import { rangeOf } from './range';

export interface Hits {
  /** Where they begin, in the order of the text. */
  starts: number[];
  ends: number[];
  /** Whether there are more, which were not counted. */
  more: boolean;
}

const most = 10_000;
/** Milliseconds that counting may take. */
const patience = 60;
const hitsBetweenLooks = 256;

export function findHits(state: EditorState, query: SearchQuery): Hits {
  const starts: number[] = [];
  const ends: number[] = [];
  if (!query.valid) return { starts, ends, more: false };
  const began = performance.now();
  const { from, to } = rangeOf(state) ?? { from: 0, to: state.doc.length };
  const cursor = query.getCursor(state, from, to);
  for (let hit = cursor.next(); !hit.done; hit = cursor.next()) {
    if (starts.length >= most) return { starts, ends, more: true };
    if (starts.length % hitsBetweenLooks === 0 && performance.now() - began > patience)
      return { starts, ends, more: true };
    starts.push(hit.value.from);
    ends.push(hit.value.to);
  }
  return { starts, ends, more: false };
}

/** The number of the hit that stands between two places, from 1; 0 if none does. */
export function numberOfHit({ starts, ends }: Hits, begin: number, end: number): number {
  let [from, to] = [0, starts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((starts[middle] ?? 0) < begin) from = middle + 1;
    else to = middle;
  }
  return starts[from] === begin && ends[from] === end ? from + 1 : 0;
}

/** Why an expression cannot be read, in the web view's words; none if it can. */
export function faultOf({ search, regexp }: SearchQuery): string | null {
  if (!regexp || search === '') return null;
  try {
    new RegExp(search, 'gmu');
    return null;
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    return said.replace(/^Invalid regular expression:\s*/, '');
  }
}
