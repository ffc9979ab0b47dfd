/** What surrounds a place in the text: looked up near it, whatever the length of the post. */
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Line } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** Blocks whose text is not prose: no list, table or heading begins in them. */
const verbatim: ReadonlySet<string> = new Set([
  'FencedCode',
  'CodeBlock',
  'FrontMatter',
  'HTMLBlock',
  'CommentBlock',
  'ProcessingInstructionBlock',
]);

/** The innermost node around a place whose name `wanted` takes; on either side of it, the left one first. */
export function nodeAround(
  state: EditorState,
  position: number,
  wanted: (name: string) => boolean,
): SyntaxNode | null {
  const tree = syntaxTree(state);
  for (const side of [-1, 1] as const) {
    for (let node: SyntaxNode | null = tree.resolveInner(position, side); node; node = node.parent) {
      if (wanted(node.name)) return node;
    }
  }
  return null;
}

/** The block of code, HTML or front matter that a line belongs to. */
export function verbatimBlock(state: EditorState, line: Line): SyntaxNode | null {
  const node = nodeAround(state, line.to, (name) => verbatim.has(name));
  // A block that ends where the line begins, or begins where it ends, is another line's.
  return node && node.from <= line.to && node.to > line.from - 1 && node.to >= line.from ? node : null;
}

/** Whether a line is code, HTML or front matter. */
export function isVerbatim(state: EditorState, line: Line): boolean {
  return verbatimBlock(state, line) !== null;
}

/** The character before a place; none at the beginning. */
export function characterBefore(state: EditorState, position: number): string {
  return [...state.sliceDoc(Math.max(0, position - 2), position)].at(-1) ?? '';
}

/** The character after a place; none at the end. */
export function characterAfter(state: EditorState, position: number): string {
  return [...state.sliceDoc(position, position + 2)][0] ?? '';
}

/** The lines that the selections touch, each once. A selection that ends before a line's text leaves that line out. */
export function chosenLines(state: EditorState): Line[] {
  const lines: Line[] = [];
  let after = -1;
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; ;) {
      const line = state.doc.lineAt(at);
      const only = line.from <= from;
      if (line.from > after && (only || line.from < to)) {
        lines.push(line);
        after = line.from;
      }
      at = line.to + 1;
      if (at > to) break;
    }
  }
  return lines;
}
