/** Lets a browser at the development server talk to a real core: calls by POST, events as a stream. Node only. */
import type { Connect, Plugin } from 'vite';

import type { Calls } from '../wire/types';
import { corePath, startCore } from './core-process.ts';

export function coreBridge(): Plugin {
  return {
    name: 'postwright-core-bridge',
    apply: 'serve',
    configureServer(server) {
      const path = corePath();
      if (process.env['VITEST'] || path === null) return;
      const core = startCore(path);
      server.httpServer?.on('close', () => core.stop());
      const answer: Connect.NextHandleFunction = async (request, response) => {
        let body = '';
        for await (const part of request) body += part;
        const { call, with: asked } = JSON.parse(body) as { call: keyof Calls; with: never };
        const said = await core.call(call, asked).then(
          (ok) => ({ ok }),
          (error: unknown) => ({ error }),
        );
        response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
      };
      server.middlewares.use('/core/call', (request, response, next) => void answer(request, response, next));
      server.middlewares.use('/core/events', (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        void core.listen((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
      });
    },
  };
}
