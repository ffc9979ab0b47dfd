// @vitest-environment happy-dom
import { redoDepth, undoDepth } from '@codemirror/commands';
import { afterEach, expect, test, vi } from 'vitest';

import { createEditor, type Editor } from '../src/editor';
import type { UndoHistory, UndoneEdit } from '../src/wire/types';

let editor: Editor | null = null;
afterEach(() => editor?.destroy());

function stage(doc: string, past: UndoHistory | null) {
  const told = {
    edited: vi.fn(),
    followed: vi.fn(),
    selected: vi.fn(),
    scrolled: vi.fn(),
    addImage: vi.fn(),
    offers: vi.fn(),
    convertHtml: vi.fn(() => Promise.resolve(null)),
    pastedIntoEmpty: vi.fn(),
  };
  editor = createEditor(document.body, 'en', told);
  const at = { anchor: doc.length, head: doc.length };
  editor.swap(editor.createState({ doc, selection: at, readOnly: false, past }), 1);
  const text = () => editor?.view.state.doc.toString();
  return { editor, told, text };
}

function edit(from: number, to: number, insert: string, joined = false): UndoneEdit {
  return { changes: [{ from, to, insert }], selection: { anchor: from, head: from }, joined };
}

/** 하나, then 하나 둘, then 셋 둘; undone once from 셋 둘! */
const past: UndoHistory = {
  undo: [edit(0, 1, '하나'), edit(2, 4, ''), edit(1, 2, '', true), edit(0, 1, '')],
  redo: [edit(3, 3, '!')],
};

test('what was typed before is undone step by step, and done again', () => {
  const { editor, text } = stage('셋 둘', past);
  const texts = [0, 1, 2, 3].map(() => {
    editor.undo();
    return text();
  });
  expect(texts).toEqual(['하나 둘', '하나', '', '']);
  const back = [0, 1, 2, 3, 4].map(() => {
    editor.redo();
    return text();
  });
  expect(back).toEqual(['하나', '하나 둘', '셋 둘', '셋 둘!', '셋 둘!']);
});

test('the cursor goes where it was', () => {
  const { editor } = stage('셋 둘', past);
  editor.undo();
  expect(editor.view.state.selection.main.head).toBe(0);
});

test('what is typed now is undone first, and is a step of its own', () => {
  const { editor, text } = stage('셋 둘', past);
  editor.view.dispatch({ changes: { from: 3, insert: '?' }, userEvent: 'input.type' });
  editor.undo();
  expect(text()).toBe('셋 둘');
  editor.undo();
  expect(text()).toBe('하나 둘');
});

test('an undo and a redo are told to be that', () => {
  const { editor, told } = stage('셋 둘', past);
  editor.undo();
  editor.redo();
  editor.view.dispatch({ changes: { from: 0, insert: 'x' }, userEvent: 'input.type' });
  expect(told.edited.mock.calls.map((call) => call[4] as unknown)).toEqual(['undo', 'redo', null]);
});

test('a past that does not fit the text is left out', () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { editor, text } = stage('셋', { undo: [edit(90, 91, 'x')], redo: [] });
  expect(undoDepth(editor.view.state) + redoDepth(editor.view.state)).toBe(0);
  expect(text()).toBe('셋');
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
});

test('a post without a past has none', () => {
  const { editor } = stage('글', { undo: [], redo: [] });
  expect(undoDepth(editor.view.state)).toBe(0);
});
