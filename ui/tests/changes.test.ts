import { ChangeSet, Text } from '@codemirror/state';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cutsCharacter, difference, fromWire, toWire } from '../src/session/changes';

const doc = (text: string) => Text.of(text.split('\n'));

test('a difference leads from one text to the other and cuts no character', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', '가', '😀', '😁', '\n', 'é'))
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = difference(before, after);
      expect(changes.length).toBe(before === after ? 0 : 1);
      expect(fromWire(changes, before.length).apply(doc(before)).toString()).toBe(after);
      expect(cutsCharacter(changes, doc(before))).toBe(false);
    }),
  );
});

test('changes on the wire count a line end as one and are sorted', () => {
  const changes = ChangeSet.of(
    [
      { from: 4, insert: '끝' },
      { from: 0, to: 1, insert: Text.of(['x', 'y']) },
    ],
    4,
  );
  expect(toWire(changes)).toEqual([
    { from: 0, to: 1, insert: 'x\ny' },
    { from: 4, to: 4, insert: '끝' },
  ]);
});

test('a cut or joined pair is seen', () => {
  expect(cutsCharacter([{ from: 1, to: 2, insert: '' }], doc('😀'))).toBe(true);
  expect(cutsCharacter([{ from: 0, to: 1, insert: '' }], doc('😀'))).toBe(true);
  expect(cutsCharacter([{ from: 1, to: 1, insert: '\ude00' }], doc('a'))).toBe(true);
  expect(cutsCharacter([{ from: 0, to: 2, insert: '😁' }], doc('😀a'))).toBe(false);
});
