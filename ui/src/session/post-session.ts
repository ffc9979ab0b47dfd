/**
 * One open post as the core knows it: what was sent, what waits, what is stored.
 *
 * At most one request is under way. What is typed meanwhile is composed into one edit, so a slow core is asked
 * less often and never falls behind. A key that finds nothing under way goes out at once.
 *
 * No DOM and no editor view in this folder: texts and change sets only.
 */
import { ChangeSet, Text } from '@codemirror/state';

import { asWireError, type Host } from '../host/host';
import type {
  Applied,
  BroughtBack,
  Change,
  Details,
  Edited,
  Error,
  FieldChange,
  HistoryStep,
  OpenedPost,
  OutsideConflicts,
  OutsidePicks,
  PreviewPatch,
  Selection,
  Stale,
  StoreFailed,
  Stored,
} from '../wire/types';
import { BlockList } from './block-list';
import { cutsCharacter, difference, fromWire, toWire } from './changes';

/** Where the text is: on disk, on its way there, or in memory only because storing failed. */
export type Safety = 'stored' | 'storing' | 'failed';

/** Where a session tells what it learns. */
export interface SessionOutlets {
  /** The preview's next patch. */
  patched(patch: PreviewPatch): void;
  /** What the front matter says now. */
  details(details: Details): void;
  /** Everything up to a revision is on disk. */
  stored(revision: number, differsFromFile: boolean): void;
  /** The safety of the text changed. */
  safety(safety: Safety): void;
  /** The text could not be handed over or not be stored. It is tried again with the next edit. */
  failed(error: Error): void;
}

export interface PostSession {
  readonly post: number;
  /** The newest revision the core acknowledged. */
  readonly revision: number;
  readonly safety: Safety;
  /**
   * An edit of the writer's: `changes` lead to `doc`. With `takesOver` they bring in what the post's file holds under
   * that hash, and the core learns it with this very edit. `step` says that it is an undo or a redo.
   */
  edited(
    changes: ChangeSet,
    doc: Text,
    selection: Selection,
    takesOver?: string | null,
    step?: HistoryStep | null,
  ): void;
  /** Resolves when the core has everything typed so far; rejects with the error that keeps it from it. */
  settled(): Promise<void>;
  /** The changes that change a field, for the text as it is in the editor when this resolves. */
  changeField(path: string[], change: FieldChange): Promise<ChangeSet>;
  /** The changes that make the text its file's, for the text as it is in the editor when this resolves. */
  readFileAgain(): Promise<ChangeSet>;
  /** The changes that bring in what the post's file came to hold, or the conflicts that `picks` do not settle. */
  mergeOutside(picks: OutsidePicks | null): Promise<TakenOver | OutsideConflicts>;
  /** The changes that bring a kept revision back or a part of it, for the text as it is when this resolves. */
  bringBack(number: number, part: BroughtBack): Promise<ChangeSet>;
  /**
   * Takes over what the core made of the post by itself, as publishing does. The changes that come back bring the
   * editor up to date; they are the core's own and must not come in again through `edited`.
   */
  adopt(opened: OpenedPost): ChangeSet;
  /** The whole preview, as a patch of an empty one. */
  preview(): PreviewPatch;
  /** Asks for the preview anew, because the site is set otherwise. What is typed meanwhile waits for the answer. */
  previewAgain(): void;
  /** Whether the editor's text is the core's at this revision, so that places in it are places here. */
  isAt(revision: number): boolean;
  /** Passes on the core's event. */
  keptUpTo(stored: Stored): void;
  /** Passes on the core's event. */
  notKept(failure: StoreFailed): void;
}

/** How long the core rests between colours that an answer had no time for, in ms. */
const COLOUR_REST = 40;
/** How often an answer that came too late is asked for again. */
const ATTEMPTS = 5;

export function createPostSession(host: Host, opened: OpenedPost, outlets: SessionOutlets): PostSession {
  return new Session(host, opened, outlets);
}

/** Changes to apply, for the text as it is in the editor, and what they take over of the post's file. */
export interface TakenOver {
  changes: ChangeSet;
  takesOver: string;
}

