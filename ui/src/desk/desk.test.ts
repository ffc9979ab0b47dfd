import { ChangeSet, Text } from '@codemirror/state';
import { beforeEach, expect, test, vi } from 'vitest';
import { en } from '../design/language/en';
import type { Host } from '../host/host';
import type {
  Calls,
  DraftRow,
  Error,
  MergeOutside,
  OpenedPost,
  OutsideConflicts,
  SiteRow,
  Started,
} from '../wire/types';
import { runCommand } from './commands';
import { Desk } from './desk.svelte';
import { receive } from './events';
import { createMemory } from './remember';

type Answers = { [Name in keyof Calls]?: (request: Calls[Name][0]) => Calls[Name][1] };

/** A host that answers what a test gives it and keeps what it was asked. */
function scripted(answers: Answers): Host & { asked: [string, unknown][] } {
  const asked: [string, unknown][] = [];
  return {
    asked,
    listen: () => Promise.resolve(() => undefined),
    async call(name, request) {
      asked.push([name, request]);
      const answer = answers[name] as ((request: unknown) => unknown) | undefined;
      if (!answer) throw failure('bad_request', `no answer to ${name}`);
      return answer(request) as never;
    },
  };
}

function failure(code: Error['code'], message: string): Error {
  return { code, message, subject: null, hint: null };
}

function opened(post: number, text: string): OpenedPost {
  return {
    post,
    revision: 1,
    text,
    selection: { anchor: 0, head: 0 },
    details: {
      format: 'none',
      shown_title: `Post ${post}`,
      fields: [],
      problem: null,
      lines: 0,
      editable: true,
    },
    preview: {
      revision: 1,
      first_line: 0,
      ops: [],
      lines: [],
      resized: [],
      unfinished: false,
      refused: null,
    },
    file: null,
    differs_from_file: false,
    outside: null,
    read_only: null,
    remote_images: false,
    history: { undo: [], redo: [] },
  };
}

function draft(post: number): DraftRow {
  return { post, title: `Post ${post}`, tags: [], edited: 0, length: 1, file: null, trashed: false };
}

const site: SiteRow = {
  site: 7,
  name: 'blog',
  root: '/blog',
  profile: {
    generator: 'hugo',
    confidence: 100,
    rivals: [],
    evidence: [],
    post_folders: ['content/posts'],
    new_posts: 'bundle',
  },
  problem: null,
};

const started: Started = {
  version: '1.2.3',
  settings: {
    language: 'en',
    scheme: 'system',
    light_code_theme: 'postwright-light',
    dark_code_theme: 'postwright-dark',
  },
  code_themes: [],
  session: {
    tabs: [1, 2].map((post) => ({
      post,
      title: `Post ${post}`,
      selection: { anchor: 2, head: 3 },
      revision: 1,
      top_line: 1.5,
    })),
    active: 2,
    layout: 'split',
    sidebar_folded: false,
    shown_site: null,
    details_open: false,
    split: 0,
  },
  active: opened(2, 'two\nlines'),
  drafts: [draft(1), draft(2)],
  sites: [site],
  library_problem: null,
};

const usual: Answers = {
  start: () => started,
  open_post: ({ post }) => opened(post, 'text'),
  close_post: () => ({}),
  list_drafts: () => ({ drafts: [draft(1), draft(2)] }),
  list_site_posts: () => ({ posts: [] }),
  trash_draft: () => ({}),
  restore_draft: () => ({}),
  remember: () => ({}),
};

async function deskWith(answers: Answers = {}): Promise<{ desk: Desk; asked: [string, unknown][] }> {
  const host = scripted({ ...usual, ...answers });
  const desk = new Desk(host);
  await desk.start(['en']);
  return { desk, asked: host.asked };
}

const namesOf = (asked: [string, unknown][]): string[] => asked.map(([name]) => name);

beforeEach(() => void vi.useFakeTimers());

test('the start shows the last session and opens only the active post', async () => {
  const { desk, asked } = await deskWith();
  expect(desk.tabs.map((tab) => tab.post)).toEqual([1, 2]);
  expect(desk.active?.post).toBe(2);
  expect(desk.active?.selection).toEqual({ anchor: 2, head: 3 });
  expect(desk.active?.topLine).toBe(1.5);
  expect(desk.open.has(1)).toBe(false);
  expect(namesOf(asked)).toEqual(['start']);
  expect(desk.session()).toEqual(started.session);
});

test('the cursor of the last edit counts where the window saw an older text', async () => {
  const active = { ...opened(2, 'two\nlines'), revision: 9, selection: { anchor: 5, head: 5 } };
  const { desk } = await deskWith({ start: () => ({ ...started, active }) });
  expect(desk.active?.selection).toEqual({ anchor: 5, head: 5 });
});

