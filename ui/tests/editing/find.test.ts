// @vitest-environment happy-dom
import { history, undo } from '@codemirror/commands';
import { findNext, getSearchQuery, replaceAll } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { find, findAndReplace, finding } from '../../src/editor/find';
import { phrases } from '../../src/editor/phrases';
import { stateOf, stringOf } from '../cursor-strings';

let view: EditorView;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  view.destroy();
  vi.useRealTimers();
});

function open(marked: string, language: 'en' | 'ko' = 'en') {
  const state = stateOf(marked, [finding, history(), EditorState.phrases.of(phrases(language))]);
  view = new EditorView({ parent: document.body, state });
  findAndReplace(view);
}

const inputs = () => [...view.dom.querySelectorAll<HTMLInputElement>('.cm-find input')];
const said = () => {
  vi.runAllTimers();
  return view.dom.querySelector('.cm-find-said')?.textContent;
};

function write(at: number, text: string): void {
  const input = inputs()[at];
  if (!input) throw new Error('no such field');
  input.value = text;
  input.dispatchEvent(new Event('input'));
}

function press(word: string): void {
  const button = [...view.dom.querySelectorAll<HTMLButtonElement>('.cm-find button')].find(
    (each) => each.textContent === word,
  );
  if (!button) throw new Error(`no button ${word}`);
  button.click();
}

test('hits are counted, and told by their number', () => {
  open('가 나 가 다 가');
  write(0, '가');
  expect(said()).toBe('3 hits');
  findNext(view);
  expect(said()).toBe('1 of 3');
  write(0, '마');
  expect(said()).toBe('No hits');
});

test('all are replaced as one step', () => {
  open('가 나 가');
  write(0, '가');
  write(1, '하나');
  press('Replace all');
  expect(view.state.doc.toString()).toBe('하나 나 하나');
  undo(view);
  expect(view.state.doc.toString()).toBe('가 나 가');
});

test('an expression finds and replaces with its groups', () => {
  open('v1.2, v3.4');
  press('Expression');
  write(0, 'v(\\d)\\.(\\d)');
  write(1, '$2.$1');
  replaceAll(view);
  expect(view.state.doc.toString()).toBe('2.1, 4.3');
});

test('what is no expression is told, and nothing is replaced', () => {
  open('a(b', 'ko');
  press('정규식');
  write(0, '(');
  expect(said()).toMatch(/^정규식을 읽을 수 없습니다: ./);
  expect(inputs()[0]?.ariaInvalid).toBe('true');
  replaceAll(view);
  expect(view.state.doc.toString()).toBe('a(b');
  press('정규식');
  expect(said()).toBe('1곳');
});

test('case and whole words count when they are asked for', () => {
  open('Go go gone');
  write(0, 'go');
  expect(said()).toBe('3 hits');
  press('Whole words');
  expect(said()).toBe('2 hits');
  press('Match case');
  expect(said()).toBe('One hit');
});

test('a selection is searched alone, and grows with what is replaced in it', () => {
  open('가 ⟦가 가⟧ 가');
  press('In selection');
  write(0, '가');
  expect(said()).toBe('2 hits');
  write(1, '나나나');
  replaceAll(view);
  expect(view.state.doc.toString()).toBe('가 나나나 나나나 가');
  press('In selection');
  expect(said()).toBe('2 hits');
});

test('the panel opens with the chosen words and keeps what it was asked', () => {
  open('하나 ⟦둘⟧');
  expect(inputs()[0]?.value).toBe('둘');
  expect(getSearchQuery(view.state).search).toBe('둘');
  press('Match case');
  find(view);
  expect(getSearchQuery(view.state).caseSensitive).toBe(true);
  expect(stringOf(view.state)).toBe('하나 ⟦둘⟧');
});

test('a backslash in plain words is a backslash', () => {
  open('a\\nb');
  write(0, '\\n');
  expect(said()).toBe('One hit');
});

test('Enter in a field is left to the input method while it composes', () => {
  open('가 가');
  write(0, '가');
  const enter = new KeyboardEvent('keydown', {
    key: 'Enter',
    isComposing: true,
    bubbles: true,
    cancelable: true,
  });
  inputs()[0]?.dispatchEvent(enter);
  expect(enter.defaultPrevented).toBe(false);
  expect(stringOf(view.state)).toBe('‸가 가');
});
