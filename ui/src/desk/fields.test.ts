import { expect, test } from 'vitest';
import type { Details, Field, UsualField } from '../wire/types';
import { formFields, furtherFields, itemsOf, nameOf } from './fields';

const text = (key: string, role: Field['role'], value: string): Field => ({
  key,
  path: [key],
  role,
  value: { shape: 'text', value },
  kind: 'text',
  locked: null,
});

const usual = (path: string, more: Partial<UsualField> = {}): UsualField => ({
  path: path.split('.'),
  role: null,
  shape: 'text',
  common: true,
  values: [],
  ...more,
});

function details(...fields: Field[]): Details {
  return { format: 'yaml', shown_title: '', fields, problem: null, lines: 3, editable: true };
}

const keys = (fields: readonly { key: string }[]): string[] => fields.map((field) => field.key);

test('the form shows the fields of the post in their order, then offers what is missing', () => {
  const shown = formFields(details(text('layout', null, 'post'), text('title', 'title', 'A')));
  expect(keys(shown)).toEqual(['layout', 'title', 'date', 'tags', 'draft']);
});

test('a field that a post calls otherwise is not offered twice', () => {
  const shown = formFields(details(text('keywords', 'tags', 'a')));
  expect(shown.filter((field) => field.role === 'tags')).toHaveLength(1);
});

test('a field stays where it was shown when the post gets it', () => {
  const before = formFields(details());
  const names = before.map((field) => nameOf(field.path));
  const after = formFields(details(text('tags', 'tags', 'a')), [], [], names);
  expect(keys(after)).toEqual(keys(before));
});

test('what the posts of the site have is offered in their order', () => {
  const site = [
    usual('layout', { values: ['post', 'page'] }),
    usual('title', { role: 'title' }),
    usual('weight', { shape: 'number' }),
    usual('date', { role: 'date', shape: 'date' }),
    usual('math', { shape: 'boolean', common: false }),
  ];
  const shown = formFields(details(text('title', 'title', 'A'), text('own', null, 'x')), site);
  expect(keys(shown)).toEqual(['layout', 'title', 'weight', 'date', 'own', 'tags', 'draft']);
  expect(shown.map((field) => field.shape)).toEqual([
    'text',
    'text',
    'number',
    'date',
    'text',
    'list',
    'boolean',
  ]);
  expect(shown[0]?.known).toEqual(['post', 'page']);
  expect(furtherFields(site, shown)).toEqual(['math']);
  expect(keys(formFields(details(text('title', 'title', 'A')), site, [['math']]))).toContain('math');
});

test("Zola's tags are offered where they stand", () => {
  const site = [
    usual('title', { role: 'title' }),
    usual('taxonomies.tags', { role: 'tags', shape: 'list', values: ['rust'] }),
    usual('extra.toc', { shape: 'boolean' }),
  ];
  const shown = formFields(details(text('title', 'title', 'A')), site);
  expect(keys(shown)).toEqual(['title', 'taxonomies', 'extra', 'date', 'draft']);
  const tags = shown[1]?.inner[0];
  expect([tags?.path, tags?.shape, tags?.known]).toEqual([['taxonomies', 'tags'], 'list', ['rust']]);
  const own: Field = {
    ...text('taxonomies', null, ''),
    value: { shape: 'table', value: [{ ...text('tags', 'tags', 'a'), path: ['taxonomies', 'tags'] }] },
  };
  const table = formFields(details(own), site).find((field) => field.key === 'taxonomies');
  expect(table?.inner.map((field) => [field.key, field.present])).toEqual([['tags', true]]);
});

test('one tag as a text is a list of one', () => {
  expect(itemsOf(text('tags', 'tags', 'rust'))).toEqual(['rust']);
  expect(itemsOf(undefined)).toEqual([]);
});
