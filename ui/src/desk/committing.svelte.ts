import { SvelteSet } from 'svelte/reactivity';
import { asWireError, type Host } from '../host/host';
import type { CommitPlan, Committed, Error, Progressed, Pushed } from '../wire/types';
import type { OpenPost } from './open-post.svelte';
import { Work } from './work.svelte';

/** Committing the files of one post, and pushing. */
export class Committing {
  readonly open: OpenPost;
  plan = $state.raw<CommitPlan | null>(null);
  message = $state('');
  /** Files that the writer leaves out. */
  readonly leftOut = new SvelteSet<string>();
  committed = $state.raw<Committed | null>(null);
  pushed = $state.raw<Pushed | null>(null);
  failure = $state.raw<Error | null>(null);
  /** The commit or push under way. */
  work = $state.raw<Work | null>(null);
  #host: Host;
  #written: readonly string[];

  constructor(host: Host, open: OpenPost, written: readonly string[]) {
    this.#host = host;
    this.open = open;
    this.#written = written;
  }

  /** The files that would be committed. */
  get paths(): string[] {
    return (this.plan?.files ?? []).map(({ path }) => path).filter((path) => !this.leftOut.has(path));
  }

  get canCommit(): boolean {
    return (
      this.plan !== null &&
      this.plan.obstacle === null &&
      this.work === null &&
      this.paths.length > 0 &&
      this.message.trim() !== ''
    );
  }

  /** Whether there is something to push and a place for it. */
  get canPush(): boolean {
    const waits = this.committed !== null || (this.plan?.ahead ?? 0) > 0;
    return waits && this.plan?.push_to != null && this.work === null && this.pushed === null;
  }

  async begin(): Promise<void> {
    try {
      await this.open.session.settled();
      this.plan = await this.#host.call('plan_commit', { post: this.open.post, written: [...this.#written] });
      this.message = this.plan.message;
      for (const { path, change } of this.plan.files) if (change === 'ignored') this.leftOut.add(path);
    } catch (failure) {
      this.failure = asWireError(failure);
    }
  }

  /** Commits what is chosen. */
  async commit(): Promise<void> {
    const { plan, paths, message } = this;
    if (!this.canCommit || !plan) return;
    await this.#working(async (work) => {
      this.committed = await this.#host.call('commit', { site: plan.site, paths, message, work });
    });
  }

  async push(): Promise<void> {
    const { plan } = this;
    if (!this.canPush || !plan) return;
    await this.#working(async (work) => {
      this.pushed = await this.#host.call('push', { site: plan.site, work });
    });
  }

  heard(progressed: Progressed): void {
    this.work?.heard(progressed);
  }

  async #working(act: (work: number) => Promise<void>): Promise<void> {
    const work = new Work(this.#host);
    this.work = work;
    this.failure = null;
    try {
      await act(work.id);
    } catch (failure) {
      const error = asWireError(failure);
      if (error.code !== 'stopped') this.failure = error;
    } finally {
      this.work = null;
    }
  }
}
