/**
 * Both sides hold the same text, and the patched preview is the fresh one: random edits through a real editor
 * state, against the real core, with replies that take their time.
 */
import { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { corePath, startCore, type CoreProcess } from '../src/dev/core-process';
import type { Host } from '../src/host/host';
import { BlockList } from '../src/session/block-list';
import { createPostSession } from '../src/session';
import type { Calls } from '../src/wire/types';

const without = process.env['POSTWRIGHT_WITHOUT_CORE'] !== undefined;

/** What is typed and pasted: short pieces, so that edits meet inside characters, fences and front matter. */
const piece = fc.oneof(
  fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\n\n',
    '가',
    '한글',
    '\u1112\u1161\u11ab',
    'e\u0301',
    '😀',
    '👨‍👩‍👧‍👦',
    '🇰🇷',
    '\r\n',
    'x\r\ny\r\n',
    '\t',
  ),
  fc.constantFrom(
    '# ',
    '- ',
    '1. ',
    '> ',
    '```rust\n',
    '```\n',
    '`',
    '**',
    '---\n',
    'title: 새 글\n',
    '[a]: /b\n',
    '[a]',
    '| a | b |\n|--|--|\n',
    '<details>\n',
    '</details>\n',
    '[^1]',
    '[^1]: note\n',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  // Half a surrogate pair: no text can hold it for long, and nothing may break over it.
  fc.constantFrom('\ud83d', '\ude00'),
);

const edit = fc.record({
  /** Places in the text as shares of its length, two for each change. */
  places: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), piece), {
    minLength: 1,
    maxLength: 3,
  }),
  /** How many turns of the event loop pass before the next edit. */
  pause: fc.nat(3),
  /** A mishap before this edit. */
  mishap: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'stale', 'replyLost', 'requestLost'),
});

const start = fc.constantFrom(
  '',
  '안녕\n',
  '---\ntitle: 글\ndate: 2026-11-21\n---\n\n# 제목\n\n글 😀\n\n```rust\nfn main() {}\n```\n\n- a\n- b\n',
);

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

/** The core behind a wire that is slow, and that loses what it is told to lose. */
function slow(core: Host): Host & { lose: 'none' | 'reply' | 'request' } {
  const host = {
    lose: 'none' as 'none' | 'reply' | 'request',
    async call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
      const lose = name === 'edit' || name === 'replace_text' ? host.lose : 'none';
      if (lose !== 'none') host.lose = 'none';
      await turn();
      if (lose === 'request') throw new Error('lost on the way');
      const reply = await core.call(name, request);
      await turn();
      if (lose === 'reply') throw new Error('lost on the way back');
      return reply;
    },
    listen: (receive: Parameters<Host['listen']>[0]) => core.listen(receive),
  };
  return host;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function changesOf(state: EditorState, { places }: Edit): { from: number; to: number; insert: string }[] {
  const { length } = state.doc;
  const changes: { from: number; to: number; insert: string }[] = [];
  let end = 0;
  for (const [share, size, insert] of [...places].sort(([a], [b]) => a - b)) {
    const from = Math.max(end, Math.floor(share * length));
    const to = Math.min(length, from + size);
    changes.push({ from, to, insert });
    end = to;
  }
  return changes;
}

async function play(core: Host, text: string, edits: readonly Edit[]): Promise<void> {
  const host = slow(core);
  const opened = await core.call('new_draft', { text });
  const list = new BlockList();
  list.apply(opened.preview);
  const session = createPostSession(host, opened, {
    patched: (patch) => list.apply(patch),
    details: () => {},
    stored: () => {},
    safety: () => {},
    failed: () => {},
  });
  let state = EditorState.create({ doc: opened.text });
  for (const next of edits) {
    if (next.mishap === 'stale') await staleAtTheCore(core, opened.post);
    if (next.mishap === 'replyLost') host.lose = 'reply';
    if (next.mishap === 'requestLost') host.lose = 'request';
    const transaction = state.update({ changes: changesOf(state, next) });
    state = transaction.state;
    session.edited(transaction.changes, transaction.newDoc, { anchor: 0, head: 0 });
    for (let turns = 0; turns < next.pause; turns += 1) await turn();
  }
  host.lose = 'none';
  // Two losses in a row end the attempts; asking again, as saving would, starts them anew.
  await session.settled().catch(() => session.settled());
  const now = await core.call('open_post', { post: opened.post });
  expect(now.text).toBe(state.doc.toString().toWellFormed());
  expect(now.revision).toBe(session.revision);
  const fresh = new BlockList();
  fresh.apply(now.preview);
  const shown = ({ html, lines }: { html: string; lines: number }) => ({ html, lines });
  expect(list.blocks.map(shown)).toEqual(fresh.blocks.map(shown));
  expect(list.whole().first_line).toBe(fresh.whole().first_line);
  await core.call('close_post', { post: opened.post });
}

