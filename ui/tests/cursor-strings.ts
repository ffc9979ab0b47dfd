/**
 * A text with its cursors and selections in one string: `a‸b` is a cursor, `⟦a⟧` a selection, any number of each.
 * The signs are none that a post holds: bars and brackets are Markdown's own.
 */
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorSelection, EditorState, type Extension, type SelectionRange } from '@codemirror/state';
import { type Command, EditorView } from '@codemirror/view';

import { postLanguage } from '../src/editor/language';

const signs = /[‸⟦⟧]/gu;

/** The state that a string shows, its syntax read to the end. */
export function stateOf(marked: string, extensions: Extension = []): EditorState {
  const ranges: SelectionRange[] = [];
  let began = 0;
  let removed = 0;
  for (const { 0: sign, index } of marked.matchAll(signs)) {
    const at = index - removed;
    removed += 1;
    if (sign === '⟦') began = at;
    else ranges.push(sign === '‸' ? EditorSelection.cursor(at) : EditorSelection.range(began, at));
  }
  const state = EditorState.create({
    doc: marked.replace(signs, ''),
    selection: EditorSelection.create(ranges.length > 0 ? ranges : [EditorSelection.cursor(0)]),
    extensions: [EditorState.allowMultipleSelections.of(true), postLanguage, extensions],
  });
  ensureSyntaxTree(state, state.doc.length, 5_000);
  return state;
}

/** The string that shows a state. */
export function stringOf({ doc, selection }: EditorState): string {
  const text = doc.toString();
  const marks = selection.ranges.flatMap(({ from, to }) =>
    from === to
      ? [{ at: from, sign: '‸' }]
      : [
          { at: from, sign: '⟦' },
          { at: to, sign: '⟧' },
        ],
  );
  let shown = '';
  let after = 0;
  for (const { at, sign } of marks) {
    shown += text.slice(after, at) + sign;
    after = at;
  }
  return shown + text.slice(after);
}

/** What a command makes of a text. */
export function after(command: Command, marked: string, extensions: Extension = []): string {
  const view = new EditorView({ state: stateOf(marked, extensions) });
  command(view);
  const shown = stringOf(view.state);
  view.destroy();
  return shown;
}
