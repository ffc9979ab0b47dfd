/** Diagrams, drawn by Mermaid. Loads when a post has the first one. */
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

import type { Scheme } from './drawings';

/** A larger diagram would hold the window up. */
const MAX_SOURCE = 50_000;
/**
 * Mermaid draws in the window's own document before its drawing can be cleaned, and loads what the source names:
 * a shape's image, an address in a style. A backslash there could spell the same otherwise.
 */
const reachesOut = [
  /\b(?:url|src|image|image-set|cross-fade)\s*\(/i,
  /@import/i,
  /@\{[^}]*(?:img|\\)/i,
  /^\s*(?:style|classDef|linkStyle|cssClass)\b[^\n]*\\/im,
];
/** What a source's own directive must not set: styles as text, and what keeps markup out. */
const kept = [
  ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
  ...['themeCSS', 'fontFamily', 'altFontFamily', 'htmlLabels', 'dompurifyConfig'],
];
let next = 0;

/** Fails with Mermaid's words when the source is no diagram. */
export async function drawMermaid(source: string, scheme: Scheme): Promise<string> {
  if (source.length > MAX_SOURCE) throw new Error(`Mermaid: ${source.length} > ${MAX_SOURCE}`);
  if (reachesOut.some((form) => form.test(source))) {
    throw new Error('Mermaid: a diagram with images or addresses in its styles is not drawn here.');
  }
  mermaid.initialize({
    secure: kept,
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
