/**
 * Aligns a table that was written in when the cursor leaves it: a step of its own, never in the middle of a syllable.
 * On the way of a key it only looks at the line of the cursor.
 */
import { isolateHistory } from '@codemirror/commands';
import { StateEffect, StateField, Transaction } from '@codemirror/state';
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

import { gridOf } from './layout';
import { tableAt } from './table';
import { alignTable } from './write';

/** Composition is over for CodeMirror a moment after the event. */
const compositionRetry = 60;
const aligned = StateEffect.define();

/** A place in the table that was written in, until it is aligned. */
const writtenIn = StateField.define<number | null>({
  create: () => null,
  update(place, transaction) {
    if (transaction.effects.some((effect) => effect.is(aligned))) return null;
    if (!transaction.docChanged) return place;
    const { head } = transaction.newSelection.main;
    const event = transaction.annotation(Transaction.userEvent) ?? '';
    const isWritten =
      /^(?:input|delete|move)/.test(event) && transaction.newDoc.lineAt(head).text.includes('|');
    if (isWritten) return transaction.newDoc.lineAt(head).from;
    return place === null ? null : transaction.changes.mapPos(place, -1);
  },
});

class WhenLeft {
  #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
  }

  update({ state, startState, selectionSet, docChanged }: ViewUpdate): void {
    const place = state.field(writtenIn);
    if (place === null || !(selectionSet || docChanged)) return;
    if (docChanged && startState.field(writtenIn) === null) return;
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    if (line.from === place && line.text.includes('|')) return;
    if (line.text.includes('|') && tableAt(state, head)?.rule.from === tableAt(state, place)?.rule.from)
      return;
    this.#timer ??= setTimeout(() => this.#align());
  }

  #align(): void {
    this.#timer = undefined;
    const view = this.#view;
    if (view.composing || view.compositionStarted) {
      this.#timer = setTimeout(() => this.#align(), compositionRetry);
      return;
    }
    const { state } = view;
    const place = state.field(writtenIn);
    if (place === null) return;
    // The row that was written in last may be gone: an empty one goes with Enter.
    const table = tableAt(state, Math.min(place, state.doc.length)) ?? tableAt(state, Math.max(0, place - 1));
    const spec = table && alignTable(state, table, gridOf(table));
    const effects = aligned.of(null);
    if (spec)
      view.dispatch({
        changes: spec.changes ?? [],
        effects,
        annotations: isolateHistory.of('full'),
        userEvent: 'input.table',
      });
    else view.dispatch({ effects });
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }
}

export const alignOnLeaving = [writtenIn, ViewPlugin.fromClass(WhenLeft)];
