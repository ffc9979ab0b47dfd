/** Emoji by their codes: `:smile` becomes the sign, which every generator shows as it is. */
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';

import { isVerbatim } from '../surroundings';

const written = /(?:^|[^\w:`]):[a-z0-9_+-]{2,}$/;

export async function emoji(context: CompletionContext): Promise<CompletionResult | null> {
  const code = context.matchBefore(written);
  if (!code || isVerbatim(context.state, context.state.doc.lineAt(context.pos))) return null;
  const { emojiCodes } = await import('./emoji-codes');
  const from = code.from + code.text.lastIndexOf(':');
  const options = Object.entries(emojiCodes).map(([name, sign]) => ({
    label: `:${name}:`,
    detail: sign,
    apply: sign,
  }));
  return { from, options, validFor: /^:[a-z0-9_+-]*$/ };
}
