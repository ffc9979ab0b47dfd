/** Quotes, put around the chosen lines and taken off again. */
import { frontMatterLines } from '../front-matter';
import { changingLines } from './change-lines';

const sign = /^[ \t]{0,3}>[ \t]?/;

/** Quotes the chosen lines; lines that all are quoted lose one level. */
export const toggleQuote = changingLines((chosen, state) => {
  const head = frontMatterLines(state.doc);
  const lines = chosen.filter((line) => line.number > head);
  const written = lines.filter((line) => line.text.trim() !== '');
  if (written.length > 0 && written.every((line) => sign.test(line.text))) {
    return lines.map((line) => ({
      from: line.from,
      to: line.from + (sign.exec(line.text)?.[0].length ?? 0),
    }));
  }
  return lines.map((line) => ({
    from: line.from,
    insert: line.text === '' && lines.length > 1 ? '>' : '> ',
  }));
});
