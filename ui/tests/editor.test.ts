// @vitest-environment happy-dom
import { type Diagnostic, forEachDiagnostic } from '@codemirror/lint';
import { Text } from '@codemirror/state';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { createEditor, type Editor, type EditorOutlets } from '../src/editor';
import { frontMatterLines } from '../src/editor/front-matter';
import { latinKey } from '../src/editor/physical-keys';

const cursor = { anchor: 0, head: 0 };
let editor: Editor | null = null;
afterEach(() => editor?.destroy());

async function stage(text: string, more: Partial<EditorOutlets> = {}) {
  const told = {
    edited: vi.fn(),
    followed: vi.fn(),
    selected: vi.fn(),
    scrolled: vi.fn(),
    addImage: vi.fn(),
    offers: vi.fn(),
    convertHtml: vi.fn(() => Promise.resolve(null)),
    pastedIntoEmpty: vi.fn(),
    ...more,
  };
  editor = createEditor(document.body, 'en', told);
  await editor.ready;
  editor.swap(editor.createState({ doc: text, selection: cursor, readOnly: false }), 1);
  return { editor, told, text: () => editor?.view.state.doc.toString() };
}

test('front matter is found with both fences, and only closed', () => {
  const lines = (text: string) => frontMatterLines(Text.of(text.split('\n')));
  expect(lines('---\ntitle: x\n---\n글')).toBe(3);
  expect(lines('+++\ntitle = 1\n+++')).toBe(3);
  expect(lines('---\n글')).toBe(0);
  expect(lines('글\n---\n---')).toBe(0);
});

test('a key is known by its place under a Hangul layout', () => {
  expect(latinKey({ key: 'ㅠ', code: 'KeyB' })).toBe('b');
  expect(latinKey({ key: 'b', code: 'KeyB' })).toBeNull();
  expect(latinKey({ key: 'Process', code: 'KeyB' })).toBeNull();
});

test('Ctrl+Shift+ㅠ makes bold', async () => {
  const { editor, text } = await stage('글');
  editor.selectAll();
  const init = { key: 'ㅃ', code: 'KeyB', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true };
  editor.view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', init));
  expect(text()).toBe('**글**');
});

test("the writer's edits are told as edits, the core's as followed, each undone by itself", async () => {
  const { editor, told, text } = await stage('abc');
  editor.view.dispatch({ changes: { from: 3, insert: 'd' }, userEvent: 'input.type' });
  editor.apply(editor.view.state.changes({ from: 0, to: 1, insert: 'A' }), 'writer');
  editor.apply(editor.view.state.changes({ from: 0, insert: '# ' }), 'core');
  expect(text()).toBe('# Abcd');
  expect(told.edited).toHaveBeenCalledTimes(2);
  expect(told.followed).toHaveBeenCalledTimes(1);
  editor.undo();
  expect(text()).toBe('Abcd');
  editor.undo();
  expect(text()).toBe('abcd');
  editor.undo();
  expect(text()).toBe('abc');
});

test('while a syllable is composed nothing of ours comes in; then it comes where it belongs', async () => {
  vi.useFakeTimers();
  const { editor, text } = await stage('abc');
  const composing = vi.spyOn(editor.view, 'composing', 'get').mockReturnValue(true);
  editor.apply(editor.view.state.changes({ from: 2, to: 3, insert: 'C' }), 'writer');
  editor.view.dispatch({ changes: { from: 0, insert: '하' }, userEvent: 'input.type.compose' });
  vi.advanceTimersByTime(500);
  expect(text()).toBe('하abc');
  composing.mockReturnValue(false);
  vi.advanceTimersByTime(500);
  expect(text()).toBe('하abC');
  vi.useRealTimers();
});

test('each post keeps its own undo history', async () => {
  const { editor, text } = await stage('one');
  editor.view.dispatch({ changes: { from: 3, insert: '!' } });
  const one = editor.swap(editor.createState({ doc: 'two', selection: cursor, readOnly: false }), 2);
  editor.undo();
  expect(text()).toBe('two');
  editor.swap(one, 1);
  editor.undo();
  expect(text()).toBe('one');
});

test('a pasted image is kept, and its reference comes where the cursor was', async () => {
  let keep: (reference: string) => void = () => {};
  const { editor, told, text } = await stage('ab', {
    addImage: vi.fn(() => new Promise<string>((resolve) => (keep = resolve))),
  });
  editor.view.dispatch({ selection: { anchor: 1 } });
  const paste = new Event('paste', { bubbles: true, cancelable: true });
  const image = new File(['x'], 'a.png', { type: 'image/png' });
  Object.assign(paste, { clipboardData: { files: [image], getData: () => '' } });
  editor.view.contentDOM.dispatchEvent(paste);
  expect(told.addImage).toHaveBeenCalledWith(image);
  editor.view.dispatch({ changes: { from: 0, insert: '가나' } });
  keep('a.png');
  await vi.waitFor(() => expect(text()).toBe('가나a![](a.png)b'));
});

test('a list goes on with Enter', async () => {
  const { editor, text } = await stage('- 하나');
  editor.view.dispatch({ selection: { anchor: 4 } });
  editor.view.contentDOM.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: 'Enter',
      code: 'Enter',
      keyCode: 13,
      bubbles: true,
      cancelable: true,
    }),
  );
  expect(text()).toBe('- 하나\n- ');
});

