// @vitest-environment happy-dom
import { type Completion, CompletionContext, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { expect, test, vi } from 'vitest';

import { completion, startCompletion } from '../../src/editor/completion';
import { emoji } from '../../src/editor/completion/emoji';
import { fenceLanguages } from '../../src/editor/completion/fence-languages';
import { linkTargets } from '../../src/editor/completion/links';
import { macros } from '../../src/editor/completion/macros';
import { nothingOffered, type Offers, offersFrom } from '../../src/editor/completion/offers';
import { snippets } from '../../src/editor/completion/snippets';
import { tags } from '../../src/editor/completion/tags';
import { phrases } from '../../src/editor/phrases';
import { headingsIn } from '../../src/desk/offers';
import { stateOf, stringOf } from '../cursor-strings';

const offers: Offers = {
  ...nothingOffered,
  generator: 'hugo',
  posts: [{ title: '첫 글', address: '/posts/first/' }],
  headings: [{ title: '준비', id: '준비' }],
  images: ['그림.png', '/images/a.png'],
  macros: [{ name: 'note', hasContent: true }],
  tags: ['리눅스', 'go'],
};

type Source = (context: CompletionContext) => unknown;
type Found = { from: number; options: readonly Completion[] } | null;

async function ask(source: Source, marked: string, given: Partial<Offers> = {}) {
  const all = { ...offers, ...given };
  const state = stateOf(marked, [
    offersFrom.of(() => Promise.resolve(all)),
    EditorState.phrases.of(phrases('ko')),
  ]);
  const found = (await source(new CompletionContext(state, state.selection.main.head, false))) as Found;
  return { state, found };
}

/** The labels that are offered; none where nothing is. */
async function labels(source: Source, marked: string, given: Partial<Offers> = {}) {
  return (await ask(source, marked, given)).found?.options.map(({ label }) => label) ?? null;
}

/** The text after an option was taken. */
async function taken(source: Source, marked: string, label: string): Promise<string> {
  const { state, found } = await ask(source, marked);
  const option = found?.options.find((each) => each.label === label);
  if (!found || !option)
    throw new Error(`${label} is not offered: ${found?.options.map((each) => each.label).join()}`);
  const view = new EditorView({ state });
  const { head } = state.selection.main;
  const { apply = label } = option;
  if (typeof apply === 'string') {
    view.dispatch({
      changes: { from: found.from, to: head, insert: apply },
      selection: { anchor: found.from + apply.length },
    });
  } else apply(view, option, found.from, head);
  const shown = stringOf(view.state);
  view.destroy();
  return shown;
}

test('a fence is offered languages after a letter, not before', async () => {
  expect(await labels(fenceLanguages, '```r‸')).toEqual(expect.arrayContaining(['rust', 'ruby', 'mermaid']));
  expect(await labels(fenceLanguages, '- ~~~ py‸')).toEqual(expect.arrayContaining(['python']));
  expect(await labels(fenceLanguages, '```‸')).toBeNull();
  expect(await labels(fenceLanguages, '글 ```r‸')).toBeNull();
});

test('a link is offered the posts of the site and the headings of the post', async () => {
  expect(await labels(linkTargets, '[글](‸')).toEqual(['/posts/first/', '#준비']);
  expect(await labels(linkTargets, '[글](#‸')).toEqual(['#준비']);
  expect(await taken(linkTargets, '[글](첫‸', '첫 글')).toBe('[글](/posts/first/‸');
  expect(await taken(linkTargets, '[[첫‸', '[[첫 글')).toBe('[첫 글](/posts/first/)‸');
  expect(await labels(linkTargets, '```\n[a](‸\n```')).toBeNull();
  expect(await labels(linkTargets, '글(‸')).toBeNull();
});

test('an image is offered those of the post and the site', async () => {
  expect(await labels(linkTargets, '![](‸')).toEqual(['그림.png', '/images/a.png']);
});

test('tags are offered where tags stand in the front matter', async () => {
  expect(await labels(tags, '---\ntags: [리‸]\n---\n')).toEqual(['리눅스', 'go']);
  expect(await taken(tags, '---\ntags: [a, 리‸]\n---\n', '리눅스')).toBe('---\ntags: [a, 리눅스‸]\n---\n');
  expect(await taken(tags, '---\ntags:\n- a\n- g‸\n---\n', 'go')).toBe('---\ntags:\n- a\n- go‸\n---\n');
  expect(await labels(tags, '---\ntitle: g‸\n---\n')).toBeNull();
  expect(await labels(tags, '---\na: 1\n---\ntags: [g‸')).toBeNull();
});

test('macros are those of the generator and of the site, written to their end', async () => {
  expect(await labels(macros, '{{< ‸')).toEqual(expect.arrayContaining(['figure', 'note']));
  expect(await taken(macros, '{{<fig‸}}', 'figure')).toBe('{{< figure ‸>}}');
  expect(await taken(macros, '{{% no‸', 'note')).toBe('{{% note ‸%}}\n{{% /note %}}');
  expect(await labels(macros, '{% ‸')).toBeNull();
  expect(await labels(macros, '{% ‸', { generator: 'jekyll', macros: [] })).toContain('post_url');
});

test('codes of emoji are offered in prose, not in times and code', async () => {
  expect(await taken(emoji, '좋다 :tad‸', ':tada:')).toBe('좋다 🎉‸');
  expect(await labels(emoji, '12:30‸')).toBeNull();
  expect(await labels(emoji, '```\n :ok‸\n```')).toBeNull();
});

test('a slash at the beginning of a line offers pieces, in the window’s language too', async () => {
  expect(await labels(snippets, '/‸')).toEqual(expect.arrayContaining(['/표', '/table', '/수식']));
  expect(await taken(snippets, '/표‸', '/표')).toBe('| ‸    |     |\n| --- | --- |\n|     |     |');
  expect(await taken(snippets, '/코‸', '/코드')).toBe('```⟦language⟧\ncode\n```');
  expect(await labels(snippets, '가/나‸')).toBeNull();
});

function stage(marked: string): EditorView {
  const state = stateOf(marked, [completion(() => Promise.resolve(offers)), keymap.of(defaultKeymap)]);
  return new EditorView({ parent: document.body, state });
}

function press(view: EditorView, key: string, keyCode: number): void {
  const init = { key, code: key, keyCode, bubbles: true, cancelable: true };
  view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', init));
}

test('Enter ends a line while options are shown; Tab takes the first, and Enter after a slash', async () => {
  const line = stage('```rus‸');
  startCompletion(line);
  await vi.waitFor(() => expect(completionStatus(line.state)).toBe('active'));
  press(line, 'Enter', 13);
  expect(stringOf(line.state)).toBe('```rus\n‸');
  line.destroy();
  const tabbed = stage('```rus‸');
  startCompletion(tabbed);
  await vi.waitFor(() => expect(completionStatus(tabbed.state)).toBe('active'));
  press(tabbed, 'Tab', 9);
  expect(stringOf(tabbed.state)).toBe('```rust‸');
  tabbed.destroy();
  const slashed = stage('/tab‸');
  startCompletion(slashed);
  await vi.waitFor(() => expect(completionStatus(slashed.state)).toBe('active'));
  press(slashed, 'Enter', 13);
  expect(stringOf(slashed.state)).toContain('| --- | --- |');
  slashed.destroy();
});

test('headings are read from the preview, with the ids of its engine', () => {
  const html = '<h2 class="x" id="a&amp;b">A &amp; <code>B</code></h2>';
  const patch = { ops: [{ at: 0, remove: 0, insert: [{ html }] }] } as unknown as Parameters<
    typeof headingsIn
  >[0];
  expect(headingsIn(patch)).toEqual([{ id: 'a&b', title: 'A & B' }]);
});
