/**
 * Scrolling in a frame that runs no scripts: WebKit calls no listener there. So the place is looked at once a frame,
 * for as long as the pointer is over the preview, which the page around it is told.
 */

/** Tells each place the writer scrolls to; the function it answers ends that. */
export function watchScrolling(frame: HTMLIFrameElement, told: () => void): () => void {
  let asked = 0;
  let place = 0;
  const look = (): void => {
    const now = frame.contentWindow?.scrollY ?? 0;
    if (now !== place) {
      place = now;
      told();
    }
    asked = requestAnimationFrame(look);
  };
  const begin = (): void => {
    cancelAnimationFrame(asked);
    place = frame.contentWindow?.scrollY ?? 0;
    asked = requestAnimationFrame(look);
  };
  const end = (): void => cancelAnimationFrame(asked);
  frame.addEventListener('pointerenter', begin);
  frame.addEventListener('pointerleave', end);
  return () => {
    end();
    frame.removeEventListener('pointerenter', begin);
    frame.removeEventListener('pointerleave', end);
  };
}
