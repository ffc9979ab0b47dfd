/** How the editor looks: every colour and font is a token of the window's. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const frame = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    fontSize: 'var(--size-text, 16px)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-text)',
    lineHeight: 'var(--line-height-text, 1.75)',
    overflowX: 'hidden',
    overflowY: 'auto',
    padding: '0 24px',
  },
  '.cm-content': {
    flex: '0 1 var(--measure, 46em)',
    minWidth: '0',
    margin: '0 auto',
    padding: '24px 0 40vh',
    caretColor: 'var(--accent)',
    wordBreak: 'keep-all',
    overflowWrap: 'anywhere',
    userSelect: 'text',
    WebkitUserSelect: 'text',
    cursor: 'text',
  },
  '.cm-line': { padding: '0' },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: 'var(--selection)' },
  '.cm-front-matter': {
    fontFamily: 'var(--font-code)',
    fontSize: '0.85em',
    color: 'var(--quiet)',
    borderInlineStart: '2px solid var(--line)',
    paddingInlineStart: '12px',
  },
  '.cm-code-line': { fontFamily: 'var(--font-code)', fontSize: '0.9em', wordBreak: 'normal' },
  '.cm-table-line, .cm-table-line *': { fontFamily: 'var(--font-table)' },
  '.cm-table-line': { fontSize: '0.9em', wordBreak: 'normal' },
  '.cm-dropCursor': { borderLeftColor: 'var(--accent)' },
  '.cm-searchMatch': { backgroundColor: 'var(--chosen)', outline: '1px solid var(--accent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--selection)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--chosen)' },
});

const findings = EditorView.theme({
  '.cm-lintRange': {
    backgroundImage: 'none',
    textDecorationLine: 'underline',
    textDecorationStyle: 'wavy',
    textDecorationThickness: '1px',
    textUnderlineOffset: '4px',
  },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warning)' },
  '.cm-lintRange-error': { textDecorationColor: 'var(--danger)' },
  '.cm-lintRange-info': { textDecorationColor: 'var(--edge)' },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--warning)' },
  // The start of the text stands for other files, which have no place in it.
  '.cm-line:first-child > .cm-lintPoint:first-child, .cm-line:first-child > .cm-widgetBuffer:first-child + .cm-lintPoint':
    { display: 'none' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    fontFamily: 'var(--font-window)',
    fontSize: 'var(--size-window, 13px)',
  },
  '.cm-diagnostic': {
    padding: '6px 10px',
    borderInlineStart: '3px solid var(--line)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warning)' },
  '.cm-diagnostic-error': { borderInlineStartColor: 'var(--danger)' },
  '.cm-diagnosticAction': {
    marginInlineStart: '8px',
    padding: '1px 8px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--desk)',
    color: 'var(--ink)',
    font: 'inherit',
  },
  '.cm-panel.cm-panel-lint': { position: 'relative' },
  '.cm-panel.cm-panel-lint ul': { maxBlockSize: '12em' },
  '.cm-panel.cm-panel-lint ul:focus-visible': { outlineOffset: '-2px' },
  // Beside the words, not under them, is the button that closes the list.
  '.cm-panel.cm-panel-lint .cm-diagnostic': { paddingInlineEnd: '32px' },
  '.cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]': {
    backgroundColor: 'var(--chosen)',
    color: 'var(--ink)',
  },
  '.cm-panel.cm-panel-lint button[name="close"]': { color: 'var(--quiet)', fontSize: '16px' },
});

const panels = EditorView.theme({
  '.cm-panels': {
    backgroundColor: 'var(--desk)',
    color: 'var(--ink)',
    borderColor: 'var(--line)',
    fontFamily: 'var(--font-window)',
    fontSize: 'var(--size-window, 13px)',
  },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': {
    padding: '8px 32px 8px 16px',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px',
  },
  '.cm-panel.cm-search br': { display: 'block', width: '100%', content: '""' },
  '.cm-panel input.cm-textfield': {
    width: '16em',
    minHeight: '28px',
    margin: '0',
    padding: '2px 8px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    fontSize: '13px',
  },
  '.cm-panel .cm-button': {
    minHeight: '28px',
    margin: '0',
    padding: '2px 10px',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    background: 'var(--paper)',
    color: 'var(--ink)',
    fontSize: '13px',
  },
  '.cm-panel .cm-button:hover': { background: 'var(--hover)' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    margin: '0',
    fontSize: '13px',
  },
  '.cm-panel.cm-search [name=close]': {
    position: 'absolute',
    top: '8px',
    right: '8px',
    width: '28px',
    height: '28px',
    borderRadius: 'var(--radius)',
    color: 'var(--quiet)',
    fontSize: '18px',
  },
});

const colours = HighlightStyle.define([
  { tag: tags.heading1, fontSize: '1.45em', fontWeight: '700' },
  { tag: tags.heading2, fontSize: '1.25em', fontWeight: '700' },
  { tag: tags.heading3, fontSize: '1.1em', fontWeight: '700' },
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.quote, color: 'var(--quiet)' },
  { tag: tags.monospace, fontFamily: 'var(--font-code)', fontSize: '0.9em' },
  { tag: tags.link, color: 'var(--accent)' },
  {
    tag: [tags.url, tags.processingInstruction, tags.labelName, tags.contentSeparator],
    color: 'var(--quiet)',
  },
  // Code inside fences, and front matter: few colours, the text is what counts.
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.tagName], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--warning)' },
  { tag: [tags.comment, tags.meta], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--danger)' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--ink)' },
  { tag: tags.invalid, color: 'var(--danger)' },
]);

export const theme: Extension = [frame, findings, panels, syntaxHighlighting(colours)];
