/** What is pasted: an address over a selection makes a link, and with Shift everything stays plain. */
import { EditorSelection, type Extension, Prec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

import { address } from './marks/link';
import { isVerbatim, nodeAround } from './surroundings';

/** Milliseconds between a key and the pasting that it asks for. */
const keyToPaste = 500;
const askedPlain = new WeakMap<EditorView, number>();

/** Whether the pasting that is under way was asked for with Shift: as plain text. */
export function pastesPlain(view: EditorView): boolean {
  return performance.now() - (askedPlain.get(view) ?? -Infinity) < keyToPaste;
}

const noticePlain = Prec.highest(
  EditorView.domEventHandlers({
    keydown(event, view) {
      const { code, ctrlKey, metaKey, shiftKey } = event;
      if (code !== 'KeyV' || !(ctrlKey || metaKey)) return;
      if (shiftKey) askedPlain.set(view, performance.now());
      else askedPlain.delete(view);
    },
  }),
);

const pasteAddress = EditorView.domEventHandlers({
  paste(event, view) {
    const { state } = view;
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    const { ranges } = state.selection;
    if (!address.test(text) || pastesPlain(view) || state.readOnly) return false;
    const isWords = ranges.every(({ from, to, empty }) => {
      const words = state.sliceDoc(from, to);
      return !empty && !/[\n[\]]/.test(words) && !address.test(words) && isProse(view, from);
    });
    if (!isWords) return false;
    const change = state.changeByRange(({ from, to }) => {
      const link = `[${state.sliceDoc(from, to)}](${text})`;
      return { changes: { from, to, insert: link }, range: EditorSelection.cursor(from + link.length) };
    });
    view.dispatch(state.update(change, { userEvent: 'input.paste', scrollIntoView: true }));
    return true;
  },
});

const noProse = new Set(['Link', 'Image', 'InlineCode', 'URL', 'Autolink', 'HTMLTag']);

function isProse({ state }: EditorView, position: number): boolean {
  if (isVerbatim(state, state.doc.lineAt(position))) return false;
  const around = nodeAround(state, position, (name) => noProse.has(name));
  return around === null || around.to <= position;
}

export const pasting: Extension = [noticePlain, pasteAddress];
