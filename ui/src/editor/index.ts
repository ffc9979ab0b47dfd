/**
 * The text of a post, editable: CodeMirror, set up for prose. Everything outside this folder uses this file.
 * It knows no host and no session; what happens in it is told through `EditorOutlets`.
 */
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  redo,
  selectAll,
  undo,
} from '@codemirror/commands';
import { lintKeymap } from '@codemirror/lint';
import {
  Annotation,
  type ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  type Text,
  type Transaction,
} from '@codemirror/state';
import { dropCursor, EditorView, keymap, type ViewUpdate } from '@codemirror/view';

import type { HistoryStep, Language, Selection, TextFinding, UndoHistory } from '../wire/types';
import type { Offers } from './completion/offers';
import { editKeys, editRuns, runEdit } from './edit-keys';
import type { EditName } from './edits';
import { markFindings, showFindings, toNextFinding } from './findings';
import { setApart } from './front-matter';
import { htmlPaste } from './html-paste';
import { imageDrop } from './images';
import { postLanguage } from './language';
import { stateWithPast } from './past';
import { phrases } from './phrases';
import { physicalKeys } from './physical-keys';
import { theme } from './theme';
import { scrollToLine, topLine } from './top-line';

/** Who made changes: the writer's own go to the core, the core's came from there. */
export type ChangesFrom = 'writer' | 'core';

/** Where the editor tells what happens in it. */
export interface EditorOutlets {
  /** The writer changed the text; `takesOver` as in `Editor.apply`, `step` if it was an undo or a redo. */
  edited(
    changes: ChangeSet,
    doc: Text,
    selection: Selection,
    takesOver: string | null,
    step: HistoryStep | null,
  ): void;
  /** Changes of the core's were taken over. */
  followed(doc: Text, selection: Selection): void;
  /** The cursor moved while the text stayed. */
  selected(selection: Selection): void;
  /** Another line is the first in sight: from 0, with a fraction. */
  scrolled(topLine: number): void;
  /** Keeps an image of the post that is shown; resolves to its reference, or to null when it could not. */
  addImage(file: File): Promise<string | null>;
  /** What can be named in the post that is shown: asked while something of the kind is written. */
  offers(): Promise<Offers>;
  /** Turns pasted HTML into Markdown; resolves to null where its plain text says the same. */
  convertHtml(html: string): Promise<string | null>;
  /** Plain text was pasted into the post that is shown, which was empty. */
  pastedIntoEmpty(text: string): void;
}

export interface NewText {
  doc: Text | string;
  selection: Selection;
  readOnly: boolean;
  /** What can be undone of the time before. */
  past?: UndoHistory | null;
}

export interface Editor {
  readonly view: EditorView;
  /** Resolves when all that serves writing is there: keys, lists, tables, completions. */
  readonly ready: Promise<void>;
  /** The state of a post that was not in the editor yet. */
  createState(text: NewText): EditorState;
  /**
   * Shows a post's state; answers the state that was shown, with its undo history. `post` names whose it is, so
   * that an image which arrives later finds its text.
   */
  swap(state: EditorState, post: number): EditorState;
  /**
   * Applies changes as a step of its own in the undo history; while the writer composes a syllable, after it.
   * `takesOver` names what of the post's file they bring in, and is told with the edit.
   */
  apply(changes: ChangeSet, from: ChangesFrom, takesOver?: string | null): void;
  /** Underlines what was found in the text that is shown. */
  mark(findings: readonly TextFinding[]): void;
  /** Opens the list of what was found. */
  listFindings(): void;
  toNextFinding(): void;
  /** The first line in sight, from 0, with a fraction for what is scrolled of it. */
  topLine(): number;
  scrollToLine(line: number): void;
  /** Moves the cursor to a line and column from 1, brings it in sight and takes the focus. */
  goTo(line: number, column: number): void;
  /** Selects from one place to another, which may lie behind the end by now, and takes the focus. */
  select(from: number, to: number): void;
  setLanguage(language: Language): void;
  focus(): void;
  undo(): void;
  redo(): void;
  selectAll(): void;
  find(): void;
  /** Does an edit by its name and takes the focus. */
  edit(name: EditName): void;
  destroy(): void;
}

