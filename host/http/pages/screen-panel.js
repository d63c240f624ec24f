// What a shelf screen shows of one product, to be read from two metres.

import { axes, choiceOf, excerpts, isAvailable, isSoldOut, pictures, piecesIn, pricing, rating, title, values } from './document.js';
import { h, picture, plain } from './dom.js';
import { hyphenated } from './hyphens.js';
import { excerptOf, langOf, languageNote, priceTag, quantityWord, ratingLine, availabilityLine, textLanguage } from './parts.js';
import { swatch } from './pickers.js';

const EXCERPTS = 5;

/**
 * The place this screen stands in: the one asked for, or the only store that the channel has.
 * @param {Rikaste.Channel} channel
 * @param {string} [asked]
 */
export function hereOf(channel, asked) {
  if (asked) return channel.locations.find((each) => each.code === asked) ?? null;
  const stores = channel.locations.filter((each) => each.kind !== 'warehouse');
  return stores.length === 1 ? stores[0] : null;
}

/** @param {Rikaste.Turn & { t: Rikaste.Words, locale: Rikaste.Locale, location: Rikaste.Location | null }} turn */
export function panel({ t, locale, location, view, variants, care }) {
  const image = pictures(view)[0];
  const said = excerpts(view).slice(0, EXCERPTS);
  return h('article', { class: 'panel' },
    h('div', { class: 'panel-picture' }, picture(image, { eager: true })),
    h('div', { class: 'panel-text' },
      h('header', { class: 'panel-head' },
        h('p', { class: 'panel-brand' }, view.brand, view.attributes?.badge ? h('span', { class: 'badge', lang: langOf(view, 'badge') }, view.attributes.badge) : null),
        h('h1', { lang: langOf(view, 'title') }, hyphenated(title(view), textLanguage(view, 'title'))),
        languageNote(t, view, 'title')),
      h('div', { class: 'panel-price' }, priceTag(t, locale, pricing(view), { none: 'askPrice' }), rating(view) ? ratingLine(t, locale, view) : null),
      view.description ? h('div', { class: 'panel-description' },
        h('p', { lang: langOf(view, 'description') }, plain(view.description)), languageNote(t, view, 'description')) : null,
      h('div', { class: 'panel-stock' }, stock(t, location, view, variants)),
      said.length ? h('div', { class: 'screen-excerpts' }, said.map((excerpt, order) =>
        h('div', { class: order ? 'waiting' : undefined, 'aria-hidden': String(order > 0) }, excerptOf(t, view, excerpt)))) : null,
      care ? careProduct(t, locale, care) : null));
}

// What gives way where a text is long or a screen small, the least needed first.
const GIVES_WAY = ['short-description', 'short-excerpt', 'no-description', 'no-care', 'no-choice', 'no-excerpt'];

/**
 * Leaves out what there is no room for: nothing scrolls at the shelf, and nothing is cut in half.
 * @param {HTMLElement} element
 */
export function fit(element) {
  const text = element.querySelector('.panel-text');
  if (!text) return;
  const fits = () => text.scrollHeight <= text.clientHeight;
  element.classList.remove(...GIVES_WAY);
  const gone = [];
  for (const each of GIVES_WAY) {
    if (fits()) break;
    element.classList.add(each);
    gone.unshift(each);
  }
  // What went for nothing comes back: the last to go may have left room for more than was missing.
  for (const each of gone.slice(1)) {
    element.classList.remove(each);
    if (!fits()) element.classList.add(each);
  }
}

/**
 * Pieces of this colour in this store, and which sizes they are.
 * @param {Rikaste.Words} t
 * @param {Rikaste.Location | null} location
 * @param {Rikaste.View} view
 * @param {Rikaste.View[]} variants
 */
function stock(t, location, view, variants) {
  const codes = axes(variants);
  const alike = variants.filter((each) => !codes.includes('color') || choiceOf(each, 'color') === choiceOf(view, 'color'));
  /** @param {string} code */
  const sizeOf = (code) => sizeState(location, alike.filter((each) => choiceOf(each, 'size') === code));
  const choice = h('div', { class: 'panel-choice' },
    codes.includes('color') ? h('ul', { class: 'panel-colors', 'aria-label': t.code('color') }, values(variants, 'color').map((option) =>
      h('li', { class: option.code === choiceOf(view, 'color') ? 'here' : undefined }, swatch(option), h('span', {}, option.label)))) : null,
    codes.includes('size') ? h('ul', { class: 'panel-sizes', 'aria-label': t.code('size') }, values(alike, 'size').map((option) => {
      const state = sizeOf(option.code);
      return h('li', { class: state === 'in' ? undefined : state }, option.label,
        state === 'in' ? null : h('span', { class: 'hidden-text' }, ` (${t(state === 'out' ? 'out_of_stock' : 'stockUnknown')})`));
    })) : null);
  if (!location || !alike.some((each) => each.stock)) {
    const line = availabilityLine(t, alike);
    return [line && h('p', {}, line), choice];
  }
  const { word, kind } = quantityWord(t, piecesIn(alike, location.code));
  const line = kind === 'out' ? t('hereOut') : kind === 'unknown' ? t('hereUnknown') : kind === 'few' ? word : `${t('hereIn')} ${word}`;
  return [h('p', { class: `availability availability-${kind}` }, line), choice];
}

/**
 * Whether variants are to be had: in this place, or in any of the channel's where the screen stands in none.
 * @param {Rikaste.Location | null} location
 * @param {Rikaste.View[]} variants
 * @returns {'in' | 'out' | 'unknown'}
 */
function sizeState(location, variants) {
  if (!location) return variants.some(isAvailable) ? 'in' : variants.every(isSoldOut) ? 'out' : 'unknown';
  const sum = piecesIn(variants, location.code);
  return sum === undefined ? 'unknown' : sum > 0 ? 'in' : 'out';
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 * @param {Rikaste.View} care
 */
function careProduct(t, locale, care) {
  const image = pictures(care)[0];
  return h('aside', { class: 'panel-care', 'aria-label': t('careFits') },
    picture(image && { ...image, alt: '' }, { eager: true }),
    h('div', {}, h('p', { class: 'quiet' }, t('careFits')), h('p', { class: 'panel-care-name', lang: langOf(care, 'title') }, hyphenated(title(care), textLanguage(care, 'title')))),
    priceTag(t, locale, pricing(care), { none: 'askPrice' }));
}
