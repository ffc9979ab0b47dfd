/** What of a keyboard event says which keys are down. */
export interface Pressed {
  code: string;
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Whether this machine's shortcuts use the command key. */
export const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * The chord of an event, such as `Mod+Shift+KeyP`, by the physical key: a Hangul layout gives another `key` for it.
 * Keys that say the same on every layout (arrows, Tab, F1) have that as their code already.
 */
export function chordOf(event: Pressed, mac: boolean = onMac): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  const parts = [
    mod && 'Mod',
    other && (mac ? 'Ctrl' : 'Meta'),
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
  ];
  return [...parts.filter((part) => part !== false), event.code].join('+');
}

const shownCodes: Record<string, string> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** A chord as the writer reads it on the keyboard: `Ctrl+Shift+P`, `⇧⌘P`. */
export function showChord(chord: string, mac: boolean = onMac): string {
  const parts = chord.split('+');
  const code = parts.pop() ?? '';
  const letter = shownCodes[code] ?? code.replace(/^(Key|Digit)/, '');
  if (mac) {
    const signs: Record<string, string> = { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Mod: '⌘' };
    const order = ['Ctrl', 'Alt', 'Shift', 'Mod'].filter((part) => parts.includes(part));
    return order.map((part) => signs[part]).join('') + letter;
  }
  return [...parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)), letter].join('+');
}
