/** Headings of a level, made of lines and taken off again. */
import type { ChangeSpec, EditorState, Line } from '@codemirror/state';
import type { Command } from '@codemirror/view';

import { isVerbatim, nodeAround } from '../surroundings';
import { changingLines } from './change-lines';

const quoteAndSigns = /^((?:[ \t]{0,3}>[ \t]?)*)[ \t]{0,3}(#{1,6})?(?:[ \t]+|$|(?=[^#\s]))/;

/** Makes the chosen lines headings of a level; lines that all are get plain again. */
export function toggleHeading(level: number): Command {
  return changingLines((chosen, state) => {
    const lines = chosen.filter(
      (line) => !isVerbatim(state, line) && (line.text.trim() !== '' || chosen.length === 1),
    );
    const wanted = lines.every((line) => levelOf(state, line) === level) ? '' : `${'#'.repeat(level)} `;
    return lines.flatMap((line) => asHeading(state, line, wanted));
  });
}

function asHeading(state: EditorState, line: Line, signs: string): ChangeSpec[] {
  const [all = '', quote = ''] = quoteAndSigns.exec(line.text) ?? [];
  const replaced = { from: line.from + quote.length, to: line.from + all.length, insert: signs };
  const underline = underlineOf(state, line);
  return underline ? [replaced, { from: line.to, to: underline.to }] : [replaced];
}

function levelOf(state: EditorState, line: Line): number {
  const underline = underlineOf(state, line);
  if (underline) return underline.text.includes('=') ? 1 : 2;
  return quoteAndSigns.exec(line.text)?.[2]?.length ?? 0;
}

/** The line of `===` or `---` below a heading of one line. */
function underlineOf(state: EditorState, line: Line): Line | null {
  const heading = nodeAround(state, line.to, (name) => name.startsWith('SetextHeading'));
  if (!heading || heading.to <= line.to) return null;
  const last = state.doc.lineAt(heading.to);
  return last.number === line.number + 1 ? last : null;
}
