/**
 * A local image that cannot be shown becomes a box that says which. The frame runs no scripts, so no listener
 * would be called in it; the promise of `decode` is.
 */
export function markWhenBroken(image: HTMLImageElement): void {
  const source = image.getAttribute('src') ?? '';
  image.decode().catch(() => {
    // Rejects too when the image left the document or changed its address while it loaded.
    if (!image.isConnected || image.getAttribute('src') !== source || image.naturalWidth > 0) return;
    image.replaceWith(brokenBox(image, source));
  });
}

function brokenBox(image: HTMLImageElement, source: string): HTMLElement {
  const box = image.ownerDocument.createElement('span');
  box.className = 'broken-image';
  box.setAttribute('role', 'img');
  const name = fileName(source);
  box.textContent = image.alt ? `${image.alt} (${name})` : name;
  return box;
}

/** The reference as the writer wrote it: what follows the post's number in the address. */
function fileName(source: string): string {
  const reference = /\/post\/\d+\/(.*)$/.exec(source)?.[1] ?? source;
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
