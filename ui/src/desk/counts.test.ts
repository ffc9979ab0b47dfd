import { expect, test } from 'vitest';
import { bodyOf, countText } from './counts';

test('Korean is counted in letters, with and without spaces, and in words between spaces', () => {
  expect(countText('안녕하세요, 세계!\n둘째 줄')).toMatchObject({ characters: 14, dense: 12, words: 4 });
});

test('letters count the same composed and decomposed', () => {
  const text = '가나다 한글 café';
  expect(countText(text.normalize('NFD'))).toEqual(countText(text.normalize('NFC')));
});

test('an emoji is one character, however it is put together', () => {
  expect(countText('👩‍👩‍👧‍👦🇰🇷👍🏽').characters).toBe(3);
  expect(countText('🙂').characters).toBe(1);
});

test('marks of Markdown alone are no words', () => {
  expect(countText('# One\n\n- two\n- 3\n\n---\n').words).toBe(3);
});

test('reading time rounds, is at least a minute, and none for nothing', () => {
  expect(countText(' \n').minutes).toBe(0);
  expect(countText('short').minutes).toBe(1);
  expect(countText('글'.repeat(5000)).minutes).toBe(10);
  expect(countText('word '.repeat(660)).minutes).toBe(3);
});

test('the front matter is not counted', () => {
  expect(bodyOf('---\ntitle: a\n---\nbody\n', 3)).toBe('body\n');
  expect(bodyOf('body', 0)).toBe('body');
  expect(bodyOf('---\n---', 2)).toBe('');
});
