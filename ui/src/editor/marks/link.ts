/** Links: made of selections and words, and taken off again. */
import { type ChangeSpec, EditorSelection, type EditorState, type SelectionRange } from '@codemirror/state';
import type { Command } from '@codemirror/view';

import { nodeAround } from '../surroundings';

/** An address that stands by itself. */
export const address = /^(?:https?:\/\/|mailto:)\S+$/;

/** Makes the selection (or the word at the cursor) a link's text, or takes the link off that is there. */
export const toggleLink: Command = ({ state, dispatch }) => {
  const change = state.changeByRange((range) => withoutLink(state, range) ?? withLink(state, range));
  dispatch(state.update(change, { userEvent: 'input.link', scrollIntoView: true }));
  return true;
};

type Changed = { changes: ChangeSpec; range: SelectionRange };

function withoutLink(state: EditorState, range: SelectionRange): Changed | null {
  const link = nodeAround(state, range.from, (name) => name === 'Link');
  if (!link || link.from > range.from || link.to < range.to) return null;
  const [opening, closing] = link.getChildren('LinkMark');
  if (!opening || !closing || !link.getChild('URL')) return null;
  const changes = [
    { from: opening.from, to: opening.to },
    { from: closing.from, to: link.to },
  ];
  return { changes, range: range.map(state.changes(changes)) };
}

function withLink(state: EditorState, range: SelectionRange): Changed {
  const { from, to } = range.empty ? (state.wordAt(range.head) ?? range) : range;
  const text = state.sliceDoc(from, to);
  if (address.test(text)) {
    return { changes: { from, to, insert: `[](${text})` }, range: EditorSelection.cursor(from + 1) };
  }
  const insert = `[${escaped(text)}]()`;
  const cursor = text === '' ? from + 1 : from + insert.length - 1;
  return { changes: { from, to, insert }, range: EditorSelection.cursor(cursor) };
}

/** Brackets that do not come in pairs would end the link's text. */
function escaped(text: string): string {
  let depth = 0;
  for (const character of text.replace(/\\./gs, '')) {
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (depth < 0) break;
  }
  return depth === 0 ? text : text.replace(/(?<!\\)[[\]]/g, '\\$&');
}
