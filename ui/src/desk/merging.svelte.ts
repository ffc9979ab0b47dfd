import type { Error, OutsideConflicts, OutsideHunk, OutsidePick, OutsidePicks } from '../wire/types';
import type { OpenPost } from './open-post.svelte';

/** Choosing between a post and its file where both changed the same lines. */
export class Merging {
  readonly open: OpenPost;
  readonly hunks: readonly OutsideHunk[];
  /** The choice for each conflict, in order. */
  /** Why what was chosen could not be applied. */
  failure = $state.raw<Error | null>(null);
  picks = $state.raw<readonly (OutsidePick | null)[]>([]);
  #hash: string;

  constructor(open: OpenPost, { hash, hunks }: OutsideConflicts) {
    this.open = open;
    this.hunks = hunks;
    this.#hash = hash;
    this.picks = hunks.filter(({ kind }) => kind === 'conflict').map(() => null);
  }

  /** Whether each conflict has its choice. */
  get isDecided(): boolean {
    return this.picks.every((pick) => pick !== null);
  }

  /** The choices, to be sent. */
  get chosen(): OutsidePicks {
    return { hash: this.#hash, picks: this.picks.filter((pick) => pick !== null) };
  }

  pick(conflict: number, pick: OutsidePick): void {
    this.picks = this.picks.with(conflict, pick);
  }
}
