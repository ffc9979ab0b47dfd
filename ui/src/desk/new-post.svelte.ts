import { asWireError, type Host } from '../host/host';
import type { BegunPost, Error, OfferedSlugs, TemplateRow } from '../wire/types';

/** A new post for a site that is about to begin: its title, and what it begins with. */
export class NewPost {
  readonly site: number;
  readonly name: string;
  title = $state('');
  templates = $state.raw<TemplateRow[]>([]);
  /** The template that is chosen; none for the way of the site's posts. */
  template = $state.raw<number | null>(null);
  /** The slug that the writer chose; none for the title's own. */
  slug = $state<string | null>(null);
  offered = $state.raw<OfferedSlugs>({ offers: [], can_be_chosen: false });
  failure = $state.raw<Error | null>(null);
  #host: Host;
  #beginning = false;

  constructor(host: Host, site: number, name: string) {
    this.#host = host;
    this.site = site;
    this.name = name;
    void this.#list();
    void this.offerSlugs();
  }

  /** Asks which slugs the title as typed so far gives. */
  async offerSlugs(): Promise<void> {
    const { site, title } = this;
    const offered = await this.#host.call('offer_slugs', { site, title }).catch(() => null);
    if (offered && title === this.title) this.offered = offered;
  }

  /** Begins the post; none when that failed, and then `failure` says why. */
  async begin(): Promise<BegunPost | null> {
    if (this.#beginning) return null;
    this.#beginning = true;
    const { site, title, template, slug } = this;
    let begun: BegunPost | null = null;
    await this.#trying(async () => {
      begun = await this.#host.call('new_site_post', { site, title, template, slug });
    });
    this.#beginning = false;
    return begun;
  }

  async renameTemplate(name: string): Promise<void> {
    const { template } = this;
    if (template === null) return;
    await this.#trying(() => this.#host.call('rename_template', { template, name }));
    await this.#list();
  }

  async removeTemplate(): Promise<void> {
    const { template } = this;
    if (template === null) return;
    await this.#trying(() => this.#host.call('remove_template', { template }));
    this.template = null;
    await this.#list();
  }

  async #list(): Promise<void> {
    await this.#trying(async () => {
      this.templates = (await this.#host.call('list_templates', { site: this.site })).templates;
    }, false);
  }

  async #trying(act: () => Promise<unknown>, clears = true): Promise<void> {
    try {
      await act();
      if (clears) this.failure = null;
    } catch (failure) {
      this.failure = asWireError(failure);
    }
  }
}
