// The seller's device. What is shown of a product comes from the copy on the device, and the server brings the copy to
// the next release. So a scan needs no connection, and a search only for the server's better results.

import * as api from './api.js';
import { channelMessage, channelTrouble, findChannel } from './channel-choice.js';
import { pictures } from './document.js';
import { h, icon, one } from './dom.js';
import { hideAround, languageSwitch, message, showRelease, speak } from './frame.js';
import { looksLikeGtin } from './gtin.js';
import { labelsOf } from './labels.js';
import { channelAddress } from './page-address.js';
import { keepPhotos } from './photo-keeper.js';
import { follow } from './release.js';
import { retrying } from './retry.js';
import { sellerList } from './seller-list.js';
import { sellerScan } from './seller-scan.js';
import { sellerSheet } from './seller-sheet.js';
import { sellerStore } from './seller-store.js';
import { chooseLocale, LOCALES, words } from './words.js';

const PAGE = 'seller';

const asked = channelAddress(PAGE);
const REMEMBERED = `rikaste.channel ${asked.path}`;
const retry = retrying();

/** @type {Rikaste.Device} */
const device = {
  code: asked.channel ?? (asked.chooses ? '' : (localStorage.getItem(REMEMBERED) ?? '')),
  store: null,
  channel: null,
  choice: null,
  locale: LOCALES[0],
  t: words(LOCALES[0]),
  place: localStorage.getItem('rikaste.store'),
  reachable: false,
  syncing: false,
  wanted: null,
  problem: null,
  photos: null,
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
  history[replace ? 'replaceState' : 'pushState'](null, '', next.size ? `${location.pathname}?${next}` : location.pathname);
  show();
}

