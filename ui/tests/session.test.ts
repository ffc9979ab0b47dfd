import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';

import { createFakeHost, refusal, type Answers } from '../src/host/fake';
import { createPostSession, type PostSession, type SessionOutlets } from '../src/session';
import { BlockList } from '../src/session/block-list';
import type { Edit, Edited, Error, MergedOutside, OpenedPost, PreviewPatch } from '../src/wire/types';

const cursor = { anchor: 0, head: 0 };
const nothing: PreviewPatch = {
  revision: 1,
  first_line: 0,
  ops: [],
  lines: [],
  resized: [],
  unfinished: false,
  refused: null,
};

function opened(text: string, revision = 1): OpenedPost {
  return {
    post: 7,
    revision,
    text,
    selection: cursor,
    details: { format: 'none', shown_title: text, fields: [], problem: null, lines: 0, editable: true },
    preview: { ...nothing, ops: [{ at: 0, remove: 0, insert: [{ id: 1, lines: 1, html: text }] }] },
    file: null,
    differs_from_file: false,
    outside: null,
    read_only: null,
    remote_images: false,
    history: { undo: [], redo: [] },
  };
}

function applied(revision: number, patch: PreviewPatch = nothing): Edited {
  return { result: 'applied', with: { revision, patch, details: null } };
}

/** An answer that a test gives when it wants to. */
function later<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (failure: unknown) => void = () => {};
  const promise = new Promise<Value>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

/** A session with a text that can be typed into, and what it told. */
function stage(answers: Answers, text = 'abc') {
  const host = createFakeHost(answers);
  const told: string[] = [];
  const failures: Error[] = [];
  const outlets: SessionOutlets = {
    patched: (patch) => told.push(`patch ${patch.revision}`),
    details: (details) => told.push(`details ${details.shown_title}`),
    stored: (revision, differs) => told.push(`stored ${revision} ${differs}`),
    safety: (safety) => told.push(safety),
    failed: (error) => failures.push(error),
  };
  const session = createPostSession(host, opened(text), outlets);
  let state = EditorState.create({ doc: text });
  const type = (from: number, insert: string, to = from, takesOver: string | null = null) => {
    const transaction = state.update({ changes: { from, to, insert } });
    state = transaction.state;
    session.edited(transaction.changes, transaction.newDoc, { anchor: from, head: from }, takesOver);
  };
  return { host, session, told, failures, type, text: () => state.doc.toString() };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));
const stored = (session: PostSession, revision: number) =>
  session.keptUpTo({ post: 7, revision, differs_from_file: true });

test('a key goes out at once, and what is typed meanwhile goes as one edit', async () => {
  const answers = [later<Edited>(), later<Edited>()];
  let asked = 0;
  const { host, session, type } = stage({
    edit: () => (answers[asked++] as ReturnType<typeof later<Edited>>).promise,
  });
  type(3, '가');
  expect(host.made).toHaveLength(1);
  type(4, '나');
  type(0, '\n');
  type(1, '', 2);
  expect(host.made).toHaveLength(1);
  answers[0]?.resolve(applied(2));
  await turn();
  expect(host.made.map(({ request }) => request as Edit)).toEqual([
    {
      post: 7,
      base: 1,
      changes: [{ from: 3, to: 3, insert: '가' }],
      selection: { anchor: 3, head: 3 },
      takes_over: null,
      step: null,
    },
    {
      post: 7,
      base: 2,
      changes: [
        { from: 0, to: 1, insert: '\n' },
        { from: 4, to: 4, insert: '나' },
      ],
      selection: { anchor: 1, head: 1 },
      takes_over: null,
      step: null,
    },
  ]);
  let settled = false;
  void session.settled().then(() => (settled = true));
  await turn();
  expect(settled).toBe(false);
  answers[1]?.resolve(applied(3));
  await turn();
  expect(settled).toBe(true);
  expect(session.revision).toBe(3);
});

test('undos go out as undos, and with anything else as an edit like any other', async () => {
  const answers = [1, 2, 3].map(() => later<Edited>());
  let asked = 0;
  const { host, session } = stage({
    edit: () => (answers[asked++] as ReturnType<typeof later<Edited>>).promise,
  });
  let state = EditorState.create({ doc: 'abcdef' });
  const at = { anchor: 0, head: 0 };
  const cut = (step: 'undo' | 'redo' | null) => {
    const { changes, newDoc, state: next } = state.update({ changes: { from: 0, to: 1 } });
    state = next;
    session.edited(changes, newDoc, at, null, step);
  };
  cut('undo');
  cut('undo');
  cut('undo');
  answers[0]?.resolve(applied(2));
  await turn();
  cut('redo');
  cut(null);
  answers[1]?.resolve(applied(3));
  await turn();
  answers[2]?.resolve(applied(4));
  await session.settled();
  expect(host.made.map(({ request }) => (request as Edit).step)).toEqual(['undo', 'undo', null]);
});

