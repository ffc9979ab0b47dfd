/** Everything that can be done to the text by a key or from the palette, by name. */
import { addCursorAbove, addCursorBelow } from '@codemirror/commands';
import {
  findNext,
  findPrevious,
  gotoLine,
  selectNextOccurrence,
  selectSelectionMatches,
} from '@codemirror/search';
import type { Command } from '@codemirror/view';

import { toggleFence } from './blocks/fences';
import { toggleHeading } from './blocks/headings';
import { toggleQuote } from './blocks/quotes';
import { startCompletion } from './completion';
import { findAndReplace } from './find';
import { fold, foldAll, unfold, unfoldAll } from './folding';
import { footnote } from './footnotes';
import { copyDown, copyUp, deleteLines, joinLines, moveDown, moveUp } from './lines';
import { checkTask } from './lists/check-task';
import { toggleList } from './lists/toggle-list';
import { toggleLink } from './marks/link';
import { bold, code, italic, struck, toggleMark } from './marks/toggle-mark';
import { toggleFocusMode, toggleTypewriterMode } from './modes';
import { cursorsAtLineEnds } from './several-cursors';
import {
  addColumnLeft,
  addColumnRight,
  addRowAbove,
  addRowBelow,
  alignBars,
  alignColumn,
  deleteColumn,
  deleteRow,
  insertTable,
  moveColumnLeft,
  moveColumnRight,
  moveRowDown,
  moveRowUp,
} from './tables/rows-and-columns';

/** One thing that is done to the text. */
export interface Edit {
  /** Chords by physical key, as the window's commands have them; the first is the one that is shown. */
  keys: readonly string[];
  run: Command;
  /** Whether it changes the text, which a post that cannot be written does not allow. */
  writes: boolean;
}

function edit(keys: readonly string[], run: Command): Edit {
  return { keys, run, writes: true };
}

/** An edit that leaves the text as it is. */
function look(keys: readonly string[], run: Command): Edit {
  return { keys, run, writes: false };
}

/** The first command that has something to do. */
function either(first: Command, second: Command): Command {
  return (view) => first(view) || second(view);
}

/** Mod+B folds the sidebar, so bold has Shift. */
export const edits = {
  bold: edit(['Mod+Shift+KeyB'], toggleMark(bold)),
  italic: edit(['Mod+KeyI'], toggleMark(italic)),
  code: edit(['Mod+KeyE'], toggleMark(code)),
  strike: edit(['Mod+Shift+KeyX'], toggleMark(struck)),
  link: edit(['Mod+KeyK'], toggleLink),
  heading_1: edit(['Mod+Alt+Digit1'], toggleHeading(1)),
  heading_2: edit(['Mod+Alt+Digit2'], toggleHeading(2)),
  heading_3: edit(['Mod+Alt+Digit3'], toggleHeading(3)),
  heading_4: edit(['Mod+Alt+Digit4'], toggleHeading(4)),
  heading_5: edit(['Mod+Alt+Digit5'], toggleHeading(5)),
  heading_6: edit(['Mod+Alt+Digit6'], toggleHeading(6)),
  quote: edit(['Mod+Shift+Digit9'], toggleQuote),
  bullet_list: edit(['Mod+Shift+Digit8'], toggleList('bullet')),
  ordered_list: edit(['Mod+Shift+Digit7'], toggleList('ordered')),
  task_list: edit(['Mod+Shift+Digit6'], toggleList('task')),
  check_task: edit(['Mod+KeyL'], checkTask),
  fence: edit(['Mod+Alt+KeyC'], toggleFence),
  move_up: edit(['Alt+ArrowUp'], either(moveRowUp, moveUp)),
  move_down: edit(['Alt+ArrowDown'], either(moveRowDown, moveDown)),
  copy_up: edit(['Alt+Shift+ArrowUp'], copyUp),
  copy_down: edit(['Alt+Shift+ArrowDown'], copyDown),
  delete_lines: edit(['Mod+Shift+KeyK'], deleteLines),
  join_lines: edit(['Mod+KeyJ'], joinLines),
  replace: look(['Mod+Alt+KeyH'], findAndReplace),
  find_next: look(['F3'], findNext),
  find_previous: look(['Shift+F3'], findPrevious),
  go_to_line: look(['Mod+Alt+KeyG'], gotoLine),
  next_occurrence: look(['Mod+KeyD'], selectNextOccurrence),
  all_occurrences: look(['Mod+Shift+KeyL'], selectSelectionMatches),
  cursor_above: look(['Mod+Alt+ArrowUp'], addCursorAbove),
  cursor_below: look(['Mod+Alt+ArrowDown'], addCursorBelow),
  line_end_cursors: look(['Alt+Shift+KeyI'], cursorsAtLineEnds),
  fold: look(['Mod+Shift+BracketLeft'], fold),
  unfold: look(['Mod+Shift+BracketRight'], unfold),
  fold_all: look([], foldAll),
  unfold_all: look([], unfoldAll),
  table: edit(['Mod+Alt+KeyT'], insertTable),
  align_table: edit(['Alt+Shift+KeyF'], alignBars),
  row_above: edit([], addRowAbove),
  row_below: edit(['Mod+Enter'], addRowBelow),
  delete_row: edit([], deleteRow),
  column_left: edit([], addColumnLeft),
  column_right: edit([], addColumnRight),
  delete_column: edit([], deleteColumn),
  move_column_left: edit(['Alt+Shift+ArrowLeft'], moveColumnLeft),
  move_column_right: edit(['Alt+Shift+ArrowRight'], moveColumnRight),
  align_left: edit([], alignColumn('left')),
  align_center: edit([], alignColumn('center')),
  align_right: edit([], alignColumn('right')),
  footnote: look(['Mod+Alt+KeyF'], footnote),
  complete: edit(['Alt+Slash'], startCompletion),
  focus_mode: look(['Shift+F9'], toggleFocusMode),
  typewriter_mode: look(['F9'], toggleTypewriterMode),
} satisfies Record<string, Edit>;

/** The name of an edit; each has a title in every language. */
export type EditName = keyof typeof edits;

/** The edits with their names, in the order of the list of keys. */
export const namedEdits = Object.entries(edits) as [EditName, Edit][];
