/** What the edits do. They come after the first paint, with all that serves writing. */
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
import type { Runs } from './edit-keys';
import { find, findAndReplace } from './find';
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

/** The first command that has something to do. */
function either(first: Command, second: Command): Command {
  return (view) => first(view) || second(view);
}

/** What each edit does, and finding. */
export const runs: Runs = {
  find,
  bold: toggleMark(bold),
  italic: toggleMark(italic),
  code: toggleMark(code),
  strike: toggleMark(struck),
  link: toggleLink,
  heading_1: toggleHeading(1),
  heading_2: toggleHeading(2),
  heading_3: toggleHeading(3),
  heading_4: toggleHeading(4),
  heading_5: toggleHeading(5),
  heading_6: toggleHeading(6),
  quote: toggleQuote,
  bullet_list: toggleList('bullet'),
  ordered_list: toggleList('ordered'),
  task_list: toggleList('task'),
  check_task: checkTask,
  fence: toggleFence,
  move_up: either(moveRowUp, moveUp),
  move_down: either(moveRowDown, moveDown),
  copy_up: copyUp,
  copy_down: copyDown,
  delete_lines: deleteLines,
  join_lines: joinLines,
  replace: findAndReplace,
  find_next: findNext,
  find_previous: findPrevious,
  go_to_line: gotoLine,
  next_occurrence: selectNextOccurrence,
  all_occurrences: selectSelectionMatches,
  cursor_above: addCursorAbove,
  cursor_below: addCursorBelow,
  line_end_cursors: cursorsAtLineEnds,
  fold: fold,
  unfold: unfold,
  fold_all: foldAll,
  unfold_all: unfoldAll,
  table: insertTable,
  align_table: alignBars,
  row_above: addRowAbove,
  row_below: addRowBelow,
  delete_row: deleteRow,
  column_left: addColumnLeft,
  column_right: addColumnRight,
  delete_column: deleteColumn,
  move_column_left: moveColumnLeft,
  move_column_right: moveColumnRight,
  align_left: alignColumn('left'),
  align_center: alignColumn('center'),
  align_right: alignColumn('right'),
  footnote: footnote,
  complete: startCompletion,
  focus_mode: toggleFocusMode,
  typewriter_mode: toggleTypewriterMode,
};
