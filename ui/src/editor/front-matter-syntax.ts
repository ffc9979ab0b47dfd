/**
 * Front matter in the syntax of a post: what stands at its very beginning between two lines of `---` (YAML) or `+++`
 * (TOML). It is a block of the Markdown grammar, not a grammar around it, which would take the rest of the post for a
 * single leaf and read all of it again with every key.
 */
import { yamlLanguage } from '@codemirror/lang-yaml';
import { parseMixed } from '@lezer/common';
import { tags } from '@lezer/highlight';
import type { BlockContext, Line, MarkdownConfig } from '@lezer/markdown';

import { parserNamed } from './named-parser';

const fieldsBetween: Readonly<Record<string, string>> = { '---': 'YamlFields', '+++': 'TomlFields' };

/** Further than this nobody writes front matter; a text that only opens one is not searched to its end. */
export const mostLinesOfFrontMatter = 400;

export const frontMatterSyntax: MarkdownConfig = {
  defineNodes: [
    { name: 'FrontMatter', block: true },
    { name: 'FrontMatterMark', style: tags.meta },
    { name: 'YamlFields' },
    { name: 'TomlFields' },
  ],
  parseBlock: [{ name: 'FrontMatter', before: 'HorizontalRule', parse: readFrontMatter }],
  wrap: parseMixed((node) => {
    if (node.name === 'YamlFields') return { parser: yamlLanguage.parser };
    const toml = node.name === 'TomlFields' ? parserNamed('toml') : null;
    return toml && { parser: toml };
  }),
};

/**
 * While the closing line is missing, all of what may be front matter is taken for it: only a block that holds the
 * place where the line will be written is read again then.
 */
function readFrontMatter(context: BlockContext, line: Line): boolean {
  const opening = line.text.trimEnd();
  const fields = fieldsBetween[opening];
  if (context.lineStart !== 0 || fields === undefined) return false;
  const marks = [context.elt('FrontMatterMark', 0, opening.length)];
  const from = line.text.length + 1;
  let to = from;
  for (let lines = 1; lines < mostLinesOfFrontMatter && context.nextLine(); lines += 1) {
    if (line.text.trimEnd() === opening) {
      marks.push(context.elt('FrontMatterMark', context.lineStart, context.lineStart + opening.length));
      context.nextLine();
      break;
    }
    to = context.lineStart + line.text.length;
  }
  if (to > from) marks.splice(1, 0, context.elt(fields, from, to));
  context.addElement(context.elt('FrontMatter', 0, context.prevLineEnd(), marks));
  return true;
}
