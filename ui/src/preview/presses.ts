/**
 * Presses in a frame that runs no scripts. WebKit calls no listener in such a frame, not even one of the page
 * around it; a ResizeObserver it does call. So an invisible mark is wider while the body is pressed, and a moment
 * after, so that the quickest tap is seen.
 */
export const pressStyle = `
#press { position: fixed; inset: 0 auto auto 0; inline-size: 1px; block-size: 1px; visibility: hidden; transition: inline-size 0s linear 120ms }
body:active #press { inline-size: 2px; transition: none }
`;

export interface Pressed {
  /** The link that was pressed and let go of, if it was one. */
  link: string | null;
  /** Whether it was the box of an image on another machine. */
  remoteImage: boolean;
  /** Whether text is selected now. */
  selected: boolean;
}

/** Tells each press once it is over; the function it answers ends that. */
export function watchPresses(frame: Document, told: (pressed: Pressed) => void): () => void {
  const mark = frame.createElement('div');
  mark.id = 'press';
  mark.setAttribute('aria-hidden', 'true');
  frame.body.append(mark);
  let down = false;
  let link: Element | null = null;
  let box: Element | null = null;
  const observer = new ResizeObserver(() => {
    const pressed = mark.offsetWidth > 1;
    if (pressed === down) return;
    down = pressed;
    if (pressed) {
      link = frame.querySelector('a[href]:active') ?? frame.querySelector('a[href]:hover');
      box = frame.querySelector('.remote-image:active') ?? frame.querySelector('.remote-image:hover');
      return;
    }
    const selected = !(frame.getSelection()?.isCollapsed ?? true);
    const chosen = !selected && link?.matches(':hover') ? link.getAttribute('href') : null;
    const remoteImage = !selected && (box?.matches(':hover') ?? false);
    link = null;
    box = null;
    told({ link: chosen, remoteImage, selected });
  });
  observer.observe(mark);
  return () => observer.disconnect();
}
