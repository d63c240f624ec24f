// The seller's device. Everything shown comes from the copy on the device; the server only brings
// the copy to the next release. So a search or a scan needs no connection.

import * as api from './api.js';
import { face, groups, inLocale, pictures, priceOfGroup, title, axes, values } from './document.js';
import { h, one, picture, place } from './dom.js';
import { hideAround, languageSwitch, message, showRelease, signInMessage, speak } from './frame.js';
import { looksLikeGtin, readGtin } from './gtin.js';
import { langOf, priceTag } from './parts.js';
import { follow } from './release.js';
import { sellerSheet } from './seller-sheet.js';
import { sellerStore } from './seller-store.js';
import { chooseLocale, LOCALES, words } from './words.js';

const CHANNEL = 'seller';
const ROWS = 60;
const PICTURES_KEPT = 300;

/** @type {Rikaste.Device} */
const device = {
  store: null,
  channel: null,
  locale: LOCALES[0],
  t: words(LOCALES[0]),
  place: localStorage.getItem('rikaste.store'),
  reachable: false,
  syncing: false,
  wanted: null,
  problem: null,
  refused: false,
};

/** @returns {Record<string, string>} */
function address() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** @type {Rikaste.Go} */
function go(changes, { replace = false } = {}) {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  history[replace ? 'replaceState' : 'pushState'](null, '', next.size ? `/seller?${next}` : '/seller');
  show();
}

function choose() {
  const locales = device.channel?.locales ?? LOCALES;
  device.locale = chooseLocale(locales, address().lang);
  device.t = words(device.locale);
  speak(device.t, device.locale);
  document.title = device.t('seller');
  languageSwitch(locales, device.locale, () => {
    go({ lang: undefined }, { replace: true });
    choose();
    show();
  });
  chooseStore();
}

function chooseStore() {
  const stores = (device.channel?.locations ?? []).filter((each) => each.kind !== 'warehouse');
  if (!stores.some((each) => each.code === device.place)) device.place = stores[0]?.code ?? null;
  one('store').replaceChildren(...stores.map(({ code, label }) => h('option', { value: code }, label)));
  one('store').value = device.place ?? '';
  hideAround(one('store'), '.store', stores.length < 2);
}

const sheet = sellerSheet({ device, go });

/**
 * The product that was scanned is drawn before the list beside it.
 * @type {ReturnType<typeof setTimeout> | undefined}
 */
let rowsLater;

function show() {
  const { q = '', sku } = address();
  const shelf = device.store?.current();
  if (document.activeElement !== one('find') && !looksLikeGtin(one('find').value)) one('find').value = q;
  document.body.classList.toggle('with-sheet', Boolean(sku));
  one('sheet').hidden = !sku;
  clearTimeout(rowsLater);
  if (!shelf) drawNothingYet();
  else if (sku) {
    sheet.show(shelf, sku);
    rowsLater = setTimeout(drawRows, 0, shelf, q);
  } else {
    drawRows(shelf, q);
  }
  drawState();
}

/**
 * @param {Rikaste.Shelf} shelf
 * @param {string} q
 */
function drawRows(shelf, q) {
  const { t, locale } = device;
  const all = groups(shelf.find(q).map((document) => ({ id: document.id, item_group_id: document.item_group_id, document })));
  const shown = all.slice(0, ROWS).map(({ id, variants }) => rowOf(id, variants.map(({ document }) => inLocale(document, locale))));
  place(one('rows'), shown, { key: (row) => row.id, draw: drawRow });
  one('count').textContent = q && !looksLikeGtin(q) ? t('results', { n: all.length }) : '';
  one('instead').replaceChildren(...(all.length || looksLikeGtin(q) ? [] : [shelf.size ? message(t('nothing'), t('findHelp')) : message(t('noProducts'), t('noProductsText'))]));
  one('rows').querySelectorAll('a').forEach((link) => {
    if (link.dataset.group === groupShown(shelf)) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  });
}

/** @param {Rikaste.Shelf} shelf */
function groupShown(shelf) {
  const document = shelf.product(address().sku ?? '');
  return document && (document.item_group_id ?? document.id);
}

/**
 * @param {string} id
 * @param {Rikaste.View[]} variants
 */
function rowOf(id, variants) {
  const { t } = device;
  const view = face(variants);
  const codes = axes(variants);
  const { place: here } = device;
  const counts = ['color', 'size'].filter((code) => codes.includes(code))
    .map((code) => t(code === 'color' ? 'colors' : 'sizes', { n: values(variants, code).length }));
  return {
    id,
    sku: view.id,
    title: title(view),
    lang: langOf(view, 'title'),
    under: [view.brand, ...counts, counts.length ? null : view.id].filter(Boolean).join(' · '),
    image: pictures(view)[0] ?? null,
    price: priceOfGroup(variants),
    here: here && variants.some((each) => each.stock) ? variants.reduce((sum, each) => sum + Math.max(0, each.stock?.[here] ?? 0), 0) : null,
    locale: device.locale,
  };
}

/** @param {ReturnType<typeof rowOf>} row */
function drawRow(row) {
  const { t, locale } = device;
  return h('li', {}, h('a', {
    class: 'row',
    'data-group': row.id,
    href: `/seller?sku=${encodeURIComponent(row.sku)}`,
    onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      go({ sku: row.sku }, { replace: Boolean(address().sku) });
      one('sheet').querySelector('h2')?.focus();
    },
  },
  picture(row.image && { ...row.image, alt: '' }),
  h('span', { class: 'row-text' },
    h('strong', { lang: row.lang }, row.title),
    h('span', { class: 'quiet' }, row.under)),
  h('span', { class: 'row-end' },
    priceTag(t, locale, row.price && { now: row.price.now, from: row.price.from }),
    row.here === null ? null : h('span', { class: `availability availability-${row.here > 3 ? 'in' : row.here > 0 ? 'few' : 'out'}` },
      row.here > 0 ? t('pieces', { n: row.here }) : t('out_of_stock')))));
}

