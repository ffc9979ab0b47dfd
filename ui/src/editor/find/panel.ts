/** The panel for finding and replacing. */
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  selectMatches,
  setSearchQuery,
} from '@codemirror/search';
import { EditorState, type StateEffect } from '@codemirror/state';
import { type EditorView, type Panel, runScopeHandlers, type ViewUpdate } from '@codemirror/view';

import { button, field, switchButton } from './controls';
import { faultOf, findHits, type Hits, numberOfHit } from './hits';
import { isInRange, rangeOf, searchOnly } from './range';

/** Counting goes through the whole text; it waits for a pause. */
const countAfter = 150;
const panels = new WeakMap<EditorView, FindPanel>();

/** The panel that is open over a text. */
export function panelOf(view: EditorView): FindPanel | null {
  return panels.get(view) ?? null;
}

export class FindPanel implements Panel {
  readonly dom = document.createElement('div');
  readonly top = true;
  readonly #view: EditorView;
  readonly #search: HTMLInputElement;
  readonly #replace: HTMLInputElement;
  readonly #replaceRow = document.createElement('div');
  readonly #said = document.createElement('span');
  readonly #switches: {
    caseSensitive: HTMLButtonElement;
    wholeWord: HTMLButtonElement;
    regexp: HTMLButtonElement;
  };
  readonly #inSelection: HTMLButtonElement;
  readonly #more: HTMLButtonElement;
  /** What has words, which may come to be in another language. */
  readonly #worded: (() => void)[] = [];
  #hits: Hits = { starts: [], ends: [], more: false };
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    this.#search = field(() => this.#commit());
    this.#search.setAttribute('main-field', 'true');
    this.#replace = field(() => this.#commit());
    this.#switches = {
      caseSensitive: this.#saying(
        switchButton(() => this.#commit()),
        'Match case',
      ),
      wholeWord: this.#saying(
        switchButton(() => this.#commit()),
        'Whole words',
      ),
      regexp: this.#saying(
        switchButton(() => this.#commit()),
        'Expression',
      ),
    };
    this.#inSelection = this.#saying(
      switchButton(() => this.#searchSelection()),
      'In selection',
    );
    this.#more = button(() => this.showReplace(this.#more.ariaExpanded !== 'true'));
    this.#said.setAttribute('role', 'status');
    this.#said.className = 'cm-find-said';
    this.#lay();
    this.#label();
    this.#show(getSearchQuery(view.state));
    this.showReplace(false);
    this.dom.addEventListener('keydown', (event) => this.#pressed(event));
    panels.set(view, this);
  }

  mount(): void {
    this.#search.select();
  }

  /** Shows or folds what finds are replaced with. */
  showReplace(shown: boolean): void {
    this.#replaceRow.hidden = !shown || this.#view.state.readOnly;
    this.#more.ariaExpanded = String(!this.#replaceRow.hidden);
    this.#more.textContent = this.#replaceRow.hidden ? '▸' : '▾';
  }

  focusReplace(): void {
    this.showReplace(true);
    (this.#search.value === '' ? this.#search : this.#replace).select();
  }

  update(update: ViewUpdate): void {
    const { state, startState, transactions } = update;
    if (state.facet(EditorState.phrases) !== startState.facet(EditorState.phrases)) this.#label();
    const isSearch = (effect: StateEffect<unknown>): boolean =>
      effect.is(setSearchQuery) || effect.is(searchOnly);
    if (transactions.some(({ effects }) => effects.some(isSearch))) this.#show(getSearchQuery(state));
    else if (update.docChanged) this.#countSoon();
    else if (update.selectionSet) this.#say();
  }

  destroy(): void {
    clearTimeout(this.#counting);
    panels.delete(this.#view);
  }

  #lay(): void {
    const act =
      (run: (view: EditorView) => boolean): (() => void) =>
      () =>
        void run(this.#view);
    const findRow = document.createElement('div');
    const { caseSensitive, wholeWord, regexp } = this.#switches;
    const previous = this.#saying(button(act(findPrevious)), 'Previous hit', '↑');
    const next = this.#saying(button(act(findNext)), 'Next hit', '↓');
    const all = this.#saying(button(act(selectMatches)), 'Choose all');
    const close = this.#saying(button(act(closeSearchPanel)), 'close', '×');
    close.className = 'cm-find-close';
    findRow.append(this.#more, this.#search, caseSensitive, wholeWord, regexp, this.#inSelection);
    findRow.append(previous, next, all, this.#said, close);
    const one = this.#saying(button(act(replaceNext)), 'replace');
    const every = this.#saying(button(act(replaceAll)), 'replace all');
    this.#replaceRow.append(this.#replace, one, every);
    this.dom.className = 'cm-find';
    this.dom.append(findRow, this.#replaceRow);
  }

  /** A control with a word of the window's language; `sign` is shown in its place. */
  #saying(control: HTMLButtonElement, word: string, sign?: string): HTMLButtonElement {
    this.#worded.push(() => {
      const said = this.#view.state.phrase(word);
      control.textContent = sign ?? said;
      control.ariaLabel = sign ? said : null;
      control.title = sign ? said : '';
    });
    return control;
  }

  #label(): void {
    const { state } = this.#view;
    for (const word of this.#worded) word();
    this.dom.setAttribute('role', 'search');
    this.dom.ariaLabel = state.phrase('Find');
    for (const [input, word] of [
      [this.#search, 'Find'],
      [this.#replace, 'Replace'],
    ] as const) {
      input.ariaLabel = state.phrase(word);
      input.placeholder = state.phrase(word);
    }
    this.#more.ariaLabel = state.phrase('Show or fold replacing');
    this.#say();
  }

  #commit(): void {
    const query = new SearchQuery({
      search: this.#search.value,
      replace: this.#replace.value,
      caseSensitive: this.#switches.caseSensitive.ariaPressed === 'true',
      wholeWord: this.#switches.wholeWord.ariaPressed === 'true',
      regexp: this.#switches.regexp.ariaPressed === 'true',
      literal: true,
      test: isInRange,
    });
    if (!query.eq(getSearchQuery(this.#view.state)))
      this.#view.dispatch({ effects: setSearchQuery.of(query) });
  }

  #searchSelection(): void {
    const { main } = this.#view.state.selection;
    const on = this.#inSelection.ariaPressed === 'true' && !main.empty;
    this.#view.dispatch({ effects: searchOnly.of(on ? { from: main.from, to: main.to } : null) });
    this.#commit();
  }

  /** Shows a search that may come from elsewhere; a field that is being written in already has it. */
  #show(query: SearchQuery): void {
    if (this.#search.value !== query.search) this.#search.value = query.search;
    if (this.#replace.value !== query.replace) this.#replace.value = query.replace;
    this.#switches.caseSensitive.ariaPressed = String(query.caseSensitive);
    this.#switches.wholeWord.ariaPressed = String(query.wholeWord);
    this.#switches.regexp.ariaPressed = String(query.regexp);
    this.#inSelection.ariaPressed = String(rangeOf(this.#view.state) !== null);
    this.#countSoon();
  }

  #countSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => {
      const { state } = this.#view;
      this.#hits = findHits(state, getSearchQuery(state));
      this.#say();
    }, countAfter);
  }

  #say(): void {
    const { state } = this.#view;
    const query = getSearchQuery(state);
    const fault = faultOf(query);
    this.#search.ariaInvalid = String(fault !== null);
    this.#said.classList.toggle('cm-find-fault', fault !== null);
    if (fault !== null) this.#said.textContent = state.phrase('Not an expression: $', fault);
    else this.#said.textContent = query.search === '' ? '' : this.#counted(state);
  }

  #counted(state: EditorState): string {
    const { starts, more } = this.#hits;
    if (starts.length === 0) return state.phrase('No hits');
    const all = starts.length.toLocaleString() + (more ? '+' : '');
    const { from, to } = state.selection.main;
    const number = numberOfHit(this.#hits, from, to);
    if (number === 0 && all === '1') return state.phrase('One hit');
    return number === 0 ? state.phrase('$ hits', all) : state.phrase('$1 of $2', number, all);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (runScopeHandlers(this.#view, event, 'search-panel')) event.preventDefault();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      this.#entered(event);
    }
  }

  #entered({ target, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): void {
    this.#commit();
    const inReplace = target === this.#replace;
    if (inReplace) (ctrlKey || metaKey || altKey ? replaceAll : replaceNext)(this.#view);
    else if (altKey) selectMatches(this.#view);
    else (shiftKey ? findPrevious : findNext)(this.#view);
  }
}
