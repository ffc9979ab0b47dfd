/** Pieces of text by a slash at the beginning of a line, in the window's language and in English. */
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippet,
} from '@codemirror/autocomplete';
import type { Command, EditorView } from '@codemirror/view';

import { isVerbatim } from '../surroundings';
import { insertTable } from '../tables/rows-and-columns';

interface Piece {
  /** Its name in English, which is a phrase. */
  name: string;
  /** What is written, with the places to go through; or a command that writes it. */
  write: string | Command | (() => string);
}

const pieces: readonly Piece[] = [
  { name: 'table', write: insertTable },
  { name: 'code', write: '```${language}\n${code}\n```' },
  { name: 'image', write: '![${description}](${address})' },
  { name: 'link', write: '[${text}](${address})' },
  { name: 'task', write: '- [ ] ${}' },
  { name: 'note', write: '> [!NOTE]\n> ${}' },
  { name: 'tip', write: '> [!TIP]\n> ${}' },
  { name: 'warning', write: '> [!WARNING]\n> ${}' },
  { name: 'formula', write: '$$\n${}\n$$' },
  { name: 'diagram', write: '```mermaid\nflowchart LR\n  ${A} --> ${B}\n```' },
  { name: 'fold', write: '<details>\n<summary>${summary}</summary>\n\n${}\n\n</details>' },
  { name: 'rule', write: '---\n' },
  { name: 'date', write: today },
];

export const slash = /^[ \t]*\/[^\s/]*$/;

export function snippets(context: CompletionContext): CompletionResult | null {
  const { state } = context;
  const typed = context.matchBefore(slash);
  const line = state.doc.lineAt(context.pos);
  if (!typed || typed.from !== line.from || isVerbatim(state, line)) return null;
  const from = typed.from + typed.text.indexOf('/');
  return {
    from,
    options: pieces.flatMap((piece) => optionsOf(piece, state.phrase(piece.name))),
    validFor: /^\/[^\s/]*$/,
  };
}

function optionsOf({ name, write }: Piece, said: string): Completion[] {
  const apply = writing(write);
  const inWindow: Completion = { label: `/${said}`, apply };
  return said === name
    ? [inWindow]
    : [
        { ...inWindow, boost: 1 },
        { label: `/${name}`, detail: said, apply },
      ];
}

function writing(write: Piece['write']) {
  return (view: EditorView, chosen: Completion, from: number, to: number): void => {
    if (typeof write === 'string') {
      snippet(write)(view, chosen, from, to);
      return;
    }
    if (write === today) {
      view.dispatch({ changes: { from, to, insert: today() }, selection: { anchor: from + today().length } });
      return;
    }
    view.dispatch({ changes: { from, to }, userEvent: 'input.complete' });
    (write as Command)(view);
  };
}

/** The writer's day, as dates are written in files. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
