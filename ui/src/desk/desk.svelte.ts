import { SvelteMap } from 'svelte/reactivity';
import { say, speak } from '../design/language/language.svelte';
import type { EditName } from '../editor/edits';
import { asWireError, type Host } from '../host/host';
import type {
  ChangeSetting,
  CodeTheme,
  DraftRow,
  FieldChange,
  Generator,
  Imported,
  ImportProposal,
  Layout,
  OpenedPost,
  PostMove,
  Published,
  SessionState,
  Settings,
  SiteRow,
  Started,
  TabState,
} from '../wire/types';
import { base64Of } from './base64';
import { fieldOf, itemsOf } from './fields';
import { Backups } from './backups.svelte';
import { Building } from './building.svelte';
import { Committing } from './committing.svelte';
import { GitStates } from './git.svelte';
import { History, ParagraphPast } from './history.svelte';
import { Importing } from './importing.svelte';
import { Library } from './library.svelte';
import { Merging } from './merging.svelte';
import { MessageList } from './messages.svelte';
import { Moving } from './moving.svelte';
import { NewPost } from './new-post.svelte';
import { OpenPost } from './open-post.svelte';
import { Publishing } from './publishing.svelte';
import { Searching } from './searching.svelte';
import { SiteSettings } from './site-settings.svelte';

/** What the sidebar shows: the drafts, the trash, or a site. */
export type Source = 'drafts' | 'trash' | number;

/** A pasted text of fewer letters is hardly more than one post. */
const longPaste = 2_000;

/** A sheet over the desk. */
export type ShownSheet =
  | 'palette'
  | 'quick_open'
  | 'search'
  | 'save_template'
  | 'light_code_theme'
  | 'dark_code_theme'
  | 'keys'
  | 'about'
  | null;

/** What the commands need of the editor, whichever post it shows. */
export interface DeskEditor {
  focus(): void;
  /** Moves the cursor to a line and column from 1, brings it in sight and takes the focus. */
  goTo(line: number, column: number): void;
  /** Selects a stretch of the text, in UTF-16 units, brings it in sight and takes the focus. */
  select(from: number, to: number): void;
  undo(): void;
  redo(): void;
  selectAll(): void;
  find(): void;
  /** Opens the list of what was found in the text. */
  listFindings(): void;
  toNextFinding(): void;
  /** Does an edit by its name. */
  edit(name: EditName): void;
}

/** The writing desk: everything the panels show, and a function for each thing a writer does. */
export class Desk {
  readonly host: Host;
  readonly messages = new MessageList();
  readonly library: Library;
  readonly git: GitStates;
  readonly searching: Searching;
  version = $state('');
  started = $state(false);
  settings = $state.raw<Settings>({
    language: 'en',
    scheme: 'system',
    light_code_theme: '',
    dark_code_theme: '',
  });
  /** Whether the dark scheme is shown, chosen or the system's. */
  isDark = $state(false);
  /** The themes that code can be coloured by. */
  codeThemes = $state.raw<readonly CodeTheme[]>([]);
  /** The theme that the writer looks at while choosing one. */
  triedCodeTheme = $state.raw<string | null>(null);
  /** Whether the code in the preview has the colours of the post's own site. */
  codeColoursOfSite = $state(false);
  tabs = $state.raw<TabState[]>([]);
  activePost = $state.raw<number | null>(null);
  open = new SvelteMap<number, OpenPost>();
  layout = $state.raw<Layout>('split');
  sidebarFolded = $state(false);
  source = $state.raw<Source>('drafts');
  detailsOpen = $state(false);
  outlineShown = $state(false);
  split = $state(0);
  sheet = $state.raw<ShownSheet>(null);
  publishing = $state.raw<Publishing | null>(null);
  merging = $state.raw<Merging | null>(null);
  moving = $state.raw<Moving | null>(null);
  history = $state.raw<History | null>(null);
  paragraph = $state.raw<ParagraphPast | null>(null);
  committing = $state.raw<Committing | null>(null);
  building = $state.raw<Building | null>(null);
  siteSettings = $state.raw<SiteSettings | null>(null);
  backups = $state.raw<Backups | null>(null);
  newPost = $state.raw<NewPost | null>(null);
  importing = $state.raw<Importing | null>(null);
  /** What takes long just now, in words. */
  busy = $state.raw<string | null>(null);
  /** Set until the details form has taken the focus at its title. */
  titleWanted = $state(false);
  /** Set until the filter of the sidebar has taken the focus. */
  filterWanted = $state(false);
  /** Set while an editor is on the desk. */
  editor: DeskEditor | null = null;
  #opening = new Map<number, Promise<OpenPost | null>>();

