/** Folds sections, fences and the front matter, and unfolds them. */
import { codeFolding, foldedRanges, foldEffect, unfoldEffect } from '@codemirror/language';
import type { EditorState, Extension, StateEffect } from '@codemirror/state';
import { type Command, EditorView } from '@codemirror/view';

import { frontMatterLines } from './front-matter';
import { headingAbove, headingsOf } from './headings';
import { nodeAround } from './surroundings';

interface Fold {
  from: number;
  to: number;
}

/** Folds the fence, front matter or section that the cursor stands in; what is folded already, the one around it. */
export const fold: Command = (view) => {
  const { state } = view;
  const { head } = state.selection.main;
  const next = foldsAround(state, head).find((found) => !isFolded(state, found));
  if (next)
    view.dispatch({ selection: { anchor: next.from }, effects: foldEffect.of(next), scrollIntoView: true });
  return true;
};

/** Unfolds what is folded at the cursor's line. */
export const unfold: Command = (view) => {
  const { state } = view;
  const line = state.doc.lineAt(state.selection.main.head);
  unfoldBetween(view, line.from, line.to);
  return true;
};

/** Folds the front matter and every section. */
export const foldAll: Command = (view) => {
  const { state } = view;
  const folds = [frontMatterFold(state), ...headingsOf(state.doc).map((_, at) => sectionFold(state, at))];
  const effects: StateEffect<unknown>[] = [];
  for (const found of folds) if (found && !isFolded(state, found)) effects.push(foldEffect.of(found));
  if (effects.length > 0) view.dispatch({ effects });
  return true;
};

export const unfoldAll: Command = (view) => {
  unfoldBetween(view, 0, view.state.doc.length);
  return true;
};

function unfoldBetween(view: EditorView, from: number, to: number): void {
  const effects: StateEffect<unknown>[] = [];
  foldedRanges(view.state).between(from, to, (foldFrom, foldTo) => {
    effects.push(unfoldEffect.of({ from: foldFrom, to: foldTo }));
  });
  if (effects.length > 0) view.dispatch({ effects });
}

/** What can be folded around a place, the innermost first. */
function foldsAround(state: EditorState, position: number): Fold[] {
  const line = state.doc.lineAt(position);
  const folds: (Fold | null)[] = [];
  const fence = nodeAround(state, line.to, (name) => name === 'FencedCode');
  if (fence) folds.push({ from: state.doc.lineAt(fence.from).to, to: fence.to });
  if (line.number <= frontMatterLines(state.doc)) folds.push(frontMatterFold(state));
  const headings = headingsOf(state.doc);
  let level = 7;
  for (let at = headingAbove(headings, line.number); at >= 0; at -= 1) {
    const heading = headings[at];
    if (!heading || heading.level >= level) continue;
    level = heading.level;
    folds.push(sectionFold(state, at));
  }
  return folds.filter((found) => found !== null && found.from < found.to) as Fold[];
}

function frontMatterFold(state: EditorState): Fold | null {
  const lines = frontMatterLines(state.doc);
  return lines > 2 ? { from: state.doc.line(1).to, to: state.doc.line(lines).to } : null;
}

/** A section ends before the next heading of its level or a higher one, without the blank lines there. */
function sectionFold({ doc }: EditorState, at: number): Fold | null {
  const headings = headingsOf(doc);
  const heading = headings[at];
  if (!heading) return null;
  const next = headings.slice(at + 1).find(({ level }) => level <= heading.level);
  let last = next ? next.line - 1 : doc.lines;
  while (last > heading.line && doc.line(last).text.trim() === '') last -= 1;
  return last > heading.line ? { from: doc.line(heading.line).to, to: doc.line(last).to } : null;
}

function isFolded(state: EditorState, { from, to }: Fold): boolean {
  let folded = false;
  foldedRanges(state).between(from, to, (foldFrom, foldTo) => {
    if (foldFrom === from && foldTo === to) folded = true;
  });
  return folded;
}

export const folding: Extension = [
  codeFolding(),
  EditorView.theme({
    '.cm-foldPlaceholder': {
      margin: '0 6px',
      padding: '0 8px',
      border: '1px solid var(--edge)',
      borderRadius: 'var(--radius)',
      backgroundColor: 'var(--desk)',
      color: 'var(--quiet)',
      cursor: 'pointer',
    },
  }),
];
