import { tick } from 'svelte';
import { say } from '../design/language/language.svelte';
import { asWireError, type Host } from '../host/host';
import type { Error, FoundPost, FoundSnippet, ReplacePlan, Replaced, SearchResults } from '../wire/types';
import type { Desk } from './desk.svelte';

/** As many posts are asked for at once; more when the writer comes near the last. */
const atOnce = 30;
/** A count that takes long is asked for when the writer rests. */
const countAfter = 400;

/** A row of the results: a line of a post, or its title where no line has it. */
export interface FoundRow {
  id: string;
  found: FoundPost;
  snippet: FoundSnippet | null;
  /** Whether it is the first of its post. */
  first: boolean;
}

/** Searching everything, and replacing what was found. It outlives its sheet, which then shows what it showed last. */
export class Searching {
  query = $state('');
  initials = $state(false);
  history = $state(false);
  posts = $state.raw<readonly FoundPost[]>([]);
  total = $state(0);
  isAll = $state(true);
  /** Posts that are still to be read. */
  unread = $state(0);
  asking = $state(false);
  /** What was asked for last and answered. */
  answered = $state<string | null>(null);
  failure = $state.raw<Error | null>(null);
  marked = $state(0);
  replacing = $state(false);
  replacement = $state('');
  plan = $state.raw<ReplacePlan | null>(null);
  except = $state.raw<ReadonlySet<string>>(new Set());
  working = $state(false);
  #host: Host;
  #turn = 0;
  #more = false;
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  rows = $derived<readonly FoundRow[]>(this.posts.flatMap(rowsOf));

  /** Whether there is something to look for. */
  get isEmpty(): boolean {
    return this.query.trim() === '';
  }

  type(query: string): void {
    this.query = query;
    this.plan = null;
    void this.ask();
  }

  choose(chosen: { initials?: boolean; history?: boolean; replacing?: boolean }): void {
    this.initials = chosen.initials ?? this.initials;
    this.history = chosen.history ?? this.history;
    this.replacing = chosen.replacing ?? this.replacing;
    if (this.replacing) this.history = false;
    this.plan = null;
    void this.ask();
  }

  replaceBy(replacement: string): void {
    this.replacement = replacement;
    this.plan = null;
  }

  mark(at: number): void {
    this.marked = Math.max(0, Math.min(this.rows.length - 1, at));
    if (this.marked >= this.rows.length - 10) void this.askForMore();
  }

  /** Asks anew. The last question has the last word. */
  async ask(keepsMark = false): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#counting);
    if (this.isEmpty) {
      this.#take({ posts: [], total: 0, is_all: true, unread: 0 }, null);
      return;
    }
    const most = keepsMark ? Math.max(atOnce, this.posts.length) : atOnce;
    this.asking = true;
    try {
      const results = await this.#host.call('search', { ...this.#asked, from: 0, most, count_all: false });
      if (turn !== this.#turn) return;
      this.#take(results, this.#asked.query);
      if (!keepsMark) this.marked = 0;
      else this.mark(this.marked);
      if (!results.is_all) this.#counting = setTimeout(() => void this.#count(turn), countAfter);
    } catch (failure) {
      if (turn !== this.#turn) return;
      this.#take({ posts: [], total: 0, is_all: true, unread: 0 }, null);
      this.failure = asWireError(failure);
    } finally {
      if (turn === this.#turn) this.asking = false;
    }
  }

  /** The next posts behind those that are shown. */
  async askForMore(): Promise<void> {
    if (this.#more || this.asking || (this.isAll && this.posts.length >= this.total)) return;
    const turn = this.#turn;
    this.#more = true;
    try {
      const from = this.posts.length;
      const more = await this.#host.call('search', { ...this.#asked, from, most: atOnce, count_all: false });
      if (turn !== this.#turn) return;
      this.posts = [...this.posts, ...more.posts];
      if (more.is_all || more.total > this.total) [this.total, this.isAll] = [more.total, more.is_all];
    } catch (failure) {
      if (turn === this.#turn) this.failure = asWireError(failure);
    } finally {
      this.#more = false;
    }
  }

  /** More posts were read that can be found. */
  filled(unread: number): void {
    if (this.unread === 0 && unread === 0) return;
    this.unread = unread;
    if (!this.isEmpty && !this.asking && !this.plan) void this.ask(true);
  }

  /** Shows what replacing would change. */
  async makePlan(): Promise<void> {
    await this.#work(async () => {
      this.plan = await this.#host.call('plan_replace', this.#planned);
      this.except = new Set();
    });
  }

  leave(key: string, leave: boolean): void {
    const except = new Set(this.except);
    if (leave) except.add(key);
    else except.delete(key);
    this.except = except;
  }

  /** How much is to be replaced: changes, and posts that have them. */
  get chosen(): { changes: number; posts: number } {
    const posts = (this.plan?.posts ?? []).filter(({ key }) => !this.except.has(key));
    return { changes: posts.reduce((sum, post) => sum + post.changes.length, 0), posts: posts.length };
  }

  /** Replaces what is shown; none where it could not be, and then `failure` says why. */
  async replace(): Promise<Replaced | null> {
    const { plan } = this;
    if (!plan || this.chosen.changes === 0) return null;
    let replaced: Replaced | null = null;
    await this.#work(async () => {
      const ask = { plan: this.#planned, hash: plan.hash, except: [...this.except] };
      replaced = await this.#host.call('replace_everywhere', ask);
      this.plan = null;
    });
    if (this.failure?.code === 'plan_changed') {
      const { failure } = this;
      await this.makePlan();
      this.failure ??= failure;
    }
    return replaced;
  }

  get #asked(): { query: string; initials: boolean } {
    return { query: this.history ? `${this.query} in:history` : this.query, initials: this.initials };
  }

  get #planned(): { query: string; initials: boolean; replacement: string } {
    return { query: this.query, initials: this.initials, replacement: this.replacement };
  }