/** Another edit reaches the core behind the session's back, so the session's next base is wrong. */
async function staleAtTheCore(core: Host, post: number): Promise<void> {
  const { revision } = await core.call('open_post', { post });
  const selection = { anchor: 0, head: 0 };
  await core.call('edit', {
    post,
    base: revision,
    changes: [{ from: 0, to: 0, insert: '남의 글\n\n' }],
    selection,
    takes_over: null,
    step: null,
  });
}

describe.skipIf(without)('with the real core', () => {
  let core: CoreProcess;

  beforeAll(() => {
    const path = corePath();
    if (path === null) {
      throw new Error(
        'The core is not built: run `cargo build -p postwright-tests --bins`, or set POSTWRIGHT_STDIO to it. ' +
          'POSTWRIGHT_WITHOUT_CORE=1 leaves these tests out.',
      );
    }
    core = startCore(path);
  });
  afterAll(() => core?.stop());

  test(
    'random edits leave the same text and the same preview on both sides',
    { timeout: 120_000 },
    async () => {
      const runs = Number(process.env['POSTWRIGHT_RUNS'] ?? 150);
      await fc.assert(
        fc.asyncProperty(start, fc.array(edit, { maxLength: 25 }), (text, edits) => play(core, text, edits)),
        { numRuns: runs },
      );
    },
  );

  test('an edit on a wrong base is answered stale and changes nothing', async () => {
    const opened = await core.call('new_draft', { text: '가나다' });
    const selection = { anchor: 0, head: 0 };
    const changes = [{ from: 0, to: 1, insert: 'x' }];
    const answer = await core.call('edit', {
      post: opened.post,
      base: opened.revision + 7,
      changes,
      selection,
      takes_over: null,
      step: null,
    });
    expect(answer).toEqual({ result: 'stale', with: { revision: opened.revision } });
    expect((await core.call('open_post', { post: opened.post })).text).toBe('가나다');
  });

  test('a field that is changed while the writer types lands where it belongs', async () => {
    const opened = await core.call('new_draft', { text: '---\ntitle: 옛 글\ntags: [a]\n---\n글\n' });
    const outlets = {
      patched: () => {},
      details: () => {},
      stored: () => {},
      safety: () => {},
      failed: () => {},
    };
    const session = createPostSession(slow(core), opened, outlets);
    let state = EditorState.create({ doc: opened.text });
    const type = (at: number, insert: string) => {
      const transaction = state.update({ changes: { from: at, insert } });
      state = transaction.state;
      session.edited(transaction.changes, transaction.newDoc, { anchor: at, head: at });
    };
    type(state.doc.length, '더 ');
    const asked = session.changeField(['title'], { to: 'value', with: { shape: 'text', value: '새 글' } });
    await turn();
    type(4, '# 위\n');
    type(state.doc.length, '😀');
    const transaction = state.update({ changes: await asked });
    state = transaction.state;
    session.edited(transaction.changes, transaction.newDoc, { anchor: 0, head: 0 });
    await session.settled();
    expect(state.doc.toString()).toBe('---\n# 위\ntitle: 새 글\ntags: [a]\n---\n글\n더 😀');
    expect((await core.call('open_post', { post: opened.post })).text).toBe(state.doc.toString());
  });
});
