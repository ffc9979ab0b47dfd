import { expect, test, vi } from 'vitest';
import { createFakeHost, refusal, type Answers } from '../host/fake';
import type { BranchState, CommitPlan, OpenedPost, SiteRepository } from '../wire/types';
import { Desk } from './desk.svelte';
import { receive } from './events';
import { GitStates } from './git.svelte';

const opened: OpenedPost = {
  post: 3,
  revision: 1,
  text: 'text',
  selection: { anchor: 0, head: 0 },
  details: { format: 'none', shown_title: 'Title', fields: [], problem: null, lines: 0, editable: true },
  preview: { revision: 1, first_line: 0, ops: [], lines: [], resized: [], unfinished: false, refused: null },
  file: { site: 7, site_name: 'blog', path: 'content/a.md' },
  differs_from_file: false,
  outside: null,
  read_only: null,
  remote_images: false,
  history: { undo: [], redo: [] },
};

const plan: CommitPlan = {
  site: 7,
  branch: 'main',
  above: null,
  files: [
    { path: 'content/a.md', change: 'changed' },
    { path: 'content/b.png', change: 'new' },
    { path: 'public/a.html', change: 'ignored' },
  ],
  message: 'Update “Title”',
  push_to: 'origin/main',
  ahead: 0,
  obstacle: null,
};

const branch: BranchState = {
  above: null,
  branch: 'main',
  commit: 'abcdef12',
  upstream: null,
  ahead: 0,
  behind: 0,
  changed: 1,
  conflicts: 0,
  operation: null,
};

async function deskWith(answers: Answers) {
  const host = createFakeHost({
    open_post: () => opened,
    plan_commit: () => plan,
    ask_git: () => ({ is: 'branch', with: branch }),
    ...answers,
  });
  const desk = new Desk(host);
  await desk.openDraft(3);
  await desk.beginCommit();
  const committing = desk.committing;
  if (!committing) throw new Error('no sheet');
  return { desk, host, committing };
}

test('what the writer leaves out and what git passes over is not committed', async () => {
  const { desk, host, committing } = await deskWith({
    commit: () => ({ commit: 'abcdef12', branch: 'main', files: 1 }),
  });
  expect(committing.paths).toEqual(['content/a.md', 'content/b.png']);
  committing.leftOut.add('content/b.png');
  committing.message = '  ';
  expect(committing.canCommit).toBe(false);
  committing.message = 'mine';
  expect(committing.canPush).toBe(false);
  await desk.commitFiles();
  const asked = host.made.find(({ name }) => name === 'commit');
  expect(asked?.request).toMatchObject({ site: 7, paths: ['content/a.md'], message: 'mine' });
  expect(committing.committed?.files).toBe(1);
  expect(committing.canPush).toBe(true);
  expect(host.made.at(-1)).toEqual({ name: 'ask_git', request: { site: 7 } });
});

test('a refusal stays on the sheet with what was typed', async () => {
  const { desk, committing } = await deskWith({
    commit: () => {
      throw refusal('no posts on Saturdays', 'system');
    },
  });
  committing.message = 'mine';
  await desk.commitFiles();
  expect(committing.failure?.message).toBe('no posts on Saturdays');
  expect(committing.message).toBe('mine');
  expect(committing.canCommit).toBe(true);
});

test('a push tells how it gets on, and is no failure when it was stopped', async () => {
  let end: (failure: unknown) => void = () => undefined;
  const { desk, host, committing } = await deskWith({
    plan_commit: () => ({ ...plan, files: [], ahead: 2 }),
    push: () => new Promise((_, refuse) => (end = refuse)),
    stop_work: () => ({}),
  });
  const pushing = desk.pushCommits();
  const { work } = committing;
  if (!work) throw new Error('nothing under way');
  receive(
    desk,
    { event: 'progressed', with: { work: work.id, says: 'Writing objects: 50% (1/2)', percent: 50 } },
    () => undefined,
  );
  receive(
    desk,
    { event: 'progressed', with: { work: work.id + 1, says: 'other', percent: 90 } },
    () => undefined,
  );
  expect([work.says, work.percent]).toEqual(['Writing objects: 50% (1/2)', 50]);
  await work.stop();
  expect(host.made.at(-1)).toEqual({ name: 'stop_work', request: { work: work.id } });
  end(refusal('Stopped.', 'stopped'));
  await pushing;
  expect([committing.failure, committing.work]).toEqual([null, null]);
  expect(committing.canPush).toBe(true);
});

test('a post without a file is not committed', async () => {
  const { desk, committing } = await deskWith({});
  committing.open.file = null;
  desk.committing = null;
  await desk.beginCommit();
  expect(desk.committing).toBeNull();
});

test('git is asked once at a time, and once more if it was asked for meanwhile', async () => {
  const answers: ((state: SiteRepository) => void)[] = [];
  const host = createFakeHost({ ask_git: () => new Promise((answer) => answers.push(answer)) });
  const git = new GitStates(host);
  const asking = git.ask(7);
  void git.ask(7);
  void git.ask(7);
  expect(host.made).toHaveLength(1);
  answers[0]?.({ is: 'none' });
  await vi.waitFor(() => expect(host.made).toHaveLength(2));
  answers[1]?.({ is: 'branch', with: branch });
  await asking;
  expect(host.made).toHaveLength(2);
  expect(git.states.get(7)).toEqual({ is: 'branch', with: branch });
});