test('a post that is shown before the start is answered keeps its tab', async () => {
  const desk: Desk = new Desk(
    scripted({
      ...usual,
      start: () => {
        receive(desk, { event: 'show_post', with: { post: 3 } }, () => undefined);
        return started;
      },
    }),
  );
  await desk.start(['en']);
  await vi.waitFor(() => expect(desk.active?.post).toBe(3));
  expect(desk.tabs.map((tab) => tab.post)).toEqual([1, 2, 3]);
  expect(desk.activePost).toBe(3);
});

test('what was told of text in memory only goes when it is stored', async () => {
  const { desk } = await deskWith();
  const error = { code: 'library_write' as const, message: 'The disk is full.', subject: null, hint: null };
  receive(desk, { event: 'store_failed', with: { post: 2, error } }, () => undefined);
  expect(desk.active?.safety).toBe('failed');
  expect(desk.messages.list.map(({ text }) => text)).toEqual(['The disk is full.']);
  const stored = { post: 2, revision: 1, differs_from_file: false };
  receive(desk, { event: 'stored', with: stored }, () => undefined);
  expect(desk.active?.safety).toBe('stored');
  expect(desk.messages.list).toEqual([]);
});

test('going to another tab opens its post once', async () => {
  const { desk, asked } = await deskWith();
  await Promise.all([desk.openDraft(1), desk.openDraft(1)]);
  expect(desk.active?.post).toBe(1);
  expect(namesOf(asked).filter((name) => name === 'open_post')).toHaveLength(1);
});

test('a tab that cannot be opened goes and says why', async () => {
  const { desk } = await deskWith({
    open_post: () => {
      throw failure('not_found', 'It is gone.');
    },
  });
  await desk.openDraft(1);
  expect(desk.tabs.map((tab) => tab.post)).toEqual([2]);
  expect(desk.active?.post).toBe(2);
  expect(desk.messages.list).toMatchObject([{ kind: 'failure', text: 'It is gone.' }]);
});

test('closing waits for what was typed, and goes to the neighbour', async () => {
  const { desk, asked } = await deskWith({
    edit: () => ({ result: 'applied', with: { revision: 2, patch: opened(2, '').preview, details: null } }),
  });
  const open = desk.active;
  const changes = ChangeSet.of({ from: 0, insert: '가' }, open?.doc.length ?? 0);
  open?.edited(changes, changes.apply(open.doc), { anchor: 1, head: 1 });
  await desk.closeTab(2);
  const names = namesOf(asked);
  expect(names.indexOf('close_post')).toBeGreaterThan(names.indexOf('edit'));
  expect(names).toContain('edit');
  await vi.waitFor(() => expect(desk.active?.post).toBe(1));
});

test('the trash can be undone from its message, and the tab comes back', async () => {
  const { desk, asked } = await deskWith();
  await desk.trash(2, 'Post 2');
  expect(desk.tabs.map((tab) => tab.post)).toEqual([1]);
  const message = desk.messages.list.at(-1);
  expect(message?.text).toBe(en.messages.trashed('Post 2'));
  message?.action?.run();
  await vi.waitFor(() => expect(desk.activePost).toBe(2));
  expect(namesOf(asked)).toContain('restore_draft');
});

const conflicts: OutsideConflicts = {
  hash: 'h',
  hunks: [{ kind: 'conflict', line: 1, lines: 1, base: 'two\n', mine: '내\n', theirs: '남\n' }],
};

test('a save that meets a file with other changes in the same lines asks', async () => {
  const { desk } = await deskWith({
    save_post: () => {
      throw failure('changed_outside', 'The file changed.');
    },
    merge_outside: () => ({ result: 'conflicts', with: conflicts }),
  });
  await desk.save();
  expect(desk.active?.outside).toBe('ask');
});

test('a save that meets a file with changes elsewhere takes them over and writes nothing', async () => {
  const { desk, asked } = await deskWith({
    save_post: () => {
      throw failure('changed_outside', 'The file changed.');
    },
    merge_outside: () => ({
      result: 'changes',
      with: { changes: [{ from: 0, to: 3, insert: '둘' }], takes_over: 'h' },
    }),
    edit: () => ({ result: 'applied', with: { revision: 2, patch: opened(2, '').preview, details: null } }),
  });
  await desk.save();
  expect(desk.active?.doc.toString()).toBe('둘\nlines');
  expect(desk.active?.outside).toBeNull();
  expect(desk.messages.list).toMatchObject([{ text: en.messages.mergedUnsaved('Post 2') }]);
  expect(namesOf(asked).filter((name) => name === 'save_post')).toHaveLength(1);
});

