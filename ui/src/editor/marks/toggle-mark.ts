/** Bold, italic, struck out and code: the marks around selections and words, put on or taken off. */
import { syntaxTree } from '@codemirror/language';
import { type ChangeSpec, EditorSelection, type EditorState, type SelectionRange } from '@codemirror/state';
import type { Command } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';

import { characterAfter, characterBefore, nodeAround } from '../surroundings';
import { canClose, canOpen } from './flanking';

/** A mark, and what it makes in the syntax of a post. */
export interface Mark {
  written: string;
  node: string;
  /** The node of its two signs. */
  sign: string;
}

export const bold: Mark = { written: '**', node: 'StrongEmphasis', sign: 'EmphasisMark' };
export const italic: Mark = { written: '*', node: 'Emphasis', sign: 'EmphasisMark' };
export const struck: Mark = { written: '~~', node: 'Strikethrough', sign: 'StrikethroughMark' };
export const code: Mark = { written: '`', node: 'InlineCode', sign: 'CodeMark' };

interface Piece {
  from: number;
  to: number;
}

/** Shows nothing and lets a mark count between punctuation and a letter, in every generator. */
const wordJoiner = '&#8288;';
/** Longer runs of one sign than this are no marks around a piece. */
const longestRun = 8;
const pairs: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
};
/** What stands before the words of a line: quotes, list items with their boxes, headings. */
const lineHead = /^(?:\s*>)*\s*(?:(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)*(?:#{1,6}\s+)?/;

/** Puts a mark around each selection (or word at a cursor), or takes it off where all of it has it. */
export function toggleMark(mark: Mark): Command {
  return ({ state, dispatch }) => {
    const change = state.changeByRange((range) => toggled(state, range, mark));
    dispatch(state.update(change, { userEvent: 'input.mark', scrollIntoView: true }));
    return true;
  };
}

type Changed = { changes: ChangeSpec; range: SelectionRange };

function toggled(state: EditorState, range: SelectionRange, mark: Mark): Changed {
  const word = range.empty ? state.wordAt(range.head) : null;
  if (range.empty && isBeforeClosing(state, range.head, mark)) {
    return { changes: [], range: EditorSelection.cursor(range.head + mark.written.length) };
  }
  const pieces = word ? [{ from: word.from, to: word.to }] : piecesOf(state, range);
  const ways = pieces.map((piece) => unmarking(state, piece, mark, range.empty));
  const changes = ways.every((way) => way !== null)
    ? ways.flat()
    : pieces.flatMap((piece, at) => (ways[at] ? [] : marking(state, piece, mark)));
  if (range.empty && !word) return { changes, range: betweenMarks(state, changes, range) };
  const made = state.changes(changes);
  const from = made.mapPos(range.from, range.empty ? -1 : 1);
  const to = made.mapPos(range.to, -1);
  if (range.empty)
    return { changes, range: EditorSelection.cursor(made.mapPos(range.head, cursorSide(range, pieces))) };
  const [anchor, head] = range.anchor <= range.head ? [from, to] : [to, from];
  return { changes, range: EditorSelection.range(anchor, head) };
}

/** A cursor stays on the inner side of the marks that come to its word. */
function cursorSide(range: SelectionRange, pieces: readonly Piece[]): -1 | 1 {
  return pieces[0]?.from === range.head ? 1 : -1;
}

function betweenMarks(
  state: EditorState,
  changes: readonly ChangeSpec[],
  range: SelectionRange,
): SelectionRange {
  const added = state.changes([...changes]);
  const grown = added.newLength - state.doc.length;
  return EditorSelection.cursor(grown > 0 ? range.head + grown / 2 : added.mapPos(range.head));
}

/** Whether a cursor stands at the end of marked words: the key again goes on without the mark. */
function isBeforeClosing(state: EditorState, head: number, mark: Mark): boolean {
  const node = nodeAround(state, head, (name) => name === mark.node);
  const closing = node?.lastChild;
  return (
    node !== null &&
    closing?.name === mark.sign &&
    closing.from === head &&
    head - node.from > mark.written.length
  );
}

/** The parts of a selection that take marks: the words of each line, without the white space around them. */
function piecesOf(state: EditorState, { from, to, empty }: SelectionRange): Piece[] {
  if (empty) return [{ from, to }];
  const pieces: Piece[] = [];
  for (let at = from; at <= to;) {
    const line = state.doc.lineAt(at);
    const begin = Math.max(at, line.from + (lineHead.exec(line.text)?.[0].length ?? 0));
    const end = Math.min(to, line.to);
    const text = begin < end ? state.sliceDoc(begin, end) : '';
    if (text.trim() !== '') {
      pieces.push({
        from: begin + text.length - text.trimStart().length,
        to: end - text.length + text.trimEnd().length,
      });
    }
    at = line.to + 1;
  }
  return pieces;
}

/** The changes that take a mark off a piece; none if the piece does not have it. */
function unmarking(state: EditorState, piece: Piece, mark: Mark, whole: boolean): ChangeSpec[] | null {
  const inner = insidePair(state, piece);
  return (
    withoutSignsAround(state, piece, mark) ??
    withoutSignsWithin(state, piece, mark) ??
    withoutNode(state, piece, mark, whole) ??
    (inner && withoutSignsWithin(state, inner, mark))
  );
}

function withoutSignsAround(state: EditorState, { from, to }: Piece, { written }: Mark): ChangeSpec[] | null {
  const before = state.sliceDoc(Math.max(0, from - longestRun), from);
  const after = state.sliceDoc(to, to + longestRun);
  if (!areSigns(runAtEnd(before, written), runAtStart(after, written), written)) return null;
  return unwrapping(state, from - written.length, from, to, to + written.length);
}

function withoutSignsWithin(state: EditorState, { from, to }: Piece, { written }: Mark): ChangeSpec[] | null {
  const text = state.sliceDoc(from, to);
  const by = written.length;
  if (text.length <= 2 * by || !areSigns(runAtStart(text, written), runAtEnd(text, written), written))
    return null;
  if (text.slice(by, -by).includes(written)) return null;
  return unwrapping(state, from, from + by, to - by, to);
}

/** Within marked words: at a cursor all of them lose the mark, a selection alone otherwise. */
function withoutNode(
  state: EditorState,
  { from, to }: Piece,
  mark: Mark,
  whole: boolean,
): ChangeSpec[] | null {
  const node = nodeAround(state, from, (name) => name === mark.node);
  const [first, last] = [node?.firstChild, node?.lastChild];
  if (!node || !first || !last || node.to < to || first === last) return null;
  if (whole || mark === code) return unwrapping(state, first.from, first.to, last.from, last.to);
  const signs = state.sliceDoc(first.from, first.to);
  const closing = wordEnd(state, from, first.to);
  const opening = wordStart(state, to, last.from);
  return [
    closing > first.to ? { from: closing, insert: signs } : { from: first.from, to: first.to },
    opening < last.from ? { from: opening, insert: signs } : { from: last.from, to: last.to },
  ];
}

function wordEnd(state: EditorState, from: number, least: number): number {
  const text = state.sliceDoc(least, from);
  return least + text.trimEnd().length;
}

function wordStart(state: EditorState, to: number, most: number): number {
  const text = state.sliceDoc(to, most);
  return most - text.trimStart().length;
}

function unwrapping(state: EditorState, from: number, begin: number, end: number, to: number): ChangeSpec[] {
  const before = state.sliceDoc(Math.max(0, from - wordJoiner.length), from) === wordJoiner;
  const after = state.sliceDoc(to, to + wordJoiner.length) === wordJoiner;
  return [
    { from: before ? from - wordJoiner.length : from, to: begin },
    { from: end, to: after ? to + wordJoiner.length : to },
  ];
}

/** The runs of the mark's letter must tell: `**` around a word is bold and holds no `*` of an italic. */
function areSigns(left: number, right: number, written: string): boolean {
  const common = Math.min(left, right);
  if (!written.startsWith('*')) return common === written.length;
  return written.length === 1 ? common === 1 || common === 3 : common >= 2;
}

function runAtEnd(text: string, written: string): number {
  let length = 0;
  while (length < text.length && text[text.length - 1 - length] === written[0]) length += 1;
  return length;
}

function runAtStart(text: string, written: string): number {
  let length = 0;
  while (length < text.length && text[length] === written[0]) length += 1;
  return length;
}

/** The changes that put a mark on a piece, where its generator will take it for one. */
function marking(state: EditorState, piece: Piece, mark: Mark): ChangeSpec[] {
  if (mark === code) return [...codeAround(state, piece)];
  const { from, to } = mark === struck ? piece : withinPair(state, piece);
  const { written } = mark;
  const opens =
    from === to || canOpen(outside(characterBefore(state, from), written), characterAfter(state, from));
  const closes =
    from === to || canClose(characterBefore(state, to), outside(characterAfter(state, to), written));
  return [
    { from, insert: opens ? written : wordJoiner + written },
    ...signsWithin(state, { from, to }, mark),
    { from: to, insert: closes ? written : written + wordJoiner },
  ];
}

/** A sign of the same letter beside the mark belongs to its run. */
function outside(character: string, written: string): string {
  return character === written[0] ? '' : character;
}

/** `(설명)는` is marked inside its brackets where marks around them would stay as they are. */
function withinPair(state: EditorState, piece: Piece): Piece {
  const { from, to } = piece;
  const opens = canOpen(characterBefore(state, from), characterAfter(state, from));
  const closes = canClose(characterBefore(state, to), characterAfter(state, to));
  return (opens && closes ? null : insidePair(state, piece)) ?? piece;
}

/** What stands inside the brackets or quotation marks that a piece begins and ends with. */
function insidePair(state: EditorState, { from, to }: Piece): Piece | null {
  const first = characterAfter(state, from);
  const last = characterBefore(state, to);
  if (to - from <= 2 || pairs[first] !== last) return null;
  const inner = { from: from + first.length, to: to - last.length };
  const text = state.sliceDoc(inner.from, inner.to);
  return text.includes(first) || text.includes(last) ? null : inner;
}

/** Signs of the same mark inside the piece would end it. */
function signsWithin(state: EditorState, { from, to }: Piece, mark: Mark): ChangeSpec[] {
  const changes: ChangeSpec[] = [];
  for (const node of nodesBetween(state, from, to, mark.node)) {
    for (const sign of node.getChildren(mark.sign)) changes.push({ from: sign.from, to: sign.to });
  }
  return changes;
}

function nodesBetween(state: EditorState, from: number, to: number, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter(node) {
      if (node.name === name && node.from >= from && node.to <= to) found.push(node.node);
    },
  });
  return found;
}

/** Code that holds backticks stands between longer runs of them. */
function* codeAround(state: EditorState, { from, to }: Piece): Iterable<ChangeSpec> {
  const text = state.sliceDoc(from, to);
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const shortest = text.includes('`') && longest > 1 && !/(?<!`)`(?!`)/.test(text) ? 1 : longest + 1;
  const signs = '`'.repeat(shortest);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  yield { from, insert: signs + space };
  yield { from: to, insert: space + signs };
}