test('after stale the whole text is sent once, with what was typed meanwhile', async () => {
  const first = later<Edited>();
  const { host, session, type, told } = stage({
    edit: () => first.promise,
    replace_text: () => applied(9),
    open_post: () => opened('xabcy', 9),
  });
  type(0, 'x');
  type(4, 'y');
  first.resolve({ result: 'stale', with: { revision: 8 } });
  await session.settled();
  expect(host.made.map(({ name }) => name)).toEqual(['edit', 'replace_text', 'open_post']);
  expect(host.made[1]?.request).toEqual({
    post: 7,
    text: 'xabcy',
    selection: { anchor: 4, head: 4 },
    takes_over: null,
  });
  expect(session.revision).toBe(9);
  expect(session.preview().ops[0]?.insert.map(({ html }) => html)).toEqual(['xabcy']);
  expect(told).toContain('patch 1');
});

test('code without colours gets them by edits of nothing, which hold nothing up', async () => {
  const answer = later<Edited>();
  const answers = [applied(2, { ...nothing, unfinished: true }), answer.promise, applied(3)];
  const { host, session, type, told } = stage({ edit: () => answers.shift() as Edited });
  type(0, 'x');
  await session.settled();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(host.made[1]?.request).toMatchObject({ base: 2, changes: [] });
  await session.settled();
  expect(session.isAt(2)).toBe(true);
  type(1, 'y');
  expect(host.made).toHaveLength(2);
  answer.resolve(applied(2));
  await session.settled();
  expect(host.made[2]?.request).toMatchObject({ base: 2, changes: [{ from: 1, to: 1, insert: 'y' }] });
  expect(session.revision).toBe(3);
  expect(told.filter((word) => word.startsWith('patch'))).toHaveLength(3);
});

test('a failure is told once and the next key tries again with the whole text', async () => {
  const { host, session, type, told, failures } = stage({});
  type(0, 'x');
  await expect(session.settled()).rejects.toMatchObject({ message: 'no answer to replace_text' });
  expect(failures).toHaveLength(1);
  expect(session.safety).toBe('failed');
  expect(host.made).toHaveLength(2);
  host.answers.replace_text = () => applied(2);
  host.answers.open_post = () => opened('xyabc', 2);
  type(1, 'y');
  await session.settled();
  expect(host.made[2]?.request).toMatchObject({ text: 'xyabc' });
  expect(session.safety).toBe('storing');
  stored(session, 2);
  expect(session.safety).toBe('stored');
  expect(told.filter((word) => ['storing', 'stored', 'failed'].includes(word))).toEqual([
    'storing',
    'failed',
    'storing',
    'stored',
  ]);
});

test('stored means that everything typed is, not only what was sent', async () => {
  const answers = [later<Edited>(), later<Edited>()];
  let asked = 0;
  const { session, type } = stage({
    edit: () => (answers[asked++] as ReturnType<typeof later<Edited>>).promise,
  });
  type(0, 'x');
  answers[0]?.resolve(applied(2));
  type(1, 'y');
  await turn();
  stored(session, 2);
  expect(session.safety).toBe('storing');
  stored(session, 3);
  expect(session.safety).toBe('storing');
  answers[1]?.resolve(applied(3));
  await turn();
  expect(session.safety).toBe('stored');
});

test('text that could not be stored is not safe until it is', () => {
  const { session, failures } = stage({});
  session.notKept({ post: 7, error: refusal('disk full', 'library_write') });
  expect(session.safety).toBe('failed');
  expect(failures.map(({ message }) => message)).toEqual(['disk full']);
  stored(session, 1);
  expect(session.safety).toBe('stored');
});

test('half a character goes as a whole text, well-formed', async () => {
  const { host, session, type } = stage({ replace_text: () => applied(2) }, '😀');
  type(1, '', 2);
  await session.settled();
  expect(host.made).toEqual([
    {
      name: 'replace_text',
      request: { post: 7, text: '\ufffd', selection: { anchor: 1, head: 1 }, takes_over: null },
    },
  ]);
});

test('what an edit takes over of the file is told with it, until the core has it', async () => {
  let attempts = 0;
  const { host, session, type } = stage({
    edit: () => {
      throw refusal('lost on the way');
    },
    replace_text: () => {
      attempts += 1;
      if (attempts === 1) throw refusal('lost again');
      return applied(attempts);
    },
    open_post: () => ({ ...opened('xyabc'), revision: attempts }),
  });
  type(0, 'x', 0, 'hash of the file');
  await session.settled().catch(() => undefined);
  type(1, 'y');
  await session.settled();
  type(2, 'z');
  await session.settled().catch(() => undefined);
  const told = host.made.flatMap(({ request }) => ('takes_over' in request ? [request.takes_over] : []));
  expect(told.slice(0, 3)).toEqual(['hash of the file', 'hash of the file', 'hash of the file']);
  expect(told.slice(3).every((hash) => hash === null)).toBe(true);
  expect(told.length).toBeGreaterThan(3);
});