test('what the file came to hold is brought in once, however often it is told', async () => {
  let attempts = 0;
  const { desk, asked } = await deskWith({
    merge_outside: () => {
      attempts += 1;
      const hasIt = namesOf(asked).includes('edit');
      const changes = hasIt ? [] : [{ from: 0, to: 0, insert: '새 줄\n' }];
      return { result: 'changes', with: { changes, takes_over: 'h' } };
    },
    edit: () => ({ result: 'applied', with: { revision: 2, patch: opened(2, '').preview, details: null } }),
  });
  const open = desk.active;
  if (open) await Promise.all([desk.bringInOutside(open, 'merge'), desk.bringInOutside(open, 'save')]);
  expect(attempts).toBe(2);
  expect(desk.active?.doc.toString()).toBe('새 줄\ntwo\nlines');
});

test('conflicts are chosen between, and the choices are sent with the hash they were shown for', async () => {
  const sent: MergeOutside[] = [];
  const { desk } = await deskWith({
    merge_outside: (ask) => {
      sent.push(ask);
      if (!ask.picks) return { result: 'conflicts', with: conflicts };
      return { result: 'changes', with: { changes: [], takes_over: 'h' } };
    },
  });
  const open = desk.active;
  if (open) await desk.beginMerging(open);
  expect(desk.merging?.isDecided).toBe(false);
  await desk.finishMerging();
  expect(sent).toHaveLength(1);
  desk.merging?.pick(0, 'theirs');
  await desk.finishMerging();
  expect(sent[1]?.picks).toEqual({ hash: 'h', picks: ['theirs'] });
  expect(desk.merging).toBeNull();
});

