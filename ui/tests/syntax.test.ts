import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { IterMode } from '@lezer/common';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { postLanguage } from '../src/editor/language';

function stage(text: string): EditorState {
  return EditorState.create({ doc: text, extensions: postLanguage });
}

/** The named parts of the front matter with their texts, and what the first block after it is. */
function parts(state: EditorState): string[] {
  const found: string[] = [];
  const tree = ensureSyntaxTree(state, state.doc.length, 10_000);
  const wanted = ['FrontMatter', 'FrontMatterMark', 'YamlFields', 'TomlFields'];
  tree?.iterate({
    mode: IterMode.IgnoreMounts,
    enter(node) {
      if (wanted.includes(node.name)) found.push(`${node.name} ${state.sliceDoc(node.from, node.to)}`);
      return node.name === 'Document' || node.name === 'FrontMatter';
    },
  });
  const after = tree?.topNode.getChild('FrontMatter')?.nextSibling?.name;
  return [...found, `then ${after}`];
}

test('front matter is a part of the syntax of a post, in YAML and in TOML', () => {
  expect(parts(stage('---\ntitle: 글\n---\n# 글\n'))).toEqual([
    'FrontMatter ---\ntitle: 글\n---',
    'FrontMatterMark ---',
    'YamlFields title: 글',
    'FrontMatterMark ---',
    'then ATXHeading1',
  ]);
  expect(parts(stage('+++\na = 1\n\nb = 2\n+++\n\ntext'))).toEqual([
    'FrontMatter +++\na = 1\n\nb = 2\n+++',
    'FrontMatterMark +++',
    'TomlFields a = 1\n\nb = 2',
    'FrontMatterMark +++',
    'then Paragraph',
  ]);
  expect(parts(stage('---\n---\n- a'))).toEqual([
    'FrontMatter ---\n---',
    'FrontMatterMark ---',
    'FrontMatterMark ---',
    'then BulletList',
  ]);
});

test('rules and later lines of dashes are no front matter', () => {
  expect(parts(stage('글\n\n---\ntitle: x\n---\n'))).toEqual(['then undefined']);
  expect(parts(stage('----\na\n'))).toEqual(['then undefined']);
});

test('front matter follows edits as a fresh reading would', () => {
  const piece = fc.constantFrom('---', '\n', '---\n', 'title: 글', '+++', '# 글', 'x', '\n\n', '  ', '```\n');
  const edit = fc.record({ at: fc.nat(), remove: fc.nat(6), insert: piece });
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const long =
    'A line that is long enough to be kept by the parser when others change, again and again. '.repeat(3);
  fc.assert(
    fc.property(text, text, fc.array(edit, { maxLength: 6 }), (head, body, edits) => {
      let state = stage(`${head}\n\n${long}\n\n${body}`);
      for (const { at, remove, insert } of edits) {
        parts(state);
        const from = at % (state.doc.length + 1);
        const to = Math.min(state.doc.length, from + remove);
        state = state.update({ changes: { from, to, insert } }).state;
      }
      expect(parts(state)).toEqual(parts(stage(state.doc.toString())));
    }),
    { numRuns: 300 },
  );
});
