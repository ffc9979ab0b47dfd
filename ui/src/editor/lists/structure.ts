/**
 * Which lines belong to an item, and which items stand beside it: by their columns, as CommonMark nests lists. Read
 * line by line around a place, which costs what the list costs, not what the post does.
 */
import type { Line, Text } from '@codemirror/state';

import { type Head, type Marker, readHead } from './item';

/** An item of a list, by the line that it begins in. */
export interface Item {
  line: Line;
  head: Head & { marker: Marker };
}

/** The item that begins in a line. */
export function itemAt(doc: Text, number: number): Item | null {
  if (number < 1 || number > doc.lines) return null;
  const line = doc.line(number);
  const head = readHead(line.text);
  return head.marker ? { line, head: { ...head, marker: head.marker } } : null;
}

/** The number of the last line that belongs to an item, its children's included. */
export function lastLineOf(doc: Text, { line, head }: Item): number {
  let last = line.number;
  let afterBlank = false;
  for (let number = last + 1; number <= doc.lines; number += 1) {
    const next = readHead(doc.line(number).text);
    if (next.isBlank) {
      afterBlank = true;
      continue;
    }
    if (depth(next) !== depth(head)) break;
    const isLazy = !afterBlank && next.marker === null;
    if (next.column < head.contentColumn && !isLazy) break;
    last = number;
    afterBlank = false;
  }
  return last;
}

/** The item that another one stands in. */
export function parentOf(doc: Text, { line, head }: Item): Item | null {
  for (const item of itemsAbove(doc, line.number, head)) {
    if (item.head.contentColumn <= head.column) return item;
  }
  return null;
}

/** The item before another one, in the same list or in one of another kind beside it. */
export function previousSibling(doc: Text, { line, head }: Item): Item | null {
  for (const item of itemsAbove(doc, line.number, head)) {
    if (item.head.contentColumn <= head.column) return null;
    if (item.head.column <= head.column) return item;
  }
  return null;
}

/** The item after another one. */
export function nextSibling(doc: Text, item: Item): Item | null {
  let number = lastLineOf(doc, item) + 1;
  while (number <= doc.lines && doc.line(number).text.trim() === '') number += 1;
  const next = itemAt(doc, number);
  if (!next || depth(next.head) !== depth(item.head) || next.head.column < item.head.column) return null;
  return next;
}

/** The last of the items that stand in another one, right below it. */
export function lastChild(doc: Text, item: Item): Item | null {
  const last = lastLineOf(doc, item);
  let child: Item | null = null;
  for (let number = item.line.number + 1; number <= last; number += 1) {
    const next = itemAt(doc, number);
    if (next && (child === null || next.head.column < child.head.contentColumn)) child = next;
  }
  return child;
}

/** Whether two items are of one list: of bullets, or of numbers with the same sign. */
export function isSameKind(one: Marker, other: Marker): boolean {
  return one.sign === other.sign && (one.number === null) === (other.number === null);
}

/** The items above a line, upwards, to where the list begins. */
function* itemsAbove(doc: Text, from: number, head: Head): Iterable<Item> {
  let belowIsBlank = false;
  for (let number = from - 1; number >= 1; number -= 1) {
    const above = readHead(doc.line(number).text);
    if (above.isBlank) {
      belowIsBlank = true;
      continue;
    }
    if (depth(above) !== depth(head)) return;
    const item = above.marker && itemAt(doc, number);
    if (item) yield item;
    // A paragraph at the margin, apart from what stands below it, is before the list.
    else if (belowIsBlank && above.column === 0) return;
    belowIsBlank = false;
  }
}

/** In how many quotes a line stands. */
function depth({ quote }: Head): number {
  return quote.split('>').length;
}
