import type { Text } from '@codemirror/state';

import { asWireError, type Host } from '../host/host';
import type { Error, Mend, Published, PublishChoices, PublishPlan } from '../wire/types';
import type { OpenPost } from './open-post.svelte';

const planAfter = 150;

const nothingChosen: PublishChoices = { slug: null, folder: null, layout: null, path: null };

/** Publishing one post, from the choice of the site to the written files. */
export class Publishing {
  readonly open: OpenPost;
  site = $state.raw<number | null>(null);
  choices = $state.raw<PublishChoices>(nothingChosen);
  plan = $state.raw<PublishPlan | null>(null);
  /** Why there is no plan. */
  failure = $state.raw<Error | null>(null);
  planning = $state(false);
  /** The text that the plan was made of. */
  #planned: Text | null = null;
  writing = $state(false);
  #host: Host;
  #turn = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, open: OpenPost, site: number | null) {
    this.#host = host;
    this.open = open;
    if (site !== null) this.chooseSite(site);
  }

  /** Whether what is shown may be written. */
  get ready(): boolean {
    return this.plan !== null && this.plan.obstacle === null && !this.planning && !this.writing;
  }

  chooseSite(site: number): void {
    this.site = site;
    this.choices = nothingChosen;
    this.plan = null;
    void this.#makePlan();
  }

  /** Chooses something instead of what the plan proposes. */
  choose(chosen: Partial<PublishChoices>): void {
    this.choices = { ...this.choices, ...chosen };
    this.planning = true;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#makePlan(), planAfter);
  }

  /** Mends the writer's text by what a finding offers, and plans again; a text that has changed since is only planned again. */
  async mend({ changes }: Mend): Promise<void> {
    if (this.planning || this.writing || this.open.readOnly) return;
    this.planning = true;
    if (this.open.doc === this.#planned) await this.open.change(changes).catch(() => undefined);
    await this.#makePlan();
  }

  /** Writes what is shown; none when it could not be written, and then `failure` or a new plan says why. */
  async write(): Promise<Published | null> {
    if (!this.ready || this.site === null || this.plan === null) return null;
    this.writing = true;
    this.failure = null;
    try {
      const { post } = this.open;
      const { fingerprint } = this.plan;
      return await this.#host.call('publish', { post, site: this.site, choices: this.choices, fingerprint });
    } catch (failure) {
      const error = asWireError(failure);
      if (error.code === 'plan_changed' || error.code === 'target_exists') await this.#makePlan();
      this.failure = error;
      return null;
    } finally {
      this.writing = false;
    }
  }

  async #makePlan(): Promise<void> {
    if (this.site === null) return;
    this.#turn += 1;
    const turn = this.#turn;
    this.planning = true;
    try {
      await this.open.session.settled();
      const { post, doc } = this.open;
      const plan = await this.#host.call('plan_publish', { post, site: this.site, choices: this.choices });
      if (turn !== this.#turn) return;
      this.plan = plan;
      this.#planned = doc;
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
