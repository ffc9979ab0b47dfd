// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import { deleteLines, moveUp } from '../../src/editor/lines';
import { continueMarkup } from '../../src/editor/lists';
import { indentItems, outdentItems } from '../../src/editor/lists/indent';
import { after } from '../cursor-strings';

const enter = (marked: string) => after(continueMarkup, marked);
const tab = (marked: string) => after(indentItems, marked);
const back = (marked: string) => after(outdentItems, marked);

test('Enter goes on with bullets, numbers, tasks and quotes', () => {
  expect(enter('- 하나‸')).toBe('- 하나\n- ‸');
  expect(enter('9. 하나‸')).toBe('9. 하나\n10. ‸');
  expect(enter('- [x] 하나‸')).toBe('- [x] 하나\n- [ ] ‸');
  expect(enter('> 하나‸')).toBe('> 하나\n> ‸');
  expect(enter('> - 하나‸')).toBe('> - 하나\n> - ‸');
  expect(enter('1. 하‸나')).toBe('1. 하\n2. ‸나');
});

test('an empty item ends its list, what follows apart from it; a nested one ends its level', () => {
  expect(enter('- 하나\n- ‸')).toBe('- 하나\n\n‸');
  expect(enter('- 하나\n- ‸\n뒤')).toBe('- 하나\n\n‸\n뒤');
  expect(enter('- 하나\n  - 둘\n  - ‸')).toBe('- 하나\n  - 둘\n- ‸');
});

test('the items below count on', () => {
  expect(enter('1. 하나‸\n2. 둘\n3. 셋')).toBe('1. 하나\n2. ‸\n3. 둘\n4. 셋');
  expect(enter('1. 하나‸\n   - 안\n2. 둘')).toBe('1. 하나\n2. ‸\n   - 안\n3. 둘');
  expect(enter('1. 하나‸\n1. 둘\n1. 셋')).toBe('1. 하나\n1. ‸\n1. 둘\n1. 셋');
  expect(enter('8. 하나\n9. 둘‸\n10. 셋')).toBe('8. 하나\n9. 둘\n10. ‸\n11. 셋');
});

test('neither fences nor front matter go on as lists', () => {
  expect(enter('```\n- x‸\n```')).toBe('```\n- x‸\n```');
  expect(enter('---\ntags:\n- x‸\n---\n')).toBe('---\ntags:\n- x‸\n---\n');
  expect(tab('```\n- x\n- y‸\n```')).toBe('```\n- x\n- y‸\n```');
});

test('Tab makes an item a child where its parent’s content begins', () => {
  expect(tab('- 하나\n- 둘‸')).toBe('- 하나\n  - 둘‸');
  expect(tab('1. 하나\n2. 둘‸\n3. 셋')).toBe('1. 하나\n   1. 둘‸\n2. 셋');
  expect(tab('10. 하나\n11. 둘‸')).toBe('10. 하나\n    1. 둘‸');
  expect(tab('> - 하나\n> - 둘‸')).toBe('> - 하나\n>   - 둘‸');
});

test('what belongs to an item is indented with it, and comes beside the children that are there', () => {
  expect(tab('- 하나\n    - 가\n- 둘‸\n  - 나\n\n    더')).toBe(
    '- 하나\n    - 가\n    - 둘‸\n      - 나\n\n        더',
  );
  expect(tab('- 하나\n  1. 가\n- [ ] 둘‸')).toBe('- 하나\n  1. 가\n  2. [ ] 둘‸');
});

test('several items go together', () => {
  expect(tab('- 하나\n⟦- 둘\n  - 안\n- 셋⟧\n- 넷')).toBe('- 하나\n  ⟦- 둘\n    - 안\n  - 셋⟧\n- 넷');
});

test('a first item stays, and a paragraph leaves Tab to others', () => {
  expect(tab('- 하나‸')).toBe('- 하나‸');
  expect(tab('글‸')).toBe('글‸');
});

test('Shift+Tab puts an item beside its parent, as one of its kind', () => {
  expect(back('- 하나\n  - 둘‸\n    - 셋')).toBe('- 하나\n- 둘‸\n  - 셋');
  expect(back('1. 하나\n   - 둘‸\n     글\n2. 셋')).toBe('1. 하나\n2. 둘‸\n   글\n3. 셋');
  expect(back('- 하나‸')).toBe('- 하나‸');
});

test('moved and deleted items count on, from where the list began', () => {
  expect(after(moveUp, '1. 하나\n2. 둘‸\n3. 셋')).toBe('1. 둘‸\n2. 하나\n3. 셋');
  expect(after(deleteLines, '1. 하‸나\n2. 둘\n3. 셋')).toBe('1. 둘‸\n2. 셋');
});
