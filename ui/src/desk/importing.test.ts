import { expect, test } from 'vitest';

import { createFakeHost, refusal } from '../host/fake';
import type { ImportProposal } from '../wire/types';
import { Importing } from './importing.svelte';

const view = { diff: [], left_out: 0, changes: [], lines: [] };

function proposal(lines: number[]): ImportProposal {
  return {
    import: 1,
    path: null,
    encoding: null,
    damaged: false,
    steps: [],
    seams: lines.map((line) => ({ line, words: '', reason: line === 1 ? 'start' : 'view_count', on: true })),
    drafts: lines.map((line) => ({ title: `at ${line}`, line, length: 1, taken: line !== 1 })),
  };
}

test('the first post that would be taken is shown', async () => {
  const host = createFakeHost({ read_import: () => proposal([1, 7, 12]), show_imported: () => view });
  const importing = new Importing(host);
  await importing.read('text');
  expect(importing.draft).toBe(1);
  expect(importing.taken).toBe(2);
  expect(host.made.at(-1)).toEqual({ name: 'show_imported', request: { import: 1, draft: 1 } });
});

test('a corrected seam leaves the writer in the same post', async () => {
  const host = createFakeHost({
    read_import: () => proposal([1, 7, 12]),
    change_import: () => proposal([1, 12]),
    show_imported: () => view,
  });
  const importing = new Importing(host);
  await importing.read('text');
  await importing.show(2);
  await importing.choose({ choice: 'seam', line: 7, on: false });
  expect(importing.shown?.line).toBe(12);
  host.answers.change_import = () => proposal([1, 9, 12]);
  await importing.choose({ choice: 'seam', line: 9, on: true });
  expect(importing.shown?.line).toBe(12);
});

test('what fails stays on the sheet, and the text with it', async () => {
  const host = createFakeHost({
    read_import: () => proposal([1, 7]),
    show_imported: () => view,
    take_import: () => {
      throw refusal('the disk is full', 'library_write');
    },
  });
  const importing = new Importing(host);
  await importing.read('text');
  expect(await importing.take()).toBeNull();
  expect(importing.failure?.code).toBe('library_write');
  expect(importing.proposal).not.toBeNull();
});
