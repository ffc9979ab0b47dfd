/** The host of a page in a browser at the development server. */
import type { Calls, Event } from '../wire/types';
import { asWireError, type Host } from '../host/host';

export const bridgedHost: Host = {
  async call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
    const body = JSON.stringify({ call: name, with: request });
    const said = await fetch('/core/call', { method: 'POST', body })
      .then((response) => response.json() as Promise<{ ok?: Calls[Name][1]; error?: unknown }>)
      .catch((error: unknown) => ({ error, ok: undefined }));
    if (said.ok === undefined) throw asWireError(said.error);
    return said.ok;
  },
  listen(receive) {
    const source = new EventSource('/core/events');
    source.onmessage = (message) => receive(JSON.parse(String(message.data)) as Event);
    return Promise.resolve(() => source.close());
  },
};
