// What is seen of a post, for the preview's frame and for that of the built page alike.
const frames = () => [
  document.querySelector('[data-part=preview] iframe'),
  document.getElementById('built'),
];

const seen = (frame) => {
  const main = frame.contentDocument.querySelector('main');
  // What is far out of sight is not laid out, and would have no words.
  for (const stretch of main.children) stretch.style.contentVisibility = 'visible';
  const top = main.getBoundingClientRect().top;
  const elements = [...main.querySelectorAll(inOutline)].filter((element) => !element.closest('pre *'));
  return {
    lines: main.innerText.split('\n').map(fold).filter((line) => line !== ''),
    elements: elements.map((element) => `${pathOf(element, main)}${stateOf(element)}`),
    places: elements.filter((element) => element.matches(placed)).map((element) => {
      const { left, top: start, width, height } = element.getBoundingClientRect();
      return { name: `${element.localName} “${fold(element.innerText).slice(0, 40)}”`, at: [left, start - top, width, height] };
    }),
    loaded: [...main.querySelectorAll('img')].every((image) => image.complete),
  };
};

const inOutline =
  'h1, h2, h3, h4, h5, h6, p, ul, ol, li, dl, dt, dd, blockquote, pre, table, thead, tbody, tr, th, td, hr, figure, figcaption, img, input, a, em, strong, del, code, sup, sub, kbd, mark, abbr, br, details, summary';
const placed =
  'h1, h2, h3, h4, h5, h6, p, li, dt, dd, blockquote, pre, table, th, td, hr, figure, figcaption, img, input';

const fold = (text) => text.replace(/[\s\u200b]+/g, ' ').trim();

const pathOf = (element, main) => {
  const names = [];
  for (let it = element; it !== main; it = it.parentElement) if (it.matches(inOutline)) names.unshift(it.localName);
  return names.join(' > ');
};

const stateOf = (element) => {
  if (element.localName === 'img') return ` “${element.alt}” ${element.naturalWidth} × ${element.naturalHeight}`;
  if (element.localName === 'input') return element.checked ? ' checked' : ' not checked';
  if (element.localName === 'pre') {
    const numbers = [...element.querySelectorAll('[data-n]')].map((line) => line.dataset.n);
    return numbers.length > 0 ? ` numbered ${numbers.join(' ')}` : '';
  }
  return '';
};

// Brings a screen of both into sight, the first being 0; answers whether there is one.
const scrollTo = (screen) =>
  frames().map(({ contentWindow, contentDocument }) => {
    const page = contentWindow.innerHeight - 40;
    // Below the text is space that stays empty.
    const end = contentDocument.querySelector('main').getBoundingClientRect().bottom + contentWindow.scrollY;
    contentWindow.scrollTo(0, screen * page);
    return screen * page < end;
  }).includes(true);

// Of all that is drawn in either, how much is drawn otherwise in the other: a share in text, and one in code.
const unlike = async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const scale = bitmap.width / innerWidth;
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const [ours, built] = frames().map((frame) => {
    const box = frame.getBoundingClientRect();
    const code = [...frame.contentDocument.querySelectorAll('pre')].map((pre) => pre.getBoundingClientRect());
    // The scroll bar lies over the right edge.
    const [width, height] = [box.width - 16, box.height].map((side) => Math.floor(side * scale));
    const { data } = canvas.getImageData(Math.round(box.left * scale), Math.round(box.top * scale), width, height);
    const inCode = (y) => code.some(({ top, bottom }) => y / scale >= top - 1 && y / scale <= bottom + 1);
    return { data, width, height, inCode };
  });
  const found = { text: { drawn: 0, other: 0 }, code: { drawn: 0, other: 0 } };
  const paper = ours.data.slice(0, 3);
  const differ = (a, i, b, j) => [0, 1, 2].some((channel) => Math.abs(a[i + channel] - b[j + channel]) > 48);
  for (let y = 0; y < ours.height; y += 1) {
    const kind = ours.inCode(y) || built.inCode(y) ? found.code : found.text;
    for (let x = 0; x < ours.width; x += 1) {
      const at = (y * ours.width + x) * 4;
      const drawn = differ(ours.data, at, paper, 0) || differ(built.data, at, paper, 0);
      if (drawn) kind.drawn += 1;
      if (differ(ours.data, at, built.data, at)) kind.other += 1;
    }
  }
  return found;
};