function drawNothingYet() {
  const { t } = device;
  one('rows').replaceChildren();
  one('count').textContent = '';
  if (device.refused) one('instead').replaceChildren(signInMessage(t));
  else if (device.problem) one('instead').replaceChildren(message(t('problemTitle'), device.problem));
  else if (device.reachable || device.syncing) one('instead').replaceChildren(message(t('fetching'), ''));
  else one('instead').replaceChildren(message(t('noData'), t('noDataText')));
}

function drawState() {
  const { t, store, reachable, syncing, problem } = device;
  const shelf = store?.current();
  showRelease(t, shelf?.release);
  const time = shelf && t.date(shelf.receivedAt, { dateStyle: 'short', timeStyle: 'short' });
  const isCurrent = reachable && !syncing && !problem;
  const word = syncing ? t('fetching') : problem ? t('problemTitle') : reachable ? t('upToDate') : [t('offline'), time && t('asOf', { time })].filter(Boolean).join(', ');
  const state = one('state');
  state.className = `state state-${isCurrent ? 'there' : 'away'}`;
  if (state.textContent !== word) state.textContent = word;
}

// Searching and scanning

/** @param {string | null} text */
function wrong(text) {
  one('find-wrong').textContent = text ?? '';
}

/**
 * A scanner types digits and Enter. From here to the product on the screen is a few milliseconds.
 * @param {string} text
 */
async function scan(text) {
  performance.mark('scan');
  const { t } = device;
  const shelf = device.store?.current();
  const read = readGtin(text);
  one('find').select();
  if (read.wrong === 'length') return wrong(t('gtinLength', { n: read.n }));
  if (read.wrong === 'check') return wrong(t('gtinCheck', { expected: String(read.expected), actual: String(read.actual) }));
  const found = shelf ? shelf.byGtin(read.gtin) : await api.byGtin(CHANNEL, read.gtin).catch(() => []);
  if (!found.length) return wrong(t('gtinUnknown', { gtin: read.gtin }));
  wrong(null);
  go({ sku: found[0].id, q: undefined });
  performance.measure('scan to product', 'scan');
}

function listen() {
  one('find').addEventListener('input', () => {
    wrong(null);
    const q = one('find').value.trim();
    go({ q, sku: undefined }, { replace: true });
  });
  one('search').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = one('find').value.trim();
    const shelf = device.store?.current();
    const exact = shelf?.product(text) ?? shelf?.product(text.toUpperCase());
    if (exact) go({ sku: exact.id });
    else if (looksLikeGtin(text)) scan(text);
    else one('rows').querySelector('a')?.focus();
  });
  one('store').addEventListener('change', () => {
    device.place = one('store').value;
    localStorage.setItem('rikaste.store', device.place);
    show();
  });
  // A scanner may type at any time, wherever the focus is.
  document.addEventListener('keydown', (event) => {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches('input:not([type=radio]), select, textarea')) return;
    one('find').value = '';
    one('find').focus();
  });
  addEventListener('popstate', show);
}

// Following the server

function deviceName() {
  const known = localStorage.getItem('rikaste.device');
  if (known) return known;
  const name = `seller-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  localStorage.setItem('rikaste.device', name);
  return name;
}

/** @param {number} release */
async function bring(release) {
  const { store } = device;
  if (!store) return;
  device.syncing = true;
  device.wanted = release;
  drawState();
  try {
    const channel = await api.channel(CHANNEL);
    const speaksAnew = JSON.stringify(channel) !== JSON.stringify(device.channel);
    await store.keepChannel(channel);
    device.channel = channel;
    if (speaksAnew) choose();
    await store.sync(release);
    Object.assign(device, { problem: null, refused: false });
    const shelf = store.current();
    if (!shelf) return;
    api.acknowledge(CHANNEL, deviceName(), shelf.release).catch(() => {});
    keepPictures(shelf);
  } catch (error) {
    device.refused = api.isRefusal(error);
    if (error instanceof api.Problem) device.problem = error.status === 404 ? device.t('noChannel', { code: CHANNEL }) : error.message;
    else if (!(error instanceof api.Unreachable)) throw error;
    setTimeout(() => device.wanted === release && store.current()?.release !== release && bring(release), 5000);
  } finally {
    device.syncing = false;
    show();
  }
}

/**
 * Has the service worker keep the main pictures of a small shop; a large one keeps those it has shown.
 * @param {Rikaste.Shelf} shelf
 */
function keepPictures({ documents }) {
  const saveData = 'connection' in navigator && /** @type {{ saveData?: boolean }} */ (navigator.connection).saveData;
  if (!navigator.serviceWorker?.controller || saveData) return;
  const main = new Set(documents.map((document) => document.image_link).filter(Boolean));
  const known = documents.flatMap((document) => (document.images ?? []).map(({ link }) => link));
  navigator.serviceWorker.controller.postMessage({ known, keep: main.size > PICTURES_KEPT ? [] : [...main] });
}

async function start() {
  choose();
  listen();
  device.store = await sellerStore(CHANNEL);
  device.channel = device.store.channel();
  choose();
  show();
  follow(CHANNEL, {
    onRelease: bring,
    onReachable(now) {
      device.reachable = now;
      show();
    },
  });
  navigator.storage?.persist?.();
  navigator.serviceWorker?.register('/pages/service-worker.js', { scope: '/seller' }).catch(() => {});
}

start();
