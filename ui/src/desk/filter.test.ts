import { expect, test } from 'vitest';
import { matches } from './filter';

test('every word must be somewhere, without case and in any form of Hangul', () => {
  expect(matches('', 'anything')).toBe(true);
  expect(matches('rust 비동기', '비동기 이야기', 'Rust')).toBe(true);
  expect(matches('회고'.normalize('NFD'), '2021년 회고')).toBe(true);
  expect(matches('rust go', 'Rust')).toBe(false);
});
