// The contact sheet: every photo that was dropped, as a person looks at them. The address says which
// ones are shown, so a list of what is to be mended can be handed on.

import * as api from './api.js';
import { h, icon, one, picture, place } from './dom.js';
import { button, languageSwitch, message, showAway, showRelease, signInMessage, speak } from './frame.js';
import { follow } from './release.js';
import { chooseLocale, LOCALES, words } from './words.js';

const AT_ONCE = 60;
const MOST = 200;
// A photo of which nothing can be made makes no release, so the sheet is asked for by the clock.
const EVERY = 15_000;
const FOLDER = 'inbox/images';
const CHANNEL = 'web';
/** @type {Record<string, import('./words.js').Word>} */
const ONLY = { '': 'onlyAll', remarks: 'onlyRemarks', orphans: 'onlyOrphans', refused: 'onlyRefused' };
/** @type {Record<string, import('./words.js').Word>} */
const NONE = { remarks: 'noneRemarks', orphans: 'noneOrphans', refused: 'noneRefused' };
const RATIOS = [[1, 1], [5, 4], [4, 3], [3, 2], [16, 10], [5, 3], [16, 9], [2, 1], [21, 9], [3, 1]];

/**
 * @type {{
 *   locale: Rikaste.Locale,
 *   t: Rikaste.Words,
 *   release: number | null,
 *   away: boolean,
 *   photos: Rikaste.Photo[] | null,
 *   total: number,
 *   next: string | null,
 *   asking: AbortController | null,
 *   refused: boolean,
 * }}
 */
const sheet = { locale: LOCALES[0], t: words(LOCALES[0]), release: null, away: false, photos: null, total: 0, next: null, asking: null, refused: false };

function only() {
  const asked = new URLSearchParams(location.search).get('only') ?? '';
  return Object.hasOwn(ONLY, asked) ? asked : '';
}

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  sheet.locale = locale;
  sheet.t = words(locale);
  speak(sheet.t, locale);
  document.title = `${sheet.t('photosTitle')} – Rikaste`;
  languageSwitch(LOCALES, locale, (chosen) => {
    choose(chosen);
    look();
  });
  showRelease(sheet.t, sheet.release);
  showAway(sheet.t, sheet.away);
  draw();
}

function draw() {
  const { t, photos, total, next } = sheet;
  const now = only();
  place(one('only'), Object.entries(ONLY).map(([name, word]) => ({ name, word: t(word), current: name === now })), { key: (each) => each.name || 'all', draw: choice });
  one('prints').setAttribute('aria-busy', String(!photos));
  one('more').hidden = !next || !photos;
  if (!photos) return;
  place(one('prints'), photos.map((photo) => ({ ...photo, locale: sheet.locale })), { key: (photo) => photo.file_name, draw: print });
  one('count').textContent = counted(t, photos.length, total, now, next);
  one('instead').replaceChildren(...(photos.length || next ? [] : [nothing(t, now)]));
}

/**
 * @param {Rikaste.Words} t
 * @param {number} shown
 * @param {number} total
 * @param {string} now
 * @param {string | null} next
 */
function counted(t, shown, total, now, next) {
  if (!now) return next ? t('filesOf', { n: shown, all: total }) : t('files', { n: total });
  return next ? t('filesSoFar', { n: shown }) : t('files', { n: shown });
}

/** @param {{ name: string, word: string, current: boolean }} each */
function choice({ name, word, current }) {
  const href = name ? `/photos?only=${name}` : '/photos';
  return h('a', {
    href,
    'aria-current': current ? 'page' : undefined,
    onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      history.pushState(null, '', href);
      moved();
    },
  }, word);
}

/**
 * @param {Rikaste.Words} t
 * @param {string} now
 */
function nothing(t, now) {
  if (now) return message(t(NONE[now]));
  const [before, after] = t('noPhotosText', { folder: '\n' }).split('\n');
  return message(t('noPhotosTitle'), [before, h('code', {}, FOLDER), after]);
}

/** @param {Rikaste.Photo} photo */
function print(photo) {
  const { t } = sheet;
  const { file_name: name, kind, state, link, facts, remarks } = photo;
  return h('li', { class: ['print', `print-${state}`, facts?.transparent && 'print-clear'].filter(Boolean).join(' ') },
    tile(photo),
    h('h2', {}, link ? h('a', { href: link, 'aria-label': t('open', { file: name }) }, name) : name),
    state !== 'shown' ? h('p', { class: 'print-state' }, t(`state_${state}`)) : null,
    kind === 'photo' ? null : h('p', { class: 'quiet' }, [t(`kind_${kind}`), bytes(photo.size)].join(' · ')),
    facts ? [
      h('p', { class: 'print-size' }, [`${facts.width} × ${facts.height}`, shape(facts), facts.media_type.replace('image/', '').toUpperCase(), bytes(photo.size)].join(' · ')),
      h('p', { class: 'quiet' }, looks(facts).join(' · ')),
      colors(facts.colors)] : null,
    owners(photo),
    remarks.length ? h('ul', { class: 'remarks' }, remarks.map((remark) => h('li', { class: `remark remark-${remark.severity}` }, remark.local_message))) : null);
}

/** @param {Rikaste.Photo} photo */
function tile({ kind, preview, facts, products }) {
  if (kind !== 'photo') return h('span', { class: 'picture picture-none' }, icon(kind === 'video' ? 'film' : 'page'));
  const alt = products.find((product) => product.alt)?.alt?.alt ?? '';
  return picture(preview && { ...preview, alt, color: facts?.colors[0]?.color });
}

