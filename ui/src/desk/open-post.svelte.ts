import { Text, type ChangeSet, type EditorState } from '@codemirror/state';
import type { ChangesFrom } from '../editor/index';
import type { Host } from '../host/host';
import { createPostSession, type PostSession, type Safety } from '../session/post-session';
import { fromWire } from '../session/changes';
import type {
  BroughtBack,
  Change,
  Details,
  Error,
  FieldChange,
  FindingsOfPost,
  HistoryStep,
  LinkedFile,
  OpenedPost,
  OutsideChange,
  OutsideConflicts,
  OutsidePicks,
  PostAddress,
  PreviewPatch,
  Selection,
  TextFinding,
  UndoHistory,
  UsualField,
} from '../wire/types';
import { bodyOf, countText, type Counts } from './counts';
import type { MessageList } from './messages.svelte';

/** Counting a long text takes longer than a key may; it waits for a pause. */
const countAfter = 250;

/** The editor as far as a post needs it while it is shown. */
export interface ShownText {
  apply(changes: ChangeSet, from: ChangesFrom, takesOver?: string | null): void;
  mark(findings: readonly TextFinding[]): void;
}

/** A post in a tab: its session, and what the panels show of it. */
export class OpenPost {
  /** What publishing wrote of it while it is open. */
  written: readonly string[] = [];
  readonly post: number;
  readonly session: PostSession;
  details = $state.raw() as Details;
  file = $state.raw<LinkedFile | null>(null);
  differs = $state(false);
  outside = $state.raw<OutsideChange | null>(null);
  readOnly = $state.raw<Error | null>(null);
  /** Whether the preview shows images on other machines. */
  remoteImages = $state(false);
  safety = $state.raw<Safety>('stored');
  selection = $state.raw<Selection>({ anchor: 0, head: 0 });
  /** How often the writer has paused since the post was opened: what goes through the whole text waits for it. */
  pauses = $state(0);
  counts = $state.raw<Counts>({ characters: 0, dense: 0, words: 0, minutes: 0 });
  /** Where the cursor is, from 1. */
  place = $state.raw({ line: 1, column: 1 });
  topLine = $state.raw(0);
  /** The fields that the posts of its site have. */
  usual = $state.raw<readonly UsualField[]>([]);
  /** Where it is or would be, and under which address; none while that is not known. */
  address = $state.raw<PostAddress | null>(null);
  /** What the site will show otherwise, as of the writer's last pause. */
  findings = $state.raw<readonly TextFinding[]>([]);
  /** How often the site was set otherwise while the post was open: the colours of code may be others each time. */
  siteChanges = $state(0);
  /** The editor's state with its undo history, while another tab is shown. */
  kept: EditorState | null = null;
  /** Set while the post is in the editor. */
  shown: ShownText | null = null;
  /** Set while the post is in the preview. */
  onpatch: ((patch: PreviewPatch) => void) | null = null;
  /** Set with it: the preview is another one from here on. */
  onreset: (() => void) | null = null;
  /** What can be undone of the time before it was opened, until an editor has it or the text is another. */
  past: UndoHistory | null;
  readonly #host: Host;
  #doc: Text;
  /** The merge that was asked for last: two at once would bring in the same changes twice. */
  #merging: Promise<unknown> = Promise.resolve();
  /** How often the address was asked for. */
  #asked = 0;
  /** The message that the text could not be kept. */
  #told: number | null = null;
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, opened: OpenedPost, messages: MessageList) {
    this.post = opened.post;
    this.past = opened.history;
    this.#host = host;
    this.#doc = Text.of(opened.text.split('\n'));
    this.#take(opened);
    this.selection = opened.selection;
    this.#findPlace();
    this.#count();
    this.session = createPostSession(host, opened, {
      patched: (patch) => this.onpatch?.(patch),
      details: (details) => (this.details = details),
      stored: (_revision, differs) => (this.differs = differs),
      safety: (safety) => {
        this.safety = safety;
        // What was told of text that is in memory only is no longer true.
        if (safety === 'stored' && this.#told !== null) messages.dismiss(this.#told);
      },
      failed: (error) => (this.#told = messages.fail(error)),
    });
  }

  /** The whole text. */
  get doc(): Text {
    return this.#doc;
  }

  /** The writer changed the text in the editor. */
  edited(
    changes: ChangeSet,
    doc: Text,
    selection: Selection,
    takesOver: string | null = null,
    step: HistoryStep | null = null,
  ): void {
    this.#doc = doc;
    this.past = null;
    this.selected(selection);
    this.session.edited(changes, doc, selection, takesOver, step);
    this.#countSoon();
  }

  /** The cursor moved. */
  selected(selection: Selection): void {
    this.selection = selection;
    this.#findPlace();
  }

  /** The editor took over changes that the core already has. */
  followed(doc: Text, selection: Selection): void {
    this.#doc = doc;
    this.past = null;
    this.selected(selection);
    this.#countSoon();
  }

  /** The core looked through the text. If more was typed since, it will again. */
  found({ revision, findings }: FindingsOfPost): void {
    if (!this.session.isAt(revision)) return;
    this.findings = findings;
    this.shown?.mark(findings);
  }

  /** The site is set otherwise by now: so is what the post looks like. */
  siteIsSetOtherwise(): void {
    this.siteChanges += 1;
    this.session.previewAgain();
  }

  /** Makes changes that count in the text as it is now, as an edit that can be undone. */
  async change(changes: readonly Change[]): Promise<void> {
    this.#apply(fromWire(changes, this.#doc.length), 'writer');
    await this.session.settled();
  }

  /** Changes a field of the front matter, as an edit that can be undone. */
  async changeField(path: string[], change: FieldChange): Promise<void> {
    this.#apply(await this.session.changeField(path, change), 'writer');
    await this.session.settled();
  }

  /** Asks for the fields that the posts of its site have; of `site` for a draft that belongs to none. */
  async findUsualFields(site: number | null): Promise<void> {
    const { fields } = await this.#host
      .call('usual_fields', { post: this.post, site })
      .catch(() => ({ fields: [] }));
    if (JSON.stringify(fields) !== JSON.stringify(this.usual)) this.usual = fields;
  }

  /** Asks where it is or would be published, once the core has what is typed so far. */
  async findAddress(site: number | null): Promise<void> {
    const asked = ++this.#asked;
    const address = await this.#host.call('find_address', { post: this.post, site }).catch(() => null);
    // The last question has the last word.
    if (asked === this.#asked) this.address = address;
  }

  /** Makes the text that of its file, as an edit that can be undone. */
  async readFileAgain(): Promise<void> {
    this.#apply(await this.session.readFileAgain(), 'writer');
    await this.session.settled();
    this.outside = null;
  }

  /** Brings a kept revision back or a part of it, as an edit that can be undone. */
  async bringBack(number: number, part: BroughtBack): Promise<void> {
    this.#apply(await this.session.bringBack(number, part), 'writer');
    await this.session.settled();
  }

  /**
   * Brings in what the file came to hold outside, as an edit that can be undone; the conflicts if there are any that
   * `picks` do not settle.
   */
  mergeOutside(picks: OutsidePicks | null = null): Promise<OutsideConflicts | null> {
    const merging = this.#merging.then(() => this.#mergeOutside(picks));
    this.#merging = merging.catch(() => null);
    return merging;
  }

  async #mergeOutside(picks: OutsidePicks | null): Promise<OutsideConflicts | null> {
    const merged = await this.session.mergeOutside(picks);
    if ('hunks' in merged) return merged;
    this.#apply(merged.changes, 'writer', merged.takesOver);
    await this.session.settled();
    this.outside = null;
    return null;
  }

  /** Takes over what the core made of the post. */
  adopt(opened: OpenedPost): void {
    const changes = this.session.adopt(opened);
    this.#take(opened);
    this.#apply(changes, 'core');
    this.onreset?.();
  }

  #take(opened: OpenedPost): void {
    this.details = opened.details;
    this.file = opened.file;
    this.differs = opened.differs_from_file;
    this.outside = opened.outside;
    this.readOnly = opened.read_only;
    this.remoteImages = opened.remote_images;
  }

  #apply(changes: ChangeSet, from: ChangesFrom, takesOver: string | null = null): void {
    if (changes.empty) return;
    if (this.shown) {
      this.shown.apply(changes, from, takesOver);
      return;
    }
    const doc = changes.apply(this.#doc);
    const selection = {
      anchor: changes.mapPos(this.selection.anchor),
      head: changes.mapPos(this.selection.head),
    };
    this.kept = this.kept?.update({ changes, selection }).state ?? null;
    if (from === 'writer') this.edited(changes, doc, selection, takesOver);
    else this.followed(doc, selection);
  }

  #findPlace(): void {
    const at = Math.min(this.selection.head, this.#doc.length);
    const line = this.#doc.lineAt(at);
    this.place = { line: line.number, column: at - line.from + 1 };
  }

  #countSoon(): void {
    this.#counting ??= setTimeout(() => this.#count(), countAfter);
  }

  #count(): void {
    this.#counting = undefined;
    this.pauses += 1;
    this.counts = countText(bodyOf(this.#doc.toString(), this.details.lines));
  }
}
