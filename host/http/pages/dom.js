// Elements made from data. No text of the feed ever passes through an HTML parser, except rich
// text, of which only the elements that the feed promises are kept.

const SVG = 'http://www.w3.org/2000/svg';

/** `h('a', { href: '/shop', class: 'card', onclick: open }, 'text', element, null)` */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name.startsWith('--')) element.style.setProperty(name, value);
    else if (name === 'value' || name === 'checked' || name === 'open') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const RICH = new Set(['P', 'UL', 'LI', 'STRONG', 'EM', 'BR']);

/** Text of the feed as paragraphs; the little HTML that rich text may hold is kept. */
export function prose(text) {
  const fragment = document.createDocumentFragment();
  if (/<(p|ul|li|strong|em|br)\b/i.test(text)) {
    const parsed = new DOMParser().parseFromString(text, 'text/html');
    fragment.append(...kept(parsed.body));
  } else {
    for (const paragraph of text.split(/\n\s*\n/)) {
      if (!paragraph.trim()) continue;
      const lines = paragraph.trim().split('\n');
      fragment.append(h('p', {}, lines.map((line, at) => (at ? [h('br'), line] : line))));
    }
  }
  return fragment;
}

function kept(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent];
    if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === 'SCRIPT' || node.tagName === 'STYLE') return [];
    return RICH.has(node.tagName) ? [h(node.tagName.toLowerCase(), {}, kept(node))] : kept(node);
  });
}

const ICONS = {
  search: ['M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z', 'M15.5 15.5 20 20'],
  back: ['M14.5 5 7.5 12l7 7'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
  photo: ['M4 6h16v12H4Z', 'M4 15l4.5-4 4 3.5 3-2.5L20 16', 'M15.5 9.5h.01'],
  film: ['M4 6h16v12H4Z', 'M10.5 9.2v5.6l4.5-2.8Z'],
  page: ['M6.5 3.5h7l4 4v13h-11Z', 'M13.5 3.5v4h4', 'M9.5 12h5', 'M9.5 15.5h5'],
  away: ['M4 9a12 12 0 0 1 16 0', 'M7.5 12.7a7 7 0 0 1 9 0', 'M12 17h.01', 'M4 4l16 16'],
  calendar: ['M5 6.5h14V19H5Z', 'M5 10.5h14', 'M9 4.5v3', 'M15 4.5v3'],
};

export function icon(name) {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    ICONS[name].map((d) => svg('path', { d })),
  );
}

const STAR = 'M12 3.6l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.2l-5.3 2.9 1.1-6L3.4 9.9l6-.8Z';

/** Five stars, filled to the mean; spoken as `label`. */
export function stars(average, label) {
  const row = (kind) =>
    svg('svg', { class: kind, viewBox: '0 0 120 24', 'aria-hidden': 'true', focusable: 'false' },
      [0, 1, 2, 3, 4].map((at) => svg('path', { d: STAR, transform: `translate(${at * 24} 0)` })));
  return h('span', { class: 'stars', role: 'img', 'aria-label': label, '--filled': `${(average / 5) * 100}%` },
    row('stars-empty'), h('span', { class: 'stars-filled' }, row('stars-full')));
}

/**
 * A picture in a tile that keeps its place while it loads and when it cannot be had. With `sizes`, how wide the tile is,
 * the browser takes the rendition that suits it.
 */
export function picture(image, { eager = false, sizes } = {}) {
  const tile = h('span', { class: 'picture' });
  if (!image) {
    tile.classList.add('picture-none');
    tile.append(icon('photo'));
    return tile;
  }
  const element = h('img', {
    alt: image.alt,
    lang: image.lang,
    decoding: 'async',
    loading: eager ? 'eager' : 'lazy',
    draggable: 'false',
    onload: () => tile.classList.add('picture-there'),
    onerror: () => {
      tile.classList.add('picture-none');
      element.replaceWith(icon('photo'));
    },
  });
  if (image.color) tile.style.setProperty('--picture-color', image.color);
  if (image.width && image.height) [element.width, element.height] = [image.width, image.height];
  if (sizes && image.srcset) [element.sizes, element.srcset] = [sizes, image.srcset];
  element.src = image.link;
  if (element.complete && element.naturalWidth) tile.classList.add('picture-there');
  tile.append(element);
  return tile;
}

/** Puts `items` into `parent`, keeping the elements whose key and content are what they were. */
export function place(parent, items, { key, draw }) {
  const before = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  const after = items.map((item) => {
    const name = key(item);
    const content = JSON.stringify(item);
    const kept = before.get(name);
    if (kept && kept.content === content) return kept;
    const element = draw(item);
    element.dataset.key = name;
    element.content = content;
    return element;
  });
  const same = after.length === parent.children.length && after.every((element, at) => element === parent.children[at]);
  if (!same) keepingFocus(parent, () => parent.replaceChildren(...after));
}

/** Changes what is in `parent` and gives the focus to what stands where it was. */
export function keepingFocus(parent, change) {
  const focused = document.activeElement;
  const trail = parent.contains(focused) && focused !== parent ? trailOf(parent, focused) : null;
  change();
  if (!trail || document.activeElement === focused) return;
  const there = trail.keys.reduce((within, key) =>
    within && [...within.querySelectorAll('[data-key]')].find((element) => element.dataset.key === key), parent);
  const target = there && (there.matches(trail.tag) ? there : there.querySelector(trail.tag));
  target?.focus({ preventScroll: true });
}

function trailOf(parent, element) {
  const keys = [];
  for (let at = element; at !== parent; at = at.parentElement) if (at.dataset.key) keys.unshift(at.dataset.key);
  return { keys, tag: element.tagName.toLowerCase() };
}
