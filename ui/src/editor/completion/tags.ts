/** Tags of the site's other posts, in the front matter. */
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Text } from '@codemirror/state';

import { frontMatterLines } from '../front-matter';
import { offersFor } from './offers';

/** Further up the key of a list is not looked for. */
const mostLinesUp = 60;
const inline = /^\s*"?(?:tags|keywords)"?\s*[:=]\s*\[?[^\]]*$/i;
const key = /^\s*"?([\w-]+)"?\s*[:=]/;

export async function tags(context: CompletionContext): Promise<CompletionResult | null> {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  if (line.number === 1 || line.number >= frontMatterLines(doc)) return null;
  const before = line.text.slice(0, context.pos - line.from);
  const isItem = /^\s*-\s/.test(before) && isListOfTags(doc, line.number);
  if (!isItem && !inline.test(before)) return null;
  const word = /[^\s,[\]"':=-][^,[\]"':]*$/.exec(before)?.[0] ?? '';
  if (word === '' && !context.explicit) return null;
  const written = isItem || before.length > word.length ? word : '';
  const { tags } = await offersFor(context);
  return {
    from: context.pos - written.length,
    options: tags.map((label) => ({ label })),
    validFor: /^[^,[\]"']*$/,
  };
}

function isListOfTags(doc: Text, from: number): boolean {
  for (let number = from - 1; number >= Math.max(2, from - mostLinesUp); number -= 1) {
    const name = key.exec(doc.line(number).text)?.[1];
    if (name !== undefined) return /^(?:tags|keywords)$/i.test(name);
  }
  return false;
}
