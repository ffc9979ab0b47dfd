import { expect, test } from 'vitest';
import type { Details, Field } from '../wire/types';
import { formFields, itemsOf } from './fields';

const text = (key: string, role: Field['role'], value: string): Field => ({
  key,
  role,
  value: { shape: 'text', value },
});

function details(...fields: Field[]): Details {
  return { format: 'yaml', shown_title: '', fields, problem: null, lines: 3, editable: true };
}

test('the form shows the fields of the post in their order, then offers what is missing', () => {
  const shown = formFields(details(text('layout', null, 'post'), text('title', 'title', 'A')));
  expect(shown.map((field) => field.key)).toEqual(['layout', 'title', 'date', 'tags', 'draft']);
});

test('a field that a post calls otherwise is not offered twice', () => {
  const shown = formFields(details(text('keywords', 'tags', 'a')));
  expect(shown.filter((field) => field.role === 'tags')).toHaveLength(1);
});

test('a field stays where it was shown when the post gets it', () => {
  const before = formFields(details()).map((field) => field.key);
  const after = formFields(details(text('tags', 'tags', 'a')), before).map((field) => field.key);
  expect(after).toEqual(before);
});

test('one tag as a text is a list of one', () => {
  expect(itemsOf(text('tags', 'tags', 'rust'))).toEqual(['rust']);
  expect(itemsOf(undefined)).toEqual([]);
});
