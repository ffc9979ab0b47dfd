/** How long a text is. */
export interface Counts {
  /** Characters as a reader counts them, line breaks left out. */
  characters: number;
  /** The same without white space. */
  dense: number;
  words: number;
  /** Minutes to read it, at least one for a text that is not empty. */
  minutes: number;
}

const charactersPerMinute = 500;
const wordsPerMinute = 220;
const hangulOrHan = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Counts a text. Korean words are what stands between spaces, as the word processors of Korea count them. */
export function countText(text: string): Counts {
  let characters = 0;
  let dense = 0;
  let wide = 0;
  for (const character of charactersOf(text)) {
    if (character === '\n' || character === '\r\n') continue;
    characters += 1;
    if (character.trim() === '') continue;
    dense += 1;
    if (hangulOrHan.test(character)) wide += 1;
  }
  const pieces = text.split(/\s+/u).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  const narrowWords = pieces.filter((piece) => !hangulOrHan.test(piece)).length;
  const minutes = wide / charactersPerMinute + narrowWords / wordsPerMinute;
  return {
    characters,
    dense,
    words: pieces.length,
    minutes: dense === 0 ? 0 : Math.max(1, Math.round(minutes)),
  };
}

/** Only text with combining marks or joined emoji needs the slow way. */
function* charactersOf(text: string): Iterable<string> {
  if (/[\p{M}\u1100-\u11ff\u200d\ufe0f\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u.test(text)) {
    for (const piece of graphemes.segment(text)) yield piece.segment;
  } else {
    yield* text;
  }
}

/** The text without the lines of its front matter. */
export function bodyOf(text: string, frontMatterLines: number): string {
  let from = 0;
  for (let line = 0; line < frontMatterLines; line += 1) {
    const end = text.indexOf('\n', from);
    if (end < 0) return '';
    from = end + 1;
  }
  return text.slice(from);
}
