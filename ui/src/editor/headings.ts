/** The headings of a post, found line by line: for the outline and for folding, never while a key waits. */
import type { Text } from '@codemirror/state';

import { frontMatterLines } from './front-matter';

export interface Heading {
  level: number;
  /** Its words, without marks. */
  title: string;
  /** The number of its line, from 1. */
  line: number;
}

const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const underline = /^ {0,3}(=+|-+)[ \t]*$/;
const fence = /^(?:[ \t]{0,3}>[ \t]?)*[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!.*`)|~{3,})/;
/** Lines that no underline makes a heading of. */
const noParagraph = /^(?:\s*$|\s*(?:[-+*>|]|\d{1,9}[.)])(?:\s|$)| {4}|\t| {0,3}#{1,6}(?:\s|$)|\s*\|)/;

const found = new WeakMap<Text, readonly Heading[]>();

/** The headings of a text, in its order. Each text is read once. */
export function headingsOf(doc: Text): readonly Heading[] {
  const known = found.get(doc);
  if (known) return known;
  const headings = [...readHeadings(doc)];
  found.set(doc, headings);
  return headings;
}

function* readHeadings(doc: Text): Iterable<Heading> {
  const first = frontMatterLines(doc) + 1;
  let line = first - 1;
  let fenced: string | null = null;
  let inComment = false;
  let before = '';
  for (const text of first > doc.lines ? [] : doc.iterLines(first)) {
    line += 1;
    if (fenced !== null) {
      if (closes(text, fenced)) fenced = null;
      continue;
    }
    if (inComment || /^ {0,3}<!--/.test(text)) {
      inComment = !text.includes('-->');
      before = '';
      continue;
    }
    fenced = fence.exec(text)?.[1] ?? null;
    const written = heading.exec(text);
    if (written) yield { level: written[1]?.length ?? 1, title: wordsOf(written[2] ?? ''), line };
    const drawn = fenced === null && !noParagraph.test(before) ? underline.exec(text) : null;
    if (drawn) yield { level: drawn[1]?.startsWith('=') ? 1 : 2, title: wordsOf(before), line: line - 1 };
    before = written || drawn || fenced !== null ? '' : text;
  }
}

function closes(text: string, fenced: string): boolean {
  const [, signs = ''] = /^[\s>]*(`{3,}|~{3,})[ \t]*$/.exec(text) ?? [];
  return signs.length >= fenced.length && signs[0] === fenced[0];
}

/** A heading's words: links by their texts, without ids and marks. */
function wordsOf(written: string): string {
  return written
    .replace(/\s*\{[#.][^}]*\}\s*$/, '')
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/(\*\*\*|\*\*|\*|~~|`+)(?=\S)(.+?)\1/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}

/** The place of the heading that a line stands under; -1 above the first. */
export function headingAbove(headings: readonly Heading[], line: number): number {
  let from = 0;
  let to = headings.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((headings[middle]?.line ?? Infinity) <= line) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
