// Elements made from data. No text of the feed ever passes through an HTML parser, except rich
// text, of which only the elements that the feed promises are kept.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The element of the page's HTML that has this id.
 * @template {string} K
 * @param {K} id
 * @returns {K extends keyof Rikaste.Elements ? Rikaste.Elements[K] : HTMLElement}
 */
export function one(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return /** @type {ReturnType<typeof one<K>>} */ (/** @type {unknown} */ (element));
}

/**
 * `h('a', { href: '/shop', class: 'card', onclick: open }, 'text', element, null)`
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Rikaste.Properties | null} [properties]
 * @param {...Rikaste.Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Rikaste.Properties | null} [properties]
 * @param {...Rikaste.Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/**
 * @template {HTMLElement | SVGElement} E
 * @param {E} element
 * @param {Rikaste.Properties | null | undefined} properties
 * @param {Rikaste.Child[]} children
 */
function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), /** @type {(event: Event) => void} */ (value));
    else if (name.startsWith('--')) element.style.setProperty(name, String(value));
    else if (name === 'value' || name === 'checked' || name === 'open') Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...flat(children));
  return element;
}

/**
 * @param {Rikaste.Child[]} children
 * @returns {(Node | string)[]}
 */
function flat(children) {
  return children.flatMap((child) => {
    if (child === null || child === undefined || child === false) return [];
    if (Array.isArray(child)) return flat(child);
    return typeof child === 'object' ? child : String(child);
  });
}

/** The elements of rich text, each without its attributes. */
const RICH = /** @type {const} */ (['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'b', 'i', 'h3', 'h4']);
const INLINE = ['br', 'strong', 'em', 'b', 'i'];
/** What is not even text of rich text. */
const UNREAD = ['script', 'style', 'template', 'noscript', 'iframe', 'textarea', 'title'];

/** @param {readonly string[]} names */
const tags = (names) => new RegExp(`</?(?:${names.join('|')})(?:\\s[^<>]*)?/?>`, 'i');
const ANY = tags(RICH);
const BLOCKS = tags(RICH.filter((name) => !INLINE.includes(name)));

/**
 * Text of the feed as paragraphs; of the HTML in it, the elements of rich text are kept. Any other element is left
 * out, and what it holds stays.
 * @param {string} text
 */
export function prose(text) {
  const fragment = document.createDocumentFragment();
  if (BLOCKS.test(text)) {
    fragment.append(...kept(parsed(text)));
    return fragment;
  }
  for (const paragraph of text.split(/\n\s*\n/)) {
    const lines = paragraph.trim().split('\n');
    if (!paragraph.trim()) continue;
    fragment.append(h('p', {}, ANY.test(paragraph) ? kept(parsed(lines.join('<br>'))) : lines.map((line, at) => (at ? [h('br'), line] : line))));
  }
  return fragment;
}

/**
 * The same as text alone, in one line.
 * @param {string} text
 */
export function plain(text) {
  const fragment = prose(text);
  for (const block of fragment.querySelectorAll('p, br, li, h3, h4')) block.after(' ');
  return (fragment.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {string} text */
function parsed(text) {
  return new DOMParser().parseFromString(text, 'text/html').body;
}

/**
 * @param {Element} parent
 * @returns {(Node | string)[]}
 */
function kept(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    const element = /** @type {Element} */ (node);
    const name = RICH.find((each) => each === element.localName);
    if (UNREAD.includes(element.localName)) return [];
    return name ? [h(name, {}, kept(element))] : kept(element);
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
  camera: ['M4 8h3.5l1.5-2h6l1.5 2H20v11H4Z', 'M12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z'],
  calendar: ['M5 6.5h14V19H5Z', 'M5 10.5h14', 'M9 4.5v3', 'M15 4.5v3'],
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    ICONS[name].map((d) => svg('path', { d })),
  );
}

const STAR = 'M12 3.6l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.2l-5.3 2.9 1.1-6L3.4 9.9l6-.8Z';

/**
 * Five stars, filled to the mean; spoken as `label`.
 * @param {number} average
 * @param {string} label
 */
export function stars(average, label) {
  /** @param {string} kind */
  const row = (kind) =>
    svg('svg', { class: kind, viewBox: '0 0 120 24', 'aria-hidden': 'true', focusable: 'false' },
      [0, 1, 2, 3, 4].map((at) => svg('path', { d: STAR, transform: `translate(${at * 24} 0)` })));
  return h('span', { class: 'stars', role: 'img', 'aria-label': label, '--filled': `${(average / 5) * 100}%` },
    row('stars-empty'), h('span', { class: 'stars-filled' }, row('stars-full')));
}

/**
 * A picture in a tile that keeps its place while it loads and when it cannot be had. With `sizes`, how wide the tile is,
 * the browser takes the rendition that suits it.
 * @param {Rikaste.Picture | null | undefined} image
 * @param {{ eager?: boolean, sizes?: string }} [how]
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
      // A device without a connection may have the small rendition only.
      if (image.small && element.getAttribute('src') !== image.small) {
        element.removeAttribute('srcset');
        element.src = image.small;
        return;
      }
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

/**
 * What was drawn last in an element, as text: who reads it keeps their place where it shows the same.
 * @type {WeakMap<Element, string>}
 */
export const contents = new WeakMap();

/**
 * Puts `items` into `parent`, keeping the elements whose key and content are what they were.
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} items
 * @param {{ key: (item: T) => string, draw: (item: T) => HTMLElement }} how
 */
export function place(parent, items, { key, draw }) {
  const before = new Map(/** @type {HTMLElement[]} */ ([...parent.children]).map((element) => [element.dataset.key, element]));
  const after = items.map((item) => {
    const name = key(item);
    const content = JSON.stringify(item);
    const kept = before.get(name);
    if (kept && contents.get(kept) === content) return kept;
    const element = draw(item);
    element.dataset.key = name;
    contents.set(element, content);
    return element;
  });
  const same = after.length === parent.children.length && after.every((element, at) => element === parent.children[at]);
  if (!same) keepingFocus(parent, () => parent.replaceChildren(...after));
}

/**
 * Changes what is in `parent` and gives the focus to what stands where it was.
 * @param {HTMLElement} parent
 * @param {() => void} change
 */
export function keepingFocus(parent, change) {
  const focused = document.activeElement;
  const trail = focused && parent.contains(focused) && focused !== parent ? trailOf(parent, /** @type {HTMLElement} */ (focused)) : null;
  change();
  if (!trail || document.activeElement === focused) return;
  let there = parent;
  for (const key of trail.keys) {
    const next = [...there.querySelectorAll('[data-key]')].find((element) => /** @type {HTMLElement} */ (element).dataset.key === key);
    if (!next) return;
    there = /** @type {HTMLElement} */ (next);
  }
  const target = there.matches(trail.tag) ? there : there.querySelector(trail.tag);
  /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} parent
 * @param {HTMLElement} element
 */
function trailOf(parent, element) {
  /** @type {string[]} */
  const keys = [];
  for (let at = element; at !== parent && at.parentElement; at = at.parentElement) if (at.dataset.key) keys.unshift(at.dataset.key);
  return { keys, tag: element.tagName.toLowerCase() };
}
