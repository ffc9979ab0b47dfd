/** Lists and quotes as they are written: Enter goes on with them and ends them, Tab nests them. */
import { deleteMarkupBackward, insertNewlineContinueMarkupCommand } from '@codemirror/lang-markdown';
import { type Extension, Prec, type StateCommand, type Transaction } from '@codemirror/state';
import { keymap } from '@codemirror/view';

import { indentItems, outdentItems } from './indent';
import { readHead } from './item';
import { countingOn } from './numbers';

const continueOrEnd = insertNewlineContinueMarkupCommand({ nonTightLists: false });

/** What is written after the end of a list stands apart from it: right below, it would belong to the last item. */
const endApart: StateCommand = ({ state, dispatch }) => {
  const apart = (made: Transaction): Transaction => {
    const { doc, selection } = made.state;
    const line = doc.lineAt(selection.main.head);
    const isEnd = selection.ranges.length === 1 && doc.lines === state.doc.lines && line.text === '';
    if (!isEnd || line.number === 1 || readHead(doc.line(line.number - 1).text).isBlank) return made;
    const blank = made.state.changes({ from: line.from, insert: '\n' });
    return state.update({
      changes: made.changes.compose(blank),
      selection: { anchor: line.from + 1 },
      userEvent: 'input',
      scrollIntoView: true,
    });
  };
  return continueOrEnd({ state, dispatch: (made) => dispatch(apart(made)) });
};

/** Goes on with the item, its task not done, or with the quote; an empty one ends it. In code it does nothing. */
export const continueMarkup: StateCommand = countingOn(endApart);

export const listKeys: Extension = Prec.high(
  keymap.of([
    { key: 'Enter', run: continueMarkup },
    { key: 'Backspace', run: deleteMarkupBackward },
    { key: 'Tab', run: indentItems, shift: outdentItems },
  ]),
);
