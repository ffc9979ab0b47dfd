import { asWireError, type Host } from '../host/host';
import type { Error, FoundHabits, SiteCorrections, SiteHabits } from '../wire/types';

/** What the form shows, each as it is found or as the writer says. */
export type Habit = keyof SiteHabits;

const nothing: SiteCorrections = {
  generator: null,
  post_folders: null,
  layout: null,
  dated_names: null,
  date_form: null,
  time_zone: null,
  list: null,
  quotes: null,
  fields: null,
  begins_as_draft: null,
};

/** The settings of one site: what was found, and what the writer says instead. Each change is kept at once. */
export class SiteSettings {
  readonly site: number;
  readonly name: string;
  known = $state.raw<FoundHabits | null>(null);
  failure = $state.raw<Error | null>(null);
  keeping = $state(false);
  #host: Host;
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: Host, site: number, name: string) {
    this.#host = host;
    this.site = site;
    this.name = name;
    void this.#ask();
  }

  /** What counts: the writer's word, else what was found. */
  get now(): SiteHabits | null {
    if (!this.known) return null;
    const { found, corrections } = this.known;
    const said = Object.entries(corrections).filter(([, value]) => value !== null);
    return { ...found, ...(Object.fromEntries(said) as Partial<SiteHabits>) };
  }

  isCorrected(habit: Habit): boolean {
    return this.known !== null && this.known.corrections[habit] !== null;
  }

  /** Says something of the site; `null` is as found again. Answers whether it was kept. */
  correct(corrections: Partial<SiteCorrections>): Promise<boolean> {
    return this.#afterTheLast(async () => {
      if (!this.known) return false;
      return this.#keep({ ...this.known.corrections, ...corrections });
    });
  }

  /** Everything as found again. */
  restoreAll(): Promise<boolean> {
    return this.#afterTheLast(() => this.#keep(nothing));
  }

  /** A change begins with what the one before it left. */
  #afterTheLast(keep: () => Promise<boolean>): Promise<boolean> {
    const kept = this.#last.then(keep);
    this.#last = kept;
    return kept;
  }

  async #keep(corrections: SiteCorrections): Promise<boolean> {
    this.keeping = true;
    try {
      await this.#host.call('correct_site', { site: this.site, corrections });
      this.failure = null;
    } catch (failure) {
      this.failure = asWireError(failure);
      return false;
    } finally {
      this.keeping = false;
    }
    await this.#ask();
    return true;
  }

  async #ask(): Promise<void> {
    try {
      this.known = await this.#host.call('site_habits', { site: this.site });
    } catch (failure) {
      this.failure = asWireError(failure);
    }
  }
}
