// The start page: what is running, what became of the files that were dropped, what plugins do.

import * as api from './api.js';
import { h } from './dom.js';
import { languageSwitch, showAway, showRelease, speak } from './frame.js';
import { follow } from './release.js';
import { chooseLocale, languageOf, LOCALES, words } from './words.js';

// A file of which nothing is accepted makes no release, so the receipts are asked for by the clock.
const RECEIPTS_EVERY = 5000;
const RECEIPTS = 20;
const FOLDER = 'inbox/prices';

const one = (id) => document.getElementById(id);

const page = { locale: null, t: null, release: null, root: null, channels: null, receipts: null, plugins: null, away: false };

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
  redraw('receipts', page.receipts, receiptTable);
  one('plugins-part').hidden = !page.plugins;
  if (page.plugins) redraw('plugins', page.plugins, pluginTable);
}

/** Draws a part again only when it shows something else: who reads it keeps their place. */
function redraw(part, content, table) {
  const shown = JSON.stringify([content, page.locale]);
  if (one(part).content === shown) return;
  one(part).content = shown;
  one(part).replaceChildren(table());
}

function pluginTable() {
  const { t, plugins: { plugins, left_out: leftOut } } = page;
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

function receiptTable() {
  const { t, receipts } = page;
  if (!receipts) return waiting();
  if (!receipts.length) return h('p', { class: 'start-empty' }, t('noReceipts'));
  return scrolled(t('receipts'), h('table', { class: 'receipts' },
    head('file', 'added', 'changed', 'unchanged', 'rejected', 'releaseHead', 'when'),
    h('tbody', {}, receipts.slice(0, RECEIPTS).map(({ id, file, at, outcome, release, rows }) => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: `/v1/receipts/${encodeURIComponent(id)}` }, file)),
      number(rows.new), number(rows.changed), number(rows.unchanged), number(rows.rejected, rows.rejected > 0 ? 'bad' : ''),
      ['rejected', 'held'].includes(outcome) ? h('td', { class: 'number bad' }, t(outcome)) : number(release),
      h('td', { class: 'when' }, h('time', { datetime: at }, at && t.date(at, { dateStyle: 'short', timeStyle: 'medium' }))))))));
}

function head(...columns) {
  return h('thead', {}, h('tr', {}, columns.map((word, order) => h('th', { scope: 'col', class: order && !['when', 'languages', 'writes'].includes(word) ? 'number' : undefined }, page.t(word)))));
}

function number(value, kind = '') {
  return h('td', { class: `number ${kind}` }, value === undefined || value === null ? '–' : new Intl.NumberFormat(page.locale).format(value));
}

function scrolled(label, table) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, table);
}

function waiting() {
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [1, 2, 3].map(() => h('span', { class: 'bone' })));
}

/** A receipt as this page shows it: which file, when, and how its rows fared. */
function receiptOf({ id, drop, file, at, outcome, release, rows = {} }) {
  return { id: id ?? drop, file, at: typeof at === 'number' ? new Date(at * 1000).toISOString() : at, outcome, release, rows };
}

async function getReceipts() {
  if (document.hidden || page.away) return;
  try {
    page.receipts = (await api.receipts()).map(receiptOf);
    draw();
  } catch (error) {
    if (!(error instanceof api.Unreachable)) throw error;
  }
}

/** Who may not see them does not. */
async function getPlugins() {
  if (document.hidden || page.away) return;
  try {
    page.plugins = await api.plugins();
    draw();
  } catch (error) {
    if (!(error instanceof api.Unreachable || error.status === 401)) throw error;
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

async function start() {
  document.title = 'Rikaste';
  choose(chooseLocale(LOCALES));
  follow('web', {
    onRelease(release) {
      page.release = release;
      getChannels();
      getReceipts();
      getPlugins();
    },
    onReachable(now) {
      page.away = !now;
      draw();
    },
  });
  const look = () => {
    getReceipts();
    getPlugins();
  };
  setInterval(look, RECEIPTS_EVERY);
  document.addEventListener('visibilitychange', look);
}

start();