  constructor(host: Host) {
    this.host = host;
    this.library = new Library(host, this.messages);
    this.git = new GitStates(host);
    this.searching = new Searching(host);
  }

  /** The post of the active tab, once it is open. */
  get active(): OpenPost | null {
    return this.activePost === null ? null : (this.open.get(this.activePost) ?? null);
  }

  /** The drafts; an open one with the title and tags that its text has by now, which the list learns of later. */
  get drafts(): DraftRow[] {
    return this.library.drafts.map((row) => {
      const details = this.open.get(row.post)?.details;
      return details ? { ...row, title: details.shown_title, tags: itemsOf(fieldOf(details, 'tags')) } : row;
    });
  }

  /** Whether there is nothing here yet. */
  get isFirstRun(): boolean {
    return (
      this.started &&
      this.tabs.length === 0 &&
      this.library.drafts.length === 0 &&
      this.library.sites.length === 0
    );
  }

  /** Starts the conversation and shows what was shown last. */
  async start(languages: string[]): Promise<void> {
    try {
      this.#begin(await this.host.call('start', { languages }));
    } catch (failure) {
      this.messages.fail(failure);
    }
  }

  #begin(started: Started): void {
    this.version = started.version;
    this.#useSettings(started.settings);
    this.codeThemes = started.code_themes;
    this.library.begin(started);
    const { session } = started;
    // A path that the app was started with may be shown before this answer is there.
    const shown = this.activePost;
    const isKnown = ({ post }: TabState): boolean => session.tabs.some((tab) => tab.post === post);
    this.tabs = [...session.tabs, ...this.tabs.filter((tab) => !isKnown(tab))];
    this.layout = session.layout;
    this.sidebarFolded = session.sidebar_folded;
    this.detailsOpen = session.details_open;
    this.split = session.split;
    if (started.active && !this.open.has(started.active.post)) this.#take(started.active);
    if (session.shown_site !== null && this.library.site(session.shown_site))
      this.showSource(session.shown_site);
    if (started.library_problem) this.messages.fail(started.library_problem);
    this.started = true;
    const active = shown ?? started.active?.post ?? session.active ?? this.tabs[0]?.post ?? null;
    if (active !== null && this.tabs.some((tab) => tab.post === active)) void this.openDraft(active);
  }

  /** What to show at the next start. */
  session(): SessionState {
    return {
      tabs: this.tabs.map((tab) => this.#tabNow(tab)),
      active: this.activePost,
      layout: this.layout,
      sidebar_folded: this.sidebarFolded,
      shown_site: typeof this.source === 'number' ? this.source : null,
      details_open: this.detailsOpen,
      split: this.split,
    };
  }

  /** The title to show for a tab. */
  titleOf(tab: TabState): string {
    return (this.open.get(tab.post)?.details.shown_title ?? tab.title) || say().untitled;
  }

  #tabNow(tab: TabState): TabState {
    const open = this.open.get(tab.post);
    if (!open) return tab;
    return {
      post: tab.post,
      title: open.details.shown_title,
      selection: open.selection,
      revision: open.session.revision,
      top_line: open.topLine,
    };
  }

  // Opening and closing

  /** Opens a post of the library in a tab, or goes to its tab. */
  async openDraft(post: number): Promise<void> {
    const row = this.library.drafts.find((draft) => draft.post === post);
    this.#showTab(post, row?.title ?? '');
    if (!this.open.has(post)) await this.#openOnce(post);
  }

  #openOnce(post: number): Promise<OpenPost | null> {
    const under = this.#opening.get(post);
    if (under) return under;
    const opening = this.host
      .call('open_post', { post })
      .then((opened) => this.#take(opened))
      .catch((failure: unknown) => {
        this.messages.fail(failure);
        this.#forgetTab(post);
        return null;
      })
      .finally(() => this.#opening.delete(post));
    this.#opening.set(post, opening);
    return opening;
  }

  async newDraft(): Promise<void> {
    await this.#trying(async () => {
      const opened = await this.host.call('new_draft', { text: '' });
      this.#show(opened);
      this.editor?.focus();
    });
  }

  async openSitePost(site: number, path: string): Promise<void> {
    await this.#trying(async () => this.#show(await this.host.call('open_site_post', { site, path })));
  }

  #show(opened: OpenedPost): void {
    if (!this.open.has(opened.post)) this.#take(opened);
    this.#showTab(opened.post, opened.details.shown_title);
  }

  #take(opened: OpenedPost): OpenPost {
    const open = new OpenPost(this.host, opened, this.messages);
    const tab = this.tabs.find(({ post }) => post === opened.post);
    if (tab) {
      const end = open.doc.length;
      open.topLine = tab.top_line;
      // The app may have ended between an edit and the next look at its cursor: then the edit knows better.
      if (opened.revision <= tab.revision)
        open.selected({
          anchor: Math.min(tab.selection.anchor, end),
          head: Math.min(tab.selection.head, end),
        });
    }
    this.open.set(opened.post, open);
    if (opened.outside === 'reload' || opened.outside === 'merge')
      void this.bringInOutside(open, opened.outside);
    return open;
  }

  #showTab(post: number, title: string): void {
    if (!this.tabs.some((tab) => tab.post === post)) {
      const tab: TabState = { post, title, selection: { anchor: 0, head: 0 }, revision: 0, top_line: 0 };
      const here = this.tabs.findIndex((other) => other.post === this.activePost);
      this.tabs = here < 0 ? [...this.tabs, tab] : this.tabs.toSpliced(here + 1, 0, tab);
    }
    this.activePost = post;
  }

  /** Closes a tab once everything typed in it is with the core; answers whether it was closed. */
  async closeTab(post: number | null = this.activePost): Promise<boolean> {
    if (post === null) return false;
    const open = this.open.get(post) ?? (await this.#opening.get(post));
    try {
      await open?.session.settled();
      this.#forgetTab(post);
      if (open) {
        await this.host.call('close_post', { post });
        void this.library.listDrafts();
      }
      return true;
    } catch (failure) {
      this.messages.fail(failure);
      return false;
    }
  }

  #forgetTab(post: number): void {
    const at = this.tabs.findIndex((tab) => tab.post === post);
    this.tabs = this.tabs.filter((tab) => tab.post !== post);
    if (this.publishing?.open.post === post) this.publishing = null;
    if (this.merging?.open.post === post) this.merging = null;
    if (this.moving?.open.post === post) this.moving = null;
    if (this.history?.open.post === post) this.history = null;
    if (this.paragraph?.open.post === post) this.paragraph = null;
    if (this.committing?.open.post === post) this.committing = null;
    if (this.building?.open.post === post) this.building = null;
    if (this.activePost === post) {
      const next = this.tabs[Math.min(at, this.tabs.length - 1)]?.post ?? null;
      this.activePost = null;
      if (next !== null) void this.openDraft(next);
    }
    this.open.delete(post);
  }

  /** Goes to the tab that is `steps` to the right, round the ends. */
  stepTab(steps: number): void {
    const here = this.tabs.findIndex((tab) => tab.post === this.activePost);
    const next = this.tabs.at((here + steps) % this.tabs.length);
    if (next) void this.openDraft(next.post);
  }

  // The post

  async save(open: OpenPost | null = this.active): Promise<void> {
    if (!open) return;
    try {
      await open.session.settled();
      const saved = await this.host.call('save_post', { post: open.post });
      if (saved.written !== null) {
        open.outside = null;
        if (saved.revision === open.session.revision) open.differs = false;
        if (open.file) void this.git.ask(open.file.site);
      }
      void this.library.listDrafts();
      this.messages.tell(
        saved.written === null ? say().messages.saved : say().messages.savedTo(saved.written),
      );
    } catch (failure) {
      if (asWireError(failure).code === 'changed_outside') await this.bringInOutside(open, 'save');
      else this.messages.fail(failure);
    }
  }

  async changeField(open: OpenPost, path: string[], change: FieldChange): Promise<void> {
    await this.#trying(() => open.changeField(path, change));
  }

  /** Keeps an image for a post; answers the reference to write, or none when it could not be kept. */
  async addImage(open: OpenPost, image: File): Promise<string | null> {
    let reference: string | null = null;
    await this.#trying(async () => {
      const base64 = await base64Of(image);
      reference = (await this.host.call('add_image', { post: open.post, name: image.name, base64 }))
        .reference;
    });
    return reference;
  }

  /** Makes the text that of its file. */
  async readFileAgain(open: OpenPost): Promise<void> {
    await this.#trying(async () => {
      await open.readFileAgain();
      open.differs = false;
    });
  }

  /**
   * Brings in what the file came to hold, beside the writer's own changes; where both changed the same lines, the
   * writer is asked. A save that met another file is not repeated: its text would be one that nobody has read.
   */
  async bringInOutside(open: OpenPost, because: 'reload' | 'merge' | 'save'): Promise<void> {
    await this.#trying(async () => {
      if (await open.mergeOutside()) {
        open.outside = 'ask';
        return;
      }
      const title = open.details.shown_title || say().untitled;
      const { reloaded, merged, mergedUnsaved } = say().messages;
      const told = { reload: reloaded, merge: merged, save: mergedUnsaved }[because];
      this.messages.tell(told(title));
    });
  }

  /** Shows the post and its file beside each other, to choose between them. */
  async beginMerging(open: OpenPost): Promise<void> {
    await this.#trying(async () => {
      const conflicts = await open.mergeOutside();
      if (conflicts) this.merging = new Merging(open, conflicts);
      else this.messages.tell(say().messages.merged(open.details.shown_title || say().untitled));
    });
  }

  /** Applies what was chosen; if the file changed meanwhile, its conflicts are shown anew. */
  async finishMerging(): Promise<void> {
    const { merging } = this;
    if (!merging?.isDecided) return;
    try {
      const conflicts = await merging.open.mergeOutside(merging.chosen);
      this.merging = conflicts ? new Merging(merging.open, conflicts) : null;
      if (!conflicts)
        this.messages.tell(say().messages.merged(merging.open.details.shown_title || say().untitled));
    } catch (failure) {
      merging.failure = asWireError(failure);
    }
  }

  /** Shows what the post was. */
  async beginHistory(): Promise<void> {
    if (!this.active) return;
    this.history = new History(this.host, this.active);
    await this.history.begin();
  }

  /** Shows what the paragraph at the cursor said before. */
  async beginParagraph(): Promise<void> {
    if (!this.active) return;
    this.paragraph = new ParagraphPast(this.host, this.active);
    await this.paragraph.begin();
  }

  /** Shows images on other machines in the posts of this one's site, or hides them again. */
  async showRemoteImages(show: boolean): Promise<void> {
    const open = this.active;
    if (!open) return;
    await this.#trying(async () => {
      await open.session.settled();
      open.adopt(await this.host.call('show_remote_images', { post: open.post, show }));
    });
  }

  /** Keeps the text over what the file became. */
  async keepMine(open: OpenPost): Promise<void> {
    await this.#trying(async () => {
      await this.host.call('keep_mine', { post: open.post });
      open.outside = null;
      open.differs = true;
    });
  }

  /** Opens the details at the title. */
  rename(): void {
    if (!this.active) return;
    this.detailsOpen = true;
    this.titleWanted = true;
  }

  beginPublishing(): void {
    const open = this.active;
    if (!open) return;
    this.publishing = new Publishing(this.host, open, this.#siteOfActive);
  }

  /** Writes the plan that is shown; then shows what to commit, if that is wanted. */
  async writePublished(thenCommit = false): Promise<void> {
    const publishing = this.publishing;
    const published = await publishing?.write();
    if (!publishing || !published) return;
    this.publishing = null;
    const open = await this.#takePublished(publishing.open, published, say().publish.written);
    if (thenCommit && open) await this.beginCommit(open);
  }

  /** Begins to move the post to a draft, back, or to another name. */
  beginMoving(move: PostMove['move']): void {
    if (this.active) this.moving = new Moving(this.host, this.active, move);
  }

  async writeMoved(): Promise<void> {
    const moving = this.moving;
    const moved = await moving?.write();
    if (!moving || !moved) return;
    this.moving = null;
    await this.#takePublished(moving.open, moved, say().move.done[moving.move]);
  }

  /** The post that stands for what was written: the one that was published, or the copy that was made of it. */
  async #takePublished(
    open: OpenPost,
    published: Published,
    told: (path: string) => string,
  ): Promise<OpenPost | undefined> {
    const { copy, publication } = published;
    if (copy === null) {
      if (published.post) open.adopt(published.post);
      open.file = published.file;
    }
    const { path, site, site_name } = published.file;
    this.messages.tell(told(`${site_name}/${path}`), {
      title: say().undo,
      run: () => void this.undoPublish(publication, copy ?? open.post, site),
    });
    this.#listAfterPublishing(site);
    if (copy !== null) await this.openDraft(copy);
    const written = copy === null ? open : this.open.get(copy);
    if (written) written.written = published.written;
    return written;
  }

  /** Takes a publication of a post into a site back; the post has the text and the file of before. */
  async undoPublish(publication: number, post: number, site: number): Promise<void> {
    try {
      await this.open.get(post)?.session.settled();
      const undone = await this.host.call('undo_publish', { publication });
      const open = this.open.get(post);
      if (open && undone.post) open.adopt(undone.post);
      this.messages.tell(say().publish.undone(undone.changed.length));
    } catch (failure) {
      this.messages.fail(failure);
    }
    this.#listAfterPublishing(site);
  }

  #listAfterPublishing(site: number): void {
    void this.library.listSitePosts(site);
    void this.library.listDrafts();
    void this.git.ask(site);
  }

  /** Where the post is published to, or would be: its site, the one that is shown, or the first. */
  get #siteOfActive(): number | null {
    const shown = typeof this.source === 'number' ? this.source : null;
    return this.active?.file?.site ?? shown ?? this.library.sites[0]?.site ?? null;
  }

  /** Whether there is a site whose generator could build the post. */
  get canBuild(): boolean {
    return this.active !== null && this.#siteOfActive !== null;
  }

  /** Has the site's generator build the post; a draft as the publish sheet would write it. */
  async build(): Promise<void> {
    const { active, publishing } = this;
    if (!active) return;
    const site = publishing?.site ?? this.#siteOfActive;
    const building = new Building(this.host, active, site, publishing?.choices);
    this.building = building;
    const isWanted = await building.begin();
    if (!isWanted && this.building === building) this.building = null;
  }

  // Git

  /** Shows what a commit of the post's files would hold. */
  async beginCommit(open: OpenPost | null = this.active): Promise<void> {
    if (!open?.file) return;
    this.committing = new Committing(this.host, open, open.written);
    await this.committing.begin();
  }

  /** Commits what is chosen on the sheet. */
  async commitFiles(): Promise<void> {
    await this.committing?.commit();
    this.#askGitAgain();
  }

  /** Pushes the branch of the site whose post is on the sheet. */
  async pushCommits(): Promise<void> {
    const { committing } = this;
    await committing?.push();
    this.#askGitAgain();
  }

  #askGitAgain(): void {
    const site = this.committing?.plan?.site;
    if (site !== undefined) void this.git.ask(site);
  }

  // The library

  async trash(post: number, title: string): Promise<void> {
    const wasOpen = this.tabs.some((tab) => tab.post === post);
    if (wasOpen && !(await this.closeTab(post))) return;
    await this.#trying(async () => {
      await this.host.call('trash_draft', { post });
      void this.library.listDrafts();
      const name = title || say().untitled;
      const putBack = async (): Promise<void> => {
        if ((await this.restore(post, null)) && wasOpen) await this.openDraft(post);
      };
      this.messages.tell(say().messages.trashed(name), { title: say().undo, run: () => void putBack() });
    });
  }

  /** Takes a draft out of the trash and says so, if it is given a title. */
  async restore(post: number, title: string | null): Promise<boolean> {
    return this.#trying(async () => {
      await this.host.call('restore_draft', { post });
      await this.library.listDrafts();
      if (title !== null) this.messages.tell(say().messages.restored(title || say().untitled));
    });
  }

  async duplicate(post: number): Promise<void> {
    await this.#trying(async () => {
      await this.open.get(post)?.session.settled();
      const row = await this.host.call('duplicate_draft', { post });
      await this.library.listDrafts();
      await this.openDraft(row.post);
    });
  }

  async reveal(post: number): Promise<void> {
    await this.#trying(() => this.host.call('reveal_file', { post }));
  }

  async importFiles(folder: boolean): Promise<void> {
    this.busy = say().messages.importing;
    await this.#trying(async () => this.#tellImport(await this.host.call('import_chosen', { folder })));
    this.busy = null;
  }

  async #tellImport(imported: Imported): Promise<void> {
    for (const failure of [...imported.failed, ...imported.missing_images]) this.messages.fail(failure);
    if (imported.drafts.length === 0) return;
    await this.library.listDrafts();
    this.showSource('drafts');
    this.messages.tell(say().messages.imported(imported.drafts.length));
    const first = imported.drafts[0];
    if (first) await this.openDraft(first.post);
  }

  /** Shows what a text from elsewhere would become: one that is read already, or one that is yet to be pasted. */
  beginImport(proposal: ImportProposal | null = null): void {
    this.importing = new Importing(this.host, proposal);
  }

  /** Makes the drafts of the import that is shown. */
  async takeImport(): Promise<void> {
    const imported = await this.importing?.take();
    if (!imported) return;
    this.importing = null;
    for (const failure of imported.missing_images) this.messages.fail(failure);
    await this.library.listDrafts();
    this.showSource('drafts');
    const posts = imported.drafts.map(({ post }) => post);
    this.messages.tell(say().messages.imported(posts.length), {
      title: say().undo,
      run: () => void this.#takeBack(posts),
    });
    if (posts[0] !== undefined) await this.openDraft(posts[0]);
  }

  /** Puts the drafts of an import into the trash. */
  async #takeBack(posts: number[]): Promise<void> {
    await this.#trying(async () => {
      for (const post of posts) {
        if (this.tabs.some((tab) => tab.post === post) && !(await this.closeTab(post))) continue;
        await this.host.call('trash_draft', { post });
      }
      await this.library.listDrafts();
      this.messages.tell(say().importing.takenBack(posts.length));
    });
  }

  /** Turns pasted HTML into Markdown; null where it says no more than its text, or could not be read. */
  async convertHtml(open: OpenPost, html: string): Promise<string | null> {
    let markdown: string | null = null;
    await this.#trying(async () => {
      ({ markdown } = await this.host.call('convert_clip', { post: open.post, html }));
    });
    return markdown;
  }

  /** A long text was pasted into an empty post: if it looks like several, offers to make them of it. */
  async lookAtPasted(text: string): Promise<void> {
    if (text.length < longPaste) return;
    // Nobody asked for this look, so that nobody hears of its failure.
    const proposal = await this.host.call('read_import', { text }).catch(() => null);
    const count = proposal?.drafts.filter((draft) => draft.taken).length ?? 0;
    if (!proposal || count < 2) return;
    this.messages.tell(say().importing.several(count), {
      title: say().importing.look,
      run: () => this.beginImport(proposal),
    });
  }

  async addSite(): Promise<void> {
    try {
      const { site } = await this.host.call('add_chosen_site', {});
      if (site) await this.#takeSite(site);
    } catch (failure) {
      this.messages.fail(failure);
      if (asWireError(failure).code !== 'not_a_site') return;
      this.messages.ask(say().siteSettings.fitsNothing, {
        title: say().siteSettings.usePlain,
        run: () => void this.#addPlainSite(),
      });
    }
  }

  async #addPlainSite(): Promise<void> {
    await this.#trying(async () => {
      const { site } = await this.host.call('add_plain_site', {});
      if (site) await this.#takeSite(site);
    });
  }

  async #takeSite(site: SiteRow): Promise<void> {
    await this.library.listSites();
    this.showSource(site.site);
    this.messages.tell(say().messages.siteAdded(site.name, say().generators[site.profile.generator]));
    if (this.publishing?.site === null) this.publishing.chooseSite(site.site);
  }

  /** The site that a command is about: the one in the sidebar, else the open post's, else the first. */
  get siteInSight(): number | null {
    if (typeof this.source === 'number') return this.source;
    return this.active?.file?.site ?? this.library.sites[0]?.site ?? null;
  }

  openSiteSettings(site: number | null = this.siteInSight): void {
    if (site === null) return;
    this.siteSettings = new SiteSettings(this.host, site, this.library.site(site)?.name ?? '');
  }

  /** Says which of several generators builds a site. */
  async chooseGenerator(site: number, generator: Generator): Promise<void> {
    await this.#trying(async () => {
      const { corrections } = await this.host.call('site_habits', { site });
      await this.host.call('correct_site', { site, corrections: { ...corrections, generator } });
      await this.library.listSites();
      void this.library.listSitePosts(site);
    });
  }

  /** Asks for the title of a new post in a site, and what it begins with. */
  openNewPost(site: number | null = this.siteInSight): void {
    if (site === null) return;
    this.newPost = new NewPost(this.host, site, this.library.site(site)?.name ?? '');
  }

  async beginNewPost(): Promise<void> {
    const { newPost } = this;
    const begun = await newPost?.begin();
    if (!newPost || !begun) return;
    this.newPost = null;
    if (this.source !== newPost.site) this.showSource(newPost.site);
    this.#show(begun.post);
    this.editor?.focus();
    const { archetype, left } = begun;
    if (archetype === null) return;
    if (left.length === 0) this.messages.tell(say().newPost.begun(archetype));
    else this.messages.ask(say().newPost.left(archetype, left.join('  ')), null);
  }

  async saveTemplate(site: number, name: string): Promise<void> {
    const open = this.active;
    if (!open) return;
    await this.#trying(async () => {
      await open.session.settled();
      const saved = await this.host.call('save_template', { site, post: open.post, name });
      this.sheet = null;
      this.messages.tell(say().newPost.saved(saved.name));
    });
  }

  openBackups(): void {
    this.backups = new Backups(this.host);
  }

  async takeFromBackup(): Promise<void> {
    const taken = await this.backups?.take();
    const last = taken?.at(-1);
    if (!taken || !last) return;
    this.backups = null;
    this.messages.tell(say().backups.taken(taken.length));
    await this.openDraft(last.post);
  }

  async restoreBackup(): Promise<void> {
    const open = [...this.open.values()];
    await this.backups?.restore(() => Promise.all(open.map((post) => post.session.settled())));
  }

  async removeSite(site: number): Promise<void> {
    await this.#trying(async () => {
      const name = this.library.site(site)?.name ?? '';
      await this.host.call('remove_site', { site });
      if (this.source === site) this.source = 'drafts';
      this.library.sitePosts.delete(site);
      await this.library.listSites();
      this.messages.tell(say().messages.siteRemoved(name));
    });
  }

  /** Shows a source in the sidebar. */
  showSource(source: Source): void {
    this.source = source;
    if (source === 'trash') void this.library.listTrash();
    else if (source !== 'drafts') void this.library.listSitePosts(source);
  }

  // The window

  async changeSetting(change: ChangeSetting): Promise<void> {
    await this.#trying(async () => this.#useSettings(await this.host.call('change_setting', change)));
  }

  #useSettings(settings: Settings): void {
    this.settings = settings;
    speak(settings.language);
  }

  /** Opens a link outside: at once for what a browser or mail program takes, after asking for the rest. */
  openLink(url: string): void {
    void this.#trying(() => this.host.call('open_outside', { url }));
  }

  /** Does something that may fail; a failure becomes a message. Answers whether it was done. */
  async #trying(act: () => unknown): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (failure) {
      this.messages.fail(failure);
      return false;
    }
  }
}
