/**
 * CodeMirror's change sets as the wire's changes and back. Both count UTF-16 units with one for a line end.
 */
import { ChangeSet, type Text } from '@codemirror/state';

import type { Change } from '../wire/types';

/** The wire's changes of a change set: sorted, not overlapping, positions in the text before. */
export function toWire(changes: ChangeSet): Change[] {
  const wire: Change[] = [];
  changes.iterChanges((from, to, _fromAfter, _toAfter, insert) => {
    wire.push({ from, to, insert: insert.toString() });
  });
  return wire;
}

/** The change set of the wire's changes to a text of `length` units. */
export function fromWire(changes: readonly Change[], length: number): ChangeSet {
  return ChangeSet.of(changes.slice(), length);
}

/**
 * Whether changes cut a surrogate pair, or join one. UTF-8 knows no half characters, so the core could not
 * follow them; such an edit goes as a whole text.
 */
export function cutsCharacter(changes: readonly Change[], before: Text): boolean {
  return changes.some(
    ({ from, to, insert }) =>
      !insert.isWellFormed() ||
      /[\uD800-\uDBFF]$/.test(before.sliceString(Math.max(0, from - 1), from)) ||
      /^[\uDC00-\uDFFF]/.test(before.sliceString(to, to + 1)),
  );
}

/** The smallest single change from one text to another, or none where they are equal. */
export function difference(before: string, after: string): Change[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before, start - 1)) start -= 1;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  if (end > 0 && isLowSurrogate(before, before.length - end)) end -= 1;
  return [{ from: start, to: before.length - end, insert: after.slice(start, after.length - end) }];
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
