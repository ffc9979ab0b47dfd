/**
 * Markdown with its front matter; the languages of fences load when a fence first names them.
 *
 * Put together from lang-markdown's parts: its own `markdown()` would bring HTML, CSS and JavaScript into the
 * first load, which the window waits for.
 */
import { markdownLanguage } from '@codemirror/lang-markdown';
import { indentUnit, Language, LanguageSupport } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { Parser } from '@lezer/common';
import { parseCode, type MarkdownParser } from '@lezer/markdown';

import { frontMatterSyntax } from './front-matter-syntax';
import { parserNamed } from './named-parser';

/** The parser of a fence by its info string. */
function parserOf(info: string): Parser | null {
  const name = /^[^\s{,]+/.exec(info)?.[0];
  return name === undefined ? null : parserNamed(name);
}

/** What brackets are paired with by the language of a post: see `pairs.ts`. */
const pairsInProse = { brackets: ['(', '[', '{'], before: ')]}>:;,.!?…”’」』》〉*_`~' };

const postMarkdown = new Language(
  // The same data as lang-markdown's own language, by which its commands know that they are in Markdown.
  markdownLanguage.data,
  (markdownLanguage.parser as MarkdownParser).configure([
    frontMatterSyntax,
    parseCode({ codeParser: parserOf }),
  ]),
  [],
  'markdown',
);

export const postLanguage: Extension = [
  new LanguageSupport(postMarkdown),
  postMarkdown.data.of({ closeBrackets: pairsInProse }),
  indentUnit.of('  '),
];
