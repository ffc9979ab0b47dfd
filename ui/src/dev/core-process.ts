/**
 * The real core on standard input and output, for tests and for the development server: one JSON line for each
 * call, reply and event. Runs in Node only.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

import type { Calls, Event } from '../wire/types';
import type { Host } from '../host/host';

/** The program: named by the environment, or where Cargo leaves it. Null where there is none. */
export function corePath(): string | null {
  const named = process.env['POSTWRIGHT_STDIO'];
  if (named) return named;
  const built = new URL('../../../target/debug/postwright-stdio', import.meta.url).pathname;
  return existsSync(built) ? built : null;
}

export interface CoreProcess extends Host {
  stop(): void;
}

type Waiting = { resolve: (value: never) => void; reject: (failure: unknown) => void };

/** Starts a core with a library of its own. */
export function startCore(path: string): CoreProcess {
  const core = spawn(path, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: Event) => void>();
  let asked = 0;
  endWith(core, waiting);
  createInterface({ input: core.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as { id: number; ok?: never; error?: unknown } | Event;
    if (!('id' in said)) {
      for (const receive of listeners) receive(said);
      return;
    }
    const call = waiting.get(said.id);
    waiting.delete(said.id);
    if (said.error === undefined) call?.resolve(said.ok as never);
    else call?.reject(said.error);
  });
  return {
    call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        core.stdin.write(`${JSON.stringify({ id, call: name, with: request })}\n`);
      });
    },
    listen(receive) {
      listeners.add(receive);
      return Promise.resolve(() => void listeners.delete(receive));
    },
    stop: () => core.stdin.end(),
  };
}

function endWith(core: ChildProcess, waiting: Map<number, Waiting>): void {
  const end = (why: string) => {
    for (const { reject } of waiting.values()) reject(new Error(`the core ended: ${why}`));
    waiting.clear();
  };
  core.on('error', (failure) => end(failure.message));
  core.on('exit', (code) => end(`exit code ${code}`));
}
