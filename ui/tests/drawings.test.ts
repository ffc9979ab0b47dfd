// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Drawings, type Draughtsmen } from '../src/preview/drawings';
import { drawMath } from '../src/preview/draw-math';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

function block(html: string): HTMLElement {
  const section = document.createElement('section');
  section.innerHTML = html;
  document.body.append(section);
  return section;
}

const diagram = (source: string): string => `<pre data-language="mermaid"><code>${source}</code></pre>`;

function stage(more: Partial<Draughtsmen> = {}) {
  const mermaid = vi.fn((source: string, scheme: string) =>
    Promise.resolve(`<svg>${source} ${scheme}</svg>`),
  );
  const math = vi.fn((source: string) => Promise.resolve(`<math>${source}</math>`));
  const drawings = new Drawings({ mermaid, inlineMath: math, displayMath: math, ...more });
  return { drawings, mermaid, math };
}

test('a diagram is drawn once typing rests, and known again afterwards', async () => {
  const { drawings, mermaid } = stage();
  drawings.drawIn([block(diagram('graph A'))]);
  expect(mermaid).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(300);
  expect(document.querySelector('.drawing')?.innerHTML).toBe('<svg>graph A light</svg>');
  expect(document.querySelector('pre')?.hidden).toBe(true);
  const again = block(diagram('graph A'));
  drawings.drawIn([again]);
  expect(again.querySelector('.drawing')).not.toBeNull();
  expect(mermaid).toHaveBeenCalledTimes(1);
});

test('a diagram whose lines change in its place is drawn anew', async () => {
  const { drawings, mermaid } = stage();
  const section = block(diagram('graph A'));
  const pre = section.querySelector('pre') as HTMLElement;
  drawings.drawIn([section]);
  await vi.advanceTimersByTimeAsync(300);
  for (const source of ['graph AB', 'graph ABC']) {
    (pre.firstElementChild as HTMLElement).textContent = source;
    drawings.drawAgain(pre);
    expect(section.querySelector('.drawing.stale')).not.toBeNull();
  }
  await vi.advanceTimersByTimeAsync(300);
  expect(mermaid.mock.calls.map(([source]) => source)).toEqual(['graph A', 'graph ABC']);
  expect(section.querySelectorAll('.drawing')).toHaveLength(1);
  expect(section.querySelector('.drawing')?.innerHTML).toBe('<svg>graph ABC light</svg>');
});

test('while a diagram is typed, the one before stays in sight', async () => {
  const { drawings, mermaid } = stage();
  const first = block(diagram('graph A'));
  drawings.drawIn([first]);
  await vi.advanceTimersByTimeAsync(300);
  const second = block(diagram('graph AB'));
  const third = block(diagram('graph ABC'));
  first.remove();
  drawings.drawIn([second], [first]);
  expect(second.querySelector('.drawing.stale')).not.toBeNull();
  second.remove();
  drawings.drawIn([third], [second]);
  await vi.advanceTimersByTimeAsync(300);
  expect(mermaid).toHaveBeenCalledTimes(2);
  expect(third.querySelectorAll('.drawing')).toHaveLength(1);
  expect(third.querySelector('.drawing')?.innerHTML).toBe('<svg>graph ABC light</svg>');
});

test('what cannot be drawn says why and stays readable', async () => {
  const { drawings } = stage({ mermaid: () => Promise.reject(new Error('no diagram')) });
  const place = block(diagram('grap'));
  drawings.drawIn([place]);
  await vi.advanceTimersByTimeAsync(300);
  expect(place.querySelector('.drawing-failed')?.textContent).toBe('no diagram');
  expect(place.querySelector('pre')?.hidden).toBe(false);
});

test('diagrams take over the colours of the window', async () => {
  const { drawings } = stage();
  drawings.drawIn([block(diagram('graph A'))]);
  await vi.advanceTimersByTimeAsync(300);
  drawings.setScheme('dark', document);
  await vi.advanceTimersByTimeAsync(300);
  expect(document.querySelector('.drawing')?.innerHTML).toBe('<svg>graph A dark</svg>');
});

test('a formula becomes MathML and nothing else', () => {
  const html = drawMath('\\frac{1}{2}', false);
  expect(html).toContain('<mfrac>');
  for (const source of [
    '\\href{javascript:alert(1)}{x}',
    '\\includegraphics{https://x.org/a.png}',
    '\\htmlStyle{color:red}{x}',
  ]) {
    const made = (() => {
      try {
        return drawMath(source, true);
      } catch {
        return '';
      }
    })();
    expect(made).not.toMatch(/href=|<img|style=/);
  }
  expect(() => drawMath('\\frac{1', false)).toThrow(/KaTeX/);
});

test('formulas between the marks of the site’s own script are drawn, and nothing that only looks like them', async () => {
  const { drawings, math } = stage();
  const one = block(
    '<p>글 \\(a^2\\) 뒤 <code>\\(b\\)</code> $70~$80 and $$ or $$</p>\\[c &lt; d\\]<p>$$e$$</p>',
  );
  drawings.drawIn([one]);
  await vi.advanceTimersByTimeAsync(0);
  expect(math.mock.calls.map(([source]) => source).sort()).toEqual(['a^2', 'c < d', 'e']);
  expect(one.querySelector('code')?.textContent).toBe('\\(b\\)');
  expect(one.querySelectorAll('[data-kind=displayMath]').length).toBe(2);
});
