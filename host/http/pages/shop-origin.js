// “Where does this come from?”: every value of a product with its origin, in sentences.

import { isRefusal, Problem, Unreachable } from './api.js';
import { dayOf, decimal, formatMoney, lastDayOf, measured, options, path } from './document.js';
import { h, plain } from './dom.js';
import { button, signInLink } from './frame.js';
import { nameOf } from './words.js';

/**
 * @typedef {{ name: string, text: string, value: Rikaste.Explained, language?: Rikaste.Locale, overruled?: boolean }} OriginRow
 */

const LONGEST = 160;
/** What only programs read: `care` says it in sentences. */
const FOR_PROGRAMS = /^care_(codes|basis|edition|partial)$/;

/**
 * @param {Rikaste.Shop} shop
 * @param {Rikaste.View} view
 * @param {Rikaste.Catalogue} catalogue
 * @param {boolean} [open]
 */
export function originDisclosure(shop, view, catalogue, open = false) {
  const { t } = shop;
  const body = h('div', { class: 'origin-body' }, h('p', { class: 'quiet' }, t('loading')));
  let loaded = false;

  async function load() {
    if (loaded) return;
    loaded = true;
    try {
      body.replaceChildren(...explanation(shop, view, await catalogue.explain(view.id)));
    } catch (error) {
      loaded = false;
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      const text = isRefusal(error) ? t('notPublic') : error instanceof Problem ? error.message : t('goneTitle');
      body.replaceChildren(h('p', { class: 'quiet' }, text), isRefusal(error) ? signInLink(t) : button(t('retry'), load));
    }
  }

  const element = h('details', { class: 'section origin', open, ontoggle: () => element.open && load() },
    h('summary', {}, h('h2', {}, t('originTitle'))), h('p', { class: 'quiet' }, t('originText')), body);
  return element;
}

/**
 * @param {Rikaste.Shop} shop
 * @param {Rikaste.View} view
 * @param {Rikaste.Explanation} explain
 */
function explanation(shop, view, explain) {
  const { t, locale } = shop;
  /** @type {OriginRow[]} */
  const rows = [...prices(shop, explain), ...stock(shop, explain), ...values(shop, view, explain)];
  const model = missingModel(t, explain);
  if (!rows.length) return [model, h('p', { class: 'quiet' }, t('noOrigin'))].filter((part) => part !== null);
  const remarks = (explain.diagnostics ?? []).filter((each) => !each.locale || each.locale === locale)
    .map((each) => h('li', { class: `remark remark-${each.severity}`, lang: 'en' }, each.message));
  return [
    model,
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('originTitle') }, h('table', { class: 'origin-table' },
      h('thead', {}, h('tr', {}, /** @type {const} */ (['attribute', 'value', 'origin']).map((word) => h('th', { scope: 'col' }, t(word))))),
      h('tbody', {}, rows.map((row) => h('tr', { class: row.overruled ? 'overruled' : undefined },
        h('th', { scope: 'row' }, row.name, ' ', row.language ? h('span', { class: 'language-note' }, nameOf(row.language, locale)) : null),
        h('td', { lang: row.language }, shortened(row.text)),
        h('td', {}, h('p', {}, originOf(t, row.value)), marks(t, row))))))),
    remarks.length ? h('section', {}, h('h3', {}, t('remarks')), h('ul', { class: 'remarks' }, remarks)) : null,
  ].filter((part) => part !== null);
}

/**
 * That the product names a model which no file brought, and where.
 * @param {Rikaste.Words} t
 * @param {Rikaste.Explanation} explain
 */
export function missingModel(t, { missing_model: missing }) {
  if (!missing) return null;
  const { sku, origin } = missing;
  return h('p', { class: 'remark remark-warning' }, t('modelMissing', { model: sku }),
    ...(origin ? [' ', t('modelNamedBy'), ' ', originOf(t, { origin }), '.'] : []));
}

/**
 * What this channel's customer pays, and what is to come.
 * @param {Rikaste.Shop} shop
 * @param {Rikaste.Explanation} explain
 */
function prices({ t, locale, channel }, explain) {
  return (explain.prices ?? []).filter((each) => each.list === channel.price_list?.code)
    .flatMap((list) => list.prices.map((value) => ({
      name: t.code('price'),
      text: formatMoney(value.price, locale),
      value: { ...value, inherited: list.inherited },
    })));
}

/**
 * @param {Rikaste.Shop} shop
 * @param {Rikaste.Explanation} explain
 */
