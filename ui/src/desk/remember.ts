import type { Host } from '../host/host';
import type { SessionState } from '../wire/types';

const after = 300;

/** Tells the core what the window shows, soon after it changed, and only if it did. */
export function createMemory(host: Host): { soon(session: SessionState): void; now(): void } {
  let waiting: SessionState | null = null;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function now(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const session = waiting;
    waiting = null;
    const written = JSON.stringify(session);
    if (written === told) return;
    told = written;
    // Losing this costs a cursor's place, not a text: it is told again with the next change.
    host.call('remember', session).catch(() => (told = ''));
  }

  return {
    now,
    soon(session) {
      waiting = session;
      timer ??= setTimeout(now, after);
    },
  };
}
