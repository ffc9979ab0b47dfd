import { asWireError, type Host } from '../host/host';
import type {
  ChosenImport,
  Error,
  ImportChoice,
  Imported,
  ImportedView,
  ImportProposal,
  ImportStepName,
  ProposedDraft,
} from '../wire/types';

/** What is shown of a post: its text before and after, what a step found in it, or where others may begin. */
export type ImportPage = 'text' | 'lines' | ImportStepName;

/** A text from elsewhere that the writer looks at before it becomes drafts. Nothing is made of it until it is taken. */
export class Importing {
  proposal = $state.raw<ImportProposal | null>(null);
  /** The post that is shown, by its place among the posts. */
  draft = $state.raw(0);
  view = $state.raw<ImportedView | null>(null);
  page = $state.raw<ImportPage>('text');
  failure = $state.raw<Error | null>(null);
  /** Something is being read or changed. */
  busy = $state.raw(false);
  #host: Host;
  /** The last question has the last word. */
  #asked = 0;

  constructor(host: Host, proposal: ImportProposal | null = null) {
    this.#host = host;
    if (proposal) void this.#working(() => this.#take(proposal));
  }

  get shown(): ProposedDraft | undefined {
    return this.proposal?.drafts[this.draft];
  }

  /** How many drafts would be made. */
  get taken(): number {
    return this.proposal?.drafts.filter((draft) => draft.taken).length ?? 0;
  }

  async read(text: string): Promise<void> {
    if (text.trim() === '') return;
    await this.#working(async () => this.#take(await this.#host.call('read_import', { text })));
  }

  async readFile(): Promise<void> {
    await this.#working(async () => {
      const { proposal }: ChosenImport = await this.#host.call('read_chosen_file', {});
      if (proposal) await this.#take(proposal);
    });
  }

  async choose(choice: ImportChoice): Promise<void> {
    const { proposal, draft } = this;
    if (!proposal) return;
    const line = this.shown?.line ?? 1;
    await this.#working(async () => {
      const changed = await this.#host.call('change_import', { import: proposal.import, choice });
      this.proposal = changed;
      // The post in which the writer was: seams may stand before it now that did not.
      const at = changed.drafts.findLastIndex((each) => each.line <= line);
      await this.show(
        choice.choice === 'seam' ? Math.max(0, at) : Math.min(draft, changed.drafts.length - 1),
      );
    });
  }

  async show(draft: number): Promise<void> {
    const { proposal } = this;
    if (!proposal) return;
    const asked = ++this.#asked;
    this.draft = Math.max(0, draft);
    const view = await this.#host.call('show_imported', { import: proposal.import, draft: this.draft });
    if (asked === this.#asked) this.view = view;
  }

  /** Makes the drafts; none when that failed, and then `failure` says why. */
  async take(): Promise<Imported | null> {
    const { proposal } = this;
    if (!proposal || this.busy) return null;
    let imported: Imported | null = null;
    await this.#working(async () => {
      imported = await this.#host.call('take_import', { import: proposal.import });
    });
    return imported;
  }

  /** Another text is wanted. */
  begin(): void {
    this.proposal = null;
    this.view = null;
    this.page = 'text';
    this.failure = null;
  }

  async #take(proposal: ImportProposal): Promise<void> {
    this.proposal = proposal;
    this.page = 'text';
    const first = proposal.drafts.findIndex((draft) => draft.taken);
    await this.show(Math.max(0, first));
  }

  async #working(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await act();
      this.failure = null;
    } catch (failure) {
      this.failure = asWireError(failure);
    } finally {
      this.busy = false;
    }
  }
}
