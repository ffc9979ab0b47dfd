import { asWireError, type Host } from '../host/host';
import type {
  BroughtBack,
  CompareWith,
  Comparison,
  Error,
  KeptRevision,
  ParagraphHistory,
} from '../wire/types';
import type { OpenPost } from './open-post.svelte';

/** What a post was: its kept revisions, and what differs between one of them and another text. */
export class History {
  readonly open: OpenPost;
  /** The newest first; none until they came. */
  revisions = $state.raw<readonly KeptRevision[] | null>(null);
  /** The number of the one that is looked at. */
  chosen = $state.raw<number | null>(null);
  with = $state.raw<CompareWith>('now');
  comparison = $state.raw<Comparison | null>(null);
  failure = $state.raw<Error | null>(null);
  /** Something is being brought back. */
  working = $state(false);
  #host: Host;
  #asked = 0;

  constructor(host: Host, open: OpenPost) {
    this.#host = host;
    this.open = open;
  }

  /** The revision that is looked at. */
  get revision(): KeptRevision | null {
    return this.revisions?.find(({ number }) => number === this.chosen) ?? null;
  }

  /** Asks for the revisions, and shows the newest that differs from now. */
  async begin(): Promise<void> {
    await this.#trying(async () => {
      await this.open.session.settled();
      await this.#list();
      const newest = this.revisions?.[0];
      if (newest) await this.choose(newest.number);
    });
  }

  async choose(number: number): Promise<void> {
    this.chosen = number;
    await this.#compare();
  }

  /** Goes to the revision that is so many older. */
  async step(older: number): Promise<void> {
    const revisions = this.revisions ?? [];
    const here = revisions.findIndex(({ number }) => number === this.chosen);
    const next = revisions[Math.max(0, Math.min(revisions.length - 1, here + older))];
    if (next && next.number !== this.chosen) await this.choose(next.number);
  }

  async compareWith(other: CompareWith): Promise<void> {
    this.with = other;
    await this.#compare();
  }

  /** Brings the revision back that is looked at; answers whether it did. */
  bringBack(): Promise<boolean> {
    return this.#bringBack({ part: 'whole', with: {} });
  }

  /** Brings one difference back; the others stay, and are shown anew. */
  async bringBackDifference(difference: number): Promise<void> {
    const { comparison } = this;
    if (!comparison) return;
    const { revision } = comparison;
    await this.#bringBack({ part: 'difference', with: { difference, revision } });
    await this.#trying(() => this.#list());
    await this.#compare();
  }

  /** Names a revision, or the post as it is. */
  async name(number: number | null, name: string): Promise<void> {
    await this.#trying(async () => {
      await this.open.session.settled();
      const { post } = this.open;
      const { revisions } = await this.#host.call('name_revision', { post, number, name });
      this.revisions = revisions;
      const newest = revisions[0];
      if (number === null && newest) await this.choose(newest.number);
    });
  }

  async #bringBack(part: BroughtBack): Promise<boolean> {
    const { chosen } = this;
    if (chosen === null || this.working) return false;
    this.working = true;
    const done = await this.#trying(() => this.open.bringBack(chosen, part));
    this.working = false;
    return done;
  }

  async #list(): Promise<void> {
    this.revisions = (await this.#host.call('history', { post: this.open.post })).revisions;
  }

  async #compare(): Promise<void> {
    const { chosen } = this;
    if (chosen === null) return;
    const asked = ++this.#asked;
    try {
      await this.open.session.settled();
      const { post } = this.open;
      const compared = await this.#host.call('compare_revision', { post, number: chosen, with: this.with });
      // The last question has the last word.
      if (asked === this.#asked) [this.comparison, this.failure] = [compared, null];
    } catch (failure) {
      if (asked === this.#asked) [this.comparison, this.failure] = [null, asWireError(failure)];
    }
  }

  async #trying(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      this.failure = null;
      return true;
    } catch (failure) {
      this.failure = asWireError(failure);
      return false;
    }
  }
}

/** What the paragraph at the cursor said before. */
export class ParagraphPast {
  readonly open: OpenPost;
  found = $state.raw<ParagraphHistory | null>(null);
  failure = $state.raw<Error | null>(null);
  #host: Host;
  #at: number;

  constructor(host: Host, open: OpenPost) {
    this.#host = host;
    this.open = open;
    this.#at = open.selection.head;
  }

  async begin(): Promise<void> {
    try {
      await this.open.session.settled();
      this.found = await this.#host.call('paragraph_history', { post: this.open.post, at: this.#at });
    } catch (failure) {
      this.failure = asWireError(failure);
    }
  }

  /** Puts a former wording in the paragraph's place; answers whether it did. */
  async bringBack(number: number): Promise<boolean> {
    try {
      await this.open.bringBack(number, { part: 'paragraph', with: this.#at });
      return true;
    } catch (failure) {
      this.failure = asWireError(failure);
      return false;
    }
  }
}
