/** What can be named in a post: asked for when something of the kind is being written. */
import type { CompletionContext } from '@codemirror/autocomplete';
import { Facet } from '@codemirror/state';

import type { Generator } from '../../wire/types';

export interface Offers {
  generator: Generator | null;
  /** The posts of the site, with the addresses to write. */
  posts: { title: string; address: string }[];
  /** The headings of the post itself, with their ids. */
  headings: { title: string; id: string }[];
  /** References to images. */
  images: string[];
  /** What the site adds to its generator's macros, and whether each takes content. */
  macros: { name: string; hasContent: boolean }[];
  tags: string[];
}

export type AskForOffers = () => Promise<Offers>;

export const nothingOffered: Offers = {
  generator: null,
  posts: [],
  headings: [],
  images: [],
  macros: [],
  tags: [],
};

/** Where offers come from. */
export const offersFrom = Facet.define<AskForOffers, AskForOffers>({
  combine: ([ask]) => ask ?? (() => Promise.resolve(nothingOffered)),
});

/** What is offered in the place of a completion; nothing if it cannot be found out. */
export async function offersFor({ state }: CompletionContext): Promise<Offers> {
  try {
    return await state.facet(offersFrom)();
  } catch {
    // Without offers the writer goes on writing.
    return nothingOffered;
  }
}
