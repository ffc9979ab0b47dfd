import { commandOf } from './commands';
import type { Desk } from './desk.svelte';
import { chordOf } from './keys';

/** Whether a key belongs to the input method, which is composing with it. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Runs the command of a key. Over a sheet only the sheet's own keys count. */
export function pressed(desk: Desk, event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const command = commandOf(chordOf(event));
  if (!command) return;
  event.preventDefault();
  event.stopPropagation();
  if (desk.publishing !== null || desk.sheet !== null || document.querySelector('dialog[open]')) return;
  if (command.enabled(desk)) command.run(desk);
}