function choose() {
  const locales = device.channel?.locales ?? LOCALES;
  device.locale = chooseLocale(locales, address().lang);
  device.t = words(device.locale, labelsOf(device.store?.profile()?.model, device.locale));
  const { t } = device;
  speak(t, device.locale);
  document.title = t('seller');
  one('scan').replaceChildren(icon('camera'));
  one('scan').title = t('scanByCamera');
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

const shownSku = () => address().sku;
const sheet = sellerSheet({ device, go });
const list = sellerList({ device, go, shownSku });

/**
 * The product that was scanned is drawn before the list beside it.
 * @type {ReturnType<typeof setTimeout> | undefined}
 */
let rowsLater;

function show() {
  const { q = '', sku } = address();
  const shelf = device.store?.current();
  if (document.activeElement !== one('find') && !looksLikeGtin(one('find').value)) one('find').value = q;
  document.body.classList.toggle('with-sheet', Boolean(sku && shelf));
  one('sheet').hidden = !sku || !shelf;
  clearTimeout(rowsLater);
  if (!shelf) drawNothingYet();
  else if (sku) {
    sheet.show(shelf, sku);
    rowsLater = setTimeout(list.show, 0, shelf, q);
  } else {
    list.show(shelf, q);
  }
  drawState();
}

function drawNothingYet() {
  const { t, choice, problem, reachable, syncing } = device;
  one('rows').replaceChildren();
  one('count').textContent = '';
  if (choice) one('instead').replaceChildren(channelMessage(t, choice, { path: asked.path }));
  else if (problem) one('instead').replaceChildren(message(t('problemTitle'), problem));
  else if (reachable || syncing) one('instead').replaceChildren(message(t('fetching'), ''));
  else one('instead').replaceChildren(message(t('noData'), t('noDataText')));
}

function drawState() {
  const { t, store, channel, choice, photos, reachable, syncing, problem } = device;
  const shelf = store?.current();
  showRelease(t, shelf?.release);
  const time = shelf && t.date(shelf.receivedAt, { dateStyle: 'short', timeStyle: 'short' });
  const isCurrent = reachable && !syncing && !problem && !choice;
  const trouble = choice ? channelTrouble(t, choice, asked.path).title : problem;
  const word = syncing ? t('fetching')
    : trouble ? [trouble, time && t('shownFromCopy', { time })].filter(Boolean).join(': ')
    : reachable ? t('upToDate')
    : [t('offline'), time && t('asOf', { time })].filter(Boolean).join(', ');
  const state = one('state');
  state.className = `state state-${isCurrent ? 'there' : 'away'}`;
  if (state.textContent !== word) state.textContent = word;
  const isInMemory = store && shelf && !store.isKept();
  one('kept').textContent = isInMemory ? t('notKept') : !isSecureContext ? t('needsHttps') : photos?.all ? t('photosKept', { n: photos.kept, all: photos.all }) : '';
  one('channel').replaceChildren(...(channel ? [h('a', { href: `${asked.path}?channel=` }, channel.label)] : []));
}

function listen() {
  sellerScan({ device, go, settled: list.settled });
  one('store').addEventListener('change', () => {
    device.place = one('store').value;
    localStorage.setItem('rikaste.store', device.place);
    show();
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

/** @param {string} code */
async function openStore(code) {
  device.code = code;
  device.store = await sellerStore(asked.path, code);
  device.channel = device.store.profile()?.channel ?? null;
}

/** Finds the channel, and then follows it. Without one, what to do is said, and it is looked for ever less often. */
async function connect() {
  try {
    const choice = await findChannel(asked.channel, PAGE, { remembered: device.code || null, chooses: asked.chooses });
    device.reachable = true;
    device.choice = choice.channel ? null : choice;
    if (choice.channel) {
      await begin(choice.channel.code);
      return;
    }
  } catch (error) {
    if (!(error instanceof api.Unreachable || error instanceof api.Problem)) throw error;
    device.reachable = !(error instanceof api.Unreachable);
    device.problem = error instanceof api.Problem ? error.message : null;
  }
  show();
  retry.again(connect);
}

/** @param {string} code */
async function begin(code) {
  retry.reset();
  localStorage.setItem(REMEMBERED, code);
  if (asked.channel && !asked.isInPath) {
    const rest = new URLSearchParams(location.search);
    rest.delete('channel');
    history.replaceState(null, '', `${asked.path}/${encodeURIComponent(code)}${rest.size ? `?${rest}` : ''}`);
  }
  if (!device.store || device.code !== code) await openStore(code);
  choose();
  show();
  follow(code, {
    onRelease: bring,
    onReachable(now) {
      device.reachable = now;
      show();
    },
  });
}

/** @param {number} release */
async function bring(release) {
  const { store, code } = device;
  if (!store) return;
  device.syncing = true;
  device.wanted = release;
  drawState();
  try {
    const choice = await findChannel(code, PAGE);
    device.choice = choice.channel ? null : choice;
    if (!choice.channel) return again(release);
    await keepProfile(store, choice.channel);
    await store.sync(release);
    device.problem = null;
    retry.reset();
    const shelf = store.current();
    if (!shelf) return;
    api.acknowledge(code, deviceName(), shelf.release).catch(() => {});
    keepMainPhotos(shelf);
  } catch (error) {
    if (error instanceof api.Problem) device.problem = error.message;
    else if (!(error instanceof api.Unreachable)) throw error;
    again(release);
  } finally {
    device.syncing = false;
    show();
  }
}

/**
 * Tries later, unless a newer release has come by then.
 * @param {number} release
 */
function again(release) {
  retry.again(() => device.wanted === release && bring(release));
}

/**
 * @param {Rikaste.SellerStore} store
 * @param {Rikaste.Channel} channel
 */
async function keepProfile(store, channel) {
  const profile = { channel, model: await api.model(channel.code) };
  const speaksAnew = JSON.stringify(profile) !== JSON.stringify(store.profile());
  await store.keepProfile(profile);
  device.channel = channel;
  if (speaksAnew) choose();
}

/** @param {Rikaste.Shelf} shelf */
function keepMainPhotos({ documents }) {
  const links = documents.map((document) => pictures(document)[0]?.small).filter((link) => link !== undefined);
  keepPhotos(asked.path, links, (kept, all) => {
    device.photos = { kept, all };
    drawState();
  });
}

async function start() {
  choose();
  listen();
  if (device.code) await openStore(device.code);
  choose();
  show();
  connect();
  navigator.storage?.persist?.();
  navigator.serviceWorker?.register(new URL('service-worker.js', import.meta.url), { scope: asked.path }).catch(() => {});
}

start();
