/**
 * Brackets come in pairs, and marks typed over a selection go around it. Nothing is paired before a letter, so that a
 * bracket typed into words stays alone, and nothing at all while a syllable is being composed.
 */
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { EditorSelection, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

import { isVerbatim } from './surroundings';

/** Signs that go around a selection in prose; brackets do so everywhere. */
const around: Readonly<Record<string, string>> = {
  '*': '*',
  _: '_',
  '~': '~',
  '`': '`',
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
};

const surround = EditorView.inputHandler.of((view, _from, _to, typed) => {
  const closing = around[typed];
  const { state } = view;
  if (closing === undefined || view.composing || view.compositionStarted || state.readOnly) return false;
  const { ranges } = state.selection;
  if (ranges.some(({ empty, head }) => empty || isVerbatim(state, state.doc.lineAt(head)))) return false;
  const change = state.changeByRange(({ from, to, anchor, head }) => ({
    changes: [
      { from, insert: typed },
      { from: to, insert: closing },
    ],
    range: EditorSelection.range(anchor + typed.length, head + typed.length),
  }));
  view.dispatch(state.update(change, { userEvent: 'input.type', scrollIntoView: true }));
  return true;
});

export const pairs: Extension = [surround, closeBrackets(), Prec.high(keymap.of([...closeBracketsKeymap]))];
