/** Completions while writing. Nothing is looked up unless the words before the cursor begin something of the kind. */
import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { type Command, EditorView, keymap } from '@codemirror/view';

import { emoji } from './emoji';
import { fenceLanguages } from './fence-languages';
import { linkTargets } from './links';
import { macros } from './macros';
import { type AskForOffers, offersFrom } from './offers';
import { slash, snippets } from './snippets';
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

/** Takes the option that is chosen, else the first. */
const takeOption: Command = (view) => {
  if (completionStatus(view.state) !== 'active') return false;
  if (!selectedCompletion(view.state)) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
};

/** Whoever writes a line to its end ends it with Enter; only after a slash there is nothing else to mean. */
const takeAfterSlash: Command = (view) => {
  const { doc, selection } = view.state;
  const line = doc.lineAt(selection.main.head);
  return slash.test(line.text.slice(0, selection.main.head - line.from)) && takeOption(view);
};

/** Completions with what `ask` finds. */
export function completion(ask: AskForOffers): Extension {
  return [
    offersFrom.of(ask),
    autocompletion({
      override: [fenceLanguages, linkTargets, macros, tags, emoji, snippets],
      icons: false,
      activateOnTypingDelay: 60,
      selectOnOpen: false,
      interactionDelay: 0,
    }),
    Prec.highest(
      keymap.of([
        { key: 'Tab', run: takeOption },
        { key: 'Enter', run: takeAfterSlash },
      ]),
    ),
    look,
  ];
}
