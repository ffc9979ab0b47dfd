import { SvelteMap } from 'svelte/reactivity';
import { asWireError, type Host } from '../host/host';
import type { SiteRepository } from '../wire/types';

/** What git says of the sites, asked when it may have changed, and for each site once at a time. */
export class GitStates {
  readonly states = new SvelteMap<number, SiteRepository>();
  #host: Host;
  /** Sites that are being asked about; true if they are to be asked about once more after that. */
  #asking = new Map<number, boolean>();

  constructor(host: Host) {
    this.#host = host;
  }

  async ask(site: number): Promise<void> {
    if (this.#asking.has(site)) {
      this.#asking.set(site, true);
      return;
    }
    do {
      this.#asking.set(site, false);
      this.states.set(site, await this.#answer(site));
    } while (this.#asking.get(site));
    this.#asking.delete(site);
  }

  async #answer(site: number): Promise<SiteRepository> {
    try {
      return await this.#host.call('ask_git', { site });
    } catch (failure) {
      return { is: 'failed', with: asWireError(failure) };
    }
  }
}