test('a finding is mended as one step, but not in a text that has changed', async () => {
  const { editor, text } = await stage('앞 **(가)**는 뒤');
  const finding = {
    level: 'warning' as const,
    code: 'printed_mark',
    message: '**',
    from: 2,
    to: 9,
    place: null,
    mend: { label: 'mend', changes: [{ from: 9, to: 9, insert: '&#8288;' }] },
    other_mend: { label: 'other', changes: [] },
  };
  const actions = () => {
    const found: Diagnostic[] = [];
    forEachDiagnostic(editor.view.state, (diagnostic, from, to) => found.push({ ...diagnostic, from, to }));
    return found.flatMap(({ actions, from, to }) =>
      (actions ?? []).map(({ apply }) => ({ apply, from, to })),
    );
  };
  editor.mark([finding]);
  editor.view.dispatch({ changes: { from: 0, insert: '새 ' } });
  const [mend] = actions();
  mend?.apply(editor.view, mend.from, mend.to);
  expect(text()).toBe('새 앞 **(가)**&#8288;는 뒤');
  editor.undo();
  editor.view.dispatch({ changes: { from: 6, to: 7, insert: '[' } });
  const [stale] = actions();
  stale?.apply(editor.view, stale.from, stale.to);
  expect(text()).not.toContain('&#8288;');
});

test('a finding in a file of the site begins with that file', async () => {
  const { editor } = await stage('글');
  const place = { path: 'hugo.toml', line: 5, column: null };
  const finding = {
    level: 'note' as const,
    code: 'unknown_setting',
    message: 'a: b.',
    from: 0,
    to: 0,
    place,
    mend: null,
    other_mend: null,
  };
  editor.mark([finding, { ...finding, place: { ...place, line: null } }]);
  const said: (string | undefined)[] = [];
  forEachDiagnostic(editor.view.state, ({ message, renderMessage }) =>
    said.push(message, renderMessage?.(editor.view).textContent ?? undefined),
  );
  expect(said).toEqual([
    'hugo.toml, line 5: a: b.',
    'hugo.toml, line 5 a: b.',
    'hugo.toml: a: b.',
    'hugo.toml a: b.',
  ]);
});

test('code that the parser has no time for at first is set apart later, without a key', async () => {
  let now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => (now += 1_000));
  const { editor } = await stage('글\n\n```rust\nlet x = 1;\n```\n');
  const lines = () => editor.view.dom.querySelectorAll('.cm-code-line').length;
  expect(lines()).toBe(0);
  clock.mockRestore();
  await vi.waitFor(() => expect(lines()).toBe(3), 5_000);
});

describe('pasted HTML', () => {
  function paste(on: Editor | null, data: Record<string, string>): Event {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'clipboardData', {
      value: { getData: (type: string) => data[type] ?? '', files: [], types: Object.keys(data) },
    });
    on?.view.contentDOM.dispatchEvent(event);
    return event;
  }
  const html = { 'text/html': '<p><b>a</b></p>', 'text/plain': 'a' };

  test('comes back as Markdown, in one step that can be undone, behind which the cursor stands', async () => {
    const convertHtml = vi.fn(() => Promise.resolve('**a**'));
    const { editor, text } = await stage('x  y', { convertHtml });
    editor.view.dispatch({ selection: { anchor: 2 } });
    expect(paste(editor, html).defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(text()).toBe('x **a** y'));
    expect(convertHtml).toHaveBeenCalledWith(html['text/html']);
    expect(editor.view.state.selection.main.head).toBe(7);
    editor.undo();
    expect(text()).toBe('x  y');
  });

  test('goes where it was pasted, whatever is typed meanwhile', async () => {
    let answer: (markdown: string) => void = () => undefined;
    const convertHtml = vi.fn(() => new Promise<string>((resolve) => (answer = resolve)));
    const { editor, text } = await stage('one two', { convertHtml });
    editor.view.dispatch({ selection: { anchor: 4, head: 7 } });
    paste(editor, html);
    editor.view.dispatch({ changes: { from: 0, insert: 'zero ' } });
    answer('**2**');
    await vi.waitFor(() => expect(text()).toBe('zero one **2**'));
  });

  test('that says no more than its text is that text', async () => {
    const { editor, text } = await stage('');
    paste(editor, html);
    await vi.waitFor(() => expect(text()).toBe('a'));
  });

  test('is plain text in code, and with Shift', async () => {
    const convertHtml = vi.fn(() => Promise.resolve('**a**'));
    const { editor } = await stage('```\ncode\n```\n\nend', { convertHtml });
    editor.view.dispatch({ selection: { anchor: 6 } });
    paste(editor, html);
    editor.view.dispatch({ selection: { anchor: editor.view.state.doc.length } });
    editor.view.contentDOM.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'V', shiftKey: true, ctrlKey: true, bubbles: true }),
    );
    paste(editor, html);
    expect(convertHtml).not.toHaveBeenCalled();
  });

  test('plain text in an empty post is told', async () => {
    const { editor, told } = await stage('');
    paste(editor, { 'text/plain': 'long' });
    expect(told.pastedIntoEmpty).toHaveBeenCalledWith('long');
  });
});
