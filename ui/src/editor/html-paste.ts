/**
 * What is pasted as HTML goes to whoever turns it into Markdown, and comes back as one step. With Shift, in code and in
 * front matter the plain text is meant, and the editor's own way takes it.
 */
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** HTML that is longer is pasted as its plain text: it would hold up the window on its way. */
const mostLetters = 16_000_000;

export interface PasteOutlets {
  /** Takes HTML that replaces what is selected, and the plain text beside it. */
  html(html: string, text: string): void;
  /** Plain text was pasted into a text that was empty. */
  intoEmpty(text: string): void;
}

export function htmlPaste({ html: take, intoEmpty }: PasteOutlets): Extension {
  let plain = false;
  return EditorView.domEventHandlers({
    keydown(event) {
      plain = event.shiftKey;
      return false;
    },
    keyup(event) {
      plain = event.shiftKey;
      return false;
    },
    paste(event, view) {
      const { state } = view;
      if (state.readOnly) return false;
      const html = event.clipboardData?.getData('text/html') ?? '';
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const wanted = html !== '' && html.length <= mostLetters && !plain && !isVerbatim(state);
      if (wanted) {
        event.preventDefault();
        take(html, text);
        return true;
      }
      if (state.doc.length === 0 && text !== '') intoEmpty(text);
      return false;
    },
  });
}

/** Whether the cursor stands where text is taken as it is. */
function isVerbatim(state: EditorState): boolean {
  const verbatim = new Set([
    'FencedCode',
    'CodeBlock',
    'InlineCode',
    'FrontMatter',
    'HTMLBlock',
    'CommentBlock',
  ]);
  const at = state.selection.main.from;
  for (let node: { name: string; parent: unknown } | null = syntaxTree(state).resolveInner(at, -1); node;) {
    if (verbatim.has(node.name)) return true;
    node = node.parent as typeof node;
  }
  return false;
}