const coreMadeThis = Annotation.define<boolean>();
const takesOverFile = Annotation.define<string | null>();
/** Composition is over for CodeMirror a moment after the event. */
const COMPOSITION_RETRY = 60;

export function createEditor(parent: HTMLElement, language: Language, outlets: EditorOutlets): Editor {
  const words = new Compartment();
  const more = new Compartment();
  /** What serves writing, once it has been loaded. */
  let loaded: Extension = [];
  /** Changes that wait for the end of a composition, in the text as it is now. */
  let waiting: { changes: ChangeSet; from: ChangesFrom; takesOver: string | null }[] = [];
  /** Where images that are being kept belong. */
  const places = new Set<{ post: number; at: number }>();
  let shownPost = -1;

  const wordsNow = (): Extension => {
    const table = phrases(language);
    return [
      EditorState.phrases.of(table),
      EditorView.contentAttributes.of({ 'aria-label': table['Text of the post'] ?? 'Text of the post' }),
    ];
  };

  const extensions: Extension = [
    words.of(wordsNow()),
    history({ newGroupDelay: 600 }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ spellcheck: 'true', autocapitalize: 'off' }),
    dropCursor(),
    postLanguage,
    setApart,
    theme,
    editKeys,
    physicalKeys,
    more.of([]),
    imageDrop((images, at) => void keepImages(images, at)),
    htmlPaste({
      html: (html, text) => void pasteHtml(html, text),
      intoEmpty: (text) => outlets.pastedIntoEmpty(text),
    }),
    keymap.of([...lintKeymap, ...historyKeymap, indentWithTab, ...defaultKeymap]),
    EditorView.updateListener.of(tell),
    EditorView.domEventHandlers({
      compositionend: () => void setTimeout(applyWaiting, COMPOSITION_RETRY),
    }),
  ];

  const view = new EditorView({ parent, state: EditorState.create({ extensions }) });
  view.scrollDOM.addEventListener('scroll', () => outlets.scrolled(topLine(view)), { passive: true });

  function tell(update: ViewUpdate): void {
    for (const transaction of update.transactions) {
      const { changes, newDoc, newSelection, docChanged } = transaction;
      if (!docChanged) continue;
      for (const place of places) if (place.post === shownPost) place.at = changes.mapPos(place.at, 1);
      waiting = waiting.map((later) => ({ ...later, changes: later.changes.map(changes) }));
      if (transaction.annotation(coreMadeThis)) outlets.followed(newDoc, onWire(newSelection));
      else {
        const takesOver = transaction.annotation(takesOverFile) ?? null;
        outlets.edited(changes, newDoc, onWire(newSelection), takesOver, stepOf(transaction));
      }
    }
    if (update.selectionSet && !update.docChanged) outlets.selected(onWire(update.state.selection));
  }

  function apply(changes: ChangeSet, from: ChangesFrom, takesOver: string | null = null): void {
    // One that waits for a composition is not in the text yet, and this one brings in the same and more.
    if (takesOver !== null) waiting = waiting.filter((other) => other.takesOver === null);
    waiting.push({ changes, from, takesOver });
    applyWaiting();
  }

  function applyWaiting(): void {
    if (waiting.length === 0) return;
    if (view.composing || view.compositionStarted) {
      setTimeout(applyWaiting, COMPOSITION_RETRY);
      return;
    }
    applyAll();
  }

  function applyAll(): void {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const annotations = [
        isolateHistory.of('full'),
        coreMadeThis.of(next.from === 'core'),
        takesOverFile.of(next.takesOver),
      ];
      view.dispatch({ changes: next.changes, annotations });
    }
  }

  async function keepImages(images: File[], at: number): Promise<void> {
    const place = { post: shownPost, at };
    places.add(place);
    try {
      for (const image of images) {
        const reference = await outlets.addImage(image);
        if (reference !== null && place.post === shownPost) insertImage(place.at, reference);
      }
    } finally {
      places.delete(place);
    }
  }

  /** Puts in what HTML says where the selection was, which may have moved meanwhile. */
  async function pasteHtml(html: string, text: string): Promise<void> {
    const { from, to } = view.state.selection.main;
    const ends = [
      { post: shownPost, at: from },
      { post: shownPost, at: to },
    ] as const;
    for (const end of ends) places.add(end);
    const isEmpty = view.state.doc.length === 0;
    try {
      const markdown = await outlets.convertHtml(html);
      if (ends[0].post !== shownPost) return;
      const insert = (markdown ?? text).replaceAll('\r\n', '\n');
      if (insert === '') return;
      apply(view.state.changes({ from: ends[0].at, to: ends[1].at, insert }), 'writer');
      if (waiting.length === 0 && view.state.selection.main.empty)
        view.dispatch({ selection: { anchor: ends[0].at }, scrollIntoView: true });
      if (isEmpty) outlets.pastedIntoEmpty(insert);
    } finally {
      for (const end of ends) places.delete(end);
    }
  }

  function insertImage(at: number, reference: string): void {
    const insert = `![](${reference})`;
    const changes = view.state.changes({ from: Math.min(at, view.state.doc.length), insert });
    apply(changes, 'writer');
  }

  const ready = import('./writing').then(({ writing }) => {
    loaded = writing(() => outlets.offers());
    serve();
  });

  function serve(): void {
    // A key that came first may have begun a syllable.
    if (view.composing || view.compositionStarted) setTimeout(serve, COMPOSITION_RETRY);
    else view.dispatch({ effects: more.reconfigure(loaded) });
  }

  return {
    view,
    ready,
    createState: (text) => createState(text, extensions),
    swap(state, post) {
      applyAll();
      const before = view.state;
      shownPost = post;
      view.setState(state);
      view.dispatch({ effects: [words.reconfigure(wordsNow()), more.reconfigure(loaded)] });
      return before;
    },
    apply,
    mark: (findings) => markFindings(view, findings),
    listFindings: () => showFindings(view),
    toNextFinding: () => toNextFinding(view),
    topLine: () => topLine(view),
    scrollToLine: (line) => scrollToLine(view, line),
    goTo(line, column) {
      const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      const position = Math.min(at.from + Math.max(0, column - 1), at.to);
      view.dispatch({
        selection: EditorSelection.cursor(position),
        effects: EditorView.scrollIntoView(position, { y: 'center' }),
      });
      view.focus();
    },
    select(from, to) {
      const end = view.state.doc.length;
      const range = EditorSelection.range(Math.min(from, end), Math.min(to, end));
      view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: 'center' }) });
      view.focus();
    },
    setLanguage(next) {
      language = next;
      if (!view.composing) view.dispatch({ effects: words.reconfigure(wordsNow()) });
    },
    focus: () => view.focus(),
    undo: () => void undo(view),
    redo: () => void redo(view),
    selectAll: () => void selectAll(view),
    find: () => void view.state.facet(editRuns)?.find(view),
    edit(name) {
      view.focus();
      runEdit(view, name);
    },
    destroy: () => view.destroy(),
  };
}

function createState({ doc, selection, readOnly, past }: NewText, extensions: Extension): EditorState {
  const { length } = doc;
  const config = {
    doc,
    selection: { anchor: Math.min(selection.anchor, length), head: Math.min(selection.head, length) },
    extensions: [extensions, EditorState.readOnly.of(readOnly)],
  };
  return stateWithPast(config, past ?? null);
}

function stepOf(transaction: Transaction): HistoryStep | null {
  if (transaction.isUserEvent('undo')) return 'undo';
  return transaction.isUserEvent('redo') ? 'redo' : null;
}

function onWire(selection: EditorSelection): Selection {
  const { anchor, head } = selection.main;
  return { anchor, head };
}
