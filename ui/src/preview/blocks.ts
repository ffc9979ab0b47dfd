/**
 * The blocks of a preview in a document: patched in place, nothing else touched.
 * The HTML comes from the core, whose sanitiser is the only maker of it.
 */
import type { ChangedLines, PreviewBlock, PreviewPatch } from '../wire/types';
import { Stretches } from './stretches';

export class Blocks {
  readonly #document: Document;
  readonly #stretches: Stretches;
  /** Called with each image that comes into the document. */
  readonly #foundImage: (image: HTMLImageElement) => void;
  /** Called with the elements of blocks that came into the document, and of those whose place they take. */
  readonly #came: (come: readonly HTMLElement[], gone: readonly HTMLElement[]) => void;
  /** Called with a block of code whose lines are others now. */
  readonly #codeChanged: (code: HTMLElement) => void;
  #elements: HTMLElement[] = [];
  #lines: number[] = [];
  #firstLine = 0;

  constructor(
    place: HTMLElement,
    foundImage: (image: HTMLImageElement) => void = () => {},
    came: (come: readonly HTMLElement[], gone: readonly HTMLElement[]) => void = () => {},
    codeChanged: (code: HTMLElement) => void = () => {},
  ) {
    this.#document = place.ownerDocument;
    this.#stretches = new Stretches(place);
    this.#foundImage = foundImage;
    this.#came = came;
    this.#codeChanged = codeChanged;
  }

  get length(): number {
    return this.#elements.length;
  }

  /** The element of a block, by its place in the list. */
  at(index: number): HTMLElement | undefined {
    return this.#elements[index];
  }

  /** The place of the first block that reaches below the upper edge of the view; the list's length if none does. */
  firstInSight(): number {
    return this.#stretches.firstInSight();
  }

  clear(): void {
    this.#stretches.clear();
    this.#elements = [];
    this.#lines = [];
    this.#firstLine = 0;
  }

  /** The lowest index that a patch touches; the list's length if it touches none. */
  static firstTouched(patch: PreviewPatch): number {
    const places = [...patch.ops, ...patch.lines].map(({ at }) => at);
    return places.reduce((first, at) => Math.min(first, at), Number.MAX_SAFE_INTEGER);
  }

  apply(patch: PreviewPatch): void {
    for (const { at, remove, insert } of patch.ops) this.#replace(at, remove, insert);
    for (const changed of patch.lines) this.#changeLines(changed);
    for (const { at, lines } of patch.resized) this.#lines[at] = lines;
    this.#firstLine = patch.first_line;
  }

  /** The block that shows a line of the source (from 0), and how far into it the line is, 0 to 1. */
  ofLine(line: number): { index: number; share: number } | null {
    let start = this.#firstLine;
    if (this.length === 0 || line < start) return null;
    for (let index = 0; index < this.length; index += 1) {
      const lines = this.#lines[index] ?? 0;
      if (line < start + lines) return { index, share: (line - start) / lines };
      start += lines;
    }
    return { index: this.length - 1, share: 1 };
  }

  /** The line of the source, from 0, that a share of a block shows. */
  lineOf(index: number, share: number): number {
    let start = this.#firstLine;
    for (let before = 0; before < index; before += 1) start += this.#lines[before] ?? 0;
    return start + share * (this.#lines[index] ?? 0);
  }

  #replace(at: number, remove: number, insert: readonly PreviewBlock[]): void {
    const gone = this.#elements.slice(at, at + remove);
    const next = this.#elements[at + remove] ?? null;
    const come = insert.map((block) => this.#make(block));
    keepSeen(gone, come);
    this.#stretches.remove(gone);
    this.#stretches.insert(come, next);
    this.#elements.splice(at, remove, ...come);
    this.#lines.splice(at, remove, ...insert.map(({ lines }) => lines));
    this.#came(come, gone);
  }

  /** Puts lines in the place of others; the rest of the code, selected text in it too, stays as it is. */
  #changeLines({ at, from, remove, insert }: ChangedLines): void {
    const code = this.#elements[at]?.querySelector<HTMLElement>('pre > code');
    if (!code) return;
    const range = code.ownerDocument.createRange();
    range.setStart(code, from);
    range.setEnd(code, from + remove);
    range.deleteContents();
    const template = code.ownerDocument.createElement('template');
    template.innerHTML = insert.join('');
    code.insertBefore(template.content, code.childNodes[from] ?? null);
    if (code.parentElement) this.#codeChanged(code.parentElement);
  }

  #make(block: PreviewBlock): HTMLElement {
    const element = this.#document.createElement('section');
    element.dataset['block'] = String(block.id);
    element.innerHTML = block.html;
    const heading = element.querySelector(':scope > :is(h1, h2, h3)');
    if (heading) element.dataset['heading'] = heading.localName;
    // Nothing to see, such as the lines of a footnote that is shown below: no space either.
    if (element.childElementCount === 0 && element.textContent.trim() === '') element.replaceChildren();
    // A link that opened in the frame would take the preview's place; the sandbox stops a new window.
    for (const link of element.querySelectorAll('a[href^="#"]')) link.setAttribute('target', '_self');
    for (const image of element.querySelectorAll('img')) this.#foundImage(image);
    return element;
  }
}

/** Takes loaded images and opened details over into what comes in their block's place, so that nothing flickers. */
function keepSeen(gone: readonly HTMLElement[], come: readonly HTMLElement[]): void {
  if (gone.length === 0 || come.length === 0) return;
  const loaded = new Map<string, HTMLImageElement>();
  for (const image of gone.flatMap((element) => [...element.querySelectorAll('img')])) {
    if (image.complete && image.naturalWidth > 0) loaded.set(image.getAttribute('src') ?? '', image);
  }
  const open = gone
    .flatMap((element) => [...element.querySelectorAll('details')])
    .map((details) => details.open);
  for (const image of come.flatMap((element) => [...element.querySelectorAll('img')])) {
    const seen = loaded.get(image.getAttribute('src') ?? '');
    if (!seen) continue;
    loaded.delete(image.getAttribute('src') ?? '');
    for (const { name, value } of image.attributes) seen.setAttribute(name, value);
    image.replaceWith(seen);
  }
  come
    .flatMap((element) => [...element.querySelectorAll('details')])
    .forEach((details, index) => (details.open = open[index] ?? details.open));
}
