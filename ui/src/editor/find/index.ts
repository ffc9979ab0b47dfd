/** Finding and replacing in the text. */
import { getSearchQuery, openSearchPanel, search, SearchQuery, setSearchQuery } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { type Command, EditorView } from '@codemirror/view';

import { FindPanel, panelOf } from './panel';
import { isInRange, searchRange } from './range';

/** Opens the panel with what is chosen in the text. */
export const find: Command = (view) => {
  openSearchPanel(view);
  const query = getSearchQuery(view.state);
  // A search that began with chosen words knows nothing of the part that is searched alone.
  if (query.test !== isInRange) {
    const { search, replace, caseSensitive, wholeWord, regexp } = query;
    const same = { search, replace, caseSensitive, wholeWord, regexp, literal: true, test: isInRange };
    view.dispatch({ effects: setSearchQuery.of(new SearchQuery(same)) });
  }
  return true;
};

/** Opens the panel where replacements are written. */
export const findAndReplace: Command = (view) => {
  find(view);
  panelOf(view)?.focusReplace();
  return true;
};

const look = EditorView.theme({
  '.cm-find': { position: 'relative', display: 'grid', gap: '6px', padding: '8px 52px 8px 16px' },
  '.cm-find > div': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px' },
  '.cm-find > div[hidden]': { display: 'none' },
  '.cm-find > div + div': { paddingInlineStart: '34px' },
  '.cm-find input.cm-textfield': { flex: '0 1 16em', minWidth: '8em' },
  '.cm-find input[aria-invalid=true]': { borderColor: 'var(--danger)' },
  '.cm-find button': {
    minHeight: '28px',
    minWidth: '28px',
    padding: '2px 8px',
    border: '1px solid transparent',
    borderRadius: 'var(--radius)',
    backgroundColor: 'transparent',
    color: 'var(--ink)',
    font: 'inherit',
  },
  '.cm-find button:hover': { backgroundColor: 'var(--hover)' },
  '.cm-find button[aria-pressed]': { borderColor: 'var(--line)', color: 'var(--quiet)' },
  '.cm-find button[aria-pressed=true]': {
    borderColor: 'var(--accent)',
    backgroundColor: 'var(--chosen)',
    color: 'var(--ink)',
  },
  '.cm-find .cm-find-said': { color: 'var(--quiet)', fontVariantNumeric: 'tabular-nums' },
  '.cm-find .cm-find-said.cm-find-fault': { color: 'var(--danger)' },
  '.cm-find .cm-find-close': {
    position: 'absolute',
    insetBlockStart: '8px',
    insetInlineEnd: '12px',
    color: 'var(--quiet)',
    fontSize: '16px',
  },
  '.cm-searched': { backgroundColor: 'var(--hover)' },
});

export const finding: Extension = [
  searchRange,
  search({ top: true, literal: true, createPanel: (view) => new FindPanel(view) }),
  look,
];
