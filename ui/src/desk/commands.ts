import type { Words } from '../design/language/en';
import { namedEdits } from '../editor/edits';
import type { Desk } from './desk.svelte';
import { undoReplace } from './searching.svelte';

/** The name of a command; each has a title in every language. */
export type CommandName = keyof Words['commands'];

/** One thing that can be asked for by key, palette or menu. */
export interface Command {
  name: CommandName;
  /** Chords by physical key; the first is the one that is shown. */
  keys: readonly string[];
  run: (desk: Desk) => void;
  enabled: (desk: Desk) => boolean;
  /** The web view or the editor already does this on its keys: they are shown, not handled. */
  native: boolean;
  /** It is done to the text, by a key that the editor handles. */
  inText: boolean;
}

const always = (): boolean => true;
const withPost = (desk: Desk): boolean => desk.active !== null;
const withFile = (desk: Desk): boolean => desk.active?.file != null;
const withSites = (desk: Desk): boolean => desk.library.sites.length > 0;
const withPostAndSites = (desk: Desk): boolean => withPost(desk) && withSites(desk);
const withTabs = (desk: Desk): boolean => desk.tabs.length > 1;
const whenWritable = (desk: Desk): boolean => desk.active !== null && desk.active.readOnly === null;

function command(
  name: CommandName,
  keys: readonly string[],
  run: (desk: Desk) => void,
  enabled: (desk: Desk) => boolean = always,
): Command {
  return { name, keys, run, enabled, native: false, inText: false };
}

function native(name: CommandName, keys: readonly string[], run: (desk: Desk) => void): Command {
  return { name, keys, run, enabled: always, native: true, inText: false };
}

function inField(): boolean {
  const focused = document.activeElement;
  return focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
}

/** In a field of a panel the field's own way; everywhere else the text's. */
function inFieldOr(what: string, inText: (desk: Desk) => void): (desk: Desk) => void {
  return (desk) => {
    if (inField()) document.execCommand(what);
    else inText(desk);
  };
}

function toggleOutline(desk: Desk): void {
  desk.outlineShown = !desk.outlineShown;
  if (!desk.outlineShown) desk.editor?.focus();
}

const ofText = namedEdits.map(([name, { keys, writes }]): Command => ({
  name,
  keys,
  run: (desk) => desk.editor?.edit(name),
  enabled: writes ? whenWritable : withPost,
  native: false,
  inText: true,
}));