test('news goes by itself, failures stay', async () => {
  const { desk } = await deskWith();
  desk.messages.tell('done');
  desk.messages.fail(failure('system', 'bad'));
  desk.messages.fail(failure('system', 'bad'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.messages.list.map((message) => message.text)).toEqual(['bad']);
});

test('a reload reads the file and its changes become an edit of the text', async () => {
  const { desk } = await deskWith({
    merge_outside: () => ({
      result: 'changes',
      with: { changes: [{ from: 0, to: 3, insert: '둘' }], takes_over: 'h' },
    }),
    edit: () => ({ result: 'applied', with: { revision: 2, patch: opened(2, '').preview, details: null } }),
  });
  receive(desk, { event: 'file_changed', with: { post: 2, change: 'reload' } }, () => undefined);
  await vi.waitFor(() => expect(desk.messages.list).toHaveLength(1));
  expect(desk.active?.doc.toString()).toBe('둘\nlines');
});

test('publishing plans, writes with the shown fingerprint, and links the post', async () => {
  const file = { site: 7, site_name: 'blog', path: 'content/posts/a/index.md' };
  const plan = {
    fingerprint: 'f1',
    path: file.path,
    slug: 'a',
    folder: 'content/posts',
    layout: 'bundle' as const,
    url: '/posts/a/',
    alias: null,
    slug_offers: [],
    files: [],
    findings: [],
    obstacle: null,
  };
  const { desk, asked } = await deskWith({
    plan_publish: ({ choices }) => ({ ...plan, slug: choices.slug ?? 'a', fingerprint: `f-${choices.slug}` }),
    publish: () => ({
      publication: 3,
      written: [file.path],
      file,
      copy: null,
      post: { ...opened(2, 'two\nlines!'), revision: 5, file },
    }),
    undo_publish: () => ({ changed: [file.path], post: { ...opened(2, 'two\nlines'), revision: 6 } }),
  });
  runCommand(desk, 'publish');
  await vi.waitFor(() => expect(desk.publishing?.ready).toBe(true));
  desk.publishing?.choose({ slug: 'b' });
  expect(desk.publishing?.ready).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(desk.publishing?.plan?.slug).toBe('b');
  await desk.writePublished();
  expect(asked.find(([name]) => name === 'publish')?.[1]).toMatchObject({
    fingerprint: 'f-b',
    choices: { slug: 'b' },
  });
  expect(desk.publishing).toBeNull();
  expect(desk.active?.file).toEqual(file);
  expect(desk.active?.doc.toString()).toBe('two\nlines!');
  desk.messages.list.at(-1)?.action?.run();
  await vi.waitFor(() => expect(desk.active?.doc.toString()).toBe('two\nlines'));
  expect(asked.find(([name]) => name === 'undo_publish')?.[1]).toEqual({ publication: 3 });
  expect(desk.active?.file).toBeNull();
});

test('a finding of a plan is mended in the text, and the plan made again', async () => {
  const mend = { label: 'Mend', changes: [{ from: 0, to: 3, insert: 'six' }] };
  const finding = { level: 'warning' as const, code: 'draft', message: 'm', line: null, mends: [mend] };
  const { desk, asked } = await deskWith({
    plan_publish: () => ({
      fingerprint: 'f',
      path: 'a.md',
      slug: 'a',
      folder: '',
      layout: 'file' as const,
      url: null,
      alias: null,
      slug_offers: [],
      files: [],
      findings: desk.active?.doc.toString().startsWith('six') ? [] : [finding],
      obstacle: null,
    }),
    edit: () => ({ result: 'applied', with: { revision: 2, patch: opened(2, '').preview, details: null } }),
  });
  runCommand(desk, 'publish');
  await vi.waitFor(() => expect(desk.publishing?.ready).toBe(true));
  await desk.publishing?.mend(mend);
  expect(desk.active?.doc.toString()).toBe('six\nlines');
  expect(desk.publishing?.plan?.findings).toEqual([]);
  // The text is another one since the plan was made: the mend counts in one that is gone.
  const doc = desk.active?.doc;
  desk.active?.edited(ChangeSet.of({ from: 0, insert: 'x' }, 9), Text.of(['xsix', 'lines']), {
    anchor: 0,
    head: 0,
  });
  expect(desk.active?.doc).not.toBe(doc);
  await desk.publishing?.mend(mend);
  expect(desk.active?.doc.toString()).toBe('xsix\nlines');
  expect(asked.filter(([name]) => name === 'plan_publish')).toHaveLength(3);
});

test('a move is planned with what was typed, written as shown, and can be undone', async () => {
  const file = { site: 7, site_name: 'blog', path: 'content/posts/a/index.md' };
  const moved = { ...file, path: 'content/posts/b/index.md' };
  const { desk, asked } = await deskWith({
    plan_move: ({ to }) => ({
      fingerprint: `f-${to.move === 'rename' ? to.with.slug : to.move}`,
      path: moved.path,
      slug: 'b',
      folder: 'content/posts/b',
      layout: 'bundle',
      url: '/posts/b/',
      slug_offers: [],
      alias: '/posts/a/',
      files: [{ path: moved.path, size: 3, diff: [], from: file.path }],
      findings: [],
      obstacle: null,
    }),
    move_post: () => ({
      publication: 4,
      written: [moved.path],
      file: moved,
      copy: null,
      post: { ...opened(2, 'two'), file: moved },
    }),
  });
  runCommand(desk, 'rename_file');
  expect(desk.moving, 'a draft without a file has nothing to rename').toBeNull();
  desk.beginMoving('rename');
  await vi.waitFor(() => expect(desk.moving?.ready).toBe(true));
  desk.moving?.choose({ slug: 'b' });
  expect(desk.moving?.ready).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  await desk.writeMoved();
  expect(asked.find(([name]) => name === 'move_post')?.[1]).toMatchObject({
    fingerprint: 'f-b',
    to: { move: 'rename', with: { slug: 'b', day: null, alias: true } },
  });
  expect(desk.moving).toBeNull();
  expect(desk.active?.file).toEqual(moved);
  expect(desk.messages.list.at(-1)?.action).not.toBeNull();
});

test('an obstacle keeps the plan from being written', async () => {
  const { desk, asked } = await deskWith({
    plan_publish: () => ({
      fingerprint: 'f',
      path: 'a.md',
      slug: '',
      folder: '',
      layout: 'file',
      url: null,
      alias: null,
      slug_offers: [],
      files: [],
      findings: [],
      obstacle: failure('empty_slug', 'No slug.'),
    }),
  });
  desk.beginPublishing();
  await vi.waitFor(() => expect(desk.publishing?.plan).not.toBeNull());
  await desk.writePublished();
  expect(namesOf(asked)).not.toContain('publish');
});

test('menu names run commands, and one that is not enabled does nothing', async () => {
  const { desk } = await deskWith();
  const menu = (command: string) =>
    receive(desk, { event: 'menu', with: { command } }, (name) => runCommand(desk, name));
  menu('toggle_sidebar');
  expect(desk.sidebarFolded).toBe(true);
  menu('layout_preview');
  expect(desk.layout).toBe('preview');
  desk.activePost = null;
  menu('publish');
  expect(desk.publishing).toBeNull();
  menu('no_such_command');
});

test('what the window shows is remembered after a pause, once, and only when it changed', async () => {
  const host = scripted(usual);
  const memory = createMemory(host);
  const state = started.session;
  memory.soon(state);
  memory.soon({ ...state, layout: 'editor' });
  expect(host.asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  memory.soon({ ...state, layout: 'editor' });
  await vi.advanceTimersByTimeAsync(300);
  expect(host.asked).toEqual([['remember', { ...state, layout: 'editor' }]]);
});

test('the place of the cursor counts from 1', async () => {
  const { desk } = await deskWith();
  desk.active?.followed(Text.of(['one', '둘둘']), { anchor: 5, head: 5 });
  expect(desk.active?.place).toEqual({ line: 2, column: 2 });
});
