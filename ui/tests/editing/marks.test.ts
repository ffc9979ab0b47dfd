// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import { toggleLink } from '../../src/editor/marks/link';
import { bold, code, italic, struck, toggleMark } from '../../src/editor/marks/toggle-mark';
import { after } from '../cursor-strings';

const toBold = (marked: string) => after(toggleMark(bold), marked);
const toItalic = (marked: string) => after(toggleMark(italic), marked);
const toCode = (marked: string) => after(toggleMark(code), marked);

test('a selection gets a mark and loses it again', () => {
  expect(toBold('a ⟦글⟧ b')).toBe('a **⟦글⟧** b');
  expect(toBold('a **⟦글⟧** b')).toBe('a ⟦글⟧ b');
  expect(toBold('a ⟦**글**⟧ b')).toBe('a ⟦글⟧ b');
  expect(toItalic('a **⟦글⟧** b')).toBe('a ***⟦글⟧*** b');
  expect(toItalic('a ***⟦글⟧*** b')).toBe('a **⟦글⟧** b');
  expect(toBold('a ***⟦글⟧*** b')).toBe('a *⟦글⟧* b');
  expect(after(toggleMark(struck), '⟦글⟧')).toBe('~~⟦글⟧~~');
  expect(after(toggleMark(struck), '~~⟦글⟧~~')).toBe('⟦글⟧');
});

test('marks stand at words, not at the white space that was chosen with them', () => {
  expect(toBold('a⟦ 글 ⟧b')).toBe('a⟦ **글** ⟧b');
});

test('a cursor marks its word, with the particle that belongs to it', () => {
  expect(toBold('이 실행‸은 빠르다')).toBe('이 **실행‸은** 빠르다');
  expect(toBold('‸word')).toBe('**‸word**');
  expect(toBold('word‸')).toBe('**word‸**');
  expect(toBold('a **두 낱‸말** b')).toBe('a 두 낱‸말 b');
});

test('between words marks come around the cursor, and go again', () => {
  expect(toBold('a ‸ b')).toBe('a **‸** b');
  expect(toBold('a **‸** b')).toBe('a ‸ b');
  expect(toCode('‸')).toBe('`‸`');
});

test('at the end of marked words the key goes on without the mark', () => {
  expect(toBold('a **글‸**')).toBe('a **글**‸');
  expect(toCode('`x‸` b')).toBe('`x`‸ b');
});

test('a part of marked words loses the mark alone', () => {
  expect(toBold('**하나 ⟦둘⟧ 셋**')).toBe('**하나** ⟦둘⟧ **셋**');
  expect(toBold('**⟦하나⟧ 둘**')).toBe('⟦하나⟧ **둘**');
});

test('marks inside the selection give way to those around it', () => {
  expect(toBold('⟦하나 **둘** 셋⟧')).toBe('**⟦하나 둘 셋⟧**');
});

test('every line gets marks of its own, after what begins it', () => {
  expect(toBold('⟦- [ ] 하나\n\n> 둘⟧')).toBe('⟦- [ ] **하나**\n\n> **둘⟧**');
  expect(toBold('⟦- [ ] **하나**\n\n> **둘**⟧')).toBe('⟦- [ ] 하나\n\n> 둘⟧');
});

test('every cursor and selection gets marks', () => {
  expect(toBold('⟦하나⟧ 둘 ⟦셋⟧')).toBe('**⟦하나⟧** 둘 **⟦셋⟧**');
});

test('marks come where CommonMark takes them for marks, also before a particle', () => {
  expect(toBold('앞 ⟦강조(설명)⟧는')).toBe('앞 **⟦강조(설명)⟧**&#8288;는');
  expect(toBold('앞 **⟦강조(설명)⟧**&#8288;는')).toBe('앞 ⟦강조(설명)⟧는');
  expect(toBold('앞은⟦“가”와 “나”⟧ 뒤')).toBe('앞은&#8288;**⟦“가”와 “나”⟧** 뒤');
  expect(toBold('앞 ⟦100%⟧의')).toBe('앞 **⟦100%⟧**&#8288;의');
  expect(toBold('앞 ⟦강조⟧는')).toBe('앞 **⟦강조⟧**는');
  expect(toBold('앞 ⟦강조!⟧ 뒤')).toBe('앞 **⟦강조!⟧** 뒤');
});

test('brackets around the whole stay outside where marks around them would not count', () => {
  expect(toBold('앞 ⟦“인용”⟧이다')).toBe('앞 ⟦“**인용**”⟧이다');
  expect(toBold('앞 ⟦“**인용**”⟧이다')).toBe('앞 ⟦“인용”⟧이다');
  expect(toBold('앞 ⟦“인용”⟧ 이다')).toBe('앞 **⟦“인용”⟧** 이다');
  expect(after(toggleMark(struck), '앞 ⟦(전)⟧는')).toBe('앞 ~~⟦(전)⟧~~&#8288;는');
});

test('code with backticks stands between longer runs', () => {
  expect(toCode('⟦a`b⟧')).toBe('``⟦a`b⟧``');
  expect(toCode('⟦`a⟧')).toBe('`` ⟦`a⟧ ``');
});

test('a link takes a selection as its text, an address as its address, and goes again', () => {
  const toLink = (marked: string) => after(toggleLink, marked);
  expect(toLink('⟦글⟧')).toBe('[글](‸)');
  expect(toLink('낱‸말')).toBe('[낱말](‸)');
  expect(toLink('⟦a]b⟧')).toBe('[a\\]b](‸)');
  expect(toLink('⟦https://a.example/b⟧')).toBe('[‸](https://a.example/b)');
  expect(toLink('a [글‸자](https://a.example) b')).toBe('a 글‸자 b');
});