/** What goes to the core at once. */
interface Delivery {
  /** The whole text instead of changes. */
  whole: boolean;
  /** A second attempt after the first failed; when it fails too, there is no third. */
  recovering: boolean;
  changes: Change[];
  doc: Text;
  /** The core's text before. */
  from: Text;
  takesOver: string | null;
  step: HistoryStep | null;
}

class Session implements PostSession {
  readonly post: number;
  #host: Host;
  #outlets: SessionOutlets;
  #blocks = new BlockList();
  /** The core's revision, and the text it has at that revision. */
  #base: number;
  #known: Text;
  /** The editor's text, and what leads to it from what was sent last. */
  #doc: Text;
  #waiting: ChangeSet;
  #selection: Selection;
  /** What the edits that the core does not have yet take over of the post's file. */
  #takesOver: string | null = null;
  /** What waits, if it is nothing but undos, or nothing but redos. */
  #step: HistoryStep | null = null;
  #sending = false;
  /** What is under way asks for colours alone. */
  #colouring = false;
  /** The core's text is unknown, so the next thing to send is all of ours. */
  #lost = false;
  /** A reply is missing, and with it perhaps a patch: the core's block list is unknown. */
  #patchMissing = false;
  /** The preview is that of older settings of the site. */
  #outdated = false;
  /** The request for the preview that is under way; its answer counts only while it stands here. */
  #renewing: object | null = null;
  /** Sending failed twice; only the next edit or a question tries again. */
  #resting = false;
  #storedRevision: number;
  #failure: Error | null = null;
  #safety: Safety = 'stored';
  #settling: { resolve: () => void; reject: (error: Error) => void }[] = [];
  /** Edits since a question was asked, for each question under way. */
  #trails = new Set<{ since: ChangeSet }>();

  constructor(host: Host, opened: OpenedPost, outlets: SessionOutlets) {
    this.post = opened.post;
    this.#host = host;
    this.#outlets = outlets;
    this.#base = opened.revision;
    this.#storedRevision = opened.revision;
    this.#doc = this.#known = textOf(opened.text);
    this.#waiting = ChangeSet.empty(this.#doc.length);
    this.#selection = opened.selection;
    this.#blocks.apply(opened.preview);
    this.#colourOn(opened.preview);
  }

  get revision(): number {
    return this.#base;
  }

  get safety(): Safety {
    return this.#safety;
  }

  edited(
    changes: ChangeSet,
    doc: Text,
    selection: Selection,
    takesOver: string | null = null,
    step: HistoryStep | null = null,
  ): void {
    this.#selection = selection;
    if (changes.empty) return;
    this.#step = this.#waiting.empty || this.#step === step ? step : null;
    this.#takesOver = takesOver ?? this.#takesOver;
    this.#waiting = this.#waiting.compose(changes);
    this.#doc = doc;
    for (const trail of this.#trails) trail.since = trail.since.compose(changes);
    this.#resting = false;
    this.#send();
    this.#weighSafety();
  }

  settled(): Promise<void> {
    if (this.#isSettled()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#settling.push({ resolve, reject });
      this.#resting = false;
      this.#send();
    });
  }

  async changeField(path: string[], change: FieldChange): Promise<ChangeSet> {
    const { post } = this;
    const asked = await this.#ask((base) => this.#host.call('change_field', { post, base, path, change }));
    return asked.now(asked.answer.with);
  }

  async readFileAgain(): Promise<ChangeSet> {
    const { post } = this;
    const asked = await this.#ask((base) => this.#host.call('read_file_again', { post, base }));
    return asked.now(asked.answer.with);
  }

