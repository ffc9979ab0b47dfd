/**
 * Where the marks of emphasis count: CommonMark 0.31, "Emphasis and strong emphasis", left- and right-flanking runs.
 * A run between punctuation and a letter does not count on the side of the letter, which is why a particle right after
 * `**강조(설명)**` leaves the asterisks standing.
 */
const whiteSpace = /^\s$/u;
const punctuation = /^[\p{P}\p{S}]$/u;

type Kind = 'space' | 'punctuation' | 'letter';

/** The ends of the text count as white space. */
function kindOf(character: string): Kind {
  if (character === '' || whiteSpace.test(character)) return 'space';
  return punctuation.test(character) ? 'punctuation' : 'letter';
}

/** Whether a run of `*` or `~` between two characters can open. */
export function canOpen(before: string, after: string): boolean {
  const [left, right] = [kindOf(before), kindOf(after)];
  if (right === 'space') return false;
  return right === 'letter' || left !== 'letter';
}

/** Whether a run of `*` or `~` between two characters can close. */
export function canClose(before: string, after: string): boolean {
  return canOpen(after, before);
}
