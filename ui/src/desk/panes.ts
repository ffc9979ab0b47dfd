/** What the text and the preview, side by side, tell each other. */
export interface Panes {
  /** Brings a line of the source (from 0, with a fraction) to the top of the preview; set by the preview. */
  showInPreview: ((line: number) => void) | null;
  /** Brings a line of the source to the top of the text; set by the text. */
  showInText: ((line: number) => void) | null;
  /** The first line in sight in the text; set by the text. */
  topLine: (() => number) | null;
}

/** Panes that are not on the desk yet. */
export function createPanes(): Panes {
  return { showInPreview: null, showInText: null, topLine: null };
}
