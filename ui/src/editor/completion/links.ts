/** Where links and images lead: posts of the site, headings, images. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

import { isVerbatim } from '../surroundings';
import { offersFor } from './offers';

const target = /!?\[[^\]]*\]\([^()\s]*$/;
const twoBrackets = /\[\[[^\]]*$/;

/** After `](`, after `](#`, after `![](`, and after `[[`. */
export async function linkTargets(context: CompletionContext): Promise<CompletionResult | null> {
  const bracketed = context.matchBefore(twoBrackets);
  const link = bracketed ?? context.matchBefore(target);
  if (!link || isVerbatim(context.state, context.state.doc.lineAt(context.pos))) return null;
  if (bracketed) return wholeLinks(context, link.from);
  const from = link.from + link.text.lastIndexOf('(') + 1;
  const written = context.state.sliceDoc(from, context.pos);
  const { posts, headings, images } = await offersFor(context);
  const validFor = /^[^()\s]*$/;
  if (link.text.startsWith('!'))
    return { from, options: images.map((label) => ({ label, type: 'image' })), validFor };
  if (written.startsWith('#')) return { from, options: headings.map(headingTarget), validFor };
  const options = posts.map(({ title, address }): Completion => ({
    label: address,
    displayLabel: title,
    detail: address,
  }));
  const titled = posts.map(({ title, address }): Completion => ({
    label: title,
    detail: address,
    apply: address,
  }));
  const isTitle = written !== '' && !/^[/.#]/.test(written);
  return { from, options: [...(isTitle ? titled : options), ...headings.map(headingTarget)], validFor };
}

function headingTarget({ title, id }: { title: string; id: string }): Completion {
  return { label: `#${id}`, displayLabel: title, detail: `#${id}` };
}

async function wholeLinks(context: CompletionContext, from: number): Promise<CompletionResult> {
  const { posts, headings } = await offersFor(context);
  const places = [...posts, ...headings.map(({ title, id }) => ({ title, address: `#${id}` }))];
  const options = places.map(({ title, address }): Completion => {
    const link = `[${title.replace(/[[\]]/g, '\\$&')}](${address.replace(/ /g, '%20')})`;
    return { label: `[[${title}`, displayLabel: title, detail: address, apply: link };
  });
  return { from, options, validFor: /^\[\[[^\]]*$/ };
}
