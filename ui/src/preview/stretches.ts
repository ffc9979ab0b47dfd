/**
 * The elements of blocks in their document, some dozens to a stretch. The browser leaves out what is out of sight, and
 * decides that for each stretch: WebKit's time for it grows with the square of their number (WebKitGTK 2.50, seconds
 * for each key in a post of ten thousand blocks).
 */
export class Stretches {
  readonly #place: HTMLElement;

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  clear(): void {
    this.#place.textContent = '';
  }

  /** Puts elements before another one, or at the end. */
  insert(elements: readonly HTMLElement[], next: HTMLElement | null): void {
    if (elements.length === 0) return;
    const stretch = next?.parentElement ?? this.#place.lastElementChild ?? this.#begin(null);
    const fragment = this.#place.ownerDocument.createDocumentFragment();
    fragment.append(...elements);
    stretch.insertBefore(fragment, next);
    this.#divide(stretch);
  }

  remove(elements: readonly HTMLElement[]): void {
    for (const element of elements) {
      const stretch = element.parentElement;
      element.remove();
      if (stretch?.childElementCount === 0) stretch.remove();
    }
  }

  /** The place in the list of the first element that reaches below the upper edge of the view; the length if none does. */
  firstInSight(): number {
    const stretches = this.#place.children;
    const place = firstReachingIntoSight(stretches);
    let before = 0;
    for (let index = 0; index < place; index += 1) before += stretches[index]?.childElementCount ?? 0;
    const stretch = stretches[place];
    return stretch ? before + firstReachingIntoSight(stretch.children) : before;
  }

  #divide(stretch: Element): void {
    if (stretch.childElementCount <= longest) return;
    const elements = [...stretch.children];
    let before = stretch;
    for (let from = usual; from < elements.length; from += usual) {
      const next = this.#begin(before.nextElementSibling);
      next.append(...elements.slice(from, from + usual));
      before = next;
    }
  }

  #begin(before: Element | null): Element {
    const stretch = this.#place.ownerDocument.createElement('div');
    stretch.className = 'stretch';
    this.#place.insertBefore(stretch, before);
    return stretch;
  }
}

const usual = 64;
const longest = 2 * usual;

function firstReachingIntoSight(elements: HTMLCollection): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((elements[middle]?.getBoundingClientRect().bottom ?? 0) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
