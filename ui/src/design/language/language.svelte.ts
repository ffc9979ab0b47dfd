import type { Language } from '../../wire/types';
import { en, type Words } from './en';
import { ko } from './ko';

const languages: Record<Language, Words> = { en, ko };

let current = $state<Language>('en');

/** The words of the window's language. Read where it is shown, so that a change of language shows at once. */
export function say(): Words {
  return languages[current];
}

/** The window's language. */
export function spoken(): Language {
  return current;
}

/** Changes the window's language. */
export function speak(language: Language): void {
  current = language;
}
