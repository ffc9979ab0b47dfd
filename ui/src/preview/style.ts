/** How a post looks in the preview. Its colours and fonts are the window's tokens, copied into the frame. */

/** The tokens that the preview uses. */
export const tokens = [
  '--paper',
  '--desk',
  '--ink',
  '--quiet',
  '--line',
  '--accent',
  '--warning',
  '--danger',
  '--selection',
  '--font-text',
  '--font-code',
] as const;

export const style = `
* { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); font: 16px/1.75 var(--font-text, system-ui, sans-serif); -webkit-text-size-adjust: 100% }
body { max-inline-size: 46em; margin: 0 auto; padding: 24px 32px 40vh; word-break: keep-all; overflow-wrap: anywhere }
::selection { background: var(--selection) }
main > .stretch { content-visibility: auto; contain-intrinsic-size: auto 4000px; contain-intrinsic-size: auto none auto 4000px }
section > :first-child { margin-block-start: 0 }
section > :last-child { margin-block-end: 0 }
section { padding-block-end: 16px }
section[data-heading] { padding-block-end: 8px }
section:empty { padding: 0 }
p, ul, ol, dl, blockquote, pre, table, figure, details { margin: 16px 0 }
h1, h2, h3, h4, h5, h6 { margin: 24px 0 8px; font-weight: 700; line-height: 1.35; text-wrap: balance }
h1 { font-size: 1.8em } h2 { font-size: 1.45em } h3 { font-size: 1.2em } h4 { font-size: 1.05em }
h5, h6 { font-size: 1em; color: var(--quiet) }
section:is([data-heading=h1], [data-heading=h2]) { padding-block-start: 16px }
main > .stretch:first-child > section:first-child { padding-block-start: 0 }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em }
strong { font-weight: 700 }
ul, ol { padding-inline-start: 1.6em }
li { margin: 4px 0 } li > p { margin: 8px 0 } li > ul, li > ol { margin: 4px 0 }
li:has(> input[type=checkbox]), li:has(> p > input[type=checkbox]) { list-style: none; margin-inline-start: -1.5em }
li input[type=checkbox] { inline-size: 1em; block-size: 1em; margin: 0 0.5em 0 0; vertical-align: -0.12em; accent-color: var(--accent) }
blockquote { padding-inline-start: 16px; border-inline-start: 3px solid var(--line); color: var(--quiet) }
hr { margin: 32px 0; border: 0; border-block-start: 1px solid var(--line) }
code, kbd, samp, pre { font-family: var(--font-code, monospace); word-break: normal }
:not(pre) > code { padding: 0.1em 0.35em; border-radius: 4px; background: var(--desk); font-size: 0.88em }
kbd { padding: 0.1em 0.4em; border: 1px solid var(--line); border-block-end-width: 2px; border-radius: 4px; font-size: 0.85em }
pre { overflow-x: auto; padding: 12px 16px; border: 1px solid var(--line); border-radius: 6px; background: var(--desk); font-size: 14px; line-height: 1.6; tab-size: 4; white-space: pre; overflow-wrap: normal }
pre code { font: inherit }
pre .line.hl { display: inline-block; min-inline-size: 100%; background: color-mix(in srgb, var(--accent) 14%, transparent) }
pre .hidden-line { display: none }
pre .line[data-n]::before { content: attr(data-n); display: inline-block; min-inline-size: 2em; margin-inline-end: 1.2em; text-align: end; color: var(--quiet) }
.code-figure { text-align: start } .code-figure figcaption { padding-block-end: 4px } .code-figure figcaption a { margin-inline-start: .8em }
.bidi { outline: 1px solid var(--warning); font-size: 0.75em; unicode-bidi: isolate }
img, video { max-inline-size: 100%; block-size: auto; border-radius: 4px }
figure { text-align: center } figcaption { color: var(--quiet); font-size: 0.9em }
table { display: block; inline-size: max-content; max-inline-size: 100%; overflow-x: auto; border-collapse: collapse; font-size: 0.95em; font-variant-numeric: tabular-nums }
th, td { padding: 6px 12px; border: 1px solid var(--line); text-align: start; vertical-align: top }
th { background: var(--desk); font-weight: 600 }
[align=center] { text-align: center } [align=right] { text-align: end }
details { padding: 8px 16px; border: 1px solid var(--line); border-radius: 6px } summary { cursor: pointer; font-weight: 600 }
sup { line-height: 0 } div.footnote, div.footnote-definition { display: flex; gap: 8px; color: var(--quiet); font-size: 0.9em } div.footnote p, div.footnote-definition p { margin: 0 } .footnote-label, .footnote-definition-label { line-height: inherit; vertical-align: baseline }
.broken-image, .remote-image { display: inline-block; max-inline-size: 100%; padding: 6px 12px; border: 1px dashed var(--warning); border-radius: 6px; color: var(--warning); font-size: 0.9em }
.remote-image { border-color: var(--line); color: var(--quiet); cursor: pointer } .remote-image:hover { border-color: var(--accent); color: var(--accent) }
.broken-image::before { content: '⚠ ' }
.drawing[data-kind=mermaid] { margin: 16px 0; text-align: center; overflow-x: auto } .drawing[data-kind=mermaid] svg { max-inline-size: 100%; block-size: auto }
.drawing[data-kind=displayMath] { margin: 16px 0; text-align: center; overflow-x: auto } .drawing.stale { opacity: .5 }
.drawing-failed { display: block; margin: 4px 0; color: var(--warning); font: 13px/1.5 var(--font-code, monospace); white-space: pre-wrap }
.math-inline:not([hidden]), .math-display:not([hidden]) { font-family: var(--font-code, monospace); font-size: .9em }
.macro { padding: 2px 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--desk); color: var(--quiet); font-size: .85em } div.macro { margin: 16px 0; padding: 8px 12px } .macro-embed { display: inline-block; max-inline-size: 100%; padding: 8px 12px; overflow-wrap: anywhere }
.macro-name { color: var(--accent); font-family: var(--font-code, monospace) } .macro-arguments { font-family: var(--font-code, monospace) }
.refused, .too-deep, .too-large { padding: 12px 16px; border: 1px solid var(--line); border-radius: 6px; background: var(--desk); color: var(--quiet) }
`;
