/** Fences of code around the chosen lines. */
import { EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state';
import type { Command } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';

import { chosenLines, nodeAround } from '../surroundings';

/** Puts a fence around the chosen lines, ready for the name of a language; takes it off where they are in one. */
export const toggleFence: Command = ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const fenced = nodeAround(state, from, (name) => name === 'FencedCode');
  const spec = fenced && to <= fenced.to ? withoutFence(state, fenced) : withFence(state);
  dispatch(state.update({ ...spec, userEvent: 'input.format', scrollIntoView: true }));
  return true;
};

function withFence(state: EditorState): TransactionSpec {
  const lines = chosenLines(state);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return {};
  const text = state.sliceDoc(first.from, last.to);
  const indent = /^[ \t]*/.exec(first.text)?.[0] ?? '';
  const longest = Math.max(2, ...[...text.matchAll(/^[ \t]*(`{3,})/gm)].map(([, run = '']) => run.length));
  const fence = indent + '`'.repeat(longest + 1);
  const changes = [
    { from: first.from, insert: `${fence}\n` },
    { from: last.to, insert: `\n${fence}` },
  ];
  return { changes, selection: EditorSelection.cursor(first.from + fence.length) };
}

function withoutFence(state: EditorState, fenced: SyntaxNode): TransactionSpec {
  const opening = state.doc.lineAt(fenced.from);
  const closing = state.doc.lineAt(fenced.to);
  const isClosed = closing.number > opening.number && /^[\s>]*(?:`{3,}|~{3,})[ \t]*$/.test(closing.text);
  const end = Math.min(opening.to + 1, state.doc.length);
  const changes = [{ from: opening.from, to: end }];
  if (isClosed) changes.push({ from: Math.max(end, closing.from - 1), to: closing.to });
  return { changes };
}
