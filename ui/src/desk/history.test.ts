import { expect, test } from 'vitest';
import { createFakeHost, refusal } from '../host/fake';
import type { Comparison, KeptRevision, OpenedPost } from '../wire/types';
import { History, ParagraphPast } from './history.svelte';
import { MessageList } from './messages.svelte';
import { OpenPost } from './open-post.svelte';

const opened: OpenedPost = {
  post: 7,
  revision: 3,
  text: 'one two',
  selection: { anchor: 2, head: 2 },
  details: { format: 'none', shown_title: 'one', fields: [], problem: null, lines: 0, editable: true },
  preview: { revision: 3, first_line: 0, ops: [], lines: [], resized: [], unfinished: false, refused: null },
  file: null,
  differs_from_file: false,
  outside: null,
  read_only: null,
  remote_images: false,
  history: { undo: [], redo: [] },
};

function kept(number: number, name: string | null = null): KeptRevision {
  return { number, kind: 'auto', at: number * 1000, length: 3, grown: 3, name };
}

function comparison(differences: number): Comparison {
  return { revision: 3, lines: [], differences, left_out: 0 };
}

function stage(revisions: KeptRevision[]) {
  const host = createFakeHost({
    history: () => ({ post: 7, revisions }),
    compare_revision: () => comparison(1),
    edit: () => ({
      result: 'applied',
      with: { revision: 4, patch: { ...opened.preview, revision: 4 }, details: null },
    }),
  });
  const open = new OpenPost(host, opened, new MessageList());
  const asked = (name: string) =>
    host.made.filter((call) => call.name === name).map(({ request }) => request);
  return { host, open, history: new History(host, open), asked };
}

test('the newest is shown first, compared with now', async () => {
  const { history, asked } = stage([kept(9), kept(4)]);
  expect(history.revisions).toBeNull();
  await history.begin();
  expect(history.revision?.number).toBe(9);
  expect(history.comparison?.differences).toBe(1);
  expect(asked('compare_revision')).toEqual([{ post: 7, number: 9, with: 'now' }]);
});

test('the arrows go through the list and stop at its ends', async () => {
  const { history } = stage([kept(9), kept(4), kept(1)]);
  await history.begin();
  await history.step(1);
  expect(history.chosen).toBe(4);
  await history.step(10);
  expect(history.chosen).toBe(1);
  await history.step(-99);
  expect(history.chosen).toBe(9);
});

test('a post of which nothing is kept has an empty list', async () => {
  const { history } = stage([]);
  await history.begin();
  expect(history.revisions).toEqual([]);
  expect(history.chosen).toBeNull();
});

test('a failure is kept for the sheet, and the last comparison asked for counts', async () => {
  const { host, history } = stage([kept(9), kept(4)]);
  const answers: ((answer: Comparison) => void)[] = [];
  host.answers.compare_revision = () => new Promise((resolve) => answers.push(resolve));
  const begun = history.begin();
  await new Promise((resolve) => setTimeout(resolve));
  const other = history.compareWith('before');
  await new Promise((resolve) => setTimeout(resolve));
  answers[1]?.(comparison(2));
  answers[0]?.(comparison(5));
  await Promise.all([begun, other]);
  expect(history.comparison?.differences).toBe(2);
  host.answers.compare_revision = () => {
    throw refusal('damaged');
  };
  await history.choose(4);
  expect([history.failure?.message, history.comparison]).toEqual(['damaged', null]);
});

test('a version comes back as one edit of the open post', async () => {
  const { host, open, history, asked } = stage([kept(9)]);
  host.answers.bring_back = () => ({ result: 'changes', with: [{ from: 0, to: 3, insert: 'ONE' }] });
  await history.begin();
  expect(await history.bringBack()).toBe(true);
  expect(open.doc.toString()).toBe('ONE two');
  expect(asked('bring_back')).toEqual([{ post: 7, base: 3, number: 9, part: { part: 'whole', with: {} } }]);
  expect(asked('edit')).toHaveLength(1);
});

test('one difference comes back as it was shown, and the rest is shown anew', async () => {
  const { host, open, history, asked } = stage([kept(9)]);
  host.answers.bring_back = () => ({ result: 'changes', with: [{ from: 4, to: 7, insert: '2' }] });
  await history.begin();
  await history.bringBackDifference(1);
  expect(open.doc.toString()).toBe('one 2');
  expect(asked('bring_back')).toEqual([
    { post: 7, base: 3, number: 9, part: { part: 'difference', with: { difference: 1, revision: 3 } } },
  ]);
  expect(asked('compare_revision')).toHaveLength(2);
});

test('a name is given to a version, or to the text as it is', async () => {
  const { host, history, asked } = stage([kept(9)]);
  await history.begin();
  host.answers.name_revision = () => ({ post: 7, revisions: [kept(12, 'here'), kept(9)] });
  await history.name(null, 'here');
  expect(asked('name_revision')).toEqual([{ post: 7, number: null, name: 'here' }]);
  expect(history.revision?.name).toBe('here');
});

test('a paragraph says again what it said', async () => {
  const { host, open, asked } = stage([]);
  host.answers.paragraph_history = () => ({ now: 'one two', wordings: [] });
  const past = new ParagraphPast(host, open);
  await past.begin();
  expect(past.found?.now).toBe('one two');
  expect(asked('paragraph_history')).toEqual([{ post: 7, at: 2 }]);
  host.answers.bring_back = () => ({ result: 'changes', with: [{ from: 0, to: 7, insert: 'uno' }] });
  expect(await past.bringBack(4)).toBe(true);
  expect(open.doc.toString()).toBe('uno');
  host.answers.bring_back = () => {
    throw refusal('gone');
  };
  expect(await past.bringBack(4)).toBe(false);
  expect(past.failure?.message).toBe('gone');
});

test('what could be undone before is no longer true once the text is another', async () => {
  const { open } = stage([]);
  expect(open.past).not.toBeNull();
  const { ChangeSet } = await import('@codemirror/state');
  const changes = ChangeSet.of({ from: 0, insert: 'x' }, 7);
  open.edited(changes, changes.apply(open.doc), { anchor: 1, head: 1 });
  expect(open.past).toBeNull();
});
