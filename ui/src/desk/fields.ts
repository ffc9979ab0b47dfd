import type { Details, Field, FieldRole, UsualField, UsualShape } from '../wire/types';

/** What a field of the form is edited with. */
export type FieldShape = UsualShape | 'table' | 'source';

/** A field as the form shows it: one of the post's, or one that is offered to it. */
export interface FormField extends Field {
  shape: FieldShape;
  /** What the site's posts have in this field, for completion. */
  known: readonly string[];
  /** The fields inside a table. */
  inner: FormField[];
  /** Whether the post has it. */
  present: boolean;
}

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

const shapesOfRoles: Partial<Record<FieldRole, UsualShape>> = {
  date: 'date',
  tags: 'list',
  categories: 'list',
  draft: 'boolean',
};

/** Offered even where the site's posts have them not. */
const offered: readonly FieldRole[] = ['title', 'date', 'tags', 'draft'];

/** A name of a field that tells it from all others. */
export function nameOf(path: readonly string[]): string {
  return path.join('\u{0}');
}

/**
 * The fields of the form: the post's own in their order, and among them, in the site's order, those that its posts
 * usually have and this one has not. `wanted` are more paths to offer. Keys that the form showed before stay in their
 * places: a field must not move away under the writer's hands.
 */
export function formFields(
  details: Details,
  usual: readonly UsualField[] = [],
  wanted: readonly (readonly string[])[] = [],
  shownBefore: readonly string[] = [],
): FormField[] {
  const roles = new Set(usual.map((field) => field.role));
  const byRole = offered
    .filter((role) => !roles.has(role))
    .map((role) => offer([usualKeys[role]], role, shapesOfRoles[role] ?? 'text'));
  const more = wanted.map((path) => usual.find((field) => same(field.path, path)) ?? offerKey(path));
  const all = [...usual, ...byRole, ...more];
  const isOffered = (field: UsualField) =>
    field.common ||
    (field.role !== null && offered.includes(field.role)) ||
    wanted.some((path) => same(path, field.path));
  const has = rolesIn(details.fields);
  const missing = all.filter(
    (field) =>
      isOffered(field) && !at(details.fields, field.path) && (field.role === null || !has.has(field.role)),
  );
  const fields = merged(details.fields, missing, usual, []);
  const kept = shownBefore.flatMap((key) => fields.find((field) => nameOf(field.path) === key) ?? []);
  return [...kept, ...fields.filter((field) => !kept.includes(field))];
}

/** The field of a role, if the post has it: at the top, or where Zola has its tags. */
export function fieldOf(details: Details, role: FieldRole): Field | undefined {
  const inner = details.fields.flatMap((field) => (field.value.shape === 'table' ? field.value.value : []));
  return [...details.fields, ...inner].find((field) => field.role === role);
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

/** The usual fields that a post has not and that the form does not offer by itself. */
export function furtherFields(usual: readonly UsualField[], shown: readonly FormField[]): string[] {
  const names = new Set(flat(shown).map((field) => nameOf(field.path)));
  return usual.filter((field) => !names.has(nameOf(field.path))).map((field) => field.path.join('.'));
}

function flat(fields: readonly FormField[]): FormField[] {
  return fields.flatMap((field) => [field, ...flat(field.inner)]);
}

function offer(path: readonly string[], role: FieldRole | null, shape: UsualShape): UsualField {
  return { path: [...path], role, shape, common: true, values: [] };
}

/** A field by its key alone, which may be one that all sites use. */
function offerKey(path: readonly string[]): UsualField {
  const roles = Object.entries(usualKeys) as [FieldRole, string][];
  const role = roles.find(([, key]) => path.length === 1 && path[0] === key)?.[0] ?? null;
  return offer(path, role, (role && shapesOfRoles[role]) ?? 'text');
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return nameOf(one) === nameOf(other);
}

function at(fields: readonly Field[], path: readonly string[]): Field | undefined {
  const [key, ...rest] = path;
  const found = fields.find((field) => field.key === key);
  if (!found || rest.length === 0) return found;
  return found.value.shape === 'table' ? at(found.value.value, rest) : undefined;
}

function rolesIn(fields: readonly Field[]): Set<FieldRole> {
  const roles = new Set<FieldRole>();
  for (const field of fields) {
    if (field.role) roles.add(field.role);
    if (field.value.shape === 'table') for (const role of rolesIn(field.value.value)) roles.add(role);
  }
  return roles;
}

/** The fields of a table with what is missing in it: each behind the last of those that usually stand before it. */
function merged(
  own: readonly Field[],
  missing: readonly UsualField[],
  usual: readonly UsualField[],
  table: readonly string[],
): FormField[] {
  const depth = table.length;
  const inTable = missing.filter((field) => same(field.path.slice(0, depth), table));
  const fields = own.map((field) => shown(field, inTable, usual));
  const order = usual.map((field) => nameOf(field.path.slice(0, depth + 1)));
  for (const field of inTable) {
    const path = field.path.slice(0, depth + 1);
    if (fields.some((known) => same(known.path, path))) continue;
    const before = new Set(order.slice(0, order.indexOf(nameOf(path))));
    const last = fields.findLastIndex((known) => before.has(nameOf(known.path)));
    const isKnown = order.includes(nameOf(path));
    fields.splice(isKnown ? last + 1 : fields.length, 0, empty(field, path, inTable, usual));
  }
  return fields;
}

function shown(field: Field, missing: readonly UsualField[], usual: readonly UsualField[]): FormField {
  const habit = usual.find((known) => same(known.path, field.path));
  const inner = field.value.shape === 'table' ? merged(field.value.value, missing, usual, field.path) : [];
  return { ...field, shape: shapeOf(field, habit), known: habit?.values ?? [], inner, present: true };
}

function empty(
  field: UsualField,
  path: string[],
  missing: readonly UsualField[],
  usual: readonly UsualField[],
): FormField {
  const isTable = path.length < field.path.length;
  return {
    key: path.at(-1) ?? '',
    path,
    role: isTable ? null : field.role,
    value: isTable ? { shape: 'table', value: [] } : { shape: 'empty' },
    kind: 'text',
    locked: null,
    shape: isTable ? 'table' : field.shape,
    known: isTable ? [] : field.values,
    inner: isTable ? merged([], missing, usual, path) : [],
    present: false,
  };
}

function shapeOf(field: Field, habit: UsualField | undefined): FieldShape {
  const { value, role, kind } = field;
  const isMany = role === 'tags' || role === 'categories';
  switch (value.shape) {
    case 'boolean':
    case 'list':
    case 'table':
    case 'source':
      return value.shape;
    case 'empty':
      return habit?.shape ?? (role && shapesOfRoles[role]) ?? 'text';
    case 'text':
      if (isMany) return 'list';
      if (role === 'date') return 'date';
      // A title stays words, even one that is a day or a number.
      return role && kind !== 'lines' ? 'text' : kind;
  }
}
