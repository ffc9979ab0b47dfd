/** The languages of fences, after their backticks. */
import type { Completion, CompletionSource } from '@codemirror/autocomplete';
import { languages } from '@codemirror/language-data';

const opening = /^(?:[\s>]|[-+*]\s|\d+[.)]\s)*(?:`{3,}|~{3,}) ?[\w+#.-]*$/;
/** Names that generators know and the editor has no grammar for. */
const others = ['text', 'console', 'mermaid', 'http', 'jsonc', 'hcl', 'makefile', 'graphql'];
const frequent = new Set([
  'bash',
  'css',
  'diff',
  'go',
  'html',
  'java',
  'javascript',
  'json',
  'kotlin',
  'mermaid',
]);
for (const name of ['python', 'rust', 'sh', 'sql', 'text', 'tsx', 'typescript', 'yaml', 'js', 'ts'])
  frequent.add(name);

let known: Completion[] | null = null;

function names(): Completion[] {
  const all = new Map<string, string>(others.map((name) => [name, '']));
  for (const { name, alias } of languages) {
    for (const each of [name.toLowerCase(), ...alias]) if (/^[\w+#.-]+$/.test(each)) all.set(each, name);
  }
  return [...all].map(([label, detail]) => ({
    label,
    ...(detail.toLowerCase() === label ? {} : { detail }),
    boost: frequent.has(label) ? 1 : 0,
  }));
}

/** Nothing is offered before a letter, so that Enter after three backticks is a line end. */
export const fenceLanguages: CompletionSource = (context) => {
  const line = context.matchBefore(opening);
  if (!line) return null;
  const word = context.matchBefore(/[\w+#.-]*$/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  known ??= names();
  return { from: word.from, options: known, validFor: /^[\w+#.-]*$/ };
};