function stock({ t, channel }, explain) {
  const known = new Set(channel.locations.map((each) => each.code));
  return (explain.stock ?? []).filter((each) => known.has(each.location)).map((value) => ({
    name: `${t.code('stock')}: ${value.label ?? value.location}`,
    text: t('pieces', { n: value.quantity }),
    value,
  }));
}

/**
 * The values that this language shows, also by fallback, and those they overrule.
 * @param {Rikaste.Shop} shop
 * @param {Rikaste.View} view
 * @param {Rikaste.Explanation} explain
 */
function values({ t, locale, channel }, view, explain) {
  /** @param {Rikaste.ExplainedValue} value */
  const showsHere = (value) => (value.shown ?? []).some((each) => each.channel === channel.code && (!each.locale || each.locale === locale));
  return (explain.values ?? [])
    .filter((value) => !FOR_PROGRAMS.test(value.attribute))
    .filter((value) => !value.locale || value.locale === locale || showsHere(value))
    .map((value) => ({
      name: t.code(value.attribute),
      language: value.locale && value.locale !== locale ? value.locale : undefined,
      text: textOf(t, view, value, showsHere(value)),
      overruled: !value.wins || (Boolean(value.shown?.length) && !showsHere(value)),
      value,
    }));
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

// Labels are at hand for what is shown; a value that is overruled keeps its codes.
/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {Rikaste.ExplainedValue} value
 * @param {boolean} isShown
 */
function textOf(t, view, { attribute, type, data }, isShown) {
  const locale = view.content_language;
  if (data === null || data === undefined) return '';
  if (isShown && attribute === 'family') return view.labels?.family ?? String(data);
  if (isShown && attribute === 'categories') return path(view).map((each) => each.label).join(' › ') || [data].flat().join(', ');
  if (isShown && type === 'options' && options(view, attribute).length) return options(view, attribute).map((each) => each.label).join(', ');
  if (typeof data === 'boolean') return t(data ? 'yes' : 'no');
  if (typeof data === 'number' || (type === 'decimal' && typeof data === 'string')) return decimal(data, locale);
  if (type === 'date') return t.date(String(data));
  if (attribute === 'image_alt' && Array.isArray(data)) return data.map((row) => altOf(t, /** @type {Rikaste.AltRow} */ (row))).join('; ');
  if (Array.isArray(data)) return data.map((row) => (typeof row === 'object' ? Object.values(row).join(': ') : row)).join(', ');
  if (typeof data === 'object') return measured(data, locale) || Object.values(data).join(' ');
  return plain(data);
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.AltRow} row
 */
function altOf(t, { file_name: file, alt, made_by: by }) {
  return [file, by === 'machine' ? `${alt} (${t('byMachine')})` : alt].filter(Boolean).join(': ');
}

/**
 * “File tuotteet.csv, row 12, column “nimi””, “Plugin care 0.1.0, from: care_text”.
 * @param {Rikaste.Words} t
 * @param {Rikaste.Explained} value
 * @returns {Rikaste.Child}
 */
function originOf(t, { origin = {} }) {
  const { kind, plugin, version, inputs = [], file, row, column, drop, by, at } = origin;
  if (kind === 'plugin') {
    return [t('fromPlugin', { plugin: [plugin, version].filter(Boolean).join(' ') }),
      inputs.length ? t('reading', { inputs: inputs.map(t.code).join(', ') }) : null].filter(Boolean).join(', ');
  }
  if (kind === 'edit') return [t('fromHand'), by, at && t.date(at, { dateStyle: 'medium' })].filter(Boolean).join(', ');
  if (!file) return origin.text ?? '–';
  const [before, after] = t('fromFile', { file: '\n' }).split('\n');
  const place = [row && t('row', { row: String(row) }), column && t('column', { column })].filter(Boolean);
  return [before, drop ? h('a', { href: `/v1/receipts/${drop}` }, file) : file, [after, ...place].join(', ')];
}

/**
 * @param {Rikaste.Words} t
 * @param {OriginRow} row
 */
function marks(t, { value, overruled }) {
  const { from, until } = value.window ?? {};
  /** @type {Intl.DateTimeFormatOptions} */
  const medium = { dateStyle: 'medium' };
  const all = [
    value.inherited && t('inherited'),
    (from || until) && t('window', { from: from ? t.date(dayOf(from), medium) : '…', until: until ? t.date(lastDayOf(until), medium) : '…' }),
    value.stale && [t('stale'), value.origin?.failure].filter(Boolean).join(': '),
    overruled && t('overruled'),
  ].filter(Boolean);
  return all.length ? h('p', { class: 'quiet' }, all.join(' · ')) : null;
}
