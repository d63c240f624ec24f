// The start page: what is running, what became of the files that were dropped, what plugins do.

import * as api from './api.js';
import { contents, h, one } from './dom.js';
import { button, languageSwitch, showAway, showRelease, signInLink, speak } from './frame.js';
import { follow } from './release.js';
import { chooseLocale, languageOf, LOCALES, words } from './words.js';

// A file of which nothing is accepted makes no release, so the receipts are asked for by the clock.
const RECEIPTS_EVERY = 5000;
const RECEIPTS = 20;
const FOLDER = 'inbox/prices';

/** @typedef {Rikaste.Channel & { products?: number }} CountedChannel */

/**
 * @type {{
 *   locale: Rikaste.Locale,
 *   t: Rikaste.Words,
 *   release: number | null,
 *   channels: CountedChannel[] | null,
 *   receipts: Rikaste.Receipt[] | 'not public' | null,
 *   plugins: Rikaste.Plugins | null,
 *   away: boolean,
 * }}
 */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), release: null, channels: null, receipts: null, plugins: null, away: false };

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  languageSwitch(LOCALES, locale, choose);
  draw();
}

function draw() {
  const { t } = page;
  showRelease(t, page.release);
  showAway(t, page.away);
  const [before, after] = t('tryText', { folder: '\n' }).split('\n');
  one('try').replaceChildren(before, h('code', {}, FOLDER), after);
  one('channels').replaceChildren(channelTable());
  const { receipts, plugins } = page;
  redraw('receipts', receipts, () => receiptTable(receipts));
  one('plugins-part').hidden = !plugins;
  if (plugins) redraw('plugins', plugins, () => pluginTable(plugins));
}

/**
 * Draws a part again only when it shows something else: who reads it keeps their place.
 * @param {string} part
 * @param {unknown} content
 * @param {() => HTMLElement} table
 */
function redraw(part, content, table) {
  const shown = JSON.stringify([content, page.locale]);
  if (contents.get(one(part)) === shown) return;
  contents.set(one(part), shown);
  one(part).replaceChildren(table());
}

/** @param {Rikaste.Plugins} answer */
function pluginTable({ plugins, left_out: leftOut }) {
  const { t } = page;
  const problems = leftOut.map((text) => h('p', { class: 'start-problem', lang: 'en' }, text));
  if (!plugins.length) return h('div', {}, problems, h('p', { class: 'start-empty' }, t('noPlugins')));
  return h('div', {}, problems, scrolled(t('plugins'), h('table', { class: 'plugins' },
    head('plugin', 'ranOn', 'known', 'microseconds', 'staleHead', 'writes'),
    h('tbody', {}, plugins.map(({ name, version, description, writes, stale, did }) => h('tr', {},
      h('th', { scope: 'row' },
        h('a', { href: `/v1/plugins/${encodeURIComponent(name)}` }, name), ' ', h('span', { class: 'quiet' }, version),
        h('span', { class: 'plugin-does quiet', lang: 'en' }, description)),
      number(did.products), number(did.memo_hits),
      number(did.products ? Math.round(did.microseconds / did.products) : null),
      number(stale, stale > 0 ? 'bad' : ''),
      h('td', { class: 'codes' }, writes.map(({ attribute }) => attribute).join(', '))))))));
}

function channelTable() {
  const { t, channels } = page;
  if (!channels) return waiting();
  return scrolled(t('channels'), h('table', {},
    head('channels', 'products', 'languages'),
    h('tbody', {}, channels.map(({ code, label, locales, products }) => h('tr', {},
      h('th', { scope: 'row' }, label, ' ', h('span', { class: 'quiet' }, code)),
      h('td', { class: 'number' }, products ?? '–'),
      h('td', {}, locales.map(languageOf).join(', ')))))));
}

