import { LanguageDescription, ParseContext } from '@codemirror/language';
import { languages } from '@codemirror/language-data';
import type { Parser } from '@lezer/common';

/** The parser of a language by one of its names; while it loads, a stand-in that is replaced by itself. */
export function parserNamed(name: string): Parser | null {
  const found = LanguageDescription.matchLanguageName(languages, name, false);
  if (!found) return null;
  return found.support?.language.parser ?? ParseContext.getSkippingParser(found.load());
}
