/** Completions while writing. Nothing is looked up unless the words before the cursor begin something of the kind. */
import { autocompletion, startCompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

import { emoji } from './emoji';
import { fenceLanguages } from './fence-languages';
import { linkTargets } from './links';
import { macros } from './macros';
import { type AskForOffers, offersFrom } from './offers';
import { snippets } from './snippets';
import { tags } from './tags';

export { startCompletion };

const look = EditorView.theme({
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: '220px',
    maxWidth: 'min(480px, 90vw)',
    maxHeight: '16em',
    padding: '4px',
    fontFamily: 'var(--font-window)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '16px',
    padding: '4px 8px',
    borderRadius: 'var(--radius)',
    lineHeight: '1.5',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--chosen)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
  '.cm-completionDetail': {
    marginInlineStart: '0',
    overflow: 'hidden',
    color: 'var(--quiet)',
    fontStyle: 'normal',
    textOverflow: 'ellipsis',
  },
  '.cm-snippetField': { backgroundColor: 'var(--hover)' },
});

/** Completions with what `ask` finds. */
export function completion(ask: AskForOffers): Extension {
  return [
    offersFrom.of(ask),
    autocompletion({
      override: [fenceLanguages, linkTargets, macros, tags, emoji, snippets],
      icons: false,
      activateOnTypingDelay: 60,
    }),
    look,
  ];
}
