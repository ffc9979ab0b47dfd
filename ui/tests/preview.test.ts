// @vitest-environment happy-dom
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';

import { Blocks } from '../src/preview/blocks';
import { BlockList } from '../src/session/block-list';
import type { PreviewBlock, PreviewPatch } from '../src/wire/types';

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('main');
  document.body.replaceChildren(place);
});

/** The elements of the blocks in the document, in its order. */
function shown(): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('[data-block]')];
}

function patch(ops: PreviewPatch['ops'], more: Partial<PreviewPatch> = {}): PreviewPatch {
  return {
    revision: 1,
    first_line: 0,
    ops,
    lines: [],
    resized: [],
    unfinished: false,
    refused: null,
    ...more,
  };
}

function block(id: number, html = `<p>${id}</p>`, lines = 2): PreviewBlock {
  return { id, lines, html };
}

test('a patch changes its blocks and leaves the elements of the others alone', () => {
  const blocks = new Blocks(place);
  blocks.apply(patch([{ at: 0, remove: 0, insert: [block(1), block(2), block(3)] }]));
  const [first, , third] = shown();
  blocks.apply(patch([{ at: 1, remove: 1, insert: [block(4), block(5)] }]));
  expect(place.textContent).toBe('1453');
  expect(shown()[0]).toBe(first);
  expect(shown()[3]).toBe(third);
  expect(shown().map(({ dataset }) => dataset['block'])).toEqual(['1', '4', '5', '3']);
});

test('any run of patches leaves the document that the plain list says', () => {
  const anyBlock = fc.nat(1000).map((id) => block(id));
  const op = fc.record({
    at: fc.nat(),
    remove: fc.oneof(fc.nat(3), fc.nat(200)),
    insert: fc.oneof(
      { weight: 5, arbitrary: fc.array(anyBlock, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(anyBlock, { minLength: 100, maxLength: 300 }) },
    ),
  });
  fc.assert(
    fc.property(fc.array(fc.array(op, { maxLength: 3 }), { maxLength: 8 }), (runs) => {
      place.textContent = '';
      const list = new BlockList();
      const blocks = new Blocks(place);
      for (const ops of runs) {
        let length = blocks.length;
        const fitting = ops.map(({ at, remove, insert }) => {
          const start = at % (length + 1);
          const gone = Math.min(remove, length - start);
          length += insert.length - gone;
          return { at: start, remove: gone, insert };
        });
        list.apply(patch(fitting));
        blocks.apply(patch(fitting));
      }
      expect(shown().map(({ innerHTML }) => innerHTML)).toEqual(list.blocks.map(({ html }) => html));
      expect(longestStretch()).toBeLessThanOrEqual(128);
    }),
  );
});

const line = (text: string): string => `<span class="line"><span class="k">${text}</span>\n</span>`;
const code = (lines: readonly string[]): string =>
  `<pre class="code" data-language="rust"><code>${lines.map(line).join('')}</code></pre>\n`;

test('a line of code takes the place of another and leaves the rest alone', () => {
  const changed: HTMLElement[] = [];
  const blocks = new Blocks(
    place,
    () => {},
    () => {},
    (code) => changed.push(code),
  );
  blocks.apply(patch([{ at: 0, remove: 0, insert: [block(1), block(2, code(['a', 'b', 'c']))] }]));
  const lines = () => [...place.querySelectorAll('.line')];
  const [first, , third] = lines();
  blocks.apply(
    patch([], {
      lines: [{ at: 1, from: 1, remove: 1, insert: [line('x'), line('y')] }],
      resized: [{ at: 1, lines: 6 }],
    }),
  );
  expect(lines().map(({ textContent }) => textContent)).toEqual(['a\n', 'x\n', 'y\n', 'c\n']);
  expect(lines()[0]).toBe(first);
  expect(lines()[3]).toBe(third);
  expect(changed.map(({ tagName }) => tagName)).toEqual(['PRE']);
  expect(blocks.ofLine(5)).toEqual({ index: 1, share: 0.5 });
});

test('any run of changed lines and blocks leaves what a fresh page would have', () => {
  const change = fc.record({
    at: fc.nat(),
    from: fc.nat(),
    remove: fc.nat(4),
    insert: fc.array(fc.constantFrom('a', '&lt;b', 'line', '한'), { maxLength: 4 }),
    /** The whole block instead. */
    whole: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }), fc.array(change), (sizes, changes) => {
      place.textContent = '';
      const list = new BlockList();
      const blocks = new Blocks(place);
      const texts = sizes.map((size) => Array.from({ length: size }, (_, at) => `${at}`));
      let id = 0;
      const start = patch([
        { at: 0, remove: 0, insert: texts.map((lines) => block((id += 1), code(lines), lines.length)) },
      ]);
      list.apply(start);
      blocks.apply(start);
      for (const { at: anywhere, from: wherever, remove, insert, whole } of changes) {
        const at = anywhere % texts.length;
        const lines = texts[at] as string[];
        const from = wherever % (lines.length + 1);
        const gone = Math.min(remove, lines.length - from);
        lines.splice(from, gone, ...insert);
        const resized = [{ at, lines: lines.length }];
        const next = whole
          ? patch([{ at, remove: 1, insert: [block((id += 1), code(lines), lines.length)] }])
          : patch([], { lines: [{ at, from, remove: gone, insert: insert.map(line) }], resized });
        list.apply(next);
        blocks.apply(next);
      }
      const fresh = texts.map(code);
      expect(list.blocks.map(({ html }) => html)).toEqual(fresh);
      expect(list.blocks.map(({ lines }) => lines)).toEqual(texts.map(({ length }) => length));
      const again = document.createElement('main');
      new Blocks(again).apply(list.whole());
      expect(shown().map(({ innerHTML }) => innerHTML)).toEqual(
        [...again.querySelectorAll('[data-block]')].map(({ innerHTML }) => innerHTML),
      );
    }),
  );
});

