/** Formulas as MathML, which web views draw by themselves. Loads when a post has the first one. */
import DOMPurify from 'dompurify';
import katex from 'katex';

/** Fails with KaTeX's words when the source is no formula. */
export function drawMath(source: string, display: boolean): string {
  const html = katex.renderToString(source, {
    output: 'mathml',
    displayMode: display,
    throwOnError: true,
    // No links, no images, no HTML from a formula, and an end to what its macros may grow to.
    trust: false,
    maxExpand: 500,
    maxSize: 20,
  });
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true, mathMl: true },
    ADD_TAGS: ['semantics', 'annotation'],
    FORBID_ATTR: ['style', 'href'],
  });
}
