/** Indents and outdents the items of lists, with all that belongs to them. */
import type { ChangeSpec, EditorState, StateCommand, Text } from '@codemirror/state';

import { chosenLines, isVerbatim } from '../surroundings';
import { indentBy } from './indentation';
import { type Marker, markerWidth, readHead, writeMarker } from './item';
import { countingOn } from './numbers';
import { isSameKind, type Item, itemAt, lastChild, lastLineOf, parentOf, previousSibling } from './structure';

/** Where an item goes, and the kind of list that it comes into. */
interface Place {
  column: number;
  beside: Marker | null;
}

/** Makes the chosen items children of the item before them. Where there are none it leaves the key to others. */
export const indentItems: StateCommand = countingOn(moveItems(placeBelowPrevious));

/** Puts the chosen items beside the one that they stand in. */
export const outdentItems: StateCommand = countingOn(moveItems(placeBesideParent));

function moveItems(placeOf: (doc: Text, item: Item) => Place | null): StateCommand {
  return ({ state, dispatch }) => {
    const items = chosenItems(state);
    if (items.length === 0) return false;
    const place = items[0] && placeOf(state.doc, items[0]);
    const changes = place ? items.flatMap((item) => moved(state.doc, item, place)) : [];
    if (changes.length === 0) return true;
    const made = state.changes(changes);
    dispatch(
      state.update({
        changes: made,
        selection: state.selection.map(made, 1),
        userEvent: 'input.indent',
        scrollIntoView: true,
      }),
    );
    return true;
  };
}

/** The items that begin in the chosen lines, without those that move with another one. */
function chosenItems(state: EditorState): Item[] {
  const items: Item[] = [];
  let last = 0;
  for (const line of chosenLines(state)) {
    if (line.number <= last || isVerbatim(state, line)) continue;
    const item = itemAt(state.doc, line.number);
    if (!item) continue;
    items.push(item);
    last = lastLineOf(state.doc, item);
  }
  return items;
}

/** A child stands where its parent's content begins (all five generators nest by it), or beside its siblings. */
function placeBelowPrevious(doc: Text, item: Item): Place | null {
  const previous = previousSibling(doc, item);
  if (!previous) return null;
  const child = lastChild(doc, previous);
  return child
    ? { column: child.head.column, beside: child.head.marker }
    : { column: previous.head.contentColumn, beside: null };
}

function placeBesideParent(doc: Text, item: Item): Place | null {
  const parent = parentOf(doc, item);
  if (parent) return { column: parent.head.column, beside: parent.head.marker };
  return item.head.column > 0 ? { column: 0, beside: null } : null;
}

function moved(doc: Text, item: Item, { column, beside }: Place): ChangeSpec[] {
  const { line, head } = item;
  const marker = besideOthers(head.marker, beside);
  const by = column - head.column;
  const contentBy = by + markerWidth(marker) - markerWidth(head.marker);
  const changes = indentBy(line, head, by);
  if (marker !== head.marker) {
    changes.push({
      from: line.from + head.markerAt,
      to: line.from + head.wordsAt,
      insert: writeMarker(marker),
    });
  }
  for (let number = line.number + 1; number <= lastLineOf(doc, item); number += 1) {
    const below = doc.line(number);
    changes.push(...indentBy(below, readHead(below.text), contentBy));
  }
  return changes;
}

/** An item that comes into a list of another kind becomes one of its items. */
function besideOthers(marker: Marker, beside: Marker | null): Marker {
  if (!beside || isSameKind(marker, beside)) return marker;
  return { ...marker, sign: beside.sign, number: beside.number };
}