/** @param {Rikaste.Receipt[] | 'not public' | null} receipts */
function receiptTable(receipts) {
  const { t } = page;
  if (!receipts) return waiting();
  if (receipts === 'not public') return h('div', { class: 'start-empty' }, h('p', {}, t('notPublic')), signInLink(t));
  if (!receipts.length) return h('p', { class: 'start-empty' }, t('noReceipts'));
  return scrolled(t('receipts'), h('table', { class: 'receipts' },
    head('file', 'added', 'changed', 'unchanged', 'rejected', 'releaseHead', 'when'),
    h('tbody', {}, receipts.slice(0, RECEIPTS).map((receipt) => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: `/v1/receipts/${encodeURIComponent(receipt.id)}` }, receipt.file)),
      number(receipt.rows.new), number(receipt.rows.changed), number(receipt.rows.unchanged), number(receipt.rows.rejected, receipt.rows.rejected > 0 ? 'bad' : ''),
      outcomeCell(receipt),
      h('td', { class: 'when' }, h('time', { datetime: receipt.at }, t.date(receipt.at, { dateStyle: 'short', timeStyle: 'medium' }))))))));
}

/**
 * The release of a file, or what else became of it.
 * @param {Rikaste.Receipt} receipt
 */
function outcomeCell(receipt) {
  const { t } = page;
  const { outcome, release, undone } = receipt;
  if (outcome === 'held') return h('td', { class: 'number bad' }, t('held'), h('span', { class: 'answers' }, answerButton(receipt, 'approve'), answerButton(receipt, 'refuse')));
  if (outcome === 'rejected') return h('td', { class: 'number bad' }, t('rejected'));
  if (outcome === 'refused') return h('td', { class: 'number' }, t('refused'));
  return undone === undefined ? number(release) : h('td', { class: 'number' }, t('undone'));
}

/**
 * An answer to a held file. One that does not wait any more is refused by the server, in its words.
 * @param {Rikaste.Receipt} receipt
 * @param {'approve' | 'refuse'} how
 */
function answerButton({ id, file, local_summary: summary }, how) {
  const { t } = page;
  return button(t(how), async () => {
    if (!confirm(t(how === 'approve' ? 'approveAsk' : 'refuseAsk', { summary, file }))) return;
    try {
      await api.answerHeld(id, how);
    } catch (error) {
      if (!(error instanceof api.Problem)) throw error;
      alert(error.message);
    }
    look();
  }, how === 'approve' ? 'button button-small' : 'button button-plain button-small');
}

/** @param {...import('./words.js').Word} columns */
function head(...columns) {
  return h('thead', {}, h('tr', {}, columns.map((word, order) => h('th', { scope: 'col', class: order && !['when', 'languages', 'writes'].includes(word) ? 'number' : undefined }, page.t(word)))));
}

/** @param {number | null | undefined} value */
function number(value, kind = '') {
  return h('td', { class: `number ${kind}` }, value === undefined || value === null ? '–' : new Intl.NumberFormat(page.locale).format(value));
}

/**
 * @param {string} label
 * @param {HTMLElement} table
 */
function scrolled(label, table) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, table);
}

function waiting() {
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [1, 2, 3].map(() => h('span', { class: 'bone' })));
}

/** What only those with a token may see is not asked for again, until there is a new release. */
let mayAsk = true;

async function getReceipts() {
  if (document.hidden || page.away || !mayAsk) return;
  try {
    page.receipts = await api.receipts();
  } catch (error) {
    if (error instanceof api.Unreachable) return;
    if (!api.isRefusal(error)) throw error;
    mayAsk = false;
    page.receipts = 'not public';
  }
  draw();
}

/** Who may not see them does not. */
async function getPlugins() {
  if (document.hidden || page.away || !mayAsk) return;
  try {
    page.plugins = await api.plugins();
    draw();
  } catch (error) {
    if (!(error instanceof api.Unreachable || api.isRefusal(error))) throw error;
  }
}

async function getChannels() {
  try {
    const [all, current] = await Promise.all([api.channels(), api.currentRelease()]);
    page.channels = all.map((each) => ({ ...each, products: current.channels?.[each.code]?.products }));
    draw();
  } catch (error) {
    if (!(error instanceof api.Unreachable)) throw error;
  }
}

/** What only some may see: the plugins after the receipts, where those were not refused. */
async function look() {
  await getReceipts();
  await getPlugins();
}

async function start() {
  document.title = 'Rikaste';
  choose(chooseLocale(LOCALES));
  follow('web', {
    onRelease(release) {
      page.release = release;
      mayAsk = true;
      getChannels();
      look();
    },
    onReachable(now) {
      page.away = !now;
      draw();
    },
  });
  setInterval(look, RECEIPTS_EVERY);
  document.addEventListener('visibilitychange', look);
}

start();
