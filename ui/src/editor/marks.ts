/** Bold, italic, code and links: the marks around the selection, put on or taken off. */
import { EditorSelection, type ChangeSpec, type SelectionRange } from '@codemirror/state';
import type { Command, KeyBinding } from '@codemirror/view';

/** Puts a mark around each selection, or takes it off where it is. */
export function toggleMark(mark: string): Command {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const change = state.changeByRange((range) => {
      const chosen = range.empty ? (state.wordAt(range.head) ?? range) : range;
      const marked = insideMark(state.sliceDoc(0, chosen.from), state.sliceDoc(chosen.to), mark);
      return marked ? unwrap(chosen, mark) : wrap(chosen, range, mark);
    });
    dispatch(state.update(change, { userEvent: 'input.mark', scrollIntoView: true }));
    return true;
  };
}

/** The runs of the mark's letter must tell: `**` around a word is bold and holds no `*` of an italic. */
function insideMark(before: string, after: string, mark: string): boolean {
  const letter = mark.charAt(0);
  const left = runAtEnd(before, letter);
  const right = runAtStart(after, letter);
  const common = Math.min(left, right);
  if (letter !== '*') return common === mark.length;
  return mark.length === 1 ? common === 1 || common === 3 : common >= 2;
}

function runAtEnd(text: string, letter: string): number {
  let length = 0;
  while (length < text.length && text[text.length - 1 - length] === letter) length += 1;
  return length;
}

function runAtStart(text: string, letter: string): number {
  let length = 0;
  while (length < text.length && text[length] === letter) length += 1;
  return length;
}

type Changed = { changes: ChangeSpec; range: SelectionRange };

function wrap(chosen: { from: number; to: number }, range: SelectionRange, mark: string): Changed {
  const changes = [
    { from: chosen.from, insert: mark },
    { from: chosen.to, insert: mark },
  ];
  const by = mark.length;
  return { changes, range: EditorSelection.range(range.anchor + by, range.head + by) };
}

function unwrap(chosen: { from: number; to: number }, mark: string): Changed {
  const by = mark.length;
  const changes = [
    { from: chosen.from - by, to: chosen.from },
    { from: chosen.to, to: chosen.to + by },
  ];
  return { changes, range: EditorSelection.range(chosen.from - by, chosen.to - by) };
}

/** Makes the selection a link's text, with the cursor where its address goes. */
export const insertLink: Command = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const change = state.changeByRange((range) => {
    const text = state.sliceDoc(range.from, range.to);
    const address = /^https?:\/\/\S+$/.test(text);
    const insert = address ? `[](${text})` : `[${text}]()`;
    const cursor = address || text === '' ? range.from + 1 : range.from + insert.length - 1;
    return { changes: { from: range.from, to: range.to, insert }, range: EditorSelection.cursor(cursor) };
  });
  dispatch(state.update(change, { userEvent: 'input.link', scrollIntoView: true }));
  return true;
};

/** Mod+B folds the sidebar, so bold has Shift. */
export const markKeys: readonly KeyBinding[] = [
  { key: 'Mod-Shift-b', run: toggleMark('**'), preventDefault: true },
  { key: 'Mod-i', run: toggleMark('*'), preventDefault: true },
  { key: 'Mod-e', run: toggleMark('`'), preventDefault: true },
  { key: 'Mod-k', run: insertLink, preventDefault: true },
];
