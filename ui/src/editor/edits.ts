/** Everything that can be done to the text by a key or from the palette, by name. What each does is in `edit-runs.ts`. */

/** One thing that is done to the text. */
export interface Edit {
  /** Chords by physical key, as the window's commands have them; the first is the one that is shown. */
  keys: readonly string[];
  /** Whether it changes the text, which a post that cannot be written does not allow. */
  writes: boolean;
}

function edit(...keys: string[]): Edit {
  return { keys, writes: true };
}

/** An edit that leaves the text as it is. */
function look(...keys: string[]): Edit {
  return { keys, writes: false };
}

/** Mod+B folds the sidebar, so bold has Shift. */
export const edits = {
  bold: edit('Mod+Shift+KeyB'),
  italic: edit('Mod+KeyI'),
  code: edit('Mod+KeyE'),
  strike: edit('Mod+Shift+KeyX'),
  link: edit('Mod+KeyK'),
  heading_1: edit('Mod+Alt+Digit1'),
  heading_2: edit('Mod+Alt+Digit2'),
  heading_3: edit('Mod+Alt+Digit3'),
  heading_4: edit('Mod+Alt+Digit4'),
  heading_5: edit('Mod+Alt+Digit5'),
  heading_6: edit('Mod+Alt+Digit6'),
  quote: edit('Mod+Shift+Digit9'),
  bullet_list: edit('Mod+Shift+Digit8'),
  ordered_list: edit('Mod+Shift+Digit7'),
  task_list: edit('Mod+Shift+Digit6'),
  check_task: edit('Mod+KeyL'),
  fence: edit('Mod+Alt+KeyC'),
  move_up: edit('Alt+ArrowUp'),
  move_down: edit('Alt+ArrowDown'),
  copy_up: edit('Alt+Shift+ArrowUp'),
  copy_down: edit('Alt+Shift+ArrowDown'),
  delete_lines: edit('Mod+Shift+KeyK'),
  join_lines: edit('Mod+KeyJ'),
  replace: look('Mod+Alt+KeyH'),
  find_next: look('F3'),
  find_previous: look('Shift+F3'),
  go_to_line: look('Mod+Alt+KeyG'),
  next_occurrence: look('Mod+KeyD'),
  all_occurrences: look('Mod+Shift+KeyL'),
  cursor_above: look('Mod+Alt+ArrowUp'),
  cursor_below: look('Mod+Alt+ArrowDown'),
  line_end_cursors: look('Alt+Shift+KeyI'),
  fold: look('Mod+Shift+BracketLeft'),
  unfold: look('Mod+Shift+BracketRight'),
  fold_all: look(),
  unfold_all: look(),
  table: edit('Mod+Alt+KeyT'),
  align_table: edit('Alt+Shift+KeyF'),
  row_above: edit(),
  row_below: edit('Mod+Enter'),
  delete_row: edit(),
  column_left: edit(),
  column_right: edit(),
  delete_column: edit(),
  move_column_left: edit('Alt+Shift+ArrowLeft'),
  move_column_right: edit('Alt+Shift+ArrowRight'),
  align_left: edit(),
  align_center: edit(),
  align_right: edit(),
  footnote: look('Mod+Alt+KeyF'),
  complete: edit('Alt+Slash'),
  focus_mode: look('Shift+F9'),
  typewriter_mode: look('F9'),
} satisfies Record<string, Edit>;

/** The name of an edit; each has a title in every language. */
export type EditName = keyof typeof edits;

/** The edits with their names, in the order of the list of keys. */
export const namedEdits = Object.entries(edits) as [EditName, Edit][];