/**
 * `3:2` where it is nearly that, else `1,37:1`.
 * @param {Rikaste.PhotoFacts} facts
 */
function shape({ width, height }) {
  const [long, short] = width >= height ? [width, height] : [height, width];
  const known = RATIOS.find(([a, b]) => Math.abs(long / short / (a / b) - 1) < 0.01);
  const [a, b] = known ?? [new Intl.NumberFormat(sheet.locale, { maximumFractionDigits: 2 }).format(long / short), 1];
  return width >= height ? `${a}:${b}` : `${b}:${a}`;
}

/** @param {Rikaste.PhotoFacts} facts */
function looks({ white_background: white, transparent, content, sharpness, frames, profile }) {
  const { t } = sheet;
  return [
    white && t('isWhite'), transparent && t('isClear'),
    content === 'graphic' && t('isGraphic'), content === 'blank' && t('isBlank'),
    t('sharpness', { n: percent(sharpness) }),
    frames && frames > 1 && t('framesOf', { n: frames }), profile,
  ].filter(Boolean);
}

/** @param {Rikaste.PhotoFacts['colors']} swatches */
function colors(swatches) {
  if (!swatches.length) return null;
  const list = swatches.map(({ color, share }) => `${color} ${percent(share)}`).join(', ');
  return h('p', { class: 'print-colors', role: 'img', 'aria-label': sheet.t('colorsOf', { list }), title: list },
    swatches.map(({ color }) => h('span', { class: 'swatch', '--swatch': color })));
}

/** @param {Rikaste.Photo} photo */
function owners({ kind, products, more_products: more }) {
  const { t } = sheet;
  if (!products.length) return null;
  return h('ul', { class: 'print-products' }, products.map(({ sku, name, model, role, order, alt, channels }) => h('li', {},
    channels.includes(CHANNEL) ? h('a', { href: `/shop?sku=${encodeURIComponent(sku)}` }, sku) : h('strong', {}, sku),
    name ? ` ${name}` : '',
    h('span', { class: 'quiet' }, [model && t('isModel'), role && t(`role_${role}`), kind === 'photo' && order && t('nth', { n: order })].filter(Boolean).map((each) => ` · ${each}`)),
    alt ? h('p', { class: 'print-alt' }, t('altText', { text: alt.alt }), alt.made_by === 'machine' ? ` (${t('byMachine')})` : null) : null)),
  more ? h('li', { class: 'quiet' }, t('moreProducts', { n: more })) : null);
}

/** @param {number} share */
function percent(share) {
  return new Intl.NumberFormat(sheet.locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** @param {number} size */
function bytes(size) {
  const [unit, by] = size >= 1e6 ? ['megabyte', 1e6] : ['kilobyte', 1e3];
  return new Intl.NumberFormat(sheet.locale, { style: 'unit', unit, maximumFractionDigits: size >= 1e6 ? 1 : 0 }).format(size / by);
}

/**
 * Photos behind `after`, as many as are wanted; an answer may have none and go on.
 * @param {string | null} after
 * @param {number} wanted
 * @param {AbortSignal} signal
 */
async function ask(after, wanted, signal) {
  /** @type {Rikaste.Photo[]} */
  const found = [];
  let answer;
  do {
    answer = await api.photos({ only: only(), after, limit: Math.min(wanted - found.length, MOST), locale: sheet.locale }, signal);
    found.push(...answer.photos);
    after = answer.next ?? null;
  } while (after && found.length < wanted);
  return { found, total: answer.total, next: after };
}

/**
 * @param {string | null} after
 * @param {number} wanted
 * @param {Rikaste.Photo[]} keep
 */
async function load(after, wanted, keep) {
  sheet.asking?.abort();
  sheet.asking = new AbortController();
  const { signal } = sheet.asking;
  try {
    const { found, total, next } = await ask(after, wanted, signal);
    Object.assign(sheet, { photos: [...keep, ...found], total, next, refused: false });
    draw();
  } catch (error) {
    if (signal.aborted || error instanceof api.Unreachable) return;
    if (!(error instanceof api.Problem)) throw error;
    Object.assign(sheet, { photos: null, next: null, refused: api.isRefusal(error) });
    draw();
    one('prints').setAttribute('aria-busy', 'false');
    one('prints').replaceChildren();
    one('count').textContent = '';
    const { t } = sheet;
    one('instead').replaceChildren(sheet.refused ? signInMessage(t) : message(t('problemTitle'), error.message, button(t('retry'), look)));
  }
}

/** What is shown, once more: as many as there are now. */
function look() {
  if (document.hidden || sheet.away) return;
  load(null, Math.max(AT_ONCE, sheet.photos?.length ?? 0), []);
}

function moved() {
  Object.assign(sheet, { photos: null, next: null });
  one('prints').replaceChildren();
  one('instead').replaceChildren();
  one('count').textContent = sheet.t('loading');
  draw();
  look();
}

function start() {
  choose(chooseLocale(LOCALES, new URLSearchParams(location.search).get('lang')));
  one('more').addEventListener('click', () => load(sheet.next, AT_ONCE, sheet.photos ?? []));
  addEventListener('popstate', moved);
  follow(CHANNEL, {
    onRelease(release) {
      sheet.release = release;
      showRelease(sheet.t, release);
      look();
    },
    onReachable(now) {
      sheet.away = !now;
      showAway(sheet.t, sheet.away);
    },
  });
  look();
  // What only those with a token may see is asked for again at a new release only.
  setInterval(() => sheet.refused || look(), EVERY);
  document.addEventListener('visibilitychange', look);
}

start();
