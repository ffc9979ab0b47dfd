/**
 * Formulas as the site's page has them: between the marks that its script for formulas looks for. Jekyll writes
 * `\(…\)` and `\[…\]`, Hugo leaves them; `$$…$$` counts where it is a paragraph of its own, because a sentence may
 * well have dollars that are none.
 */

const mark = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/g;
const ownParagraph = /^\s*\$\$([^$]+)\$\$\s*$/;
/** What may have a formula at all: looked for first, in every block. */
const maybe = /\\[([]|\$\$/;
/** Where the site's script does not look either, and what is marked already. */
const left = 'pre, code, kbd, samp, .math-inline, .math-display, .macro, .drawing';

/** Puts each formula under `element` into an element of its own that is drawn. */
export function markMath(element: HTMLElement): void {
  if (!maybe.test(element.textContent)) return;
  for (const paragraph of element.querySelectorAll('p')) {
    const source = ownParagraph.exec(paragraph.textContent)?.[1];
    if (source !== undefined && !paragraph.querySelector(left)) {
      paragraph.replaceChildren(marked(paragraph.ownerDocument, source, true));
    }
  }
  const texts = element.ownerDocument.createTreeWalker(element, 4 /* NodeFilter.SHOW_TEXT */);
  const found: Text[] = [];
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (maybe.test(text.data) && !text.parentElement?.closest(left)) found.push(text);
  }
  for (const text of found) markIn(text);
}

function markIn(text: Text): void {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.data.matchAll(mark)) {
    const [whole, inline, display] = match;
    parts.push(text.data.slice(end, match.index));
    parts.push(marked(text.ownerDocument, inline ?? display ?? '', display !== undefined));
    end = match.index + whole.length;
  }
  if (end > 0) text.replaceWith(...parts, text.data.slice(end));
}

function marked(document: Document, source: string, display: boolean): HTMLElement {
  const place = document.createElement('span');
  place.className = display ? 'math-display' : 'math-inline';
  place.textContent = source;
  return place;
}
