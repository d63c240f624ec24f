// Parts of a product that more than one page shows: price, rating, stock, a fact's value.

import { decimal, distribution, excerpts, formatMoney, isAvailable, isSoldOut, lines, measured, options, pieces, rating, servedFrom } from './document.js';
import { h, prose, stars } from './dom.js';
import { languageOf } from './words.js';

/** @typedef {Pick<Rikaste.View, 'availability' | 'stock'>} Stocked */

const FEW = 3;
const MANY = 10;

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 * @param {Rikaste.Price | null} price
 * @param {{ lowest?: boolean, none?: 'noPrice' | 'askPrice' }} [how] `none`: what is said where there is no price.
 */
export function priceTag(t, locale, price, { lowest = true, none = 'noPrice' } = {}) {
  if (!price) return h('p', { class: 'price' }, h('span', { class: 'price-none' }, t(none)));
  const now = formatMoney(price.now, locale);
  const { regular } = price;
  return h('p', { class: regular ? 'price price-sale' : 'price' },
    h('strong', { class: 'price-now' }, price.from ? t('from', { price: now }) : now),
    regular && price.percent ? h('span', { class: 'price-cut' }, `−${price.percent} %`) : null,
    regular ? h('span', { class: 'price-note' },
      lowest && price.lowest ? h('span', {}, t('lowest30', { price: formatMoney(price.lowest, locale) })) : null,
      h('span', {}, t('regular', { price: formatMoney(regular, locale) }))) : null);
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 * @param {Pick<Rikaste.View, 'attributes'>} view
 */
export function ratingLine(t, locale, view) {
  const found = rating(view);
  if (!found) return null;
  const average = decimal(found.average.toFixed(1), locale);
  return h('span', { class: 'rating' },
    stars(found.average, t('ratingLabel', { average, n: found.count })),
    h('span', { class: 'rating-number', 'aria-hidden': 'true' }, `${average} (${found.count})`));
}

/**
 * `{ word, kind }`: whether it is available, and “the last ones” when few are left. Sold out is only what is known to be.
 * @param {Rikaste.Words} t
 * @param {Stocked[]} views
 */
function availabilityOf(t, views) {
  const available = views.filter(isAvailable);
  if (!available.length) return views.every(isSoldOut) ? { word: t('out_of_stock'), kind: 'out' } : { word: t('stockUnknown'), kind: 'unknown' };
  const counted = available.map(pieces).filter((each) => each !== null);
  const sum = counted.reduce((total, each) => total + each, 0);
  if (counted.length === available.length && sum > 0 && sum <= FEW) return { word: t('last'), kind: 'few' };
  return { word: t('in_stock'), kind: 'in' };
}

/**
 * Nothing where nothing is known of any stock.
 * @param {Rikaste.Words} t
 * @param {Stocked[]} views
 */
export function availabilityLine(t, views) {
  if (views.every((view) => view.availability === undefined)) return null;
  const { word, kind } = availabilityOf(t, views);
  return h('span', { class: `availability availability-${kind}` }, word);
}

/**
 * Pieces in one place, as a customer is told.
 * @param {Rikaste.Words} t
 * @param {number | undefined} quantity
 */
export function quantityWord(t, quantity) {
  if (quantity === undefined) return { word: t('stockUnknown'), kind: 'unknown' };
  if (quantity <= 0) return { word: t('out_of_stock'), kind: 'out' };
  if (quantity <= FEW) return { word: `${t('last')} (${t('pieces', { n: quantity })})`, kind: 'few' };
  return { word: quantity > MANY ? t('piecesOver', { n: MANY }) : t('pieces', { n: quantity }), kind: 'in' };
}

/**
 * The note that a text is in another language than the page.
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {string} code
 */
export function languageNote(t, view, code) {
  const other = servedFrom(view, code);
  return other ? h('span', { class: 'language-note' }, t.inLanguage(other)) : null;
}

/**
 * `lang` of a text, where it is not the page's.
 * @param {Rikaste.View} view
 * @param {string} code
 */
export function langOf(view, code) {
  const other = servedFrom(view, code);
  return other ? languageOf(other) : undefined;
}

/**
 * The language of a text.
 * @param {Rikaste.View} view
 * @param {string} code
 */
export function textLanguage(view, code) {
  return langOf(view, code) ?? languageOf(view.content_language ?? '');
}

// What has a place of its own on the page is not among the facts; some facts are for sellers only.
const ELSEWHERE = /^(name|title|description|care|care_(codes|basis|edition|partial)|badge|review_.*|image_.*|images|price|brand|gtin|family|categories)$/;
const FOR_SELLERS = /^(care_.*|status)$/;

/**
 * The care in sentences. Where they are not all that the maker wrote, that is said, with the text.
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 */
export function careParts(t, view) {
  const { care, care_partial: isPartial, care_text: text } = view.attributes ?? {};
  if (!care) return [];
  return [
    h('ul', { class: 'care', lang: langOf(view, 'care') }, lines(care).map((line) => h('li', {}, line))),
    isPartial === true ? h('p', { class: 'quiet care-partial' }, t('carePartial')) : null,
    isPartial === true && typeof text === 'string' ? h('p', { class: 'quiet' }, t('careWhole'), ' ', h('q', { lang: langOf(view, 'care_text') }, text)) : null,
  ];
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {boolean} everything
 */
function facts(t, view, everything) {
  return Object.keys(view.attributes ?? {})
    .filter((code) => !ELSEWHERE.test(code) && (everything || !FOR_SELLERS.test(code)))
    .map((code) => ({ code, label: t.code(code), value: valueOf(t, view, code) }))
    .filter((fact) => fact.value !== null);
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {string} code
 * @returns {Rikaste.Child}
 */
function valueOf(t, view, code) {
  const value = view.attributes?.[code];
  const locale = view.content_language;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  if (Array.isArray(value)) {
    if (!value.length) return null;
    if (typeof value[0] === 'object') return table(t, /** @type {Rikaste.Row[]} */ (value));
    return options(view, code).map((option) => t.option(code, option)).join(', ');
  }
  if (value && typeof value === 'object') return measured(value, locale) || null;
  if (typeof value !== 'string') return null;
  const label = view.labels?.[code];
  if (label) return [label].flat().join(', ');
  if (/^-?\d+(\.\d+)? [A-Z]{3}$/.test(value)) return formatMoney(value, locale);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return t.date(value);
  return /^-?\d+\.\d+$/.test(value) ? decimal(value, locale) : prose(value);
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.Row[]} rows
 */
function table(t, rows) {
  const columns = Object.keys(rows[0]);
  return h('div', { class: 'scroll', tabindex: '0', role: 'group' },
    h('table', {},
      h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col' }, t.code(column))))),
      h('tbody', {}, rows.map((row) => h('tr', {}, columns.map((column) => h('td', {}, cell(t, row[column]))))))));
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.Scalar | undefined} value
 */
function cell(t, value) {
  return typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value;
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {{ everything?: boolean }} [how]
 */
export function factList(t, view, { everything = false } = {}) {
  const found = facts(t, view, everything);
  if (!found.length) return null;
  return h('dl', { class: 'facts' }, found.map(({ code, label, value }) => h('div', {},
    h('dt', {}, label),
    h('dd', { lang: langOf(view, code) }, value, ' ', languageNote(t, view, code)))));
}

/**
 * The mean, the distribution as bars, and excerpts.
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 * @param {Rikaste.View} view
 */
export function reviews(t, locale, view) {
  const found = rating(view);
  if (!found) return h('p', { class: 'quiet' }, t('noReviews'));
  const bars = distribution(view);
  const average = decimal(found.average.toFixed(1), locale);
  return h('div', { class: 'reviews' },
    h('div', { class: 'reviews-sum' },
      h('p', { class: 'reviews-mean' },
        h('span', { class: 'reviews-number', 'aria-hidden': 'true' }, average),
        stars(found.average, t('ratingLabel', { average, n: found.count })),
        h('span', { class: 'quiet' }, t('reviews', { n: found.count }))),
      bars.some((bar) => bar.count > 0) ? h('ul', { class: 'bars' }, bars.map((bar) => h('li', {},
        h('span', { class: 'bars-label' }, h('span', { class: 'hidden-text' }, t('starsLabel', { n: bar.rating })), h('span', { 'aria-hidden': 'true' }, `${bar.rating} ★`)),
        h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', { '--share': `${(bar.count / found.count) * 100}%` })),
        h('span', { class: 'bars-count' }, String(bar.count))))) : null),
    h('ul', { class: 'excerpts' }, excerpts(view).map((excerpt) => h('li', {}, excerptOf(t, view, excerpt)))));
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {Rikaste.Excerpt} excerpt
 */
export function excerptOf(t, view, excerpt) {
  return h('figure', { class: 'excerpt' },
    stars(excerpt.rating, t('starsLabel', { n: excerpt.rating })),
    h('blockquote', { lang: langOf(view, 'review_excerpts') },
      excerpt.title ? h('p', { class: 'excerpt-title' }, excerpt.title) : null,
      h('p', {}, excerpt.text)),
    h('figcaption', {},
      [excerpt.author, excerpt.date && t.date(excerpt.date, { dateStyle: 'medium' }), excerpt.verified && t('verified')]
        .filter(Boolean).join(' · '),
      ' ', languageNote(t, view, 'review_excerpts')));
}
