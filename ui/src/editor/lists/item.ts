/** A line as part of a list: what stands before its words. */
import { countColumn } from '@codemirror/state';

/** Columns from one tab stop to the next, as Markdown counts them. */
export const tabWidth = 4;

/** The marker of a list item. */
export interface Marker {
  /** `-`, `*`, `+`, or the sign after a number. */
  sign: string;
  /** The number of an ordered item. */
  number: number | null;
  /** Whether its task is done; null if it is no task. */
  done: boolean | null;
}

/** What stands before the words of a line. */
export interface Head {
  /** The signs of the quotes that it stands in. */
  quote: string;
  /** White space before the marker or the words. */
  indent: string;
  /** The item that begins in the line. */
  marker: Marker | null;
  /** Where the marker begins, in the line. */
  markerAt: number;
  /** Where the words begin, in the line. */
  wordsAt: number;
  /** The column of the marker, or of the words where there is none, after the quotes. */
  column: number;
  /** The column that the item's content begins at: what belongs to the item stands at least there. */
  contentColumn: number;
  isBlank: boolean;
}

const head =
  /^((?:[ \t]{0,3}>[ \t]?)*)([ \t]*)(?:([-+*]|(\d{1,9})([.)]))([ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?)?/;

/** Reads what stands before the words of a line. A line of code or of front matter has to be kept from it. */
export function readHead(text: string): Head {
  const [all = '', quote = '', indent = '', sign = '', number, after, gap = '', box = ''] =
    head.exec(text) ?? [];
  const rest = text.slice(quote.length);
  const column = countColumn(rest, tabWidth, indent.length);
  const plain = { quote, indent, column, isBlank: rest.trim() === '' };
  const markerAt = quote.length + indent.length;
  // A rule of dashes or asterisks is no list.
  if (sign === '' || /^\s*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(rest)) {
    return { ...plain, marker: null, markerAt, wordsAt: markerAt, contentColumn: column };
  }
  const marker: Marker = {
    sign: after ?? sign,
    number: number === undefined ? null : Number(number),
    done: box === '' ? null : box[1] !== ' ',
  };
  const markerEnd = countColumn(rest, tabWidth, indent.length + sign.length);
  const contentAt = countColumn(rest, tabWidth, indent.length + sign.length + gap.length);
  // Content that begins five columns on is indented code in the item, which begins one column on.
  const width = contentAt - markerEnd > 4 || gap === '' ? 1 : contentAt - markerEnd;
  return {
    ...plain,
    marker,
    markerAt,
    wordsAt: all.length,
    contentColumn: markerEnd + width,
    isBlank: false,
  };
}

/** A marker as it is written before the words. */
export function writeMarker({ sign, number, done }: Marker): string {
  const box = done === null ? '' : done ? '[x] ' : '[ ] ';
  return `${number ?? ''}${sign} ${box}`;
}

/** The width of a marker without its box: what belongs to the item is indented by it. */
export function markerWidth(marker: Marker): number {
  return writeMarker({ ...marker, done: null }).length;
}

/** White space up to a column. */
export function spaces(column: number): string {
  return ' '.repeat(Math.max(0, column));
}
