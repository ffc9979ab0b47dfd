import type { Details, Field, FieldRole } from '../wire/types';

/** The keys that front matter usually has for a role. */
const usualKeys: Record<FieldRole, string> = {
  title: 'title',
  date: 'date',
  tags: 'tags',
  categories: 'categories',
  draft: 'draft',
  slug: 'slug',
  description: 'description',
};

/** Offered at the top of the form even where the post has them not. */
const offered: readonly FieldRole[] = ['title', 'date', 'tags', 'draft'];

/**
 * The fields of the form: the post's own in their order, then those that are offered and that it has not.
 * Keys that the form showed before stay in their places: a field must not move away under the writer's hands.
 */
export function formFields(details: Details, shownBefore: readonly string[] = []): Field[] {
  const missing = offered.filter((role) => !details.fields.some((field) => field.role === role));
  const empty = missing.map((role): Field => ({ key: usualKeys[role], role, value: { shape: 'empty' } }));
  const fields = [...details.fields, ...empty];
  const kept = shownBefore.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  return [...kept, ...fields.filter((field) => !kept.includes(field))];
}

/** The field of a role, if the post has it. */
export function fieldOf(details: Details, role: FieldRole): Field | undefined {
  return details.fields.find((field) => field.role === role);
}

/** The items of a field that holds several, or one as a text. */
export function itemsOf(field: Field | undefined): string[] {
  if (field?.value.shape === 'list') return field.value.value;
  if (field?.value.shape === 'text' && field.value.value !== '') return [field.value.value];
  return [];
}

/** The text of a field; empty where it has none. */
export function textOf(field: Field | undefined): string {
  return field?.value.shape === 'text' || field?.value.shape === 'source' ? field.value.value : '';
}
