// @vitest-environment happy-dom
import { foldedRanges } from '@codemirror/language';
import { Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { expect, test } from 'vitest';

import { fold, foldAll, folding, unfold, unfoldAll } from '../../src/editor/folding';
import { headingAbove, headingsOf } from '../../src/editor/headings';
import { copyDown, deleteLines, joinLines, moveDown } from '../../src/editor/lines';
import { pairs } from '../../src/editor/pairs';
import { cursorsAtLineEnds, severalCursors } from '../../src/editor/several-cursors';
import { after, stateOf, stringOf } from '../cursor-strings';

test('lines are moved, copied and deleted at every cursor', () => {
  expect(after(moveDown, '하‸나\n둘\n셋')).toBe('둘\n하‸나\n셋');
  expect(after(copyDown, '하‸나\n둘')).toBe('하나\n하‸나\n둘');
  expect(after(deleteLines, '하나\n둘째‸\n셋')).toBe('하나\n셋‸');
  expect(after(deleteLines, '하나\n둘‸')).toBe('하‸나');
  expect(after(deleteLines, '‸하나\n둘\n‸셋\n넷')).toBe('‸둘\n‸넷');
});

test('joined lines lose what began them', () => {
  expect(after(joinLines, '하‸나\n  둘')).toBe('하‸나 둘');
  expect(after(joinLines, '- 하‸나\n- 둘')).toBe('- 하‸나 둘');
  expect(after(joinLines, '> 하‸나\n> 둘')).toBe('> 하‸나 둘');
  expect(after(joinLines, '⟦하나\n둘\n셋⟧\n넷')).toBe('⟦하나 둘 셋⟧\n넷');
  expect(after(joinLines, '하나\n둘‸')).toBe('하나\n둘‸');
});

test('every chosen line gets a cursor at its end, and all but the main one are drawn', () => {
  const view = new EditorView({ state: stateOf('⟦하나\n둘⟧', severalCursors) });
  cursorsAtLineEnds(view);
  expect(stringOf(view.state)).toBe('하나‸\n둘‸');
  expect(view.dom.querySelectorAll('.cm-other-cursor').length).toBe(1);
  view.dispatch({ selection: { anchor: 0 } });
  expect(view.dom.querySelectorAll('.cm-other-cursor').length).toBe(0);
  view.destroy();
});

const post =
  '---\na: 1\n---\n# 하나\n\n글\n\n## 둘 `x` [링](y) {#id}\n\n```sh\n# 셋\n```\n\n넷\n===\n\n<!--\n# 다섯\n-->\n';

test('headings are found outside code, comments and front matter', () => {
  const headings = headingsOf(Text.of(post.split('\n')));
  expect(headings).toEqual([
    { level: 1, title: '하나', line: 4 },
    { level: 2, title: '둘 x 링', line: 8 },
    { level: 1, title: '넷', line: 14 },
  ]);
  expect([1, 4, 7, 8, 13, 14, 99].map((line) => headingAbove(headings, line))).toEqual([
    -1, 0, 0, 1, 1, 2, 2,
  ]);
});

function foldsOf(view: EditorView): string[] {
  const folds: string[] = [];
  foldedRanges(view.state).between(0, view.state.doc.length, (from, to) => {
    folds.push(`${view.state.doc.lineAt(from).number}-${view.state.doc.lineAt(to).number}`);
  });
  return folds;
}

test('a fence is folded, then the sections around it; all of them, and none again', () => {
  const view = new EditorView({ state: stateOf(post.replace('# 셋', '# ‸셋'), folding) });
  fold(view);
  expect(foldsOf(view)).toEqual(['10-12']);
  fold(view);
  expect(foldsOf(view)).toEqual(['8-12', '10-12']);
  unfold(view);
  expect(foldsOf(view)).toEqual(['10-12']);
  foldAll(view);
  expect(foldsOf(view).sort()).toEqual(['1-3', '10-12', '14-19', '4-12', '8-12']);
  unfoldAll(view);
  expect(foldsOf(view)).toEqual([]);
  view.destroy();
});

/** What typing makes of a text, through the handlers of input. */
function typed(marked: string, text: string, isComposing = false): string {
  const view = new EditorView({ state: stateOf(marked, pairs) });
  if (isComposing) Object.defineProperty(view, 'compositionStarted', { value: true });
  const { from, to } = view.state.selection.main;
  const insert = () =>
    view.state.update({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
  const handled = view.state
    .facet(EditorView.inputHandler)
    .some((handle) => handle(view, from, to, text, insert));
  if (!handled) view.dispatch(insert());
  const shown = stringOf(view.state);
  view.destroy();
  return shown;
}

test('brackets come in pairs at the end of words, and alone before them', () => {
  expect(typed('글‸', '(')).toBe('글(‸)');
  expect(typed('글‸ 뒤', '[')).toBe('글[‸] 뒤');
  expect(typed('‸글', '(')).toBe('(‸글');
  expect(typed('글‸', "'")).toBe("글'‸");
  expect(typed('``‸', '`')).toBe('```‸');
});

test('signs typed over a selection go around it, but not in code', () => {
  expect(typed('⟦글⟧', '*')).toBe('*⟦글⟧*');
  expect(typed('⟦글⟧', '「')).toBe('「⟦글⟧」');
  expect(typed('⟦글⟧', '(')).toBe('(⟦글⟧)');
  expect(typed('```\n⟦x⟧\n```', '*')).toBe('```\n*‸\n```');
});

test('nothing is paired while a syllable is being composed', () => {
  expect(typed('글‸', '(', true)).toBe('글(‸');
  expect(typed('⟦글⟧', '*', true)).toBe('*‸');
});
