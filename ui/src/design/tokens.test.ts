import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colours of the rule that a selector opens. */
function colours(selector: string): Record<string, string> {
  const from = css.indexOf(selector);
  expect(from).toBeGreaterThanOrEqual(0);
  const rule = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const light = colours(":root[data-scheme='light'] {");
const dark = colours(":root[data-scheme='dark'] {");

test.each([
  ['light', light],
  ['dark', dark],
])('in the %s scheme every ink is readable on every ground', (_name, scheme) => {
  for (const ink of ['ink', 'quiet', 'accent', 'warning', 'danger']) {
    for (const ground of ['paper', 'desk', 'hover', 'chosen']) {
      const ratio = contrast(scheme[ink] ?? '', scheme[ground] ?? '');
      expect(ratio, `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(contrast(scheme['on-accent'] ?? '', scheme['accent'] ?? '')).toBeGreaterThanOrEqual(4.5);
});

test('the system’s dark scheme is the chosen dark scheme', () => {
  expect(colours(":root:not([data-scheme='light']) {")).toEqual(dark);
});
