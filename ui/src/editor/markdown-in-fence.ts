/**
 * Markdown inside a fence, for language-data in place of lang-markdown's `markdown()` (vite.config.ts puts it
 * there): that one function would bring HTML, CSS and JavaScript into the first load.
 */
import { markdownLanguage } from '@codemirror/lang-markdown';
import { LanguageSupport } from '@codemirror/language';

export function markdown(): LanguageSupport {
  return new LanguageSupport(markdownLanguage);
}
