import { expect, test } from 'vitest';
import { fromPicker, shortDay, toPicker } from './dates';

const now = new Date(2024, 4, 6, 7, 8, 9);

test('picking keeps separator, seconds and offset as written', () => {
  expect(fromPicker('2021-12-31T10:00', '2021-12-30T09:15:20+09:00', now)).toBe('2021-12-31T10:00:00+09:00');
  expect(fromPicker('2021-12-31T09:15', '2021-12-30T09:15:20+09:00', now)).toBe('2021-12-31T09:15:20+09:00');
  expect(fromPicker('2021-12-31T10:00', '2021-12-30 09:15:20 +0900', now)).toBe('2021-12-31 10:00:00 +0900');
  expect(fromPicker('2021-12-31T10:00', '2021-12-30 09:15', now)).toBe('2021-12-31 10:00');
});

test('a date without a time stays one while only the day is picked', () => {
  expect(fromPicker('2022-01-02T00:00', '2021-12-30', now)).toBe('2022-01-02');
  expect(fromPicker('2022-01-02T11:30', '2021-12-30', now)).toMatch(/^2022-01-02T11:30:00[+-]\d\d:\d\d$/);
});

test('the picker shows what is written and nothing for a date it does not know', () => {
  expect(toPicker('2021-12-30 09:15:20 +0900')).toBe('2021-12-30T09:15');
  expect(toPicker('2021-12-30')).toBe('2021-12-30T00:00');
  expect(toPicker('last Tuesday')).toBe('');
});

test('a row shows the day', () => {
  expect(shortDay('2021-12-30T09:15:20+09:00')).toBe('2021-12-30');
  expect(shortDay('someday')).toBe('someday');
});
