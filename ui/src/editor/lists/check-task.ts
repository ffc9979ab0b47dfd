/** Tasks, done and not done. */
import { changingLines } from '../blocks/change-lines';
import { isVerbatim } from '../surroundings';
import { readHead } from './item';

/** Checks the tasks of the chosen lines, or opens them again if all are done; items and lines become tasks. */
export const checkTask = changingLines((chosen, state) => {
  const lines = chosen.filter(
    (line) => !isVerbatim(state, line) && (line.text.trim() !== '' || chosen.length === 1),
  );
  const items = lines.map((line) => ({ line, head: readHead(line.text) }));
  const tasks = items.filter(({ head }) => head.marker?.done != null);
  if (tasks.length === 0) {
    return items.map(({ line, head }) => ({
      from: line.from + head.wordsAt,
      insert: head.marker ? '[ ] ' : '- [ ] ',
    }));
  }
  const box = tasks.every(({ head }) => head.marker?.done) ? ' ' : 'x';
  return tasks.map(({ line, head }) => {
    const at = line.from + line.text.indexOf('[', head.markerAt) + 1;
    return { from: at, to: at + 1, insert: box };
  });
});
