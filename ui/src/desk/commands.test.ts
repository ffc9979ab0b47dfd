import { expect, test } from 'vitest';
import { en } from '../design/language/en';
import { ko } from '../design/language/ko';
import { commandNamed, commandOf, commands } from './commands';
import { chordOf, showChord, type Pressed } from './keys';

const press = (code: string, key: string, held: Partial<Pressed> = {}): Pressed => ({
  code,
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('names and keys of commands are unique', () => {
  const names = commands.map((command) => command.name);
  expect(new Set(names).size).toBe(names.length);
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test('every titled command exists, so that the native menu finds it by name', () => {
  for (const name of Object.keys(en.commands)) expect(commandNamed(name)?.name).toBe(name);
});

test('under a Hangul layout the physical key counts', () => {
  const chord = chordOf(press('KeyS', 'ㄴ', { ctrlKey: true }), false);
  expect(chord).toBe('Mod+KeyS');
  expect(commandOf(chord)?.name).toBe('save');
  expect(commandOf(chordOf(press('KeyP', 'ㅖ', { ctrlKey: true, shiftKey: true }), false))?.name).toBe(
    'palette',
  );
});

test('a letter alone is no command, and another modifier is another chord', () => {
  expect(commandOf(chordOf(press('KeyS', 's'), false))).toBeUndefined();
  expect(commandOf(chordOf(press('KeyS', 's', { ctrlKey: true, altKey: true }), false))).toBeUndefined();
});

test('the command key is the modifier on a Mac, and Control is another', () => {
  expect(chordOf(press('KeyS', 's', { metaKey: true }), true)).toBe('Mod+KeyS');
  expect(chordOf(press('Tab', 'Tab', { ctrlKey: true }), true)).toBe('Ctrl+Tab');
  expect(commandOf('Ctrl+Tab')?.name).toBe('next_tab');
});

test('what the web view does by itself is not taken from it', () => {
  for (const code of ['KeyZ', 'KeyX', 'KeyC', 'KeyV', 'KeyA'])
    expect(commandOf(`Mod+${code}`)).toBeUndefined();
});

test('chords are shown as they are printed on the keys', () => {
  expect(showChord('Mod+Shift+KeyP', false)).toBe('Ctrl+Shift+P');
  expect(showChord('Mod+Shift+KeyP', true)).toBe('⇧⌘P');
  expect(showChord('F1', false)).toBe('F1');
});

test('no word is missing or empty in any language', () => {
  const keysOf = (words: object, path = ''): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? keysOf(value, `${path}${key}.`)
        : [`${path}${key}:${typeof value}`],
    );
  expect(keysOf(ko)).toEqual(keysOf(en));
  expect(JSON.stringify([en, ko])).not.toContain('""');
});
