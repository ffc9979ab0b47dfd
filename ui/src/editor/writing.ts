/** All that serves writing, loaded when the first post is shown: the window paints without it. */
import { searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';

import { completion } from './completion';
import type { AskForOffers } from './completion/offers';
import { editRuns } from './edit-keys';
import { runs } from './edit-runs';
import { finding } from './find';
import { folding } from './folding';
import { listKeys } from './lists';
import { writingModes } from './modes';
import { pairs } from './pairs';
import { pasting } from './paste';
import { severalCursors } from './several-cursors';
import { tables } from './tables';

/** What serves writing, with completions of what `ask` finds. */
export function writing(ask: AskForOffers): Extension {
  return [
    editRuns.of(runs),
    completion(ask),
    tables,
    listKeys,
    pairs,
    severalCursors,
    pasting,
    writingModes,
    folding,
    finding,
    keymap.of([...searchKeymap]),
  ];
}
