import { expect, test, vi } from 'vitest';
import { createFakeHost, refusal, type Answers } from '../host/fake';
import type { FoundPost, Search, SearchResults } from '../wire/types';
import { runCommand } from './commands';
import { Desk } from './desk.svelte';
import { receive } from './events';
import { pieces, replaceShown } from './searching.svelte';

function found(post: number): FoundPost {
  const mark = { from: 0, to: 2 };
  return {
    post,
    file: null,
    revision: null,
    title: `Post ${post}`,
    title_marks: [],
    place: 'body',
    state: 'draft',
    at: 0,
    hits: 2,
    snippets: [
      { line: 1, text: 'ab', marks: [mark], hit: mark },
      { line: 3, text: 'abc', marks: [mark], hit: { from: 9, to: 11 } },
    ],
  };
}

function answer({ from, most }: Search, count: number, is_all = true): SearchResults {
  const posts = Array.from({ length: count }, (_, at) => found(at + 1)).slice(from, from + most);
  return { posts, total: count, is_all, unread: 0 };
}

function searchingIn(answers: Answers) {
  const host = createFakeHost(answers);
  const desk = new Desk(host);
  return { host, desk, searching: desk.searching };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

test('each line of a post is a row, and only the first has its head', async () => {
  const { searching } = searchingIn({ search: (ask) => answer(ask, 2) });
  searching.type('가');
  await settled();
  expect(searching.rows.map(({ first }) => first)).toEqual([true, false, true, false]);
  expect(new Set(searching.rows.map(({ id }) => id)).size).toBe(4);
  expect(searching.total).toBe(2);
});

test('a late answer does not replace that of a later question', async () => {
  const answers: ((results: SearchResults) => void)[] = [];
  const { searching } = searchingIn({ search: () => new Promise((resolve) => answers.push(resolve)) });
  searching.type('a');
  searching.type('ab');
  answers[1]?.({ posts: [found(2)], total: 1, is_all: true, unread: 0 });
  answers[0]?.({ posts: [found(1)], total: 9, is_all: true, unread: 0 });
  await settled();
  expect(searching.posts.map(({ post }) => post)).toEqual([2]);
  expect(searching.answered).toBe('ab');
});

test('more are asked for near the end of the list, and the whole count when the writer rests', async () => {
  vi.useFakeTimers();
  const { host, searching } = searchingIn({
    search: (ask) =>
      ask.count_all ? { ...answer(ask, 70), total: 70 } : { ...answer(ask, 70, false), total: 40 },
  });
  searching.type('e');
  await vi.advanceTimersByTimeAsync(10);
  expect([searching.posts.length, searching.total, searching.isAll]).toEqual([30, 40, false]);
  searching.mark(59);
  await vi.advanceTimersByTimeAsync(10);
  expect(searching.posts.length).toBe(60);
  await vi.advanceTimersByTimeAsync(1000);
  expect([searching.total, searching.isAll]).toEqual([70, true]);
  expect(host.made.some(({ request }) => 'count_all' in request && request.count_all)).toBe(true);
  vi.useRealTimers();
});

test('a filter that makes no sense is said, and nothing is shown for it', async () => {
  const { searching } = searchingIn({ search: () => Promise.reject(refusal('no state')) });
  searching.type('is:gone');
  await settled();
  expect(searching.failure?.message).toBe('no state');
  expect(searching.rows).toEqual([]);
});

test('what was read since is asked for, and the mark stays', async () => {
  let count = 1;
  const { desk, searching } = searchingIn({
    search: (ask) => ({ ...answer(ask, count), unread: count === 1 ? 5 : 0 }),
  });
  runCommand(desk, 'search');
  searching.type('a');
  await settled();
  searching.mark(1);
  count = 3;
  receive(desk, { event: 'search_filled', with: { unread: 0 } }, () => {});
  await settled();
  expect([searching.posts.length, searching.marked, searching.unread]).toEqual([3, 1, 0]);
});

test('what was shown is replaced but for what the writer left out, and taken back at once', async () => {
  const change = { line: 1, before: '', removed: 'a', behind: '' };
  const { host, desk, searching } = searchingIn({
    search: (ask) => answer(ask, 2),
    plan_replace: () => ({
      posts: ['one', 'two'].map((key) => ({ key, title: key, file: null, changes: [change, change] })),
      hash: 'h',
    }),
    replace_everywhere: () => ({ posts: 1, changes: 2, open: [], left: [] }),
    undo_replace: () => ({ posts: 1, changes: 0, open: [], left: ['two'] }),
  });
  searching.type('a');
  searching.choose({ replacing: true });
  searching.replaceBy('b');
  await searching.makePlan();
  searching.leave('two', true);
  expect(searching.chosen).toEqual({ changes: 2, posts: 1 });
  await replaceShown(desk);
  expect(host.made.at(-1)?.request).toMatchObject({ hash: 'h', except: ['two'] });
  desk.messages.list.at(-1)?.action?.run();
  await settled();
  expect(desk.messages.list.some(({ text }) => text.includes('two'))).toBe(true);
});

test('a text falls into pieces at its marks', () => {
  expect(pieces('abcd', [{ from: 1, to: 2 }])).toEqual([
    { text: 'a', marked: false },
    { text: 'b', marked: true },
    { text: 'cd', marked: false },
  ]);
});