  async mergeOutside(picks: OutsidePicks | null): Promise<TakenOver | OutsideConflicts> {
    const { post } = this;
    const { answer, now } = await this.#ask((base) =>
      this.#host.call('merge_outside', { post, base, picks }),
    );
    if (answer.result === 'conflicts') return answer.with;
    return { changes: now(answer.with.changes), takesOver: answer.with.takes_over };
  }

  async bringBack(number: number, part: BroughtBack): Promise<ChangeSet> {
    const { post } = this;
    const asked = await this.#ask((base) => this.#host.call('bring_back', { post, base, number, part }));
    return asked.now(asked.answer.with);
  }

  adopt(opened: OpenedPost): ChangeSet {
    const theirs = fromWire(difference(this.#known.toString(), opened.text), this.#known.length);
    const bringUp = theirs.map(this.#waiting, true);
    // This is newer than what a request for the preview that is under way will answer.
    this.#renewing = null;
    // An edit that is under way counts in a text that is gone; after its answer only all of ours will do.
    if (this.#sending) this.#lost = true;
    this.#waiting = this.#waiting.map(theirs);
    this.#known = textOf(opened.text);
    this.#base = opened.revision;
    this.#storedRevision = Math.max(this.#storedRevision, opened.revision);
    this.#doc = bringUp.apply(this.#doc);
    for (const trail of this.#trails) trail.since = trail.since.compose(bringUp);
    this.#show(this.#blocks.replacedBy(opened.preview));
    this.#outlets.details(opened.details);
    this.#weighSafety();
    return bringUp;
  }

  preview(): PreviewPatch {
    return this.#blocks.whole();
  }

  previewAgain(): void {
    this.#outdated = true;
    this.#send();
  }

  isAt(revision: number): boolean {
    return this.#isSettled() && revision === this.#base;
  }

  keptUpTo(stored: Stored): void {
    this.#storedRevision = Math.max(this.#storedRevision, stored.revision);
    if (!this.#lost) this.#failure = null;
    this.#outlets.stored(stored.revision, stored.differs_from_file);
    this.#weighSafety();
  }

  notKept(failure: StoreFailed): void {
    this.#fail(failure.error);
  }

  #isSettled(): boolean {
    return (!this.#sending || this.#colouring) && !this.#lost && this.#waiting.empty;
  }

  #send(): void {
    if (this.#sending || this.#renewing || this.#resting) return;
    if (this.#isSettled()) {
      if (this.#outdated) void this.#renew();
      return;
    }
    const changes = toWire(this.#waiting);
    const doc = this.#doc;
    const recovering = this.#lost;
    const whole = recovering || cutsCharacter(changes, this.#known);
    const from = this.#known;
    this.#known = doc;
    this.#waiting = ChangeSet.empty(doc.length);
    this.#sending = true;
    void this.#deliver({
      whole,
      recovering,
      changes,
      doc,
      from,
      takesOver: this.#takesOver,
      step: this.#step,
    });
  }

  async #deliver({ whole, recovering, changes, doc, from, takesOver, step }: Delivery): Promise<void> {
    try {
      const edited = whole
        ? await this.#sendWhole(doc, takesOver)
        : await this.#sendChanges(changes, takesOver, step);
      this.#sending = false;
      if (edited.result === 'applied') {
        if (this.#takesOver === takesOver) this.#takesOver = null;
        this.#applied(edited.with, whole);
      } else this.#staleAfter(recovering, edited.with);
    } catch (failure) {
      this.#sending = false;
      this.#notDelivered(recovering, asWireError(failure), from);
    }
    this.#send();
    this.#settle();
    this.#weighSafety();
  }

  async #renew(): Promise<void> {
    const asked = {};
    this.#renewing = asked;
    this.#outdated = false;
    try {
      const whole = await this.#host.call('preview_again', { post: this.post });
      if (this.#renewing === asked) this.#renewed(whole);
    } catch {
      // Whether the core has another list by now is unknown: it is had again with the text.
      this.#lost = this.#patchMissing = true;
    }
    if (this.#renewing === asked) this.#renewing = null;
    this.#send();
    this.#weighSafety();
  }

  #renewed(whole: PreviewPatch): void {
    if (whole.revision === this.#base) this.#show(this.#blocks.replacedBy(whole));
    else this.#staleAfter(false, { revision: whole.revision });
  }

  /** Code that there was no time to colour gets its colours with the answer to an edit of nothing. */
  async #askForColours(): Promise<void> {
    if (this.#sending || this.#renewing || !this.#isSettled()) return;
    this.#sending = this.#colouring = true;
    try {
      const edited = await this.#sendChanges([], null, null);
      this.#sending = this.#colouring = false;
      if (edited.result === 'applied') this.#applied(edited.with, false);
      else this.#staleAfter(false, edited.with);
    } catch {
      // A patch may be missing now; the next edit sends everything and hears why.
      this.#sending = this.#colouring = false;
      this.#lost = true;
      this.#patchMissing = true;
    }
    this.#send();
    this.#settle();
    this.#weighSafety();
  }

  #sendChanges(changes: Change[], takesOver: string | null, step: HistoryStep | null): Promise<Edited> {
    return this.#host.call('edit', {
      post: this.post,
      base: this.#base,
      changes,
      selection: this.#selection,
      takes_over: takesOver,
      step,
    });
  }

  async #sendWhole(doc: Text, takesOver: string | null): Promise<Edited> {
    const { post } = this;
    const text = doc.toString().toWellFormed();
    const edited = await this.#host.call('replace_text', {
      post,
      text,
      selection: this.#selection,
      takes_over: takesOver,
    });
    if (edited.result === 'stale') return edited;
    // A gap in the revisions: patches went by that never came here.
    if (!this.#patchMissing && edited.with.revision === this.#base + 1) return edited;
    const opened = await this.#host.call('open_post', { post });
    const { revision } = opened;
    if (revision !== edited.with.revision) return { result: 'stale', with: { revision } };
    this.#patchMissing = false;
    const patch = this.#blocks.replacedBy(opened.preview);
    return { result: 'applied', with: { revision, patch, details: opened.details } };
  }

  #applied(applied: Applied, whole: boolean): void {
    this.#base = applied.revision;
    if (whole) {
      this.#lost = false;
      this.#failure = null;
    }
    this.#show(applied.patch);
    if (applied.details) this.#outlets.details(applied.details);
  }

  #show(patch: PreviewPatch): void {
    this.#blocks.apply(patch);
    this.#outlets.patched(patch);
    this.#colourOn(patch);
  }

  #colourOn({ unfinished }: PreviewPatch): void {
    if (unfinished) setTimeout(() => void this.#askForColours(), COLOUR_REST);
  }

  #staleAfter(recovering: boolean, stale: Stale): void {
    this.#base = stale.revision;
    this.#patchMissing = true;
    if (recovering) this.#giveUp({ code: 'bad_request', message: 'stale', subject: null, hint: null });
    this.#lost = true;
  }

  #notDelivered(recovering: boolean, error: Error, from: Text): void {
    // The answer to an edit may have been lost after it was applied: what the core holds is unknown now.
    this.#lost = true;
    this.#patchMissing = true;
    this.#known = from;
    this.#waiting = fromWire(difference(from.toString(), this.#doc.toString()), from.length);
    if (recovering) this.#giveUp(error);
  }

  /** Tells the failure and waits for the next edit, instead of trying for ever. */
  #giveUp(error: Error): void {
    this.#resting = true;
    const waiting = this.#settling;
    this.#settling = [];
    for (const { reject } of waiting) reject(error);
    this.#fail(error);
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#outlets.failed(error);
    this.#weighSafety();
  }

  #settle(): void {
    if (!this.#isSettled()) return;
    const waiting = this.#settling;
    this.#settling = [];
    for (const { resolve } of waiting) resolve();
  }

  #weighSafety(): void {
    const stored = this.#isSettled() && this.#storedRevision >= this.#base;
    const safety: Safety = this.#failure ? 'failed' : stored ? 'stored' : 'storing';
    if (safety === this.#safety) return;
    this.#safety = safety;
    this.#outlets.safety(safety);
  }

  /**
   * Asks about the text as the core has it. `now` carries changes of it over what was typed while the answer was on
   * its way.
   */
  async #ask<Answer extends { result: string }>(
    question: (base: number) => Promise<Answer | { result: 'stale'; with: Stale }>,
  ) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await this.settled();
      const length = this.#doc.length;
      const trail = { since: ChangeSet.empty(length) };
      this.#trails.add(trail);
      try {
        const answer = await question(this.#base);
        if (answer.result !== 'stale') {
          const { since } = trail;
          const now = (changes: Change[]) => fromWire(changes, length).map(since);
          return { answer: answer as Exclude<Answer, { result: 'stale' }>, now };
        }
        this.#lostUnlessTyped(trail.since);
      } finally {
        this.#trails.delete(trail);
      }
    }
    throw { code: 'bad_request', message: 'stale', subject: null, hint: null } satisfies Error;
  }

  /** Stale although nothing was sent since: our base is wrong. Otherwise the next base may do. */
  #lostUnlessTyped(since: ChangeSet): void {
    if (since.empty) this.#lost = true;
  }
}

function textOf(text: string): Text {
  return Text.of(text.split('\n'));
}
