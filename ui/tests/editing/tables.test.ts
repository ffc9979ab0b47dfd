// @vitest-environment happy-dom
import { history, undo } from '@codemirror/commands';
import type { StateCommand } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { expect, test, vi } from 'vitest';

import { displayWidth } from '../../src/editor/tables/display-width';
import { breakInCell, toCellBelow, toNextCell, toPreviousCell } from '../../src/editor/tables/moves';
import { alignOnLeaving } from '../../src/editor/tables/on-leaving';
import { bringIn, cellsOfRange } from '../../src/editor/tables/paste';
import * as change from '../../src/editor/tables/rows-and-columns';
import { after, stateOf, stringOf } from '../cursor-strings';

/** Lines, so that tables in tests look like tables. */
const lines = (...all: string[]) => all.join('\n');
const made = (command: StateCommand, ...all: string[]) => after(command, lines(...all)).split('\n');

test('Hangul, Han and emoji take two columns, what joins on takes none', () => {
  expect(displayWidth('abc')).toBe(3);
  expect(displayWidth('한글 a')).toBe(6);
  expect(displayWidth('한글'.normalize('NFD'))).toBe(4);
  expect(displayWidth('漢（）')).toBe(6);
  expect(displayWidth('é·…'.normalize('NFD'))).toBe(3);
  expect(displayWidth('👍👨‍👩‍👧✔️')).toBe(6);
});

test('bars come below each other as the letters are wide, the cursor stays in its cell', () => {
  expect(made(change.alignBars, '|이름|b|', '|:-|-:|', '|가나다‸라|1|', '|x|')).toEqual([
    '| 이름     |   b |',
    '| :------- | --: |',
    '| 가나다‸라 |   1 |',
    '| x        |     |',
  ]);
});

test('a bar behind a backslash is a word, a table in a quote keeps its signs', () => {
  expect(made(change.alignBars, '> a‸|b', '> -|:-:', '> x \\| y|z')).toEqual([
    '> | a‸      |  b  |',
    '> | ------ | :-: |',
    '> | x \\| y |  z  |',
  ]);
});

test('what is no table is left alone', () => {
  expect(after(change.alignBars, '글 | 뒤‸\n\n글')).toBe('글 | 뒤‸\n\n글');
  expect(after(change.alignBars, '```\n|a‸|\n|-|\n```')).toBe('```\n|a‸|\n|-|\n```');
  expect(after(toNextCell, '글 | 뒤‸')).toBe('글 | 뒤‸');
});

test('Tab goes from cell to cell and adds a row behind the last', () => {
  const table = ['| a | b |', '| --- | --- |'];
  expect(made(toNextCell, '| a‸ | 둘 |', '| --- | --- |')).toEqual(['| a | ⟦둘⟧ |', '| --- | --- |']);
  expect(made(toNextCell, '| a | b‸ |', '| --- | --- |', '| c | d |')).toEqual([...table, '| ⟦c⟧ | d |']);
  expect(made(toNextCell, ...table, '| c | d‸ |')).toEqual([...table, '| c | d |', '| ‸    |     |']);
  expect(made(toPreviousCell, ...table, '| ‸c | d |')).toEqual(['| a | ⟦b⟧ |', '| --- | --- |', '| c | d |']);
});

test('Enter goes down and adds a row; in an empty last row it ends the table', () => {
  const table = ['| a | b |', '| --- | --- |'];
  expect(made(toCellBelow, '| a | b‸ |', '| --- | --- |', '| c | d |')).toEqual([...table, '| c | ⟦d⟧ |']);
  expect(made(toCellBelow, ...table, '| c | d‸ |')).toEqual([...table, '| c | d |', '|     | ‸    |']);
  expect(made(toCellBelow, ...table, '| c | d |', '| ‸ |  |')).toEqual([...table, '| c | d |', '', '‸']);
  expect(made(breakInCell, '| a‸ | b |', '| --- | --- |')).toEqual(['| a<br>‸ | b |', '| --- | --- |']);
});

const square = ['| a   | b   |', '| --- | --- |', '| c‸   | d   |'];

test('rows are added, deleted and moved, the head stays', () => {
  const head = ['| a   | b   |', '| --- | --- |'];
  expect(made(change.addRowAbove, ...square)).toEqual([...head, '| ‸    |     |', '| c   | d   |']);
  expect(made(change.addRowBelow, ...square)).toEqual([...head, '| c   | d   |', '| ‸    |     |']);
  expect(made(change.deleteRow, ...square)).toEqual(['| ⟦a⟧   | b   |', '| --- | --- |']);
  expect(made(change.moveRowUp, ...square)).toEqual([...head, '| ⟦c⟧   | d   |']);
  expect(made(change.moveRowDown, ...square, '| e   | f   |')).toEqual([
    ...head,
    '| e   | f   |',
    '| ⟦c⟧   | d   |',
  ]);
});

