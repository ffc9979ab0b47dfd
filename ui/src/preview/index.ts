/**
 * The preview of a post: a frame without scripts that patches from the core bring up to date.
 * Everything outside this folder uses this file. It knows no editor and no host.
 */
import type { PreviewPatch } from '../wire/types';
import { Blocks } from './blocks';
import { markWhenBroken } from './broken-images';
import { Drawings } from './drawings';
import { pressStyle, watchPresses } from './presses';
import { watchScrolling } from './scrolling';
import { style, tokens } from './style';

export interface PreviewOutlets {
  /** A link was chosen that leads out of the post. */
  onLink(href: string): void;
  /** The writer scrolled in the preview: this line of the source (from 0, with a fraction) is at the top now. */
  onScroll?(line: number): void;
  /** The box of an image on another machine was pressed. */
  onRemoteImage?(): void;
  /** The frame is there. Patches that come before wait by themselves. */
  onReady?(): void;
}

export interface Preview {
  /** Empties the preview, before the whole list of another post. */
  reset(): void;
  patch(patch: PreviewPatch): void;
  /** The colours of code, as the core's style sheet. */
  setCodeStyle(css: string): void;
  /** Takes over the window's colours; called when they change. */
  setScheme(scheme: 'light' | 'dark'): void;
  /** Lets images on other machines load, or not; the whole list of blocks must follow. */
  showRemoteImages(shown: boolean): void;
  /** Names the frame for screen readers, and the language of its text. */
  setLabel(label: string): void;
  /** Brings a line of the source (from 0, with a fraction) to the top. */
  scrollToLine(line: number): void;
  /** The line of the source at the top. */
  topLine(): number;
  destroy(): void;
}

const framesToSettle = 5;

/** No script, no network, no form: what the page allows is narrowed again to images of ours and styles. */
const policy = (remoteImages: boolean): string =>
  `default-src 'none'; img-src postwright: http://postwright.localhost${remoteImages ? ' https: http:' : ''}; style-src 'unsafe-inline'; base-uri 'self' about:; form-action 'none'`;

const page = (remoteImages: boolean): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(remoteImages)}"><base href="about:srcdoc" target="_blank"><style>${style}${pressStyle}</style><style id="code"></style></head><body><main></main></body></html>`;

export function createPreview(container: HTMLElement, outlets: PreviewOutlets): Preview {
  return new FramedPreview(container, outlets);
}

class FramedPreview implements Preview {
  readonly #frame: HTMLIFrameElement;
  readonly #outlets: PreviewOutlets;
  #blocks: Blocks | null = null;
  readonly #drawings = new Drawings();
  /** Patches that came before the frame was there. */
  #early: PreviewPatch[] = [];
  #codeStyle = '';
  #scheme: 'light' | 'dark' = 'light';
  #wantedLine: number | null = null;
  #settling = 0;
  #stopWatching: (() => void) | null = null;
  #focusBefore: HTMLElement | null = null;
  #remoteImages = false;
  readonly #stopScrolling: () => void;
  /** Where this class has scrolled itself, so that it is not taken for the writer's doing. */
  #ownPlace = -1;

