import { SvelteMap } from 'svelte/reactivity';
import type { Host } from '../host/host';
import type { DraftRow, SitePostRow, SiteRow, Started } from '../wire/types';
import type { MessageList } from './messages.svelte';

/** The lists of the library: drafts, trash, sites and their posts, kept in step with the core. */
export class Library {
  drafts = $state.raw<DraftRow[]>([]);
  /** None until the trash is looked at. */
  trash = $state.raw<DraftRow[] | null>(null);
  sites = $state.raw<SiteRow[]>([]);
  /** The posts of the sites that were looked at. */
  sitePosts = new SvelteMap<number, SitePostRow[]>();
  #host: Host;
  #messages: MessageList;
  #asked = new Map<string, number>();

  constructor(host: Host, messages: MessageList) {
    this.#host = host;
    this.#messages = messages;
  }

  begin(started: Started): void {
    this.drafts = started.drafts;
    this.sites = started.sites;
  }

  site(site: number): SiteRow | undefined {
    return this.sites.find((row) => row.site === site);
  }

  /** Tags in use: of the site, or of all drafts. */
  tags(site: number | null): string[] {
    const rows = site === null ? this.drafts : (this.sitePosts.get(site) ?? []);
    return [...new Set(rows.flatMap((row) => row.tags))].sort((one, other) => one.localeCompare(other));
  }

  async listDrafts(): Promise<void> {
    await this.#newest(
      'drafts',
      this.#host.call('list_drafts', { trashed: false }),
      (list) => (this.drafts = list.drafts),
    );
    if (this.trash !== null) await this.listTrash();
  }

  async listTrash(): Promise<void> {
    await this.#newest(
      'trash',
      this.#host.call('list_drafts', { trashed: true }),
      (list) => (this.trash = list.drafts),
    );
  }

  async listSites(): Promise<void> {
    await this.#newest('sites', this.#host.call('list_sites', {}), (list) => (this.sites = list.sites));
  }

  async listSitePosts(site: number): Promise<void> {
    await this.#newest(`site ${site}`, this.#host.call('list_site_posts', { site }), (list) =>
      this.sitePosts.set(site, list.posts),
    );
  }

  /** Takes an answer unless a later question for the same list was asked meanwhile. */
  async #newest<Answer>(list: string, asked: Promise<Answer>, take: (answer: Answer) => void): Promise<void> {
    const turn = (this.#asked.get(list) ?? 0) + 1;
    this.#asked.set(list, turn);
    try {
      const answer = await asked;
      if (this.#asked.get(list) === turn) take(answer);
    } catch (failure) {
      this.#messages.fail(failure);
    }
  }
}