test('changes that bring in what the file holds go over what was typed meanwhile', async () => {
  const answer = later<MergedOutside>();
  const { session, type } = stage({ merge_outside: () => answer.promise, edit: () => applied(2) });
  const merging = session.mergeOutside(null);
  await turn();
  type(0, '가');
  answer.resolve({
    result: 'changes',
    with: { changes: [{ from: 3, to: 3, insert: '!' }], takes_over: 'h' },
  });
  const merged = await merging;
  expect('changes' in merged && [merged.changes.toJSON(), merged.takesOver]).toEqual([[4, [0, '!']], 'h']);
});

test('a field is asked for once everything is sent, and again when the answer is stale', async () => {
  let asked = 0;
  const { host, session, type } = stage({
    edit: () => applied(2),
    change_field: () =>
      asked++ === 0
        ? { result: 'stale', with: { revision: 5 } }
        : { result: 'changes', with: [{ from: 0, to: 1, insert: 'A' }] },
    replace_text: () => applied(6),
    open_post: () => opened('abcd', 6),
  });
  type(3, 'd');
  const changes = await session.changeField(['title'], { to: 'value', with: { shape: 'text', value: 'A' } });
  expect(changes.apply(EditorState.create({ doc: 'abcd' }).doc).toString()).toBe('Abcd');
  expect(host.made.map(({ name, request }) => [name, 'base' in request ? request.base : null])).toEqual([
    ['edit', 1],
    ['change_field', 2],
    ['replace_text', null],
    ['open_post', null],
    ['change_field', 6],
  ]);
});

test('what the core made by itself is taken over beside what is being typed', async () => {
  const { session, type, told } = stage({ edit: () => applied(2) }, '---\nx\n---\n');
  type(4, 'y');
  await session.settled();
  const changes = session.adopt(opened('---\nyx\ndate: 1\n---\n', 5));
  expect(changes.apply(EditorState.create({ doc: '---\nyx\n---\n' }).doc).toString()).toBe(
    '---\nyx\ndate: 1\n---\n',
  );
  expect(session.revision).toBe(5);
  expect(session.safety).toBe('stored');
  expect(told).toContain('details ---\nyx\ndate: 1\n---\n');
  expect(session.preview().ops[0]?.insert).toHaveLength(1);
});

const blocks = (revision: number, ...html: string[]): PreviewPatch => ({
  ...nothing,
  revision,
  ops: [{ at: 0, remove: 0, insert: html.map((text, id) => ({ id, lines: 1, html: text })) }],
});

test('a preview that is asked for again waits for what is typed, and what is typed waits for it', async () => {
  const edit = later<Edited>();
  const whole = later<PreviewPatch>();
  const { host, session, type, told } = stage({
    edit: ({ base }) => (base === 1 ? edit.promise : applied(3, { ...nothing, revision: 3 })),
    preview_again: () => whole.promise,
  });
  type(3, 'x');
  session.previewAgain();
  expect(host.made.map(({ name }) => name)).toEqual(['edit']);
  edit.resolve(applied(2));
  await turn();
  type(4, 'y');
  expect(host.made.map(({ name }) => name)).toEqual(['edit', 'preview_again']);
  whole.resolve(blocks(2, 'new look'));
  await session.settled();
  expect(host.made.map(({ name }) => name)).toEqual(['edit', 'preview_again', 'edit']);
  expect(session.preview().ops[0]?.insert.map(({ html }) => html)).toEqual(['new look']);
  expect(told.filter((word) => word.startsWith('patch'))).toEqual(['patch 1', 'patch 2', 'patch 3']);
});

test('a preview that could not be had again comes with the text', async () => {
  const { host, session } = stage({
    replace_text: () => applied(2),
    open_post: () => ({ ...opened('abc', 2), preview: blocks(2, 'had again') }),
  });
  session.previewAgain();
  await turn();
  await session.settled();
  expect(host.made.map(({ name }) => name)).toEqual(['preview_again', 'replace_text', 'open_post']);
  expect(session.preview().ops[0]?.insert.map(({ html }) => html)).toEqual(['had again']);
});

test('blocks that look the same stay when a preview is had again', () => {
  const cases: [string[], string[], number][] = [
    [['a', 'b', 'c'], ['a', 'B', 'c'], 1],
    [['a', 'b', 'c'], ['a', 'c'], 0],
    [['a', 'c'], ['a', 'b', 'x', 'c'], 2],
    [['a', 'a'], ['a', 'a', 'a'], 1],
    [[], ['a'], 1],
    [['a', 'b'], [], 0],
  ];
  for (const [before, after, come] of cases) {
    const list = new BlockList();
    list.apply(blocks(1, ...before));
    const whole = blocks(2, ...after);
    for (const block of whole.ops[0]?.insert ?? []) block.lines = 3;
    const patch = list.replacedBy(whole);
    expect(patch.ops.flatMap(({ insert }) => insert)).toHaveLength(come);
    list.apply(patch);
    expect(list.blocks.map(({ html, lines }) => [html, lines])).toEqual(after.map((html) => [html, 3]));
  }
});
