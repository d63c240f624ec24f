// What differs in a product: old and new values.

import { h } from './dom.js';
import { nameOf } from './words.js';

/**
 * A product with its values before and after. Of a trial, nothing is there yet that could be linked to.
 * @param {Rikaste.ProductDiff} product
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 */
export function productDiff({ sku, name, change, values, more_values: more }, t, locale, { isTrial = false } = {}) {
  const number = isTrial && change === 'added'
    ? h('span', { class: 'diff-sku' }, sku)
    : h('a', { class: 'diff-sku', href: `/product?sku=${encodeURIComponent(sku)}` }, sku);
  return h('section', { class: `diff diff-${change}` },
    h('h2', {}, name ?? sku, ' ', number,
      change === 'changed' ? null : h('span', { class: 'diff-badge' }, t(`change_${change}`))),
    h('dl', {}, values.map((value) => h('div', {},
      h('dt', {}, label(value, t, locale)),
      h('dd', {}, ...oldAndNew(value, t), source(value.origin, t, isTrial))))),
    more ? h('p', { class: 'quiet' }, t('moreValues', { n: more })) : null);
}

/**
 * @param {Rikaste.ValueDiff} value
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 */
function label({ kind, label: name, code, locale: of, channel, window }, t, locale) {
  const moment = (/** @type {string} */ at) => t.date(at, { dateStyle: 'medium', timeStyle: 'short' });
  const what = kind === 'value' || kind === 'links' ? (name === code ? t.code(code) : name) : t(`compared_${kind}`, { name });
  const days = window ? t('fromUntil', { from: window.from ? moment(window.from) : '…', until: window.until ? moment(window.until) : '…' }) : null;
  const where = [of ? nameOf(of, locale) : null, channel, days].filter((each) => each);
  return where.length ? [what, h('span', { class: 'quiet' }, ` (${where.join(', ')})`)] : what;
}

/**
 * What was is struck out, what is new stands behind it.
 * @param {Rikaste.ValueDiff} value
 * @param {Rikaste.Words} t
 */
function oldAndNew({ old, new: now }, t) {
  const nothing = () => h('span', { class: 'quiet' }, t('wasNothing'));
  return [old === undefined ? nothing() : h('del', {}, old), ' → ', now === undefined ? nothing() : h('ins', {}, now)];
}

/**
 * @param {Rikaste.Origin | undefined} origin
 * @param {Rikaste.Words} t
 * @param {boolean} isTrial
 */
function source(origin, t, isTrial) {
  if (!origin) return null;
  const { kind, file, row, drop, plugin, by } = origin;
  if (kind === 'plugin') return h('span', { class: 'diff-origin quiet' }, `${t('plugin')} ${plugin}`);
  const text = file ? t('rowOf', { file, row: row ?? 0 }) : '';
  return h('span', { class: 'diff-origin quiet' }, by ? `${by}, ` : '', isTrial ? text : h('a', { href: `/v1/receipts/${drop}` }, text));
}