/** Every command of the window. */
export const commands: readonly Command[] = [
  command('new_draft', ['Mod+KeyN'], (desk) => void desk.newDraft()),
  command('quick_open', ['Mod+KeyP'], (desk) => (desk.sheet = 'quick_open')),
  command('palette', ['Mod+Shift+KeyP'], (desk) => (desk.sheet = 'palette')),
  command('save', ['Mod+KeyS'], (desk) => void desk.save(), whenWritable),
  command('publish', ['Mod+Shift+Enter'], (desk) => desk.beginPublishing(), withPost),
  command('to_draft', [], (desk) => desk.beginMoving('draft'), withFile),
  command('to_published', [], (desk) => desk.beginMoving('published'), withFile),
  command('rename_file', [], (desk) => desk.beginMoving('rename'), withFile),
  command('commit', [], (desk) => void desk.beginCommit(), withFile),
  command(
    'build',
    [],
    (desk) => void desk.build(),
    (desk) => desk.canBuild,
  ),
  command('import_files', ['Mod+KeyO'], (desk) => void desk.importFiles(false)),
  command('import_folder', ['Mod+Shift+KeyO'], (desk) => void desk.importFiles(true)),
  command('import_text', [], (desk) => desk.beginImport()),
  command('add_site', [], (desk) => void desk.addSite()),
  command('new_site_post', ['Mod+Shift+KeyN'], (desk) => desk.openNewPost(), withSites),
  command('save_template', [], (desk) => (desk.sheet = 'save_template'), withPostAndSites),
  command('site_settings', [], (desk) => desk.openSiteSettings(), withSites),
  command('backups', [], (desk) => desk.openBackups()),
  command('rename', ['F2'], (desk) => desk.rename(), withPost),
  command('duplicate', [], (desk) => desk.active && void desk.duplicate(desk.active.post), withPost),
  command(
    'trash',
    [],
    (desk) => desk.active && void desk.trash(desk.active.post, desk.active.details.shown_title),
    withPost,
  ),
  command('reveal', [], (desk) => desk.active && void desk.reveal(desk.active.post), withFile),
  command(
    'close_tab',
    ['Mod+KeyW'],
    (desk) => void desk.closeTab(),
    (desk) => desk.activePost !== null,
  ),
  command('next_tab', ['Mod+PageDown', 'Mod+Tab', 'Ctrl+Tab'], (desk) => desk.stepTab(1), withTabs),
  command(
    'previous_tab',
    ['Mod+PageUp', 'Mod+Shift+Tab', 'Ctrl+Shift+Tab'],
    (desk) => desk.stepTab(-1),
    withTabs,
  ),
  native(
    'undo',
    ['Mod+KeyZ'],
    inFieldOr('undo', (desk) => desk.editor?.undo()),
  ),
  native(
    'redo',
    ['Mod+Shift+KeyZ', 'Mod+KeyY'],
    inFieldOr('redo', (desk) => desk.editor?.redo()),
  ),
  native('cut', ['Mod+KeyX'], () => document.execCommand('cut')),
  native('copy', ['Mod+KeyC'], () => document.execCommand('copy')),
  native('paste', ['Mod+KeyV'], () => document.execCommand('paste')),
  native(
    'select_all',
    ['Mod+KeyA'],
    inFieldOr('selectAll', (desk) => desk.editor?.selectAll()),
  ),
  command('search', ['Mod+Shift+KeyF'], (desk) => (desk.sheet = 'search')),
  command('undo_replace', [], (desk) => void undoReplace(desk)),
  command('find', ['Mod+KeyF'], (desk) => desk.editor?.find(), withPost),
  command('history', ['Mod+Shift+KeyH'], (desk) => void desk.beginHistory(), withPost),
  command('paragraph_history', ['Mod+Alt+KeyB'], (desk) => void desk.beginParagraph(), withPost),
  command('findings', ['Mod+Shift+KeyM'], (desk) => desk.editor?.listFindings(), withPost),
  command('next_finding', ['F8'], (desk) => desk.editor?.toNextFinding(), withPost),
  command('toggle_sidebar', ['Mod+KeyB'], (desk) => (desk.sidebarFolded = !desk.sidebarFolded)),
  command('toggle_details', ['Mod+Shift+KeyD'], (desk) => (desk.detailsOpen = !desk.detailsOpen), withPost),
  command('remote_images', [], (desk) => void desk.showRemoteImages(!desk.active?.remoteImages), withPost),
  command('layout_editor', ['Mod+Digit1'], (desk) => (desk.layout = 'editor')),
  command('layout_split', ['Mod+Digit2'], (desk) => (desk.layout = 'split')),
  command('layout_preview', ['Mod+Digit3'], (desk) => (desk.layout = 'preview')),
  command('focus_editor', ['Alt+Digit2'], (desk) => desk.editor?.focus(), withPost),
  command('outline', ['Alt+Digit3'], toggleOutline, withPost),
  command('filter', ['Alt+Digit1'], (desk) => {
    desk.sidebarFolded = false;
    desk.filterWanted = true;
  }),
  command('scheme_system', [], (desk) => void desk.changeSetting({ setting: 'scheme', value: 'system' })),
  command('scheme_light', [], (desk) => void desk.changeSetting({ setting: 'scheme', value: 'light' })),
  command('scheme_dark', [], (desk) => void desk.changeSetting({ setting: 'scheme', value: 'dark' })),
  command('light_code_theme', [], (desk) => (desk.sheet = 'light_code_theme')),
  command('dark_code_theme', [], (desk) => (desk.sheet = 'dark_code_theme')),
  command('language_en', [], (desk) => void desk.changeSetting({ setting: 'language', value: 'en' })),
  command('language_ko', [], (desk) => void desk.changeSetting({ setting: 'language', value: 'ko' })),
  command('keys', ['F1'], (desk) => (desk.sheet = 'keys')),
  command('about', [], (desk) => (desk.sheet = 'about')),
  ...ofText,
];

/** Keys of the editor that are worth knowing; the editor handles them. */
export const editorKeys: readonly { name: keyof Words['editorKeys']; keys: string }[] = [
  { name: 'indent', keys: 'Tab' },
  { name: 'cell', keys: 'Tab' },
  { name: 'row', keys: 'Enter' },
  { name: 'several', keys: 'Alt+Click' },
  { name: 'column', keys: 'Alt+Shift+Drag' },
  { name: 'plain', keys: 'Mod+Shift+KeyV' },
  { name: 'piece', keys: 'Slash' },
];

const byName = new Map(commands.map((each) => [each.name as string, each]));
const byChord = new Map(
  commands
    .filter((each) => !each.native && !each.inText)
    .flatMap((each) => each.keys.map((chord) => [chord, each])),
);

/** The command with a name, as the native menu gives it. */
export function commandNamed(name: string): Command | undefined {
  return byName.get(name);
}

/** The command of a chord, unless the web view or the editor handles it. */
export function commandOf(chord: string): Command | undefined {
  return byChord.get(chord);
}

/** Runs a command by its name, if it can be run now. */
export function runCommand(desk: Desk, name: string): void {
  const found = commandNamed(name);
  if (found?.enabled(desk)) found.run(desk);
}
