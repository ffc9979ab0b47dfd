// @vitest-environment happy-dom
import { EditorView } from '@codemirror/view';
import { afterEach, expect, test, vi } from 'vitest';

import { createEditor, type Editor } from '../../src/editor';
import { footnote } from '../../src/editor/footnotes';
import { toggleFocusMode, toggleTypewriterMode, writingModes } from '../../src/editor/modes';
import { pasting } from '../../src/editor/paste';
import { tables } from '../../src/editor/tables';
import { after, stateOf, stringOf } from '../cursor-strings';

let view: EditorView | null = null;
let editor: Editor | null = null;
afterEach(() => {
  view?.destroy();
  editor?.destroy();
  view = editor = null;
});

test('a footnote has the next number, and its note is at the end', () => {
  expect(after(footnote, '글‸ 뒤')).toBe('글[^1] 뒤\n\n[^1]: ‸');
  expect(after(footnote, '글[^2] 또‸\n\n[^2]: 둘\n')).toBe('글[^2] 또[^3]\n\n[^2]: 둘\n[^3]: ‸');
});

test('from a reference to its note and back', () => {
  expect(after(footnote, '글[^‸a] 뒤\n\n[^a]: 주')).toBe('글[^a] 뒤\n\n[^a]: ‸주');
  expect(after(footnote, '글[^a] 뒤\n\n[^a]: 주‸')).toBe('글[^a]‸ 뒤\n\n[^a]: 주');
  expect(after(footnote, '글[^a‸]')).toBe('글[^a]\n\n[^a]: ‸');
});

function paste(marked: string, text: string, shiftKey = false): string {
  view = new EditorView({ parent: document.body, state: stateOf(marked, [pasting, tables]) });
  const key = { key: 'v', code: 'KeyV', ctrlKey: true, shiftKey, bubbles: true };
  view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', key));
  const event = new Event('paste', { bubbles: true, cancelable: true });
  const clipboardData = { files: [], getData: (type: string) => (type === 'text/plain' ? text : '') };
  view.contentDOM.dispatchEvent(Object.assign(event, { clipboardData }));
  return stringOf(view.state);
}

test('an address over words makes a link, with Shift it takes their place', () => {
  expect(paste('⟦글⟧', 'https://a.example/b')).toBe('[글](https://a.example/b)‸');
  view?.destroy();
  expect(paste('⟦글⟧', 'https://a.example/b', true)).toBe('https://a.example/b‸');
  view?.destroy();
  expect(paste('`⟦x⟧`', 'https://a.example/b')).toBe('`https://a.example/b‸`');
});

test('a range of cells becomes a table, with Shift it stays as it is', () => {
  expect(paste('‸', 'a\tb\nx\t2')).toBe('| a   |   b |\n| --- | --: |\n| x   |   2 |\n‸');
  view?.destroy();
  expect(paste('‸', 'a\tb\n1\t2', true)).toBe('a\tb\n1\t2‸');
});

test('focus mode keeps the paragraph and lets the rest step back, in every post', () => {
  view = new EditorView({ state: stateOf('하나\n\n둘‸\n셋\n\n넷', writingModes) });
  const kept = () => [...(view?.dom.querySelectorAll('.cm-written') ?? [])].map((line) => line.textContent);
  expect(kept()).toEqual([]);
  toggleFocusMode(view);
  expect(kept()).toEqual(['둘', '셋']);
  expect(view.dom.classList.contains('cm-focus-mode')).toBe(true);
  view.dispatch({ selection: { anchor: 0 } });
  expect(kept()).toEqual(['하나']);
  view.setState(stateOf('다른 글‸', writingModes));
  expect(kept()).toEqual(['다른 글']);
  toggleFocusMode(view);
  expect(kept()).toEqual([]);
});

test('typewriter mode moves nothing while a syllable is being composed', () => {
  view = new EditorView({ state: stateOf('하나‸', writingModes) });
  const measured = vi.spyOn(view, 'requestMeasure');
  const asked = () => measured.mock.calls.filter(([request]) => request !== undefined).length;
  toggleTypewriterMode(view);
  const before = asked();
  const composing = vi.spyOn(view, 'composing', 'get').mockReturnValue(true);
  view.dispatch({ changes: { from: 2, insert: '둘' }, userEvent: 'input.type.compose' });
  expect(asked()).toBe(before);
  composing.mockReturnValue(false);
  view.dispatch({ changes: { from: 3, insert: '셋' }, userEvent: 'input.type' });
  expect(asked()).toBe(before + 1);
});

test('keys of edits count by their place under a Hangul layout, and not while composing', async () => {
  const outlets = {
    edited: vi.fn(),
    followed: vi.fn(),
    selected: vi.fn(),
    scrolled: vi.fn(),
    addImage: vi.fn(),
    offers: vi.fn(),
    convertHtml: vi.fn(() => Promise.resolve(null)),
    pastedIntoEmpty: vi.fn(),
  };
  editor = createEditor(document.body, 'ko', outlets);
  await editor.ready;
  editor.swap(editor.createState({ doc: '글', selection: { anchor: 0, head: 1 }, readOnly: false }), 1);
  const press = (more: KeyboardEventInit) => {
    const init = { key: 'ㅑ', code: 'KeyI', ctrlKey: true, bubbles: true, cancelable: true, ...more };
    editor?.view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', init));
    return editor?.view.state.doc.toString();
  };
  expect(press({ isComposing: true })).toBe('글');
  expect(press({})).toBe('*글*');
  expect(press({ key: '&', code: 'Digit7', shiftKey: true })).toBe('1. *글*');
});