  async #work(act: () => Promise<void>): Promise<void> {
    this.working = true;
    this.failure = null;
    try {
      await act();
    } catch (failure) {
      this.failure = asWireError(failure);
    } finally {
      this.working = false;
    }
  }

  async #count(turn: number): Promise<void> {
    const ask = { ...this.#asked, from: 0, most: 0, count_all: true };
    const counted = await this.#host.call('search', ask).catch(() => null);
    if (counted && turn === this.#turn) [this.total, this.isAll] = [counted.total, counted.is_all];
  }

  #take({ posts, total, is_all, unread }: SearchResults, answered: string | null): void {
    this.posts = posts;
    this.total = total;
    this.isAll = is_all;
    this.unread = unread;
    this.answered = answered;
    this.failure = null;
    this.asking = false;
  }
}

function rowsOf(found: FoundPost): FoundRow[] {
  const { post, file, revision } = found;
  const id = `${revision?.number ?? ''} ${post ?? ''} ${file?.site ?? ''} ${file?.path ?? ''}`;
  if (found.snippets.length === 0) return [{ id, found, snippet: null, first: true }];
  return found.snippets.map((snippet, at) => ({ id: `${id} ${at}`, found, snippet, first: at === 0 }));
}

/** A text in pieces: those that were asked for, and the rest. */
export function pieces(
  text: string,
  marks: readonly { from: number; to: number }[],
): { text: string; marked: boolean }[] {
  const all: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    if (from > at) all.push({ text: text.slice(at, from), marked: false });
    all.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) all.push({ text: text.slice(at), marked: false });
  return all;
}

/** Opens what was found, at the hit, which is selected. An older text opens the post as it is now. */
export async function openFound(desk: Desk, { found, snippet }: FoundRow): Promise<void> {
  const { post, file, state, revision } = found;
  if (post !== null && state === 'trashed' && !(await desk.restore(post, found.title))) return;
  if (post !== null) await desk.openDraft(post);
  else if (file) await desk.openSitePost(file.site, file.path);
  if (!snippet || revision || !desk.active) return;
  // The editor shows it then.
  await tick();
  desk.editor?.select(snippet.hit.from, snippet.hit.to);
}

/** Replaces what is shown in the sheet, and offers to take it back. */
export async function replaceShown(desk: Desk): Promise<void> {
  for (const open of desk.open.values()) await open.session.settled();
  const replaced = await desk.searching.replace();
  if (!replaced) return;
  desk.sheet = null;
  adoptAll(desk, replaced);
  const { replaced: told } = say().search;
  desk.messages.tell(told(replaced.changes, replaced.posts), {
    title: say().undo,
    run: () => void undoReplace(desk),
  });
}

/** Takes back what was replaced last. */
export async function undoReplace(desk: Desk): Promise<void> {
  try {
    for (const open of desk.open.values()) await open.session.settled();
    const undone = await desk.host.call('undo_replace', {});
    adoptAll(desk, undone);
    desk.messages.tell(say().search.undone(undone.posts));
    if (undone.left.length > 0) desk.messages.ask(say().search.left(undone.left.join(', ')), null);
  } catch (failure) {
    desk.messages.fail(failure);
  }
}

function adoptAll(desk: Desk, replaced: Replaced): void {
  for (const opened of replaced.open) desk.open.get(opened.post)?.adopt(opened);
}
