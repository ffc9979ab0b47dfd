/**
 * What the window asks of the core, whoever carries it.
 * Nothing here, nor in any file that imports this one, may know the shell.
 */
import type { Calls, Error, Event } from '../wire/types';

export interface Host {
  /** Resolves to the call's answer; rejects with a `wire` error and nothing else. */
  call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]>;
  /** Resolves once events arrive at `receive`; the function it resolves to ends that. */
  listen(receive: (event: Event) => void): Promise<() => void>;
}

/** Any failure as the error that a `Host` promises. */
export function asWireError(failure: unknown): Error {
  if (isWireError(failure)) return failure;
  const message = failure instanceof globalThis.Error ? failure.message : String(failure);
  return { code: 'system', message, subject: null, hint: null };
}

function isWireError(failure: unknown): failure is Error {
  return (
    typeof failure === 'object' &&
    failure !== null &&
    'code' in failure &&
    'message' in failure &&
    'hint' in failure
  );
}
