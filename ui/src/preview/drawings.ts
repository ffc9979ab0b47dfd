/**
 * Diagrams and formulas, drawn where the core left their source: `pre[data-language=mermaid]` and `.math`.
 * The libraries that draw load when a post first needs one. What they make is cleaned before it reaches the frame.
 */

import { markMath } from './find-math';

/** How long typing must rest before a diagram is drawn anew. */
const REST = 250;
/** How many drawings are remembered, so that an edit beside one does not draw it again. */
const REMEMBERED = 200;

export type Scheme = 'light' | 'dark';

/** Makes clean HTML of a source, or fails with what is wrong with it. */
export type Draw = (source: string, scheme: Scheme) => Promise<string>;

export interface Draughtsmen {
  mermaid: Draw;
  inlineMath: Draw;
  displayMath: Draw;
}

type Kind = keyof Draughtsmen;

const kinds: readonly (readonly [selector: string, kind: Kind])[] = [
  ['pre[data-language=mermaid]', 'mermaid'],
  ['.math-display', 'displayMath'],
  ['.math-inline', 'inlineMath'],
];

export class Drawings {
  readonly #draughtsmen: Draughtsmen;
  readonly #drawn = new Map<string, string>();
  #scheme: Scheme = 'light';

  constructor(draughtsmen: Draughtsmen = onDemand) {
    this.#draughtsmen = draughtsmen;
  }

  /** Draws what is in `come`. Until a diagram is drawn, that of `gone`, which it replaces, stays in sight. */
  drawIn(come: readonly HTMLElement[], gone: readonly HTMLElement[] = []): void {
    const before = gone.flatMap((element) => [...element.querySelectorAll<HTMLElement>('.drawing')]);
    for (const element of come) {
      markMath(element);
      for (const [selector, kind] of kinds) {
        for (const place of element.querySelectorAll<HTMLElement>(selector)) {
          this.#begin(place, kind, before.shift() ?? null);
        }
      }
    }
  }

  /** Draws a diagram anew whose source changed in its place. */
  drawAgain(code: HTMLElement): void {
    const kind = kinds.find(([selector]) => code.matches(selector))?.[1];
    if (!kind) return;
    const next = code.nextElementSibling;
    const before = next?.classList.contains('drawing') ? (next as HTMLElement) : null;
    this.#begin(code, kind, before);
  }

  /** Draws diagrams again in other colours. */
  setScheme(scheme: Scheme, within: ParentNode | null): void {
    if (scheme === this.#scheme) return;
    this.#scheme = scheme;
    for (const drawing of within?.querySelectorAll<HTMLElement>('.drawing[data-kind=mermaid]') ?? []) {
      const place = drawing.previousElementSibling;
      if (place instanceof drawing.ownerDocument.defaultView!.HTMLElement) {
        drawing.remove();
        this.#begin(place, 'mermaid', null);
      }
    }
  }

  #begin(place: HTMLElement, kind: Kind, before: HTMLElement | null): void {
    const source = place.textContent.trimEnd();
    if (source.trim() === '') return;
    const known = this.#drawn.get(this.#key(kind, source));
    if (known !== undefined) {
      show(place, kind, known);
      return;
    }
    if (before?.dataset['kind'] === kind) keepInSight(place, before);
    const draw = (): void => void this.#draw(place, kind, source);
    if (kind === 'mermaid') setTimeout(draw, REST);
    else draw();
  }

  async #draw(place: HTMLElement, kind: Kind, source: string): Promise<void> {
    // Typed over meanwhile: another block stands in its place, or another source in it.
    const isWanted = (): boolean => place.isConnected && place.textContent.trimEnd() === source;
    if (!isWanted()) return;
    const key = this.#key(kind, source);
    try {
      const html = await this.#draughtsmen[kind](source, this.#scheme);
      this.#remember(key, html);
      if (isWanted()) show(place, kind, html);
    } catch (failure) {
      if (isWanted()) showFailure(place, failure);
    }
  }

  #remember(key: string, html: string): void {
    this.#drawn.set(key, html);
    const oldest = this.#drawn.keys().next();
    if (this.#drawn.size > REMEMBERED && !oldest.done) this.#drawn.delete(oldest.value);
  }

  #key(kind: Kind, source: string): string {
    return `${kind} ${kind === 'mermaid' ? this.#scheme : ''} ${source}`;
  }
}

/** The libraries, each a chunk of its own. */
const onDemand: Draughtsmen = {
  mermaid: async (source, scheme) => (await import('./draw-mermaid')).drawMermaid(source, scheme),
  inlineMath: async (source) => (await import('./draw-math')).drawMath(source, false),
  displayMath: async (source) => (await import('./draw-math')).drawMath(source, true),
};

/** The source stays in the document, out of sight: a search and a second drawing find it. */
function show(place: HTMLElement, kind: Kind, html: string): void {
  forget(place);
  const drawing = place.ownerDocument.createElement(kind === 'inlineMath' ? 'span' : 'div');
  drawing.className = 'drawing';
  drawing.dataset['kind'] = kind;
  drawing.innerHTML = html;
  place.hidden = true;
  place.after(drawing);
}

function keepInSight(place: HTMLElement, before: HTMLElement): void {
  before.classList.add('stale');
  place.hidden = true;
  place.after(before);
}

function showFailure(place: HTMLElement, failure: unknown): void {
  forget(place);
  place.hidden = false;
  const box = place.ownerDocument.createElement('span');
  box.className = 'drawing drawing-failed';
  box.textContent = failure instanceof Error ? failure.message : String(failure);
  place.after(box);
}

function forget(place: HTMLElement): void {
  const next = place.nextElementSibling;
  if (next?.classList.contains('drawing')) next.remove();
}
