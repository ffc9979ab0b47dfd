// The reference of the typing budgets: a whole post rendered by markdown-it with highlight.js.
// usage: node reference.mjs POST SAMPLES
import { readFileSync } from 'node:fs';
import hljs from 'highlight.js';
import MarkdownIt from 'markdown-it';

const [post, samples] = process.argv.slice(2);
const text = readFileSync(post, 'utf8');
const markdown = new MarkdownIt({
  html: true,
  highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''),
});
const times = [];
for (let sample = 0; sample < Number(samples); sample++) {
  const start = performance.now();
  markdown.render(text);
  times.push(performance.now() - start);
}
times.sort((left, right) => left - right);
const at = (share) => times[Math.round((times.length - 1) * share)].toFixed(2);
console.log(`${at(0.5)} / ${at(0.99)} ms`);
