import { SvelteSet } from 'svelte/reactivity';
import { asWireError, type Host } from '../host/host';
import type { BackupDraft, BackupList, BackupRow, DraftRow, Error } from '../wire/types';

/** What is under way, for the label of the progress. */
export type BackupWork = 'listing' | 'making' | 'looking' | 'taking' | 'restoring';

/** The library's backups, and what the chosen one holds. */
export class Backups {
  list = $state.raw<BackupList | null>(null);
  chosen = $state.raw<BackupRow | null>(null);
  /** What the chosen one holds; none until it was looked into. */
  drafts = $state.raw<BackupDraft[] | null>(null);
  /** The drafts that are to be brought back. */
  readonly wanted = new SvelteSet<number>();
  failure = $state.raw<Error | null>(null);
  working = $state.raw<BackupWork | null>(null);
  #host: Host;

  constructor(host: Host) {
    this.#host = host;
    void this.#doing('listing', async () => {
      this.list = await host.call('list_backups', {});
    });
  }

  make(): Promise<void> {
    return this.#doing('making', async () => {
      this.list = await this.#host.call('back_up_now', {});
    });
  }

  chooseFolder(beside_library: boolean): Promise<void> {
    return this.#doing('listing', async () => {
      this.list = await this.#host.call('choose_backup_folder', { beside_library });
      this.#letGo();
    });
  }

  /** Looks into a backup. Another may be chosen meanwhile: then its answer counts. */
  async choose(backup: BackupRow): Promise<void> {
    this.#letGo();
    this.chosen = backup;
    await this.#doing('looking', async () => {
      const { drafts } = await this.#host.call('look_into_backup', { name: backup.name });
      if (this.chosen === backup) this.drafts = drafts;
    });
  }

  /** Brings the wanted drafts back as new ones; answers them. */
  async take(): Promise<DraftRow[]> {
    const { chosen } = this;
    const posts = [...this.wanted];
    let taken: DraftRow[] = [];
    if (!chosen || posts.length === 0) return taken;
    await this.#doing('taking', async () => {
      taken = (await this.#host.call('take_from_backup', { name: chosen.name, posts })).drafts;
      this.wanted.clear();
    });
    return taken;
  }

  /** The app starts again with the chosen backup. What waits to be sent is sent before: `settled` says when. */
  async restore(settled: () => Promise<unknown>): Promise<void> {
    const { chosen } = this;
    if (!chosen) return;
    await this.#doing('restoring', async () => {
      await settled();
      await this.#host.call('restore_backup', { name: chosen.name });
    });
  }

  #letGo(): void {
    this.chosen = null;
    this.drafts = null;
    this.wanted.clear();
  }

  async #doing(work: BackupWork, act: () => Promise<void>): Promise<void> {
    this.working = work;
    try {
      await act();
      this.failure = null;
    } catch (failure) {
      this.failure = asWireError(failure);
    }
    if (this.working === work) this.working = null;
  }
}
