/** The host inside the app. The only file that imports Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Calls, Event } from '../wire/types';
import { asWireError, type Host } from './host';

export const tauriHost: Host = {
  async call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
    try {
      return await invoke<Calls[Name][1]>('call', { call: { call: name, with: request } });
    } catch (failure) {
      throw asWireError(failure);
    }
  },
  listen(receive) {
    return listen<Event>('postwright', (message) => receive(message.payload));
  },
};

/** Whether this page runs inside the app's window. */
export function insideTauri(): boolean {
  return '__TAURI_INTERNALS__' in window;
}
