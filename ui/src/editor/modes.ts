/**
 * Focus mode: what is not being written steps back. Typewriter mode: the line being written stays in the middle.
 * They belong to the window, whichever post it shows.
 */
import type { Extension } from '@codemirror/state';
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

interface Modes {
  focus: boolean;
  typewriter: boolean;
}

const modes = new WeakMap<EditorView, Modes>();
/** A paragraph of more lines is not looked at to its ends. */
const mostLines = 100;

function modesOf(view: EditorView): Modes {
  const known = modes.get(view) ?? { focus: false, typewriter: false };
  modes.set(view, known);
  return known;
}

function toggle(mode: keyof Modes): Command {
  return (view) => {
    const known = modesOf(view);
    known[mode] = !known[mode];
    view.dispatch({});
    if (known.typewriter) center(view);
    return true;
  };
}

export const toggleFocusMode = toggle('focus');
export const toggleTypewriterMode = toggle('typewriter');

const written = Decoration.line({ class: 'cm-written' });

function paragraphAt({ state }: EditorView): DecorationSet {
  const { doc, selection } = state;
  const here = doc.lineAt(selection.main.head).number;
  const isBlank = (number: number): boolean => doc.line(number).text.trim() === '';
  let first = here;
  let last = here;
  while (first > 1 && here - first < mostLines && !isBlank(first) && !isBlank(first - 1)) first -= 1;
  while (last < doc.lines && last - here < mostLines && !isBlank(last) && !isBlank(last + 1)) last += 1;
  const lines = Array.from({ length: last - first + 1 }, (_, at) => written.range(doc.line(first + at).from));
  return Decoration.set(lines);
}

const focus = ViewPlugin.fromClass(
  class {
    decorations = Decoration.none;
    #on = false;
    constructor(view: EditorView) {
      this.#follow(view);
    }
    update({ view, docChanged, selectionSet }: ViewUpdate): void {
      if (docChanged || selectionSet || modesOf(view).focus !== this.#on) this.#follow(view);
    }
    #follow(view: EditorView): void {
      this.#on = modesOf(view).focus;
      this.decorations = this.#on ? paragraphAt(view) : Decoration.none;
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const focusClass = EditorView.editorAttributes.of((view) =>
  modesOf(view).focus ? { class: 'cm-focus-mode' } : null,
);

/** Scrolls so that the line of the cursor is in the middle. */
function center(view: EditorView): void {
  view.requestMeasure({
    key: center,
    read() {
      const place = view.coordsAtPos(view.state.selection.main.head);
      const { top, height } = view.scrollDOM.getBoundingClientRect();
      return place ? (place.top + place.bottom) / 2 - (top + height / 2) : 0;
    },
    write(distance) {
      if (Math.abs(distance) > 1) view.scrollDOM.scrollTop += distance;
    },
  });
}

/** A click leaves the text where the eye is, and while a syllable is composed nothing moves. */
const typewriter = EditorView.updateListener.of(({ view, docChanged, selectionSet, transactions }) => {
  if (!modesOf(view).typewriter || !(docChanged || selectionSet) || view.composing || view.compositionStarted)
    return;
  if (!transactions.some((transaction) => transaction.isUserEvent('select.pointer'))) center(view);
});

const look = EditorView.theme({
  '&.cm-focus-mode .cm-line:not(.cm-written), &.cm-focus-mode .cm-line:not(.cm-written) *': {
    color: 'var(--quiet) !important',
  },
});

export const writingModes: Extension = [focus, focusClass, typewriter, look];
