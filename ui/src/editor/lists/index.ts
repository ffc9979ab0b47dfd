/** Lists and quotes as they are written: Enter goes on with them and ends them, Tab nests them. */
import { deleteMarkupBackward, insertNewlineContinueMarkupCommand } from '@codemirror/lang-markdown';
import type { Extension, StateCommand } from '@codemirror/state';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';

import { indentItems, outdentItems } from './indent';
import { countingOn } from './numbers';

/** Goes on with the item, its task not done, or with the quote; an empty one ends it. In code it does nothing. */
export const continueMarkup: StateCommand = countingOn(
  insertNewlineContinueMarkupCommand({ nonTightLists: false }),
);

export const listKeys: Extension = Prec.high(
  keymap.of([
    { key: 'Enter', run: continueMarkup },
    { key: 'Backspace', run: deleteMarkupBackward },
    { key: 'Tab', run: indentItems, shift: outdentItems },
  ]),
);
