/** A host in memory, for tests: each call is answered by a function of the test's. */
import type { Calls, Error, Event } from '../wire/types';
import type { Host } from './host';

/** The answers of a fake host; a call without one is refused. */
export type Answers = {
  [Name in keyof Calls]?: (request: Calls[Name][0]) => Calls[Name][1] | Promise<Calls[Name][1]>;
};

/** A call that was made. */
export type Made = { [Name in keyof Calls]: { name: Name; request: Calls[Name][0] } }[keyof Calls];

export interface FakeHost extends Host {
  /** The answers, which a test may change as it goes. */
  readonly answers: Answers;
  /** The calls made so far, in order. */
  readonly made: Made[];
  /** Tells an event to everyone who listens. */
  tell(event: Event): void;
}

export function createFakeHost(answers: Answers = {}): FakeHost {
  const listeners = new Set<(event: Event) => void>();
  const made: Made[] = [];
  return {
    answers,
    made,
    async call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
      made.push({ name, request } as Made);
      const answer = answers[name];
      if (!answer) throw refusal(`no answer to ${name}`);
      return answer(request);
    },
    listen(receive) {
      listeners.add(receive);
      return Promise.resolve(() => void listeners.delete(receive));
    },
    tell(event) {
      for (const receive of listeners) receive(event);
    },
  };
}

/** An error as the core sends it. */
export function refusal(message: string, code: Error['code'] = 'bad_request'): Error {
  return { code, message, subject: null, hint: null };
}
