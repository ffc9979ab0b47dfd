/** Markdown after YAML front matter; the languages of fences load when a fence first names them. */
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { yamlFrontmatter } from '@codemirror/lang-yaml';
import { indentUnit } from '@codemirror/language';
import { languages } from '@codemirror/language-data';
import type { Extension } from '@codemirror/state';

export const postLanguage: Extension = [
  yamlFrontmatter({
    content: markdown({ base: markdownLanguage, codeLanguages: languages, completeHTMLTags: false }),
  }),
  indentUnit.of('  '),
];
