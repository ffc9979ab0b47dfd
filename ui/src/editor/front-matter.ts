/** Sets the lines of the front matter, of code and of tables apart from the prose. */
import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder, type EditorState, type Extension, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

import { mostLinesOfFrontMatter } from './front-matter-syntax';

const frontMatterLine = Decoration.line({ class: 'cm-front-matter', attributes: { spellcheck: 'false' } });
const tableLine = Decoration.line({ class: 'cm-table-line' });
const codeLine = Decoration.line({ class: 'cm-code-line', attributes: { spellcheck: 'false' } });

/** How many lines the front matter takes, its delimiters included. */
export function frontMatterLines(doc: Text): number {
  const opening = doc.line(1).text.trimEnd();
  if (opening !== '---' && opening !== '+++') return 0;
  const last = Math.min(doc.lines, mostLinesOfFrontMatter);
  for (let number = 2; number <= last; number += 1) {
    if (doc.line(number).text.trimEnd() === opening) return number;
  }
  return 0;
}

function decorate(view: EditorView): DecorationSet {
  const { state } = view;
  const builder = new RangeSetBuilder<Decoration>();
  const head = frontMatterLines(state.doc);
  for (const { from, to } of view.visibleRanges) {
    const apart = rangesApart(state, from, to);
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      if (line.number <= head) builder.add(line.from, line.from, frontMatterLine);
      else {
        const around = apart.find((range) => range.from <= line.from && line.to <= range.to);
        if (around) builder.add(line.from, line.from, around.look);
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}

interface Apart {
  from: number;
  to: number;
  look: Decoration;
}

const looks: Readonly<Record<string, Decoration>> = {
  FencedCode: codeLine,
  CodeBlock: codeLine,
  Table: tableLine,
};

function rangesApart(state: EditorState, from: number, to: number): Apart[] {
  const ranges: Apart[] = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter(node) {
      const look = looks[node.name];
      if (!look) return true;
      ranges.push({ from: state.doc.lineAt(node.from).from, to: node.to, look });
      return false;
    },
  });
  return ranges;
}

export const setApart: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update(update: ViewUpdate): void {
      // No key waits for the parser: what it has not read yet is set apart as soon as it has.
      const readOn = syntaxTree(update.state) !== syntaxTree(update.startState);
      if (update.docChanged || update.viewportChanged || readOn) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
