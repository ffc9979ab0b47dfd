import { expect, test, vi } from 'vitest';
import { createFakeHost, refusal, type Answers } from '../host/fake';
import type { BuildChecked, OpenedPost } from '../wire/types';
import { runCommand } from './commands';
import { Desk } from './desk.svelte';
import { receive } from './events';

const opened: OpenedPost = {
  post: 3,
  revision: 1,
  text: 'text',
  selection: { anchor: 0, head: 0 },
  details: { format: 'none', shown_title: 'Title', fields: [], problem: null, lines: 0, editable: true },
  preview: { revision: 1, first_line: 0, ops: [], lines: [], resized: [], unfinished: false, refused: null },
  file: null,
  differs_from_file: false,
  outside: null,
  read_only: null,
  remote_images: false,
  history: { undo: [], redo: [] },
};

const checked: BuildChecked = {
  generator: 'hugo',
  path: 'content/a.md',
  success: true,
  page: { url: 'https://example.org/a/', appeared: true },
  comparison: null,
  messages: [],
  took: 120,
};

async function deskWith(answers: Answers) {
  const host = createFakeHost({ open_post: () => opened, stop_work: () => ({}), ...answers });
  const desk = new Desk(host);
  await desk.openDraft(3);
  return { desk, host };
}

test('a draft is built in the site that is shown', async () => {
  const { desk, host } = await deskWith({ build_check: () => checked });
  runCommand(desk, 'build');
  expect(desk.building).toBeNull();
  desk.source = 7;
  await desk.build();
  const asked = host.made.find(({ name }) => name === 'build_check');
  expect(asked?.request).toMatchObject({ post: 3, site: 7 });
  expect(desk.building?.checked).toEqual(checked);
});

test('a generator that is not there stays on the sheet with what to do', async () => {
  const { desk } = await deskWith({
    build_check: () => {
      throw refusal('Hugo is not installed.', 'system');
    },
  });
  await desk.build();
  expect(desk.building?.failure?.message).toBe('Hugo is not installed.');
});

test('a build that was stopped leaves no sheet', async () => {
  let end: (failure: unknown) => void = () => undefined;
  const { desk, host } = await deskWith({
    build_check: () => new Promise((_, refuse) => (end = refuse)),
  });
  const building = desk.build();
  await vi.waitFor(() => expect(host.made.at(-1)?.name).toBe('build_check'));
  const work = desk.building?.work;
  if (!work) throw new Error('nothing under way');
  const with_ = { work: work.id, says: 'Start building sites …', percent: null };
  receive(desk, { event: 'progressed', with: with_ }, () => undefined);
  expect(work.says).toBe('Start building sites …');
  await work.stop();
  expect(host.made.at(-1)).toEqual({ name: 'stop_work', request: { work: work.id } });
  end(refusal('Stopped.', 'stopped'));
  await building;
  expect(desk.building).toBeNull();
});
