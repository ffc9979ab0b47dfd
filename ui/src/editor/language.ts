/**
 * Markdown after YAML front matter; the languages of fences load when a fence first names them.
 *
 * Put together from lang-markdown's parts: its own `markdown()` would bring HTML, CSS and JavaScript into the
 * first load, which the window waits for.
 */
import { markdownKeymap, markdownLanguage, pasteURLAsLink } from '@codemirror/lang-markdown';
import { yamlFrontmatter } from '@codemirror/lang-yaml';
import {
  indentUnit,
  Language,
  LanguageDescription,
  LanguageSupport,
  ParseContext,
} from '@codemirror/language';
import { languages } from '@codemirror/language-data';
import { Prec, type Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import type { Parser } from '@lezer/common';
import { parseCode, type MarkdownParser } from '@lezer/markdown';

/** The parser of a fence by its info string; while its language loads, a stand-in that is replaced by itself. */
function parserOf(info: string): Parser | null {
  const name = /^[^\s{,]+/.exec(info)?.[0];
  const found = name ? LanguageDescription.matchLanguageName(languages, name, false) : null;
  if (!found) return null;
  return found.support?.language.parser ?? ParseContext.getSkippingParser(found.load());
}

const postMarkdown = new Language(
  // The same data as lang-markdown's own language, by which its commands know that they are in Markdown.
  markdownLanguage.data,
  (markdownLanguage.parser as MarkdownParser).configure([parseCode({ codeParser: parserOf })]),
  [],
  'markdown',
);

export const postLanguage: Extension = [
  yamlFrontmatter({
    content: new LanguageSupport(postMarkdown, [Prec.high(keymap.of(markdownKeymap)), pasteURLAsLink]),
  }),
  indentUnit.of('  '),
];
