// @vitest-environment happy-dom
/**
 * What a key costs in the editor's own work (no layout, no preview), in a short post and in one of 1 MB:
 * `npx vitest bench --run` in `ui`. Both should cost about the same.
 */
import { forceParsing } from '@codemirror/language';
import { bench, describe } from 'vitest';

import { createEditor, type Editor } from '../src/editor';

const section =
  '## 절\n\n글을 **굵게** 쓰고 `코드`도 쓴다.\n\n- 하나\n- 둘\n\n```rust\nfn main() {}\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n';
const nothing = (): void => {};

async function editorOf(doc: string): Promise<Editor> {
  const outlets = { edited: nothing, followed: nothing, selected: nothing, scrolled: nothing };
  const asked = {
    addImage: () => Promise.resolve(null),
    offers: () => Promise.reject(new Error('not asked')),
  };
  const editor = createEditor(document.body, 'ko', { ...outlets, ...asked });
  await editor.ready;
  editor.swap(editor.createState({ doc, selection: { anchor: 0, head: 0 }, readOnly: false }), 1);
  forceParsing(editor.view, doc.length, 10_000);
  return editor;
}

for (const [name, sections] of [
  ['12 KB', 90],
  ['1 MB', 7_500],
] as const) {
  const doc = `---\ntitle: 글\n---\n${section.repeat(sections)}`;
  const middle = doc.indexOf('쓴다', doc.length / 2);
  const places = {
    prose: middle,
    table: doc.indexOf('| 1 |', middle) + 3,
    list: doc.indexOf('나\n', middle) + 1,
  };

  describe(`a key and its undoing in a post of ${name}, in the middle`, () => {
    let made: Editor | null = null;
    for (const [place, at] of Object.entries(places)) {
      bench(`in ${place}`, async () => {
        made ??= await editorOf(doc);
        const changes = { from: at, insert: '가' };
        made.view.dispatch({ changes, selection: { anchor: at + 1 }, userEvent: 'input.type' });
        made.undo();
      });
    }
  });
}
