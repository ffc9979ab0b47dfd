/**
 * Several cursors and selections at once: with Alt and a click, columns with Shift and Alt, occurrences and lines by
 * key. The web view draws the main one itself; the others are drawn here, so that one cursor costs nothing.
 */
import { EditorSelection, EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  rectangularSelection,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';

class Cursor extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    const cursor = document.createElement('span');
    cursor.className = 'cm-other-cursor';
    cursor.ariaHidden = 'true';
    return cursor;
  }
}

const chosen = Decoration.mark({ class: 'cm-other-selection' });
const cursor = Decoration.widget({ widget: new Cursor(), side: 1 });

function drawOthers({ selection }: EditorState): DecorationSet {
  if (selection.ranges.length === 1) return Decoration.none;
  const others = selection.ranges.filter((range) => range !== selection.main);
  const drawn = others.flatMap(({ from, to, head, empty }) =>
    empty ? [cursor.range(head)] : [chosen.range(from, to), cursor.range(head)],
  );
  return Decoration.set(drawn, true);
}

const others = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = drawOthers(view.state);
    }
    update({ docChanged, selectionSet, state }: ViewUpdate): void {
      if (docChanged || selectionSet) this.decorations = drawOthers(state);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const look = EditorView.theme({
  '.cm-other-selection': { backgroundColor: 'var(--selection)' },
  '.cm-other-cursor': {
    borderInlineStart: '2px solid var(--accent)',
    marginInline: '-1px',
    pointerEvents: 'none',
  },
});

export const severalCursors: Extension = [
  EditorState.allowMultipleSelections.of(true),
  EditorView.clickAddsSelectionRange.of((event) => event.altKey && !event.shiftKey),
  rectangularSelection({ eventFilter: (event) => event.altKey && event.shiftKey && event.button === 0 }),
  others,
  look,
];

/** A cursor at the end of each chosen line. */
export function cursorsAtLineEnds(view: EditorView): boolean {
  const { state } = view;
  const { from, to } = state.selection.main;
  const last = state.doc.lineAt(to).number;
  const ends: number[] = [];
  for (let number = state.doc.lineAt(from).number; number <= last; number += 1)
    ends.push(state.doc.line(number).to);
  view.dispatch({
    selection: EditorSelection.create(
      ends.map((end) => EditorSelection.cursor(end)),
      ends.length - 1,
    ),
  });
  return true;
}