  constructor(container: HTMLElement, outlets: PreviewOutlets) {
    this.#outlets = outlets;
    this.#frame = container.ownerDocument.createElement('iframe');
    this.#frame.setAttribute('sandbox', 'allow-same-origin');
    this.#frame.setAttribute('tabindex', '-1');
    this.#frame.style.cssText =
      'display:block;inline-size:100%;block-size:100%;border:0;background:var(--paper)';
    this.#frame.srcdoc = page(false);
    this.#frame.addEventListener('load', () => this.#loaded());
    this.#stopScrolling = watchScrolling(this.#frame, () => this.#scrolled());
    container.append(this.#frame);
    const { activeElement } = container.ownerDocument;
    if (activeElement instanceof HTMLElement) this.#focusBefore = activeElement;
    container.ownerDocument.addEventListener('focusin', this.#rememberFocus);
  }

  reset(): void {
    this.#early = [];
    this.#wantedLine = null;
    this.#blocks?.clear();
    this.#showRefusal(null);
    this.#frame.contentWindow?.scrollTo(0, 0);
  }

  patch(patch: PreviewPatch): void {
    if (!this.#blocks) {
      this.#early.push(patch);
      return;
    }
    const anchor = this.#anchorFor(patch);
    this.#blocks.apply(patch);
    this.#showRefusal(patch.refused);
    if (anchor) this.#scrollBy(anchor.element.getBoundingClientRect().top - anchor.top);
  }

  setCodeStyle(css: string): void {
    this.#codeStyle = css;
    const place = this.#frame.contentDocument?.getElementById('code');
    if (place) place.textContent = css;
  }

  setScheme(scheme: 'light' | 'dark'): void {
    this.#scheme = scheme;
    this.#drawings.setScheme(scheme, this.#frame.contentDocument);
    const root = this.#frame.contentDocument?.documentElement;
    if (!root) return;
    const window = getComputedStyle(this.#frame.ownerDocument.documentElement);
    root.style.colorScheme = scheme;
    root.dataset['scheme'] = scheme;
    for (const token of tokens) root.style.setProperty(token, window.getPropertyValue(token));
  }

  showRemoteImages(shown: boolean): void {
    if (shown === this.#remoteImages) return;
    this.#remoteImages = shown;
    // A policy cannot be taken back, so the frame begins anew; what is patched meanwhile waits.
    this.#blocks = null;
    this.#frame.srcdoc = page(shown);
  }

  setLabel(label: string): void {
    this.#frame.title = label;
  }

  scrollToLine(line: number): void {
    this.#wantedLine = line;
    this.#showWanted();
    this.#settle(framesToSettle);
  }

  topLine(): number {
    const index = this.#blocks?.firstInSight() ?? 0;
    const element = this.#blocks?.at(index);
    if (!this.#blocks || !element) return 0;
    const { top, height } = element.getBoundingClientRect();
    return this.#blocks.lineOf(index, height > 0 ? Math.min(1, Math.max(0, -top / height)) : 0);
  }

  destroy(): void {
    cancelAnimationFrame(this.#settling);
    this.#stopWatching?.();
    this.#stopScrolling();
    this.#frame.ownerDocument.removeEventListener('focusin', this.#rememberFocus);
    this.#frame.remove();
  }

  #loaded(): void {
    const inside = this.#frame.contentDocument;
    const place = inside?.querySelector('main');
    if (!inside || !place) return;
    this.#stopWatching?.();
    this.#stopWatching = watchPresses(inside, ({ link, remoteImage, selected }) => {
      if (remoteImage) this.#outlets.onRemoteImage?.();
      if (link !== null && !link.startsWith('#')) this.#outlets.onLink(link);
      // Selected text keeps the focus, so that it can be copied.
      if (!selected) this.#giveFocusBack();
    });
    this.#blocks = new Blocks(
      place,
      markWhenBroken,
      (come, gone) => this.#drawings.drawIn(come, gone),
      (code) => this.#drawings.drawAgain(code),
    );
    this.setScheme(this.#scheme);
    this.setCodeStyle(this.#codeStyle);
    const early = this.#early;
    this.#early = [];
    for (const patch of early) this.patch(patch);
    if (this.#wantedLine !== null) this.scrollToLine(this.#wantedLine);
    this.#outlets.onReady?.();
  }

  readonly #rememberFocus = (event: FocusEvent): void => {
    if (event.target instanceof HTMLElement && event.target !== this.#frame) this.#focusBefore = event.target;
  };

  #giveFocusBack(): void {
    const { activeElement } = this.#frame.ownerDocument;
    if (activeElement === this.#frame) this.#focusBefore?.focus({ preventScroll: true });
  }

  /** The heights of blocks that were out of sight are guesses until they are laid out, the near ones a frame later. */
  #settle(frames: number): void {
    cancelAnimationFrame(this.#settling);
    if (frames === 0) return;
    this.#settling = requestAnimationFrame(() => {
      this.#showWanted();
      this.#settle(frames - 1);
    });
  }

  #showWanted(): void {
    if (this.#wantedLine === null || !this.#blocks) return;
    const place = this.#blocks.ofLine(this.#wantedLine);
    const element = place && this.#blocks.at(place.index);
    if (!element) {
      this.#frame.contentWindow?.scrollTo(0, 0);
      return;
    }
    const { top, height } = element.getBoundingClientRect();
    this.#scrollBy(top + height * place.share);
  }

  #scrollBy(distance: number): void {
    if (distance !== 0) this.#frame.contentWindow?.scrollBy(0, distance);
    this.#ownPlace = this.#frame.contentWindow?.scrollY ?? -1;
  }

  #scrolled(): void {
    if (this.#frame.contentWindow?.scrollY === this.#ownPlace) return;
    this.#wantedLine = null;
    this.#outlets.onScroll?.(this.topLine());
  }

  /** What must stay where it is, for a patch above what is in sight. */
  #anchorFor(patch: PreviewPatch): { element: HTMLElement; top: number } | null {
    const inside = this.#frame.contentWindow;
    if (!this.#blocks || !inside || inside.scrollY === 0) return null;
    const index = this.#blocks.firstInSight();
    if (Blocks.firstTouched(patch) >= index) return null;
    const anchor = this.#blocks.at(index);
    if (!anchor || isReplaced(patch, index)) return null;
    return { element: anchor, top: anchor.getBoundingClientRect().top };
  }

  #showRefusal(reason: string | null): void {
    const inside = this.#frame.contentDocument;
    const main = inside?.querySelector('main');
    if (!inside || !main) return;
    inside.querySelector('.refused')?.remove();
    if (reason === null) return;
    const box = inside.createElement('p');
    box.className = 'refused';
    box.textContent = reason;
    main.before(box);
  }
}

/** Whether the block at an index of the list before goes with a patch. */
function isReplaced(patch: PreviewPatch, index: number): boolean {
  let at = index;
  for (const op of patch.ops) {
    if (at >= op.at && at < op.at + op.remove) return true;
    if (at >= op.at + op.remove) at += op.insert.length - op.remove;
  }
  return false;
}
