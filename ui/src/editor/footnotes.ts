/** Footnotes: numbered on, their notes at the end of the text, with the way there and back. */
import { EditorSelection, type EditorState, type StateCommand, type Text } from '@codemirror/state';

const reference = /\[\^([^\]\s]+)\]/g;
const definition = /^ {0,3}\[\^([^\]\s]+)\]:/;

/** From a reference to its note, from a note back to its reference; elsewhere it makes both. */
export const footnote: StateCommand = ({ state, dispatch }) => {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const note = definition.exec(line.text)?.[1];
  const named = note ?? referenceAt(line.text, head - line.from);
  const place =
    named === undefined
      ? null
      : note === undefined
        ? noteOf(state.doc, named)
        : referenceTo(state.doc, named);
  if (place !== null) {
    dispatch(state.update({ selection: EditorSelection.cursor(place), scrollIntoView: true }));
    return true;
  }
  if (!state.readOnly)
    dispatch(state.update(newNote(state, named ?? nextNumber(state.doc), named === undefined)));
  return true;
};

function referenceAt(text: string, at: number): string | undefined {
  for (const found of text.matchAll(reference)) {
    if (found.index <= at && at <= found.index + found[0].length) return found[1];
  }
  return undefined;
}

function newNote(state: EditorState, name: string, withReference: boolean) {
  const { to } = state.selection.main;
  const { doc } = state;
  const last = doc.line(doc.lines);
  const isAfterNote = definition.test(lastWritten(doc));
  const end = last.text === '' ? (isAfterNote ? '' : '\n') : isAfterNote ? '\n' : '\n\n';
  const note = `${end}[^${name}]: `;
  const inText = withReference ? [{ from: to, insert: `[^${name}]` }] : [];
  const changes = state.changes([...inText, { from: doc.length, insert: note }]);
  return {
    changes,
    selection: EditorSelection.cursor(changes.newLength),
    userEvent: 'input.footnote',
    scrollIntoView: true,
  };
}

function lastWritten(doc: Text): string {
  for (let number = doc.lines; number >= 1; number -= 1) {
    const { text } = doc.line(number);
    if (text.trim() !== '') return text;
  }
  return '';
}

function nextNumber(doc: Text): string {
  let highest = 0;
  for (const text of doc.iterLines()) {
    for (const [, name = ''] of text.matchAll(reference))
      if (/^\d+$/.test(name)) highest = Math.max(highest, Number(name));
  }
  return String(highest + 1);
}

/** Where the words of a note begin. */
function noteOf(doc: Text, name: string): number | null {
  for (let number = 1; number <= doc.lines; number += 1) {
    const line = doc.line(number);
    const found = definition.exec(line.text);
    if (found?.[1] === name) return Math.min(line.to, line.from + found[0].length + 1);
  }
  return null;
}

/** The place behind the first reference to a note. */
function referenceTo(doc: Text, name: string): number | null {
  const sign = `[^${name}]`;
  for (let number = 1; number <= doc.lines; number += 1) {
    const line = doc.line(number);
    const at = line.text.indexOf(sign);
    if (at >= 0 && !definition.test(line.text)) return line.from + at + sign.length;
  }
  return null;
}
