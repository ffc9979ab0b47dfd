import { asWireError, type Host } from '../host/host';
import type { BuildChecked, Error, Progressed, PublishChoices } from '../wire/types';
import type { OpenPost } from './open-post.svelte';
import { Work } from './work.svelte';

const nothingChosen: PublishChoices = { slug: null, folder: null, layout: null, path: null };

/** A post as the site's own generator builds it. */
export class Building {
  readonly open: OpenPost;
  checked = $state.raw<BuildChecked | null>(null);
  failure = $state.raw<Error | null>(null);
  /** The build under way. */
  work = $state.raw<Work | null>(null);
  #host: Host;
  #site: number | null;
  #choices: PublishChoices;

  /** `site` and `choices` count for a post that is in no site yet. */
  constructor(host: Host, open: OpenPost, site: number | null, choices: PublishChoices = nothingChosen) {
    this.#host = host;
    this.open = open;
    this.#site = site;
    this.#choices = choices;
  }

  /** Builds; none of it is kept. Answers whether the writer still wants to see it. */
  async begin(): Promise<boolean> {
    if (this.work) return true;
    this.failure = null;
    try {
      await this.open.session.settled();
      const work = new Work(this.#host);
      this.work = work;
      const { post } = this.open;
      const ask = { post, site: this.#site, choices: this.#choices, work: work.id };
      this.checked = await this.#host.call('build_check', ask);
      return true;
    } catch (failure) {
      const error = asWireError(failure);
      if (error.code === 'stopped') return false;
      this.failure = error;
      return true;
    } finally {
      this.work = null;
    }
  }

  heard(progressed: Progressed): void {
    this.work?.heard(progressed);
  }
}
