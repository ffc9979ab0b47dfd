/** Keeps the numbers of lists in order after an edit, as one step with it. */
import {
  type ChangeSpec,
  type EditorState,
  type StateCommand,
  type Text,
  Transaction,
} from '@codemirror/state';

import { isSameKind, type Item, itemAt, nextSibling, parentOf, previousSibling } from './structure';

/** Further up a list's first item is not looked for. */
const mostLinesUp = 1_000;

/** How a list counts: where it begins, and whether all of its items have the same number. */
interface Counting {
  first: number;
  steps: number;
}

/** A command after which the lists that it touched count on. */
export function countingOn(command: StateCommand): StateCommand {
  return ({ state, dispatch }) => {
    let made: Transaction | null = null;
    const done = command({ state, dispatch: (transaction) => (made = transaction) });
    const edit = made as Transaction | null;
    if (!edit) return done;
    dispatch(withNumbers(state, edit));
    return done;
  };
}

function withNumbers(state: EditorState, edit: Transaction): Transaction {
  const after = edit.state;
  const changes = renumbered(state, edit);
  if (changes.length === 0) return edit;
  const numbers = after.changes(changes);
  const event = edit.annotation(Transaction.userEvent);
  return state.update({
    changes: edit.changes.compose(numbers),
    selection: edit.newSelection.map(numbers, 1),
    scrollIntoView: true,
    ...(event === undefined ? {} : { userEvent: event }),
  });
}

function renumbered(before: EditorState, edit: Transaction): ChangeSpec[] {
  const { doc } = edit.state;
  const numbers = new Map<number, number>();
  edit.changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    const counting = countingOf(before.doc, fromA) ?? countingOf(before.doc, toA);
    const first = Math.max(1, doc.lineAt(fromB).number - 1);
    const last = nextWritten(doc, doc.lineAt(toB).number);
    for (let number = first; number <= last; number += 1) {
      const item = itemAt(doc, number);
      if (item?.head.marker.number != null) count(doc, item, counting, numbers);
    }
  });
  return [...numbers].flatMap(([line, number]) => numbering(doc, line, number));
}

function nextWritten(doc: Text, from: number): number {
  let number = Math.min(doc.lines, from + 1);
  while (number < doc.lines && doc.line(number).text.trim() === '') number += 1;
  return number;
}

function numbering(doc: Text, line: number, number: number): ChangeSpec[] {
  const item = itemAt(doc, line);
  if (!item || item.head.marker.number === number) return [];
  const from = item.line.from + item.head.markerAt;
  return [{ from, to: from + String(item.head.marker.number).length, insert: String(number) }];
}

/** Counts on from an item, until the numbers are right; `numbers` are those that lines have by then. */
function count(doc: Text, from: Item, counting: Counting | null, numbers: Map<number, number>): void {
  const numberOf = ({ line, head }: Item): number => numbers.get(line.number) ?? head.marker.number ?? 1;
  const steps = counting?.steps ?? 1;
  const before = previousSibling(doc, from);
  const sibling = before && isSameKind(before.head.marker, from.head.marker) ? before : null;
  let expected = sibling ? numberOf(sibling) + steps : (firstNumber(doc, from, counting) ?? numberOf(from));
  for (let item: Item | null = from; item; item = nextSibling(doc, item)) {
    if (!isSameKind(item.head.marker, from.head.marker)) return;
    if (item !== from && numberOf(item) === expected) return;
    numbers.set(item.line.number, expected);
    expected += steps;
  }
}

/** A list that lost or moved its first item begins as it did; one that came to be inside another begins at 1. */
function firstNumber(doc: Text, item: Item, counting: Counting | null): number | null {
  if (parentOf(doc, item)) return 1;
  return counting?.first ?? null;
}

/** How the outermost list around a place counts; none if it does not. */
function countingOf(doc: Text, position: number): Counting | null {
  const { number } = doc.lineAt(position);
  let item = itemAt(doc, number) ?? itemAt(doc, number - 1) ?? itemAt(doc, number + 1);
  for (let parent = item; parent && item; parent = parentOf(doc, item)) item = parent;
  if (item?.head.marker.number == null) return null;
  const kind = item.head.marker;
  const least = item.line.number - mostLinesUp;
  for (let above = previousSibling(doc, item); above; above = previousSibling(doc, item)) {
    if (!isSameKind(above.head.marker, kind) || above.line.number < least) break;
    item = above;
  }
  const first = item.head.marker.number ?? 1;
  const second = nextSibling(doc, item)?.head.marker;
  const isSame = second !== undefined && isSameKind(second, kind) && second.number === first;
  return { first, steps: isSame ? 0 : 1 };
}
