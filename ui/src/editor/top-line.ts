/** The first line in sight as a number that survives a change of the window's width. */
import { EditorView } from '@codemirror/view';

/** The first line in sight, from 0, with a fraction for what is scrolled of it. */
export function topLine(view: EditorView): number {
  const height = view.scrollDOM.scrollTop - view.documentPadding.top;
  if (height <= 0) return 0;
  const block = view.lineBlockAtHeight(height);
  const scrolled = block.height > 0 ? Math.min(0.999, Math.max(0, (height - block.top) / block.height)) : 0;
  return view.state.doc.lineAt(block.from).number - 1 + scrolled;
}

/** Brings a line to the top. The heights of lines out of sight are guesses, so this is asked twice. */
export function scrollToLine(view: EditorView, line: number): void {
  view.requestMeasure({
    key: scrollToLine,
    read: () => heightOf(view, line),
    write(height) {
      view.scrollDOM.scrollTop = height;
      view.requestMeasure({
        key: heightOf,
        read: () => heightOf(view, line),
        write: (now) => void (view.scrollDOM.scrollTop = now),
      });
    },
  });
}

function heightOf(view: EditorView, line: number): number {
  if (line <= 0) return 0;
  const whole = Math.min(Math.floor(line) + 1, view.state.doc.lines);
  const block = view.lineBlockAt(view.state.doc.line(whole).from);
  return block.top + block.height * (line - Math.floor(line)) + view.documentPadding.top;
}
