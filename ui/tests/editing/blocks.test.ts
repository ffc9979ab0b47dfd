// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import { toggleFence } from '../../src/editor/blocks/fences';
import { toggleHeading } from '../../src/editor/blocks/headings';
import { toggleQuote } from '../../src/editor/blocks/quotes';
import { checkTask } from '../../src/editor/lists/check-task';
import { type ListKind, toggleList } from '../../src/editor/lists/toggle-list';
import { after } from '../cursor-strings';

const heading = (level: number, marked: string) => after(toggleHeading(level), marked);
const list = (kind: ListKind, marked: string) => after(toggleList(kind), marked);

test('a line becomes a heading, of another level, and a paragraph again', () => {
  expect(heading(2, '제‸목')).toBe('## 제‸목');
  expect(heading(3, '## 제‸목')).toBe('### 제‸목');
  expect(heading(3, '### 제‸목')).toBe('제‸목');
  expect(heading(1, '‸')).toBe('# ‸');
  expect(heading(2, '> 제‸목')).toBe('> ## 제‸목');
});

test('an underlined heading loses its line', () => {
  expect(heading(2, '제‸목\n===\n\n글')).toBe('## 제‸목\n\n글');
  expect(heading(1, '제‸목\n===\n\n글')).toBe('제‸목\n\n글');
});

test('neither code nor front matter becomes a heading or a list', () => {
  expect(heading(2, '```\nx‸\n```')).toBe('```\nx‸\n```');
  expect(heading(2, '---\ntitle‸: x\n---\n')).toBe('---\ntitle‸: x\n---\n');
  expect(list('bullet', '⟦글\n\n```\nx\n```⟧')).toBe('- ⟦글\n\n```\nx\n```⟧');
});

test('lines are quoted with the blank ones between them, and lose a level', () => {
  expect(after(toggleQuote, '⟦하나\n\n둘⟧')).toBe('> ⟦하나\n>\n> 둘⟧');
  expect(after(toggleQuote, '⟦> 하나\n>\n> > 둘⟧')).toBe('⟦하나\n\n> 둘⟧');
  expect(after(toggleQuote, '⟦```\nx\n```⟧')).toBe('> ⟦```\n> x\n> ```⟧');
});

test('lines become items of each kind, and lines again', () => {
  expect(list('bullet', '⟦하나\n둘⟧')).toBe('- ⟦하나\n- 둘⟧');
  expect(list('ordered', '⟦하나\n둘\n\n셋⟧')).toBe('1. ⟦하나\n2. 둘\n\n3. 셋⟧');
  expect(list('task', '하나‸')).toBe('- [ ] 하나‸');
  expect(list('bullet', '⟦- 하나\n- 둘⟧')).toBe('⟦하나\n둘⟧');
  expect(list('ordered', '⟦- 하나\n- 둘⟧')).toBe('⟦1. 하나\n2. 둘⟧');
  expect(list('task', '⟦1. 하나\n2. [x] 둘⟧')).toBe('⟦1. [ ] 하나\n2. [x] 둘⟧');
  expect(list('bullet', '⟦- [x] 하나⟧')).toBe('⟦- 하나⟧');
  expect(list('bullet', '‸')).toBe('- ‸');
});

test('what belongs to an item moves with it', () => {
  expect(list('ordered', '- 하나‸\n  - 안\n\n    더\n- 둘')).toBe('1. 하나‸\n   - 안\n\n     더\n- 둘');
  expect(list('bullet', '10. 하나‸\n    - 안\n11. 둘')).toBe('- 하나‸\n  - 안\n11. 둘');
  expect(list('ordered', '⟦- 하나\n  - 안\n  - 안\n- 둘⟧')).toBe('⟦1. 하나\n   1. 안\n   2. 안\n2. 둘⟧');
});

test('tasks are done and open again; items and lines become tasks', () => {
  expect(after(checkTask, '- [ ] 하‸나')).toBe('- [x] 하‸나');
  expect(after(checkTask, '- [x] 하‸나')).toBe('- [ ] 하‸나');
  expect(after(checkTask, '⟦- [x] 하나\n- [ ] 둘⟧')).toBe('⟦- [x] 하나\n- [x] 둘⟧');
  expect(after(checkTask, '- 하‸나')).toBe('- [ ] 하‸나');
  expect(after(checkTask, '하‸나')).toBe('- [ ] 하‸나');
});

test('a fence comes around lines, longer than those inside, and goes again', () => {
  expect(after(toggleFence, '⟦let x;\nlet y;⟧')).toBe('```‸\nlet x;\nlet y;\n```');
  expect(after(toggleFence, '  ‸')).toBe('  ```‸\n  \n  ```');
  expect(after(toggleFence, '⟦a\n````\nb⟧')).toBe('`````‸\na\n````\nb\n`````');
  expect(after(toggleFence, '글\n\n```js\nlet‸ x;\n```\n뒤')).toBe('글\n\nlet‸ x;\n뒤');
});
