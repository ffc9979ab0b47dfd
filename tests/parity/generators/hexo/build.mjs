// Renders the posts of SITE/posts.json as a build of Hexo does, and writes SITE/pages.json.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Hexo from 'hexo';

const site = process.argv[2];
const installed = path.dirname(fileURLToPath(import.meta.url));
// Hexo loads the plugins that the site's package.json names from the site's own folder.
const { dependencies } = JSON.parse(fs.readFileSync(path.join(installed, 'package.json'), 'utf8'));
const manifest = { name: 'site', private: true, hexo: { version: dependencies.hexo }, dependencies };
fs.writeFileSync(path.join(site, 'package.json'), JSON.stringify(manifest));
fs.symlinkSync(path.join(installed, 'node_modules'), path.join(site, 'node_modules'), 'dir');

const hexo = new Hexo(site, { silent: true });
await hexo.init();
const posts = JSON.parse(fs.readFileSync(path.join(site, 'posts.json'), 'utf8'));
const pages = [];
for (const [at, content] of posts.entries()) {
  const name = `p${String(at).padStart(5, '0')}`;
  const post = { content, title: name, source: `_posts/${name}.md`, slug: name, path: `${name}/` };
  try {
    const rendered = await hexo.post.render(path.join(hexo.source_dir, post.source), post);
    pages.push({ html: rendered.content });
  } catch (error) {
    pages.push({ refused: String(error.message ?? error).split('\n')[0] });
  }
}
fs.writeFileSync(path.join(site, 'pages.json'), JSON.stringify(pages));
await hexo.exit();
