/** Tables as they are written: from cell to cell by key, aligned when they are left. */
import { type Extension, Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';

import { breakInCell, toCellBelow, toNextCell, toPreviousCell } from './moves';
import { alignOnLeaving } from './on-leaving';
import { pasteRange } from './paste';

export const tables: Extension = [
  alignOnLeaving,
  pasteRange,
  Prec.highest(
    keymap.of([
      { key: 'Tab', run: toNextCell, shift: toPreviousCell },
      { key: 'Enter', run: toCellBelow, shift: breakInCell },
    ]),
  ),
];
