import { asWireError, type Host } from '../host/host';
import type { Error, PostMove, Published, PublishPlan, Renaming } from '../wire/types';
import type { OpenPost } from './open-post.svelte';

const planAfter = 150;

/** Moving one published post: to a draft, back, or to another name; from the plan to the written files. */
export class Moving {
  readonly open: OpenPost;
  readonly move: PostMove['move'];
  renaming = $state.raw<Renaming>({ slug: null, day: null, alias: true });
  plan = $state.raw<PublishPlan | null>(null);
  /** Why there is no plan. */
  failure = $state.raw<Error | null>(null);
  planning = $state(false);
  writing = $state(false);
  #host: Host;
  #turn = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, open: OpenPost, move: PostMove['move']) {
    this.#host = host;
    this.open = open;
    this.move = move;
    void this.#makePlan();
  }

  /** Whether what is shown may be written. */
  get ready(): boolean {
    return this.plan !== null && this.plan.obstacle === null && !this.planning && !this.writing;
  }

  /** Chooses another name. */
  choose(chosen: Partial<Renaming>): void {
    this.renaming = { ...this.renaming, ...chosen };
    this.planning = true;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#makePlan(), planAfter);
  }

  /** Writes what is shown; none when it could not be written, and then `failure` or a new plan says why. */
  async write(): Promise<Published | null> {
    if (!this.ready || this.plan === null) return null;
    this.writing = true;
    this.failure = null;
    try {
      const { fingerprint } = this.plan;
      return await this.#host.call('move_post', { post: this.open.post, to: this.#to(), fingerprint });
    } catch (failure) {
      const error = asWireError(failure);
      if (error.code === 'plan_changed' || error.code === 'target_exists') await this.#makePlan();
      this.failure = error;
      return null;
    } finally {
      this.writing = false;
    }
  }

  #to(): PostMove {
    return this.move === 'rename' ? { move: 'rename', with: this.renaming } : { move: this.move, with: {} };
  }

  async #makePlan(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.planning = true;
    try {
      await this.open.session.settled();
      const plan = await this.#host.call('plan_move', { post: this.open.post, to: this.#to() });
      if (turn !== this.#turn) return;
      this.plan = plan;
      this.failure = null;
    } catch (failure) {
      if (turn !== this.#turn) return;
      this.plan = null;
      this.failure = asWireError(failure);
    } finally {
      if (turn === this.#turn) this.planning = false;
    }
  }
}