test('columns are added, deleted, moved and aligned', () => {
  expect(made(change.addColumnRight, ...square)).toEqual([
    '| a   |     | b   |',
    '| --- | --- | --- |',
    '| c   | ‸    | d   |',
  ]);
  expect(made(change.deleteColumn, ...square)).toEqual(['| b   |', '| --- |', '| ⟦d⟧   |']);
  expect(made(change.moveColumnRight, ...square)).toEqual([
    '| b   | a   |',
    '| --- | --- |',
    '| d   | ⟦c⟧   |',
  ]);
  expect(made(change.alignColumn('right'), ...square)).toEqual([
    '|   a | b   |',
    '| --: | --- |',
    '|   ⟦c⟧ | d   |',
  ]);
  expect(made(change.alignColumn('center'), ...square)[1]).toBe('| :-: | --- |');
});

test('a new table stands apart from the words before it', () => {
  expect(after(change.insertTable, '글‸')).toBe('글\n\n| ‸    |     |\n| --- | --- |\n|     |     |');
  expect(after(change.insertTable, '- 글\n‸')).toBe('- 글\n\n| ‸    |     |\n| --- | --- |\n|     |     |');
  expect(after(change.insertTable, '글\n\n‸\n뒤')).toBe(
    '글\n\n| ‸    |     |\n| --- | --- |\n|     |     |\n\n뒤',
  );
});

test('a copied range becomes a table, and fills the cells of one', () => {
  const range = cellsOfRange('이름\t값\n"두\n줄"\t1,000\n', false);
  expect(range).toEqual([
    ['이름', '값'],
    ['두\n줄', '1,000'],
  ]);
  const bring: StateCommand = ({ state, dispatch }) => {
    dispatch(state.update(bringIn(state, range ?? [])));
    return true;
  };
  expect(after(bring, '‸')).toBe('| 이름     |    값 |\n| -------- | ----: |\n| 두<br>줄 | 1,000 |\n‸');
  expect(made(bring, '| a | b‸ |', '| - | - |')).toEqual([
    '| a   | 이름     | 값    |',
    '| --- | -------- | ----- |',
    '|     | 두<br>줄 | ⟦1,000⟧ |',
  ]);
});

test('code with tabs is no range', () => {
  expect(cellsOfRange('\tif x:\n\t\ty', false)).toBeNull();
  expect(cellsOfRange('\ta\n\tb', false)).toBeNull();
  expect(cellsOfRange('a\tb', false)).toBeNull();
  expect(cellsOfRange('a\tb', true)).toEqual([['a', 'b']]);
});

function writingTable() {
  vi.useFakeTimers();
  const state = stateOf('|a‸|b|\n|-|-|\n|c|d|\n\n글', [alignOnLeaving, history()]);
  const view = new EditorView({ state });
  const type = (at: number, insert: string) =>
    view.dispatch({
      changes: { from: at, insert },
      selection: { anchor: at + insert.length },
      userEvent: 'input.type',
    });
  return { view, type, text: () => view.state.doc.toString() };
}

test('a table is aligned when it is left, not before, as one step', () => {
  const { view, type, text } = writingTable();
  type(2, '가나다');
  view.dispatch({ selection: { anchor: view.state.doc.line(3).from + 1 } });
  vi.runAllTimers();
  expect(text()).toBe('|a가나다|b|\n|-|-|\n|c|d|\n\n글');
  view.dispatch({ selection: { anchor: view.state.doc.length } });
  vi.runAllTimers();
  expect(stringOf(view.state)).toBe('| a가나다 | b   |\n| ------- | --- |\n| c       | d   |\n\n글‸');
  undo(view);
  vi.runAllTimers();
  expect(text()).toBe('|a가나다|b|\n|-|-|\n|c|d|\n\n글');
  view.destroy();
  vi.useRealTimers();
});

test('a table that Enter ends is aligned, too', () => {
  const { view, type, text } = writingTable();
  type(view.state.doc.line(3).to, '\n||');
  view.dispatch({ selection: { anchor: view.state.doc.line(4).from + 1 } });
  toCellBelow(view);
  vi.runAllTimers();
  expect(text()).toBe('| a   | b   |\n| --- | --- |\n| c   | d   |\n\n\n글');
  view.destroy();
  vi.useRealTimers();
});

test('a table waits with it until the syllable that is being composed elsewhere is done', () => {
  const { view, type, text } = writingTable();
  type(2, 'x');
  const composing = vi.spyOn(view, 'composing', 'get').mockReturnValue(true);
  view.dispatch({ selection: { anchor: view.state.doc.length } });
  vi.advanceTimersByTime(500);
  expect(text()).toContain('|ax|b|');
  composing.mockReturnValue(false);
  vi.advanceTimersByTime(500);
  expect(text()).toContain('| ax  | b   |');
  view.destroy();
  vi.useRealTimers();
});

test('a table that was only looked at stays as it is', () => {
  const { view, text } = writingTable();
  view.dispatch({ selection: { anchor: view.state.doc.length } });
  vi.runAllTimers();
  expect(text()).toBe('|a|b|\n|-|-|\n|c|d|\n\n글');
  view.destroy();
  vi.useRealTimers();
});
