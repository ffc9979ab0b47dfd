/** Text made comparable: without case, and with Hangul and accents in one form. */
function plain(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase();
}

/** Whether every word typed is somewhere in what belongs to a row. */
export function matches(typed: string, ...parts: string[]): boolean {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = plain(parts.join('\n'));
  return words.every((word) => text.includes(word));
}
