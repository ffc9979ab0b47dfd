// Shows the page that a generator built in the place of the editor, in a frame as wide as the preview's, under the
// preview's own style sheet: each of its blocks stands as the preview's blocks do, in a section of its own.
const show = (page) => {
  document.getElementById('built')?.remove();
  const preview = document.querySelector('[data-part=preview] iframe');
  const inside = preview.contentDocument;
  const template = document.createElement('template');
  template.innerHTML = page;
  for (const comment of comments(template.content)) comment.remove();
  for (const figure of template.content.querySelectorAll('figure.highlight:has(> table)')) {
    figure.replaceWith(codeOf(figure));
  }
  // What stands around code is for a theme's style sheet. Rouge's classes are those of the preview's.
  for (const wrapper of template.content.querySelectorAll('div.highlighter-rouge, div.highlight, figure.highlight')) {
    const code = wrapper.querySelector('pre');
    if (!code) continue;
    if (wrapper.matches('.highlighter-rouge, figure')) code.className = 'code chroma highlight';
    wrapper.replaceWith(code);
  }
  // Hexo's links to headings show nothing but by a theme.
  for (const link of template.content.querySelectorAll('a.headerlink:empty')) link.remove();
  const stretch = document.createElement('div');
  stretch.className = 'stretch';
  stretch.style.contentVisibility = 'visible';
  for (const block of [...template.content.children]) {
    const section = document.createElement('section');
    if (block.matches('h1, h2, h3')) section.dataset.heading = block.localName;
    section.append(block);
    stretch.append(section);
  }
  const { left, top, width, height } = preview.getBoundingClientRect();
  const built = document.createElement('iframe');
  built.id = 'built';
  built.setAttribute('sandbox', 'allow-same-origin');
  // A whole number of pixels further left, so that letters are drawn on the same raster.
  const place = { left: left - Math.ceil(width), top, width, height };
  const sides = Object.entries(place).map(([side, pixels]) => `${side}:${pixels}px`);
  built.style.cssText = `position:fixed;z-index:30;border:0;background:var(--paper);${sides.join(';')}`;
  const root = inside.documentElement.cloneNode(false);
  const styles = [...inside.querySelectorAll('style')].map((style) => style.outerHTML).join('');
  root.innerHTML = `<head>${styles}</head><body><main>${stretch.outerHTML}</main></body>`;
  built.srcdoc = `<!doctype html>${root.outerHTML}`;
  document.body.append(built);
};

const comments = (tree) => {
  const walk = document.createTreeWalker(tree, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walk.nextNode()) found.push(walk.currentNode);
  return found;
};

// Hexo writes code as a table of numbers and lines, which a theme must style; here its lines stand as the preview's.
const codeOf = (figure) => {
  const numbers = [...figure.querySelectorAll('.gutter .line')].map((line) => line.textContent);
  const code = document.createElement('code');
  for (const [at, line] of figure.querySelectorAll('.code .line').entries()) {
    const shown = document.createElement('span');
    shown.className = line.className;
    if (numbers[at] !== undefined) shown.dataset.n = numbers[at];
    shown.append(...line.childNodes, '\n');
    code.append(shown);
  }
  const pre = document.createElement('pre');
  pre.className = 'code chroma highlight numbered';
  pre.append(code);
  const caption = figure.querySelector('figcaption');
  if (!caption) return pre;
  figure.className = 'code-figure';
  figure.replaceChildren(caption, pre);
  return figure;
};