/** How many blocks the browser leaves out of its drawing at once; no stretch is empty. */
function longestStretch(): number {
  const lengths = [...place.children].map(({ childElementCount }) => childElementCount);
  expect(lengths).not.toContain(0);
  return Math.max(0, ...lengths);
}

test('lines and blocks find each other, after the front matter and with new sizes', () => {
  const blocks = new Blocks(place);
  blocks.apply(patch([{ at: 0, remove: 0, insert: [block(1), block(2, 'x', 4)] }], { first_line: 3 }));
  expect(blocks.ofLine(1)).toBeNull();
  expect(blocks.ofLine(4)).toEqual({ index: 0, share: 0.5 });
  expect(blocks.ofLine(8)).toEqual({ index: 1, share: 0.75 });
  expect(blocks.ofLine(99)).toEqual({ index: 1, share: 1 });
  expect(blocks.lineOf(1, 0.75)).toBe(8);
  blocks.apply(patch([], { first_line: 3, resized: [{ at: 0, lines: 3 }] }));
  expect(blocks.ofLine(6)).toEqual({ index: 1, share: 0 });
});

test('opened details stay open when their block is rendered again', () => {
  const blocks = new Blocks(place);
  const details = '<details><summary>s</summary>x</details>';
  blocks.apply(patch([{ at: 0, remove: 0, insert: [block(1, details)] }]));
  (place.querySelector('details') as HTMLDetailsElement).open = true;
  blocks.apply(patch([{ at: 0, remove: 1, insert: [block(2, `${details}<p>y</p>`)] }]));
  expect(place.querySelector('details')?.open).toBe(true);
});

test('every image that comes in is handed over once', () => {
  const found: string[] = [];
  const blocks = new Blocks(place, (image) => found.push(image.getAttribute('src') ?? ''));
  blocks.apply(
    patch([{ at: 0, remove: 0, insert: [block(1, '<img src="data:,a">'), block(2, '<p>x</p>')] }]),
  );
  blocks.apply(patch([{ at: 1, remove: 1, insert: [block(3, '<p><img src="data:,b"></p>')] }]));
  expect(found).toEqual(['data:,a', 'data:,b']);
});
