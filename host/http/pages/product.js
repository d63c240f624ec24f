// One product: which channels show it, and taking it out of all of them or bringing it back. `?sku=HH-1001`

import * as api from './api.js';
import { h, one } from './dom.js';
import { button, languageSwitch, pageMessage, signInMessage, speak } from './frame.js';
import { missingModel } from './shop-origin.js';
import { chooseLocale, LOCALES, words } from './words.js';

const LOOK_EVERY = 500;
const PATIENCE = 60_000;

/**
 * @type {{
 *   locale: Rikaste.Locale,
 *   t: Rikaste.Words,
 *   product: Rikaste.Explanation | null,
 *   labels: Record<string, string>,
 *   problem: 'not public' | 'away' | string | null,
 *   running: boolean,
 *   told: string,
 * }}
 */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), product: null, labels: {}, problem: null, running: false, told: '' };

const sku = () => new URLSearchParams(location.search).get('sku')?.trim() ?? '';

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  document.title = `${sku() || page.t('productTitle')} – Rikaste`;
  languageSwitch(LOCALES, locale, choose);
  draw();
}

function draw() {
  const { t, product, problem, running, told } = page;
  one('done').textContent = running ? t('productRuns') : told;
  if (problem === 'not public') one('part').replaceChildren(signInMessage(t, pageMessage));
  else if (problem) one('part').replaceChildren(pageMessage(sku() || t('productTitle'), problem === 'away' ? t('away') : problem));
  else if (product) one('part').replaceChildren(...contents(product));
  else one('part').replaceChildren(h('h1', {}, t('productTitle')), h('p', { class: 'lead' }, t('productCard')));
}

/** The edit by which somebody took the product out. */
function edit() {
  return page.product?.values?.find(({ attribute, layer, window, data }) => attribute === 'status' && layer === 'edit' && !window && String(data) !== 'active');
}

/** @param {Rikaste.Explanation} product */
function contents({ values = [], channels = [], missing_model }) {
  const { t, labels, running } = page;
  const name = values.find(({ attribute, wins }) => attribute === 'name' && wins)?.data;
  const out = edit();
  const act = button(t(out ? 'productBack' : 'productOut'), () => offer(Boolean(out)), out ? 'button' : 'button button-plain');
  act.disabled = running;
  return [
    h('h1', {}, name ? String(name) : sku()),
    h('p', { class: 'quiet' }, sku()),
    missingModel(t, { missing_model }),
    out ? h('p', { class: 'lead' }, t('productIsOut', { who: out.origin?.by ?? '–' })) : null,
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('channels') }, h('table', { class: 'product-channels' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('channels')), h('th', { scope: 'col' }, t('productShown')))),
      h('tbody', {}, channels.map(({ channel, shown }) => h('tr', {},
        h('th', { scope: 'row' }, labels[channel] ?? channel),
        h('td', {}, t(shown ? 'productShown' : 'productHidden'))))))),
    h('p', { class: 'daily-actions' }, act),
  ].filter((each) => each !== null);
}

/** @param {boolean} offered */
async function offer(offered) {
  const of = sku();
  if (page.running || !confirm(page.t(offered ? 'productBackAsk' : 'productOutAsk', { sku: of }))) return;
  page.running = true;
  draw();
  try {
    const { file } = await api.offer(of, offered);
    page.told = await receiptOf(file);
    page.product = await api.explain(of);
  } catch (error) {
    page.told = api.problemOf(error);
  }
  page.running = false;
  draw();
}

/**
 * What the shop says of a file, once it has read it.
 * @param {string} file
 */
async function receiptOf(file) {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    const receipt = (await api.receipts()).find((each) => each.file === file);
    if (receipt) return receipt.local_summary;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return page.t('undoWaits');
}

async function start() {
  choose(chooseLocale(LOCALES));
  one('find').value = sku();
  one('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(`/product?sku=${encodeURIComponent(one('find').value.trim())}`);
  });
  if (!sku()) return;
  try {
    const channels = await api.channels();
    page.labels = Object.fromEntries(channels.map(({ code, label }) => [code, label]));
    page.product = await api.explain(sku());
  } catch (error) {
    page.problem = api.problemOf(error);
  }
  draw();
}

start();
