/** Diagrams, drawn by Mermaid. Loads when a post has the first one. */
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

import type { Scheme } from './drawings';

/** A larger diagram would hold the window up. */
const MAX_SOURCE = 50_000;
let next = 0;

/** Fails with Mermaid's words when the source is no diagram. */
export async function drawMermaid(source: string, scheme: Scheme): Promise<string> {
  if (source.length > MAX_SOURCE) throw new Error(`Mermaid: ${source.length} > ${MAX_SOURCE}`);
  mermaid.initialize({
    startOnLoad: false,
    // No clicks, no HTML in labels: what a post says must not become markup of the window's.
    securityLevel: 'strict',
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    maxTextSize: MAX_SOURCE,
    suppressErrorRendering: true,
    theme: scheme === 'dark' ? 'dark' : 'neutral',
    fontFamily: 'inherit',
  });
  next += 1;
  const { svg } = await mermaid.render(`drawing-${next}`, source);
  return DOMPurify.sanitize(svg, {
    USE_PROFILES: { svg: true, svgFilters: true },
    FORBID_TAGS: ['a', 'foreignObject', 'image', 'script', 'use'],
    ADD_TAGS: ['style'],
  });
}
