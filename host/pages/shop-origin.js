// “Where does this come from?”: every value of a product with its origin, in sentences.

import { Problem, Unreachable } from './api.js';
import { dayOf, lastDayOf } from './document.js';
import { h } from './dom.js';
import { button } from './frame.js';
import { nameOf } from './words.js';

const LONGEST = 160;

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
      body.replaceChildren(h('p', { class: 'quiet' }, error instanceof Problem ? error.message : t('goneTitle')), button(t('retry'), load));
    }
  }

  return h('details', { class: 'section origin', open, ontoggle: (event) => event.target.open && load() },
    h('summary', {}, h('h2', {}, t('originTitle'))), h('p', { class: 'quiet' }, t('originText')), body);
}

function explanation(shop, view, explain) {
  const { t, locale } = shop;
  const values = (explain.values ?? []).filter((value) => !value.locale || value.locale === locale || isFallback(view, value));
  if (!values.length) return [h('p', { class: 'quiet' }, t('noOrigin'))];
  const rows = values.map((value) => h('tr', { class: value.wins === false ? 'overruled' : undefined },
    h('th', { scope: 'row' }, t.code(value.attribute),
      value.locale && value.locale !== locale ? h('span', { class: 'language-note' }, nameOf(value.locale, locale)) : null),
    h('td', { lang: value.locale }, shown(value.data)),
    h('td', {}, h('p', {}, originOf(t, value)), marks(t, value))));
  const remarks = (explain.diagnostics ?? []).map((each) => h('li', { class: `remark remark-${each.severity}` }, each.message));
  return [
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('originTitle') }, h('table', { class: 'origin-table' },
      h('thead', {}, h('tr', {}, ['attribute', 'value', 'origin'].map((word) => h('th', { scope: 'col' }, t(word))))),
      h('tbody', {}, rows))),
    remarks.length ? h('section', {}, h('h3', {}, t('remarks')), h('ul', { class: 'remarks' }, remarks)) : null,
  ].filter(Boolean);
}

function isFallback(view, { attribute, locale }) {
  const name = attribute === 'name' ? 'title' : attribute;
  return view.fallback?.[name] === locale;
}

function shown(data) {
  const text = textOf(data);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function textOf(data) {
  if (data === null || data === undefined) return '';
  if (Array.isArray(data)) return data.map((each) => (typeof each === 'object' ? Object.values(each).join(' ') : each)).join(', ');
  if (typeof data === 'object') return data.unit ? `${data.amount} ${data.unit}` : data.currency ? `${data.amount} ${data.currency}` : Object.values(data).map(textOf).join(' ');
  return String(data).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
}

/** “File tuotteet.csv, row 12, column “nimi””, “Plugin care 0.1.0, from: care_text”. */
function originOf(t, value) {
  const origin = value.origin ?? {};
  if (origin.plugin) {
    const inputs = origin.inputs ?? origin.reads ?? [];
    return [t('fromPlugin', { plugin: [origin.plugin, origin.version].filter(Boolean).join(' ') }),
      inputs.length ? t('reading', { inputs: inputs.map((each) => t.code(each.attribute ?? each)).join(', ') }) : null].filter(Boolean).join(', ');
  }
  if (origin.by || origin.kind === 'edit') {
    return [t('fromHand'), origin.by, origin.at && t.date(origin.at, { dateStyle: 'medium' })].filter(Boolean).join(', ');
  }
  if (origin.file) {
    return [t('fromFile', { file: origin.file }), origin.row && t('row', { row: String(origin.row) }), origin.column && t('column', { column: origin.column })]
      .filter(Boolean).join(', ');
  }
  return typeof value.origin === 'string' ? value.origin : '–';
}

function marks(t, value) {
  const window = value.window ?? {};
  const from = window.from ?? window.start ?? value.valid_from;
  const until = window.until ?? window.end ?? value.valid_until;
  const medium = { dateStyle: 'medium' };
  const all = [
    value.layer && t('layer', { layer: value.layer }),
    value.inherited && t('inherited'),
    (from || until) && t('window', { from: from ? t.date(dayOf(from), medium) : '…', until: until ? t.date(lastDayOf(until), medium) : '…' }),
    value.stale && t('stale'),
    value.wins === false && t('overruled'),
  ].filter(Boolean);
  return all.length ? h('p', { class: 'quiet' }, all.join(' · ')) : null;
}
